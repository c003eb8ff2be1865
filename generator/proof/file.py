"""One finished file, from its first page to its last."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from generator.ground.errors import ProofError
from generator.ground.findings import Text
from generator.handbook.printed import read_printed
from generator.press import proof
from generator.press.binder import facts
from generator.press.orders import APPROVED, DRAFT, NO_LESSON, PARTLY
from generator.proof import codes, contents, imposed, pages
from generator.proof.codes import Ledger
from generator.proof.faults import CodeRow, Fault, FileProof
from generator.proof.folder import Promise
from generator.proof.heard import prove_heard
from generator.proof.today import NAMED, silent

LANGUAGE = "vi"
PAPERS, WHOLE = (".pdf", ".png"), ("site", "dist")
"""Endings of what is proved by itself; folders that are proved with all that lies in them."""


@dataclass(frozen=True)
class Sight:
    """What is kept of a page when the next one is opened."""

    size: tuple[float, float]
    words: tuple[proof.Word, ...]
    links: tuple[tuple[proof.PageLink, str], ...]
    faults: tuple[Fault, ...]
    codes: tuple[CodeRow, ...]
    halves: tuple[imposed.Half, imposed.Half] | None


def prove_file(data: bytes, promise: Promise, ledger: Ledger, reading: bytes | None = None) -> FileProof:
    """`reading` is the file to read that sheets to fold were made of, when it is there."""
    checked = _prove_known(data, promise, ledger, reading)
    if promise.known or not checked.sizes:
        return checked
    return replace(checked, faults=(Fault("unknown", Text(
        "không sản phẩm nào làm ra giấy tên này, nên không biết mã và chữ phải to chừng nào",
        "no product makes a file of this name, so nobody knows how large its codes and letters must be",
    )), *checked.faults))


def _prove_known(data: bytes, promise: Promise, ledger: Ledger, reading: bytes | None) -> FileProof:
    try:
        if data.startswith(b"\x89PNG"):
            return _picture(data, promise, ledger)
        if b"%PDF-" in data[:1024]:
            return _paper(data, promise, ledger, reading)
        return _unreadable(_not_alone(promise.name))
    except ProofError as problem:
        return _unreadable(problem.text)
    except Exception as problem:  # a stranger's PDF may be broken in ways its readers have no name for
        return _unreadable(Text(f"hỏng, không đọc hết được ({type(problem).__name__})",
                                f"is broken and cannot be read to its end ({type(problem).__name__})"))


def _unreadable(message: Text) -> FileProof:
    return FileProof(0, (), (Fault("broken", message),), ())


def _not_alone(name: str) -> Text:
    """Of a file that somebody named. What dresses a site or tells of a build says nothing by itself."""
    path = PurePosixPath(name)
    whole = next((str(folder) for folder in path.parents if folder.name in WHOLE), "")
    if not whole or path.suffix.lower() in PAPERS:
        return Text("không phải tệp PDF hay PNG", "is neither a PDF nor a PNG")
    return Text(f"không phải giấy hay hình để in, không soát riêng: soát cùng cả thư mục bằng hocso proof {whole}",
                f"is no paper and no picture to print, and not proved alone: prove all of its folder, hocso proof "
                f"{whole}")


def _picture(data: bytes, promise: Promise, ledger: Ledger) -> FileProof:
    width, height = proof.picture_size(data)
    seen = proof.see_picture_codes(data)
    rows = tuple(codes.code_row(one, 0) for one in seen if one.state == "read")
    faults = [fault for one in seen for fault in (
        *codes.prove_read(one, 0), *codes.prove_measures(one, 0, promise, on_paper=False),
        *codes.prove_payload(ledger, one, 0, None))]
    faults += codes.prove_own(ledger, promise, rows)
    faults += silent(data, promise.slug) if promise.slug else ()
    if not seen and promise.pixels and not any(fault.kind == "code-own" for fault in faults):
        faults.append(Fault("code-unread", Text("không đọc được mã QR nào", "no QR code is read")))
    if promise.pixels and (width, height) != promise.pixels:
        wanted = "×".join(str(number) for number in promise.pixels)
        faults.append(Fault("picture-size", Text(f"hình {width}×{height}, tên tệp ghi {wanted}",
                                                 f"the picture is {width}×{height}, its name says {wanted}")))
    return FileProof(0, ((width, height),), tuple(faults), rows)


def _paper(data: bytes, promise: Promise, ledger: Ledger, reading: bytes | None) -> FileProof:
    if facts.page_count(data) == 0:
        return _unreadable(Text("không có trang nào", "has no pages"))
    tagged, boxes = facts.is_tagged(data), facts.missing_glyphs(data)
    with proof.opened(data) as paper:
        sights = [_look(leaf, promise, ledger, tagged, boxes.get(leaf.number, 0)) for leaf in paper.leaves()]
    rows = tuple(row for sight in sights for row in sight.codes)
    faults = [*_whole_file(data, promise), *(fault for sight in sights for fault in sight.faults),
              *_approved(data, sights, promise), *_links(sights, promise), *codes.prove_own(ledger, promise, rows)]
    if promise.known and promise.kind.of_place and not [*read_printed(facts.about(data).get("Place", ""))]:
        faults.append(Fault("outdated", Text(
            "tờ không ghi là của bản nào, nên không biết chữ trên tờ còn là chữ hôm nay không. Dựng lại tờ này",
            "does not say of which place it is, so nobody knows whether its words are today's. Build it again")))
    if promise.kind.laid == "folded":
        faults += _folded(sights, reading)
    elif promise.kind.laid:
        faults += [fault for sight in sights if sight.halves for fault in imposed.prove_halves(sight.halves)]
    return FileProof(len(sights), tuple(sight.size for sight in sights), tuple(faults), rows)


def _look(leaf: proof.Leaf, promise: Promise, ledger: Ledger, tagged: bool, boxes: int) -> Sight:
    words = proof.words(proof.letters(leaf))
    figures = proof.figures(leaf) if tagged else []
    pieces = proof.pieces(leaf) if figures or tagged else []
    links = tuple((link, contents.words_on(link, words)) for link in proof.links(leaf))
    expected = codes.promised(figures)
    seen = proof.see_codes(leaf, len(expected))
    faults = [*_codes(leaf, seen, words, promise, ledger), *pages.prove_seen(leaf, words),
              *pages.prove_letters(leaf, words, boxes), *pages.prove_sizes(leaf, words, figures, promise, tagged)]
    faults += pages.prove_trim(leaf, words, promise)
    faults += codes.prove_promised(expected, seen, leaf.number, _areas(expected, pieces))
    if tagged:
        faults += pages.prove_figures(leaf, figures, pieces)
    if leaf.is_empty and promise.kind.laid != "folded":
        faults.append(Fault("empty", Text("trang trắng", "is empty"), leaf.number))
    rows = tuple(codes.code_row(one, leaf.number) for one in seen if one.state == "read")
    halves = imposed.halves(leaf, words, seen) if promise.kind.laid else None
    return Sight(leaf.size_mm, tuple(words), links, tuple(faults), rows, halves)


def _areas(expected: Mapping[str, proof.Figure], pieces: Sequence[proof.Piece]) -> dict[str, proof.Area]:
    return {address: piece.area for address, figure in expected.items() for piece in pieces
            if piece.mark in figure.marks}


def _codes(
    leaf: proof.Leaf, seen: Sequence[proof.Seen], words: Sequence[proof.Word], promise: Promise, ledger: Ledger
) -> Iterator[Fault]:
    """Each code beside the words of its own page, which may be half of a sheet."""
    width, height = leaf.size_mm
    whole = [proof.Area(0, 0, width, height)]
    fields = [proof.Area(0, 0, width / 2, height), proof.Area(width / 2, 0, width / 2, height)]
    for field in fields if promise.kind.laid else whole:
        text = _text([word for word in words if field.holds(word.area)] if promise.kind.laid else words)
        here = [one for one in seen if not promise.kind.laid or field.holds(one.area)]
        for one in here:
            yield from codes.prove_read(one, leaf.number)
            yield from codes.prove_measures(one, leaf.number, promise, on_paper=True)
            yield from codes.prove_payload(ledger, one, leaf.number, text)
        coded = {codes.number_in(one.payload) for one in here if one.state == "read"}
        yield from codes.prove_names(ledger, coded, leaf.number, text)


def _text(words: Sequence[proof.Word]) -> str:
    return unicodedata.normalize("NFC", " ".join(word.text for word in words))


def _whole_file(data: bytes, promise: Promise) -> Iterator[Fault]:
    """Fonts; and for a file to read: what those need who hear it, language, title, outline."""
    for font in facts.embedded_fonts(data):
        if not font.embedded:
            yield Fault("font", Text(f"phông {font.name} không nằm trong tệp",
                                     f"the font {font.name} is not embedded"))
    about = facts.about(data)
    if promise.kind.made_of:
        if ".pdf" not in about.get("Title", ""):
            yield Fault("no-source", Text("tên tệp không nói phải mở tệp nào để đọc",
                                          "its title does not say which file to read instead"))
        return
    yield from (fault for fault in prove_heard(data) if fault.kind != "no-alt")  # each page tells that, and where
    if about.get("Lang", "").split("-")[0] != LANGUAGE:
        yield Fault("language", Text("tệp không ghi tiếng Việt (vi)", "does not name its language, vi"))
    if not about.get("Title", "").strip():
        yield Fault("title", Text("tệp không có tên", "has no title"))
    if promise.is_book and not facts.outline(data):
        yield Fault("outline", Text("tập không có mục để bấm (outline)", "the book has no outline"))


def _approved(data: bytes, sights: Sequence[Sight], promise: Promise) -> Iterator[Fault]:
    """A file names the texts that were approved, or its pages say that they are drafts. Of a book of both the cover
    says it; before what is folded stands a sheet to try the copier with."""
    told = facts.about(data).get("Keywords", "")
    if told == NO_LESSON and promise.kind.about not in ("lesson", "book"):
        return
    if told.startswith(APPROVED) and NAMED.search(told):
        return
    marked = [DRAFT in _text(sight.words) for sight in sights]
    if told.startswith(PARTLY) or promise.kind.laid:
        marked = [any(marked)]
    for page, found in enumerate(marked, 1):
        if not found:
            yield Fault("unapproved", Text(
                f"tệp không ghi bài nào đã duyệt, trang cũng không có chữ {DRAFT}",
                f"the file names no approved text, and the page does not say {DRAFT}"), page)


def _links(sights: Sequence[Sight], promise: Promise) -> Iterator[Fault]:
    numbers = {page: contents.printed_number(sight.words, sight.size[1]) for page, sight in enumerate(sights, 1)}
    if promise.is_book:
        yield from contents.prove_numbers(numbers)
    for page, sight in enumerate(sights, 1):
        yield from contents.prove_links(page, sight.links, numbers)


def _folded(sights: Sequence[Sight], reading: bytes | None) -> Iterator[Fault]:
    sides = [sight.halves for sight in sights if sight.halves]
    book: list[imposed.Half] = []
    middle = page_mm = sights[0].size[0] / 2
    if reading is not None:
        with proof.opened(reading) as paper:
            page_mm = paper.leaf(1).size_mm[0]
            book = [imposed.page_half(leaf, proof.words(proof.letters(leaf)), proof.see_codes(leaf))
                    for leaf in paper.leaves()]
    yield from imposed.prove_fold(sides, book)
    yield from imposed.prove_places(sides, book, middle, page_mm)
