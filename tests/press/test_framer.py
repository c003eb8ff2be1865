"""Our pages in MkDocs' frame: inside our build, and with plain MkDocs."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.exceptions import Abort

from generator.ground.errors import HocsoError
from generator.ground.files import find_project
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.mkdocs_plugin import HocsoPlugin
from generator.press.framed import Framed
from generator.press.framer import _configure, run_mkdocs
from generator.press.pages import Theme
from generator.products.pages.parts.web import Web
from generator.products.pages.site import framed
from tests.projects import edit, make_project


def plain_build(root: Path, out: Path) -> dict[str, str]:
    """As `mkdocs build` does it, whether our entry point is installed or not."""
    config = _configure(find_project(root), str(out))
    plugin = HocsoPlugin()
    plugin.load_config({})
    config.plugins["hocso"] = plugin
    build(config)
    return {path.relative_to(out).as_posix(): path.read_text("utf-8") for path in out.rglob("*.html")}


def content_of(root: Path) -> Framed:
    project = find_project(root)
    return framed(Web(select(read_handbook(project).handbook, "viet-nam"), Theme(project.theme)))


def test_plain_mkdocs_makes_the_pages_and_links_to_no_number(tmp_path: Path) -> None:
    pages = plain_build(make_project(tmp_path), tmp_path / "out")
    assert "Giơ máy cách mã một gang tay" in pages["topics/quet-ma-qr/index.html"]
    assert "Chưa có tờ in nào." in pages["downloads/index.html"]
    assert [name for name, html in pages.items() if "1041/index.html" in html] == []
    assert "404.html" not in pages


def test_plain_mkdocs_stops_at_an_error_and_says_where(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    root = make_project(tmp_path)
    edit(root, "content/topics/quet-ma-qr/index.md", "phút: 15", "phút: mười")
    with caplog.at_level(logging.ERROR, "mkdocs"), pytest.raises(Abort):
        plain_build(root, tmp_path / "out")
    assert "content/topics/quet-ma-qr/index.md:2:" in caplog.text
    assert "Còn 1 chỗ phải sửa" in caplog.text


def test_mkdocs_says_nothing_and_leaves_the_surroundings_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "77")
    level = logging.getLogger("mkdocs").level
    files = run_mkdocs(find_project(root := make_project(tmp_path)), content_of(root))
    assert "topics/quet-ma-qr/index.html" in files
    assert capfd.readouterr() == ("", "")
    assert os.environ["SOURCE_DATE_EPOCH"] == "77"
    assert logging.getLogger("mkdocs").level == level
    assert not (root / ".hocso/mkdocs-site").exists()


@pytest.mark.parametrize(("old", "new", "told"), [
    ("  - hocso", "  - khong-co\n  - hocso", r"\[site.setting\] `plugins`"),
    ("docs_dir: content\n", "docs_dir: content\nkhong_co_khoa_nay: 1\n", r"\[key.unknown\] .*`khong_co_khoa_nay`"),
])
def test_broken_settings_are_one_finding(old: str, new: str, told: str, tmp_path: Path) -> None:
    root = make_project(tmp_path)
    edit(root, "mkdocs.yml", old, new)
    with pytest.raises(HocsoError, match=told):
        run_mkdocs(find_project(root), content_of(root))


def test_an_owner_may_keep_custom_dir_and_plugin_settings_as_tables(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    edit(root, "mkdocs.yml", "  - hocso", "  search: {}\n  hocso: {}")
    edit(root, "mkdocs.yml", "  name: material\n", "  name: material\n  custom_dir: theme/site\n")
    assert "index.html" in run_mkdocs(find_project(root), content_of(root))
