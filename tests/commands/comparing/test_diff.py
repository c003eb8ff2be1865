"""`hocso diff` beside git, a published build and a book somebody is editing: it shows, and touches nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from generator.commands.comparing.signed import changed_rows
from generator.handbook.model import Approval
from generator.press import which_browser
from generator.press.film import film_version
from generator.press.proof import picture_size
from tests.projects import ROOT, approve, commit_all, edit, git, make_project, put, snapshot
from tests.samples import sample

pytestmark = [pytest.mark.long, pytest.mark.remembers]
TOPIC = "content/topics/quet-ma-qr/index.md"
PRODUCTS = ("leaflet:quet-ma-qr", "fold:2up-quet-ma-qr", "number")
OLD, NEW = "Giơ máy cách mã một gang tay, giữ yên.", "Giơ máy cách mã hai gang tay, giữ yên."
PAPERS = pytest.mark.skipif(os.environ.get("HOCSO_NO_BROWSER") == "1", reason="HOCSO_NO_BROWSER=1")
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def words(root: Path, *words: str) -> tuple[int, str]:
        code = main(["-C", str(root), "diff", *words])
        told = capsys.readouterr()
        return code, told.out + told.err

    return words


def state(root: Path) -> tuple[dict[str, bytes], str, bytes, str]:
    """All that diff must leave as it was."""
    index = (root / ".git/index").read_bytes()
    return snapshot(root), git(root, "for-each-ref"), index, git(root, "stash", "list")


def listed(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((folder / "diff.json").read_text("utf-8"))
    return data


@PAPERS
def test_a_sentence_is_shown_on_every_paper_and_page_it_changed(tmp_path: Path, run: Run) -> None:
    root = make_project(tmp_path, commit=True)
    edit(root, TOPIC, OLD, NEW)
    before, folder, page = state(root), tmp_path / "list", tmp_path / "out.html"
    code, told = run(root, *PRODUCTS, "--folder", str(folder), "--out", str(page))
    assert code == 0 and "quet-ma-qr: Quét mã QR" in told and "So với HEAD: " in told
    assert state(root) == before and not (root / ".hocso/before").exists() and not (root / "dist").exists()

    data = listed(folder)
    files = {one["path"]: one for one in data["files"]}
    assert data["lessons"] == [{"slug": "quet-ma-qr", "title": "Quét mã QR", "state": "changed", "approved": False,
                                "words": [{"before": OLD, "after": NEW}]}]
    assert [one["product"] for one in data["files"]][:2] == ["leaflet", "number"]  # as people hold them
    leaflet, web = files["print/leaflets/quet-ma-qr.pdf"], files["site/1041/index.html"]
    assert leaflet["also"] == ["site/downloads/leaflets/quet-ma-qr.pdf"] and leaflet["shelf"].startswith("Tờ rơi")
    assert files["print/leaflets/quet-ma-qr-2up.pdf"]["views"] == []  # laid out from it: by name
    assert not {path for path in files if "vneid" in path}
    for one in (leaflet, web):
        (view,) = one["views"]
        assert "hai gang tay" in view["words"][0]["after"] and one["more"] == 0
        assert len({picture_size((folder / view[side]).read_bytes()) for side in ("before", "after")}) == 1
    assert (leaflet["views"][0]["page_before"], leaflet["views"][0]["page_after"]) == (1, 1)

    html = page.read_text("utf-8")
    assert html.count("data:image/webp;base64,") == sum(bool(view[side]) for one in files.values()
                                                        for view in one["views"] for side in ("before", "after"))
    assert not re.search(r"<script|<link|(?:src|href)=\"(?!data:|#)", html)
    assert "<del>một</del> <ins>hai</ins>" in html

    run(root, *PRODUCTS[:1], "--folder", str(folder), "--out", str(page))  # what it wrote before, it may write again
    assert {one["product"] for one in listed(folder)["files"]} == {"leaflet"}


def with_a_lesson_in_front(folder: Path) -> Path:
    root = make_project(folder, commit=True)
    new = "content/topics/giu-mat-khau-otp/index.md"
    text = re.sub(r"(?m)^cần học trước: .*\n", "", (ROOT / new).read_text("utf-8"))
    put(root, new, re.sub(r"\.\./[a-z-]+/", "../quet-ma-qr/", text))
    edit(root, "content/handbook.yml", "[quet-ma-qr]", "[giu-mat-khau-otp, quet-ma-qr]")
    assert main(["-C", str(root), "qr", "add", "giu-mat-khau-otp"]) == 0
    return root


@pytest.mark.wide
@PAPERS
def test_a_lesson_in_front_makes_no_other_page_a_new_one(tmp_path: Path, run: Run) -> None:
    """Each later page of the book has another number, and lies on the other side of its leaf."""
    root = with_a_lesson_in_front(tmp_path)
    code, told = run(root, "booklet:hoc-so-co-ban", "--folder", str(tmp_path / "list"))
    assert code == 0, told
    (book,) = listed(tmp_path / "list")["files"]
    pairs = [(view["page_before"], view["page_after"]) for view in book["views"]]
    added = book["pages_after"] - book["pages_before"]
    assert added >= 4 and pairs[:4] == [(2, 2), (3, 3), (5, 5), (None, 6)]
    others = 3 + 4 + 2  # those that name pages: contents, openers, answers
    ruled = 3  # the lesson has six pages, the book grew by four: it needs ruled ones no more, one of them seen to go
    assert added < len(pairs) + book["more"] <= added + others + ruled


SLUG, DAY = "quet-ma-qr", "20/11/2026"
ROWS: dict[str, tuple[list[tuple[str, ...]], list[bool], str]] = {
    # What is typed behind unit and day → of each row added whether it takes back; what is told first.
    "approved": ([()], [False], "Sổ duyệt thêm: quet-ma-qr, bản "),
    "approved and taken back": ([(), ("--withdraw", "sai số")], [False, True], "Sở Y tế rút lại ngày 20/11/2026."),
}


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(tmp_path_factory.mktemp("signed"))
    approve(root, "19/11/2026", "cai-vneid")
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "sách")
    return root


@pytest.mark.parametrize("name", ROWS)
def test_rows_of_the_book_of_approvals_are_told_first(
    signed: Path, tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """A change that does nothing but sign was «nothing changed», and whoever merged it vouched unknowingly."""
    root = Path(shutil.copytree(signed, tmp_path / "sach", symlinks=True))
    typed, rows, said = ROWS[name]
    for words in typed:
        more = words or ("--confirm", "all", "--seen", "all", "--on", "Android 14")
        assert main(["-C", str(root), "approve", SLUG, "--unit", "Sở Y tế", "--date", DAY, *more]) == 0
    capsys.readouterr()
    code, told = run(root, "HEAD", "server", "--folder", str(tmp_path / "list"))
    assert code == 0 and "không có gì đổi" not in told
    assert all(line.startswith("Sổ duyệt ") for line in told.splitlines()[: len(rows)])
    assert said in "".join(told.splitlines()[: len(rows)])
    assert [one["withdraws"] for one in listed(tmp_path / "list")["approvals"]] == rows
    html = (root / ".hocso/khac-nhau.html").read_text("utf-8")
    assert said in html and "Không có gì đổi." not in html


A = Approval(SLUG, "TPTHWMAP", "Sở Y tế", date(2026, 11, 20))
B = replace(A, slug="cai-vneid")
SIDES = {
    # Rows before, rows now → those told.
    "one more": ([A], [A, B], ["+cai-vneid"]),
    "the same, in another order": ([A, B], [B, A], []),
    "one is gone": ([A, B], [B], ["-quet-ma-qr"]),
    "one twice": ([A], [A, A], ["+quet-ma-qr"]),
    "another sheet": ([A], [replace(A, sheet="tủ 3")], ["-quet-ma-qr", "+quet-ma-qr"]),
}


@pytest.mark.parametrize("name", SIDES)
def test_rows_on_one_side_alone(name: str) -> None:
    before, now, told = SIDES[name]
    rows = [*changed_rows(before, now)]
    assert ["-+"[row.added] + row.row.slug for row in rows] == told
    assert [row.added for row in rows] == ["MẤT dòng" not in str(row.line) for row in rows]


@pytest.mark.parametrize("is_signed", [True, False])
def test_a_lesson_says_whether_the_change_approves_it_too(
    signed: Path, tmp_path: Path, run: Run, is_signed: bool
) -> None:
    root = Path(shutil.copytree(signed, tmp_path / "sach", symlinks=True))
    edit(root, TOPIC, OLD, NEW)
    if is_signed:
        approve(root, DAY, SLUG)
    run(root, "HEAD", "server", "--folder", str(tmp_path / "list"))
    (lesson,) = listed(tmp_path / "list")["lessons"]
    assert (lesson["slug"], lesson["approved"]) == (SLUG, is_signed)


REVISIONS = {
    # What is typed; what is said in either language, and the code.
    "HEAD~9": (("Git không biết `HEAD~9`. Có phải: hocso diff HEAD~1", "Did you mean: hocso diff HEAD~1"), 2),
    "man": (("Có phải: hocso diff main", "Did you mean: hocso diff main"), 2),
    "<b>\x1b[2J": (("Git không biết `<b>", "Git does not know `<b>"), 2),
    "": (("Chưa có lần lưu nào trước đó", "no earlier commit"), 2),
    "HEAD": (("So với HEAD: không có gì đổi.", "Against HEAD: nothing changed."), 0),
    "HEAD...": (("So với HEAD...: không có gì đổi.", "Against HEAD...: nothing changed."), 0),
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("book"), commit=True)


@pytest.mark.parametrize("language", [0, 1], ids=["vi", "en"])
@pytest.mark.parametrize("typed", REVISIONS)
def test_a_revision_is_found_or_its_nearest_name(
    book: Path, run: Run, monkeypatch: pytest.MonkeyPatch, typed: str, language: int
) -> None:
    monkeypatch.setenv("HOCSO_LANG", ("vi", "en")[language])
    code, told = run(book, *([typed] if typed else []), "server")
    said, expected = REVISIONS[typed]
    assert code == expected and said[language] in told and "\x1b" not in told
    assert told.count("\n") == 1


def test_without_git_without_history_without_book(tmp_path: Path, run: Run) -> None:
    root = make_project(tmp_path / "a")
    assert run(root) == (2, "Thư mục sách này không nằm trong git, nên không có bản cũ để so.\n")
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "commit", "--quiet", "--allow-empty", "-m", "empty")
    commit_all(root, "book")
    code, told = run(root, "HEAD~1")
    assert code == 2 and "Ở HEAD~1 chưa có sách" in told
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{root}", "shallow")
    code, told = run(tmp_path / "shallow", "HEAD~1")
    assert code == 2 and "git fetch --unshallow" in told
    edit(tmp_path / "shallow", TOPIC, OLD, NEW)  # what it holds can be compared
    code, told = run(tmp_path / "shallow", "server")
    assert code == 0 and "quet-ma-qr: Quét mã QR" in told


def test_unsaid_it_is_the_last_change_of_the_book(tmp_path: Path, run: Run) -> None:
    root = make_project(tmp_path, commit=True)
    edit(root, TOPIC, OLD, NEW)
    assert "So với HEAD" in run(root, "server")[1]
    commit = commit_all(root, "a sentence")
    put(root, "other.txt", "nothing of the book")
    commit_all(root, "another")
    put(root, "README.md", "nor this")
    assert f"So với {commit[:7]}^" in run(root, "server")[1]


@pytest.mark.wide
def test_what_was_made_is_not_made_again(tmp_path: Path, run: Run) -> None:
    """Of a build, and of a comparison before."""
    root = make_project(tmp_path, commit=True)
    products = ("number", "site")

    def made() -> set[str]:
        return {path.name for path in (root / ".hocso/made").iterdir()}

    assert main(["-C", str(root), "build", *products]) == 0
    before, dist = made(), snapshot(root)
    assert run(root, "HEAD", *products)[0] == 0 and made() == before
    edit(root, TOPIC, OLD, NEW)
    assert run(root, "HEAD", *products)[0] == 0
    once = made()
    assert len(once - before) == 2  # the lesson's number page, and the site
    assert run(root, "HEAD", *products)[0] == 0 and made() == once
    assert {**snapshot(root), TOPIC: dist[TOPIC]} == dist


OUTS = ["content/a.html", "dist/a.html", ".git/a.html", "theme/a.html", "mkdocs.yml", "khac.txt", "own.html"]


@pytest.mark.parametrize("option", ["--out", "--folder"])
@pytest.mark.parametrize("name", OUTS)
def test_it_writes_over_nothing_of_anybodys(book: Path, run: Run, name: str, option: str) -> None:
    if not (book / "dist").exists():
        assert main(["-C", str(book), "build", "qr"]) == 0
    for file in ("own.html", "khac.txt"):
        put(book, file, "<p>mine</p>")
    before = snapshot(book)
    code, told = run(book, "HEAD", "server", option, str(book / name))
    assert (code, snapshot(book)) == (2, before), told
    assert str(book / name) in told


def test_a_broken_revision_gives_what_it_can(tmp_path: Path, run: Run) -> None:
    """A lesson of it that nobody can read, another with a mistake, a link out of the book."""
    root = make_project(tmp_path, files={"content/cards/x/index.md": "không phải thẻ\n"})
    (root / "content/topics/quet-ma-qr/lien-ket.md").symlink_to("/etc/hostname")
    edit(root, "content/topics/cai-vneid/index.md", "## Các bước", "## Các bướcc")
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "broken")
    for name in ("content/cards/x", "content/topics/quet-ma-qr/lien-ket.md"):
        put(root, name, None)
    edit(root, "content/topics/cai-vneid/index.md", "## Các bướcc", "## Các bước")
    edit(root, TOPIC, OLD, NEW)
    code, told = run(root, "HEAD", "number", "--folder", str(tmp_path / "list"))
    assert code == 0 and "theo luật hôm nay trong: cai-vneid, x." in told
    assert {one["slug"]: one["state"] for one in listed(tmp_path / "list")["lessons"]} == {"quet-ma-qr": "changed"}
    assert "hostname" not in (root / ".hocso/khac-nhau.html").read_text("utf-8")


OLDER: dict[str, tuple[dict[str, str | None], str, set[str]]] = {
    # What it held instead; what is told; the products that are compared all the same.
    "no chapters": ({"content/handbook.yml": "a: [\n"}, "trong: content/handbook.yml.", {"number"}),
    "no numbers": ({"qr": None}, "trong: qr/ledger.csv.", {"number"}),
    "no place": ({"content/editions/viet-nam.yml": None}, "Ở HEAD chưa có bản viet-nam: tệp nào cũng là mới.",
                 {"number", "server"}),
    "settings nobody may have": ({"mkdocs.yml": "site_name: !!python/object/apply:os.mkdir [x]\n"},
                                 "Bản ở HEAD không dựng được site, nên không so: mkdocs.yml:1:12: LỖI [yaml.tag]",
                                 {"server"}),
}


@pytest.mark.parametrize("case", sample(OLDER, 1, "settings nobody may have"))
def test_an_older_layout_gives_what_it_can(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    files, expected, compared = OLDER[case]
    monkeypatch.setattr(which_browser, "_candidates", lambda: iter(()))
    root = make_project(tmp_path)
    shutil.copytree(root, tmp_path / "now")
    for name, text in files.items():
        put(root, name, text)
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "older")
    shutil.copytree(tmp_path / "now", root, dirs_exist_ok=True)
    products = ("number", "server", *(("site",) if case == "settings nobody may have" else ()))
    code, told = run(root, "HEAD", *products, "--folder", str(tmp_path / "list"))
    assert code == 0 and expected in told
    assert {one["product"] for one in listed(tmp_path / "list")["files"]} == compared


def test_without_a_browser_words_are_compared(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(which_browser, "_candidates", lambda: iter(()))
    root = make_project(tmp_path, commit=True)
    edit(root, TOPIC, OLD, NEW)
    code, told = run(root, "number", "--folder", str(tmp_path / "list"))
    assert code == 0 and "Máy này không có trình duyệt: không so giấy" in told
    (page,) = [one for one in listed(tmp_path / "list")["files"] if one["kind"] == "page"]
    assert page["path"] == "site/1041/index.html" and page["views"] == [] and not page["looks_same"]


@pytest.mark.wide
@PAPERS
@pytest.mark.skipif(not film_version(), reason="no ffmpeg")
def test_nothing_of_a_revision_is_run(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor of today's book: the command would be run where the revision's files lie."""
    monkeypatch.setenv("HOCSO_NO_VOICE", "1")
    sign, script = tmp_path / "was-run", "content/topics/quet-ma-qr/noi.sh"
    root = make_project(tmp_path, files={script: f"touch {sign}\n"})
    edit(root, "mkdocs.yml", "extra:\n", f"extra:\n  tts: sh {script}\n")
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "loud")
    edit(root, TOPIC, OLD, NEW)
    for hook in ("post-checkout", "reference-transaction"):
        put(root, f".git/hooks/{hook}", f"#!/bin/sh\ntouch {sign}\n").chmod(0o755)
    put(root, ".gitattributes", "*.md filter=loud\n")
    git(root, "config", "filter.loud.smudge", f"touch {sign}")
    code, told = run(root, "HEAD", "loudspeaker:quet-ma-qr")
    assert code == 0 and "So với HEAD" in told and not sign.exists()
    assert main(["-C", str(root), "build", "loudspeaker:quet-ma-qr"]) == 0
    assert sign.exists()  # a build does run it


