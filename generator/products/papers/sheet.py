"""Single sheets: one for the wall of a `Gia đình số`, and one with every number and its code.

The emergency numbers on the wall are those that the topic `viec-khan-cap` prints bold in its steps, with the words
that follow them: a fact stands in one place, is confirmed there, and changes there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from markupsafe import Markup

from generator.engine.items import Bench, Desk, Item
from generator.ground.errors import RefusedError
from generator.ground.findings import Finding, Place, Text, error, warning
from generator.handbook import keys
from generator.handbook.model import Handbook, Phrase, Topic
from generator.handbook.printed import of_part, of_path
from generator.press.pages import plain
from generator.products.lesson import NO_PART, Lesson, colours_of, part_label, shared_accountability
from generator.products.papers.parts import gist
from generator.products.papers.parts.drawing import ManyPage, NumberBlock, PaperPage
from generator.products.papers.parts.printing import OVERFLOW, Making, Paper, plan_paper, print_paper
from generator.products.papers.parts.urgent import UNSURE, Call, unconfirmed, urgent_calls
from generator.products.papers.parts.words import css_text
from generator.products.product import SHEETS, Kind, Product

WALL_SHEET = Kind("print/sheets/gia-dinh-so.pdf", "wall.html", ("paper.css", "wall.css"), pages=1, shelf=SHEETS,
                  code_mm=25)
CODE_SHEET = Kind("print/sheets/ma-so.pdf", "codes.html", ("paper.css", "codes.css"), shelf=SHEETS, code_mm=25)
PRODUCT = Product("sheet", Text("tờ dán tường, tờ mã", "wall and code sheets"), (WALL_SHEET, CODE_SHEET))

OUTLINE = Place("content/handbook.yml")
WALL_TOPICS = ("quet-ma-qr", "tranh-lua-dao", "viec-khan-cap", "giu-mat-khau-otp", "cai-vneid", "chuyen-tien-tra-tien")
"""What every home needs; where a commune's edition lacks one, the next of the path takes its place."""
WALL_PATH, WALL_COUNT = "gia-dinh-so", 6
URGENT_TOPIC = "viec-khan-cap"
WALL_CODE_MM = 27.0
WHOLE = "book-whole"
"""The class of the colours of what is of no single part."""
CHANNEL_VALUES = tuple(name for key in keys.CHANNELS for name in (key, f"địa chỉ {key}"))
"""A channel stands on the sheet of codes by its name, and only where its address is known."""
OWN = ("Địa chỉ nhà mình", "Con, cháu", "Hàng xóm", "Ngân hàng, số in sau thẻ", "Nhà mạng, để khóa sim")


@dataclass(frozen=True)
class Entry:
    """One code with its title."""

    title: Phrase | str
    number: NumberBlock


Group: TypeAlias = tuple[str, str, tuple[Entry, ...]]
"""Codes under one title, with the class of its colours."""


@dataclass(frozen=True)
class SheetPage(ManyPage):
    """What the templates get."""

    calls: tuple[Call, ...] = ()
    unsure: str = ""
    entries: tuple[Entry, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()
    """Whom to call at home or in the commune; without a phone it is left to write in."""
    groups: tuple[Group, ...] = ()

    def say(self, phrase: Phrase | str) -> Markup:
        return gist.say(phrase)


def plan(desk: Desk) -> list[Item]:
    book, items = desk.handbook, []
    if wall := wall_lessons(book):
        shown = book.topic(URGENT_TOPIC), [(lesson.title, book.number_of(lesson.slug)) for lesson in wall]
        items.append(_item(desk, "gia-dinh-so", partial(make_wall, desk, wall), wall, shown))
    if groups := tuple(code_groups(desk)):
        items.append(_item(desk, "ma-so", partial(make_codes, desk, groups), book.lessons, groups, _all_names(desk)))
    return items


def _item(
    desk: Desk, name: str, make: Callable[[Bench], Making], lessons: tuple[Lesson, ...], shown: object,
    prints: Sequence[str] = (),
) -> Item:
    return plan_paper(desk, "sheet", name, make, lessons, shown, shared_accountability(lessons, desk.handbook.edition),
                      prints=prints)


# The wall at home.


def wall_lessons(book: Handbook) -> tuple[Lesson, ...]:
    path = next((path for path in book.paths if path.id == WALL_PATH), None)
    wanted = (*WALL_TOPICS, *(slug.text for slug in (path.topics if path else ())))
    there = [book.by_slug[slug] for slug in dict.fromkeys(wanted) if slug in book.by_slug and book.number_of(slug)]
    return tuple(there[:WALL_COUNT])


def make_wall(desk: Desk, lessons: tuple[Lesson, ...], _bench: Bench) -> Making:
    book, topic, title = desk.handbook, desk.handbook.topic(URGENT_TOPIC), "Tờ dán tường Gia đình số"
    calls, number_of = urgent_calls(topic), PaperPage(desk).number_block
    page = SheetPage(
        desk, lessons, calls=calls, unsure=UNSURE if unconfirmed(topic, calls) else "",
        entries=tuple(Entry(lesson.title, number_of(lesson.slug, WALL_CODE_MM)) for lesson in lessons),
        lines=tuple(_lines(book)),
    )
    paper = Paper(WALL_SHEET, "", title, page, author=plain(book.name),
                  codes={1: {entry.number.url for entry in page.entries}})
    made = yield from print_paper(desk, paper, OVERFLOW, ".wall", _refuse_overflow)
    return replace(made, findings=_missing(page, topic))


def _refuse_overflow(over_mm: float) -> None:
    if over_mm > 0.5:
        raise RefusedError(error("paper.too-long/wall", OUTLINE, over=over_mm))


def _lines(book: Handbook) -> Iterator[tuple[str, str]]:
    """The house's own numbers, then police and whom to ask, as the edition knows them."""
    yield from ((told, "") for told in OWN)
    police, helper = book.edition.helper("công an"), book.edition.contact
    yield _first_up(police.unit or "Công an xã, phường"), police.phone
    yield _first_up(helper.unit or "Nơi hỏi"), helper.phone


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]


