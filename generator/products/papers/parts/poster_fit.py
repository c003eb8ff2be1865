"""How large everything on a poster is: as large as the paper allows. Numbers only, nothing is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.ground.files import beside
from generator.handbook.model import Step
from generator.press.phone.drawing import WIDTH_MM, screen_height_mm
from generator.products.papers.parts.drawing import need_of

CROPS_MM = (46.0, 33.0, 24.0)
"""The most height of a screen, measured where it is 45 mm wide."""
MODEST = -3
"""Which of the sizes at the side a warning below the steps takes."""
UNEVEN_MM = 4.0
"""A screen stands below its words only when that saves more."""


@dataclass(frozen=True)
class Level:
    """How large steps are drawn: points of type, millimetres of a screen's width, which of the crops."""

    text: float
    phone: float
    crop: int


PAGE_MM, LARGE_MM = (210.0, 297.0), (297.0, 420.0)
"""The one layout; A3 is the same sheet enlarged, so that there nothing to be read is smaller than 19 points."""
ROOM_MM = 278.6
"""Height between the margins."""
CODE_MM = 50.5
SIDE_MM = 70.0
"""Width of the column with the code, unless the code itself is wider."""
DISC_MM, BETWEEN_MM, UNDER_MM = 11.0, 4.0, 2.0
"""Of a numeral; the space below a step; that between words and a picture below them."""
BAND_MM = 76.0
"""Height the band may take for a large title."""
TITLES = (76, 70, 66, 60, 54, 49, 44, 40, 36, 33, 30, 28)
ADDRESSES = (16, 15, 14)
SIDES = ((26, 22), (25, 21), (24, 20), (23, 19), (22, 18), (20, 17), (19, 16), (17, 15), (15, 14))
"""Type of the warning and of what to remember."""
LEVELS = (
    Level(28, 70, 0), Level(26, 66, 0), Level(24, 62, 0), Level(22, 58, 0), Level(22, 56, 1), Level(20, 54, 0),
    Level(20, 52, 1), Level(18, 50, 0), Level(18, 48, 1), Level(17, 47, 1), Level(16.5, 46, 2), Level(16, 45, 2),
    Level(15, 45, 2), Level(14, 45, 2),
)
TRIALS = {"titles": TITLES, "sides": SIDES, "levels": [(level.text, level.phone) for level in LEVELS]}
"""What `MEASURE` tries."""
MEASURE = beside(__file__, ".js")
MEASURE_OWN = """paper => Object.fromEntries([...paper.querySelectorAll('.corner, .ask, .foot')].map(piece => [
  piece.dataset.key,
  piece.scrollWidth > piece.clientWidth + 1 ? 1e6 : piece.getBoundingClientRect().height * 25.4 / 96]))"""


@dataclass(frozen=True)
class Fit:
    """The largest type at which everything fits."""

    title: float
    side: tuple[float, float]
    level: Level
    variants: bool
    forms: tuple[str, ...]
    """How each step stands: `beside`, `below` or `plain`, without a picture."""
    left_out: tuple[int, ...] = ()
    """Steps whose picture had to leave."""
    over_mm: float = 0.0


def choose(steps: Sequence[Step], heights: Mapping[str, Any], below: bool) -> Fit:
    """Title as large as its band allows, then the steps; for their pictures' sake the title may shrink."""
    fixed = heights["fixed"]
    room = ROOM_MM - fixed["ask"] - fixed["foot"]
    side, warned, over = _choose_side(heights, room - fixed["corner"], below)
    bands = list(zip(TITLES, heights["bands"], strict=True))
    low = [(title, band) for title, band in bands if band <= BAND_MM] or bands[-1:]
    best: Fit | None = None
    for title, band in (low[0], low[len(low) // 2], bands[-1]):
        fit = _choose_steps(steps, heights["words"], room - band - fixed["heading"] - warned)
        if best is None or (fit.over_mm, len(fit.left_out)) < (best.over_mm, len(best.left_out)):
            best = replace(fit, title=title, side=side, over_mm=max(fit.over_mm, over))
        if not best.left_out and not best.over_mm:
            break
    assert best
    return best


def _choose_side(
    heights: Mapping[str, Any], room: float, below: bool
) -> tuple[tuple[float, float], float, float]:
    """The largest type that fits beside the steps, how high the warning below them is, and what does not fit."""
    modest, lowest = SIDES[MODEST], heights["boxes"][MODEST]["warning"]
    overs = [boxes["keep"] + (0 if below else boxes["warning"]) - room for boxes in heights["boxes"]]
    taken = next((index for index, over in enumerate(overs) if over <= 0), len(overs) - 1)
    side, over = SIDES[taken], max(0.0, overs[taken])
    return ((modest[0], side[1]), lowest, over) if below else (side, 0.0, over)


def _choose_steps(
    steps: Sequence[Step], words: Sequence[Sequence[Mapping[str, float]]], room: float
) -> Fit:
    """The largest level that fits, at large ones first with the ways of other phones; at the smallest the least
    needed pictures leave one by one."""
    for index, level in enumerate(LEVELS):
        for variants in (True, False) if index < len(LEVELS) * 2 // 3 else (False,):
            fit = _try(steps, level, variants, words[index][variants], room, ())
            if not fit.over_mm:
                return fit
    pictured = [step.number for step in sorted(steps, key=need_of) if step.screen or step.picture]
    for count in range(1, len(pictured) + 1):
        fit = _try(steps, level, False, words[-1][False], room, tuple(sorted(pictured[:count])))
        if not fit.over_mm:
            break
    return fit


def _try(
    steps: Sequence[Step], level: Level, variants: bool, words: Mapping[str, float], room: float,
    gone: tuple[int, ...],
) -> Fit:
    stands = [_stand(step, level, words, step.number in gone) for step in steps]
    over = sum(max(DISC_MM, height) + BETWEEN_MM for _, height in stands) - room
    return Fit(0, (0, 0), level, variants, tuple(form for form, _ in stands), gone, max(0.0, over))


def _stand(step: Step, level: Level, words: Mapping[str, float], gone: bool) -> tuple[str, float]:
    """The lower of the two ways to stand with a picture, and its height."""
    narrow, full = words[f"{step.number}/narrow"], words[f"{step.number}/full"]
    picture = 0.0 if gone else picture_mm(step, level)
    if not picture:
        return "plain", full
    beside, below = max(narrow, picture), full + UNDER_MM + picture
    return ("below", below) if beside - below > UNEVEN_MM else ("beside", beside)


def picture_mm(step: Step, level: Level) -> float:
    """How high the picture of a step is, a photograph at most."""
    most = CROPS_MM[level.crop]
    if step.screen:
        return screen_height_mm(step.screen, most) * level.phone / WIDTH_MM
    return most if step.picture else 0.0
