"""Pandoc's tree as a row of pieces, each one line of a lesson to be; what a lesson has no place for is set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from generator.commands.importing.pasted import bullet_of, section_named, step_of
from generator.commands.importing.word import TAB
from generator.handbook.spoken import count

Kind = Literal["heading", "step", "bullet", "text", "row", "picture"]
LONGEST_HEADING = 12
"""Words of a bold line of its own that is still a heading."""
SPECIAL = re.compile(r"([\\`*\[\]<{}|])")
_GAPS = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}
_INLINES = {"Str", *_GAPS, "Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps",
            "Quoted", "Cite", "Code", "Math", "RawInline", "Link", "Image", "Note", "Span"}


@dataclass(frozen=True)
class Piece:
    kind: Kind
    text: str
    """Of a picture, its words for the blind."""
    inside: bool = False
    """Belongs to the step or bullet before it."""
    cells: tuple[str, ...] = ()
    file: str = ""


@dataclass
class Taken:
    """What a tree gave."""

    title: str = ""
    pieces: list[Piece] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    """Footnotes, comments and what stands above a title: no reader's words, so no section has a place for them."""
    deleted: list[str] = field(default_factory=list)
    """By somebody who tracked changes."""


def take_pieces(tree: Mapping[str, Any]) -> Taken:
    taken = Taken()
    for name, value in tree["meta"].items():
        words = _Inlines(taken).words(_leaves(value)).strip()
        if name == "title" and words:
            taken.title = words.replace("\n", " ")
        elif words:
            taken.aside.append(words)
    _take_blocks(taken, tree["blocks"], inside=False)
    return taken


def _leaves(value: Any) -> list[Any]:
    """All inline words of a value of the meta data, however deep."""
    kind, content = (value.get("t"), value.get("c")) if isinstance(value, dict) else ("", value)
    if kind in ("MetaInlines", "Para", "Plain"):
        return [*(content or ()), {"t": "Space"}]
    if kind == "MetaString":
        return [{"t": "Str", "c": content}]
    parts = [*content.values()] if isinstance(content, dict) else content if isinstance(content, list) else []
    return [leaf for part in parts for leaf in _leaves(part)]


def _take_blocks(taken: Taken, blocks: Sequence[Any], *, inside: bool) -> None:
    for block in blocks:
        kind, content = block["t"], block.get("c")
        if kind in ("Para", "Plain"):
            _take_lines(taken, content, inside=inside)
        elif kind == "Header":
            _take_heading(taken, content[2])
        elif kind in ("OrderedList", "BulletList"):
            items = content[1] if kind == "OrderedList" else content
            for item in items:
                _take_item(taken, item, "step" if kind == "OrderedList" else "bullet", inside=inside)
        elif kind == "Table":
            _take_table(taken, content, inside=inside)
        elif kind == "Figure":  # its caption says what the picture's own words say
            _take_blocks(taken, content[2], inside=inside)
        elif kind in ("CodeBlock", "RawBlock"):
            _add_lines(taken, _escaped(content[1]), inside=inside)
        else:  # quotes are indented lines; boxes, definitions and whatever may come
            _take_blocks(taken, list(_blocks_in(content)), inside=inside)


def _blocks_in(content: Any) -> Iterator[Any]:
    for part in content if isinstance(content, list) else ():
        if isinstance(part, dict) and "t" in part:
            yield {"t": "Plain", "c": [part]} if part["t"] in _INLINES else part
        else:
            yield from _blocks_in(part)


def _take_heading(taken: Taken, inlines: Sequence[Any]) -> None:
    reader = _Inlines(taken)
    words = " ".join(reader.words(inlines).replace("**", "").split())
    if words:
        step = step_of(words) if not section_named(words) else None
        taken.pieces.append(Piece("step", step[1]) if step else Piece("heading", words))
    taken.pieces += reader.pictures


def _take_lines(taken: Taken, inlines: Sequence[Any], *, inside: bool) -> None:
    reader = _Inlines(taken)
    _add_lines(taken, reader.words(inlines), inside=inside)
    taken.pieces += [Piece("picture", picture.text, inside, file=picture.file) for picture in reader.pictures]


def _add_lines(taken: Taken, words: str, *, inside: bool) -> None:
    taken.pieces += [_line(line.strip(f" {TAB}"), inside) for line in words.split("\n") if line.strip(f" {TAB}")]


