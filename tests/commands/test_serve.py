"""The live preview over real HTTP: what a browser gets before, during and after an editor's mistake."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.commands.preview import update
from generator.commands.preview.answers import answer, banner_of
from generator.commands.preview.shown import View, quoted
from generator.commands.serve import PreviewServer, _Handler, open_server
from generator.engine.progress import Progress
from generator.ground.errors import ProofError, UsageError
from generator.ground.files import find_project
from generator.ground.findings import Place, Text, error, warning
from generator.press.browser import Browser
from generator.press.compounds import HELD
from tests.projects import ROOT, edit, make_project, put
from tests.windows import served, window

pytestmark = pytest.mark.long
TOPIC = "content/topics/quet-ma-qr/index.md"
PAGE = "topics/quet-ma-qr/index.html"
OTHER = "topics/cai-vneid/index.html"
PROVE = os.environ.get("HOCSO_PROVE") == "1"
PROMISE = 2.0
"""Seconds from saving to seeing (issue 2)."""
PATIENCE = 90.0
BANNER = '<div id="hocso-preview">'


@contextmanager
def serving(root: Path, edition: str = "viet-nam") -> Iterator[PreviewServer]:
    with open_server(find_project(root), edition, "127.0.0.1", 0, Progress()) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def ask(server: PreviewServer, path: str, **headers: str) -> tuple[int, str, bytes]:
    """Status, content type and body; a redirect is followed."""
    request = urllib.request.Request(server.address + path, headers=headers)
    try:
        with urllib.request.urlopen(request) as reply:
            return reply.status, reply.headers["Content-Type"], reply.read()
    except urllib.error.HTTPError as problem:
        return problem.code, problem.headers["Content-Type"], problem.read()


def text(server: PreviewServer, path: str) -> str:
    return ask(server, path)[2].decode()


def wait_for(said: Callable[[], bool]) -> float:
    """Seconds until it is so: of work where others use the machine too, by the clock where nobody should."""
    clock = time.monotonic if PROVE else time.process_time
    start, begin = clock(), time.monotonic()
    while not said():
        assert time.monotonic() - begin < PATIENCE, "it never came"
        time.sleep(0.02)
    return clock() - start


def has_error_banner(server: PreviewServer, path: str) -> bool:
    return 'class="error"' in text(server, path)


@pytest.fixture(autouse=True)
def unchanged_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever works on the generator while tests run shall not stop them; one test looks at this itself."""
    monkeypatch.setattr(update, "_code_digest", lambda: "same")


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PreviewServer]:
    """A preview that nobody edits."""
    with serving(make_project(tmp_path_factory.mktemp("still"), commit=True)) as server:
        yield server


ANSWERS = (
    ("", 200, "text/html; charset=utf-8", "Quét mã QR"),
    (PAGE, 200, "text/html; charset=utf-8", "Quét mã QR"),
    ("topics/quet-ma-qr", 200, "text/html; charset=utf-8", "Quét mã QR"),
    ("1041", 200, "text/html; charset=utf-8", "1041"),
    ("1041/", 200, "text/html; charset=utf-8", "1041"),
    ("1041/index.html?from=paper", 200, "text/html; charset=utf-8", "1041"),
    ("qr/1041.svg", 200, "image/svg+xml; charset=utf-8", "<svg"),
    ("assets/hocso.js", 200, "text/javascript; charset=utf-8", ""),
    ("__hocso/live.js", 200, "text/javascript; charset=utf-8", "location.reload"),
    ("__hocso/preview.css", 200, "text/css; charset=utf-8", "--stop"),
    ("__hocso/nothing", 404, "text/plain; charset=utf-8", ""),
    ("1042", 404, "text/html; charset=utf-8", "Không có trang này"),
    ("downloads/leaflets/nothing.pdf", 404, "text/html; charset=utf-8", "Không có trang này"),
    ("../mkdocs.yml", 404, "text/html; charset=utf-8", "Không có trang này"),
    ("%2e%2e/%2e%2e/mkdocs.yml", 404, "text/html; charset=utf-8", "Không có trang này"),
    ("site/index.html", 404, "text/html; charset=utf-8", "Không có trang này"),
    ("%00%ff", 404, "text/html; charset=utf-8", "Không có trang này"),
)


