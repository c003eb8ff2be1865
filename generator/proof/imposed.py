"""Sheets to fold: read back what stands on each half, fold them as hands would, and turn the leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Generic, NamedTuple, TypeVar

from generator.ground.findings import Text
from generator.press import proof
from generator.proof.codes import run_together
from generator.proof.contents import printed_number
from generator.proof.faults import Fault

T = TypeVar("T")
MOST_SHIFT_MM = 0.3
"""How far a page may lie above or below its place: half the difference between A5 doubled and A4."""
PLACE_SLACK = 0.05
THICKEST_MM = 0.3
"""No copier takes thicker paper."""
SIZE_SLACK = 0.3
"""Points; and millimetres from the first word of a page to its last."""


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """A printed sheet, turned over its short edge: behind the front's right half lies the back's left."""

    front_left: T
    front_right: T
    back_left: T
    back_right: T


def fold_order(sheets: Sequence[Sheet[T]]) -> list[T]:
    """The pages as a reader turns them, when the sheets lie in each other, the first outside."""
    first = [page for sheet in sheets for page in (sheet.front_right, sheet.back_left)]
    second = [page for sheet in reversed(sheets) for page in (sheet.back_right, sheet.front_left)]
    return first + second


class Half(NamedTuple):
    """What stands on one half of a printed side; an empty one is blank."""

    text: str
    number: int
    """Page number at its foot, 0 for none."""
    side: int
    """Page of the file."""
    words: tuple[proof.Word, ...]
    x: float
    """Where the half begins."""
    codes: tuple[str, ...] = ()
    """Addresses of the codes read on it, sorted."""

    @property
    def name(self) -> Text:
        if not self.text:
            return Text("trang trắng", "a blank page")
        return Text(f"trang {self.number}", f"page {self.number}") if self.number else Text(
            f"“{_begin(self)}…”", f"“{_begin(self)}…”")


def _begin(half: Half) -> str:
    return " ".join(word.text for word in half.words[:4])


def halves(leaf: proof.Leaf, words: Sequence[proof.Word], seen: Sequence[proof.Seen]) -> tuple[Half, Half]:
    width, height = leaf.size_mm
    left, right = proof.Area(0, 0, width / 2, height), proof.Area(width / 2, 0, width / 2, height)
    return _half(leaf, left, words, seen), _half(leaf, right, words, seen)


def page_half(leaf: proof.Leaf, words: Sequence[proof.Word], seen: Sequence[proof.Seen]) -> Half:
    """A page of the file to read, as the half it should become."""
    return _half(leaf, proof.Area(0, 0, *leaf.size_mm), words, seen)


def _half(leaf: proof.Leaf, field: proof.Area, words: Sequence[proof.Word], seen: Sequence[proof.Seen]) -> Half:
    middle = field.x + field.width / 2
    own = [word for word in words if abs(word.area.x + word.area.width / 2 - middle) <= field.width / 2]
    codes = sorted(one.payload for one in seen if one.state == "read" and field.holds(one.area))
    return Half(run_together("".join(word.text for word in own)), printed_number(own, field.height), leaf.number,
                tuple(own), field.x, tuple(codes))


def prove_halves(side: tuple[Half, Half]) -> Iterator[Fault]:
    """Two leaflets side by side are the same leaflet."""
    left, right = side
    for one, other in ((left, right), (right, left)):
        for address in sorted({*one.codes} - {*other.codes}):
            yield _lost_code(address, other)
    if left.text != right.text:
        yield Fault("halves", Text("hai nửa tờ không in cùng một trang", "the two halves do not show the same page"),
                    left.side)


def _lost_code(address: str, half: Half) -> Fault:
    where = Text("nửa phải", "the right half") if half.x else Text("nửa trái", "the left half")
    return Fault("code-unread", Text(f"{where.vi} không đọc được mã {address}",
                                     f"the code {address} is not read on {where.en}"), half.side)


def prove_fold(sides: Sequence[tuple[Half, Half]], reading: Sequence[Half]) -> Iterator[Fault]:
    """The folded sheets against the file to read; without one, against the page numbers at their feet."""
    start = 2 if len(sides) > 2 and _is_test_sheet(sides, reading) else 0
    if (len(sides) - start) % 2:
        yield Fault("fold-order", Text("số mặt giấy lẻ: có tờ thiếu mặt sau",
                                       "an odd number of sides: a back is missing"), len(sides))
        return
    sheets = [Sheet(*sides[at], *sides[at + 1]) for at in range(start, len(sides), 2)]
    fits = _by_text(reading) if reading else _by_number
    yield from _read_back(sheets, fits, len(reading))


def _is_test_sheet(sides: Sequence[tuple[Half, Half]], reading: Sequence[Half]) -> bool:
    """It comes first, and nothing on it is of the book."""
    known = {half.text for half in reading}
    test = [half for side in sides[:2] for half in side]
    if reading:
        return not any(half.text in known for half in test if half.text) and any(half.text for half in test)
    return any("thử" in word.text.casefold() for half in test for word in half.words)


def _by_text(reading: Sequence[Half]) -> Callable[[Half, int], bool]:
    return lambda half, index: index < len(reading) and half.text == reading[index].text


def _by_number(half: Half, index: int) -> bool:
    return bool(half.text) and half.number in (0, index + 1)


def _read_back(
    sheets: Sequence[Sheet[Half]], fits: Callable[[Half, int], bool], total: int
) -> Iterator[Fault]:
    """Sheets in one or more sections, each folded by itself; blank pages only at a section's end."""
    at = page = 0
    while at < len(sheets):
        for end in range(len(sheets), at, -1):
            read = _pages_in_order(fold_order(sheets[at:end]), page, fits, total)
            if read is not None:
                at, page = end, page + read
                break
        else:
            yield _first_wrong(fold_order(sheets[at:]), page, fits, sheets[at])
            return
    if total and page != total:
        yield Fault("fold-order", Text(f"gấp lại chỉ có {page} trang, sách có {total} trang",
                                       f"folded, it has {page} pages, and the book {total}"))


