"""axe-core finds nothing on any kind of page: light, dark and high contrast, three sizes, the smallest phone.

`make test` tries each page in one of three dresses, in turn, `make prove` (HOCSO_PROVE=1) in all; no rule, element or
page is left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from generator.engine.items import Bench
from generator.press.browser import Browser
from generator.products.pages import deck, number
from tests.access.axe import AXE
from tests.access.axe import FIND as RUN
from tests.access.film import handed_film
from tests.products.pages.test_site import desk, make_site, no_browser
from tests.projects import ROOT, put
from tests.samples import PROVE
from tests.windows import window

pytestmark = pytest.mark.long

DRESSES = [(look, size) for look in ("light", "dark", "contrast") for size in "123"]
ROOMY = ("topics/cai-vneid", "topics/chuyen-tien-tra-tien", "cards/chung-thuc", "parts", "parts/an-toan", "paths",
         "paths/nguoi-cao-tuoi", "cards", "downloads", "glossary", "privacy", "coverage", "embed", ".")
ALONE = ("1041", "1064", "2019", "3014", "404.html", "embed/cai-vneid", "slides/cai-vneid")
"""Pages with a style of their own: they follow the phone's colours and sizes."""
SIZES = ("100%", "150%", "200%")
TURNS = [("light", "1"), ("dark", "3"), ("contrast", "2")]
WORN = [(name, DRESSES if PROVE else [TURNS[turn % len(TURNS)]]) for turn, name in enumerate(ROOMY)]
ENLARGED = [(name, colours, SIZES if PROVE else (SIZES[(turn + shift) % len(SIZES)],))
            for turn, name in enumerate(ALONE) for shift, colours in enumerate(("light", "dark"))]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = desk(ROOT)
    folder = tmp_path_factory.mktemp("axe")
    films = handed_film("cai-vneid") | handed_film("chung-thuc")
    wanted = {"number:1041", "number:1064", "number:2019", "number:3014", "number:404", "deck:cai-vneid"}
    items = [item for item in (*number.plan(own), *deck.plan(own)) if item.name in wanted]
    for item in items:
        for path, data in item.make(Bench(own.project, no_browser, Path("nowhere"), films)).files.items():
            put(folder, path, data)
    for path, data in make_site(own, films).items():
        put(folder / "site", path, data)
    for film in films.values():
        for path in film.sizes:
            put(folder, path, film.read(path))
    assert "<video" in (folder / "site/1064/index.html").read_text("utf-8")
    return folder / "site"


def address(tree: Path, name: str) -> str:
    file = tree / name
    return (file if file.suffix == ".html" else file / "index.html").as_uri()


@pytest.mark.browser
@pytest.mark.parametrize(("name", "dresses"), WORN, ids=ROOMY)
def test_pages_of_the_site(name: str, dresses: list[tuple[str, str]], tree: Path, browser: Browser) -> None:
    problems = []
    with window(browser, (320, 640)) as visit:
        page = visit.page
        page.goto(address(tree, name))
        page.evaluate("""document.querySelectorAll("details").forEach(one => { one.open = true })""")
        page.evaluate(AXE)
        for look, size in dresses:
            page.evaluate("""([look, size]) => {
              document.documentElement.setAttribute("data-look", look);
              document.documentElement.setAttribute("data-size", size);
              document.getElementById("look").hidden = size === "1";
            }""", [look, size])
            problems += [(look, size, found) for found in page.evaluate(RUN)]
    assert problems == []


@pytest.mark.browser
def test_a_lesson_in_use(tree: Path, browser: Browser) -> None:
    """Amid practice, with answers marked and a hard word open."""
    with window(browser, (320, 640)) as visit:
        page = visit.page
        page.goto(address(tree, "topics/cai-vneid"))
        page.locator("[data-practice] .button").click()
        page.locator(".stage button:not([data-right])").first.click()
        page.locator("[data-question=know] input").first.check()
        page.locator("[data-question=understand] [data-right]").check()
        page.locator("[data-forget] button").first.click()
        page.evaluate("location.hash = 'tu-kho-1'")
        page.evaluate(AXE)
        for look in ("light", "dark", "contrast"):
            page.evaluate("look => document.documentElement.setAttribute('data-look', look)", look)
            assert page.evaluate(RUN) == []


@pytest.mark.browser
@pytest.mark.parametrize(("name", "colours", "sizes"), ENLARGED)
def test_pages_that_stand_alone(
    name: str, colours: Literal["light", "dark"], sizes: tuple[str, ...], tree: Path, browser: Browser
) -> None:
    with window(browser, (320, 640), color_scheme=colours) as visit:
        page = visit.page
        page.goto(address(tree, name))
        page.evaluate(AXE)
        problems = []
        for size in sizes:
            page.evaluate("""size => {
              document.documentElement.style.fontSize = size;
              dispatchEvent(new Event("resize"));
            }""", size)
            problems += [(size, found) for found in page.evaluate(RUN)]
    assert problems == []
