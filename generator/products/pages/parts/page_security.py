"""What a page may do: a policy of its own, written into it when it is final. Only what stands in it runs.

Browsers take a hash for each script and style inside the page, so nothing an editor (or somebody who broke into
a commune's portal) slips in can run. Framing cannot be forbidden from inside a page: `server_files` does that.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

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


Hashes = Mapping[str, Collection[str]]
"""Of all that runs or dresses inside a page, by kind."""
KINDS = ("scripts", "styles", "attributes")


def joined(every: Iterable[Hashes]) -> dict[str, list[str]]:
    """What any of them allows, as an item hands it on."""
    every = tuple(every)
    return {kind: sorted({one for hashes in every for one in hashes.get(kind, ())}) for kind in KINDS}


def hashes_of(html: str) -> Hashes:
    scripts, styles = set(), set()
    for kind, attributes, text in _INLINE.findall(html):
        if kind.lower() == "style":
            styles.add(_hash(text))
        elif text and not _DATA_TYPE.search(attributes):
            scripts.add(_hash(text))
    styled = {_hash(double or single) for double, single in _STYLED.findall(html)} if " style=" in html else set()
    return {"scripts": scripts, "styles": styles, "attributes": styled}


def _hash(text: str) -> str:
    """As the browser counts: the text between the tags, its line ends as one sign."""
    data = text.replace("\r\n", "\n").replace("\r", "\n").encode()
    return f"'sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}'"


def page_policy(html: str, found: Hashes) -> str:
    """The least this page needs."""
    return _policy(found, OWN if _LINKED_SCRIPT.search(html) else "", OWN if _LINKED_STYLE.search(html) else "",
                   OWN, OWN if _MEDIA.search(html) else "")


def server_policy(pages: Iterable[Hashes]) -> str:
    """For all pages at once, as a server sends it; each page's own policy is narrower. Framing comes with the place."""
    return _policy(joined(pages), *["'self'"] * 4)


def _policy(hashes: Hashes, scripts: str, styles: str, pictures: str, media: str) -> str:
    """`scripts` and what follows: where files beside the page may come from. What has no rule the first one forbids."""
    ours = {kind: sorted(hashes.get(kind, ())) for kind in KINDS}
    rules = (
        ("script-src", scripts, *ours["scripts"]),
        ("style-src", styles, *ours["styles"]),
        ("style-src-attr", "'unsafe-hashes'" if ours["attributes"] else "", *ours["attributes"]),
        ("img-src", pictures, "data:"),
        ("media-src", media, "data:" if media else ""),
    )
    allowed = (" ".join(filter(None, rule)) for rule in rules if any(rule[1:]))
    return "; ".join((BASE, *allowed, LAST))


def secure(result: Result) -> Result:
    """What an item made, each page with its policy; the facts tell what all of them allow."""
    files = dict(result.files)
    allowed: list[Hashes] = []
    for path in files:
        if path.endswith(".html"):
            html = files[path].decode()
            allowed.append(hashes_of(html))
            files[path] = _with_policy(html, page_policy(html, allowed[-1])).encode()
    return replace(result, files=files, facts={**result.facts, "allows": joined(allowed)})


def _with_policy(html: str, policy: str) -> str:
    """The page with its policy before anything it governs; links tell no other site where the reader comes from."""
    found = _CHARSET.search(html)
    if found is None:
        raise ValueError("a page without <meta charset>")
    governs = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return f'{html[: found.end()]}{governs}<meta name="referrer" content="no-referrer">{html[found.end() :]}'
