"""What a browser asks for → what it gets. Only paths of the tree answer, so no other file can be reached."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs, quote, unquote, urlsplit

from generator.commands.preview.shown import Shown, View
from generator.commands.preview.update import Preview
from generator.ground.errors import DiskError, HocsoError
from generator.ground.files import digest_of
from generator.ground.findings import Finding, Place, Text
from generator.ground.said import said
from generator.handbook.model import Handbook
from generator.press.pages import Theme, plain

OWN = "/__hocso/"
FOLDERS = ("print/", "qr/", "clips/")
"""Of the edition's tree, besides the site that stands at the root."""
HTML = "text/html; charset=utf-8"
MEDIA_TYPES = {
    ".html": HTML, ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8", ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8", ".xml": "application/xml; charset=utf-8", ".vtt": "text/vtt; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8", ".pdf": "application/pdf", ".png": "image/png",
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".ico": "image/x-icon",
    ".mp4": "video/mp4", ".woff2": "font/woff2", ".zip": "application/zip",
}
_POLICY = re.compile(rb"<meta\s[^>]*content-security-policy[^>]*>", re.IGNORECASE)
_END = re.compile(rb"</body\s*>", re.IGNORECASE)
_LESSON = re.compile(r"content/(topics|cards)/([^/]+)/")
_HOME = "content/index.md"


@dataclass(frozen=True)
class Answer:
    status: int
    kind: str
    body: bytes
    location: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class EmptyPage:
    """A page that only carries the banner, or a paper in a frame."""

    title: str
    paper: str = ""


def answer(preview: Preview, address: str, *, in_window: bool = False) -> Answer:
    """`in_window`: a person opened the address, so that a paper may come in a page that reloads by itself."""
    parts = urlsplit(address if not address.startswith("//") else f"/{address.lstrip('/')}")
    view = preview.view
    if parts.path.startswith(OWN):
        return _own(preview, view, parts.path.removeprefix(OWN), parts.query)
    if view.shown is None:
        return _bare(preview, view, _clean(parts.path))
    return _from_tree(preview, view, view.shown, parts.path, in_window and not parts.query)


def _own(preview: Preview, view: View, name: str, query: str) -> Answer:
    theme = preview.project.theme
    page = _clean(parse_qs(query).get("page", ["/"])[0])
    if name == "version":
        return Answer(200, MEDIA_TYPES[".txt"], page_version(preview, view, page).encode())
    if name == "banner":
        return Answer(200, HTML, draw_banner(theme, view, page or "index.html").encode())
    if name == "live.js":
        return Answer(200, MEDIA_TYPES[".js"], (theme / "preview" / "live.js").read_bytes())
    if name == "preview.css":
        styles = (theme / "tokens.css", theme / "preview" / "preview.css")
        return Answer(200, MEDIA_TYPES[".css"], b"\n".join(style.read_bytes() for style in styles))
    return Answer(404, MEDIA_TYPES[".txt"], b"")


def _from_tree(preview: Preview, view: View, shown: Shown, path: str, in_window: bool) -> Answer:
    clean = _clean(path)
    file = find_file(shown, clean)
    if file.endswith("/index.html") and not path.endswith(("/", "/index.html")):
        return Answer(302, HTML, b"", location=f"/{quote(clean)}/")  # relative links need the slash
    paper = shown.paper_at(clean)
    if paper and in_window:
        frame = EmptyPage(PurePosixPath(clean).name, paper=f"{quote('/' + clean)}?pdf")
        return _bare(preview, view, clean, frame, 200)
    if paper and not file:
        try:
            preview.paper(shown, paper)
        except HocsoError as problem:
            return _bare(preview, View(shown, (), problem.text), clean)
        file = find_file(shown, clean)
    status = 200 if file else 404
    file = file or "site/404.html"
    if file not in shown.files:
        return _bare(preview, view, clean, EmptyPage("404"), status)
    try:
        body = preview.store.read(shown.files[file])
    except (FileNotFoundError, DiskError):  # somebody cleared or damaged `.hocso/`
        preview.look_again()
        return _bare(preview, view, clean, version="gone")
    kind = MEDIA_TYPES.get(PurePosixPath(file).suffix.lower(), "application/octet-stream")
    return _page(preview, view, clean, body, status) if kind == HTML else Answer(status, kind, body)


def _clean(path: str) -> str:
    """The path inside the tree, without `..`; empty for the root."""
    written = unicodedata.normalize("NFC", unquote(path, errors="replace"))
    return posixpath.normpath(f"/{written}").strip("/")


def find_file(shown: Shown, clean: str) -> str:
    """Its path in the tree; a folder means its `index.html`. Empty when there is nothing."""
    folder = "" if clean.startswith(FOLDERS) else "site/"
    names = (f"{folder}{clean}", posixpath.join(folder, clean, "index.html"))
    return next((name for name in names if name in shown.files), "")


def _bare(
    preview: Preview, view: View, clean: str, page: EmptyPage = EmptyPage("…"), status: int = 503, version: str = ""
) -> Answer:
    body = Theme(preview.project.theme).draw("preview/empty.html", page).encode()
    return _page(preview, view, clean, body, status, version)


def _page(preview: Preview, view: View, clean: str, body: bytes, status: int, version: str = "") -> Answer:
    """HTML with the banner and the reloading script before its end; a page's own policy would refuse both."""
    banner = draw_banner(preview.project.theme, view, clean or "index.html")
    version = version or page_version(preview, view, clean)
    added = (
        f'<link rel="stylesheet" href="{OWN}preview.css">{banner}'
        f'<script src="{OWN}live.js" data-version="{version}"></script>'
    ).encode()
    body = _POLICY.sub(b"", body)
    end = next((match.start() for match in reversed(list(_END.finditer(body)))), len(body))
    return Answer(status, HTML, body[:end] + added + body[end:])


def page_version(preview: Preview, view: View, clean: str) -> str:
    """Changes when the page would look different: its own bytes, what it loads, the banner."""
    banner = draw_banner(preview.project.theme, view, clean or "index.html")
    if view.shown is None:
        return digest_of("nothing yet", banner)[:16]
    paper = view.shown.paper_at(clean)
    file = find_file(view.shown, clean) or "site/404.html"
    own = paper.digest if paper else view.shown.files.get(file, "")
    return digest_of(own, _loaded(view.shown), banner)[:16]


def _loaded(shown: Shown) -> list[tuple[str, str]]:
    """Styles and scripts of the site; not the search index, which changes with every word."""
    files = (row for row in shown.files.items() if row[0].endswith((".css", ".js")))
    return sorted((path, sha) for path, sha in files if "search" not in path)


# Findings on the page that has them; never part of a built file.


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
    quoted: Mapping[Place, str] = field(default_factory=dict)
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
                  findings=sorted(here, key=lambda finding: finding.severity), links=dict(_links(view, other)),
                  quoted=view.quoted)


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
