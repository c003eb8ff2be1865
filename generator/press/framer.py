"""Our pages in MkDocs' and Material's frame. The only importer of MkDocs.

`run_mkdocs` runs it in this process; plain `mkdocs build` comes in through `generator.mkdocs_plugin`.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from html.parser import HTMLParser
from importlib import resources
from logging.handlers import BufferingHandler
from pathlib import Path
from typing import Any

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # a red box of adverts that would frighten editors

from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from generator.ground.errors import HocsoError, RefusedError, UsageError
from generator.ground.files import Project, find_project, walk_files
from generator.ground.findings import Finding
from generator.handbook.config import FILE, read_settings
from generator.handbook.lesson.markup import ALLOWED_TAGS
from generator.press.framed import STYLE, TEMPLATES, Framed, SitePage, files_beside, place, read_inputs
from generator.press.squeeze import cut_style, squeeze_style

MATERIAL = resources.files("material").name
"""The frame's own theme. Found by its package, so that its version goes into the site's key."""
MATERIAL_STYLES = re.compile(r"assets/stylesheets/[^/]+\.css")
MARKUP = ALLOWED_TAGS | {"a", "code", "em", "strong"}
"""Tags that stand in no template, but in what editors write."""
CONTENT = place("content")
MOST_TOLD = 1000
_UNUSED = re.compile(
    r'<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>'
    r'|<div data-md-component="announce">\s*</div>|<div class="md-dialog".*?</div>\s*</div>', re.DOTALL)
"""Of Material's frame: what only its own script would open."""


class FramePlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]  # MkDocs is not annotated there
    """Puts the handbook's pages in the place of the Markdown files."""

    def __init__(self) -> None:
        super().__init__()
        self._handed: Framed | None = None
        self._framed: Framed | None = None
        self._project: Project | None = None
        self._pages: dict[str, SitePage] = {}
        self._words: set[str] = set()

    def hand(self, project: Project, framed: Framed) -> None:
        """What our own build knows already and need not be read again."""
        self._project, self._handed = project, framed

    def draw(self, project: Project) -> Framed:
        """Where nobody handed anything over: plain MkDocs."""
        raise NotImplementedError(f"nothing to frame in {project.root}")

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        project = self._project or find_project(Path(config.config_file_path).parent)
        self._project = project
        try:
            self._framed = self._handed or self.draw(project)
        except HocsoError as problem:
            raise PluginError(str(problem)) from problem
        theme = str(project.theme / "site")
        config.theme.dirs[:] = [theme, *(folder for folder in config.theme.dirs if folder != theme)]
        config.theme.static_templates.clear()
        config.theme["favicon"] = "assets/favicon.svg"
        config.extra.setdefault("generator", False)
        config.extra_css = [STYLE, *config.extra_css]
        config.site_url = self._framed.address
        config.use_directory_urls = False
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Only our pages, what lies beside them, and how Material dresses them leave."""
        framed, project = self._now()
        self._pages = {page.source_name: page for page in framed.pages}
        self._words = _theme_words(project.theme)
        config.nav = framed.menu
        kept = [file for file in files if file.src_dir != config.docs_dir and MATERIAL_STYLES.match(file.src_uri)]
        for name in self._pages:
            level = InclusionLevel.INCLUDED if name in framed.menu_names else InclusionLevel.NOT_IN_NAV
            kept.append(File.generated(config, name, content="", inclusion=level))
        for name, data in files_beside(framed, read_inputs(project, framed)).items():
            kept.append(File.generated(config, name, content=data))
        return Files(kept)

    def on_page_markdown(self, _markdown: str, page: Page, **_: Any) -> str:
        """Nothing for Python-Markdown to do: our own reader has been here."""
        drawn = self._pages[page.file.src_uri]
        words = {"title": drawn.title, "description": drawn.description, "picture": drawn.picture}
        page.meta.update({name: escape(text) for name, text in words.items()})  # Material writes them as they are
        page.canonical_url = drawn.canonical
        if not drawn.listed:
            page.meta["robots"] = "noindex"
        return ""

    def on_page_content(self, _html: str, page: Page, **_: Any) -> str:
        drawn = self._pages[page.file.src_uri]
        if drawn.first_section:
            page.toc = get_toc([{"level": 2, "id": drawn.first_section, "name": "", "children": []}])
        return CONTENT

    def on_post_page(self, output: str, page: Page, **_: Any) -> str:
        drawn = self._pages[page.file.src_uri]
        frame = re.sub(r"\n\s*", "\n", _UNUSED.sub("", output)).lstrip()
        if drawn.part:
            frame = frame.replace("<body ", f'<body class="{drawn.part}" ', 1)
        self._words |= _frame_words(frame)
        before, after = frame.rsplit(CONTENT, 1)
        return f"{before}{drawn.html.strip()}{after}"

    def on_post_build(self, config: MkDocsConfig) -> None:
        """One style: ours, after as much of Material's as our pages use."""
        framed, _ = self._now()
        folder = Path(config.site_dir) / "assets/stylesheets"
        material = "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.css")))
        shutil.rmtree(folder)
        (folder.parent / Path(STYLE).name).write_text(
            squeeze_style(cut_style(material, self._words) + framed.style), "utf-8")
        self._pages = {}

    def on_serve(self, server: Any, **_: Any) -> Any:
        """Preview follows the numbers and the theme too."""
        assert self._project is not None
        for folder in (self._project.path("qr"), self._project.theme):
            server.watch(str(folder))
        return server

    def _now(self) -> tuple[Framed, Project]:
        assert self._framed is not None and self._project is not None
        return self._framed, self._project


