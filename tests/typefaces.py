"""Typefaces a reader's own machine may show pages in: ours, the widest that is common, and one wider still.

The same on every machine that runs the tests, whatever fonts it has: a page is dressed by a script of ours, so
its policy and its files stay as they are."""

from __future__ import annotations

import os
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from playwright.sync_api import Page

from generator.press.fonts import font_file

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/Library/Fonts",
           "C:/Windows/Fonts")
LETTERS = [*range(0x20, 0x250), *range(0x300, 0x370), *range(0x1E00, 0x1F00), *range(0x2000, 0x2300)]
WEIGHTS = (400, 700)


@dataclass(frozen=True)
class Typeface:
    name: str
    wider: tuple[float, float]
    """Than Roboto, in its two weights, on the words of the handbook."""
    files: tuple[str, ...] = ()
    """What it is called where it is installed; without it Roboto is drawn as wide."""


ROBOTO = Typeface("Roboto", (1.0, 1.0))
DEJAVU = Typeface("DejaVu Sans", (1.155, 1.27), ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"))
WIDER = Typeface("Roboto 15 % wider", (1.15, 1.15))
TYPEFACES = (ROBOTO, DEJAVU, WIDER)
TRIED = TYPEFACES if os.environ.get("HOCSO_PROVE") == "1" else (DEJAVU,)
"""Where there are many pages: the widest, and all of them when it is to be proven."""
in_each_typeface = pytest.mark.parametrize("typeface", TYPEFACES, ids=lambda typeface: typeface.name)


def wear(page: Page, typeface: Typeface) -> None:
    """Whatever this page opens from now on is shown so."""
    page.add_init_script(dress(typeface))


@cache
def dress(typeface: Typeface) -> str:
    """Changes what the page's style calls its typeface, and what drawings ask for."""
    faces = "".join(
        f"document.fonts.add(new FontFace('Worn', Uint8Array.from(atob('{b64encode(data).decode()}'),"
        f" letter => letter.charCodeAt(0)), {{weight: '{weight}'}}));\n"
        for weight, data in zip(WEIGHTS, _fonts(typeface), strict=True)
    )
    return f"""{faces}const worn = new CSSStyleSheet();
worn.replaceSync(':root {{ --family-screen: Worn; }} svg {{ font-family: Worn; }}');
document.adoptedStyleSheets = [worn];"""


@cache
def _fonts(typeface: Typeface) -> tuple[bytes, ...]:
    """Of each weight."""
    files = [_installed(name) for name in typeface.files]
    if typeface.files and all(files):
        return tuple(_saved(_letters(file)) for file in files if file)
    return tuple(_saved(_widened(_letters(font_file(weight)), by))
                 for weight, by in zip(WEIGHTS, typeface.wider, strict=True))


def _installed(name: str) -> Path | None:
    return next((file for folder in FOLDERS for file in Path(folder).expanduser().rglob(name)), None)


def _letters(file: Path) -> Any:
    """Only letters, so that a page is quickly dressed."""
    font = TTFont(file)
    library: Any = subset  # without types
    chosen = library.Subsetter(library.Options(hinting=False, drop_tables=["FFTM", "GPOS", "GSUB", "GDEF"]))
    chosen.populate(unicodes=LETTERS)
    chosen.subset(font)
    return font


def _widened(font: Any, by: float) -> Any:
    outlines, metrics = font["glyf"], font["hmtx"].metrics
    for name in font.getGlyphOrder():
        glyph = outlines[name]
        if glyph.isComposite():
            for part in glyph.components:
                part.x = round(part.x * by)
        elif glyph.numberOfContours:
            glyph.coordinates.scale((by, 1))
            glyph.coordinates.toInt()
        glyph.recalcBounds(outlines)
        metrics[name] = (round(metrics[name][0] * by), getattr(glyph, "xMin", 0))
    return font


def _saved(font: Any) -> bytes:
    buffer = BytesIO()
    font.save(buffer)
    return buffer.getvalue()


CROWDED = """mayBreak => {
  const found = new Set(), lines = [], range = document.createRange();
  const style = one => getComputedStyle(one);
  const told = node => node.data.trim().slice(0, 40);
  const up = one => one === document.body ? null : one.parentElement;
  const over = look => /fixed|sticky/.test(look.position) || (look.position === "absolute" && look.zIndex >= 5);
  const floats = one => one && (over(style(one)) || floats(up(one)));
  const within = (box, room) => box.left >= room.left - 1 && box.right <= room.right + 1;
  const block = one => style(one).display === "inline" ? block(one.parentElement) : one;
  if (document.documentElement.scrollWidth > innerWidth) found.add("the page scrolls sideways");

  function holds(line, room) {
    for (; room && !/auto|scroll/.test(style(room).overflowX); room = up(room)) {
      const box = room.getBoundingClientRect();
      const cut = style(room).overflowY !== "visible" && (line.bottom > box.bottom + 1 || line.top < box.top - 1);
      if (cut || !within(line, box)) found.add("leaves its box: " + told(line.node));
    }
  }

  function broken(node) {
    for (const word of node.data.matchAll(/\\S+/g)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const apart = new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1;
      if (apart && !/[./=-]\\S/.test(word[0])) found.add("broken: " + word[0]);
    }
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode, element = node.parentElement, drawing = element.closest("svg");
    const shown = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    if (!node.data.trim() || !shown || floats(element)) continue;
    const room = drawing || block(element);
    if (room.getBoundingClientRect().width <= 1) continue;  // for those who listen
    if (!drawing && !mayBreak) broken(node);
    range.selectNodeContents(node);
    const size = parseFloat(style(element).fontSize);
    // A drawn line's own box: the range's knows nothing of `textLength`.
    for (const box of drawing ? [element.getBoundingClientRect()] : range.getClientRects()) {
      const lead = drawing ? box.height * 0.15 : (box.height - size) / 2;  // a line is higher than its letters
      const line = { node, left: box.left, right: box.right, top: box.top + lead, bottom: box.bottom - lead };
      holds(line, room);
      lines.push(line);
    }
  }
  lines.sort((one, other) => one.top - other.top);
  lines.forEach((one, index) => {
    for (let next = index + 1; next < lines.length && lines[next].top < one.bottom - 1; next++) {
      const other = lines[next], apart = other.left > one.right - 1 || one.left > other.right - 1;
      if (other.node !== one.node && !apart) found.add("over one another: " + told(one.node) + ", " + told(other.node));
    }
  });
  return [...found];
}"""
"""Words of the page that leave their box, lie over others or, unless they may, are broken."""
