"""Mistakes of keys and types in their words, and the word that was most likely meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from generator.ground.files import fold
from generator.ground.findings import Finding, Place, error
from generator.handbook import keys
from generator.handbook.yaml_tree import Leaf


def unknown_key(name: Leaf, known: Iterable[str]) -> Finding:
    likely = nearest(name.text, known)
    hint = (f" Có phải `{likely}` không?", f" Did you mean `{likely}`?") if likely else ("", "")
    return error(
        "key.unknown", name.place,
        (f"Không có khóa `{name.text}`.{hint[0]}", f"There is no key `{name.text}`.{hint[1]}"),
        (f"Viết `{likely}`." if likely else "Bỏ dòng này, hoặc xem danh sách khóa trong README.vi.md.",
         f"Write `{likely}`." if likely else "Take the line out, or see the keys in README.vi.md."),
    )


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name an editor most likely meant; typed without accents counts as the same."""
    plain = {fold(word): word for word in known}
    match = difflib.get_close_matches(fold(name), plain, n=1, cutoff=0.72)
    return plain[match[0]] if match else None


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


def wrong_type(place: Place, vi: str, en: str) -> Finding:
    return error("key.type", place, (f"Chỗ này phải là {vi}.", f"This must be {en}."),
                 (f"Viết lại thành {vi}.", f"Write {en}."))
