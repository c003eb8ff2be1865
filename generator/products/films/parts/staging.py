"""Which scene stands in which shot, and where: people who act what the row says, else the lesson's own scene."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from generator.handbook.lesson.acts import ACTS, BACKS, first_named, guessed_acts, played
from generator.handbook.model import Act, Drawing, Handbook
from generator.products.films.parts.frames import Shape, room_of
from generator.products.films.parts.layers import Layer, layers_of, sort_of
from generator.products.films.parts.scenes import Shot
from generator.products.films.parts.stage import HEIGHT, Stage
from generator.products.lesson import Lesson

SCENE = (400, HEIGHT)
TALL_AS = {"person": 288, "hand": 250, "phone": 215, "thing": 165}
"""Units, where there is room."""
FIRST, SECOND = 0.66, 0.42
"""Of two figures each is at most this part of the stage wide: they stand a little over each other."""
HELPLESS = frozenset({"em bé", "kẻ lừa", "trợ lý"})
"""They take no picture of papers and pay nobody for the reader, though the lesson's scene shows them: it was a baby who
held out the money."""
AROUND = 44
"""Units of a piece left and right of a phone that rings, for its waves."""


@dataclass(frozen=True)
class Cast:
    """All that may be seen in a lesson's film."""

    own: Drawing
    drawings: Mapping[str, Drawing]
    pieces: Mapping[str, Drawing]
    beginning: str = ""
    """What the first direction says."""
    story: str = ""
    """All that is said, for a scene without people."""

    @cached_property
    def somebody(self) -> str:
        """Who stands for people without a face of their own: of whom the story begins to tell, else the first of the
        lesson's scene, else of whom it tells at all."""
        if told := first_named(self.beginning):
            return told
        for layer in layers_of(self.own, self.pieces.values()):
            for who, verbs in ACTS.items():
                family = {_family(piece) for piece, _ in verbs.values()}
                if layer.sort == "person" and who not in HELPLESS and _family(layer.name) in family:
                    return who
        return first_named(self.story) or "bà"


def stages_of(book: Handbook, lesson: Lesson, shots: Sequence[Shot], shape: Shape) -> Iterator[Stage | None]:
    cast = _cast(book, lesson, shots)
    for shot in shots:
        yield _stage(cast, shot, shape) if cast else None


def drawn_for(book: Handbook, lesson: Lesson, shots: Sequence[Shot]) -> tuple[str, ...]:
    """All that stands in a lesson's film, whatever its cut: a piece that is drawn anew makes its films anew."""
    cast = _cast(book, lesson, shots)
    if cast is None:
        return ()
    pieces = [played(act)[0] for shot in shots for act in _acts(cast, shot)]
    pieces += [BACKS[piece] for piece in pieces if piece in BACKS]
    found = [*map(cast.pieces.get, pieces), *(cast.drawings.get(shot.drawing) for shot in shots)]
    return tuple(dict.fromkeys(drawing.svg for drawing in (cast.own, *found) if drawing))


def _cast(book: Handbook, lesson: Lesson, shots: Sequence[Shot]) -> Cast | None:
    if lesson.drawing is None:
        return None
    return Cast(lesson.drawing, {one.name: one for one in book.drawings}, {one.name: one for one in book.pieces},
                shots[0].direction if shots else "", " ".join(shot.words for shot in shots if shot.direction))


def _stage(cast: Cast, shot: Shot, shape: Shape) -> Stage:
    layers = layers_of(cast.drawings.get(shot.drawing, cast.own), cast.pieces.values())
    acts = _acts(cast, shot)
    if shot.kind in ("title", "close") or shot.own or shot.drawing:
        box = shape.last if shot.kind == "close" else shape.seen
        directed, all_found = _directed(layers, acts)
        if all_found or not shot.acts or shot.own or shot.drawing:
            return Stage(_fitted(box), directed)  # whole from the first frame: what is sent on shows that one
    boxes = {"close": shape.last, "call": shape.caller(len(shot.more))}
    box = room_of(shape, shot.screen).people if _shares(shot) else boxes.get(shot.kind, shape.seen)
    figures = _figures(cast, acts, HEIGHT * box[2] / box[3])
    return Stage(box, figures, 1) if figures else Stage(_fitted(box), layers)


def _shares(shot: Shot) -> bool:
    """A phone or a photograph stands in the same frame."""
    return bool(shot.screen or shot.file)


def _acts(cast: Cast, shot: Shot) -> tuple[Act, ...]:
    """What the row says, else what its words tell."""
    if shot.acts:
        return shot.acts
    acts = guessed_acts(shot.direction or shot.words, cast.somebody, people=bool(shot.direction))
    return _beside_phone(acts, cast.somebody) if _shares(shot) else acts


