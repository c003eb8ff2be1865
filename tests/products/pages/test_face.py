"""What one sees of a web page before one reads: scene, colour of the part, one search, one left edge, contents."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page

from generator.engine.items import Bench, Desk, Handed
from generator.handbook.model import Drawing, Part, Picture
from generator.handbook.model import Path as LessonPath
from generator.handbook.recorded.composing import FOLDER
from generator.press.browser import Browser
from generator.press.compounds import COMPOUNDS
from generator.press.scene import accents_in, draw_scene, scene_file, scene_poster
from generator.products.lesson import PATH_COLOURS, Lesson, part_class
from generator.products.pages import number
from generator.products.pages.parts.scenery import scene_of_row
from generator.products.pages.parts.web import page_of
from tests.access.film import handed_film
from tests.products.pages.test_site import desk, make_site, no_browser
from tests.projects import ROOT, put
from tests.speed.test_speed import film_of
from tests.typefaces import DEJAVU, ROBOTO, WIDER, Typeface, wear
from tests.windows import window

pytestmark = pytest.mark.long

SCENE = re.compile(r'<svg class="scene" [^>]*>')
MOST_BYTES = 14_000
LEAST_CONTRAST = 7.0
FILMED = "quet-ma-qr"
WISHES = 4
THUMB = re.compile(r'<img class="thumb ([\w-]*)" src="([^"]+)" width="96" height="72" alt="" loading="lazy">')


@pytest.fixture(scope="module")
def own() -> Desk:
    return desk(ROOT)


@pytest.fixture(scope="module")
def tree(own: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Site and number pages, each lesson with its film; one of them is really there."""
    films: dict[str, Handed] = {f"clip:{lesson.slug}": film_of(lesson) for lesson in own.handbook.lessons}
    films |= handed_film(FILMED)
    folder = tmp_path_factory.mktemp("face")
    for item in number.plan(own):
        handed = {name: made for name, made in films.items() if name in item.needs}
        for path, data in item.make(Bench(own.project, no_browser, Path("nowhere"), handed)).files.items():
            put(folder, path, data)
    for path, data in make_site(own, films).items():
        put(folder / "site", path, data)
    for path in films[f"clip:{FILMED}"].sizes:
        put(folder, path, films[f"clip:{FILMED}"].read(path))
    return folder / "site"


def html_of(tree: Path, file: str) -> str:
    return (tree / file).read_text("utf-8")


def pages_of(own: Desk, lesson: Lesson) -> tuple[str, ...]:
    """Its page on the site and its number page."""
    return page_of(lesson), f"{own.handbook.number_of(lesson.slug)}/index.html"


def rows(own: Desk) -> Iterator[tuple[Part | LessonPath, str]]:
    yield from ((part, f"part:{part.id}") for part in own.handbook.parts)
    yield from ((path, f"path:{path.id}") for path in own.handbook.paths)


# Scenes.


@pytest.mark.wide
def test_every_lesson_page_holds_one_scene_with_its_name(own: Desk, tree: Path) -> None:
    for lesson in own.handbook.lessons:
        assert lesson.drawing and lesson.drawing.alt
        for file in pages_of(own, lesson):
            html = html_of(tree, file)
            found = SCENE.findall(html)
            assert len(found) == 1, file
            assert f'role="img" aria-label="{escape(lesson.drawing.alt)}"' in found[0], file
            assert str(draw_scene(lesson.drawing)) in html
            assert html.index(found[0]) < html.index('id="cac-buoc"'), "at the top"


def test_no_second_drawing_stands_below_the_scene(own: Desk, tree: Path) -> None:
    """How a lesson opens may be drawn for who has no scene; two of one hand, one below the other, say it twice."""
    opened = [lesson for lesson in own.handbook.lessons
              if any(isinstance(block, Picture) and block.file.startswith(FOLDER) for block in lesson.opening)]
    assert "tranh-lua-dao" in {lesson.slug for lesson in opened}
    for lesson in opened:
        for file in pages_of(own, lesson):
            head = html_of(tree, file).partition('id="cac-buoc"')[0]
            assert not re.search(r'<img [^>]*pictures/', head), file


def test_number_pages_stay_light_with_scene_and_film(own: Desk, tree: Path) -> None:
    sizes = {row.number: len(gzip.compress((tree / row.number / "index.html").read_bytes(), 6, mtime=0))
             for row in own.handbook.ledger}
    assert {number: size for number, size in sizes.items() if size > MOST_BYTES} == {}


