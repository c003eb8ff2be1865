"""How layers of a scene act: paper figures that rise, nod, tap, ring and lift, a few poses held for some frames.

Each gesture ends in another rest than it began with, so that a scene never looks as it did before: what is told with
still figures is a card.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.products.films.parts.layers import Sort

BEAT = 28
"""Frames from one gesture to the next: with its own length never three seconds of rest."""
ENTER = 8
"""Frames in which a figure rises into the scene."""
TILT = 3.0
"""Degrees of a lean."""


class Pose(NamedTuple):
    """How a layer is drawn: leaning about its foot, as narrow as a card that is turned, its other side."""

    tilt: float = 0.0
    narrow: float = 1.0
    back: bool = False


class Mark(NamedTuple):
    """Where a layer is in one frame, in units of 1/300 of the stage's height."""

    pose: Pose
    dx: float = 0.0
    dy: float = 0.0


UPRIGHT, LEFT, RIGHT = Pose(), Pose(-TILT), Pose(TILT)
Gesture = Callable[[Mark, int], list[Mark]]
"""From the rest it begins in; the last mark is the next rest. The number tells how often it has acted before."""


def _lean(rest: Mark) -> Pose:
    return {UPRIGHT: RIGHT, RIGHT: LEFT, LEFT: UPRIGHT}.get(rest.pose, UPRIGHT)


def nod(rest: Mark, _turn: int) -> list[Mark]:
    down = [0, 4, 8, 8, 4, 0]
    return [Mark(rest.pose, 0, dy) for dy in down] + [Mark(_lean(rest), 0, dy) for dy in down]


def shake(rest: Mark, _turn: int) -> list[Mark]:
    return [Mark(pose) for pose in (LEFT, RIGHT) * 3 for _ in range(2)] + [Mark(_lean(rest))]


def laugh(rest: Mark, _turn: int) -> list[Mark]:
    up = [-4, -8, -4, 0]
    return [Mark(pose, 0, dy) for pose in (rest.pose, _lean(rest), _lean(rest)) for dy in up]


def worry(rest: Mark, _turn: int) -> list[Mark]:
    return [Mark(rest.pose, dx, 3) for dx in (-3, 3) * 5] + [Mark(_lean(rest), 0, 0)]


def jump(rest: Mark, _turn: int) -> list[Mark]:
    return [Mark(rest.pose, 0, dy) for dy in (-8, -16, -20, -16, -8)] + [Mark(_lean(rest))] * 3


def talk(rest: Mark, _turn: int) -> list[Mark]:
    return [Mark(_lean(rest), 0, dy) for dy in (3, 3, 0, 0, 3, 3, 0, 0, 3, 3, 0)]


def lift(rest: Mark, _turn: int) -> list[Mark]:
    goal = 0 if rest.dy < -6 else -16
    return [Mark(rest.pose, 0, rest.dy + (goal - rest.dy) * part) for part in (0.3, 0.6, 0.8, 0.9, 0.97, 1)]


def tap(rest: Mark, turn: int) -> list[Mark]:
    strike = [(-4, -5), (-9, -11), (-9, -11), (-4, -5), (0, 0)]
    end = (0, 0) if turn % 2 else (7, 8)
    return [Mark(rest.pose, dx, dy) for dx, dy in (*strike, *strike, end)]


def push(rest: Mark, turn: int) -> list[Mark]:
    side = 0 if turn % 2 else -10
    return [Mark(rest.pose, dx, dy) for dx, dy in ((4, 2), (-6, -4), (-12, -8), (-12, -8), (-6, -4), (4, 2), (side, 0))]


def point(rest: Mark, turn: int) -> list[Mark]:
    return [Mark(rest.pose, dx, 0) for dx in (4, 9, 12, 9, 4, 4, 9, 12, 9)] + [Mark(_lean(rest), 6 * (turn % 2), 0)]


def ring(rest: Mark, turn: int) -> list[Mark]:
    return [Mark(rest.pose, dx, -3) for dx in (-5, 5) * 6] + [Mark(rest.pose, 0, 0 if turn % 2 else -6)]


def write(rest: Mark, turn: int) -> list[Mark]:
    return [Mark(rest.pose, dx, dy) for dx, dy in ((-4, 0), (0, 3), (4, 0), (8, 3), (4, 0), (0, 3), (-4, 0))] + [
        Mark(rest.pose, 6 * (turn % 2 == 0), 0)]


def hop(rest: Mark, _turn: int) -> list[Mark]:
    goal = 0 if rest.dy < -4 else -9
    return [Mark(rest.pose, 0, dy) for dy in (-6, -14, -18, -14, -6, goal)]


def drive(rest: Mark, _turn: int) -> list[Mark]:
    goal = 0 if rest.dx else 16
    return [Mark(rest.pose, rest.dx + (goal - rest.dx) * part, -2 * (index % 2))
            for index, part in enumerate((0.2, 0.4, 0.6, 0.8, 0.9, 1, 1))]


def flip(rest: Mark, _turn: int) -> list[Mark]:
    widths = (1.0, 0.75, 0.4, 0.1)
    side, other = rest.pose.back, not rest.pose.back
    turned = [Pose(0, width, side) for width in widths] + [Pose(0, width, other) for width in reversed(widths)]
    return [Mark(pose) for pose in turned for _ in range(2)]


def rise(rest: Mark, _turn: int) -> list[Mark]:
    """Once in the scene there is nothing left to enter: it nods."""
    return nod(rest, 0)


GESTURES: dict[str, Gesture] = {
    "nod": nod, "shake": shake, "laugh": laugh, "worry": worry, "jump": jump, "talk": talk, "lift": lift, "tap": tap,
    "push": push, "point": point, "ring": ring, "write": write, "hop": hop, "drive": drive, "flip": flip, "rise": rise,
}
USUAL: dict[Sort, str] = {"person": "nod", "hand": "lift", "phone": "ring", "thing": "hop", "ground": ""}


@dataclass(frozen=True)
class Actor:
    """A figure that acts."""

    verb: str
    first: bool = False
    """It acts at every other beat."""
    enters: bool = False


def timeline(actors: Sequence[Actor], frames: int) -> list[list[Mark]]:
    """Where each actor is in each frame. One acts at a time, so that the eye knows where to look."""
    tracks: list[list[Mark]] = []
    for actor in actors:
        late = sum(other.enters for other in actors[: len(tracks)])
        tracks.append(_entrance(late) if actor.enters else [Mark(UPRIGHT)])
    turns = [0] * len(actors)
    for beat, start in enumerate(range(max(map(len, tracks)) + 5, frames, BEAT)):
        index = _whose(beat, actors)
        track = tracks[index]
        track += [track[-1]] * (start - len(track))
        track += GESTURES[actors[index].verb](track[-1], turns[index])
        turns[index] += 1
    return [(track + [track[-1]] * frames)[:frames] for track in tracks]


def _entrance(late: int) -> list[Mark]:
    """From below, quick and then slower, one after the other."""
    coming = [Mark(UPRIGHT, 0, 300 * (1 - (step + 1) / ENTER) ** 2) for step in range(ENTER)]
    return [Mark(UPRIGHT, 0, 300)] * (4 * late + 1) + coming


def _whose(beat: int, actors: Sequence[Actor]) -> int:
    leads = [index for index, actor in enumerate(actors) if actor.first] or [0]
    others = [index for index in range(len(actors)) if index not in leads]
    if not others:
        return leads[beat % len(leads)]
    return others[beat // 2 % len(others)] if beat % 2 else leads[beat // 2 % len(leads)]