@pytest.mark.parametrize(("path", "status", "kind", "words"), ANSWERS)
def test_every_address_gets_its_answer(still: PreviewServer, path: str, status: int, kind: str, words: str) -> None:
    got = ask(still, path)
    assert got[:2] == (status, kind)
    assert words in got[2].decode().replace(HELD, " ")


@pytest.mark.parametrize("path", ["/1041", "//1041", "/x/../1041"])
def test_an_address_without_its_slash_is_led_there(still: PreviewServer, path: str) -> None:
    led = answer(still.preview, path)
    assert (led.status, led.location) == (302, "/1041/")


def test_pages_reload_by_themselves_and_built_files_do_not(still: PreviewServer) -> None:
    page = text(still, PAGE)
    version = re.search(r'data-version="(\w+)"></script></body>', page)
    assert version and version[1] == text(still, f"__hocso/version?page=%2F{PAGE}")
    shown = still.preview.view.shown
    assert shown is not None
    assert b"__hocso" not in still.preview.store.read(shown.files[f"site/{PAGE}"])


def test_only_looking_is_allowed(still: PreviewServer) -> None:
    request = urllib.request.Request(still.address, data=b"x", method="POST")
    with pytest.raises(urllib.error.HTTPError, match="501"):
        urllib.request.urlopen(request)
    with urllib.request.urlopen(urllib.request.Request(still.address, method="HEAD")) as reply:
        assert (reply.status, reply.read()) == (200, b"")


