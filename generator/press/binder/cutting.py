"""Cuts one long print into the papers it holds, each as if it had been printed alone.

The browser starts a program of its own for every print, so many papers go into one. On a last page stands a link to
the beginning of each: that tells where to cut, and is thrown away.

What a page draws is told so that nothing in it depends on what was printed before and after it in the same go: the
browser counts the lines of a long print from its very first page, and names fonts and states by where they lie in the
file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import prod
from typing import Any, NamedTuple, TypeAlias

import pikepdf

from generator.press.binder.file import opened, outlined, saved, sign
from generator.press.binder.finish import perfect, said_once
from generator.press.binder.joining import Line, put_outline
from generator.press.binder.lettering import letters_of
from generator.press.binder.tagging import name_cells, put_roles
from generator.press.binder.tags import elements, first_page, kids, new_tree, owners, renumber, tree_of
from generator.press.binder.tape import put_tape
from generator.press.binder.typeface import description_of, embed, font_name, name_of, weight_of
from generator.press.orders import About, Piece

START = "paper-"
"""Begins the names that the last page leads to."""
MOST_POINTS = 190_000.0
"""Height of all pages together."""


class _Print(NamedTuple):
    """A long print with all that must be asked of it once."""

    file: pikepdf.Pdf
    names: Mapping[str, tuple[int, Sequence[Any]]]
    """Where links lead: page from 0, and the spot on it."""
    headings: Sequence[tuple[int, str, int, Sequence[Any]]]
    """Level, words, page and spot of each line of the outline."""
    tops: Sequence[tuple[int, Any]]
    """What lies at the top of the tags, with the page it begins on."""
    owners: Mapping[int, Any]
    fonts: Mapping[int, tuple[Any, Mapping[int, str]]]
    """What the browser tells of each weight, and what its glyphs stand for."""


_Given: TypeAlias = "Mapping[int, tuple[Any, Drawn]]"
"""Pages that have come over, by their number in the long print."""


class TooLongError(Exception):
    """Further down the browser does not count to the hair any more."""


def cut(data: bytes, abouts: Sequence[About]) -> list[Piece]:
    """The papers of a long print. One that was printed by itself has no last page with links."""
    with opened(data) as file:
        if len(abouts) > 1 and sum(float(page.mediabox[3]) for page in file.pages) > MOST_POINTS:
            raise TooLongError
        perfect(file, abouts[0].title)
        whole = _look(file)
        if len(abouts) == 1:
            return [_cut_one(whole, range(len(file.pages)), abouts[0])]
        starts = [whole.names[f"/{START}{index}"][0] for index in range(len(abouts))]
        ends = [*starts[1:], len(file.pages) - 1]
        return [_cut_one(whole, range(*bounds), about)
                for *bounds, about in zip(starts, ends, abouts, strict=True)]


def _look(file: pikepdf.Pdf) -> _Print:
    numbers = {page.obj.objgen: number for number, page in enumerate(file.pages)}
    names = {name: _place(place, numbers) for name, place in file.Root.get("/Dests", pikepdf.Dictionary()).items()}
    tree = tree_of(file)
    tops = [(numbers[page.objgen], top) for top in kids(tree.K) if (page := first_page(top)) is not None]
    found = {weight_of(font): font for page in file.pages for font in page.resources.get("/Font", {}).values()}
    fonts = {weight: (description_of(font), letters_of(font)[1]) for weight, font in found.items() if weight}
    with file.open_outline() as outline:
        headings = [(level, said_once(item.title), *_place(item.destination, numbers))
                    for level, item in outlined(outline.root)]
    return _Print(file, names, headings, tops, owners(tree), fonts)


def _place(place: Any, numbers: Mapping[tuple[int, int], int]) -> tuple[int, Sequence[Any]]:
    page, *there = place
    return numbers[page.objgen], there


def _cut_one(whole: _Print, pages: range, about: About) -> Piece:
    with pikepdf.new() as pdf:
        given = {number: _give_page(whole, pdf, number) for number in pages}
        strange = _give_fonts(whole, pdf, [sheet for _, sheet in given.values()])
        _give_tags(whole, pdf, given)
        _give_names(whole, pdf, given)
        put_outline(pdf, (Line(level, words, _here(given, number, there))
                          for level, words, number, there in whole.headings if number in given))
        if about.is_draft:
            put_tape(pdf, about.edge_mm)
        sign(pdf, about)
        return Piece(saved(pdf), len(pages), strange)


def _give_page(whole: _Print, pdf: pikepdf.Pdf, number: int) -> tuple[Any, Drawn]:
    page = whole.file.pages[number]
    sheet = drawn(page.obj)
    page.obj.Resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(sheet.states))
    if sheet.things:
        page.obj.Resources.XObject = pikepdf.Dictionary(sheet.things)
    page.obj.Contents = whole.file.make_stream(b"")
    pdf.pages.append(page)
    mine = pdf.pages[-1].obj
    mine.Contents = pdf.make_stream(sheet.content)
    return mine, sheet


def _give_fonts(whole: _Print, pdf: pikepdf.Pdf, sheets: Sequence[Drawn]) -> tuple[str, ...]:
    """Our own, of the glyphs used; names of others."""
    used: dict[int, set[int]] = {}
    for sheet in sheets:
        for weight, glyphs in sheet.fonts.items():
            used.setdefault(weight, set()).update(glyphs)
    fonts = {}
    for weight, kept in sorted(used.items()):
        if weight:
            like, letters = whole.fonts[weight]
            fonts[weight] = embed(pdf, weight, kept, pdf.copy_foreign(like), letters)
    for page, sheet in zip(pdf.pages, sheets, strict=True):
        page.obj.Resources.Font = pikepdf.Dictionary({name_of(weight): fonts[weight] for weight in sheet.fonts
                                                      if weight})
    return tuple(sorted({name for sheet in sheets for name in sheet.strange}))


def _give_tags(whole: _Print, pdf: pikepdf.Pdf, given: _Given) -> None:
    tree, document = new_tree(pdf)
    tops = [top for number, top in whole.tops if number in given]
    for top in tops:
        del top["/P"]  # or all of the long print would come along
    document.K = pikepdf.Array([pdf.copy_foreign(top) for top in tops])
    for top in document.K:
        top.P = document
    put_roles(tree)
    if "/IDTree" in tree_of(whole.file):
        name_cells(pdf, tree, list(elements(tree)))
    renumber(pdf, tree, lambda _page, number: _owner(whole, pdf, number))


def _owner(whole: _Print, pdf: pikepdf.Pdf, number: int) -> Any:
    owner = whole.owners[number]
    return pdf.copy_foreign(owner if owner.is_indirect else whole.file.make_indirect(owner))


def _give_names(whole: _Print, pdf: pikepdf.Pdf, given: _Given) -> None:
    names = {name: _here(given, number, there) for name, (number, there) in whole.names.items()
             if number in given and not name.startswith(f"/{START}")}
    if names:
        pdf.Root.Dests = pdf.make_indirect(pikepdf.Dictionary(names))


def _here(given: _Given, number: int, there: Sequence[Any]) -> pikepdf.Array:
    page, sheet = given[number]
    return pikepdf.Array([page, *spot(sheet, there)])


# What a page draws.

_BODY = re.compile(rb" re\nW\*? n\nq\n((\S+) 0 0 \2 \S+ (\S+) cm\n)")
"""The body of a page, or a drawing in it: scale, and how far the whole print is moved down. Left and upper edge, width
and height stand before."""
_ENDS = re.compile(rb"\nQ(?:\n|$)")
_PLACE = re.compile(
    rb"^(-?[\d.]+ )(-?[\d.]+)( [ml]| -?[\d.]+ -?[\d.]+ re)$|^(1 0 0 -1 -?[\d.]+ )(-?[\d.]+)( Tm)$"
    rb"|^(-?[\d.]+ )(-?[\d.]+)( -?[\d.]+ )(-?[\d.]+)( -?[\d.]+ )(-?[\d.]+)( c)$", re.MULTILINE)
_NAME = re.compile(rb"^/(\w+) (gs|Do|[\d.]+ Tf)$", re.MULTILINE)
_GLYPHS = re.compile(rb"^/F(\d) [\d.]+ Tf$|<([0-9A-F]+)> Tj$", re.MULTILINE)
UNIT = 0.24
"""Points of what the browser counts a page in."""
_PIXEL = 3.125
"""So many of these units; drawings have a scale of their own."""
GRAIN = 64
"""Parts of a pixel the browser counts in."""


class Drawn(NamedTuple):
    """One page."""

    content: bytes
    fonts: Mapping[int, frozenset[int]]
    """Glyphs by weight."""
    states: Mapping[str, Any]
    things: Mapping[str, Any]
    lines: Sequence[float]
    """How high its lines of words stand, in points."""
    height: float
    strange: Sequence[str]
    """Names of fonts that are not ours."""


LIFT = 30.0
"""So far above a line of words, in points, a link that leads there begins."""


def spot(sheet: Drawn, place: Sequence[Any]) -> list[Any]:
    """Where on its page a link leads: above the line of words it means. The browser's own sums, far down a long
    print, are a hair different each time."""
    how, left, top = place[0], place[1], float(place[2])
    line = max((line for line in sheet.lines if line < top), default=top)
    return [how, left, min(round(line + LIFT, 3), sheet.height), 0]


def drawn(page: Any) -> Drawn:
    named, height = _Names(page.get("/Resources", pikepdf.Dictionary())), float(page.MediaBox[3])
    moved, lines = _from_its_top(page.Contents.read_bytes())
    content = _NAME.sub(named.rename, moved)
    above = [height - line * UNIT for line in lines]
    return Drawn(content, _glyphs(content), named.states, named.things, above, height, named.strange)


class _Names:
    """Names of what a page draws with: fonts by their weight, the others in the order of their use."""

    def __init__(self, resources: Any) -> None:
        fonts = resources.get("/Font", pikepdf.Dictionary())
        self.fonts = {name: weight_of(font) for name, font in fonts.items()}
        self.strange = [font_name(font) for name, font in fonts.items() if not self.fonts[name]]
        self.given: dict[str, str] = {}
        self._known = {"gs": resources.get("/ExtGState", {}), "Do": resources.get("/XObject", {})}
        self.states: dict[str, Any] = {}
        self.things: dict[str, Any] = {}

    def rename(self, match: re.Match[bytes]) -> bytes:
        name, use = f"/{match[1].decode()}", match[2].decode()
        if use not in self._known:
            return f"{name_of(self.fonts[name])} {use}".encode()
        kept, letter = (self.states, "G") if use == "gs" else (self.things, "X")
        if name not in self.given:
            self.given[name] = f"/{letter}{len(kept) + 1}"
            kept[self.given[name]] = self._known[use][name]
        return f"{self.given[name]} {use}".encode()


def _from_its_top(content: bytes) -> tuple[bytes, list[float]]:
    """All heights counted from the upper edge of the page's own body, and where its lines of words stand."""
    found, lines = _body_of(content), list[float]()
    if found is None:
        return content, lines
    top, scale = _box(content, found)[1], float(found[2])
    move = round((top - float(found[3])) / scale)
    moved = found[1].replace(b" %s cm\n" % found[3], b" %.10g cm\n" % top)

    def higher(match: re.Match[bytes]) -> bytes:
        parts = [part for part in match.groups() if part is not None]
        heights = [round((float(part) - move) * GRAIN) / GRAIN for part in parts[1::2]]
        if match[6]:
            lines.append(top + scale * heights[0])
        parts[1::2] = [b"%.10g" % height for height in heights]
        return b"".join(parts)

    pieces = content.split(found[1])
    for index, piece in enumerate(pieces[1:], 1):
        end = _ENDS.search(piece)
        at = end.start() if end else len(piece)
        pieces[index] = _PLACE.sub(higher, piece[:at]) + piece[at:]
    return moved.join(pieces), lines


def _body_of(content: bytes) -> re.Match[bytes] | None:
    """A page may begin with a drawing; the body is the greatest of what is drawn in pixels."""
    in_pixels = [one for one in _BODY.finditer(content) if abs(float(one[2]) / _PIXEL - 1) < 0.005]
    return max(in_pixels, key=lambda one: prod(_box(content, one)[2:]), default=None)


def _box(content: bytes, found: re.Match[bytes]) -> list[float]:
    start = content.rfind(b"\n", 0, found.start()) + 1
    return [float(number) for number in content[start : found.start()].split()]


def _glyphs(content: bytes) -> dict[int, frozenset[int]]:
    found: dict[int, set[bytes]] = {}
    now: set[bytes] = set()
    for font, letters in _GLYPHS.findall(content):
        if font:
            now = found.setdefault(int(font) * 100, set())
        elif len(letters) == 4:
            now.add(letters)
        else:
            now.update(letters[at : at + 4] for at in range(0, len(letters), 4))
    return {weight: frozenset(int(glyph, 16) for glyph in glyphs) for weight, glyphs in found.items()}