def test_a_part_and_a_path_show_their_own_scene(own: Desk, tree: Path) -> None:
    for row, target in rows(own):
        drawing = scene_of_row(own.handbook, row)
        folder = "parts" if isinstance(row, Part) else "paths"
        assert drawing is not None, target
        for file in (f"{own.handbook.number_of(target)}/index.html", f"{folder}/{row.id}/index.html"):
            assert str(draw_scene(drawing)) in html_of(tree, file), file
            assert len(SCENE.findall(html_of(tree, file))) == 1
        assert drawing.name == row.id


def test_a_path_without_a_scene_of_its_own_shows_that_of_its_first_lesson(own: Desk) -> None:
    path = own.handbook.paths[0]
    bare = replace(own.handbook, drawings=())
    assert scene_of_row(bare, path) == own.handbook.by_slug[path.topics[0].text].drawing
    assert scene_of_row(bare, replace(path, topics=())) is None


def test_the_place_of_a_film_shows_the_scene(own: Desk, tree: Path) -> None:
    for lesson in own.handbook.lessons:
        assert lesson.drawing
        for file in pages_of(own, lesson):
            posters = re.findall(r'<video [^>]*poster="([^"]+)"', html_of(tree, file))
            assert posters and all(poster.startswith("data:image/svg+xml,") for poster in posters), file
            drawn = unquote(unescape(posters[0])).replace("'", '"')
            assert set(re.findall(r' d="([^"]+)"', lesson.drawing.svg)) <= set(re.findall(r' d="([^"]+)"', drawn))


def test_lines_of_lists_show_small_scenes_that_are_there_and_wear_their_part(own: Desk, tree: Path) -> None:
    seen = set()
    for file in ("index.html", "parts/index.html", "paths/index.html", "cards/index.html"):
        for part, picture in THUMB.findall(html_of(tree, file)):
            seen.add((part, (tree / file).parent.joinpath(picture).resolve()))
    tints = accents_in((ROOT / "theme/tokens.css").read_text("utf-8"))
    assert len(tints) == 8 + PATH_COLOURS
    for part, small in seen:
        svg = small.read_text("utf-8")
        assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">')
        assert set(re.findall(r"#[0-9a-f]{6}", svg)) <= {tints[part]}
    shown = {(part_class(own.handbook, lesson), lesson.drawing.name)
             for lesson in own.handbook.lessons if lesson.drawing}
    assert shown <= {(part, small.stem) for part, small in seen}, "each lesson on some list"
    assert {small for _, small in seen} == set((tree / "assets/scenes").resolve().rglob("*.svg")), "and nothing unused"


