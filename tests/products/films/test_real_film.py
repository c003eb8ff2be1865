"""Real films on number pages and lesson pages: played, linked, or replaced by the book's own when they are dead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from generator.cli import main
from generator.engine.items import Bench, Desk, Handed
from generator.ground.files import find_project
from generator.handbook.model import LINKS, Visit
from generator.handbook.read import read_handbook
from generator.handbook.recorded.boxes import without_notes
from generator.handbook.select import select
from generator.handbook.visits import write_visits
from generator.press.browser import Browser
from generator.products.films import film
from generator.products.films.parts.real import INLINE_CAPTIONS_BYTES
from generator.products.pages import number, site
from generator.products.pages.parts.web import Web, track_address
from tests.projects import EPOCH, edit, make_project, put, sign
from tests.real_films import CAPTIONS, small_film
from tests.windows import window

pytestmark = pytest.mark.long
SLUG, NUMBER = "quet-ma-qr", "1041"
TOPIC = f"content/topics/{SLUG}/index.md"
FOLDER = f"content/topics/{SLUG}"
ADDRESS = "https://vneid.gov.vn/phim/quet-ma?x=1&y=2"
TODAY = "20/11/2026"
D1, D2 = date(2026, 11, 20), date(2026, 11, 27)
Files = Mapping[str, bytes | str]
LOCAL: Files = {f"{FOLDER}/phim.mp4": small_film(), f"{FOLDER}/phim.vtt": CAPTIONS}
OWN_BOX = '<details class="film-own">'
OWN = "WEBVTT\n\n00:00.000 --> 00:02.000\nLời phim của sách.\n"
PIXEL = b'<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><rect width="640" height="360"/></svg>'


DRAWING = f"content/pictures/{SLUG}.svg"
DRAWN = '<svg viewBox="0 0 400 300"><title>Giơ máy trước mã</title><path d="M9 9h99v99H9z" fill="#ffc845"/></svg>'


def project(folder: Path, written: str, files: Files | None = None) -> Path:
    root = make_project(folder, files={DRAWING: DRAWN, **(files or {})})
    edit(root, TOPIC, "\ntrạng thái:", f"\nphim: {written}\ntrạng thái:")
    sign(root, TODAY, SLUG)
    return root


def desk_of(root: Path) -> Desk:
    found = find_project(root)
    book = select(read_handbook(found).handbook, "viet-nam")
    return Desk(found, book, EPOCH, browser="")


def handed(desk: Desk, *, clip: bool = True) -> dict[str, Handed]:
    """What the items before pages hand over: the book's own film, here a stand-in, and the real one as made."""
    found = {}
    for item in film.plan(desk):
        made = item.make(bench(desk))
        found[item.name] = Handed({path: len(data) for path, data in made.files.items()}, made.facts,
                                  made.files.__getitem__)
    if clip:
        files = {f"site/clips/{SLUG}{end}": 1 for end in (".mp4", ".vtt", ".jpg")}
        found[f"clip:{SLUG}"] = Handed(files, {"seconds": 56.2, "voice": "giọng máy đọc"}, lambda _: OWN.encode())
    return found


def bench(desk: Desk, needed: dict[str, Handed] | None = None) -> Bench:
    def no_browser() -> Browser:
        raise AssertionError("a real film takes no browser")

    return Bench(desk.project, no_browser, Path("nowhere"), needed or {})


def pages(root: Path, *, clip: bool = True) -> dict[str, str]:
    """The number page and the lesson page."""
    desk = desk_of(root)
    needed = handed(desk, clip=clip)
    item = next(item for item in number.plan(desk) if item.name == f"number:{NUMBER}")
    web = Web(desk.handbook, desk.theme, handed=needed)
    lesson = next(page for page in site.draw_pages(web) if page.file == f"topics/{SLUG}/index.html")
    return {"number": item.make(bench(desk, needed)).files[f"site/{NUMBER}/index.html"].decode(), "lesson": lesson.html}


UP = {"number": "..", "lesson": "../.."}
STILL = "data:image/svg+xml,"
"""The lesson's scene, in the page itself: nothing is asked for before the film is."""
SCENE = '<svg class="scene"'


@pytest.mark.parametrize("kind", UP)
def test_a_film_of_the_folder_is_played_and_the_books_own_stands_below(tmp_path: Path, kind: str) -> None:
    html = pages(project(tmp_path, "phim.mp4", LOCAL))[kind]
    films = re.findall(r'<source src="([^"]+)"', html)
    assert films == [f"{UP[kind]}/clips/real/{SLUG}.mp4", f"{UP[kind]}/clips/{SLUG}.mp4"]
    tracks = re.findall(r'<track [^>]*src="([^"]+)"', html)
    assert tracks == [track_address(CAPTIONS), track_address(OWN)], "each has its own words"
    first, below = html.split(OWN_BOX)
    assert films[0] in first and films[1] in below and "Phim ngắn của sách" in below
    assert 'width="320" height="180"' in first and re.search(r"Phim 2 giây, \d+ KB\.</figcaption>", first)
    assert f'poster="{STILL}' in first and html.count('preload="none"') == 2


