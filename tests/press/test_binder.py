from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.ground.errors import ProofError
from generator.handbook.model import Row, Screen
from generator.press import proof
from generator.press.binder import facts
from generator.press.binder.finish import enlarge, said_once
from generator.press.browser import Browser, Sheet
from generator.press.phone.drawing import draw_phone
from tests import seen
from tests.finished import SIGNED, finish_pdf, links

pytestmark = pytest.mark.browser

BODY = """
<h1 id="phần-một">Phần <b>một</b></h1><p><a href="#b c">sang</a> <a href="https://hocso.example/1041">xem</a></p>
<div style="break-before:page"><h2 id="b c">Bài hai</h2><a href="#phần-một">về</a> <strong>đậm</strong></div>
"""
MOMENT = 1_763_600_000


@pytest.fixture(scope="module")
def sheet(browser: Browser) -> Iterator[Sheet]:
    opened = browser.open_sheet("@page{size:148mm 210mm;margin:10mm}body{font:14pt Roboto}b{font-weight:500}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def raw(sheet: Sheet) -> bytes:
    sheet.fill(BODY, "Tên trong trình duyệt")
    return sheet.pdf(148, 210)


@pytest.fixture(scope="module")
def finished(raw: bytes) -> bytes:
    return finish_pdf(raw, title="Quét mã", moment=MOMENT, author="Sở KH&CN", subject="Bài số 1041")


def test_structure_stays(finished: bytes) -> None:
    assert facts.page_count(finished) == 2
    assert facts.is_tagged(finished)
    assert facts.outline(finished) == [(1, "Phần một", 1), (2, "Bài hai", 2)]
    assert facts.destinations(finished) == {"phần-một": 1, "b c": 2}
    assert links(finished) == [(1, "#b c"), (1, "https://hocso.example/1041"), (2, "#phần-một")]
    assert [font.name for font in facts.embedded_fonts(finished)] == [
        "Roboto-Bold", "Roboto-Medium", "Roboto-Regular",
    ]
    assert all(font.embedded for font in facts.embedded_fonts(finished))
    for size in facts.page_sizes_mm(finished):
        assert size == pytest.approx((148, 210), abs=0.2)


@pytest.mark.parametrize(("written", "said"), [
    ("Các bướcCác bước", "Các bước"), ("Quét mã QR Quét mã QR", "Quét mã QR"),
    ("Dùng ứng dụng của Dùng ứng dụng của tỉnh", "Dùng ứng dụng của tỉnh"),
    ("Các bước", "Các bước"), ("Từ từ từng bước", "Từ từ từng bước"), ("Nhớ 3 điều", "Nhớ 3 điều"), ("", ""),
])
def test_a_heading_stands_once_in_the_outline(written: str, said: str) -> None:
    assert said_once(written) == said


def test_says_what_it_is(finished: bytes) -> None:
    assert facts.about(finished) == {
        "Title": "Quét mã",
        "Author": "Sở KH&CN",
        "Subject": "Bài số 1041",
        "Keywords": f"duyệt: {SIGNED}",
        "Place": SIGNED,
        "Creator": "hocso",
        "Producer": facts.about(finished)["Producer"],
        "CreationDate": "D:20251120005320Z",
        "ModDate": "D:20251120005320Z",
        "Lang": "vi",
    }


def test_smaller_than_the_browser_made_it(raw: bytes, finished: bytes) -> None:
    assert len(finished) < len(raw)


def test_same_bytes_whenever_printed(sheet: Sheet, finished: bytes) -> None:
    sheet.fill("<p>something else between</p>", "x")
    sheet.fill(BODY, "Tên khác")
    sheet.evaluate("new Promise(done => setTimeout(done, 1100))")  # into another second
    again = finish_pdf(
        sheet.pdf(148, 210), title="Quét mã", moment=MOMENT, author="Sở KH&CN", subject="Bài số 1041"
    )
    assert again == finished
    assert finish_pdf(finished, title="Quét mã", moment=MOMENT + 1) != finished


@pytest.mark.parametrize("margin", ["", "@page{@bottom-center{content:counter(page)}}"])
def test_a_shrunk_paper_is_refused(sheet: Sheet, margin: str) -> None:
    sheet.fill('<p>a<p style="width:120mm">b', "Tờ", margin)
    assert finish_pdf(sheet.pdf(148, 210), title="Tờ", moment=MOMENT)
    sheet.fill('<p>a<p style="width:150mm">b', "Tờ", margin)
    with pytest.raises(ProofError, match=r"Tờ.*8\d%"):
        finish_pdf(sheet.pdf(148, 210), title="Tờ", moment=MOMENT)


@pytest.mark.parametrize("margin", ["", "@page{@bottom-center{content:counter(page)}}"])
def test_a_page_that_begins_with_a_drawing_is_not_shrunk(sheet: Sheet, margin: str) -> None:
    drawing = draw_phone(Screen((Row("nút", "A"),)), scale=1)
    sheet.fill(f'<p>a<div style="break-before:page;display:flex;break-inside:avoid">{drawing}<p>b</div>', "Tờ", margin)
    assert facts.page_count(finish_pdf(sheet.pdf(148, 210), title="Tờ", moment=MOMENT)) == 2


PRINT = """
import hashlib, sys
from generator.press.browser import Browser
from tests.finished import SIGNED, finish_pdf
with Browser() as browser:
    sheet = browser.open_sheet("@page{size:148mm 210mm;margin:10mm}body{font:14pt Roboto}b{font-weight:500}")
    sheet.fill(sys.argv[1], "Tên")
    raw = sheet.pdf(148, 210)
pdf = finish_pdf(raw, title="Quét mã", moment=1_763_600_000, author="Sở KH&CN", subject="Bài số 1041")
print(hashlib.sha256(pdf).hexdigest())
"""


def test_same_bytes_in_another_process(finished: bytes, tmp_path: Path) -> None:
    run = subprocess.run([sys.executable, "-c", PRINT, BODY], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == hashlib.sha256(finished).hexdigest()


def test_enlarged_all_grows_alike(finished: bytes) -> None:
    """A5 on A3, twice as wide: words, links and tags too."""
    large = enlarge(finished, (296, 420), subject="To gấp đôi")
    assert facts.page_sizes_mm(large) == [pytest.approx((296, 420), abs=0.1)] * 2
    assert facts.is_tagged(large) and facts.outline(large) == facts.outline(finished)
    assert links(large) == links(finished) and facts.destinations(large) == facts.destinations(finished)
    assert facts.about(large) == facts.about(finished) | {"Subject": "To gấp đôi"}
    for page in (1, 2):
        before, after = seen.type_sizes(finished, page), seen.type_sizes(large, page)
        assert [pytest.approx(2 * size, rel=0.01) for size in before] == [*after]
        assert [*before.values()] == [*after.values()] and not seen.text_outside(large)
    with proof.opened(finished) as small, proof.opened(large) as big:
        for old, new in zip(proof.links(small.leaf(1)), proof.links(big.leaf(1)), strict=True):
            assert [*new.area] == pytest.approx([2 * mm for mm in old.area], abs=0.5)
    assert enlarge(finished, (296, 420), subject="To gấp đôi") == large


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"not a PDF", bytes(2000)])
def test_broken_files_are_said_so(data: bytes) -> None:
    with pytest.raises(ProofError, match="hỏng"):
        facts.page_count(data)
