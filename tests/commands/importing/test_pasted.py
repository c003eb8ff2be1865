"""What is pasted into a lesson from elsewhere becomes our grammar: by `check --fix`, and never another meaning."""

from __future__ import annotations

import pytest

from generator.commands.importing.pasted import section_named, step_of
from generator.commands.letters import clean_letters

TOPIC = "content/topics/mot/index.md"
FRONT = "---\nphút: 5\nghi chú: 1) giữ nguyên\n---\n\n"

MENDED = [
    ("1) Mở máy.", "1. Mở máy."),
    ("Bước 1: Mở máy.", "1. Mở máy."),
    ("BƯỚC 12. Mở máy.", "12. Mở máy."),
    ("**Bước 2:** Mở máy.", "2. Mở máy."),
    ("**Bước 2: Mở máy.**", "2. **Mở máy.**"),
    ("Bước 3 - Mở máy.", "3. Mở máy."),
    ("\uf0b7 Mở máy.", "- Mở máy."),
    ("•\tMở máy.", "- Mở máy."),
    ("   ▪ Mở máy.", "   - Mở máy."),
    ("\n**Các bước**\n\n1. Mở.", "\n## Các bước\n\n1. Mở."),
    ("\n**AN TOÀN:**\n\n- Không gửi.", "\n## An toàn\n\n- Không gửi."),
    ("\n**II. Chuẩn bị**\n\n- Máy.", "\n## Chuẩn bị\n\n- Máy."),
    ("Ảnh mờ\tLau kính\nẢnh chậm\tChờ mạng", "- **Ảnh mờ:** Lau kính\n- **Ảnh chậm:** Chờ mạng"),
    ("Gói\tGiá\tHạn\nMột\tMười\tTháng", "- Gói; Giá; Hạn\n- Một; Mười; Tháng"),
]


@pytest.mark.parametrize(("written", "right"), MENDED)
def test_mended(written: str, right: str) -> None:
    text, told = clean_letters(TOPIC, f"{FRONT}{written}\n".encode())
    assert text == f"{FRONT}{right}\n" and told
    assert clean_letters(TOPIC, text.encode()) == (text, [])


LEFT = [
    (TOPIC, "1. Mở máy.", "our own grammar"), (TOPIC, "10.000 đồng một tháng.", "an amount"),
    (TOPIC, "20/11 là ngày hội.", "a day"), (TOPIC, "Bước 1", "no words"), (TOPIC, "Bước chân nhẹ.", "a word"),
    (TOPIC, "**Mở máy** rồi chờ.", "bold in a sentence"), (TOPIC, "\n**Lưu ý:** giữ máy khô.\n", "bold and more"),
    (TOPIC, "\n**Một câu đậm**\n", "no section"), (TOPIC, "Trên.\n**Các bước**\nDưới.", "in the midst of a text"),
    (TOPIC, "```man-hinh\nchữ: 1) Mở\n• một\n```", "a screen"), (TOPIC, "| bước 1 | Bước 1: mở máy |", "a table"),
    ("content/editions/xa.yml", "đơn vị: 1) Một", "YAML"), ("qr/README.md", "1) Giữ.", "no lesson"),
]


@pytest.mark.parametrize(("file", "written", "why"), LEFT, ids=[row[2] for row in LEFT])
def test_left_alone(file: str, written: str, why: str) -> None:
    text = f"{FRONT if file == TOPIC else ''}{written}".rstrip("\n") + "\n"
    assert clean_letters(file, text.encode()) == (text, [])


STEPS = {
    "1) Mở": (1, "Mở"), "1/ Mở": (1, "Mở"), "bước 2:Mở": (2, "Mở"), "Bước 3 Mở": (3, "Mở"), "4.Mở": (4, "Mở"),
    "**Bước 5. Mở** rồi chờ": (5, "**Mở** rồi chờ"), "113 là số": None, "1.5 lít": None, "Mở 1) máy": None, "6)": None,
}


@pytest.mark.parametrize(("written", "step"), STEPS.items())
def test_steps_as_typed(written: str, step: tuple[int, str] | None) -> None:
    assert step_of(written) == step


NAMES = {
    "CÁC BƯỚC THỰC HIỆN:": "Các bước", "II. Cách làm": "Các bước", "**Lưu ý**": "An toàn", "3) Ghi nhớ": "Nhớ 3 điều",
    "Phần I. Chuẩn bị": "Chuẩn bị", "Lưu ý: giữ máy khô": "", "Chuẩn bị máy móc": "", "": "",
}


@pytest.mark.parametrize(("written", "name"), NAMES.items())
def test_sections_by_the_names_people_give(written: str, name: str) -> None:
    assert section_named(written) == name
