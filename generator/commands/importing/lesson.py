"""A Word file as a lesson: its text, its pictures, and what is told of it. Every word of the file is in one of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from generator.commands.importing.pasted import bullet_of, section_named, step_of
from generator.commands.importing.pieces import SPECIAL, Piece, take_pieces
from generator.commands.importing.placing import Placed, place
from generator.commands.importing.word import WordFile, read_word
from generator.commands.letters import clean_letters
from generator.ground.errors import ContentError, UsageError
from generator.ground.files import MAX_LESSON_BYTES, Source
from generator.ground.findings import Text
from generator.ground.said import said
from generator.handbook.keys import SECTIONS, UNPLACED
from generator.handbook.lesson.lessons import read_topic
from generator.handbook.model import Topic
from generator.handbook.recorded.pictures import PHOTOS, look_into

_SECTION = re.compile(r"(?m)^## (.+)$")
_FATAL = ("image.data/huge", "image.data/heavy")


@dataclass(frozen=True)
class Imported:
    text: str
    pictures: Mapping[str, bytes]
    """By the names they get beside the lesson."""
    told: tuple[Text, ...]


def import_word(path: Path, slug: str, skeleton: str) -> Imported:
    """`skeleton` says what is still to be written."""
    word = read_word(path)
    taken = take_pieces(word.tree)
    told = [said("new/word-deleted", words=words) for words in dict.fromkeys(taken.deleted)]
    pictures: dict[str, bytes] = {}
    for index, piece in enumerate(taken.pieces):
        name, data = _picture(path, piece, word, len(pictures) + 1)
        if name:
            pictures[name] = data
            taken.pieces[index] = replace(piece, file=name)
        elif piece.kind == "picture":
            own = PurePosixPath(piece.file).name
            told.append(said("new/word-picture", name=own))
            taken.pieces[index] = replace(piece, kind="text", text=piece.text or own, file="")
    text = _whole(slug, skeleton, lambda spoiled: place(taken, spoiled))
    headings = [piece.text for piece in taken.pieces if piece.kind == "heading"
                and section_named(piece.text) not in ("", piece.text)]
    told += [said("new/word-heading", words=words, name=section_named(words)) for words in dict.fromkeys(headings)]
    text = _with_lost(text, word.paragraphs, [*headings, *taken.deleted])
    if len(text.encode()) > MAX_LESSON_BYTES:
        raise UsageError(*said("new/word-long", file=path.name))
    return Imported(clean_letters(f"content/topics/{slug}/index.md", text.encode())[0], pictures, tuple(told))


def _picture(path: Path, piece: Piece, word: WordFile, number: int) -> tuple[str, bytes]:
    """A name of our own; empty for a kind that nobody shows."""
    suffix = PurePosixPath(piece.file).suffix.lower() if piece.kind == "picture" else ""
    data = word.media.get(piece.file, b"")
    if suffix not in PHOTOS:
        return "", b""
    fault = look_into(data, suffix).fault
    if fault in _FATAL:
        raise UsageError(*said("new/word-picture-bomb", file=path.name, name=PurePosixPath(piece.file).name))
    return ("", b"") if fault else (f"hinh-{number}{suffix}", data)


# The text.


def _whole(slug: str, skeleton: str, placing: Callable[[frozenset[str]], Placed]) -> str:
    """A lesson our reader takes: a section that it does not take as it is written is set aside."""
    spoiled: frozenset[str] = frozenset()
    while True:
        placed = placing(spoiled)
        text = _written(skeleton, placed)
        topic, findings = read_topic(slug, Source(f"content/topics/{slug}/index.md", text))
        wrong = {_section_at(text, finding.place.line) for finding in findings if finding.severity == "error"}
        if isinstance(topic, Topic) and not wrong:
            return text
        wrong &= placed.sections.keys()
        if not wrong - spoiled and not placed.sections:
            raise ContentError(*said("new/refused", reason=findings[0].message))
        spoiled |= wrong or placed.sections.keys()


def _section_at(text: str, line: int) -> str:
    names = _SECTION.findall("\n".join(text.split("\n")[:line]))
    return str(names[-1]) if names else ""


def _written(skeleton: str, placed: Placed) -> str:
    head, *parts = _SECTION.split(skeleton)
    left = dict(zip(parts[::2], parts[1::2], strict=True))
    front, title, goal, opening = head.strip().split("\n\n")
    if placed.minutes:
        front = re.sub(r"(?m)^phút: .*$", f"phút: {placed.minutes}", front)
    title = f"# {placed.title}" if placed.title else title
    text = "\n\n".join([front, title, placed.goal or goal, *(placed.opening or [opening])]) + "\n"
    for name, _ in SECTIONS:
        lines = placed.sections.get(name)
        if lines or name in left:
            text += f"\n## {name}\n\n{_joined(lines) if lines else left[name].strip()}\n"
    if placed.unplaced:
        text += _aside(placed.unplaced)
    return text


def _joined(lines: Sequence[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _aside(lines: Sequence[str]) -> str:
    return f"\n## {UNPLACED}\n\n" + "".join(f"- {' '.join(line.split())}\n" for line in lines if line.strip())


# Nothing is lost.


def _with_lost(text: str, paragraphs: Sequence[str], told: Sequence[str]) -> str:
    """Whatever of the file's own words stands neither in the text nor in what is told: page heads, boxes, and what no
    reader of such files knows."""
    kept = _words("\n".join([text, *told]))
    lines = [line for paragraph in paragraphs for line in paragraph.split("\n")]
    lost = [line for line in dict.fromkeys(lines) if not any(_words(way) in kept for way in _ways(line))]
    if not lost:
        return text
    lost = [SPECIAL.sub(r"\\\1", line) for line in lost]
    return f"{text}{'' if f'## {UNPLACED}' in text else _aside([''])}" + "".join(f"- {line}\n" for line in lost)


def _ways(line: str) -> Iterator[str]:
    """As it stands, and without the number or sign of a list."""
    yield line
    if step := step_of(line):
        yield step[1]
    if rest := bullet_of(line):
        yield rest


def _words(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).casefold().replace("\\", "").replace("**", "")
    return " ".join(["", *re.findall(r"[^\W_]+", plain), ""])
