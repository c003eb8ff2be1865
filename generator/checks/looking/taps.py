"""Steps of the hand and their drawings: what is done on the phone, and which row answers to the step's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from generator.checks.looking.wording import plain_words
from generator.checks.looking.wordlists import begins_with, clauses, word_list
from generator.ground.files import fold
from generator.handbook.filled import VALUE, split_value
from generator.handbook.lesson.markup import walk_tokens
from generator.handbook.lesson.rows import KEYBOARD, SEVERAL, SWITCH, TILES, UNSURE, icons_of
from generator.handbook.model import Phrase, Row, Step

_SAID = re.compile(r"[“\"][^”\"]*[”\"]")
SIGNS_OF_KEYS = {"số": "?123", "chữ": "ABC", "chấm": "."}
SENTENCES = frozenset({
    "tin đến", "tin đi", "báo", "dòng báo", "chữ", "thư", "cuộc gọi", "máy ảnh", "bản đồ", "phim", "mã QR", "khóa",
    "bàn số", "tiến trình", "xong", "lỗi",
})
"""What stands in these rows is no name of anything to press: a step need not repeat it."""
BARS = ("ứng dụng", "trang", "tên")
"""They say where one is."""

Fault = Literal["", "step.no-screen", "screen.no-tap", "screen.other-words", "screen.two-rows"]


def asks_for_a_hand(step: Step) -> bool:
    """Something is pressed, swiped, held, dragged, switched or typed on the phone."""
    phone = _phone_verbs()
    if not phone.any.search(step.phrase.text.lower()):
        return False
    text = _SAID.sub("", plain_words(step.phrase.text)).lower()
    for clause in clauses(text):
        verb = begins_with(clause, "phone-verbs")
        if verb and not phone.elsewhere.search(clause):
            needed = phone.needed[verb]
            if needed is None or needed.search(clause) or _bold(step.phrase):
                return True
    return False


class _PhoneVerbs(NamedTuple):
    """`phone-verbs.txt` as patterns."""

    any: re.Pattern[str]
    needed: dict[str, re.Pattern[str] | None]
    """What must stand beside a verb; None: nothing."""
    elsewhere: re.Pattern[str]


@cache
def _phone_verbs() -> _PhoneVerbs:
    listed = word_list("phone-verbs")
    needed = {entry.words: _one_of(re.split(", *", entry.instead)) if entry.instead else None
              for entry in listed.entries}
    return _PhoneVerbs(_one_of(listed.names), needed, _one_of(right.words for right in listed.right))


def _one_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


@lru_cache(maxsize=4096)
def _same(words: str) -> str:
    """As words are compared: without accents, capitals, punctuation; a lone sign stays."""
    folded = fold(plain_words(words))
    return " ".join(re.findall(r"\w+", folded)) or folded.strip(" •.…")


def _bold(phrase: Phrase) -> list[str]:
    """Names of buttons, not the bold label a step may begin with."""
    if "**" not in phrase.text:
        return []
    tokens = (token for token in walk_tokens(phrase.text) if token.kind == "bold")
    return [token.text for token in tokens if not token.text.rstrip().endswith(":")
            and not phrase.text[token.start + len(token.text) + 4 :].startswith(":")]


def _names(row: Row) -> list[Row]:
    """A row of several is several rows."""
    return [replace(row, text=name, value="", tap=row.tap and name == row.value) for name in icons_of(row)]


@lru_cache(maxsize=8192)
def words_of(row: Row) -> frozenset[str]:
    """What a step may call it; nothing while nobody is certain."""
    parts = [row.text] if row.kind in (SWITCH, TILES) else [row.text, row.value]
    if row.kind == KEYBOARD:
        parts.append(SIGNS_OF_KEYS.get(row.text, ""))
    return frozenset(filter(None, [_same(part) for part in parts if part and part != UNSURE and not _is_value(part)]))


def _is_value(part: str) -> bool:
    """Words of an edition that nobody knows here."""
    match = VALUE.fullmatch(part.strip()) if "{{" in part else None
    return match is not None and split_value(match["name"])[1] is None


def find_fault(step: Step) -> tuple[Fault, Row | None]:
    """What is wrong between a step and its drawing, and at which row."""
    rows = [name for row in (step.screen.rows if step.screen else ())
            for name in (_names(row) if row.kind in SEVERAL else (row,))]
    marked = [row for row in rows if row.tap]
    if not marked:
        if not asks_for_a_hand(step) or step.picture:
            return "", None
        return ("screen.no-tap" if step.screen else "step.no-screen"), None
    rival = _rival(step, marked[0], rows)
    if rival:
        return "screen.two-rows", rival
    return ("", None) if _answers(step, marked[0], rows) else ("screen.other-words", marked[0])


def _rival(step: Step, marked: Row, rows: Sequence[Row]) -> Row | None:
    """Another row that fits as well."""
    words = words_of(marked)
    said = words & _labels(step) if words else words
    unsure = marked.text == UNSURE and not said
    said = said or (words if marked.kind not in SENTENCES else said)
    rivals = [row for row in rows if row is not marked and (said & words_of(row) or (
        unsure and row.kind == marked.kind and row.text == UNSURE))]
    return rivals[0] if rivals else None


def _labels(step: Step) -> frozenset[str]:
    return frozenset(map(_same, _bold(step.phrase)))


def _answers(step: Step, marked: Row, rows: Sequence[Row]) -> bool:
    words, labels = words_of(marked), _labels(step)
    if words & labels:
        return True
    asides = (*(variant.phrase for variant in step.variants), *step.notes)
    if labels.difference(*(words_of(row) for row in rows if row.kind in BARS)):  # the name of a place is no label
        return any(_same(label) in words for phrase in asides for label in _bold(phrase))
    if marked.kind in SENTENCES or not words_of(replace(marked, value="")):
        return True
    said = " . ".join(_same(phrase.text) for phrase in (step.phrase, *asides))
    return _one_of(words).search(said) is not None


def shown_words(row: Row) -> str:
    return " = ".join(part for part in (row.text, row.value) if part)
