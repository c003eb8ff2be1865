"""Templates → HTML. The only importer of jinja2; a template gets one typed context, undefined names fail."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from generator.ground.files import digest_of, relative_name, walk_files
from generator.handbook.lesson.markup import to_html, to_plain
from generator.handbook.model import Phrase
from generator.handbook.phones import dialled
from generator.press.compounds import hold_calls, hold_html

MEDIA_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
               ".svg": "image/svg+xml", ".webp": "image/webp"}


def _no_link(_url: str) -> str:
    """On paper an address written in words is enough."""
    return ""


def inline(phrase: Phrase | str, link: Callable[[str], str] = _no_link) -> Markup:
    """A phrase as HTML; `link` turns written addresses into those of the page at hand."""
    return Markup(to_html(phrase.text if isinstance(phrase, Phrase) else phrase, link))


def on_screen(phrase: Phrase | str, link: Callable[[str], str] = _no_link) -> Markup:
    return wrap_addresses(hold_calls(inline(phrase, link)))


def wrap_addresses(html: str) -> Markup:
    """An address that must wrap does so after a dot: people compare it name by name."""
    return Markup(re.sub(r"(?<=[a-z0-9]\.)(?=[a-z]{2})(?![^<]*>)", "<wbr>", html))


def plain(phrase: Phrase | str) -> str:
    return to_plain(phrase.text if isinstance(phrase, Phrase) else phrase)


def held(words: str) -> Markup:
    """A title or label, whose compounds stay on one line."""
    return hold_html(words if isinstance(words, Markup) else escape(words))


def data_address(name: str, data: bytes) -> str:
    """A picture inside the page itself."""
    media = MEDIA_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")
    return f"data:{media};base64,{base64.b64encode(data).decode('ascii')}"


class Theme:
    """The files of a theme as one build sees them. Each is read once, and it is known who reads which: a product's key
    holds those files and no others."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, str] = {}
        self._folders: dict[str, Mapping[str, bytes]] = {}
        self._noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)
        self._templates = _Templates(self._text)

    def text(self, *names: str) -> str:
        """Styles or scripts, one below the other."""
        return "\n".join(map(self._text, names))

    def draw(self, template: str, page: object) -> str:
        """`page` is the template's one typed context."""
        return self._templates.get_template(template).render(page=page)

    def hand_over(self, folder: str) -> Mapping[str, bytes]:
        """All files of a folder, for a program that reads in them by itself."""
        self._note(f"{folder}/")
        return self._below(folder)

    @contextmanager
    def noting(self) -> Iterator[set[str]]:
        """The names of all that is read meanwhile."""
        names = set[str]()
        before = self._noted.set(names)
        try:
            yield names
        finally:
            self._noted.reset(before)

    def note(self, names: Iterable[str]) -> None:
        """What was read before for somebody else is read for whoever reads now."""
        for name in names:
            self._note(name)

    def digests(self, names: Iterable[str]) -> dict[str, str]:
        return {name: self._digest(name) for name in sorted(names)}

    def _text(self, name: str) -> str:
        self._note(name)
        if name not in self._read:
            self._read[name] = (self.folder / name).read_text("utf-8")
        return self._read[name]

    def _below(self, folder: str) -> Mapping[str, bytes]:
        if folder not in self._folders:
            self._folders[folder] = {relative_name(self.folder, path): path.read_bytes()
                                     for path in walk_files(self.folder / folder)}
        return self._folders[folder]

    def _note(self, name: str) -> None:
        if (names := self._noted.get()) is not None:
            names.add(name)

    def _digest(self, name: str) -> str:
        """Empty for a file that is not there."""
        if name.endswith("/"):
            return digest_of(*(part for file in self._below(name[:-1]).items() for part in file))
        try:
            return digest_of(self._text(name))
        except OSError:
            return ""


class _Templates(jinja2.Environment):
    def __init__(self, read: Callable[[str], str]) -> None:
        super().__init__(
            loader=jinja2.FunctionLoader(read), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True,
            lstrip_blocks=True, keep_trailing_newline=False, bytecode_cache=_COMPILED, auto_reload=False,
        )
        self._read = read
        self.filters |= {"inline": on_screen, "plain": plain, "held": held, "dialled": dialled}
        self.tests["block_kind"] = lambda block, kind: type(block).__name__ == kind

    def get_template(self, name: Any, *others: Any, **more: Any) -> jinja2.Template:
        """Also what another template includes or imports comes by here: it is read for each who asks, to be noted."""
        self._read(str(name))
        return super().get_template(name, *others, **more)


class _Compiled(jinja2.BytecodeCache):
    """Templates are compiled once in a process, however many themes and editions use them."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if found := self._known.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self._known[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_COMPILED = _Compiled()
