"""Binds books: contents with true page numbers, ruled pages so that folded sheets are full, every code proven.

A lesson is printed once for all books that hold it. Nothing in it depends on the book: numbers and running heads are
stamped on its edges, and its answers are at the back, without a page number: who holds a book in hand finds its end
sooner than page 187.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from generator.engine.items import Bench, Desk, Item
from generator.ground.errors import ProofError
from generator.ground.files import beside
from generator.ground.said import said
from generator.handbook.addressed import book_for
from generator.handbook.model import GLOSSARY, Handbook
from generator.handbook.words import WORDS
from generator.press.binder.binding import Stamps, bind
from generator.press.binder.facts import destinations
from generator.press.binder.joining import Chapter as Bind
from generator.press.orders import OWN, Asking, Piece, Print, Printed
from generator.press.pages import plain
from generator.products.lesson import NO_PART, colours_of, numbered, part_class, picture_files, sources
from generator.products.papers.parts.book import (
    Book,
    Chapter,
    ChapterPage,
    StampPages,
    Tab,
    code_pages,
    compose,
)
from generator.products.papers.parts.paginating import paginate, remembered, starts_of
from generator.products.papers.parts.printing import (
    OVERFLOW,
    Making,
    Paper,
    about_of,
    finish_paper,
    of_place,
    plan_paper,
    print_order,
)
from generator.products.papers.parts.volumes import Volume, cover_scene, part_scene, volumes
from generator.products.product import A5_MM, BOOKS, Kind

MOST_PASSES = 5
SPILLED_MM = 0.3
"""A cover holds too much: more than the pixel that rounding takes."""
BREAKS = beside(__file__, ".js")
"""Where the pages of a lesson begin."""
LEDGER = "qr/ledger.csv"
"""No change of a book's content: its numbers are for ever, and new rows are not its own."""
SOME_NUMBERS = 100
"""Page numbers are printed so many at a time, for books of any length to share."""

BOOKLET = Kind("print/booklets/*-a5.pdf", "booklet.html", ("paper.css", "booklet.css"), A5_MM, shelf=BOOKS,
               about="book", code_mm=30)


@dataclass(frozen=True)
class Look:
    """One way to print the books."""

    product: str
    kind: Kind
    said: str
    """Added to the title."""
    trainer: bool = False
    mark: str = ""
    """On the cover."""
    inwards_px: int = 4
    """So much further from the fold than from the other edge a page lies, on each side of its middle."""
    room_px: tuple[float, float] = (453.0, 660.0)
    """What a page holds, as wide and high, inside its margins."""
    tabs_px: tuple[int, int] = (86, 620)
    """Where the tabs of all parts begin, and how far down they reach."""


Lessons = dict[str, tuple[Print, frozenset[str]]]
"""By address and slug: how a lesson is asked for, and what of the theme that took."""


def plan_books(desk: Desk, look: Look) -> list[Item]:
    lessons: Lessons = {}
    return [_item(desk, look, volume, lessons) for volume in volumes(desk.handbook)]


def _item(desk: Desk, look: Look, volume: Volume, drawn: Lessons) -> Item:
    desk = desk.showing(book_for(desk.handbook, volume.address)) if volume.address else desk
    book, lessons = desk.handbook, volume.lessons(desk.handbook)
    commit = _commit(desk, (*(file for file in sources(book, lessons) if file != LEDGER), GLOSSARY))
    pictures = (desk.picture(file) for lesson in lessons for file in picture_files(lesson))
    targets = [*(lesson.slug for lesson in lessons), *(f"part:{part.id}" for part in volume.parts), volume.target]

    def make(bench: Bench) -> Making:
        return make_book(compose(desk, volume, commit, look.trainer, look.mark), look, drawn, bench)

    return plan_paper(desk, look.product, volume.name, make, lessons, look, volume, lessons,
                      [part_class(book, lesson) for lesson in lessons], _tab_styles(book),
                      [book.number_of(target) for target in targets], book.explained(*lessons), commit,
                      cover_scene(book, volume), [part_scene(book, part) for part in volume.parts], *pictures,
                      more_sources=(GLOSSARY,), prints=volume.prints)


def _commit(desk: Desk, files: tuple[str, ...]) -> str:
    """When the book's own sources last changed; empty where no history is known."""
    found = desk.past.last(files) if desk.past else None
    if desk.past is None or found is None:
        return ""
    return f"{found[1]:%d/%m/%Y}, mã {found[0]}" + (" và các chỗ đang sửa" if desk.past.changed & {*files} else "")


