from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import cast

import numpy as np
import numpy.typing as npt
import pytest
import zxingcpp

from generator.ground.errors import ProofError
from generator.press import proof
from generator.press.browser import Browser, Sheet
from generator.press.drawer import code_png, code_svg, number_code
from generator.press.proof import troubles
from generator.press.proof.document import MM_PER_POINT, Area
from generator.press.proof.letters import Letter, Word
from generator.press.proof.measures import contrast
from tests import seen

ONE, TWO = "https://hocso.example/1041", "https://hocso.example/12345/5724"


def _code(payload: str, width: float = 25, style: str = "") -> str:
    return f'<div style="{style}">{code_svg(number_code(payload, width), width, payload)}</div>'


def _page(content: str) -> str:
    return f"<section>{content}</section>"


def test_reads_a_picture() -> None:
    (reading,) = seen.read_image_codes(code_png(number_code(ONE, 25), scale=10))
    assert reading.payload == ONE and reading.box == pytest.approx((40, 40, 330, 330), abs=4)
    proof.prove_image_codes(code_png(number_code(ONE, 25)), {ONE})
    for expected in ({TWO}, {ONE, TWO}, set[str]()):
        with pytest.raises(ProofError, match=TWO if expected else ONE):
            proof.prove_image_codes(code_png(number_code(ONE, 25)), expected)


@pytest.mark.parametrize("data", [b"", b"no", bytes(2000)])
def test_broken_files_are_said_so(data: bytes) -> None:
    with pytest.raises(ProofError):
        seen.read_image_codes(data)
    with pytest.raises(ProofError):
        seen.read_codes(data)


@pytest.fixture(scope="module")
def sheet(browser: Browser) -> Iterator[Sheet]:
    opened = browser.open_sheet(
        "@page{size:148mm 210mm;margin:0}body,p{margin:0;font:14pt Roboto}div{position:absolute}"
        "section{width:148mm;height:209mm;position:relative;break-after:page}section:last-child{break-after:auto}"
    )
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def paper(sheet: Sheet) -> bytes:
    """Text; a code at a known place; nothing; two codes."""
    sheet.fill(
        _page("<p>Bà con quét mã</p>")
        + _page(_code(ONE, style="left:40mm;top:70mm"))
        + _page("")
        + _page(_code(ONE) + _code(TWO, 30, "left:90mm;top:150mm")),
        "t",
    )
    return sheet.pdf(148, 210)


@pytest.mark.browser
def test_reads_where_each_code_lies(paper: bytes) -> None:
    readings = seen.read_codes(paper, decoders=proof.BOTH)
    assert {(r.page, r.payload, r.decoder) for r in readings} == {
        (page, payload, decoder) for page, payload in ((2, ONE), (4, ONE), (4, TWO)) for decoder in proof.BOTH
    }
    quiet = 4 * 25 / 33
    for reading in readings:
        if reading.page == 2:
            assert reading.box == pytest.approx((40 + quiet, 70 + quiet, 25, 25), abs=0.5)
    assert [r.page for r in seen.read_codes(paper, [4])] == [4, 4]


@pytest.mark.browser
@pytest.mark.parametrize("both", [False, True])
def test_what_is_expected_is_proven(paper: bytes, both: bool) -> None:
    seen.prove_codes(paper, {1: set(), 2: {ONE}, 4: {ONE, TWO}}, both=both)
    proof.prove_codes(paper, {ONE, TWO})


@pytest.mark.browser
@pytest.mark.parametrize(
    ("expected", "said"),
    [({ONE}, f"có mã QR lạ {TWO}"), (set(), f"có mã QR lạ {ONE}"), ({ONE, TWO, TWO + "1"}, f"không đọc được.*{TWO}1")],
)
def test_what_is_not_so_is_refused(paper: bytes, expected: set[str], said: str) -> None:
    with pytest.raises(ProofError, match=f"(?i){said}"):
        proof.prove_codes(paper, expected)


@pytest.mark.browser
@pytest.mark.parametrize("expected", [{2: {TWO}}, {2: {ONE, TWO}}, {3: {ONE}}, {4: {TWO}}, {2: set()}])
def test_what_is_not_so_is_refused_page_by_page(paper: bytes, expected: dict[int, set[str]]) -> None:
    with pytest.raises(ProofError):
        seen.prove_codes(paper, expected)


