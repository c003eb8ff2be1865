"""Where the mark of a draft stands, and where not; that nothing is without it: tests/test_unapproved.py."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.checks.release import kept_back
from generator.cli import main
from generator.ground.files import Project
from generator.handbook.model import Approval, Phrase
from generator.handbook.read import read_handbook
from generator.handbook.select import hold_back, select
from generator.press.orders import DRAFT
from generator.press.sound import silence
from generator.products import NAMES, products
from generator.products.films.parts.frames import WIDE
from generator.products.films.parts.narration import Cut, Narration
from generator.products.films.parts.reel import Draft
from generator.products.films.parts.scenes import shots_of
from generator.products.films.parts.studio import draft_film, open_studio
from generator.products.lesson import foot_line
from generator.workshop import lay_desk, settle
from tests.desks import handbook
from tests.projects import approve, commit_all, edit, git, make_project, put, sign
from tests.seen import page_texts

pytestmark = pytest.mark.long
SLUG, NUMBER, OTHER = "quet-ma-qr", "1041", "cai-vneid"
LESSON = f"content/topics/{SLUG}/index.md"
TODAY = "20/11/2026"
SITE = "https://hocso.haiphong.gov.vn/"
FILMS = ("clip", "vertical", "led", "loudspeaker", "film", "stick")
"""Looked at frame by frame below, or made of the others."""
MANY = ("sheet:gia-dinh-so", "sheet:ma-so", "screens:screens")
OF_MANY = ("sheets/gia-dinh-so.pdf", "sheets/ma-so.pdf", "screens.pdf")
OWN = (
    f"leaflets/{SLUG}.pdf", f"leaflets/{SLUG}-2up.pdf", f"leaflets/{SLUG}-picture.pdf", f"posters/{SLUG}-a4.pdf",
    f"posters/{SLUG}-a3.pdf", f"posters/{SLUG}.txt", f"review/{SLUG}.pdf", f"storyboards/{SLUG}.pdf",
    f"sheets/chau-day-ong-ba/{SLUG}.pdf", "booklets/phan-1-a5.pdf",
)
PAGES = [f"topics/{SLUG}", NUMBER, f"slides/{SLUG}", f"embed/{SLUG}"]


def build(root: Path, *words: str) -> Path:
    assert main(["-C", str(root), "build", *words]) == 0
    return root / "dist"


@pytest.mark.parametrize(("facts", "seen", "waiting"), [(2, True, 2), (0, False, 1), (1, False, 2), (0, True, 0)])
def test_what_is_approved_and_still_open_says_so(facts: int, seen: bool, waiting: int) -> None:
    """No release prints it; an ordinary build does, in the foot and without growing."""
    topic, signed = handbook().topic(SLUG), Approval(SLUG, "ABCDEFGH", "Sở Y tế", date(2026, 11, 20))
    assert topic and topic.steps[0].screen
    screen = replace(topic.steps[0].screen, seen="20/11/2026, máy thử" if seen else "")
    quiz = replace(topic.quiz, know=replace(topic.quiz.know, screen=None),
                   understand=replace(topic.quiz.understand, screen=None))
    office = replace(topic.office, approval=signed, open_facts=tuple(map(Phrase, "ab"[:facts])))
    lesson = replace(topic, steps=(replace(topic.steps[0], screen=screen),), quiz=quiz, office=office)
    edition = replace(handbook().edition, trial=False, unsigned="")
    assert foot_line(edition, [lesson]) == (f"Còn {waiting} điều chờ xác nhận" if waiting else "")
    assert foot_line(edition, [topic]) == DRAFT


# Papers.


@pytest.mark.wide
@pytest.mark.browser
def test_on_no_page_of_what_is_approved(tmp_path: Path) -> None:
    """What is about many lessons says it as long as one of them is a draft."""
    asked = [name for name in NAMES if products()[name].takes_browser and name not in FILMS]
    root = make_project(tmp_path, site_url=SITE)
    sign(root, TODAY, SLUG)
    tree = build(root, *asked, "booklet:phan-1", *MANY, "--lesson", SLUG) / "print"
    pages = {path.relative_to(tree).as_posix(): page_texts(path.read_bytes()) for path in tree.rglob("*.pdf")}
    pages |= {path.relative_to(tree).as_posix(): [path.read_text("utf-8")] for path in tree.rglob("*.txt")}
    assert {*OWN, *OF_MANY} <= pages.keys()
    assert {file for file, words in pages.items() if any("CHƯA DUYỆT" in page for page in words)} == {*OF_MANY}


# Films.


def frames(root: Path) -> list[Draft]:
    project = Project(root)
    book = read_handbook(project).handbook
    desk = lay_desk(Project(root, Path(__file__).resolve().parents[2] / "theme"), settle(project, book),
                    select(book, "viet-nam"))
    lesson = desk.handbook.by_slug[SLUG]
    shots = shots_of(lesson)
    told = Narration(tuple(Cut(silence(0), 1, 0, 0) for _ in shots), "silence")
    return draft_film(open_studio(desk), lesson, shots, told, WIDE)


def test_every_frame_of_a_film_says_it_is_a_draft(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    pages = [html for draft in frames(root) for html in draft.pages.values()]
    assert len(pages) > 5 and all(DRAFT in html for html in pages)
    sign(root, TODAY, SLUG)
    assert not any(DRAFT in html for draft in frames(root) for html in draft.pages.values())


# Pages, and every way a text can be unapproved.

DRAWN = f"content/topics/{SLUG}/to.svg"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>\n'

WAYS: dict[str, Callable[[Path], object]] = {
    "never approved": lambda _: None,
    "another lesson is approved": lambda root: sign(root, TODAY, OTHER),
    "changed after approval": lambda root: (sign(root, TODAY, SLUG), edit(root, LESSON, "giữ yên", "giữ thật yên")),
    "a picture changed after approval": lambda root: (
        edit(root, LESSON, "hiện ra.\n", "hiện ra.\n\n![tờ](to.svg)\n"), put(root, DRAWN, PICTURE),
        sign(root, TODAY, SLUG), put(root, DRAWN, PICTURE.replace("8", "9"))),
    "said by its front matter": lambda root: edit(
        root, LESSON, "trạng thái: nháp", f"trạng thái: đã duyệt\nduyệt: Sở Y tế, {TODAY}"),
    "reviewed": lambda root: edit(root, LESSON, "trạng thái: nháp", "trạng thái: đã rà soát"),
    "a row written by hand for a text that never was": lambda root: put(
        root, "content/approvals.csv", f"slug,text,unit,date,sheet,note\n{SLUG},ACDEFHKL,Sở Y tế,2026-11-20,,\n"),
    "a row of another lesson's text": lambda root: (sign(root, TODAY, OTHER), edit(
        root, "content/approvals.csv", f"\n{OTHER},", f"\n{SLUG},")),
    "a real address": lambda root: edit(root, "mkdocs.yml", "https://hocso.example/", SITE),
}
EDITIONS = ("viet-nam", "xa-dai-son")


@pytest.mark.parametrize("way", WAYS)
def test_pages_of_an_unapproved_text_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    monkeypatch.setenv("HOCSO_NO_BROWSER", "1")
    root = make_project(tmp_path)
    WAYS[way](root)
    for edition in EDITIONS:  # an edition's own values are no new text, and no approval either
        tree = build(root, "site", "number", "deck", "--edition", edition)
        tree = tree if edition == "viet-nam" else tree / "editions" / edition
        html = {page: (tree / "site" / page / "index.html").read_text("utf-8") for page in PAGES}
        assert [page for page, text in html.items() if DRAFT not in text] == []
        slides = re.findall(r"<section class=\"slide.*?</section>", html[f"slides/{SLUG}"], re.DOTALL)
        assert slides and all(DRAFT in slide for slide in slides)


def test_pages_of_an_approved_text_do_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOCSO_NO_BROWSER", "1")
    root = make_project(tmp_path)
    sign(root, TODAY, SLUG)
    for edition in EDITIONS:
        tree = build(root, "site", "number", "deck", "--edition", edition)
        tree = tree if edition == "viet-nam" else tree / "editions" / edition
        assert not any(DRAFT in (tree / "site" / page / "index.html").read_text("utf-8") for page in PAGES)


# Releases.


def test_a_release_holds_what_is_ready_and_nothing_of_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOCSO_NO_BROWSER", "1")
    root = make_project(tmp_path, site_url=SITE)
    ready(root, SLUG)
    commit_all_of(root)
    tree = build(root, "site", "number", "qr", "deck", "--offline-release")
    told = capsys.readouterr().out
    assert all(f"Chưa phát hành {slug}: " in told for slug in (OTHER, "tranh-lua-dao", "chuyen-tien-tra-tien"))
    assert SLUG not in told and "bản này chưa duyệt" in told
    facts = json.loads((tree / "phat-hanh.json").read_text("utf-8"))
    lessons = {path.parent.name for path in (tree / "site/topics").glob("*/index.html")}
    assert facts["edition"] == "viet-nam" and facts["address"] == SITE and facts["print"] == []
    [row] = facts["lessons"]
    assert (row["slug"], row["number"], row["unit"], row["day"]) == (SLUG, NUMBER, "Sở Y tế", "2026-11-20")
    assert {row["slug"] for row in facts["kept"]} == {OTHER, "tranh-lua-dao", "chuyen-tien-tra-tien"}
    assert {"number": NUMBER, "address": f"{SITE}{NUMBER}", "leads": "Quét mã QR", "ready": True} in facts["codes"]
    assert [row["ready"] for row in facts["codes"] if row["number"] == "1064"] == [False]
    for line in (f"lên {SITE}", f"{NUMBER} Quét mã QR: Sở Y tế, bản {row['text']}, ngày {TODAY}",
                 "\n- 3 bài, bản này chưa duyệt", f", {OTHER}, chuyen"):
        assert line in (tree / "phat-hanh.txt").read_text("utf-8")
    assert lessons == {SLUG} and not (tree / f"site/slides/{OTHER}").exists()
    whole = "".join(path.read_text("utf-8") for path in (tree / "site").rglob("*.html"))
    assert "CHƯA DUYỆT" not in whole
    other = (tree / "site/1064/index.html").read_text("utf-8")  # its number says whom to ask, nothing of its steps
    assert "Kho ứng dụng" not in other and "hỏi" in other


def ready(root: Path, *slugs: str) -> None:
    approve(root, TODAY, *slugs)


def commit_all_of(root: Path) -> None:
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "sách")


def test_a_lesson_changed_since_it_was_signed_is_not_asked_for_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The officer heard `gõ: hocso build … --release`, the words just typed; what is wanted is a signature."""
    monkeypatch.setenv("HOCSO_NO_BROWSER", "1")
    root = make_project(tmp_path, site_url=SITE)
    ready(root, SLUG, OTHER)
    commit_all_of(root)
    build(root, "qr", "--offline-release")
    edit(root, f"content/topics/{SLUG}/index.md", "một gang tay", "hai gang tay")
    capsys.readouterr()
    tree = build(root, "qr", "--offline-release")
    why = f"bài đổi sau khi duyệt (xem chữ nào đổi, rồi ký lại: hocso approve {SLUG})"
    assert f"Chưa phát hành {SLUG}: {why}." in capsys.readouterr().out
    assert f"- {SLUG}: {why}" in (tree / "phat-hanh.txt").read_text("utf-8")


