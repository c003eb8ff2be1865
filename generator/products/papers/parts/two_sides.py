"""A lesson on one A5 sheet, front and back. What does not fit leaves in a fixed order; text never shrinks."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from markupsafe import Markup

from generator.engine.items import Bench, Desk, Item
from generator.ground.errors import RefusedError
from generator.ground.findings import Text, error
from generator.handbook.model import Block, Bullets, Handbook, Phrase, Picture, Screen, Step, Topic, written_in
from generator.handbook.printed import of_part
from generator.press.compounds import hold_html
from generator.press.fonts import text_width
from generator.press.pages import plain
from generator.press.phone.drawing import KNOWN_MM
from generator.press.scene import print_scene
from generator.products.lesson import UNSEEN, Lesson, left_out, longest_step, numbered, part_of
from generator.products.papers.parts.drawing import LessonPage, Shown, need_of, show_step, unseen_line
from generator.products.papers.parts.fitting import (
    Choice,
    Fit,
    Piece,
    adorn,
    choose_fit,
    fixed,
    grown,
    optional,
    pieces_of,
)
from generator.products.papers.parts.printing import (
    MM_PER_POINT,
    Making,
    Paper,
    measure_order,
    plan_lesson,
    print_paper,
)
from generator.products.product import A5_MM, LEAFLETS, Kind

LEAFLET = Kind("print/leaflets/*.pdf", "leaflet.html", ("paper.css", "leaflet.css"), A5_MM, pages=2, shelf=LEAFLETS,
               about="lesson", code_mm=25)

SCREEN_MM, SMALL_SCREEN_MM, MANY_STEPS = 32.0, 23.0, 6
SCREENS = {"32": (SCREEN_MM, KNOWN_MM), "26.4": (26.4, KNOWN_MM), "23/tall": (SMALL_SCREEN_MM, KNOWN_MM),
           "23": (SMALL_SCREEN_MM, 0.0), "15": (15.0, 0.0)}
"""How high a screen is at most and at least, by name. As high as the words beside it, four lines of them or five, it
takes no room; the lowest shows hardly more than the row to tap: rather so than without a drawing."""
PICTURES = {"32": (SCREEN_MM, 0.0), "23": (SMALL_SCREEN_MM, 0.0)}
TITLE_PT = 23.0
SCENES = ((58.0, 25.0), (50.0, 25.0), (43.0, TITLE_PT), (38.0, TITLE_PT), (33.0, TITLE_PT), (29.0, 21.0), (25.0, 19.0))
"""Millimetres of the scene beside the title and points of the title, the largest first: what room is left decides, no
drawing of a step leaves for it."""
STAGE_MM = 2.0
"""Of its width, left and right of the scene itself."""
WIDE_SCENE_MM, WIDE_LINES = 50.0, 2
"""Beside a scene so wide a title has few lines, or it would be a column of single words."""
HEAD_MM, HEAD_PT = 130.0, 14.0
"""Of the line above the title: the number of the part, what to learn first, the number of the lesson."""
SIDE_MM = 190.0
"""Height of one side between its margins."""
LINE_MM = 14 * 1.3 * MM_PER_POINT
LOOSEST_MM = 5.7
"""The most that is added between two pieces when there is room."""
LOOSE = ("head", "text", "needed", "step", "list", "remember")
FRONT_FOOT, BACK_FOOT, CLOSE = (Piece(kind, kind) for kind in ("foot-front", "foot-back", "close"))
MEASURE = """paper => Object.fromEntries([...paper.querySelectorAll('[data-key]')].map(piece => {
  const long = [...piece.querySelectorAll('[data-most]')].some(words =>
    words.offsetHeight > (+words.dataset.most + 0.5) * parseFloat(getComputedStyle(words).lineHeight));
  return [piece.dataset.key, long ? 1e6 : piece.getBoundingClientRect().height * 25.4 / 96];
}))"""
"""What has more lines than it may fits nowhere."""

NEEDED = "**Cần:**"
"""A line of `Chuẩn bị` that no leaflet leaves out begins so."""


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it."""

    title: str = ""
    body: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Head:
    """What leads: with the scene so wide, or without."""

    label: str
    scene_mm: float = 0.0
    title_pt: float = 21.0

    @property
    def lines(self) -> int:
        return WIDE_LINES if self.scene_mm >= WIDE_SCENE_MM else 0


@dataclass(frozen=True)
class Side:
    kind: str
    pieces: tuple[Piece, ...]
    extra_mm: float = 0.0


