"""Decks: every lesson on a wall, walked to its end with a presenter's keys, from a stick, with no network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from html import unescape
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from playwright.sync_api import Page

from generator.engine.items import Handed, Item
from generator.handbook.lesson.shown import unseen_screens
from generator.handbook.model import (
    Answer,
    Bullets,
    Handbook,
    Help,
    Paragraph,
    Phrase,
    Question,
    Row,
    Screen,
    Step,
    Topic,
    TrainerRow,
    Trouble,
    Variant,
)
from generator.press.browser import Browser
from generator.press.pages import Theme, plain
from generator.press.scene import draw_scene
from generator.products.lesson import TRIAL, UNSEEN
from generator.products.pages import deck, site
from generator.products.pages.parts.deck_pages import Slide, fits, said, slides_of
from generator.products.pages.parts.web import Web
from tests.access.axe import AXE, FIND
from tests.desks import PROJECT, desk, handbook, make, with_edition
from tests.lines import lines_on, torn
from tests.samples import PROVE
from tests.seen import page_text, read_image_codes
from tests.typefaces import CROWDED, DEJAVU, TYPEFACES, Typeface, dress, wear
from tests.windows import Visit, window

pytestmark = pytest.mark.long

WALLS = ((1280, 720), (1024, 768), (1920, 1080))
WORN = [(size, face) for size in WALLS for face in TYPEFACES] if PROVE else list(zip(WALLS, TYPEFACES, strict=True))
"""The narrowest wall with the widest letters is always among them."""


def worn(turn: int) -> list[tuple[tuple[int, int], Typeface]]:
    """Each, or in `make test` one in turn."""
    return WORN if PROVE else [WORN[turn % len(WORN)]]


LETTER, DRAWN_LETTER, DRAWING, NUMBER, ADDRESS = 1 / 20, 1 / 32, 1 / 2, 1 / 6, 1 / 12
"""Least parts of the height."""
SCENE = {"title": 2 / 5, "last": 1 / 8}
"""Of the lesson's scene: it may be small only where the narrowest wall also carries a long name."""
SLUGS = [lesson.slug for lesson in handbook().lessons]
SAMPLE = SLUGS if PROVE else [*SLUGS[3:27:12], "chuyen-tien-tra-tien", "khai-sinh"]
HOME = Help("đầu mối", "Trung tâm Phục vụ hành chính công xã Đại Sơn, thành phố Hải Phòng")


@cache
def planned() -> dict[str, Item]:
    return {item.name: item for item in deck.plan(desk())}


@cache
def page_of(slug: str, book: Handbook | None = None) -> str:
    items = {item.name: item for item in deck.plan(desk(book))} if book else planned()
    (path, data), = make(items[f"deck:{slug}"], _no_browser(), Path("nowhere")).files.items()
    assert path == f"site/slides/{slug}/index.html"
    return data.decode()


def _no_browser() -> Browser:
    return Browser()  # never opened: decks take none


def topic(slug: str = "quet-ma-qr") -> Topic:
    found = handbook().topic(slug)
    assert found is not None
    return found


def with_topic(changed: Topic) -> Handbook:
    return replace(handbook(), topics=tuple(changed if old.slug == changed.slug else old for old in handbook().topics))


@contextmanager
def opened(browser: Browser, folder: Path, html: str, size: tuple[int, int] = WALLS[0],
           typeface: Typeface | None = None, **options: Any) -> Iterator[Visit]:
    """From a file, where nothing else answers."""
    file = folder / "index.html"
    file.write_text(html, "utf-8")
    with window(browser, size, allow=(file.as_uri(),), **options) as visit:
        if typeface:
            wear(visit.page, typeface)
        visit.page.goto(file.as_uri())
        yield visit
        assert visit.refused == []


COUNT = len(slides_of(topic()))


# What is in it.


@pytest.mark.parametrize("slug", SLUGS)
def test_a_deck_is_one_file_that_asks_nobody(slug: str) -> None:
    html = page_of(slug)
    assert html == page_of.__wrapped__(slug)
    assert not re.search(r'\b(?:src|href)="(?!data:)', html)
    assert not re.search(r"url\(|@import|<link (?!rel=\"icon\")|<iframe|<script [^>]|\sstyle=|\son[a-z]+=", html)
    assert not re.search(r"localStorage|sessionStorage|document\.cookie|fetch\(|XMLHttp", html)
    assert len(html) < 80_000


