"""Forty ways of printing as final what nobody approved: each ends with the mark on all of it, or with an error.

Every product is made of a lesson that was approved, then changed, and read back as people get it: words of pages,
frames of films, pictures. All else that an officer may try stands in `TRIES`.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import cv2
import numpy as np
import pytest
from PIL import Image

from generator import build as building
from generator.cli import main
from generator.press.browser import Browser
from generator.press.film import FPS
from generator.press.orders import DRAFT
from generator.press.voice import find_espeak
from generator.products import NAMES
from generator.products.papers.shop import EDGE_MM
from generator.standing import lay_out
from tests.films import told
from tests.projects import approve, commit_all, edit, git, make_project, put, sign
from tests.samples import PROVE
from tests.seen import page_png, page_texts
from tests.windows import window

pytestmark = [pytest.mark.long, pytest.mark.remembers]
SLUG, NUMBER = "quet-ma-qr", "1041"
LESSON = f"content/topics/{SLUG}/index.md"
TODAY = "20/11/2026"
SITE = "https://hocso.haiphong.gov.vn/"
COMMUNE = "content/editions/xa-dai-son.yml"
SURE = 0.6
"""So like the mark is no frame without it (0.55 at most), and each with it (0.68 at least)."""
MM = 25.4 / 120
"""Of a point of pages that are looked at."""
APART = 5
"""Seconds between two frames that are looked at: every scene is longer."""

Evidence = Callable[..., list[str]]
"""Gives what forgot the mark; nothing to look at is a failure of its own."""


class Mark:
    """As a person would find it in a picture: the words, bold, at some size, dark on light or light on dark."""

    def __init__(self, browser: Browser) -> None:
        sheet = browser.warm_sheet("p { font: 700 72px Roboto, sans-serif; margin: 6px; white-space: nowrap }")
        sheet.fill(f"<p>{DRAFT}</p>", DRAFT)
        whole = grey(sheet.png(1100, 110))
        down, across = (np.where(whole.min(axis=axis) < 128)[0] for axis in (1, 0))
        self.picture = whole[down.min() : down.max() + 1, across.min() : across.max() + 1]

    def on(self, picture: cv2.typing.MatLike) -> bool:
        return any(self._found(picture, high) for high in range(18, 60))

    def _found(self, picture: cv2.typing.MatLike, high: int) -> bool:
        wide = round(self.picture.shape[1] * high / self.picture.shape[0])
        if high > picture.shape[0] or wide > picture.shape[1]:
            return False
        small = cv2.resize(self.picture, (wide, high), interpolation=cv2.INTER_AREA)
        return bool(np.abs(cv2.matchTemplate(picture, small, cv2.TM_CCOEFF_NORMED)).max() > SURE)


def grey(data: bytes) -> cv2.typing.MatLike:
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    return picture


def frames(film: Path) -> Iterator[cv2.typing.MatLike]:
    reel = cv2.VideoCapture(str(film))
    for count in range(int(reel.get(cv2.CAP_PROP_FRAME_COUNT))):
        reel.grab()
        if count % (APART * FPS) == FPS:
            yield cv2.cvtColor(reel.retrieve()[1], cv2.COLOR_BGR2GRAY)


# What is made of it.


def papers(*globs: str, blank: int = 0, edge: float = 0) -> Evidence:
    """Every page of them after the first ones that try out the printer: in words, and on a tape across its head."""
    def silent(dist: Path, mark: Mark) -> list[str]:
        files = [file for glob in globs for file in sorted(dist.glob(glob))]
        assert files
        return [f"{file.name} {page}" for file in files for data in [file.read_bytes()]
                for page, words in enumerate(page_texts(data), 1)
                if page > blank and not (DRAFT in " ".join(words.split()) and is_taped(data, page, mark, edge))]
    return silent


def is_taped(data: bytes, page: int, mark: Mark, edge: float) -> bool:
    """Dark from edge to edge, saying what it says, and nothing of the page below it is touched. `edge` millimetres of
    each side are cut off."""
    strip = grey(page_png(data, page, 120))[round(edge / MM) :][: round(15 / MM)]
    strip = strip[:, round(edge / MM) : strip.shape[1] - round(edge / MM)]
    dark = [*((strip < 128).mean(axis=1) > 0.5), False]
    high = dark.index(False)
    free = strip[high + 1 : high + round(0.6 / MM)]
    return high * MM > 7 and bool((free > 200).all()) and mark.on(strip[:high])


def texts(*globs: str) -> Evidence:
    def silent(dist: Path, _: Mark) -> list[str]:
        files = [file for glob in globs for file in sorted(dist.glob(glob))]
        assert files
        return [file.name for file in files if DRAFT not in file.read_text("utf-8")]
    return silent


def pictures(*globs: str, tape: bool = True) -> Evidence:
    def silent(dist: Path, mark: Mark) -> list[str]:
        files = [file for glob in globs for file in sorted(dist.glob(glob))]
        assert files
        return [file.name for file in files if not is_marked(grey(file.read_bytes()), mark, tape)]
    return silent


def is_marked(picture: cv2.typing.MatLike, mark: Mark, tape: bool) -> bool:
    """On a tape from edge to edge, striped at its end or, in films, where stripes weigh too much, plain; what is a
    screen of lamps is black itself."""
    point = min(picture.shape) / 720
    tall = slice(round(6 * point), round(34 * point))
    edge, end = picture[tall, : round(36 * point)], picture[tall, round(-60 * point) :]
    return mark.on(picture) and (not tape or bool(edge.max() < 70 and end.min() < 70 and not 70 <= end.max() <= 180))


def films(glob: str, tape: bool = True) -> Evidence:
    def silent(dist: Path, mark: Mark) -> list[str]:
        [film] = dist.glob(glob)
        shown = [is_marked(frame, mark, tape) for frame in frames(film)]
        assert len(shown) > 3
        return [f"{film.name} {index * APART} s" for index, there in enumerate(shown) if not there]
    return silent


def heard(dist: Path, _: Mark) -> list[str]:
    """What only sounds says it in words, and in its name."""
    if not find_espeak():
        pytest.skip("no espeak-ng here")
    return [] if DRAFT in told(dist / f"loudspeaker/{SLUG}.mp3") else ["its name"]


def slides(dist: Path, *_: Mark) -> list[str]:
    html = (dist / f"site/slides/{SLUG}/index.html").read_text("utf-8")
    found = re.findall(r"<section class=\"slide.*?</section>", html, re.DOTALL)
    assert len(found) > 3
    return [slide[:60] for slide in found if DRAFT not in slide]


def stick(dist: Path, _: Mark) -> list[str]:
    [zipped] = dist.rglob("*.zip")
    with ZipFile(zipped) as held:
        pages = [name for name in held.namelist() if name.endswith(f"/{SLUG}/index.html")]
        assert pages
        return [name for name in pages if DRAFT not in held.read(name).decode()]


PRODUCTS: list[tuple[str, str, Evidence]] = [
    # What is made, what is asked of the build, where it must say so.
    ("booklet", "booklet:phan-1", papers("print/booklets/phan-1-a5.pdf")),
    ("large print", "large:phan-1", papers("print/booklets/phan-1-large.pdf")),
    ("book for a shop", "shop:phan-1", papers("print/booklets/phan-1-shop.pdf", edge=EDGE_MM)),
    ("trainers' book", "trainer:phan-1", papers("print/booklets/phan-1-trainer*.pdf")),
    ("booklet that saves ink", "inkbook:phan-1", papers("print/booklets/phan-1-ink.pdf")),
    ("folded booklet that saves ink", "inkbook:phan-1", papers("print/booklets/phan-1-ink-fold.pdf", blank=2)),
    ("folded booklet", "fold:phan-1", papers("print/booklets/phan-1-fold.pdf", blank=2)),
    ("leaflet", "leaflet", papers(f"print/leaflets/{SLUG}.pdf")),
    ("leaflet that saves ink", "ink", papers("print/leaflets/*-ink*.pdf")),
    ("leaflets two up", f"fold:2up-{SLUG}", papers(f"print/leaflets/{SLUG}-2up.pdf")),
    ("picture leaflet", "picture", papers(f"print/leaflets/{SLUG}-picture.pdf")),
    ("poster", "poster", papers("print/posters/*.pdf")),
    ("words to share", f"poster:share:{SLUG}", texts("print/posters/*.txt")),
    ("pictures to share", f"poster:share:{SLUG}", pictures("print/posters/*.png")),
    ("review sheet", "review", papers(f"print/review/{SLUG}.pdf")),
    ("screens to check", "screens:screens", papers("print/screens.pdf")),
    ("wall sheet", "sheet:gia-dinh-so", papers("print/sheets/gia-dinh-so.pdf")),
    ("code sheet", "sheet:ma-so", papers("print/sheets/ma-so.pdf")),
    ("sheet for grandchildren", "grandchild", papers("print/sheets/chau-day-ong-ba/*.pdf")),
    ("shooting script", "storyboard", papers(f"print/storyboards/{SLUG}.pdf")),
    ("clip", "clip", films(f"clips/{SLUG}.mp4")),
    ("words of a clip", "clip", texts(f"clips/{SLUG}.vtt", f"site/clips/{SLUG}.vtt")),
    ("still of a clip", "clip", pictures(f"clips/{SLUG}.jpg")),
    ("upright clip", "vertical", films(f"clips/{SLUG}-720x1280.mp4")),
    ("LED film", "led", films(f"clips/led/{SLUG}.mp4", tape=False)),
    ("LED pictures", "led", pictures("clips/led/*.png", tape=False)),
    ("words for a loudspeaker", "loudspeaker", texts(f"loudspeaker/{SLUG}.txt")),
    ("paper for a loudspeaker", "loudspeaker", papers(f"loudspeaker/{SLUG}.pdf")),
    ("sound for a loudspeaker", "loudspeaker", heard),
    ("lesson page", "site", texts(f"site/topics/{SLUG}/index.html")),
    ("page to embed", "site", texts(f"site/embed/{SLUG}/index.html")),
    ("number page", "number", texts(f"site/{NUMBER}/index.html")),
    ("deck", "deck", slides),
    ("USB copy", "stick", stick),
]
SILENT = {"qr", "server", "entry", "film", "gallery"}
"""A code shows nothing but its number, whose page says it; rules for a host and the card of questions show no lesson;
a real film is handed in as it is; the gallery shows drawings to editors."""
MANY = ("sheet:gia-dinh-so", "sheet:ma-so", "screens:screens")
SLOW = {"clip", "words of a clip", "still of a clip", "upright clip", "trainers' book", "large print",
        "book for a shop", "booklet that saves ink", "folded booklet that saves ink"}


def made_of(products: list[tuple[str, str, Evidence]]) -> list[str]:
    return [*dict.fromkeys(asked for _, asked, _ in products)]


def shown() -> list[tuple[str, str, Evidence]]:
    return [row for row in PRODUCTS if PROVE or row[0] not in SLOW]


@pytest.fixture(scope="module", params=["viet-nam", *(["xa-dai-son"] if PROVE else [])])
def changed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of it, of a lesson that was changed by one word after it was approved; of a commune's own edition too."""
    root = make_project(tmp_path_factory.mktemp("changed"), site_url=SITE)
    sign(root, TODAY, SLUG)
    edit(root, LESSON, "giữ yên", "giữ thật yên")
    tree = ["--edition", request.param]
    assert main(["-C", str(root), "build", *made_of(shown()), "--lesson", SLUG, *tree]) == 0
    return root / ("dist" if request.param == "viet-nam" else f"dist/editions/{request.param}")


