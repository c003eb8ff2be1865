"""What the browser prints becomes PDF/UA-1, or is refused; what is spoiled afterwards is found."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest

from generator.ground.errors import ProofError
from generator.press import judge, proof
from generator.press.binder import facts
from generator.press.binder.reach import unreached
from generator.press.binder.tags import elements, pieces
from generator.press.browser import Browser, Sheet
from tests import seen
from tests.finished import finish_pdf

pytestmark = pytest.mark.browser

PICTURE = ('<img width="20" height="20" {} src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ'
           'AAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==">')
DRAWING = '<svg {} width="60" height="30"><rect width="50" height="9"/><text y="25">Nút</text></svg>'
BODY = f"""
<h1 id="đầu">Phần một</h1><p>Chữ <b>đậm</b>, <em>nhấn</em>.
<a href="https://hocso.example/1041">xem <b>phim</b> ở đây</a></p>
<ul><li>một<li>hai <a href="#bảng">tới bảng</a></ul><ul style="list-style:none"><li>không dấu<ul><li>con</ul></ul>
{DRAWING.format('role="img" aria-label="Hình nút"')}<hr><p style="border:1px solid;opacity:.9">khung</p>
<figure>{PICTURE.format('alt="Ảnh"')}<figcaption>Lời</figcaption></figure>{PICTURE.format('alt=""')}
<section style="break-before:page"><h2 id="bảng">Bảng</h2>
<table><caption>Số</caption><tr><th>A<th>B<tr><th scope="row">1<td>2</table>
<aside>bên lề</aside><a href="#đầu">{PICTURE.format('alt="mũi tên"')}</a>
<a href="https://hocso.example/">{PICTURE.format('alt=""')}</a>
<p><svg aria-hidden="true" width="9" height="9"><path d="M0 0h9v9z"/></svg> sau</p>
<p>{"chữ " * 400}</p></section>
"""
STYLE = ("@page{size:148mm 210mm;margin:14mm;@bottom-left{content:'Trang 'counter(page)}@top-right{content:'Sách'}}"
         "body{font:14pt Roboto;background:#eee}")


@pytest.fixture(scope="module")
def sheet(browser: Browser) -> Iterator[Sheet]:
    opened = browser.open_sheet(STYLE)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def raw(sheet: Sheet) -> bytes:
    sheet.fill(BODY, "t")
    return sheet.pdf(148, 210)


@pytest.fixture(scope="module")
def paper(raw: bytes) -> bytes:
    return finish_pdf(raw, title="Một & <hai>", moment=0)


def said(found: list[Any]) -> list[tuple[int, str]]:
    return [(one.page, one.what.en) for one in found]


def test_all_the_browser_draws_becomes_pdf_ua(raw: bytes, paper: bytes) -> None:
    assert {one.rule for one in judge.breaches(raw)} > {"PDFUA1-CONTENT-TAGGING-001", "PDFUA1-LI-KIDS-001"}
    assert judge.breaches(paper) == [] and unreached(paper) == []


def test_not_a_pixel_changes(raw: bytes, paper: bytes) -> None:
    assert facts.page_count(paper) == 3
    for page in (1, 2, 3):
        assert seen.page_png(raw, page) == seen.page_png(paper, page)


def test_a_link_says_its_words_the_text_of_its_picture_or_its_address(paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        words = dict.fromkeys(str(note.Contents) for page in pdf.pages for note in page.get("/Annots", ()))
    assert [*words] == ["xem phim ở đây", "tới bảng", "mũi tên", "https://hocso.example/"]


def test_only_margin_boxes_are_text_that_no_tag_holds(paper: bytes) -> None:
    with proof.opened(paper) as pages:
        for leaf in pages.leaves():
            free = [word.text for word in proof.words(proof.letters(leaf)) if word.mark < 0]
            assert sorted(free) == sorted(["Sách", "Trang", str(leaf.number)])


def hollow(pdf: pikepdf.Pdf) -> None:
    """What begins the second page is tagged at the foot of the first one too, where it draws nothing."""
    page, heading = pdf.pages[0].obj, first(pdf, "/H2")
    piece = heading.K[0] if isinstance(heading.K, pikepdf.Array) else heading.K
    row = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    page.Contents = pdf.make_stream(
        page.Contents.read_bytes() + b"/NonStruct <</MCID %d >>BDC\nBT\nET\nEMC\n" % len(row))
    piece.K = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=page, MCID=len(row)), piece.K])
    row.append(piece)


def test_what_draws_nothing_is_not_read(raw: bytes, paper: bytes) -> None:
    finished = finish_pdf(spoiled(raw, hollow), title="t", moment=0)
    assert not unreached(finished) and not judge.breaches(finished)
    assert marks_read(finished) == marks_read(paper) != marks_read(spoiled(raw, hollow))


def marks_read(data: bytes) -> list[tuple[int, int]]:
    """Page and number of each mark, in the order of the tags."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        return [(numbers[piece.page.objgen], piece.number) for element in elements(pdf.Root.StructTreeRoot)
                for piece in pieces(element)]


def test_the_same_bytes_whatever_was_printed_before(sheet: Sheet, paper: bytes) -> None:
    """The browser numbers a table's cells through all it has shown."""
    sheet.fill("<table><tr><th>x<td>y</table>", "x")
    sheet.fill(BODY, "t")
    assert finish_pdf(sheet.pdf(148, 210), title="Một & <hai>", moment=0) == paper


