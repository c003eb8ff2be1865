"""A sheet to approve a lesson on paper: open points as boxes to tick, its words in brief, room for a stamp."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from markupsafe import Markup

from generator.engine.items import Bench, Desk, Item
from generator.ground.findings import Finding, Text, warning
from generator.handbook.approvals import last_said, names_many
from generator.handbook.lesson.shown import place_of, screens_of, settled, unseen_screens
from generator.handbook.lesson.texts import text_name
from generator.handbook.model import Question
from generator.handbook.select import as_read
from generator.handbook.withdrawals import withdraws
from generator.press.pages import plain
from generator.press.phone.drawing import draw_phone
from generator.products.lesson import Lesson
from generator.products.papers.parts.drawing import LessonPage
from generator.products.papers.parts.printing import Making, Paper, plan_lesson, print_paper
from generator.products.papers.parts.words import css_text
from generator.products.product import Kind, Product

SHEET = Kind("print/review/*.pdf", "review.html", ("paper.css", "office.css", "review.css"), points=12)
PRODUCT = Product("review", Text("phiếu duyệt", "review sheets"), (SHEET,), standard=False, office=True)

SCALE, SCREEN_MM = 0.85, 34.6
"""Five stand in a row; officers read 9 points."""
CROP_MM = 27.0
ROOMY = ((True, True), (True, False), (False, False))
"""Of two sides: lines below the questions, and large screens."""
MOST_REWRITTEN, NO_WORDS = 8, "(không có)"
LONGEST_UNIT = 60
"""Letters of what stands on one line whole."""
STATUS = {"draft": "nháp", "reviewed": "đã rà soát"}


@dataclass(frozen=True)
class ReviewSheet(LessonPage):
    """What the template gets."""

    two_sided: bool = False
    """Questions in front, the lesson on the back."""

    wide: bool = False
    """A line below each question for what was found, instead of one beside it."""

    large: bool = False
    """Screens as large as on leaflets: four stand in a row."""

    screen_mm: ClassVar[float] = SCREEN_MM

    @property
    def unseen(self) -> Iterator[tuple[int, str, Markup]]:
        """Drawn screens that nobody has held against a phone yet: their number, as `hocso approve --seen` counts, and
        where they stand."""
        written = [screen.place for screen in unseen_screens(self.desk.handbook.written[self.lesson.slug])]
        for holder, screen in screens_of(self.lesson):
            if not screen.seen:
                crop_mm = None if isinstance(holder, Question) else CROP_MM  # it may ask about any row
                drawn = Markup(draw_phone(screen, scale=SCALE, crop_mm=crop_mm))
                yield written.index(screen.place) + 1, place_of(holder).vi, drawn

    @property
    def rewritten(self) -> list[tuple[str, str]]:
        """The first of the words that are others since it was signed, before and now: nobody need look for them."""
        told = self.desk.rewritten.get(self.lesson.slug, ())[:MOST_REWRITTEN]
        return [(self._read(before) or NO_WORDS, self._read(now) or NO_WORDS) for before, now in told]

    def _read(self, words: str) -> str:
        return plain(as_read(self.desk.handbook, self.lesson, words)) if words else ""

    @property
    def more_rewritten(self) -> int:
        return len(self.desk.rewritten.get(self.lesson.slug, ())) - len(self.rewritten)

    @property
    def status(self) -> str:
        approval = self.lesson.office.approval
        return (f"{approval.unit} đã duyệt {approval.day:%d/%m/%Y}" if approval else
                signed_before(self.desk, self.lesson) or STATUS[self.lesson.office.status])

    @property
    def text(self) -> str:
        """The name of the text, for all editions the same."""
        return text_name(self.desk.handbook.written[self.lesson.slug], self.desk.original)

    @property
    def sheet(self) -> str:
        """Also what was confirmed of this text before it was printed: what is left has other numbers then."""
        return sheet_name(self.desk, self.lesson)

    @property
    def name(self) -> str:
        """What stands in the foot of each side, below the title."""
        return f"Bài số {self.number.number}, bản {self.text}" if self.number.number else f"Bản {self.text}"

    @property
    def typed(self) -> tuple[str, ...]:
        """What whoever keeps the book types when it is signed; no line may break inside one of them."""
        facts, screens = len(self.lesson.office.open_facts), [number for number, *_ in self.unseen]
        confirmed = (f'--confirm "{_example(range(1, facts + 1))}"',) if facts else ()
        seen = (f'--seen "{_example(screens)}"', '--on "loại máy"') if screens else ()
        unit = self.lesson.office.unit
        own = len(unit) <= LONGEST_UNIT and not names_many(unit)
        return ("hocso", "approve", self.lesson.slug, "--from-sheet", self.sheet,
                f'--unit "{unit if own else "đơn vị"}"', "--date ngày", *confirmed, *seen)


def sheet_name(desk: Desk, lesson: Lesson) -> str:
    written = desk.handbook.written[lesson.slug]
    text, count = text_name(written, desk.original), settled(written)
    known = any(row.slug == lesson.slug and row.text == text for row in desk.handbook.approvals)
    return f"{text}-{count}" if known and count else text


def signed_before(desk: Desk, lesson: Lesson) -> str:
    """Who signed another text of it last, and how to see which words are others since, or who took it back and why;
    empty where nobody signed."""
    rows = [row for row in desk.handbook.approvals if row.slug == lesson.slug]
    if lesson.approved or not rows:
        return ""
    row = last_said(rows)
    if withdraws(row.note):
        return f"{row.unit} đã rút lại bản {row.text}, {row.day:%d/%m/%Y}: {row.note.partition(':')[2].strip()}"
    return (f"đổi chữ từ bản {row.text}, {row.unit} duyệt {row.day:%d/%m/%Y} "
            f"(chữ nào đổi: hocso approve {lesson.slug})")


def _example(numbers: Iterable[int]) -> str:
    """Some that stand on this sheet."""
    return ",".join(map(str, [*numbers][:2]))


def plan(desk: Desk) -> list[Item]:
    """The text's name is of the lesson as written, which may differ where an edition shows the same."""
    written = desk.handbook.written
    return [plan_lesson(desk, "review", lesson, partial(make_review, desk, lesson), written[lesson.slug],
                        sheet_name(desk, lesson), signed_before(desk, lesson),
                        desk.rewritten.get(lesson.slug, ()))
            for lesson in desk.handbook.lessons]


