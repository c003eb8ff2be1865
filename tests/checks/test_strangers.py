"""A line of another place left in a copied edition is told in the copy; what two places may share is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.checks import read_and_check
from generator.ground.files import Project
from generator.ground.findings import Finding
from tests.broken import BASE, copy_base
from tests.projects import EPOCH, ROOT, commit_all, put

OLD = """tên: xã An Khánh
cấp trên: tinh-mau
mã: "11401"
đơn vị dưới: thôn
cổng:
  tên: Cổng thông tin điện tử xã An Khánh
  địa chỉ: https://ankhanh.gov.vn
trang: An Khánh ngày mới
truyền thanh: Đài truyền thanh xã
điểm học: [Nhà văn hóa Trung tâm (thôn Mỗ Đoạn), nhà văn hóa thôn 3]
giúp đỡ:
  thủ tục:
    đơn vị: Trung tâm Phục vụ hành chính công xã
    điện thoại: 0220 3123 456
    giờ: 7 giờ 30 đến 17 giờ
  công an:
    đơn vị: Công an xã An Khánh
    điện thoại: 0220.3555.113
"""
NEW = """tên: xã Bình Minh
cấp trên: tinh-mau
mã: "11402"
đơn vị dưới: thôn
giúp đỡ:
  thủ tục:
    đơn vị: Trung tâm Phục vụ hành chính công xã
    điện thoại: 0220 3999 999
    giờ: 7 giờ 30 đến 17 giờ
