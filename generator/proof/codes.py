"""Every code of a page against the ledger, the words around it and the ruler."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from generator.ground.findings import Text
from generator.handbook.ledger import is_number
from generator.handbook.model import Entry
from generator.press import proof
from generator.proof.faults import CodeRow, Fault
from generator.proof.folder import Promise

MODULE_MM, QUIET_MODULES, CONTRAST = 0.6, 4, 7.0
MODULE_PIXELS = 3.0
SLACK = 0.985
"""A ruler laid on pixels is this exact."""
WHOLE = 0.95
"""A code read with more correction than this is damaged on paper already."""
NAMED = re.compile(r"bài số\s+(\d{4,6})\b", re.IGNORECASE)
PROMISED = re.compile(r"^Mã QR.*?(https?://\S+)", re.DOTALL)

Ledger = Mapping[str, Entry]


def number_in(payload: str) -> str:
    """The number a code of ours ends in; empty for other addresses."""
    last = payload.rsplit("/", 1)[-1]
    return last if last.isdigit() and len(last) in (4, 6) else ""


def promised(figures: Sequence[proof.Figure]) -> dict[str, proof.Figure]:
    """Codes the tagged pictures of a page say are there."""
    return {match[1].rstrip("."): figure for figure in figures if (match := PROMISED.match(figure.alt))}


def code_row(seen: proof.Seen, page: int) -> CodeRow:
    measures = seen.measures
    number = number_in(seen.payload)
    if measures is None:
        return CodeRow(page, seen.payload, number, tuple(sorted(seen.decoders)), seen.area)
    return CodeRow(
        page, seen.payload, number, tuple(sorted(seen.decoders)), seen.area, measures.level, measures.version,
        round(measures.module_mm * measures.modules, 2), round(measures.module_mm, 3), measures.quiet,
        round(measures.contrast, 1),
    )


def prove_read(seen: proof.Seen, page: int) -> Iterator[Fault]:
    """Both decoders read it, and with nothing to mend."""
    box = seen.area
    if seen.state == "inverted":
        yield Fault("code-inverted", Text(
            f"mã QR {seen.payload} in ngược, trắng trên đen; nhiều máy không quét được",
            f"the QR code {seen.payload} is inverted, white on black; many phones cannot read it"), page, box)
    elif seen.state == "unreadable":
        yield Fault("code-unread", Text("có mã QR mà không máy nào đọc được",
                                        "a QR code that no decoder reads"), page, box)
    else:
        for decoder in sorted({*proof.BOTH} - seen.decoders):
            yield Fault("code-one-decoder", Text(f"{decoder} không đọc được mã {seen.payload}",
                                                 f"{decoder} cannot read the code {seen.payload}"), page, box)
    if seen.measures and seen.measures.whole < WHOLE:
        yield Fault("code-damaged", Text(
            f"mã {seen.payload} bị che hoặc hỏng một phần, chỉ còn đọc được nhờ phần sửa lỗi",
            f"the code {seen.payload} is partly covered or damaged and read by error correction only"), page, box)


def prove_measures(seen: proof.Seen, page: int, promise: Promise, on_paper: bool) -> Iterator[Fault]:
    """Module, quiet zone, contrast and width, from the picture."""
    measures = seen.measures
    if measures is None:
        return
    box, code = seen.area, seen.payload
    least, unit = (MODULE_MM, "mm") if on_paper else (MODULE_PIXELS, "px")
    if measures.module_mm < least * SLACK:
        yield Fault("code-module", Text(
            f"ô của mã {code} rộng {measures.module_mm:.2f} {unit}, phải từ {least:g} {unit}",
            f"the modules of {code} are {measures.module_mm:.2f} {unit}, at least {least:g} {unit} is needed",
        ), page, box)
    if measures.quiet < QUIET_MODULES:
        yield Fault("code-quiet", Text(
            f"quanh mã {code} chỉ chừa trắng {measures.quiet} ô, phải từ {QUIET_MODULES} ô",
            f"{code} has only {measures.quiet} modules of white around it, {QUIET_MODULES} are needed"), page, box)
    if measures.contrast < CONTRAST:
        yield Fault("code-contrast", Text(
            f"mã {code} nhạt: tương phản {measures.contrast:.1f}:1, phải từ {CONTRAST:g}:1",
            f"the code {code} is pale: contrast {measures.contrast:.1f}:1, at least {CONTRAST:g}:1"), page, box)
    width = measures.module_mm * measures.modules
    if on_paper and number_in(code) and width < promise.kind.code_mm * SLACK:
        yield Fault("code-size", Text(
            f"mã {code} rộng {width:.1f} mm, loại giấy này phải từ {promise.kind.code_mm:g} mm",
            f"the code {code} is {width:.1f} mm wide, this paper needs {promise.kind.code_mm:g} mm"), page, box)


def prove_payload(ledger: Ledger, seen: proof.Seen, page: int, text: str | None) -> Iterator[Fault]:
    """A code of ours is in the ledger and alive; any code on paper has its address printed, letter for letter."""
    if seen.state != "read":
        return
    code, box = seen.payload, seen.area
    number = number_in(code)
    entry = ledger.get(number)
    if number and (entry is None or not is_number(number)):
        yield Fault("code-strange", Text(f"mã {code}: số {number} không có trong sổ mã",
                                         f"the code {code}: {number} is not in the ledger"), page, box)
    if text is not None and entry is not None and (entry.until or entry.moved_to):
        yield Fault("code-retired", Text(f"mã {code}: số {number} đã thôi dùng trong sổ mã",
                                         f"the code {code}: {number} is retired in the ledger"), page, box)
    if text is None and not number:
        yield Fault("code-strange", Text(f"mã {code} không dẫn tới số bài nào",
                                         f"the code {code} leads to no number"), page, box)
    if text is not None and run_together(code) not in run_together(text):
        yield Fault("code-address", Text(f"mã {code} mà không in địa chỉ ấy",
                                         f"the code {code} without that address in print"), page, box)


def run_together(text: str) -> str:
    """Without spaces and line ends: a long address may be broken over two lines."""
    return re.sub(r"\s+", "", text)


def prove_names(ledger: Ledger, coded: Collection[str], page: int, text: str) -> Iterator[Fault]:
    """Codes of topics beside the words “bài số …” are codes of those topics."""
    named = set(NAMED.findall(text))
    for number in sorted(named - ledger.keys()):
        yield Fault("number-strange", Text(f"chữ “bài số {number}”, mà sổ mã không có số ấy",
                                           f"the words “bài số {number}”, and the ledger has no such number"), page)
    topics = {number for number in coded if number in ledger and ":" not in ledger[number].target}
    for number in sorted(topics - named if named else ()):
        yield Fault("code-topic", Text(
            f"mã của số {number}, mà chữ in ghi bài số {', '.join(sorted(named))}",
            f"a code of {number}, while the words name {', '.join(sorted(named))}"), page)


def prove_promised(expected: Collection[str], seen: Collection[proof.Seen], page: int,
                   boxes: Mapping[str, proof.Area]) -> Iterator[Fault]:
    """A picture that says it is a code of an address is read as that address."""
    read = {one.payload for one in seen if one.state == "read"}
    for address in sorted(set(expected) - read):
        area = boxes.get(address)
        yield Fault("code-unread", Text(f"không máy nào đọc được mã {address}",
                                        f"no decoder reads the code {address}"), page, area if area else None)


def prove_own(ledger: Ledger, promise: Promise, codes: Collection[CodeRow]) -> Iterator[Fault]:
    """The paper or picture of one topic carries that topic's code."""
    numbers = {code.number for code in codes}
    if promise.number and is_number(promise.number):
        if numbers != {promise.number}:
            found = ", ".join(sorted(numbers - {""})) or "—"
            yield Fault("code-own", Text(f"phải có một mã của số {promise.number}, đọc được: {found}",
                                         f"must hold one code, of {promise.number}; read: {found}"))
        return
    own = {number for number, entry in ledger.items() if entry.target == promise.slug and not entry.until}
    if own and not own & numbers:
        wanted = ", ".join(sorted(own))
        yield Fault("code-own", Text(f"giấy của bài {promise.slug} mà không đọc được mã {wanted}",
                                     f"the paper of {promise.slug}, and its code {wanted} is not read"))
