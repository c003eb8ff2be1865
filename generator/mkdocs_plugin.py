"""The door for plain `mkdocs build` and `mkdocs serve`: our pages without number pages and papers."""

from __future__ import annotations

import logging

from generator.checks import read_and_check
from generator.ground.errors import ContentError
from generator.ground.files import Project
from generator.ground.findings import format_text
from generator.ground.said import said
from generator.handbook.editions import ROOT
from generator.handbook.select import select
from generator.press.framed import Framed
from generator.press.framer import FramePlugin
from generator.press.pages import Theme
from generator.products.pages.parts.web import Web
from generator.products.pages.site import framed

log = logging.getLogger("mkdocs.plugins.hocso")


class HocsoPlugin(FramePlugin):  # type: ignore[no-untyped-call]  # MkDocs is not annotated there
    """Puts the root edition's pages in the place of the Markdown files."""

    def draw(self, project: Project) -> Framed:
        checked = read_and_check(project)
        errors = [finding for finding in checked.findings if finding.severity == "error"]
        for finding in checked.findings:
            (log.error if finding in errors else log.info)(format_text([finding]))
        if errors:
            raise ContentError(*said("mkdocs/errors", count=len(errors)))
        return framed(Web(select(checked.reading.handbook, ROOT), Theme(project.theme), numbers=False))