def test_a_release_of_nothing_is_refused_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOCSO_NO_BROWSER", "1")
    root = make_project(tmp_path, site_url=SITE, commit=True)
    assert main(["-C", str(root), "build", "site", "--release"]) == 1
    assert "Chưa có bài nào phát hành được" in capsys.readouterr().err and not (root / "dist").exists()
    assert main(["-C", str(root), "build", "--lesson", SLUG, "--release"]) == 1
    assert not (root / "dist").exists()


ASKED: dict[str, tuple[tuple[str, ...], bool]] = {
    # What is typed beside `--release`, and whether another lesson is ready.
    "a code of it": (("qr:1041",), False), "the lesson": (("qr", "--lesson", SLUG), False),
    "while another is ready": (("qr:1041",), True), "both, of which one is ready": (
        ("qr", "--lesson", SLUG, "--lesson", OTHER), True),
}


@pytest.mark.parametrize("case", ASKED)
def test_who_asks_for_one_lesson_hears_of_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], case: str,
) -> None:
    """Five others were named, and 54 more; not the one that was asked for."""
    monkeypatch.setenv("HOCSO_NO_BROWSER", "1")
    words, another = ASKED[case]
    root = make_project(tmp_path, site_url=SITE)
    if another:
        ready(root, OTHER)
    commit_all_of(root)
    slugs = {path.parent.name for path in root.glob("content/topics/*/index.md")}
    assert main(["-C", str(root), "build", *words, "--offline-release"]) == 1
    told = capsys.readouterr()
    assert f"Chưa phát hành được {SLUG}: " in told.err and f"topics/{SLUG}/index.md" in told.err.splitlines()[0]
    assert not {slug for slug in slugs - {SLUG} if slug in told.out + told.err}
    assert not (root / "dist").exists()


