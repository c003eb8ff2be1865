"""Templates → HTML. The only importer of jinja2; a template gets one typed context, undefined names fail."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from generator.handbook.lesson.markup import to_html, to_plain
from generator.handbook.model import Phrase

MEDIA_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
               ".svg": "image/svg+xml", ".webp": "image/webp"}


def inline(phrase: Phrase | str, link: Callable[[str], str] | None = None) -> Markup:
    """A phrase as HTML; `link` turns written addresses into those of the page at hand."""
    text = phrase.text if isinstance(phrase, Phrase) else phrase
    return Markup(to_html(text, link or _no_link))


def _no_link(_url: str) -> str:
    """On paper an address written in words is enough."""
    return ""


def plain(phrase: Phrase | str) -> str:
    return to_plain(phrase.text if isinstance(phrase, Phrase) else phrase)


def data_address(name: str, data: bytes) -> str:
    """A picture inside the page itself."""
    media = MEDIA_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")
    return f"data:{media};base64,{base64.b64encode(data).decode('ascii')}"


@dataclass(frozen=True)
class Theme:
    """What readers see: styles, scripts, templates. Products open none of its files but through here."""

    folder: Path

    def text(self, *names: str) -> str:
        """Styles or scripts, one below the other. Read anew each time: the preview sees them while they change."""
        return "\n".join((self.folder / name).read_text("utf-8") for name in names)

    def draw(self, template: str, page: object) -> str:
        """`page` is the template's one typed context."""
        return _environment(self.folder).get_template(template).render(page=page)


@lru_cache(maxsize=8)
def _environment(theme: Path) -> jinja2.Environment:
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(theme), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=False,
    )
    env.filters |= {"inline": inline, "plain": plain}
    env.tests["block_kind"] = lambda block, kind: type(block).__name__ == kind
    return env