@pytest.mark.browser
@pytest.mark.parametrize(
    "spoiled",
    [
        _code(ONE, style="filter:invert(1)"),
        _code(ONE, style="width:15mm;overflow:hidden;height:40mm"),
        _code(ONE) + '<div style="left:10mm;top:2mm;width:14mm;height:14mm;background:#fff"></div>',
        _code(ONE, style="opacity:.03"),
    ],
    ids=["inverted", "cut", "stamped", "pale"],
)
def test_a_spoiled_code_does_not_pass(sheet: Sheet, spoiled: str) -> None:
    sheet.fill(_page(spoiled), "t")
    with pytest.raises(ProofError):
        seen.prove_codes(sheet.pdf(148, 210), {1: {ONE}}, both=True)


@pytest.mark.browser
def test_fifty_codes_by_both_decoders(sheet: Sheet) -> None:
    payloads = [f"https://hocso.example/{number}" for number in range(1000, 10_000, 180)]
    sheet.fill("".join(_page("<p>Mở Máy ảnh. " * 20 + _code(payload)) for payload in payloads), "t")
    seen.prove_codes(sheet.pdf(148, 210), {page: {one} for page, one in enumerate(payloads, 1)}, both=True)


@pytest.mark.browser
def test_looks_at_pages(sheet: Sheet, paper: bytes) -> None:
    assert seen.page_text(paper, 1) == "Bà con quét mã"
    assert seen.empty_pages(paper) == [3]
    assert seen.text_outside(paper) == []
    assert seen.page_png(paper, 2, 100) == seen.page_png(paper, 2, 100)
    width = int.from_bytes(seen.page_png(paper, 2, 100)[16:20])
    assert width == pytest.approx(148 / 25.4 * 100, abs=2)
    sheet.fill(_page('<div style="left:-2mm;top:20mm">Chữ ra ngoài</div>'), "t")
    (outside,) = seen.text_outside(sheet.pdf(148, 210))
    assert outside == (1, "C")
    sheet.fill(_page('<div style="left:10mm;top:30mm">Chữ</div>'), "t")
    area = seen.text_area(sheet.pdf(148, 210), 1)
    assert area.x == pytest.approx(10, abs=0.5) and 30 < area.y < 34


# Troubles.


def subject(modules: int = 33) -> troubles.Subject:
    side = modules * 5
    picture = np.full((side + 100, side + 100), 255, np.uint8)
    picture[50 : 50 + side, 50 : 50 + side] = 100
    return troubles.Subject(picture, 50, 50, side, modules, 150 / 25.4)


def finders(changed: npt.NDArray[np.bool_], modules: int = 33) -> int:
    """Changed pixels inside the three finder squares."""
    far, near = 50 + (modules - 7) * 5, 50
    return sum(int(changed[row : row + 35, column : column + 35].sum())
               for row, column in ((near, near), (near, far), (far, near)))


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("name", ["creased", "stained"])
def test_crease_and_stain_stay_off_the_finder_squares(name: str, seed: int) -> None:
    one = subject()
    changed = troubles.TROUBLES[name][0](one, np.random.default_rng(seed)) != one.picture
    inside = changed[50:215, 50:215]
    assert finders(changed) == 0
    if name == "stained":
        assert inside.mean() == pytest.approx(0.08, abs=0.006)
    else:
        assert inside.any(axis=0).all() or inside.any(axis=1).all(), "right through"
        assert 2 <= max(inside.sum(axis=0).min(), inside.sum(axis=1).min()) <= 5, "0.5 mm is 2.95 pixels"


def test_tilt_and_turn_keep_within_their_bounds() -> None:
    one = subject()
    for seed in range(10):
        for name in ("turned", "tilted"):
            moved = troubles.TROUBLES[name][0](one, np.random.default_rng(seed))
            assert moved.shape == one.picture.shape and (moved < 200).mean() == pytest.approx(0.38, abs=0.12)
    dark = troubles.TROUBLES["dark"][0](one, np.random.default_rng(1))
    assert dark[60:200, 60:200].mean() == pytest.approx(35, abs=1.5)
    assert dark[60:200, 60:200].std() == pytest.approx(12, abs=1)


# Measures.


@pytest.mark.parametrize(("dark", "light", "told"), [(0, 255, 21.0), (255, 0, 21.0), (119, 255, 4.48), (80, 80, 1.0)])
def test_contrast_is_counted_as_the_web_does(dark: float, light: float, told: float) -> None:
    assert contrast(dark, light) == pytest.approx(told, abs=0.01)


