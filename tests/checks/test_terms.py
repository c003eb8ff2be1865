"""A hard word is explained once on the way: what a lesson that comes first has told needs no second telling."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.checks.language.terms import check
from generator.checks.looking.matter import Matter
from generator.ground.files import Project
from generator.ground.findings import Place
from generator.handbook.model import Bullets, Paragraph, Phrase, Term, Topic
from generator.handbook.read import read_handbook
from tests.projects import make_project

NAMES = ("mã vuông", "thẻ lạ", "sổ mây", "túi số", "ví gió")
GLOSSARY = tuple(Term(name, Phrase(f"nghĩa riêng {at}")) for at, name in enumerate(NAMES))


def lesson(like: Topic, slug: str, words: str, *before: str) -> Topic:
    nothing = (Bullets((Phrase("Không có gì."),)),)
    office = replace(like.office, prerequisites=tuple(map(Phrase, before)))
    opening = (Paragraph(Phrase(words, Place(slug))),)
    return replace(like, slug=slug, opening=opening, prepare=nothing, steps=(), practice=nothing, troubles=(),
                   safety=(), remember=(), clip=(), further=(), office=office)


TOLD, BARE = "Mã vuông là nghĩa riêng 0.", "Cầm mã vuông lên."
CASES: dict[str, tuple[list[tuple[str, str, tuple[str, ...]]], list[str]]] = {
    # Lessons as slug, words, what comes first → what is said, of which lesson.
    "told in it": ([("mot", TOLD, ())], []),
    "told nowhere": ([("mot", BARE, ())], ["mot term.unexplained"]),
    "told before": ([("mot", TOLD, ()), ("hai", BARE, ("mot",))], []),
    "told long before": ([("mot", TOLD, ()), ("hai", "Trời mát.", ("mot",)), ("ba", BARE, ("hai",))], []),
    "told elsewhere": ([("mot", TOLD, ()), ("hai", BARE, ())], ["hai term.unexplained"]),
    "told after": ([("mot", BARE, ()), ("hai", TOLD, ("mot",))], ["mot term.unexplained"]),
    "each first of the other": ([("mot", BARE, ("hai",)), ("hai", BARE, ("mot",))],
                                ["mot term.unexplained", "hai term.unexplained"]),
    "too many": ([("mot", " ".join(f"{name.capitalize()} là nghĩa riêng {at}." for at, name in enumerate(NAMES)), ())],
                 ["mot term.too-many"]),
    "four of which one is known": (
        [("mot", TOLD, ()),
         ("hai", " ".join(f"{name.capitalize()} là nghĩa riêng {at}." for at, name in enumerate(NAMES[:4])), ("mot",))],
        []),
}


@pytest.mark.parametrize("case", CASES)
def test_words_explained_on_the_way(tmp_path: Path, case: str) -> None:
    written, told = CASES[case]
    project = Project(make_project(tmp_path))
    reading = read_handbook(project)
    topics = tuple(lesson(reading.handbook.topics[0], slug, words, *before) for slug, words, before in written)
    book = replace(reading.handbook, topics=topics, cards=(), alerts=(), glossary=GLOSSARY)
    matter = Matter(project, replace(reading, handbook=book))
    assert [f"{finding.place.file} {finding.rule}" for finding in check(matter)] == told
