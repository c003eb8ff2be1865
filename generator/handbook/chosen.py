"""Which editions a command names: one, some, a place with all below it, or all."""

from __future__ import annotations

from collections.abc import Sequence

from generator.ground.errors import UsageError
from generator.ground.unseen import shown
from generator.handbook.editions import ROOT
from generator.handbook.mistakes import listed
from generator.handbook.model import Edition

ALL = "all"


def chosen_editions(editions: Sequence[Edition], asked: str) -> tuple[str, ...]:
    """Ids of `all`, of `PARENT` with all below it, or of `ID,ID`; those that others stand on come first."""
    if asked.strip() == ALL:
        names = {edition.id for edition in editions}
    elif "," in asked or not asked.strip():
        names = {known_edition(name.strip(), editions).id for name in asked.split(",") if name.strip()}
    else:
        parent = known_edition(asked.strip(), editions).id
        names = {edition.id for edition in editions if parent in edition.layers}
    if not names:
        raise UsageError("--editions chưa nêu bản nào: ghi `all`, một nơi, hay `mã,mã`.",
                         "--editions names none: write `all`, a place, or `ID,ID`.")
    chosen = sorted((edition for edition in editions if edition.id in names), key=lambda edition: len(edition.layers))
    return tuple(edition.id for edition in chosen)


def known_edition(name: str, editions: Sequence[Edition]) -> Edition:
    found = next((edition for edition in editions if edition.id == name), None)
    if found is None:
        there, name = listed(name, [edition.id for edition in editions]), shown(name)
        raise UsageError(f"Không có bản `{name}`. Có: {there}.", f"There is no edition `{name}`. There are: {there}.")
    return found


def communes(editions: Sequence[Edition]) -> list[str]:
    """Those that no other stands on: whose papers are handed out."""
    below = {layer for edition in editions for layer in edition.layers if layer != edition.id}
    return [edition.id for edition in editions if edition.id not in (ROOT, *below)]
