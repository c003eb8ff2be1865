"""Files beside papers: bare words, pictures, films of people. What nobody approved says so in them, or is not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.ground.findings import Text
from generator.handbook.model import Handbook
from generator.press.captioned import is_picture
from generator.press.orders import DRAFT
from generator.proof.faults import Fault
from generator.proof.folder import Beside, known_beside
from generator.proof.today import Witness, prove_today, silent


def is_told(path: Path) -> bool:
    """By where it lies: of other texts nobody knows what they are about."""
    known = known_beside(path.as_posix())
    return bool(known and known[0].holds)


def prove_told(book: Handbook, witness: Witness, paths: Sequence[Path]) -> Iterator[tuple[Path, Fault]]:
    drafts = {lesson.slug for lesson in book.lessons if not lesson.approved}
    for path in paths:
        if known := known_beside(path.as_posix()):
            kind, slug = known
            found = _prove_picture(path, slug, witness) if kind.holds == "picture" else \
                unmarked(path, slug, kind) if slug in drafts else ()
            yield from ((path, fault) for fault in found)


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


def unmarked(path: Path, slug: str, kind: Beside) -> Iterator[Fault]:
    """Of a draft, by the book of today: words do not say of which text they are."""
    if kind.holds == "people":
        yield _fault(slug, Text("phim quay thật không mang chữ BẢN NHÁP", "a real film has no mark"))
    elif not _says_so(path):
        yield _fault(slug, Text(f"tệp không có chữ {DRAFT}", f"the file does not say {DRAFT}"))


def _says_so(path: Path) -> bool:
    try:
        return DRAFT in path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):  # whoever opens it reads nothing either
        return False


def _fault(slug: str, why: Text) -> Fault:
    return Fault("unapproved", Text(f"bài {slug} chưa duyệt, {why.vi}: dựng lại (hocso build)",
                                    f"{slug} is not approved, and {why.en}: build it again (hocso build)"))
