"""The stage of a shot: where its figures stand in the frame, and what is drawn of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from generator.handbook.recorded.composing import ACCENT
from generator.press.film import Sprite, Window
from generator.press.scene import TINT
from generator.products.films.parts.acting import GESTURES, USUAL, Actor, Mark, Pose, timeline
from generator.products.films.parts.layers import GROUP, Layer

HEIGHT = 300
"""Units of every stage, whatever its size in the frame."""
WITHIN = 0.6
"""What lies so far within a figure, and above it, belongs to it: glasses, what a phone shows."""
MOST_ACTORS = 4
ALONE = 0.5
"""A thing drawn for one scene alone acts where it is smaller than this part of the stage."""


class Box(NamedTuple):
    """Left, top, width and height, in the units of the stage."""

    x: float
    y: float
    w: float
    h: float

    def within(self, other: Box) -> float:
        """Which part of this one lies in the other."""
        across = min(self.x + self.w, other.x + other.w) - max(self.x, other.x)
        down = min(self.y + self.h, other.y + other.h) - max(self.y, other.y)
        area = max(self.w, 1) * max(self.h, 1)
        return max(0.0, across or 1) * max(0.0, down or 1) / area if across >= 0 and down >= 0 else 0.0


@dataclass(frozen=True)
class Stage:
    box: tuple[int, int, int, int]
    """In the frame, in even pixels: left, top, width, height."""
    layers: tuple[Layer, ...]
    enters: int = 99
    """From this actor on they come in, those before are there."""

    @property
    def wide(self) -> float:
        return self.box[2] * HEIGHT / self.box[3]

    @property
    def view(self) -> str:
        return f"0 0 {self.wide:g} {HEIGHT}"

    @property
    def unit(self) -> float:
        """Pixels."""
        return self.box[3] / HEIGHT

    @property
    def svg(self) -> Markup:
        drawn = "".join(f'<g class="layer">{layer.svg}</g>' for layer in self.layers)
        return Markup(f'<svg class="stage" viewBox="{escape(self.view)}" aria-hidden="true">'
                      f"{drawn.replace(ACCENT, TINT)}</svg>")


# Who acts.


class Figure(NamedTuple):
    """Layers that move together, or stand still together."""

    svg: str
    back: str
    actor: int | None
    foot: tuple[float, float]
    """About which it leans."""


def cast(stage: Stage, boxes: Sequence[Box]) -> tuple[list[Actor], list[Figure]]:
    """Who acts, and the figures in the order they are painted."""
    room = Box(0, 0, stage.box[2] / stage.unit, HEIGHT)
    leads = _leads(stage, boxes, room)
    actors = [Actor(_verb(stage.layers[index]), _leading(stage, index, leads), at >= stage.enters)
              for at, index in enumerate(leads)]
    figures: list[Figure] = []
    for index, layer in enumerate(stage.layers):
        actor = _whose(index, leads, boxes)
        box = boxes[leads[actor]] if actor is not None else room
        foot = (box.x + box.w / 2, box.y + box.h)
        if figures and figures[-1].actor == actor and not layer.back:
            figures[-1] = figures[-1]._replace(svg=figures[-1].svg + layer.svg)
        else:
            figures.append(Figure(layer.svg, layer.back, actor, foot))
    return actors, figures


def _leads(stage: Stage, boxes: Sequence[Box], room: Box) -> list[int]:
    """People first, then hands and things; what was drawn for this scene alone only where there is little else."""
    order = {"person": 0, "hand": 1, "phone": 3, "thing": 2}
    named = [index for index, layer in enumerate(stage.layers) if layer.sort in order and layer.name != GROUP]
    made = [index for index, layer in enumerate(stage.layers) if layer.name == GROUP
            and boxes[index].w * boxes[index].h < ALONE * room.w * room.h]
    chosen = sorted(named, key=lambda index: (not stage.layers[index].verb, order[stage.layers[index].sort]))
    chosen += sorted(made, key=lambda index: -boxes[index].w * boxes[index].h)
    free: list[int] = []
    for index in chosen:
        if not any(boxes[index].within(boxes[lead]) > WITHIN and index > lead for lead in free):
            free.append(index)
    return sorted(free[:MOST_ACTORS])


def _leading(stage: Stage, index: int, leads: Sequence[int]) -> bool:
    told = [lead for lead in leads if stage.layers[lead].verb]
    people = [lead for lead in leads if stage.layers[lead].sort == "person"]
    return index in told if told else index == (people or leads)[0]


def _verb(layer: Layer) -> str:
    assert not layer.verb or layer.verb in GESTURES
    usual = {"tay-bam": "tap", "tay-dung": "push"}.get(layer.name) or USUAL[layer.sort]
    return layer.verb or usual


def _whose(index: int, leads: Sequence[int], boxes: Sequence[Box]) -> int | None:
    if index in leads:
        return leads.index(index)
    around = [(boxes[index].within(boxes[lead]), actor) for actor, lead in enumerate(leads) if lead < index]
    best = max(around, default=(0.0, None))
    return best[1] if best[0] > WITHIN else None


# What is drawn of them.

Poses = tuple[Pose, ...]


def plot(stage: Stage, boxes: Sequence[Box], frames: int) -> tuple[list[Figure], list[list[Mark]], list[Poses]]:
    """The figures, where each is in every frame, and the poses in which it must be drawn."""
    actors, figures = cast(stage, boxes)
    tracks = timeline(actors, frames) if actors else []
    still = [Mark(Pose())] * frames
    marks = [still if figure.actor is None else tracks[figure.actor] for figure in figures]
    return figures, marks, [tuple(dict.fromkeys(mark.pose for mark in track)) for track in marks]


def windowed(stage: Stage, marks: Sequence[Sequence[Mark]], poses: Sequence[Poses],
             drawn: Mapping[tuple[int, int], tuple[bytes, int, int]]) -> Window:
    """`drawn`: the picture of each pose of each figure, and where it lies on the stage."""
    sprites = []
    for at, (track, kinds) in enumerate(zip(marks, poses, strict=True)):
        for number, pose in enumerate(kinds):
            png, x, y = drawn[at, number]
            path = tuple((_even(x + mark.dx * stage.unit), _even(y + mark.dy * stage.unit))
                         if mark.pose == pose else None for mark in track)
            if png:
                sprites.append(Sprite(png, path, 0))
    left, top, width, height = stage.box
    return Window(left, top, width, height, tuple(sprites))


def _even(value: float) -> int:
    """Colours have half as many dots."""
    return round(value / 2) * 2
