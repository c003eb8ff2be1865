"""Papers say which text they hold, and the page behind their code which one is in force: of two stacks of leaflets that
look alike one was taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from generator.cli import main
from generator.engine.items import Bench, Desk, Item
from generator.ground.files import find_project
from generator.handbook.approvals import texts_taken_back
from generator.handbook.model import Approval, Handbook
from generator.handbook.read import read_handbook
from generator.handbook.select import hold_back, select
from generator.press.browser import Browser
from generator.press.orders import DRAFT
from generator.press.pages import plain
from generator.products import plan_product
from tests.projects import EPOCH, ROOT, edit, make_project, sign
from tests.seen import page_texts

pytestmark = pytest.mark.long
SLUG, NUMBER = "quet-ma-qr", "1041"
SITE, LESSON = "https://hocso.haiphong.gov.vn/", f"content/topics/{SLUG}/index.md"
PAPERS = ("leaflet", "poster", "picture", "grandchild")
FIRST, MENDED = "first", "mended"
IN_FORCE, TAKEN = "Trang này theo Văn bản ", "Cuối tờ giấy của bác ghi: Văn bản "
DAY, LATER = "20/11/2026", "21/11/2026"


def mend(root: Path) -> None:
    edit(root, LESSON, "Quét mãi không", "Quét lâu không")


def take_back(root: Path, day: str) -> None:
    assert main(["-C", str(root), "approve", SLUG, "--unit", "Sở Y tế", "--date", day, "--withdraw", "sai số"]) == 0


class State(NamedTuple):
    """What was done; which text papers name and the page says is in force; which ones were taken back."""

    done: tuple[str, ...]
    good: str = ""
    taken: tuple[str, ...] = ()


STATES = {
    "never signed": State(()),
    "signed": State(("sign",), FIRST),
    "changed since": State(("sign", "mend")),
    "withdrawn": State(("sign", "take back"), taken=(FIRST,)),
    "withdrawn, and mended": State(("sign", "take back", "mend"), taken=(FIRST,)),
    "mended and signed anew": State(("sign", "take back", "mend", "sign later"), MENDED, (FIRST,)),
    "and that taken back": State(("sign", "take back", "mend", "sign later", "take back later"),
                                 taken=(FIRST, MENDED)),
}
DOINGS: dict[str, Callable[[Path], object]] = {
    "sign": lambda root: sign(root, DAY), "take back": lambda root: take_back(root, DAY), "mend": mend,
    "sign later": lambda root: sign(root, LATER), "take back later": lambda root: take_back(root, LATER),
}


@cache
def book_of(name: str) -> Handbook:
    with TemporaryDirectory() as folder:
        root = make_project(Path(folder), site_url=SITE)
        for doing in STATES[name].done:
            DOINGS[doing](root)
        return select(read_handbook(find_project(root)).handbook, "viet-nam")


@cache
def letters_of(which: str) -> str:
    """As the book of approvals has them."""
    row = book_of("signed" if which == FIRST else "mended and signed anew").by_slug[SLUG].office.approval
    assert row
    return row.text


def item_of(book: Handbook, product: str, name: str = SLUG) -> Item:
    items = plan_product(product, Desk(find_project(ROOT), book, EPOCH, browser="test"))
    return next(item for item in items if item.name == f"{product}:{name}")


def page(book: Handbook) -> str:
    bench = Bench(find_project(ROOT), no_browser, Path("nowhere"), {})
    [data] = item_of(book, "number", NUMBER).make(bench).files.values()
    return " ".join(plain(data.decode()).split())


def no_browser() -> Browser:
    raise AssertionError("number pages take no browser")


def paper(book: Handbook, product: str, browser: Browser, memory: Path) -> str:
    made = item_of(book, product).make(Bench(find_project(ROOT), lambda: browser, memory))
    pdf = next(data for file, data in made.files.items() if file.endswith(".pdf"))
    return " ".join(" ".join(page_texts(pdf)).split())


@pytest.mark.parametrize("name", STATES)
def test_the_page_behind_the_code_says_which_papers_hold(name: str) -> None:
    state, said = STATES[name], page(book_of(name))
    good = letters_of(state.good) if state.good else ""
    taken = " hay ".join(map(letters_of, state.taken))  # also beside a text in force: such papers may lie somewhere
    assert said.count(IN_FORCE) == bool(good) and said.count(TAKEN) == bool(taken)
    day = LATER if state.good == MENDED else DAY
    assert not good or f"{IN_FORCE}{good}, duyệt ngày {day}. Cuối tờ giấy của bác ghi chữ khác, ngày" in said
    assert not taken or f"{TAKEN}{taken}? Tờ ấy đã rút lại, bác đừng làm theo." in said
    assert (DRAFT in said) == (not good)
    others = {letters_of(FIRST), letters_of(MENDED)} - {good, *taken.split(" hay ")}
    assert not [text for text in others if f" {text}" in said]


@pytest.mark.parametrize("name", STATES)
def test_a_release_that_keeps_the_lesson_back_says_it_too(name: str) -> None:
    state, book = STATES[name], book_of(name)
    said = page(hold_back(book, {SLUG: []}))
    assert "ở đây chưa có" in said and IN_FORCE not in said
    taken = " hay ".join(map(letters_of, state.taken))
    assert said.count(TAKEN) == bool(taken) and (not taken or f"{TAKEN}{taken}? Tờ ấy đã rút lại" in said)


@pytest.mark.parametrize("name", ["signed", "withdrawn"])
def test_a_number_that_is_retired_says_it_too(name: str) -> None:
    """The paper that leads there is as wrong as before."""
    state, book = STATES[name], book_of(name)
    rows = tuple(replace(row, until="2026-11-25") if row.number == NUMBER else row
                 for row in book.ledger)
    said = page(replace(book, ledger=rows))
    old = said.count("Tờ giấy của bác là bản cũ.")
    assert "nay đã đổi" in said and said.count(TAKEN) == len(state.taken) == 1 - old


def test_in_a_place_whose_own_words_nobody_signed_no_paper_is_in_force() -> None:
    book = book_of("signed")
    unsigned = replace(book, edition=replace(book.edition, unsigned="ACDEFHKL"))
    assert IN_FORCE in page(book) and IN_FORCE not in page(unsigned)


@pytest.mark.browser
@pytest.mark.parametrize(("product", "name"), [
    *(("leaflet", name) for name in STATES),
    *((one, name) for one in PAPERS[1:] for name in ("never signed", "signed")),
])
def test_a_paper_names_its_text_where_that_is_approved(
    product: str, name: str, browser: Browser, tmp_path: Path
) -> None:
    wanted, said = STATES[name].good, paper(book_of(name), product, browser, tmp_path)
    assert said.count("Văn bản ") == bool(wanted) and (not wanted or f"Văn bản {letters_of(wanted)}." in said)
    assert (DRAFT in said) == (not wanted)


@pytest.mark.parametrize("product", PAPERS)
def test_papers_of_another_text_are_other_papers(product: str) -> None:
    """Also where a reader is told nothing of who signed."""
    book = book_of("signed")
    lesson = book.topic(SLUG)
    assert lesson and lesson.office.approval
    row = replace(lesson.office.approval, text="ACDEFHKL")
    other = replace(lesson, office=replace(lesson.office, approval=row))
    changed = replace(book, topics=tuple(other if one.slug == SLUG else one for one in book.topics))
    assert item_of(changed, product).digest != item_of(book, product).digest


A, B = "AAAAAAAA", "CCCCCCCC"
BACK = "rút lại: sai số"
ON, AFTER = date(2026, 11, 20), date(2026, 11, 21)
BOOKS: dict[str, tuple[list[tuple[str, date, str]], tuple[str, ...]]] = {
    # text, day, note of each row → what nobody stands by any more
    "nothing": ([], ()),
    "signed": ([(A, ON, "")], ()),
    "taken back": ([(A, ON, ""), (A, ON, BACK)], (A,)),
    "with what was signed before": ([(A, ON, ""), (B, ON, ""), (B, AFTER, BACK)], (A, B)),
    "another signed since": ([(A, ON, ""), (A, ON, BACK), (B, AFTER, "")], (A,)),
    "signed anew": ([(A, ON, ""), (A, ON, BACK), (A, AFTER, "")], ()),
    "another text, nothing taken back": ([(A, ON, ""), (B, AFTER, "")], ()),
}


@pytest.mark.parametrize("name", BOOKS)
def test_texts_that_nobody_stands_by(name: str) -> None:
    written, taken = BOOKS[name]
    rows = [Approval(SLUG, text, "Sở Y tế", day, note=note) for text, day, note in written]
    assert texts_taken_back([*rows, *(replace(row, slug="bai-khac", note=BACK) for row in rows)], SLUG) == taken


@pytest.mark.parametrize("name", ["withdrawn", "and that taken back"])
def test_who_takes_back_hears_which_papers_to_collect(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_project(tmp_path, site_url=SITE)
    for doing in STATES[name].done:
        capsys.readouterr()
        DOINGS[doing](root)
    texts = ", ".join(map(letters_of, STATES[name].taken))
    assert capsys.readouterr().out.splitlines()[-1] == f"Tờ giấy ghi Văn bản {texts}: gom lại, đừng phát."
    assert main(["-C", str(root), "approve", "viet-nam", "--unit", "Ủy ban nhân dân tỉnh", "--date", LATER,
                 "--withdraw", "sai số"]) == 0
    assert "Văn bản" not in capsys.readouterr().out  # of a place's own words no paper says the letters