def make_book(book: Book, look: Look, drawn: Lessons, bench: Bench) -> Making:
    """Its lessons as they are in every book, what is its own around them, numbers and heads on the edges."""
    chapters, desk = book.chapters, book.desk
    found: list[Printed] = yield tuple(_lesson(look, book, chapter, drawn) for chapter in chapters)
    lessons = [one.piece for one in found]
    paper = Paper(look.kind, book.volume.name, f"{book.volume.full_title}{look.said}", book, subject=book.place)
    own, bound = yield from _frame(book, paper, f"{look.product}-{book.volume.name}", lessons, bench)
    stamps: list[Printed] = yield tuple(print_order(desk, one) for one in _stamp_papers(look, desk, bound.total))
    piece = bind(
        [*_pieces(book, [own[0], *lessons, *own[1:]], bound)],
        {chapter.id: bound.numbers[chapter.id] for chapter in chapters},
        Stamps([one.piece.data for one in stamps], _stamped(book, bound), look.inwards_px),
        of_place(desk, about_of(desk, paper), book.shown, *volume_words(book)))
    made = finish_paper(desk, replace(paper, codes=code_pages(book, bound.numbers)), piece)
    parts, starts = starts_of(book, bound.numbers)
    return replace(made, facts={**made.facts, "parts": parts, "lessons": starts})


def volume_words(book: Book) -> tuple[str, ...]:
    """What around its lessons stands in a book, with the glossary where it explains a word."""
    return (*book.volume.prints, *((WORDS,) if book.terms else ()))


def _lesson(look: Look, book: Book, chapter: Chapter, drawn: Lessons) -> Print:
    """Drawn once for all books that speak to their readers alike."""
    theme, slug, key = book.desk.theme, chapter.lesson.slug, f"{book.volume.address}/{chapter.lesson.slug}"
    if key not in drawn:
        page = ChapterPage(book.desk, chapter, look.trainer)
        paper = Paper(replace(look.kind, template="chapter.html"), slug, plain(chapter.lesson.title), page)
        with theme.noting() as read:
            order = print_order(book.desk, paper, BREAKS, look.room_px)
        drawn[key] = order, frozenset(read)
    order, names = drawn[key]
    theme.note(names)
    return order


def _stamp_papers(look: Look, desk: Desk, pages: int) -> Iterator[Paper]:
    """All heads there are, then numbers, so many at a time: all books share them."""
    kind = replace(look.kind, template="stamps.html")
    yield Paper(kind, "", "Đầu trang", StampPages(heads=_heads(desk), tabs=_tabs(desk.handbook, look)))
    for start in range(1, pages, SOME_NUMBERS):
        yield Paper(kind, "", "Số trang", StampPages(numbers=range(start, start + SOME_NUMBERS)))


@dataclass(frozen=True)
class Bound:
    """Which page of the book is which page of its pieces."""

    rows: tuple[tuple[int, int], ...]
    """Of each page: the lesson it is of, counted from 1, or 0 for the frame, and one more than there are lessons for
    answers and hard words; and which page of that piece."""
    numbers: Mapping[str, int]

    @property
    def total(self) -> int:
        return len(self.rows)


def _frame(book: Book, paper: Paper, key: str, lessons: Sequence[Piece], bench: Bench) -> Asking:
    """What is the book's own, printed with the page numbers of the last build; again only when they moved. The result
    is the same whatever was remembered: it counts when every printed number is the true one."""
    pages = remembered(bench.recall(key))
    for _ in range(MOST_PASSES):
        own = replace(book, pages=pages)
        frame, *words = yield tuple(_own_orders(own, paper))
        if frame.told > SPILLED_MM:
            raise ProofError(*said("paper/cover", title=plain(book.volume.full_title)))
        pieces = [frame.piece, *(one.piece for one in words)]
        bound = _bind(own, pieces, lessons)
        found = paginate(own, bound.numbers, bound.total)
        if found == pages:
            bench.remember(key, [dict(found.numbers), found.notes, found.gaps])
            return pieces, bound
        pages = found
    raise ProofError("Số trang trong mục lục không đứng yên.", "The page numbers of the contents do not settle.")


def _own_orders(book: Book, paper: Paper) -> Iterator[Print]:
    """What is around the lessons; apart from it what all places print alike, so it says nothing of any."""
    yield print_order(book.desk, replace(paper, page=replace(book, piece="frame")), OVERFLOW, ".face")
    words = replace(book, piece="words")
    if words.names:
        yield print_order(book.desk, Paper(paper.kind, paper.name, "Đáp án và từ khó", words))


