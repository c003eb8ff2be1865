"""Whatever an editor may write inside a line is drawn in our own letters, on every paper, in every film and on every
page."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.handbook.lesson.markup import ALLOWED_TAGS, to_html
from generator.press.browser import Browser
from generator.products import products
from tests.desks import PROJECT
from tests.projects import edit, make_project
from tests.test_payloads import draw
from tests.windows import window

STYLES = {kind.template or kind.file: tuple(f"print/{name}" for name in kind.styles)
          for product in products().values() for kind in product.papers if kind.styles} | {"films": ("clip/clip.css",)}
WORDS = " ".join(f"<{tag}>{tag}</{tag}>" for tag in sorted(ALLOWED_TAGS - {"br", "wbr"}))
TEXT = f"{WORDS} dài<wbr>quá<br>mới `mã` **đậm** *nghiêng*"
FAMILIES = """() => [...document.querySelectorAll('p, p *')].map(
  one => [one.tagName.toLowerCase(), getComputedStyle(one).fontFamily])"""


@pytest.mark.browser
@pytest.mark.parametrize("styles", STYLES.values(), ids=STYLES)
def test_every_inline_tag_wears_our_letters(styles: tuple[str, ...], browser: Browser) -> None:
    css = "".join((PROJECT.theme / name).read_text("utf-8") for name in ("tokens.css", *styles))
    sheet = browser.warm_sheet(css)
    sheet.fill(f'<div class="frame"><p>{to_html(TEXT)}</p></div>', "Thử", css)
    drawn = sheet.evaluate(FAMILIES)
    assert {name for name, _ in drawn} == {*ALLOWED_TAGS, "p", "code", "strong", "em"}
    assert {family for _, family in drawn} == {drawn[0][1]} and "Roboto" in drawn[0][1]


PAGES = ("1041", "slides/quet-ma-qr", "topics/quet-ma-qr")
SEEN = """() => { const step = [...document.querySelectorAll('kbd')].map(one => one.parentElement)[0];
  return [step, ...step.querySelectorAll('*')].map(one => [one.tagName.toLowerCase(), getComputedStyle(one).fontFamily,
                                                          getComputedStyle(one).fontSize]); }"""


@pytest.mark.browser
def test_every_inline_tag_wears_our_letters_on_screens(browser: Browser, tmp_path: Path) -> None:
    """And is as large: a machine's own letters for keys are smaller than the smallest we allow."""
    root = make_project(tmp_path)
    edit(root, "content/topics/quet-ma-qr/index.md", "2. Giơ máy", f"2. {TEXT} Giơ máy")
    site = draw(root, tmp_path / "out")
    with window(browser, (360, 640)) as visit:
        for name in PAGES:
            visit.page.goto((site / name / "index.html").as_uri())
            drawn = visit.page.evaluate(SEEN)
            assert {tag for tag, _, _ in drawn[1:]} >= {*ALLOWED_TAGS, "code", "strong", "em"}, name
            assert {family for _, family, _ in drawn} == {drawn[0][1]}, name
            assert {size for tag, _, size in drawn if tag not in ("sub", "sup", "small")} == {drawn[0][2]}, name
