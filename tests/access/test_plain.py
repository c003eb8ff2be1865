"""Where a page is poorer than usual it is still whole: on paper, without script, enlarged on the smallest phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.press.browser import Browser
from tests.access.test_axe import ALONE, ROOMY, address, tree
from tests.samples import PROVE
from tests.seen import page_text
from tests.typefaces import CROWDED, TRIED, Typeface, wear
from tests.windows import window

pytestmark = pytest.mark.long
__all__ = ["tree"]
LESSON, NUMBER = "topics/cai-vneid", "1064"


ENLARGE = """([larger, size]) => {
  if (document.getElementById("look")) document.documentElement.setAttribute("data-size", size);
  else document.documentElement.style.fontSize = larger;
}"""
SIZES = [("100%", "1"), *([("150%", "2")] if PROVE else []), ("200%", "3")]


@pytest.mark.browser
@pytest.mark.parametrize("typeface", TRIED, ids=lambda typeface: typeface.name)
@pytest.mark.parametrize("name", [*ROOMY, *(name for name in ALONE if not name.startswith("slides/"))])
def test_enlarged_on_the_smallest_phone_words_stay_in_their_boxes(
    name: str, typeface: Typeface, tree: Path, browser: Browser
) -> None:
    with window(browser, (320, 640)) as visit:
        wear(visit.page, typeface)
        visit.page.goto(address(tree, name))
        visit.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        for size in SIZES:
            visit.page.evaluate(ENLARGE, size)
            assert visit.page.evaluate(CROWDED, size[1] != "1") == [], size


COLOURS = """() => {
  const light = colour => colour.match(/[\\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765;
  return [...document.querySelectorAll("main h1, main p, main li span")].filter(e => e.offsetParent)
    .map(e => light(getComputedStyle(e).color));
}"""


@pytest.mark.browser
@pytest.mark.parametrize("name", [LESSON, NUMBER, "embed/cai-vneid", "slides/cai-vneid", "404.html"])
def test_from_a_dark_phone_it_prints_dark_on_white(name: str, tree: Path, browser: Browser) -> None:
    with window(browser, (800, 900), color_scheme="dark") as visit:
        visit.page.goto(address(tree, name))
        visit.page.emulate_media(media="print", color_scheme="dark")
        shades = visit.page.evaluate(COLOURS)
        assert shades and max(shades) < 0.45


@pytest.mark.browser
@pytest.mark.parametrize("name", [LESSON, NUMBER])
def test_on_paper_stands_the_lesson_and_nothing_to_press(name: str, tree: Path, browser: Browser) -> None:
    with window(browser, (800, 900)) as visit:
        visit.page.goto(address(tree, name))
        pdf = visit.page.pdf(format="A4")
    pages = range(1, pdf.count(b"/Type /Page\n") + 1)
    text = " ".join(page_text(pdf, page) for page in pages).replace("\u00a0", " ")
    for words in ("Cài và kích hoạt VNeID", "Các bước", "An toàn", "Nhớ 3 điều", "Nội dung:"):
        assert words in text
    for words in ("Cỡ chữ", "Mục lục", "Tìm bài", "Bắt đầu bấm thử", "Xem cả bài", "Quét mã có an toàn không?"):
        assert words not in text
    assert pdf.count(b"/Type /Page\n") <= 7


@pytest.mark.browser
def test_without_script_the_home_page_leads_everywhere_and_shows_no_dead_field(tree: Path, browser: Browser) -> None:
    with window(browser, (360, 640), java_script_enabled=False) as visit:
        page = visit.page
        page.goto(address(tree, "."))
        assert page.locator("input:visible").count() == 0
        assert page.locator("button:visible").count() == 0
        page.locator("summary", has_text="An toàn trên mạng").click()
        page.locator("details[open] a[data-lesson=tranh-lua-dao]").click()
        page.wait_for_url("**/topics/tranh-lua-dao/index.html")


LISTEN = """() => document.addEventListener("copy", () => { window.copied = String(getSelection()); })"""


@pytest.mark.browser
def test_an_officer_copies_the_line_of_a_lesson(tree: Path, browser: Browser) -> None:
    with window(browser, (360, 640)) as visit:
        page = visit.page
        page.goto(address(tree, "downloads"))
        page.get_by_role("link", name="Đưa bài lên cổng", exact=True).click()
        page.locator("summary", has_text="Cài và kích hoạt VNeID").click()
        box = page.locator("details.shelf", has_text="Cài và kích hoạt VNeID")
        page.evaluate(LISTEN)
        box.get_by_role("button", name="Chép dòng này").click()
        line = page.evaluate("window.copied")
        assert line.startswith('<iframe src="https://hocso.example/embed/cai-vneid/" title="Cài và kích hoạt VNeID"')
        assert line.endswith("</iframe>") and "\n" not in line
        assert box.get_by_role("status").inner_text() == "Đã chép."
        box.get_by_role("link", name="Xem khung này").click()
        page.wait_for_url("**/embed/cai-vneid/index.html")


@pytest.mark.browser
def test_without_script_a_tap_marks_the_whole_line(tree: Path, browser: Browser) -> None:
    with window(browser, (360, 640), java_script_enabled=False) as visit:
        visit.page.goto(address(tree, "embed"))
        assert visit.page.get_by_role("button", name="Chép dòng này").count() == 0
        style = visit.page.locator(".snippet").first.evaluate("e => getComputedStyle(e).userSelect")
        assert style == "all"