def _bind(book: Book, pieces: Sequence[Piece], lessons: Sequence[Piece]) -> Bound:
    """Lessons follow the page that opens their part; without such pages they follow the contents. The last page of
    what is the book's own is that of names."""
    frame, *words = pieces
    own, notes = _names(frame), _names(frame)["notes"]
    begins = [own[part.id] - (part.id in book.pages.gaps) for part in book.parts[1:]] if book.has_openers else []
    rows: list[tuple[int, int]] = []
    numbers: dict[str, int] = {}
    at, count = 1, 0
    for part, end in zip(book.parts, [*begins, notes], strict=True):
        ruled = [book.pages.gaps.count(chapter.id) for chapter in part.chapters]  # they follow what opens the part
        rows += [(0, page) for page in range(at, end - sum(ruled))]
        at = end - sum(ruled)
        for chapter, gap in zip(part.chapters, ruled, strict=True):
            count += 1
            rows += [(0, page) for page in range(at, at + gap)]
            at += gap
            numbers[chapter.id] = len(rows) + 1
            numbers[chapter.code_id] = len(rows) + lessons[count - 1].pages
            rows += [(count, page) for page in range(1, lessons[count - 1].pages + 1)]
    for piece in words:
        numbers |= {name: len(rows) + page for name, page in _names(piece).items()}
        rows += [(count + 1, page) for page in range(1, piece.pages)]
    rows += [(0, page) for page in range(at, frame.pages)]
    places = {page: number for number, (piece, page) in enumerate(rows, 1) if not piece}
    return Bound(tuple(rows), numbers | {name: places[page] for name, page in own.items()})


def _names(piece: Piece) -> dict[str, int]:
    return {name.rpartition(OWN)[2]: page for name, page in destinations(piece.data).items()}


def _pieces(book: Book, pieces: Sequence[Piece], bound: Bound) -> Iterator[Bind]:
    level = 2 if book.has_openers else 1
    for piece, rows in groupby(bound.rows, key=lambda row: row[0]):
        yield Bind(pieces[piece].data, [page for _, page in rows], level=level if _is_lesson(book, piece) else 0)


def _is_lesson(book: Book, piece: int) -> bool:
    return 0 < piece <= len(book.chapters)


def _stamped(book: Book, bound: Bound) -> dict[int, tuple[tuple[int, int], ...]]:
    """All pages but the covers have their number, those of lessons a head (the part on the left, the lesson on the
    right) and their part's tab."""
    heads = {head: page for page, head in enumerate(_heads(book.desk), 1)}
    parts = book.desk.handbook.parts
    places = {slug.text: place for place, part in enumerate(parts) for slug in part.topics}
    stamped: dict[int, tuple[tuple[int, int], ...]] = {}
    for number, (piece, _) in enumerate(bound.rows[1:-1], 2):
        at = (1 + (number - 1) // SOME_NUMBERS, 1 + (number - 1) % SOME_NUMBERS)
        stamped[number] = (at,)
        if _is_lesson(book, piece):
            own = book.chapters[piece - 1]
            head = ("right", plain(own.lesson.title)) if number % 2 else ("left", own.part_title)
            tab = (0, len(heads) + 1 + 2 * places.get(own.lesson.slug, len(parts)) + number % 2)
            stamped[number] = ((0, heads[head]), tab, at)
    return stamped


def _tab_styles(book: Handbook) -> tuple[tuple[str, str], ...]:
    """The class and the sign of each part's tab, from top to bottom; what is in no part comes last."""
    return (*((colours_of(part), str(part.number)) for part in book.parts), (NO_PART, "+"))


def _tabs(book: Handbook, look: Look) -> tuple[Tab, ...]:
    styles, (top, length) = _tab_styles(book), look.tabs_px
    return tuple(Tab(side, style, sign, top + round(length * place / len(styles)))
                 for place, (style, sign) in enumerate(styles) for side in ("left", "right"))


def _heads(desk: Desk) -> tuple[tuple[str, str], ...]:
    parts = (part for volume in volumes(desk.handbook) for part in volume.parts)
    lessons = (("right", plain(lesson.title)) for lesson in numbered(desk.handbook))
    return tuple(dict.fromkeys((*(("left", part.title) for part in parts), *lessons)))
