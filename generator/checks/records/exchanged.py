"""Parts and paths stay what their numbers were given to, under whatever title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from generator.checks.looking.likeness import Firsts, are_alike
from generator.checks.looking.matter import Matter
from generator.ground.files import Source
from generator.ground.findings import Finding, error, warning
from generator.handbook.model import OUTLINE, Part, Path
from generator.handbook.registries import read_outline

_NAMES = re.compile(r"(?!\s*#).*(?:mã|tên|[\\&*])")
"""Lines of handbook.yml that may say what a part or path is called, in whatever YAML."""


def check(matter: Matter) -> Iterator[Finding]:
    texts = [text for file, text in matter.texts or () if file == OUTLINE]
    distinct = {tuple(filter(_NAMES.match, text.split("\n"))): text for text in reversed(texts)}
    outlines = [read_outline(Source(OUTLINE, text)) for text in reversed(distinct.values())]
    yield from _lists(matter, "part", matter.handbook.parts, [part for outline in outlines for part in outline.parts])
    yield from _lists(matter, "path", matter.handbook.paths, [path for outline in outlines for path in outline.paths])


def _lists(matter: Matter, kind: str, now: Iterable[Part | Path], past: Sequence[Part | Path]) -> Iterator[Finding]:
    """Under the title or with the lessons that another had first; or with nothing left of its own."""
    titles = Firsts((one.id, one.title) for one in past)
    began: dict[str, set[str]] = {}
    holders: dict[str, str] = {}
    for one in past:
        for slug in (slugs := _slugs(one)):
            began.setdefault(one.id, slugs)
            holders.setdefault(slug, one.id)
    numbers = matter.handbook.guarded
    own = {one.id for one in now if are_alike(one.title, titles.of.get(one.id, ""))}
    for one in now:
        name = f"{kind}:{one.id}"
        if one.id in own:
            continue
        owner = titles.owner(one.id, one.title)
        gone = one.id in began and not _slugs(one) & began[one.id]
        others = [holders.get(slug, one.id) for slug in _slugs(one)]
        if gone and not owner and kind == "part" and others:  # a lesson may stand in many paths
            most = max(sorted(others), key=others.count)
            owner = most if most != one.id else ""
        if name in numbers and owner:
            yield error("ledger.other-lesson", one.place, number=numbers[name], id=name, owner=f"{kind}:{owner}")
        elif name in numbers and gone:
            yield warning("ledger.written-anew/list", one.place, number=numbers[name], id=name)


def _slugs(one: Part | Path) -> set[str]:
    return {phrase.text for phrase in one.topics}
