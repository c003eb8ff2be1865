"""Scenes turned into film: still frames from the browser, a finger that moves over them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.engine.items import DRAWN, Bench
from generator.ground.code import our_code
from generator.ground.files import digest_of
from generator.ground.whole import Stock
from generator.press.film import FPS, Sprite, Still, Window, encode_scene, film_version
from generator.press.pages import Theme
from generator.press.phone.hand import hand
from generator.products.films.parts.captions import weigh
from generator.products.films.parts.frames import STATES, Frame, State
from generator.products.films.parts.puppets import HIDDEN, perform
from generator.products.films.parts.scenes import Shot

if TYPE_CHECKING:
    from generator.press.remember import Sheet

APPROACH, PRESS, AFTER = 16, 14, 20
"""Frames: the finger comes, stays, and what it did stands there."""
LEAST, LEAST_WITH_TAP = 2 * FPS, 6 + APPROACH + PRESS + AFTER
WHEN = 0.28
"""The finger sets out after this part of the scene."""
HAND = 150
"""Pixels of the square the hand is drawn in."""
HAND_BOX = (-14.0, -22.0, 76.0)
"""Left, top and size of that square; the fingertip is at 0,0."""
FROM = (190, 240)
"""Where the hand comes from and goes to, seen from the tapped place."""
LEAVE = 10
DRAW_HAND = """async ([svg, size]) => {
  const picture = new Image();
  picture.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(svg);
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  canvas.getContext('2d').drawImage(picture, 0, 0, size, size);
  return canvas.toDataURL('image/png').split(',')[1];
}"""


@dataclass(frozen=True)
class Title:
    """One caption as a picture."""

    html: str
    size: tuple[int, int]
    place: tuple[int, int]
    start: int
    frames: int


@dataclass(frozen=True)
class Draft:
    """A scene before it is film."""

    frame: Frame
    frames: int
    pages: Mapping[State, str]
    titles: tuple[Title, ...] = ()
    """Captions that stand in the picture itself."""
    before: tuple[str, ...] = ()
    """Pages that come first, one line or number after the other, until all is told."""

    @property
    def start(self) -> int:
        """The frame in which the finger sets out."""
        return max(6, min(round(self.frames * WHEN), self.frames - APPROACH - PRESS - AFTER))


def draft_scene(theme: Theme, frame: Frame, frames: int) -> Draft:
    states = STATES if frame.shot.has_tap else STATES[:1]
    *before, last = turns_of(frame)
    told = tuple(theme.draw("clip/scene.html", replace(frame, shown=shown)) for shown in before)
    pages = {state: theme.draw("clip/scene.html", replace(frame, state=state, shown=last)) for state in states}
    return Draft(frame, frames, pages, before=told)


def turns_of(frame: Frame) -> tuple[int, ...]:
    """What each page of a scene shows, in their order: lines one after the other, warnings before their step."""
    lines = tuple(range(1, len(frame.shot.more) + 1))
    if frame.shot.kind == "call" or (frame.shot.kind == "list" and frame.shape.one_by_one):
        return lines or (0,)
    if frame.shot.kind == "list":
        return (*lines[:-1], 0)
    return (*lines, 0) if frame.shot.kind == "step" and frame.shape.one_by_one else (0,)


def cut_scenes(drafts: Sequence[Draft], sheet: Sheet, bench: Bench) -> list[bytes]:
    """Each scene as film. The browser draws the next one while ffmpeg still encodes those before."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        try:
            waiting = [pool.submit(again, bench, encode_scene, *draw_scene(draft, sheet)) for draft in drafts]
            return [scene.result() for scene in waiting]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)  # what hangs once is not waited for again and again
            raise


def again(bench: Bench, machine: Callable[..., bytes], *given: object) -> bytes:
    """What a machine makes of what it is given, or made of the same in an earlier build."""
    key = digest_of(machine.__name__, our_code().digest(machine.__module__), film_version(), *_flat(given))
    return Stock(bench.memory.parent / DRAWN).again(key, lambda: machine(*given))