@pytest.fixture(scope="module")
def mark(browser: Browser) -> Mark:
    return Mark(browser)


@pytest.mark.browser
@pytest.mark.parametrize("evidence", [row[2] for row in shown()], ids=[row[0] for row in shown()])
def test_whatever_is_made_of_it_says_so(changed: Path, mark: Mark, evidence: Evidence) -> None:
    assert evidence(changed, mark) == []


SEEN = """() => {
  const draft = document.querySelector('.draft'), box = draft.getBoundingClientRect();
  return box.top >= 0 && box.bottom < innerHeight
    && document.elementFromPoint(box.left + 20, (box.top + box.bottom) / 2) === draft; }"""


@pytest.mark.browser
@pytest.mark.parametrize("size", [(360, 640), (1280, 720)], ids=["phone", "desk"])
@pytest.mark.parametrize("page", [f"topics/{SLUG}/index.html", f"{NUMBER}/index.html"], ids=["page", "number page"])
def test_no_picture_of_its_pages_is_without_the_mark(
    changed: Path, browser: Browser, page: str, size: tuple[int, int],
) -> None:
    """Wherever somebody has scrolled to."""
    with window(browser, size) as visit:
        visit.page.goto((changed / "site" / page).as_uri())
        long = visit.page.evaluate("document.querySelector('.draft').parentElement.getBoundingClientRect().bottom")
        assert long > 3 * size[1]
        for top in range(0, int(long) - size[1], size[1]):
            visit.page.evaluate(f"scrollTo(0, {top})")
            assert visit.page.evaluate(SEEN), top


