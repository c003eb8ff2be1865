"""Words as pages show them."""

from __future__ import annotations

import pytest

from generator.press.pages import on_screen

SHOWN = [
    ("Gõ **binhdanhocvuso.gov.vn** nhé.", "Gõ <strong>binhdanhocvuso.<wbr>gov.<wbr>vn</strong> nhé."),
    ("Đuôi .gov.vn, 10.000 đồng. Xong.", "Đuôi .gov.<wbr>vn, 10.000 đồng. Xong."),
    ("[Cổng](https://a.gov.vn)", '<a href="https://a.gov.vn">Cổng</a>'),
]


@pytest.mark.parametrize(("written", "shown"), SHOWN)
def test_an_address_wraps_after_its_dots(written: str, shown: str) -> None:
    assert on_screen(written, lambda url: url) == shown
