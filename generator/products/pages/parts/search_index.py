"""What readers search in: one script that sets one table, small enough for a weak signal, the same from a stick."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from generator.ground.files import fold
from generator.handbook.keys import EDITION_KEYS, Key
from generator.handbook.model import Edition, Handbook, Help, Topic
from generator.handbook.phones import dialled
from generator.press.pages import plain
from generator.press.squeeze import squeeze_script
from generator.products.lesson import CARDS, WAITING, Lesson, phrases_of, waiting
from generator.products.pages.parts.listing import Group, part_groups, path_groups, unseen_of
from generator.products.pages.parts.web import Web, page_of

SCRIPTS = tuple(f"site/search/{part}.js" for part in ("phrases", "mend", "likely", "engine", "box"))
"""Asked for when the box is first focused: after what is searched, what searches and what shows the results."""
WORDS = "site/search/words.txt"
NEIGHBOURS = "tổ công nghệ số"
_PROMISE = re.compile(r"^Học xong,\s*(?:(?:bà con|bác|mình)\s+)?")
_JOINED = re.compile(r"(?<=[a-z0-9])-(?=[a-z0-9])")
_ADDRESS = re.compile(r"(?<=[a-z0-9])[./](?=[a-z0-9])")
_END = re.compile(r"[^a-z0-9\s]+")


def search_script(web: Web) -> str:
    unseen = " ".join(f'{name}="{text}"' for name, text in unseen_of(web.handbook, explains=True).items())
    return "\n".join((search_index(web), squeeze_script(web.theme.text(*SCRIPTS)), f"/* {unseen} */\n"))


def search_index(web: Web) -> str:
    """Sets the one table. Rows are lists: the engine knows what stands where."""
    book = web.handbook
    spot = web.spot("index.html")
    parts, paths = part_groups(spot), path_groups(spot)
    rows = [*_lesson_rows(book), *_group_rows(book, parts, paths)]
    table = {
        "groups": [*(part.title for part in parts), CARDS, "Bài cho từng người", "Các phần"],
        "cards": len(parts),
        "rows": rows,
        "words": [[term.name, plain(term.gloss), *term.aliases] for term in book.explained(*book.lessons)],
        "waiting": WAITING,
        "unsigned": int(book.is_mixed and bool(book.unsigned_words)),
        "ask": _whom_to_ask(book.edition),
        "alike": list(_alike(web.theme.text(WORDS))),
        "lacked": list(_lacked(web.theme.text(WORDS), rows)),
    }
    return f"window.hocsoIndex={json.dumps(table, ensure_ascii=False, separators=(',', ':'))};\n"


def _whom_to_ask(edition: Edition) -> list[str]:
    """Unit, telephone, hours, and what a tap dials, for who looks for what the book lacks: one that can be called, if
    one is known."""
    known = [helper for helper in (edition.helper(NEIGHBOURS), edition.contact) if helper.unit]
    helper = max(known, key=lambda helper: bool(helper.phone), default=Help(NEIGHBOURS))
    return [helper.unit, helper.phone, helper.hours, dialled(helper.phone)]


def _alike(text: str) -> Iterator[list[str]]:
    """What people type → what lessons say."""
    for line in text.splitlines():
        typed, mark, said = line.partition("=")
        if mark and not line.startswith("#"):
            yield from ([word.strip(), said.strip()] for word in typed.split(","))


def _lacked(text: str, rows: Iterable[list[object]]) -> Iterator[str]:
    """What people look for and no book of ours has, one row a kind: until some lesson says it."""
    told = _folded(str(cell) for row in rows for cell in row)
    for line in text.splitlines():
        if line.startswith("- "):
            folded = map(_folded, ([word] for word in line[2:].split(",")))
            yield " . ".join(word for word in folded if f" {word} " not in f" {told} ")


def _lesson_rows(book: Handbook) -> Iterator[list[object]]:
    """File, number, title, line, group, words near the title; 1 for a draft among others. Steps are left out: by chance
    they hold anything."""
    group_of = {slug.text: index for index, part in enumerate(book.parts) for slug in part.topics}
    cards = len(book.parts)
    for lesson in book.lessons:
        topic = isinstance(lesson, Topic)
        yield [
            page_of(lesson), book.number_of(lesson.slug), plain(lesson.title), _line(lesson),
            group_of.get(lesson.slug, -1) if topic else cards,
            _folded((*_wishes(book, lesson), *lesson.office.asked_for, *_local_names(book, lesson))),
            *([1] if waiting(book, lesson) else ()),
        ]


def _group_rows(book: Handbook, parts: Iterable[Group], paths: Iterable[Group]) -> Iterator[list[object]]:
    """Parts and paths are found by their names and by whom they are for."""
    after = len(book.parts) + 1
    for path, group in zip(book.paths, paths, strict=True):
        if group.lessons:
            yield [group.page, group.number, group.title, _size(group), after, _folded([path.audience.text])]
    for group in parts:
        if group.lessons:
            yield [group.page, group.number, group.title, _size(group), after + 1, ""]


def _size(group: Group) -> str:
    return f"{len(group.lessons)} bài, học hết chừng {group.duration}."


def _line(lesson: Lesson) -> str:
    """What the reader will be able to do, in one line."""
    words = _PROMISE.sub("", plain(lesson.goal or next(phrases_of(lesson.opening), "")))
    return words[:1].upper() + words[1:]


# What is searched.


def _wishes(book: Handbook, lesson: Lesson) -> Iterator[str]:
    """As the home page puts what a reader wants, and how a reader who does not see it there will type it."""
    yield from (plain(wish.words) for wish in book.wishes if wish.lesson.text == lesson.slug)


def _local_names(book: Handbook, lesson: Lesson) -> Iterator[str]:
    """What a province or commune calls the app or channel of this lesson, wherever the reader is from."""
    for key in named_channels(lesson):
        yield key.vi
        names = (edition.channel(key.en).name for edition in book.editions)
        yield from dict.fromkeys(name for name in names if name)


def named_channels(lesson: Lesson) -> list[Key]:
    """Which of them the lesson's own text names, whatever stands there in this edition."""
    return [key for key in EDITION_KEYS
            if key.kind == "channel" and re.search(rf"\{{\{{\s*{key.vi}\b", lesson.body)]


def _folded(sentences: Iterable[str]) -> str:
    """Bare letters, digits, and a full stop wherever words no longer belong together."""
    bare = _END.sub(" . ", _ADDRESS.sub(" ", _JOINED.sub("", fold(" . ".join(sentences)))))
    return re.sub(r"(?: \.)+$", "", re.sub(r"(?:\. )+", ". ", " ".join(bare.split())))
