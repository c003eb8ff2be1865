"""Search as people type: 120 queries in the real browser, the same from a server, below a path and from a stick."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from generator.ground.files import fold
from generator.handbook.model import Help, Phrase, Wish
from generator.press.browser import Browser
from generator.products.pages.parts.search_index import search_index, search_script
from generator.products.pages.parts.web import Web
from tests.products.pages.test_site import desk, make_site
from tests.projects import ROOT, put
from tests.samples import sample
from tests.search.queries import (
    MORE,
    STRANGERS,
    STRANGERS_FRESH,
    STRANGERS_PLAIN,
    STRANGERS_UNKIND,
    STRANGERS_UNSEEN,
    UNSEEN,
    WISHES,
    Query,
    all_queries,
    halves,
    read_wishes,
)
from tests.windows import Visit, served, window

pytestmark = pytest.mark.long
PLACES = ("http", "sub-path", "file")
LESSON = "topics/quet-ma-qr/index.html"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("read") / "site"
    for name, data in make_site(desk(ROOT)).items():
        put(folder, name, data)
    return folder


@pytest.fixture(scope="module")
def bases(tree: Path) -> Iterator[dict[str, str]]:
    """Where the same folder is opened."""
    with served(tree) as host, served(tree, "/sub/path") as below:
        yield {"http": f"{host}/", "sub-path": f"{below}/", "file": f"{tree.as_uri()}/"}


def open_box(visit: Visit, address: str) -> None:
    visit.page.goto(address)
    visit.page.locator("input[type=search]").focus()
    visit.page.wait_for_selector("#find[data-ready]")


def found(visit: Visit, typed: str, nearest: bool = False) -> list[str]:
    """Slugs, in the order shown; the nearest are those of a book that has no lesson about what was typed."""
    visit.page.fill("input[type=search]", typed)
    links = visit.page.locator("[data-search-result] a" + ", [data-search-nearest] a" * nearest)
    return [address.split("/")[-2] for address in links.evaluate_all("all => all.map(a => a.href)")]


def shares(queries: list[Query], answers: dict[str, list[str]]) -> tuple[float, float]:
    """How many have a right answer first, and among the first three."""
    first = sum(answers[query.typed][:1] != [] and answers[query.typed][0] in query.expected for query in queries)
    three = sum(bool({*answers[query.typed][:3]} & {*query.expected}) for query in queries)
    return first / len(queries), three / len(queries)


# The queries.


def test_there_are_sixty_to_tune_with_and_sixty_unseen() -> None:
    tuned, unseen = halves()
    assert len(tuned) == len(unseen) == 60
    assert len({query.typed for query in (*tuned, *unseen)}) == 120


@pytest.mark.wide
@pytest.mark.browser
def test_all_queries_find_the_same_everywhere_and_mostly_at_once(bases: dict[str, str], browser: Browser) -> None:
    answers: dict[str, dict[str, list[str]]] = {}
    asked = [*all_queries(), *all_queries(MORE)]
    for place in PLACES:
        with window(browser, (360, 640)) as visit:
            open_box(visit, bases[place] + LESSON)
            answers[place] = {query.typed: found(visit, query.typed, nearest=True)
                              for query in (asked if place == "file" else sample(asked, 10))}
            assert visit.refused == []
    assert answers["http"] == answers["sub-path"] and answers["http"].items() <= answers["file"].items()
    for name, queries in zip(("tuned", "unseen", "more"), (*halves(), all_queries(MORE)), strict=True):
        first, three = shares(queries, answers["file"])
        print(f"{name}: {first:.1%} first, {three:.1%} in the first three")
        assert first >= 0.85, name
        assert three >= 0.95, name
    assert max(len(rows) for rows in answers["file"].values()) <= 10


FIRST_LOOK = (34, 17)
"""What the unseen wishes gave when first looked at: of 40 right first, of 20 said to be missing."""


STRANGERS_FOUND = {STRANGERS: (114, 55), STRANGERS_UNSEEN: (38, 19), STRANGERS_UNKIND: (53, 27),
                   STRANGERS_PLAIN: (54, 27), STRANGERS_FRESH: (54, 27)}
"""Of 120, 40, 60, 60 and 60 right first, of 60, 20, 30, 30 and 30 said to be missing. The last two, when
first looked at: 49 and 28, 49 and 29, before rows were also weighed by how likely they are. Leaving one list out at
fitting gives 350 of 380 and 175 of 190."""


@pytest.mark.wide
@pytest.mark.browser
def test_strangers_are_understood_in_their_own_words(bases: dict[str, str], browser: Browser) -> None:
    with window(browser, (360, 640)) as visit:
        open_box(visit, bases["file"] + LESSON)
        for file, least in STRANGERS_FOUND.items():
            answers = {wish: found(visit, wish.typed) for wish in read_wishes(file)}
            right = sum(bool(rows) and rows[0] in wish.expected for wish, rows in answers.items())
            honest = sum(not wish.expected and not rows for wish, rows in answers.items())
            print(f"{file.stem}: {right} right first, {honest} said to be missing")
            assert right >= least[0] and honest >= least[1], file.stem


@pytest.mark.browser
def test_what_the_book_lacks_is_said_and_what_it_has_is_found(bases: dict[str, str], browser: Browser) -> None:
    wishes = {file.stem: read_wishes(file) for file in (WISHES, UNSEEN)}
    assert [len(half) for half in wishes.values()] == [60, 60]
    with window(browser, (360, 640)) as visit:
        open_box(visit, bases["file"] + LESSON)
        answers = {wish.typed: found(visit, wish.typed) for half in wishes.values() for wish in half}
        assert visit.refused == []
    for (name, half), (least_right, least_honest) in zip(wishes.items(), ((36, 18), FIRST_LOOK), strict=True):
        had, lacked = [wish for wish in half if wish.expected], [wish for wish in half if not wish.expected]
        right = sum(answers[wish.typed][:1] != [] and answers[wish.typed][0] in wish.expected for wish in had)
        honest = sum(answers[wish.typed] == [] for wish in lacked)
        print(f"{name}: {right} of {len(had)} right first, {honest} of {len(lacked)} said to be missing")
        assert (len(had), len(lacked)) == (40, 20)
        assert right >= least_right, name
        assert honest >= least_honest, name


ANSWERS = {
    Help("tổ công nghệ số", "Tổ <b>thôn Đông</b>", "0220 3123.456", "7 giờ đến 11 giờ"):
        ("Bác hỏi Tổ <b>thôn Đông</b>. Giờ làm việc: 7 giờ đến 11 giờ.", "tel:02203123456"),
    Help("đầu mối", "Phòng Văn hóa"): ("Bác hỏi Phòng Văn hóa.", ""),
    Help("đầu mối"): ("", ""),
}
"""Help of an edition → what is said below the nearest lessons, and what can be called."""


@pytest.mark.browser
@pytest.mark.parametrize("helper", ANSWERS, ids=lambda helper: helper.unit or "nobody")
def test_what_is_missing_names_the_nearest_lessons_and_whom_to_ask(
    helper: Help, tree: Path, tmp_path: Path, browser: Browser,
) -> None:
    copytree(tree, tmp_path / "site")
    own = desk(ROOT)
    book = replace(own.handbook, edition=replace(own.handbook.edition, help=(helper,)))
    put(tmp_path / "site", "assets/search.js", search_script(Web(book, own.theme)).encode())
    with window(browser, (360, 640)) as visit:
        open_box(visit, (tmp_path / "site" / LESSON).as_uri())
        assert found(visit, "sua may giat") == []
        visit.page.get_by_role("status").filter(has_text="Sách chưa có bài về “sua may giat”.").wait_for()
        assert visit.page.inner_text(".find-nearest") == "Gần nhất:"
        assert 1 <= visit.page.locator("[data-search-nearest] a").count() <= 3
        ask = visit.page.locator(".find-ask")
        calls = ask.locator("a").evaluate_all("all => all.map(a => a.href)")
        words, address = ANSWERS[helper]
        assert (ask.inner_text().partition("\n")[0].strip(), calls) == (words, [address] if address else [])
        assert visit.page.evaluate("document.documentElement.scrollWidth") == 360
        assert visit.refused == []


WAYS = {
    "mật khẩu": "giu-mat-khau-otp", "MAT KHAU": "giu-mat-khau-otp", "  1041 ": "quet-ma-qr", "10 41": "quet-ma-qr",
    "3014": "nguoi-cao-tuoi", "chu ky so": "chu-ky-so", "chữ kí số": "chu-ky-so", "wi fi": "vao-mang",
    "dich vu cong quoc ga": "vao-cong-dich-vu-cong", "vieejc khaanr caaps": "viec-khan-cap", "nha nong": "nong-dan",
    "tra tien bang ma": "chuyen-tien-tra-tien", "": None,
}
"""Typed → what comes first."""


@pytest.mark.browser
def test_ways_of_typing(bases: dict[str, str], browser: Browser) -> None:
    with window(browser, (360, 640)) as visit:
        open_box(visit, bases["file"] + LESSON)
        assert {typed: next(iter(found(visit, typed)), None) for typed in WAYS} == WAYS


@pytest.mark.browser
def test_what_the_home_page_offers_is_found_when_it_is_typed(bases: dict[str, str], browser: Browser) -> None:
    wishes = desk(ROOT).handbook.wishes
    typed = {way: wish.lesson.text for wish in wishes for way in (wish.words.text, fold(wish.words.text))}
    assert len(typed) >= 20
    with window(browser, (360, 640)) as visit:
        open_box(visit, bases["file"] + LESSON)
        assert {words: next(iter(found(visit, words)), None) for words in typed} == typed


def test_what_no_lesson_has_is_set_aside_until_one_says_it() -> None:
    own = desk(ROOT)
    wish = Wish(Phrase("Làm hộ chiếu"), Phrase("vao-mang"))
    lacked, left = (
        {way for kind in json.loads(search_index(Web(book, own.theme)).partition("=")[2].rstrip(";\n"))["lacked"]
         for way in kind.split(" . ")} for book in (own.handbook, replace(own.handbook, wishes=(wish,))))
    assert len(lacked) > 200
    assert lacked - left == {"ho chieu", "lam ho chieu"}


def test_a_wish_is_searched_in_its_own_words() -> None:
    own = desk(ROOT)
    strange = Wish(Phrase("Thả diều ngắm trăng"), Phrase("vao-mang"))
    book = replace(own.handbook, wishes=(strange,))
    rows = json.loads(search_index(Web(book, own.theme)).partition("=")[2].rstrip(";\n"))["rows"]
    held = [row[0] for row in rows if "tha dieu ngam trang" in " ".join(map(str, row))]
    assert held == ["topics/vao-mang/index.html"]


# Weight and manners.


def test_the_script_is_small(tree: Path) -> None:
    data = (tree / "assets/search.js").read_bytes()
    assert len(gzip.compress(data, 6)) <= 60_000
    assert not re.search(rb"\?\.\w|\?\?|\(\?<|=>", data), "old phones cannot read that"


def test_every_page_in_materials_frame_has_one_box(tree: Path) -> None:
    boxes = {path.relative_to(tree).as_posix(): path.read_text("utf-8").count('type="search"')
             for path in tree.rglob("*.html") if "md-header" in path.read_text("utf-8")}
    assert len(boxes) > 50
    assert [file for file, count in boxes.items() if count != 1] == []


@pytest.mark.browser
@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_asked_for_before_the_box_is_touched(place: str, bases: dict[str, str], browser: Browser) -> None:
    with window(browser, (360, 640)) as visit:
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url))
        visit.page.goto(bases[place] + LESSON)
        visit.page.wait_for_load_state("networkidle")
        assert [url for url in asked if "search" in url or "worker" in url or "lunr" in url] == []
        before = len(asked)
        visit.page.locator("input[type=search]").focus()
        visit.page.wait_for_selector("#find[data-ready]")
        assert asked[before:] == [f"{bases[place]}assets/search.js"]


@pytest.mark.browser
def test_words_typed_before_the_script_came_are_searched_then(bases: dict[str, str], browser: Browser) -> None:
    with window(browser, (360, 640)) as visit:
        visit.page.goto(bases["http"] + LESSON)
        visit.page.evaluate("""() => { const box = document.querySelector("input[type=search]");
          box.value = "lua dao"; box.dispatchEvent(new Event("input")); }""")
        visit.page.wait_for_selector("[data-search-result] a")
        assert "tranh-lua-dao" in (visit.page.locator("[data-search-result] a").first.get_attribute("href") or "")


@pytest.mark.browser
def test_without_the_script_a_word_says_so_and_a_second_try_works(bases: dict[str, str], browser: Browser) -> None:
    with window(browser, (360, 640)) as visit:
        page = visit.page
        page.route("**/assets/search.js", lambda route: route.abort())
        page.goto(bases["http"] + LESSON)
        page.locator("input[type=search]").focus()
        page.get_by_text("Chưa tải được").wait_for()
        page.unroute("**/assets/search.js")
        page.locator("input[type=search]").blur()
        page.locator("input[type=search]").focus()
        page.wait_for_selector("#find[data-ready]")
        assert found(visit, "lua dao")[0] == "tranh-lua-dao"


@pytest.mark.browser
def test_by_keyboard(bases: dict[str, str], browser: Browser) -> None:
    with window(browser, (360, 640)) as visit:
        page = visit.page
        open_box(visit, bases["file"] + LESSON)
        page.keyboard.type("chuyen tien")
        page.locator("#find [role=status]").filter(has_text="bài.").wait_for()
        at = "[...document.querySelectorAll('[data-search-result] a')].indexOf(document.activeElement)"
        steps = []
        for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "Enter"):
            page.keyboard.press(key)
            steps.append(page.evaluate(at))
        assert steps == [0, 1, 0, -1, 0]
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.type + document.activeElement.value") == "search"
        assert page.locator("[data-search-result]").count() == 0
        page.keyboard.type("chuyen tien")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.wait_for_url("**/topics/chuyen-tien-tra-tien/index.html")
        page.go_back()
        page.wait_for_selector("[data-search-result] a")
        assert page.input_value("input[type=search]") == "chuyen tien"


@pytest.mark.browser
def test_nothing_found_is_said_kindly_with_the_list_of_topics(bases: dict[str, str], browser: Browser) -> None:
    with window(browser, (360, 640)) as visit:
        page = visit.page
        open_box(visit, bases["sub-path"] + LESSON)
        assert found(visit, "qwrtxyz <img src=x onerror=alert(1)>") == []
        page.get_by_text("Sách chưa có bài về “qwrtxyz <img").wait_for()
        links = page.locator(".find-list a").evaluate_all("all => all.map(a => a.href)")
        assert f"{bases['sub-path']}topics/viec-khan-cap/index.html" in links
        assert page.locator(".find img").count() == 0
        page.get_by_text("Xem hết các bài").click()
        page.wait_for_url("**/parts/index.html")


@pytest.mark.browser
def test_a_hard_word_is_explained_above_the_lessons(bases: dict[str, str], browser: Browser) -> None:
    with window(browser, (360, 640)) as visit:
        open_box(visit, bases["file"] + LESSON)
        assert found(visit, "otp")[0] == "giu-mat-khau-otp"
        assert visit.page.inner_text(".find-word").startswith("mã OTP: mã số dùng một lần")


@pytest.mark.browser
def test_without_scripts_there_is_a_link_to_the_list_and_no_box(bases: dict[str, str], browser: Browser) -> None:
    with window(browser, (360, 640), java_script_enabled=False) as visit:
        visit.page.goto(bases["file"] + LESSON)
        assert not visit.page.locator("input[type=search]").is_visible()
        visit.page.click(".contents > summary")
        visit.page.get_by_role("link", name="Các phần").first.click()
        visit.page.wait_for_url("**/parts/index.html")


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("typed", ["otp", "sua may giat"])
def test_results_are_large_and_fit(typed: str, width: int, bases: dict[str, str], browser: Browser) -> None:
    with window(browser, (width, 640)) as visit:
        open_box(visit, bases["file"] + LESSON)
        found(visit, typed)
        assert visit.page.evaluate("document.documentElement.scrollWidth") == width
        assert visit.page.evaluate("""() => [...document.querySelectorAll(".find *")].filter(e => e.offsetParent
          && (parseFloat(getComputedStyle(e).fontSize) < 18
            || (e.matches("a, input") && e.getBoundingClientRect().height < 48))).map(e => e.outerHTML)""") == []
