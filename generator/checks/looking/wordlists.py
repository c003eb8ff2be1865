"""The word lists of `words/`: one word or group of words a line, `=>` and what to say instead."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator.checks.looking.wording import MANY, Role, Wording
from generator.ground.findings import Place
from generator.handbook.model import host_of

FOLDER = Path(__file__).parent / "words"
LABEL = re.compile(r"^[^:,.]{1,24}: +")
CONDITION = re.compile(r"^(?:nếu|khi|muốn|chưa|ai|lúc|máy nào|bác nào|với)\b[^,]*, *(?:thì )?")
_LEAD = re.compile(r"^(?:hãy|lại|cùng|cả nhà|cứ|từ từ|nhẹ nhàng|nhẹ tay|tự|tiếp tục|bác|bà con|mình) +")
_CLAUSE = re.compile(r"(?:[,.:;!] +|\b(?:và|rồi) +)")


@dataclass(frozen=True, slots=True)
class Entry:
    words: str
    instead: str
    parts: frozenset[str]
    """Its single words."""


@dataclass(frozen=True, slots=True)
class WordList:
    entries: tuple[Entry, ...]
    right: tuple[Entry, ...]
    """Groups of words (`!` lines) in which an entry is at home."""
    names: frozenset[str]
    """The words of all entries."""


@cache
def word_list(name: str) -> WordList:
    entries: list[Entry] = []
    right: list[Entry] = []
    for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        words, _, instead = (part.strip() for part in line.removeprefix("!").partition("=>"))
        entry = Entry(words, instead, frozenset(re.findall(r"\w+", words.lower())))
        (right if line.startswith("!") else entries).append(entry)
    return WordList(tuple(entries), tuple(right), frozenset(entry.words for entry in entries))


@cache
def provinces() -> tuple[str, ...]:
    """By any name that one has or had."""
    return tuple(entry.words for name in ("provinces", "provinces-else") for entry in word_list(name).entries)


@cache
def shorteners() -> frozenset[str]:
    """They end, sell, or show something else tomorrow: no printed address may hang on one."""
    return word_list("short-links").names | word_list("forwarders").names


def is_short(address: str) -> str:
    """The shortener's name, or nothing."""
    host = host_of(address).lower()
    return next((name for name in shorteners() if host == name or host.endswith(f".{name}")), "")


def hits(wording: Wording, listed: WordList, roles: Collection[Role]) -> Iterator[tuple[Place, Entry]]:
    """Each entry's first place in our own speech: not in a group that is right, a button's name or a quotation."""
    present = [entry for entry in listed.entries if entry.parts <= wording.words]
    if not present:
        return
    covered = cover(wording, [entry.words.lower() for entry in listed.right if entry.parts <= wording.words])
    for entry in sorted(present, key=lambda entry: -len(entry.words)):
        for told, start in map(wording.at, take_free(wording, covered, entry.words.lower())):
            if told.role in roles and not wording.is_quoted(told, start, entry.words):
                yield wording.place(told, start, entry.words), entry
                break


def take_free(wording: Wording, covered: bytearray, words: str, *, exact: bool = False) -> list[int]:
    """Where these words stand and nothing longer was found before; from now on they are covered too."""
    free = [offset for offset in wording.find(words, exact=exact) if not covered[offset]]
    for offset in free:
        covered[offset : offset + len(words)] = b"x" * len(words)
    return free[:MANY]


def cover(wording: Wording, phrases: Sequence[str]) -> bytearray:
    """A mark for every letter of the lesson's text that belongs to one of these."""
    covered = bytearray(len(wording.text))
    for phrase in phrases:
        for offset in wording.find(phrase):
            covered[offset : offset + len(phrase)] = b"x" * len(phrase)
    return covered


def clauses(text: str) -> list[str]:
    return _CLAUSE.split(CONDITION.sub("", text))


def begins_with(text: str, listed: str) -> str:
    """The verb a text begins with; before it a condition or a word of address may stand."""
    text = _LEAD.sub("", CONDITION.sub("", text.strip())).lstrip("“\"")
    words = re.findall(r"\w+", text)[:2]
    verbs = word_list(listed).names
    return next((verb for verb in (" ".join(words), *words[:1]) if verb in verbs), "")
