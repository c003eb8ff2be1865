"""Every text below `content/` is read by somebody: a lesson saved in the wrong place would silently be missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding, Place, error

ENDINGS = (".md", ".markdown", ".yml", ".yaml")
_KNOWN = re.compile(r"""
    content/(?:
      (?:index|README)\.md
      | (?:handbook|glossary|platforms|demands|links)\.yml
      | (?:editions|sessions)/[^/]+\.yml
      | alerts/[^/]+\.md
      | (?:topics|cards)/[^/]+/index(?:\.[a-z-]+)?\.md
    )""", re.VERBOSE)


def check(matter: Matter) -> Iterator[Finding]:
    told = {finding.place.file for finding in matter.reading.findings if finding.rule == "file.case"}
    for file in matter.reading.files:
        if file.lower().endswith(ENDINGS) and not _KNOWN.fullmatch(file) and file not in told:
            yield error("file.stray", Place(file), file=file)
