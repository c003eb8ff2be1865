from __future__ import annotations

import collections
import os
import shutil
from pathlib import Path

import pytest

from generator.commands import doctor
from generator.commands.doctor import examine, locked_versions
from generator.ground.errors import MissingProgramError
from generator.ground.files import Project, find_project
from generator.ground.findings import Text
from tests.projects import ROOT, git, make_project

PARTS = 9


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """On a machine where nothing is missing."""
    monkeypatch.setenv("HOCSO_LANG", "en")
    monkeypatch.setattr(doctor, "find_browser", lambda: Path("/usr/bin/chromium"))
    monkeypatch.setattr(doctor, "browser_version", lambda _found: "Chromium 1")
    monkeypatch.setattr(doctor, "find_espeak", lambda: "/usr/bin/espeak-ng")
    monkeypatch.setattr(doctor, "espeak_version", lambda: "espeak-ng 1.51")
    monkeypatch.setattr(doctor, "is_installed", lambda: True)
    monkeypatch.setattr(doctor, "_installed", lambda _package: "1.0")
    project = find_project(make_project(tmp_path, commit=True))
    (project.root / doctor.LOCK).write_text("markdown==1.0 \\\n    --hash=sha256:00\n", "utf-8")
    return project


def test_all_is_well(project: Project) -> None:
    text, code = examine(project)
    assert code == 0
    assert text.count("✓") == PARTS and "✗" not in text and "→" not in text


def test_in_vietnamese(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOCSO_LANG", "vi")
    assert "Máy này đủ" in examine(project)[0]


def _missing(project: Project, code: int = 2) -> list[str]:
    """What is not well: its line and the one command below it."""
    text, found = examine(project)
    assert found == code
    lines = text.splitlines()
    assert text.count("✓") == PARTS - 1
    index = next(index for index, line in enumerate(lines) if line.startswith("✗" if code else "!"))
    assert lines[index + 1].startswith("    → ")
    return lines[index : index + 2]


def _raise(problem: Exception) -> object:
    raise problem


def test_the_form_editor_is_a_wish(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "is_installed", lambda: False)
    assert "--editor" in _missing(project, 0)[1]


def test_no_browser(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_browser", lambda: None)
    monkeypatch.setattr(doctor, "install_hint", lambda: Text("cài", "apt-get install chromium"))
    assert "apt-get install chromium" in _missing(project)[1]


def test_a_browser_asked_for_that_does_not_run(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_browser", lambda: _raise(MissingProgramError("sai", "names x")))
    assert "names x" in _missing(project)[0]


def test_no_fonts(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = MissingProgramError("Thiếu.", "Roboto is missing.")
    monkeypatch.setattr(doctor, "font_file", lambda _weight: _raise(problem))
    assert "font-roboto" in _missing(project)[1]


def test_no_voice_is_only_mentioned(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_espeak", lambda: "")
    monkeypatch.setattr(doctor, "voice_hint", lambda: Text("cài", "apt-get install espeak-ng"))
    line, command = _missing(project, code=0)
    assert "silent" in line and "apt-get install espeak-ng" in command


def test_no_ffmpeg(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "film_version", lambda: "")
    assert "imageio-ffmpeg" in _missing(project)[1]


@pytest.mark.parametrize(("installed", "told"), [("", "missing: markdown"), ("0.9", "not as locked: markdown")])
def test_packages_differ(project: Project, monkeypatch: pytest.MonkeyPatch, installed: str, told: str) -> None:
    monkeypatch.setattr(doctor, "is_installed", lambda: True)
    monkeypatch.setattr(doctor, "_installed", lambda _package: installed)
    line, command = _missing(project)
    assert told in line and "pip install --require-hashes" in command


def test_an_old_python(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "OLDEST_PYTHON", (9, 9))
    assert "make PYTHON" in _missing(project)[1]


def test_no_right_to_write(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, _mode: not str(path).endswith("content"))
    assert "content" in _missing(project)[1]


def test_a_full_disk(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = collections.namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(9, 9, 3_000_000))
    assert "only 3 MB" in _missing(project)[0]


def test_history_is_a_wish_not_a_need(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{project.root}", "shallow")
    shallow = find_project(tmp_path / "shallow")
    plain = find_project(make_project(tmp_path / "plain"))
    for other in (shallow, plain):
        (other.root / doctor.LOCK).write_text("markdown==1.0\n", "utf-8")
    assert "git fetch --unshallow" in _missing(shallow, 0)[1]
    assert "git clone" in _missing(plain, 0)[1]
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        elsewhere.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        assert f'safe.directory "{project.root}"' in _missing(project, 0)[1]
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert "not installed" in _missing(project, 0)[0]


def test_our_own_lock_is_understood() -> None:
    wanted = locked_versions((ROOT / doctor.LOCK).read_text("utf-8"))
    assert {"mkdocs", "pikepdf", "font-roboto"} <= wanted.keys()
    assert all(numbers for numbers in wanted.values())
    assert len(wanted["numpy"]) == 2, "one for old and one for new Pythons"


def test_packages_for_other_systems_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "is_installed", lambda: True)
    monkeypatch.setattr(doctor, "_installed", lambda _package: "")
    lock = "colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:00\nclick==8.3.1 \\\n"
    assert locked_versions(lock) == {"click": {"8.3.1"}}
