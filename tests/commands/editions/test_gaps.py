"""`hocso edition check`: every empty place of a file by its line, until nothing is empty."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.cli import main
from generator.handbook.keys import EDITION_KEYS, HELP_KEYS, HELP_ROLES
from tests.projects import edit, make_project, put

pytestmark = pytest.mark.long
FILE = "content/editions/xa-an-khanh.yml"
NEW = ("edition", "new", "xa-an-khanh", "--name", "xã An Khánh", "--parent", "hai-phong")


@pytest.fixture
def root(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    root = make_project(tmp_path, commit=True, site_url="https://hocso.haiphong.gov.vn/")
    assert main(["-C", str(root), *NEW]) == 0
    capsys.readouterr()
    return root


Gap = tuple[int, str, str]


def check(root: Path, capsys: pytest.CaptureFixture[str], id: str = "xa-an-khanh") -> tuple[int, list[Gap], str]:
    """Exit code, the gaps (line, keys, what is seen), the last line."""
    code = main(["-C", str(root), "edition", "check", id])
    lines = capsys.readouterr().out.splitlines()
    gap = re.compile(rf"content/editions/{id}\.yml:(\d+): `([^`]+)`(?: chưa có dòng)?\. (.*)")
    found = map(gap.fullmatch, lines)
    return code, [(int(one[1]), one[2], one[3]) for one in found if one], lines[-1]


def test_every_key_and_contact_of_a_new_place_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, gaps, last = check(root, capsys)
    text = (root / FILE).read_text("utf-8").split("\n")
    inherited = {key.vi for key in EDITION_KEYS if f"# {key.vi}: đang lấy" in "\n".join(text)}
    silent = {"tên", "cấp trên", "địa chỉ trang", "giúp đỡ", "giọng", "bài thêm"}
    wanted = {key.vi for key in EDITION_KEYS} - silent - inherited
    contacts = {f"giúp đỡ › {role} › {key.vi}" for role in HELP_ROLES for key in HELP_KEYS}
    assert code == 0 and {key for _, key, _ in gaps} == wanted | contacts
    for line, keys, _ in gaps:
        assert text[line - 1].strip().startswith(f"{keys.split(' › ')[-1]}:"), keys
    assert [line for line, _, _ in gaps] == sorted(line for line, _, _ in gaps)
    assert last.startswith(f"{len(gaps)} chỗ trống, 0 lỗi, 0 lời nhắc.") and last.endswith("--edition xa-an-khanh")


SEEN = [
    ("mã", "BẢN IN THỬ"), ("zalo oa", "tự ẩn"), ("điểm học", "tự ẩn"), ("mô hình", "không in ở đâu"),
    ("giúp đỡ › công an › điện thoại", "ô trống có kẻ dòng"), ("giúp đỡ › công an › giờ", "ô trống có kẻ dòng"),
    ("giúp đỡ › công an › đơn vị", "“công an xã, phường”"),
]


def test_what_a_reader_sees_instead(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gaps = {key: seen for _, key, seen in check(root, capsys)[1]}
    assert [(key, seen) for key, seen in SEEN if seen not in gaps[key]] == []


def test_hours_beside_a_number_have_a_box_in_booklets_alone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As papers are; and a build names the same places as lacking."""
    edit(root, FILE, 'đơn vị: "trạm y tế xã, phường"\n    điện thoại: ""',
         'đơn vị: "Trạm y tế xã An Khánh"\n    điện thoại: "0220 3555 116"')
    gaps = {key: seen for _, key, seen in check(root, capsys)[1]}
    assert "bìa sau tập sách" in gaps["giúp đỡ › y tế › giờ"] and "giúp đỡ › y tế › điện thoại" not in gaps
    assert main(["-C", str(root), "build", "server", "--edition", "xa-an-khanh"]) == 0
    told = next(line for line in capsys.readouterr().out.splitlines() if "còn để trống" in line)
    for words, key in (("tên nơi giúp", "đơn vị"), ("số máy", "điện thoại"), ("giờ", "giờ")):
        roles = re.search(rf"{words} \(([^)]*)\)", told)
        assert roles and {f"giúp đỡ › {role} › {key}" for role in roles[1].split(", ")} == {
            gap for gap in gaps if gap.startswith("giúp đỡ") and gap.endswith(key)}


