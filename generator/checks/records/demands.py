"""Mỗi yêu cầu trong demands.yml có thứ đáp ứng thật, hoặc nói rõ vì sao chưa có."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.checks.looking.matter import Matter
from generator.checks.structure.names import written_slugs
from generator.ground.findings import Finding, error, warning
from generator.handbook.answers import COMMANDS, AnswerKind, split_answer
from generator.handbook.mistakes import nearest
from generator.handbook.model import Demand, Phrase
from generator.products import NAMES

KINDS: Mapping[AnswerKind, tuple[str, str]] = {
    "name": ("bài, thẻ, lộ trình, phần hay bản", "topic, card, path, part or edition"),
    "product": ("sản phẩm", "product"),
    "command": ("lệnh", "command"),
    "file": ("tệp", "file"),
}


def check(matter: Matter) -> Iterator[Finding]:
    known = _known(matter)
    seen: dict[str, Demand] = {}
    for demand in matter.handbook.demands:
        first = seen.setdefault(demand.id, demand)
        if first is not demand:
            yield error(
                "demand.id-twice", demand.place,
                (f"Mã `{demand.id}` đã dùng ở dòng {first.place.line}.",
                 f"The id `{demand.id}` is used already on line {first.place.line}."),
                ("Đặt mã khác.", "Give it another id."),
            )
        for answer in demand.answers:
            yield from _answer(answer, known)
        if not demand.answers and not demand.reason.strip():
            yield warning(
                "demand.unanswered", demand.place,
                (f"Yêu cầu `{demand.id}` chưa có gì đáp ứng, cũng chưa có lý do.",
                 f"Nothing answers the demand `{demand.id}`, and no reason is given."),
                ("Thêm `đáp ứng: [bài…]`, hoặc `lý do: …`.", "Add `đáp ứng: [topic…]`, or `lý do: …`."),
            )


def _known(matter: Matter) -> dict[AnswerKind, Sequence[str]]:
    book = matter.handbook
    names = [*written_slugs(matter), *(path.id for path in book.paths), *(part.id for part in book.parts)]
    return {
        "name": [*names, *(edition.id for edition in book.editions)],
        "product": NAMES,
        "command": COMMANDS,
        "file": sorted(matter.files),
    }


def _answer(answer: Phrase, known: Mapping[AnswerKind, Sequence[str]]) -> Iterator[Finding]:
    kind, name = split_answer(answer.text)
    if name in known[kind]:
        return
    vi, en = KINDS[kind]
    likely = nearest(name, list(known[kind]))
    yield error(
        "demand.answer", answer.place,
        (f"Không có {vi} `{name}`.", f"There is no {en} `{name}`."),
        (f"Viết `{likely}`." if likely else "Bỏ dòng này, hoặc viết vào `lý do` là chờ gì.",
         f"Write `{likely}`." if likely else "Take it out, or say under `lý do` what it waits for."),
    )
