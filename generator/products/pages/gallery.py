"""On request: every scene, piece and row of a screen, in colour and in grey, for the editor who picks one by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.engine.items import Desk, Item, Result
from generator.ground.findings import Text
from generator.handbook.lesson.examples import EXAMPLES, example
from generator.handbook.lesson.rows import KINDS
from generator.handbook.model import Drawing, Handbook
from generator.press.phone.drawing import draw_phone
from generator.press.scene import draw_scene
from generator.press.squeeze import squeeze_style
from generator.products.lesson import part_class
from generator.products.product import Product

PRODUCT = Product("gallery", Text("bảng hình vẽ", "gallery of drawings"), standard=False, theme=("gallery",))

FILE = "gallery.html"
STYLES = ("tokens.css", "gallery/gallery.css")
PHONE_MM = 45.0


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

    @property
    def scenes(self) -> Iterator[Shown]:
        for drawing in self.book.drawings:
            users = [lesson for lesson in self.book.lessons if lesson.drawing and lesson.drawing.name == drawing.name]
            yield Shown(drawing, tuple(lesson.slug for lesson in users),
                        part_class(self.book, users[0]) if users else "part-cards")

    @property
    def pieces(self) -> Iterator[Shown]:
        yield from (Shown(piece, (), "part-cards") for piece in self.book.pieces)

    @property
    def rows(self) -> Iterator[tuple[str, str, Markup]]:
        yield from ((EXAMPLES[kind.name], kind.doc, Markup(draw_phone(example(kind.name), width_mm=PHONE_MM)))
                    for kind in KINDS.values())


def plan(desk: Desk) -> list[Item]:
    book = desk.handbook
    users = [(lesson.slug, lesson.drawing, part_class(book, lesson)) for lesson in book.lessons]

    def make(_: object) -> Result:
        page = GalleryPage(book, squeeze_style(desk.theme.text(*STYLES)))
        return Result({FILE: desk.theme.draw("gallery/gallery.html", page).encode()},
                      {"title": "Bảng hình vẽ", "drawings": len(book.drawings), "pieces": len(book.pieces)})

    return [Item("gallery", "gallery", desk.digest("gallery", book.drawings, book.pieces, users), make, ())]
