"""The day of review is no part of a text's name, so it never counts as later than the day on which that was signed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.checks import read_and_check
from generator.checks.release import reasons
from generator.cli import main
from generator.commands.due import due_text
from generator.ground.files import Project
from generator.handbook.model import Office, Topic
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.products.lesson import content_by, month, without_office
from generator.products.papers.review import ReviewSheet
from tests.desks import desk
from tests.projects import edit, make_project, put, sign

SLUG = "quet-ma-qr"
LESSON = f"content/topics/{SLUG}/index.md"
TODAY = date.today()
FIRST, SIGNED, AGAIN = (TODAY - timedelta(days=days) for days in (450, 400, 2))
"""Reviewed, signed, and reviewed again more than a year after."""


def written(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def review(root: Path, day: date) -> None:
    text = (root / LESSON).read_text("utf-8")
    put(root, LESSON, re.sub(r"(?m)^rà soát:.*$", f"rà soát: {written(day)}", text, count=1))


def said(day: date) -> str:
    return f"Rà soát: {month(day)}."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_project(tmp_path, site_url="https://hocso.haiphong.gov.vn/")
    review(root, FIRST)
    sign(root, written(SIGNED), SLUG)
    return root


def lesson(root: Path) -> Topic:
    found = read_handbook(Project(root)).handbook.topic(SLUG)
    assert found and found.approved
    return found


def office(root: Path) -> Office:
    return lesson(root).office


def shown(root: Path, *, signed: bool = False) -> Topic:
    """As products see it that do not, or do, tell who approved it."""
    book = without_office(select(read_handbook(Project(root)).handbook, "viet-nam"), signed=signed)
    found = book.topic(SLUG)
    assert found
    return found


def rules(root: Path) -> list[str]:
    return [finding.rule for finding in read_and_check(Project(root)).findings if finding.place.file == LESSON
            and finding.rule.startswith(("approval.", "fresh."))]


def test_an_earlier_day_is_told_as_it_stands(root: Path) -> None:
    assert (office(root).reviewed, office(root).unsigned_review) == (FIRST, None)
    assert said(FIRST) in content_by(shown(root)) and "approval.review" not in rules(root)


def test_a_later_day_is_not_told_and_makes_nothing_young_again(root: Path) -> None:
    review(root, AGAIN)
    assert (office(root).reviewed, office(root).unsigned_review) == (SIGNED, AGAIN)
    assert said(SIGNED) in content_by(shown(root))
    assert "release.old" in [finding.rule for finding in reasons(lesson(root))]
    assert rules(root) == ["approval.review"]  # somebody did look at it lately: only the signature is missing
    assert f"hocso approve {SLUG}" in due_text(read_handbook(Project(root)).handbook)


def test_signing_the_same_words_again_makes_it_count(root: Path) -> None:
    review(root, AGAIN)
    sheet = ["--unit", "Sở Y tế", "--date", written(AGAIN)]
    before = office(root).approval
    assert main(["-C", str(root), "approve", SLUG, *sheet, "--from-sheet", before.text if before else ""]) == 0
    assert (office(root).reviewed, office(root).unsigned_review) == (AGAIN, None)
    assert said(AGAIN) in content_by(shown(root)) and "approval.review" not in rules(root)
    assert "release.old" not in [finding.rule for finding in reasons(lesson(root))]


def test_a_slip_of_the_pen_is_still_told(root: Path) -> None:
    review(root, TODAY.replace(year=2062, day=1))
    assert "fresh.future" in rules(root) and office(root).reviewed == SIGNED


def test_of_a_draft_it_stands_as_written(tmp_path: Path) -> None:
    found = read_handbook(Project(make_project(tmp_path))).handbook.topic(SLUG)
    assert found and (found.office.reviewed, found.office.unsigned_review) == (date(2026, 11, 20), None)


def test_the_sheet_to_sign_shows_the_day_to_sign(root: Path) -> None:
    review(root, AGAIN)
    shown = desk(select(read_handbook(Project(root)).handbook, "viet-nam"))
    html = shown.theme.draw("print/review.html", ReviewSheet(shown, shown.handbook.by_slug[SLUG]))
    assert f"<b>Rà soát:</b> {written(AGAIN)}" in html


def test_papers_of_the_lesson_tell_who_approved_it_and_when(root: Path) -> None:
    unit = office(root).unit
    assert content_by(shown(root, signed=True)) == f"Nội dung: {unit}. Duyệt: Sở Y tế, {written(SIGNED)}."
    edit(root, LESSON, f"đơn vị: {unit}", "đơn vị: Sở Y tế")
    sign(root, written(SIGNED), SLUG)
    assert content_by(shown(root, signed=True)) == f"Nội dung và duyệt: Sở Y tế, {written(SIGNED)}."
    edit(root, LESSON, "giữ yên.", "giữ cho yên.")
    assert content_by(shown(root, signed=True)).startswith("Nội dung: Sở Y tế. Rà soát: ")


def test_what_is_not_told_makes_no_paper_anew(root: Path) -> None:
    """But for the sheet to sign, which sees all that the office knows."""
    def shown() -> object:
        return without_office(select(read_handbook(Project(root)).handbook, "viet-nam")).by_slug[SLUG].office

    review(root, SIGNED)
    before = shown()
    review(root, AGAIN)
    assert shown() == before
