"""Our pages in MkDocs' and Material's frame. The only importer of MkDocs.

`frame_site` runs MkDocs in this process; plain `mkdocs build` comes in through `generator.mkdocs_plugin`.
"""

from __future__ import annotations

import logging
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from importlib import resources
from pathlib import Path
from typing import Any

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # a red box of adverts that would frighten editors

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils.yaml import yaml_load

from generator.ground.errors import ContentError, HocsoError, UsageError
from generator.ground.files import Project, find_project
from generator.press.framed import SEARCH, Framed, SitePage

STYLE = "assets/hocso.css"
SCRIPT = "assets/reading.js"
MATERIAL = resources.files("material").name
"""The frame's own theme. Found by its package, so that its version goes into the site's key."""
NOT_SHIPPED = re.compile(r"\.map$|/javascripts/|(^|/)favicon\.png$")
"""Parts of Material that no page of ours asks for."""
LAST = -100
_SEARCH_SWITCH = re.compile(r'\s*<input class="md-toggle"[^>]*id="__search"[^>]*>')
_OFF = re.compile(r'(<input class="md-toggle"[^>]*) autocomplete="off">')


class FramePlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]  # MkDocs is not annotated there
    """Puts the handbook's pages in the place of the Markdown files."""

    def __init__(self) -> None:
        super().__init__()
        self._handed: Framed | None = None
        self._framed: Framed | None = None
        self._project: Project | None = None
        self._pages: dict[str, SitePage] = {}

    def hand(self, project: Project, framed: Framed) -> None:
        """What `frame_site` knows already and need not be read again."""
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
        except ContentError as problem:
            raise PluginError(str(problem)) from problem
        theme = str(project.theme / "site")
        config.theme.dirs[:] = [theme, *(folder for folder in config.theme.dirs if folder != theme)]
        config.theme.static_templates.discard("404.html")
        config.theme["favicon"] = "assets/favicon.svg"
        config.extra.setdefault("generator", False)
        config.extra_css = [STYLE, *config.extra_css]
        config.site_url = self._framed.address
        config.use_directory_urls = False
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Only our pages, the pictures they show, and what Material needs leave."""
        framed, project = self._now(), self._project
        assert project is not None
        kept = [file for file in files if file.src_dir != config.docs_dir and not NOT_SHIPPED.search(file.src_uri)]
        theme = str(project.theme / "site")
        kept = [file for file in kept if file.src_dir != theme or file.src_uri.startswith("assets/")]
        self._pages = {_source_name(page.file): page for page in framed.pages}
        config.nav = framed.menu
        in_menu = set(_nav_files(config.nav))
        for name in self._pages:
            level = InclusionLevel.INCLUDED if name in in_menu else InclusionLevel.NOT_IN_NAV
            kept.append(File.generated(config, name, content="", inclusion=level))
        for picture in framed.pictures:
            path = picture.removeprefix("content/")
            kept.append(File.generated(config, path, abs_src_path=str(project.path(picture))))
        for name, content in ((STYLE, framed.style), (SCRIPT, framed.script), (SEARCH, framed.search)):
            kept.append(File.generated(config, name, content=content))
        return Files(kept)

    def on_page_markdown(self, _markdown: str, page: Page, **_: Any) -> str:
        """Nothing for Python-Markdown to do: our own reader has been here."""
        drawn = self._pages[page.file.src_uri]
        page.meta["title"] = escape(drawn.title)  # Material writes titles as they are
        page.meta["description"] = escape(drawn.description)
        page.canonical_url = drawn.canonical
        if not drawn.listed:
            page.meta["robots"] = "noindex"
        page.meta["picture"] = drawn.picture
        page.update_date = drawn.changed.isoformat() if drawn.changed else ""
        return ""

    def on_page_content(self, _html: str, page: Page, **_: Any) -> str:
        drawn = self._pages[page.file.src_uri]
        page.toc = get_toc([{"level": 2, "id": id_, "name": words, "children": []} for id_, words in drawn.headings])
        return drawn.html

    def on_post_page(self, output: str, **_: Any) -> str:
        """Material's own switches, as the rules of HTML have them; the one for its search is of no use to ours."""
        return _OFF.sub(r"\1>", _SEARCH_SWITCH.sub("", output))

    def on_post_template(self, output: str, template_name: str, **_: Any) -> str:
        """Pages of editors stay out of the site map."""
        if template_name != "sitemap.xml":
            return output
        for page in self._pages.values():
            if not page.listed:
                entry = rf"\s*<url>\s*<loc>{re.escape(page.canonical)}</loc>.*?</url>"
                output = re.sub(entry, "", output, flags=re.DOTALL)
        return output

    @event_priority(LAST)
    def on_post_build(self, config: MkDocsConfig) -> None:
        (Path(config.site_dir) / "sitemap.xml.gz").unlink(missing_ok=True)
        self._pages = {}

    def on_serve(self, server: Any, **_: Any) -> Any:
        """Preview follows the numbers and the theme too."""
        assert self._project is not None
        for folder in (self._project.path("qr"), self._project.theme):
            server.watch(str(folder))
        return server

    def _now(self) -> Framed:
        assert self._framed is not None
        return self._framed


def _source_name(file: str) -> str:
    return file.removesuffix(".html") + ".md"


def _nav_files(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for value in nav.values():
            yield from _nav_files(value)
    elif isinstance(nav, list):
        for value in nav:
            yield from _nav_files(value)


# MkDocs inside our own build.


def frame_site(project: Project, framed: Framed) -> dict[str, bytes]:
    """All files of the site but number pages and papers, by path."""
    plugin = FramePlugin()
    plugin.load_config({})
    plugin.hand(project, framed)
    with tempfile.TemporaryDirectory(prefix="hocso-") as folder, _at(NO_DAY), _quiet() as told:
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
    """The project's own settings; our plugin need not be installed and a theme folder need not exist."""
    file = project.path("mkdocs.yml")
    with file.open("rb") as stream:
        written = yaml_load(stream) or {}
    theme = written.get("theme") or {}
    theme = {"name": theme} if isinstance(theme, str) else {key: theme[key] for key in theme if key != "custom_dir"}
    plugins = [entry for entry in _listed(written.get("plugins")) if _name(entry) not in ("hocso", "search")]
    return load_config(
        str(file), site_dir=folder, docs_dir=str(project.path("content")), theme={"name": MATERIAL, **theme},
        plugins=plugins,
    )


def _listed(plugins: Any) -> list[Any]:
    return [{name: plugins[name]} for name in plugins] if isinstance(plugins, dict) else list(plugins or [])


def _name(entry: Any) -> str:
    return str(next(iter(entry), "")) if isinstance(entry, dict) else str(entry)


def _collect(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _failed(problem: object, told: list[str]) -> HocsoError:
    words = "; ".join(told) or str(problem)
    return UsageError(f"MkDocs không dựng được trang: {words}", f"MkDocs could not build the site: {words}")


NO_DAY = 0
"""No page says when it was built, or every commit would make another site; should MkDocs write a time, it is this."""


@contextmanager
def _at(moment: int) -> Iterator[None]:
    """MkDocs takes its dates from here."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(moment)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())


@contextmanager
def _quiet() -> Iterator[list[str]]:
    """MkDocs tells us, not the editor's screen."""
    logger = logging.getLogger("mkdocs")
    listener = _Listener()
    propagate, level = logger.propagate, logger.level
    logger.addHandler(listener)
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    try:
        yield listener.told
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagate
        logger.setLevel(level)
