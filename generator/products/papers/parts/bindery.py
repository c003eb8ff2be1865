"""Prints books: contents with true page numbers, ruled pages so that folded sheets are full, every code proven."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.engine.items import Bench, Desk, Item, Result
from generator.ground.errors import ProofError
from generator.press.binder import cut, destinations, page_count
from generator.press.imposer import MOST_PAGES, sections
from generator.products.lesson import picture_files, sources
from generator.products.papers.parts.book import Book, Pagination, code_pages, compose, running_heads
from generator.products.papers.parts.printing import (
    Paper,
    about_of,
    fill_sheet,
    finish_paper,
    plan_paper,
)
from generator.products.papers.parts.volumes import Volume, volumes
from generator.products.product import A5_MM, BOOKS, Kind

if TYPE_CHECKING:
    from generator.press.remember import Sheet

MOST_PASSES = 5
GLOSSARY = "content/glossary.yml"
LEDGER = "qr/ledger.csv"
"""No change of a book's content: its numbers are for ever, and new rows are not its own."""
UNDRAWN = "svg * { display: none }"
"""A draft needs the room of pictures only."""


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


def plan_books(desk: Desk, look: Look) -> list[Item]:
    return [_item(desk, look, volume) for volume in volumes(desk.handbook)]


def _item(desk: Desk, look: Look, volume: Volume) -> Item:
    book, lessons = desk.handbook, volume.lessons(desk.handbook)
    commit = _commit(desk, (*(file for file in sources(book, lessons) if file != LEDGER), GLOSSARY))
    pictures = (desk.picture(file) for lesson in lessons for file in picture_files(lesson))
    targets = [*(lesson.slug for lesson in lessons), *(f"part:{part.id}" for part in volume.parts), volume.target]

    def make(bench: Bench) -> Result:
        return make_book(compose(desk, volume, commit, look.trainer), look, bench)

    return plan_paper(desk, look.product, volume.name, make, lessons, look, volume, lessons,
                      [book.number_of(target) for target in targets], book.glossary, commit, *pictures,
                      more_sources=(GLOSSARY,))


def _commit(desk: Desk, files: tuple[str, ...]) -> str:
    """When the book's own sources last changed; empty where no history is known."""
    found = desk.past.last(files) if desk.past else None
    if desk.past is None or found is None:
        return ""
    return f"{found[1]:%d/%m/%Y}, mã {found[0]}" + (" và các chỗ đang sửa" if desk.past.changed & {*files} else "")


def make_book(book: Book, look: Look, bench: Bench) -> Result:
    volume, desk = book.volume, book.desk
    paper = Paper(look.kind, volume.name, f"{volume.full_title}{look.said}", book,
                  subject=book.place)
    pdf, pages = _print(book, look, bench)
    parts, lessons = _starts(book, pages.numbers)
    [piece] = cut(pdf, [about_of(desk, paper)])
    made = finish_paper(desk, replace(paper, codes=code_pages(book, pages.numbers)), piece)
    return replace(made, facts={**made.facts, "parts": parts, "lessons": lessons})


def _print(book: Book, look: Look, bench: Bench) -> tuple[bytes, Pagination]:
    """Prints with the page numbers of the last build; again only when they moved. The result is the same
    whatever was remembered: it counts when every printed number is the true one."""
    place = f"{look.product}-{book.desk.handbook.edition.id}"
    key, lengths_key = f"{place}-{book.volume.name}", f"{place}-lengths"
    lengths = _whole_numbers(bench.recall(lengths_key))
    pages = _expected(book, _remembered(bench.recall(key)), lengths, look, bench)
    for count in range(MOST_PASSES):
        draft = not (count or pages.numbers)
        pdf, found = _pass(replace(book, pages=pages), look, bench, draft)
        if found == pages and not draft:
            bench.remember(key, [dict(found.numbers), found.notes, found.gaps])
            bench.remember(lengths_key, lengths | _lengths(book, found.numbers))
            return pdf, found
        pages = found
    raise ProofError("Số trang trong mục lục không đứng yên.", "The page numbers of the contents do not settle.")


