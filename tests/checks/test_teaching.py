"""Who teaches in a hall without a network is told beforehand what to do there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.checks.looking.matter import Matter
from generator.checks.structure.teaching import check
from generator.ground.files import Project
from generator.handbook.model import Bullets, Phrase, Row, Screen, Trainer, TrainerRow
from generator.handbook.read import read_handbook
from tests.projects import make_project

NET, BARE = ("Điện thoại có mạng.",), ("Điện thoại còn pin.",)
ROWS = (TrainerRow(5, Phrase("làm thử")),)


@pytest.mark.parametrize(("prepare", "kind", "offline", "told"), [
    (NET, "nút", None, True),
    (NET, "nút", "phát tờ in, tập trên giấy", False),
    (("Wi-Fi của nhà văn hóa.",), "nút", None, True),
    (BARE, "trang", None, True),
    (BARE, "tin đi", None, True),
    (BARE, "tin đi", "tập trên giấy", False),
    (BARE, "nút", None, False),
    (("Một mạng lưới bạn học.",), "nút", None, False),
])
def test_a_lesson_that_needs_a_network(
    tmp_path: Path, prepare: tuple[str, ...], kind: str, offline: str | None, told: bool
) -> None:
    project = Project(make_project(tmp_path))
    reading = read_handbook(project)
    topic = reading.handbook.topics[0]
    steps = tuple(replace(step, screen=None) for step in topic.steps)
    topic = replace(
        topic, prepare=(Bullets(tuple(map(Phrase, prepare))),),
        steps=(replace(steps[0], screen=Screen((Row(kind, "a"),))), *steps[1:]),
        trainer=Trainer(ROWS, offline=Phrase(offline) if offline else None),
    )
    matter = Matter(project, replace(reading, handbook=replace(reading.handbook, topics=(topic,))))
    assert [finding.rule for finding in check(matter)] == ["trainer.offline"] * told