def test_who_asks_for_a_ready_lesson_hears_how_many_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HOCSO_NO_BROWSER", "1")
    root = make_project(tmp_path, site_url=SITE)
    ready(root, SLUG)
    commit_all_of(root)
    capsys.readouterr()
    build(root, "qr:1041", "--offline-release")
    told = capsys.readouterr().out
    assert "… và 3 bài nữa chưa phát hành: xem phat-hanh.txt" in told and "Chưa phát hành " not in told


def test_one_lesson_of_a_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOCSO_NO_BROWSER", "1")
    root = make_project(tmp_path, site_url=SITE)
    ready(root, SLUG)
    commit_all_of(root)
    assert main(["-C", str(root), "build", f"deck:{OTHER}", "--release"]) == 1
    assert f"Chưa phát hành được {OTHER}: " in capsys.readouterr().err and not (root / "dist").exists()
    build(root, f"deck:{SLUG}", "--release")
    site = root / "dist/site"
    assert (site / f"{NUMBER}/index.html").is_file() and (site / f"topics/{SLUG}/index.html").is_file()
    assert "phat-hanh.txt" in capsys.readouterr().out and (root / "dist/phat-hanh.txt").is_file()
    build(root, "qr")  # no release: what the sheet told is no longer so
    assert not (root / "dist/phat-hanh.txt").exists()
    assert {path.parent.name for path in (root / "dist/site/slides").glob("*/index.html")} == {SLUG}


