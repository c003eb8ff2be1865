"""`hocso look`: every kind of thing a build leaves is laid out; what is missing or broken is one line."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from generator.cli import main
from generator.commands.looking.gather import MOST, evenly, groups
from generator.press import which_browser
from generator.press.film import film_moments, film_version
from generator.press.proof import differences as see
from generator.press.proof.contact import WIDE, Cell, contact_sheets
from tests.projects import ROOT, edit, make_project, put, snapshot

BROWSER = pytest.mark.skipif(os.environ.get("HOCSO_NO_BROWSER") == "1", reason="HOCSO_NO_BROWSER=1")
TOPIC = "content/topics/quet-ma-qr/index.md"
MADE = ("leaflet:quet-ma-qr", "poster:share:quet-ma-qr", "number:1041", "qr:1041")
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def words(root: Path, *words: str) -> tuple[int, str]:
        code = main(["-C", str(root), "look", *words])
        told = capsys.readouterr()
        return code, told.out + told.err

    return words


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with two builds: `dist`, and `dist-cu` of an earlier text, with a leaflet more."""
    root = make_project(tmp_path_factory.mktemp("book"))
    assert main(["-C", str(root), "build", *MADE, "leaflet:cai-vneid", "--out", str(root / "dist-cu")]) == 0
    edit(root, TOPIC, "# Quét mã QR", "# Quét mã vuông")
    assert main(["-C", str(root), "build", *MADE]) == 0
    return root


