"""demands.yml: what answers a demand exists, and what nothing answers says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.looking.matter import Matter
from generator.checks.records import demands
from generator.ground.files import find_project
from generator.handbook.answers import split_answer
from generator.handbook.read import read_handbook
from tests.projects import make_project

FILE = "content/demands.yml"
HEAD = "- mã: A1\n  nhóm: A\n  cần: Bài ngắn\n"

CASES: list[tuple[str, list[tuple[str, str, int]]]] = [
    ("  đáp ứng: [quet-ma-qr]\n", []),
    ("  đáp ứng: [quet-ma-qr, nguoi-cao-tuoi, an-toan, xa-dai-son]\n", []),
    ('  đáp ứng: ["sản phẩm: site", "lệnh: check", "tệp: content/platforms.yml"]\n', []),
    ("  lý do: chưa làm\n", []),
    ("  đáp ứng: [quet-ma-qr]\n  lý do: còn thiếu phim\n", []),
    ("", [("demand.unanswered", "warning", 1)]),
    ("  đáp ứng: []\n", [("demand.unanswered", "warning", 1)]),
    ("  đáp ứng: [quet-ma-q]\n", [("demand.answer", "error", 4)]),
    ('  đáp ứng: ["sản phẩm: áp phích"]\n', [("demand.answer", "error", 4)]),
    ('  đáp ứng: ["lệnh: bay"]\n', [("demand.answer", "error", 4)]),
    ('  đáp ứng: ["tệp: content/khong-co.yml"]\n', [("demand.answer", "error", 4)]),
    ('  đáp ứng:\n    - quet-ma-qr\n    - "màu: xanh"\n', [("demand.answer", "error", 6)]),
    (f"  lý do: chưa\n{HEAD}  lý do: chưa\n", [("demand.id-twice", "error", 5)]),
]


@pytest.mark.parametrize(("rest", "expected"), CASES)
def test_demands(rest: str, expected: list[tuple[str, str, int]], tmp_path: Path) -> None:
    project = find_project(make_project(tmp_path, files={FILE: HEAD + rest}))
    reading = read_handbook(project)
    found = list(demands.check(Matter(project, reading)))
    assert [(finding.rule, finding.severity, finding.place.line) for finding in found] == expected
    assert all(finding.place.file == FILE for finding in found)


def test_a_likely_name_is_the_mend(tmp_path: Path) -> None:
    project = find_project(make_project(tmp_path, files={FILE: f"{HEAD}  đáp ứng: [quet-ma-q]\n"}))
    finding, = demands.check(Matter(project, read_handbook(project)))
    assert finding.fix.vi == "Viết `quet-ma-qr`."


@pytest.mark.parametrize(("text", "answer"), [
    ("quet-ma-qr", ("name", "quet-ma-qr")), ("sản phẩm:  site ", ("product", "site")),
    ("lệnh: check", ("command", "check")), ("màu: xanh", ("name", "màu: xanh")),
])
def test_an_answer_is_a_name_or_says_its_kind(text: str, answer: tuple[str, str]) -> None:
    assert split_answer(text) == answer