def test_books_hold_only_what_is_ready(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    ready(root, SLUG)
    book = read_handbook(Project(root)).handbook
    kept = kept_back(book, ())
    held = select(hold_back(book, kept), "viet-nam")
    assert [lesson.slug for lesson in held.lessons] == [SLUG] and set(held.left_out) == kept.keys()
    assert {slug.text for part in held.parts for slug in part.topics} == {SLUG}
    assert {slug.text for path in held.paths for slug in path.topics} <= {SLUG}


# What is still to write.


def test_hints_of_a_skeleton_are_never_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOCSO_NO_BROWSER", "1")
    root = make_project(tmp_path)
    assert main(["-C", str(root), "new", "bai-moi", "--part", "an-toan"]) == 0
    assert "CẦN VIẾT" in (root / "content/topics/bai-moi/index.md").read_text("utf-8")
    tree = build(root, "site", "number", "deck")
    assert (tree / "site/topics/bai-moi/index.html").is_file()
    told = [path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.suffix in (".html", ".js", ".json")
            and "CẦN VIẾT" in path.read_text("utf-8")]
    assert told == []
    book = select(read_handbook(Project(root)).handbook, "viet-nam")
    assert "CẦN VIẾT" not in repr(replace(book.by_slug["bai-moi"], body="").steps)