FILLED = {"mã": '"11401"', "địa chỉ trang": '"https://hoc.ankhanh.gov.vn/"',
          "mô hình": "[Đại sứ số]", "lịch báo cáo": "[hằng quý]", "điểm học": "[nhà văn hóa thôn 3]"}


def test_what_is_filled_is_told_no_more_until_nothing_is(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / FILE
    gaps = check(root, capsys)[1]
    count = len(gaps)
    while gaps:
        line, keys, _ = gaps[0]
        text = path.read_text("utf-8").split("\n")
        name = keys.split(" › ")[-1]
        start = text[line - 1].index(name)
        of_contact = {"điện thoại": f'"0220 3{line:06}"', "đơn vị": f'"Tổ dân phố {line}"', "giờ": '"7 giờ đến 17 giờ"'}
        value = FILLED.get(name) or of_contact.get(name, f'"{keys} thứ {line}"')
        text[line - 1] = f"{' ' * start}{name}: {value}"
        if text[line].strip() == '- ""':
            del text[line]
        path.write_text("\n".join(text), "utf-8")
        gaps = check(root, capsys)[1]
        count -= keys != "mã"  # with a code, an address of its own is what may be written next
        assert keys not in {key for _, key, _ in gaps} and len(gaps) == count
    code, _, last = check(root, capsys)
    assert code == 0 and last.startswith("0 chỗ trống, 0 lỗi") and count == 0


def test_findings_of_that_edition_alone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root, "content/editions/xa-phong-quang.yml", 'mã: ""', 'mã: "x"')
    assert check(root, capsys)[0] == 0
    edit(root, FILE, '"công an xã, phường"', '"Công an xã Đại Sơn"')
    assert main(["-C", str(root), "edition", "check", "xa-an-khanh"]) == 1
    out = capsys.readouterr().out
    assert "LỖI [edition.stranger] “Công an xã Đại Sơn”" in out and "xa-phong-quang" not in out
    assert out.splitlines()[-1].endswith("1 lỗi, 0 lời nhắc. Sửa chỗ có chữ LỖI trước.")


def test_a_place_without_lines_and_one_that_cannot_be_read(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(root, FILE, "tên: xã An Khánh\ncấp trên: hai-phong\n")
    code, gaps, _ = check(root, capsys)
    assert code == 0 and {line for line, _, _ in gaps} == {2} and len(gaps) > 20
    put(root, FILE, "tên: [\n")
    code, gaps, last = check(root, capsys)
    assert (code, gaps) == (1, []) and "1 lỗi" in last
    assert main(["-C", str(root), "edition", "check", "xa-an-khan"]) == 2
    assert "`xa-" in capsys.readouterr().err


@pytest.mark.parametrize("above", ["hai-phong", "viet-nam"])
def test_what_is_broken_above_is_told(root: Path, capsys: pytest.CaptureFixture[str], above: str) -> None:
    put(root, f"content/editions/{above}.yml", "tên: [\n")
    code, gaps, last = check(root, capsys)
    assert (code, gaps) == (1, []) and "1 lỗi" in last


@pytest.mark.parametrize("id", ["viet-nam", "hai-phong", "xa-dai-son", "phuong-hai-duong"])
def test_shipped_places(root: Path, capsys: pytest.CaptureFixture[str], id: str) -> None:
    code, gaps, _ = check(root, capsys, id)
    assert code == 0 and gaps and len({key for _, key, _ in gaps}) == len(gaps)
    assert not [key for _, key, _ in gaps if key.startswith("truyền thanh ›")], "a loudspeaker has no address"
