"""Which rows of a drawing the step beside it speaks of."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.ground.files import fold
from generator.handbook.lesson.rows import SEVERAL, UNSURE, icons_of, sure_words
from generator.handbook.model import Phrase, Row, Screen

PLACES = ("ứng dụng", "trang")
"""Bars at the top: where one is, not what one looks for."""
_PIECES = re.compile(r"\w+|[^\w\s]+")
_OTHERWISE = re.compile(r" hoặc [^{}]*(?=\}\})")


def name_rows(screen: Screen, phrase: Phrase) -> Screen:
    said = f" {_plain(phrase.text)} "
    return replace(screen, rows=tuple(replace(row, named=True) if _is_said(row, said) else row for row in screen.rows))


def _is_said(row: Row, said: str) -> bool:
    if row.kind in PLACES:
        return False
    parts = icons_of(row) if row.kind in SEVERAL else (row.text, row.value if row.kind == "hình" else "")
    return any(part != UNSURE and len(words := _plain(sure_words(part))) > 1 and f" {words} " in said for part in parts)


def _plain(text: str) -> str:
    return " ".join(_PIECES.findall(fold(_OTHERWISE.sub("", text)).rstrip(" .")))