def _pages_in_order(folded: Sequence[Half], page: int, fits: Callable[[Half, int], bool], total: int) -> int | None:
    """How many pages of the book the section holds; None when something is out of place."""
    good = 0
    while good < len(folded) and fits(folded[good], page + good):
        good += 1
    rest = folded[good:]
    if good and not any(half.text for half in rest) and len(rest) < 4:
        return good
    closing = rest[-1] if rest else None  # the back cover stays outside, blanks stand before it
    if good and closing and not any(half.text for half in rest[:-1]) and len(rest) <= 4 and fits(closing, page + good):
        return good + 1 if not total or page + good + 1 == total else None
    return None


def _first_wrong(
    folded: Sequence[Half], page: int, fits: Callable[[Half, int], bool], first: Sheet[Half]
) -> Fault:
    for good, half in enumerate(folded):
        if not fits(half, page + good):
            wanted = page + good + 1
            return Fault("fold-order", Text(
                f"gấp lại thì sau {page + good} trang là {half.name.vi}, đáng lẽ là trang {wanted}",
                f"folded, {half.name.en} follows {page + good} pages, it should be page {wanted}"), half.side)
    return Fault("fold-order", Text("gấp lại không thành sách", "the sheets do not fold to a book"),
                 first.front_left.side)


def prove_places(
    sides: Sequence[tuple[Half, Half]], reading: Sequence[Half], middle: float, page_mm: float
) -> Iterator[Fault]:
    """Each page lies on its own half as large as it is, moved towards the fold by what its sheet's place asks for."""
    known = {half.text: half for half in reading if half.text}
    laid: dict[int, list[Laid]] = {}
    for index, side in enumerate(sides):
        for half, inwards, spare in zip(side, (1, -1), (middle - page_mm, 0.0), strict=True):
            source = known.get(half.text)
            if source is not None:
                yield from (_lost_code(address, half) for address in sorted({*source.codes} - {*half.codes}))
            if source is not None and half.words and len(half.words) == len(source.words):
                if _is_scaled(half, source):
                    yield Fault("fold-scale", Text(f"{half.name.vi} bị thu nhỏ hay phóng to",
                                                   f"{half.name.en} is scaled"), half.side)
                else:
                    laid.setdefault(index // 2, []).append(_laid(half, source, inwards, spare))
        yield from _over_fold(side, middle)
    yield from _prove_creep(laid)


class Laid(NamedTuple):
    """A page on its sheet: how far it lies from its place, millimetres towards the fold and down."""

    half: Half
    inwards: float
    down: float


def _is_scaled(half: Half, source: Half) -> bool:
    """Pages that are only moved move all their words alike."""
    pairs = list(zip(half.words, source.words, strict=True))
    moves = [(one.area.x - same.area.x, one.area.y - same.area.y) for one, same in pairs]
    spread = max(max(axis) - min(axis) for axis in zip(*moves, strict=True))
    return spread > SIZE_SLACK or any(abs(one.size - same.size) > SIZE_SLACK for one, same in pairs)


def _laid(half: Half, source: Half, inwards: int, spare: float) -> Laid:
    one, same = half.words[0].area, source.words[0].area
    return Laid(half, (one.x - half.x - same.x) * inwards - spare, one.y - same.y)


def _prove_creep(laid: Mapping[int, Sequence[Laid]]) -> Iterator[Fault]:
    """From sheet to sheet the pages move on by one paper's thickness; a new section begins at the fold again."""
    middles = {sheet: median(page.inwards for page in pages) for sheet, pages in laid.items()}
    steps = [middles[sheet + 1] - here for sheet, here in middles.items() if sheet + 1 in middles]
    paper = min(max(0.0, median([step for step in steps if step > 0] or [0.0])), THICKEST_MM)
    before, right = min(laid, default=0), 0.0
    for sheet, pages in laid.items():
        right = min(right + (sheet - before) * paper, 0.0, key=lambda place: abs(middles[sheet] - place))
        before = sheet
        for half, inwards, down in pages:
            if abs(inwards - right) > PLACE_SLACK or abs(down) > MOST_SHIFT_MM:
                yield Fault("fold-shift", Text(
                    f"{half.name.vi} nằm lệch {inwards - right:+.1f} mm ngang, {down:+.1f} mm dọc",
                    f"{half.name.en} lies {inwards - right:+.1f} mm across and {down:+.1f} mm down from its place",
                ), half.side)


def _over_fold(side: tuple[Half, Half], middle: float) -> Iterator[Fault]:
    for half in side:
        crossing = [word for word in half.words if word.area.x < middle - 0.5 and word.area.right > middle + 0.5]
        if crossing:
            word = crossing[0]
            yield Fault("fold-shift", Text(f"chữ “{word.text}” nằm trên nếp gấp", f"“{word.text}” lies on the fold"),
                        half.side, word.area)
