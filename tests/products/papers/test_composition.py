"""How lessons are cut into pages: seen in bound books, and each rule by itself on pages made to break it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

import pytest

from generator.engine.items import Bench
from generator.handbook.model import PART_COLOURS, Phrase
from generator.press.binder.facts import destinations
from generator.press.browser import Browser
from generator.press.orders import finish
from generator.press.proof import letters, opened, words
from generator.products.lesson import part_class, part_name
from generator.products.papers import booklet, large, trainer
from generator.products.papers.parts.bindery import BREAKS, Bound, Look, _heads, _stamped, _tabs
from generator.products.papers.parts.book import compose
from generator.products.papers.parts.volumes import NAME, volumes
from tests.composition import counted, faults_of
from tests.desks import PROJECT, desk, handbook, one_pdf, thinned
from tests.samples import sample

pytestmark = pytest.mark.long
SLUGS = sample((lesson.slug for lesson in handbook().lessons), 4, "tranh-lua-dao", "khai-sinh")
BOOK = thinned(*SLUGS)
LOOKS = {look.product: (look, module) for look, module in (
    (booklet.A5, booklet), (large.A4, large), (trainer.TRAINER, trainer))}


@pytest.fixture(scope="module")
def bound(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The whole handbook when proving, else a sample of its lessons, in every way to print it."""
    bench = Bench(PROJECT, lambda: browser, tmp_path_factory.mktemp("composition"))
    items = {name: next(item for item in module.plan(desk(BOOK)) if item.name == f"{name}:{NAME}")
             for name, (_, module) in LOOKS.items()}
    made = finish({name: partial(item.begin, bench) for name, item in items.items()}, lambda: browser)
    return {name: one_pdf(result) for name, result in made.items()}


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.parametrize("name", LOOKS)
def test_books_have_no_fault_of_composition(name: str, bound: dict[str, bytes]) -> None:
    assert not faults_of(bound[name])


@pytest.mark.browser
@pytest.mark.long
def test_a_lesson_wears_its_parts_colour_scene_and_tab_in_every_book(bound: dict[str, bytes]) -> None:
    look, numbers = booklet.A5, {part.id: str(part.number) for part in BOOK.parts}
    part_of = {slug.text: numbers[part.id] for part in BOOK.parts for slug in part.topics}
    tops = {(tab.sign, tab.side): tab.top_px * 25.4 / 96 for tab in _tabs(BOOK, look)}
    pdf = bound["booklet"]
    places = destinations(pdf)
    with opened(pdf) as paper:
        for lesson in BOOK.lessons:
            for page in range(places[f"t-{lesson.slug}"], places[f"q-{lesson.slug}"] + 1):
                sign, side = part_of.get(lesson.slug, "+"), "right" if page % 2 else "left"
                tabs = [word for word in words(letters(paper.leaf(page)))
                        if word.size == 16 and (word.area.right < 11 or word.area.x > 137)]
                assert [word.text for word in tabs] == [sign], (lesson.slug, page)
                assert tops[sign, side] < tabs[0].area.y < tabs[0].area.bottom < tops[sign, side] + 16.5
                assert (tabs[0].area.x > 137) is (side == "right")
                assert tabs[0].area.x > 4.2 and tabs[0].area.right < 148 - 4.2  # a printer at home draws it


def test_tabs_of_all_parts_stand_one_below_the_other() -> None:
    for look, _ in LOOKS.values():
        tops = [tab.top_px for tab in _tabs(handbook(), look) if tab.side == "left"]
        assert len(tops) == len(handbook().parts) + 1
        assert min(low - high for high, low in pairwise(tops)) >= 62


