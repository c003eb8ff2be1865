"""Parts, paths and an edition's channels stay what their numbers were given to, under whatever title or address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.checks.looking.likeness import Firsts, are_alike
from generator.checks.looking.matter import Matter
from generator.checks.records.addresses import layer_of
from generator.ground.files import Source
from generator.ground.findings import Finding, error, warning
from generator.handbook.config import same_place
from generator.handbook.editions import FOLDER, Layer
from generator.handbook.keys import CHANNELS, EDITION_KEYS
from generator.handbook.model import OUTLINE, Channel, Edition, Part, Path
from generator.handbook.registries import read_outline

_NAMES = re.compile(r"(?!\s*#).*(?:mã|tên|[\\&*])")
"""Lines of handbook.yml that may say what a part or path is called, in whatever YAML."""
Told = tuple[int, str, Channel]
"""When, under which key, what."""


class Name(NamedTuple):
    """Of a channel: in edition files, and in the ledger."""

    written: str
    id: str


KEYS = {key.en: Name(key.vi, CHANNELS[key.vi]) for key in EDITION_KEYS if key.kind == "channel"}


def check(matter: Matter) -> Iterator[Finding]:
    texts = [text for file, text in matter.texts or () if file == OUTLINE]
    distinct = {tuple(filter(_NAMES.match, text.split("\n"))): text for text in reversed(texts)}
    outlines = [read_outline(Source(OUTLINE, text)) for text in reversed(distinct.values())]
    yield from _lists(matter, "part", matter.handbook.parts, [part for outline in outlines for part in outline.parts])
    yield from _lists(matter, "path", matter.handbook.paths, [path for outline in outlines for path in outline.paths])
    if any(target.startswith("channel:") for target in matter.handbook.numbers):
        yield from _channels(matter)


def _lists(matter: Matter, kind: str, now: Iterable[Part | Path], past: Sequence[Part | Path]) -> Iterator[Finding]:
    """Under the title or with the lessons that another had first; or with nothing left of its own."""
    titles = Firsts((one.id, one.title) for one in past)
    began: dict[str, set[str]] = {}
    holders: dict[str, str] = {}
    for one in past:
        for slug in (slugs := _slugs(one)):
            began.setdefault(one.id, slugs)
            holders.setdefault(slug, one.id)
    numbers = matter.handbook.numbers
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


def _channels(matter: Matter) -> Iterator[Finding]:
    """A channel with the name or address that another of the same place had first, and has no more."""
    told: dict[str, list[Told]] = {}
    texts = dict.fromkeys(pair for version in matter.versions or () for pair in version.files.items())
    for at, (file, text) in enumerate(texts):
        if layer := layer_of(file, text):
            told.setdefault(layer.id, []).extend((at, key, channel) for key, channel in _own(layer))
    numbers = matter.handbook.numbers
    for edition in matter.handbook.editions:
        source = matter.reading.texts.get(f"{FOLDER}{edition.id}.yml")
        if not (layer := layer_of(source.file, source.text) if source else None):
            continue
        for key, channel in _own(layer):
            number = numbers.get(name := f"channel:{KEYS[key].id}")
            if number and (owner := _channel_owner(edition, key, channel, told)):
                yield error("ledger.other-lesson/channel", layer.places[KEYS[key].written], number=number, id=name,
                            owner=f"channel:{KEYS[owner].id}", name=edition.name)


def _own(layer: Layer) -> Iterator[tuple[str, Channel]]:
    for key in KEYS:
        if isinstance(channel := layer.values.get(key), Channel):
            yield key, channel


def _channel_owner(edition: Edition, key: str, channel: Channel, told: Mapping[str, Sequence[Told]]) -> str:
    """The key under which this place, or one above it, had the name or address first."""
    past = sorted((one for layer in edition.layers for one in told.get(layer, ())), key=lambda one: one[0])
    if channel == next((one for _, other, one in past if other == key), channel):
        return ""  # most stay as they began
    now = dict(edition.channels)
    for own, firsts in (
        ("name", Firsts((other, one.name) for _, other, one in past if one.name)),
        ("address", Firsts(((other, one.address) for _, other, one in past if one.address), _is_there)),
    ):
        said = getattr(channel, own)
        owner = firsts.owner(key, said) if said else ""
        if owner and not firsts.same(said, getattr(now.get(owner, Channel()), own)):
            return owner
    return ""


def _is_there(one: str, two: str) -> bool:
    """Whatever is asked of a page, it is the same page."""
    return same_place(re.split(r"[?#]", one)[0]) == same_place(re.split(r"[?#]", two)[0])
