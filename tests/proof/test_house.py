"""Every kind of paper of the shipped handbook, held to what the print shop promises; `make prove` takes all of them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

import pikepdf
import pytest

from generator.press import proof
from generator.press.binder import facts
from generator.press.imposer import A4_MM, MIDDLE, PAPER_MM
from generator.press.pages import plain
from generator.press.proof.measures import contrast
from generator.press.proof.troubles import TROUBLES
from generator.proof.folder import Promise
from generator.proof.hard import harden, unread
from tests.desks import handbook
from tests.finished import laid_pages
from tests.lines import torn
from tests.products.test_signs import HANDS
from tests.proof.house import House
from tests.samples import sample
from tests.seen import page_texts

pytestmark = [pytest.mark.long, pytest.mark.browser, pytest.mark.remembers]
KINDS = ("print/leaflets/", "print/booklets/", "print/packs/", "print/posters/", "print/sheets/",
         "print/sheets/chau-day-ong-ba/", "print/review/", "print/screens", "qr/", "-2up.pdf", "-fold.pdf",
         "-large.pdf", "-trainer.pdf", "-picture.pdf", "-a3.pdf", "-a4.pdf", "1200x630.png", "1080x1080.png")
LEAFLET = "print/leaflets/quet-ma-qr.pdf"
POINT = 25.4 / 72


def test_every_kind_is_among_them(house: House) -> None:
    assert [kind for kind in KINDS if not any(kind in path for path in house.papers)] == []


def test_the_proof_finds_nothing(house: House) -> None:
    """Codes by both decoders, type sizes, contrast in grey, links, contents, pictures' words, fold: all of it."""
    found = []
    for path in house.papers:
        checked = house.prove(path)
        found += [fault.line(path) for fault in checked.faults]
        found += [f"{path}: {code.payload} read by {code.decoders}" for code in checked.codes
                  if code.decoders != ("opencv", "zxing")]
    assert found == []


def test_pictures_say_what_they_show(house: House) -> None:
    """All pictures of all files to read, not only those that hold codes."""
    for path, data in house.to_read.items():
        about = facts.about(data)
        assert facts.is_tagged(data) and about["Lang"] == "vi" and about["Title"], path
        with proof.opened(data) as paper:
            leaves = list(paper.leaves())
            assert all(figure.alt.strip() for leaf in leaves for figure in proof.figures(leaf)), path


def squeezed(words: str) -> str:
    """Line ends, and the hyphens a page text loses at them, make no difference."""
    return re.sub(r"[\s\u2010\u2011-]+", "", words)


def test_outlines_name_what_stands_on_the_page(house: House) -> None:
    astray = []
    for path, data in house.to_read.items():
        with proof.opened(data) as paper:
            words = [squeezed(leaf.words) for leaf in paper.leaves()]
        lines = facts.outline(data)
        assert lines or "thu-may-in" in path, path
        astray += [(path, line) for line in lines if squeezed(line.title) not in words[line.page - 1]]
    assert astray == []


def test_fonts_are_cut_down_to_the_letters_used(house: House) -> None:
    for path, data in house.pdfs.items():
        with pikepdf.open(io.BytesIO(data)) as pdf:
            whole = {str(thing.FontName) for thing in pdf.objects
                     if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
                     and "+" not in str(thing.get("/FontName", "")) and "/FontFile3" not in thing}
        assert whole == set(), path


def test_booklets_weigh_little(house: House) -> None:
    for path, data in house.pdfs.items():
        if path.startswith("print/booklets/"):
            assert len(data) <= 20_000 * facts.page_count(data), path


def hues(data: bytes) -> set[tuple[float, ...]]:
    """Colours a file draws with that are no grey."""
    found: set[tuple[float, ...]] = set()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in (*pdf.pages, *(one for one in pdf.objects if isinstance(one, pikepdf.Stream)
                                    and one.get("/Subtype") == "/Form")):
            for part in pikepdf.parse_content_stream(thing):
                if str(part.operator) in ("rg", "RG"):
                    red, green, blue = (round(float(str(value)), 3) for value in part.operands)
                    if max(red, green, blue) - min(red, green, blue) > 0.02:
                        found.add((red, green, blue))
    return found


OF_PARTS = ("booklets/", "packs/", "sheets/ma-so.pdf", "sheets/phieu-chon-bai.pdf")


def test_nothing_is_said_by_colour_alone(house: House) -> None:
    """A sheet on the wall has one colour; a book has those of its cover and of the parts it opens, the sheet of all
    numbers those of its parts, by name, the entry card those of its paths; a leaflet, a poster that of its part. Each
    is as dark as ink, so that a copier keeps its edges, or as light as a tint that ink stands on."""
    for path, data in house.pdfs.items():
        colours = hues(data)
        greys = {colour: 255 * (0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]) for colour in colours}
        dark = {colour for colour, grey in greys.items() if contrast(grey, 255) >= 7}
        assert all(contrast(greys[colour], 0) >= 10 for colour in colours - dark), (path, colours)
        if not any(name in path for name in OF_PARTS):
            assert len(dark) <= 1 and len(colours) <= 3, (path, colours)


