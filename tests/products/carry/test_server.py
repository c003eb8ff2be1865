"""What is made last: files for servers, and the site in one zip."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Callable
from types import SimpleNamespace
from typing import cast

import pytest

from generator.engine.items import ALL_BEFORE, Bench, Desk, Handed, Item, Result
from generator.press.pages import Theme
from generator.products import products, standard
from generator.products.carry import server, stick
from generator.workshop import needs_of
from tests.projects import ROOT

PAGE = b'<!doctype html><meta charset="utf-8">'


def hand(files: dict[str, bytes], **facts: object) -> Handed:
    return Handed({path: len(data) for path, data in files.items()}, facts, lambda path: files[path])


def bench(needed: dict[str, Handed]) -> Bench:
    return cast(Bench, SimpleNamespace(needed=needed, start_browser=lambda: None))


NEEDED = {
    "number:1041": hand({"site/1041/index.html": PAGE}, allows={"scripts": ["'sha256-abc='"]}),
    "site": hand({"site/index.html": PAGE, "site/topics/a/index.html": PAGE, "site/embed/a/index.html": PAGE,
                  "site/assets/a.css": b"p{}"}, allows={"styles": ["'sha256-def='"]}),
    "leaflet:a": hand({"print/leaflets/a.pdf": b"%PDF", "site/downloads/leaflets/a.pdf": b"%PDF" * 9}),
}


def server_files(address: str) -> dict[str, str]:
    desk = cast(Desk, SimpleNamespace(
        handbook=SimpleNamespace(edition=SimpleNamespace(address=address)), digest=lambda *_: "",
        theme=Theme(ROOT / "theme"),
    ))
    item, = server.plan(desk)
    return {path: data.decode() for path, data in item.make(bench(NEEDED)).files.items()}


@pytest.mark.parametrize("name", ["site/_headers", "site/server/nginx.conf", "site/server/Caddyfile"])
def test_each_server_file_says_it_all(name: str) -> None:
    text = server_files("https://hocso.example/")[name]
    for needed in ("default-src 'none'", "'sha256-abc='", "'sha256-def='", "frame-ancestors", "Permissions-Policy",
                   "camera=()", "Referrer-Policy", "no-referrer", "nosniff", "max-age=604800"):
        assert needed in text, needed
    assert "unsafe-inline" not in re.sub(r"default-src 'none'; style-src 'unsafe-inline'; sandbox", "", text)
    assert "&#" not in text  # a browser takes &#39; for a word it does not know
    assert text.count("{") == text.count("}")


def test_numbers_are_answered_without_a_redirect() -> None:
    files = server_files("https://hocso.example/")
    number = re.search(r'location ~ "(\S+)" \{\s+try_files \$uri/index.html', files["site/server/nginx.conf"])
    also = re.search(r"@number path_regexp (\S+)\s+rewrite @number \{path\}/index.html", files["site/server/Caddyfile"])
    for found in (number, also):
        assert found
        assert re.fullmatch(found[1], "/1041") and re.fullmatch(found[1], "/104123")
        assert not re.fullmatch(found[1], "/27901")  # a commune, whose site needs its slash
        assert not re.fullmatch(found[1], "/1041/")


def test_below_a_path_links_would_break_so_the_slash_is_kept() -> None:
    """`../topics/` from `/27901/1041` would lead out of the commune's site."""
    files = server_files("https://hocso.example/27901/")
    assert "try_files" not in files["site/server/nginx.conf"]
    assert "rewrite @number" not in files["site/server/Caddyfile"]
    assert "error_page 404 /27901/404.html" in files["site/server/nginx.conf"]
    assert "\n/27901/*\n" in files["site/_headers"]


def test_only_the_folder_for_portals_may_be_framed() -> None:
    rows = server_files("https://hocso.example/")["site/_headers"].split("\n")
    shut = {row for row, after in itertools.pairwise(rows) if after.endswith("frame-ancestors 'none'")}
    assert {"/", "/:page", "/topics/*"} <= shut
    assert not any("embed" in row for row in shut)


def test_the_stick_holds_the_site_without_itself() -> None:
    made = stick.plan(cast(Desk, SimpleNamespace(digest=lambda *_: "")))[0].make(bench(NEEDED))
    (path, data), = made.files.items()
    assert path == "site/downloads/hoc-so-usb.zip"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert names == sorted(names) == ["1041/index.html", "assets/a.css", "downloads/leaflets/a.pdf",
                                          "embed/a/index.html", "index.html", "topics/a/index.html"]
        assert archive.read("downloads/leaflets/a.pdf") == b"%PDF" * 9
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_is_made_last_needs_all_before_it() -> None:
    def item(product: str, needs: tuple[str, ...] = ()) -> Item:
        make: Callable[[Bench], Result] = lambda _: Result({})  # noqa: E731
        return Item(product, product, "", make, (), needs)

    items = [item("qr"), item("server", (ALL_BEFORE,)), item("stick", (ALL_BEFORE,)), item("site"), item("review")]
    assert needs_of(items[1], items) == ("qr", "site")
    assert needs_of(items[2], items) == ("qr", "server", "site")
    last = [name for name in standard() if products()[name].last]
    assert list(standard()[-len(last):]) == last and not any(products()[name].takes_browser for name in last)
