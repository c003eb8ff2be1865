from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.ground.errors import MissingProgramError, ProofError
from generator.press import which_browser
from generator.press.binder import facts
from generator.press.browser import Browser, Sheet, browser_version, find_browser, install_hint
from generator.press.fonts import text_width
from generator.press.proof import Area
from tests import seen
from tests.windows import window

CSS = "@page{size:148mm 210mm;margin:0}body{margin:0;font:14pt/1.3 Roboto}b{font-weight:500}.x{display:inline-block}"
LINE = "Bà con quét được mã trên tờ rơi để xem phim"


def _program(folder: Path, name: str, script: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose only programs lie in one folder."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "downloads"))
    monkeypatch.delenv("HOCSO_BROWSER", raising=False)
    monkeypatch.setattr(which_browser, "SYSTEM", "Linux")
    return tmp_path


needs_shell = pytest.mark.skipif(sys.platform == "win32", reason="programs are shell scripts here")


@needs_shell
def test_finding_takes_the_first_that_runs(bare: Path) -> None:
    assert find_browser() is None
    download = bare / "downloads/chromium-1200/chrome-linux64"
    download.mkdir(parents=True)
    _program(download, "chrome", "echo Chromium 3")
    assert find_browser() == download / "chrome"
    edge = _program(bare, "microsoft-edge", "echo Edge 2")
    assert find_browser() == edge
    _program(bare, "chromium-browser", "echo needs snap >&2; exit 1")
    assert find_browser() == edge
    chromium = _program(bare, "chromium", "echo Chromium 1")
    assert find_browser() == chromium


@needs_shell
def test_newest_download_wins(bare: Path) -> None:
    for revision in ("999", "1200", "1194"):
        folder = bare / f"downloads/chromium-{revision}/chrome-linux"
        folder.mkdir(parents=True)
        _program(folder, "chrome", "echo Chromium")
    found = find_browser()
    assert found and "chromium-1200" in str(found)


@needs_shell
def test_a_wish_is_met_or_refused(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(bare, "chromium", "echo Chromium 1")
    mine = _program(bare, "mine", "echo Mine 9")
    monkeypatch.setenv("HOCSO_BROWSER", str(mine))
    found = find_browser()
    assert found == mine and browser_version(found) == "Mine 9"
    monkeypatch.setenv("HOCSO_BROWSER", str(bare / "nothing"))
    with pytest.raises(MissingProgramError, match="HOCSO_BROWSER"):
        find_browser()


@needs_shell
def test_version_is_asked_again_when_the_file_changes(bare: Path) -> None:
    found = _program(bare, "chromium", "echo one")
    assert browser_version(found) == "one"
    _program(bare, "chromium", "echo three")
    assert browser_version(found) == "three"
    assert browser_version(bare / "none") == ""


def test_windows_is_not_run_for_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(which_browser, "SYSTEM", "Windows")
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    for name in ("PROGRAMFILES(X86)", "LOCALAPPDATA", "HOCSO_BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "downloads"))
    chrome = tmp_path / "Google/Chrome/Application/chrome.exe"
    chrome.parent.mkdir(parents=True)
    chrome.write_bytes(b"12345")
    found = find_browser()
    assert found == chrome
    assert browser_version(found).startswith("chrome 5 ")


@pytest.mark.parametrize(
    ("apt", "system", "root", "command"),
    [
        (True, "debian", True, ": apt-get install -y chromium libatomic1"),
        (True, "debian", False, ": sudo apt-get install -y chromium libatomic1"),
        (True, "ubuntu", True, "-m playwright install --with-deps chromium"),
        (False, "fedora", False, "-m playwright install chromium"),
    ],
)
def test_one_command_helps(
    monkeypatch: pytest.MonkeyPatch, apt: bool, system: str, root: bool, command: str
) -> None:
    def which(name: str) -> str | None:
        return f"/usr/bin/{name}" if apt else None

    monkeypatch.setattr("shutil.which", which)
    monkeypatch.setattr("platform.freedesktop_os_release", lambda: {"ID": system})
    monkeypatch.setattr(which_browser, "is_root", lambda: root)
    for text in install_hint():
        assert text.endswith(command)


@needs_shell
def test_no_browser_or_a_broken_one_is_said_in_one_line(bare: Path) -> None:
    with pytest.raises(MissingProgramError, match="Cài trình duyệt"), Browser():
        pass
    broken = _program(bare, "chromium", "exit 3")
    with pytest.raises(MissingProgramError) as problem, Browser(broken):
        pass
    assert "\n" not in problem.value.text.vi


@pytest.fixture(scope="module")
def sheet(browser: Browser) -> Iterator[Sheet]:
    opened = browser.open_sheet(CSS)
    yield opened
    opened.close()


@pytest.mark.browser
def test_prints_with_our_fonts_again_and_again(sheet: Sheet) -> None:
    sizes = []
    for pages in (2, 1, 2):
        first = f'<p style="break-after:page">{LINE} <b>b</b> <strong>c</strong></p>'
        sheet.fill(first * (pages - 1) + LINE, "Quét mã")
        pdf = sheet.pdf(148, 210)
        assert facts.page_count(pdf) == pages
        sizes.append(len(pdf))
        if pages == 2:
            assert facts.embedded_fonts(pdf) == [
                ("Roboto-Bold", True), ("Roboto-Medium", True), ("Roboto-Regular", True),
            ]
            assert LINE in seen.page_text(pdf, 2)
    assert sizes[0] == sizes[2]
    assert sheet.evaluate("[document.title, document.documentElement.lang]") == ["Quét mã", "vi"]


def measure(sheet: Sheet, selector: str) -> list[Area]:
    """Boxes as they will be printed, in millimetres."""
    rows = sheet.evaluate("""selector => [...document.querySelectorAll(selector)].map(element => {
      const box = element.getBoundingClientRect();
      return [box.x, box.y, box.width, box.height];
    })""", selector)
    return [Area(*(number * 25.4 / 96 for number in row)) for row in rows]


@pytest.mark.browser
def test_own_style_of_a_fill_does_not_stay(sheet: Sheet) -> None:
    sheet.fill("<div class=y>a</div>", "t", ".y{width:30mm;height:20mm}")
    assert measure(sheet, ".y")[0].width == pytest.approx(30, abs=0.02)
    sheet.fill("<div class=y>a</div>", "t")
    assert measure(sheet, ".y")[0].width > 31


@pytest.mark.browser
def test_measured_is_printed(sheet: Sheet) -> None:
    sheet.fill(f'<p style="margin:20mm 10mm"><span class=x>{LINE}</span></p>', "t")
    (box,) = measure(sheet, ".x")
    assert box.x == pytest.approx(10, abs=0.1) and box.y == pytest.approx(20, abs=0.1)
    assert box.width == pytest.approx(text_width(LINE, 14) * 25.4 / 72, rel=0.02)
    sheet.fill(f'<span class=x style="font-size:9pt;white-space:nowrap">{LINE}. {LINE}</span>', "t")
    (box,) = measure(sheet, ".x")
    printed = seen.text_area(sheet.pdf(148, 210), 1).width  # without the air beside first and last letter
    assert printed == pytest.approx(box.width, abs=0.5) and box.width > 120
    sheet.fill("<p class=screen>a</p>", "t", "@media screen{.screen{display:none}}")
    assert measure(sheet, ".screen")[0].height > 0


@pytest.mark.browser
@pytest.mark.parametrize(
    "body",
    [
        '<a href="#khong">x</a>',
        '<a href="bai.html">x</a>',
        '<img src="https://example.com/a.png">',
        '<img src="data:image/png;base64,xx">',
    ],
)
def test_what_would_be_lost_on_paper_is_refused(sheet: Sheet, body: str) -> None:
    with pytest.raises(ProofError, match="Tờ"):
        sheet.fill(body, "Tờ")


@pytest.mark.browser
def test_a_page_error_is_ours(sheet: Sheet) -> None:
    with pytest.raises(MissingProgramError):
        sheet.evaluate("nothing.at.all")


@pytest.mark.browser
def test_picture_has_the_size_asked_for(sheet: Sheet) -> None:
    sheet.fill("<p>a</p>", "t")
    assert int.from_bytes(sheet.png(600, 315)[16:20]) == 600


@pytest.mark.browser
def test_finished_pages_ask_nobody(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text('<link rel=stylesheet href="a.css"><img src="https://example.com/a.png"><p>a</p>')
    (tmp_path / "a.css").write_text("p{color:rgb(1,2,3)}")
    with window(browser, (360, 640)) as visit:
        visit.page.goto(file.as_uri())
        assert visit.page.evaluate("getComputedStyle(document.querySelector('p')).color") == "rgb(1, 2, 3)"
    assert visit.refused == ["https://example.com/a.png"]


ENDLESS = """
from generator.press.browser import Browser
with Browser() as browser:
    sheet = browser.open_sheet("")
    print("ready", flush=True)
    while True:
        sheet.fill("<p>x" * 300, "t")
        sheet.pdf(148, 210)
"""


def hear_ctrl_c() -> None:
    """Tests that run in the background may have been told to ignore it, and so would what they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.browser
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks into /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_running(browser: Browser, how: signal.Signals) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", ENDLESS],
        start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=hear_ctrl_c,
    )
    assert run.stdout and run.stdout.readline() == "ready\n"
    time.sleep(0.2)
    if how == signal.SIGINT:
        os.killpg(run.pid, how)  # as a terminal does
    else:
        run.kill()
    _, said = run.communicate(timeout=60)
    assert "Future exception" not in said
    until = time.monotonic() + 60
    while _session(run.pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert _session(run.pid) == []


def _session(leader: int) -> list[str]:
    """Living processes of a session, by their names."""
    rows = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = file.read_text().rpartition(")")
        except OSError:
            continue
        state, _, _, session = rest.split()[:4]
        if int(session) == leader and state != "Z":
            rows.append(name)
    return rows
