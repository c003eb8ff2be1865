"""Mistakes of keys and types in their words, and the word that was most likely meant."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any

from generator.ground.files import Source, fold
from generator.ground.findings import Edit, Finding, Place, Text, error
from generator.ground.unseen import MOST_TOLD, code_of, find_unseen
from generator.handbook import keys
from generator.handbook.yaml_tree import Leaf

SURE = 0.8
"""How alike two words must be before one is written for the other."""
CLEARLY = 0.1
"""How much less alike the next best word must be."""
MOST_LISTED = 12
"""Names in one line."""
MOST_GUESSED = 50
"""Unknown names of one place for which the likely one is looked for: a pasted table holds thousands."""
MOST_COMPARED = 80
"""Letters: what was pasted is no name."""


def not_known(
    rule: str, place: Place, name: str, *, known: Collection[str], spell: bool = False, slips: bool = False,
    told: int = 0, **words: Any,
) -> Finding:
    """A name that is in no closed list, and the one that was most likely meant; `spell` lets `--fix` write that. `told`
    is how many are told already."""
    likely = nearest(name, known) if told < MOST_GUESSED else None
    if likely:
        rule = f"{rule.partition('/')[0]}/likely"
    edits = spelled(place, name, likely, slips=slips) if spell and likely else ()
    return error(rule, place, edits=edits, name=name, likely=likely, **words)


def unknown_key(name: Leaf, known: Collection[str], told: int) -> Finding:
    return not_known("key.unknown", name.place, name.text, known=known, spell=True, slips=True, told=told)


def listed(name: str, known: Iterable[str]) -> str:
    """What may stand there, in the order of likeness: where another word would mean something else, a status, a place,
    whom to ask, nobody is told which one was meant, and nothing is written."""
    words = sorted(known, key=lambda word: -_likeness(name[:MOST_COMPARED], word))
    return ", ".join(f"`{word}`" for word in words[:MOST_LISTED]) + (", …" if len(words) > MOST_LISTED else "")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name an editor most likely meant; typed without accents counts as the same."""
    plain = {fold(word): word for word in known}
    match = difflib.get_close_matches(fold(name), plain, n=1, cutoff=0.72)
    return plain[match[0]] if match else None


def spelled(place: Place, word: str, wish: str, *, slips: bool = False) -> tuple[Edit, ...]:
    """A known word for one that differs from it in accents and capitals only.

    With `slips` also for a wrong letter that leaves no doubt: for names of keys and sections, never for a value
    whose other reading would mean something else (a status, a slug, a day, a unit)."""
    sure = fold(word) == fold(wish) or (slips and _is_clear(word, wish))
    return (Edit(place, word, wish),) if sure else ()


def _is_clear(word: str, wish: str) -> bool:
    """Alike enough, and nothing else is nearly as alike."""
    others = [_likeness(word, name) for name in _closed_names() if fold(name) != fold(wish)]
    return _likeness(word, wish) >= max(SURE, max(others) + CLEARLY)


def _likeness(one: str, two: str) -> float:
    return difflib.SequenceMatcher(None, fold(one), fold(two)).ratio()


@cache
def _closed_names() -> tuple[str, ...]:
    tables = [value for name, value in vars(keys).items() if name.endswith("_KEYS")]
    words = [key.vi for table in tables for key in table]
    sections = [name for name, _ in (*keys.SECTIONS, *keys.CARD_SECTIONS)]
    return tuple(dict.fromkeys([*words, *keys.STATUS_WORDS, *keys.HELP_ROLES, *keys.FRAMES, *sections]))


def unseen_signs(source: Source, findings: Iterable[Finding]) -> Iterator[tuple[Place, str]]:
    """Each with its code, but for those that nothing could be read because of."""
    told = {finding.place for finding in findings if finding.rule == "yaml.odd-letter"}
    for sign in islice(find_unseen(source.text), MOST_TOLD):
        if source.place(sign.start()) not in told:
            yield source.place(sign.start()), code_of(sign[0])


def wrong_type(place: Place, vi: str, en: str) -> Finding:
    return error("key.type", place, wish=Text(vi, en))