def test_a_saved_change_is_seen_in_time(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    with serving(root) as server:
        others = text(server, f"__hocso/version?page=/{OTHER}")
        own = text(server, f"__hocso/version?page=/{PAGE}")
        edit(root, TOPIC, "giữ yên", "giữ thật yên")
        assert wait_for(lambda: "giữ thật yên" in text(server, PAGE)) < PROMISE
        assert "giữ thật yên" in text(server, "1041/")
        assert text(server, f"__hocso/version?page=/{PAGE}") != own
        assert text(server, f"__hocso/version?page=/{OTHER}") == others


@pytest.mark.parametrize(("file", "old", "new"), [
    ("tokens.css", "#8c1515", "#8c1516"),
    ("page/page.css", "{", "{outline-color:#8c1516;"),
    ("page/lesson.html", "{% block main %}", "{% block main %}<i>#8c1516</i>"),
])
def test_the_theme_is_watched_too(tmp_path: Path, file: str, old: str, new: str) -> None:
    root = make_project(tmp_path, theme=True)
    with serving(root) as server:
        edit(root, f"theme/{file}", old, new)
        wait_for(lambda: "#8c1516" in text(server, "1041/"))


def test_a_finding_stands_on_its_page_and_the_last_good_page_stays(tmp_path: Path) -> None:
    root = make_project(tmp_path, commit=True)
    with serving(root) as server:
        assert not has_error_banner(server, PAGE)
        edit(root, TOPIC, "phút: ", "phut: ")
        assert wait_for(lambda: has_error_banner(server, PAGE)) < PROMISE
        for path in (PAGE, "1041/"):
            page = text(server, path)
            assert f"{TOPIC}:2:1" in page
            assert "Cách sửa" in page
            assert "bản tốt gần nhất" in page
            assert "Giơ máy" in page
        other = text(server, OTHER)
        assert f"{TOPIC}:2:1" not in other
        assert f'<a href="/{PAGE}">Quét mã QR</a>' in other
        edit(root, TOPIC, "phut: ", "phút: ")
        assert wait_for(lambda: not has_error_banner(server, PAGE)) < PROMISE


@pytest.mark.parametrize(("file", "data"), [
    (TOPIC, b"\xff\xfe\x00"), (TOPIC, None), ("qr/ledger.csv", ""), ("mkdocs.yml", "site_url: ["),
    ("content/handbook.yml", "&a [*a, *a]"), ("content/editions/viet-nam.yml", "\0"),
])
def test_however_broken_the_last_good_handbook_stays(tmp_path: Path, file: str, data: str | bytes | None) -> None:
    root = make_project(tmp_path)
    with serving(root) as server:
        put(root, file, data)
        wait_for(lambda: has_error_banner(server, PAGE))
        assert "Giơ máy" in text(server, PAGE)


def test_errors_at_the_start_are_all_listed_until_mended(tmp_path: Path) -> None:
    root = make_project(tmp_path, commit=True)
    edit(root, TOPIC, "phút: ", "phut: ")
    edit(root, "content/topics/cai-vneid/index.md", "## An toàn", "## An tòan")
    with serving(root) as server:
        status, _, body = ask(server, "1041")
        assert status == 503
        assert f"{TOPIC}:2:1".encode() in body
        assert b"content/topics/cai-vneid/index.md:" in body
        edit(root, TOPIC, "phut: ", "phút: ")
        edit(root, "content/topics/cai-vneid/index.md", "## An tòan", "## An toàn")
        wait_for(lambda: ask(server, "1041")[0] == 200)


HERE = ("index.html", PAGE, OTHER, "downloads/index.html", "downloads/leaflets/quet-ma-qr.pdf")
FINDING_PAGES = (
    ("content/index.md", {"index.html"}),
    (TOPIC, {PAGE, "downloads/leaflets/quet-ma-qr.pdf"}),
    ("content/topics/quet-ma-qr/hinh.png", {PAGE, "downloads/leaflets/quet-ma-qr.pdf"}),
    ("content/glossary.yml", set(HERE)),
    ("qr/ledger.csv", set(HERE)),
    ("content/editions/viet-nam.yml", set(HERE)),
    ("", set(HERE)),
)


@pytest.mark.parametrize(("file", "pages"), FINDING_PAGES)
@pytest.mark.parametrize("make", [error, warning])
def test_which_pages_a_finding_stands_on(still: PreviewServer, make: Any, file: str, pages: set[str]) -> None:
    finding = make("x", Place(file), ("hỏng <b>", "broken"), ("sửa", "mend"))
    view = replace(still.preview.view, findings=(finding,))
    found = {page: banner_of(view, page) for page in HERE}
    assert {page for page, banner in found.items() if banner and banner.findings} == pages
    assert all(bool(banner) == (make is error) for page, banner in found.items() if page not in pages)


@pytest.mark.parametrize(("line", "column", "words"), [
    (1, 1, None), (2, 1, "a" * 100), (2, 300, f"{'a' * 45} đây {'b' * 50}"), (3, 1, "cụt"), (4, 1, None), (9, 1, None),
])
def test_the_words_at_a_place_are_quoted(tmp_path: Path, line: int, column: int, words: str | None) -> None:
    """So many as one takes in at a glance; none where the place is a whole file."""
    root = make_project(tmp_path, commit=False)
    put(root, TOPIC, f"---\n{'a' * 295} đây {'b' * 90}\n  cụt\n".encode())
    finding = error("x", Place(TOPIC, line, column), ("", ""), ("", ""))
    assert quoted(find_project(root), [finding]).get(finding.place) == words


def test_what_an_editor_wrote_never_becomes_markup(still: PreviewServer, monkeypatch: pytest.MonkeyPatch) -> None:
    finding = error("x", Place(TOPIC), ("</div><script>", ""), ("<b>", ""))
    monkeypatch.setattr(still.preview, "view", replace(still.preview.view, findings=(finding,)))
    assert "&lt;/div&gt;&lt;script&gt;" in text(still, PAGE)


def test_a_mistake_of_the_machine_is_told_on_every_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_project(tmp_path)
    with serving(root) as server:
        monkeypatch.setattr(update, "_code_digest", lambda: "pulled meanwhile")
        edit(root, TOPIC, "giữ yên", "giữ thật yên")
        wait_for(lambda: "Bộ dựng vừa được thay bản mới" in text(server, OTHER))
        monkeypatch.setattr(update, "plan", None)
        monkeypatch.setattr(update, "_code_digest", lambda: "same")
        edit(root, TOPIC, "giữ thật yên", "giữ yên")
        wait_for(lambda: "TypeError" in text(server, OTHER))
        assert "Giơ máy" in text(server, PAGE)


def test_the_cache_may_be_cleared_meanwhile(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    with serving(root) as server:
        shutil.rmtree(root / ".hocso")
        assert ask(server, PAGE)[0] == 503
        wait_for(lambda: ask(server, PAGE)[0] == 200)


def test_dist_is_left_alone(still: PreviewServer) -> None:
    assert not still.preview.project.path("dist").exists()


def test_an_edition_is_shown_with_its_own_names(tmp_path: Path) -> None:
    with serving(make_project(tmp_path), "xa-dai-son") as server:
        shown = server.preview.view.shown
        assert shown is not None
        assert shown.desk.handbook.edition.id == "xa-dai-son"
        assert ask(server, "1041")[0] == 200


def test_what_cannot_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOCSO_LANG", "en")
    project = find_project(make_project(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        cases = (
            ("viet-nam", "127.0.0.1", taken.getsockname()[1], "cannot be opened"),
            ("viet-nam", "127.0.0.1", 70000, "There is no port 70000"),
            ("viet-nam", "no.such.host.invalid", 0, "cannot be opened"),
            ("sao-hoa", "127.0.0.1", 0, "no edition `sao-hoa`"),
        )
        for edition, host, port, words in cases:
            with pytest.raises(UsageError, match=words), open_server(project, edition, host, port, Progress()):
                pass


def test_a_paper_that_fails_says_why(still: PreviewServer, monkeypatch: pytest.MonkeyPatch) -> None:
    if still.preview.view.shown is None or not still.preview.view.shown.desk.browser:
        pytest.skip("no browser, no papers")

    def fail(shown: object, item: object) -> dict[str, object]:
        raise ProofError("Dài quá hai mặt giấy.", "Too long.")

    monkeypatch.setattr(still.preview.press, "make", fail)
    status, _, body = ask(still, "downloads/leaflets/cai-vneid.pdf")
    assert (status, "Dài quá hai mặt giấy." in body.decode()) == (503, True)


# With a browser.


@pytest.mark.browser
def test_papers_are_made_when_opened_and_stand_the_next_time(
    tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_project(tmp_path, commit=True)
    leaflet = "downloads/leaflets/quet-ma-qr.pdf"
    with serving(root) as server:
        assert 'href="leaflets/quet-ma-qr.pdf"' in text(server, "downloads/")
        status, kind, first = ask(server, leaflet)
        assert (status, kind, first[:5]) == (200, "application/pdf", b"%PDF-")
        assert ask(server, f"print/{leaflet.removeprefix('downloads/')}")[2] == first
        framed = ask(server, leaflet, **{"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate"})
        assert f'src="/{leaflet}?pdf"'.encode() in framed[2]
        edit(root, TOPIC, "giữ yên", "giữ thật yên")
        assert wait_for(lambda: ask(server, leaflet)[2] != first) < PROMISE
        edit(root, TOPIC, "giữ thật yên", "giữ yên")
        wait_for(lambda: ask(server, leaflet)[2] == first)
    with serving(root) as server:
        monkeypatch.setattr(server.preview.press, "make", None)
        assert ask(server, leaflet)[2] == first
        assert "2 trang" in text(server, "downloads/")


@pytest.mark.browser
def test_a_page_that_lies_open_changes_by_itself(tmp_path: Path, browser: Browser) -> None:
    root = make_project(tmp_path, commit=True)
    with serving(root) as server, window(browser, (1000, 700)) as visit:
        visit.page.goto(server.address + PAGE)
        edit(root, TOPIC, "giữ yên", "giữ thật yên")
        visit.page.get_by_text("giữ thật yên").first.wait_for(timeout=PATIENCE * 1000)
        edit(root, TOPIC, "phút: ", "phut: ")
        row = visit.page.locator("#hocso-preview .error .where").first
        row.wait_for(timeout=PATIENCE * 1000)
        assert row.inner_text() == f"{TOPIC}:2:1"
        assert visit.page.locator("#hocso-preview .quoted").first.inner_text().startswith("phut: ")
        assert visit.refused == []


TRIES = """async at => {
  const loaded = (name, more) => new Promise(told => {
    const one = document.body.appendChild(Object.assign(document.createElement(name), more));
    one.onload = () => told(name + ' loaded'), one.onerror = () => told('');
  });
  const asked = mode => fetch(at + 'index.html', {mode}).then(() => 'fetched ' + mode, () => '');
  const told = await Promise.all([
    loaded('script', {src: at + 'assets/search.js'}), loaded('img', {src: at + 'qr/1041.svg'}),
    loaded('link', {rel: 'stylesheet', href: at + '__hocso/preview.css'}), asked('no-cors'), asked('cors')]);
  return [...told, typeof hocsoIndex == 'undefined' ? '' : 'read'].filter(Boolean);
}"""


@pytest.mark.browser
@pytest.mark.parametrize("guard", ["told by the browser where it is asked from", "no such word, as from old browsers"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_no_page_from_elsewhere_reads_it(
    still: PreviewServer, tmp_path: Path, browser: Browser, host: str, guard: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the same site (another port of this machine) and of another one; a link leads there all the same."""
    if guard.startswith("no such"):
        monkeypatch.setattr(_Handler, "_is_embedded", lambda _: False)
    at = f"http://{host}:{still.server_port}/"
    put(tmp_path, "index.html", f"<meta charset=utf-8><body><a href='{at}'>x</a>")
    with served(tmp_path) as evil, window(browser) as visit:
        visit.page.goto(f"{evil}/index.html")
        assert visit.page.evaluate(TRIES, at) == []
        visit.page.click("a")
        visit.page.wait_for_url(at)
        assert visit.page.evaluate(TRIES, at) == [
            "script loaded", "img loaded", "link loaded", "fetched no-cors", "fetched cors", "read"]


@pytest.mark.browser
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent another way there")
def test_ctrl_c_ends_it_with_the_browser_and_without_noise(tmp_path: Path, browser: Browser) -> None:
    root = make_project(tmp_path)
    command = [sys.executable, "-m", "generator", "-C", str(root), "serve", "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               encoding="utf-8", start_new_session=True,
                               preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    assert process.stdout is not None
    line = process.stdout.readline()
    address = re.search(r"http://127\.0\.0\.1:\d+/", line)
    assert address, (line, process.communicate())
    with urllib.request.urlopen(f"{address[0]}downloads/leaflets/quet-ma-qr.pdf") as reply:
        assert reply.read(5) == b"%PDF-"
    os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to all: the browser's driver hears it too
    _, noise = process.communicate(timeout=90)  # the driver gives a browser half a minute to end
    assert process.returncode == 0
    assert [row for row in noise.splitlines() if row.startswith(("Traceback", "Task ", "Future "))] == []
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_the_words_follow_the_editors_language(still: PreviewServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOCSO_LANG", "en")
    banner = banner_of(View(still.preview.view.shown, (), Text("hỏng", "broken")), PAGE)
    assert banner is not None
    assert (str(banner.title), str(banner.trouble)) == ("It could not be built again", "broken")
