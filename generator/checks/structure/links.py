"""Links: to files that exist, with the same capitals, and outside only to hosts in platforms.yml."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from generator.checks.looking.matter import Matter, tokens_of
from generator.checks.looking.places import right_case
from generator.ground.findings import Finding, Place, error
from generator.handbook.keys import PICTURE_SUFFIXES
from generator.handbook.lesson.markup import is_safe_address
from generator.handbook.model import host_of

FILE = "content/platforms.yml"
PAGES = (".md", ".mp4", *PICTURE_SUFFIXES)
LENDERS: dict[str, tuple[str, ...]] = {
    # The rule that says how to get a film from there, and those whose pages and films are theirs, not ours.
    "film.lent/youtube": ("youtube.com", "youtu.be", "youtube-nocookie.com"),
    "film.lent/zalo": ("zalo.me", "zalo.vn", "zaloapp.com", "zadn.vn"),
    "film.lent/facebook": ("facebook.com", "fb.watch", "fb.com", "fb.me", "tiktok.com"),
    "film.lent/drive": ("drive.google.com", "docs.google.com", "photos.google.com", "photos.app.goo.gl",
                        "onedrive.live.com", "1drv.ms"),
}


def check(matter: Matter) -> Iterator[Finding]:
    hosts = None if FILE in matter.reading.damaged else known_hosts(matter)
    for parts in matter.lessons:
        for token, place in tokens_of(parts, "link"):
            yield from check_address(matter, hosts, token.url, place)


def known_hosts(matter: Matter) -> frozenset[str]:
    return frozenset(host_of(platform.address) for platform in matter.handbook.platforms)


def check_address(matter: Matter, hosts: frozenset[str] | None, url: str, place: Place) -> Iterator[Finding]:
    if url.startswith("{{"):
        return  # a value: its name and the edition's addresses have checks of their own
    if not is_safe_address(url):
        scheme = re.sub(r"[\x00-\x20\x7f]", "", url.split(":", 1)[0])
        yield error("link.unsafe", place, scheme=scheme)
    elif re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", url):
        yield from _outside(hosts, url, place)
    elif not url or url.startswith("#"):
        yield error("link.empty", place)
    else:
        yield from _inside(matter, url, place)


def lent_at(host: str) -> str:
    """The rule about a film that lies there; empty where nobody keeps it for us."""
    return next((rule for rule, hosts in LENDERS.items() if f".{host}".endswith(tuple(f".{h}" for h in hosts))), "")


def _outside(hosts: frozenset[str] | None, url: str, place: Place) -> Iterator[Finding]:
    """`hosts` is None while platforms.yml itself has to be mended."""
    if re.match(r"(?i)(tel|mailto):", url):
        return
    server = re.split(r"[/?#\\]", url.split("//", 1)[-1], maxsplit=1)[0]
    host = server.rsplit("@", 1)[-1].split(":", 1)[0].lower()
    known = hosts is None or host.removeprefix("www.") in hosts
    if "@" not in server and not known and lent_at(host):
        yield error("link.lent", place, host=host)
    elif not url.lower().startswith("https://"):
        yield error("link.not-https", place, url=url)
    elif "@" in server or not known:
        yield error("link.unknown-host", place, host=host)


def _inside(matter: Matter, url: str, place: Place) -> Iterator[Finding]:
    written = unquote(url.split("#", 1)[0].split("?", 1)[0])
    target = posixpath.normpath(posixpath.join(posixpath.dirname(place.file), written))
    if target in matter.files:
        if not target.endswith(PAGES):
            yield error("link.no-page", place, target=target)
        return
    other = matter.files_folded.get(target.casefold())
    if matter.missing & {target, other}:
        return
    if other:
        right = posixpath.relpath(other, posixpath.dirname(place.file))
        yield error("link.case", place, edits=right_case(matter.lines_of(place.file), place, other), url=url,
                    right=right)
        return
    page = f"{target}/index.md"
    right = posixpath.relpath(page, posixpath.dirname(place.file)) if page in matter.files else "../tên-bài/index.md"
    yield error("link.broken", place, target=target, right=right)
