"""Step 3, select: the handbook of one edition. `{{ … }}` gets its words, empty ones take their sentence away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from generator.handbook import model
from generator.handbook.chosen import known_edition
from generator.handbook.filled import VALUE, edition_values, split_value
from generator.handbook.keys import UNWRITTEN
from generator.handbook.lesson.markup import escape_markdown
from generator.handbook.lesson.steps import FEWEST

OWN_VALUES = frozenset({"số bài", "địa chỉ bài"})
"""What a lesson knows of itself, once it has a number."""
_SENTENCE = re.compile(
    r"(?:\{\{[^{}]*+\}\}|.)*?(?:(?<![.!?…])[.!?…]++[\"”’)*]*+(?=\s|$)|$)\s*", re.DOTALL
)
"""A full stop inside braces ends nothing."""


ROOM = "…"


def select(handbook: model.Handbook, edition_id: str) -> model.Handbook:
    edition = known_edition(edition_id, handbook.editions)
    shown = edition_values(edition)
    topics = [_localise(topic, shown, handbook, edition) for topic in handbook.topics]
    cards = [_localise(card, shown, handbook, edition) for card in handbook.cards]
    alerts = [_localise(alert, shown, handbook, edition) for alert in handbook.alerts]
    kept = {lesson.slug for lesson in (*topics, *cards) if lesson is not None}
    return replace(
        handbook,
        edition=edition,
        written=handbook.by_slug,
        topics=tuple(topic for topic in topics if topic is not None),
        cards=tuple(card for card in cards if card is not None),
        alerts=tuple(alert for alert in alerts if alert and handbook.shows(alert)),
        home=_fill_home(handbook, shown),
        **_lists_of(handbook, kept),
        left_out=(*handbook.held_back, *(lesson.slug for lesson in handbook.lessons if lesson.slug not in kept)),
    )


def hold_back(handbook: model.Handbook, slugs: Iterable[str]) -> model.Handbook:
    """Without these lessons; their numbers say whom to ask."""
    held = {*slugs}
    kept = {lesson.slug for lesson in handbook.lessons} - held
    short = (name for name, row in handbook.lists.items() if any(slug.text in held for slug in row.topics))
    return replace(
        handbook,
        topics=tuple(topic for topic in handbook.topics if topic.slug in kept),
        cards=tuple(card for card in handbook.cards if card.slug in kept),
        **_lists_of(handbook, kept),
        held_back=tuple(lesson.slug for lesson in handbook.lessons if lesson.slug in held),
        shortened=frozenset(short),
    )


def _lists_of(handbook: model.Handbook, kept: set[str]) -> dict[str, Any]:
    """Parts and paths with the lessons that are left."""
    return {
        "parts": tuple(replace(part, topics=_kept(part.topics, kept)) for part in handbook.parts),
        "paths": tuple(replace(path, topics=_kept(path.topics, kept)) for path in handbook.paths),
    }


def _kept(slugs: tuple[model.Phrase, ...], kept: set[str]) -> tuple[model.Phrase, ...]:
    return tuple(slug for slug in slugs if slug.text in kept)


def _fill_home(handbook: model.Handbook, shown: Mapping[str, str]) -> Any:
    filled = _fill(handbook.home, shown) if "{{" in handbook.home.body else handbook.home
    return filled or handbook.home


def _localise(lesson: Any, shown: Mapping[str, str], handbook: model.Handbook, edition: model.Edition) -> Any:
    """The lesson with its values; None when it would lose its title or too many steps."""
    if not isinstance(lesson, model.Alert) and UNWRITTEN in lesson.office.unit:
        lesson = replace(lesson, office=replace(lesson.office, unit=ROOM))
    if "{{" not in lesson.body and UNWRITTEN not in lesson.body:
        return lesson
    filled = _fill(lesson, {**shown, **_own_values(handbook, edition, lesson.slug)})
    return filled if filled is not None and is_whole(filled) else None


def as_read(handbook: model.Handbook, lesson: model.Topic | model.Card, words: str) -> str:
    """Words of this lesson, of today or of an older text, with the values of the edition; as written where one of them
    is empty."""
    values = edition_values(handbook.edition) | _own_values(handbook, handbook.edition, lesson.slug)
    return fill_text(words, values) or words


def _own_values(handbook: model.Handbook, edition: model.Edition, slug: str) -> dict[str, str]:
    number = handbook.number_of(slug)
    return {"số bài": number, "địa chỉ bài": edition.number_url(number) if number else ""}


def lessons_left_out(handbook: model.Handbook) -> Iterator[tuple[model.Edition, str]]:
    """Every edition with the slugs it cannot show. Only which values are empty matters, so each way is tried once."""
    wanted = {lesson.slug: _values_needed(lesson.body) for lesson in handbook.lessons if "{{" in lesson.body}
    gone: dict[tuple[str, frozenset[str]], bool] = {}
    for edition in handbook.editions:
        shown = edition_values(edition)
        for slug, names in wanted.items():
            own = OWN_VALUES if handbook.number_of(slug) else frozenset()
            empty = frozenset(name for name in names if not shown.get(name) and name not in own)
            if empty and (slug, empty) not in gone:
                gone[slug, empty] = _localise(handbook.by_slug[slug], shown, handbook, edition) is None
            if empty and gone[slug, empty]:
                yield edition, slug


def _values_needed(body: str) -> frozenset[str]:
    """Names without other words; where they are empty their sentence goes."""
    pairs = (split_value(match["name"]) for match in VALUE.finditer(body))
    return frozenset(name for name, otherwise in pairs if otherwise is None)


def is_whole(lesson: model.Topic | model.Card | model.Alert) -> bool:
    if isinstance(lesson, model.Alert):
        return bool(lesson.blocks)
    enough = len(lesson.steps) >= FEWEST and bool(lesson.safety)
    return enough if isinstance(lesson, model.Card) else enough and len(lesson.remember) == 3 and len(lesson.clip) > 0


def fill_text(text: str, values: Mapping[str, str]) -> str | None:
    """The text with its values; None when nothing is left of it. What is still to write is a gap, never its hint."""
    text = _with_gap(text) if UNWRITTEN in text else text
    if "{{" not in text:
        return text
    sentences = [_fill_sentence(sentence, values) for sentence in _SENTENCE.findall(text) if sentence]
    return "".join(sentences).strip() or None


def _with_gap(text: str) -> str:
    """A hint is a note for who writes, with full stops and names in it: nothing from it on is shown."""
    before = text.partition(UNWRITTEN)[0]
    if before.count("**") % 2:
        before = before.rpartition("**")[0]
    return f"{before}{ROOM}"


def _fill_sentence(sentence: str, values: Mapping[str, str]) -> str:
    """Empty when one of its values is empty and has no other words."""
    empty = False

    def put(match: re.Match[str]) -> str:
        nonlocal empty
        name, otherwise = split_value(match["name"])
        value = values.get(name, "")
        if not value and otherwise is None:
            empty = True
        return escape_markdown(value) if value else otherwise or ""

    filled = VALUE.sub(put, sentence)
    return "" if empty else filled


_FIELDS: dict[type, tuple[str, ...]] = {}


def _fill(thing: Any, values: Mapping[str, str]) -> Any:
    """The same data with every phrase filled, what holds no value untouched; None when what it says is gone."""
    if isinstance(thing, str | int | date) or thing is None:
        return thing
    if isinstance(thing, model.Phrase):
        text = fill_text(thing.text, values)
        return thing if text is thing.text else None if text is None else replace(thing, text=text)
    if isinstance(thing, model.Row):
        return _fill_row(thing, values)
    if isinstance(thing, model.Picture) and UNWRITTEN in thing.alt:
        return replace(thing, alt=ROOM)
    if isinstance(thing, tuple):
        parts = [_fill(item, values) for item in thing]
        if all(new is old for new, old in zip(parts, thing, strict=True)):
            return thing
        return tuple(part for part in parts if part is not None)
    return _fill_dataclass(thing, values) if is_dataclass(thing) else thing


def _fill_row(row: model.Row, values: Mapping[str, str]) -> model.Row | None:
    """A row is never Markdown, so the value's own signs stay as they are."""
    if not any(sign in part for sign in ("{{", UNWRITTEN) for part in (row.text, row.value)):
        return row
    text, value = fill_text(row.text, values), fill_text(row.value, values)
    if text is None or value is None:
        return None
    return replace(row, text=_unescape(text, row.text), value=_unescape(value, row.value))


