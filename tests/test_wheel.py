"""What is installed from a wheel holds all it needs: code, theme, word lists, schemas."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.projects import ROOT, make_project


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, with what the environment has; no network is asked."""
    source = tmp_path_factory.mktemp("wheel") / "source"
    for name in ("generator", "theme"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copyfile(ROOT / name, source / name)
    out = source.parent / "out"
    words = ["-m", "pip", "wheel", "--quiet", "--no-index", "--no-deps", "--no-build-isolation", "-w", str(out), "."]
    done = subprocess.run([sys.executable, *words], cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = out.glob("*.whl")
    return built


def test_it_holds_every_file(wheel: Path) -> None:
    files = {path.relative_to(ROOT).as_posix() for name in ("generator", "theme") for path in (ROOT / name).rglob("*")
             if path.is_file() and "__pycache__" not in path.parts}
    assert len(files) > 300
    assert files - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_it_works_where_there_is_nothing_else(wheel: Path, tmp_path: Path) -> None:
    """A project without a theme of its own, read and drawn by what the wheel brought."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    project = make_project(tmp_path)
    assert not (project / "theme").exists()
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "installed"), "SOURCE_DATE_EPOCH": "1795000000"}
    words = ["-m", "generator", "build", "number", "qr", "deck"]
    done = subprocess.run([sys.executable, *words], cwd=project, env=environment, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stderr
    assert "Quét mã QR" in (project / "dist/site/1041/index.html").read_text("utf-8")
