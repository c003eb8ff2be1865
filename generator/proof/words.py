"""Files beside papers: bare words, pictures, films of people. What nobody approved says so in them, or is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.ground.files import walk_files
from generator.ground.findings import Text
from generator.handbook.model import Handbook
from generator.press.captioned import is_picture
from generator.press.orders import DRAFT
from generator.proof.faults import Fault
from generator.proof.folder import known_beside
from generator.proof.today import Witness, prove_today, silent

FOLDERS = ("clips", "loudspeaker")
"""Beside those of papers."""
WORDS = re.compile(r"(?:^|/)(?:print/posters/([\w-]+)\.txt|loudspeaker/([\w-]+)\.txt|clips/([\w-]+)\.vtt)$")
REAL = re.compile(r"(?:^|/)clips/real/([\w-]+)\.(?:mp4|vtt)$")
"""Such a film has no mark: there is one of approved lessons only."""


def is_told(path: Path) -> bool:
    """Of a lesson, by where it lies: of other texts nobody knows what they are about."""
    return bool(WORDS.search(path.as_posix()) or REAL.search(path.as_posix()) or known_beside(path.as_posix()))


def told_files(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from (file for file in walk_files(folder) if is_told(file))


def prove_told(book: Handbook, witness: Witness, paths: Sequence[Path]) -> Iterator[tuple[Path, Fault]]:
    for path in paths:
        if known := known_beside(path.as_posix()):
            yield from ((path, fault) for fault in _prove_picture(path, known[1], witness))
    yield from unapproved_words(book, paths)


def _prove_picture(path: Path, slug: str, witness: Witness) -> Iterator[Fault]:
    try:
        data = path.read_bytes()
    except OSError as problem:
        yield Fault("broken", Text(f"không đọc được: {problem.strerror}", f"cannot be read: {problem.strerror}"))
        return
    if not is_picture(data):
        yield Fault("broken", Text("không phải hình PNG hay JPG", "is neither a PNG nor a JPG"))
        return
    yield from silent(data, slug)
    yield from prove_today(data, witness)


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