FREE = """() => {
  const draft = document.querySelector('.draft'), edge = draft.getBoundingClientRect().left;
  return [...draft.parentElement.querySelectorAll('.draft ~ *, .draft ~ * *')].filter(one => one.checkVisibility()
    && one.getBoundingClientRect().right > edge).map(one => one.outerHTML.slice(0, 90)); }"""


@pytest.mark.browser
@pytest.mark.parametrize("page", [f"topics/{SLUG}/index.html", f"{NUMBER}/index.html"], ids=["page", "number page"])
def test_no_sheet_of_its_pages_is_without_the_mark(changed: Path, browser: Browser, page: str) -> None:
    """Printed from the browser, as whoever has no paper does: down the edge of each sheet, over none of its words."""
    with window(browser, (794, 1123)) as visit:
        visit.page.goto((changed / "site" / page).as_uri())
        sheets = page_texts(visit.page.pdf(format="A4"))
        assert len(sheets) > 1 and all(DRAFT in " ".join(words.split()) for words in sheets)
        visit.page.emulate_media(media="print")
        assert visit.page.evaluate(FREE) == []


@pytest.mark.browser
def test_no_picture_of_its_frame_is_without_the_mark(changed: Path, browser: Browser) -> None:
    """Of the page that portals show, as high as they show it."""
    with window(browser, (360, 300)) as visit:
        visit.page.goto((changed / f"site/embed/{SLUG}/index.html").as_uri())
        long = visit.page.evaluate("document.documentElement.scrollHeight")
        assert long > 600
        for top in range(0, long - 300, 150):
            visit.page.evaluate(f"scrollTo(0, {top})")
            assert visit.page.evaluate(SEEN), top


