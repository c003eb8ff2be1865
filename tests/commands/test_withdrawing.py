"""Who takes a text back hears what still looks signed, where, and what to type; and what is typed does it."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from generator.cli import main
from generator.commands.signing.withdrawing import downloads
from generator.engine.tree import Published, Tree
from generator.ground.files import find_project
from generator.handbook.editions import ROOT
from generator.proof.run import prove_files
from tests.projects import approve, commit_all, git, make_project, put

pytestmark = [pytest.mark.long, pytest.mark.remembers]
SLUG, COMMUNE, DAY = "quet-ma-qr", "xa-dai-son", "20/11/2026"


def run(root: Path, *words: str) -> None:
    assert main(["-C", str(root), *words]) == 0


def take_back(root: Path, name: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    run(root, "approve", name, "--unit", "Sở Y tế", "--date", DAY, "--withdraw", "sai số")
    return capsys.readouterr().out.splitlines()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(tmp_path_factory.mktemp("back"), site_url="https://hocso.haiphong.gov.vn/")
    approve(root, DAY)
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "sách")
    run(root, "build", "number", f"loudspeaker:{SLUG}", "loudspeaker:cai-vneid")
    run(root, "build", f"loudspeaker:{SLUG}", "--edition", COMMUNE)
    return root


def copy_of(book: Path, folder: Path) -> Path:
    return Path(shutil.copytree(book, folder / "sach", symlinks=True))


def typed(told: list[str]) -> list[str]:
    return [match[1] for line in told if (match := re.search(r"Gõ ngay: hocso (build [^.]+)\.", line))]


@pytest.mark.wide
@pytest.mark.parametrize("name", [SLUG, ROOT])
def test_what_still_looks_signed_is_told_and_the_command_mends_it(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str,
) -> None:
    root = copy_of(book, tmp_path)
    told = take_back(root, name, capsys)
    [command] = typed(told)
    assert len(told) <= 7 and told[1].startswith("DỪNG MÁY IN.") and "Giấy đã in" in told[-2 if name == SLUG else -1]
    assert any("máy chủ" in line for line in told) == (name == SLUG)
    assert "dist/" in told[1] and ("BẢN NHÁP" if name == SLUG else "BẢN IN THỬ") in told[2]
    run(root, *shlex.split(command))
    again = take_back(root, "cai-vneid", capsys)  # of what is made again nothing is told any more
    assert name != SLUG or not any(SLUG in line for line in again)


def test_of_an_edition_and_another_folder_the_command_says_so(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    root, out = copy_of(book, tmp_path), tmp_path / "một nơi khác"
    run(root, "build", f"loudspeaker:{SLUG}", "--edition", COMMUNE, "--out", str(out))
    told = take_back(root, SLUG, capsys)
    assert len(typed(told)) == 2 and any(str(out) in line and f"--edition {COMMUNE}" in line for line in told)
    for command in typed(told):
        run(root, *shlex.split(command))
    for text in (root / "dist", out):
        papers = list(text.rglob(f"loudspeaker/{SLUG}.txt"))
        assert papers and all("BẢN NHÁP" in paper.read_text("utf-8") for paper in papers)


def test_papers_of_an_edition_that_was_renamed_go_for_that_reason(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    """A program was said to be missing."""
    root = copy_of(book, tmp_path)
    editions = root / "content/editions"
    (editions / f"{COMMUNE}.yml").rename(editions / "xa-ten-moi.yml")
    capsys.readouterr()
    run(root, "build", "qr")
    (gone,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Đã gỡ khỏi dist: ")]
    assert f"editions/{COMMUNE}/loudspeaker/{SLUG}.txt" in gone and f"sách không còn bản {COMMUNE}." in gone
    assert "ffmpeg" not in gone and not list((root / "dist/editions").glob(f"{COMMUNE}/loudspeaker/*"))


def test_where_nothing_was_built_there_is_still_a_printer_to_stop(
    tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    root = make_project(tmp_path)
    approve(root, DAY, SLUG)
    told = take_back(root, SLUG, capsys)
    assert not typed(told) and len(told) == 4 and "không còn gì" in told[1]


def test_what_cannot_be_read_is_not_called_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_project(tmp_path)
    approve(root, DAY, SLUG)
    put(root, "dist/print/leaflets/x.pdf", b"%PDF")
    told = take_back(root, SLUG, capsys)
    assert "dist/" in told[1] and typed(told) == ["build site"]


def test_what_was_built_as_a_draft_is_not_told(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_of(book, tmp_path)
    told = take_back(root, SLUG, capsys)
    run(root, "build", *shlex.split(typed(told)[0])[1:])
    run(root, "approve", SLUG, "--unit", "Sở Y tế", "--date", "21/11/2026")  # signed anew, nothing built since
    capsys.readouterr()
    run(root, "approve", SLUG, "--unit", "Sở Y tế", "--date", "21/11/2026", "--withdraw", "sai số")
    assert not typed(capsys.readouterr().out.splitlines())


@pytest.mark.parametrize("others", [(), ("cai-vneid",)])
def test_what_stands_on_the_host_is_told_one_thing_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], others: tuple[str, ...]
) -> None:
    """The whole site was made of the lesson, so ninety folders were named, scripts and pictures among them. Where
    nothing signed is left a release would be refused, and the first page of the host would go on telling of the
    lesson. A list that holds no lesson vouches for none."""
    root = make_project(tmp_path, site_url="https://hocso.haiphong.gov.vn/")
    approve(root, DAY, SLUG, *others)
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "sách")
    run(root, "build", "site", "number", "stick", *([] if others else ["--offline-release"]))
    down, *host, handed, papers = take_back(root, SLUG, capsys)[3:]
    assert down.endswith("dist/site/downloads/hoc-so-usb.zip.") and "Giấy đã in" in handed and "gom lại" in papers
    if others:
        upload, release = host
        assert all(f"dist/site/{name}" in upload for name in ("1041", f"topics/{SLUG}")) and "assets" not in upload
        assert "downloads" not in upload and "hocso build site --release, rồi chép cả site" in release
        return
    assert host[0].startswith("Không còn bài nào được duyệt.") and "chép đè cả site" in host[0] and len(host) == 1
    proved = prove_files(find_project(root), [root / "dist/site"])[0]
    assert "dist/site/parts/dien-thoai-va-mang/index.html: ghi quet-ma-qr" in proved
    assert "dist/site/parts/an-toan/" not in proved and "dist/site/privacy/" not in proved


DOWNLOADS = {
    # path → its product, the lessons it shows; whether it is to be taken down
    "site/downloads/booklets/phan-1-a5.pdf": ("booklet", (SLUG, "cai-vneid"), True),
    "editions/xa-dai-son/site/downloads/booklets/phan-1-a5.pdf": ("booklet", (SLUG, "cai-vneid"), True),
    "site/downloads/hoc-so-usb.zip": ("stick", (), True),  # which names no file it was made of
    "site/downloads/booklets/phan-2-a5.pdf": ("booklet", ("cai-vneid",), False),
    "site/downloads/leaflets/quet-ma-qr.pdf": ("leaflet", (SLUG,), True),
    "site/downloads/booklets/phan-3-a5.pdf": ("booklet", (SLUG,), True),  # later others' drafts stand in it, too
    "site/downloads/index.html": ("site", (SLUG, "cai-vneid"), False),
    "site/3014/index.html": ("number", (SLUG, "cai-vneid"), False),  # printed codes lead there
    "print/booklets/phan-1-a5.pdf": ("booklet", (SLUG, "cai-vneid"), False),
}


@pytest.mark.parametrize("path", DOWNLOADS)
def test_downloads_that_hold_it_are_taken_down(path: str) -> None:
    """Whoever followed the list of folders left them as they were signed."""
    product, slugs, down = DOWNLOADS[path]
    tree = Tree({path: Published("x", product, tuple(f"content/topics/{slug}/index.md" for slug in slugs))})
    assert [*downloads("dist", tree, {SLUG})] == [f"dist/{path}"] * down
    assert not [*downloads("dist", tree, set())]  # words of a place: all of it is copied over
