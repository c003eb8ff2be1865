"""The site: every page opens, every link arrives, nobody outside is asked for anything."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from generator.engine.items import Bench, Desk, Handed
from generator.ground.files import find_project
from generator.handbook.model import Audience, Handbook, Phrase
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.press.browser import Browser
from generator.press.pages import plain
from generator.products.pages import number, site
from generator.products.pages.parts.coverage import CoveragePage
from generator.products.pages.parts.home import home_page
from generator.products.pages.parts.listing import Group, duration, path_groups
from generator.products.pages.parts.terms import in_order
from generator.products.pages.parts.web import Web
from tests.projects import EPOCH, PIXEL, ROOT, edit, make_project, put
from tests.samples import of_each_kind
from tests.typefaces import CROWDED, DEJAVU, WIDER, Typeface, wear
from tests.windows import served, window

pytestmark = pytest.mark.long


def desk(root: Path, edition: str = "viet-nam", today: date | None = None) -> Desk:
    project = find_project(root)
    book = read_handbook(project).handbook
    return Desk(project, select(replace(book, today=today or book.today), edition), EPOCH, browser="")


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
def bare(own: Desk) -> dict[str, bytes]:
    """The site alone."""
    return make_site(own)


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
    expected = {"index.html", "parts/index.html", "paths/index.html", "downloads/index.html", "404.html",
                "glossary/index.html", "coverage/index.html", "privacy/index.html", "embed/index.html"}
    expected |= {f"embed/{lesson.slug}/index.html" for lesson in book.lessons}
    expected |= {f"topics/{topic.slug}/index.html" for topic in book.topics}
    expected |= {f"cards/{card.slug}/index.html" for card in book.cards}
    expected |= {"cards/index.html"} if book.cards else set()
    expected |= {f"parts/{part.id}/index.html" for part in book.parts}
    expected |= {f"paths/{path.id}/index.html" for path in book.paths}
    expected |= {f"{row.number}/index.html" for row in book.ledger}
    assert set(html_files(tree)) == expected


def test_only_pages_pictures_and_what_they_need_are_published(tree: Path) -> None:
    suffixes = {path.suffix for path in tree.rglob("*") if path.is_file()}
    assert suffixes == {".html", ".css", ".js", ".json", ".svg", ".xml", ".pdf"}
    assert b"<rect" in (tree / "assets/favicon.svg").read_bytes()


def test_every_link_arrives_inside_the_folder(tree: Path, own: Desk) -> None:
    """Others lead only to addresses the office has listed."""
    platforms = {platform.address.rstrip("/") for platform in own.handbook.platforms}
    lost = []
    for file, html in html_files(tree).items():
        for mark, written in re.findall(r'\s(href|src)="([^"]*)"', html):
            address = urlsplit(unescape(written))
            own_name = f'rel="canonical" href="{written}"' in html
            if address.scheme in ("data", "tel") or (mark == "href" and (own_name or written.rstrip("/") in platforms)):
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
        if ending.startswith("embed/") and ending != "embed/":  # what stands in a portal is the lesson
            slug = ending.split("/")[1]
            ending = f"{'topics' if (tree / 'topics' / slug).is_dir() else 'cards'}/{slug}/"
        assert found == [f"https://hocso.example/{ending.rstrip('/') if ending[:1].isdigit() else ending}"]
    assert "index.html" not in (tree / "sitemap.xml").read_text("utf-8")


def test_trainers_words_never_reach_learners(tree: Path, own: Desk) -> None:
    readable = {path: path.read_text("utf-8") for path in tree.rglob("*") if path.suffix in (".html", ".js")}
    phrases = [row.phrase for topic in own.handbook.topics for row in topic.trainer.rows]
    phrases += [block.phrase for topic in own.handbook.topics for block in topic.trainer.notes
                if hasattr(block, "phrase")]
    learners = " ".join(plain(topic.body.partition("## Cho người hướng dẫn")[0]) for topic in own.handbook.topics)
    secret = [plain(phrase) for phrase in phrases if plain(phrase) not in learners]
    assert secret
    assert [(path.name, words) for path, text in readable.items() for words in secret if words in text] == []
    assert not any("Cho người hướng dẫn" in text for text in readable.values())


def test_a_lesson_page_carries_all_of_the_lesson(tree: Path, own: Desk) -> None:
    topic = own.handbook.topics[0]
    html = (tree / f"topics/{topic.slug}/index.html").read_text("utf-8")
    without = re.sub(r"<svg.*?</svg>|</?(?:strong|em|b|span|a|wbr)\b[^>]*>", "", html, flags=re.DOTALL)
    said = " ".join(unescape(re.sub(r"<[^>]+>", " ", without)).split())
    phrases = [*(step.phrase for step in topic.steps), *topic.safety, *topic.remember, topic.quiz.know.reason]
    phrases += [trouble.remedy for trouble in topic.troubles] + [scene.words for scene in topic.clip]
    assert [plain(phrase) for phrase in phrases if plain(phrase) not in said] == []
    assert len(re.findall(r"<details>\s*<summary>Xem câu đúng", html)) == 2


def test_downloads_name_every_paper_with_pages_and_size(tree: Path, own: Desk) -> None:
    html = (tree / "downloads/index.html").read_text("utf-8")
    assert html.count("PDF, 2 trang, 1,2 MB") == len(own.handbook.lessons)
    assert "PDF, 32 trang, 1,2 MB" in html
    assert "100 %" in html


def test_without_papers_the_downloads_page_says_so(bare: dict[str, bytes]) -> None:
    assert "Chưa có tờ in nào." in bare["downloads/index.html"].decode()
    assert b".pdf" not in b"".join(data for path, data in bare.items() if path.endswith(".html"))


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
    edit(root, "content/topics/quet-ma-qr/index.md", "3. Chờ đường link hiện ra.\n",
         "3. Chờ đường link hiện ra.\n\n![Bàn tay giơ máy](may.png)\n")
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


def words(html: str) -> str:
    """What a reader sees, as one line."""
    body = re.sub(r"<(style|script|svg|head).*?</\1>", " ", html, flags=re.DOTALL)
    body = re.sub(r"</?(?:strong|em|b|span|a|wbr)\b[^>]*>", "", body)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


# Who answers, what comes first.


def test_every_page_says_who_answers_for_it(tree: Path) -> None:
    pages = html_files(tree)
    assert [file for file, html in pages.items() if not re.search(r"Nội dung: .+?Thấy sai, báo", words(html))] == []


def test_five_questions_lead_to_paths_and_the_last_no_to_another(tree: Path, own: Desk) -> None:
    html = (tree / "index.html").read_text("utf-8")
    asked, = re.findall(r'<ol class="choices asked">(.*?)</ol>', html, re.DOTALL)
    posts = own.handbook.signposts
    assert len(posts) == 5
    rows = re.findall(r'href="paths/([^/]+)/index.html"><b>(.*?)</b>', asked)
    expected = [(post.path.text, plain(post.question)) for post in posts]
    last = posts[-1].otherwise
    assert last is not None
    asked_so = [(path, " ".join(unescape(question).split())) for path, question in rows]
    assert asked_so == [*expected, (last.text, "Không câu nào đúng?")]


def test_a_question_without_lessons_here_is_not_asked(own: Desk) -> None:
    book = own.handbook
    first = book.signposts[0].path.text
    emptied = tuple(replace(path, topics=()) if path.id == first else path for path in book.paths)
    page = home_page(Web(replace(book, paths=emptied), own.theme))
    assert [question.phrase for question in page.questions] == [post.question for post in book.signposts[1:]]


def test_a_path_counts_its_lessons_in_order_and_names_what_it_leaves_out(own: Desk) -> None:
    book = own.handbook
    path = next(path for path in book.paths if path.id == "tieu-thuong-4t")
    lesson, before = book.topics[5], book.topics[6]
    needing = replace(lesson, office=replace(lesson.office, prerequisites=(Phrase(before.slug),)))
    topics = tuple(needing if topic is lesson else topic for topic in book.topics)

    def shown(*slugs: str) -> Group:
        row = replace(path, topics=tuple(Phrase(slug) for slug in slugs))
        own_book = replace(book, topics=topics, paths=(row,))
        return path_groups(Web(own_book, own.theme).spot("index.html"))[0]

    assert shown(before.slug, lesson.slug).lessons[1].first == ""
    assert shown(lesson.slug).lessons[0].first == plain(before.title)
    assert shown(before.slug, lesson.slug).duration == duration(before.office.minutes + lesson.office.minutes)


# Alerts.


def test_alerts_stand_on_the_home_page_and_with_their_topics(own: Desk, bare: dict[str, bytes]) -> None:
    alerts = own.handbook.alerts
    assert alerts
    home = words(bare["index.html"].decode())
    assert [alert.slug for alert in alerts if plain(alert.title) not in home] == []
    for topic in own.handbook.topics:
        html = bare[f"topics/{topic.slug}/index.html"].decode()
        mine = [alert for alert in alerts if topic.slug in [slug.text for slug in alert.topics]]
        assert html.count("data-last=") == len(mine)


@pytest.mark.wide
def test_a_build_made_after_the_last_day_leaves_them_out(own: Desk) -> None:
    later = max(alert.last_day for alert in own.handbook.alerts) + timedelta(days=1)
    files = make_site(desk(ROOT, today=later))
    assert "data-last" not in files["index.html"].decode()
    last = make_site(desk(ROOT, today=later - timedelta(days=1)))
    assert "data-last" in last["index.html"].decode()


@pytest.mark.browser
@pytest.mark.parametrize("file", ["index.html", "topics/tranh-lua-dao/index.html"])
def test_an_expired_alert_is_gone_next_year(file: str, tree: Path, browser: Browser) -> None:
    with window(browser, (360, 640)) as visit:
        for clock, shown in (("2026-12-01T08:00:00", 1), ("2027-12-01T08:00:00", 0)):
            visit.page.clock.set_fixed_time(clock)
            visit.page.goto(f"{tree.as_uri()}/{file}")
            assert visit.page.locator(".alerts").count() == shown
            assert visit.page.locator("h1").is_visible()


# Hard words.


def test_hard_words_of_a_lesson_are_listed_at_its_end(tree: Path, own: Desk) -> None:
    count = 0
    for topic in own.handbook.topics:
        html = (tree / f"topics/{topic.slug}/index.html").read_text("utf-8")
        led = re.findall(r'<a class="term" id="cho-doc-(\d+)" href="#tu-kho-(\d+)">', html)
        assert led == [(str(i), str(i)) for i in range(1, len(led) + 1)]
        assert re.findall(r'<div id="tu-kho-(\d+)">', html) == [number for number, _ in led]
        count += len(led)
    assert count > len(own.handbook.topics), "most topics explain several words"


def test_the_glossary_has_every_word(tree: Path, own: Desk) -> None:
    html = (tree / "glossary/index.html").read_text("utf-8")
    assert [unescape(name) for name in re.findall(r"<dt>([^<]+?) ?(?:<span>.*?</span>)?</dt>", html)] == [
        term.name for term in in_order(own.handbook.glossary)]
    said = words(html)
    assert [term.name for term in own.handbook.glossary if plain(term.gloss) not in said] == []


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_a_hard_word_is_explained_by_tap_and_by_key_and_nothing_moves(
    script: bool, tree: Path, browser: Browser
) -> None:
    with window(browser, (360, 640), java_script_enabled=script) as visit:
        page = visit.page
        page.goto(f"{tree.as_uri()}/topics/tranh-lua-dao/index.html")
        word, meaning = page.locator("a.term").first, page.locator("#tu-kho-1")
        word.scroll_into_view_if_needed()
        before = word.bounding_box()
        word.click()
        page.wait_for_function("getComputedStyle(document.querySelector('#tu-kho-1')).position === 'fixed'")
        assert word.bounding_box() == before
        box = meaning.bounding_box()
        assert box is not None and box["y"] + box["height"] <= 641 and box["width"] <= 360
        meaning.get_by_text("Đọc tiếp").click()
        page.wait_for_function("getComputedStyle(document.querySelector('#tu-kho-1')).position !== 'fixed'")
        after = word.bounding_box()
        assert after is not None and 60 < after["y"] < 600
        word.focus()
        page.keyboard.press("Enter")
        page.wait_for_function("getComputedStyle(document.querySelector('#tu-kho-1')).position === 'fixed'")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_function("getComputedStyle(document.querySelector('#tu-kho-1')).position !== 'fixed'")


# Coverage.


def test_coverage_names_every_lesson_demand_and_empty_cell(tree: Path, own: Desk) -> None:
    book = own.handbook
    html = (tree / "coverage/index.html").read_text("utf-8")
    said = words(html)
    assert len(book.demands) == 76
    assert [demand.id for demand in book.demands if f"{demand.id}. {demand.text}" not in said] == []
    assert [demand.id for demand in book.demands if demand.reason and demand.reason not in said] == []
    assert html.count("<tr class=\"empty\">") >= sum(not demand.answers for demand in book.demands) > 0
    grid = re.search(r'<table class="coverage marks">.*?</table>', html, re.DOTALL)
    assert grid is not None
    rows = re.findall(r"<tr><th scope=\"row\"><a.*?</tr>", grid[0], re.DOTALL)
    assert len(rows) == len(book.lessons)
    assert {row.count("<td>") for row in rows} == {len(book.audiences)}


def test_coverage_is_for_editors_only(tree: Path) -> None:
    html = html_files(tree)
    assert '<meta name="robots" content="noindex">' in html["coverage/index.html"]
    assert [file for file, page in html.items() if "coverage/index.html" in page] == ["downloads/index.html"]
    hidden = [file for file, page in html.items() if 'name="robots"' in page and not re.match("embed/.+/", file)]
    assert hidden == ["coverage/index.html"]
    assert "coverage" not in (tree / "sitemap.xml").read_text("utf-8")
    assert "coverage/" not in (tree / "assets/search.js").read_text("utf-8")


def test_an_empty_audience_and_an_empty_frame_say_why(own: Desk) -> None:
    book = own.handbook
    lonely = replace(book, audiences=(*book.audiences, Audience("ngư dân", "bà con")))
    page = CoveragePage(Web(lonely, own.theme).spot("coverage/index.html"), "")
    shared = sum("mọi người" in [phrase.text for phrase in lesson.office.audiences] for lesson in book.lessons)
    assert ("ngư dân", f"dùng {shared} bài cho mọi người; chưa có lộ trình riêng") in [
        (cell.name, cell.reason) for cell in page.unnamed]
    assert {cell.name.partition(" ")[0] for _, cells in page.areas for cell in cells} == {
        f"{area}.{n}" for area, most in enumerate((3, 6, 4, 4, 4), start=1) for n in range(1, most + 1)}
    assert all(cell.lessons or cell.reason for _, cells in (*page.areas, *page.frames) for cell in cells)


@pytest.fixture(scope="module")
def hosted(tree: Path) -> Iterator[str]:
    """The tree under `/sub/path/`."""
    with served(tree, "/sub/path") as host:
        yield f"{host}/"


@pytest.mark.browser
@pytest.mark.parametrize(("place", "typeface"), [("file", DEJAVU), ("sub-path", WIDER)])
def test_every_page_opens_and_asks_nobody_outside(
    place: str, typeface: Typeface, tree: Path, hosted: str, browser: Browser
) -> None:
    """And holds its words in typefaces wider than ours."""
    base = f"{tree.as_uri()}/" if place == "file" else hosted
    problems: list[str] = []
    with window(browser, (360, 640)) as visit:
        wear(visit.page, typeface)
        visit.page.on("pageerror", lambda error: problems.append(f"{visit.page.url}: {error}"))
        visit.page.on("requestfailed", lambda request: problems.append(f"{request.url}: {request.failure}")
                      if request.failure != "net::ERR_ABORTED" else None)  # that is only us, leaving early
        visit.page.on("response", lambda answer: problems.append(answer.url) if answer.status >= 400 else None)
        for file in of_each_kind(html_files(tree), 4, place):
            visit.page.goto(base + file)
            visit.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
            problems += [f"{file}: {found}" for found in visit.page.evaluate(CROWDED, False)]
        visit.page.wait_for_load_state("networkidle")
        assert visit.refused == []
    assert problems == []


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
    with window(browser, (360, 640)) as visit:
        visit.page.goto(f"{tree.as_uri()}/index.html")
        visit.page.fill("#number", typed)
        visit.page.click("#number-box button")
        if answer:
            assert answer in visit.page.inner_text("#number-answer")
        visit.page.wait_for_url(f"{tree.as_uri()}/{ends}")


@pytest.mark.browser
def test_type_is_large_and_targets_are_wide(tree: Path, browser: Browser) -> None:
    small: dict[str, list[str]] = {}
    with window(browser, (360, 640)) as visit:
        for file in ("index.html", "topics/quet-ma-qr/index.html", "paths/nguoi-cao-tuoi/index.html"):
            visit.page.goto(f"{tree.as_uri()}/{file}")
            small[file] = visit.page.evaluate("""() => [...document.querySelectorAll("main *, .foot *, header a")]
              .filter(e => e.offsetParent && !e.closest("svg, .md-sidebar"))
              .filter(e => ([...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())
                  && parseFloat(getComputedStyle(e).fontSize) < 18)
                || (e.matches("a, button, summary, label.done") && !e.closest("h2, p:not(.facts)")
                  && e.getBoundingClientRect().height < 48))
              .map(e => e.outerHTML.slice(0, 120))""")
    assert {file: found for file, found in small.items() if found} == {}
