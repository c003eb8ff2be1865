"""Approvals of lessons with a scene, as all shipped ones have: git's texts are named with the drawing of then."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from posixpath import normpath

import pytest

from generator.cli import main
from tests.commands.test_approve import CLAIM, LESSON, SIGNED, SLUG, lesson, name, rows, run
from tests.projects import EPOCH, commit_all, edit, make_project, put, snapshot

pytestmark = pytest.mark.long
PICTURES = "content/pictures/"
PIECE = f"{PICTURES}pieces/the-vang.svg"
OUTLINE = "content/handbook.yml"
CARD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><title>thẻ</title><circle r="9" fill="#777"/></svg>'
LATER = EPOCH + 5 * 86400
"""On 23/11/2026; what was committed first is of 18/11."""
AFTER = ("--unit", "Sở Y tế", "--date", "24/11/2026")
THAT_DAY = ("--unit", "Sở Y tế", "--date", "23/11/2026")


def drawn(wide: int, title: str = "Bà quét mã trên tờ giấy") -> str:
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><title>{title}</title>'
            f'<rect x="10" y="10" width="{wide}" height="40" fill="#000"/><use href="#the-vang" x="5" y="5"/></svg>')


WHERE: dict[str, tuple[str, Callable[[Path], object]]] = {
    # Which drawing a lesson has, and what says so.
    "called like it": (SLUG, lambda _: None),
    "named by it": ("to-giay", lambda root: edit(root, LESSON, "nguồn:\n", "hình: to-giay\nnguồn:\n")),
    "its part's": ("dien-thoai-va-mang", lambda _: None),
}
OTHER: dict[str, Callable[[Path, str], object]] = {
    # What makes of it another text.
    "a word": lambda root, _: edit(root, LESSON, "giữ yên.", "giữ cho yên."),
    "the drawing": lambda root, scene: put(root, f"{PICTURES}{scene}.svg", drawn(90)),
    "what it is called": lambda root, scene: put(root, f"{PICTURES}{scene}.svg", drawn(80, "Ông quét mã")),
    "a piece of it": lambda root, _: edit(root, PIECE, 'r="9"', 'r="12"'),
    "no drawing": lambda root, scene: put(root, f"{PICTURES}{scene}.svg", None),
}


CHANGED = [
    ("called like it", "a word"), ("called like it", "the drawing"), ("called like it", "a piece of it"),
    ("named by it", "the drawing"), ("named by it", "no drawing"),
    ("its part's", "a word"), ("its part's", "the drawing"), ("its part's", "what it is called"),
]
changed = pytest.mark.parametrize(("scene", "what"), CHANGED)


@pytest.fixture(params=WHERE)
def scene(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def root(tmp_path: Path, scene: str) -> Path:
    """Committed with its scene."""
    root = make_project(tmp_path, files={f"{PICTURES}{WHERE[scene][0]}.svg": drawn(80), PIECE: CARD}, commit=True)
    WHERE[scene][1](root)
    commit_all(root, "hình")
    drawing = lesson(root).drawing
    assert drawing and drawing.name == WHERE[scene][0] and "circle" in drawing.svg
    return root


@pytest.fixture
def old(root: Path, scene: str, what: str) -> str:
    """The name of its text before something of it changed, on 23/11."""
    before = name(root)
    OTHER[what](root, WHERE[scene][0])
    commit_all(root, "sửa", moment=LATER)
    assert name(root) != before
    return before


@changed
def test_a_sheet_older_than_the_text_is_refused(root: Path, old: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot(root)
    assert run(root, SLUG, *SIGNED) == 2
    assert "đổi ngày 23/11/2026, sau ngày ký" in capsys.readouterr().err and snapshot(root) == before
    assert run(root, SLUG, *AFTER) == 0 and lesson(root).approved
    assert rows(root)[-1].startswith(f"{SLUG},{name(root)},") and old not in rows(root)[-1]


@changed
def test_on_the_day_of_the_change_the_paper_must_name_the_text(
    root: Path, old: str, capsys: pytest.CaptureFixture[str],
) -> None:
    """Before the change or after it: a day alone does not say."""
    before = snapshot(root)
    assert run(root, SLUG, *THAT_DAY) == 2
    told = capsys.readouterr().err
    assert "đúng ngày ký, 23/11/2026" in told and "--from-sheet" in told and snapshot(root) == before
    assert run(root, SLUG, *THAT_DAY, "--from-sheet", old) == 0 and not lesson(root).approved
    assert run(root, SLUG, *THAT_DAY, "--from-sheet", name(root)) == 0 and lesson(root).approved
    assert "NHÌN LẠI" not in capsys.readouterr().out


@changed
def test_git_knows_the_text_of_an_old_sheet(root: Path, old: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And what a sheet says of today's text is believed, and asked to be looked at."""
    assert run(root, SLUG, *SIGNED, "--from-sheet", old) == 0
    assert "BẢN NHÁP" in capsys.readouterr().out and not lesson(root).approved
    assert rows(root)[-1].startswith(f"{SLUG},{old},")
    assert run(root, SLUG, *SIGNED, "--from-sheet", name(root)) == 0 and lesson(root).approved
    assert "NHÌN LẠI PHIẾU: chữ hay hình của bài đổi ngày 23/11/2026" in capsys.readouterr().out


