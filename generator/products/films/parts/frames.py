"""Frames of films: what stands where, how large the type is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from markupsafe import Markup

from generator.engine.items import Desk
from generator.handbook.keys import PICTURE_SUFFIXES
from generator.handbook.model import Phrase, Screen
from generator.press.compounds import hold_html, tied
from generator.press.drawer import code_svg, number_code
from generator.press.fonts import text_width
from generator.press.pages import data_address, inline, plain
from generator.press.phone.drawing import Stage as Phone
from generator.press.phone.drawing import screen_size
from generator.press.phone.ink import wrap
from generator.products.films.parts.scenes import Shot
from generator.products.films.parts.stage import Stage
from generator.products.lesson import NO_PART, guard_kind

State = Literal["before", "pressed", "after"]
STATES: tuple[State, ...] = ("before", "pressed", "after")
LINE_HEIGHT = 1.16
BREAK = re.compile(r"(?<=\w)[./](?=\w)")


class Room(NamedTuple):
    """Where the words, the phone and the people of one step stand."""

    text: tuple[int, int, int, int]
    phone: tuple[int, int, int, int]
    people: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """The form of a film: its size in pixels and where things stand."""

    name: Literal["wide", "tall"]
    width: int
    height: int
    text: tuple[int, int, int, int]
    """Left, top, width and height of the words beside a phone."""
    phone: tuple[int, int, int, int]
    type_least: int
    """1/20 of its height: what must be read."""
    largest: float
    """Pixels a unit of a drawn phone."""
    told: tuple[int, int, int, int]
    """The words beside a scene."""
    seen: tuple[int, int, int, int]
    """That scene; in even pixels, as wide as it is drawn."""
    last: tuple[int, int, int, int]
    """The scene of the closing frame."""
    shared: Room
    """A step whose phone has somebody beside it."""
    dial: Room
    """Where numbers are typed: the keys fill the frame."""
    stacked: Room
    """A phone that is not high: above whoever uses it."""
    number: tuple[int, int, int, int]
    """A number to call, with what it calls on the same line."""
    together: int
    """So many such lines may stand in a frame; where it is one, each number has the frame for itself."""
    foot: int
    """Where the scene below them ends."""

    @property
    def one_by_one(self) -> bool:
        """Lines come one after the other, each alone: held upright there is no room for two in type so large."""
        return self.name == "tall"

    @property
    def full(self) -> tuple[int, int, int, int]:
        """The words where no phone stands beside them."""
        left, top, width, height = self.text
        return (left, top, self.width - 2 * left, height) if self.name == "wide" else (
            left, top, width, self.phone[1] + self.phone[3] - top)

    def calling(self, numbers: int) -> tuple[int, int, int, int]:
        """The lines of so many numbers to call; of too many, one after the other."""
        left, top, width, height = self.number
        return left, top, width, height * (numbers if numbers <= self.together else 1)

    def caller(self, numbers: int) -> tuple[int, int, int, int]:
        """Whoever calls, below them."""
        top = sum(self.calling(numbers)[1::2])
        return 0, top, self.width, self.foot - top


_BESIDE = Room((56, 60, 668, 330), (772, 56, 476, 640), (56, 404, 668, 306))
WIDE = Shape(
    "wide", 1280, 720, text=(56, 60, 668, 532), phone=(772, 20, 476, 676), type_least=36, largest=2.0,
    told=(56, 60, 516, 620), seen=(600, 200, 680, 510), last=(56, 424, 376, 282), shared=_BESIDE, stacked=_BESIDE,
    dial=Room((56, 60, 560, 330), (640, 52, 624, 656), (56, 404, 560, 306)),
    number=(56, 56, 1168, 332), together=1, foot=710,
)
TALL = Shape(
    "tall", 720, 1280, text=(44, 60, 632, 376), phone=(44, 500, 632, 520), type_least=64, largest=2.5,
    told=(44, 60, 632, 470), seen=(0, 560, 720, 540), last=(372, 448, 320, 240),
    shared=Room((44, 60, 632, 400), (290, 480, 410, 600), (0, 810, 290, 290)),
    stacked=Room((44, 60, 632, 370), (110, 440, 500, 310), (20, 790, 680, 310)),
    dial=Room((44, 60, 632, 370), (230, 450, 490, 636), (0, 888, 224, 212)),
    number=(44, 60, 632, 188), together=4, foot=1100,
)
"""For Zalo, Facebook and TikTok; their captions stand in the picture, below everything else."""


@dataclass(frozen=True)
class Placed:
    """A phone where it stands in the frame."""

    stage: Phone
    left: float
    top: float
    scale: float

    @property
    def svg(self) -> Markup:
        return Markup(self.stage.svg)

    @property
    def width(self) -> float:
        return self.stage.width * self.scale

    @property
    def height(self) -> float:
        return self.stage.height * self.scale

    @property
    def tip(self) -> tuple[int, int]:
        x, y = self.stage.tip
        return round(self.left + x * self.scale), round(self.top + y * self.scale)


@dataclass(frozen=True)
class Ending:
    """What the last scene shows besides the message; none of it is spoken."""

    number: str
    url: str
    helper: str
    """Whom to ask, wherever it is seen."""
    unit: str
    """Who answers for the content."""
    word: str = "Bài số"

    @property
    def code(self) -> Markup:
        return Markup(code_svg(number_code(self.url, 60), None, f"Mã QR mở {self.url}"))


@dataclass(frozen=True)
class Frame:
    """What the template gets."""

    shot: Shot
    shape: Shape
    state: State
    index: int
    total: int
    series: str
    ending: Ending
    size: int
    """Of the main words, in pixels."""
    more_size: int
    phone: Placed | None = None
    picture: str = ""
    draft: str = ""
    """That its text is not approved."""
    shown: int = 0
    """Of a list or of numbers: as many lines as have been told so far, the number that is being told; 0: all."""
    stage: Stage | None = None
    part: str = NO_PART
    """Whose colours it wears."""
    labelled: bool = True
    """Above the message stands what it is, where there is room."""

    sign = staticmethod(guard_kind)

    def say(self, phrase: Phrase) -> Markup:
        """No line ends within a word of several syllables; an address too long for one wraps after a dot or a slash."""
        html = hold_html(inline(phrase))
        if longest_word([phrase]) * max(self.size, self.more_size) <= self.box[2]:
            return html
        parts = re.split(r"(<[^>]*>)", str(html))
        return Markup("".join(part if part.startswith("<") else BREAK.sub(r"\g<0><wbr>", part) for part in parts))

    def loose(self, phrase: Phrase) -> Markup:
        """What stands on one line as it was measured: in a wider type it falls in two rather than leave the frame."""
        return inline(phrase) if phrase.text.count(" ") == 1 else self.say(phrase)

    @property
    def lines(self) -> tuple[tuple[int, Phrase], ...]:
        """Of a list, of numbers or of warnings: those this page shows, with their places."""
        told = tuple(enumerate(self.shot.more, start=1))
        if self.shot.kind == "call" and len(told) <= self.shape.together:
            return told[: self.shown]
        if self.shot.kind == "call" or (self.shape.one_by_one and self.shot.kind in ("list", "step")):
            return tuple(line for line in told if line[0] == self.shown)
        return told

    @property
    def warns(self) -> bool:
        """A page of a step that shows what stands before it, and not yet the step."""
        return self.shot.kind == "step" and self.shape.one_by_one and self.shown > 0

    @property
    def box(self) -> tuple[int, int, int, int]:
        if self.warns and self.stage and self.phone:  # which is not seen yet
            left, top, width, _ = self.shape.shared.text
            return left, top, width, self.stage.box[1] - top - 16
        if self.shot.kind == "call":
            return self.shape.calling(len(self.shot.more))
        if self.stage and (self.phone or self.shot.file):
            return room_of(self.shape, self.shot.screen).text
        if self.phone or self.picture or self.shot.kind == "close":
            return self.shape.text
        return self.shape.told if self.stage else self.shape.full


# Sizes and places.


def dials(screen: Screen | None) -> bool:
    """Numbers are typed on it."""
    return screen is not None and any(row.kind == "bàn số" for row in screen.rows)


def room_of(shape: Shape, screen: Screen | None) -> Room:
    if screen is None:
        return shape.shared
    if dials(screen):
        return shape.dial
    _, _, width, height = shape.stacked.phone
    across, whole = screen_size(screen)
    return shape.stacked if whole * min(shape.largest, width / across) <= height else shape.shared


def fit_words(phrases: Sequence[Phrase], width: float, height: float, sizes: range, gap: float = 0) -> int:
    """The largest size at which all phrases fit, one below the other, rather without breaking an address."""
    longest = longest_word(phrases)
    for size in sizes:
        if longest * size <= width and words_height(phrases, width, size, gap) <= height:
            return size
    return sizes[-1]


def words_height(phrases: Sequence[Phrase], width: float, size: int, gap: float = 0) -> float:
    """Pixels, one phrase below the other."""
    return sum(len(wrap(tied(plain(phrase)), width, True, size)) * size * LINE_HEIGHT + gap for phrase in phrases)


def evenness(phrase: Phrase, width: float, size: int) -> float:
    """The shortest line by the longest, where a browser balances them: as narrow as so many lines can be."""
    words = tied(plain(phrase))
    lines = wrap(words, width, True, size)
    for narrow in range(round(width), round(width / 3), -4):
        closer = wrap(words, narrow, True, size)
        if len(closer) > len(lines):
            break
        lines = closer
    long = [text_width(line, 1, True) for line in lines]
    return min(long) / max(long) if long else 1.0


def longest_word(phrases: Sequence[Phrase]) -> float:
    """In ems."""
    return max((text_width(word, 1, True) for phrase in phrases for word in tied(plain(phrase)).split()), default=0)


@dataclass(frozen=True)
class Setting:
    """What all frames of a film share."""

    series: str
    ending: Ending
    draft: str = ""
    part: str = NO_PART


def pictures_of(desk: Desk, shots: Sequence[Shot]) -> Iterator[str]:
    """The photograph of each scene as an address in the page; empty for none."""
    for shot in shots:
        data = scene_picture(desk, shot)
        yield data_address(shot.file, data) if data else ""


def scene_picture(desk: Desk, shot: Shot) -> bytes:
    """Empty without one; what is missing or no picture has been told, and the scene shows its words."""
    usable = shot.file.lower().endswith(PICTURE_SUFFIXES) and desk.has(shot.file)
    return desk.picture(shot.file) if usable else b""
