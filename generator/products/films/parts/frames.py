"""Frames of films: what stands where, how large the type is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from markupsafe import Markup

from generator.engine.items import Desk
from generator.handbook.keys import PICTURE_SUFFIXES
from generator.handbook.model import Phrase, Screen
from generator.press.drawer import code_svg, number_code
from generator.press.fonts import text_width
from generator.press.pages import data_address, inline, plain
from generator.press.phone.drawing import Stage as Phone
from generator.press.phone.drawing import stage_phone
from generator.press.phone.ink import WIDTH, wrap
from generator.products.films.parts.scenes import Shot
from generator.products.films.parts.stage import Stage
from generator.products.lesson import guard_kind

State = Literal["before", "pressed", "after"]
STATES: tuple[State, ...] = ("before", "pressed", "after")
SMALLEST_SCALE = 1.34
"""Pixels a unit of a drawn phone: its letters are 1/31 of 720 pixels."""
LINE_HEIGHT = 1.16
LABEL, SERIES, GAP = 72, 44, 26
"""Pixels of what stands above the main words, and between two texts."""
LARGEST, LARGEST_BESIDE = 120, 92
"""Pixels of the main words: where they have the frame for themselves, and beside a phone."""
BREAK = re.compile(r"(?<=\w)[./](?=\w)")


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
    """1/20 of the shorter side."""
    largest: float
    """Pixels a unit of a drawn phone."""
    told: tuple[int, int, int, int]
    """The words beside a scene."""
    seen: tuple[int, int, int, int]
    """That scene; in even pixels, as wide as it is drawn."""
    last: tuple[int, int, int, int]
    """The scene of the closing frame."""
    text_shared: tuple[int, int, int, int]
    """The words of a step whose phone has somebody beside it, as the two below."""
    phone_shared: tuple[int, int, int, int]
    beside: tuple[int, int, int, int]
    dial: tuple[tuple[int, int, int, int], tuple[int, int, int, int], tuple[int, int, int, int]]
    """Words, phone and who stands beside it where numbers are typed: the keys fill the frame."""
    number: tuple[int, int, int, int]
    """A number to call, and beside it who calls."""
    caller: tuple[int, int, int, int]

    @property
    def full(self) -> tuple[int, int, int, int]:
        """The words where no phone stands beside them."""
        left, top, width, height = self.text
        return (left, top, self.width - 2 * left, height) if self.name == "wide" else (
            left, top, width, self.phone[1] + self.phone[3] - top)


WIDE = Shape("wide", 1280, 720, (56, 44, 668, 548), (772, 20, 476, 676), 36, 1.76,
             (56, 60, 516, 620), (600, 200, 680, 510), (56, 424, 376, 282),
             (56, 60, 668, 330), (772, 56, 476, 640), (56, 404, 668, 306),
             ((56, 60, 560, 330), (640, 52, 620, 656), (56, 404, 560, 306)), (56, 60, 830, 640), (880, 210, 380, 500))
TALL = Shape("tall", 720, 1280, (44, 56, 632, 420), (44, 500, 632, 520), 36, 2.2,
             (44, 56, 632, 480), (0, 550, 720, 540), (396, 440, 296, 222),
             (44, 56, 632, 400), (280, 480, 420, 600), (0, 790, 280, 290),
             ((44, 56, 632, 380), (230, 450, 490, 636), (0, 860, 220, 220)), (44, 60, 632, 470), (0, 550, 720, 540))
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
        return WIDTH * self.scale

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
    part: str = "part-cards"
    """Whose colours it wears."""

    sign = staticmethod(guard_kind)

    def say(self, phrase: Phrase) -> Markup:
        """An address too long for one line wraps after a dot or a slash."""
        html = inline(phrase)
        if longest_word([phrase]) * max(self.size, self.more_size) <= self.box[2]:
            return html
        parts = re.split(r"(<[^>]*>)", str(html))
        return Markup("".join(part if part.startswith("<") else BREAK.sub(r"\g<0><wbr>", part) for part in parts))

    @property
    def box(self) -> tuple[int, int, int, int]:
        if self.shot.kind == "call":
            return self.shape.number
        if self.stage and (self.phone or self.shot.file):
            return self.shape.dial[0] if dials(self.shot.screen) else self.shape.text_shared
        if self.phone or self.picture or self.shot.kind == "close":
            return self.shape.text
        return self.shape.told if self.stage else self.shape.full


# Sizes and places.


def place_phone(screen: Screen, shape: Shape, shared: bool = False) -> Placed:
    """As large as it fits; what would be too small is cut around the tap. `shared`: somebody stands beside it."""
    left, top, width, height = shape.phone_shared if shared else shape.phone
    if shared and dials(screen):
        left, top, width, height = shape.dial[1]
    stage = stage_phone(screen, height / SMALLEST_SCALE)
    scale = min(shape.largest * (1.3 if dials(screen) else 1), height / stage.height, width / WIDTH)
    return Placed(stage, left + (width - WIDTH * scale) / 2, top + (height - stage.height * scale) / 2, scale)


def dials(screen: Screen | None) -> bool:
    """Numbers are typed on it."""
    return screen is not None and any(row.kind == "bàn số" for row in screen.rows)


def fit_words(phrases: Sequence[Phrase], width: float, height: float, sizes: range, gap: float = 0) -> int:
    """The largest size at which all phrases fit, one below the other, rather without breaking an address."""
    longest = longest_word(phrases)
    for size in sizes:
        if longest * size <= width and words_height(phrases, width, size, gap) <= height:
            return size
    return sizes[-1]


def words_height(phrases: Sequence[Phrase], width: float, size: int, gap: float = 0) -> float:
    """Pixels, one phrase below the other."""
    return sum(len(wrap(plain(phrase), width, True, size)) * size * LINE_HEIGHT + gap for phrase in phrases)


def longest_word(phrases: Sequence[Phrase]) -> float:
    """In ems."""
    return max((text_width(word, 1, True) for phrase in phrases for word in plain(phrase).split()), default=0)


@dataclass(frozen=True)
class Setting:
    """What all frames of a film share."""

    series: str
    ending: Ending
    draft: str = ""
    part: str = "part-cards"


def frame_of(
    shot: Shot, shape: Shape, index: int, total: int, setting: Setting, picture: str, stage: Stage | None
) -> Frame:
    phone = place_phone(shot.screen, shape, stage is not None) if shot.screen else None
    return sized(Frame(shot, shape, "before", index, total, setting.series, setting.ending, 0, 0, phone, picture,
                       setting.draft, stage=stage, part=setting.part))


def sized(frame: Frame) -> Frame:
    """With its words as large as they fit."""
    return {"title": _title, "list": _list, "step": _step, "call": _call}.get(frame.shot.kind, _one)(frame)


def _title(frame: Frame) -> Frame:
    _, _, width, height = frame.box
    free = height - SERIES - 2 * GAP
    size = fit_words([frame.shot.text], width, free * 0.64, range(LARGEST + 12, 44, -4))
    more = fit_words(frame.shot.more, width, free * 0.36, range(46, frame.shape.type_least - 1, -2))
    return replace(frame, size=size, more_size=more)


def _list(frame: Frame) -> Frame:
    _, _, width, height = frame.box
    more = fit_words(frame.shot.more, width - 90, height - LABEL - GAP, range(72, frame.shape.type_least - 1, -2), 22)
    return replace(frame, more_size=more)


def _call(frame: Frame) -> Frame:
    """Each number as large as the longest may be; below it what is said."""
    _, _, width, height = frame.box
    more = fit_words([frame.shot.text], width, height * 0.26, range(64, frame.shape.type_least - 1, -2))
    room = height - GAP - words_height([frame.shot.text], width, more)
    size = next(size for size in range(700, 80, -4)
                if size <= room and longest_word(frame.shot.more) * size <= width)
    return replace(frame, size=size, more_size=more)


def _step(frame: Frame) -> Frame:
    if not frame.shot.more:
        return _one(frame)
    (_, _, width, height), least, shot = frame.box, frame.shape.type_least, frame.shot
    free = height - LABEL - 2 * GAP
    least_rest = words_height(shot.more, width - 112, least, 10)
    most = _most(frame)
    size = fit_words([shot.text], width, min(free * 0.66, free - least_rest), range(most, least - 1, -4))
    rest = free - words_height([shot.text], width, size)
    more = fit_words(shot.more, width - 112, rest, range(min(56, size), least - 1, -2), 10)
    return replace(frame, size=size, more_size=more)


def _one(frame: Frame) -> Frame:
    _, _, width, height = frame.box
    room = height * (0.5 if frame.shot.kind == "close" else 0.8)
    if frame.shot.kind == "step":
        room = height - LABEL - GAP
    narrow = 0
    if frame.shot.kind == "safety":
        narrow, room = (0, room - 150) if frame.stage else (190, room)
    size = fit_words([frame.shot.text], width - narrow, room, range(_most(frame), frame.shape.type_least + 6, -4))
    return replace(frame, size=size)


def _most(frame: Frame) -> int:
    return LARGEST if frame.box == frame.shape.full else LARGEST_BESIDE


def pictures_of(desk: Desk, shots: Sequence[Shot]) -> Iterator[str]:
    """The photograph of each scene as an address in the page; empty for none."""
    for shot in shots:
        data = scene_picture(desk, shot)
        yield data_address(shot.file, data) if data else ""


def scene_picture(desk: Desk, shot: Shot) -> bytes:
    """Empty without one; what is missing or no picture has been told, and the scene shows its words."""
    usable = shot.file.lower().endswith(PICTURE_SUFFIXES) and desk.has(shot.file)
    return desk.picture(shot.file) if usable else b""