def _line(words: str, inside: bool) -> Piece:
    bold = re.fullmatch(r"\*\*([^*]+)\*\*:?", words)
    if section_named(words) or (bold and not step_of(words) and count(words) <= LONGEST_HEADING and not inside):
        return Piece("heading", words.strip("*: "))
    if TAB in words:
        return Piece("row", "", inside, tuple(cell.strip() for cell in words.split(TAB)))
    if step := step_of(words):
        return Piece("step", step[1], inside)
    if rest := bullet_of(words):
        return Piece("bullet", rest, inside)
    return Piece("text", words, inside)


def _take_item(taken: Taken, blocks: Sequence[Any], kind: Kind, *, inside: bool) -> None:
    """Its first line is what the list counts; all else belongs to it."""
    start = len(taken.pieces)
    _take_blocks(taken, blocks[:1], inside=inside)
    if len(taken.pieces) > start and taken.pieces[start].kind in ("text", "bullet", "step"):
        taken.pieces[start] = Piece(kind, taken.pieces[start].text, inside)
        taken.pieces[start + 1 :] = [Piece(one.kind, one.text, True, one.cells, one.file)
                                     for one in taken.pieces[start + 1 :]]
    _take_blocks(taken, blocks[1:], inside=True)


def _take_table(taken: Taken, content: Sequence[Any], *, inside: bool) -> None:
    _, caption, _, head, bodies, foot = content
    _take_blocks(taken, caption[1], inside=inside)
    rows = [*head[1], *(row for body in bodies for part in body[2:] for row in part), *foot[1]]
    for _, cells in rows:
        words = []
        for cell in cells:
            inner = Taken(aside=taken.aside, deleted=taken.deleted)
            _take_blocks(inner, cell[4], inside=inside)
            words.append(_in_one(inner))
            taken.pieces += [one for one in inner.pieces if one.file]
        if any(words):
            taken.pieces.append(Piece("row", "", inside, tuple(words)))


class _Inlines:
    """Words of one paragraph in our markup, and its pictures."""

    def __init__(self, taken: Taken) -> None:
        self.taken = taken
        self.pictures: list[Piece] = []

    def words(self, inlines: Sequence[Any]) -> str:
        text = "".join(map(self._word, inlines))
        return re.sub(r"[^\S\n]+", " ", text.replace("****", "")).strip(" ")

    def _word(self, inline: Mapping[str, Any]) -> str:
        kind: str = inline["t"]
        content: Any = inline.get("c") or ()
        if kind == "Str":
            return _escaped(content)
        if kind in _GAPS:
            return _GAPS[kind]
        if kind == "Strong":
            return _bold("".join(map(self._word, content)))
        if kind == "Image":
            words = _Inlines(self.taken).words(content[1]).replace("**", "") or _escaped(content[2][1])
            self.pictures.append(Piece("picture", words, file=content[2][0]))
            return " "
        if kind == "Note":
            self.taken.aside.append(_told(self.taken, content))
            return ""
        if kind == "Span":
            return self._span(content)
        if kind == "Link":
            return self._link(content)
        if kind in ("Code", "Math", "RawInline"):
            return _escaped(content[-1])
        inner = content[-1] if kind in ("Quoted", "Cite") else content
        words = "".join(map(self._word, inner))
        return f"“{words}”" if kind == "Quoted" else words

    def _span(self, content: Any) -> str:
        (_, classes, _), inlines = content
        if "deletion" in classes or "paragraph-deletion" in classes:
            if words := _Inlines(self.taken).words(inlines).strip():
                self.taken.deleted.append(words)
            return ""
        if "comment-start" in classes:  # whoever wrote it stays unnamed
            self.taken.aside.append(_Inlines(self.taken).words(inlines).strip())
            return ""
        return "".join(map(self._word, inlines))

    def _link(self, content: Any) -> str:
        """Its words stay; where it leads is set aside, for a lesson leads only to places the book knows."""
        words, address = "".join(map(self._word, content[1])), content[2][0]
        if "://" in address and address not in words:
            self.taken.aside.append(f"{words}: {address}")
        return words


def _told(taken: Taken, blocks: Sequence[Any]) -> str:
    inner = Taken(aside=taken.aside, deleted=taken.deleted)
    _take_blocks(inner, blocks, inside=False)
    return _in_one(inner)


def _in_one(taken: Taken) -> str:
    return " ".join(text for one in taken.pieces if not one.file for text in (one.text, *one.cells) if text)


def _escaped(words: str) -> str:
    return SPECIAL.sub(r"\\\1", words)


def _bold(words: str) -> str:
    """Stars stand close to words and end with their line, or they are no bold."""
    if "\n" in words:
        return "\n".join(map(_bold, words.split("\n")))
    core = words.replace("**", "").strip()
    if not core:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{before}**{core}**{after}"