@pytest.mark.parametrize("slug", SLUGS)
def test_all_that_learners_need_stands_there(slug: str) -> None:
    lesson = handbook().by_slug[slug]
    shown = words(page_of(slug))
    told = [lesson.title, *(step.phrase for step in lesson.steps), *lesson.safety]
    if isinstance(lesson, Topic):
        told += [lesson.goal, *lesson.remember, lesson.quiz.know.reason, lesson.quiz.use]
    for phrase in told:
        assert words(said(phrase)) in shown
    assert f"Nội dung: {lesson.office.unit}. Rà soát: 11/2026." in shown
    assert (UNSEEN in shown) == bool(unseen_screens(lesson))


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def test_every_section_on_the_wall_has_its_band_and_sign() -> None:
    """The word over a list was as small as a foot note, and stood at the very edge."""
    slides = [slide for slide in slides_of(topic()) if slide.kind in ("list", "question", "answer", "three")]
    band = r'<h2 class="top">\s*<svg class="icon icon-(\w+)"(?s:.*?)</svg>\s*<span>(.*?)</span>'
    bands = re.findall(band, page_of("quet-ma-qr"))
    assert [name.replace("\u00a0", " ") for _, name in bands] == [slide.name for slide in slides]
    assert {"bag", "tap", "slip", "safe", "ask", "check", "mark"} <= {sign for sign, _ in bands}


def test_a_deck_wears_the_colour_and_the_scene_of_its_lesson() -> None:
    for slug, part in (("quet-ma-qr", "part-1"), ("khai-sinh", "part-cards")):
        drawing, html = handbook().by_slug[slug].drawing, page_of(slug)
        assert drawing and f'<body class="{part}">' in html
        assert html.count(str(draw_scene(drawing))) == 2
    bare = page_of("quet-ma-qr", with_topic(replace(topic(), drawing=None)))
    assert "<svg class=\"scene\"" not in bare and 'class="stage"' not in bare


@pytest.mark.parametrize("size", WALLS)
def test_a_lesson_without_a_scene_fits_too(browser: Browser, tmp_path: Path, size: tuple[int, int]) -> None:
    html = page_of("quet-ma-qr", with_topic(replace(topic(), drawing=None)))
    with opened(browser, tmp_path, html, size, DEJAVU) as visit:
        for key in ("Home", "End"):
            visit.page.keyboard.press(key)
            assert visit.page.evaluate(MEASURE)["wrong"] == []


def test_nothing_for_the_trainer() -> None:
    trainer = replace(topic().trainer, rows=(TrainerRow(5, Phrase("phát kẹo cho bà con")),))
    assert "phát kẹo" not in page_of("quet-ma-qr", with_topic(replace(topic(), trainer=trainer)))


@pytest.mark.parametrize("slug", SLUGS)
def test_a_warning_stands_before_its_step_and_the_answer_after_its_question(slug: str) -> None:
    lesson = handbook().by_slug[slug]
    slides = slides_of(lesson)
    kinds = [slide.kind for slide in slides]
    assert kinds[0] == "title" and kinds[-1] == "last"
    told: list[str] = []
    for step in lesson.steps:
        told += [*("guard" for _ in step.guards), f"Bước {step.number}"]
    found = [slide.kind if slide.kind == "guard" else slide.name for slide in slides
             if slide.kind == "guard" or slide.number]
    assert [name for place, name in enumerate(found) if name == "guard" or found[place - 1] != name] == told
    if isinstance(lesson, Topic):
        assert kinds[1] == "goal" and kinds[-2] == "three"
        assert [kind for kind, _ in groupby(kinds) if kind in ("question", "answer")] == ["question", "answer"] * 2
        for question, answer in pairwise(slides):
            if (question.kind, answer.kind) == ("question", "answer"):
                right = [line.label for line in answer.lines if line.kind == "right"]
                asked = lesson.quiz.know if question.name.endswith("biết") else lesson.quiz.understand
                assert asked.screen or question.lines[0].plain == answer.lines[0].plain == words(said(asked.phrase))
                assert question.drawing == answer.drawing == asked.screen
                assert right == [sign for sign, one in zip("ABCD", asked.answers, strict=False) if one.right]


