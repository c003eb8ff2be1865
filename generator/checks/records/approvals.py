"""The book of approvals names lessons that exist, only ever grows, and is held against the texts of today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath

from generator.checks.language.privacy import private_in
from generator.checks.looking.approved import Change, changes
from generator.checks.looking.held import text_of
from generator.checks.looking.levels import MERGED, gone_province, signed_above, why_above, words_named
from generator.checks.looking.matter import Matter
from generator.checks.looking.signed import changes_since, place_of, signed_words
from generator.checks.structure.names import written_slugs
from generator.ground.files import Source
from generator.ground.findings import Finding, Place, Text, error, warning
from generator.ground.said import said
from generator.handbook.approvals import last_signed, row_of, rows_in, standing, taken_back, words_of_place
from generator.handbook.doing import doing_in
from generator.handbook.editions import FOLDER
from generator.handbook.lesson.texts import text_name
from generator.handbook.model import APPROVALS, Approval, Card, Topic
from generator.handbook.withdrawals import withdraws
from generator.handbook.words import WORDS, Words, hard_words

_ABOVE = {"below": "approval.level", "untold": "approval.level/untold", "elsewhere": "approval.level/elsewhere",
          "": "approval.level/bare"}


def check(matter: Matter) -> Iterator[Finding]:
    yield from _rows(matter)
    yield from _levels(matter)
    yield from _gone(matter)
    yield from _elsewhere(matter)
    yield from _one_day(matter)
    yield from _lessons(matter)
    yield from _beside(matter)
    yield from _names(matter)


def _rows(matter: Matter) -> Iterator[Finding]:
    written = {*written_slugs(matter), *_places_ever(matter), WORDS}
    for row in matter.handbook.approvals:
        if row.slug not in written:
            yield error("approval.nobody", row.place, slug=row.slug)
        if row.day > date.today():
            yield error("approval.future", row.place, day=f"{row.day:%d/%m/%Y}")
        yield from _merged(row, matter.handbook.approvals)
        yield from _nothing(row, matter.handbook.approvals)


def _merged(row: Approval, rows: Sequence[Approval]) -> Iterator[Finding]:
    """An approval below a withdrawal of the same text that may not have known of it: of an earlier day, or that day.
    One that is taken back below it too is no news. An approval above a withdrawal of an older text, both of one day:
    who took back may have meant that one alone."""
    if withdraws(row.note) or standing(rows, row.slug, row.text):
        return
    taken = [one for one in rows if (one.slug, one.text) == (row.slug, row.text) and withdraws(one.note)]
    back = max((one.day for one in taken if one.place.line < row.place.line), default=date.min)
    other = None if taken or last_signed(rows, row.slug) else taken_back(row, rows)
    rule = ""
    if other and other.day == row.day:
        rule = "approval.withdrawn/other"
    elif back >= row.day and all(one.place.line < row.place.line for one in taken):
        rule = "approval.withdrawn" if back > row.day else "approval.withdrawn/same-day"
    if rule:
        yield warning(rule, row.place, id=row.slug, text=row.text, unit=row.unit, day=f"{row.day:%d/%m/%Y}",
                      back=f"{back:%d/%m/%Y}", old=other.text if other else "")


def _nothing(row: Approval, rows: Sequence[Approval]) -> Iterator[Finding]:
    """Whoever took back believes that it is done."""
    if withdraws(row.note) and not row.unclear and not any(
            one.slug == row.slug and not withdraws(one.note) and taken_back(one, [*rows]) for one in rows):
        yield warning("approval.nothing", row.place, slug=row.slug, text=row.text, day=f"{row.day:%d/%m/%Y}")


def _levels(matter: Matter) -> Iterator[Finding]:
    """As `hocso approve` asks it, of what counts: a row may be written by hand."""
    book = matter.handbook
    standing_now = [row for row in book.approvals if standing(book.approvals, row.slug, row.text) is row]
    for row in standing_now:
        if once := gone_province(row.unit, row.day, book):
            yield error("approval.level/gone", row.place, unit=row.unit, slug=row.slug, once=once,
                        day=f"{row.day:%d/%m/%Y}", merged=f"{MERGED:%d/%m/%Y}")
    for row in signed_above(standing_now, book):
        lesson = book.by_slug.get(row.slug)
        owner = lesson.office.unit if lesson else words_named(row.slug, book)
        yield error(_ABOVE[why_above(row.slug, row.unit, book)], row.place, unit=row.unit, slug=row.slug, owner=owner)


def _places_ever(matter: Matter) -> Iterator[str]:
    """Editions of today and of any version: a row about one that is no more may stay."""
    yield from (edition.id for edition in matter.handbook.editions)
    for version in matter.versions or []:
        yield from (PurePosixPath(file).stem for file in version.files if file.startswith(FOLDER))


def _gone(matter: Matter) -> Iterator[Finding]:
    """Every row that any version held stands there still; those of one text in the order they were written in, for the
    last of them decides."""
    if APPROVALS in matter.reading.damaged:
        return
    now = _by_text(matter.handbook.approvals)
    told: set[str] = set()
    for version in reversed(matter.versions or []):
        before = rows_in(version.files.get(APPROVALS, ""))
        kept = [row for row in before if not _said_otherwise(row, before, matter.handbook.approvals)]
        taken = {row_of(row) for row in kept if withdraws(row.note) and not row.unclear}
        for key, rows in _by_text(kept).items():
            left = iter(now.get(key, []))
            for line in (line for line in rows if line not in left and line not in told):  # `in` takes what it passes
                told.add(line)
                rule = ("approval.row-gone/moved" if line in now.get(key, []) else "approval.row-gone/named"
                        if line in taken and _names_somebody(line) else "approval.row-gone")
                yield error(rule, Place(APPROVALS), row=line.strip())


def _said_otherwise(row: Approval, before: Sequence[Approval], now: Sequence[Approval]) -> bool:
    """As its finding asks of an unclear row, and of one that names a person or a private number: by a row that takes
    back clearly, or by the same one in other words; where the unit was at fault, by another one. For what clearly took
    back only what takes back stands."""
    if not (row.unclear or _names_somebody(row_of(row))):
        return False
    held, at_fault = {row_of(one) for one in before}, bool(doing_in(row.unit))
    stays = withdraws(row.note) and not row.unclear
    return any((one.slug, one.text) == (row.slug, row.text) and not one.unclear and row_of(one) not in held
               and (withdraws(one.note) or not stays)
               and ((one.day == row.day and (at_fault or one.unit == row.unit))
                    or (withdraws(one.note) and one.day >= row.day)) for one in now)


@lru_cache(maxsize=10_000)
def _names_somebody(line: str) -> bool:
    """Every version of the book holds the same rows: each is asked once."""
    return any(private_in(Source(APPROVALS, line)))


def _elsewhere(matter: Matter) -> Iterator[Finding]:
    """A withdrawal that another branch, tag or git's own log holds, of what counts as approved here. One that stands
    here too has been judged."""
    rows = matter.handbook.approvals
    here_too = {row_of(row) for row in rows}
    standing_here = {(row.slug, row.text): row for row in rows if standing(rows, row.slug, row.text)}
    now = {row.slug: row for row in _counting(matter)}
    for version in matter.kept.elsewhere(APPROVALS) if standing_here else ():
        for row in rows_in(version.files.get(APPROVALS, "")):
            own = standing_here.get((row.slug, row.text))
            here = own or now.get(row.slug)
            if (here and withdraws(row.note) and row.day >= here.day and row_of(row) not in here_too
                    and (own or not _takes_back_here(row, rows))):
                standing_here.pop((row.slug, here.text), None)
                now.pop(row.slug, None)
                yield matter.remind("approval.elsewhere" if own else "approval.elsewhere/before", here.place,
                                    id=row.slug, text=row.text, own=here.text, commit=version.commit[:7],
                                    day=f"{row.day:%d/%m/%Y}")


def _takes_back_here(row: Approval, rows: Sequence[Approval]) -> bool:
    """In other words perhaps: one that named somebody was written anew."""
    return any((one.slug, one.text) == (row.slug, row.text) and withdraws(one.note) and one.day >= row.day
               for one in rows)


def _counting(matter: Matter) -> list[Approval]:
    """The rows by which things are approved as they stand now."""
    book = matter.handbook
    beside = ((WORDS, hard_words(book).text), *((edition.id, edition.words) for edition in book.editions))
    found = (*(lesson.office.approval for lesson in book.lessons),
             *(standing(book.approvals, name, text) for name, text in beside))
    return [row for row in found if row]


def _one_day(matter: Matter) -> Iterator[Finding]:
    """An approval below a withdrawal of an older text, both of one day, as who took back, mended and signed writes
    them. Where git held that approval before, without the withdrawal, a merge put them so: who signed knew nothing."""
    for row in _counting(matter):
        above = [one for one in matter.handbook.approvals if withdraws(one.note)
                 and (one.slug, one.day) == (row.slug, row.day) and one.text != row.text]
        if back := next((one for one in above if _was_unknown(one, row, matter)), None):
            yield matter.remind("approval.same-day", row.place, id=row.slug, text=row.text, unit=row.unit,
                                day=f"{row.day:%d/%m/%Y}", old=back.text)


def _was_unknown(taken: Approval, row: Approval, matter: Matter) -> bool:
    """Each in other words perhaps."""
    for version in (*(matter.versions or ()), *matter.kept.elsewhere(APPROVALS)):
        held = [one for one in rows_in(version.files.get(APPROVALS, "")) if (one.slug, one.day) == (row.slug, row.day)]
        if (any(one.text == row.text and not (withdraws(one.note) and not one.unclear) for one in held)
                and not any(one.text == taken.text and withdraws(one.note) for one in held)):
            return True
    return False


def _by_text(rows: Iterable[Approval]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        found.setdefault((row.slug, row.text), []).append(row_of(row))
    return found


def _names(matter: Matter) -> Iterator[Finding]:
    """Whoever signs names a text by one word, so no two things may be called alike."""
    book = matter.handbook
    lessons = {*book.by_slug, *(entry.number for entry in book.ledger), WORDS}
    for edition in book.editions:
        if edition.id in lessons:
            yield error("approval.same-name", Place(f"{FOLDER}{edition.id}.yml"), name=edition.id)
    if WORDS in book.by_slug:
        yield error("approval.same-name", book.by_slug[WORDS].place, name=WORDS)


def _lessons(matter: Matter) -> Iterator[Finding]:
    for lesson in matter.handbook.lessons:
        office = lesson.office
        if office.claim:
            yield warning("approval.claim", office.place_of("duyệt", lesson.place), slug=lesson.slug,
                          unit=office.claim.unit, day=f"{office.claim.day:%d/%m/%Y}")
        if office.approval and office.unsigned_review:
            yield warning("approval.review", office.place_of("rà soát", lesson.place), slug=lesson.slug,
                          review=office.unsigned_review, day=office.approval.day)
        if not lesson.approved and (row := last_signed(matter.handbook.approvals, lesson.slug)):
            yield _changed(matter, lesson, row)


def _changed(matter: Matter, lesson: Topic | Card, row: Approval) -> Finding:
    """With the first words that changed, where git holds what was approved."""
    old = text_of(matter.kept, lesson.slug, row.text)
    told = changes(old, lesson) if old else []
    return warning("approval.changed", lesson.title.place, unit=row.unit, old=row.text, slug=lesson.slug,
                   day=f"{row.day:%d/%m/%Y}", change=_first_of(told), text=_name_now(matter, lesson))


def _name_now(matter: Matter, lesson: Topic | Card) -> str:
    """Typed with the sheet's day alone the row would be refused on the day of the change."""
    try:
        return text_name(lesson, lambda file: matter.project.path(file).read_bytes())
    except OSError:  # a picture is missing, which is told elsewhere
        return "MÃ-TRÊN-PHIẾU"


def _beside(matter: Matter) -> Iterator[Finding]:
    """The glossary and what places say, where it was signed once and is another now."""
    book = matter.handbook
    for words in (hard_words(book), *(words_of_place(book, edition) for edition in book.editions)):
        if not words.signed and (row := last_signed(book.approvals, words.id)):  # who took it back knows
            yield _beside_changed(matter, words, row)


def _beside_changed(matter: Matter, words: Words, row: Approval) -> Finding:
    """At the line that changed, with its words before and now, where git holds what was signed."""
    old = signed_words(matter.kept, words, row.text)
    told = changes_since(old, words) if old else []
    place = place_of(told[0], old, words, matter.reading.texts) if old and told else Place(words.file)
    return warning("approval.local", place, name=words.name, id=words.id, text=words.text, unit=row.unit, old=row.text,
                   day=f"{row.day:%d/%m/%Y}", change=_first_of(told))


def _first_of(told: Sequence[Change]) -> Text:
    if not told:
        return Text("", "")
    change, more = said("approval/change", before=told[0].was, after=told[0].now), len(told) - 1
    others = said("approval/more", count=more) if more else Text("", "")
    return Text(change.vi + others.vi, change.en + others.en)
