"""Lines `name: value` → typed values by the table of keys; every mistake is a finding with its mend."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from generator.ground.findings import Finding, Place, Text, error
from generator.handbook import keys, values
from generator.handbook.mistakes import MOST_GUESSED, listed, nearest, unknown_key, wrong_type
from generator.handbook.model import Channel, Claim, Help
from generator.handbook.values import Found, is_blank, parse_date, text_value
from generator.handbook.yaml_tree import Leaf, Node, Pairs


@dataclass(slots=True)
class Collected:
    """Values found under English names, and where each key stands."""

    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    """By the Vietnamese key."""
    findings: list[Finding] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return not any(finding.severity == "error" for finding in self.findings)


def read_keys(
    node: Node | None, table: Iterable[keys.Key], place: Place, what: Text, told: int = 0
) -> Collected:
    """`what` names the thing in messages: ("bài", "topic"); `told` is how much is wrong above it."""
    found = Collected()
    table = tuple(table)
    if node is None:
        node = Pairs((), place)
    if not isinstance(node, Pairs):
        found.findings.append(wrong_type(node.place, "các dòng `tên: giá trị`", "lines `name: value`"))
        return found
    by_name = {key.vi: key for key in table}
    meant = set()
    for name, value in node.pairs:
        key = by_name.get(name.text)
        if key is None:
            found.findings.append(unknown_key(name, by_name, told))
            if told < MOST_GUESSED:
                meant.add(nearest(name.text, by_name))
            told += 1
            continue
        found.places[key.vi] = name.place
        _take_value(found, key, name, value)
    for key in table:
        if key.required and key.vi not in found.places and key.vi not in meant:
            found.findings.append(error("key.missing", place, key=key.vi, what=what, doc=key.doc))
    return found


def _take_value(found: Collected, key: keys.Key, name: Leaf, value: Node) -> None:
    said_unknown = key.blank and isinstance(value, Leaf) and not value.plain
    if key.required and key.kind != "slugs" and is_blank(value) and not said_unknown:
        rule = "key.empty/blank" if key.blank else "key.empty"
        found.findings.append(error(rule, name.place, key=key.vi, doc=key.doc))
        return
    result = CONVERT[key.kind](value, found.findings)
    if result is not None:
        found.values[key.en] = result


def approval_value(node: Node, found: Found) -> Claim | None:
    """`{đơn vị: …, ngày: …}`, or on one line: `Công an xã, 20/11/2026`."""
    if is_blank(node):
        return None
    if isinstance(node, Leaf) and "," in node.text:
        unit, _, day_text = node.text.rpartition(",")
        day = parse_date(day_text)
        if day and unit.strip():
            return Claim(unit.strip(), day)
    if isinstance(node, Pairs):
        values = read_keys(node, keys.APPROVAL_KEYS, node.place, Text("dòng duyệt", "approval"))
        found += values.findings
        return Claim(**values.values) if values.complete else None
    found.append(wrong_type(node.place, "đơn vị và ngày, ví dụ: Công an xã, 20/11/2026",
                            "a unit and a date: `Công an xã, 20/11/2026`"))
    return None


def channel_value(node: Node, found: Found) -> Channel | None:
    if isinstance(node, Pairs):
        values = read_keys(node, keys.CHANNEL_KEYS, node.place, Text("kênh", "channel"))
        found += values.findings
        return Channel(**values.values) if values.complete else None
    text = text_value(node, found)
    return None if text is None else Channel(text)


def help_value(node: Node, found: Found) -> tuple[Help, ...] | None:
    if is_blank(node):
        return ()
    if not isinstance(node, Pairs):
        found.append(wrong_type(node.place, "`vai: {đơn vị: …}`", "`role: {đơn vị: …}`"))
        return None
    helpers = []
    for role, value in node.pairs:
        if role.text not in keys.HELP_ROLES:
            roles = listed(role.text, keys.HELP_ROLES)
            found.append(error("key.unknown/role", role.place, name=role.text, listed=roles))
            continue
        if is_blank(value):
            helpers.append(Help(role.text))
            continue
        values = read_keys(value, keys.HELP_KEYS, role.place, Text("đầu mối", "contact"))
        found += values.findings
        if values.complete:
            helpers.append(Help(role.text, **values.values))
    return tuple(helpers)


CONVERT: dict[keys.Kind, Callable[[Node, Found], Any]] = {
    "text": text_value,
    "phrase": values.phrase_value,
    "texts": values.texts_value,
    "phrases": values.phrases_value,
    "whole": values.whole_value,
    "date": values.date_value,
    "status": values.status_value,
    "audiences": values.audiences_value,
    "slugs": values.phrases_value,
    "frames": values.frames_value,
    "approval": approval_value,
    "changes": values.changes_value,
    "film": values.film_value,
    "channel": channel_value,
    "help": help_value,
    "parts": values.node_value,
    "paths": values.node_value,
    "signposts": values.node_value,
    "wishes": values.node_value,
    "audience-table": values.node_value,
    "flag": values.flag_value,
    "accent": values.accent_value,
}
