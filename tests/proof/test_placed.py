"""Pages tell what they show of their place: what changed there since, and is signed again, is found on each that shows
it and on no other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.cli import main
from generator.ground.files import find_project
from generator.proof.run import prove_files
from tests.projects import approve, edit, make_project, sign

NATION, BOOK = "content/editions/viet-nam.yml", "content/handbook.yml"
ALERT = """---
từ ngày: 20/11/2026
đến ngày: 20/02/2027
bài: [quet-ma-qr]
đơn vị: Công an tỉnh, thành phố
---

# Giả công an, giục cài ứng dụng

Bà con cúp máy, ra {{ đơn vị công an hoặc công an xã, phường }} hỏi tận nơi.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of it approved, with an alert and a number for a channel."""
    root = make_project(tmp_path_factory.mktemp("placed"), site_url="https://hocso.haiphong.gov.vn/",
                        files={"content/alerts/gia-cong-an.md": ALERT})
    with (root / "qr/ledger.csv").open("a", encoding="utf-8") as ledger:
        ledger.write("1007,channel:zalo-oa,2026-11-20,,,kênh\n")
    edit(root, NATION, "\ngiúp đỡ:", "\nzalo oa: {tên: Zalo Sở, địa chỉ: https://zalo.me/123}\ngiúp đỡ:")
    approve(root, "20/11/2026")
    assert main(["-C", str(root), "build", "number", "site"]) == 0
    assert prove_files(find_project(root), [root / "dist/site"])[1] == 0
    return root


def outdated(root: Path) -> set[str]:
    said = prove_files(find_project(root), [root / "dist/site"])[0].splitlines()
    return {line.split(":")[0].removeprefix("✗ dist/site/").removesuffix("/index.html")
            for line in said if line.startswith("✗")}


LISTS = {"assets", "cards", "coverage", "downloads", "embed", "feed.json", "feed.xml", "glossary", "index.html",
         "parts", "paths", "privacy"}
"""They show words of everywhere, so any change makes them old."""
PARTS, PATHS = (2019, 2024, 2035, 2043, 2056, 2062, 2070), (3014, 3023, 3046, 3051)
ASKING = {"1041", "1055", "1064", "topics/quet-ma-qr", "topics/tranh-lua-dao", "topics/cai-vneid"}
EVERY = {*map(str, (1007, 1078, *PARTS, *PATHS)), "404.html", "topics/chuyen-tien-tra-tien", *ASKING}
CHANGES = {
    "a channel's address": (NATION, "zalo.me/123", "zalo.me/456", {"1007"}),
    "a value in an alert, and in two lessons": (NATION, "đơn vị: công an xã, phường", "đơn vị: trụ sở công an", ASKING),
    "whom to ask": (NATION, "đầu mối:\n    đơn vị: tổ công nghệ", "đầu mối:\n    đơn vị: nhóm công nghệ", EVERY),
    "the name of a part": (BOOK, "tên: An toàn trên mạng", "tên: An toàn", {"1055", "2035", "topics/tranh-lua-dao"}),
    "the name of a path": (BOOK, "tên: Bài cho người cao tuổi", "tên: Bài cho người già", {"3014"}),
    "a number no page of one thing shows": (NATION, "trạm y tế xã, phường", "trạm y tế", set()),
    "the home page": ("content/index.md", "Chào bà con! Đây", "Bà con! Đây", set()),
}


@pytest.mark.parametrize(("file", "old", "new", "shown"), CHANGES.values(), ids=CHANGES)
def test_what_changed_is_found_where_it_is_shown(
    built: Path, tmp_path: Path, file: str, old: str, new: str, shown: set[str],
) -> None:
    root = Path(shutil.copytree(built, tmp_path / "sach", symlinks=True))
    edit(root, file, old, new)
    sign(root, "21/11/2026")
    found = outdated(root)
    assert {name for name in found if name.split("/")[0] not in LISTS} == shown
    assert {"index.html", "parts", "paths/nong-dan", "feed.json", "feed.xml", "assets/search.js"} <= found


def test_another_meaning_is_found_where_hard_words_are_explained(built: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(built, tmp_path / "sach", symlinks=True))
    edit(root, "content/glossary.yml", "ứng dụng để xem trang", "chỗ để xem trang")
    sign(root, "21/11/2026")
    explaining = {path.parent.relative_to(root / "dist/site").as_posix()
                  for path in (root / "dist/site").rglob("*.html") if 'class="terms' in path.read_text("utf-8")}
    assert outdated(root) == explaining | {"assets/search.js"} and len(explaining) > 1
