"""What the dated report says is told where the address is written."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from generator.checks.looking.outside import addresses_in
from generator.handbook.model import LINKS, Visit
from generator.handbook.visits import write_visits
from tests.broken import MKDOCS, PLATFORMS, PROVINCE, WIFI, copy_base, findings_of, told
from tests.projects import EPOCH, commit_all, edit, put

SINCE, DAY = date(2026, 11, 17), date(2026, 11, 18)
FILM = "https://vneid.gov.vn/phim/vao-mang.mp4"


def dead(address: str) -> Visit:
    return Visit(address, "dead", DAY, SINCE, "trang không còn (404)")


REPORTED = [
    (dead(FILM), f"{WIFI}:13:7", "film.dead",
     f"Bài số 2019: phim không mở được từ 17/11/2026 (`{FILM}`: `trang không còn (404)`)."),
    (dead("https://vneid.gov.vn"), f"{PLATFORMS}:5:3", "platform.dead", "VNeID: trang không mở được từ 17/11/2026"),
    (dead("https://sotay.vn/a"), f"{WIFI}:9:1", "source.dead", "Bài số 2019: nguồn không mở được từ 17/11/2026"),
    (dead("https://congdan.tinhmau.gov.vn"), f"{PROVINCE}:", "edition.dead", "địa chỉ không mở được từ 17/11/2026"),
    (dead("https://vneid.gov.vn/huong-dan"), f"{WIFI}:108:3", "link.dead", "địa chỉ không mở được từ 17/11/2026"),
    (dead("https://hocso.cu.vn/"), f"{MKDOCS}:", "site.former-dead", "Địa chỉ cũ: trang không mở được từ 17/11/2026"),
    (Visit("https://vneid.gov.vn", "open", DAY, DAY, moved_to="https://song-bac.vn/"), f"{PLATFORMS}:5:3", "link.moved",
     "VNeID: `https://vneid.gov.vn` nay dẫn sang trang khác, `song-bac.vn`."),
    (Visit("https://vneid.gov.vn", "open", DAY, DAY, moved_to="https://www.dichvucong.gov.vn/x"), "", "", ""),
    (Visit(FILM, "failed", DAY, DAY, "không trả lời"), "", "", ""),
    (Visit(FILM, "unsure", DAY, DAY, "403"), "", "", ""),
    (Visit(FILM, "open", DAY, DAY), "", "", ""),
    (dead("https://khong-ai-dan-toi.vn/"), "", "", ""),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = copy_base(tmp_path)
    edit(root, WIFI, "nguồn: sổ tay của thôn, chưa in", "nguồn: sotay.vn/a")
    edit(root, WIFI, "(../quet-ma/index.md)", "(https://vneid.gov.vn/huong-dan)")
    edit(root, MKDOCS, "former_urls: []", "former_urls: [https://hocso.cu.vn/]")
    return root


@pytest.mark.parametrize(("visit", "place", "rule", "message"), REPORTED)
def test_what_the_report_says_is_told_in_its_place(
    root: Path, tmp_path: Path, visit: Visit, place: str, rule: str, message: str
) -> None:
    put(root, LINKS, write_visits([visit]))
    found = [finding for finding in findings_of(root) if finding.rule != "ledger.no-history"]
    rows = told(found)
    if not rule:
        assert rows == []
        return
    (row,) = rows
    assert row[0].startswith(place) and row[1] == f"warning {rule}" and message in row[2]
    assert not re.search(r"[ăâđêôơư]", re.sub(r"`[^`]*`", "", found[0].message.en + found[0].fix.en))


def test_a_report_nobody_renewed_is_told(tmp_path: Path) -> None:
    root = copy_base(tmp_path, commit=True)
    put(root, LINKS, write_visits([Visit(FILM, "open", date(2026, 11, 1), date(2026, 11, 1))]))
    commit_all(root, "report", moment=EPOCH)
    assert findings_of(root) == []
    commit_all(root, "later", moment=EPOCH + 80 * 86_400)
    assert [(f.rule, f.place.file) for f in findings_of(root) if f.rule.startswith("links")] == [("links.old", LINKS)]


@pytest.mark.parametrize(("text", "found"), [
    ("binhdanhocvuso.gov.vn (chưa mở lại để kiểm tra)", ["https://binhdanhocvuso.gov.vn"]),
    ("trangcongnghe.vn, vietnamnet.vn năm 2024 về số 156", ["https://trangcongnghe.vn", "https://vietnamnet.vn"]),
    ("xem https://a.vn/tin?x=1, rồi b.com/muc/2.", ["https://a.vn/tin?x=1", "https://b.com/muc/2"]),
    ("http://cu.vn/trang.", ["http://cu.vn/trang"]),
    ("CafeF 02/2024, báo Lâm Đồng 07/2025; VNeID 2.1; to-roi.png; thu@hocso.vn", []),
    ("vneid-gov.vn.tin.xyz", []),
])
def test_addresses_in_what_an_editor_wrote(text: str, found: list[str]) -> None:
    assert list(addresses_in(text)) == found
