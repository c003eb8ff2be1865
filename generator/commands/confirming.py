"""What a signed sheet confirms is written back into the lesson's file: facts, and screens that were looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.ground.errors import UsageError
from generator.ground.files import Source
from generator.ground.findings import Text
from generator.ground.said import said
from generator.handbook.approvals import SCREEN as THE_SCREEN
from generator.handbook.approvals import confirms
from generator.handbook.keys import APPROVED_BEFORE
from generator.handbook.lesson.screens import SEEN
from generator.handbook.lesson.shown import place_of, screens_of, unseen_screens
from generator.handbook.model import Approval, Card, Topic
from generator.handbook.yaml_tree import quote

OPEN, DONE, CLAIM, STATUS = "cần xác nhận", "đã rõ", "duyệt", "trạng thái"
FACT, SCREEN = Text("điều", "fact"), Text("màn hình", "screen")
OPTIONS = {FACT: "--confirm", SCREEN: "--seen"}
FENCE = re.compile(r"\s*(?:```|~~~)\s*$")


@dataclass(frozen=True)
class Confirmed:
    """Numbers as the sheet counts them (`1,3`), `all`, or nothing."""

    facts: str
    screens: str
    unit: str
    day: date
    device: str = ""

    @property
    def signed(self) -> str:
        return f"{self.day:%d/%m/%Y}, {self.unit}"


def written_back(source: Source, lesson: Topic | Card, asked: Confirmed) -> str:
    """The lesson's file with what was confirmed, and without what front matter once said of approvals."""
    lines = list(source.text.split("\n"))
    unseen = [screen.place.line for screen in unseen_screens(lesson)]
    for index in sorted(_chosen(asked.screens, lesson.slug, len(unseen), SCREEN), reverse=True):
        _see(lines, unseen[index], f"{asked.signed}{f', {asked.device}' if asked.device else ''}")
    facts = [fact.text for fact in lesson.office.open_facts]
    chosen = _chosen(asked.facts, lesson.slug, len(facts), FACT)
    if chosen:
        done = [*lesson.office.confirmed, *(f"{asked.signed}: {facts[index]}" for index in sorted(chosen))]
        _strike(lines, facts, chosen)
        _put(lines, DONE, done)
    if lesson.office.claim:
        _put(lines, CLAIM, [])
    text = "\n".join(lines)
    return re.sub(rf"(?m)^{STATUS}:\s*{APPROVED_BEFORE}\s*$", f"{STATUS}: đã rà soát", text, count=1)


def taken_out(source: Source, lesson: Topic | Card, gone: Sequence[Approval], printed: Sequence[str]) -> str:
    """The lesson's file without what rows confirmed that are taken back: those facts are open again, in the order in
    which they were `printed`, and nobody has held those screens against a phone."""
    lines, signed = list(source.text.split("\n")), [(f"{row.day:%d/%m/%Y}, {row.unit}", row) for row in gone]
    for index, (_, screen) in reversed([*enumerate(screens_of(lesson), 1)]):
        if any(f"{screen.seen}, ".startswith(f"{by}, ") and confirms(row, f"{THE_SCREEN} {index}")
               for by, row in signed):
            end = next(at for at in range(screen.place.line - 1, len(lines)) if FENCE.match(lines[at]))
            del lines[next(at for at in range(end - 1, 0, -1) if lines[at].lstrip().startswith(f"{SEEN}:"))]
    again = {told: fact for told in lesson.office.confirmed for by, row in signed
             if (fact := told.removeprefix(f"{by}: ")) != told and confirms(row, fact)}
    if again:
        facts = [*(fact.text for fact in lesson.office.open_facts), *again.values()]
        _put(lines, DONE, [told for told in lesson.office.confirmed if told not in again])
        _put(lines, OPEN, sorted(facts, key=lambda fact: printed.index(fact) if fact in printed else len(printed)))
    return "\n".join(lines)


