"""Pictures of a lesson for sharing, and a post ready to send with them. Part of the product `poster`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from generator.engine.items import Bench, Desk, Item, Result
from generator.ground.errors import RefusedError
from generator.handbook.model import Phrase, Topic
from generator.handbook.spoken import count
from generator.press.drawer import Code, code_svg, number_code
from generator.press.pages import plain
from generator.products.lesson import Lesson, content_by, foot_line, sources, too_long
from generator.products.papers.parts import gist
from generator.products.papers.parts.printing import Paper, fill_sheet
from generator.products.papers.parts.words import breakable
from generator.products.product import Kind

CODE_MM = 26.0
"""Decides the level of the code only: that of a leaflet."""
CODE_PX = 300
"""The most a code with its white border takes; a module is a whole number of pixels."""
MOST_WORDS = 60


@dataclass(frozen=True)
class Shape:
    name: str
    width: int
    height: int
    titles: tuple[int, ...]
    """Sizes of type in pixels, the largest that fits is taken; then those of what to remember."""
    items: tuple[int, ...] = (0,)

    @property
    def wide(self) -> bool:
        return self.width > self.height


WIDE = Shape("1200x630", 1200, 630, (116, 104, 96, 88, 80, 73, 66, 60, 54))
SQUARE = Shape("1080x1080", 1080, 1080, (132, 118, 106, 96, 88, 80, 72), (58, 54, 50, 46, 42, 38, 34, 30))
SHAPES = (WIDE, SQUARE)
PICTURES = tuple(Kind(f"print/posters/*-{shape.name}.png", "share.html", ("share.css",), about="lesson")
                 for shape in SHAPES)
MOST_LINES = 3
FIT = """([titles, items, most]) => {
  const share = document.querySelector('.share'), title = share.querySelector('h1');
  const boxes = [share, ...share.querySelectorAll('.about, .keep, .way')];
  const lines = [...share.querySelectorAll('h1, li, .number')];
  const fits = () => boxes.every(box => box.scrollHeight <= box.clientHeight + 1)
    && lines.every(line => line.scrollWidth <= line.clientWidth + 1);
  for (const item of items) for (const size of titles) {
    share.style.setProperty('--title', size + 'px');
    share.style.setProperty('--item', item + 'px');
    if (title.offsetHeight < (most + 0.5) * 1.1 * size && fits()) return true;
  }
  return false;
}"""


@dataclass(frozen=True)
class Share:
    """What the template gets."""

    shape: Shape
    lesson: Lesson
    series: str
    goal: Phrase
    keep_title: str
    keep: tuple[Phrase, ...]
    code: Markup
    code_px: int
    number: str
    address: Markup
    answer: str
    trial: str

    def say(self, phrase: Phrase) -> Markup:
        return gist.say(phrase)


def plan_pictures(desk: Desk, lessons: Iterable[Lesson]) -> list[Item]:
    return [_item(desk, lesson) for lesson in lessons]


def _item(desk: Desk, lesson: Lesson) -> Item:
    """Neither the month nor a photograph stands on a picture, so it is not made again for those; nor whom to ask, nor
    the commune's own address: it is passed on far beyond the commune, and drawn once for the whole country."""
    book = desk.handbook
    number, edition = book.number_of(lesson.slug), book.edition
    digest = desk.digest("share", lesson, book.name, number, edition.number_url(number),
                         content_by(lesson), book.nation.address, foot_line(book.nation), desk.browser)
    return Item("poster", f"poster:share:{lesson.slug}", digest, lambda bench: make_pictures(desk, lesson, bench),
                sources(book, [lesson]), paper=True)


def make_pictures(desk: Desk, lesson: Lesson, bench: Bench) -> Result:
    book, title, stem = desk.handbook, plain(lesson.title), f"print/posters/{lesson.slug}"
    number = book.number_of(lesson.slug)
    url = book.nation.number_url(number)
    files, codes = {f"{stem}.txt": post(lesson, book.edition.number_url(number), number).encode()}, {}
    for shape, kind in zip(SHAPES, PICTURES, strict=True):
        sheet = fill_sheet(desk, bench, Paper(kind, lesson.slug, title, _page(desk, lesson, shape)))
        if not sheet.evaluate(FIT, [shape.titles, shape.items, MOST_LINES]):
            raise _too_long(lesson, shape)
        png = kind.path(lesson.slug)
        files[png], codes[png] = sheet.png(shape.width, shape.height), {0: {url}}
    files[f"site/share/{lesson.slug}-{WIDE.name}.png"] = files[f"{stem}-{WIDE.name}.png"]
    return Result(files, {"title": title, "width": WIDE.width, "height": WIDE.height}, codes=codes)


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


def _page(desk: Desk, lesson: Lesson, shape: Shape) -> Share:
    book, nation = desk.handbook, desk.handbook.nation
    number = book.number_of(lesson.slug)
    url = nation.number_url(number)
    code, (keep_title, keep) = number_code(url, CODE_MM), gist.keep_of(lesson)
    return Share(
        shape=shape, lesson=lesson, series=book.name, goal=gist.goal_of(lesson), keep_title=keep_title, keep=keep,
        code=Markup(code_svg(code, None, f"Mã QR mở {url}")), code_px=_pixels(code), number=number,
        address=breakable(url), answer=content_by(lesson), trial=foot_line(nation),
    )


def _pixels(code: Code) -> int:
    return CODE_PX // code.modules_with_quiet_zone * code.modules_with_quiet_zone


def _too_long(lesson: Lesson, shape: Shape) -> RefusedError:
    title = plain(lesson.title)
    return too_long(
        lesson.title.place,
        (f"Hình chia sẻ {shape.name} “{title}” không đủ chỗ cho chữ.",
         f"The picture to share {shape.name} “{title}” has no room for its words."),
        ("Rút bớt tên bài, câu “Học xong” hoặc Nhớ 3 điều.",
         "Shorten the title, the goal or the three things to remember."),
    )