def _flat(thing: object) -> Iterator[object]:
    """Pictures and sounds as they are, for their digest."""
    if isinstance(thing, tuple | list):
        yield len(thing)
        for part in thing:
            yield from _flat(part)
    elif is_dataclass(thing):
        yield from _flat([getattr(thing, part.name) for part in fields(thing)])
    else:
        yield thing


def draw_scene(draft: Draft, sheet: Sheet) -> tuple[list[Still], list[Sprite], Window | None]:
    shape, phone, stage = draft.frame.shape, draft.frame.phone, draft.frame.stage
    titles = [Sprite(draw_page(title.html, sheet, *title.size), (title.place,) * title.frames, title.start)
              for title in draft.titles]
    pictures = {state: draw_page(html, sheet, shape.width, shape.height, HIDDEN) for state, html in draft.pages.items()}
    window = perform(stage, draft.frames, sheet) if stage else None
    told = [draw_page(html, sheet, shape.width, shape.height, HIDDEN) for html in draft.before]
    if len(pictures) == 1 or phone is None:
        return told_stills(draft.frame.shot, [*told, pictures["before"]], draft.frames), titles, window
    press = draft.start + APPROACH
    stills = [
        *told_stills(draft.frame.shot, [*told, pictures["before"]], press), Still(pictures["pressed"], PRESS),
        Still(pictures["after"], draft.frames - press - PRESS),
    ]
    finger = Sprite(draw_hand(sheet, phone.stage.turn, phone.stage.hold),
                    finger_path(draft, phone.tip, phone.stage.hold), draft.start)
    return stills, [finger, *titles], window


def told_stills(shot: Shot, pages: Sequence[bytes], frames: int) -> list[Still]:
    """One after the other, as long as each other; a number to call comes when the one before has been said."""
    turns = _said(shot, frames) if shot.kind == "call" else ()
    if len(turns) != len(pages) - 1:
        turns = [frames // len(pages) * count for count in range(1, len(pages))]
    edges = [0, *turns, frames]
    return [Still(png, end - begin) for png, (begin, end) in zip(pages, pairwise(edges), strict=True)]


def _said(shot: Shot, frames: int) -> Sequence[int]:
    """The frames in which all numbers but the last have been said, when they are said in their order."""
    at = [shot.words.find(number.text) for number in shot.more]
    if -1 in at or at != sorted({*at}):
        return ()
    whole = weigh(shot.words.split())
    ends = [shot.words[: place + len(number.text) + 1].split() for place, number in zip(at, shot.more, strict=True)]
    return [round(frames * weigh(words) / whole) for words in ends[:-1]]


def draw_page(html: str, sheet: Sheet, width: int, height: int, css: str = "") -> bytes:
    sheet.fill(html, "Phim", css)
    return sheet.png(width, height)


def draw_hand(sheet: Sheet, turn: float, hold: bool = False) -> bytes:
    left, top, size = HAND_BOX
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:g} {top:g} {size:g} {size:g}" width="{HAND}" '
           f'height="{HAND}" fill="none" stroke="#000" stroke-width="2" stroke-linecap="round" '
           f'stroke-linejoin="round">{hand(0, 0, turn, hold)}</svg>')
    return base64.b64decode(sheet.evaluate(DRAW_HAND, [svg, HAND]))


def finger_path(draft: Draft, tip: tuple[int, int], hold: bool = False) -> tuple[tuple[int, int], ...]:
    """Comes quickly and slows down, dips twice or stays, then goes, so that what it did is seen."""
    shape = draft.frame.shape
    room = round(HAND * 0.86)  # the whole hand stays in the picture
    left, top, size = HAND_BOX
    x, y = tip[0] + round(left / size * HAND), tip[1] + round(top / size * HAND)

    def at(part: float) -> tuple[int, int]:
        return (min(x + round(FROM[0] * part), max(x, shape.width - room)),
                min(y + round(FROM[1] * part), max(y, shape.height - room)))

    coming = [at((1 - (index + 1) / APPROACH) ** 2) for index in range(APPROACH)]
    dips = [at(0.06 * (not hold and index // 2 % 2 == 0 and index < 8)) for index in range(PRESS)]
    leaving = [at(((index + 1) / LEAVE) ** 2) for index in range(LEAVE)]
    return (*coming, *dips, *leaving)