def test_a_deck_is_made_again_only_for_its_own_lesson() -> None:
    before = {item.name: item.digest for item in deck.plan(desk())}
    changed = with_topic(replace(topic(), goal=Phrase("**Học xong, bà con** làm được.")))
    after = {item.name: item.digest for item in deck.plan(desk(changed))}
    assert {name for name in before if before[name] != after[name]} == {"deck:quet-ma-qr"}


def test_nothing_an_editor_writes_becomes_code() -> None:
    evil = '<script>alert(1)</script> <img src=x onerror=alert(1)> [bấm](javascript:alert(1)) "</style>'
    html = page_of("quet-ma-qr", with_topic(replace(topic(), title=Phrase(evil), goal=Phrase(evil),
                                                    safety=(Phrase(evil),))))
    assert html.count("<script") == html.count("<style") == 1
    assert "<img" not in html and 'javascript:' not in re.sub(r"\(javascript:", "", html)


# How much fits.


LONG = "Bác đọc thật chậm từng chữ một, so với dòng in trên giấy, giống hết cả thì mới bấm tiếp. "
PHONE = Screen((Row("ứng dụng", "Zalo"), Row("nút", "Mở", tap=True)))
HEAVY: list[tuple[str, dict[str, Any]]] = [
    ("a step of many sentences", {"steps": (Step(1, Phrase(LONG * 6), screen=PHONE), *topic().steps[1:])}),
    ("many kinds of phones", {"steps": (Step(1, Phrase("Mở Zalo."), screen=PHONE, variants=tuple(
        Variant(device, Phrase(LONG)) for device in ("Android", "iPhone", "Máy đời cũ"))), *topic().steps[1:])}),
    ("a practice of many paragraphs", {"practice": (Paragraph(Phrase(LONG * 8)), Bullets((Phrase(LONG),) * 7))}),
    ("nine safety lines", {"safety": (Phrase("Không " + LONG.lower()),) * 9}),
    ("many troubles", {"troubles": (Trouble(Phrase(LONG), Phrase(LONG)),) * 5}),
    ("a screen of many rows", {"steps": (Step(1, Phrase("Xem máy."), screen=Screen(tuple(
        Row("chữ", LONG[:70]) for _ in range(7)))), *topic().steps[1:])}),
    ("a long question", {"quiz": replace(topic().quiz, know=Question(
        Phrase(LONG), (Answer(Phrase(LONG[:60]), True),) * 3 + (Answer(Phrase("Thôi."), False),), Phrase(LONG)))}),
    ("a long question about a screen", {"quiz": replace(topic().quiz, know=Question(
        Phrase(LONG), (Answer(Phrase(LONG[:60]), True),) * 3, Phrase(LONG), PHONE))}),
    ("a long title", {"title": Phrase("Dùng ứng dụng của tỉnh, thành phố mình và gửi phản ánh về nơi ở")}),
]


@pytest.mark.parametrize(("what", "changes"), HEAVY, ids=[name for name, _ in HEAVY])
def test_much_is_cut_into_slides_that_fit(browser: Browser, tmp_path: Path, what: str, changes: dict[str, Any]) -> None:
    html = page_of.__wrapped__("quet-ma-qr", with_topic(replace(topic(), **changes)))
    for size, typeface in worn(1):
        with opened(browser, tmp_path, html, size, typeface) as visit:
            walk(visit.page)


def test_what_is_cut_is_whole_again() -> None:
    heavy = replace(topic(), steps=(Step(1, Phrase(LONG * 6), screen=PHONE),), practice=(Paragraph(Phrase(LONG * 8)),))
    for name, words in (("Bước 1", LONG * 6), ("Thực hành", LONG * 8)):
        slides = [slide for slide in slides_of(heavy) if slide.name == name]
        assert len(slides) > 1 and all(fits(slide) for slide in slides)
        assert " ".join(line.plain for slide in slides for line in slide.lines) == words.strip()
    assert [slide.drawing for slide in slides_of(heavy) if slide.name == "Bước 1"][-1] == PHONE