def make_review(desk: Desk, lesson: Lesson, _bench: Bench) -> Making:
    """On one side when it fits, else on two with as much room to write as there is."""
    page, title = ReviewSheet(desk, lesson), f"Phiếu duyệt: {plain(lesson.title)}"

    def draw(page: ReviewSheet) -> Making:
        return print_paper(desk, Paper(
            SHEET, lesson.slug, title, page, author=lesson.office.unit, subject=page.place,
            css=foot_style(page),
        ))

    made = yield from draw(page)
    for wide, large in ROOMY if made.facts["pages"] > 1 else ():
        roomy = yield from draw(replace(page, two_sided=True, wide=wide, large=large))
        if roomy.facts["pages"] <= made.facts["pages"]:
            made = roomy
            break
    return replace(made, facts={**made.facts, "text": page.text}, findings=_sides(lesson, title, made.facts["pages"]))


def foot_style(page: ReviewSheet) -> str:
    """Each side says whose it is and how many there are, so that a lost one is missed."""
    side = f'{css_text(page.name + ", mặt ")} counter(page) "/" counter(pages)'
    whose = f'{css_text(plain(page.lesson.title))} "\\A" {css_text(page.trial)}'
    return (f"@page {{ @bottom-right {{ content: {side}; }} "
            f"@bottom-left {{ content: {whose}; white-space: pre; line-height: 1.3; }} }}")


def _sides(lesson: Lesson, title: str, pages: int) -> tuple[Finding, ...]:
    if pages == 1:
        return ()
    return (warning(
        "paper.sides", lesson.title.place,
        (f"“{title}” dài {pages} mặt giấy.", f"“{title}” takes {pages} sides."),
        ("In hai mặt một tờ." if pages == 2 else "In hai mặt, ghim lại.", "Print on both sides."),
    ),)