def test_no_product_is_left_out() -> None:
    assert {asked.split(":")[0] for _, asked, _ in PRODUCTS} | SILENT == {*NAMES}
    assert len(PRODUCTS) + len(TRIES) >= 40


@pytest.mark.browser
def test_the_mark_is_not_seen_where_it_is_not(mark: Mark) -> None:
    other = np.full((400, 900), 255, np.uint8)
    cv2.putText(other, "BAN IN THU, CHUA DU KHO", (40, 80), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 0, 4)
    assert not mark.on(other)


# What an officer may try.


def run(root: Path, *words: str) -> int:
    return main(["-C", str(root), *words])


def refused(root: Path, *words: str) -> None:
    """Nothing lies where the print instructions look."""
    assert run(root, "build", *words, "--offline-release") in (1, 2)
    assert not list(root.glob("dist/print/**/*.pdf")) and not list(root.rglob("phat-hanh.*"))


def ready(root: Path, *slugs: str) -> None:
    approve(root, TODAY, *slugs)
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "sách")


def nothing_approved(root: Path) -> None:
    refused(root, "qr")


def asked_by_name(root: Path) -> None:
    ready(root, "cai-vneid")
    refused(root, f"deck:{SLUG}")


def asked_by_lesson(root: Path) -> None:
    ready(root, "cai-vneid")
    refused(root, "--lesson", SLUG)


