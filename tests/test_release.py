"""What a commune clerk does: an address, an approval, `--release`; then a booklet to fold and leaflets to hand out."""

from __future__ import annotations

import json
import os
import re
from datetime import date
from pathlib import Path

import pytest

from generator.cli import main
from generator.press.binder.facts import page_count
from tests import seen
from tests.projects import approve, commit_all, edit, git, make_project

pytestmark = [pytest.mark.long, pytest.mark.remembers]
TRIAL = "BẢN IN THỬ"
PLACE = "https://hocso.daison.haiphong.gov.vn/"
README = (Path(__file__).resolve().parent.parent / "README.vi.md").read_text("utf-8")


def command_of(step: str) -> list[str]:
    """The words of the command in a step of README.vi.md, for the commune of this test."""
    line = next(line for line in README.splitlines() if line.startswith(step))
    command = re.search(r"`hocso ([^`]+)`", line)
    assert command is not None
    return command[1].replace("ma-xa-minh", "xa-dai-son").split()


def save(root: Path) -> None:
    """What is handed out must stand in git."""
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "sách")


@pytest.mark.wide
@pytest.mark.browser
def test_a_commune_gets_papers_it_may_hand_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.environ.get("HOCSO_NO_BROWSER") == "1":
        pytest.skip("HOCSO_NO_BROWSER=1")
    root = make_project(tmp_path, site_url="https://hocso.haiphong.gov.vn/")
    parent = "cấp trên: hai-phong\n"
    edit(root, "content/editions/xa-dai-son.yml", parent, f"{parent}địa chỉ trang: {PLACE}\n")
    approve(root, f"{date.today():%d/%m/%Y}")
    save(root)
    monkeypatch.chdir(root)  # a path typed is looked for where one stands
    assert main(["-C", str(root), *command_of("4. Gõ `hocso")]) == 0
    assert main(["-C", str(root), *command_of("5. In thử:"), "--offline-release"]) == 0
    assert main(["-C", str(root), *command_of("7. Gõ `hocso proof")]) == 0
    assert main(["-C", str(root), "build", "qr", "number", "site", "--offline-release", "--edition", "xa-dai-son"]) == 0
    tree = root / "dist/editions/xa-dai-son"
    papers = sorted((tree / "print").rglob("*.pdf"))
    assert {"hoc-so-co-ban-fold.pdf", "nguoi-cao-tuoi.pdf", "nguoi-cao-tuoi-2up.pdf", "quet-ma-qr-2up.pdf"} <= {
        path.name for path in papers}
    told = [path.name for path in papers for page in range(1, page_count(path.read_bytes()) + 1)
            if TRIAL in seen.page_text(path.read_bytes(), page)]
    told += [path.name for path in tree.rglob("*.html") if TRIAL in path.read_text("utf-8")]
    assert told == []
    sheet = json.loads((tree / "phat-hanh.json").read_text("utf-8"))
    assert {row["file"] for row in sheet["print"]} == {
        path.relative_to(tree).as_posix() for path in papers}
    two_up = next(row for row in sheet["print"] if row["file"] == "print/leaflets/quet-ma-qr-2up.pdf")
    assert (two_up["pages"], two_up["sheets"], two_up["paper"]) == (2, 1, "A4") and "lật cạnh ngắn" in two_up["how"]
    assert sheet["upload"] == [{"folder": "site/", "to": PLACE}]
    assert {row["address"] for row in sheet["codes"]} >= {f"{PLACE}1041"}
    leaflet = (tree / "print/leaflets/quet-ma-qr.pdf").read_bytes()
    assert {code.payload for code in seen.read_codes(leaflet)} == {f"{PLACE}1041"}
    folded = (tree / "print/booklets/phan-1-fold.pdf").read_bytes()
    assert "Tờ thử máy in" in seen.page_text(folded, 1)
    assert json.loads((tree / "build.json").read_text("utf-8"))["edition"] == "xa-dai-son"


def test_a_draft_may_not_go_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_project(tmp_path, site_url="https://hocso.haiphong.gov.vn/", commit=True)
    assert main(["-C", str(root), "build", "qr", "--release"]) == 1
    told = capsys.readouterr()
    assert "quet-ma-qr: bản này chưa duyệt" in told.out and "chưa có bài nào" in told.err.lower()
    assert not (root / "dist").exists()