def test_a_code_is_measured_from_the_picture() -> None:
    code = number_code(ONE, 25)
    (seen,) = proof.see_picture_codes(code_png(code, scale=10))
    assert seen.state == "read" and seen.decoders == {"zxing", "opencv"} and seen.measures is not None
    measures = seen.measures
    assert (measures.level, measures.version, measures.modules) == (code.level, code.version, code.modules)
    assert measures.module_mm == pytest.approx(10, abs=0.1)
    assert (measures.quiet, measures.contrast, measures.whole) == (4, 21, 1)


@pytest.mark.browser
def test_letters_know_their_size_and_piece(sheet: Sheet) -> None:
    sheet.fill(_page('<p>Bà con</p><svg role="img" aria-label="Hình" width="90" height="40">'
                     '<text y="20" font-size="12">Nút</text></svg>'), "t")
    with proof.opened(sheet.pdf(148, 210)) as paper:
        leaf = paper.leaf(1)
        words = proof.words(proof.letters(leaf))
        (figure,) = proof.figures(leaf)
    assert [(word.text, word.size) for word in words] == [("Bà", 14), ("con", 14), ("Nút", 9)]
    assert figure.alt == "Hình" and [word.mark in figure.marks for word in words] == [False, False, True]


@pytest.mark.parametrize(("signs", "part", "words"), [
    ("11", 0.289, ["11"]), ("18", 0.261, ["18"]), ("11", 0.54, ["1", "1"]),
    ("ab", 0.2, ["a", "b"]), ("ab", 0.1, ["ab"]),
])
def test_a_page_number_stays_one_word_and_two_numbers_two(signs: str, part: float, words: list[str]) -> None:
    """pdfium guesses a space (None) between figures of one width; `part` of the type size lies between them."""
    gap = part * 11 * MM_PER_POINT
    first, second = (Letter(sign, Area(x, 10, 1, 3), 11, 0) for sign, x in zip(signs, (5, 6 + gap), strict=True))
    assert [word.text for word in proof.words([first, None, second])] == words


class Rastered:
    """A page that holds one dash, a little lower than its letter says: at 150 dots to the inch its ink is missed."""

    def __init__(self, ink: int) -> None:
        self.ink = ink

    def grey(self, dpi: int = 150) -> npt.NDArray[np.uint8]:
        picture = np.full((4 * dpi // 10, 4 * dpi // 10), 255, np.uint8)
        top, bottom = (round(place * dpi / 150 * 1000) for place in (9.62, 11.05))
        for row in range(len(picture)):
            covered = max(0, min(bottom, (row + 1) * 1000) - max(top, row * 1000)) / 1000
            picture[row, 10 * dpi // 150 : 15 * dpi // 150] = round(255 - covered * (255 - self.ink))
        return picture


@pytest.mark.parametrize(("ink", "faint"), [(0, False), (0x8A, True)])
def test_what_seems_pale_is_looked_at_again_closely(ink: int, faint: bool) -> None:
    """A dash thinner than a dot is no fault; a grey one is."""
    dot = 25.4 / 150
    area = Area(10.1 * dot, 8.6 * dot, 4.5 * dot, 1.35 * dot)
    dash = Word("-", area, 9, 0, (Letter("-", area, 9, 0),))
    page = cast(proof.Leaf, Rastered(ink))
    assert contrast(255, float(page.grey()[8:10, 10:15].min())) < 7
    assert bool(list(proof.faint_words(page, [dash], 7))) is faint


@pytest.mark.parametrize(("kind", "told"), [("QRCode", ["unreadable"]), ("MicroQRCode", [])])
def test_rings_beside_letters_are_no_code_that_nobody_reads(
    monkeypatch: pytest.MonkeyPatch, kind: str, told: list[str],
) -> None:
    corners = SimpleNamespace(**{name: SimpleNamespace(x=x, y=y) for name, (x, y) in {
        "top_left": (100, 100), "top_right": (200, 100), "bottom_right": (200, 200), "bottom_left": (100, 200),
    }.items()})
    mark = SimpleNamespace(format=getattr(zxingcpp.BarcodeFormat, kind), valid=False, text="0472", position=corners)
    monkeypatch.setattr(zxingcpp, "read_barcodes", lambda *_, **__: [mark])
    page = cast(proof.Leaf, Rastered(0))
    assert [one.state for one in proof.see_codes(page)] == told
