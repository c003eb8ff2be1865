"""The handbook as an A5 booklet: cover, contents with true page numbers, topics, cards, answers, glossary, whom
to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from markupsafe import Markup

from generator.errors import ProofError
from generator.files import fold
from generator.handbook.model import Card, Edition, Handbook, Help, Part, Phrase, Screen, Term
from generator.items import Bench, Desk, Item, Result
from generator.press.binder import destinations, finish_pdf, page_count
from generator.press.pages import data_address, plain
from generator.press.proof import prove_codes
from generator.products import paper
from generator.products.paper import Lesson, NumberBlock, Shown, WarmSheet

NAME = "hoc-so-co-ban"
CODE_MM = 32.0
FULL_SCREEN_MM = 75.0
"""Higher screens show the rows around the tap only."""
MOST_PASSES = 4
ROLES = {
    "đầu mối": "hỏi về sách này", "thủ tục": "làm giấy tờ", "công an": "căn cước, VNeID, báo lừa đảo",
    "tổ công nghệ số": "cần người kèm dùng máy", "truyền thông": "hỏi tin tức, thông báo", "y tế": "khám chữa bệnh",
}
"""What readers go there for."""


@dataclass(frozen=True)
class Chapter:
    """A topic or card as it stands in the book."""

    lesson: Lesson
    steps: tuple[Shown, ...]
    number: NumberBlock
    answer: str
    part_title: str

    @property
    def id(self) -> str:
        return f"t-{self.lesson.slug}"

    @property
    def answers_id(self) -> str:
        return f"a-{self.lesson.slug}"

    @property
    def code_id(self) -> str:
        return f"q-{self.lesson.slug}"

    @property
    def is_card(self) -> bool:
        return isinstance(self.lesson, Card)

    @property
    def unseen(self) -> str:
        return paper.UNSEEN if paper.has_unseen(self.steps) else ""


@dataclass(frozen=True)
class BookPart:
    id: str
    title: str
    number: NumberBlock | None
    chapters: tuple[Chapter, ...]

    @property
    def code_id(self) -> str:
        return f"c-{self.id}"


@dataclass(frozen=True)
class Book:
    """What the template gets."""

    desk: Desk
    title: str
    volume: str
    place: str
    month: str
    trial: str
    units: tuple[str, ...]
    helper: Help
    helpers: tuple[tuple[str, Help], ...]
    parts: tuple[BookPart, ...]
    terms: tuple[Term, ...]
    numbers: Mapping[str, int]
    """Page of each name, as far as it is known."""

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        return tuple(chapter for part in self.parts for chapter in part.chapters)

    @property
    def has_answers(self) -> bool:
        return not all(chapter.is_card for chapter in self.chapters)

    def at(self, name: str) -> str:
        return str(self.numbers.get(name, ""))

    def letter(self, index: int) -> str:
        return "ABCD"[index]

    def say(self, phrase: Phrase) -> Markup:
        return paper.say(phrase, self.link)

    def link(self, url: str) -> str:
        """An address between topics leads to the page of this book, if it holds that topic."""
        match = re.fullmatch(r"(?:\.\./|\.\./\.\./(?:topics|cards)/)([^/]+)/index\.md", url)
        known = {chapter.lesson.slug for chapter in self.chapters}
        return f"#t-{match[1]}" if match and match[1] in known else ""

    def draw(self, screen: Screen) -> Markup:
        return paper.draw_screen(screen, FULL_SCREEN_MM)

    def picture(self, file: str) -> str:
        return data_address(file, self.desk.picture(file))


@dataclass(frozen=True)
class Volume:
    """The topics of one printed file."""

    name: str
    label: str
    """Empty when the book is one volume."""
    parts: tuple[Part, ...]


def plan(desk: Desk) -> list[Item]:
    sheet = WarmSheet(_style(desk))
    return [_item(desk, volume, sheet) for volume in volumes(desk.handbook)]


def _style(desk: Desk) -> str:
    trial = paper.foot_line(desk.handbook.edition)
    return paper.style_of(desk, "paper.css", "booklet.css").replace('"TRIAL"', paper.css_text(trial))


def volumes(book: Handbook, most: int = paper.VOLUME_TOPICS) -> list[Volume]:
    """The parts that have topics, in books of at most so many."""
    pairs = [(part, slug) for part in _parts(book) for slug in part.topics]
    groups = [pairs[start : start + most] for start in range(0, len(pairs), most)]
    return [
        Volume(NAME if len(groups) == 1 else f"{NAME}-{count}", "" if len(groups) == 1 else f"tập {count}",
               tuple(_regroup(group)))
        for count, group in enumerate(groups, 1)
    ]


def _parts(book: Handbook) -> list[Part]:
    """Topics in no part come last, then the cards; a lesson without a number has no place in print."""
    listed = {slug.text for part in book.parts for slug in part.topics}
    others = tuple(Phrase(topic.slug) for topic in book.topics if topic.slug not in listed)
    cards = tuple(Phrase(card.slug) for card in book.cards if card.slug not in listed)
    parts = [*book.parts, Part("bai-them", len(book.parts) + 1, "Bài thêm", others),
             Part("giay-to", len(book.parts) + 2, "Làm giấy tờ", cards)]
    return [replace(part, topics=tuple(slug for slug in part.topics if _printable(book, slug.text))) for part in parts]


def _printable(book: Handbook, slug: str) -> bool:
    return bool(slug in book.by_slug and book.number_of(slug))


def _regroup(pairs: Sequence[tuple[Part, Phrase]]) -> Iterator[Part]:
    for part in dict.fromkeys(part for part, _ in pairs):
        yield replace(part, topics=tuple(slug for own, slug in pairs if own == part))


def _item(desk: Desk, volume: Volume, sheet: WarmSheet) -> Item:
    book = desk.handbook
    lessons = _lessons(book, volume)
    pictures = [desk.picture(file) for lesson in lessons for file in paper.picture_files(lesson)]
    targets = [*(lesson.slug for lesson in lessons), *(f"part:{part.id}" for part in volume.parts)]
    digest = desk.digest(
        "booklet", volume, lessons, [book.number_of(target) for target in targets], book.name, book.glossary,
        paper.place_facts(book.edition), paper.month_of(desk.moment), desk.browser, *pictures,
    )
    files = (*paper.sources(book, lessons), "content/glossary.yml")
    return Item("booklet", f"booklet:{volume.name}", digest, lambda bench: make_booklet(desk, volume, sheet, bench),
                files, paper=True)


def _lessons(book: Handbook, volume: Volume) -> list[Lesson]:
    return [book.by_slug[slug.text] for part in volume.parts for slug in part.topics]


def make_booklet(desk: Desk, volume: Volume, sheet: WarmSheet, bench: Bench) -> Result:
    book = compose(desk, volume)
    pdf, pages = _print(book, f"booklet-{desk.handbook.edition.id}-{volume.name}", sheet, bench)
    title = f"{book.title}, {book.volume}" if book.volume else book.title
    pdf = finish_pdf(pdf, title=title, moment=paper.month_start(desk.moment), subject=book.place)
    paper.prove_fonts(pdf, volume.name)
    prove_codes(pdf, code_pages(book, pages))
    files = {f"{folder}/booklets/{volume.name}-a5.pdf": pdf for folder in ("print", "site/downloads")}
    return Result(files, {"pages": page_count(pdf), "title": title})


def _print(book: Book, key: str, sheet: WarmSheet, bench: Bench) -> tuple[bytes, dict[str, int]]:
    """Prints with the page numbers of the last build; again only when they moved. The result is the same
    whatever was remembered: it counts when every printed number is the true one."""
    remembered = bench.recall(key)
    pages: dict[str, int] = remembered if isinstance(remembered, dict) else {}
    warm = sheet.on(bench.browser)
    for _ in range(MOST_PASSES):
        html = paper.draw_html(book.desk, "booklet.html", replace(book, numbers=pages))
        warm.fill(html, book.title, running_heads(book))
        pdf = warm.pdf(*paper.A5_MM)
        found = destinations(pdf)
        if found == pages:
            bench.remember(key, found)
            return pdf, found
        pages = found
    raise ProofError("Số trang trong mục lục không đứng yên.", "The page numbers of the contents do not settle.")


def compose(desk: Desk, volume: Volume) -> Book:
    book, edition = desk.handbook, desk.handbook.edition
    parts = tuple(_book_part(desk, part) for part in volume.parts)
    lessons = _lessons(book, volume)
    return Book(
        desk=desk, title=book.name, volume=volume.label, place=f"Bản: {edition.name}",
        month=paper.month_of(desk.moment), trial=paper.foot_line(edition),
        units=tuple(dict.fromkeys(lesson.office.unit for lesson in lessons)), helper=paper.contact(edition),
        helpers=tuple(_helpers(edition)),
        parts=parts, terms=used_terms(book.glossary, lessons), numbers={},
    )


def _helpers(edition: Edition) -> Iterator[tuple[str, Help]]:
    """A unit that helps with several things stands once."""
    known = [helper for helper in edition.help if helper.role in ROLES]
    units = dict.fromkeys((helper.unit, helper.phone, helper.hours) for helper in known)
    for unit in units:
        same = [helper for helper in known if (helper.unit, helper.phone, helper.hours) == unit]
        roles = ", ".join(ROLES[helper.role] for helper in same)
        yield roles[:1].upper() + roles[1:], same[0]


def _book_part(desk: Desk, part: Part) -> BookPart:
    lessons = [desk.handbook.by_slug[slug.text] for slug in part.topics]
    known = desk.handbook.number_of(f"part:{part.id}")
    number = paper.number_block(desk.handbook, f"part:{part.id}", CODE_MM) if known else None
    return BookPart(f"p-{part.id}", part.title, number, tuple(_chapter(desk, lesson, part.title) for lesson in lessons))


def _chapter(desk: Desk, lesson: Lesson, part_title: str) -> Chapter:
    steps = tuple(paper.show_step(desk, step, FULL_SCREEN_MM) for step in lesson.steps)
    number = paper.number_block(desk.handbook, lesson.slug, CODE_MM)
    return Chapter(lesson, steps, number, paper.accountability(lesson, desk.handbook.edition), part_title)


def running_heads(book: Book) -> str:
    """The part on left pages, the topic on right ones."""
    look = "font: 500 10pt Roboto; vertical-align: bottom; padding-bottom: 2.5mm;"
    heads = []
    for chapter in book.chapters:
        sides = (("left", chapter.part_title), ("right", plain(chapter.lesson.title)))
        for side, words in sides:
            box = f"@top-{side} {{ content: {paper.css_text(words)}; {look} }}"
            heads.append(f"@page {chapter.id}:{side} {{ {box} }}")
    return "\n".join(heads)


def code_pages(book: Book, pages: Mapping[str, int]) -> dict[int, set[str]]:
    """Which codes each page must show."""
    found: dict[int, set[str]] = {}
    for chapter in book.chapters:
        found.setdefault(pages[chapter.code_id], set()).add(chapter.number.url)
    for part in book.parts:
        if part.number:
            found.setdefault(pages[part.code_id], set()).add(part.number.url)
    return found


# Words of the glossary.


def used_terms(glossary: Sequence[Term], lessons: Sequence[Lesson]) -> tuple[Term, ...]:
    """The terms a reader of these lessons meets, by the alphabet."""
    text = "\n".join(word for lesson in lessons for word in learner_words(lesson))
    found = [term for term in glossary if any(_stands(name, term, text) for name in (term.name, *term.aliases))]
    return tuple(sorted(found, key=lambda term: fold(term.name)))


def _stands(name: str, term: Term, text: str) -> bool:
    """With a capital at a sentence's start too; a word we avoid only as it is (`app` is no `App Store`)."""
    forms = {name} if term.replace else {name, name[:1].upper() + name[1:]}
    return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) for form in forms)


TRAINERS = ("trainer", "clip", "office", "body")


def learner_words(thing: Any) -> Iterator[str]:
    """All words of a lesson that stand in this book."""
    if isinstance(thing, Phrase):
        yield plain(thing)
    elif isinstance(thing, tuple):
        for part in thing:
            yield from learner_words(part)
    elif is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            if field.name not in TRAINERS:
                yield from learner_words(getattr(thing, field.name))
