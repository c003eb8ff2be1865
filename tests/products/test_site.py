"""The site: every page opens, every link arrives, nobody outside is asked for anything."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

import pytest

from generator.files import find_project
from generator.handbook.model import Handbook
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.items import Bench, Desk, Handed
from generator.press.browser import Browser
from generator.press.pages import plain
from generator.products import number, site
from tests.projects import EPOCH, ROOT, edit, make_project, put

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082"
)


def desk(root: Path, edition: str = "viet-nam") -> Desk:
    project = find_project(root)
    return Desk(project, select(read_handbook(project).handbook, edition), EPOCH, False, machine="test", browser="")


def no_browser() -> Browser:
    raise AssertionError("the site takes no browser")


def papers(book: Handbook) -> dict[str, Handed]:
    made = {
        f"leaflet:{lesson.slug}": (f"leaflets/{lesson.slug}.pdf", 2, plain(lesson.title)) for lesson in book.lessons
    }
    made["booklet:hoc-so-co-ban"] = ("booklets/hoc-so-co-ban-a5.pdf", 32, book.name)
    return {
        name: Handed({f"site/downloads/{path}": 1_234_567}, {"pages": pages, "title": title}, lambda _: b"")
        for name, (path, pages, title) in made.items()
    }


def make_site(own: Desk, handed: dict[str, Handed] | None = None) -> dict[str, bytes]:
    """By path below `site/`."""
    item, = site.plan(own)
    result = item.make(Bench(own.project, no_browser, Path("nowhere"), handed or {}))
    return {path.removeprefix("site/"): data for path, data in result.files.items()}


@pytest.fixture(scope="module")
def own() -> Desk:
    return desk(ROOT)


@pytest.fixture(scope="module")
def tree(own: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Site, number pages and stand-ins for the papers, as they lie in `dist/site`."""
    handed = papers(own.handbook)
    files = dict(make_site(own, handed))
    for item in number.plan(own):
        made = item.make(Bench(own.project, no_browser, Path("nowhere"), handed)).files
        files |= {path.removeprefix("site/"): data for path, data in made.items()}
    for paper in handed.values():
        files |= {path.removeprefix("site/"): b"%PDF" for path in paper.sizes}
    folder = tmp_path_factory.mktemp("served") / "site"
    for name, data in files.items():
        put(folder, name, data)
    return folder


def html_files(tree: Path) -> dict[str, str]:
    return {path.relative_to(tree).as_posix(): path.read_text("utf-8") for path in sorted(tree.rglob("*.html"))}


def test_all_kinds_of_pages_are_there(tree: Path, own: Desk) -> None:
    book = own.handbook
    expected = {"index.html", "parts/index.html", "paths/index.html", "downloads/index.html", "404.html"}
    expected |= {f"topics/{topic.slug}/index.html" for topic in book.topics}
    expected |= {f"cards/{card.slug}/index.html" for card in book.cards}
    expected |= {"cards/index.html"} if book.cards else set()
    expected |= {f"parts/{part.id}/index.html" for part in book.parts}
    expected |= {f"paths/{path.id}/index.html" for path in book.paths}
    expected |= {f"{row.number}/index.html" for row in book.ledger}
    assert set(html_files(tree)) == expected


def test_only_pages_pictures_and_what_they_need_are_published(tree: Path) -> None:
    suffixes = {path.suffix for path in tree.rglob("*") if path.is_file()}
    assert suffixes == {".html", ".css", ".js", ".svg", ".json", ".xml", ".pdf"}
    assert b"<rect" in (tree / "assets/favicon.svg").read_bytes()


def test_every_link_arrives_inside_the_folder(tree: Path) -> None:
    lost = []
    for file, html in html_files(tree).items():
        for mark, written in re.findall(r'\s(href|src)="([^"]*)"', html):
            address = urlsplit(unescape(written))
            if address.scheme in ("data", "tel") or (mark == "href" and f'rel="canonical" href="{written}"' in html):
                continue
            path = posixpath.join(posixpath.dirname(file), unquote(address.path)) if address.path else file
            target = posixpath.normpath(path)
            anchor_missing = address.fragment and f'id="{address.fragment}"' not in (tree / target).read_text("utf-8")
            if address.scheme or written.startswith("/") or not (tree / target).is_file() or anchor_missing:
                lost.append(f"{file}: {written}")
    assert lost == []


