"""One page as a reader sees it: nothing empty, cut, pale, too small or drawn as an empty box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.ground.findings import Text
from generator.press import proof
from generator.press.binder.trim import BLEED_MM, SAFE_MM
from generator.proof.faults import Box, Fault
from generator.proof.folder import SCREEN_POINTS, SMALL_POINTS, Promise

CONTRAST = 7.0
NO_LETTER = ("\0", "\ufffd")
HEAD_PART, FOOT_PART = 0.12, 0.28
"""Small print may stand in these parts of a page that has no running text there."""
LAST_PART = 0.07
"""The line of the page number: a large one there makes no running text."""
SLACK = 0.3
"""Points and millimetres a browser rounds away."""
MOST_SHOWN = 3
"""Words named in one fault."""


def prove_seen(leaf: proof.Leaf, words: Sequence[proof.Word]) -> Iterator[Fault]:
    """Nothing beyond the paper, nothing cut or paler than the eye needs, also on a copier."""
    outside = proof.beyond(leaf, words)
    if outside:
        yield Fault("outside", Text(f"chữ {_some(outside)} lọt ra ngoài mép giấy",
                                    f"{_some(outside)} lies beyond the paper's edge"), leaf.number, _around(outside))
    beyond = {id(word) for word in outside}
    faint = list(proof.faint_words(leaf, [word for word in words if id(word) not in beyond], CONTRAST))
    cut, pale = [word for word in faint if word.cut], [word for word in faint if not word.cut]
    if cut:
        yield Fault("cut", Text(f"chữ {_some(cut)} bị cắt hoặc bị che", f"{_some(cut)} is cut or covered"),
                    leaf.number, _around(cut))
    if pale:
        worst = min(word.contrast for word in pale)
        yield Fault("pale", Text(
            f"chữ {_some(pale)} nhạt khi in đen trắng: tương phản {worst:.1f}:1, phải từ {CONTRAST:g}:1",
            f"{_some(pale)} is pale in black and white: contrast {worst:.1f}:1, at least {CONTRAST:g}:1",
        ), leaf.number, _around(pale))


def prove_trim(leaf: proof.Leaf, words: Sequence[proof.Word], promise: Promise) -> Iterator[Fault]:
    """Of a paper that is cut: the sheet, and in it the page and its bleed as shops read them; no word near its edge."""
    if not (edge := promise.kind.edge_mm):
        return
    sheet, least = proof.Area(0, 0, *promise.kind.size_mm), edge - BLEED_MM
    for name, found, by in (("MediaBox", proof.Area(0, 0, *leaf.size_mm), 0.0), ("TrimBox", leaf.kept, edge),
                            ("BleedBox", leaf.coloured, least)):
        wanted = (by, by, sheet.width - 2 * by, sheet.height - 2 * by)
        if max(abs(one - other) for one, other in zip(found, wanted, strict=True)) > SLACK:
            told = f"{found.width:.1f}×{found.height:.1f} mm", f"{wanted[2]:g}×{wanted[3]:g} mm"
            yield Fault("trim", Text(f"khổ {name} là {told[0]}, phải là {told[1]}",
                                     f"its {name} is {told[0]}, {told[1]} belongs here"), leaf.number)
    near = edge + SAFE_MM
    lost = [word for word in words if min(word.area.x, word.area.y) < near
            or word.area.right > sheet.width - near or word.area.bottom > sheet.height - near]
    if lost:
        yield Fault("outside", Text(f"chữ {_some(lost)} cách chỗ cắt chưa đầy {SAFE_MM:g} mm",
                                    f"{_some(lost)} is nearer than {SAFE_MM:g} mm to the cut"),
                    leaf.number, _around(lost))


def prove_letters(leaf: proof.Leaf, words: Sequence[proof.Word], boxes: int) -> Iterator[Fault]:
    """`boxes` letters are drawn as the empty box of a font that lacks them."""
    lost = [word for word in words if any(sign in word.text for sign in NO_LETTER)]
    if lost or boxes:
        count = boxes or sum(word.text.count(sign) for word in lost for sign in NO_LETTER)
        yield Fault("glyph", Text(f"{count} chữ không có trong phông, in ra thành ô trống",
                                  f"{count} letters the font does not have, printed as empty boxes"),
                    leaf.number, _around(lost))


def prove_sizes(
    leaf: proof.Leaf, words: Sequence[proof.Word], figures: Sequence[proof.Figure], promise: Promise, tagged: bool
) -> Iterator[Fault]:
    """Running text, words in drawn screens, and small print at the foot each have their smallest size.

    Only tags tell a screen's words from others; sheets made of tagged files are held to the smallest of all.
    """
    in_figures = {mark for figure in figures for mark in figure.marks}
    screens = [word for word in words if not tagged or word.mark in in_figures]
    others = [word for word in words if tagged and word.mark not in in_figures]
    running = [word for word in others if word.size >= promise.kind.points - SLACK and (word.mark >= 0 or not tagged)]
    small = [word for word in others if word.size < promise.kind.points - SLACK]
    allowed = _small_print(leaf, running, small)
    yield from _too_small(leaf, screens, SCREEN_POINTS)
    yield from _too_small(leaf, [word for word in small if id(word) in allowed], SMALL_POINTS)
    yield from _too_small(leaf, [word for word in small if id(word) not in allowed], promise.kind.points)


def _small_print(leaf: proof.Leaf, running: Sequence[proof.Word], small: Sequence[proof.Word]) -> set[int]:
    """Foot, imprint and page number below all running text, running heads above it; a quarter of the page at most."""
    height = leaf.size_mm[1]
    running = [word for word in running if word.area.y < height * (1 - LAST_PART)]
    last = max((word.area.bottom for word in running), default=height * (1 - FOOT_PART))
    first = min((word.area.y for word in running), default=height * HEAD_PART)
    below = [word for word in small if word.area.y >= last - 1]
    above = [word for word in small if word.area.bottom <= min(first, height * HEAD_PART) + 1]
    foot = [word for word in below if word.area.y < height * (1 - HEAD_PART)]
    if foot and max(w.area.bottom for w in foot) - min(w.area.y for w in foot) > height * FOOT_PART:
        below = [word for word in below if word.area.y >= height * (1 - FOOT_PART)]
    return {id(word) for word in (*below, *above)}


def _too_small(leaf: proof.Leaf, words: Sequence[proof.Word], least: float) -> Iterator[Fault]:
    found = [word for word in words if word.size < least - SLACK]
    if found:
        size = min(word.size for word in found)
        yield Fault("small", Text(f"chữ {_some(found)} cỡ {size:g}, chỗ này phải từ cỡ {least:g}",
                                  f"{_some(found)} is {size:g} pt, at least {least:g} pt belongs here"),
                    leaf.number, _around(found))


def prove_figures(
    leaf: proof.Leaf, figures: Sequence[proof.Figure], pieces: Sequence[proof.Piece]
) -> Iterator[Fault]:
    """Every picture says in words what it shows."""
    mute = {mark for figure in figures if not figure.alt.strip() for mark in figure.marks}
    count = sum(not figure.alt.strip() for figure in figures)
    if count:
        yield Fault("no-alt", Text(f"{count} hình không có lời tả", f"{count} pictures without a text"),
                    leaf.number, _around([piece for piece in pieces if piece.mark in mute]))
    known = {mark for figure in figures for mark in figure.marks}
    strays = [piece for piece in pieces if piece.is_image and piece.mark not in known]
    if strays:
        yield Fault("no-alt", Text(f"{len(strays)} hình nằm ngoài các thẻ, máy đọc không thấy",
                                   f"{len(strays)} pictures lie outside all tags"), leaf.number, _around(strays))


def _some(words: Sequence[proof.Word | proof.Faint]) -> str:
    shown = " ".join(word.text.strip("\0\ufffd") or "□" for word in words[:MOST_SHOWN])
    return f"“{shown}{'…' if len(words) > MOST_SHOWN else ''}”"


def _around(things: Sequence[proof.Word | proof.Faint | proof.Piece]) -> Box | None:
    if not things:
        return None
    left, top = min(thing.area.x for thing in things), min(thing.area.y for thing in things)
    right, bottom = max(thing.area.right for thing in things), max(thing.area.bottom for thing in things)
    return left, top, right - left, bottom - top
