"""The same form for a book on a host of git, as far as that can be tried without one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.commands.forms import hosted
from generator.commands.forms.hosted import backend_of, write_form
from generator.commands.forms.installed import is_installed, packages
from generator.ground.errors import MissingProgramError, UsageError
from generator.ground.files import find_project
from generator.press.browser import Browser
from tests.projects import make_project
from tests.windows import served, window

ONE = "https://git.tinh.gov.vn"


@pytest.mark.parametrize(("address", "backend"), [
    ("https://github.com/don-vi/kho", {"name": "github", "repo": "don-vi/kho"}),
    ("https://github.com/don-vi/kho.git", {"name": "github", "repo": "don-vi/kho"}),
    ("https://gitlab.com/nhom/con/kho/", {"name": "gitlab", "repo": "nhom/con/kho"}),
    (f"{ONE}/nhom/kho", {"name": "gitlab", "repo": "nhom/kho", "base_url": ONE, "api_root": f"{ONE}/api/v4"}),
    (f"{ONE}:8443/nhom/kho",
     {"name": "gitlab", "repo": "nhom/kho", "base_url": f"{ONE}:8443", "api_root": f"{ONE}:8443/api/v4"}),
])
def test_an_address_says_which_host_it_is(address: str, backend: dict[str, str]) -> None:
    assert backend_of(address) == backend


@pytest.mark.parametrize("address", [
    "", "don-vi/kho", "http://github.com/a/b", "https://github.com/a", "https://github.com/", "git@github.com:a/b.git",
    "https://ai:khoa@github.com/a/b", "https://github.com/a/b?x=1", "https://github.com/a b/c", "https:///a/b",
])
def test_what_is_no_address_is_one_line(address: str) -> None:
    with pytest.raises(UsageError) as told:
        backend_of(address)
    assert "\n" not in str(told.value)


def test_without_the_editor_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosted, "is_installed", lambda: False)
    with pytest.raises(MissingProgramError, match="--editor"):
        write_form(find_project(make_project(tmp_path)), "https://github.com/don-vi/kho")


@pytest.mark.skipif(not is_installed(), reason=f"no form editor in {packages()}: python .ci/bootstrap.py --editor")
@pytest.mark.parametrize(("address", "host"), [("https://github.com/a/kho", "GitHub"), (f"{ONE}/a/kho", "GitLab")])
def test_the_editor_takes_it_and_asks_to_sign_in(tmp_path: Path, browser: Browser, address: str, host: str) -> None:
    folder = write_form(find_project(make_project(tmp_path)), address)
    config = json.loads((folder / "config.json").read_text("utf-8"))
    assert [collection["name"] for collection in config["collections"]] == ["topics", "cards", "alerts"]
    told: list[str] = []
    with served(folder) as here, window(browser, (1280, 900)) as visit:
        visit.page.on("console", lambda message: told.append(message.text))
        visit.page.goto(f"{here}/index.html")
        visit.page.get_by_role("button", name=re.compile(host)).first.wait_for()
        assert not re.search("error|not defined in the Sveltia", visit.page.locator("body").inner_text())
    assert [line for line in told if "configuration schema" in line or "Errors found" in line] == []