def test_canonical_addresses_have_no_index_html(tree: Path) -> None:
    for file, html in html_files(tree).items():
        found = re.findall(r'<link rel="canonical" href="([^"]+)"', html)
        if file == "404.html":
            assert found == []
            continue
        ending = file.removesuffix("index.html")
        assert found == [f"https://hocso.example/{ending.rstrip('/') if ending[:1].isdigit() else ending}"]
    assert "index.html" not in (tree / "sitemap.xml").read_text("utf-8")


def test_trainers_words_never_reach_learners(tree: Path, own: Desk) -> None:
    readable = {path: path.read_text("utf-8") for path in tree.rglob("*") if path.suffix in (".html", ".json")}
    secret = [plain(row.phrase) for topic in own.handbook.topics for row in topic.trainer.rows]
    secret += [plain(block.phrase) for topic in own.handbook.topics for block in topic.trainer.notes
               if hasattr(block, "phrase")]
    assert secret
    assert [(path.name, words) for path, text in readable.items() for words in secret if words in text] == []
    assert not any("Cho người hướng dẫn" in text for text in readable.values())


def test_a_lesson_page_carries_all_of_the_lesson(tree: Path, own: Desk) -> None:
    topic = own.handbook.topics[0]
    html = (tree / f"topics/{topic.slug}/index.html").read_text("utf-8")
    without = re.sub(r"<svg.*?</svg>|</?(?:strong|em|b|span)\b[^>]*>", "", html, flags=re.DOTALL)
    said = " ".join(unescape(re.sub(r"<[^>]+>", " ", without)).split())
    phrases = [*(step.phrase for step in topic.steps), *topic.safety, *topic.remember, topic.quiz.know.reason]
    phrases += [trouble.remedy for trouble in topic.troubles] + [scene.words for scene in topic.clip]
    assert [plain(phrase) for phrase in phrases if plain(phrase) not in said] == []
    assert len(re.findall(r"<details>\s*<summary>Xem câu đúng", html)) == 2


def test_search_knows_lessons_but_not_what_stands_in_pictures(tree: Path) -> None:
    docs = json.loads((tree / "search/search_index.json").read_text("utf-8"))["docs"]
    titles = {doc["title"] for doc in docs if doc["location"] == "topics/quet-ma-qr/index.html"}
    assert titles == {"Quét mã QR"}
    assert not any("svg" in doc["text"] or "Bấm vào dòng báo." in doc["text"] for doc in docs)


def test_downloads_name_every_paper_with_pages_and_size(tree: Path, own: Desk) -> None:
    html = (tree / "downloads/index.html").read_text("utf-8")
    assert html.count("PDF, 2 trang, 1,2 MB") == len(own.handbook.lessons)
    assert "PDF, 32 trang, 1,2 MB" in html
    assert "100 %" in html


def test_without_papers_the_downloads_page_says_so(own: Desk) -> None:
    files = make_site(own)
    assert "Chưa có tờ in nào." in files["downloads/index.html"].decode()
    assert b".pdf" not in b"".join(data for path, data in files.items() if path.endswith(".html"))


def test_two_folders_give_the_same_bytes_and_name_neither(tmp_path: Path) -> None:
    near = make_project(tmp_path / "a")
    far = make_project(tmp_path / "nơi khác" / "sâu hơn")
    first, second = make_site(desk(near)), make_site(desk(far))
    assert [path for path in first if first[path] != second.get(path)] == []
    assert first.keys() == second.keys()
    assert not any(str(tmp_path).encode() in data for data in first.values())


def test_pictures_that_are_used_go_along_and_no_others(tmp_path: Path) -> None:
    root = make_project(tmp_path, files={
        "content/topics/quet-ma-qr/may.png": PIXEL, "content/topics/quet-ma-qr/thừa.png": PIXEL,
        "content/topics/quet-ma-qr/ghi-chep.txt": "riêng",
    })
    edit(root, "content/topics/quet-ma-qr/index.md", "3. Chờ dòng địa chỉ hiện ra.\n",
         "3. Chờ dòng địa chỉ hiện ra.\n\n![Bàn tay giơ máy](may.png)\n")
    files = make_site(desk(root))
    assert files["topics/quet-ma-qr/may.png"] == PIXEL
    assert 'src="may.png" alt="Bàn tay giơ máy"' in files["topics/quet-ma-qr/index.html"].decode()
    assert not any("thừa" in path or path.endswith(".txt") for path in files)


