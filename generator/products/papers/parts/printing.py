"""How a paper comes about: planned, filled in on the warm sheet, printed, finished and proven, kept under two names."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from generator.engine.items import Bench, Codes, Desk, Item, Result
from generator.ground.errors import ProofError, RefusedError
from generator.ground.findings import error
from generator.ground.said import said
from generator.handbook.model import Handbook, written_in
from generator.handbook.printed import printed_of
from generator.press.binder.file import with_place
from generator.press.fonts import FAMILY, missing_glyphs
from generator.press.orders import About, Order, Picture, Piece, Print
from generator.products.lesson import Lesson, approval_note, draft_line, month_of, picture_files, place_facts, sources
from generator.products.papers.parts.words import css_text
from generator.products.product import PRINT, Kind

MM_PER_POINT = 25.4 / 72
OVERFLOW = """(paper, boxes) => Math.max(...[...paper.querySelectorAll(boxes)].map(
  box => box.scrollHeight - box.clientHeight)) * 25.4 / 96"""
"""Millimetres that the fullest of some boxes holds too much."""


@dataclass(frozen=True)
class Paper:
    """One paper to print."""

    kind: Kind
    name: str
    """What the `*` of its kind stands for; empty when there is but one."""
    title: str
    page: object
    """What the template gets."""
    author: str = ""
    subject: str = ""
    codes: Codes = field(default_factory=dict)
    """What the proofreader must find; nothing said, no code."""
    css: str = ""
    """The style of this one paper, after that of its kind."""
    prints: tuple[str, ...] = ()
    """Names of the edition's values that stand on it besides those of its lessons, and of words around lessons."""


def plan_paper(
    desk: Desk, product: str, name: str, make: Callable[[Bench], Result | Making], lessons: Iterable[Lesson],
    *ingredients: object, more_sources: tuple[str, ...] = (), prints: Iterable[str] = (),
) -> Item:
    """On every paper stand the handbook's name, who answers, and the month; the ingredients are all else."""
    book, lessons = desk.handbook, tuple(lessons)
    digest = desk.digest(product, name, book.name, place_facts(book.edition), draft_line(lessons),
                         approval_note(lessons), printed_of(book, lessons, *prints), month_of(desk.moment),
                         desk.browser, *ingredients)
    return Item(product, f"{product}:{name}", digest, make, (*sources(book, lessons), *more_sources), paper=True,
                together=True)


def plan_lesson(
    desk: Desk, product: str, lesson: Lesson, make: Callable[[Bench], Result | Making], *ingredients: object,
    prints: Iterable[str] = (),
) -> Item:
    pictures = (desk.picture(file) for file in picture_files(lesson))
    return plan_paper(desk, product, lesson.slug, make, [lesson], lesson, desk.handbook.number_of(lesson.slug),
                      *ingredients, *pictures, prints=prints)


Making = Generator[tuple[Order, ...], list[Any], Result]
"""A paper on its way: what it asks of the browser, others may ask at the same time."""


def print_paper(
    desk: Desk, paper: Paper, script: str = "", argument: object = None,
    judge: Callable[[Any], None] = lambda _told: None,
) -> Making:
    """Lays it on a sheet, lets `script` fit what lies there and `judge` refuse what that found, prints, finishes."""
    [printed] = yield (print_order(desk, paper, script, argument),)
    judge(printed.told)
    piece = printed.piece
    if paper.kind.of_place:
        piece = piece._replace(data=with_place(piece.data, printed_of(desk.handbook, _shown(paper), *paper.prints)))
    return finish_paper(desk, paper, piece)


def print_order(desk: Desk, paper: Paper, script: str = "", argument: object = None) -> Print:
    return Print(*_laid(desk, paper), script, argument, paper.kind.size_mm, paper.css)


def measure_order(desk: Desk, paper: Paper, script: str, argument: object = None) -> Order:
    """What `script` finds of the paper as it would lie on the sheet. Told apart from what is a place's own, it is asked
    once for all places."""
    return Order(*_laid(desk, paper), script, argument)


