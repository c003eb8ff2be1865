"""By keyboard alone everything is reached, seen and left again; also with the phone's own colours and no motion."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.press.browser import Browser
from tests.access.test_axe import address, tree
from tests.windows import window

pytestmark = pytest.mark.long
__all__ = ["tree"]
FIND = """() => [...document.querySelectorAll("a[href], button, input, summary, video, [tabindex='0']")]
  .filter(e => e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && !e.disabled)
  .filter(e => e.type !== "radio" || e === document.querySelector(`input[name="${e.name}"]`))
  .map(e => e.outerHTML)"""
HERE = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const first = e.type === "radio" ? document.querySelector(`input[name="${e.name}"]`) : e;
  return { html: first.outerHTML, body: e === document.body, seen: box.bottom > 0 && box.top < innerHeight,
    ringed: style.outlineStyle !== "none" || e.matches(".md-skip") };
}"""


@pytest.mark.browser
@pytest.mark.parametrize("name", [".", "topics/cai-vneid", "paths/nguoi-cao-tuoi", "privacy", "1041", "1064",
                                  "downloads", "embed", "cards/chung-thuc"])
def test_tab_reaches_everything_and_shows_where_it_is(name: str, tree: Path, browser: Browser) -> None:
    with window(browser, (360, 640)) as visit:
        page = visit.page
        page.goto(address(tree, name))
        wanted = set(page.evaluate(FIND))
        reached, faults = set(), []
        for _ in range(3 * len(wanted)):
            page.keyboard.press("Tab")
            here = page.evaluate(HERE)
            if here["body"]:
                break
            reached.add(here["html"])
            faults += [here["html"][:120]] if not (here["seen"] and here["ringed"]) else []
        assert here["body"], "the keyboard is caught"
        assert faults == []
        assert {html[:160] for html in wanted - reached} == set()


@pytest.mark.browser
def test_the_phones_own_colours_and_no_motion(tree: Path, browser: Browser) -> None:
    with window(browser, (360, 640), forced_colors="active", reduced_motion="reduce") as visit:
        page = visit.page
        page.goto(address(tree, "topics/cai-vneid"))
        moving = page.evaluate("""() => [...document.querySelectorAll("*")].filter(e => {
          const style = getComputedStyle(e);
          return !["", "none"].includes(style.animationName) || parseFloat(style.transitionDuration) > 0;
        }).length""")
        assert moving == 0
        page.locator("[data-question=know] [data-right]").check()
        assert page.locator("[data-question=know] .verdict").is_visible()
        edge = page.evaluate("getComputedStyle(document.querySelector('.practice .button')).borderTopStyle")
        assert edge == "solid"  # a button without its own colour still has an edge


PLAYED = "() => (film => !film.paused && film.currentTime > 0.3)(document.querySelector('video'))"
CAPTIONED = """() => (track => track.mode === 'showing' && track.activeCues.length > 0)(
  document.querySelector('video').textTracks[0])"""


@pytest.mark.browser
@pytest.mark.parametrize("name", ["topics/cai-vneid", "1064"])
def test_a_film_is_played_and_paused_by_keyboard_with_its_captions(name: str, tree: Path, browser: Browser) -> None:
    with window(browser, (360, 640)) as visit:
        page = visit.page
        page.goto(address(tree, name))
        assert page.evaluate("document.querySelector('video').readyState") == 0  # nothing is loaded unasked
        while not page.evaluate("document.activeElement.matches('.face > summary')"):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement !== document.body"), "the film is never reached"
        page.keyboard.press("Enter")
        page.wait_for_function(PLAYED)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == "VIDEO"
        page.wait_for_function(CAPTIONED)
        page.keyboard.press("Space")
        page.wait_for_function("() => document.querySelector('video').paused")
        at = page.evaluate("document.querySelector('video').currentTime")
        page.keyboard.press("Space")
        page.wait_for_function("at => document.querySelector('video').currentTime > at", arg=at)
        assert page.evaluate("!document.fullscreenElement")