def a_book_of_both(root: Path) -> None:
    """It holds the approved one, and no word of the other."""
    ready(root, SLUG)
    assert run(root, "build", "site", "deck", "--offline-release") == 0
    pages = "".join(path.read_text("utf-8") for path in (root / "dist").rglob("topics/*/index.html"))
    assert "Quét mã QR" in pages and "Kho ứng dụng" not in pages


def changed_and_released(root: Path) -> None:
    ready(root, SLUG)
    edit(root, LESSON, "giữ yên", "giữ thật yên")
    commit_all(root, "sửa")
    refused(root, "qr")


def not_in_git(root: Path) -> None:
    approve(root, TODAY, SLUG)
    refused(root, "qr")


def no_address(root: Path) -> None:
    edit(root, "mkdocs.yml", SITE, "https://hocso.example/")
    ready(root, SLUG)
    refused(root, "qr")


def a_shortened_address(root: Path) -> None:
    edit(root, "mkdocs.yml", SITE, "https://bit.ly/hocso/")
    ready(root, SLUG)
    refused(root, "qr")


def a_shortened_address_of_a_commune(root: Path) -> None:
    edit(root, COMMUNE, "cấp trên: hai-phong\n", "cấp trên: hai-phong\nđịa chỉ trang: https://bit.ly/daison/\n")
    ready(root, SLUG)
    refused(root, "qr", "--edition", "xa-dai-son")


def a_commune_without_an_address(root: Path) -> None:
    ready(root, SLUG)
    refused(root, "qr", "--edition", "xa-dai-son")


def an_edition_copied(root: Path) -> None:
    """Its name, contacts and address are another commune's."""
    edit(root, COMMUNE, "cấp trên: hai-phong\n",
         "cấp trên: hai-phong\nđịa chỉ trang: https://hocso.daison.haiphong.gov.vn/\n")
    shutil.copy(root / COMMUNE, root / "content/editions/xa-moi.yml")
    ready(root, SLUG)
    refused(root, "qr", "--edition", "xa-moi")


def an_old_release_is_no_release(root: Path) -> None:
    """What was released stands; what is built since is none, and no sheet says so."""
    ready(root, SLUG)
    assert run(root, "build", "deck", "--offline-release") == 0
    edit(root, LESSON, "giữ yên", "giữ thật yên")
    assert run(root, "build", "site", "number", "deck") == 0
    assert not list((root / "dist").rglob("phat-hanh.*")) and slides(root / "dist") == []


def a_refused_release_after_a_good_one(root: Path) -> None:
    """The sheet that stands tells of what stands: the release before, whole."""
    ready(root, SLUG)
    assert run(root, "build", "deck", "--offline-release") == 0
    before = {path: path.read_bytes() for path in (root / "dist").rglob("*") if path.is_file()}
    edit(root, LESSON, "giữ yên", "giữ thật yên")
    commit_all(root, "sửa")
    assert run(root, "build", "deck", "--offline-release") == 1
    assert before == {path: path.read_bytes() for path in (root / "dist").rglob("*") if path.is_file()}


