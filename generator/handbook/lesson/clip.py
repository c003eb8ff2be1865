"""`1 phút học số`: the table a film is made from, what is seen and what is said."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from generator.ground.findings import Edit, Place
from generator.handbook import model
from generator.handbook.lesson.acts import ACTS, NAMES, find_act
from generator.handbook.lesson.sections import Line, Section, Sheet
from generator.handbook.mistakes import MOST_GUESSED, listed, nearest, spelled

_RULER = re.compile(r":?-+:?")
_SCENES: dict[str, model.SceneKind] = {
    "tên bài": "title", "bước": "step", "việc": "step", "an toàn": "safety", "nhớ": "remember", "số bài": "number",
    "cảnh": "scene",
}


def read_clip(sheet: Sheet, section: Section) -> tuple[model.Scene, ...]:
    rows = [line for line in section.lines if line.text.lstrip().startswith("|")]
    for line in section.lines:
        if rows and not line.blank and not line.text.lstrip().startswith("|"):
            sheet.remind("clip.stray", sheet.place(line))
    cells = [(line, _cells(line)) for line in rows]
    ruled = len(cells) > 1 and all(_RULER.fullmatch(cell) for cell, _ in cells[1][1])
    if not ruled or [cell for cell, _ in cells[0][1]] != ["Hình", "Lời"]:
        sheet.remind("clip.header", section.place)
        return ()
    scenes = [_scene(sheet, line, row) for line, row in cells[2:]]
    return tuple(scene for scene in scenes if scene)


def _cells(line: Line) -> list[tuple[str, int]]:
    """Cell texts with their columns; `\\|` is a written bar."""
    found = []
    for match in re.finditer(r"(?:\\.|[^|\\])+", line.text.strip().strip("|")):
        text = match.group()
        lead = len(text) - len(text.lstrip())
        offset = line.text.index("|") + 1 if "|" in line.text else 0
        found.append((text.strip().replace("\\|", "|"), offset + match.start() + lead + 1))
    return found


def _scene(sheet: Sheet, line: Line, cells: list[tuple[str, int]]) -> model.Scene | None:
    if len(cells) != 2 or not cells[0][0] or not cells[1][0]:
        sheet.remind("clip.row", sheet.place(line))
        return None
    (picture, column), (words, words_column) = cells
    place = Place(sheet.source.file, line.number, column)
    seen, _, direction = picture.partition(": ")
    phrase = model.Phrase(words, Place(sheet.source.file, line.number, words_column))
    name, *acting = seen.removesuffix(":").split("+")
    scene = _seen(name.strip()) or _played(name)
    if scene is None:
        _unknown(sheet, place, name.strip())
        scene = model.Scene("title", 0, "", "", phrase)
    acts = (*scene.acts, *_acts(sheet, place, seen, acting))
    return replace(scene, direction=direction.strip(), words=phrase, acts=acts, place=place)


def _seen(name: str) -> model.Scene | None:
    """What a name shows: a part of the lesson, a number to call, a drawing, a file."""
    nothing = model.Phrase("")
    folded = name.casefold()
    match = re.fullmatch(r"(tên bài|bước|việc|an toàn|nhớ|số bài|cảnh)(?: +(\d{1,2}))?", folded)
    if match and (match[2] is not None) == (match[1] in ("bước", "việc", "an toàn")):
        return model.Scene(_SCENES[match[1]], int(match[2] or 0), "", "", nothing, uncounted=match[1] == "việc")
    if match := re.fullmatch(r"gọi((?:[ ,]+\d{3,})+)", folded):
        return model.Scene("call", 0, " ".join(re.findall(r"\d+", match[1])), "", nothing)
    if match := re.fullmatch(r"cảnh +([\w-]+)", name, re.IGNORECASE):
        return model.Scene("scene", 0, match[1], "", nothing)
    if re.search(r"\.[A-Za-z0-9]{2,4}$", name):
        return model.Scene("file", 0, name, "", nothing)
    return None


def _played(name: str) -> model.Scene | None:
    """Somebody acts, and that is what is seen."""
    act = find_act(name)
    return model.Scene("scene", 0, "", "", model.Phrase(""), (act,)) if act else None


def _acts(sheet: Sheet, place: Place, seen: str, names: list[str]) -> tuple[model.Act, ...]:
    found = []
    for written in names:
        name = written.strip()
        if act := find_act(name):
            found.append(act)
        else:
            at = replace(place, column=place.column + seen.find(name))
            near = _likely(sheet, name, NAMES)
            rule = "clip.act/likely" if near else "clip.act"
            others = _known(name if _guesses(sheet) else "")
            sheet.remind(rule, at, edits=_mend(at, name, near), name=name, near=near, others=others)
    return tuple(found)


@cache
def _known(name: str) -> str:
    """What that person can do; of somebody unknown, who there is."""
    who = next((who for who in sorted(ACTS, key=len, reverse=True) if name.casefold().startswith(f"{who} ")), "")
    return listed(name, (f"{who} {verb}" for verb in ACTS[who]) if who else NAMES)


def _mend(place: Place, name: str, near: str | None) -> tuple[Edit, ...]:
    return spelled(place, name, near) if near and name else ()


_SHOWN = ("tên bài", "nhớ", "số bài", "cảnh")


def _guesses(sheet: Sheet) -> bool:
    """A pasted table holds thousands of names, and nobody meant any of them."""
    return len(sheet.findings) < MOST_GUESSED


def _likely(sheet: Sheet, name: str, known: tuple[str, ...]) -> str | None:
    return nearest(name, known) if _guesses(sheet) else None


def _unknown(sheet: Sheet, place: Place, name: str) -> None:
    near = _likely(sheet, name, (*_SHOWN, *NAMES))
    sheet.remind("clip.picture/likely" if near else "clip.picture", place, edits=_mend(place, name, near), name=name,
                 near=near)
