"""Which rows of a drawing a step speaks of."""

from __future__ import annotations

import pytest

from generator.ground.findings import Place
from generator.handbook.lesson.naming import name_rows
from generator.handbook.lesson.screens import read_screen
from generator.handbook.model import Phrase

NAMED = [
    ("Bấm **Cài đặt** bên cạnh chữ VNeID.", "tên: VNeID\nchữ: …\n=> nút: Cài đặt", [0, 2]),
    ("Bấm hình Micro.", "ô: …\n=> hình: micro", [1]),
    ("Gõ tên mình vào ô Họ tên.", "ô: Họ tên = Lan\nô: Lan", [0]),
    ("Bấm ảnh vừa chụp.", "=> hình: … = ảnh vừa chụp\nhình: cũ", [0]),
    ("Bấm Quan tâm trong Zalo.", "ứng dụng: Zalo\n=> nút: Quan tâm", [1]),
    ("Vuốt lên.", "mục: Lê\nvuốt: lên", [1]),
    ("Mở Zalo.", "biểu tượng: Máy ảnh | => Zalo\nbiểu tượng: Thư", [0]),
    ("Bấm Cài.", "nút: Cài đặt", []),
    ("Bấm nút: đặt hàng.", "nút: nút đặt", []),
    ("Bấm a.", "=> bàn phím: a", []),
    ("Bấm {{ zalo oa hoặc Kênh }}.", "mục: {{ zalo oa hoặc Kênh }}", [0]),
    ("Bấm {{ zalo oa }}.", "mục: {{ zalo oa hoặc Kênh }}\nmục: {{ trang }}", [0]),
]


@pytest.mark.parametrize(("said", "written", "named"), NAMED, ids=[said for said, *_ in NAMED])
def test_rows_that_a_step_names(said: str, written: str, named: list[int]) -> None:
    screen, findings = read_screen(written.split("\n"), Place("bai.md"))
    assert screen and not findings
    rows = name_rows(screen, Phrase(said)).rows
    assert [index for index, row in enumerate(rows) if row.named] == named