@pytest.mark.parametrize("kind", UP)
def test_long_captions_stand_beside_the_page(tmp_path: Path, kind: str) -> None:
    long = CAPTIONS + "".join(f"\n00:{at:02}.000 --> 00:{at:02}.900\n{'chữ ' * 30}\n" for at in range(2, 60))
    assert len(long.encode()) > INLINE_CAPTIONS_BYTES
    html = pages(project(tmp_path, "phim.mp4", {**LOCAL, f"{FOLDER}/phim.vtt": long}))[kind]
    assert f'src="{UP[kind]}/clips/real/{SLUG}.vtt"' in html


@pytest.mark.parametrize("kind", UP)
def test_without_captions_that_is_said_and_without_a_clip_the_film_stands_alone(tmp_path: Path, kind: str) -> None:
    html = pages(project(tmp_path, "phim.mp4", {f"{FOLDER}/phim.mp4": small_film()}), clip=False)[kind]
    assert "Chưa có phụ đề." in html and "<track" not in html
    assert OWN_BOX not in html and html.count("<video") == 1 and 'preload="none"' in html


@pytest.mark.parametrize("kind", UP)
def test_a_film_elsewhere_is_a_link_and_nothing_more(tmp_path: Path, kind: str) -> None:
    html = pages(project(tmp_path, ADDRESS))[kind]
    link = re.search(r'<a class="film-away".*?</a>', html, re.DOTALL)
    assert link is not None
    assert 'href="https://vneid.gov.vn/phim/quet-ma?x=1&amp;y=2"' in link[0] and "Xem phim trên VNeID" in link[0]
    assert SCENE in link[0] and html.count(SCENE) == 1 and "vneid.gov.vn, cần mạng" in link[0]
    assert "noreferrer" in link[0] and html.count("vneid.gov.vn/phim") == 1
    own = html.split(OWN_BOX)[1]
    assert f'<source src="{UP[kind]}/clips/{SLUG}.mp4"' in own
    bare = pages(project(tmp_path / "bare", ADDRESS), clip=False)[kind]
    assert "Xem phim trên VNeID" in bare and SCENE in bare.split('class="film-away"')[1].split("</a>")[0]


STATES = [("open", True), ("unsure", True), ("failed", True), ("dead", False)]


@pytest.mark.parametrize(("state", "linked"), STATES)
@pytest.mark.parametrize("kind", UP)
def test_instead_of_a_dead_film_stands_the_books_own(tmp_path: Path, kind: str, state: str, linked: bool) -> None:
    visit = Visit(ADDRESS, state, D2, D1, "404")  # type: ignore[arg-type]  # a state as text
    html = pages(project(tmp_path, f'"{ADDRESS}"', {LINKS: write_visits([visit])}))[kind]
    assert ("vneid.gov.vn/phim" in html) == linked and (OWN_BOX in html) == linked
    assert html.count("<video") == 1 and f"/clips/{SLUG}.mp4" in html


def test_the_films_own_files_stand_beside_the_clip(tmp_path: Path) -> None:
    desk = desk_of(project(tmp_path, "phim.mp4", LOCAL))
    (item,) = film.plan(desk)
    made = item.make(bench(desk))
    assert made.files == {f"{top}clips/real/{SLUG}{end}": data for top in ("", "site/")
                          for end, data in ((".mp4", without_notes(small_film())), (".vtt", CAPTIONS.encode()))}
    assert made.facts == {"seconds": 2, "width": 320, "height": 180} and not item.paper
    assert set(item.sources) >= {TOPIC, f"{FOLDER}/phim.mp4", f"{FOLDER}/phim.vtt"}
    assert film.plan(desk_of(project(tmp_path / "away", ADDRESS))) == []


def all_digests(root: Path) -> dict[str, str]:
    desk = desk_of(root)
    return {item.name: item.digest for item in (*number.plan(desk), *film.plan(desk), *site.plan(desk))}


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    return {name for name in before if before[name] != after.get(name)}


def test_only_what_a_report_decides_is_made_again(tmp_path: Path) -> None:
    root = project(tmp_path, ADDRESS, {LINKS: write_visits([Visit(ADDRESS, "open", D1, D1)])})
    first = all_digests(root)
    put(root, LINKS, write_visits([Visit(ADDRESS, "unsure", D2, D2, "403"), Visit("https://a.vn/", "dead", D2, D1)]))
    assert changed(first, all_digests(root)) == set(), "another day is no other page"
    put(root, LINKS, write_visits([Visit(ADDRESS, "dead", D2, D1, "404")]))
    assert changed(first, all_digests(root)) == {f"number:{NUMBER}", "site"}


def test_another_recording_is_another_film(tmp_path: Path) -> None:
    root = project(tmp_path, "phim.mp4", LOCAL)
    first = all_digests(root)
    put(root, f"{FOLDER}/phim.mp4", small_film(seconds=1))
    sign(root, TODAY, SLUG)
    made = {"site", f"number:{NUMBER}", f"film:{SLUG}"}
    lists = {f"number:{name}" for name in ("404", "2019", "3014", "3023", "3046")}
    assert changed(first, all_digests(root)) == made | lists, "another text is signed, and they say which"


