"""Scenes inside a page: drawn lines, never a picture that is fetched."""

from __future__ import annotations

from html import escape

from markupsafe import Markup

from generator.handbook.model import Drawing
from generator.handbook.recorded.composing import ACCENT

TINT = f"var(--accent,{ACCENT})"
"""The page says which part it is about."""


def draw_scene(drawing: Drawing, *, told: bool = True) -> Markup:
    """`told`: with its words, for who listens; without where they stand beside it."""
    words = f'role="img" aria-label="{escape(drawing.alt)}"' if told else 'aria-hidden="true"'
    stands = 'preserveAspectRatio="xMidYMax meet"'  # on the ground of whatever holds it
    return Markup(f'<svg class="scene" viewBox="{drawing.view}" {stands} {words}>'
                  f"{drawing.svg.replace(ACCENT, TINT)}</svg>")
