"""What all products ask of a lesson: its file, its pictures, who answers for it, whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import TypeVar

from generator.ground.findings import Finding, Place, Text, warning
from generator.handbook.lesson.shown import unseen_screens, walk
from generator.handbook.model import (
    Approval,
    Block,
    Bullets,
    Card,
    Drawing,
    Edition,
    Handbook,
    Heading,
    Paragraph,
    Part,
    Path,
    Phrase,
    Picture,
    Quote,
    Topic,
)
from generator.handbook.recorded.composing import FOLDER
from generator.press.orders import APPROVED, DRAFT, NO_LESSON, PARTLY
from generator.press.orders import TRIAL as TRIAL
from generator.press.orders import UNSIGNED as UNSIGNED
from generator.press.pages import plain

Lesson = Topic | Card
AnyLesson = TypeVar("AnyLesson", Topic, Card)

UNSEEN = "Hình minh họa, máy bác có thể khác"
PATH_COLOURS = 14
"""As many as theme/tokens.css has."""
CARDS = "Làm giấy tờ"
"""What cards are called together."""
NO_PART = "part-cards"
"""The class of their colours."""
MOST_UNITS = 2
"""More would not stand on one line of a foot."""


def numbered(book: Handbook) -> list[Lesson]:
    """A lesson without a number has no place in print."""
    return [lesson for lesson in book.lessons if book.number_of(lesson.slug)]


def month(day: date) -> str:
    return f"{day:%m/%Y}"


def month_of(moment: int) -> str:
    """The month that stands on a paper: that of the sources, so two builds of one commit agree."""
    return month(datetime.fromtimestamp(moment, UTC).date())


def content_by(lesson: Lesson) -> str:
    """Who answers for what is said, wherever it is handed on; of an approved text who signed it, and when, where that
    may be told (`signed`)."""
    unit, row = lesson.office.unit, lesson.office.approval
    if not (row and row.unit):
        return f"Nội dung: {unit}. Rà soát: {month(lesson.office.reviewed)}."
    return f"Nội dung{' và duyệt' if row.unit == unit else f': {unit}. Duyệt'}: {row.unit}, {row.day:%d/%m/%Y}."


def text_line(lesson: Lesson) -> str:
    """Which text a paper about one lesson holds, where that very text is approved: of two stacks that look alike one
    may have been taken back."""
    row = lesson.office.approval
    return f"Văn bản {row.text}." if row else ""


def accountability(lesson: Lesson, edition: Edition) -> str:
    return f"{content_by(lesson)} Thấy sai, báo {edition.contact.unit or 'nơi phát'}, đọc số bài."


def shared_accountability(lessons: Iterable[Lesson], edition: Edition) -> str:
    """For a paper about many lessons: the first units of its makers, and the oldest review."""
    offices = [lesson.office for lesson in lessons]
    units = list(dict.fromkeys(office.unit for office in offices))
    told = "; ".join(units[:MOST_UNITS]) + (" và các đơn vị ghi ở từng bài" if len(units) > MOST_UNITS else "")
    reviewed = min((office.reviewed for office in offices), default=None)
    answers = f"Nội dung: {told}. Rà soát: {month(reviewed)}. " if reviewed else ""
    return f"{answers}Thấy sai, báo {edition.contact.unit or 'nơi phát'}, đọc số in trên phiếu."


def draft_line(lessons: Iterable[Lesson]) -> str:
    """What whatever is made of them says as long as one of their texts is not approved."""
    return "" if all(lesson.approved for lesson in lessons) else DRAFT


def page_mark(edition: Edition, lessons: Iterable[Lesson] = ()) -> str:
    """What a page, a film or a voice says of lessons and place: nothing unsigned looks, or sounds, signed."""
    return draft_line(lessons) or (UNSIGNED if edition.unsigned or edition.around_unsigned else "")


WAITING = "Bản nháp"
"""Beside the title of a draft, where the page is about other lessons too."""


def waiting(book: Handbook, lesson: Lesson) -> str:
    """What a list says beside this lesson: where none is approved the whole page says it (`book_mark`)."""
    return WAITING if book.is_mixed and not lesson.approved else ""


def book_mark(book: Handbook) -> str:
    """What a page says that is about no single lesson."""
    return page_mark(book.edition, () if book.is_mixed else book.lessons)


def approval_note(lessons: Iterable[Lesson]) -> str:
    """What the file itself says of it; a paper that prints who approved it, and when, also which row that was."""
    shown = tuple(lessons)
    signed = [approved_by(lesson.office.approval) for lesson in shown if lesson.office.approval]
    if not shown:
        return NO_LESSON
    return f"{APPROVED if len(signed) == len(shown) else PARTLY}{', '.join(signed)}" if signed else ""


def listing_note(lessons: Iterable[Lesson]) -> str:
    """The same of what only names lessons: who signed them stands on no list."""
    named = [f"{row.slug} {row.text}" for lesson in lessons if (row := lesson.office.approval)]
    return f"{APPROVED}{', '.join(named)}" if named else ""


def approved_by(row: Approval) -> str:
    return f"{row.slug} {row.text}{f' {row.signer}' if row.unit else ''}"


def picture_notes(lessons: Iterable[Lesson], place: str, mark: str) -> dict[str, str]:
    """What a picture says of itself, unseen: a proof cannot read the mark across it."""
    return {"Keywords": approval_note(lessons), "Place": place, "Mark": mark}


def open_line(lessons: Iterable[Lesson]) -> str:
    """What no release prints, though a unit has approved the text: facts to confirm, screens nobody has seen."""
    count = sum(len(lesson.office.open_facts) + len(unseen_screens(lesson)) for lesson in lessons)
    return f"Còn {count} điều chờ xác nhận" if count else ""


def foot_line(edition: Edition, lessons: Iterable[Lesson] = ()) -> str:
    """Empty when the paper may be handed out."""
    shown = tuple(lessons)
    waiting = draft_line(shown) or open_line(shown)
    return " · ".join(filter(None, (waiting, TRIAL if edition.trial or page_mark(edition) else "")))


def guard_kind(phrase: Phrase) -> str:
    """Which sign stands beside a warning."""
    return "no" if plain(phrase).startswith("Không") else "stop"


def phrases_of(blocks: Iterable[Block]) -> Iterator[Phrase]:
    """Running text in reading order, without what is drawn."""
    for block in blocks:
        if isinstance(block, Bullets):
            yield from block.items
        elif isinstance(block, Paragraph | Quote | Heading):
            yield block.phrase


def longest_step(lesson: Lesson) -> Place:
    """Where shortening helps first."""
    return max(lesson.steps, key=lambda step: len(step.phrase.text)).phrase.place


def left_out(lesson: Lesson, steps: Iterable[object], paper: Text, fits: Text) -> tuple[Finding, ...]:
    """That the pictures of these steps had to leave, if any."""
    told, title = ", ".join(map(str, steps)), plain(lesson.title)
    return (warning(
        "paper.left-out", lesson.title.place,
        (f"{paper.vi} “{title}”: bỏ hình ở bước {told} cho vừa {fits.vi}.",
         f"{paper.en} “{title}”: the picture of step {told} was left out so that it fits{fits.en}."),
        ("Muốn có hình ấy trên giấy thì rút bớt chữ ở các bước.", "Shorten the steps to have that picture on paper."),
    ),) if told else ()


def part_of(book: Handbook, lesson: Lesson) -> Part | None:
    """None for a card, and for a topic that no part lists."""
    return next((part for part in book.parts if any(slug.text == lesson.slug for slug in part.topics)), None)


def part_class(book: Handbook, lesson: Lesson) -> str:
    """The class of a page that gives it the colours of its part (theme/tokens.css)."""
    return colours_of(part_of(book, lesson))


def colours_of(part: Part | None) -> str:
    """The class of a part's colours; cards, and what is in no part, have their own."""
    return f"part-{part.colour}" if part else NO_PART


