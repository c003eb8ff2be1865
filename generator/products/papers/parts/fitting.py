"""Fits measured pieces onto two sides: what leaves first, where the sheet is turned. Numbers only, nothing is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

Heights = Mapping[str, float]
"""Millimetres by the key of a piece."""
WORTH_MM = 1.0
"""A picture that frees less than this stays."""
ROOMY_MM = 5.0
"""White that stays free on each side when an extra is there."""
UNEVEN_MM = 0.5
"""Of two arrangements so nearly as high the first is taken."""
FREE_MM = 0.05
"""What counts as no room."""
TORN_MM = 14.0
"""A turn of the sheet among pieces of one kind is as bad as so much uneven white."""


@dataclass(frozen=True)
class Piece:
    """What is never torn: it stands on one side or the other."""

    key: str
    kind: str
    content: Any = None
    """Left to the template."""


@dataclass(frozen=True)
class Choice:
    """One place on the paper. Each grade shows less than the one before; within a grade are
    arrangements of the same things. An empty grade means: left out."""

    name: str
    grades: tuple[tuple[Piece, ...], ...]
    leads: bool = False
    """A heading: it must not be the last of a side."""
    need: tuple[Any, ...] | None = None
    """How much a picture is needed; None when there is none."""
    start: int = 0
    """The grade that is asked for; those before it are taken where they ask for no more room."""

    @property
    def kind(self) -> str:
        return self.grades[0][0].kind

    def best(self, grade: int, heights: Heights) -> Piece | None:
        if not self.grades[grade]:
            return None
        first = self.grades[grade][0]
        lowest = min(self.grades[grade], key=lambda piece: heights[piece.key])
        return first if heights[first.key] - heights[lowest.key] <= UNEVEN_MM else lowest

    def height(self, grade: int, heights: Heights) -> float:
        piece = self.best(grade, heights)
        return heights[piece.key] if piece else 0.0


Rung = tuple[tuple[Choice, int], ...]
"""Every choice with the grade taken."""


@dataclass(frozen=True)
class Fit:
    front: tuple[Piece, ...]
    back: tuple[Piece, ...]
    left_out: tuple[str, ...]
    """Names of pictures that had to leave."""
    over_mm: float
    """By how much both sides together are too full; 0 when all fits."""


def fixed(key: str, kind: str, content: Any = None, leads: bool = False) -> Choice:
    return Choice(key, ((Piece(key, kind, content),),), leads)


def optional(key: str, kind: str, *contents: Any) -> Choice:
    """An extra, in one form or in several, each with less than the one before."""
    forms = [Piece(key if index == 0 else f"{key}/{index}", kind, content) for index, content in enumerate(contents)]
    return Choice(key, (*((form,) for form in forms or [Piece(key, kind)]), ()))


def pieces_of(choices: Iterable[Choice]) -> tuple[Piece, ...]:
    """All forms of all choices: what has to be measured."""
    return tuple(piece for choice in choices for grade in choice.grades for piece in grade)


def choose_fit(choices: Sequence[Choice], heights: Heights, front_mm: float, back_mm: float) -> Fit:
    """The first rung of the ladder that fits, else the last one."""
    fit = None
    for rung in ladder(choices, heights):
        spare = ROOMY_MM if any(not choice.grades[-1] for choice, _ in rung) else 0.0
        fit = split(rung, heights, front_mm - spare, back_mm - spare)
        if not fit.over_mm and fit.left_out:
            kept = _given_back(rung, fit, heights, front_mm, back_mm)
            return min((kept, *_turned(rung, heights, front_mm, back_mm)), key=lambda one: len(one.left_out))
        if not fit.over_mm:
            return fit
    assert fit
    return fit


def _given_back(rung: Rung, fit: Fit, heights: Heights, front_mm: float, back_mm: float) -> Fit:
    """The last one to leave may have made room for others, or let the sheet be turned elsewhere: what now fits comes
    back, the most needed first."""
    needs = {choice.name: choice.need or () for choice, _ in rung}
    for name in sorted(fit.left_out, key=needs.__getitem__, reverse=True):
        richer = tuple((choice, grade - 1 if choice.name == name else grade) for choice, grade in rung)
        tried = split(richer, heights, front_mm, back_mm)
        if not tried.over_mm:
            rung, fit = richer, tried
    return fit


def ladder(choices: Sequence[Choice], heights: Heights) -> Iterator[Rung]:
    """Everything; then without each extra, the first one first; then without all extras; then pictures shrink
    to fewer rows and at last leave, each time from the least needed up. Words of steps and warnings stay.
    An extra with a picture is tried without it before it leaves."""
    extras = {choice.name: len(choice.grades) - 1 for choice in choices if not choice.grades[-1]}
    start = {choice.name: choice.start for choice in choices}
    taken = start
    for gone in dict.fromkeys([(), *((name,) for name in extras), tuple(extras)]):
        for lighter in dict.fromkeys((0, *(last - 1 for last in extras.values()))):
            taken = start | {name: last if name in gone else min(lighter, last - 1) for name, last in extras.items()}
            yield _rung(choices, taken)
    pictures = sorted((choice for choice in choices if choice.need is not None), key=lambda c: c.need or ())
    passes = max((len(choice.grades) - 1 for choice in pictures), default=0)
    for grade in range(1, passes + 1):
        for choice in pictures:
            now, last = taken[choice.name], len(choice.grades) - 1
            lower = last if grade == passes else min(grade, last - 1)
            if choice.height(now, heights) - choice.height(lower, heights) >= WORTH_MM:
                taken[choice.name] = lower
                yield _rung(choices, taken)


def _rung(choices: Sequence[Choice], taken: Mapping[str, int]) -> Rung:
    return tuple((choice, taken[choice.name]) for choice in choices if choice.grades[taken[choice.name]])


def _turned(rung: Rung, heights: Heights, front_mm: float, back_mm: float) -> Iterator[Fit]:
    """Wherever the sheet may be turned: the words alone, then the pictures that have room on their side."""
    plain = [len(choice.grades) - 1 if choice.need is not None else grade for choice, grade in rung]
    for turn in range(1, len(rung)):
        if rung[turn - 1][0].leads:
            continue
        sides = (range(turn), front_mm), (range(turn, len(rung)), back_mm)
        taken, over = list(plain), 0.0
        for places, room in sides:
            free = room - sum(rung[at][0].height(taken[at], heights) for at in places)
            over += max(0.0, -free)
            _fill(rung, taken, places, free, heights)
        if not over:
            yield split(tuple((choice, taken[at]) for at, (choice, _) in enumerate(rung)), heights, front_mm, back_mm)


def _fill(rung: Rung, taken: list[int], places: Iterable[int], free: float, heights: Heights) -> None:
    """Every picture at its least, the most needed first; then each as large as room is left."""
    pictured = [at for at in places if rung[at][0].need is not None]
    pictured.sort(key=lambda at: rung[at][0].need or (), reverse=True)
    for at in pictured:
        free -= _enlarge(rung[at][0], taken, at, free, heights, (len(rung[at][0].grades) - 2,))
    for at in pictured:
        if taken[at] < len(rung[at][0].grades) - 1:
            free -= _enlarge(rung[at][0], taken, at, free, heights, range(taken[at]))


def _enlarge(
    choice: Choice, taken: list[int], at: int, free: float, heights: Heights, grades: Iterable[int]
) -> float:
    """What the first of some grades that fits takes more than the one taken."""
    for grade in grades:
        more = choice.height(grade, heights) - choice.height(taken[at], heights)
        if more <= free:
            taken[at] = grade
            return more
    return 0.0


def adorn(fit: Fit, heads: Iterable[Piece], heights: Heights, front_mm: float, back_mm: float) -> Fit:
    """The first of some richer first pieces beside which all that was chosen stays as it is."""
    _, *others = (*fit.front, *fit.back)
    for head in () if fit.over_mm else heads:
        rung = tuple((Choice(piece.key, ((piece,),), piece.kind == "heading"), 0) for piece in (head, *others))
        tried = split(rung, heights, front_mm, back_mm)
        if not tried.over_mm:
            return Fit(tried.front, tried.back, fit.left_out, 0.0)
    return fit


def grown(fit: Fit, choices: Iterable[Choice], heights: Heights) -> Fit:
    """Every picture as large as the words beside it are high: that takes no room."""
    forms = {piece.key: (choice, at) for choice in choices if choice.need is not None
             for at, grade in enumerate(choice.grades[:-1]) for piece in grade}

    def larger(piece: Piece) -> Piece:
        choice, now = forms.get(piece.key, (None, 0))
        others = (choice.best(grade, heights) for grade in range(now)) if choice else ()
        return next((one for one in others if one and heights[one.key] <= heights[piece.key] + FREE_MM), piece)

    return replace(fit, front=tuple(map(larger, fit.front)), back=tuple(map(larger, fit.back)))


def split(rung: Rung, heights: Heights, front_mm: float, back_mm: float) -> Fit:
    """The turn that fits, rather between two sections than within one, both sides evenly full."""
    tall = [choice.height(grade, heights) for choice, grade in rung]

    def judge(turn: int) -> tuple[float, float]:
        free = front_mm - sum(tall[:turn]), back_mm - sum(tall[turn:])
        over = sum(max(0.0, -space) for space in free)
        torn = rung[turn - 1][0].kind == rung[turn][0].kind
        return round(over, 2), abs(free[0] - free[1]) + (TORN_MM if torn else 0)

    turn = min((turn for turn in range(1, len(rung)) if not rung[turn - 1][0].leads), key=judge)
    pieces = [piece for choice, grade in rung if (piece := choice.best(grade, heights))]
    gone = tuple(c.name for c, grade in rung if c.need is not None and grade == len(c.grades) - 1)
    return Fit(tuple(pieces[:turn]), tuple(pieces[turn:]), gone, judge(turn)[0])
