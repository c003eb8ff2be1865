"""Findings on the page that has them; never part of a built file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from generator.commands.preview.shown import View
from generator.ground.findings import Finding, Text
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
    mend: Text = Text("Cách sửa", "Mend")
    elsewhere: Text = Text("Chỗ phải sửa ở trang khác", "To mend on other pages")


def draw_banner(theme: Path, view: View, page: str) -> str:
    """For one page (its path below `site/`); empty when it has nothing to say."""
    banner = banner_of(view, page)
    return Theme(theme).draw("preview/banner.html", banner) if banner else ""


def banner_of(view: View, page: str) -> Banner | None:
    held_back = Text("Chưa có trang nào để xem. Sửa rồi lưu lại, trang tự hiện ra.",
                     "No page can be shown yet. Mend and save: the page appears by itself.")
    if view.shown:
        held_back = Text("Trang đang thấy là bản tốt gần nhất. Sửa rồi lưu lại, trang tự đổi.",
                         "This is the last good page. Mend and save: it changes by itself.")
    if view.trouble is not None:
        return Banner(Text("Chưa dựng lại được", "It could not be built again"), held_back, view.trouble)
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
        return Text(f"Trang này có {errors} chỗ phải sửa", f"To mend on this page: {errors}")
    if other:
        return Text(f"Trang khác còn {len(other)} chỗ phải sửa", f"To mend on other pages: {len(other)}")
    return Text(f"Trang này có {len(here)} lời nhắc", f"Warnings on this page: {len(here)}")


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