ASKED = [
    ("short", "Chỗ nào là bẫy?", "Dòng thứ hai.", [["asked", "option", "option"]]),
    ("long", LONG, LONG[:60], [["asked"], ["option", "option"]]),
]


@pytest.mark.parametrize(("asked", "answer", "cut"), [rest for _, *rest in ASKED], ids=[name for name, *_ in ASKED])
def test_a_screen_stands_beside_its_question_and_the_answers(asked: str, answer: str, cut: list[list[str]]) -> None:
    options = (Answer(Phrase(answer), True), Answer(Phrase(f"{answer} Thôi."), False))
    quiz = replace(topic().quiz, understand=Question(Phrase(asked), options, Phrase("Tên trang lạ."), PHONE))
    slides = [slide for slide in slides_of(replace(topic(), quiz=quiz)) if slide.name == "Tự kiểm tra: hiểu"]
    assert [[line.kind for line in slide.lines] for slide in slides] == cut
    assert all(slide.drawing == PHONE and fits(slide) for slide in slides)


def test_words_that_fit_stay_together() -> None:
    assert len([slide for slide in slides_of(topic()) if slide.name == "Bước 1"]) == 1
    assert not fits(Slide("step", "", tuple(slides_of(topic())[2].lines) * 6))


# The walk.


MEASURE = """() => {
  const [slide, ...more] = document.querySelectorAll('.slide:not([hidden])'), H = innerHeight, W = innerWidth;
  const wrong = more.length ? ['two slides'] : [];
  let letter = 1, drawnLetter = 1, drawing = 1;
  const texts = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
  const body = slide.querySelector('.body').getBoundingClientRect();
  const tape = slide.querySelector('.draft')?.getBoundingClientRect();
  while (texts.nextNode()) {
    const node = texts.currentNode, element = node.parentElement, drawn = element.closest('svg');
    if (!node.data.trim() || element.closest('.unseen')) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    const scale = drawn ? Math.hypot(element.getScreenCTM().a, element.getScreenCTM().b) : 1;
    if (drawn) drawnLetter = Math.min(drawnLetter, size * scale / H); else letter = Math.min(letter, size / H);
    const range = document.createRange();
    for (const word of drawn ? [] : node.data.matchAll(/\\S+/g)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (range.getClientRects().length > 1) wrong.push('broken: ' + word[0]);
    }
    range.selectNodeContents(node);
    const room = element.closest('.foot') ? {left: 0, top: body.bottom, right: W, bottom: H} :
      element.closest('.draft') ? {left: 0, top: 0, right: W, bottom: body.top} :
      element.closest('.top') ? {left: 0, top: tape ? tape.bottom : 0, right: W, bottom: body.top} : body;
    // A drawn line's own box: the range's knows nothing of `textLength`.
    for (const box of drawn ? [element.getBoundingClientRect()] : range.getClientRects()) {
      const lead = drawn ? 0 : (box.height - size) / 2;  // a line's box is higher than its letters
      if (box.left < room.left - 1 || box.right > room.right + 1 ||
          box.top + lead < room.top - 1 || box.bottom - lead > room.bottom + 1) wrong.push('cut: ' + node.data);
    }
  }
  for (const element of slide.querySelectorAll('.body, .fit, .home'))
    if (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
      wrong.push('overflows: ' + element.className);
  const picture = slide.querySelector('.drawing svg, .drawing img');
  if (picture) {
    const box = picture.getBoundingClientRect(), words = slide.querySelector('.fit').getBoundingClientRect();
    const own = picture.viewBox ? picture.viewBox.baseVal
      : {width: picture.naturalWidth, height: picture.naturalHeight};
    drawing = own.height * Math.min(box.width / own.width, box.height / own.height) / H;
    if (box.bottom > body.bottom + 1 || box.right > body.right + 1) wrong.push('drawing cut');
    if (words.right > box.left + 1 && words.bottom > box.top + 1) wrong.push('words over the drawing');
  }
  let scene = 1;
  const seen = slide.querySelector('.scene');
  if (seen) {
    const box = seen.getBoundingClientRect(), inner = Math.min(box.width / 4, box.height / 3);
    scene = 3 * inner / H;
    if (box.top < body.top - 1 || box.bottom > body.bottom + 1 || box.right > W + 1) wrong.push('scene cut');
    for (const words of slide.querySelectorAll('.body p:not(.unseen), .code svg')) {
      const other = words.getBoundingClientRect();
      if (other.left < box.right - 1 && box.left < other.right - 1 && other.top < box.bottom - 1 &&
          box.top < other.bottom - 1) wrong.push('over the scene: ' + words.className);
    }
  } else if (slide.matches('.title, .last')) scene = 0;
  if (document.documentElement.scrollHeight > H || document.documentElement.scrollWidth > W) wrong.push('page scrolls');
  return {id: slide.id, wrong, letter, drawnLetter, drawing, scene: [slide.classList[1], scene]};
}"""


