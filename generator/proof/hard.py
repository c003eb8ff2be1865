"""Codes under hard conditions: how often each is still read, trouble by trouble."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.ground.findings import Text
from generator.press import proof
from generator.press.proof.troubles import TROUBLES, Score, score_code
from generator.proof.faults import CodeRow, FileProof

NAMES = {
    "small": Text("thu còn 72 dpi", "averaged to 72 dpi"),
    "blurred": Text("nhòe (Gauss σ 1,8 px)", "blurred (Gauss σ 1.8 px)"),
    "turned": Text("xoay ±20°", "turned ±20°"),
    "tilted": Text("chụp nghiêng 10 %", "perspective 10 %"),
    "squeezed": Text("JPEG 20", "JPEG 20"),
    "dark": Text("tối 35 %, nhiễu σ 12", "35 % light, noise σ 12"),
    "creased": Text("nếp gấp trắng 0,5 mm", "white crease 0.5 mm"),
    "stained": Text("vết bẩn 8 %", "stain over 8 %"),
    "copied": Text("photo hai lần", "photocopied twice"),
}

Known = dict[tuple[str, str, float], dict[str, Score]]
"""Scores by what the picture depends on: address, level, module."""


def harden(data: bytes, checked: FileProof, known: Known) -> FileProof:
    """The same proof with a score for every code on paper that zxing found."""
    if not checked.pages or not checked.codes:
        return checked
    with proof.opened(data) as paper:
        codes = tuple(_scored(paper, code, known) for code in checked.codes)
    return replace(checked, codes=codes)


def _scored(paper: proof.Paper, code: CodeRow, known: Known) -> CodeRow:
    if not code.version:
        return code
    key = (code.payload, code.level, round(code.module, 1))
    if key not in known:
        area = proof.Area(*code.box)
        known[key] = score_code(paper.leaf(code.page), area, code.payload, 17 + 4 * code.version)
    scores = known[key]
    return replace(code, hard={name: (score.tries, score.zxing, score.opencv) for name, score in scores.items()},
                   hard_any={name: score.either for name, score in scores.items()})


@dataclass(frozen=True, slots=True)
class LevelRow:
    """All codes of one level and version together."""

    level: str
    codes: int
    module: float
    """The smallest of them."""
    tries: dict[str, int]
    read: dict[str, int]

    @property
    def whole(self) -> int:
        """Troubles under which every code was read at every placing."""
        return sum(self.read[name] == self.tries[name] for name in self.tries)


def by_level(codes: Iterable[CodeRow]) -> list[LevelRow]:
    groups: dict[str, list[CodeRow]] = {}
    for code in codes:
        if code.hard:
            groups.setdefault(f"{code.version}-{code.level}", []).append(code)
    return [_level_row(level, group) for level, group in sorted(groups.items())]


def _level_row(level: str, group: Sequence[CodeRow]) -> LevelRow:
    names = [name for name in TROUBLES if all(name in code.hard for code in group)]
    return LevelRow(
        level, len(group), min(code.module for code in group),
        {name: sum(code.hard[name][0] for code in group) for name in names},
        {name: sum(code.hard_any[name] for code in group) for name in names},
    )


def unread(code: CodeRow) -> list[str]:
    """Troubles under which some placing was read by neither decoder."""
    return [name for name, counts in code.hard.items() if code.hard_any[name] < counts[0]]
