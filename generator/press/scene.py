"""Scenes inside a page: drawn lines, never a picture that is fetched; and as a file, small beside a line of a list."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from urllib.parse import quote

from markupsafe import Markup

from generator.handbook.model import Drawing
from generator.handbook.recorded.composing import ACCENT
from generator.press.bolder import bolder

TINT = f"var(--accent,{ACCENT})"
"""The page says which part it is about."""
WASH = 0.3
"""How much of the tint the ground of a scene has; the rest is white."""
_ACCENTS = re.compile(r"\.((?:part|path)-\w+)\s*\{[^}]*--accent:\s*(#[0-9a-f]{6})")
POSTER = (640, 360)
"""A film's own shape, at any size."""


PRINTED_MM = 41.0
"""No paper but the leaflet prints a scene narrower, but for one that it gives a size of its own."""


def print_scene(drawing: Drawing | None, wide_mm: float = PRINTED_MM) -> Markup:
    """So wide or wider on paper: no line of it is thinner than a point."""
    return draw_scene(drawing and bolder(drawing, wide_mm))


def draw_scene(drawing: Drawing | None, *, told: bool = True) -> Markup:
    """`told`: with its words, for who listens; without where they stand beside it. Nothing where there is no scene."""
    if drawing is None:
        return Markup()
    words = f'role="img" aria-label="{escape(drawing.alt)}"' if told else 'aria-hidden="true"'
    stands = 'preserveAspectRatio="xMidYMax meet"'  # on the ground of whatever holds it
    return Markup(f'<svg class="scene" viewBox="{drawing.view}" {stands} {words}>'
                  f"{drawing.svg.replace(ACCENT, TINT)}</svg>")


@lru_cache(maxsize=16)
def accents_in(style: str) -> dict[str, str]:
    """The tint of each part, by its class, as the tokens say."""
    return dict(_ACCENTS.findall(style))


def scene_file(drawing: Drawing, accent: str = ACCENT) -> bytes:
    """For itself: no page gives it its tint."""
    svg = drawing.svg.replace(ACCENT, accent)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{drawing.view}">{svg}</svg>\n'.encode()


def scene_poster(drawing: Drawing, accent: str = ACCENT) -> str:
    """What stands where a film will play, inside the page. Whoever packs the page packs the scene once."""
    width, height = POSTER
    left, scale = (width - height / 3 * 4) / 2, height / 300
    svg = (f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}'><path fill='{_pale(accent)}' "
           f"d='M0 0h{width}v{height}H0z'/><g transform='translate({left:g}) scale({scale:g})'>"
           f"{drawing.svg.replace(ACCENT, accent)}</g></svg>")
    return "data:image/svg+xml," + quote(svg.replace('"', "'"), safe=" =:/,-.'()")


def _pale(colour: str) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - WASH * (255 - part)):02x}" for part in parts)