@pytest.mark.parametrize(("body", "page", "words"), [
    ('<p>một<p style="break-before:page" aria-hidden="true">giấu đi', 2, "giấu đi"),
    (f'<p>một</p>{DRAWING.format("aria-hidden=true")}', 1, "Nút"),
    ('<p>một<p aria-hidden="true" style="position:absolute;top:-5mm">trên thân', 1, "trên thân"),
    ('<p>một<div aria-hidden="true" style="opacity:.5">mờ</div>', 1, "mờ"),
    ("<dl><dt>từ<dd>nghĩa</dl><style>dt,dd{display:inline}dt::after{content:'; '}</style>", 1, ";"),
])
def test_words_without_a_tag_are_refused(sheet: Sheet, body: str, page: int, words: str) -> None:
    sheet.fill(body, "t")
    with pytest.raises(ProofError, match=f"“Tờ”, trang {page}: chữ “{words}”"):
        finish_pdf(sheet.pdf(148, 210), title="Tờ", moment=0)


def first(pdf: pikepdf.Pdf, role: str) -> Any:
    return next(thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == role)


def no_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def swapped_page(pdf: pikepdf.Pdf) -> None:
    """As one takes a page of another file: it looks right, and no tag leads to it."""
    page = pdf.pages[1].obj
    pdf.pages[1] = pikepdf.Page(pdf.make_indirect(pikepdf.Dictionary(
        Type=page.Type, MediaBox=page.MediaBox, Resources=page.Resources, Contents=page.Contents)))


def lost_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[2]


def turned_tree(pdf: pikepdf.Pdf) -> None:
    document = pdf.Root.StructTreeRoot.K
    document.K = pikepdf.Array(reversed(list(document.K)))


def rewritten(page: int, old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        data = pdf.pages[page - 1].Contents.read_bytes()
        assert old in data
        pdf.pages[page - 1].Contents = pdf.make_stream(data.replace(old, new, 1))

    return spoil


def mute(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "/Figure").Alt


def wrong_role(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/LBody").S = pikepdf.Name.Lump


def left_out(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/H1").K = pikepdf.Array()


def told_twice(pdf: pikepdf.Pdf) -> None:
    heading = first(pdf, "/H2")
    heading.P.K.append(heading)


def wrong_list(pdf: pikepdf.Pdf) -> None:
    row = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    row[0], row[1] = row[1], row[0]


def no_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


@pytest.mark.parametrize(("spoil", "page", "told"), [
    (no_tree, 0, "the file is not tagged"),
    (swapped_page, 2, "no tag leads to this page"),
    (lost_page, 0, "tags lead to a page that is not there"),
    (turned_tree, 1, "is read after page 2"),
    (rewritten(2, b"/MCID 1 ", b"/MCID 999 "), 2, "1 pieces belong to no tag"),
    (rewritten(2, b"/NonStruct <</MCID 3 >>BDC", b"/Artifact BMC"), 2, "1 runs of text lie outside all tags"),
    (rewritten(2, b"/NonStruct <</MCID 3 >>BDC", b"/Span BMC"), 2, "1 runs of text lie outside all tags"),
    (rewritten(2, b"/Type/Pagination", b""), 2, "1 runs of text lie outside all tags"),
    (mute, 2, "a picture without a text"),
    (left_out, 1, "1 pieces belong to no tag"),
    (told_twice, 2, "1 tags hold a piece that is not there or has a tag already"),
    (wrong_list, 1, "the page's list of tags differs from the tree's"),
])
def test_what_no_tag_reaches_is_found(
    paper: bytes, spoil: Callable[[pikepdf.Pdf], None], page: int, told: str
) -> None:
    assert (page, told) in said(unreached(spoiled(paper, spoil)))


def silent_link(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0].Contents


def loose_item(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/LBody").S = pikepdf.Name.P


@pytest.mark.parametrize(("spoil", "rule", "page", "told"), [
    (no_tree, "STRUCT-TREE-ROOT", 0, "cây thẻ"), (wrong_role, "STRUCT-TREE-ROLE-MAP", 0, "cây thẻ"),
    (mute, "FIGURE-ALTERNATIVE-TEXT", 0, "hình không có lời tả"), (no_title, "METADATA-TITLE", 0, "tệp không ghi tên"),
    (silent_link, "LINK-CONTENTS", 1, "đường dẫn không có lời"), (loose_item, "LI-KIDS", 0, "thẻ của danh sách"),
    (rewritten(2, b"/Artifact BMC", b"/Artifact BMC EMC /X BMC"), "CONTENT-TAGGING", 2, "nội dung và nét trang trí"),
])
def test_what_is_against_pdf_ua_is_told_in_two_languages(
    paper: bytes, spoil: Callable[[pikepdf.Pdf], None], rule: str, page: int, told: str
) -> None:
    (breach,) = [one for one in judge.breaches(spoiled(paper, spoil)) if rule in one.rule]
    assert breach.page == page and breach.what.vi.startswith(told)
    assert breach.rule in breach.what.vi and breach.rule in breach.what.en


def test_the_judge_says_of_a_broken_file_that_it_is_broken() -> None:
    with pytest.raises(ProofError, match="hỏng"):
        judge.breaches(b"%PDF-1.7\nnothing more")


def spoiled(data: bytes, spoil: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        spoil(pdf)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()
