"""Pieces → the sections of a lesson. What has no place is put aside, never thrown away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.checks.structure.unwritten import MARK
from generator.commands.importing.pasted import as_row, section_named
from generator.commands.importing.pieces import Piece, Taken
from generator.ground.files import fold
from generator.handbook.keys import DEVICES
from generator.handbook.lesson.steps import FEWEST, MOST
from generator.handbook.spoken import count

OPENING = ""
"""Where pieces stand that come before any heading."""
_OPENINGS = ("gioi thieu", "mo dau", "muc dich", "muc tieu", "ai can bai nay", "noi dung")
MOST_OPENING, REMEMBER = 3, 3
LONGEST_TITLE = 16
"""Words."""
_MINUTES = re.compile(r"(\d{1,3})\s*phút\s*[:–-]\s*(.+)")
_SCENE = re.compile(r"(?i)(tên bài|(bước|việc|an toàn) \d|nhớ|số bài|cảnh( [\w-]+)?|gọi[ \d,]+)(\s*\+[^:]*)?(\s*:.*)?")
_GOAL = re.compile(r"(?i)\**(học xong,(?: bà con)?)\**\s*(?:,\s*)?\**(.*)", re.DOTALL)


@dataclass
class Placed:
    title: str = ""
    goal: str = ""
    opening: list[str] = field(default_factory=list)
    sections: dict[str, list[str]] = field(default_factory=dict)
    """Lines of each that says something."""
    unplaced: list[str] = field(default_factory=list)
    minutes: int = 0
    """Of the trainer's rows; 0 without any."""


def place(taken: Taken, spoiled: frozenset[str] = frozenset()) -> Placed:
    """`spoiled`: sections that our reader does not take as they are written."""
    placed = Placed(title=taken.title)
    rooms = _sorted(placed, taken.pieces)
    if not any(piece.kind == "step" for piece in rooms.get("Các bước", ())):
        _find_steps(rooms)
    _open(placed, rooms.pop(OPENING, []))
    for name, pieces in rooms.items():
        if name in spoiled or name not in _WAYS:
            placed.unplaced += [f"**{name}**", *map(_as_line, pieces)]
        elif lines := list(_WAYS[name](placed, pieces)):
            placed.sections[name] = lines
    placed.unplaced += taken.aside
    return placed


def _sorted(placed: Placed, pieces: Sequence[Piece]) -> dict[str, list[Piece]]:
    """Each piece below its heading."""
    rooms: dict[str, list[Piece]] = {}
    home: list[Piece] | None = rooms.setdefault(OPENING, [])
    for index, piece in enumerate(pieces):
        if piece.kind != "heading":
            if home is None:
                placed.unplaced.append(_as_line(piece))
            else:
                home.append(piece)
        elif name := section_named(piece.text):
            home = rooms.setdefault(name, [])
        elif not placed.title and not index:
            placed.title = piece.text
        elif fold(piece.text).strip(" :") in _OPENINGS:
            home = rooms[OPENING]
        else:
            placed.unplaced.append(f"**{piece.text}**")
            home = None
    return rooms


def _find_steps(rooms: dict[str, list[Piece]]) -> None:
    """Numbered lines under no heading are the steps."""
    opening = rooms[OPENING]
    first = next((index for index, piece in enumerate(opening) if piece.kind == "step" and not piece.inside), None)
    if first is not None and "Các bước" not in rooms:
        rooms["Các bước"], rooms[OPENING] = opening[first:], opening[:first]


def _open(placed: Placed, pieces: Sequence[Piece]) -> None:
    for piece in pieces:
        short = count(piece.text) <= LONGEST_TITLE
        goal = _GOAL.fullmatch(piece.text) if piece.kind == "text" else None
        if not placed.title and short and piece.kind == "text" and not goal:
            placed.title = piece.text.replace("**", "").rstrip(" .:")
        elif goal and goal[2].strip() and not placed.goal:
            placed.goal = f"**{goal[1][0].upper()}{goal[1][1:]}** {goal[2].replace('**', '').strip()}"
        elif piece.kind == "picture" or (piece.kind == "text" and len(placed.opening) < MOST_OPENING):
            placed.opening.append(_as_line(piece))
        else:
            placed.unplaced.append(_as_line(piece))


def _as_line(piece: Piece) -> str:
    if piece.kind == "picture":
        return f"![{piece.text or f'{MARK} lời tả hình'}]({piece.file})"
    return as_row(piece.cells) if piece.cells else piece.text


# One way a section.


