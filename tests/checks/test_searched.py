"""In a book that has begun to carry the words people type, every lesson does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.checks.language.searched import check
from generator.checks.looking.matter import Matter
from generator.ground.files import Project
from generator.handbook.read import read_handbook
from tests.projects import make_project


def test_lessons_without_words_are_told_once_another_has_some(tmp_path: Path) -> None:
    project = Project(make_project(tmp_path))
    reading = read_handbook(project)
    first, *others = reading.handbook.topics
    first = replace(first, office=replace(first.office, asked_for=("chữ to", "chữ nhỏ", "mắt kém")))
    book = replace(reading.handbook, topics=(first, *others), cards=())
    found = list(check(Matter(project, replace(reading, handbook=book))))
    assert [(finding.rule, finding.place) for finding in found] == [("search.words", topic.place) for topic in others]
    assert len(others) > 1
