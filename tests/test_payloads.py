"""Hostile words planted wherever an editor can write never run, and no ordinary page breaks its own policy."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Dialog

from generator.engine.items import Bench, Desk, Handed
from generator.ground.files import find_project
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.press.browser import Browser
from generator.products.pages import deck, number, site
from tests.firefox import FIREFOX, firefox
from tests.projects import EPOCH, ROOT, edit, make_project, put
from tests.samples import PROVE, of_each_kind
from tests.windows import Visit, served, window

pytestmark = [pytest.mark.long, pytest.mark.remembers]

PAYLOADS = tuple(
    text.replace("RUN", f"ran({index})")
    for index, text in enumerate((ROOT / "tests/payloads.txt").read_text("utf-8").strip("\n").split("\n"))
)
assert len(set(PAYLOADS)) >= 250
FILE_NAMES = ('"onerror="ran`90`".png', "<img src=x onerror=ran`91`>.png", "'onload='ran`92`'.svg", "&#34;ran`93`.png")
LISTEN = """window.told = []; window.ran = row => told.push('ran ' + row);
document.addEventListener('securitypolicyviolation',
  e => told.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`));"""
LIVE = """() => {
  const runs = at => /^on/i.test(at.name) || /^\\s*(javascript|vbscript|data:text)/i.test(at.value);
  const all = [...document.querySelectorAll('*')];
  const strange = document.querySelectorAll('iframe, object, embed, base, math, marquee, x, meta[http-equiv=refresh]');
  return [...all.flatMap(one => [...one.attributes].filter(runs).map(at => `${at.name}=${at.value}`)),
          ...[...strange].map(one => one.outerHTML)];
}"""


def said(row: int) -> str:
    return f"thử{row}x {PAYLOADS[row]}"


def lines(begin: str, rows: Iterator[int] | range) -> str:
    return "\n".join(f"{begin}{said(row)}" for row in rows)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def plant_topic(root: Path) -> None:
    """Every section of the first topic, and its front matter."""
    name = "content/topics/quet-ma-qr/index.md"
    rows = range(len(PAYLOADS))
    edit(root, name, "# Quét mã QR", f"# {said(0)}")
    edit(root, name, "đơn vị: Sở Khoa học và Công nghệ", f"đơn vị: {quoted(said(4))}")
    edit(root, name, "nguồn:\n", f"thay đổi:\n  20/11/2026: {quoted(said(37))}\nnguồn:\n" + "".join(
        f"  - {quoted(said(row))}\n" for row in rows))
    edit(root, name, "**Học xong, bà con** quét", f"**Học xong, bà con** {said(35)} quét")
    edit(root, name, "Ô vuông đen trắng trên", "\n\n".join(said(row) for row in rows) + "\n\nÔ vuông đen trắng trên")
    edit(root, name, "- Khăn mềm", lines("- ", rows) + "\n- Khăn mềm")
    edit(root, name, "2. Giơ máy", f"> **Không** {said(7)}\n\n2. {said(5)}\n   - **iPhone:** {said(6)}\n   Giơ máy")
    edit(root, name, "biểu tượng: Điện thoại |", "".join(f"{kind}: {said(row)}\n" for kind, row in (
        ("ứng dụng", 0), ("trang", 9), ("chữ", 29), ("nút", 36), ("báo", 41))) + "biểu tượng: Điện thoại |")
    edit(root, name, "- **Giơ mãi", "".join(f"- **{said(row)}:** {said(row)}\n" for row in rows) + "- **Giơ mãi")
    edit(root, name, "- Không quét mã trong", lines("- Không ", rows) + "\n- Không quét mã trong")
    edit(root, name, "- Nhìn kỹ xem", f"- {said(31)}")
    edit(root, name, "- [ ] Bấm thật nhanh", f"- [ ] {said(30)}")
    edit(root, name, "> Mã nào nhìn", f"> {said(38)}")
    edit(root, name, "| nhớ: bác mỉm cười", f"| bước 1: {said(34)} | {said(33)} |\n| nhớ: bác mỉm cười")
    edit(root, name, "- [Nhận biết", lines("- ", rows) + "\n" + "".join(
        f"- ![thử ảnh {row}]({file.replace(' ', '%20')})\n" for row, file in enumerate(FILE_NAMES)) + "- [Nhận biết")


def plant_rest(root: Path) -> None:
    rows = range(len(PAYLOADS))
    put(root, "content/glossary.yml", "".join(
        f"- từ: {quoted(PAYLOADS[row])}\n  nghĩa: {quoted(said(row))}\n  còn gọi: [{quoted(f'quét {PAYLOADS[row]}')}]\n"
        for row in rows))
    edit(root, "content/handbook.yml", "tên: Học số cơ bản cho mọi người", f"tên: {quoted(said(36))}")
    edit(root, "content/handbook.yml", "tên: Làm quen với điện thoại và mạng", f"tên: {quoted(said(29))}")
    put(root, "content/editions/viet-nam.yml", "".join([
        f"tên: {quoted(said(4))}\nđơn vị dưới: {quoted(said(5))}\nngân hàng: {quoted(said(6))}\n",
        *(f"{key}:\n  tên: {quoted(said(row))}\n  địa chỉ: {quoted(f'javascript:ran({row})')}\n"
          for row, key in enumerate(("cổng", "zalo oa", "trang", "trợ lý ảo", "ứng dụng địa phương"))),
        "giúp đỡ:\n", *(f"  {role}:\n    đơn vị: {quoted(said(row))}\n    điện thoại: {quoted(said(row + 20))}\n"
                        f"    giờ: {quoted(said(row + 30))}\n"
                        for row, role in enumerate(("đầu mối", "công an", "tổ công nghệ số"))),
    ]))
    put(root, "content/alerts/x\"><img src=q onerror=ran`94`>.md", (
        f"---\ntừ ngày: 01/11/2026\nđến ngày: 31/12/2099\nbài: [quet-ma-qr]\nđơn vị: {quoted(said(8))}\n---\n\n"
        f"# {said(12)}\n\n{said(16)}\n"))
    passes = next(row for row in rows if not set(PAYLOADS[row]) & set('<>"{}'))  # markup there never reaches a page
    edit(root, "mkdocs.yml", "site_name: Học số cơ bản cho mọi người", f"site_name: {quoted(said(passes))}")
    for file in FILE_NAMES:
        put(root, f"content/topics/quet-ma-qr/{file}", b"GIF89a")


WORDS = re.compile(r"(?:\s*(?:\d+\.|-|>|- \[.\]|\w[\w ]*:)\s+)?\S*\w.*[\w.?!]")
"""A line of Markdown that says something."""
NAMES = re.compile(r"---|#|```|\||!?\[|\s*(?:icon|biểu tượng|vuốt|bấm|ô):|.*\{\{|.*\]\(")


def sprinkle(root: Path, name: str, begin: int) -> None:
    """A payload more at the end of every line that says something, each another."""
    head, matter, body = (root / name).read_text("utf-8").split("---\n", 2)
    rows = iter(range(begin, begin + 10_000))
    put(root, name, f"{head}---\n{matter}---\n" + "\n".join(
        f"{line} {said(next(rows) % len(PAYLOADS))}" if WORDS.fullmatch(line) and not NAMES.match(line) else line
        for line in body.split("\n")))


def plant_lines(root: Path) -> None:
    """In three lessons and a card, line by line; in what the ledger notes."""
    for name in ("cards/chung-thuc", "pictures"):
        shutil.copytree(ROOT / "content" / name, root / "content" / name)
    with (root / "qr/ledger.csv").open("a", encoding="utf-8") as ledger:
        rows = csv.writer(ledger, lineterminator="\n")
        rows.writerows([9000 + row, "quet-ma-qr", "2026-10-01", "2026-10-02", "", said(row)]
                       for row in range(0, 290, 9))
    names = [f"topics/{slug}" for slug in ("tranh-lua-dao", "cai-vneid", "chuyen-tien-tra-tien")]
    for count, name in enumerate([*names, "cards/chung-thuc"]):
        sprinkle(root, f"content/{name}/index.md", 70 * count)


def draw(root: Path, folder: Path, needed: Mapping[str, Handed] | None = None) -> Path:
    """All pages as they come when nobody checked anything."""
    project = find_project(root)
    own = Desk(project, select(read_handbook(project).handbook, "viet-nam"), EPOCH, "")

    def no_browser() -> Browser:
        raise AssertionError("pages take no browser")

    for product in (site, number, deck):
        for item in product.plan(own):
            handed = {name: made for name, made in (needed or {}).items() if name in item.needs}
            for path, data in item.make(Bench(project, no_browser, Path("nowhere"), handed)).files.items():
                put(folder, path, data)
    return folder / "site"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    root = make_project(folder)
    plant_topic(root)
    plant_rest(root)
    plant_lines(root)
    return draw(root, folder / "out")


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ordinary")
    return draw(make_project(folder), folder / "out")


def look(visit: Visit, address: str) -> list[str]:
    """What a page did that it should not, also when every hidden part is opened and the search is used."""
    visit.page.goto(address)
    visit.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    box = visit.page.query_selector("input[type=search]")
    if box and box.is_visible():
        box.fill("quet")
        visit.page.wait_for_selector(".find-results a")
    found: list[str] = visit.page.evaluate("told") + visit.page.evaluate(LIVE)
    return found + visit.refused


def test_every_payload_stands_on_a_page(planted: Path) -> None:
    """Else the test below would show nothing."""
    text = "".join(path.read_text("utf-8") for path in planted.rglob("*.html"))
    rare = [payload for row, payload in enumerate(PAYLOADS) if text.count(f"thử{row}x") < 3]
    # a value nobody knows takes its sentence away, and what an editor has hidden is not shown
    assert [payload for payload in rare if "{{" not in payload and "<!--" not in payload] == []
    assert text.count("thử ảnh") >= len(FILE_NAMES)


def test_no_script_stands_in_a_page_but_ours(planted: Path, ordinary: Path) -> None:
    def scripts(folder: Path) -> set[str]:
        html = "".join(path.read_text("utf-8") for path in folder.rglob("*.html"))
        return {text for kind, text in re.findall(r"<script\b([^>]*)>(.*?)</script", html, re.DOTALL)
                if "json" not in kind and "plain" not in kind}

    hides_alerts = next(text for text in scripts(planted) if "data-last" in text)
    assert scripts(planted) - {hides_alerts} <= scripts(ordinary)


POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
AHEAD = "default-src http://127.0.0.1"
"""Firefox would fetch the next page ahead, as `rel=next` tells it; our policy spares a weak net that."""
OWN = ("file:", "http://127.0.0.1", "data:", "about:")
WAYS = ("stick", "host", "unguarded")
"""From a file; from a host that sends none of our headers; from one where the pages have lost their own policy too."""


@contextmanager
def opened(planted: Path, way: str, folder: Path) -> Iterator[dict[str, str]]:
    """Addresses of pages of every kind, by path: all lessons, some of their numbers."""
    names = of_each_kind((page.relative_to(planted).as_posix() for page in sorted(planted.rglob("*.html"))), 4, way)
    if way == "stick":
        yield {name: (planted / name).as_uri() for name in names}
        return
    tree = planted
    if way == "unguarded":
        tree = Path(shutil.copytree(planted, folder / "unguarded"))
        for name in names:
            bare, count = POLICY.subn("", (tree / name).read_text("utf-8"))
            assert count or "<body" not in bare, f"{name} had no policy to lose"
            (tree / name).write_text(bare, "utf-8")
    with served(tree) as address:
        yield {name: f"{address}/{name}" for name in names}


@pytest.mark.wide
@pytest.mark.browser
@pytest.mark.parametrize("way", WAYS if PROVE else ["stick"])
def test_no_payload_runs(way: str, planted: Path, browser: Browser, tmp_path: Path) -> None:
    dialogs: list[str] = []

    def shut(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    with window(browser, (360, 640)) as visit, opened(planted, way, tmp_path) as pages:
        visit.page.add_init_script(LISTEN)
        visit.page.on("dialog", shut)
        told = {name: found for name, address in pages.items() if (found := look(visit, address))}
    assert (told, dialogs) == ({}, [])


@pytest.mark.skipif(not FIREFOX, reason="no Firefox here")
@pytest.mark.parametrize("way", WAYS if PROVE else ["unguarded"])
def test_no_payload_runs_in_firefox(way: str, planted: Path, tmp_path: Path) -> None:
    with firefox(tmp_path / "profile") as fox, opened(planted, way, tmp_path) as pages:
        fox.at_start(LISTEN)
        told: dict[str, object] = {}
        for name, address in pages.items():
            fox.goto(address)
            fox.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            found = [*fox.evaluate("told"), *fox.evaluate(f"({LIVE})()")]
            told |= {name: rows} if (rows := [row for row in found if not row.startswith(AHEAD)]) else {}
        outside = [asked for asked in fox.asked if not asked.startswith(OWN)]
    assert (told, outside) == ({}, [])


@pytest.mark.skipif(not FIREFOX, reason="no Firefox here")
def test_firefox_tells_what_runs_and_who_is_asked(tmp_path: Path) -> None:
    """Else the test above would show nothing."""
    page = put(tmp_path, "page/index.html", "<img src=x onerror=ran(3)><img src=//evil.invalid/x>")
    with firefox(tmp_path / "profile") as fox, served(page.parent) as address:
        fox.at_start(LISTEN)
        fox.goto(address)
        assert fox.evaluate("told") == ["ran 3"]
        assert any("evil.invalid" in asked for asked in fox.asked)


@pytest.mark.browser
def test_no_ordinary_page_breaks_its_policy(ordinary: Path, browser: Browser) -> None:
    kinds = {re.sub(r"\d{4}|(?<=/)[\w-]+(?=/index)", "*", page.relative_to(ordinary).as_posix()): page
             for page in sorted(ordinary.rglob("*.html"))}
    assert len(kinds) >= 10
    with window(browser, (360, 640)) as visit:
        visit.page.add_init_script(LISTEN)
        told = {name: found for name, page in kinds.items() if (found := look(visit, page.as_uri()))}
    assert told == {}


@pytest.mark.browser
@pytest.mark.parametrize("name", ["index.html", "topics/quet-ma-qr/index.html", "1041/index.html", "404.html",
                                  "slides/quet-ma-qr/index.html", "embed/quet-ma-qr/index.html"])
def test_what_slipped_in_would_not_run(name: str, ordinary: Path, browser: Browser, tmp_path: Path) -> None:
    """The second wall: markup that got into a finished page."""
    html = (ordinary / name).read_text("utf-8")
    markup = ("<script>ran(1)</script><img src=x onerror=ran(2)><a id=a href='javascript:ran(3)'>a</a>"
              "<b style='color:red'>b</b>")
    broken = html.replace("</main>", f"{markup}</main>", 1)
    page = put(ordinary, f"{Path(name).parent}/broken-{Path(name).stem}.html", broken)
    try:
        with window(browser, (360, 640)) as visit:
            visit.page.add_init_script(LISTEN)
            visit.page.goto(page.as_uri())
            visit.page.evaluate("document.getElementById('a').click()")
            visit.page.wait_for_timeout(200)
            told: list[str] = visit.page.evaluate("told")
    finally:
        page.unlink()
    assert [row for row in told if row.startswith("ran")] == []
    assert len([row for row in told if row.startswith("script-src")]) >= 3
    assert any(row.startswith("style-src") for row in told)
