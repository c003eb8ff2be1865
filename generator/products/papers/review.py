"""A sheet to approve a lesson on paper: open points as boxes to tick, its words in brief, room for a stamp."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from generator.engine.items import Bench, Desk, Item, Result
from generator.ground.findings import Text
from generator.handbook.model import Office, Phrase, Step
from generator.handbook.select import number_url
from generator.press.binder import finish_pdf, page_count
from generator.press.pages import plain
from generator.press.phone.drawing import draw_phone
from generator.products import paper
from generator.products.paper import Lesson, WarmSheet, guard_kind
from generator.products.product import Product

PRODUCT = Product("review", Text("phiếu duyệt", "review sheets"), standard=False, paper=True)

SCREEN_MM = 44.0
"""Four stand in a row, and their words are 8 points."""
CROP_MM = 21.0
STATUS = {"draft": "nháp", "reviewed": "đã rà soát", "approved": "đã duyệt"}


@dataclass(frozen=True)
class Unseen:
    """A drawn screen that nobody has held against a phone yet."""

    where: str
    svg: Markup


@dataclass(frozen=True)
class ReviewSheet:
    """What the template gets."""

    series: str
    number: str
    address: str
    lesson: Lesson
    unseen: tuple[Unseen, ...]
    answer: str
    place: str
    two_sided: bool = False
    """Questions in front, the lesson on the back."""
    screen_mm: float = SCREEN_MM

    @property
    def office(self) -> Office:
        return self.lesson.office

    @property
    def status(self) -> str:
        return STATUS[self.office.status]

    @property
    def name(self) -> str:
        """What stands in the foot of each side."""
        return f"Bài số {self.number}" if self.number else plain(self.lesson.title)

    def day(self) -> str:
        return f"{self.office.reviewed:%d/%m/%Y}"

    def say(self, phrase: Phrase) -> Markup:
        return paper.say(phrase)

    def guards(self, step: Step) -> tuple[tuple[str, Phrase], ...]:
        return tuple((guard_kind(phrase), phrase) for phrase in step.guards)


def plan(desk: Desk) -> list[Item]:
    sheet = WarmSheet(paper.style_of(desk, "paper.css", "office.css", "review.css"))
    return [_item(desk, lesson, sheet) for lesson in desk.handbook.lessons]


def _item(desk: Desk, lesson: Lesson, sheet: WarmSheet) -> Item:
    return paper.lesson_item(desk, "review", lesson, lambda bench: make_review(desk, lesson, sheet, bench))


def make_review(desk: Desk, lesson: Lesson, sheet: WarmSheet, bench: Bench) -> Result:
    page, title = compose(desk, lesson), f"Phiếu duyệt: {plain(lesson.title)}"
    pdf = finish_pdf(_print(desk, page, title, sheet, bench), title=title, moment=paper.month_start(desk.moment),
                     author=lesson.office.unit, subject=page.place)
    paper.prove_fonts(pdf, f"review {lesson.slug}")
    pages = page_count(pdf)
    files = {f"print/review/{lesson.slug}.pdf": pdf}
    return Result(files, {"pages": pages, "title": title}, _notes(title, pages), paper.codes(files))


def _print(desk: Desk, page: ReviewSheet, title: str, sheet: WarmSheet, bench: Bench) -> bytes:
    """On one side when it fits, else on two with more room to write."""
    warm = sheet.on(bench.browser)

    def draw(page: ReviewSheet) -> bytes:
        warm.fill(paper.draw_html(desk, "review.html", page), title, foot_style(page, desk))
        return warm.pdf(*paper.A4_MM)

    pdf = draw(page)
    if page_count(pdf) == 1:
        return pdf
    roomy = draw(replace(page, two_sided=True))
    return roomy if page_count(roomy) <= page_count(pdf) else pdf


def compose(desk: Desk, lesson: Lesson) -> ReviewSheet:
    book = desk.handbook
    number = book.number_of(lesson.slug)
    return ReviewSheet(
        book.name, number, number_url(book.edition, number) if number else "", lesson, _unseen(lesson),
        paper.accountability(lesson, book.edition), f"Bản: {book.edition.name}",
    )


def _unseen(lesson: Lesson) -> tuple[Unseen, ...]:
    found = [(step, screen) for step, screen in paper.screens_of(lesson) if not screen.seen]
    return tuple(
        Unseen(f"Bước {step.number}" if step else "Chỗ khác",
               Markup(draw_phone(screen, width_mm=SCREEN_MM, crop_mm=CROP_MM)))
        for step, screen in found
    )


def foot_style(page: ReviewSheet, desk: Desk) -> str:
    """Each side says whose it is and how many there are, so that a lost one is missed."""
    trial = paper.css_text(paper.foot_line(desk.handbook.edition))
    side = f'{paper.css_text(page.name + ", mặt ")} counter(page) "/" counter(pages)'
    return (f"@page {{ @bottom-left {{ content: {trial}; font: 700 9pt Roboto; letter-spacing: 0.03em; }} "
            f"@bottom-right {{ content: {side}; font: 700 12pt Roboto; }} }}")


def _notes(title: str, pages: int) -> tuple[Text, ...]:
    if pages == 1:
        return ()
    return (Text(f"“{title}” dài {pages} mặt giấy: in hai mặt một tờ." if pages == 2 else
                 f"“{title}” dài {pages} mặt giấy: in hai mặt, ghim lại.",
                 f"“{title}” takes {pages} sides: print on both sides."),)