@PAPERS
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent another way there")
def test_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    root = make_project(tmp_path, commit=True)
    edit(root, TOPIC, OLD, NEW)
    before, older = state(root), root / ".hocso/before"
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "-C", str(root), "diff", "HEAD", "booklet", "poster"], cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    while process.poll() is None and not older.exists():
        time.sleep(0.01)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out, err) == (130, "", "Đã dừng; bản đã phát hành vẫn nguyên vẹn.\n")
    assert not older.exists() and state(root) == before and not (root / ".hocso/khac-nhau.html").exists()


def test_what_stands_now_must_be_whole(tmp_path: Path, run: Run) -> None:
    root = make_project(tmp_path, commit=True)
    edit(root, TOPIC, "phút: 15", "phut: 15")
    code, told = run(root, "HEAD", "server")
    assert code == 1 and f"{TOPIC}:2:1: LỖI [key.unknown]" in told


def test_nothing_of_the_content_is_markup(tmp_path: Path, run: Run) -> None:
    root = make_project(tmp_path, commit=True)
    git(root, "branch", "<i>a")
    edit(root, TOPIC, OLD, "Giơ máy cách mã, bấm **\\<img src=x onerror=y\\>** hai lần.")
    page = tmp_path / "a.html"
    code, told = run(root, "<i>a", "number", "--out", str(page))
    html = page.read_text("utf-8")
    assert code == 0 and "onerror=y" in html, told
    assert "<img src=x" not in html and "<i>a" not in html and "&lt;i&gt;a" in html


def test_a_lesson_that_is_new_may_be_asked_for(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = with_a_lesson_in_front(tmp_path)
    monkeypatch.setattr(which_browser, "_candidates", lambda: iter(()))
    code, told = run(root, "HEAD", "number", "--lesson", "giu-mat-khau-otp", "--folder", str(tmp_path / "list"))
    assert code == 0 and "Giữ mật khẩu, mã OTP và giấy tờ riêng (mới)" in told
    assert [one["state"] for one in listed(tmp_path / "list")["files"]] == ["added"]
    assert run(root, "HEAD", "number", "--lesson", "khong-co")[0] == 2


def test_an_edition_that_is_new_and_one_there_is_not(tmp_path: Path, run: Run) -> None:
    root = make_project(tmp_path, commit=True)
    put(root, "content/editions/xa-thu.yml", "tên: xã Thử\ncấp trên: viet-nam\n")
    code, told = run(root, "HEAD", "server", "--edition", "xa-thu")
    assert code == 0 and "Ở HEAD chưa có bản xa-thu: tệp nào cũng là mới." in told
    assert run(root, "HEAD", "server", "--edition", "xa-thut")[0] == 2