def _beside_phone(acts: Sequence[Act], somebody: str) -> tuple[Act, ...]:
    """The finger is on the phone already; somebody holds it."""
    kept = tuple(act for act in acts if act != Act("tay", "bấm"))
    verb = next((verb for verb in ("cầm máy", "nói") if verb in ACTS[somebody]), "nói")
    return kept or (Act(somebody, verb),)


def _directed(layers: Sequence[Layer], acts: Sequence[Act]) -> tuple[tuple[Layer, ...], bool]:
    """The figures of a scene with what they do, and whether all who act stand in it."""
    found = list(layers)
    seen = 0
    for act in acts:
        piece, gesture = played(act)
        at = next((at for at, layer in enumerate(found) if layer.name and _family(layer.name) == _family(piece)
                   and not layer.verb and layer.sort != "phone"), None)
        if at is not None:
            found[at] = replace(found[at], verb=gesture)
            seen += 1
    return tuple(found), seen == len(acts)


def _family(piece: str) -> str:
    """`ba` of `ba-nghe-may`: one face in many postures."""
    return "bac" if piece.startswith(("bac-vui", "bac-lo", "bac-cam", "bac-nghe", "bac-dung")) else (
        piece.split("-")[0] if piece.startswith(("ba-", "chau-", "anh-day")) else piece)


# People and things, put together for one row.


def _figures(cast: Cast, acts: Sequence[Act], width: float) -> tuple[Layer, ...]:
    known = [act for act in acts if played(act)[0] in cast.pieces][:2]
    if not known:
        return ()
    if width < 1.2 * HEIGHT:  # room for one
        known = known[:1]
    sizes = [_size(cast, act, width, len(known), at) for at, act in enumerate(known)]
    total = sum(size[0] for size in sizes)
    free = width - total
    gap = min(60.0, free / (len(known) + 1)) if free > 0 else free
    left = max((width - total - gap * (len(known) - 1)) / 2, 0.0)
    layers = []
    for act, (wide, high, scale) in zip(known, sizes, strict=True):
        layers.append(_layer(cast, act, left, _top(act, high), scale))
        left += wide + gap
    return tuple(layers)


def _size(cast: Cast, act: Act, width: float, many: int, at: int) -> tuple[float, float, float]:
    """Width, height and scale of a figure."""
    piece, gesture = played(act)
    wide, high = _view(cast.pieces[piece])
    wide += 2 * AROUND if gesture == "ring" else 0
    goal = TALL_AS[sort_of(piece)] * (1 if many > 1 else 1.25)
    most = width * (0.9 if many == 1 else SECOND if at else FIRST)
    scale = min(goal / high, most / wide, 292 / high)
    return wide * scale, high * scale, scale


def _top(act: Act, high: float) -> float:
    """People and hands come up from the ground; things stand free."""
    sort = sort_of(played(act)[0])
    return HEIGHT - high if sort in ("person", "hand") else max(12, (HEIGHT - high) * 0.42)


def _view(drawing: Drawing) -> tuple[float, float]:
    wide, high = drawing.view.split()[2:]
    return float(wide), float(high)


def _layer(cast: Cast, act: Act, left: float, top: float, scale: float) -> Layer:
    piece, gesture = played(act)
    rings = gesture == "ring"
    left += AROUND * scale if rings else 0
    where = f'<g transform="translate({left:.1f} {top:.1f}) scale({scale:.3f})">'
    wide, high = _view(cast.pieces[piece])
    front = cast.pieces[piece].svg + (_dressed(cast.pieces[piece].svg, _waves(wide, high)) if rings else "")
    back = cast.pieces.get(BACKS.get(piece, ""))
    turned = f'{where}<g transform="scale({wide / _view(back)[0]:.3f})">{back.svg}</g></g>' if back else ""
    return Layer(piece, f"{where}{front}</g>", gesture, turned)


def _waves(wide: float, high: float) -> str:
    """Around a phone that rings."""
    arcs = [f"M{side + out * far:g} {high / 2 - reach:g}q{out * reach / 2:g} {reach:g} 0 {2 * reach:g}"
            for side, out in ((0, -1), (wide, 1)) for far, reach in ((12, 26), (26, 44))]
    return f'<path d="{"".join(arcs)}" stroke-width="6"/>'


def _dressed(like: str, svg: str) -> str:
    """More lines in the dress of a piece."""
    return f"{like[: like.index('>') + 1]}{svg}</g>"


def _fitted(box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """As large as a scene fits, at the left and on the ground."""
    left, top, width, height = box
    wide = min(width, round(height * SCENE[0] / SCENE[1])) // 4 * 4
    high = wide * SCENE[1] // SCENE[0] // 2 * 2
    return left, top + height - high, wide, high
