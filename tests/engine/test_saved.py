"""What is saved while a build runs, and undone later: nothing of it stands under the key of what stood there before."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from generator import workshop
from generator.build import Order, build
from generator.engine.progress import Progress
from generator.ground.errors import HocsoError
from generator.ground.files import find_project
from tests.engine.test_edits import PICTURE, QR, digests, picture
from tests.projects import edit, make_project, put
from tests.real_films import CAPTIONS, small_film
from tests.samples import sample

FILM = "content/topics/quet-ma-qr/phim.mp4"
PADDING = b"\0\x26\x25\xa0free" + bytes(2_500_000 - 8)
"""A film that is too long to be kept in mind."""


def change(name: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda root: edit(root, name, old, new)


SAVED: dict[str, Callable[[Path], object]] = {
    "words": change(QR, "giữ yên.", "giữ thật yên."),
    "a picture": lambda root: put(root, PICTURE, picture(20)),
    "a picture taken away": lambda root: put(root, PICTURE, None),
    "a long film": lambda root: put(root, FILM, small_film(seconds=3) + PADDING),
    "captions": lambda root: put(root, FILM.replace(".mp4", ".vtt"), CAPTIONS.replace("Bà con ơi", "Bác ơi")),
    "captions taken away": lambda root: put(root, FILM.replace(".mp4", ".vtt"), None),
    "settings": change("mkdocs.yml", "language: vi", "language: en"),
    "the site's name": change("mkdocs.yml", "site_name: Học số cơ bản cho mọi người", "site_name: Học số"),
    "the ledger": lambda root: put(root, "qr/ledger.csv", (root / "qr/ledger.csv").read_text("utf-8").rstrip("\n")
                                   + "\n9011,channel:tro-ly-ao,2026-11-18,,,\n"),
    "a place": change("content/editions/viet-nam.yml", "tổ công nghệ số cộng đồng", "tổ công nghệ số"),
    "a style": change("theme/deck/deck.css", "{", "{ widows: 2;"),
    "a template": change("theme/page/base.html", "Quét mã có an toàn không?", "Quét mã thì có an toàn không?"),
    "the frame": change("theme/site/main.html", "{%", "<!-- saved -->{%"),
    "a file beside the frame": change("theme/site/assets/favicon.svg", "<svg ", "<svg id=\"saved\" "),
}
MOMENTS = ("check", "select", "plan", "make", "publish")
"""Steps at whose beginning it is saved."""
ROWS = sample([(what, moment) for what in SAVED for moment in MOMENTS], 1, *(
    (what, "make") for what in ("words", "a picture", "a long film", "the ledger", "a template", "the frame")))


class Saving(Progress):
    """An editor who saves as soon as a step begins."""

    def __init__(self, moment: str, save: Callable[[], object]) -> None:
        super().__init__(io.StringIO())
        self.moment = moment
        self.save = save

    @contextmanager
    def step(self, name: str, detail: str = "") -> Iterator[None]:
        if name == self.moment:
            self.moment = ""
            self.save()
        with super().step(name, detail):
            yield


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(tmp_path_factory.mktemp("saved"), theme=True)
    put(root, PICTURE, picture(200))
    put(root, FILM, small_film() + PADDING)
    put(root, FILM.replace(".mp4", ".vtt"), CAPTIONS)
    edit(root, QR, "trạng thái: nháp", "trạng thái: nháp\nphim: phim.mp4")
    edit(root, QR, "2. Giơ máy cách mã một gang tay, giữ yên.\n",
         "2. Giơ máy cách mã một gang tay, giữ yên.\n\n![Tờ giấy có mã](to-giay.png)\n")
    return root


@pytest.fixture(scope="module")
def clean(base: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = tmp_path_factory.mktemp("clean") / "sach"
    shutil.copytree(base, root)
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch)
        build(find_project(root), Order(), Progress(io.StringIO()))
    return digests(root)


def quicken(patch: pytest.MonkeyPatch) -> None:
    patch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    patch.setattr(workshop, "find_browser", lambda: None)


@pytest.mark.parametrize(("what", "moment"), ROWS, ids=[f"{what}, {moment}" for what, moment in ROWS])
def test_saved_and_undone(
    base: Path, clean: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, moment: str
) -> None:
    quicken(monkeypatch)
    root = tmp_path / "sach"
    shutil.copytree(base, root)
    saving = Saving(moment, lambda: SAVED[what](root))
    with suppress(HocsoError, OSError):  # what is gone, or too long to keep in mind, ends the command in one line
        build(find_project(root), Order(), saving)
    assert saving.moment == ""
    for folder in ("content", "qr", "theme"):
        shutil.rmtree(root / folder)
        shutil.copytree(base / folder, root / folder)
    shutil.copyfile(base / "mkdocs.yml", root / "mkdocs.yml")
    build(find_project(root), Order(), Progress(io.StringIO()))
    after = digests(root)
    assert {path for path in {*after, *clean} if after.get(path) != clean.get(path)} == set()
