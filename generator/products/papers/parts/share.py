"""Pictures of a lesson for sharing, and a post ready to send with them. Part of the product `poster`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial

from markupsafe import Markup

from generator.engine.items import Desk, Item, Result
from generator.ground.errors import RefusedError
from generator.ground.files import beside
from generator.ground.findings import error
from generator.handbook.model import Handbook, Topic
from generator.handbook.printed import of_part, pictured_of
from generator.handbook.spoken import count
from generator.press.captioned import captioned
from generator.press.drawer import Code, code_svg, number_code
from generator.press.orders import Order, Pictured
from generator.press.pages import plain
from generator.products.lesson import Lesson, content_by, foot_line, part_of, picture_notes, sources
from generator.products.papers.parts import gist
from generator.products.papers.parts.printing import Making, Paper, picture_order
from generator.products.product import Kind

EDGE_PX = 40
"""Nearer an edge stands nothing but a draft's tape: chats cut pictures round, and lay their own signs over corners."""
MOST_WORDS = 60


@dataclass(frozen=True)
class Shape:
    name: str
    width: int
    height: int
    titles: tuple[int, ...]
    """Sizes of type in pixels, the largest that fits is taken. The smallest is read where the picture is 300 wide."""
    code: int
    """The most a code with its white border takes; a module is a whole number of pixels."""


WIDE = Shape("1200x630", 1200, 630, (112, 104, 96, 88, 80, 74, 68, 62, 56), 210)
SQUARE = Shape("1080x1080", 1080, 1080, (148, 136, 124, 112, 102, 92, 84, 76, 68), 260)
SHAPES = (WIDE, SQUARE)
PICTURES = tuple(Kind(f"print/posters/*-{shape.name}.png", "share.html", ("share.css",), about="lesson")
                 for shape in SHAPES)
MOST_LINES = 3
FIT = beside(__file__, ".js")


@dataclass(frozen=True)
class Share(gist.GistPage):
    """What the template gets: of a commune nothing but its address. What to remember goes with it as words (`post`)."""

    shape: Shape

    @property
    def answer(self) -> str:
        return content_by(self.lesson)

    @cached_property
    def _code(self) -> Code:
        """Of the level that leaflets have."""
        return number_code(self.number.url, self.code_mm)

    @property
    def code(self) -> Markup:
        return Markup(code_svg(self._code, None, f"Mã QR mở {self.number.url}"))

    @property
    def code_px(self) -> int:
        modules = self._code.modules_with_quiet_zone
        return self.shape.code // modules * modules


def plan_picture(desk: Desk, lesson: Lesson) -> Item:
    """Neither the month nor a photograph stands on a picture, so it is not made again for those; nor whom to ask: it is
    passed on far beyond the commune. Its code is the edition's own, the one that was asked before printing."""
    book = desk.handbook
    number, edition = book.number_of(lesson.slug), book.edition
    digest = desk.digest("share", lesson, book.name, number, edition.number_url(number),
                         content_by(lesson), _notes(book, lesson), part_of(book, lesson), desk.browser)
    return Item("poster", f"poster:share:{lesson.slug}", digest, lambda _bench: make_pictures(desk, lesson),
                sources(book, [lesson]), paper=True, together=True)


def make_pictures(desk: Desk, lesson: Lesson) -> Making:
    book, title, stem = desk.handbook, plain(lesson.title), f"print/posters/{lesson.slug}"
    number = book.number_of(lesson.slug)
    url = book.edition.number_url(number)
    files, codes, notes = {f"{stem}.txt": words_to_send(book, lesson).encode()}, {}, _notes(book, lesson)
    papers = [Paper(kind, lesson.slug, title, Share(desk, lesson, shape))
              for shape, kind in zip(SHAPES, PICTURES, strict=True)]
    shots: list[Pictured] = yield tuple(map(partial(_order, desk), papers, SHAPES))
    for shape, paper, shot in zip(SHAPES, papers, shots, strict=True):
        if not shot.told:
            raise RefusedError(error("paper.too-long/share", lesson.title.place, title=title, shape=shape.name))
        png = paper.kind.path(lesson.slug)
        files[png], codes[png] = captioned(shot.data, notes), {0: {url}}
    files[f"site/share/{lesson.slug}-{WIDE.name}.png"] = files[f"{stem}-{WIDE.name}.png"]
    return Result(files, {"title": title, "width": WIDE.width, "height": WIDE.height}, codes=codes)


def _notes(book: Handbook, lesson: Lesson) -> dict[str, str]:
    return picture_notes([lesson], pictured_of(book, book.edition, [lesson], of_part(part_of(book, lesson))),
                         foot_line(book.edition, [lesson]))


def _order(desk: Desk, paper: Paper, shape: Shape) -> Order:
    return picture_order(desk, paper, FIT, [shape.titles, MOST_LINES, EDGE_PX], (shape.width, shape.height))


def words_to_send(book: Handbook, lesson: Lesson) -> str:
    """With the mark that the pictures wear."""
    number = book.number_of(lesson.slug)
    told = post(lesson, book.edition.number_url(number), number)
    return "\n\n".join(filter(None, (foot_line(book.edition, [lesson]), told)))


def post(lesson: Lesson, url: str, number: str) -> str:
    """Title, what it is good for, what to remember as far as there is room, the address: at most 60 chữ. What to
    bring for a card is told whole or not at all."""
    head, last = f"{plain(lesson.title)}\n\n{plain(gist.goal_of(lesson))}", f"Xem bài số {number}: {url}"
    lines = [f"- {plain(item)}" for item in gist.keep_of(lesson)[1]]
    tries = range(len(lines), 0, -1) if isinstance(lesson, Topic) else (len(lines),)
    for most in tries:
        words = "\n\n".join((head, "\n".join(lines[:most]), last))
        if count(words) <= MOST_WORDS:
            return words + "\n"
    return f"{head}\n\n{last}\n"
