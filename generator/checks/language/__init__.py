"""The rules of plain language: one rule, one file, its docstring in the editor's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.checks.language import (
    abbreviations,
    address,
    alt_text,
    clip,
    foreign,
    freshness,
    jargon,
    length,
    letters,
    look_alikes,
    numerals,
    officialese,
    one_word,
    paragraphs,
    privacy,
    sentences,
    steps,
    terms,
    warnings,
)
from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding

PLAIN_RULES: tuple[Callable[[Matter], Iterator[Finding]], ...] = (
    sentences.check,
    paragraphs.check,
    steps.check,
    address.check,
    one_word.check,
    officialese.check,
    jargon.check,
    terms.check,
    foreign.check,
    abbreviations.check,
    numerals.check,
    warnings.check,
    alt_text.check,
    look_alikes.check,
    clip.check,
    length.check,
    letters.check,
    privacy.check,
    freshness.check,
)
