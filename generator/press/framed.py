"""What of a site is ours, ready for MkDocs and Material to put their frame around."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from xml.sax.saxutils import escape

from generator.ground.files import Project, relative_name, shown_name, walk_files
from generator.press.photos import as_shown

Nav = list[dict[str, object]]
"""The menu as MkDocs takes it."""
STYLE, SCRIPT, SEARCH = "assets/hocso.css", "assets/reading.js", "assets/search.js"
SITE_MAP = "sitemap.xml"
SETTINGS = "mkdocs.yml"
TEMPLATES = ("site", "parts")
"""Folders of the theme in which those who make the frame read by themselves."""


def place(name: str) -> str:
    """Stands in a frame where a page's own words go."""
    return f"hocso-{name}-stands-here"


@dataclass(frozen=True)
class SitePage:
    """One page, drawn; MkDocs adds the frame."""

    file: str
    title: str
    """Plain words."""
    description: str
    canonical: str
    html: str
    source: str = ""
    """The content file an editor would mend."""
    changed: date | None = None
    """When its content was last looked at; for the site map."""
    listed: bool = True
    """False for a page of editors, which no search shall find."""
    picture: str = ""
    """Whole address of what is shown where somebody shares the page."""
    first_section: str = ""
    """Its anchor, for readers who skip the frame."""
    part: str = ""
    """The class that gives the whole page the colours of its part."""

    @property
    def source_name(self) -> str:
        """What MkDocs takes it to be made of."""
        return self.file.removesuffix(".html") + ".md"


@dataclass(frozen=True)
class Framed:
    """One site."""

    address: str
    pages: tuple[SitePage, ...]
    menu: Nav
    pictures: tuple[str, ...]
    """Project paths; nothing else leaves `content/` but pages."""
    search: str
    """The script its search looks into."""
    style: str
    script: str
    scenes: Mapping[str, bytes] = field(default_factory=dict)
    """Drawings that lists show small, by path below the site."""

    @property
    def menu_names(self) -> frozenset[str]:
        return frozenset(_names(self.menu))


def _names(menu: object) -> Iterator[str]:
    if isinstance(menu, str):
        yield menu
    elif isinstance(menu, dict | list):
        for entry in menu.values() if isinstance(menu, dict) else menu:
            yield from _names(entry)


def read_inputs(project: Project, framed: Framed) -> dict[str, bytes]:
    """What goes into a site beside its pages, as it lies there now: settings, pictures, the theme's files."""
    theme = {f"theme/{relative_name(project.theme, path)}": path.read_bytes()
             for folder in TEMPLATES for path in walk_files(project.theme / folder)}
    pictures = {name: as_shown(project, name, project.path(name).read_bytes()) for name in framed.pictures}
    return theme | pictures | {SETTINGS: project.path(SETTINGS).read_bytes()}


def files_beside(framed: Framed, inputs: Mapping[str, bytes]) -> dict[str, bytes]:
    """All files of the site that are no pages, by path; what MkDocs dresses the frame in comes with the frame."""
    files = {name.removeprefix("theme/site/"): data for name, data in inputs.items()
             if name.startswith("theme/site/assets/")}
    files |= {shown_name(picture): inputs[picture] for picture in framed.pictures} | dict(framed.scenes)
    return files | {SCRIPT: framed.script.encode(), SEARCH: framed.search.encode(), SITE_MAP: _site_map(framed)}


def _site_map(framed: Framed) -> bytes:
    """For search engines; pages of editors stay out of it."""
    rows = "".join(f"<url><loc>{escape(page.canonical)}</loc>{_last(page.changed)}</url>\n"
                   for page in framed.pages if page.listed)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{rows}</urlset>\n".encode()


def _last(changed: date | None) -> str:
    return f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