def _pass(book: Book, look: Look, bench: Bench, draft: bool) -> tuple[bytes, Pagination]:
    sheet = _lay(book, look, bench, running_heads(book) + (UNDRAWN if draft else ""))
    pdf = sheet.pdf(*look.kind.size_mm, draft)
    return pdf, _paginate(book, destinations(pdf), page_count(pdf))


def _lay(book: Book, look: Look, bench: Bench, css: str = "") -> Sheet:
    return fill_sheet(book.desk, bench, Paper(look.kind, book.volume.name, book.volume.full_title, book, css=css))


def _remembered(known: object) -> Pagination:
    match known:
        case [dict() as numbers, int() as notes, list() as gaps] if 1 <= notes <= 4:
            return Pagination(_whole_numbers(numbers), notes, tuple(gaps))
    return Pagination({})


def _whole_numbers(known: object) -> dict[str, int]:
    pairs = known.items() if isinstance(known, dict) else ()
    return {name: number for name, number in pairs if isinstance(number, int)}


def _lengths(book: Book, numbers: Mapping[str, int]) -> dict[str, int]:
    """Pages of each lesson: its code stands on the last."""
    return {chapter.lesson.slug: numbers[chapter.code_id] - numbers[chapter.id] + 1
            for chapter in book.chapters if chapter.id in numbers and chapter.code_id in numbers}


def _expected(book: Book, last: Pagination, lengths: Mapping[str, int], look: Look, bench: Bench) -> Pagination:
    """A lesson is as long in every book: when all are known from other books, a print without their insides
    tells the rest, and the book itself is printed once."""
    slugs = {chapter.lesson.slug for chapter in book.chapters}
    if _lengths(book, last.numbers) == {slug: lengths.get(slug) for slug in slugs} or not slugs <= lengths.keys():
        return last
    galley = replace(book, pages=Pagination({}), galley=True)
    pdf = _lay(galley, look, bench).pdf(*look.kind.size_mm, True)
    found = destinations(pdf)
    more = [(found[chapter.id], lengths[chapter.lesson.slug] - 1) for chapter in book.chapters]
    ends = {chapter.code_id for chapter in book.chapters}
    numbers = {name: page + sum(extra for start, extra in more if start < page or (start == page and name in ends))
               for name, page in found.items()}
    return _paginate(galley, numbers, page_count(pdf) + sum(extra for _, extra in more))


def _starts(book: Book, numbers: Mapping[str, int]) -> tuple[list[int], list[int]]:
    """Where parts and lessons begin: there a thick book may be cut."""
    parts = [numbers[part.id] for part in book.parts] if book.has_openers else []
    return parts, [numbers[chapter.id] for chapter in book.chapters]


def _paginate(book: Book, found: Mapping[str, int], total: int) -> Pagination:
    """Where everything will stand with as many ruled pages as the book needs."""
    used = book.pages
    bare = total - used.notes - len(used.gaps)
    gaps = _gaps(book, found) if bare + 1 > MOST_PAGES else ()
    moved = {name: page + _before(found, page, gaps) - _before(found, page, used.gaps) for name, page in found.items()}
    starts, length = _starts(book, moved), bare + len(gaps)
    notes = next((count for count in range(1, 5) if len(sections(length + count, *starts)[-1]) % 4 == 0), 1)
    moved["help"] += notes - used.notes
    return Pagination(moved, notes, gaps)


def _gaps(book: Book, found: Mapping[str, int]) -> tuple[str, ...]:
    """All parts but the first, which goes with the cover, begin on a right-hand page."""
    gaps: list[str] = []
    for part in book.parts[1:]:
        page = found[part.id] - _before(found, found[part.id], book.pages.gaps) + len(gaps)
        if page % 2 == 0:
            gaps.append(part.id)
    return tuple(gaps)


def _before(found: Mapping[str, int], page: int, gaps: tuple[str, ...]) -> int:
    """How many ruled pages stand before a page, each right before its part."""
    return sum(found.get(part, page + 1) <= page for part in gaps)
