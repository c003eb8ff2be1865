"""Lines that survive a cheap printer: where a scene is printed small, those that would come out thinner than a point
are drawn a point thick, whatever piece they belong to and however much that was scaled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from generator.handbook.model import Drawing

LEAST_PT = 1.0
UNITS = 400
"""Across a scene."""
_TAGS = re.compile(r"<(/?)(\w+)([^>]*?)(/?)>")
_WIDTH = re.compile(r' stroke-width="([\d.]+)"')
_SCALE = re.compile(r"scale\(\s*([-+.\deE]+)(?:[\s,]+([-+.\deE]+))?\s*\)")
_DRAWN = re.compile(r' stroke="(#\w+)"| stroke="none"')


def least_units(wide_mm: float) -> float:
    """Of a line in a scene that is printed so wide."""
    return LEAST_PT / 72 * 25.4 / wide_mm * UNITS


@lru_cache(maxsize=1024)
def bolder(drawing: Drawing, wide_mm: float) -> Drawing:
    return replace(drawing, svg="".join(_bolder(drawing.svg, least_units(wide_mm))))


def _bolder(svg: str, least: float) -> Iterator[str]:
    """Tag by tag: scale, width of lines and whether any are drawn go from a group to what it holds."""
    groups, end = [(1.0, 1.0, False)], 0
    for tag in _TAGS.finditer(svg):
        yield svg[end : tag.start()]
        end = tag.end()
        closing, name, words, empty = tag.groups()
        if closing:
            groups.pop()
            yield tag[0]
            continue
        scale, width, drawn = _inside(words, *groups[-1])
        if drawn and 0 < scale * width < least:
            width = least / scale
            words = f'{_WIDTH.sub("", words)} stroke-width="{width:.2f}"'
        if not empty:
            groups.append((scale, width, drawn))
        yield f"<{name}{words}{empty}>"
    yield svg[end:]


def _inside(words: str, scale: float, width: float, drawn: bool) -> tuple[float, float, bool]:
    for by in _SCALE.finditer(words):
        scale *= min(abs(float(one)) for one in by.groups() if one)
    if own := _WIDTH.search(words):
        width = float(own[1])
    if stroke := _DRAWN.search(words):
        drawn = bool(stroke[1])
    return scale, width, drawn
