"""What one process is to make at one go, and which of it stands published already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.engine.items import Item
from generator.engine.tree import of_lessons


@dataclass(frozen=True)
class Task:
    """What one process makes at one go."""

    edition: str
    known: Mapping[str, str] = field(default_factory=dict)
    """Keys of what stands published, by item: for needs this build was not asked to make."""
    standing: frozenset[str] = frozenset()
    """Products that stand published."""
    damaged: frozenset[str] = frozenset()
    """Products of which a published file is damaged."""
    lapsed: frozenset[str] = frozenset()
    """Products that show what was signed when they were made, and is so no more."""
    shown: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Of items that show it, by name, the sources of what stands published."""
    mends: bool = False
    """Nothing but those is to be made."""
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Where nobody knows which items stand: sources of what stands, by product."""
    share: tuple[int, int] | None = None
    """Of the items that need no other, every n-th from the k-th on; nothing: all items."""


def stands(item: Item, task: Task) -> bool:
    """Whether this lies there: of what lapsed, a paper of the same lessons or more, for a book released with one would
    come back under its name as a book of drafts. Where our note is gone, what is of lessons of which nothing lies there
    does not."""
    if not task.known:
        own = of_lessons(item.sources)
        return not own or not own.isdisjoint(task.words.get(item.product, ()))
    if item.product not in task.lapsed - task.damaged:
        return item.name in task.known
    then = task.shown.get(item.name)
    return then is not None and (not item.paper or of_lessons(item.sources) <= then)
