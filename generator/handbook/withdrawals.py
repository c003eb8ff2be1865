"""What the note of a row in the book of approvals may say, and whether it takes back."""

from __future__ import annotations

import re
import unicodedata

from generator.ground.files import beside, fold

WITHDRAWN = "rút lại"
"""A note that begins so takes the approval of that text back: rows are only ever added."""
MISTAKEN = "rút nhầm"
"""A note that begins so says that a withdrawal was a slip, and names that row: what it took back stands again."""
INSTEAD = "ký thay cấp trên"
"""Before the paper that lets a commune sign what is not its own."""
CONFIRMS = "xác nhận:"
"""Before the names of what the sheet confirmed."""
ONLY_NOTED = "ghi:"
"""Before words that decide nothing."""
_KNOWN = (f"{MISTAKEN} @", f"{INSTEAD}:", CONFIRMS, ONLY_NOTED)
WAYS = tuple(line for line in beside(__file__, ".txt").splitlines() if not line.startswith("#"))
"""In which words a hand takes back."""
_EXACT = tuple(f" {line[1:]} " for line in WAYS if line.startswith("="))
_ORDINARY = tuple(f" {line[1:]} " for line in WAYS if line.startswith("-"))
_FOLDED = tuple(f" {line} " for line in WAYS if line[0] not in "=-")
_JOINED = tuple(words.replace(" ", "") for words in _FOLDED if " " in words.strip())
"""Other ways to take back, as hands write them: with accents, without, in one word."""


def withdraws(note: str) -> bool:
    """However a hand wrote it: a word taken for an approval would be the worse mistake."""
    return fold(" ".join(note.split())).startswith(fold(WITHDRAWN))


def paper_above(note: str) -> str:
    """By which paper a commune signed what is not its own, as the row says it; nothing where it says none."""
    found = re.search(rf"(?:^|;)\s*{INSTEAD}:([^;]*)", note)
    return found[1].partition(f" {CONFIRMS}")[0].strip() if found else ""


def noted_words(note: str) -> str:
    """What somebody noted that decides nothing, without the names of what the sheet confirmed."""
    found = re.search(rf"(?:^|;)\s*{ONLY_NOTED}(.*)", note)
    words, confirmed, _ = found[1].rpartition(f" {CONFIRMS}") if found else ("", "", "")
    return words if confirmed or not found else found[1]


def is_unknown(note: str) -> bool:
    """There is no end of words for taking back. So what a hand wrote, and none of our words stands before, is neither
    an approval nor a withdrawal until somebody says which."""
    return bool(note) and not withdraws(note) and not note.startswith(_KNOWN)


def unclear_words(sheet: str, note: str) -> str:
    """With which words a row that would count as an approval speaks of taking back, otherwise than we write it. It is
    read as a withdrawal, and told: a word taken for an approval would be the worse mistake. `Phiếu 12, đã rút lại`
    says it where the sheet is kept; `ngăn Thu hồi đất` is a drawer."""
    if withdraws(note):
        return ""
    if words := _way_in(sheet):
        return words
    return "" if note.startswith(f"{MISTAKEN} @") else _way_in(note)


def _said(text: str) -> str:
    return " ".join(["", *re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).casefold()), ""])


def _way_in(text: str) -> str:
    """The first words in it that take back, as they stand there; `chỉ huy bản`, a chief, is none of them."""
    said = _said(text)
    for words in _ORDINARY:
        said = said.replace(words, "  ")
    exact = tuple(map(fold, _EXACT)) if said.isascii() else _EXACT
    plain = fold(said)  # as long as the words with accents
    found = [(at, way) for way in exact if (at := said.find(way)) >= 0]
    found += [(at, way) for way in _FOLDED if (at := plain.find(way)) >= 0]
    if found:
        at, way = min(found, key=lambda one: (one[0], -len(one[1])))
        return said[at : at + len(way)].strip()
    return next((word for word in said.split() if fold(word).startswith(_JOINED)), "")