def walk(page: Page, key: str = "PageDown") -> int:
    """To the end; every slide measured on the way. Gives how many there were."""
    seen: list[str] = []
    while True:
        slide = page.evaluate(MEASURE)
        if seen and slide["id"] == seen[-1]:
            return len(seen)
        seen.append(slide["id"])
        told = (page.url, slide)
        assert slide["wrong"] == [], told
        assert torn(lines_on(page)) == [], told
        assert slide["letter"] >= LETTER - 1e-6, told
        assert slide["drawnLetter"] >= DRAWN_LETTER, told
        assert slide["drawing"] >= DRAWING, told
        assert slide["scene"][1] >= SCENE.get(slide["scene"][0], 0), told
        assert page.url.endswith(f"#{slide['id']}") or len(seen) == 1
        page.keyboard.press(key)


@pytest.mark.parametrize(("slug", "size", "typeface"), [
    (slug, *how) for turn, slug in enumerate(SAMPLE) for how in worn(turn)
], ids=lambda value: getattr(value, "name", str(value)))
def test_a_deck_is_walked_to_its_end(
    browser: Browser, tmp_path: Path, slug: str, size: tuple[int, int], typeface: Typeface
) -> None:
    with opened(browser, tmp_path, page_of(slug), size, typeface) as visit:
        assert walk(visit.page) == len(slides_of(handbook().by_slug[slug]))
        last = visit.page.evaluate("""() => ['.number', '.address'].map(name => parseFloat(
            getComputedStyle(document.querySelector('.last ' + name)).fontSize) / innerHeight)""")
        assert last[0] >= NUMBER and last[1] >= ADDRESS
        lines = visit.page.evaluate("document.querySelector('.last .number').getClientRects().length")
        assert lines == 1


def test_titles_on_the_wall_are_balanced(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path, page_of("chuyen-tien-tra-tien")) as visit:
        worn = visit.page.evaluate(
            "[...document.querySelectorAll('.heading, h2')].map(one => getComputedStyle(one).textWrap)")
        assert len(worn) > 10 and all(word.endswith("balance") for word in worn)


def small_and_blurred(png: bytes) -> bytes:
    picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    small = cv2.resize(picture, (600, round(picture.shape[0] * 600 / picture.shape[1])), interpolation=cv2.INTER_AREA)
    return cv2.imencode(".png", cv2.GaussianBlur(small, (0, 0), 1))[1].tobytes()


@pytest.mark.parametrize("slug", SAMPLE)
def test_the_code_on_the_wall_reads_from_a_poor_photograph(browser: Browser, tmp_path: Path, slug: str) -> None:
    with opened(browser, tmp_path, page_of(slug)) as visit:
        visit.page.keyboard.press("End")
        seen = read_image_codes(small_and_blurred(visit.page.screenshot()))
    assert {code.payload for code in seen} == {handbook().edition.number_url(handbook().number_of(slug))}


PLACES: list[tuple[str, dict[str, Any]]] = [
    ("a long address and a long name", {"address": "https://xa-dai-son.haiphong.gov.vn/", "help": (HOME,)}),
    ("a code of a commune", {"address": "https://hocso.example/24001/", "help": (HOME,)}),
    ("nobody to ask", {"help": ()}),
]


