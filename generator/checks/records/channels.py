"""An edition's channels stay what their numbers were given to, wherever their name and address are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from generator.checks.looking.likeness import Firsts, are_alike, holds
from generator.checks.looking.matter import Matter
from generator.checks.records.addresses import layer_of, printed_chains
from generator.ground.findings import Finding, Place, error, warning
from generator.handbook.config import host_of, owner_of, same_place
from generator.handbook.editions import FOLDER, Layer
from generator.handbook.keys import CHANNELS, EDITION_KEYS
from generator.handbook.model import Channel, Edition, Site


class Name(NamedTuple):
    """Of a channel: in edition files, and in the ledger."""

    written: str
    id: str


KEYS = {key.en: Name(key.vi, CHANNELS[key.vi]) for key in EDITION_KEYS if key.kind == "channel"}


class Told(NamedTuple):
    """What an edition's file said of a channel, and when."""

    at: int
    layer: str
    key: str
    channel: Channel


class First(NamedTuple):
    """What the first papers with an edition's number led to, who wrote it, and the places above it then."""

    channel: Channel
    writer: str
    layers: tuple[str, ...]


def check(matter: Matter) -> Iterator[Finding]:
    numbers = {key: matter.handbook.guarded.get(f"channel:{name.id}", "") for key, name in KEYS.items()}
    if not any(numbers.values()):
        return
    past = Past(matter)
    told: set[Place] = set()
    for edition in matter.handbook.editions:
        for key, number in numbers.items():
            if number and (found := past.exchanged(edition, key, number) or past.anew(edition, key, number)):
                if found.place not in told:  # what many inherit is told once
                    yield found
                told.add(found.place)


class Past:
    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.editions = {edition.id: edition for edition in matter.handbook.editions}
        sources = ((one, matter.reading.texts.get(f"{FOLDER}{one}.yml")) for one in self.editions)
        found = {one: layer_of(source.file, source.text) for one, source in sources if source}
        self.layers = {one: layer for one, layer in found.items() if layer}

    @cached_property
    def told(self) -> Sequence[Told]:
        """Whatever edition files ever said, oldest first."""
        texts = dict.fromkeys(pair for version in self.matter.versions or () for pair in version.files.items())
        layers = [(at, layer) for at, (file, text) in enumerate(texts) if (layer := layer_of(file, text))]
        return [Told(at, layer.id, key, channel) for at, layer in layers for key, channel in _own(layer)]

    @cached_property
    def firsts(self) -> Mapping[tuple[str, str], First]:
        """By channel, and by the edition's id or its address: either may change."""
        firsts: dict[tuple[str, str], First] = {}
        for chain, address in printed_chains(self.matter.versions or ()):
            for key in KEYS:
                writer = _writer(chain, key)
                channel = writer.values.get(key) if writer else None
                if writer and isinstance(channel, Channel) and channel != Channel():
                    for one in ((key, chain[-1].id), (key, same_place(address))):
                        first = firsts.setdefault(one, First(channel, writer.id, tuple(step.id for step in chain)))
                        firsts[one] = first._replace(channel=_filled(first.channel, channel))
        return firsts

    def exchanged(self, edition: Edition, key: str, number: str) -> Finding | None:
        """What the edition's own file says belongs to another channel, or to another place."""
        layer = self.layers.get(edition.id)
        channel = layer.values.get(key) if layer else None
        owner = self._owner(edition, key, channel) if isinstance(channel, Channel) else ""
        return error("ledger.other-lesson/channel", self._place(edition, key), number=number, owner=owner,
                     id=f"channel:{KEYS[key].id}", name=edition.name) if owner else None

    def _owner(self, edition: Edition, key: str, channel: Channel) -> str:
        """Whose name or address it was first, of this place, those above it or, an address, of any."""
        near = [one for one in self.told if one.layer in edition.layers]
        if channel == next((one.channel for one in near if one.key == key), channel):
            return ""  # most stay as they began
        own = [(one.key, one.channel) for one in near]
        for other in (_taken(channel, key, "name", own, dict(edition.channels)),
                      _taken(channel, key, "address", own, dict(edition.channels))):
            if other:
                return f"channel:{KEYS[other].id}"
        everywhere = [(one.key if one.layer in edition.layers else f"{one.key} {one.layer}", one.channel)
                      for one in self.told if one.layer in edition.layers or one.layer in self.editions]
        now = {f"{other} {one.id}": found for one in self.editions.values() for other, found in one.channels}
        other, _, place = _taken(channel, key, "address", everywhere, now | dict(edition.channels)).partition(" ")
        return f"channel:{KEYS[other].id}, {self.editions[place].name}" if place else ""

    def anew(self, edition: Edition, key: str, number: str) -> Finding | None:
        """Neither name nor address are those that papers led to, or the place is under another, with that one's."""
        first = self.firsts.get((key, edition.id)) or self.firsts.get((key, same_place(edition.address)))
        channel = edition.channel(key)
        chain = [self.layers[one] for one in edition.layers if one in self.layers]
        writer = _writer(chain, key)
        if not first or not writer or channel == Channel():
            return None
        strange = writer.id != edition.id and writer.id not in first.layers
        there = self.editions[writer.id] if writer.id == first.writer else edition
        place, was = self._place(there, key), first.channel
        name, named = there.name, f"channel:{KEYS[key].id}"
        if not _is_still(channel, was, strange):
            return warning("ledger.written-anew/channel", place, was=was.name or was.address, number=number, name=name,
                           id=named)
        return self.matter.remind(
            "ledger.written-anew/host", place, was=was.address, now=channel.address, host=host_of(was.address),
            number=number, name=name, id=named) if _is_led_away(channel, was) else None

    def _place(self, edition: Edition, key: str) -> Place:
        """Where the edition says it, or why it has it from another."""
        layer = self.layers.get(edition.id)
        written = layer.places.get(KEYS[key].written) if layer else None
        return written or self.matter.key_place(edition.id, ("cấp trên",))


