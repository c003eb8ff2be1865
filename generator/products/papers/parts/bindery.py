"""Prints books: contents with true page numbers, ruled pages so that folded sheets are full, every code proven."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.engine.items import Bench, Desk, Item, Result
from generator.ground import history
from generator.ground.errors import ProofError
from generator.press.binder import destinations, finish_pdf, page_count
from generator.press.imposer import MOST_PAGES, sections
from generator.products import paper
from generator.products.paper import WarmSheet
from generator.products.papers.parts.book import Book, Pagination, code_pages, compose, running_heads
from generator.products.papers.parts.volumes import Volume, volumes

if TYPE_CHECKING:
    from generator.press.browser import Sheet

MOST_PASSES = 5
UNDRAWN = "svg * { display: none }"
"""A draft needs the room of pictures only."""


@dataclass(frozen=True)
class Look:
    """One way to print the books."""

    product: str
    ending: str
    """Of the file's name."""
    said: str
    """Added to the title."""
    size_mm: tuple[float, float] = paper.A5_MM
    styles: tuple[str, ...] = ("paper.css", "booklet.css")
    trainer: bool = False


def plan_books(desk: Desk, look: Look) -> list[Item]:
    trial = paper.css_text(paper.foot_line(desk.handbook.edition))
    sheet = WarmSheet(paper.style_of(desk, *look.styles).replace('"TRIAL"', trial))
    changed = history.changed_files(desk.project.root)
    return [_item(desk, look, volume, sheet, changed) for volume in volumes(desk.handbook)]


def _item(desk: Desk, look: Look, volume: Volume, sheet: WarmSheet, changed: frozenset[str]) -> Item:
    book = desk.handbook
    lessons = volume.lessons(book)
    files = (*paper.sources(book, lessons), "content/glossary.yml")
    commit = _commit(desk, files, changed)
    pictures = [desk.picture(file) for lesson in lessons for file in paper.picture_files(lesson)]
    targets = [*(lesson.slug for lesson in lessons), *(f"part:{part.id}" for part in volume.parts), volume.target]
    digest = desk.digest(
        look, volume, lessons, [book.number_of(target) for target in targets], book.name, book.glossary, commit,
        paper.place_facts(book.edition), paper.month_of(desk.moment), desk.browser, *pictures,
    )

    def make(bench: Bench) -> Result:
        return make_book(compose(desk, volume, commit, look.trainer), look, sheet, bench)

    return Item(look.product, f"{look.product}:{volume.name}", digest, make, files, paper=True)


def _commit(desk: Desk, files: tuple[str, ...], changed: frozenset[str]) -> str:
    """When the book's own sources last changed; empty where no history is known."""
    found = history.last_commit(desk.project.root, [*files])
    if found is None:
        return ""
    return f"{found[1]:%d/%m/%Y}, mã {found[0]}" + (" và các chỗ đang sửa" if changed & {*files} else "")


def make_book(book: Book, look: Look, sheet: WarmSheet, bench: Bench) -> Result:
    volume, edition = book.volume, book.desk.handbook.edition
    key = f"{look.product}-{edition.id}-{volume.name}"
    pdf, pages = _print(book, key, look, sheet, bench)
    title = f"{volume.full_title}{look.said}"
    pdf = finish_pdf(pdf, title=title, moment=paper.month_start(book.desk.moment), subject=book.place)
    paper.prove_fonts(pdf, volume.name)
    files = paper.both(f"booklets/{volume.name}{look.ending}.pdf", pdf)
    parts, lessons = _starts(book, pages.numbers)
    facts = {"pages": page_count(pdf), "title": title, "parts": parts, "lessons": lessons}
    return Result(files, facts, codes=paper.codes(files, code_pages(book, pages.numbers)))


def _print(book: Book, key: str, look: Look, sheet: WarmSheet, bench: Bench) -> tuple[bytes, Pagination]:
    """Prints with the page numbers of the last build; again only when they moved. The result is the same
    whatever was remembered: it counts when every printed number is the true one."""
    lengths_key = f"{look.product}-{book.desk.handbook.edition.id}-lengths"
    lengths = _whole_numbers(bench.recall(lengths_key))
    pages = _expected(book, _remembered(bench.recall(key)), lengths, look, sheet.on(bench.browser))
    for count in range(MOST_PASSES):
        draft = not (count or pages.numbers)
        pdf, found = _pass(replace(book, pages=pages), look, sheet.on(bench.browser), draft)
        if found == pages and not draft:
            bench.remember(key, [dict(found.numbers), found.notes, found.gaps])
            bench.remember(lengths_key, lengths | _lengths(book, found.numbers))
            return pdf, found
        pages = found
    raise ProofError("Số trang trong mục lục không đứng yên.", "The page numbers of the contents do not settle.")


def _pass(book: Book, look: Look, sheet: Sheet, draft: bool) -> tuple[bytes, Pagination]:
    style = running_heads(book) + (UNDRAWN if draft else "")
    sheet.fill(paper.draw_html(book.desk, "booklet.html", book), book.volume.full_title, style)
    pdf = sheet.pdf(*look.size_mm, draft=draft)
    return pdf, _paginate(book, destinations(pdf), page_count(pdf))


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


def _expected(book: Book, last: Pagination, lengths: Mapping[str, int], look: Look, sheet: Sheet) -> Pagination:
    """A lesson is as long in every book: when all are known from other books, a print without their insides
    tells the rest, and the book itself is printed once."""
    slugs = {chapter.lesson.slug for chapter in book.chapters}
    if _lengths(book, last.numbers) == {slug: lengths.get(slug) for slug in slugs} or not slugs <= lengths.keys():
        return last
    galley = replace(book, pages=Pagination({}), galley=True)
    sheet.fill(paper.draw_html(book.desk, "booklet.html", galley), book.volume.full_title)
    pdf = sheet.pdf(*look.size_mm, draft=True)
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
