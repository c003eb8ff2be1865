"""Titles and labels break between words of meaning: no compound is torn, no number leaves what it counts or calls."""

from __future__ import annotations

import re

from markupsafe import Markup

from generator.ground.files import beside

HELD, HYPHEN = "\u00a0", "\u2011"
COMPOUNDS = tuple(line for line in beside(__file__, ".txt").splitlines() if line and not line.startswith("#"))
_LISTED = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(COMPOUNDS, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
_AFTER_WORD = re.compile(r"(?<=\w) (?=\d)")
_LEADS = re.compile(r"((?:^|[,;:(] ?)\d+) (?=\w)")
_URGENT = re.compile(r"(?<!\d)(11[1-5]) (?=\w)")
"""Whom it calls may stand behind it: `gọi 115 cấp cứu`."""

_CALLED = r"(?:công an|chữa cháy|cháy|cấp cứu|cứu nạn)"
_CALLS = re.compile(
    rf"(?<!\w)(?:11[1-5](?:</strong>)? {_CALLED}|{_CALLED} (?:<strong>)?11[1-5])(?!\w)", re.IGNORECASE)


def hold_calls(html: str) -> Markup:
    """In running text, too, a number to call in danger stays with whom it calls: `114 / cháy` had torn."""
    return Markup(_CALLS.sub(lambda found: found[0].replace(" ", HELD), html))


def hold(text: str) -> str:
    """`115 cấp cứu`, `Wi-Fi` and `giấy tờ` stay on one line."""
    held = _LISTED.sub(lambda found: found[0].replace(" ", HELD), text.replace("Wi-Fi", f"Wi{HYPHEN}Fi"))
    return _URGENT.sub(rf"\1{HELD}", _LEADS.sub(rf"\1{HELD}", _AFTER_WORD.sub(HELD, held)))


def release(held: str) -> str:
    """As it was written."""
    return held.replace(HELD, " ").replace(HYPHEN, "-")


def words_of(text: str, most: int) -> list[str]:
    """Cut where a line may end; what is longer than a line may be is torn all the same."""
    words = map(release, hold(" ".join(text.split())).split(" "))
    return [part for word in words for part in ([word] if 0 < len(word) <= most else word.split())]


def tied(text: str) -> str:
    """As it is measured: what stays on one line is one word, its spaces a stroke that is a hair wider."""
    return hold(text).replace(HELD, "|")


def hold_html(html: str) -> Markup:
    """The same between the tags."""
    parts = re.split(r"(<[^>]*>)", html)
    return Markup("".join(part if part.startswith("<") else hold(part) for part in parts))