def _missing(page: SheetPage, topic: Topic | None) -> tuple[Finding, ...]:
    found = []
    if not page.calls:
        found.append(warning(
            "paper.calls", topic.title.place if topic else OUTLINE,
            (f"Tờ Gia đình số không có số khẩn cấp: bài {URGENT_TOPIC} không có bước nào in đậm ba chữ số.",
             f"The wall sheet has no emergency numbers: no step of {URGENT_TOPIC} has three bold digits."),
            ("Ghi trong một bước, như **115** cấp cứu.", "Write them in a step, such as **115** cấp cứu."),
        ))
    if len(page.entries) < WALL_COUNT:
        found.append(warning(
            "paper.few-codes", OUTLINE,
            (f"Tờ Gia đình số chỉ có {len(page.entries)} mã.", f"The wall sheet has only {len(page.entries)} codes."),
            (f"Thêm bài vào các phần cho đủ {WALL_COUNT}.", f"Add topics to the parts until there are {WALL_COUNT}."),
        ))
    return tuple(found)


# Every number.


def code_groups(desk: Desk) -> Iterator[Group]:
    """Topics part by part, cards, then what opens a whole part or path."""
    book = desk.handbook
    parts = [(f"{part_label(part)}. {part.title}", part) for part in book.parts]
    known: dict[str, Phrase | str] = {slug: lesson.title for slug, lesson in book.by_slug.items()}
    groups: list[tuple[str, str, list[tuple[Phrase | str, str]]]] = [
        *((title, colours_of(part), [(known[slug.text], slug.text) for slug in part.topics if slug.text in known])
          for title, part in parts),
        ("Làm giấy tờ", NO_PART, [(card.title, card.slug) for card in book.cards]),
        ("Bài cho từng người", WHOLE, [(path.title, f"path:{path.id}") for path in book.paths]),
        ("Cả phần", WHOLE, [(title, f"part:{part.id}") for title, part in parts]),
        ("Kênh tin", WHOLE,
         [(channel.name, f"channel:{key}") for key, channel in book.edition.channels if channel.address]),
    ]
    for title, colours, targets in groups:
        number_of = PaperPage(desk).number_block
        if entries := tuple(Entry(name, number_of(target)) for name, target in targets if book.number_of(target)):
            yield title, colours, entries


def _all_names(desk: Desk) -> tuple[str, ...]:
    """Of what the sheet of all numbers prints besides lessons."""
    return (*CHANNEL_VALUES, *map(of_part, desk.handbook.parts), *map(of_path, desk.handbook.paths))


def make_codes(desk: Desk, groups: tuple[Group, ...], _bench: Bench) -> Making:
    page = SheetPage(desk, desk.handbook.lessons, groups=groups)
    return print_paper(desk, Paper(
        CODE_SHEET, "", "Mọi số và mã", page, author=plain(desk.handbook.name), css=_foot_style(page),
        codes={0: {entry.number.url for *_, entries in groups for entry in entries}}, prints=_all_names(desk),
    ))


def _foot_style(page: SheetPage) -> str:
    trial = css_text(f"{page.trial}. " if page.trial else "")
    return (f"@page {{ @bottom-left {{ content: {css_text(page.answer)} }} "
            f'@bottom-right {{ content: {trial} "Trang " counter(page) }} }}')