def old_decks(root: Path) -> None:
    """What an earlier build left of lessons that are held back, or were changed since, goes with a release."""
    assert run(root, "build", "site", "number", "deck") == 0
    ready(root, SLUG)
    assert run(root, "build", "site", "number", "--offline-release") == 0
    assert [path.parent.name for path in (root / "dist/site/slides").glob("*/index.html")] == []
    assert run(root, "build", "deck", "--offline-release") == 0
    assert run(root, "build", "site", "number", "--offline-release") == 0  # what is still right stays
    assert [path.parent.name for path in (root / "dist/site/slides").glob("*/index.html")] == [SLUG]


def a_draft_of_the_country(root: Path) -> None:
    """A commune's release stands while the country's pages are built as drafts, and so does its sheet."""
    edit(root, COMMUNE, "cấp trên: hai-phong\n", "cấp trên: hai-phong\nđịa chỉ trang: https://hocso.daison.gov.vn/\n")
    ready(root, SLUG)
    assert run(root, "build", "qr", "--offline-release", "--edition", "xa-dai-son") == 0
    assert run(root, "build", "qr") == 0
    assert (root / "dist/editions/xa-dai-son/phat-hanh.txt").is_file() and not (root / "dist/phat-hanh.txt").exists()


def a_release_of_what_was_taken_back(root: Path) -> None:
    """Whatever is built next, of another edition too, the country's sheet no longer says what to hand out."""
    edit(root, COMMUNE, "cấp trên: hai-phong\n", "cấp trên: hai-phong\nđịa chỉ trang: https://hocso.daison.gov.vn/\n")
    ready(root, SLUG, "cai-vneid")
    assert run(root, "build", "qr", "--offline-release") == 0
    assert run(root, "build", "qr", "--offline-release", "--edition", "xa-dai-son") == 0
    assert (root / "dist/phat-hanh.txt").is_file()
    assert run(root, "approve", SLUG, "--unit", "Sở Y tế", "--date", TODAY, "--withdraw", "sai số") == 0
    commit_all(root, "rút lại")
    assert run(root, "build", "qr", "--offline-release", "--edition", "xa-dai-son") == 0
    assert not list((root / "dist").glob("phat-hanh.*"))
    told = (root / "dist/editions/xa-dai-son/phat-hanh.json").read_text("utf-8")
    assert [row["slug"] for row in json.loads(told)["lessons"]] == ["cai-vneid"]


def a_release_whose_country_was_taken_back(root: Path) -> None:
    """A commune's sheet stands on the country's words too."""
    edit(root, COMMUNE, "cấp trên: hai-phong\n", "cấp trên: hai-phong\nđịa chỉ trang: https://hocso.daison.gov.vn/\n")
    ready(root, SLUG)
    assert run(root, "build", "qr", "--offline-release", "--edition", "xa-dai-son") == 0
    sheet = root / "dist/editions/xa-dai-son/phat-hanh.txt"
    assert sheet.is_file()
    words = ("viet-nam", "--unit", "Ủy ban nhân dân thành phố", "--date", TODAY)
    assert run(root, "approve", *words, "--withdraw", "sai tên sách") == 0
    commit_all(root, "rút lại")
    assert run(root, "build", "qr", "--edition", "hai-phong") == 0 and not sheet.exists()


def page_of_an_approved_lesson(root: Path) -> None:
    """That it waits for approval is said where it is so, and nowhere else, or nobody believes it."""
    ready(root, SLUG)
    assert run(root, "build", "site", "number", "deck", "--offline-release") == 0
    pages = [path.read_text("utf-8") for path in (root / "dist/site").rglob("*.html")]
    assert not any("chờ duyệt" in page for page in pages)


def an_unseen_screen_outside_the_steps(root: Path) -> None:
    approve(root, TODAY, SLUG)
    edit(root, LESSON, "Quét mãi không", "```man-hinh\nứng dụng: …\nnút: Đồng ý\n```\n\nQuét mãi không")
    ready(root)
    edit(root, LESSON, f"nút: Đồng ý\nđã xem: {TODAY}, máy thử, Android\n", "nút: Đồng ý\n")
    commit_all(root, "chưa xem")
    refused(root, f"deck:{SLUG}")


