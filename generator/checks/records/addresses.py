"""No printed address dies or leads elsewhere: the site's and every edition's, against every version git holds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.checks.looking.matter import Matter
from generator.checks.looking.wordlists import is_short
from generator.ground.files import Source
from generator.ground.findings import Finding, Place, error
from generator.ground.kept import Version
from generator.handbook import config
from generator.handbook.config import same_place
from generator.handbook.editions import FOLDER, ROOT, Layer, chain_of, printed_address, read_layer
from generator.handbook.model import Edition, Site
from generator.handbook.yaml_tree import Items, Leaf, Pairs, read_yaml

KEYS = ("địa chỉ trang", "mã", "cấp trên")
"""What an edition's address is made of."""


class Printed(NamedTuple):
    """Whose papers an address was printed on."""

    id: str
    name: str
    address: str


def check(matter: Matter) -> Iterator[Finding]:
    holders = {same_place(one.address): one for one in reversed(matter.editions_by_age) if _has_own(one)}
    yield from _short(matter)
    yield from _twice(matter)
    past = [*_printed(matter.versions or ())]
    yield from _at_numbers(matter, holders, past)
    if matter.versions:
        yield from _former_sites(matter, matter.versions)
        yield from _former_editions(matter, matter.versions, holders, past)


def _has_own(edition: Edition) -> bool:
    """A place with neither code nor address prints trials at its parent's."""
    return edition.id == ROOT or not edition.trial or Site(edition.address, (), "").placeholder


def _place(matter: Matter, edition_id: str) -> Place:
    """The line that makes an edition's address."""
    return matter.key_place(edition_id, KEYS)


def _short(matter: Matter) -> Iterator[Finding]:
    """Whoever owns the shortener decides where the printed codes lead."""
    site = matter.handbook.site
    own = [(one.address, _place(matter, one.id)) for one in matter.editions_by_age if _has_own(one) and one.id != ROOT]
    for address, place in [(site.address, site.place), *own]:
        if name := is_short(address):
            yield error("address.short/own", place, address=address, name=name)


def _twice(matter: Matter) -> Iterator[Finding]:
    """A printed number must lead to one place, also where a server takes small letters for capitals. One code for two
    is told even where each has an address of its own: one day it has not. Whoever has neither code nor site prints
    trials at its parent's."""
    owners: dict[str, Edition] = {}
    for edition in matter.editions_by_age:
        place = _place(matter, edition.id)
        own = next((key for key in KEYS[:2] if key not in edition.empty), "")
        address = same_place(edition.address).lower()
        first = owners.setdefault(address, edition) if own or edition.id == ROOT else edition
        same = owners.setdefault(edition.code, edition) if edition.code else edition
        if first is not edition:
            yield error("edition.shared-address", place, name=first.name, id=first.id, address=edition.address, own=own)
        elif same is not edition:
            where = matter.key_place(edition.id, ("mã",))
            yield error("edition.code-twice", where, name=same.name, id=same.id, code=edition.code)


def _at_numbers(matter: Matter, holders: Mapping[str, Edition], past: Sequence[Printed]) -> Iterator[Finding]:
    """An edition laid over another's number page, or where one was printed, takes that number away."""
    were = (*matter.handbook.site.former, *(printed.address for printed in past))
    bases = {place.lower() for place in (*holders, *map(same_place, were))}
    for place, edition in holders.items():
        steps = place.lower().split("/")[:-1]
        for index, step in enumerate(steps):
            base = "".join(f"{part}/" for part in steps[:index])
            if base in bases and re.fullmatch(r"[1-9]([0-9]{3}|[0-9]{5})", step):
                yield error("edition.number-address", _place(matter, edition.id), address=edition.address, number=step,
                            base=base)


def _former_sites(matter: Matter, versions: Sequence[Version]) -> Iterator[Finding]:
    """A changed `site_url` is an error until the old one stands in `extra.former_urls`, and so for ever."""
    site = matter.handbook.site
    told = {site.address, *site.former}
    for version in versions:
        for address in _sites(version.files.get(config.FILE, "")):
            if address and address not in told and not Site(address, (), "").placeholder:
                told.add(address)
                yield error("site.former-url", site.place, address=address)


@lru_cache(maxsize=1000)
def _sites(text: str) -> tuple[str, ...]:
    """`site_url`, then the former ones."""
    node, _ = read_yaml(Source(config.FILE, text), config.plain_part(text))
    root = node if isinstance(node, Pairs) else Pairs((), Place(config.FILE))
    extra = root.get("extra")
    former = extra.get("former_urls") if isinstance(extra, Pairs) else None
    found = [root.get("site_url"), *(former.items if isinstance(former, Items) else [former])]
    return tuple(config.with_slash(each.text.strip()) if isinstance(each, Leaf) else "" for each in found)


