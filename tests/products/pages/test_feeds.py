"""What offices and portals take from the site: feeds, fragments in a frame, pictures for sharing."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from html import unescape
from pathlib import Path

import pytest

from generator.engine.items import Bench, Desk, Handed
from generator.ground.files import find_project
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.press.browser import Browser
from generator.press.orders import DRAFT
from generator.products.pages import site
from tests.projects import EPOCH, edit, make_project, put
from tests.speed.weak_net import serve
from tests.windows import window

ALERT = """---
từ ngày: 01/11/2026
đến ngày: 31/12/2099
bài: [quet-ma-qr]
đơn vị: Công an tỉnh
---

# Giả công an <b>gọi</b>

Ai đòi tiền thì bà con tắt máy & báo công an.
"""
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def no_browser() -> Browser:
    raise AssertionError("the site takes no browser")


def draw(root: Path, needed: dict[str, Handed]) -> dict[str, bytes]:
    project = find_project(root)
    own = Desk(project, select(read_handbook(project).handbook, "viet-nam"), EPOCH, "")
    item, = site.plan(own)
    return dict(item.make(Bench(project, no_browser, Path("nowhere"), needed)).files)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    root = make_project(tmp_path_factory.mktemp("feeds"))
    put(root, "content/alerts/gia-cong-an.md", ALERT)
    edit(root, "content/topics/quet-ma-qr/index.md", "nguồn:\n",
         "thay đổi:\n  21/11/2026: nút quét mã nay ở góc dưới\nnguồn:\n")
    picture = "site/share/quet-ma-qr-1200x630.png"
    return draw(root, {"poster:share:quet-ma-qr": Handed({picture: 9, "print/posters/x.png": 9}, {}, lambda _: b"")})


def test_both_feeds_tell_the_same_newest_first(files: dict[str, bytes]) -> None:
    atom, told = ET.fromstring(files["site/feed.xml"]), json.loads(files["site/feed.json"])
    rows = [(one.findtext("a:id", "", ATOM), one.findtext("a:title", "", ATOM), one.findtext("a:updated", "", ATOM))
            for one in atom.findall("a:entry", ATOM)]
    assert rows == [(one["id"], one["title"], one["date_published"]) for one in told["items"]]
    assert [day for _, _, day in rows] == sorted((day for _, _, day in rows), reverse=True)
    assert rows[0][1:] == (f"Bài có đổi: {DRAFT}: Quét mã QR", "2026-11-21T12:00:00+07:00")
    assert len({id_ for id_, _, _ in rows}) == len(rows)
    words = {title: one["content_text"] for one in told["items"] if (title := one["title"])}
    assert words["Cảnh báo lừa đảo: Giả công an gọi"] == (
        "Ai đòi tiền thì bà con tắt máy & báo công an. Theo Công an tỉnh, từ ngày 01/11/2026.")
    assert any(title.startswith("Bài mới: ") for title in words)


def test_only_the_front_page_names_the_feeds(files: dict[str, bytes]) -> None:
    named = [path for path, data in files.items() if path.endswith(".html") and b"application/atom+xml" in data]
    assert named == ["site/index.html"]


def test_a_lesson_shows_its_picture_where_it_is_shared(files: dict[str, bytes]) -> None:
    def pictures(page: str) -> list[str]:
        html = files[f"site/topics/{page}/index.html"].decode()
        return re.findall(r'<meta property="og:image" content="([^"]+)"', html)

    assert pictures("quet-ma-qr") == ["https://hocso.example/share/quet-ma-qr-1200x630.png"]
    assert pictures("tranh-lua-dao") == []


def test_a_fragment_is_small_whole_and_leads_out_of_its_frame(files: dict[str, bytes]) -> None:
    fragments = {path: data.decode() for path, data in files.items() if re.match("site/embed/.+/", path)}
    assert len(fragments) >= 4
    for html in fragments.values():
        assert len(html) < 6000
        assert not re.search(r"<(?:script|img|iframe|form)|<link rel=\"?stylesheet", html)
        assert all('target="_top"' in link for link in re.findall("<a [^>]*>", html))
        assert "Nội dung: " in html


def snippet(page: bytes) -> str:
    return unescape(re.findall(r"<code>(.*?)</code>", page.decode())[0])


@pytest.mark.browser
def test_a_portal_shows_the_fragment(files: dict[str, bytes], browser: Browser, tmp_path: Path) -> None:
    for path, data in files.items():
        put(tmp_path, path, data)
    with serve(tmp_path / "site") as host:
        line = snippet(files["site/embed/index.html"]).replace("https://hocso.example", host.address)
        put(tmp_path, "site/cong-xa.html", f'<!doctype html><meta charset="utf-8"><title>Cổng</title>{line}')
        with window(browser, (360, 800)) as visit:
            visit.page.goto(f"{host.address}/cong-xa.html")
            frame = visit.page.frame_locator("iframe")
            shown = frame.locator("h1").inner_text()
            assert frame.locator("html").evaluate("one => one.scrollWidth - innerWidth") <= 0
            frame.locator("a.button").click()
            visit.page.wait_for_url("**/index.html")
            assert visit.page.locator("h1").inner_text().replace("\u00a0", " ") == shown


@pytest.mark.browser
def test_the_zip_is_offered_where_it_can_be_had(files: dict[str, bytes], browser: Browser, tmp_path: Path) -> None:
    for path, data in files.items():
        put(tmp_path, path, data)
    with serve(tmp_path / "site") as host, window(browser, (360, 800)) as visit:
        visit.page.goto(f"{host.address}/downloads/index.html")
        link = visit.page.locator("#whole a").evaluate("one => one.href")
        assert link == f"{host.address}/downloads/hoc-so-usb.zip"
