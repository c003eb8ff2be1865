"""Pages that draw the same are known by one name, and any other thing on a page gives it another."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from generator.engine.items import Bench, Handed, Item, Result
from generator.press.binder.facts import page_count
from generator.press.binder.finish import enlarge
from generator.press.binder.repeats import drawn_alike
from generator.press.browser import Browser
from generator.products.papers import booklet, fold, leaflet
from tests.desks import PROJECT, desk, make

BOOKS = ("phan-3", "gia-dinh-so")


@pytest.fixture(scope="module")
def made(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    folder, done = tmp_path_factory.mktemp("memory"), dict[str, Result]()
    wanted = [f"booklet:{name}" for name in BOOKS] + ["leaflet:quet-ma-qr", fold.TEST]
    items: dict[str, Item] = {item.name: item for product in (booklet, leaflet, fold) for item in product.plan(desk())}
    for name in wanted:
        done[name] = make(items[name], browser, folder)
    for name in ("fold:phan-3", "fold:2up-quet-ma-qr"):
        needed = {need: Handed({}, done[need].facts, done[need].files.__getitem__, done[need].codes)
                  for need in items[name].needs}
        done[name] = items[name].make(Bench(PROJECT, lambda: browser, folder, needed))
    return done


def names(made: dict[str, Result], name: str) -> list[tuple[str, ...]]:
    return drawn_alike(next(iter(made[name].files.values())))


@pytest.mark.browser
def test_lessons_of_two_books_are_the_same_pages(made: dict[str, Result]) -> None:
    one, two = ({name for name, in names(made, f"booklet:{book}")} for book in BOOKS)
    facts = made["booklet:phan-3"].facts
    assert len(one & two) >= 10
    assert len(names(made, "booklet:phan-3")) == facts["pages"]


@pytest.mark.browser
def test_a_sheet_is_named_by_the_pages_laid_on_it(made: dict[str, Result]) -> None:
    pages = {name for name, in names(made, "booklet:phan-3")}
    sheets = names(made, "fold:phan-3")[2:]
    assert {name for sheet in sheets for name in sheet} == pages
    leaf = names(made, "leaflet:quet-ma-qr")
    assert names(made, "fold:2up-quet-ma-qr") == [side * 2 for side in leaf]


SPOILS = {
    "a stroke over the page": b"\n0 0 m 100 100 l S\n",
    "a square over the page": b"\nq 0 0 50 50 re f Q\n",
    "a scale": b"\nq 2 0 0 2 0 0 cm Q\n",
}


@pytest.mark.browser
@pytest.mark.parametrize("spoil", SPOILS)
@pytest.mark.parametrize("name", ["booklet:phan-3", "leaflet:quet-ma-qr", "fold:2up-quet-ma-qr"])
def test_whatever_else_is_drawn_makes_a_page_its_own(made: dict[str, Result], name: str, spoil: str) -> None:
    with pikepdf.open(io.BytesIO(next(iter(made[name].files.values())))) as pdf:
        page = pdf.pages[1]
        page.contents_add(pdf.make_stream(SPOILS[spoil]))
        out = io.BytesIO()
        pdf.save(out)
    before, after = names(made, name), drawn_alike(out.getvalue())
    assert before[0] == after[0] and before[1] != after[1]


@pytest.mark.browser
def test_a_stamp_that_paints_is_no_edge(made: dict[str, Result]) -> None:
    with pikepdf.open(io.BytesIO(next(iter(made["booklet:phan-3"].files.values())))) as pdf:
        stamp = pdf.pages[4].Resources.XObject["/S0"]
        stamp.write(stamp.read_bytes() + b"\n0 0 400 400 re\nf\n")
        out = io.BytesIO()
        pdf.save(out)
    assert names(made, "booklet:phan-3")[4] != drawn_alike(out.getvalue())[4]


@pytest.mark.browser
def test_what_was_enlarged_draws_the_same(made: dict[str, Result]) -> None:
    """Whole, and once: cut out of a larger page it is another drawing."""
    data = next(iter(made["leaflet:quet-ma-qr"].files.values()))
    large = enlarge(data, (209.8, 297), subject="A4")
    assert drawn_alike(large) == drawn_alike(data) != drawn_alike(enlarge(large, (297, 420), subject="A3"))
    with pikepdf.open(io.BytesIO(large)) as pdf:
        start = pdf.pages[0].Contents[0]
        start.write(start.read_bytes().replace(b" cm", b" cm 1 0 0 1 -90 0 cm"))
        pdf.pages[1].Contents[0].write(b"q 1.415 0 0 1.415 -90 0 cm\n")
        out = io.BytesIO()
        pdf.save(out)
    assert not {*drawn_alike(data)} & {*drawn_alike(out.getvalue())}


@pytest.mark.browser
def test_every_page_has_a_name(made: dict[str, Result], tmp_path: Path) -> None:
    for result in made.values():
        for file, data in result.files.items():
            if file.endswith(".pdf"):
                assert len(drawn_alike(data)) == page_count(data)


def pictured(picture: bytes, width: int = 4, mask: bytes = b"") -> tuple[str, ...]:
    """A page with a photograph, which no library unpacks."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(100, 100))
    stream = pdf.make_stream(picture, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width, Height=4,
                             ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode)
    if mask:
        stream.SMask = pdf.make_stream(mask, Subtype=pikepdf.Name.Image, Width=4, Height=4,
                                       ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X1=stream))
    page.Contents = pdf.make_stream(b"q 10 0 0 10 0 0 cm /X1 Do Q")
    out = io.BytesIO()
    pdf.save(out)
    return drawn_alike(out.getvalue())[0]


def test_a_photograph_is_known_by_its_bytes_measures_and_mask() -> None:
    assert pictured(b"one") == pictured(b"one")
    others = [pictured(b"one"), pictured(b"two"), pictured(b"one", width=5), pictured(b"one", mask=b"a" * 16),
              pictured(b"one", mask=b"b" * 16)]
    assert len(set(others)) == len(others)
