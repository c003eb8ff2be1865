"""What of a site is ours, ready for MkDocs and Material to put their frame around."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

Nav = list[dict[str, object]]
"""The menu as MkDocs takes it."""
SEARCH = "assets/search.js"
TEMPLATES = "site"
"""The folder of the theme in which MkDocs reads by itself."""


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

    @property
    def headings(self) -> tuple[tuple[str, str], ...]:
        """Anchors and their words as HTML."""
        return tuple((match[1], match[2]) for match in re.finditer(r'<h2 id="([^"]+)">(.*?)</h2>', self.html))


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