def test_words_of_editors_stay_words(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    evil = "<script>alert(1)</script> & </title> \"'"
    edit(root, "content/topics/quet-ma-qr/index.md", "# Quét mã QR", f"# Quét {evil}")
    edit(root, "content/handbook.yml", "tên: An toàn trên mạng", f"tên: {evil!r}")
    files = make_site(desk(root))
    assert not any(b"<script>alert" in data for data in files.values())
    assert all(data.count(b"</title>") == 1 for path, data in files.items() if path.endswith(".html"))


def test_an_edition_has_its_own_address_and_names() -> None:
    files = make_site(desk(ROOT, "xa-dai-son"))
    home = files["index.html"].decode()
    assert "Phòng Văn hóa - Xã hội xã" in home
    address = desk(ROOT, "xa-dai-son").handbook.edition.address
    assert f'<link rel="canonical" href="{address}">' in home


@pytest.fixture(scope="module")
def served(tree: Path) -> Iterator[str]:
    """The tree under `/sub/path/`."""

    class Host(SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            own = path.split("?")[0].split("#")[0]
            return super().translate_path(own.removeprefix("/sub/path")) if own.startswith("/sub/path/") else "/none"

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Patient(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A browser that left early is no error."""

    server = Patient(("127.0.0.1", 0), partial(Host, directory=str(tree)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sub/path/"
    server.shutdown()
    server.server_close()


@pytest.mark.browser
@pytest.mark.parametrize("place", ["file", "sub-path"])
def test_every_page_opens_and_asks_nobody_outside(place: str, tree: Path, served: str, browser: Browser) -> None:
    base = f"{tree.as_uri()}/" if place == "file" else served
    problems: list[str] = []
    with browser.page((360, 640)) as visit:
        visit.page.on("pageerror", lambda error: problems.append(f"{visit.page.url}: {error}"))
        visit.page.on("requestfailed", lambda request: problems.append(f"{request.url}: {request.failure}")
                      if request.failure != "net::ERR_ABORTED" else None)  # that is only us, leaving early
        visit.page.on("response", lambda answer: problems.append(answer.url) if answer.status >= 400 else None)
        for file in html_files(tree):
            visit.page.goto(base + file)
            if visit.page.evaluate("document.documentElement.scrollWidth") > 360:
                problems.append(f"{file}: wider than the phone")
        visit.page.wait_for_load_state("networkidle")
        assert visit.refused == []
    assert problems == []


@pytest.mark.browser
def test_search_finds_over_http(served: str, browser: Browser) -> None:
    with browser.page((360, 640)) as visit:
        visit.page.goto(f"{served}index.html")
        visit.page.click(".head-search")
        visit.page.locator(".md-search__input").press_sequentially("lừa đảo")
        found = visit.page.locator(".md-search-result__link").first
        found.wait_for()
        assert "topics/tranh-lua-dao/index.html" in (found.get_attribute("href") or "")


@pytest.mark.browser
@pytest.mark.parametrize(("typed", "answer", "ends"), [
    ("1041", None, "1041/index.html"),
    (" 10 55 ", None, "1055/index.html"),
    ("1014", "Không có bài số 1014.", "index.html"),
    ("abc", "Bác gõ bốn chữ số in dưới mã QR nhé.", "index.html"),
])
def test_the_number_box_leads_to_the_page(
    typed: str, answer: str | None, ends: str, tree: Path, browser: Browser
) -> None:
    with browser.page((360, 640)) as visit:
        visit.page.goto(f"{tree.as_uri()}/index.html")
        visit.page.fill("#number", typed)
        visit.page.click("#number-box button")
        if answer:
            assert answer in visit.page.inner_text("#number-answer")
        visit.page.wait_for_url(f"{tree.as_uri()}/{ends}")


@pytest.mark.browser
def test_type_is_large_and_targets_are_wide(tree: Path, browser: Browser) -> None:
    small: dict[str, list[str]] = {}
    with browser.page((360, 640)) as visit:
        for file in ("index.html", "topics/quet-ma-qr/index.html", "paths/nguoi-cao-tuoi/index.html"):
            visit.page.goto(f"{tree.as_uri()}/{file}")
            small[file] = visit.page.evaluate("""() => [...document.querySelectorAll("main *, .foot *, header a")]
              .filter(e => e.offsetParent && !e.closest("svg, .md-sidebar, .md-search"))
              .filter(e => ([...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())
                  && parseFloat(getComputedStyle(e).fontSize) < 18)
                || (e.matches("a, button, summary, label.done") && !e.closest("h2, p:not(.facts)")
                  && e.getBoundingClientRect().height < 48))
              .map(e => e.outerHTML.slice(0, 120))""")
    assert {file: found for file, found in small.items() if found} == {}
