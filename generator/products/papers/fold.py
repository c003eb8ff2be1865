"""Papers for the copier, made of finished ones: booklets to fold, leaflets two on a sheet, packs of leaflets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.engine.items import Bench, Desk, Handed, Item, Result
from generator.ground.findings import Place, Text, warning
from generator.handbook.model import Path
from generator.press.binder.facts import page_count, page_sizes_mm
from generator.press.binder.joining import Chapter, join_tagged
from generator.press.binder.sheets import place_pages
from generator.press.imposer import Side, fold_booklet, sections, two_up, whole_sheet
from generator.press.orders import About
from generator.press.pages import plain
from generator.products.lesson import Lesson, foot_line, month_of, sources
from generator.products.papers.parts.bindery import GLOSSARY
from generator.products.papers.parts.drawing import PaperPage
from generator.products.papers.parts.printing import Making, Paper, join_results, keep_paper, month_start, print_paper
from generator.products.papers.parts.volumes import Volume, printable, volumes
from generator.products.product import SHEETS, Kind, Product, Shelf

LEAFLET, TAGGED = "print/leaflets/*.pdf", "print/booklets/*-a5.pdf"
FOLDED = Shelf("Tập để in hai mặt rồi gấp", 60)
PACKS, TWO_UP = Shelf("Bộ tờ rơi cho từng người", 70), Shelf("Tờ rơi, hai tờ trên một khổ A4", 80)
TEST_SHEET = Kind("print/sheets/thu-may-in.pdf", "fold.html", ("paper.css", "fold.css"), shelf=SHEETS)
BOOK_SHEETS = Kind("print/booklets/*-fold.pdf", shelf=FOLDED, code_mm=30, made_of=TAGGED, laid="folded")
PAIRS = Kind("print/leaflets/*-2up.pdf", shelf=TWO_UP, about="lesson", code_mm=25, made_of=LEAFLET, laid="pairs")
PACK = Kind("print/packs/*.pdf", shelf=PACKS, code_mm=25)
PACK_PAIRS = Kind("print/packs/*-2up.pdf", shelf=TWO_UP, code_mm=25, made_of=PACK.file, laid="pairs")

PRODUCT = Product("fold", Text("tập gấp", "sheets to fold and cut"), (TEST_SHEET, BOOK_SHEETS, PAIRS, PACK, PACK_PAIRS))

TEST = "fold:thu-may-in"


def plan(desk: Desk) -> list[Item]:
    book = desk.handbook
    leaflets = [lesson for lesson in book.lessons if book.number_of(lesson.slug)]
    return [
        _test_item(desk), *(_book_item(desk, volume) for volume in volumes(book)),
        *(_leaflet_item(desk, lesson) for lesson in leaflets), *_pack_items(desk),
    ]


# The sheet that comes first.


def _test_item(desk: Desk) -> Item:
    """No edition's name stands on it, so all share one."""
    digest = desk.digest(TEST, foot_line(desk.handbook.edition), month_of(desk.moment), desk.browser)
    return Item("fold", TEST, digest, lambda _bench: make_test_sheet(desk), sources(desk.handbook, ()),
                paper=True, together=True)


def make_test_sheet(desk: Desk) -> Making:
    return print_paper(desk, Paper(TEST_SHEET, "", "Tờ thử máy in hai mặt", PaperPage(desk)))


# Booklets.


def _book_item(desk: Desk, volume: Volume) -> Item:
    book = desk.handbook
    digest = desk.digest("fold", volume.name, volume.full_title, book.site.paper_mm, month_of(desk.moment))
    needed = f"booklet:{volume.name}"

    def make(bench: Bench) -> Result:
        made, test = bench.needed.get(needed), bench.needed.get(TEST)
        return fold_volume(desk, volume, made, test) if made and test else _nothing(f"booklets/{volume.name}-a5.pdf")

    files = (*sources(book, volume.lessons(book)), GLOSSARY)
    return Item("fold", f"fold:{volume.name}", digest, make, files, needs=(needed, TEST), paper=True)


def fold_volume(desk: Desk, volume: Volume, made: Handed, test: Handed) -> Result:
    name, title = f"booklets/{volume.name}-a5.pdf", f"{volume.full_title}, để gấp"
    pdf, first = made.read(f"print/{name}"), test.read(TEST_SHEET.path())
    size, pages = page_sizes_mm(pdf)[0], page_count(pdf)
    booklets = sections(pages, made.facts["parts"], made.facts["lessons"])
    sides = [*whole_sheet(page_count(first)), *_folded(booklets, size, desk.handbook.site.paper_mm)]
    folded = place_pages((first, pdf), sides, _to_read(desk, title, name))
    facts = {"pages": len(sides), "title": title, "sections": [len(booklet) for booklet in booklets]}
    return _laid(BOOK_SHEETS, volume.name, folded, facts, made)


