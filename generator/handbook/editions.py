"""Edition files and their layers: a missing key inherits, an empty one is empty."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.ground.files import Source, fold
from generator.ground.findings import Finding, Place, Text, error
from generator.ground.web import OWN_ADDRESS
from generator.handbook import keys
from generator.handbook.config import with_slash
from generator.handbook.fields import read_keys
from generator.handbook.filled import edition_values
from generator.handbook.mistakes import listed
from generator.handbook.model import ROOT as ROOT
from generator.handbook.model import Channel, Edition, Help, Site
from generator.handbook.registries import ADDRESS, wrong_slug
from generator.handbook.yaml_tree import read_yaml

FOLDER = "content/editions/"
_KIND = re.compile(r"^(?:tinh|thanh pho|tp\.?)[ -]+")


@dataclass(frozen=True, slots=True)
class Layer:
    """One edition file as written: only the keys that stand in it."""

    id: str
    values: Mapping[str, Any]
    places: Mapping[str, Place]
    place: Place

    @property
    def parent(self) -> str:
        return str(self.values.get("parent", "")) or ("" if self.id == ROOT else ROOT)


def read_layer(edition_id: str, source: Source) -> tuple[Layer | None, list[Finding]]:
    node, findings = read_yaml(source)
    place = Place(source.file)
    if node is None and findings:
        return None, findings
    values = read_keys(node, keys.EDITION_KEYS, place, Text("bản", "edition"))
    findings += values.findings
    layer = Layer(edition_id, values.values, values.places, place)
    findings += [*wrong_slug(edition_id, place), *_address_findings(layer), *_channel_findings(layer)]
    return (layer if "name" in values.values else None), findings


def _address_findings(layer: Layer) -> Iterator[Finding]:
    code, address = str(layer.values.get("code", "")), str(layer.values.get("site_url", ""))
    if code and not re.fullmatch(r"[0-9]{2}|[0-9]{5}", code):
        yield error("edition.code", layer.places["mã"], code=code)
    if address and not (address.startswith("https:") and re.fullmatch(OWN_ADDRESS, address)):
        yield error("edition.address", layer.places["địa chỉ trang"], address=address)


def _channel_findings(layer: Layer) -> Iterator[Finding]:
    """People are sent to these addresses, so they must be whole and lead nowhere but the web."""
    for key in keys.EDITION_KEYS:
        channel = layer.values.get(key.en)
        if isinstance(channel, Channel) and channel.address and not ADDRESS.fullmatch(channel.address):
            yield error("edition.channel", layer.places[key.vi], key=key.vi, address=channel.address)


def resolve_editions(
    layers: Sequence[Layer], site: Site, unread: Collection[str] = ()
) -> tuple[tuple[Edition, ...], list[Finding]]:
    """Every edition with its layers joined; a parent nobody wrote is a finding.

    `unread` are editions whose file has been told to be missing or broken; what stands on them waits."""
    known = {layer.id: layer for layer in layers}
    joined = []
    findings = []
    for layer in layers:
        chain = chain_of(layer, known, unread)
        if isinstance(chain, Finding):
            findings.append(chain)
        elif chain:
            joined.append(_join(chain, site))
    editions = tuple(sorted(joined, key=lambda edition: (edition.id != ROOT, edition.id)))
    return editions, findings


def chain_of(layer: Layer, known: Mapping[str, Layer], unread: Collection[str]) -> list[Layer] | Finding | None:
    """From the root down to this layer; None while a file above it is to be mended first."""
    chain = [layer]
    while parent := chain[0].parent:
        ids = [layer.id for layer in chain]
        if parent in ids:
            return _circle(chain[: ids.index(parent) + 1])
        if parent not in known:
            return None if parent in unread else _no_parent(chain[0], parent, known)
        chain.insert(0, known[parent])
    return chain


def _no_parent(layer: Layer, parent: str, known: Mapping[str, Layer]) -> Finding:
    """The country and its provinces; one that is called so, however it is typed, is asked for and never written."""
    place = layer.places.get("cấp trên", layer.place)
    others = [one for one in known.values() if one.id != layer.id and one.parent in ("", ROOT)]
    likely = next((one for one in others if _plain(parent) in (_plain(one.id), _plain(_called(one)))), None)
    told = listed(parent, [one.id for one in others])
    if likely:
        return error("edition.parent/likely", place, name=parent, likely=likely.id, called=_called(likely), listed=told)
    return error("edition.parent", place, name=parent, listed=told)


def _called(layer: Layer) -> str:
    return str(layer.values.get("name", ""))


def _plain(name: str) -> str:
    """`TP. Hải Phòng`, `Hai Phong` and `hai-phong` are one."""
    return re.sub(r"[^a-z0-9]", "", _KIND.sub("", fold(name).strip()))


def _circle(members: Sequence[Layer]) -> Finding:
    """Said once, whichever layer we came from."""
    ids = sorted(layer.id for layer in members)
    first = next(layer for layer in members if layer.id == ids[0])
    shown = ", ".join(f"`{name}`" for name in ids)
    return error("edition.circle", first.places.get("cấp trên", first.place), shown=shown)


def _join(chain: Sequence[Layer], site: Site) -> Edition:
    values: dict[str, Any] = {}
    for layer in chain:
        own_code = layer.values.get("code", "")
        # A code and a site belong to one place and are never inherited as such.
        values |= {**layer.values, "code": own_code, "site_url": layer.values.get("site_url", "")}
    address, trial = printed_address(chain, site)
    leaf = chain[-1]
    channels = tuple(
        (key.en, values.get(key.en, Channel())) for key in keys.EDITION_KEYS if key.kind == "channel"
    )
    return Edition(
        id=leaf.id,
        name=str(values.get("name", "")),
        layers=tuple(layer.id for layer in chain),
        address=address,
        trial=trial,
        code=str(values["code"]),
        lower_units=str(values.get("lower_units", "")),
        channels=channels,
        help=_helpers(chain),
        bank=str(values.get("bank", "")),
        learning_places=values.get("learning_places", ()),
        models=values.get("models", ()),
        report_calendar=values.get("report_calendar", ()),
        extra_topics=tuple(values.get("extra_topics", ())),
        accent=str(values.get("accent", "")),
        empty=_empty_names(values),
    )


def _helpers(chain: Sequence[Layer]) -> tuple[Help, ...]:
    """Roles inherit one by one: a commune that names its police keeps the province's other contacts."""
    roles: dict[str, Help] = {}
    for layer in chain:
        written = layer.values.get("help")
        if written == ():
            roles.clear()
        for helper in written or ():
            roles[helper.role] = helper
    return tuple(roles[role] for role in keys.HELP_ROLES if role in roles)


