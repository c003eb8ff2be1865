"""What a page may do: a policy of its own, written into it when it is final. Only what stands in it runs.

Browsers take a hash for each script and style inside the page, so nothing an editor (or somebody who broke into
a commune's portal) slips in can run. Framing cannot be forbidden from inside a page: `server_files` does that.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from generator.engine.items import Result

OWN = "'self' file:"
"""Files beside the page. On a stick Firefox does not take them for `'self'`; a server's page never gets at `file:`."""
BASE = "default-src 'none'"
LAST = "base-uri 'none'; form-action 'none'"
_INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_STYLED = re.compile(r"<[a-z][^<>]*?\sstyle=(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_DATA_TYPE = re.compile(r"\btype=[\"']?(?!module\b|text/javascript\b|application/javascript\b)[\w.+-]+/?[\w.+-]*")
_LINKED_SCRIPT = re.compile(r"<script\b[^>]*\ssrc=|\sdata-script=", re.IGNORECASE)
_LINKED_STYLE = re.compile(r"<link\b[^>]*\brel=[\"']?stylesheet", re.IGNORECASE)
_MEDIA = re.compile(r"<(?:video|audio|source|track)\b", re.IGNORECASE)
_CHARSET = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class Hashes:
    """Of all that runs or dresses inside a page."""

    scripts: frozenset[str] = frozenset()
    styles: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()

    @classmethod
    def from_fact(cls, fact: Mapping[str, Iterable[str]]) -> Hashes:
        return cls(*(frozenset(fact.get(name, ())) for name in ("scripts", "styles", "attributes")))

    @property
    def fact(self) -> dict[str, list[str]]:
        """As an item hands it on."""
        return {"scripts": sorted(self.scripts), "styles": sorted(self.styles), "attributes": sorted(self.attributes)}

    def join(self, others: Iterable[Hashes]) -> Hashes:
        every = (self, *others)
        return Hashes(
            frozenset().union(*(one.scripts for one in every)),
            frozenset().union(*(one.styles for one in every)),
            frozenset().union(*(one.attributes for one in every)),
        )


def hashes_of(html: str) -> Hashes:
    scripts, styles = set(), set()
    for kind, attributes, text in _INLINE.findall(html):
        if kind.lower() == "style":
            styles.add(_hash(text))
        elif text and not _DATA_TYPE.search(attributes):
            scripts.add(_hash(text))
    attributes = {_hash(double or single) for double, single in _STYLED.findall(html)} if " style=" in html else set()
    return Hashes(frozenset(scripts), frozenset(styles), frozenset(attributes))


def _hash(text: str) -> str:
    """As the browser counts: the text between the tags, its line ends as one sign."""
    data = text.replace("\r\n", "\n").replace("\r", "\n").encode()
    return f"'sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}'"


def page_policy(html: str, found: Hashes) -> str:
    """The least this page needs."""
    rules = [
        BASE,
        _rule("script-src", OWN if _LINKED_SCRIPT.search(html) else "", found.scripts),
        _rule("style-src", OWN if _LINKED_STYLE.search(html) else "", found.styles),
        _rule("style-src-attr", "'unsafe-hashes'" if found.attributes else "", found.attributes),
        f"img-src {OWN} data:",
        f"media-src {OWN} data:" if _MEDIA.search(html) else "",
        LAST,
    ]
    return "; ".join(rule for rule in rules if rule)


def server_policy(pages: Hashes) -> str:
    """For all pages at once, as a server sends it; each page's own policy is narrower. Framing comes with the place."""
    rules = [
        BASE,
        _rule("script-src", "'self'", pages.scripts),
        _rule("style-src", "'self'", pages.styles),
        _rule("style-src-attr", "'unsafe-hashes'" if pages.attributes else "", pages.attributes),
        "img-src 'self' data:",
        "media-src 'self' data:",
        LAST,
    ]
    return "; ".join(rule for rule in rules if rule)


def _rule(name: str, own: str, hashes: frozenset[str]) -> str:
    """Empty when there is nothing to allow: then the first rule forbids it."""
    sources = [*([own] if own else []), *sorted(hashes)]
    return f"{name} {' '.join(sources)}" if sources else ""


def secure(result: Result) -> Result:
    """What an item made, each page with its policy; the facts tell what all of them allow."""
    files = dict(result.files)
    allowed: list[Hashes] = []
    for path in files:
        if path.endswith(".html"):
            html = files[path].decode()
            allowed.append(hashes_of(html))
            files[path] = secure_page(html, allowed[-1]).encode()
    return replace(result, files=files, facts={**result.facts, "allows": Hashes().join(allowed).fact})


def secure_page(html: str, hashes: Hashes) -> str:
    """The page with its policy before anything it governs; links tell no other site where the reader comes from."""
    policy = f'<meta http-equiv="Content-Security-Policy" content="{page_policy(html, hashes)}">'
    found = _CHARSET.search(html)
    if found is None:
        raise ValueError("a page without <meta charset>")
    return f'{html[: found.end()]}{policy}<meta name="referrer" content="no-referrer">{html[found.end() :]}'