@dataclass(frozen=True)
class Leaflet(LessonPage):
    """What the template gets."""

    sides: tuple[Side, ...]
    unseen: str = UNSEEN

    screen_mm: ClassVar[float] = SCREEN_MM
    loose: ClassVar[tuple[str, ...]] = LOOSE

    @property
    def first(self) -> tuple[str, ...]:
        """They take the place of the book's name: both do not fit on one line of a size to be read."""
        return first_numbers(self.desk.handbook, self.lesson)

    @property
    def title(self) -> Markup:
        return hold_html(self.say(self.lesson.title))

    def scene(self, wide_mm: float) -> Markup:
        """Nothing where heights are counted only."""
        drawing = self.lesson.drawing if self.sides and self.sides[0].kind != "galley" else None
        return print_scene(drawing, wide_mm - STAGE_MM)

    @property
    def heads(self) -> tuple[Piece, ...]:
        """The least first: without a scene; then with scenes from the largest down, where its line has room; three
        numbers to learn first have room without the word before them."""
        part = part_of(self.desk.handbook, self.lesson)
        names = (self.series, *((part.title,) if part else ()), "")
        labels = (f"Học trước: bài {', '.join(self.first)}",) if self.first else names
        scenes = [*self._beside(labels)] or [*self._beside((f"Học trước: {', '.join(self.first)}",))]
        return Piece("head", "head", Head(labels[0])), *scenes

    def _beside(self, labels: Sequence[str]) -> Iterator[Piece]:
        for width, title in SCENES if self.lesson.drawing else ():
            room = HEAD_MM - width
            if fitting := [label for label in labels if _line_mm(label, self.number.number) <= room]:
                yield Piece(f"head/{width:g}", "head", Head(fitting[0], width, title))


def _line_mm(label: str, number: str) -> float:
    """Of the words above the title, with the box of the part's number and the white between."""
    return text_width(f"{label}Bài số {number}", HEAD_PT) * 1.04 * MM_PER_POINT + 13


def first_numbers(book: Handbook, lesson: Lesson) -> tuple[str, ...]:
    """Of the lessons to learn first, without those that one of them leans on itself: unless a step sends there."""
    leant = leant_on(book, lesson)
    further = {slug for one in leant for slug in leant_on(book, book.by_slug[one])}
    said = (one.text for one in written_in(lesson.steps) if isinstance(one, Phrase))
    sent = set(re.findall(r"\d+", " ".join(said)))
    numbers = {slug: book.number_of(slug) for slug in leant}
    return tuple(number for slug, number in numbers.items() if number and (slug not in further or number in sent))


def leant_on(book: Handbook, lesson: Lesson) -> tuple[str, ...]:
    """Of those the edition has."""
    return tuple(phrase.text for phrase in lesson.office.prerequisites if phrase.text in book.by_slug)


def plan_leaflets(desk: Desk, product: str, make: Callable[[Desk, Lesson, Bench], Making]) -> list[Item]:
    return [plan_lesson(desk, product, lesson, partial(make, desk, lesson),
                        first_numbers(desk.handbook, lesson), part_of(desk.handbook, lesson),
                        prints=[of_part(part_of(desk.handbook, lesson))])
            for lesson in numbered(desk.handbook)]


def make_leaflet(desk: Desk, lesson: Lesson, _bench: Bench, kind: Kind = LEAFLET, said: str = "") -> Making:
    """Laid out once to measure every piece, then as it is printed. `said` is added to its title."""
    page = Leaflet(desk, lesson, ())
    least, *others = page.heads
    choices = tuple(choices_of(desk, lesson, least))
    page = replace(page, sides=(Side("galley", (*pieces_of(choices), *others)),))
    paper = Paper(
        kind, lesson.slug, f"{plain(lesson.title)}{said}", page, author=lesson.office.unit,
        subject=f"Tờ rơi, bài số {page.number.number}", codes={2: {page.number.url}},
        prints=(of_part(part_of(desk.handbook, lesson)),),
    )
    own = replace(page, sides=(Side("galley", (CLOSE, FRONT_FOOT, BACK_FOOT)),))  # a place's; the rest is the lesson's
    words, places = yield tuple(measure_order(desk, replace(paper, page=one), MEASURE) for one in (page, own))
    heights: dict[str, float] = words | places
    fit = fit_sides(choices, heights, others)
    if fit.over_mm > 0:
        raise RefusedError(error("paper.too-long/leaflet", longest_step(lesson), title=paper.title,
                                 lines=math.ceil(fit.over_mm / LINE_MM)))
    steps = [piece.content for piece in (*fit.front, *fit.back) if piece.kind == "step"]
    page = replace(page, sides=_sides(fit, heights), unseen=unseen_line(steps))
    made = yield from print_paper(desk, replace(paper, page=page))
    gone = (name.removeprefix("step-") for name in fit.left_out)
    return replace(made, findings=left_out(lesson, gone, Text("Tờ rơi", "Leaflet"), Text("hai mặt giấy", " two sides")))


