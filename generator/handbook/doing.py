"""What somebody does, or not yet, where only the name of a unit may stand: `Sở Y tế rút lại`, `Sở Y tế chờ ký`.

Such a cell is no signature. Whoever reads a book of approvals with one takes it for a withdrawal, and tells it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from generator.ground.files import beside, fold
from generator.handbook.withdrawals import WAYS

_WORD = re.compile(r"[^\W_]+")
_PLACE = re.compile(
    "xã|phường|trấn|khu|phố|thôn|ấp|khóm|xóm|làng|bản|buôn|bon|sóc|p|tt|tp|đường|trường|thcs|thpt|học|non|chùa|đền|đình|chợ")
_SHORTEST_JOINED = 6
_BARE_ALONE = ("huy",)


class _Said(NamedTuple):
    words: tuple[str, ...]
    """As they stand there."""
    small: tuple[str, ...]
    bare: tuple[str, ...]
    mixed: bool
    """Whether it has capitals and small letters, so that a capital means something."""


class Ways(NamedTuple):
    exact: frozenset[tuple[str, ...]]
    plain: frozenset[tuple[str, ...]]
    ordinary: frozenset[tuple[str, ...]]
    joined: tuple[str, ...]
    bare_exact: frozenset[tuple[str, ...]]
    """In a name that has capitals, small and without accents: `Sở Y tế da ky`. Most syllables alone are other words."""


@lru_cache(maxsize=10_000)
def doing_in(unit: str) -> str:
    """The first words of doing, as they stand there, or nothing."""
    return first_way(unit, _ways(), called=True)


def first_way(text: str, ways: Ways, *, called: bool) -> str:
    """The first of these ways to speak, as it stands there, or nothing; whether what is called so is none of them."""
    said = _read(text)
    free = _covered(said, ways)
    for at in range(len(said.words)):
        for length in range(min(5, len(said.words) - at), 0, -1):
            if not any(free[at : at + length]) and _is_way(said, at, length, ways, called=called):
                return " ".join(said.words[at : at + length])
    return next((word for word, bare in zip(said.words, said.bare, strict=True) if bare.startswith(ways.joined)), "")


def _read(unit: str) -> _Said:
    words = tuple(_WORD.findall(unicodedata.normalize("NFC", unit)))
    mixed = not (unit.isupper() or unit.islower() or all(word[:1].isupper() for word in words))
    small = tuple(word.casefold() for word in words)
    return _Said(words, small, tuple(map(fold, small)), mixed)


@cache
def _ways() -> Ways:
    return ways_of((*WAYS, *beside(__file__, ".txt").splitlines()), bare=_BARE_ALONE)


def ways_of(written: Iterable[str], bare: tuple[str, ...] = ()) -> Ways:
    """As a list has them: `=` keeps its accents, `-` is ordinary words, `#` a remark. Beside it what counts bare."""
    lines = [line for line in written if line and line[0] != "#"]
    plain = [line for line in lines if line[0] not in "=-"]

    def split(mark: str) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(line[1:].split()) for line in lines if line[0] == mark)

    joined = (line.replace(" ", "") for line in plain if " " in line)
    bare_exact = frozenset((*(tuple(map(fold, way)) for way in split("=") if len(way) > 1), *([bare] if bare else ())))
    return Ways(split("="), frozenset(tuple(line.split()) for line in plain), split("-"),
                tuple(word for word in joined if len(word) >= _SHORTEST_JOINED), bare_exact)


def _covered(said: _Said, ways: Ways) -> list[bool]:
    """What is part of ordinary words: `đăng ký`."""
    covered = [False] * len(said.words)
    for way in ways.ordinary:
        named = any(word != word.casefold() for word in way)
        wanted = tuple(map(fold, way)) if _is_bare(said.small) and not named else way
        for at in _places(said.words if named else said.small, wanted):
            covered[at : at + len(way)] = [True] * len(way)
    return covered


def _places(words: tuple[str, ...], wanted: tuple[str, ...]) -> Iterator[int]:
    return (at for at in range(len(words) - len(wanted) + 1) if words[at : at + len(wanted)] == wanted)


def _is_bare(words: tuple[str, ...]) -> bool:
    return "".join(words).isascii()


def _is_way(said: _Said, at: int, length: int, ways: Ways, *, called: bool) -> bool:
    small, bare = said.small[at : at + length], said.bare[at : at + length]
    if small in ways.exact or bare in ways.plain:
        return length > 1 or not (called and _is_named_so(said, at))
    typed_bare = _is_bare(small) and said.mixed and said.words[at].islower()
    return typed_bare and small in ways.bare_exact


def _is_named_so(said: _Said, at: int) -> bool:
    """`xã Ký Phú`, `bản Nà Chờ`: a part of the name behind what bears one. `Xóm Đợi` is that; `UBND xã Ký` is none."""
    word = said.words[at]
    if at in (1, 2) and word.istitle() and _PLACE.fullmatch(said.small[0]):
        return True
    if not (said.mixed and word[:1].isupper()):
        return False
    if at and _PLACE.fullmatch(said.small[at - 1]):
        return len(said.words) > at + 1 and said.words[at + 1][:1].isupper()
    return at > 1 and said.words[at - 1][:1].isupper() and bool(_PLACE.fullmatch(said.small[at - 2]))
