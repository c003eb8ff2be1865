"""Papers for the copier, made of finished ones: booklets to fold, leaflets two on a sheet, packs of leaflets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from generator.engine.items import Bench, Desk, Handed, Item, Result
from generator.ground.findings import Place, Text, warning
from generator.handbook.model import GLOSSARY, Path
from generator.handbook.printed import around_of, of_part, of_path
from generator.press.binder.facts import page_count
from generator.press.binder.joining import Chapter, join_tagged
from generator.press.pages import plain
from generator.products.lesson import Lesson, approval_note, foot_line, month_of, numbered, part_of, sources
from generator.products.papers.parts.drawing import PaperPage
from generator.products.papers.parts.laying import Bound, about_laid, fold_book, pairs, to_read
from generator.products.papers.parts.printing import (
    Making,
    Paper,
    join_results,
    keep_paper,
    print_paper,
)
from generator.products.papers.parts.volumes import Volume, printable, volumes
from generator.products.product import PRINT, SHEETS, Kind, Product, Shelf

LEAFLET, TAGGED = "print/leaflets/*.pdf", "print/booklets/*-a5.pdf"
FOLDED = Shelf("Tập để in hai mặt rồi gấp", 60)
PACKS, TWO_UP = Shelf("Bộ tờ rơi cho từng người", 70), Shelf("Tờ rơi, hai tờ trên một khổ A4", 80)
TEST_SHEET = Kind("print/sheets/thu-may-in.pdf", "fold.html", ("paper.css", "fold.css"), shelf=SHEETS, of_place=False)
BOOK_SHEETS = Kind("print/booklets/*-fold.pdf", shelf=FOLDED, code_mm=30, made_of=TAGGED, laid="folded")
PAIRS = Kind("print/leaflets/*-2up.pdf", shelf=TWO_UP, about="lesson", code_mm=25, made_of=LEAFLET, laid="pairs")
PACK = Kind("print/packs/*.pdf", shelf=PACKS, code_mm=25)
PACK_PAIRS = Kind("print/packs/*-2up.pdf", shelf=TWO_UP, code_mm=25, made_of=PACK.file, laid="pairs")

PRODUCT = Product("fold", Text("tập gấp", "sheets to fold and cut"), (TEST_SHEET, BOOK_SHEETS, PAIRS, PACK, PACK_PAIRS),
                  signed=True)

TEST = "fold:thu-may-in"
MADE_OF = {"leaflet": LEAFLET, "booklet": TAGGED, "fold": TEST_SHEET.file}
"""What is missing when a needed item could not be made."""


def plan(desk: Desk) -> list[Item]:
    book = desk.handbook
    return [
        _test_item(desk), *(_book_item(desk, volume) for volume in volumes(book)),
        *(_leaflet_item(desk, lesson) for lesson in numbered(book)), *_pack_items(desk),
    ]


# The sheet that comes first.


def _test_item(desk: Desk) -> Item:
    """No edition's name stands on it, so all share one."""
    digest = desk.digest(TEST, foot_line(desk.handbook.edition), month_of(desk.moment), desk.browser)
    return Item("fold", TEST, digest, lambda _bench: make_test_sheet(desk), sources(desk.handbook, ()),
                paper=True, together=True)


def make_test_sheet(desk: Desk) -> Making:
    return print_paper(desk, Paper(TEST_SHEET, "", "Tờ thử máy in hai mặt", PaperPage(desk)))


# What is laid out of finished papers.

Lay = Callable[[Desk, Sequence[Handed]], Result]


def _item(
    desk: Desk, name: str, needs: Sequence[str], lessons: Sequence[Lesson], lay: Lay, *ingredients: object,
    more_sources: tuple[str, ...] = (),
) -> Item:
    """Laid out when all that it needs could be made; what those say of their place, its own digest need not."""
    def make(bench: Bench) -> Result:
        missing = next((need for need in needs if need not in bench.needed), "")
        return _nothing(missing) if missing else lay(desk, [bench.needed[need] for need in needs])

    digest = desk.digest("fold", name, *ingredients, approval_note(lessons), month_of(desk.moment))
    files = (*sources(desk.handbook, lessons), *more_sources)
    return Item("fold", f"fold:{name}", digest, make, files, needs=tuple(needs), paper=True)