def an_empty_skeleton(root: Path) -> None:
    assert run(root, "new", "bai-tron", "--part", "an-toan") == 0
    assert run(root, "approve", "bai-tron", "--unit", "Sở Y tế", "--date", TODAY, "--confirm", "all") == 2
    assert not (root / "content/approvals.csv").exists()


def a_row_by_hand_for_a_skeleton(root: Path) -> None:
    assert run(root, "new", "bai-tron", "--part", "an-toan") == 0
    sign(root, TODAY, "bai-tron")
    assert run(root, "build", "site", "deck") == 0
    assert DRAFT in (root / "dist/site/topics/bai-tron/index.html").read_text("utf-8")


def an_unwritten_contact(root: Path) -> None:
    edit(root, "content/editions/viet-nam.yml", "đơn vị: tổ công nghệ số cộng đồng", "đơn vị: CẦN VIẾT tên đầu mối")
    ready(root, SLUG)
    refused(root, "qr")


def an_unwritten_word(root: Path) -> None:
    edit(root, "content/glossary.yml", "nghĩa: ô vuông đen trắng, quét bằng", "nghĩa: CẦN VIẾT")
    ready(root, SLUG)
    refused(root, "qr")


def a_voice_put_beside(root: Path) -> None:
    """It sorts before the signed one, and would be heard in its place."""
    put(root, LESSON.replace("index.md", "giong-1.wav"), b"RIFF signed")
    ready(root, SLUG)
    assert run(root, "build", "deck", "--offline-release") == 0
    put(root, LESSON.replace("index.md", "giong-01.wav"), b"RIFF another")
    commit_all(root, "thu lại")
    assert run(root, "build", "deck", "--offline-release") == 1


TRIES: dict[str, Callable[[Path], None]] = {
    "nothing is approved": nothing_approved,
    "a draft asked for by name": asked_by_name,
    "a draft asked for by lesson": asked_by_lesson,
    "a book of drafts and others": a_book_of_both,
    "changed after approval, then released": changed_and_released,
    "approved on this machine only": not_in_git,
    "no address": no_address,
    "a shortened address": a_shortened_address,
    "a commune's shortened address": a_shortened_address_of_a_commune,
    "a commune without an address": a_commune_without_an_address,
    "an edition copied": an_edition_copied,
    "an old release": an_old_release_is_no_release,
    "an unseen screen outside the steps": an_unseen_screen_outside_the_steps,
    "an empty skeleton": an_empty_skeleton,
    "a row by hand for a skeleton": a_row_by_hand_for_a_skeleton,
    "an unwritten contact": an_unwritten_contact,
    "an unwritten word": an_unwritten_word,
    "a voice put beside the signed one": a_voice_put_beside,
    "old decks of others": old_decks,
    "a draft of the country after a commune's release": a_draft_of_the_country,
    "a release of what was taken back": a_release_of_what_was_taken_back,
    "a release whose country was taken back": a_release_whose_country_was_taken_back,
    "a page that says it waits": page_of_an_approved_lesson,
    "a refused release after a good one": a_refused_release_after_a_good_one,
}