def _former_editions(
    matter: Matter, versions: Sequence[Version], holders: Mapping[str, Edition], past: Sequence[Printed]
) -> Iterator[Finding]:
    site = matter.handbook.site
    given_up = {*map(same_place, site.former)}
    for place, edition in holders.items():
        if place in given_up and edition.id != ROOT:
            yield error("edition.former-address/again", _place(matter, edition.id), address=edition.address,
                        name=edition.name)
    ways = _ways(matter, versions, holders, past)
    told: set[str] = set()
    for printed in past:
        place = same_place(printed.address)
        holder = holders.get(place)
        damaged = f"{FOLDER}{printed.id}.yml" in matter.reading.damaged
        if place in told or damaged or (holder and _is_same(matter, printed, holder)):
            continue
        if holder:
            told.add(place)
            yield error("edition.former-address/taken", _place(matter, holder.id), address=printed.address,
                        name=printed.name, id=holder.id)
        elif not _is_led(matter, printed, place, ways, holders):
            told.add(place)
            yield error("edition.former-address", _place(matter, printed.id), address=printed.address,
                        name=printed.name)


def _ways(
    matter: Matter, versions: Sequence[Version], holders: Mapping[str, Edition], past: Sequence[Printed]
) -> dict[str, set[str]]:
    """Addresses that are promised to lead on, or told elsewhere that they must be, and where to: to the site of today,
    or to that of the edition whose own they were. That of today leads nowhere else."""
    site = matter.handbook.site
    sites = {address for version in versions for address in _sites(version.files.get(config.FILE, ""))}
    here = same_place(site.address)
    ways = {same_place(address): {here} for address in (*site.former, *sites) if same_place(address) != here}
    for printed in past:
        if (place := same_place(printed.address)) in ways:
            ways[place] |= {there for there, holder in holders.items() if _is_same(matter, printed, holder)}
    return ways


def _is_led(
    matter: Matter, printed: Printed, place: str, ways: Mapping[str, Collection[str]], holders: Mapping[str, Edition]
) -> bool:
    """True when the old address leads on, or one above it does, to where the place still has its code."""
    if place in ways:
        return True
    ends = (end + place.removeprefix(base) for base, ends in ways.items() if place.startswith(base) for end in ends)
    return any(_is_same(matter, printed, holders[end]) for end in ends if end in holders)


def _is_same(matter: Matter, printed: Printed, holder: Edition) -> bool:
    """A place may get another file or another name, one at a time, as long as no other place has the one it had."""
    if (holder.id, holder.name) == (printed.id, printed.name):
        return True
    others = [one for one in matter.handbook.editions if one is not holder]
    return (holder.id == printed.id or holder.name == printed.name) and not any(
        one.id == printed.id or one.name == printed.name for one in others)


def _printed(versions: Sequence[Version]) -> Iterator[Printed]:
    """Every edition with every address that its papers can have had."""
    seen: set[Printed] = set()
    for chain, address in printed_chains(reversed(versions)):
        leaf = chain[-1]
        printed = Printed(leaf.id, str(leaf.values.get("name", "")), address)
        if address and printed not in seen:
            seen.add(printed)
            yield printed


def printed_chains(versions: Iterable[Version]) -> Iterator[tuple[Sequence[Layer], str]]:
    """Every edition that was more than a trial, from the root down, and its address, as often as either changed."""
    before: tuple[str, frozenset[tuple[str, str]]] = ("", frozenset())
    for version in versions:
        site = Site(next(iter(_sites(version.files.get(config.FILE, ""))), ""), (), "")
        files = frozenset((name, text) for name, text in version.files.items() if name.endswith(".yml"))
        changed = {name[len(FOLDER):-4] for name, _ in files - before[1] if name.startswith(FOLDER)}
        layers = {layer.id: layer for name, text in files if (layer := layer_of(name, text))}
        whole = site.address != before[0] or changed & {layer.parent for layer in layers.values()}
        before = (site.address, files)
        for layer in layers.values() if whole else [layers[name] for name in changed if name in layers]:
            chain = chain_of(layer, layers, ())
            address, trial = printed_address(chain, site) if isinstance(chain, list) else ("", True)
            if isinstance(chain, list) and not trial:
                yield chain, address


@lru_cache(maxsize=10_000)
def layer_of(file: str, text: str) -> Layer | None:
    """An edition's file as it stood in some version."""
    if not file.startswith(FOLDER):
        return None
    return read_layer(file[len(FOLDER) : -4], Source(file, text))[0]
