"""On request: every scene, piece, sign, gesture and row of a screen, in colour and in grey, for the editor who picks
one by name; and the scenes small and grey without their names, for somebody who does not know them to say which lesson
is which."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from generator.engine.items import Desk, Item, Result
from generator.ground.files import digest_of
from generator.ground.findings import Place, Text
from generator.handbook.lesson.examples import EXAMPLES, example
from generator.handbook.lesson.rows import HOLD, KEYS, KINDS, SEVERAL, SIDE, UNSURE
from generator.handbook.lesson.screens import read_screen
from generator.handbook.model import Drawing, Handbook
from generator.press.pages import plain
from generator.press.phone.drawing import draw_phone
from generator.press.phone.ink import PICTURE_NAMES, icon
from generator.press.scene import draw_scene
from generator.press.squeeze import squeeze_style
from generator.products.lesson import NO_PART, Lesson, draft_line, part_class
from generator.products.product import Beside, Product

FILE, BLIND = "gallery.html", "gallery-blind.html"
PRODUCT = Product("gallery", Text("bảng hình vẽ", "gallery of drawings"), standard=False,
                  theme=("gallery", "print/icons.html"), beside=(Beside(FILE), Beside(BLIND)))

ALIKE = "gallery/alike.txt"
ICONS = "print/icons.html"
STYLES = ("tokens.css", "gallery/gallery.css")


@dataclass(frozen=True)
class Shown:
    """One drawing and who shows it."""

    drawing: Drawing
    users: tuple[str, ...]
    part: str
    """The class that gives its accent."""

    @property
    def svg(self) -> Markup:
        return draw_scene(self.drawing, told=False)


@dataclass(frozen=True)
class GalleryPage:
    """What the template gets."""

    book: Handbook
    style: str
    drawn_signs: str = ""
    """The template that draws them."""

    @property
    def draft(self) -> str:
        """Drawings are part of the lessons they are signed with."""
        return draft_line(self.book.lessons)

    @property
    def scenes(self) -> Iterator[Shown]:
        for drawing in self.book.drawings:
            users = [lesson for lesson in self.book.lessons if lesson.drawing and lesson.drawing.name == drawing.name]
            yield Shown(drawing, tuple(lesson.slug for lesson in users),
                        part_class(self.book, users[0]) if users else NO_PART)

    @property
    def pieces(self) -> Iterator[Shown]:
        yield from (Shown(piece, (), NO_PART) for piece in self.book.pieces)

    @property
    def rows(self) -> Iterator[tuple[str, str, Markup]]:
        yield from ((EXAMPLES[kind.name], kind.doc, Markup(draw_phone(example(kind.name), scale=1)))
                    for kind in KINDS.values())

    @property
    def gestures(self) -> Iterator[tuple[str, Markup]]:
        """Of every kind of row that says what the hand does or which key it presses, all there are."""
        words = [f"{kind.name}: {word}" for kind in KINDS.values() if kind.tap or kind.name == KEYS
                 for word in kind.words if word != UNSURE]
        for row in (f"=> {words}" for words in (*words, f"{HOLD} {SIDE}: nguồn", f"{HOLD} {SEVERAL[0]}: Đèn pin")):
            screen, _ = read_screen([row], Place("", 1, 1))
            if screen:
                yield row, Markup(draw_phone(screen, scale=1))

    @property
    def pictures(self) -> Iterator[tuple[str, Markup]]:
        """Those that `hình:` and names of apps put on a screen, each with all its names."""
        yield from ((names, Markup(f'<svg viewBox="0 0 24 24">{icon(names.partition(",")[0], 0, 0, 24)}</svg>'))
                    for names in PICTURE_NAMES)

    @property
    def signs(self) -> tuple[str, ...]:
        """Names of those beside headings, warnings and steps without a screen."""
        return tuple(re.findall(r'name == "(\w+)"', self.drawn_signs))


@dataclass(frozen=True)
class Riddle:
    """A scene with the titles of four lessons, one of them its own."""

    number: int
    svg: Markup
    titles: tuple[str, ...]
    answer: int
    """Counted from 1."""


@dataclass(frozen=True)
class BlindPage(GalleryPage):
    """What the template gets."""

    alike: tuple[frozenset[str], ...] = ()

    @property
    def riddles(self) -> Iterator[Riddle]:
        """In an order, and with other titles, that its name decides: the same everywhere, foreseen by nobody."""
        lessons = [lesson for lesson in self.book.lessons if lesson.drawing and lesson.drawing.name == lesson.slug]
        for number, lesson in enumerate(sorted(lessons, key=lambda one: digest_of("place", one.slug)), start=1):
            four = sorted(self.four(lesson, lessons), key=lambda one: digest_of("row", lesson.slug, one.slug))
            assert lesson.drawing
            yield Riddle(number, draw_scene(lesson.drawing, told=False), tuple(plain(one.title) for one in four),
                         four.index(lesson) + 1)

    def four(self, lesson: Lesson, lessons: list[Lesson]) -> list[Lesson]:
        """It and one whose scene is taken for its own; then two who are as near each other, lest the one pair tell
        where the answer is."""
        row, left = [lesson], sorted((one for one in lessons if one is not lesson),
                                     key=lambda one: digest_of("other", lesson.slug, one.slug))

        def add(*wishes: Callable[[Lesson], bool]) -> None:
            if left:
                row.append(next((one for wish in wishes for one in left if wish(one)), left[0]))
                left.remove(row[-1])

        part = partial(part_class, self.book)
        add(lambda one: self.are_alike(one, lesson), lambda one: part(one) == part(lesson))
        if part(row[-1]) == part(lesson):
            add(lambda one: part(one) != part(lesson))
            near = row[-1]
            add(lambda one: self.are_alike(one, near) and part(one) == part(near), lambda one: part(one) == part(near))
        else:  # one of each part, and the answer is of neither more
            mate = row[-1]
            add(lambda one: part(one) == part(lesson))
            add(lambda one: part(one) == part(mate))
        return row

    def are_alike(self, one: Lesson, other: Lesson) -> bool:
        return any({one.slug, other.slug} <= group for group in self.alike)


def alike_of(text: str) -> tuple[frozenset[str], ...]:
    """Groups of lessons whose scenes are taken for each other, a line each."""
    return tuple(frozenset(line.split()) for line in text.splitlines() if line.strip() and not line.startswith("#"))


def plan(desk: Desk) -> list[Item]:
    book = desk.handbook
    users = [(lesson.slug, lesson.title, lesson.drawing, part_class(book, lesson)) for lesson in book.lessons]

    def make(_: object) -> Result:
        page = GalleryPage(book, squeeze_style(desk.theme.text(*STYLES)), desk.theme.text(ICONS))
        blind = BlindPage(book, page.style, alike=alike_of(desk.theme.text(ALIKE)))
        files = {FILE: desk.theme.draw("gallery/gallery.html", page).encode(),
                 BLIND: desk.theme.draw("gallery/blind.html", blind).encode()}
        return Result(files, {"title": "Bảng hình vẽ", "drawings": len(book.drawings), "pieces": len(book.pieces)})

    digest = desk.digest("gallery", book.drawings, book.pieces, users, draft_line(book.lessons))
    return [Item("gallery", "gallery", digest, make, ())]
