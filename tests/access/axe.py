"""axe-core, the outside judge of accessibility, as it is put into a page."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python

AXE = (Path(axe_playwright_python.__path__[0]) / "axe.min.js").read_text("utf-8")
FIND = """async () => {
  // Another look fades in: what is judged is the colours that stay, not those on the way.
  const frame = () => new Promise(done => requestAnimationFrame(done));
  await frame(); await frame();
  const moving = document.getAnimations().map(one => one.finished);
  await Promise.race([Promise.allSettled(moving), new Promise(done => setTimeout(done, 3000))]);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const rules = { "target-size": { enabled: true } };
  const found = await axe.run({ runOnly: tags, rules });
  return found.violations.map(one => one.id + ": " + one.nodes.map(node => node.html.slice(0, 160)).join(" | "));
}"""
"""All rules for A and AA of WCAG 2.0 to 2.2, and best practice; target size is off unless asked for."""