def _folded(booklets: Sequence[range], size: tuple[float, float], paper_mm: float) -> Iterator[Side]:
    for section, booklet in enumerate(booklets):
        yield from fold_booklet(booklet, size, paper_mm=paper_mm, source=1, section=section)


def _laid(kind: Kind, name: str, pdf: bytes, facts: Mapping[str, object], *made: Handed) -> Result:
    """Every code of the files it was made of must still be read, somewhere."""
    codes = {code for one in made for pages in one.codes.values() for there in pages.values() for code in there}
    return keep_paper(kind, name, pdf, facts, {0: codes})


def _to_read(desk: Desk, title: str, name: str) -> About:
    """Sheets to fold or cut carry no tags: who reads by ear, or on a screen, takes the file their pages are from."""
    return About(f"{title}. Để đọc, mở {name}", moment=month_start(desk.moment))


def _nothing(name: str) -> Result:
    return Result({}, findings=(warning(
        "paper.not-laid", Place("content/handbook.yml"),
        (f"Chưa có {name} nên chưa xếp trang.", f"There is no {name} yet, so nothing was laid out."),
        ("Gõ: hocso build leaflet booklet fold", "Run: hocso build leaflet booklet fold"),
    ),))


# Leaflets.


def _leaflet_item(desk: Desk, lesson: Lesson) -> Item:
    needed, name = f"leaflet:{lesson.slug}", f"leaflets/{lesson.slug}.pdf"
    title = f"{plain(lesson.title)}, hai tờ một khổ A4"

    def make(bench: Bench) -> Result:
        made = bench.needed.get(needed)
        if made is None:
            return _nothing(name)
        pdf = _pairs([made.read(f"print/{name}")], _to_read(desk, title, name))
        return _laid(PAIRS, lesson.slug, pdf, {"pages": page_count(pdf), "title": title}, made)

    digest = desk.digest("2up", title, month_of(desk.moment))
    return Item("fold", f"fold:2up-{lesson.slug}", digest, make, sources(desk.handbook, [lesson]),
                needs=(needed,), paper=True)


def _pairs(leaflets: Sequence[bytes], about: About) -> bytes:
    sides = [
        side for source, pdf in enumerate(leaflets)
        for side in two_up(page_count(pdf), page_sizes_mm(pdf)[0], source)
    ]
    return place_pages(leaflets, sides, about)


def _pack_items(desk: Desk) -> Iterator[Item]:
    for path in desk.handbook.paths:
        if slugs := printable(desk.handbook, path.topics):
            yield _pack_item(desk, path, [desk.handbook.by_slug[slug.text] for slug in slugs])


def _pack_item(desk: Desk, path: Path, lessons: Sequence[Lesson]) -> Item:
    needs = tuple(f"leaflet:{lesson.slug}" for lesson in lessons)
    titles = [plain(lesson.title) for lesson in lessons]
    digest = desk.digest("pack", path.id, path.title, titles, month_of(desk.moment))

    def make(bench: Bench) -> Result:
        missing = [name for name in needs if name not in bench.needed]
        if missing:
            return _nothing(f"leaflets/{missing[0].partition(':')[2]}.pdf")
        return pack(desk, path, lessons, [bench.needed[name] for name in needs])

    return Item("fold", f"fold:pack-{path.id}", digest, make, sources(desk.handbook, lessons),
                needs=needs, paper=True)


def pack(desk: Desk, path: Path, lessons: Sequence[Lesson], leaflets: Sequence[Handed]) -> Result:
    """The leaflets of a path in its order: one under the other, and two by two for A4."""
    pdfs = [made.read(f"print/leaflets/{lesson.slug}.pdf") for lesson, made in zip(lessons, leaflets, strict=True)]
    title = f"{path.title}, {len(pdfs)} tờ rơi"
    leaves = [Chapter(pdf, title=plain(lesson.title)) for lesson, pdf in zip(lessons, pdfs, strict=True)]
    joined = join_tagged(leaves, About(title, moment=month_start(desk.moment)))
    pairs = _pairs(pdfs, _to_read(desk, f"{title}, hai tờ một khổ A4", f"packs/{path.id}.pdf"))
    facts = {"pages": page_count(joined), "title": title}
    return join_results(_laid(PACK, path.id, joined, facts, *leaflets),
                        _laid(PACK_PAIRS, path.id, pairs, facts, *leaflets))