@pytest.mark.parametrize("kind", UP)
def test_a_draft_shows_the_books_own_film_only(tmp_path: Path, kind: str) -> None:
    """Whose frames say what it is."""
    root = project(tmp_path, "phim.mp4", LOCAL)
    edit(root, TOPIC, "giữ yên", "giữ thật yên")
    assert film.plan(desk_of(root)) == []
    html = pages(root)[kind]
    assert re.findall(r'<source src="([^"]+)"', html) == [f"{UP[kind]}/clips/{SLUG}.mp4"]
    assert "/real/" not in html and OWN_BOX not in html


def test_what_was_approved_once_goes_from_the_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the film as well as of the words: both are signed."""
    monkeypatch.setenv("HOCSO_NO_BROWSER", "1")
    root = project(tmp_path, "phim.mp4", LOCAL)

    def real() -> list[str]:
        assert main(["-C", str(root), "build", "film", "site", "number"]) == 0
        return sorted(path.name for path in (root / "dist").rglob("real/*"))

    assert real() == [f"{SLUG}.mp4", f"{SLUG}.mp4", f"{SLUG}.vtt", f"{SLUG}.vtt"]
    put(root, f"{FOLDER}/phim.mp4", small_film(seconds=1))
    assert real() == []


# In a browser.


def lay_out(root: Path, *, clip: bool = True) -> Path:
    """The number page with the files it names, as served."""
    out = root.parent / "site"
    put(out, f"{NUMBER}/index.html", pages(root, clip=clip)["number"])
    desk = desk_of(root)
    for made in (item.make(bench(desk)) for item in film.plan(desk)):
        for path, data in made.files.items():
            if path.startswith("site/"):
                put(out, path.removeprefix("site/"), data)
    put(out, f"clips/{SLUG}.mp4", small_film(seconds=1))
    put(out, f"clips/{SLUG}.vtt", CAPTIONS)
    put(out, f"clips/{SLUG}.jpg", PIXEL)
    return out / NUMBER / "index.html"


WAYS: dict[str, tuple[str, Files]] = {
    "file": ("phim.mp4", LOCAL), "link": (ADDRESS, {}),
    "dead": (f'"{ADDRESS}"', {LINKS: write_visits([Visit(ADDRESS, "dead", D2, D1, "404")])}),
}


@pytest.mark.browser
@pytest.mark.parametrize("way", WAYS)
def test_at_360_px_nothing_is_asked_of_another_host(way: str, tmp_path: Path, browser: Browser) -> None:
    page = lay_out(project(tmp_path, *WAYS[way]))
    with window(browser, (360, 800)) as visit:
        visit.page.goto(page.as_uri())
        if way == "file":
            visit.page.click(".face > summary")
        if way != "dead":
            visit.page.click(".film-own summary")
            assert visit.page.locator(".film-own video").is_visible()
        assert visit.refused == []
        assert visit.page.evaluate("document.documentElement.scrollWidth") == 360
        low = visit.page.evaluate("""() => [...document.querySelectorAll("a.choice, .film-away, summary")]
          .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 48).map(e => e.outerHTML)""")
        small = visit.page.evaluate("""() => [...document.querySelectorAll(".film *, .film-away *, .film-own *")]
          .filter(e => parseFloat(getComputedStyle(e).fontSize) < 18 && e.textContent.trim()).map(e => e.outerHTML)""")
        assert (low, small) == ([], [])


@pytest.mark.browser
def test_the_real_film_plays_with_its_words(tmp_path: Path, browser: Browser) -> None:
    page = lay_out(project(tmp_path, *WAYS["file"]))
    with window(browser, (360, 800)) as visit:
        visit.page.goto(page.as_uri())
        seconds = visit.page.evaluate("""() => new Promise((done, no) => {
          const film = document.querySelector('figure.film video');
          film.muted = true; film.playbackRate = 4;
          film.onended = () => done(film.currentTime); film.onerror = () => no('error');
          film.play().catch(no); })""")
        assert 1.9 <= seconds <= 2.2
        words = visit.page.evaluate("""() =>
          [...document.querySelector('figure.film video').textTracks[0].cues].map(cue => cue.text)""")
        assert words == ["Bà con ơi, đây là phim quay thật."]
        name = visit.page.evaluate("document.querySelector('figure.film video').currentSrc")
        assert name.endswith(f"/clips/real/{SLUG}.mp4")


@pytest.mark.browser
def test_the_link_opens_only_when_it_is_pressed(tmp_path: Path, browser: Browser) -> None:
    page = lay_out(project(tmp_path, *WAYS["link"]))
    with window(browser, (360, 800)) as visit:
        visit.page.goto(page.as_uri())
        visit.page.wait_for_timeout(300)
        assert visit.refused == []
        visit.page.locator(".film-away").click(no_wait_after=True)
        visit.page.wait_for_timeout(300)
        assert visit.refused == [ADDRESS]
