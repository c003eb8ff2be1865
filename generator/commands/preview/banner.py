"""Findings on the page that has them; never part of a built file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from generator.commands.preview.shown import View
from generator.ground.findings import Finding, Text
from generator.ground.said import said
from generator.handbook.model import Handbook
from generator.press.pages import Theme, plain

_LESSON = re.compile(r"content/(topics|cards)/([^/]+)/")
_HOME = "content/index.md"


@dataclass(frozen=True)
class Banner:
    """What the template gets."""

    title: Text
    state: Text | None
    """Which pages are shown meanwhile, when something holds new ones back."""
    trouble: Text | None = None
    findings: Sequence[Finding] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    """Address of each other page with errors → its label."""
    mend: Text = said("preview/mend")
    elsewhere: Text = said("preview/elsewhere")


def draw_banner(theme: Path, view: View, page: str) -> str:
    """For one page (its path below `site/`); empty when it has nothing to say."""
    banner = banner_of(view, page)
    return Theme(theme).draw("preview/banner.html", banner) if banner else ""


def banner_of(view: View, page: str) -> Banner | None:
    held_back = said("preview/no-page")
    if view.shown:
        held_back = said("preview/last-good")
    if view.trouble is not None:
        return Banner(said("preview/not-built"), held_back, view.trouble)
    own = _owners(page, view.shown.desk.handbook if view.shown else None)
    here = [finding for finding in view.findings if _is_here(finding, own) or view.shown is None]
    errors = [finding for finding in view.findings if finding.severity == "error"]
    other = [finding for finding in errors if finding not in here]
    if not here and not other:
        return None
    return Banner(_title(here, other), held_back if errors else None,
                  findings=sorted(here, key=lambda finding: finding.severity), links=dict(_links(view, other)))


def _title(here: list[Finding], other: list[Finding]) -> Text:
    errors = sum(finding.severity == "error" for finding in here)
    if errors:
        return said("preview/errors-here", errors=errors)
    if other:
        return said("preview/errors-elsewhere", count=len(other))
    return said("preview/warnings-here", count=len(here))


def _owners(page: str, handbook: Handbook | None) -> frozenset[str]:
    """Slugs of the lesson a page, number page or paper shows."""
    path = PurePosixPath(page)
    names = {*path.parts, path.stem}
    targets = {entry.target for entry in handbook.ledger if entry.number in names} if handbook else set()
    return frozenset(names | targets)


def _is_here(finding: Finding, own: frozenset[str]) -> bool:
    """A lesson's findings stand on its pages, the home page's on it, all others on every page."""
    match = _LESSON.match(finding.place.file)
    if match:
        return match[2] in own
    return finding.place.file != _HOME or own == {"index.html", "index"}


def _links(view: View, findings: Iterable[Finding]) -> Iterator[tuple[str, str]]:
    for finding in findings:
        match = _LESSON.match(finding.place.file)
        address = f"/{match[1]}/{match[2]}/index.html" if match else "/index.html"
        lesson = view.shown.desk.handbook.by_slug.get(match[2]) if match and view.shown else None
        yield address, plain(lesson.title) if lesson else finding.place.file
