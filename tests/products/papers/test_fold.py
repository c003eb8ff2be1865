from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generator.engine.items import Bench, Handed, Item, Result
from generator.handbook.model import Handbook, Phrase
from generator.press.binder import facts
from generator.press.binder.reach import unreached
from generator.press.browser import Browser
from generator.press.imposer import A4_MM, MIDDLE
from generator.press.pages import plain
from generator.press.proof import opened
from generator.products.lesson import TRIAL
from generator.products.papers import booklet, fold, leaflet
from generator.products.papers.fold import TEST
from tests.by_hand import fold_by_hand, sides_of
from tests.desks import PROJECT, desk, handbook, thinned, with_edition
from tests.finished import laid_pages
from tests.samples import sample
from tests.seen import empty_pages, page_text, prove_codes, text_outside

pytestmark = pytest.mark.long
POINT = 25.4 / 72
SMALL, PATH, LEAFLET = "phan-3", "loi-15-60", "quet-ma-qr"
BOOK = thinned(*sample((lesson.slug for lesson in handbook().lessons), 11,
                       LEAFLET, "cai-vneid", "dung-vneid", "vao-mang"))
"""Lessons enough for a book of several sections."""


def hand(result: Result) -> Handed:
    return Handed({path: len(data) for path, data in result.files.items()}, result.facts, result.files.__getitem__)


def bench(browser: Browser, folder: Path, needed: Mapping[str, Handed] | None = None) -> Bench:
    return Bench(PROJECT, lambda: browser, folder, needed or {})


def plans(book: Handbook | None = None) -> dict[str, Item]:
    table = desk(book or BOOK)
    return {item.name: item for product in (booklet, leaflet, fold) for item in product.plan(table)}


