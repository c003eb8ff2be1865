"""Files of bare words, and films of people: a lesson that nobody approved says so in them, or has none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.ground.files import walk_files
from generator.ground.findings import Text
from generator.handbook.model import Handbook
from generator.press.orders import DRAFT
from generator.proof.faults import Fault

FOLDERS = ("clips", "loudspeaker")
"""Beside those of papers."""
WORDS = re.compile(r"(?:^|/)(?:print/posters/([\w-]+)\.txt|loudspeaker/([\w-]+)\.txt|clips/([\w-]+)\.vtt)$")
REAL = re.compile(r"(?:^|/)clips/real/([\w-]+)\.(?:mp4|vtt)$")
"""Such a film has no mark: there is one of approved lessons only."""


def is_told(path: Path) -> bool:
    """Of a lesson, by where it lies: of other texts nobody knows what they are about."""
    return bool(WORDS.search(path.as_posix()) or REAL.search(path.as_posix()))


def told_files(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from (file for file in walk_files(folder) if is_told(file))


def unapproved_words(book: Handbook, paths: Sequence[Path]) -> Iterator[tuple[Path, Fault]]:
    """By the book of today: words do not say of which text they are."""
    drafts = {lesson.slug for lesson in book.lessons if not lesson.approved}
    for path in paths:
        words, real = WORDS.search(path.as_posix()), REAL.search(path.as_posix())
        if real and real[1] in drafts:
            yield path, _fault(real[1], Text("phim quay thật không mang chữ BẢN NHÁP", "a real film has no mark"))
        elif words and (slug := next(filter(None, words.groups()))) in drafts and not _says_so(path):
            yield path, _fault(slug, Text(f"tệp không có chữ {DRAFT}", f"the file does not say {DRAFT}"))


def _says_so(path: Path) -> bool:
    try:
        return DRAFT in path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):  # whoever opens it reads nothing either
        return False


def _fault(slug: str, why: Text) -> Fault:
    return Fault("unapproved", Text(f"bài {slug} chưa duyệt, {why.vi}: dựng lại (hocso build)",
                                    f"{slug} is not approved, and {why.en}: build it again (hocso build)"))
