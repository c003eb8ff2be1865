"""A build names the papers it changed: those who print need not look for them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator import build
from generator.cli import main
from generator.engine.tree import Published
from generator.handout import changed_papers
from tests.projects import edit, make_project

LEAFLET, TWO_UP, BOOK = "print/leaflets/a.pdf", "print/leaflets/a-2up.pdf", "print/booklets/hoc-so-co-ban-a5.pdf"
QR, VNEID = (f"content/topics/{slug}/index.md" for slug in ("quet-ma-qr", "cai-vneid"))
SITE = ["site/downloads/leaflets/a.pdf", "site/index.html", "clips/a.mp4", "build.json"]


def tree(*files: str, sha: str = "0") -> dict[str, Published]:
    return {file: Published(sha, "leaflet", ()) for file in files}


TABLE: dict[str, tuple[Mapping[str, Published], Mapping[str, Published], list[str]]] = {
    "nothing stood": ({}, tree(LEAFLET), []),
    "nothing changed": (tree(LEAFLET), tree(LEAFLET), []),
    "other sources, the same bytes": (tree(LEAFLET), {LEAFLET: Published("0", "leaflet", ("content/x.md",))}, []),
    "other bytes": (tree(LEAFLET, BOOK), tree(BOOK) | tree(LEAFLET, sha="1"), ["leaflets/a.pdf"]),
    "pages are no papers": (tree(*SITE), tree(*SITE, sha="1"), []),
    "new and gone": (tree(LEAFLET), tree(BOOK), ["leaflets/a.pdf (bỏ)", "booklets/hoc-so-co-ban-a5.pdf"]),
    "what is laid out comes last": (tree(TWO_UP, BOOK, LEAFLET), tree(TWO_UP, BOOK, LEAFLET, sha="1"),
                                    ["leaflets/a.pdf", "booklets/hoc-so-co-ban-a5.pdf", "leaflets/a-2up.pdf"]),
    "of an edition": (tree(f"editions/xa/{LEAFLET}"), tree(f"editions/xa/{LEAFLET}", sha="1"),
                      ["editions/xa/leaflets/a.pdf"]),
}


@pytest.mark.parametrize("case", TABLE)
def test_papers_to_print_anew(case: str) -> None:
    before, after, names = TABLE[case]
    assert [name.vi for name in changed_papers(before, after)] == names


@pytest.mark.skipif(os.environ.get("HOCSO_NO_BROWSER") == "1", reason="HOCSO_NO_BROWSER=1")
def test_a_build_ends_with_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_project(tmp_path)

    def told(language: str) -> str:
        monkeypatch.setenv("HOCSO_LANG", language)
        assert main(["-C", str(root), "build", "leaflet"]) == 0
        return capsys.readouterr().out.splitlines()[-1]

    assert told("vi").startswith("Xong sau")  # the first time everything is new
    edit(root, QR, "một gang tay", "hai gang tay")
    assert told("vi") == "Tờ in đã đổi: leaflets/quet-ma-qr.pdf."
    assert told("vi").startswith("Xong sau")
    edit(root, QR, "hai gang tay", "ba gang tay")
    assert told("en") == "Papers that changed: leaflets/quet-ma-qr.pdf."

    monkeypatch.setattr(build, "MOST_PAPERS", 1)
    for language, more in (
            ("vi", "và 1 tờ nữa. Xem bằng hình: hocso diff"), ("en", "and 1 more. See them: hocso diff")):
        edit(root, QR, "gang tay", "gang tay rộng")
        edit(root, VNEID, "# Cài ", "# Cài lại ")
        assert told(language).endswith(f": leaflets/cai-vneid.pdf {more}")
