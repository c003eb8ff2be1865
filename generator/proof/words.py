"""Files beside papers: bare words, pictures, films of people. What nobody approved says so in them, or is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path
from unicodedata import normalize

from generator.ground.findings import Text
from generator.handbook.model import Handbook
from generator.handbook.select import select
from generator.press.captioned import is_picture
from generator.press.orders import DRAFT
from generator.proof.faults import Fault
from generator.proof.folder import Beside, known_beside, words_today
from generator.proof.leads import prove_drawn
from generator.proof.listed import edition_of
from generator.proof.today import Witness, prove_today, silent


def is_told(path: Path) -> bool:
    """By where it lies: of other texts nobody knows what they are about."""
    known = known_beside(path.as_posix())
    return bool(known and known[0].holds)


def prove_told(book: Handbook, witness: Witness, paths: Sequence[Path]) -> Iterator[tuple[Path, Fault]]:
    @cache
    def shown(place: str) -> Handbook:
        return select(book, place)

    for path in paths:
        if known := known_beside(path.as_posix()):
            yield from ((path, fault) for fault in _prove(path, *known, book, witness, shown))


def _prove(
    path: Path, kind: Beside, slug: str, book: Handbook, witness: Witness, shown: Callable[[str], Handbook]
) -> Iterator[Fault]:
    try:
        data = b"" if kind.holds == "people" else path.read_bytes()
    except OSError as problem:
        yield Fault("broken", Text(f"không đọc được: {problem.strerror}", f"cannot be read: {problem.strerror}"))
        return
    if kind.holds == "code":
        yield from prove_drawn(data, slug, kind, book, path)
    elif slug not in book.by_slug:
        yield Fault("outdated", Text(f"trong sách nay không đọc được bài {slug}. Bỏ tệp này",
                                     f"{slug} cannot be read in the book now. Take this file away"))
    elif kind.holds == "picture":
        yield from _prove_picture(data, slug, witness)
    elif kind.holds == "people" and not book.by_slug[slug].approved:
        yield _unapproved(slug, Text("phim quay thật không mang chữ BẢN NHÁP", "a real film has no mark"))
    elif kind.holds == "words":
        places, own = [edition.id for edition in book.editions], edition_of(path)
        yield from _prove_words(data, slug, kind, [shown(place) for place in places if own in ("", place)])


def _prove_picture(data: bytes, slug: str, witness: Witness) -> Iterator[Fault]:
    if not is_picture(data):
        yield Fault("broken", Text("không phải hình PNG hay JPG", "is neither a PNG nor a JPG"))
        return
    yield from silent(data, slug)
    yield from prove_today(data, witness)


def _prove_words(data: bytes, slug: str, kind: Beside, books: Sequence[Handbook]) -> Iterator[Fault]:
    """Words do not say of which text they are, and nobody wants them to: people read them, and send them on. So they
    are those that would be made today; or say on themselves that they are a draft's."""
    said = _bare(data.decode("utf-8", "replace"))
    shown = [book for book in books if slug in book.by_slug]
    if _bare(DRAFT) in said or any(said == _bare(words_today(kind, book, slug)) for book in shown):
        return
    if not shown or any(book.by_slug[slug].approved for book in shown):
        yield Fault("outdated", Text(f"chữ cũ: lời trong tệp không phải lời hôm nay của bài {slug}. Dựng lại",
                                     f"old words: the file does not say what {slug} says today. Build it again"))
    else:
        yield _unapproved(slug, Text(f"tệp không có chữ {DRAFT}", f"the file does not say {DRAFT}"))


def _bare(words: str) -> str:
    """Without what an editor's program changes when it keeps a file, and without the times of captions."""
    lines = normalize("NFC", words.removeprefix("\ufeff")).splitlines()
    told = (line for line, after in zip_longest(lines, lines[1:], fillvalue="") if "-->" not in f"{line}{after}")
    return "".join("".join(told).split())


def _unapproved(slug: str, why: Text) -> Fault:
    return Fault("unapproved", Text(f"bài {slug} chưa duyệt, {why.vi}: dựng lại (hocso build)",
                                    f"{slug} is not approved, and {why.en}: build it again (hocso build)"))