"""
FILES = {"old": "content/editions/xa-an-khanh.yml", "new": "content/editions/xa-a-moi.yml"}
"""The copy comes first in the order of names: not by that is it known which one was copied."""


def found(tmp_path: Path, new: str, *, province: str = "", other: str = "") -> list[Finding]:
    root = copy_base(tmp_path, commit=True)
    if province:
        file = root / "content/editions/tinh-mau.yml"
        file.write_text(file.read_text("utf-8") + province, "utf-8")
    put(root, FILES["old"], OLD)
    if other:
        put(root, "content/editions/tinh-khac.yml", other)
    commit_all(root, "an old one", EPOCH + 1)
    put(root, FILES["new"], new)
    checked = read_and_check(Project(root)).findings
    return [f for f in checked if f.severity == "error" and f.place.file.startswith("content/editions/")]


def told(findings: list[Finding]) -> list[str]:
    return [f"{finding.rule} {finding.place.line}" for finding in findings]


LEFT = [
    # A line of the old one that stands in the new one, and what is told of it.
    ("tên: xã Bình Minh", "tên: xã An Khánh", "edition.name-twice"),
    ("tên: xã Bình Minh", "tên: Xã  an khánh", "edition.name-twice"),
    ('mã: "11402"', 'mã: "11401"', "edition.shared-address"),
    ('mã: "11402"', 'mã: "11401"\nđịa chỉ trang: https://hoc.binhminh.gov.vn/', "edition.code-twice"),
    ("đơn vị dưới: thôn", "cổng: Cổng thông tin điện tử xã An Khánh", "edition.stranger"),
    ("đơn vị dưới: thôn", "cổng: {tên: Cổng của xã, địa chỉ: 'https://ankhanh.gov.vn'}", "edition.stranger"),
    ("đơn vị dưới: thôn", "cổng: {tên: Cổng của xã, địa chỉ: 'https://AnKhanh.gov.vn/'}", "edition.stranger"),
    ("đơn vị dưới: thôn", "trang: An Khánh ngày mới", "edition.stranger"),
    ("đơn vị dưới: thôn", "điểm học: [Nhà văn hóa Trung tâm (thôn Mỗ Đoạn)]", "edition.stranger"),
    ("0220 3999 999", "0220 3123 456", "edition.stranger"),
    ("0220 3999 999", "(0220) 3123456", "edition.stranger"),
    ("0220 3999 999", '"+84 220 3123 456"', "edition.stranger"),
    ("0220 3999 999", "02203123456, trực ngày đêm", "edition.stranger"),
    ("0220 3999 999", "0220 3555 113", "edition.stranger"),
    ("Trung tâm Phục vụ hành chính công xã", "Ủy ban nhân dân xã An Khánh", "edition.stranger"),
    ("Trung tâm Phục vụ hành chính công xã", "ỦY BAN NHÂN DÂN XÃ AN KHÁNH", "edition.stranger"),
    ("Trung tâm Phục vụ hành chính công xã", "Công an xã An Khánh", "edition.stranger"),
    ("Trung tâm Phục vụ hành chính công xã", "UBND An Khánh", "edition.stranger"),
    ("Trung tâm Phục vụ hành chính công xã", "Trạm y tế xã An Khánh, thôn Mỗ", "edition.stranger"),
    ("Trung tâm Phục vụ hành chính công xã", "Trạm y tế X. An Khánh", "edition.stranger"),
    ("0220 3999 999", "0220/3555113", "edition.stranger"),
    ("0220 3999 999", "0220\u20113555\u2011113", "edition.stranger"),
    ("0220 3999 999", "0220\u00a03123\u00a0456", "edition.stranger"),
    ("đơn vị dưới: thôn", "cổng: {tên: Cổng của xã, địa chỉ: 'https://www.ankhanh.gov.vn/'}", "edition.stranger"),
    ("đơn vị dưới: thôn", "cổng: {tên: Cổng của xã, địa chỉ: 'https://ankhanh.gov.vn/trang-chu'}", "edition.stranger"),
]


@pytest.mark.parametrize(("right", "wrong", "rule"), LEFT, ids=[row[1] for row in LEFT])
def test_a_line_left_from_another_place(tmp_path: Path, right: str, wrong: str, rule: str) -> None:
    assert right in NEW
    new = NEW.replace(right, wrong, 1)
    line = next(number for number, text in enumerate(new.split("\n"), 1) if wrong.split("\n")[0] in text)
    findings = found(tmp_path, new, other="tên: tỉnh Khác\ncấp trên: viet-nam\n")
    assert told(findings) == [f"{rule} {line}"]
    (finding,) = findings
    assert finding.place.file == FILES["new"] and finding.edits == ()
    assert ("xa-an-khanh" in finding.message.vi) is ("Khác" not in wrong)
    assert not re.search(r"[ăâđêôơư]", re.sub(r"“[^”]*”|`[^`]*`", "", finding.message.en).replace("xã An Khánh", ""))


def test_a_whole_copy_is_told_line_by_line(tmp_path: Path) -> None:
    """Nothing that names the old place, or is its alone, passes; what is true of any commune does."""
    assert told(found(tmp_path, OLD)) == [
        "edition.name-twice 1", "edition.shared-address 3",
        *(f"edition.stranger {line}" for line in (6, 7, 8, 10, 14, 17, 18))]


FINE = [
    # What may stand in the new one, with what the province above both says.
    ("0220 3999 999", "113", ""), ("0220 3999 999", "1022", ""), ("0220 3999 999", "1900 1234", ""),
    ("0220 3999 999", "1800 599 920", ""), ("0220 3999 999", '""', ""),
    ("0220 3999 999", "0220 3123 456", "giúp đỡ: {đầu mối: {điện thoại: 0220 3123 456}}\n"),
    ("đơn vị dưới: thôn", "cổng: {tên: Cổng chung, địa chỉ: 'https://dichvucong.gov.vn'}", ""),
    ("đơn vị dưới: thôn", "cổng: {tên: Cổng chung, địa chỉ: 'https://ankhanh.gov.vn'}",
     "zalo oa: {tên: chung, địa chỉ: 'https://ankhanh.gov.vn'}\n"),
    ("đơn vị dưới: thôn", "điểm học: [nhà văn hóa thôn 3]", ""),
    ("đơn vị dưới: thôn", "truyền thanh: Đài truyền thanh xã", ""),
    ("đơn vị dưới: thôn", "cổng: Cổng thông tin tỉnh Mẫu", ""),
    ("Trung tâm Phục vụ hành chính công xã", "Công an xã Bình Minh", ""),
    ("Trung tâm Phục vụ hành chính công xã", "Công an tỉnh Mẫu", ""),
    ("Trung tâm Phục vụ hành chính công xã", "Quân y xã An Khánh Đông", ""),
    ("Trung tâm Phục vụ hành chính công xã", "công an xã, phường", ""),
    ("Trung tâm Phục vụ hành chính công xã", "Trường Nguyễn An Khánh", ""),
]


@pytest.mark.parametrize(("right", "other", "province"), FINE, ids=[row[1] for row in FINE])
def test_what_two_places_share(tmp_path: Path, right: str, other: str, province: str) -> None:
    assert right in NEW
    assert told(found(tmp_path, NEW.replace(right, other, 1), province=province)) == []


def test_a_longer_name_is_another_name(tmp_path: Path) -> None:
    """`xã An` stands in the name of `xã An Khánh`, and neither is told for it."""
    assert told(found(tmp_path, NEW.replace("xã Bình Minh", "xã An"))) == []
    assert told(found(tmp_path / "x", NEW.replace("xã Bình Minh", "xã An").replace(
        "Trung tâm Phục vụ hành chính công xã", "Công an xã An"))) == []


def test_shipped_editions_hold_nothing_of_each_other() -> None:
    for root in (ROOT, BASE):
        rules = {finding.rule for finding in read_and_check(Project(root)).findings}
        assert not {"edition.stranger", "edition.name-twice", "edition.code-twice", "edition.shared-address"} & rules


def test_a_lesson_of_the_whole_country_names_no_commune(tmp_path: Path) -> None:
    root = copy_base(tmp_path, commit=True)
    put(root, FILES["old"], OLD)
    lesson = next((root / "content/topics").glob("*/index.md"))
    text = lesson.read_text("utf-8")
    lesson.write_text(text.replace("## An toàn\n", "## An toàn\n\n- Gọi Công an xã An Khánh.\n", 1), "utf-8")
    [finding] = [one for one in read_and_check(Project(root)).findings if one.rule == "edition.stranger"]
    assert finding.place.file == lesson.relative_to(root).as_posix() and "xã An Khánh" in finding.message.vi