@pytest.mark.parametrize(("turn", "changes"), [*enumerate(changes for _, changes in PLACES)], ids=[
    name for name, _ in PLACES])
def test_any_place_fits_on_the_last_slide(browser: Browser, tmp_path: Path, turn: int, changes: dict[str, Any]) -> None:
    html = page_of.__wrapped__("quet-ma-qr", with_edition(**changes))
    for size, typeface in worn(turn):
        with opened(browser, tmp_path, html, size, typeface) as visit:
            walk(visit.page)
            seen = read_image_codes(small_and_blurred(visit.page.screenshot()))
            assert {code.payload for code in seen} == {f"{changes.get('address', 'https://hocso.example/')}1041"}


def test_a_number_of_six_digits_fits_too(browser: Browser, tmp_path: Path) -> None:
    ledger = tuple(replace(row, number="104152") if row.target == "quet-ma-qr" else row for row in handbook().ledger)
    html = page_of.__wrapped__("quet-ma-qr", replace(handbook(), ledger=ledger))
    for size, typeface in worn(1):
        with opened(browser, tmp_path, html, size, typeface) as visit:
            walk(visit.page)


# The hand of the trainer.


def at(page: Page) -> int:
    return int(page.evaluate("document.querySelector('.slide:not([hidden])').id"))


def go(page: Page, slide: int) -> None:
    page.evaluate("number => { location.hash = number; }", slide)
    page.wait_for_function("number => document.querySelector('.slide:not([hidden])').id == number", arg=slide)


def letter(page: Page) -> float:
    return float(page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('.slide:not([hidden]) .fit')).fontSize)"))


KEYS: list[tuple[str, int, int]] = [
    # key, from slide, to slide
    ("ArrowRight", 2, 3), ("ArrowLeft", 2, 1), ("PageDown", 2, 3), ("PageUp", 2, 1), ("Space", 2, 3),
    ("Shift+Space", 2, 1), ("Enter", 2, 3), ("Backspace", 2, 1), ("ArrowDown", 2, 3), ("ArrowUp", 2, 1),
    ("Home", 5, 1), ("End", 2, COUNT), ("PageUp", 1, 1), ("PageDown", COUNT, COUNT),
    ("Control+ArrowRight", 2, 2), ("x", 2, 2),
]


def test_keys_of_presenters(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path, page_of("quet-ma-qr")) as visit:
        page = visit.page
        assert page.locator(".slide").count() == COUNT
        for key, start, end in KEYS:
            go(page, start)
            page.keyboard.press(key)
            assert at(page) == end, key
        go(page, 7)
        page.reload()
        assert at(page) == 7


def test_black_full_larger_and_the_list_of_keys(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path, page_of("quet-ma-qr")) as visit:
        page = visit.page
        black, help_board = page.locator("#black"), page.locator("#help")
        for key in ("b", "."):
            page.keyboard.press(key)
            assert black.is_visible() and black.bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 720}
            page.keyboard.press("PageDown")
            assert black.is_hidden() and at(page) == 1
        page.keyboard.press("?")
        assert help_board.is_visible()
        assert page.evaluate("(b => b.scrollHeight <= b.clientHeight)(document.querySelector('#help'))")
        page.keyboard.press("Escape")
        assert help_board.is_hidden()
        page.keyboard.press("f")
        page.wait_for_function("!!document.fullscreenElement")
        page.keyboard.press("f")
        page.wait_for_function("!document.fullscreenElement")
        page.keyboard.press("End")
        page.keyboard.press("PageUp")
        usual = letter(page)
        for _ in range(5):
            page.keyboard.press("-")
        assert LETTER * 720 <= letter(page) < usual
        assert page.evaluate(MEASURE)["wrong"] == []
        for _ in range(9):
            page.keyboard.press("+")
            assert page.evaluate(MEASURE)["wrong"] == []
        assert letter(page) >= usual
        page.keyboard.press("0")
        assert letter(page) == usual


def test_every_size_of_letters_fits(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path, page_of("chuyen-tien-tra-tien"), WALLS[1], DEJAVU) as visit:
        for key in ("-", "+"):
            visit.page.keyboard.press("0")
            for _ in range(4):
                visit.page.keyboard.press(key)
            visit.page.keyboard.press("Home")
            walk(visit.page)


