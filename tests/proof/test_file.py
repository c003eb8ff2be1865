from __future__ import annotations

import io
import re
from collections.abc import Callable

import cv2
import numpy as np
import pikepdf
import pytest

from generator.handbook.model import Entry
from generator.press import imposer
from generator.press.binder.facts import page_sizes_mm
from generator.press.binder.sheets import place_pages
from generator.press.browser import Browser
from generator.press.captioned import captioned
from generator.press.drawer import code_png, number_code
from generator.press.imposer import Side
from generator.press.orders import DRAFT, NO_LESSON, About
from generator.press.proof import Area, Word, opened
from generator.proof import pages
from generator.proof.faults import FileProof, from_data
from generator.proof.file import prove_file
from generator.proof.folder import Promise
from tests.finished import PLACE, SIGNED
from tests.proof.broken_pages import OTHER, OURS, PAGES, STRANGE, print_book, print_broken, print_leaflet

LEDGER = {
    row.number: row for row in (
        Entry("1041", "quet-ma-qr", "2026-11-20", "", "", ""),
        Entry("1055", "tranh-lua-dao", "2026-11-20", "", "", ""),
        Entry("1064", "cai-vneid", "2026-11-20", "2027-01-01", "", ""),
    )
}


@pytest.fixture(scope="module")
def broken(browser: Browser) -> tuple[bytes, FileProof]:
    pdf = print_broken(browser)
    return pdf, prove_file(pdf, Promise("dist/print/leaflets/giay.pdf"), LEDGER)


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_each_broken_page_is_caught(broken: tuple[bytes, FileProof], name: str) -> None:
    page = list(PAGES).index(name) + 1
    found = {fault.kind for fault in broken[1].faults if fault.page == page}
    assert found == PAGES[name][1]


@pytest.mark.browser
def test_of_the_whole_file_the_judge_says_what_its_pages_are_told_of(broken: tuple[bytes, FileProof]) -> None:
    assert broken[1].pages == len(PAGES)
    whole = [fault for fault in broken[1].faults if not fault.page]
    assert {fault.kind for fault in whole} == {"pdf-ua"}
    rules = sorted(re.findall(r"PDFUA1-([A-Z-]+)-", " ".join(fault.message.vi for fault in whole)))
    assert rules == ["FIGURE-ALTERNATIVE-TEXT", "FONT-UNICODE-MAPPING", "NOTDEF-GLYPH"]


@pytest.mark.browser
def test_a_good_code_is_measured(broken: tuple[bytes, FileProof]) -> None:
    (code,) = (code for code in broken[1].codes if code.page == 1)
    assert (code.payload, code.number, code.decoders) == (OURS, "1041", ("opencv", "zxing"))
    assert (code.level, code.version) == ("H", 4)
    assert code.width == pytest.approx(26, abs=0.3) and code.module == pytest.approx(26 / 33, abs=0.01)
    assert code.contrast == 21 and code.quiet >= 4


@pytest.mark.browser
def test_a_proof_goes_through_json(broken: tuple[bytes, FileProof]) -> None:
    assert from_data(broken[1].as_data()) == broken[1]


# Whole files.


