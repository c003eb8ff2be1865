from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest

from generator.ground.errors import ProofError
from generator.press import judge, proof
from generator.press.binder import facts
from generator.press.binder.joining import Chapter, join_tagged
from generator.press.binder.reach import unreached
from generator.press.binder.sheets import place_pages
from generator.press.browser import Browser, Sheet
from generator.press.orders import About
from tests import seen
from tests.finished import finish_pdf, links

pytestmark = pytest.mark.browser

PICTURE = '<svg role="img" aria-label="Hình {0}" width="40" height="20"><rect width="9" height="9"/></svg>'
LESSON = ('<section><h2 id="{0}">Bài {0}</h2><p>Chữ của <b>{0}</b></p>' + PICTURE + '<ul><li>một<li>hai</ul>'
          '<div class="next"><h3>Sang</h3><a href="#{1}">tới {1}</a></div></section>')
STYLE = ("@page{size:148mm 210mm;margin:10mm}body{font:14pt Roboto}"
         ".next,section+section{break-before:page}section{break-inside:auto}")


@pytest.fixture(scope="module")
def sheet(browser: Browser) -> Iterator[Sheet]:
    opened = browser.open_sheet(STYLE)
    yield opened
    opened.close()


def book(sheet: Sheet, *lessons: tuple[str, str], above: str = "") -> bytes:
    """Each lesson has two pages and leads to another on its second."""
    sheet.fill(above + "".join(LESSON.format(name, to) for name, to in lessons), "t")
    return finish_pdf(sheet.pdf(148, 210), title="Sách", moment=0)


@pytest.fixture(scope="module")
def parent(sheet: Sheet) -> bytes:
    return book(sheet, ("a", "b"), ("b", "c"), ("c", "a"), above="<h1>Sách</h1>")


@pytest.fixture(scope="module")
def local(sheet: Sheet) -> bytes:
    return book(sheet, ("b", "b"), ("ở", "b"))


def texts(data: bytes) -> list[str]:
    return [" ".join(seen.page_text(data, page).split()) for page in range(1, facts.page_count(data) + 1)]


def figures(data: bytes) -> list[str]:
    with proof.opened(data) as paper:
        return [figure.alt for leaf in paper.leaves() for figure in proof.figures(leaf)]


def roles(data: bytes) -> list[str]:
    """Of what lies right under Document."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [str(one.S) for one in pdf.Root.StructTreeRoot.K.K]


def test_a_whole_file_stays_what_it_is(parent: bytes) -> None:
    joined = join_tagged([Chapter(parent)], About("Sách"))
    assert not unreached(joined) and not judge.breaches(joined) and facts.is_tagged(joined)
    for ask in (texts, figures, roles, facts.outline, links, facts.destinations):
        assert ask(joined) == ask(parent), ask


def test_pages_are_exchanged_for_those_of_another_file(parent: bytes, local: bytes) -> None:
    """The new lesson is read, seen in the outline and led to where the old one was; what is left out leaves nothing."""
    joined = join_tagged([Chapter(parent, [1, 2]), Chapter(local, level=2), Chapter(parent, [5, 6])],
                         About("Sách xã"))
    assert not unreached(joined) and not judge.breaches(joined)
    assert texts(joined) == [*texts(parent)[:2], *texts(local), *texts(parent)[4:]]
    assert figures(joined) == ["Hình a", "Hình b", "Hình ở", "Hình c"]
    assert [(line.level, line.title, line.page) for line in facts.outline(joined) if line.level < 3] == [
        (1, "Sách", 1), (2, "Bài a", 1), (2, "Bài b", 3), (2, "Bài ở", 5), (2, "Bài c", 7)]
    assert facts.destinations(joined) == {"a": 1, "b": 3, "c": 7}
    assert [(link.page, link.target) for link in links(joined)] == [
        (2, "#b"), (4, "#b"), (6, "#b"), (8, "#a")]
    assert joined == join_tagged([Chapter(parent, [1, 2]), Chapter(local, level=2), Chapter(parent, [5, 6])],
                                 About("Sách xã"))


def test_a_titled_chapter_is_a_part(parent: bytes, local: bytes) -> None:
    joined = join_tagged([Chapter(parent, title="Một"), Chapter(local, title="Hai")], About("Bộ"))
    assert not unreached(joined) and not judge.breaches(joined) and roles(joined) == ["/Part", "/Part"]
    assert [(line.level, line.title, line.page) for line in facts.outline(joined) if line.level < 3] == [
        (1, "Một", 1), (2, "Sách", 1), (1, "Hai", 7), (2, "Bài b", 7), (2, "Bài ở", 9)]


def test_a_name_of_two_files_leads_each_to_its_own(parent: bytes, local: bytes) -> None:
    joined = join_tagged([Chapter(local), Chapter(parent)], About("Bộ"))
    places = facts.destinations(joined)
    assert [(link.page, places[link.target[1:]]) for link in links(joined)] == [
        (2, 1), (4, 1), (6, 7), (8, 9), (10, 5)]


def test_what_cannot_be_joined_is_said(parent: bytes, local: bytes) -> None:
    with pytest.raises(ProofError, match=r"Trang 2: .*/b"):
        join_tagged([Chapter(parent, [1, 2])], About("Cụt"))
    with pytest.raises(ProofError, match="không có thẻ"):
        join_tagged([Chapter(place_pages([local], [], About("t")))], About("t"))
    for chapters in ([Chapter(parent, [7])], [Chapter(parent), Chapter(parent, [1])]):
        with pytest.raises(ValueError, match="twice or not there"):
            join_tagged(chapters, About("t"))