def listed(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((folder / "look.json").read_text("utf-8"))
    return {group["product"]: group for group in data["products"]}


@BROWSER
def test_all_that_was_built_lies_on_sheets(built: Path, run: Run, tmp_path: Path) -> None:
    before, page, folder = snapshot(built), tmp_path / "mau.html", tmp_path / "mau"
    code, told = run(built, str(built / "dist"), "--out", str(page), "--folder", str(folder))
    assert code == 0 and "Đã bày" in told and str(page) in told and snapshot(built) == before
    by_product = listed(folder)
    assert [*by_product] == ["leaflet", "poster", "number", "qr"]  # papers first
    (leaflet,) = by_product["leaflet"]["files"]  # what the site offers is the same paper
    assert leaflet["path"] == "print/leaflets/quet-ma-qr.pdf" and leaflet["shown"] == [1, 2]
    assert {one["kind"] for one in by_product["number"]["files"]} == {"page"}
    html = page.read_text("utf-8")
    shown = sum(len(one["shown"]) for group in by_product.values() for one in group["files"])
    assert html.count("data:image/webp;base64,") == shown
    assert not re.search(r"<script|<link|(?:src|href)=\"(?!data:|#)", html) and "grayscale(1)" in html
    assert {path.name for path in folder.iterdir()} == {
        "look.json", *(name for group in by_product.values() for name in group["sheets"])}


@BROWSER
def test_what_is_folded_is_seen_and_the_menu_lies_over_nothing() -> None:
    from generator.press.browser import Browser
    from generator.press.browser.looking import looking

    def page(kind: str) -> bytes:
        return (f'<head></head><body style="margin:0"><details{kind}><summary>a</summary>'
                '<div style="height:900px;background:red">b</div></details></body>').encode()

    with Browser() as browser, looking(browser) as look:
        tall, short = (len(see.picture_of(look(lambda _, kind=kind: page(kind), "a.html")))  # type: ignore[misc]
                       for kind in ("", ' class="contents"'))
    assert tall > 900 and short == 640 and 'class="contents"' in (ROOT / "theme/site/partials/header.html").read_text()


@BROWSER
def test_an_earlier_build_stands_left(built: Path, run: Run, tmp_path: Path) -> None:
    page, folder = tmp_path / "mau.html", tmp_path / "mau"
    code, _ = run(built, str(built / "dist/print"), "--before", str(built / "dist-cu"),
                  "--out", str(page), "--folder", str(folder))
    files = {one["path"]: one for group in listed(folder).values() for one in group["files"]}
    assert code == 0 and {path.split("/")[0] for path in files} == {"print"}
    assert {path: one["alone"] for path, one in files.items() if one["alone"]} == {
        "print/leaflets/cai-vneid.pdf": "before"}
    html = page.read_text("utf-8")
    assert "Chỉ có ở bản trước: print/leaflets/cai-vneid.pdf" in " ".join(html.split())
    shown = sum(len(one["shown"]) * (1 if one["alone"] else 2) for one in files.values())
    assert html.count("data:image/webp;base64,") == shown and ">không có<" in html


def test_more_than_there_is_room_for_is_counted() -> None:
    files = {f"print/leaflets/bai-{number:02}.pdf": "leaflet" for number in range(90)}
    (group,) = groups(files, (".",))
    assert (len(group.files), group.more, group.each) == (MOST // 2, 90 - MOST // 2, 2)
    assert group.files[0].endswith("bai-00.pdf") and group.files[-1].endswith("bai-89.pdf")
    (one,) = groups(files, ("print/leaflets/bai-07.pdf",))
    assert one.each == MOST and one.more == 0
    assert evenly(3, 5) == [0, 1, 2] and evenly(100, 3) == [0, 50, 99] and evenly(9, 1) == [0]


def test_sheets_are_as_wide_as_a_screen_and_hold_every_cell() -> None:
    red = see.marked(np.full((900, 300, 3), (0, 0, 255), np.uint8), ())
    sheets = [see.picture_of(data) for data in contact_sheets(Cell(f"tờ {n}", (b"", red)) for n in range(5))]
    assert {sheet.shape[1] for sheet in sheets} == {WIDE}
    reds = sum(int((sheet[:, :, 2].astype(int) - sheet[:, :, 0] > 150).sum()) for sheet in sheets)
    assert len(sheets) == 2 + 1 and abs(reds / (900 * 300) - 5) < 0.05


@pytest.mark.skipif(not film_version(), reason="no ffmpeg")
def test_moments_of_a_film_come_every_so_many_seconds() -> None:
    from generator.press.film import FPS, Still, encode_scene, join_film

    stills = [Still(_png(level), 5 * FPS) for level in (0, 120, 250)]
    moments = [see.picture_of(data) for data in film_moments(join_film([encode_scene(stills)]), 4, 80)]
    assert [one.shape[1] for one in moments] == [80] * 4  # at 0, 4, 8 and 12 seconds of fifteen
    assert [round(float(one.mean()) / 125) for one in moments] == [0, 0, 1, 2]


def _png(level: int) -> bytes:
    import cv2

    return bytes(cv2.imencode(".png", np.full((90, 160, 3), level, np.uint8))[1])


def test_a_folder_of_loose_files_and_what_is_broken_in_it(tmp_path: Path, run: Run, built: Path) -> None:
    loose = tmp_path / "giay"
    put(loose, "leaflets/hong.pdf", b"%PDF-1.4 nothing")
    shutil.copyfile(built / "dist/print/leaflets/quet-ma-qr.pdf", loose / "leaflets/quet-ma-qr.pdf")
    put(loose, "ghi-chu.txt", "words")
    code, told = run(built, str(loose), "--out", str(tmp_path / "a.html"), "--folder", str(tmp_path / "b"))
    assert code == 0 and "Không xem được leaflets/hong.pdf: Tệp PDF hỏng" in told and told.count("\n") == 2
    (group,) = listed(tmp_path / "b").values()
    assert [(one["path"], len(one["shown"])) for one in group["files"]] == [
        ("leaflets/hong.pdf", 0), ("leaflets/quet-ma-qr.pdf", 2)]


def test_without_a_browser_papers_are_laid_out(
    built: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(which_browser, "_candidates", lambda: iter(()))
    code, told = run(built, str(built / "dist"), "--out", str(tmp_path / "a.html"), "--folder", str(tmp_path / "b"))
    assert code == 0 and "Máy này không có trình duyệt nên không bày trang web." in told
    assert "leaflet" in listed(tmp_path / "b") and "number" not in listed(tmp_path / "b")


BAD: dict[str, tuple[tuple[str, ...], tuple[str, str]]] = {
    "no such place": (("dist/khong-co",), ("Không có tệp, thư mục ấy", "There is no such file or folder")),
    "no such build before": (("dist", "--before", "khong-co"), ("khong-co?", "khong-co?")),
    "nothing to see": (("content/editions",), ("không có giấy, phim, trang hay hình nào", "no papers, films, pages")),
    "two trees": (("dist/print", "dist-cu/print"), ("Mỗi lần xem một cây.", "Look at one tree at a time.")),
    "over what is not ours": (("dist/print", "--out", "own.html"), ("hocso look làm ra", "hocso look made")),
    "into the book": (("dist/print", "--folder", "content/mau"), ("content", "content")),
    "into a folder of somebody's": (("dist/print/leaflets", "--folder", "mine"), ("để nguyên", "left alone")),
}


@pytest.mark.parametrize("language", [0, 1], ids=["vi", "en"])
@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_is_one_line(
    built: Path, run: Run, monkeypatch: pytest.MonkeyPatch, case: str, language: int
) -> None:
    monkeypatch.setenv("HOCSO_LANG", ("vi", "en")[language])
    monkeypatch.chdir(built)
    put(built, "own.html", "<p>mine</p>")
    put(built, "mine/a.txt", "mine")
    words, said = BAD[case]
    code, told = run(built, *words)
    assert code == 2 and said[language] in told and told.count("\n") == 1, told
