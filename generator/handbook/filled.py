"""What stands for `{{ name }}` in an edition, and which names a text holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.handbook import keys
from generator.handbook.model import Edition

VALUE = re.compile(r"\{\{(?P<name>[^{}]*+)\}\}")


def split_value(inner: str) -> tuple[str, str | None]:
    """`tên hoặc other words` → the name, and the words for when it is empty."""
    name, found, otherwise = " ".join(inner.split()).partition(" hoặc ")
    return name, otherwise if found else None


def values_named(body: str) -> frozenset[str]:
    return frozenset(split_value(match["name"])[0] for match in VALUE.finditer(body))


def contact_gaps(edition: Edition, nation: Edition) -> Iterator[tuple[str, str]]:
    """Of each role what nobody has filled in: `đơn vị` also where it says what holds for the whole country."""
    for role in keys.HELP_ROLES:
        helper = edition.helper(role)
        if not helper.unit or (edition.id != nation.id and helper.unit == nation.helper(role).unit):
            yield role, "đơn vị"
        if not helper.phone:
            yield role, "điện thoại"
        if not helper.hours:
            yield role, "giờ"


def edition_values(edition: Edition) -> dict[str, str]:
    """Every `{{ name }}` an edition can fill; empty text means: not known there."""
    found = {
        "tên": edition.name,
        "đơn vị dưới": edition.lower_units,
        "ngân hàng": edition.bank,
        "điểm học": ", ".join(edition.learning_places),
    }
    for key in keys.EDITION_KEYS:
        if key.kind == "channel":
            channel = edition.channel(key.en)
            found |= {key.vi: channel.name, f"địa chỉ {key.vi}": channel.address}
    for role in keys.HELP_ROLES:
        helper = edition.helper(role)
        found |= {f"đơn vị {role}": helper.unit, f"điện thoại {role}": helper.phone, f"giờ {role}": helper.hours}
    return found
