"""A web page as people meet it: its words, and all that may be seen, without names that only programs read."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from html.parser import HTMLParser

UNSEEN = frozenset({"head", "script", "style", "template", "noscript"})
BYTES = frozenset({"src", "poster", "srcset"})
"""What lies at these addresses is seen, whatever it is called."""
_NAMED_BY_BYTES = re.compile(r"[0-9a-f]{8,}")


class SeenPage(HTMLParser):
    def __init__(self, html: bytes, path: str, sha_of: Callable[[str], str]) -> None:
        super().__init__()
        self.words: list[str] = []
        self.title = ""
        self.look: list[str] = []
        """Equal for two pages that nobody can tell from each other."""
        self._folder, self._sha_of = posixpath.dirname(path), sha_of
        self._within: list[str] = []
        self.feed(html.decode("utf-8", "replace"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN or tag == "title":
            self._within.append(tag)
        if not self._unseen:
            self.look += [tag, *(f"{name}={self._told(name, value or '')}" for name, value in attrs)]

    def handle_endtag(self, tag: str) -> None:
        if self._within and self._within[-1] == tag:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if self._within[-1:] == ["title"] and not self.title:  # those of pictures come later
            self.title = " ".join(data.split())
        if not self._unseen:
            self.words += data.split()
            self.look += data.split()

    @property
    def _unseen(self) -> bool:
        return bool(UNSEEN.intersection(self._within))

    def _told(self, name: str, value: str) -> str:
        if name in BYTES and not value.startswith("data:"):
            return self._sha_of(posixpath.normpath(posixpath.join(self._folder, value.partition("?")[0]))) or value
        return _NAMED_BY_BYTES.sub("#", value)