def confirmed_between(before: Topic | Card, after: Topic | Card) -> Iterator[Text]:
    """What was just written back, to hold against the paper: facts in their words, screens as the sheet counts them."""
    for fact in after.office.confirmed[len(before.office.confirmed) :]:
        yield said("approve/noted", what=FACT, words=fact.partition(": ")[2])
    pairs = zip(screens_of(before), screens_of(after), strict=True)
    unseen = [(holder, now) for (_, old), (holder, now) in pairs if not old.seen]
    seen = [Text(*(f"{count} ({where})" for where in place_of(holder)))
            for count, (holder, now) in enumerate(unseen, 1) if now.seen]
    if seen:
        yield said("approve/noted", what=SCREEN, words=Text(*map(", ".join, zip(*seen, strict=True))))


def confirmed_things(lesson: Topic | Card, asked: Confirmed) -> list[str]:
    """As the row of this sheet names them: facts by their words, screens by their place among all."""
    facts = [fact.text for fact in lesson.office.open_facts]
    lines = [screen.place.line for _, screen in screens_of(lesson)]
    unseen = [lines.index(screen.place.line) + 1 for screen in unseen_screens(lesson)]
    return [*(facts[index] for index in sorted(_chosen(asked.facts, lesson.slug, len(facts), FACT))),
            *(f"{THE_SCREEN} {unseen[index]}"
              for index in sorted(_chosen(asked.screens, lesson.slug, len(unseen), SCREEN)))]


def _chosen(given: str, slug: str, most: int, what: Text) -> frozenset[int]:
    """Counted from 0."""
    if not given:
        return frozenset()
    if not most:
        raise UsageError(*said("approve/nothing-open", slug=slug, what=what))
    if given.strip().lower() in ("all", "hết", "tất cả"):
        return frozenset(range(most))
    words = [word.strip() for word in given.split(",")]
    if not all(word.isascii() and word.isdecimal() and 1 <= int(word) <= most for word in words):
        raise UsageError(*said("approve/which", option=OPTIONS[what], given=given, slug=slug, what=what, most=most,
                               example="1" if most == 1 else "1,2"))
    return frozenset(int(word) - 1 for word in words)


def _see(lines: list[str], first: int, words: str) -> None:
    """Before the fence that ends a screen, indented like its rows."""
    end = next(index for index in range(first - 1, len(lines)) if FENCE.match(lines[index]))
    indent = re.match(r"\s*", lines[first - 1])
    lines.insert(end, f"{indent[0] if indent else ''}{SEEN}: {words}")


def _strike(lines: list[str], facts: Sequence[str], chosen: frozenset[int]) -> None:
    """The rows of some facts go, the others stay as they are written; a list written otherwise is written anew."""
    begin, end = _span(lines, OPEN)
    rows = [index for index in range((begin or 0) + 1, end) if lines[index].lstrip().startswith("- ")]
    if len(rows) != len(facts) or len(chosen) == len(facts):
        _put(lines, OPEN, [fact for index, fact in enumerate(facts) if index not in chosen])
        return
    for index in sorted(chosen, reverse=True):
        del lines[rows[index] : (*rows, end)[index + 1]]


def _put(lines: list[str], key: str, values: Sequence[str]) -> None:
    """The whole key anew, in its place or before the end of the front matter; away with it when nothing is left."""
    begin, end = _span(lines, key)
    if begin is None:
        begin = end = next(index for index, line in enumerate(lines) if index and line.rstrip() == "---")
    kept = [line for line in lines[begin:end] if line.lstrip().startswith("#")]
    lines[begin:end] = [*([f"{key}:", *_rows(values)] if values else ()), *kept]


def _rows(values: Iterable[str]) -> list[str]:
    return [f"  - {quote(value)}" for value in values]


def _span(lines: Sequence[str], key: str) -> tuple[int | None, int]:
    """The lines of a key in the front matter: its own, and those below that are indented, rows or empty."""
    last = next(index for index, line in enumerate(lines) if index and line.rstrip() == "---")
    begin = next((index for index in range(last) if re.match(rf"{key}\s*:", lines[index])), None)
    if begin is None:
        return None, last
    end = begin + 1
    while end < last and (lines[end][:1] in (" ", "-", "") and lines[end].rstrip() != "---"):
        end += 1
    return begin, end
