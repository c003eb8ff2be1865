"""Leaflets that save ink, on request: grounds and bands are outlines, letters black, codes as they are."""

from __future__ import annotations

from dataclasses import replace

from generator.engine.items import Bench, Desk, Item
from generator.ground.findings import Text
from generator.handbook.printed import of_part
from generator.press.binder.facts import page_count
from generator.press.pages import plain
from generator.products.lesson import Lesson, part_of
from generator.products.papers.parts.laying import pairs, to_read
from generator.products.papers.parts.printing import Making, join_results, keep_paper
from generator.products.papers.parts.two_sides import LEAFLET, make_leaflet, plan_leaflets
from generator.products.product import Kind, Product

INK = replace(LEAFLET, file="print/leaflets/*-ink.pdf", styles=(*LEAFLET.styles, "ink.css"), shelf=None)
PAIRS = Kind("print/leaflets/*-ink-2up.pdf", about="lesson", code_mm=25, made_of=INK.file, laid="pairs")
PRODUCT = Product("ink", Text("tờ rơi đỡ mực", "ink-saving leaflets"), (INK, PAIRS), standard=False, signed=True)
SAID = ", đỡ mực"


def plan(desk: Desk) -> list[Item]:
    return plan_leaflets(desk, "ink", make_ink)


def make_ink(desk: Desk, lesson: Lesson, bench: Bench) -> Making:
    """As it is read, and two on a sheet, as it is printed: whoever saves ink prints at the office."""
    made = yield from make_leaflet(desk, lesson, bench, INK, SAID)
    file, title = INK.path(lesson.slug), f"{plain(lesson.title)}{SAID}, hai tờ một khổ A4"
    pdf = pairs([made.files[file]], to_read(desk, title, file, [lesson], of_part(part_of(desk.handbook, lesson))))
    codes = {code for there in made.codes[file].values() for code in there}
    facts = {"pages": page_count(pdf), "title": title}
    return join_results(made, keep_paper(PAIRS, lesson.slug, pdf, facts, {0: codes}))
