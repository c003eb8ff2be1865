"""What helps on a lesson page: practice, self-check and what is remembered, sizes and colours, the reading voice."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from generator.engine.items import Desk
from generator.handbook.model import Phrase, Row, Screen, Topic, Wish
from generator.press.browser import Browser
from generator.press.pages import plain
from generator.press.phone.ink import Box
from generator.products.pages.parts.home import REMEMBERED, home_page
from generator.products.pages.parts.practice import _drawn, practice, roomy_boxes
from generator.products.pages.parts.web import Web, page_of
from tests.products.pages.test_site import desk, make_site
from tests.projects import ROOT, put
from tests.samples import PROVE, sample
from tests.windows import window

pytestmark = pytest.mark.long
LESSON = "topics/cai-vneid/index.html"
PATH = "paths/nguoi-cao-tuoi/index.html"
KEPT = {"hocso.doc", "hocso.hoc"}
"""All that may be stored."""


@pytest.fixture(scope="module")
def own() -> Desk:
    return desk(ROOT)


@pytest.fixture(scope="module")
def tree(own: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("help") / "site"
    for name, data in make_site(own).items():
        put(folder, name, data)
    return folder


def topic(own: Desk) -> Topic:
    found = own.handbook.topic(LESSON.split("/")[1])
    assert isinstance(found, Topic)
    return found


def kept(page: Any) -> dict[str, Any]:
    stored = page.evaluate("JSON.stringify(localStorage)")
    return {name: json.loads(value) for name, value in json.loads(stored).items()}


# Practice.


def inside(small: Box, large: Box) -> bool:
    return (small.x >= large.x - 1 and small.y >= large.y - 1 and small.x + small.w <= large.x + large.w + 1
            and small.y + small.h <= large.y + large.h + 1)


def test_every_screen_with_a_tap_can_be_practised(own: Desk) -> None:
    for lesson in own.handbook.lessons:
        tapped = [step for step in lesson.steps if step.screen and step.screen.tap_index is not None]
        tries = practice(lesson)
        assert [one.step for one in tries] == [step.number for step in tapped]
        for one in tries:
            found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', one.picture)
            assert found
            whole = Box(0, 0, float(found[1]), float(found[2]))
            assert sum(target.right for target in one.targets) == 1
            assert all(inside(target.box, whole) and target.words for target in one.targets)
            assert "Bấm vào" not in one.picture  # the picture must not tell


def test_each_icon_is_a_place_of_its_own() -> None:
    _, targets = _drawn(Screen((Row("biểu tượng", "Zalo | Chrome | Gmail | Máy ảnh", "Gmail", True),)))
    assert [(target.words, target.right) for target in targets] == [
        ("biểu tượng Zalo", False), ("biểu tượng Chrome", False), ("biểu tượng Gmail", True),
        ("biểu tượng Máy ảnh", False)]
    first, second, _, below = (target.box for target in targets)
    assert first.x + first.w <= second.x and below.y >= first.y + first.h - 8


def test_words_are_no_choice_unless_nothing_else_is_there() -> None:
    button, words = Row("nút", "Đồng ý", tap=True), Row("chữ", "Xem kỹ rồi bấm")
    targets = _drawn(Screen((words, button, Row("nút", "Thôi"))))[1]
    assert [target.words for target in targets] == ["nút Đồng ý", "nút Thôi"]
    assert len(_drawn(Screen((words, button)))[1]) == 2


@pytest.mark.wide
@pytest.mark.browser
@pytest.mark.parametrize("way", ["touch", "keys"])
def test_every_practice_is_played_to_its_end(way: str, tree: Path, own: Desk, browser: Browser) -> None:
    played = 0
    with window(browser, (360, 640), has_touch=True) as visit:
        page = visit.page
        for lesson in sample(own.handbook.lessons, 6, own.handbook.lessons[-1]):
            tries = practice(lesson)
            folder = "cards" if hasattr(lesson, "bring") else "topics"
            page.goto(f"{tree.as_uri()}/{folder}/{lesson.slug}/index.html")
            box = page.locator("[data-practice]")
            assert box.count() == bool(tries)
            if not tries:
                continue
            assert box.locator("input, textarea, select, [contenteditable]").count() == 0
            start = box.get_by_role("button", name="Bắt đầu bấm thử")
            start.tap() if way == "touch" else start.press("Enter")
            for index, one in enumerate(tries):
                assert f"Bước {one.step} (hình {index + 1} trong {len(tries)})" in box.locator(".ask-tap").inner_text()
                wrong, right = box.locator(".stage button:not([data-right])").first, box.locator("[data-right]")
                if len(one.targets) > 1:
                    wrong.tap() if way == "touch" else wrong.press("Enter")
                    assert box.locator(".verdict").inner_text() == f"Chưa đúng chỗ. {one.hint}"
                else:  # a screen of one row: the keys ask for the hint
                    box.get_by_role("button", name="Nhắc tôi").press("Enter")
                    assert box.locator(".verdict").inner_text() == one.hint
                right.tap() if way == "touch" else right.press("Space")
            assert box.locator(".verdict").inner_text() == "Bác làm được rồi!"
            assert page.evaluate("document.activeElement.textContent") == "Làm lại từ đầu"
            played += 1
        assert kept(page) == {}
        assert visit.refused == []
    assert played > (10 if PROVE else 3)


@pytest.mark.browser
def test_the_keys_alone_reach_a_practice_and_touch_finds_wide_places(
    own: Desk, tree: Path, browser: Browser
) -> None:
    first = practice(topic(own))[0]
    with window(browser, (320, 640)) as visit:
        page = visit.page
        page.goto(f"{tree.as_uri()}/{LESSON}")
        page.locator("[data-practice] .button").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.className") == "ask-tap"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.stage') !== null")
        page.locator(".practice-bar").get_by_role("button", name="Nhắc tôi").click()
        assert page.locator(".practice .verdict").inner_text() == first.hint


PLAY = """() => {
  const low = [];
  document.querySelector("[data-practice] .button").click();
  for (let right; (right = document.querySelector(".stage [data-right]")) && right.offsetParent; right.click())
    for (const spot of document.querySelectorAll(".stage button")) {
      const { width, height, left, right } = spot.getBoundingClientRect();
      if (Math.min(width, height) < 48 || left < 0 || right > innerWidth)
        low.push([spot.getAttribute("aria-label"), width, height]);
    }
  return [low, document.querySelector(".practice .verdict").textContent];
}"""


@pytest.mark.browser
def test_every_place_to_tap_is_as_wide_as_a_finger_on_the_smallest_phone(
    tree: Path, own: Desk, browser: Browser
) -> None:
    with window(browser, (320, 640)) as visit:
        for lesson in sample(own.handbook.lessons, 8):
            visit.page.goto(f"{tree.as_uri()}/{page_of(lesson)}")
            for size in "123" if practice(lesson) else "":
                visit.page.evaluate("size => document.documentElement.setAttribute('data-size', size)", size)
                assert visit.page.evaluate(PLAY) == [[], "Bác làm được rồi!"], (lesson.slug, size)


def apart(one: Box, two: Box) -> bool:
    return (one.x + one.w <= two.x + 0.01 or two.x + two.w <= one.x + 0.01
            or one.y + one.h <= two.y + 0.01 or two.y + two.h <= one.y + 0.01)


WHOLE = Box(0, 0, 270, 200)
CROWDED: list[tuple[str, list[Box], list[Box]]] = [
    ("alone it grows both ways", [Box(50, 80, 100, 30)], [Box(46, 72, 108, 46)]),
    ("at the edge it grows inwards", [Box(50, 4, 100, 30)], [Box(46, 0, 108, 46)]),
    ("neighbours share what is between them", [Box(0, 80, 270, 37), Box(0, 126, 270, 37)],
     [Box(0, 75.5, 270, 46), Box(0, 121.5, 270, 46)]),
    ("side by side too", [Box(100, 80, 30, 60), Box(140, 80, 30, 60)], [Box(89, 76, 46, 68), Box(135, 76, 46, 68)]),
    ("without room it stays as drawn", [Box(0, 0, 270, 100), Box(0, 100, 270, 100)],
     [Box(0, 0, 270, 100), Box(0, 100, 270, 100)]),
]


@pytest.mark.parametrize(("what", "drawn", "roomy"), CROWDED, ids=[name for name, *_ in CROWDED])
def test_places_to_tap_make_room(what: str, drawn: list[Box], roomy: list[Box]) -> None:
    assert roomy_boxes(drawn, WHOLE) == roomy


def test_no_place_to_tap_lies_over_another(own: Desk) -> None:
    tries = [(lesson.slug, one) for lesson in own.handbook.lessons for one in practice(lesson)]
    assert [(slug, one.step) for slug, one in tries
            if not all(apart(a.box, b.box) for a, b in combinations(one.targets, 2))] == []


# Self-check.


@pytest.mark.browser
def test_answers_are_marked_remembered_and_forgotten(tree: Path, browser: Browser) -> None:
    with window(browser, (360, 640)) as visit:
        page = visit.page
        page.goto(f"{tree.as_uri()}/{LESSON}")
        know, understand = page.locator("[data-question=know]"), page.locator("[data-question=understand]")
        know.locator("input:not([data-right])").first.check()
        assert know.locator(".verdict").inner_text().startswith("Chưa đúng.")
        assert not know.locator("details").get_attribute("open")
        know.locator("[data-right]").check()
        words = know.locator("label", has=page.locator("[data-right]")).inner_text().strip()
        assert kept(page)["hocso.hoc"]["cai-vneid"]["chosen"] == {"know": words}  # another order moves no mark
        assert know.locator(".verdict").inner_text() == "Đúng rồi."
        assert know.locator("details").get_attribute("open") is not None
        page.goto(f"{tree.as_uri()}/{PATH}")
        link = page.locator("a[data-lesson=cai-vneid]")
        assert link.locator(".state").inner_text() == "Đang học dở"
        assert page.locator(".learnt").is_hidden()
        page.goto(f"{tree.as_uri()}/{LESSON}")
        assert know.locator("[data-right]").is_checked()
        understand.locator("[data-right]").check()
        page.goto(f"{tree.as_uri()}/{PATH}")
        assert link.locator(".state").inner_text() == "Đã học xong"
        assert page.locator(".learnt").inner_text() == "Bác đã học xong 1 trong 14 bài."
        assert set(kept(page)) == {"hocso.hoc"}
        page.get_by_role("button", name="Quên hết trên máy này").click()
        page.get_by_role("button", name="Giữ lại").click()
        assert link.locator(".state").count() == 1
        page.get_by_role("button", name="Quên hết trên máy này").click()
        page.get_by_role("button", name="Quên hết", exact=True).click()
        assert link.locator(".state").count() == 0 and kept(page) == {}


@pytest.mark.browser
def test_without_script_the_self_check_is_whole_and_nothing_is_offered_that_does_nothing(
    own: Desk, tree: Path, browser: Browser
) -> None:
    with window(browser, (360, 640), java_script_enabled=False) as visit:
        page = visit.page
        page.goto(f"{tree.as_uri()}/{LESSON}")
        page.locator("[data-question=know] summary").click()
        reason = plain(topic(own).quiz.know.reason)
        assert reason in " ".join(page.locator("[data-question=know] details").inner_text().split())
        for hidden in ("[data-practice]", "[data-listen]", "[data-forget]", ".head-look", "#look"):
            assert page.locator(hidden).first.is_hidden()


@pytest.mark.browser
def test_a_browser_that_forbids_storage_still_marks(tree: Path, browser: Browser) -> None:
    with window(browser, (360, 640)) as visit:
        page, problems = visit.page, []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
        page.goto(f"{tree.as_uri()}/{LESSON}")
        page.locator("[data-question=know] [data-right]").check()
        page.locator("[data-question=know] input:not([data-right])").first.check()
        assert page.locator("[data-question=know] .verdict").inner_text().startswith("Chưa đúng.")
        assert problems == []


def test_only_one_file_stores_and_the_privacy_page_tells_of_it() -> None:
    """Of pages for readers; the preview and its form editor are never published."""
    storing = {path.name for path in (ROOT / "theme").rglob("*") if path.suffix in (".js", ".html")
               and path.parent.name != "preview"
               and re.search(r"(localStorage|sessionStorage)\.\w+|document\.cookie", path.read_text("utf-8"))}
    assert storing == {"keep.js", "look-first.js"}
    text = (ROOT / "theme/site/reading/keep.js").read_text("utf-8")
    assert {f"hocso.{name}" for name in re.findall(r'(?:read|write)\("(\w+)"', text)} == KEPT
    assert [what for what, _ in REMEMBERED[:2]] == [
        "cỡ chữ và màu nền bác chọn", "câu bác đã trả lời, bài bác đã học"]


# Sizes and colours.


@pytest.mark.browser
def test_size_and_colours_are_chosen_kept_and_there_before_the_page_is_drawn(tree: Path, browser: Browser) -> None:
    sizes, colours = [], []
    with window(browser, (360, 640)) as visit:
        page = visit.page
        page.goto(f"{tree.as_uri()}/{LESSON}")
        page.get_by_role("button", name="Cỡ chữ").click()
        for size in ("Vừa", "To", "Rất to"):
            page.get_by_role("radio", name=size, exact=True).check()
            sizes.append(page.evaluate("parseFloat(getComputedStyle(document.querySelector('.goal')).fontSize)"))
        for look in ("Sáng", "Tối", "Tương phản cao"):
            page.get_by_role("radio", name=look, exact=True).check()
            colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.keyboard.press("Escape")
        assert page.locator("#look").is_hidden()
        page.goto(f"{tree.as_uri()}/{PATH}")
        chosen = page.evaluate("({ ...document.documentElement.dataset })")
        assert chosen == {"size": "3", "look": "contrast"} == kept(page)["hocso.doc"]
    assert 20 <= sizes[0] < sizes[1] < sizes[2]
    assert colours == ["rgb(255, 255, 255)", "rgb(20, 23, 26)", "rgb(0, 0, 0)"]


def test_dark_is_written_twice_and_the_same() -> None:
    """Once for the phone's own wish, once for the reader's: old browsers know no way to say both at once."""
    style = (ROOT / "theme/site/site.css").read_text("utf-8")
    rules = re.findall(r"color-scheme: dark;\s+--ink: #f2f2f2;([^}]+)\}", style)
    number_page = re.findall(r"--ink: #f2f2f2;([^}]+)\}", (ROOT / "theme/page/page.css").read_text("utf-8"))
    assert len(rules) == 2 and len({" ".join(rule.split()) for rule in (*rules, *number_page)}) == 1


@pytest.mark.browser
def test_no_page_scrolls_sideways_at_any_size_on_the_smallest_phone(tree: Path, browser: Browser) -> None:
    wide = []
    files = ["index.html", LESSON, PATH, *(f"{name}/index.html" for name in (
        "paths", "parts", "cards", "downloads", "glossary", "privacy", "coverage", "embed", "cards/chung-thuc"))]
    with window(browser, (320, 640)) as visit:
        page = visit.page
        for file in files:
            page.goto(f"{tree.as_uri()}/{file}")
            page.evaluate("document.getElementById('look').hidden = false")
            for size in "123":
                page.evaluate("size => document.documentElement.setAttribute('data-size', size)", size)
                if page.evaluate("document.documentElement.scrollWidth") > 320:
                    wide.append((file, size))
    assert wide == []


# The reading voice.

VOICE = """
  const said = [];
  let now = null;
  class Utterance { constructor(text) { this.text = text; } }
  const speech = { getVoices: () => VOICES, addEventListener() {},
    speak(u) { now = u; said.push([u.text, u.rate]); }, cancel() { now = null; } };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = Utterance;
  window.said = said;
  window.spoken = () => { const u = now; now = null; u.onend(); };
