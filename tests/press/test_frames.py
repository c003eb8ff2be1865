"""Frames drawn once: the same site, byte for byte, as when MkDocs frames every page of every edition."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from generator.engine.items import Handed
from generator.ground.files import Project, find_project
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.press import framer
from generator.press.framed import STYLE, Framed
from generator.press.frames import frame_site
from generator.press.pages import Theme
from generator.products.pages.parts.web import Web
from generator.products.pages.site import framed
from tests.projects import ROOT, edit, make_project

pytestmark = pytest.mark.long
EDITIONS = {"viet-nam": "https://hocso.example/", "xa-dai-son": "https://dai-son.example/so/"}


@cache
def drawn(edition: str) -> Framed:
    project = find_project(ROOT)
    book = select(read_handbook(project).handbook, edition)
    book = replace(book, edition=replace(book.edition, address=EDITIONS[edition]))
    shared = {f"poster:share:{lesson.slug}": Handed({f"site/share/{lesson.slug}-1200x630.png": 9}, {}, lambda _: b"")
              for lesson in book.lessons[:3]}
    return replace(framed(Web(book, Theme(project.theme), handed=shared)), pictures=())


def shelf(folder: Path) -> Project:
    """Our settings and theme, and a memory of its own."""
    return Project(make_project(folder), ROOT / "theme")


def no_mkdocs(*_: object) -> dict[str, bytes]:
    raise AssertionError("the frames are known")


def test_a_site_of_known_frames_is_what_mkdocs_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = shelf(tmp_path)
    frame_site(project, drawn("viet-nam"))
    whole = {edition: framer.run_mkdocs(project, drawn(edition)) for edition in EDITIONS}
    monkeypatch.setattr(framer, "run_mkdocs", no_mkdocs)
    for edition in EDITIONS:
        made = frame_site(project, drawn(edition))
        assert made.keys() == whole[edition].keys()
        assert [path for path, data in made.items() if data != whole[edition][path]] == []
    alike = whole["viet-nam"].items() & whole["xa-dai-son"].items()
    assert len([path for path, _ in alike if path.endswith(".html")]) == 0, "editions that look alike show nothing"


def test_words_that_look_like_a_place_stay_words(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    edit(root, "content/topics/quet-ma-qr/index.md", "# Quét mã QR", "# hocso-content-stands-here")
    project = find_project(root)
    own = framed(Web(select(read_handbook(project).handbook, "viet-nam"), Theme(project.theme)))
    assert frame_site(project, own) == framer.run_mkdocs(project, own)


@pytest.mark.parametrize("data", [b"", b"{}", b"\0" * 32 + b'{"assets/hocso.css": "lies"}'])
def test_frames_that_were_damaged_are_drawn_anew(data: bytes, tmp_path: Path) -> None:
    project = shelf(tmp_path)
    own = drawn("viet-nam")
    before = frame_site(project, own)
    kept, = (project.private / "frames").iterdir()
    kept.write_bytes(data)
    assert frame_site(project, own) == before


@pytest.mark.parametrize(("file", "old", "new"), [
    ("theme/site/partials/footer.html", "không mất tiền", "mất tiền"),
    ("theme/parts/lesson.html", "class=", 'class="md-tabs" data-was='),
    ("mkdocs.yml", "site_name: Học số", "site_name: Số học"),
])
def test_whatever_shapes_a_frame_draws_it_anew(file: str, old: str, new: str, tmp_path: Path) -> None:
    root = make_project(tmp_path, theme=True)
    project = Project(root, root / "theme")
    own = drawn("viet-nam")
    before = frame_site(project, own)
    edit(root, file, old, new)
    after = frame_site(project, own)
    assert after != before
    assert after == framer.run_mkdocs(project, own)


def test_all_pages_wear_one_style_without_what_nobody_wears() -> None:
    files = framer.run_mkdocs(find_project(ROOT), drawn("viet-nam"))
    assert [path for path in files if path.endswith(".css")] == [STYLE]
    style = files[STYLE].decode()
    assert "md-tabs" not in style and "--md-code-hl" not in style
    assert ".md-typeset h1" in style and "find-list" in style