def path_class(book: Handbook, path: Path) -> str:
    """The same for a path, on its book's cover and its pages."""
    place = next((count for count, one in enumerate(book.paths) if one.id == path.id), 0)
    return f"path-{place % PATH_COLOURS + 1}"


def below_scene(lesson: Lesson) -> tuple[Block, ...]:
    """How it opens: drawings of our own hand stay away where its scene already stands above."""
    return tuple(block for block in lesson.opening
                 if not (lesson.drawing and isinstance(block, Picture) and block.file.startswith(FOLDER)))


def part_name(book: Handbook, lesson: Lesson) -> str:
    """What stands beside the part's colour and says the same to who sees none."""
    part = part_of(book, lesson)
    return f"{part_label(part)}. {part.title}" if part else CARDS


def part_label(part: Part) -> str:
    return f"Phần {part.number}"


def scene_called(book: Handbook, name: str, lessons: Iterable[Lesson]) -> Drawing | None:
    """The drawing called so, else that of the first of these lessons which has one."""
    own = next((drawing for drawing in book.drawings if drawing.name == name), None)
    return own or next((lesson.drawing for lesson in lessons if lesson.drawing), None)


def lesson_file(lesson: Lesson) -> str:
    folder = "topics" if isinstance(lesson, Topic) else "cards"
    return lesson.place.file or f"content/{folder}/{lesson.slug}/index.md"


def picture_files(lesson: Lesson) -> tuple[str, ...]:
    """Without those that only trainers see."""
    parts = (getattr(lesson, name) for name in lesson.__slots__ if name != "trainer")
    return tuple(dict.fromkeys(picture.file for part in parts for _, picture in walk(part, Picture)))


def sources(handbook: Handbook, lessons: Iterable[Lesson]) -> tuple[str, ...]:
    """Project paths of what editors wrote for a paper about these lessons."""
    files = [name for lesson in lessons for name in (lesson_file(lesson), *picture_files(lesson))]
    layers = [f"content/editions/{layer}.yml" for layer in handbook.edition.layers]
    return tuple(dict.fromkeys([*files, *layers, "content/handbook.yml", "qr/ledger.csv", "mkdocs.yml"]))


def place_facts(edition: Edition) -> tuple[object, ...]:
    """What of an edition goes into a paper."""
    return (edition.name, edition.address, edition.trial, page_mark(edition), edition.help)


def without_office(book: Handbook, *, signed: bool = False) -> Handbook:
    """As most products see it: what their readers are never told cannot change them. `signed`: these tell who approved
    it."""
    plain_office = partial(_plain_office, signed=signed)
    return replace(book, topics=tuple(map(plain_office, book.topics)), cards=tuple(map(plain_office, book.cards)))


def _plain_office(lesson: AnyLesson, *, signed: bool) -> AnyLesson:
    """Whether it is approved stays; by whom and when goes, where nobody reads it, and what else its row says."""
    row = lesson.office.approval
    approval = row and Approval(row.slug, row.text, row.unit if signed else "", row.day if signed else date.min)
    office = replace(lesson.office, status="draft", approval=approval, claim=None, confirmed=(), sources=(), frames=(),
                     film=None, changes=(), seen_pictures=(), asked_for=(), scene="", unsigned_review=None)
    return replace(lesson, office=office)
