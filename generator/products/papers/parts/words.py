"""Words as paper shows them."""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from generator.handbook.model import Phrase
from generator.press.compounds import hold_calls
from generator.press.pages import inline

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>&\"]+")
_BREAKS = re.compile(r"(//|[/.](?!/))")
_QUOTED = re.compile(r"&quot;(.+?)&quot;")
_LINKED = re.compile(r'<a href="(?P<url>https?://[^"]+)">(?P<label>.*?)</a>')


def breakable(address: str) -> Markup:
    """A long address wraps after a slash or a dot, and without a hyphen."""
    return Markup(_BREAKS.sub(r"\1<wbr>", str(escape(address))))


def say(phrase: Phrase | str, link: Callable[[str], str] = lambda _url: "") -> Markup:
    """A phrase for paper: where a web address hides behind words, it is printed beside them."""
    html = str(hold_calls(inline(phrase, lambda url: url if url.startswith("http") else link(url))))
    shown = _QUOTED.sub(r"“\1”", _LINKED.sub(_spell_out, html))
    parts = re.split(r"(<[^>]*>)", shown)
    return Markup("".join(part if part.startswith("<") else _ADDRESS.sub(_break, part) for part in parts))


def _spell_out(match: re.Match[str]) -> str:
    host = match["url"].split("://", 1)[1].rstrip("/")
    return match[0] if host in match["label"] else f"{match[0]} ({match['url'].rstrip('/')})"


def _break(match: re.Match[str]) -> str:
    return _BREAKS.sub(r"\1<wbr>", match[0])


def css_text(text: str) -> str:
    """A CSS string: quotes, backslashes and line ends cannot leave it."""
    return '"' + re.sub(r'["\\\n\r\f<]', lambda sign: f"\\{ord(sign[0]):x} ", text) + '"'