def test_a_scene_alone_has_its_tint_and_a_film_its_shape() -> None:
    drawing = Drawing("x", "Một hình", '<path d="M1 2" fill="#ffc845"/>')
    assert scene_file(drawing, "#8fd0f5") == (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><path d="M1 2" fill="#8fd0f5"/></svg>\n')
    poster = unquote(scene_poster(drawing, "#000000"))
    assert "viewBox='0 0 640 360'" in poster and "fill='#b2b2b2'" in poster, "the ground is three tenths of the tint"
    assert "translate(80) scale(1.2)" in poster and '"' not in scene_poster(drawing)
    assert accents_in(".part-9 { --part: #000; --accent: #abcdef; }") == {"part-9": "#abcdef"}


def test_a_page_without_a_scene_goes_without(own: Desk) -> None:
    book = own.handbook
    bare = replace(book, drawings=(), topics=tuple(replace(topic, drawing=None) for topic in book.topics),
                   cards=tuple(replace(card, drawing=None) for card in book.cards))
    files = make_site(replace(own, handbook=bare))
    assert not any(b'class="scene"' in data or b'class="thumb' in data for data in files.values())
    assert not any(path.startswith("assets/scenes/") for path in files)


def test_an_edition_shows_them_too() -> None:
    place = desk(ROOT, "xa-dai-son")
    files = make_site(place)
    for lesson in place.handbook.lessons:
        assert len(SCENE.findall(files[page_of(lesson)].decode())) == 1


# In a browser.


def at(tree: Path, file: str) -> str:
    return (tree / file).as_uri()


ON_SCREEN = """() => [...document.querySelectorAll("h1, #number-box, #number-box .button, .wishes .choice")]
.map(one => {
  const box = one.getBoundingClientRect(), scene = one.querySelector(".scene");
  return [one.tagName + one.className, Math.round(box.top), Math.round(box.bottom), Math.round(box.left),
          Math.round(box.right), scene ? scene.getBoundingClientRect().height : 0];
})"""


@pytest.mark.browser
@pytest.mark.parametrize("typeface", [ROBOTO, DEJAVU, WIDER], ids=lambda one: one.name)
def test_the_first_screen_of_a_phone_holds_who_we_are_the_number_box_and_four_wishes(
    typeface: Typeface, tree: Path, browser: Browser
) -> None:
    with window(browser, (360, 640)) as visit:
        wear(visit.page, typeface)
        visit.page.goto(at(tree, "index.html"))
        seen = visit.page.evaluate(ON_SCREEN)
        assert [row for row in seen if not (0 <= row[1] < row[2] <= 640 and 0 <= row[3] < row[4] <= 360)] == []
        assert sum(row[5] >= 72 for row in seen) == WISHES, "big pictures"
        assert visit.page.evaluate("scrollY") == 0


KINDS = ("index.html", f"topics/{FILMED}/index.html", "cards/khai-sinh/index.html", "parts/index.html",
         "parts/an-toan/index.html", "paths/nong-dan/index.html", "glossary/index.html", "downloads/index.html",
         "privacy/index.html")


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_there_is_one_search_on_a_page(width: int, tree: Path, browser: Browser) -> None:
    with window(browser, (width, 800)) as visit:
        for file in KINDS:
            visit.page.goto(at(tree, file))
            assert visit.page.locator("input[type=search], [role=search] input").count() == 1, file
            assert visit.page.locator("[role=search]").is_visible(), file
            named = visit.page.evaluate("""() => [...document.querySelectorAll("a, button, label, summary")]
              .filter(one => one.checkVisibility() && /tìm/i.test(one.closest("header, form") ? one.textContent : ""))
              .map(one => one.tagName)""")
            assert named == ["LABEL"], file


EDGES = """() => {
  const all = document.createRange();
  const text = one => { all.selectNodeContents(one); return all.getBoundingClientRect().left; };
  const first = what => [...document.querySelectorAll(what)]
    .find(one => one.checkVisibility() && one.textContent.trim());
  const found = { brand: first(".home-link"), title: first("h1"), search: first(".find label"),
                text: first(".md-typeset .top > p:not(.of), .md-typeset .lead > p, .md-typeset > p:not(.draft)"),
                foot: first(".foot p") };
  return Object.entries(found).map(([name, one]) => [name, one ? Math.round(text(one)) : null]);
}"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_brand_search_title_and_text_have_one_left_edge(width: int, tree: Path, browser: Browser) -> None:
    with window(browser, (width, 800)) as visit:
        for file in KINDS:
            visit.page.goto(at(tree, file))
            edges = dict(visit.page.evaluate(EDGES))
            assert None not in edges.values(), (file, edges)
            assert max(edges.values()) - min(edges.values()) <= 1, (file, edges)


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_a_number_page_has_one_left_edge(width: int, tree: Path, browser: Browser) -> None:
    with window(browser, (width, 800)) as visit:
        for file in ("1041/index.html", "2035/index.html"):
            visit.page.goto(at(tree, file))
            edges = visit.page.evaluate("""() => ["header a", "h1", ".top > p:not(.of)", ".accountable"].map(what => {
              const all = document.createRange();
              all.selectNodeContents(document.querySelector(what));
              return Math.round(all.getBoundingClientRect().left);
            })""")
            assert len(set(edges)) == 1, (file, edges)


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [360, 1280])
def test_contents_open_as_a_list(script: bool, width: int, own: Desk, tree: Path, browser: Browser) -> None:
    """With the names of all parts, in letters wider than ours, also where no script runs; Esc closes it."""
    with window(browser, (width, 900), java_script_enabled=script) as visit:
        page = visit.page
        if script:
            wear(page, DEJAVU)
        page.goto(at(tree, f"topics/{FILMED}/index.html"))
        links = page.locator(".contents a")
        assert not links.first.is_visible()
        page.get_by_text("Mục lục", exact=True).click()
        names = [name.strip() for name in links.all_inner_texts()]
        assert [name for name in names if re.match(r"\d\. ", name)] == [
            f"{part.number}. {part.title}" for part in own.handbook.parts]
        assert names[0] == "Trang đầu" and "Tải về" in names
        assert all(link.is_visible() for link in links.all())
        assert page.evaluate("document.documentElement.scrollWidth") == width
        boxes = [box for link in links.all() if (box := link.bounding_box())]
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= width and box["height"] >= 48 for box in boxes)
        if script:
            page.keyboard.press("Escape")
            assert not links.first.is_visible()
            assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
            page.keyboard.press("Enter")
        links.nth(3).click()
        page.wait_for_url(f"**/parts/{own.handbook.parts[1].id}/index.html")


@pytest.mark.browser
@pytest.mark.parametrize("file", [*KINDS, "embed/index.html", f"embed/{FILMED}/index.html", "coverage/index.html",
                                  "1041/index.html", "2035/index.html", "3014/index.html", "404.html"])
@pytest.mark.parametrize("width", [360, 1280])
def test_titles_are_balanced(file: str, width: int, tree: Path, browser: Browser) -> None:
    with window(browser, (width, 800)) as visit:
        visit.page.goto(at(tree, file))
        worn = visit.page.evaluate(
            "[...document.querySelectorAll('h1, h2')].map(one => getComputedStyle(one).textWrap)")
        assert worn and {"balance"} == {word.replace("wrap ", "") for word in worn}


def scene_width(page: Page) -> float:
    return float(page.evaluate("document.querySelector('.scene').getBoundingClientRect().width"))


@pytest.mark.browser
def test_the_scene_grows_with_the_readers_letters_and_never_leaves_the_page(tree: Path, browser: Browser) -> None:
    for file, by in ((f"topics/{FILMED}/index.html", "document.documentElement.dataset.size = '2'"),
                     ("1041/index.html", "document.documentElement.style.fontSize = '150%'")):
        with window(browser, (700, 900)) as visit:
            visit.page.goto(at(tree, file))
            before = scene_width(visit.page)
            visit.page.evaluate(by)
            grown = scene_width(visit.page)
            assert grown > before * 1.05, file
            visit.page.set_viewport_size({"width": 320, "height": 900})
            assert scene_width(visit.page) <= 320
            assert visit.page.evaluate("document.documentElement.scrollWidth") == 320


SCREENS = """() => [...document.querySelectorAll('.screen svg')].map(one => one.getBoundingClientRect().width)"""


@pytest.mark.browser
def test_drawn_screens_grow_with_the_readers_letters(tree: Path, browser: Browser) -> None:
    """By as much as the words beside them, and never wider than the page."""
    for file, by in ((f"topics/{FILMED}/index.html", "document.documentElement.dataset.size = '2'"),
                     ("1041/index.html", "document.documentElement.style.fontSize = '150%'")):
        with window(browser, (900, 900)) as visit:
            visit.page.goto(at(tree, file))
            words = "parseFloat(getComputedStyle(document.querySelector('.step p')).fontSize)"
            before, letters = visit.page.evaluate(SCREENS), visit.page.evaluate(words)
            visit.page.evaluate(by)
            grown, larger = visit.page.evaluate(SCREENS), visit.page.evaluate(words) / letters
            assert larger > 1.1 and len(before) > 3
            assert all(abs(after / size - larger) < 0.02 for size, after in zip(before, grown, strict=True)), file
            visit.page.set_viewport_size({"width": 320, "height": 900})
            assert max(visit.page.evaluate(SCREENS)) <= 320


CONTRAST = """() => {
  const numbers = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const light = colour => numbers(colour).map(part => part / 255)
    .map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = one => { for (; one; one = one.parentElement) {
    const colour = getComputedStyle(one).backgroundColor;
    if (!/^rgba.*, 0\\)$/.test(colour)) return colour;
  } return "rgb(255, 255, 255)"; };
  const bands = ".play b, .play span, .of, .home-link, header a, header p, .n, .choice b, .head-button span";
  return [...document.querySelectorAll(bands)].filter(one => one.checkVisibility()).map(one => {
      const [a, b] = [light(getComputedStyle(one).color), light(ground(one))];
      return [one.className || one.tagName, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
    });
}"""


@pytest.mark.browser
@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_words_in_bands_of_every_part_are_read(look: str, own: Desk, tree: Path, browser: Browser) -> None:
    book = own.handbook
    firsts = {part_class(book, lesson): lesson for lesson in book.lessons}
    assert len(firsts) == 8
    colours = "light" if look == "light" else "dark"
    with window(browser, (360, 800), color_scheme=colours, reduced_motion="reduce") as visit:
        for lesson in firsts.values():
            for file in pages_of(own, lesson):
                visit.page.goto(at(tree, file))
                visit.page.evaluate("look => document.documentElement.setAttribute('data-look', look)", look)
                found = visit.page.evaluate(CONTRAST)
                assert any("to-see" in name for name, _ in found), file
                assert [row for row in found if row[1] < LEAST_CONTRAST] == [], file


@pytest.mark.browser
@pytest.mark.parametrize(("colours", "token"), [("light", "part"), ("dark", "accent")])
def test_the_parts_colour_leads_the_whole_page(
    colours: str, token: str, own: Desk, tree: Path, browser: Browser
) -> None:
    style = (ROOT / "theme/tokens.css").read_text("utf-8")
    with window(browser, (360, 800), color_scheme=colours) as visit:
        for lesson in (own.handbook.by_slug["tranh-lua-dao"], own.handbook.by_slug["khai-sinh"]):
            rule = re.search(rf"\.{part_class(own.handbook, lesson)} \{{([^}}]*)\}}", style)
            assert rule
            wanted = re.findall(rf"--{token}: (#\w+)", rule[1])
            for file in pages_of(own, lesson):
                visit.page.goto(at(tree, file))
                leads = visit.page.evaluate("getComputedStyle(document.body).getPropertyValue('--brand').trim()")
                assert [leads] == wanted


PLAYED = "() => (film => !film.paused && film.currentTime > 0.2)(document.querySelector('video'))"


@pytest.mark.browser
@pytest.mark.parametrize("file", [f"topics/{FILMED}/index.html", "1041/index.html"])
def test_a_tap_on_the_scene_shows_the_film_at_once_and_nothing_was_asked_for_before(
    file: str, tree: Path, browser: Browser
) -> None:
    asked: list[str] = []
    with window(browser, (360, 640)) as visit:
        page = visit.page
        page.on("request", lambda request: asked.append(request.url))
        page.goto(at(tree, file), wait_until="networkidle")
        assert not [url for url in asked if re.search(r"\.(mp4|jpg|vtt)$", url)]
        page.locator(".face .scene").click()
        page.wait_for_function(PLAYED)
        assert not page.locator(".face .scene").is_visible(), "the film stands in its place"
        page.get_by_text("Đóng phim").click()
        assert page.evaluate("document.querySelector('video').paused")
        assert page.locator(".face .scene").is_visible()


@pytest.mark.browser
def test_without_scripts_the_film_has_its_own_button(tree: Path, browser: Browser) -> None:
    with window(browser, (360, 640), java_script_enabled=False) as visit:
        visit.page.goto(at(tree, "1041/index.html"))
        assert not visit.page.locator("video").is_visible()
        visit.page.locator(".to-see").click()
        assert visit.page.locator("video[controls]").is_visible()


@pytest.mark.browser
def test_every_section_has_a_sign_of_its_own(own: Desk, tree: Path, browser: Browser) -> None:
    signs: dict[str, tuple[str, str]] = {}
    with window(browser, (360, 640)) as visit:
        for file in (*pages_of(own, own.handbook.by_slug[FILMED]), *pages_of(own, own.handbook.by_slug["khai-sinh"])):
            visit.page.goto(at(tree, file))
            signs |= dict(visit.page.evaluate("""() => [...document.querySelectorAll("h2[id]")].map(one => {
              const sign = getComputedStyle(one, "::before");
              return [one.id, [sign.webkitMaskImage.slice(0, 24), sign.webkitMaskPosition]];
            })"""))
    assert {"chuan-bi", "cac-buoc", "thuc-hanh", "loi-hay-gap", "an-toan", "nho-3-dieu", "tu-kiem-tra", "can-mang",
            "nop-o-dau", "theo-doi"} <= signs.keys()
    assert {image for image, _ in signs.values()} == {'url("data:image/svg+xml,'}
    places = {name: tuple(place) for name, (_, *place) in signs.items()}
    shared = {"can-mang": "chuan-bi", "bam-thu": "thuc-hanh"}
    assert len(set(places.values())) == len(places.keys() - shared.keys())


TITLES = """() => [...document.querySelectorAll("h1, h2 a, .choice b, .shelf h3")].map(one => one.textContent)"""


@pytest.mark.browser
def test_no_title_tears_a_compound(tree: Path, browser: Browser) -> None:
    """And none leaves the narrowest page in letters wider than ours."""
    torn = re.compile(rf"\b(?:{'|'.join(COMPOUNDS)}|Wi-Fi)\b", re.IGNORECASE)
    with window(browser, (320, 640)) as visit:
        wear(visit.page, WIDER)
        for file in ("index.html", "parts/index.html", "paths/index.html", "topics/vao-mang/index.html",
                     "1321/index.html", "2035/index.html"):
            visit.page.goto(at(tree, file))
            titles = visit.page.evaluate(TITLES)
            assert titles and [title for title in titles if torn.search(title)] == [], file
            assert visit.page.evaluate("document.documentElement.scrollWidth") == 320, file
