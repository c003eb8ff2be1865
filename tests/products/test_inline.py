"""Whatever an editor may write inside a line is drawn in our own letters, on every paper and in every film."""

from __future__ import annotations

import pytest

from generator.handbook.lesson.markup import ALLOWED_TAGS, to_html
from generator.press.browser import Browser
from generator.products import products
from tests.desks import PROJECT

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