def test_taps_swipes_and_buttons(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path, page_of("quet-ma-qr"), has_touch=True) as visit:
        page = visit.page
        page.touchscreen.tap(1000, 300)
        page.touchscreen.tap(600, 300)
        assert at(page) == 3
        page.touchscreen.tap(200, 300)
        assert at(page) == 2
        swipe = """([from, to]) => {
          const touch = x => new Touch({identifier: 1, target: document.body, clientX: x, clientY: 300});
          document.body.dispatchEvent(new TouchEvent('touchstart', {bubbles: true, touches: [touch(from)]}));
          document.body.dispatchEvent(new TouchEvent('touchend', {bubbles: true, changedTouches: [touch(to)]}));
        }"""
        page.evaluate(swipe, [900, 500])
        assert at(page) == 3
        page.evaluate(swipe, [500, 900])
        assert at(page) == 2
        page.mouse.move(640, 400)
        for name, end in (("Trang sau", 3), ("Trang trước", 2), ("Chữ to hơn", 2)):
            button = page.get_by_role("button", name=name)
            box = button.bounding_box()
            assert box and min(box["width"], box["height"]) >= 48
            button.click()
            assert at(page) == end
        page.get_by_role("button", name="Trang sau").focus()
        page.keyboard.press("Enter")
        assert at(page) == 3
        page.get_by_role("button", name="Màn đen").click()
        assert page.locator("#black").is_visible()
        page.touchscreen.tap(1000, 300)
        assert page.locator("#black").is_hidden() and at(page) == 3


def test_a_screen_reader_hears_where_it_is(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path, page_of("quet-ma-qr")) as visit:
        for _ in range(4):
            visit.page.keyboard.press("PageDown")
        assert visit.page.get_by_role("status").inner_text() == f"Dừng lại, trước bước 2, trang 5/{COUNT}"


# Without the script, and on paper.


@pytest.mark.parametrize("width", [320, 1280])
def test_without_the_script_slides_stand_one_below_another(browser: Browser, tmp_path: Path, width: int) -> None:
    with opened(browser, tmp_path, page_of("quet-ma-qr"), (width, 720), java_script_enabled=False) as visit:
        visit.page.evaluate(dress(DEJAVU))
        assert visit.page.evaluate(CROWDED, False) == []
        boxes = [slide.bounding_box() for slide in visit.page.locator(".slide").all()]
        tops = [box["y"] for box in boxes if box]
        assert len(tops) == COUNT and tops == sorted(set(tops))
        assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
        assert visit.page.locator("#bar, #help, #black").evaluate_all("all => all.every(one => one.hidden)")


def test_on_a_phone_nothing_scrolls_sideways(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path, page_of("quet-ma-qr"), (320, 640)) as visit:
        for _ in range(COUNT):
            wide = visit.page.evaluate("""() => [document.documentElement, ...document.querySelectorAll(
                '.slide:not([hidden]) :is(.body, .fit)')].map(one => one.scrollWidth - one.clientWidth)""")
            assert max(wide) <= 1, at(visit.page)
            visit.page.keyboard.press("PageDown")


@pytest.mark.parametrize(("trial", "foot"), [(True, TRIAL), (False, "")])
def test_printed_it_is_a_handout(browser: Browser, tmp_path: Path, trial: bool, foot: str) -> None:
    html = page_of.__wrapped__("quet-ma-qr", with_edition(trial=trial))
    with opened(browser, tmp_path, html) as visit:
        visit.page.keyboard.press("End")
        pdf = visit.page.pdf(prefer_css_page_size=True)
    text = " ".join(page_text(pdf, page) for page in range(1, pdf.count(b"/Type /Page\n") + 1))
    for phrase in (*(step.phrase for step in topic().steps), *topic().remember):
        assert plain(phrase)[:20] in " ".join(text.split())
    assert (TRIAL in text) == bool(foot)
    assert pdf.count(b"/Type /Page\n") <= 8