TOLD = {
    "a word": ("giữ yên.", "giữ cho yên."),
    "the drawing": (".svg, ", ".svg, "),
    "what it is called": ("Bà quét mã trên tờ giấy (", "Ông quét mã ("),
    "a piece of it": (".svg, ", ".svg, "),
    "no drawing": (".svg, ", ""),
}


@changed
def test_what_changed_is_told_before_and_now(
    root: Path, scene: str, what: str, capsys: pytest.CaptureFixture[str],
) -> None:
    """By `approve SLUG` and by `check`, without a stroke of the drawing."""
    assert run(root, SLUG, *SIGNED, "--from-sheet", name(root)) == 0
    commit_all(root, "duyệt")
    OTHER[what](root, WHERE[scene][0])
    capsys.readouterr()
    assert run(root, SLUG) == 0
    told = re.search(r"\n  trước: (.*)\n  nay: +(.*)\n", capsys.readouterr().out.replace("nay: \n", "nay:  \n"))
    assert told and TOLD[what][0] in told[1] and TOLD[what][1] in told[2] and told[1] != told[2]
    assert "<" not in told[1] + told[2]
    assert main(["-C", str(root), "check"]) == 0
    assert f"Trước: “{told[1]}”. Nay: “{told[2].strip()}”." in capsys.readouterr().out


@pytest.mark.parametrize("kept", [True, False], ids=["as it was", "another drawing"])
def test_an_old_claim_moves_where_its_text_and_scene_stayed(root: Path, scene: str, kept: bool) -> None:
    edit(root, LESSON, "trạng thái: nháp\n", CLAIM)
    commit_all(root, "duyệt", moment=LATER)
    if not kept:
        OTHER["the drawing"](root, WHERE[scene][0])
        commit_all(root, "vẽ lại", moment=LATER)
    main(["-C", str(root), "check", "--fix"])
    assert lesson(root).approved is kept and (lesson(root).office.claim is None) is kept


def test_a_claim_older_than_its_text_moves_nowhere(root: Path) -> None:
    """Written on the 20th over what changed on the 23rd."""
    edit(root, LESSON, "trạng thái: nháp\n", CLAIM)
    edit(root, LESSON, "giữ yên.", "giữ cho yên.")
    commit_all(root, "duyệt", moment=LATER)
    main(["-C", str(root), "check", "--fix"])
    assert not lesson(root).approved and lesson(root).office.claim


@pytest.mark.parametrize("scene", ["its part's"])
def test_another_part_is_another_scene(root: Path) -> None:
    put(root, f"{PICTURES}an-toan.svg", drawn(60))
    before = name(root)
    edit(root, OUTLINE, f"bài: [{SLUG}]", "bài: []")
    edit(root, OUTLINE, "bài: [tranh-lua-dao]", f"bài: [tranh-lua-dao, {SLUG}]")
    commit_all(root, "sang phần khác", moment=LATER)
    assert name(root) != before and run(root, SLUG, *SIGNED) == 2
    assert run(root, SLUG, *SIGNED, "--from-sheet", before) == 0 and not lesson(root).approved


def test_what_git_does_not_hold_yet_is_of_today(root: Path, scene: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A sheet of yesterday showed what git holds; one of today may show either."""
    for day, told in (("20/11/2026", "sau ngày ký"), (f"{date.today():%d/%m/%Y}", "đúng ngày ký")):
        OTHER["the drawing"](root, WHERE[scene][0])
        assert run(root, SLUG, "--unit", "Sở Y tế", "--date", day) == 2 and told in capsys.readouterr().err
    assert run(root, SLUG, *SIGNED, "--from-sheet", name(root)) == 0 and lesson(root).approved


@pytest.mark.parametrize("what", ["the drawing", "a picture", "a picture of all"])
def test_the_words_may_be_the_same(root: Path, scene: str, what: str) -> None:
    """Each of two pictures that stood beside the same words has a name that git knows."""
    shown = {"a picture": "to.png", "a picture of all": "../cai-vneid/to.png"}.get(what, "")
    if shown:
        edit(root, LESSON, "3. Chờ đường link hiện ra.\n", f"3. Chờ đường link hiện ra.\n\n![tờ rơi]({shown})\n")
    file = normpath(f"content/topics/{SLUG}/{shown}") if shown else f"{PICTURES}{WHERE[scene][0]}.svg"
    names = []
    for day, wide in enumerate((80, 90, 100)):
        put(root, file, f"{wide}" if shown else drawn(wide))
        commit_all(root, "vẽ lại", moment=EPOCH + day * 86400)
        names.append(name(root))
    assert len({*names}) == 3
    assert run(root, SLUG, "--unit", "Sở Y tế", "--date", "19/11/2026") == 2  # of the 20th
    for one in names:
        assert run(root, SLUG, *SIGNED, "--from-sheet", one) == 0


def test_what_is_taken_back_needs_no_day(root: Path, scene: str) -> None:
    """Nobody is asked for a paper who says that there was none."""
    assert run(root, SLUG, *SIGNED, "--from-sheet", name(root)) == 0
    OTHER["the drawing"](root, WHERE[scene][0])
    commit_all(root, "vẽ lại", moment=LATER)
    assert run(root, SLUG, *AFTER) == 0 and lesson(root).approved
    assert run(root, SLUG, *AFTER, "--withdraw", "ghi nhầm") == 0 and not lesson(root).approved
