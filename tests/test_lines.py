"""Who looks for torn words sees them, wherever a browser breaks the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.press.browser import Browser
from tests.lines import lines_on, torn
from tests.windows import window

NARROW = '<meta charset="utf-8"><body style="font: 20px/1.3 sans-serif; width: {}px">'


@pytest.mark.browser
@pytest.mark.parametrize(("html", "width", "found"), [
    ("<h1>Làm giấy tờ</h1>", 600, []),
    ("<p>Làm <b>giấy</b> tờ</p>", 40, ["giấy\ntờ"]),
    ("<p>Làm giấy\u00a0tờ</p>", 40, []),
    ("<p>Bật Wi-Fi</p>", 30, ["Wi-\nFi"]),
    ("<p>Bật Wi\u2011Fi</p>", 30, []),
    ("<p>115 cấp<br>cứu</p>", 600, ["115 cấp\ncứu"]),
    ("<p>giấy</p><p>tờ</p>", 600, []),
    ('<p class="unseen">giấy<br>tờ</p>', 600, []),
])
def test_what_is_torn_is_seen(html: str, width: int, found: list[str], browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    file.write_text(NARROW.format(width) + html, "utf-8")
    with window(browser, (800, 600), allow=(file.as_uri(),)) as visit:
        visit.page.goto(file.as_uri())
        assert torn(lines_on(visit.page)) == found