def test_each_slide_of_a_draft_says_so_at_its_own_place_on_the_wall_and_on_paper(
    browser: Browser, tmp_path: Path,
) -> None:
    with opened(browser, tmp_path, page_of("quet-ma-qr")) as visit:
        tape = visit.page.locator(".draft").first.bounding_box()
        assert tape and (tape["x"], tape["y"], tape["width"]) == (0, 0, WALLS[0][0])
        visit.page.emulate_media(media="print")
        tops = visit.page.evaluate("[...document.querySelectorAll('.draft')].map(e => e.getBoundingClientRect().top)")
        assert len(set(tops)) == COUNT
        colours = visit.page.evaluate("[...document.querySelectorAll('.draft')].map(e => getComputedStyle(e).color)")
        assert "rgb(255, 255, 255)" not in colours, "printers leave grounds out"


# On the site.


def test_the_lesson_and_the_downloads_lead_to_it() -> None:
    handed = {f"deck:{slug}": Handed({f"site/slides/{slug}/index.html": 40_000}, {"title": slug, "slides": 21},
                                     lambda _: b"") for slug in ("quet-ma-qr", "khai-sinh")}
    web = Web(handbook(), Theme(PROJECT.theme), handed=handed)
    pages = {page.file: page.html for page in site.draw_pages(web)}
    link = '<a class="choice" href="../../slides/quet-ma-qr/index.html"><b>Chiếu trong hội trường</b>'
    assert link in pages["topics/quet-ma-qr/index.html"]
    assert "../../slides/khai-sinh/index.html" in pages["cards/khai-sinh/index.html"]
    assert "Chiếu trong hội trường" not in pages["topics/vao-mang/index.html"]
    assert "../slides/khai-sinh/index.html" in pages["downloads/index.html"]
    (item,) = site.plan(desk())
    assert {f"deck:{slug}" for slug in SLUGS} <= set(item.needs)


def test_no_slide_has_a_fault_that_axe_finds(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path, page_of("chuyen-tien-tra-tien")) as visit:
        visit.page.evaluate(f"{AXE};0")
        for slide in one_of_each_kind(visit.page, "chuyen-tien-tra-tien"):
            assert visit.page.evaluate(FIND) == [], slide
        for key in ("b", "?"):
            visit.page.keyboard.press(key)
            assert visit.page.evaluate(FIND) == [], key
            visit.page.keyboard.press("Escape")


def one_of_each_kind(page: Page, slug: str) -> Iterator[Slide]:
    """Goes through the deck; stops at the first slide of every kind, with and without a drawing."""
    kinds: set[tuple[str, bool]] = set()
    for number, slide in enumerate(slides_of(topic(slug)), start=1):
        if (kind := (slide.kind, bool(slide.drawing))) not in kinds:
            go(page, number)
            yield slide
        kinds.add(kind)


REACHED = """() => {
  const body = document.querySelector('.slide:not([hidden]) .body'), low = body.scrollHeight - body.clientHeight > 1;
  const inner = body.querySelector('.fit, .home');
  return { lost: inner.getBoundingClientRect().top + body.scrollTop < body.getBoundingClientRect().top - 1,
           wide: body.scrollWidth > body.clientWidth + 1,
           stuck: low && (body.tabIndex !== 0 || getComputedStyle(body).overflowY !== 'auto') };
}"""


@pytest.mark.wide
@pytest.mark.parametrize("window", [(320, 640), (640, 320)], ids=["upright", "lying"])
def test_in_a_small_window_with_letters_enlarged_all_can_be_reached(
    browser: Browser, tmp_path: Path, window: tuple[int, int]
) -> None:
    """As somebody sees it who follows the lesson on a phone set to larger letters."""
    slug = "chuyen-tien-tra-tien"
    scrolled = False
    with opened(browser, tmp_path, page_of(slug), window) as visit:
        page = visit.page
        page.evaluate(f"{AXE};0")
        for size in ("100%", "150%", "200%"):
            page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
            for slide in one_of_each_kind(page, slug):
                assert page.evaluate(FIND) == [], (size, slide)
                reached = page.evaluate(REACHED)
                assert not any(reached.values()), (size, slide, reached)
                scrolled = scrolled or page.evaluate("!!document.querySelector('.slide:not([hidden]) [tabindex]')")
    assert scrolled, "letters were not enlarged"
