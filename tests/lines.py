"""Where lines end, as a browser broke them: what somebody sees, whatever the page's source holds together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from generator.press.compounds import COMPOUNDS

LINES = r"""() => {
  const blocks = new Set(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    let one = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || one.closest('svg, style, script, .unseen')) continue;
    while (getComputedStyle(one).display === 'inline') one = one.parentElement;
    if (one.checkVisibility({ visibilityProperty: true })) blocks.add(one);
  }
  const range = document.createRange();
  return [...blocks].map(block => {
    const lines = [], walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let low = -Infinity;
    while (walk.nextNode()) [...walk.currentNode.data].forEach((sign, at) => {
      range.setStart(walk.currentNode, at);
      range.setEnd(walk.currentNode, at + 1);
      const box = range.getClientRects()[0];
      if (!box || !box.width) return;
      if (box.top + box.bottom > 2 * low) {
        lines.push('');
        low = box.bottom;
      }
      lines[lines.length - 1] += sign;
    });
    return lines.map(line => line.trim()).filter(line => line);
  });
}"""
"""The lines of every block of words that is seen; a sign begins one whose middle lies below what came before."""
_COMPOUNDS = "|".join(COMPOUNDS).replace(" ", r"\s")
_CALLED = r"(?:công\san|(?:chữa\s)?cháy|cấp\scứu|cứu\snạn)"
_CALLS = rf"11[1-5]\s{_CALLED}|{_CALLED}\s11[1-5]"
_TOGETHER = re.compile(rf"(?<!\w)(?:{_COMPOUNDS}|{_CALLS}|Wi[-‑]\n?Fi)(?!\w)", re.IGNORECASE)


def torn(blocks: Iterable[Iterable[str]]) -> list[str]:
    """What stands on two lines and belongs on one."""
    whole = ("\n".join(block).replace("\u00a0", " ") for block in blocks)
    return [found[0] for text in whole for found in _TOGETHER.finditer(text) if "\n" in found[0]]


def lines_on(page: Any) -> list[list[str]]:
    """`page`: of playwright, or one of our sheets."""
    found: list[list[str]] = page.evaluate(LINES)
    return found