def places(data: bytes, width: float, height: float) -> Iterator[tuple[int, int, tuple[float, float]]]:
    """Side, page of the book and where the formula puts it. Within a section the right pages of fronts go on by two."""
    sheet, before = 0, 0
    for side, laid in enumerate(laid_pages(data)[2:], 3):
        pages = sorted(laid, key=lambda one: one[1][4])
        if side % 2:
            right = pages[-1][0][1]
            sheet, before = sheet + 1 if right == before + 2 else 0, right
        for (_, page), at in pages:
            left = MIDDLE - width + sheet * PAPER_MM
            on_left = at[4] * POINT < MIDDLE / 2
            yield side, page, (left if on_left else MIDDLE - sheet * PAPER_MM, (A4_MM[1] - height) / 2)


def moves(sheet: Sequence[proof.Word], page: Sequence[proof.Word]) -> Iterator[tuple[float, ...]]:
    """How far each word of the page lies from where it was, and how much wider and higher it is."""
    for one, same in zip(sheet, page, strict=True):
        assert one.text == same.text
        yield tuple(new - old for new, old in zip(one.area, same.area, strict=True))


def test_folded_pages_lie_where_the_formula_says(house: House) -> None:
    """Measured on the words of the finished file against those of the file to read: 0.02 mm, and nothing scaled."""
    folds = [path for path in house.pdfs if Promise(path).to_read]
    assert folds
    for path in folds:
        data, reading = house.papers[path], house.reading(path)
        assert reading
        width, height = facts.page_sizes_mm(reading)[0]
        with proof.opened(data) as sheets, proof.opened(reading) as book:
            sides = {number: proof.words(proof.letters(sheets.leaf(number))) for number in range(3, sheets.pages + 1)}
            for side, page, place in places(data, width, height):
                source = proof.words(proof.letters(book.leaf(page)))
                own, sides[side] = sides[side][: len(source)], sides[side][len(source) :]
                for moved in moves(own, source):
                    assert moved == pytest.approx((*place, 0, 0), abs=0.02), (path, side, page)
        assert not any(sides.values()), "nothing else is written on the sheets"


def test_every_leaflet_code_reads_under_every_trouble(house: House) -> None:
    """Nine troubles, thirty seeded placings of each where there is chance: at least one decoder reads every one."""
    lost, scored = [], 0
    leaflets = [path for path in house.pdfs if path.startswith("print/leaflets/") and Promise(path).slug
                and not Promise(path).kind.laid]
    for path in sample(leaflets, 0, LEAFLET):
        for code in harden(house.pdfs[path], house.prove(path), {}).codes:
            assert code.hard.keys() == TROUBLES.keys()
            scored += 1
            lost += [(path, name, f"{code.hard_any[name]}/{code.hard[name][0]}") for name in unread(code)]
    assert scored and lost == []


PRINTER_MM, FOOT_MM = 4.2, 6.0
"""Nearer a side most printers draw nothing; nearer the lower edge none at home does for certain."""


def test_no_word_stands_too_near_an_edge(house: House) -> None:
    """Feet above all; at the head a tape may lie. Whoever lays pages out moves them in, never out."""
    near = []
    for path, data in house.to_read.items():
        with proof.opened(data) as paper:
            for leaf in paper.leaves():
                width, height = leaf.size_mm
                near += [(path, leaf.number, word.text) for word in proof.words(proof.letters(leaf))
                         if word.area.bottom > height - FOOT_MM or word.area.x < PRINTER_MM
                         or word.area.right > width - PRINTER_MM]
    assert near == []


def test_no_paper_tears_a_compound_of_a_title(house: House) -> None:
    """Of a lesson, part or path, wherever it stands alone or in a list."""
    book = handbook()
    titles = {plain(one.title) for one in (*book.lessons, *book.parts, *book.paths)}
    sought = re.compile("|".join(re.escape(title).replace(r"\ ", r"\s+") for title in titles))
    found = [(path, match[0]) for path, data in house.to_read.items() for page in page_texts(data)
             for match in sought.finditer(page.replace("\u00a0", " ").replace("\u2011", "-"))]
    assert len(found) > 100
    assert [(path, title) for path, title in found if torn([title.splitlines()])] == []


def test_every_warning_carries_the_raised_hand(house: House) -> None:
    assert len(house.signs) > 6
    assert {words: sign for words, sign in house.signs.items() if sign not in HANDS} == {}


def test_headings_of_all_papers_are_balanced(house: House) -> None:
    """As the browser was told when it printed them."""
    assert len(house.wraps) > 50
    assert {words: wrap for words, wrap in house.wraps.items() if wrap != "balance"} == {}
