"""Mistakes of keys and types in their words, and the word that was most likely meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cache

from generator.ground.files import fold
from generator.ground.findings import Edit, Finding, Place, error
from generator.handbook import keys
from generator.handbook.yaml_tree import Leaf

SURE = 0.8
"""How alike two words must be before one is written for the other."""
CLEARLY = 0.1
"""How much less alike the next best word must be."""


def unknown_key(name: Leaf, known: Iterable[str]) -> Finding:
    likely = nearest(name.text, known)
    hint = (f" Có phải `{likely}` không?", f" Did you mean `{likely}`?") if likely else ("", "")
    return error(
        "key.unknown", name.place,
        (f"Không có khóa `{name.text}`.{hint[0]}", f"There is no key `{name.text}`.{hint[1]}"),
        (f"Viết `{likely}`." if likely else "Bỏ dòng này, hoặc xem danh sách khóa trong README.vi.md.",
         f"Write `{likely}`." if likely else "Take the line out, or see the keys in README.vi.md."),
        spelled(name.place, name.text, likely, slips=True) if likely else (),
    )


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name an editor most likely meant; typed without accents counts as the same."""
    plain = {fold(word): word for word in known}
    match = difflib.get_close_matches(fold(name), plain, n=1, cutoff=0.72)
    return plain[match[0]] if match else None


def spelled(place: Place, word: str, wish: str, *, slips: bool = False) -> tuple[Edit, ...]:
    """A known word for one that differs from it in accents and capitals only.

    With `slips` also for a wrong letter that leaves no doubt: for names of keys and sections, never for a value
    whose other reading would mean something else (a status, a slug, a day, a unit)."""
    sure = fold(word) == fold(wish) or (slips and _is_clear(word, wish))
    return (Edit(place, word, wish),) if sure else ()


def _is_clear(word: str, wish: str) -> bool:
    """Alike enough, and nothing else is nearly as alike."""
    others = [_likeness(word, name) for name in _closed_names() if fold(name) != fold(wish)]
    return _likeness(word, wish) >= max(SURE, max(others) + CLEARLY)


def _likeness(one: str, two: str) -> float:
    return difflib.SequenceMatcher(None, fold(one), fold(two)).ratio()


@cache
def _closed_names() -> tuple[str, ...]:
    tables = [value for name, value in vars(keys).items() if name.endswith("_KEYS")]
    words = [key.vi for table in tables for key in table]
    sections = [name for name, _ in (*keys.SECTIONS, *keys.CARD_SECTIONS)]
    return tuple(dict.fromkeys([*words, *keys.STATUS_WORDS, *keys.HELP_ROLES, *keys.FRAMES, *sections]))


def missing_key(key: keys.Key, place: Place, what: tuple[str, str]) -> Finding:
    return error(
        "key.missing", place,
        (f"Thiếu `{key.vi}` của {what[0]}.", f"The {what[1]} lacks `{key.vi}`."),
        (f"Thêm dòng `{key.vi}: …`. {key.doc}", f"Add a line `{key.vi}: …`."),
    )


def empty_key(key: keys.Key, place: Place) -> Finding:
    unknown = (" Chưa biết thì ghi `\"\"`.", " Write `\"\"` if it is not known.") if key.blank else ("", "")
    return error(
        "key.empty", place,
        (f"`{key.vi}` chưa ghi gì.", f"Nothing stands after `{key.vi}`."),
        (f"Ghi giá trị sau dấu hai chấm. {key.doc}{unknown[0]}", f"Write its value after the colon.{unknown[1]}"),
    )


def wrong_type(place: Place, vi: str, en: str, edits: tuple[Edit, ...] = ()) -> Finding:
    return error("key.type", place, (f"Chỗ này phải là {vi}.", f"This must be {en}."),
                 (f"Viết lại thành {vi}.", f"Write {en}."), edits)