def _nothing(missing: str) -> Result:
    product, _, name = missing.partition(":")
    file = MADE_OF[product].replace("*", name).removeprefix(PRINT)
    return Result({}, findings=(warning(
        "paper.not-laid", Place("content/handbook.yml"),
        (f"Chưa có {file} nên chưa xếp trang.", f"There is no {file} yet, so nothing was laid out."),
        ("Gõ: hocso build leaflet booklet fold", "Run: hocso build leaflet booklet fold"),
    ),))


def _laid(kind: Kind, name: str, pdf: bytes, facts: Mapping[str, object], made: Sequence[Handed]) -> Result:
    """Every code of the files it was made of must still be read, somewhere."""
    codes = {code for one in made for pages in one.codes.values() for there in pages.values() for code in there}
    return keep_paper(kind, name, pdf, facts, {0: codes})


# Booklets.


def _book_item(desk: Desk, volume: Volume) -> Item:
    book, needs = desk.handbook, (f"booklet:{volume.name}", TEST)
    return _item(desk, volume.name, needs, volume.lessons(book), partial(fold_volume, volume),
                 volume.full_title, book.site.paper_mm, more_sources=(GLOSSARY,))


def fold_volume(volume: Volume, desk: Desk, made: Sequence[Handed]) -> Result:
    book, test = made
    file = TAGGED.replace("*", volume.name)
    folded = fold_book(desk, volume, Bound(file, book.read(file), book.facts), test.read(TEST_SHEET.path()))
    return _laid(BOOK_SHEETS, volume.name, folded.data, folded.facts, [book])


# Leaflets.


def _parts_of(desk: Desk, lessons: Iterable[Lesson]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(of_part(part_of(desk.handbook, lesson)) for lesson in lessons))


def _leaflet_item(desk: Desk, lesson: Lesson) -> Item:
    return _item(desk, f"2up-{lesson.slug}", (f"leaflet:{lesson.slug}",), [lesson], partial(pair, lesson), lesson.title)


def pair(lesson: Lesson, desk: Desk, made: Sequence[Handed]) -> Result:
    file, title = LEAFLET.replace("*", lesson.slug), f"{plain(lesson.title)}, hai tờ một khổ A4"
    pdf = pairs([made[0].read(file)], to_read(desk, title, file, [lesson], *_parts_of(desk, [lesson])))
    return _laid(PAIRS, lesson.slug, pdf, {"pages": page_count(pdf), "title": title}, made)


def _pack_items(desk: Desk) -> Iterator[Item]:
    for path in desk.handbook.paths:
        if slugs := printable(desk.handbook, path.topics):
            lessons = [desk.handbook.by_slug[slug.text] for slug in slugs]
            yield _item(desk, f"pack-{path.id}", [f"leaflet:{lesson.slug}" for lesson in lessons], lessons,
                        partial(pack, path, lessons), path.title, [plain(lesson.title) for lesson in lessons],
                        around_of(desk.handbook, [of_path(path)]))


def pack(path: Path, lessons: Sequence[Lesson], desk: Desk, made: Sequence[Handed]) -> Result:
    """The leaflets of a path in its order: one under the other, and two by two for A4."""
    pdfs = [one.read(LEAFLET.replace("*", lesson.slug)) for lesson, one in zip(lessons, made, strict=True)]
    title = f"{path.title}, {len(pdfs)} tờ rơi"
    prints = (of_path(path), *_parts_of(desk, lessons))
    leaves = [Chapter(pdf, title=plain(lesson.title)) for lesson, pdf in zip(lessons, pdfs, strict=True)]
    joined = join_tagged(leaves, about_laid(desk, title, lessons, *prints))
    doubled = pairs(pdfs, to_read(desk, f"{title}, hai tờ một khổ A4", PACK.path(path.id), lessons, *prints))
    facts = {"pages": page_count(joined), "title": title}
    return join_results(_laid(PACK, path.id, joined, facts, made), _laid(PACK_PAIRS, path.id, doubled, facts, made))