def _own(layer: Layer) -> Iterator[tuple[str, Channel]]:
    for key in KEYS:
        if isinstance(channel := layer.values.get(key), Channel):
            yield key, channel


def _writer(chain: Sequence[Layer], key: str) -> Layer | None:
    """A file that says a key, if only that it is empty, says it for all below."""
    return next((layer for layer in reversed(chain) if key in layer.values), None)


def _filled(first: Channel, later: Channel) -> Channel:
    """What was missing at first, as it was filled in later."""
    if first.name and not first.address and are_alike(first.name, later.name):
        return Channel(first.name, later.address)
    if first.address and not first.name and _is_there(first.address, later.address):
        return Channel(later.name, first.address)
    return first


def _is_still(channel: Channel, first: Channel, strange: bool) -> bool:
    """The same page; or, unless it is that of another place, the same name, also inside a new one."""
    if channel.address and same_place(channel.address) == same_place(first.address):
        return True
    return not (strange and channel.address) and bool(channel.name and first.name) and (
        are_alike(channel.name, first.name) or holds(channel.name, first.name))


def _is_led_away(channel: Channel, first: Channel) -> bool:
    """To what somebody else owns, under its old name, until the name says what it was or where."""
    if not (channel.address and first.address) or owner_of(channel.address) == owner_of(first.address):
        return False
    before = re.split(r"\b(?:trước là|trước ở|once)\b", channel.name.casefold(), maxsplit=1)[1:]
    said = before and (host_of(first.address) in before[0] or (first.name and holds(before[0], first.name)))
    return not said and not Site(first.address, (), "").placeholder


def _taken(
    channel: Channel, key: str, what: str, past: Sequence[tuple[str, Channel]], now: Mapping[str, Channel]
) -> str:
    """Whose it was first, where that one has it no more."""
    same = _is_there if what == "address" else are_alike
    firsts = Firsts(((other, getattr(one, what)) for other, one in past if getattr(one, what)), same)
    said = getattr(channel, what)
    owner = firsts.owner(key, said) if said else ""
    return owner if owner and not same(said, getattr(now.get(owner, Channel()), what)) else ""


def _is_there(one: str, two: str) -> bool:
    """Whatever is asked of a page, it is the same page."""
    return same_place(re.split(r"[?#]", one)[0]) == same_place(re.split(r"[?#]", two)[0])