def _steps(placed: Placed, pieces: Sequence[Piece]) -> Iterator[str]:
    counted = next((kind for kind in ("step", "bullet", "row", "text")
                    if any(piece.kind == kind and not piece.inside for piece in pieces)), "")
    number, pictured = 0, False
    for piece in pieces:
        begins = piece.kind == counted and not piece.inside
        number += begins
        pictured = not begins and pictured
        if not number or number > MOST or (piece.kind == "picture" and pictured):
            placed.unplaced.append(_as_line(piece))
        elif begins:
            yield from ("", f"{number}. {_whole(_as_line(piece))}")
        elif piece.kind == "picture":
            pictured = True
            yield f"   {_as_line(piece)}"
        else:
            yield f"   - {_with_device(_as_line(piece))}"
    for missing in range(number + 1, FEWEST + 1):
        yield from ("", f"{missing}. {MARK} việc thứ {missing}.")


def _whole(words: str) -> str:
    """A step all in bold says nothing by it."""
    bold = re.fullmatch(r"\*\*([^*]+)\*\*", words)
    return bold[1] if bold else words


def _with_device(words: str) -> str:
    for device in DEVICES:
        if found := re.match(rf"(?i)\**{device}\**\s*:\**\s*(.+)", words, re.DOTALL):
            return f"**{device}:** {found[1]}"
    return words


def _bullets(placed: Placed, pieces: Sequence[Piece]) -> Iterator[str]:
    for piece in pieces:
        if piece.kind == "picture":
            placed.unplaced.append(_as_line(piece))
        else:
            yield f"- {_as_line(piece)}"


def _blocks(_placed: Placed, pieces: Sequence[Piece]) -> Iterator[str]:
    for piece in pieces:
        yield from ("", _as_line(piece)) if piece.kind in ("text", "picture") else (f"- {_as_line(piece)}",)


def _troubles(placed: Placed, pieces: Sequence[Piece]) -> Iterator[str]:
    for piece in pieces:
        words = _as_line(piece)
        if piece.kind == "picture":
            placed.unplaced.append(words)
            continue
        problem, _, remedy = words.replace("**", "").partition(":")
        yield f"- **{problem.strip()}:** {remedy.strip() or f'{MARK} cách làm.'}"


def _remember(placed: Placed, pieces: Sequence[Piece]) -> Iterator[str]:
    told = [piece for piece in pieces if piece.kind != "picture"]
    placed.unplaced += [_as_line(piece) for piece in pieces if piece not in told[:REMEMBER]]
    yield from (f"- {_as_line(piece)}" for piece in told[:REMEMBER])
    yield from (f"- {MARK} điều thứ {missing}." for missing in range(len(told) + 1, REMEMBER + 1))


def _clip(placed: Placed, pieces: Sequence[Piece]) -> Iterator[str]:
    rows = [piece for piece in pieces if len(piece.cells) == 2 and all(piece.cells)]
    heads = [piece for piece in rows if [fold(cell).strip("* ") for cell in piece.cells] == ["hinh", "loi"]]
    scenes = [piece for piece in rows if _SCENE.fullmatch(piece.cells[0])]
    placed.unplaced += [_as_line(piece) for piece in pieces if piece not in (*heads, *scenes)]
    if scenes:
        yield from ("| Hình | Lời |", "|---|---|")
        yield from (f"| {piece.cells[0]} | {piece.cells[1]} |" for piece in scenes)


def _trainer(placed: Placed, pieces: Sequence[Piece]) -> Iterator[str]:
    rows = [(piece, found) for piece in pieces if (found := _MINUTES.fullmatch(_as_line(piece).replace("**", "")))]
    placed.minutes = sum(int(found[1]) for _, found in rows)
    timed = [piece for piece, _ in rows]
    if rows:
        yield from (f"- {found[1]} phút: {found[2]}" for _, found in rows)
    else:
        yield f"- 15 phút: {MARK} việc làm."
    for piece in pieces:
        if piece not in timed:
            yield from ("", _as_line(piece))


_WAYS: dict[str, Callable[[Placed, Sequence[Piece]], Iterator[str]]] = {
    "Chuẩn bị": _blocks, "Các bước": _steps, "Thực hành": _blocks, "Lỗi hay gặp": _troubles, "An toàn": _bullets,
    "Nhớ 3 điều": _remember, "1 phút học số": _clip, "Học tiếp": _blocks, "Cho người hướng dẫn": _trainer,
}
"""Questions with their answers are set aside: nobody can tell the right one."""