def choices_of(desk: Desk, lesson: Lesson, head: Piece) -> Iterator[Choice]:
    """In reading order. The opening and most of what to prepare are not promised on a leaflet: they are there when
    room is left."""
    yield Choice(head.key, ((head,),))
    if lesson.opening:
        yield optional("opening", "text", *_with_and_without_pictures(Section("", lesson.opening)))
    if isinstance(lesson, Topic):
        yield from _to_prepare(lesson.prepare)
    else:
        yield fixed("bring", "text", Section("Cần mang", (Bullets(lesson.bring),)))
        yield fixed("where", "text", Section("Nộp ở đâu", lesson.where))
    yield fixed("steps", "heading", Section("Các bước"), leads=True)
    most = SMALL_SCREEN_MM if len(lesson.steps) >= MANY_STEPS else SCREEN_MM
    for step in lesson.steps:
        yield step_choice(desk, step, most)
    if not isinstance(lesson, Topic):
        yield fixed("follow", "text", Section("Theo dõi", lesson.follow))
    yield fixed("safety", "list", Section("An toàn", (Bullets(lesson.safety),)))
    if isinstance(lesson, Topic):
        yield fixed("remember", "remember", Section("Nhớ 3 điều", (Bullets(lesson.remember),)))


def _to_prepare(blocks: tuple[Block, ...]) -> Iterator[Choice]:
    """Lines marked `Cần:` always; the rest where room is left."""
    needed, others = part_needed(blocks)
    if needed:
        yield fixed("needed", "needed", needed)
    if others:
        yield optional("prepare", "text", *_with_and_without_pictures(Section("Chuẩn bị", others)))


def part_needed(blocks: tuple[Block, ...]) -> tuple[tuple[Phrase, ...], tuple[Block, ...]]:
    """What nobody can do without, and what else there is to prepare."""
    needed: list[Phrase] = []
    others: list[Block] = []
    for block in blocks:
        items = block.items if isinstance(block, Bullets) else ()
        needed += [item for item in items if item.text.startswith(NEEDED)]
        rest = tuple(item for item in items if not item.text.startswith(NEEDED))
        if rest or not isinstance(block, Bullets):
            others.append(Bullets(rest) if rest else block)
    return tuple(needed), tuple(others)


def _with_and_without_pictures(section: Section) -> tuple[Section, ...]:
    words = tuple(block for block in section.body if not isinstance(block, Picture | Screen))
    return (section,) if words in (section.body, ()) else (section, replace(section, body=words))


def step_choice(desk: Desk, step: Step, most_mm: float) -> Choice:
    """With its picture, with a smaller one, a screen with the least, without. A warning stands beside the picture or
    above both."""
    name = f"step-{step.number}"
    plain_piece = Piece(f"{name}/plain", "step", Shown(step))
    if not step.screen and not step.picture:
        return Choice(name, ((plain_piece,),))
    grades = []
    sizes = SCREENS if step.screen else PICTURES
    for size, (most, least) in sizes.items():
        beside = Piece(f"{name}/{size}", "step", show_step(desk, step, most, least))
        above = Piece(f"{beside.key}/above", "step", replace(beside.content, form="above"))
        grades.append((beside, above) if step.guards else (beside,))
    return Choice(name, (*grades, (plain_piece,)), need=need_of(step), start=list(sizes).index(f"{most_mm:g}"))


def fit_sides(choices: Sequence[Choice], heights: Mapping[str, float], heads: Sequence[Piece]) -> Fit:
    """All but the scene first, then the largest scene for which nothing has to leave or to shrink. Where there is none
    the smallest is taken if no drawing leaves for it: rather it than an opening or a larger drawing."""
    rooms = SIDE_MM - heights[FRONT_FOOT.key], SIDE_MM - heights[BACK_FOOT.key] - heights[CLOSE.key]
    fit = adorn(grown(choose_fit(choices, heights, *rooms), choices, heights), heads, heights, *rooms)
    if heads and fit.front[0].key not in {head.key for head in heads}:
        least = Choice(heads[-1].key, ((heads[-1],),))
        other = choose_fit((least, *choices[1:]), heights, *rooms)
        if not other.over_mm and len(other.left_out) <= len(fit.left_out):
            return grown(other, choices, heights)
    return fit


def _sides(fit: Fit, heights: Mapping[str, float]) -> tuple[Side, Side]:
    front, back = (*fit.front, FRONT_FOOT), (*fit.back, CLOSE, BACK_FOOT)
    return Side("front", front, _extra(front, heights)), Side("back", back, _extra(back, heights))


def _extra(pieces: Sequence[Piece], heights: Mapping[str, float]) -> float:
    """White left over, shared out between the pieces."""
    loose = sum(piece.kind in LOOSE for piece in pieces)
    free = SIDE_MM - sum(heights[piece.key] for piece in pieces) - 0.2
    return max(0.0, min(LOOSEST_MM, free / loose)) if loose else 0.0