def printed_address(chain: Sequence[Layer], site: Site) -> tuple[str, bool]:
    """What numbers are appended to, and whether papers are only a trial."""
    inherited = site.address
    for layer in chain[:-1]:
        inherited = with_slash(str(layer.values.get("site_url", ""))) or inherited
    leaf = chain[-1]
    own = with_slash(str(leaf.values.get("site_url", "")))
    code = str(leaf.values.get("code", ""))
    if own:
        return own, Site(own, (), "").placeholder
    placeholder = Site(inherited, (), "").placeholder
    if leaf.id == ROOT:
        return inherited, placeholder
    if code:
        return f"{inherited}{code}/", placeholder
    return inherited, True


def _empty_names(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Editors' names of what nobody has filled in."""
    names = []
    for key in keys.EDITION_KEYS:
        if key.vi in ("cấp trên", "bài thêm", "giọng"):
            continue
        value = values.get(key.en, "")
        if not value or value == Channel():
            names.append(key.vi)
    return tuple(names)


TOPIC_VALUES = ("địa chỉ bài", "số bài")


def value_names() -> frozenset[str]:
    """The closed list of names that may stand in `{{ … }}`."""
    blank = Edition(id="", name="", layers=(), address="", trial=True)
    return frozenset(edition_values(blank)) | frozenset(TOPIC_VALUES)