@pytest.fixture(scope="module")
def made(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """What these tests look at, and what that is made of."""
    folder, items = tmp_path_factory.mktemp("memory"), plans()
    wanted = [f"fold:{SMALL}", "fold:hoc-so-co-ban", f"fold:2up-{LEAFLET}", f"fold:pack-{PATH}"]
    done: dict[str, Result] = {}
    for name in [*(need for sheet in wanted for need in items[sheet].needs), *wanted]:
        needed = {need: hand(done[need]) for need in items[name].needs}
        done.setdefault(name, items[name].make(bench(browser, folder, needed)))
    return done


def file(result: Result, name: str) -> bytes:
    assert result.files[f"print/{name}"] == result.files[f"site/downloads/{name}"]
    return result.files[f"print/{name}"]


@pytest.mark.wide
@pytest.mark.browser
@pytest.mark.parametrize("name", [SMALL, "hoc-so-co-ban"])
def test_folded_pages_come_in_order_part_by_part(name: str, made: dict[str, Result]) -> None:
    pdf, folded = file(made[f"booklet:{name}"], f"booklets/{name}-a5.pdf"), made[f"fold:{name}"]
    sides = sides_of(laid_pages(file(folded, f"booklets/{name}-fold.pdf")))
    assert [side.places[0].source for side in sides[:2]] == [0, 0], "the test sheet comes first"
    at, read = 2, []
    for length in folded.facts["sections"]:
        assert length <= 80
        count = -(-length // 4) * 2
        seen = fold_by_hand(sides[at : at + count])
        assert seen[length:] == [None] * (-length % 4), "blank pages only at the end"
        read += [page[1] for page in seen[:length] if page]
        at += count
    assert at == len(sides) and read == [*range(1, facts.page_count(pdf) + 1)]
    assert (len(folded.facts["sections"]) > 1) is (facts.page_count(pdf) > 80) is (name != SMALL)


@pytest.mark.browser
@pytest.mark.parametrize("name", [f"fold:{SMALL}", f"fold:2up-{LEAFLET}", f"fold:pack-{PATH}"])
def test_nothing_is_scaled_and_sheets_are_a4(name: str, made: dict[str, Result]) -> None:
    files = [data for path, data in made[name].files.items() if path.startswith("print/")]
    sheets = [data for data in files if facts.page_sizes_mm(data)[0][0] > 200]
    assert sheets
    for data in sheets:
        assert facts.page_sizes_mm(data) == [pytest.approx(A4_MM, abs=0.01)] * facts.page_count(data)
        assert all(at[:4] == (1, 0, 0, 1) for side in laid_pages(data) for _, at in side)


@pytest.mark.browser
def test_creep_follows_the_paper(made: dict[str, Result]) -> None:
    thick = replace(BOOK, site=replace(BOOK.site, paper_mm=0.2))
    needed = {name: hand(made[name]) for name in (f"booklet:{SMALL}", TEST)}
    item = plans(thick)[f"fold:{SMALL}"]
    assert item.digest != plans()[f"fold:{SMALL}"].digest
    result = item.make(Bench(PROJECT, pytest.fail, Path(), needed))
    for index, side in enumerate(laid_pages(file(result, f"booklets/{SMALL}-fold.pdf"))[2:]):
        right = max(at[4] for _, at in side) * POINT
        assert right == pytest.approx(MIDDLE - index // 2 * 0.2, abs=0.02)


@pytest.mark.browser
def test_sheets_say_in_their_title_which_file_to_read(made: dict[str, Result]) -> None:
    for name, read in {
        f"booklets/{SMALL}-fold.pdf": f"booklets/{SMALL}-a5.pdf",
        f"leaflets/{LEAFLET}-2up.pdf": f"leaflets/{LEAFLET}.pdf",
        f"packs/{PATH}-2up.pdf": f"packs/{PATH}.pdf",
    }.items():
        result = next(result for result in made.values() if f"print/{name}" in result.files)
        about = facts.about(file(result, name))
        assert about["Title"].endswith(f". Để đọc, mở {read}") and about["Lang"] == "vi"


@pytest.mark.browser
def test_two_leaflets_on_a_sheet(made: dict[str, Result]) -> None:
    pair, single = (file(made[name], path) for name, path in (
        (f"fold:2up-{LEAFLET}", f"leaflets/{LEAFLET}-2up.pdf"), (f"leaflet:{LEAFLET}", f"leaflets/{LEAFLET}.pdf")))
    for page in (1, 2):
        once, twice = (page_text(data, page).split() for data in (single, pair))
        assert sorted(twice) == sorted(once * 2)
    assert not empty_pages(pair) and not text_outside(pair)
    prove_codes(pair, {2: {BOOK.edition.number_url(BOOK.number_of(LEAFLET))}}, both=True)


@pytest.mark.browser
def test_pack_holds_the_leaflets_of_a_path_in_order(made: dict[str, Result]) -> None:
    path = next(path for path in BOOK.paths if path.id == PATH)
    slugs = [slug.text for slug in path.topics if slug.text in BOOK.by_slug]
    assert len(slugs) > 1
    pack, pairs = (file(made[f"fold:pack-{PATH}"], f"packs/{PATH}{end}.pdf") for end in ("", "-2up"))
    titles = [line.title for line in facts.outline(pack) if line.level == 1]
    assert not unreached(pack) and titles == [plain(BOOK.by_slug[slug].title) for slug in slugs]
    assert facts.page_count(pack) == facts.page_count(pairs) == 2 * len(slugs)
    numbers = [BOOK.number_of(slug) for slug in slugs]
    for data in (pack, pairs):
        with opened(data) as sheets:
            backs = list(sheets.leaves())[1::2]
            assert all(number in leaf.words for number, leaf in zip(numbers, backs, strict=True))


@pytest.mark.browser
def test_sheet_that_tries_the_copier(made: dict[str, Result]) -> None:
    pdf = file(made[TEST], "sheets/thu-may-in.pdf")
    assert facts.page_count(pdf) == 2 and not text_outside(pdf)
    outside, inside = page_text(pdf, 1), page_text(pdf, 2)
    assert "Mặt ngoài" in outside and "10 cm" in outside and "cạnh ngắn" in outside
    assert inside.count("Mặt trong") == 2 and "lộn ngược" in inside
    assert all(TRIAL in text for text in (outside, inside))


@pytest.mark.browser
def test_sheet_of_a_real_edition_is_no_trial(browser: Browser, tmp_path: Path) -> None:
    result = plans(with_edition(BOOK, trial=False))[TEST].make(bench(browser, tmp_path))
    assert TRIAL not in page_text(file(result, "sheets/thu-may-in.pdf"), 1)


def test_without_its_papers_nothing_is_made_but_said() -> None:
    nothing = Bench(PROJECT, pytest.fail, Path())
    for name, item in plans().items():
        if item.product == "fold" and name != TEST:
            result = item.make(nothing)
            assert not result.files and "hocso build" in result.findings[0].fix.vi, name


def test_every_paper_gets_its_sheets() -> None:
    items = plans(handbook())
    assert {f"fold:{name.partition(':')[2]}" for name in items if name.startswith("booklet:")} <= {*items}
    assert {f"fold:2up-{lesson.slug}" for lesson in handbook().lessons} <= {*items}
    assert {f"fold:pack-{path.id}" for path in handbook().paths} <= {*items}
    assert all(item.needs and {*item.needs} <= {*items} for name, item in items.items()
               if item.product == "fold" and name != TEST)


def test_an_empty_path_makes_no_pack() -> None:
    first, *others = handbook().paths
    book = replace(handbook(), paths=(replace(first, topics=(Phrase("khong-co"),)), *others))
    assert f"fold:pack-{first.id}" not in plans(book)