def test_an_edition_without_an_address_may_not_go_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its codes would lead nowhere, whatever the main site's address is."""
    root = make_project(tmp_path, site_url="https://hocso.haiphong.gov.vn/")
    approve(root, f"{date.today():%d/%m/%Y}")
    save(root)
    assert main(["-C", str(root), "build", "qr", "--release", "--edition", "xa-dai-son"]) == 1
    assert "content/editions/xa-dai-son.yml:1:1" in (said := capsys.readouterr().err) and "release.trial" in said
    assert main(["-C", str(root), "build", "qr", "--edition", "xa-dai-son"]) == 0
    assert main(["-C", str(root), "build", "qr", "--offline-release"]) == 0


@pytest.mark.wide
@pytest.mark.browser
def test_no_paper_lies_ready_whose_host_nobody_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A leaflet of an ordinary build would be the same bytes as a released one: the gate stands before both."""
    if os.environ.get("HOCSO_NO_BROWSER") == "1":
        pytest.skip("HOCSO_NO_BROWSER=1")
    root = make_project(tmp_path, site_url="https://hocso.haiphong.gov.vn/")
    approve(root, f"{date.today():%d/%m/%Y}")
    save(root)
    leaflet, build = root / "dist/print/leaflets/quet-ma-qr.pdf", ["-C", str(root), "build"]

    def told(*words: str) -> list[str]:
        assert main([*build, *words]) == 0
        return capsys.readouterr().out.splitlines()

    def listed() -> list[str]:
        return [row["file"] for row in json.loads((root / "dist/phat-hanh.json").read_text("utf-8"))["print"]]

    told("leaflet:quet-ma-qr")
    assert leaflet.is_file() and main([*build, "leaflet", "--release"]) == 1
    capsys.readouterr()
    out = told("site", "number", "--release")
    assert not leaflet.exists() and listed() == [] and (root / "dist/site/_headers").is_file()
    gone = "Đã bỏ khỏi dist: print/leaflets/quet-ma-qr.pdf, vì chưa hỏi máy chủ thật"
    assert any(line.startswith(gone) for line in out[-3:-1]) and out[-1].endswith("dist/phat-hanh.txt")
    told("number", "--offline-release")
    assert leaflet.is_file() and listed() == ["print/leaflets/quet-ma-qr.pdf"]
    told("number", "review:quet-ma-qr")
    assert listed() == ["print/leaflets/quet-ma-qr.pdf"], "what was released lies there as it was"
    edit(root, "content/topics/quet-ma-qr/index.md", "# Quét mã QR", "# Quét mã QR nhé")
    assert any("phat-hanh.txt, vì lần dựng này không phải" in line for line in told("number"))


def test_the_editions_that_are_ready_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_project(tmp_path, site_url="https://hocso.haiphong.gov.vn/")
    for edition, code in (("hai-phong", "31"), ("xa-dai-son", "10507")):
        edit(root, f"content/editions/{edition}.yml", 'mã: ""', f'mã: "{code}"')
    approve(root, f"{date.today():%d/%m/%Y}")
    save(root)
    words = ["-C", str(root), "build", "qr", "--offline-release", "--editions"]
    assert main([*words, "hai-phong"]) == 1
    told = capsys.readouterr().err
    assert "release.trial" in told and told.splitlines()[-1].endswith("thêm --editions hai-phong,xa-dai-son")
    assert not (root / "dist").exists()


NOBODY_KNOWS = ["--history-unknown"]


def test_what_git_does_not_hold_may_not_go_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody could see later what was changed; whoever knows better says so."""
    root = make_project(tmp_path, site_url="https://hocso.haiphong.gov.vn/")
    approve(root, f"{date.today():%d/%m/%Y}")
    release = ["-C", str(root), "check", "--release"]
    assert main(release) == 1 and "ledger.no-history" in capsys.readouterr().out
    assert main(release + NOBODY_KNOWS) == 0 and "ledger.no-history" in capsys.readouterr().out
    save(root)
    assert main(release) == 0 and "ledger.no-history" not in capsys.readouterr().out
    edit(root, "content/editions/xa-dai-son.yml", 'mã: ""', 'mã: "10507"')
    assert main(release) == 1
    assert "content/editions/xa-dai-son.yml:1:1: LỖI [ledger.no-history]" in capsys.readouterr().out
    assert main(["-C", str(root), "build", "qr", "--release"]) == 1
    assert not (root / "dist").exists()
    assert main(["-C", str(root), "build", "qr", "--offline-release", *NOBODY_KNOWS]) == 0