def test_parts_beyond_the_colours_wear_them_anew_and_keep_their_own_numbers() -> None:
    """`part.no-colour` has told the editor. Colours by number are all there, and the ninth tab is no second one."""
    parts = tuple(replace(BOOK.parts[place % 7], id=f"p-{place}", number=place + 1, topics=()) for place in range(9))
    lesson = BOOK.topics[0]
    book = replace(BOOK, parts=(*parts[:8], replace(parts[8], topics=(Phrase(lesson.slug),))))
    tokens = (PROJECT.theme / "tokens.css").read_text("utf-8")
    assert len(re.findall(r"^\.part-\d", tokens, re.MULTILINE)) == PART_COLOURS
    assert part_class(book, lesson) == "part-2" and part_name(book, lesson).startswith("Phần 9. ")
    assert [tab.sign for tab in _tabs(book, booklet.A5) if tab.side == "left"] == [*"123456789+"]
    volume = next(one for one in volumes(book) if one.name == "phan-9")
    composed = compose(desk(book), volume)
    bound = Bound(tuple((piece, 0) for piece in (0, 0, 1, 1, 2, 2)), {})
    tabs = {at[1][1] for at in _stamped(composed, bound).values() if len(at) == 3}
    assert {(tab - len(_heads(desk(book))) - 1) // 2 for tab in tabs} == {8}


def test_a_lesson_is_asked_for_once_for_all_books_that_speak_alike() -> None:
    """A book's own colour never makes it print a lesson again."""
    from generator.products.papers.parts import bindery

    drawn: bindery.Lessons = {}
    asked: dict[str, str] = {}
    for volume in volumes(BOOK):
        if not volume.address:
            book = compose(desk(BOOK), volume)
            for chapter in book.chapters:
                order = bindery._lesson(booklet.A5, book, chapter, drawn)
                assert asked.setdefault(chapter.lesson.slug, order.key) == order.key
    assert len(asked) == len(BOOK.lessons) == len(drawn)


# Each rule by itself: pages of 100 × 100 pixels, blocks of given heights.

BLOCK = '<div class="{}" style="height:{}px"></div>'


def pages_of(browser: Browser, *blocks: tuple[str, int]) -> list[list[str]]:
    """The names of blocks, page by page."""
    body = "".join(BLOCK.format(name, height) for name, height in blocks)
    sheet = browser.warm_sheet("* { margin: 0 } body { display: block }")
    sheet.fill(f'<article class="paper"><section class="topic">{body}</section></article>', "Khối")
    found: Sequence[tuple[str, str]]
    pages, found = sheet.evaluate("""([script, room]) => {
      const pages = eval(script)(document.querySelector(".paper"), room);
      return [pages, [...document.querySelectorAll(".topic > *")].map(one => [one.className, one.style.breakBefore])];
    }""", [BREAKS, (100, 100)])
    cut: list[list[str]] = [[]]
    for name, broken in found:
        if broken == "page":
            cut.append([])
        cut[-1].append(name)
    assert pages == len(cut)
    return cut


@pytest.mark.browser
@pytest.mark.parametrize(("blocks", "cut"), [
    ("text 80, text 30", "text | text"),
    ("text 60, titled 20, step 30, step 30", "text | titled step step"),
    ("text 50, titled 10, step 30, step 30, step 30", "text | titled step step step"),
    ("text 75, titled 20, text 30", "text | titled text"),
    ("text 60, text 30, question 10, end 30", "text text | question end"),
    ("text 45, question 50, end 60", "text question | end"),
    ("text 45, text 50, step 60, end 10", "text text | step end"),
    ("titled 10, text 300, text 40", "titled text | text"),
    ("text 60, question 30, question 30, question 30, remember 20, end 40",
     "text | question question question | remember end"),
    ("text 60, question 30, question 30, question 30, remember 20, end 20",
     "text question | question question remember end"),
    ("text 60, text 20, text 20, end 5", "text | text text end"),
    ("text 40, text 40, text 35, end 5", "text text | text end"),
])
def test_pages_are_cut_where_no_rule_is_broken(blocks: str, cut: str, browser: Browser) -> None:
    rows = [(name, int(height)) for name, height in re.findall(r"(\w+) (\d+)", blocks)]
    assert pages_of(browser, *rows) == [page.split() for page in cut.split(" | ")]


@pytest.mark.browser
def test_scene_grows_where_its_page_has_room(browser: Browser) -> None:
    """And stands beside the title where a large one would cost a page."""
    band = '<div class="band"><div class="stage" style="width:10px"></div></div>'
    for rest, tall in ((300, True), (640, False)):
        sheet = browser.warm_sheet("* { margin: 0 } .stage { min-height: 10px }")
        body = f'{band}<div class="text" style="height:{rest}px"></div>'
        sheet.fill(f'<article class="paper"><section class="topic">{body}</section></article>', "Cảnh")
        pages = sheet.evaluate("([script, room]) => eval(script)(document.querySelector('.paper'), room)",
                               [BREAKS, (100, 660)])
        assert pages == 1
        assert sheet.evaluate("() => document.querySelector('.band').classList.contains('tall')") is tall


def test_every_way_to_print_names_its_room() -> None:
    """As wide and high as its style leaves between the margins."""
    for look, _ in LOOKS.values():
        assert all(abs(one - other) < 3 for one, other in zip(_room(look), look.room_px, strict=True)), look.product


def _room(look: Look) -> tuple[float, float]:
    css = "".join((PROJECT.theme / "print" / name).read_text("utf-8") for name in look.kind.styles)
    margins = re.findall(r"@page \{\s*size: [^;]+; margin: ([^;]+);", css)[-1].split()
    up, right, down, left = (float(one[:-2]) * (96 / 25.4 if one.endswith("mm") else 1) for one in margins)
    width, height = (side / 25.4 * 96 for side in look.kind.size_mm)
    return width - left - right, height - up - down


# Who looks for faults finds each of them.

FAULTY_CSS = """@page { size: 148mm 210mm; margin: 19mm 14mm 16mm; } * { margin: 0 } body { font: 14pt/1.4 Roboto }
section { break-before: page; height: 170mm } h3 { font-size: 17pt } b { font-size: 30pt; line-height: 1 }
.fill { height: 100mm; border-bottom: 1px solid #000 } .guard { width: 30mm; height: 8mm; background: #000 }"""
FILL, STEP_1, STEP_2 = '<div class="fill">Lời.</div>', "<p><b>1</b></p>", "<p><b>2</b></p>"
CLOSE = '<p style="height:70mm;border-bottom:1px solid #000">Quét mã để xem lại bài này.</p>'
CLOSED = f"<p>Lời.</p>{CLOSE}"


@pytest.mark.browser
@pytest.mark.parametrize(("pages", "found"), [
    ((FILL, CLOSED), {}),
    ((FILL, CLOSE), {"lone code": 1}),
    ((CLOSE,), {}),
    ((FILL, "<p>Lời.</p><p>Quét mã để xem lại bài này.</p>"), {"poor close": 1}),
    ((f"{FILL}<p>Nhớ 3 điều</p><p>Lời.</p>", CLOSED), {"parted from the code": 1}),
    ((FILL, f"<p>Nhớ 3 điều</p>{CLOSED}"), {}),
    ((f"{FILL}<p>Dùng. Quét một mã.</p>", f"<p>Tôi đã làm được</p>{CLOSED}"), {"torn question": 1}),
    ((f"{FILL}<p>Biết. Bấm đâu?</p><p>A Nút đỏ.</p>", f"<p>B Nút xanh.</p>{CLOSED}"), {"torn question": 1}),
    ((f"{FILL}<p>Biết. Bấm đâu?</p><p>A Nút đỏ.</p>", CLOSED), {}),
    (("<p>Lời.</p>", CLOSED), {"poor page": 1}),
    ((f"{FILL}<h3>Lỗi hay gặp</h3>", CLOSED), {"heading last": 1}),
    ((f"{FILL}<h3>Các bước</h3>{STEP_1}", f"{STEP_2}{CLOSED}"), {"single step": 1}),
    ((f"{FILL}<h3>Các bước</h3>{STEP_1}{STEP_2}", CLOSED), {}),
    ((f"{FILL}<h3>Các bước</h3>{STEP_1}", CLOSED), {}),
    ((f'{FILL}<div class="guard"></div>{STEP_1}', CLOSED), {"glued warning": 1}),
    ((f'{FILL}<div class="guard" style="margin-bottom:-1mm"></div><p><b>1</b> Dừng</p>', CLOSED), {"glued warning": 1}),
    ((f'{FILL}<div class="guard" style="margin-bottom:5mm"></div>{STEP_1}', CLOSED), {}),
    ((FILL, f'{CLOSED}<p style="padding-top:104mm">Chân trang.</p>'), {"near the edge": 1}),
])
def test_faults_are_found(pages: Sequence[str], found: dict[str, int], browser: Browser) -> None:
    sheet = browser.warm_sheet(FAULTY_CSS.replace("14mm 16mm", "14mm 0") if "near the edge" in found else FAULTY_CSS)
    body = "".join(f'<section id="{("t-x", "q-x")[place > 0]}">{page}</section>' for place, page in enumerate(pages))
    if len(pages) == 1:
        body = f'{body}<p id="q-x"></p>'
    sheet.fill(body + '<section><a href="#t-x">.</a><a href="#q-x">.</a></section>', "Lỗi")
    assert counted(faults_of(sheet.pdf(148, 210))) == found
