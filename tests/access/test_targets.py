"""Whatever is tapped is 48 px high on every kind of page. As in WCAG 2.5.8, a link among the words of a sentence is
excepted: it is as high as its line, and the lines stand 1.5 apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.press.browser import Browser
from tests.access.axe import AXE, FIND
from tests.access.test_axe import ALONE, ROOMY, address, tree
from tests.windows import window

pytestmark = pytest.mark.long
__all__ = ["tree"]
LEAST = 48
LOW = """least => [...document.querySelectorAll("a[href], button, summary, input, select, video")].filter(e => {
  const box = (e.closest("label") || e).getBoundingClientRect();
  if (!e.checkVisibility({ visibilityProperty: true }) || e.closest(".md-skip") || box.bottom < 0) return false;
  const block = e.closest("p, li, dd, dt, td, th, blockquote, figcaption");
  const amid = e.matches("a") && block && block.textContent.trim() !== e.textContent.trim()
    && ["inline", "inline-block"].includes(getComputedStyle(e).display);
  return !amid && (box.height < least || box.width < least);
}).map(e => e.outerHTML.slice(0, 120))"""


@pytest.mark.browser
@pytest.mark.parametrize("name", [*ROOMY, *ALONE])
def test_every_target_is_as_high_as_a_finger(name: str, tree: Path, browser: Browser) -> None:
    with window(browser, (320, 640), has_touch=True) as visit:
        page = visit.page
        page.goto(address(tree, name))
        page.evaluate("""document.querySelectorAll("details").forEach(one => { one.open = true })""")
        if page.locator(".head-look").count():
            page.click(".head-look")
            page.fill("input[type=search]", "otp")
            page.wait_for_selector("[data-search-result]")
        assert page.locator("a[href], button").count() > 0
        assert page.evaluate(LOW, LEAST) == []


SMALL = """() => {
  const box = document.createElement("div");
  box.innerHTML = "<button style='height:10px'>a</button><br><button style='height:10px'>b</button>";
  document.querySelector("main").prepend(box);
}"""


@pytest.mark.browser
def test_both_judges_see_what_is_too_small(tree: Path, browser: Browser) -> None:
    with window(browser, (320, 640), bypass_csp=True) as visit:
        page = visit.page
        page.goto(address(tree, "privacy"))
        page.evaluate(AXE)
        page.evaluate(SMALL)
        assert len(page.evaluate(LOW, LEAST)) == 2
        assert any(found.startswith("target-size") for found in page.evaluate(FIND))
