"""Mỗi yêu cầu trong demands.yml có thứ đáp ứng thật, hoặc nói rõ vì sao chưa có."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.checks.looking.matter import Matter
from generator.checks.structure.names import written_slugs
from generator.ground.findings import Finding, Text, error, warning
from generator.handbook.answers import COMMANDS, AnswerKind, split_answer
from generator.handbook.mistakes import not_known
from generator.handbook.model import Demand
from generator.products import NAMES

KINDS: Mapping[AnswerKind, Text] = {
    "name": Text("bài, thẻ, lộ trình, phần hay bản", "topic, card, path, part or edition"),
    "product": Text("sản phẩm", "product"),
    "command": Text("lệnh", "command"),
    "file": Text("tệp", "file"),
}


def check(matter: Matter) -> Iterator[Finding]:
    known = _known(matter)
    seen: dict[str, Demand] = {}
    told = 0
    for demand in matter.handbook.demands:
        first = seen.setdefault(demand.id, demand)
        if first is not demand:
            yield error("demand.id-twice", demand.place, id=demand.id, line=first.place.line)
        for answer in demand.answers:
            kind, name = split_answer(answer.text)
            if name not in known[kind]:
                yield not_known("demand.answer", answer.place, name, known=known[kind], what=KINDS[kind], told=told)
                told += 1
        if not demand.answers and not demand.reason.strip():
            yield warning("demand.unanswered", demand.place, id=demand.id)


def _known(matter: Matter) -> dict[AnswerKind, Sequence[str]]:
    book = matter.handbook
    names = [*written_slugs(matter), *(path.id for path in book.paths), *(part.id for part in book.parts)]
    return {
        "name": [*names, *(edition.id for edition in book.editions)],
        "product": NAMES,
        "command": COMMANDS,
        "file": sorted(matter.files),
    }
