"""Git để lại dấu khi hai nhánh cùng sửa một chỗ: người phải chọn chữ nào ở lại."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding, Place, error
from generator.handbook.model import LINKS

MARK = "<<<<<<< "


def check(matter: Matter) -> Iterator[Finding]:
    """Tables have words of their own for it."""
    for file, source in matter.reading.texts.items():
        if MARK in source.text and file.endswith((".md", ".yml")) and file != LINKS:
            for number, line in enumerate(source.lines, start=1):
                if line.startswith(MARK):
                    yield error("text.merged", Place(file, number))
