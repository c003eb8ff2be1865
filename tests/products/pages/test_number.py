"""Number pages: one for every row of the ledger, whole in one answer, kind to whoever holds old paper."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from generator.engine.items import Bench, Desk, Handed, Item
from generator.ground.files import find_project
from generator.handbook.model import Alert, Change, Channel, Entry, Handbook, Paragraph, Phrase, Topic
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.press.browser import Browser
from generator.press.pages import plain
from generator.products.pages import number
from generator.products.pages.parts.listing import duration
from tests.projects import EPOCH, ROOT
from tests.typefaces import CROWDED, Typeface, in_each_typeface, wear
from tests.windows import window

pytestmark = pytest.mark.long
MOST_BYTES = 14_000


@cache
def book(edition: str = "viet-nam") -> Handbook:
    return select(read_handbook(find_project(ROOT)).handbook, edition)


def desk(handbook: Handbook) -> Desk:
    return Desk(find_project(ROOT), handbook, EPOCH, browser="")


def no_browser() -> Browser:
    raise AssertionError("number pages take no browser")


def make(item: Item, handed: dict[str, Handed] | None = None) -> dict[str, str]:
    bench = Bench(find_project(ROOT), no_browser, Path("nowhere"), handed or {})
    return {path: data.decode() for path, data in item.make(bench).files.items()}


@cache
def pages() -> dict[str, str]:
    return {path: html for item in number.plan(desk(book())) for path, html in make(item).items()}


def page(handbook: Handbook, wanted: str, handed: dict[str, Handed] | None = None) -> str:
    item = next(item for item in number.plan(desk(handbook)) if item.name == f"number:{wanted}")
    return make(item, handed)[f"site/{wanted}/index.html"]


def words(html: str) -> str:
    body = re.sub(r"<(style|script|svg).*?</\1>", " ", re.split("<body[^>]*>", html)[1], flags=re.DOTALL)
    body = re.sub(r"</?(?:strong|em|b|span|a|wbr)\b[^>]*>", "", body)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_every_row_of_the_ledger_has_its_page() -> None:
    assert set(pages()) == {f"site/{entry.number}/index.html" for entry in book().ledger} | {"site/404.html"}


@pytest.mark.parametrize("file", sorted(pages()))
def test_a_page_is_small_and_whole(file: str) -> None:
    html = pages()[file]
    assert len(gzip.compress(html.encode(), 6, mtime=0)) <= MOST_BYTES
    assert '<html lang="vi">' in html
    assert 'content="width=device-width, initial-scale=1"' in html
    assert not re.search(r"<(?:img (?!src=\"data:)|iframe|object|video|link rel=\"?(?:stylesheet|preload))", html)
    assert ("<script" in html) == (file == "site/404.html" or 'class="alerts"' in html)
    assert not re.search(r'src="(?!data:image/)(?:[a-z]+:|/)', html)
    strange = re.findall(r'href="(?!https://hocso\.example/\d{4}"|data:image/svg|tel:)((?:[a-z]+:|/)[^"]*)', html)
    assert {address.rstrip("/") for address in strange} <= {row.address.rstrip("/") for row in book().platforms}


@pytest.mark.parametrize("slug", [topic.slug for topic in book().topics])
def test_a_topic_stands_there_in_full_but_without_the_trainer(slug: str) -> None:
    topic = book().topic(slug)
    assert topic is not None
    html = pages()[f"site/{book().number_of(slug)}/index.html"]
    said = words(html)
    for phrase in [step.phrase for step in topic.steps] + list(topic.safety) + list(topic.remember):
        assert plain(phrase) in said
    assert html.count("<svg") >= len(topic.screens)
    assert topic.office.unit in said
    assert "Thấy sai, báo tổ công nghệ số cộng đồng, đọc số bài." in said
    assert f'<link rel="canonical" href="https://hocso.example/{book().number_of(slug)}">' in html
    for row in topic.trainer.rows:
        assert plain(row.phrase) not in said


def test_the_leaflet_is_named_with_its_size_when_it_was_handed_over() -> None:
    paper = Handed({"print/leaflets/quet-ma-qr.pdf": 1, "site/downloads/leaflets/quet-ma-qr.pdf": 143_210},
                   {"pages": 2, "title": "Quét mã QR"}, lambda _: b"")
    html = page(book(), "1041", {"leaflet:quet-ma-qr": paper})
    assert 'href="../downloads/leaflets/quet-ma-qr.pdf"' in html
    assert "PDF, 2 trang, 143 KB" in words(html)
    assert "downloads/" not in page(book(), "1041")


def test_news_since_the_paper_come_newest_first() -> None:
    topic = book().topic("quet-ma-qr")
    assert topic is not None
    news = (Change(date(2027, 3, 2), Phrase("Zalo đổi chỗ hình quét.")),
            Change(date(2027, 1, 5), Phrase("Thêm iPhone.")))
    said = words(page(with_lesson(replace(topic, office=replace(topic.office, changes=news))), "1041"))
    assert "Tờ cũ của bác: có gì mới? 02/03/2027: Zalo đổi chỗ hình quét. 05/01/2027: Thêm iPhone." in said
    assert "Tờ cũ" not in words(pages()["site/1041/index.html"])


def with_lesson(topic: Topic) -> Handbook:
    return replace(book(), topics=tuple(topic if old.slug == topic.slug else old for old in book().topics))


def row(target: str, until: str = "", moved_to: str = "") -> Entry:
    return Entry("9990", target, "2026-11-20", until, moved_to, "")


ODD_ROWS: list[tuple[Entry, dict[str, Any], list[str], list[str]]] = [
    (row("quet-ma-qr", "2027-01-01", "tranh-lua-dao"), {}, ["Số 9990 nay đã đổi", "Nhận biết và tránh lừa đảo"],
     ["../1055/index.html"]),
    (row("bai-cu", "2027-01-01", "part:an-toan"), {}, ["Số 9990 nay đã đổi", "An toàn trên mạng"],
     ["../2035/index.html"]),
    (row("bai-cu", "2027-01-01", "channel:cong"), {"channels": (("portal", Channel("Cổng xã", "https://xa.gov.vn")),)},
     ["Cổng xã", "Địa chỉ: https://xa.gov.vn"], ["https://xa.gov.vn"]),
    (row("bai-cu", "2027-01-01", "bai-kia"), {}, ["Số 9990 nay đã đổi", "Nhận biết và tránh lừa đảo"],
     ["../1055/index.html"]),
    (row("bai-cu", "2027-01-01", "vong-1"), {}, ["Số 9990 không còn dùng", "Bác hỏi tổ công nghệ số"], []),
    (row("bai-cu", "2027-01-01"), {}, ["Số 9990 không còn dùng", "Bác hỏi tổ công nghệ số cộng đồng nhé."],
     ["../index.html"]),
    (row("bai-cu"), {}, ["Bài số 9990 ở đây chưa có", "Bản của Việt Nam chưa có bài này.", "Bác hỏi tổ công nghệ"],
     ["../index.html"]),
    (row("channel:cong"), {"channels": (("portal", Channel("Cổng xã", "https://xa.gov.vn")),)},
     ["Cổng xã", "Địa chỉ: https://xa.gov.vn"], ["https://xa.gov.vn"]),
    (row("channel:zalo-oa"), {"channels": (("zalo_oa", Channel("Xã ta")),)}, ["Bác tìm đúng tên: Xã ta."], []),
    (row("channel:cong"), {"channels": ()}, ["Số 9990 ở đây chưa có", "Bác hỏi tổ công nghệ số cộng đồng nhé."], []),
    (row("bai-cu"), {"help": ()}, ["Bác hỏi nơi đã phát tờ giấy này nhé."], []),
]


def led(number: str, target: str, moved_to: str) -> Entry:
    return Entry(number, target, "2026-11-20", "2027-01-01", moved_to, "")


LED = (led("9991", "bai-kia", "bai-khac"), led("9992", "bai-khac", "tranh-lua-dao"), led("9993", "vong-1", "vong-2"),
       led("9994", "vong-2", "vong-1"))
"""Rows retired themselves: one leads on through two, two lead to each other."""


@pytest.mark.parametrize(("entry", "edition", "said", "links"), ODD_ROWS)
def test_a_number_never_dies(entry: Entry, edition: dict[str, Any], said: list[str], links: list[str]) -> None:
    odd = replace(book(), ledger=(*book().ledger, entry, *LED), edition=replace(book().edition, **edition))
    html = page(odd, "9990")
    assert [text for text in said if text not in words(html)] == []
    assert [link for link in links if f'href="{link}"' not in html] == []


def test_a_path_lists_its_topics_in_order_with_their_sum() -> None:
    path = next(path for path in book().paths if path.id == "nguoi-cao-tuoi")
    html = pages()[f"site/{book().number_of('path:nguoi-cao-tuoi')}/index.html"]
    numbers = [book().number_of(slug.text) for slug in path.topics]
    assert re.findall(r'href="\.\./(\d{4})/index\.html"', html) == numbers
    assert "<ol" in html
    minutes = sum(book().by_slug[slug.text].office.minutes for slug in path.topics)
    assert duration(minutes) in words(html)


@pytest.mark.parametrize("slug", ["quet-ma-qr", "thu-dien-tu", "chung-thuc", "nhan-biet-tin-gia"])
def test_what_comes_next_is_next_on_a_path(slug: str) -> None:
    """The first path that goes on from here; a lesson at the end of all its paths leads on through the book."""
    known = book()
    ways = [(path, [topic.text for topic in path.topics]) for path in known.paths]
    after = [(path, row[row.index(slug) + 1]) for path, row in ways if slug in row[:-1]]
    html = pages()[f"site/{known.number_of(slug)}/index.html"]
    if after:
        path, follows = after[0]
        assert f'href="../{known.number_of(follows)}/index.html"><b>Bài tiếp: ' in html
        assert f"phút. {path.title}" in words(html)
    else:
        assert "Giấy tờ khác: " in words(html)


@pytest.mark.parametrize(("minutes", "said"), [
    (25, "25 phút"), (89, "89 phút"), (120, "2 giờ"), (340, "5 giờ 40 phút"),
])
def test_minutes_are_said_as_people_say_them(minutes: int, said: str) -> None:
    assert duration(minutes) == said


def test_every_page_says_who_answers_for_it() -> None:
    assert [file for file, html in pages().items() if not re.search(r"Nội dung: .+Thấy sai, báo", words(html))] == []
    oldest = replace(book().topics[0].office, reviewed=date(2026, 3, 1))
    aged = with_lesson(replace(book().topics[0], office=oldest))
    assert "Rà soát: 03/2026." in words(page(aged, book().number_of(f"part:{book().parts[0].id}")))


# Alerts.


def alert(last: date = date(2027, 2, 20), words: str = "Tắt máy ngay.") -> Alert:
    return Alert("gia", Phrase("Giả <b>ngân hàng</b> & công an"), (Paragraph(Phrase(words)),), date(2026, 11, 1), last,
                 (Phrase("quet-ma-qr"),), "Công an tỉnh")


def test_an_alert_stands_on_the_pages_of_its_topics_only() -> None:
    own = replace(book(), alerts=(alert(),))
    html = page(own, "1041")
    said = "Cảnh báo lừa đảo Giả ngân hàng & công an Tắt máy ngay. Lời nhắc này dùng đến hết ngày 20 tháng 2 năm 2027."
    assert f"{said} Theo Công an tỉnh, từ ngày 01/11/2026." in words(html)
    assert 'data-last="20270220"' in html and len(re.findall("<script>", html)) == 1
    assert "data-last" not in page(own, "1055")
    assert words(html).count("20 tháng 2") == 1
    named = page(replace(book(), alerts=(alert(words="Có đến hết ngày 20 tháng 2 năm 2027."),)), "1041")
    assert words(named).count("20 tháng 2") == 1


def test_an_alert_makes_only_the_pages_of_its_topics_again() -> None:
    plain_book = replace(book(), alerts=())
    before = {item.name: item.digest for item in number.plan(desk(plain_book))}
    after = {item.name: item.digest for item in number.plan(desk(replace(book(), alerts=(alert(),))))}
    assert {name for name in before if before[name] != after[name]} == {"number:1041"}


@pytest.mark.browser
@pytest.mark.parametrize(("clock", "shown", "script"), [
    ("2027-02-20T23:00:00", True, True), ("2027-02-21T00:30:00", False, True), ("2027-11-20T08:00:00", False, True),
    ("1970-01-01T00:00:00", True, True), ("2027-11-20T08:00:00", True, False),
])
def test_an_alert_is_gone_after_its_last_day(
    clock: str, shown: bool, script: bool, browser: Browser, tmp_path: Path
) -> None:
    """A phone whose clock is wrong, or that runs no script, shows one too many rather than none."""
    path = tmp_path / "page.html"
    path.write_text(page(replace(book(), alerts=(alert(),)), "1041"), "utf-8")
    with window(browser, java_script_enabled=script) as visit:
        visit.page.clock.set_fixed_time(clock) if script else None
        visit.page.goto(path.as_uri())
        assert visit.page.locator(".alerts").count() == int(shown)
        assert visit.page.locator("h1").is_visible()


def test_a_card_says_what_to_bring_where_and_how_to_follow() -> None:
    card = book().cards[0]
    html = page(book(), book().number_of(card.slug))
    said = words(html)
    for heading in ("Cần mang", "Nộp ở đâu", "Các bước", "Theo dõi", "An toàn"):
        assert f">{heading}</h2>" in html
    assert all(plain(phrase) in said for phrase in (*card.bring, *card.safety))
    assert f"Số {book().number_of(card.slug)}" in said


def test_a_changed_topic_makes_its_own_page_again_and_no_other_topic() -> None:
    topic = book().topics[1]
    other = replace(topic, safety=(Phrase("Không vội."), *topic.safety))
    changed = replace(book(), topics=(book().topics[0], other, *book().topics[2:]))
    before = {item.name: item.digest for item in number.plan(desk(book()))}
    after = {item.name: item.digest for item in number.plan(desk(changed))}
    assert {name for name in before if before[name] != after[name]} == {f"number:{book().number_of(topic.slug)}"}


@pytest.mark.browser
@in_each_typeface
@pytest.mark.parametrize("file", ["1041", "1064", "2019", "3014", "404"])
def test_read_at_360_px_without_zoom(file: str, typeface: Typeface, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(pages().get(f"site/{file}/index.html") or pages()["site/404.html"], "utf-8")
    with window(browser, (360, 640)) as visit:
        wear(visit.page, typeface)
        visit.page.goto(path.as_uri())
        assert visit.page.evaluate(CROWDED, False) == []
        small = visit.page.evaluate("""() => [...document.querySelectorAll("body *")].filter(e => !e.closest("svg")
          && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())
          && e.tagName !== "SCRIPT" && parseFloat(getComputedStyle(e).fontSize) < 18).map(e => e.outerHTML)""")
        assert small == []
        low = visit.page.evaluate("""() => [...document.querySelectorAll("a.choice, a.button, header a, button")]
          .filter(e => e.getBoundingClientRect().height < 48).map(e => e.outerHTML)""")
        assert low == []
        assert visit.refused == []


@contextmanager
def lost_server(prefix: str) -> Iterator[str]:
    """A host that knows one file and answers all else with our 404 page, as hosts do."""

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == f"{prefix}assets/favicon.svg"
            body = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>' if found else lost
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "image/svg+xml" if found else "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    lost = pages()["site/404.html"].encode()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.browser
@pytest.mark.parametrize(("prefix", "path", "title", "likely"), [
    ("/", "1014", "Không có bài số 1014", "1041"),
    ("/", "1047/", "Không có bài số 1047", "1041"),
    ("/sub/path/", "1056/index.html", "Không có bài số 1056", "1055"),
    ("/12345/", "topics/khong-co/index.html", "Không có trang này", ""),
])
def test_a_wrong_address_is_helped_under_any_path(
    prefix: str, path: str, title: str, likely: str, browser: Browser
) -> None:
    with lost_server(prefix) as host, window(browser) as visit:
        visit.page.goto(host + path)
        home = f"document.querySelector('header a').href === '{host}index.html'"
        visit.page.wait_for_function(home)
        assert visit.page.inner_text("h1") == title
        links = visit.page.eval_on_selector_all("#likely a", "links => links.map(a => a.href)")
        assert (f"{host}{likely}/index.html" in links) if likely else links == []