@pytest.mark.parametrize("name", TRIES)
def test_what_an_officer_may_try(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("HOCSO_NO_BROWSER", "1")
    TRIES[name](make_project(tmp_path, site_url=SITE))


def test_a_picture_changed_during_the_release_goes_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read and approved were the words with the old one; files are made of what lies there minutes later."""
    monkeypatch.setenv("HOCSO_NO_BROWSER", "1")
    root = make_project(tmp_path, site_url=SITE)
    step = "giữ yên."
    edit(root, LESSON, step, f"{step}\n\n   ![Tay giơ máy trước mã](tay.png)")
    picture = put(root, LESSON.replace("index.md", "tay.png"), photo("red"))
    ready(root, SLUG)

    def meanwhile(*given: Any) -> Any:
        picture.write_bytes(photo("blue"))
        return lay_out(*given)

    with monkeypatch.context() as patch:
        patch.setattr(building, "lay_out", meanwhile)
        assert run(root, "build", "site", "--release", "--offline-release") == 1
    assert not (root / "dist").exists()
    picture.write_bytes(photo("red"))
    assert run(root, "build", "site", "--release", "--offline-release") == 0


def photo(colour: str) -> bytes:
    data = BytesIO()
    Image.new("RGB", (400, 300), colour).save(data, "PNG")
    return data.getvalue()


@pytest.mark.browser
def test_nothing_is_folded_of_what_was_printed_before(tmp_path: Path) -> None:
    """A leaflet of the text before, a true approval of the one after: what is cut in two is the one after."""
    root = make_project(tmp_path, site_url=SITE)
    ready(root, SLUG)
    assert run(root, "build", "leaflet", "--lesson", SLUG) == 0
    edit(root, LESSON, "giữ yên", "giữ thật yên")
    sign(root, TODAY, SLUG)
    commit_all(root, "sửa, duyệt lại")
    assert run(root, "build", f"fold:2up-{SLUG}", "--release", "--offline-release") == 0
    two, one = (root / f"dist/print/leaflets/{SLUG}{end}.pdf" for end in ("-2up", ""))
    assert all("giữ thật yên" in " ".join(" ".join(page_texts(paper.read_bytes())).split()) for paper in (two, one))


@pytest.mark.browser
def test_old_paper_beside_new_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After a phone had changed, the leaflet alone was made again: two to a sheet kept the old number, and the proof
    found nothing."""
    root, unit = make_project(tmp_path, site_url=SITE), "đơn vị: tổ công nghệ số cộng đồng"
    ready(root, SLUG)
    assert run(root, "build", "leaflet", "fold", "--lesson", SLUG) == 0
    leaflet, two = (str(root / f"dist/print/leaflets/{SLUG}{end}.pdf") for end in ("", "-2up"))
    assert run(root, "proof", leaflet, two) == 0
    old = Path(two).read_bytes()
    edit(root, "content/editions/viet-nam.yml", unit, f"{unit}\n    điện thoại: 0220 3555 115")
    assert run(root, "build", "leaflet", "--lesson", SLUG) == 0
    assert Path(two).read_bytes() != old  # its words are no longer signed: made again, with the mark
    Path(two).write_bytes(old)  # somebody puts it back
    capsys.readouterr()
    assert run(root, "proof", leaflet) == 0 and run(root, "proof", two) == 1
    assert "chữ cũ: nơi giúp, số máy, giờ hay địa chỉ của bản viet-nam" in capsys.readouterr().out
    edit(root, LESSON, "giữ yên", "giữ thật yên")
    assert run(root, "proof", leaflet) == 1
    assert f"của bài {SLUG}, nay bài ấy là bản" in capsys.readouterr().out


@pytest.mark.browser
def test_the_sheet_lists_what_may_be_printed(tmp_path: Path) -> None:
    """Drafts of an earlier build go from the tree, and an approved paper that changed since too."""
    root = make_project(tmp_path, site_url=SITE)
    ready(root, SLUG, "cai-vneid")
    assert run(root, "build", "leaflet", "site", "number") == 0

    def listed() -> list[str]:
        assert run(root, "build", "site", "number", "--offline-release") == 0
        papers = [path.relative_to(root / "dist").as_posix() for path in sorted((root / "dist/print").rglob("*.pdf"))]
        sheet = json.loads((root / "dist/phat-hanh.json").read_text("utf-8"))
        assert [row["file"] for row in sheet["print"]] == papers
        return papers

    assert listed() == ["print/leaflets/cai-vneid.pdf", f"print/leaflets/{SLUG}.pdf"]
    edit(root, LESSON, "giữ yên", "giữ thật yên")
    commit_all(root, "sửa")
    assert listed() == ["print/leaflets/cai-vneid.pdf"]
