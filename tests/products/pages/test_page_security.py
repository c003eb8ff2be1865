"""A page's own policy: hashes of what stands in it, nothing else may run."""

from __future__ import annotations

import base64
import hashlib
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.engine.items import Handed, Result
from generator.products.carry.server import policy_of
from generator.products.pages.parts.page_security import hashes_of, page_policy, secure, server_policy
from tests.projects import make_project
from tests.test_payloads import draw


def sha(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(html: str) -> dict[str, str]:
    rules = (rule.partition(" ") for rule in page_policy(html, hashes_of(html)).split("; "))
    return {name: sources for name, _, sources in rules}


CASES = [
    ("<p>chữ</p>", {}),
    ("<script>a()</script>", {"script-src": sha("a()")}),
    ("<script>\na()\r\n</script>", {"script-src": sha("\na()\n")}),
    ('<script type="application/json">{}</script><script type="text/plain">1</script>', {}),
    ('<script type="module">b</script>', {"script-src": sha("b")}),
    ('<script src="a.js"></script>', {"script-src": "'self' file:"}),
    ('<form data-script="assets/search.js"></form>', {"script-src": "'self' file:"}),
    ("<style>p{}</style>", {"style-src": sha("p{}")}),
    ('<link rel="stylesheet" href="a.css">', {"style-src": "'self' file:"}),
    ('<p class="a" style="color:red">', {"style-src-attr": f"'unsafe-hashes' {sha('color:red')}"}),
    ("<code>&lt;p style=&#34;color:red&#34;&gt;</code>", {}),
    ('<video src="a.mp4"></video>', {"media-src": "'self' file: data:"}),
]


@pytest.mark.parametrize(("html", "allowed"), CASES)
def test_a_page_allows_what_it_holds(html: str, allowed: dict[str, str]) -> None:
    always = {"default-src": "'none'", "img-src": "'self' file: data:", "base-uri": "'none'", "form-action": "'none'"}
    assert policy(html) == always | allowed


def test_the_policy_stands_before_all_it_governs() -> None:
    page = b'<head><meta charset="utf-8"><style>p{}</style></head>'
    made = secure(Result({"site/a/index.html": page, "site/a.css": b"x"}, {"title": "A"}))
    html = made.files["site/a/index.html"].decode()
    assert html.index("Content-Security-Policy") < html.index("<style>")
    assert made.files["site/a.css"] == b"x"
    assert made.facts == {"title": "A", "allows": {"scripts": [], "styles": [sha("p{}")], "attributes": []}}


def test_a_page_that_could_carry_no_policy_is_refused() -> None:
    with pytest.raises(ValueError, match="charset"):
        secure(Result({"site/a/index.html": b"<p>"}))


def test_the_server_allows_what_any_page_allows_and_nothing_unsafe() -> None:
    facts = [json.loads(json.dumps(secure(Result({f"{name}.html": f'<meta charset="utf-8">{html}'.encode()})).facts))
             for name, (html, _) in enumerate(CASES)]
    whole = policy_of({str(row): Handed({}, fact, lambda _: b"") for row, fact in enumerate(facts)})
    assert all(sha(text) in whole for text in ("a()", "b", "p{}", "color:red"))
    assert "unsafe-inline" not in whole
    assert "file:" not in whole  # only a page that may lie on a stick says so
    assert server_policy([]).startswith("default-src 'none'; script-src 'self';")


class Reader(HTMLParser):
    """Takes a page apart as a browser does; our patterns are twelve times as fast."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, set[str]] = {"script": set(), "style": set(), "attribute": set()}
        self.open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = dict(attrs)
        self.open = tag if tag in self.found and had.get("type") in (None, "module") else ""
        if "style" in had:
            self.found["attribute"].add(sha(had["style"] or ""))

    def handle_data(self, data: str) -> None:
        if self.open:
            self.found[self.open].add(sha(data))

    def handle_endtag(self, _tag: str) -> None:
        self.open = ""


def test_patterns_find_what_a_reader_of_html_finds(tmp_path: Path) -> None:
    pages = sorted(draw(make_project(tmp_path), tmp_path / "out").rglob("*.html"))
    seen: set[str] = set()
    for page in pages:
        reader = Reader()
        reader.feed(page.read_text("utf-8"))
        reader.close()
        allowed = hashes_of(page.read_text("utf-8"))
        assert {f"{kind}s": found for kind, found in reader.found.items()} == allowed, page
        seen |= {kind for kind, found in reader.found.items() if found}
    assert seen >= {"script", "style"}
