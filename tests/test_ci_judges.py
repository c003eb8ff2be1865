"""The two CI files before outside judges; `make prove` brings them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.projects import ROOT
from tests.samples import PROVE

pytestmark = pytest.mark.skipif(not PROVE, reason="`make prove` brings the judges")

HUB, LAB = ".github/workflows/ci.yml", ".gitlab-ci.yml"
JUDGES: dict[str, tuple[Sequence[str], str, Sequence[tuple[str, str]]]] = {
    # The judge's words; the file; what it must not let pass, as a change of the file.
    "zizmor": (["zizmor", "--offline", "--pedantic", "--no-progress"], HUB, [
        ("          persist-credentials: false\n", ""),
        ("permissions: {}", "permissions: write-all"),
        ("  pull_request:\n", "  pull_request_target:\n"),
        ('run: make report FORMAT=github', 'run: make report SINCE="${{ github.head_ref }}"'),
        ("actions/cache/save@27d5ce7f107fe9357f9df03efb73ab90386fccae", "actions/cache/save@v5"),
    ]),
    "actionlint": (["actionlint", "-no-color"], HUB, [
        ("needs: changes", "needs: change"),
        ("runs-on: ubuntu-24.04", "runs-on: ubuntu-3"),
        ("needs.changes.outputs.code == 'true'", "needs.changes.outputs.kode == 'true'"),
        ("steps.seen.outputs.artifact-url", "steps.sen.outputs.artifact-url"),
    ]),
    "GitHub's schema": (["check-jsonschema", "--builtin-schema", "vendor.github-workflows"], HUB, [
        ("runs-on:", "run-on:"), ("cancel-in-progress:", "cancel:"),
    ]),
    "GitLab's schema": (["check-jsonschema", "--builtin-schema", "vendor.gitlab-ci"], LAB, [
        ("when: always", "when: often"),
        ("script:\n    - make report FORMAT=gitlab", "script: 7"),
        ("codequality:", "quality: [x]\n      y:"),
    ]),
}
SPOILED = [(judge, *change) for judge, (_, _, changes) in JUDGES.items() for change in changes]


def judged(folder: Path, judge: str, spoil: tuple[str, str] = ("", "")) -> subprocess.CompletedProcess[str]:
    """On a copy where the file lies as a host wants it."""
    words, file, _ = JUDGES[judge]
    text = (ROOT / file).read_text("utf-8")
    assert spoil[0] in text
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text(text.replace(*spoil) if spoil[0] else text, "utf-8")
    places = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    program = shutil.which(words[0], path=places)
    assert program, f"{words[0]} is in requirements-prove.lock"
    return subprocess.run([program, *words[1:], file], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("judge", JUDGES)
def test_a_judge_finds_nothing(tmp_path: Path, judge: str) -> None:
    done = judged(tmp_path, judge)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "suppressed" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("judge", "old", "new"), SPOILED, ids=[f"{row[0]}: {row[2] or row[1].strip()}" for row in SPOILED]
)
def test_a_judge_would_find_it(tmp_path: Path, judge: str, old: str, new: str) -> None:
    assert judged(tmp_path, judge, (old, new)).returncode != 0
