"""Red is also stop, and a copier loses it: every warning carries the raised hand, wherever it is printed or shown."""

from __future__ import annotations

import re
from pathlib import Path

import cv2
import numpy as np
import pytest

from generator.engine.items import Bench
from generator.press.browser import Browser
from generator.press.pages import Theme
from generator.products.pages import deck, number
from tests.desks import PROJECT, desk, handbook
from tests.films import drafts_of, film_sheet
from tests.products.pages.test_site import make_site, no_browser

HANDS = ("icon icon-stop", "icon icon-no", "icon icon-safe")
"""The signs that show it."""
SLUGS = ("tranh-lua-dao", "khai-sinh", "giu-mat-khau-otp")
PRINTED_PX = 40
"""Across a sign of 6.6 mm, as a printer gives it with 150 dots an inch."""


def sign(name: str) -> str:
    """One of theme/print/icons.html."""
    icons = Theme(PROJECT.theme)._templates.get_template("print/icons.html").module
    return str(icons.icon(name))  # type: ignore[attr-defined]


def seen(svg: str, browser: Browser) -> np.ndarray:
    sheet = browser.warm_sheet(f"body {{ margin: 0 }} svg {{ display: block; width: {PRINTED_PX}px }}")
    sheet.fill(svg, "Dấu")
    picture = cv2.imdecode(np.frombuffer(sheet.png(PRINTED_PX, PRINTED_PX), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    return np.asarray(picture < 128)


@pytest.mark.browser
def test_stop_and_do_not_are_two_shapes_around_one_hand(browser: Browser) -> None:
    [hand] = re.findall(r' d="(M7\.100[^"]+z)" fill="currentColor" stroke="none"/>', sign("stop"))
    assert f"{hand}M5.7" in sign("no")
    alone = seen(f'<svg viewBox="0 0 24 24"><path d="{hand}"/></svg>', browser)
    stop, no = seen(sign("stop"), browser), seen(sign("no"), browser)
    assert 0.12 < alone.mean() < 0.25
    assert (stop & alone).sum() > 0.98 * alone.sum() and (no & alone).sum() > 0.7 * alone.sum()
    assert (stop != no).mean() > 0.1, "told apart in grey, by shape"


def test_warnings_of_pages_carry_it() -> None:
    site = make_site(desk())
    numbers = {item.name: item for item in number.plan(desk())}
    for slug in SLUGS:
        lesson = handbook().by_slug[slug]
        made = numbers[f"number:{handbook().number_of(slug)}"].make(Bench(PROJECT, no_browser, Path("nowhere")))
        folder = "topics" if handbook().topic(slug) else "cards"
        for data in (site[f"{folder}/{slug}/index.html"], *made.files.values()):
            html = data.decode()
            found = re.findall(r'<p class="guard"><svg class="([\w -]+)"', html)
            assert len(found) == html.count('class="guard"') == sum(len(step.guards) for step in lesson.steps)
            assert {*found} <= {*HANDS}


def test_warnings_on_the_wall_carry_it() -> None:
    decks = {item.name: item for item in deck.plan(desk())}
    for slug in SLUGS:
        [data] = decks[f"deck:{slug}"].make(Bench(PROJECT, no_browser, Path("nowhere"))).files.values()
        slides = re.findall(r'<section class="slide ([\w -]+)"(.*?)</section>', data.decode(), re.DOTALL)
        warned = [html for kind, html in slides if {"guard", "safe"} & {*kind.split()}]
        assert len(warned) > len(handbook().by_slug[slug].steps[0].guards)
        assert all(any(f'class="{hand}"' in html for hand in HANDS) for html in warned), slug


SIGNS = """() => [...document.querySelectorAll('.words .heed, .guards > div, .warn')].map(one =>
  (one.closest('.staged') && one.matches('.warn') ? one.previousElementSibling : one).querySelector('.icon'))
.map(icon => icon ? icon.classList.value : '')"""


@pytest.mark.browser
def test_warnings_in_films_carry_it(browser: Browser) -> None:
    found = []
    with film_sheet(browser) as sheet:
        for slug in SLUGS:
            for draft in drafts_of(handbook().by_slug[slug]):
                for html in draft.pages.values():
                    sheet.fill(html, "Phim")
                    found += sheet.evaluate(SIGNS)
    assert len(found) > 5 and {*found} <= {*HANDS}
