"""The lines of `mkdocs.yml`: those the handbook needs, and all as MkDocs may have them."""

from __future__ import annotations

import posixpath
import re
from typing import Any

from generator.ground.files import Project, read_source
from generator.ground.findings import Finding, Place, error
from generator.ground.web import OWN_ADDRESS
from generator.handbook import settings
from generator.handbook.mistakes import unseen_signs
from generator.handbook.model import Site
from generator.handbook.yaml_tree import Items, Leaf, Node, Pairs, read_yaml

FILE = settings.FILE
PLACEHOLDER = "https://hocso.example/"
PAPER_MM = 0.1
"""80 g/m²."""
NO_SITE = Site(PLACEHOLDER, (), "", Place(FILE), speech_place=Place(FILE))


def read_site(project: Project) -> tuple[Site, list[Finding]]:
    source = read_source(project.root, FILE)
    if isinstance(source, Finding):
        return NO_SITE, [source]
    node, findings = read_yaml(source)
    root = node if isinstance(node, Pairs) else Pairs((), Place(FILE))
    extra = root.get("extra")
    former = extra.get("former_urls") if isinstance(extra, Pairs) else None
    if node is None and findings:
        return NO_SITE, findings
    written = root.get("site_url")
    address, problems = _address(written)
    place = written.place if written else Place(FILE)
    paper_mm, wrong = _thickness(extra.get("paper_mm") if isinstance(extra, Pairs) else None)
    speech = extra.get("tts") if isinstance(extra, Pairs) else None
    site = Site(address, _texts(former), _text(root.get("site_name")), place, paper_mm, _text(speech),
                speech.place if speech else Place(FILE))
    unseen = [error("letters.unseen", place, code=code) for place, code in unseen_signs(source, findings)]
    return site, [*findings, *problems, *wrong, *settings.wrong_settings(node), *unseen]


def read_settings(project: Project) -> dict[str, Any] | Finding:
    """All of it as plain data, or the first thing that is wrong with it."""
    source = read_source(project.root, FILE)
    if isinstance(source, Finding):
        return source
    _, findings = read_site(project)
    data: dict[str, Any] = settings.plain_data(read_yaml(source)[0])
    return next(iter(findings), data)


def plain_part(text: str) -> str:
    """Tags are MkDocs' own here, so they are blanked instead of refused."""
    return re.sub(r"![A-Za-z/:.!]+", lambda match: " " * len(match.group()), text)


def _text(node: Node | None) -> str:
    return node.text.strip() if isinstance(node, Leaf) else ""


def _texts(node: Node | None) -> tuple[str, ...]:
    if isinstance(node, Items):
        return tuple(with_slash(_text(item)) for item in node.items if _text(item))
    return (with_slash(_text(node)),) if _text(node) else ()


def with_slash(address: str) -> str:
    """Numbers are appended to it; none stays none."""
    return address if not address or address.endswith("/") else address + "/"


def same_place(address: str) -> str:
    """One text for all ways to write where an address leads: `HTTP://A:80/b/../C` is `a/C/`."""
    scheme, _, rest = address.partition("://")
    host, _, path = rest.partition("/")
    host, _, port = host.lower().partition(":")
    usual = port in ("", {"http": "80", "https": "443"}.get(scheme.lower(), ""))
    whole = posixpath.normpath(f"/{path}").strip("/")
    return f"{host.rstrip('.')}{'' if usual else f':{port}'}/{f'{whole}/' if whole else ''}"


def host_of(address: str) -> str:
    return same_place(re.split(r"[?#]", address)[0]).partition("/")[0]


def owner_of(address: str) -> str:
    """What somebody has registered, with all its hosts: `tinhmau.gov.vn`, `zalo.me`."""
    labels = host_of(address).partition(":")[0].split(".")
    return ".".join(labels[-3 if labels[-1] == "vn" and labels[-2:][0] in _SHARED else -2 :])


_SHARED = frozenset(("gov", "com", "edu", "org", "net", "ac", "info", "health", "name", "pro", "int", "biz"))
"""Under .vn, where each name below is another's."""


def _address(node: Node | None) -> tuple[str, list[Finding]]:
    address = _text(node)
    if re.fullmatch(OWN_ADDRESS, address):
        return with_slash(address), []
    place = node.place if node else Place(FILE)
    return PLACEHOLDER, [error("site.address/odd" if address else "site.address", place, address=address)]


def _thickness(node: Node | None) -> tuple[float, list[Finding]]:
    """Of one leaf of paper; 0.1 mm unless set."""
    if node is None:
        return PAPER_MM, []
    text = _text(node).replace(",", ".")
    if re.fullmatch(r"0?\.\d+", text) and 0.04 <= float(text) <= 0.4:
        return float(text), []
    return PAPER_MM, [error("paper.thickness", node.place, text=text)]