def spoiled(pdf: bytes, spoil: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        spoil(opened)
        opened.save(out)
    return out.getvalue()


def untagged(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def unnamed(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Title"]


def foreign(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = pikepdf.String("en")


def without_outline(pdf: pikepdf.Pdf) -> None:
    if "/Outlines" in pdf.Root:
        del pdf.Root.Outlines


def fontless(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/FontFile2" in thing:
            del thing.FontFile2


def pageless(pdf: pikepdf.Pdf) -> None:
    while len(pdf.pages):
        del pdf.pages[0]


@pytest.fixture(scope="module")
def book(browser: Browser) -> bytes:
    return print_book(browser, 22)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("spoil", "kind"),
    [(untagged, "untagged"), (unnamed, "title"), (foreign, "language"), (without_outline, "outline"),
     (fontless, "font"), (pageless, "broken")],
)
def test_whole_files(book: bytes, spoil: Callable[[pikepdf.Pdf], None], kind: str) -> None:
    name = "dist/print/booklets/tap-a5.pdf" if kind == "outline" else "dist/print/tap.pdf"
    found = {fault.kind for fault in prove_file(spoiled(book, spoil), Promise(name), LEDGER).faults}
    assert kind in found


@pytest.mark.browser
def test_a_locked_file_is_said_so(book: bytes) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(book)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(user="x", owner="y"))
    (fault,) = prove_file(out.getvalue(), Promise("x.pdf"), LEDGER).faults
    assert fault.kind == "broken" and "khóa" in fault.message.vi


@pytest.mark.browser
def test_a_leaflet_carries_its_own_code(book: bytes) -> None:
    kinds = {fault.kind for fault in prove_file(book, Promise("print/leaflets/quet-ma-qr.pdf"), LEDGER).faults}
    assert kinds == {"code-own"}


# Pictures.


def picture(payload: str, scale: int = 10) -> bytes:
    return code_png(number_code(payload, 25), scale=scale)


def shared(payload: str) -> bytes:
    """As large as its name says."""
    code = cv2.imdecode(np.frombuffer(picture(payload), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert code is not None
    white = np.full((1080, 1080), 255, np.uint8)
    white[: code.shape[0], : code.shape[1]] = code
    return captioned(bytes(cv2.imencode(".png", white)[1]), {"Keywords": f"duyệt: {SIGNED}"})


@pytest.mark.parametrize(
    ("name", "data", "kinds"),
    [
        ("qr/1041.png", picture(OURS), set()),
        ("qr/1055.png", picture(OURS), {"code-own"}),
        ("qr/5724.png", picture(STRANGE), {"code-strange"}),
        ("qr/1041.png", picture(OURS, scale=2), {"code-module"}),
        ("print/posters/quet-ma-qr-1080x1080.png", picture(OURS), {"picture-size", "unapproved"}),
        ("print/posters/quet-ma-qr-1080x1080.png", shared(OURS), set()),
        ("print/posters/quet-ma-qr-410x410.png", picture(OURS), {"unknown"}),
        ("print/posters/quet-ma-qr-1080x1080.png", shared(OTHER), {"code-own"}),
        ("print/giay-la.pdf", b"", {"broken"}),
        ("qr/1041.png", b"", {"broken"}),
        ("qr/1041.png", picture(OURS)[:80], {"broken"}),
        ("qr/1041.png", b"<html>", {"broken"}),
        ("x.pdf", b"%PDF-1.7\nnothing", {"broken"}),
    ],
)
def test_pictures_and_rubbish(name: str, data: bytes, kinds: set[str]) -> None:
    assert {fault.kind for fault in prove_file(data, Promise(name), LEDGER).faults} == kinds


# Sheets to fold.


def folded(book: bytes, sides: list[Side], title: str = "Tập để gấp. Để đọc, mở tap-a5.pdf") -> bytes:
    return place_pages([book], sides, About(title, place=PLACE))


def sides_of(book: bytes) -> list[Side]:
    pages = len(page_sizes_mm(book))
    return [side for part in (range(1, 13), range(13, pages + 1))
            for side in imposer.fold_booklet(part, page_sizes_mm(book)[0])]


def moved(side: Side, across: float, down: float) -> Side:
    first, *rest = side.places
    return side._replace(places=(first._replace(x=first.x + across, y=first.y + down), *rest))


def swapped_halves(side: Side) -> Side:
    left, right = side.places
    return side._replace(places=(left._replace(page=right.page), right._replace(page=left.page)))


def fold_faults(book: bytes, data: bytes, reading: bool = True) -> list[tuple[str, int]]:
    proof = prove_file(data, Promise("print/booklets/tap-fold.pdf"), LEDGER, book if reading else None)
    return [(fault.kind, fault.page) for fault in proof.faults]


@pytest.mark.browser
@pytest.mark.parametrize("reading", [True, False])
def test_sheets_that_fold_well(book: bytes, reading: bool) -> None:
    assert fold_faults(book, folded(book, sides_of(book)), reading) == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (lambda sides: [sides[2], sides[1], sides[0], *sides[3:]], ("fold-order", 1)),
        (lambda sides: [sides[0], swapped_halves(sides[1]), *sides[2:]], ("fold-order", 2)),
        (lambda sides: sides[:-2], ("fold-order", 10)),
        (lambda sides: sides[:6], ("fold-order", 0)),
        (lambda sides: sides[:-1], ("fold-order", 11)),
        (lambda sides: [*sides[:4], moved(sides[4], 5, 0), *sides[5:]], ("fold-shift", 5)),
        (lambda sides: [*sides[:4], moved(sides[4], 0, -1), *sides[5:]], ("fold-shift", 5)),
    ],
    ids=["sheets mixed", "back upside", "sheet missing", "section missing", "back missing", "shifted", "lower"],
)
def test_sheets_that_do_not(
    book: bytes, spoil: Callable[[list[Side]], list[Side]], found: tuple[str, int]
) -> None:
    assert found in fold_faults(book, folded(book, spoil(sides_of(book))))


@pytest.mark.browser
def test_sheets_are_not_scaled_and_name_their_source(book: bytes) -> None:
    def shrink(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(b"0.95 0 0 0.95 8 8 cm\n" + page.Contents.read_bytes())

    good = folded(book, sides_of(book), title="Tập để gấp")
    assert fold_faults(book, good) == [("no-source", 0)]
    assert ("fold-scale", 1) in fold_faults(book, spoiled(good, shrink))


@pytest.fixture(scope="module")
def leaflet(browser: Browser) -> bytes:
    return print_leaflet(browser)


@pytest.mark.browser
def test_two_leaflets_on_a_sheet_are_the_same(leaflet: bytes) -> None:
    def faults(data: bytes) -> set[tuple[str, int]]:
        checked = prove_file(data, Promise("print/leaflets/quet-ma-qr-2up.pdf"), LEDGER)
        return {(fault.kind, fault.page) for fault in checked.faults}

    sides = imposer.two_up(2, page_sizes_mm(leaflet)[0])
    about = About("quet-ma-qr.pdf", approval=f"duyệt: {SIGNED}", place=PLACE)
    good = place_pages([leaflet], sides, about)
    assert faults(good) == set()
    mixed = [sides[0], sides[1]._replace(places=(sides[1].places[0], sides[0].places[1]))]
    assert faults(place_pages([leaflet], mixed, about)) == {
        ("code-unread", 2), ("halves", 2)}

    def blot(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[1]
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n1 g 480 480 60 60 re f")

    assert ("code-unread", 2) in faults(spoiled(good, blot))


@pytest.mark.browser
def test_folded_sheets_keep_every_code(leaflet: bytes) -> None:
    def blot(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[1]
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n1 g 60 480 60 60 re f")

    good = place_pages([leaflet], imposer.fold_booklet(range(1, 3), page_sizes_mm(leaflet)[0]),
                       About("x.pdf", place=PLACE))
    assert fold_faults(leaflet, good) == []
    assert ("code-unread", 2) in fold_faults(leaflet, spoiled(good, blot))


# Approval.

WORDS = {  # what the file says of itself, the words of its two pages → pages that are told
    "a draft that says so": ("", (DRAFT, DRAFT), []),
    "a draft that forgot it on one page": ("", (DRAFT, ""), [2]),
    "neither approved nor marked": ("", ("", ""), [1, 2]),
    "a stranger's file": (None, ("", ""), [1, 2]),
    "approved": ("duyệt: quet-ma-qr FMACYDAD", ("", ""), []),
    "a book of both": ("một phần duyệt: quet-ma-qr FMACYDAD", (DRAFT, ""), []),
    "a book of both that says nothing": ("một phần duyệt: quet-ma-qr FMACYDAD", ("", ""), [1]),
    "approved by nobody": ("duyệt: ", ("", ""), [1, 2]),
    "approved without a text": ("duyệt: quet-ma-qr", ("", ""), [1, 2]),
    "a lesson's paper about no lesson": (NO_LESSON, ("", ""), [1, 2]),
}


@pytest.mark.browser
@pytest.mark.parametrize("case", WORDS)
def test_what_is_neither_approved_nor_marked_is_a_fault(browser: Browser, case: str) -> None:
    told, pages, expected = WORDS[case]
    sheet = browser.warm_sheet("@page { size: 148mm 210mm; margin: 12mm } body { font: 16pt Roboto }")
    sheet.fill("".join(f'<p style="break-after:page">Bài một. {words}</p>' for words in pages), "Thử")
    with pikepdf.open(io.BytesIO(sheet.pdf(148, 210))) as pdf:
        pdf.docinfo["/Keywords"] = told or ""
        if told is None:
            del pdf.docinfo["/Keywords"]
        out = io.BytesIO()
        pdf.save(out)
    found = prove_file(out.getvalue(), Promise("dist/print/leaflets/thu.pdf"), LEDGER)
    assert [fault.page for fault in found.faults if fault.kind == "unapproved"] == expected


@pytest.mark.parametrize(("large", "kinds"), [
    (Word("6", Area(140, 131, 3, 4), 16, -1, ()), []),
    (Word("lời", Area(100, 150, 6, 4), 14, 1, ()), ["small"]),
], ids=["a tab is decoration", "a line below it"])
def test_small_print_stands_below_all_that_is_read(large: Word, kinds: list[str]) -> None:
    """The tab of a later part stands lower than the imprint of a lesson that ends high on its page."""
    blank = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(420, 595))
        pdf.save(blank)
    told = [Word("Bài", Area(50, 110, 9, 5), 20, 0, ()), Word("Nội", Area(15, 133, 4, 3), 9, 0, ()), large]
    with opened(blank.getvalue()) as paper:
        faults = pages.prove_sizes(paper.leaf(1), told, [], Promise("print/booklets/phan-6-a5.pdf"), tagged=True)
        assert [fault.kind for fault in faults] == kinds