# Which words of Material's style can meet anything.


def _theme_words(theme: Path) -> set[str]:
    """All words of our templates and scripts: tags, names and values that pages hold or get, and some more."""
    files = [path for folder in TEMPLATES for path in walk_files(theme / folder)
             if path.suffix in (".html", ".js")]
    return {*MARKUP, *(word for path in files for word in re.findall(r"[\w-]+", path.read_text("utf-8")))}


def _frame_words(html: str) -> set[str]:
    parser = _Words()
    parser.feed(html)
    return parser.found


class _Words(HTMLParser):
    """Tags, attributes and their values; what is written for people is none of them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        for name, value in attrs:
            self.found |= {name, *(value or "").split()} if name != "content" else {name}


# MkDocs inside our own build.


def run_mkdocs(project: Project, framed: Framed) -> dict[str, bytes]:
    """All files of the site but number pages and papers, by path."""
    plugin = FramePlugin()
    plugin.load_config({})
    plugin.hand(project, framed)
    with tempfile.TemporaryDirectory(prefix="hocso-") as folder, _quiet() as told:
        try:
            config = _configure(project, folder)
            config.plugins["hocso"] = plugin
            build(config)
        except (Abort, ConfigurationError, PluginError) as problem:
            raise _failed(problem, told) from problem
        if told:
            raise _failed(told[0], told)
        return dict(_collect(Path(folder)))


def _configure(project: Project, folder: str) -> MkDocsConfig:
    """The project's own settings as we read them: MkDocs' reader would run whatever a tag names. Our plugin need not be
    installed and a theme folder need not exist."""
    written = read_settings(project)
    if isinstance(written, Finding):
        raise RefusedError(written)
    theme = {**(written.get("theme") or {}), "name": MATERIAL, "font": False}
    theme.pop("custom_dir", None)
    config = MkDocsConfig(config_file_path=str(project.path(FILE)))
    config.load_dict(written)
    config.load_dict({"site_dir": folder, "docs_dir": str(project.path("content")), "theme": theme, "plugins": []})
    for key, problem in (row for rows in config.validate() for row in rows):
        raise ConfigurationError(f"{key}: {problem}")
    return config


def _collect(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _failed(problem: object, told: list[logging.LogRecord]) -> HocsoError:
    words = "; ".join(record.getMessage() for record in told) or str(problem)
    return UsageError(f"MkDocs không dựng được trang: {words}", f"MkDocs could not build the site: {words}")


@contextmanager
def _quiet() -> Iterator[list[logging.LogRecord]]:
    """MkDocs tells us, not the editor's screen."""
    logger = logging.getLogger("mkdocs")
    listener = BufferingHandler(MOST_TOLD)
    propagate, level = logger.propagate, logger.level
    logger.addHandler(listener)
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    try:
        yield listener.buffer
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagate
        logger.setLevel(level)
