"""What people carry away, whole: the zip for a USB stick, and the site with the files for its server."""

from __future__ import annotations

import posixpath
import re
import zipfile
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from generator.build import Order, build
from generator.engine.progress import Progress
from generator.ground.files import find_project
from generator.press.browser import Browser
from tests.access.film import handed_film
from tests.projects import make_project, put
from tests.speed.weak_net import serve
from tests.test_payloads import LISTEN, draw, look
from tests.windows import window

pytestmark = [pytest.mark.long, pytest.mark.remembers]
ZIP = "dist/site/downloads/hoc-so-usb.zip"
PRODUCTS = ("site", "number", "deck", "server", "stick")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_project(tmp_path_factory.mktemp("stick"), commit=True)
    build(find_project(made), Order(products=PRODUCTS), Progress())
    return made


@pytest.fixture(scope="module")
def stick(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As a villager may unpack it."""
    folder = tmp_path_factory.mktemp("usb") / "Sách của xã (bản 2) #1"
    with zipfile.ZipFile(root / ZIP) as archive:
        archive.extractall(folder)
    return folder


def test_it_holds_the_site_without_itself(root: Path) -> None:
    own = {path.relative_to(root / "dist/site").as_posix(): path.read_bytes()
           for path in (root / "dist/site").rglob("*") if path.is_file()}
    del own["downloads/hoc-so-usb.zip"]
    with zipfile.ZipFile(root / ZIP) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == own


def test_no_page_states_its_size(root: Path) -> None:
    """Or the page would change the zip it stands in."""
    page = (root / "dist/site/downloads/index.html").read_text("utf-8")
    assert "https://hocso.example/downloads/hoc-so-usb.zip" in page
    assert not re.search(r"hoc-so-usb\.zip[^<]*\d+(,\d+)? [KM]B", page)


def test_made_again_elsewhere_it_is_the_same(root: Path, tmp_path: Path) -> None:
    other = make_project(tmp_path, commit=True)
    build(find_project(other), Order(products=PRODUCTS), Progress())
    assert (other / ZIP).read_bytes() == (root / ZIP).read_bytes()


def test_every_link_on_the_stick_arrives(stick: Path) -> None:
    lost = []
    for page in stick.rglob("*.html"):
        html = page.read_text("utf-8")
        for written in re.findall(r'<(?:a|link rel="stylesheet"|script|img)[^>]*\s(?:href|src)="([^"]*)"', html):
            address = urlsplit(unescape(written))
            if address.scheme or not address.path:
                continue
            target = posixpath.normpath(page.parent.as_posix() + "/" + unquote(address.path))
            if not Path(target).is_file():
                lost.append(f"{page.relative_to(stick)}: {written}")
    assert lost == []


@pytest.mark.browser
def test_it_works_without_any_network(stick: Path, browser: Browser) -> None:
    problems: list[str] = []
    with window(browser, (360, 640), offline=True) as visit:
        page = visit.page
        page.on("requestfailed", lambda request: problems.append(request.url))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.goto((stick / "index.html").as_uri())
        page.fill("input[type=search]", "quet ma")
        page.click("[data-search-result] a")
        page.wait_for_url("**/topics/quet-ma-qr/index.html")
        assert page.evaluate("getComputedStyle(document.querySelector('.n')).borderRadius") == "50%"  # dressed
        page.locator("summary", has_text="Xem câu đúng").first.click()
        assert page.locator("details[open]").count() == 1
        page.get_by_role("link", name=re.compile("^Bài số 1041")).click()
        page.wait_for_url("**/1041/index.html")
        page.goto((stick / "slides/quet-ma-qr/index.html").as_uri())
        page.keyboard.press("PageDown")
        assert page.evaluate("location.hash") == "#2"
        page.goto((stick / "downloads/index.html").as_uri())
        assert page.locator("#whole a").count() == 0  # the stick does not offer what it does not hold
        assert visit.refused == []
    assert problems == []


@pytest.fixture(scope="module")
def filmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site's folder with a film, copied to a stick as it lies in `dist`."""
    folder, films = tmp_path_factory.mktemp("usb") / "Học số (bản chép)", handed_film("cai-vneid")
    draw(make_project(tmp_path_factory.mktemp("filmed")), folder, films)
    for film in films.values():
        for path in film.sizes:
            put(folder, path, film.read(path))
    return folder / "site"


PLAY = """async () => {
  const video = document.querySelector("video"), track = video.textTracks[0];
  video.muted = true;
  await video.play();
  for (let tries = 0; tries < 100 && !(video.currentTime > 0.5 && track.activeCues && track.activeCues.length); tries++)
    await new Promise(done => setTimeout(done, 50));
  video.pause();
  return [video.currentTime > 0.5, video.videoWidth, track.mode, track.activeCues.length];
}"""


@pytest.mark.browser
def test_all_that_helps_works_without_any_network(filmed: Path, browser: Browser) -> None:
    """Sizes, colours, self-check, practice and films; another page remembers what was chosen on the first."""
    problems: list[str] = []
    lesson, path = "topics/cai-vneid/index.html", "paths/nguoi-cao-tuoi/index.html"
    with window(browser, (360, 640), offline=True) as visit:
        page = visit.page
        page.on("requestfailed", lambda request: problems.append(request.url)
                if request.failure != "net::ERR_ABORTED" else None)  # that is only us, leaving early
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.goto((filmed / "index.html").as_uri())
        sizes = []
        page.get_by_role("button", name="Cỡ chữ").click()
        for size in ("Vừa", "To", "Rất to"):
            page.get_by_role("radio", name=size, exact=True).check()
            sizes.append(page.evaluate("parseFloat(getComputedStyle(document.querySelector('article p')).fontSize)"))
        page.get_by_role("radio", name="Tương phản cao").check()
        assert sizes[0] < sizes[1] < sizes[2]

        page.goto((filmed / lesson).as_uri())
        assert page.evaluate("({ ...document.documentElement.dataset })") == {"size": "3", "look": "contrast"}
        for question in ("know", "understand"):
            page.locator(f"[data-question={question}] [data-right]").check()
            assert page.locator(f"[data-question={question}] .verdict").inner_text() == "Đúng rồi."
        page.get_by_role("button", name="Bắt đầu bấm thử").click()
        while page.locator(".stage [data-right]").is_visible():
            page.locator(".stage [data-right]").click()
        assert page.locator(".practice .verdict").inner_text() == "Bác làm được rồi!"
        assert page.evaluate(PLAY) == [True, 320, "showing", 1]

        page.goto((filmed / path).as_uri())
        assert page.locator("a[data-lesson=cai-vneid] .state").inner_text() == "Đã học xong"
        page.goto((filmed / "1064/index.html").as_uri())
        assert page.evaluate(PLAY) == [True, 320, "showing", 1]
        assert visit.refused == []
    assert problems == []


@pytest.fixture(scope="module")
def policy(root: Path) -> str:
    """As nginx would send it with a page that is no fragment."""
    conf = (root / "dist/site/server/nginx.conf").read_text("utf-8")
    found = re.search(r'~\^text/html "([^"]+)";', conf)
    assert found
    return found[1].replace("$hocso_frame", "'none'")


@pytest.mark.browser
def test_the_servers_policy_hinders_no_page(root: Path, policy: str, browser: Browser) -> None:
    names = ["index.html", "topics/quet-ma-qr/index.html", "1041/index.html", "404.html", "downloads/index.html",
             "slides/quet-ma-qr/index.html", "embed/quet-ma-qr/index.html", "privacy/index.html"]
    with (serve(root / "dist/site", headers={"Content-Security-Policy": policy}) as host,
          window(browser, (360, 640)) as visit):
        visit.page.add_init_script(LISTEN)
        told = {name: found for name in names if (found := look(visit, f"{host.address}/{name}"))}
    assert told == {}


@pytest.mark.browser
def test_nobody_frames_a_page(root: Path, policy: str, browser: Browser, tmp_path: Path) -> None:
    with serve(root / "dist/site", headers={"Content-Security-Policy": policy}) as host:
        put(tmp_path, "x.html", f'<!doctype html><title>x</title><iframe src="{host.address}/index.html"></iframe>')
        with serve(tmp_path) as other, window(browser, (360, 640)) as visit:
            errors: list[str] = []
            visit.page.on("console", lambda message: errors.append(message.text))
            visit.page.goto(f"{other.address}/x.html", wait_until="networkidle")
            assert visit.page.frames[1].url.startswith("chrome-error:")
            assert any("frame-ancestors" in error for error in errors)
