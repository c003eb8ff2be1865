"""`--fix` and letters: tone marks, letters of other scripts, spaces in sentences."""

from __future__ import annotations

import pytest

from generator.commands.letters import clean_letters

TOPIC = "content/topics/mot/index.md"
FRONT = "---\nphút: 5\n---\n\n"

MENDED = [
    (TOPIC, "Nhà văn hoá.", "Nhà văn hóa."),
    (TOPIC, "Thuỷ lợi, sức KHOẺ, toà nhà.", "Thủy lợi, sức KHỎE, tòa nhà."),
    ("content/editions/xa.yml", "đơn vị: Trung tâm Văn hoá\n", "đơn vị: Trung tâm Văn hóa\n"),
    (TOPIC, "Giơ máу lên, tо lắm.", "Giơ máy lên, to lắm."),
    (TOPIC, "Hai  khoảng   trắng.", "Hai khoảng trắng."),
    (TOPIC, "Nói : thôi.", "Nói: thôi."),
    (TOPIC, "Bấm nút , rồi chờ !", "Bấm nút, rồi chờ!"),
    (TOPIC, "hoa\u0301 nha\u0300", "hóa nhà"),
]


@pytest.mark.parametrize(("file", "written", "right"), MENDED)
def test_mended(file: str, written: str, right: str) -> None:
    front = FRONT if file == TOPIC else ""
    text, told = clean_letters(file, f"{front}{written}".rstrip("\n").encode() + b"\n")
    assert text == f"{front}{right}".rstrip("\n") + "\n"
    assert told and all(line.vi.startswith(file) for line in told)
    assert clean_letters(file, text.encode()) == (text, [])


LEFT = [
    (TOPIC, "Quý mến, quỹ, hoàn, xoài, khuỷu.", "other words"),
    (TOPIC, "~~~man-hinh\nnút: Huỷ  bỏ\n~~~", "a screen says what the phone says"),
    (TOPIC, "[Trang](https://x.gov.vn/văn-hoá)", "addresses"),
    (TOPIC, "Tia α.", "a Greek letter that stands for itself"),
    (TOPIC, "dòng một  \ndòng hai", "Markdown's line break"),
    (TOPIC, "1.  Bấm nút.\n   - Gõ số.", "indentation"),
    (TOPIC, "| nhớ  | Nhìn lên |", "a table's column"),
    (TOPIC, "Gõ `a  b`.", "code"),
    (TOPIC, "Nói – thôi … đi", "a sign between spaces"),
    ("qr/ledger.csv", "1041,mot,2026-11-20,,,văn hoá", "the ledger only grows"),
    ("content/handbook.yml", "tên:  Học  số", "YAML's own spaces"),
]


@pytest.mark.parametrize(("file", "written", "why"), LEFT, ids=[case[2] for case in LEFT])
def test_left_alone(file: str, written: str, why: str) -> None:
    text = f"{FRONT if file == TOPIC else ''}{written}\n"
    assert clean_letters(file, text.encode()) == (text, [])