"""


@pytest.mark.browser
def test_the_voice_reads_each_sentence_and_marks_it(own: Desk, tree: Path, browser: Browser) -> None:
    with window(browser, (360, 640)) as visit:
        page = visit.page
        page.add_init_script(VOICE.replace("VOICES", "[{lang: 'vi-VN', localService: true}]"))
        page.goto(f"{tree.as_uri()}/{LESSON}")
        before = page.locator("article").inner_text()
        bar = page.locator("[data-listen]")
        bar.get_by_role("button", name="Nghe máy đọc").click()
        assert page.evaluate("said") == [["BẢN NHÁP, CHƯA DUYỆT", 0.9]]
        page.evaluate("spoken()")
        assert page.locator(".being-read").inner_text().split() == ["Cài", "và", "kích", "hoạt", "VNeID"]
        page.evaluate("spoken()")
        assert "".join(page.locator(".being-read").all_inner_texts()) == plain(topic(own).goal)
        bar.get_by_role("button", name="Đọc chậm").click()
        bar.get_by_role("button", name="Tạm dừng").click()
        heard = page.evaluate("said")
        assert heard[2][0] == heard[3][0] and heard[3][1] < heard[2][1]
        bar.get_by_role("button", name="Đọc tiếp").click()
        while page.evaluate("said.length") < 400 and page.locator(".being-read").count():
            page.evaluate("spoken()")
        words = " ".join(text for text, _ in page.evaluate("said"))
        assert all(plain(line) in words for line in (topic(own).steps[-1].phrase, *topic(own).remember))
        assert "Bước 1" in words and "Bắt đầu bấm thử" not in words
        assert page.locator(".being-read").count() == 0
        assert page.locator("article").inner_text().replace("Đọc tiếp\n", "") == before.replace("Đọc tiếp\n", "")


@pytest.mark.browser
@pytest.mark.parametrize("voices", [
    "[]", "[{lang: 'en-US', localService: true}]", "[{lang: 'vi-VN', localService: false}]",
])
def test_without_a_vietnamese_voice_of_the_phone_there_is_no_button(
    voices: str, tree: Path, browser: Browser
) -> None:
    with window(browser, (360, 640)) as visit:
        visit.page.add_init_script(VOICE.replace("VOICES", voices))
        visit.page.goto(f"{tree.as_uri()}/{LESSON}")
        assert visit.page.locator("[data-listen]").is_hidden()


# Home, weight.


def test_wishes_of_lessons_that_are_not_shown_are_left_out(own: Desk) -> None:
    book = replace(own.handbook, wishes=(Wish(Phrase("Bay lên trời"), Phrase("khong-co")), *own.handbook.wishes[:2]))
    shown = home_page(Web(book, own.theme)).wishes
    assert [one.words for one in shown] == [wish.words.text for wish in own.handbook.wishes[:2]]
    assert shown[0].page == f"topics/{own.handbook.wishes[0].lesson.text}/index.html"


def test_lesson_pages_are_light(tree: Path, own: Desk) -> None:
    """What the browser asks for: the page, and the files its head and foot name."""
    heaviest = 0
    for lesson in own.handbook.topics:
        file = tree / f"topics/{lesson.slug}/index.html"
        html = file.read_text("utf-8")
        second = len(gzip.compress(file.read_bytes(), 6))
        named = re.findall(r'<(?:link rel="(?:stylesheet|icon)" href|script src)="([^"]+)"', html)
        assert len(named) == 3, "one style, one script, one sign"
        first = second + sum(len(gzip.compress((file.parent / name).read_bytes(), 6)) for name in named)
        assert second <= 12_000, lesson.slug
        heaviest = max(heaviest, first)
    assert heaviest <= 32_000