def _unescape(filled: str, written: str) -> str:
    return re.sub(r"\\(.)", r"\1", filled) if "{{" in written else filled


def _fill_dataclass(thing: Any, values: Mapping[str, str]) -> Any:
    changes = {}
    for name in _FIELDS.setdefault(type(thing), tuple(field.name for field in fields(thing))):
        old = getattr(thing, name)
        new = _fill(old, values)
        if new is None and old is not None and not _may_vanish(thing, name):
            return None
        if new is not old:
            changes[name] = new
    if "steps" in changes:
        changes["steps"] = tuple(replace(step, number=n) for n, step in enumerate(changes["steps"], start=1))
    filled = replace(thing, **changes) if changes else thing
    if isinstance(filled, model.Topic) and changes:
        filled = replace(filled, clip=_clip_after(thing, filled))
    return None if _says_nothing(filled) else filled


def _says_nothing(thing: Any) -> bool:
    """True when too much of it went: a question without its right answer teaches nothing."""
    if isinstance(thing, model.Bullets):
        return not thing.items
    if isinstance(thing, model.Screen):
        return not thing.rows
    if isinstance(thing, model.Question):
        return len(thing.answers) < 2 or not any(answer.right for answer in thing.answers)
    return False


def _clip_after(before: model.Topic, after: model.Topic) -> tuple[model.Scene, ...]:
    """The scenes under the new numbers of their steps and safety lines; those of vanished ones go."""
    steps = {step.phrase.place: number for number, step in enumerate(after.steps, start=1)}
    safety = {phrase.place: number for number, phrase in enumerate(after.safety, start=1)}
    places = {
        **{("step", step.number): steps.get(step.phrase.place, 0) for step in before.steps},
        **{("safety", number): safety.get(phrase.place, 0) for number, phrase in enumerate(before.safety, start=1)},
    }
    scenes = (replace(scene, index=places.get((scene.kind, scene.index), scene.index)) for scene in after.clip)
    return tuple(scene for scene in scenes if scene.index or scene.kind not in ("step", "safety"))


def _may_vanish(thing: Any, field: str) -> bool:
    """Optional parts go alone; a thing without its words goes as a whole."""
    optional = field in ("screen", "picture", "film", "approval", "claim")
    return optional or (isinstance(thing, model.Card) and field == "goal")