def _laid(desk: Desk, paper: Paper) -> tuple[str, str, About]:
    body = desk.theme.draw(f"print/{paper.kind.template}", paper.page)
    return style_of(desk, paper), body, about_of(desk, paper)


def about_of(desk: Desk, paper: Paper) -> About:
    return About(paper.title, paper.author, paper.subject, month_start(desk.moment), approval_note(_shown(paper)),
                 edge_mm=paper.kind.edge_mm)


def _shown(paper: Paper) -> tuple[Lesson, ...]:
    return tuple(getattr(paper.page, "shown", ()))


def of_place(desk: Desk, about: About, lessons: Iterable[Lesson], *prints: str) -> About:
    """As a finished file says it: so a proof can tell it from one made when the place said something else."""
    return replace(about, place=printed_of(desk.handbook, lessons, *prints))


def picture_order(desk: Desk, paper: Paper, script: str, argument: object, size_px: tuple[int, int]) -> Order:
    """To be shown on a screen."""
    return Picture(*_laid(desk, paper), script, argument, size_px)


def style_of(desk: Desk, paper: Paper) -> str:
    """The shared tokens, then the styles of this kind of paper; what may not be handed out yet says so."""
    style = desk.theme.text("tokens.css", *(f"print/{name}" for name in paper.kind.styles))
    return style.replace('"TRIAL"', css_text(getattr(paper.page, "trial", "")))


def finish_paper(desk: Desk, paper: Paper, piece: Piece) -> Result:
    """The last steps of every paper to read, printed or composed: its letters are our own; it has the pages it must
    have; it is kept where its kind stands with the codes that the proofreader must find."""
    file = paper.kind.path(paper.name)
    _prove_fonts(desk, piece.strange_fonts, file)
    if paper.kind.pages not in (0, piece.pages):
        raise ProofError(*said("paper/pages", file=file, pages=piece.pages, wanted=paper.kind.pages))
    facts: dict[str, object] = {"pages": piece.pages, "title": paper.title}
    if draft_line(_shown(paper)):
        facts["draft"] = True
    return keep_paper(paper.kind, paper.name, piece.data, facts, paper.codes)


def keep_paper(kind: Kind, name: str, pdf: bytes, facts: Mapping[str, object], codes: Codes) -> Result:
    """A finished file wherever its kind stands; the proofreader reads the one to print from."""
    files = {path.replace("*", name): pdf for path in kind.paths}
    return Result(files, facts, codes={file: codes for file in files if file.startswith(PRINT)})


def join_results(first: Result, *others: Result) -> Result:
    """Several files as one result, with the facts of the first."""
    files, codes = dict(first.files), dict(first.codes)
    for other in others:
        files, codes = {**files, **other.files}, {**codes, **other.codes}
    return replace(first, files=files, codes=codes)


def month_start(moment: int) -> int:
    """When a paper says it was made: the month it prints, so a later commit of that month changes no byte."""
    return int(datetime.fromtimestamp(moment, UTC).replace(day=1, hour=0, minute=0, second=0).timestamp())


def _prove_fonts(desk: Desk, strange: Sequence[str], name: str) -> None:
    """Every letter comes from our own typeface, inside the file: a borrowed one differs from machine to machine."""
    if strange:
        _refuse_signs(desk.handbook)
        raise ProofError(*said("paper/fonts", file=name, font=FAMILY, borrowed=", ".join(strange)))


def _refuse_signs(book: Handbook) -> None:
    """The first sign an editor wrote that our typeface lacks; none when it came from elsewhere."""
    for written in written_in(book):
        for sign in missing_glyphs(written.text):
            first, found, _ = written.text.partition(sign)
            at = written.place if "\n" in first else replace(written.place, column=written.place.column + len(first))
            raise RefusedError(error("paper.sign", at, font=FAMILY, sign=found, code=ord(found)))
