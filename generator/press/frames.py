"""MkDocs' frame, drawn once for the whole country: a specimen of each kind of page, with places for its own words.

Local values stand only in those places, so the frames are kept under a digest of all that shapes them, and each edition
fills in its words. What was damaged is not what was kept, and is drawn anew.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.ground.code import our_code
from generator.ground.files import Project, digest_of
from generator.ground.whole import Stock
from generator.press.framed import STYLE, Framed, SitePage, files_beside, place, read_inputs

_PLACE = re.compile(place("(title|description|canonical|picture|section|part|content)"))
ADDRESS = "https://hocso.example/"
"""Of the specimens; no frame says it."""
MOST_BYTES = 8_000_000
"""Several sets of frames: of other branches, of a theme that is being worked on."""


def frame_site(project: Project, framed: Framed, inputs: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """All files of the site but number pages and papers, by path, made of what was read once."""
    inputs = read_inputs(project, framed) if inputs is None else inputs
    kinds = {page.file: _kind(page, framed) for page in framed.pages}
    frames = _frames(project, framed, inputs, kinds)
    pages = {page.file: _fill(frames[kinds[page.file]], page).encode() for page in framed.pages}
    return pages | files_beside(framed, inputs) | {STYLE: frames[STYLE].encode()}


def _kind(page: SitePage, framed: Framed) -> str:
    """Where a page stands and what it has. No frame leads to a page of a folder in a folder, unless the menu does."""
    above = posixpath.dirname(posixpath.dirname(page.file))
    file = f"{above}/_/index.html" if above and page.source_name not in framed.menu_names else page.file
    return f"{file} {page.listed} {bool(page.picture)} {bool(page.first_section)} {bool(page.part)}"


def _specimen(kind: str, number: int) -> SitePage:
    """A page with places for words; its own name keeps two kinds in one folder apart."""
    file, listed, picture, section, part = kind.split()
    return SitePage(file.replace("/_/", f"/{number}/"), place("title"), place("description"), place("canonical"),
                    place("content"), listed=listed == "True", picture=place("picture") if picture == "True" else "",
                    first_section=place("section") if section == "True" else "",
                    part=place("part") if part == "True" else "")


def _fill(frame: str, page: SitePage) -> str:
    words = {"title": escape(page.title), "description": escape(page.description), "canonical": page.canonical,
             "picture": escape(page.picture), "section": page.first_section, "part": page.part,
             "content": page.html.strip()}
    return _PLACE.sub(lambda found: words[found[1]], frame)


def _frames(
    project: Project, framed: Framed, inputs: Mapping[str, bytes], kinds: Mapping[str, str]
) -> dict[str, str]:
    """By kind of page, and the style of all."""
    wanted = sorted(set(kinds.values()))
    read = {name: data for name, data in sorted(inputs.items()) if name not in framed.pictures}
    code = our_code().digest("generator.press.framer")
    stock = Stock(project.private / "frames")
    key = digest_of("frames", wanted, framed.menu, framed.style, code, *read, *read.values())
    found = stock.find(key)
    if found is None:
        found = stock.keep(key, json.dumps(_draw(framed, read, wanted)).encode())
        stock.forget(MOST_BYTES)
    frames: dict[str, str] = json.loads(found)
    return frames


def _draw(framed: Framed, inputs: Mapping[str, bytes], kinds: list[str]) -> dict[str, str]:
    """MkDocs reads by itself, so it is led to a copy of what we read."""
    from generator.press.framer import run_mkdocs  # a third of a second nobody else should pay

    specimens = {kind: _specimen(kind, number) for number, kind in enumerate(kinds)}
    with TemporaryDirectory(prefix="hocso-") as folder:
        root = Path(folder)
        for path, data in ((root / name, data) for name, data in inputs.items()):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        (root / "content").mkdir()
        drawn = run_mkdocs(Project(root, root / "theme"),
                           replace(framed, address=ADDRESS, pages=tuple(specimens.values()), pictures=(), scenes={}))
    return {STYLE: drawn[STYLE].decode(), **{kind: drawn[page.file].decode() for kind, page in specimens.items()}}
