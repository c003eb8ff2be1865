"""How large everything in a frame is: words as large as they fit, never smaller than what can be read."""

from __future__ import annotations

from dataclasses import replace

from generator.handbook.model import Phrase, Screen
from generator.press.compounds import tied
from generator.press.fonts import text_width
from generator.press.pages import plain
from generator.press.phone.drawing import stage_phone
from generator.press.phone.ink import wrap
from generator.products.films.parts.frames import (
    Frame,
    Placed,
    Setting,
    Shape,
    dials,
    evenness,
    fit_words,
    longest_word,
    room_of,
    words_height,
)
from generator.products.films.parts.scenes import Shot
from generator.products.films.parts.stage import Stage

SMALLEST_SCALE = 1.34
"""Pixels a unit of a drawn phone: its letters are 1/31 of 720 pixels."""
LABEL, SERIES, GAP = 72, 44, 26
"""Pixels of what stands above the main words, and between two texts."""
LARGEST, LARGEST_BESIDE = 120, 92
"""Pixels of the main words: where they have the frame for themselves, and beside a phone."""
DRAWN = 0.86
"""Of the size that is counted, a title is drawn so large: its typeface is wider."""
SMALLER, EVEN = 0.64, 0.5
"""A title may be so much smaller if then no line of it is shorter than half of the longest: `Làm` stood alone."""
HIGH = 0.25
"""Held upright a phone stands near the words, and who uses it below."""
ICON, NUMERAL = 112, 104
"""Pixels beside a warning and beside a line of a list."""
MEANT, FIGURE = 0.38, 0.8
"""Of the line of a number to call, what may go to its meaning; of its type, the height a figure needs with its room."""


def frame_of(
    shot: Shot, shape: Shape, index: int, total: int, setting: Setting, picture: str, stage: Stage | None
) -> Frame:
    phone = place_phone(shot.screen, shape, stage is not None) if shot.screen else None
    shown = replace(shot, more=()) if shot.kind == "title" and shape.one_by_one else shot
    return sized(Frame(shown, shape, "before", index, total, setting.series, setting.ending, 0, 0, phone, picture,
                       setting.draft, stage=stage, part=setting.part))


def place_phone(screen: Screen, shape: Shape, shared: bool = False) -> Placed:
    """As large as it fits; what would be too small is cut around the tap. `shared`: somebody stands beside it."""
    left, top, width, height = room_of(shape, screen).phone if shared else shape.phone
    stage = stage_phone(screen, height / SMALLEST_SCALE)
    scale = min(shape.largest * (1.31 if dials(screen) else 1), height / stage.height, width / stage.width)
    beside, below = width - stage.width * scale, height - stage.height * scale
    return Placed(stage, left + beside / 2, top + below * (HIGH if shape.one_by_one else 0.5), scale)


def sized(frame: Frame) -> Frame:
    """With its words as large as they fit."""
    if frame.shape.one_by_one and frame.shot.kind in ("list", "step"):
        return _one_by_one(frame)
    return {"title": _title, "list": _list, "step": _step, "call": _call}.get(frame.shot.kind, _one)(frame)


def _title(frame: Frame) -> Frame:
    _, _, width, height = frame.box
    free = height - SERIES - 2 * GAP
    least = max(44, frame.shape.type_least - 4)
    size = fit_words([frame.shot.text], width, free * 0.64 if frame.shot.more else free, range(LARGEST + 12, least, -4))
    low = max(round((frame.shape.type_least + 1) / DRAWN), round(size * SMALLER))
    tried = range(size, low - 1, -1)
    size = next((one for one in tried if evenness(frame.shot.text, width, one) >= EVEN), size)
    more = fit_words(frame.shot.more, width, free * 0.36, range(46, 35, -2))
    return replace(frame, size=size, more_size=more)


def _list(frame: Frame) -> Frame:
    _, _, width, height = frame.box
    sizes = range(72, frame.shape.type_least - 1, -2)
    return replace(frame, more_size=fit_words(frame.shot.more, width - NUMERAL, height - LABEL - GAP, sizes, 22))


def _one_by_one(frame: Frame) -> Frame:
    """Each line has the room for itself."""
    (_, _, width, height), least = frame.box, frame.shape.type_least
    room = height - LABEL - GAP
    size = fit_words([frame.shot.text], width, room, range(_most(frame), least - 1, -2))
    beside = NUMERAL if frame.shot.kind == "list" else 0
    alone = replace(frame, shown=1).box[3] - LABEL - GAP
    sizes = [fit_words([line], width - beside, alone, range(_most(frame), least - 1, -2)) for line in frame.shot.more]
    return replace(frame, size=size, more_size=min(sizes, default=size))


def _call(frame: Frame) -> Frame:
    """Each number as large as the longest may be, and beside it, on the same line, who answers there."""
    _, _, width, height = frame.shape.number
    meant = frame.shot.meant
    more = min(fit_words([line], width * MEANT, height, range(LARGEST, frame.shape.type_least - 1, -2))
               for line in meant)
    beside = max(_longest_line(line, width * MEANT, more) for line in meant)
    size = next((size for size in range(700, more, -2)
                 if size * FIGURE <= height and longest_word(frame.shot.more) * size + GAP + beside <= width), more)
    return replace(frame, size=size, more_size=more)


def _longest_line(phrase: Phrase, width: float, size: int) -> float:
    """Pixels, once it is wrapped."""
    return max((text_width(line, size, True) for line in wrap(tied(plain(phrase)), width, True, size)), default=0)


def _step(frame: Frame) -> Frame:
    if not frame.shot.more:
        return _one(frame)
    (_, _, width, height), least, shot = frame.box, frame.shape.type_least, frame.shot
    free = height - LABEL - 2 * GAP
    least_rest = words_height(shot.more, width - ICON, least, 10)
    most = _most(frame)
    size = fit_words([shot.text], width, min(free * 0.66, free - least_rest), range(most, least - 1, -4))
    rest = free - words_height([shot.text], width, size)
    more = fit_words(shot.more, width - ICON, rest, range(min(56, size), least - 1, -2), 10)
    return replace(frame, size=size, more_size=more)


def _one(frame: Frame) -> Frame:
    """A single text, with what stands beside or above it."""
    (_, _, width, height), kind = frame.box, frame.shot.kind
    room, narrow = height * 0.8, 0
    if kind == "close":
        room = height - LABEL - GAP if frame.shape.one_by_one else height * 0.5
    elif kind == "step":
        room = height - LABEL - GAP
    elif kind == "safety" and frame.stage:
        room = height - LABEL - 2 * GAP - 30
    elif kind == "safety":
        narrow = 190
    least = frame.shape.type_least - 1 if frame.shape.one_by_one else frame.shape.type_least + 6
    size = fit_words([frame.shot.text], width - narrow, room, range(_most(frame), least, -2))
    fits = words_height([frame.shot.text], width - narrow, size) <= room
    return replace(frame, size=size, labelled=fits or not frame.shape.one_by_one)


def _most(frame: Frame) -> int:
    return LARGEST if frame.box == frame.shape.full else LARGEST_BESIDE
