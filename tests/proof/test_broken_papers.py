"""Real papers of the house, each broken in one place: the proof names that place, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import cv2
import pytest

from generator.press.drawer import number_code
from generator.press.proof.document import open_picture
from generator.proof.faults import FileProof
from tests.proof import spoilers as s
from tests.proof.house import House
from tests.samples import sample

pytestmark = [pytest.mark.long, pytest.mark.browser]
OTHER = "https://hocso.example/1055"
LEAFLET, PAIR = "print/leaflets/quet-ma-qr.pdf", "print/leaflets/quet-ma-qr-2up.pdf"
READ, FOLD = "print/booklets/nguoi-cao-tuoi-a5.pdf", "print/booklets/nguoi-cao-tuoi-fold.pdf"
WALL, CHILD = "print/sheets/gia-dinh-so.pdf", "print/sheets/chau-day-ong-ba/quet-ma-qr.pdf"
POSTER, SHARE, CODE = "print/posters/quet-ma-qr-a4.pdf", "print/posters/quet-ma-qr-1200x630.png", "qr/1041.png"
CONTENTS, LESSON = 3, 5
WHOLE = ("code-own", "pdf-ua", "unreached")
"""What may be told of a whole file."""
NOWHERE = (0.0, 0.0, 0.0, 0.0)


@pytest.fixture(scope="module")
def sound(four: House) -> Callable[[str], FileProof]:
    """Proofs of the files as they were printed, each made once."""
    return cache(four.prove)


def grown(box: s.Box, by: float) -> s.Box:
    return box[0] - by, box[1] - by, box[2] + 2 * by, box[3] + 2 * by


def part(box: s.Box, left: float, top: float, width: float, height: float) -> s.Box:
    """A part of a box, told in parts of its sides."""
    return box[0] + left * box[2], box[1] + top * box[3], width * box[2], height * box[3]


@dataclass(frozen=True)
class Case:
    """What is done to a page, and the kinds of fault that must be told of it and of no other page."""

    file: str
    page: int
    kinds: set[str]
    spoil: Callable[[s.Box], s.Spoil]
    """Given where the page's first code lies."""


def on_code(kinds: set[str], spoil: Callable[[s.Box], s.Spoil], file: str = LEAFLET, page: int = 2) -> Case:
    return Case(file, page, kinds, spoil)


def on_page(kinds: set[str], spoil: s.Spoil, file: str = LEAFLET, page: int = 1) -> Case:
    return Case(file, page, kinds, lambda _box: spoil)


CASES = {
    "corner of a code cut off": on_code({"code-unread", "code-own"},
                                        lambda box: s.cover(part(box, -0.1, -0.1, 0.4, 0.4))),
    "inverted code": on_code({"code-inverted", "code-unread", "code-own"}, lambda box: s.invert(grown(box, 3.4))),
    "another topic's code": on_code({"code-address", "code-topic", "code-own", "code-unread"},
                                    lambda box: s.draw_code(box, number_code(OTHER, 26).matrix)),
    "stamp over a code": on_code({"code-damaged"}, lambda box: s.cover(part(box, 0.45, 0.4, 0.25, 0.2), 0.2)),
    "sticker over a whole code": on_code({"code-unread", "code-own"}, s.cover),
    "frame in the quiet zone": on_code({"code-quiet"}, lambda box: s.frame(grown(box, 1.2))),
    "code bleached by the sun": on_code({"code-contrast"}, lambda box: s.bleach(grown(box, 0.2))),
    "sixth code of the wall lost": on_code({"code-unread"}, s.cover, WALL, 1),
    "grandchild's code lost": on_code({"code-unread", "code-own"}, s.cover, CHILD, 1),
    "code in a booklet lost": on_code({"code-unread"}, s.cover, READ, CONTENTS),
    "words bleached by the sun": on_page({"pale"}, s.bleach((14, 60, 100, 20))),
    "sticker over half a line": on_page({"cut"}, s.cover((14, 36.5, 70, 3))),
    "letter the font lacks": on_page({"glyph", "pdf-ua"}, s.lose_glyph),
    "page cut at the foot": on_page({"outside"}, s.crop(12)),
    "page slipped to the left": on_page({"outside"}, s.move(-20, 0)),
    "leaflet printed to fit a smaller sheet": on_page({"code-module", "code-size", "small"}, s.move(0, 0, 0.7), page=2),
    "A4 poster printed on A5": on_page({"code-size", "small"}, s.move(0, 0, 0.7), POSTER),
    "empty page in a booklet": on_page({"empty", "page-number", "unapproved", "unreached"}, s.blank, READ, LESSON),
    "page printed twice": on_page({"page-number", "unreached"}, s.repeat_before, READ, LESSON),
    "contents lead to other pages": on_page({"page-number"}, s.swap_links, READ, CONTENTS),
    "dead link": on_page({"dead-link"}, s.kill_link, READ, CONTENTS),
    "picture without words": on_page({"no-alt", "pdf-ua"}, s.mute, READ, LESSON),
    "line made decoration": on_page({"unreached"}, s.hide_words, READ, LESSON),
    "page exchanged without its tags": on_page({"unreached"}, s.lose_tags, READ, LESSON),
    "sheet printed 4 mm off": on_page({"fold-shift"}, s.shift_half(4), FOLD, 7),
    "sheet printed 0.3 mm off": on_page({"fold-shift"}, s.shift_half(0.3), FOLD, 7),
    "sheet printed at 98 %": on_page({"fold-scale"}, s.shift_half(0, 0.98), FOLD, 8),
    "back of a sheet turned": on_page({"fold-order"}, s.swap_halves, FOLD, 6),
    "code lost on one of two leaflets": on_code({"code-unread"}, s.cover, PAIR, 2),
}


@pytest.mark.parametrize("name", sample(CASES, 9, "sticker over a whole code", "sheet printed 0.3 mm off"))
def test_the_place_is_named(name: str, four: House, sound: Callable[[str], FileProof]) -> None:
    case = CASES[name]
    before = sound(case.file)
    assert before.faults == ()
    box = next((code.box for code in before.codes if code.page == case.page), NOWHERE)
    data = s.spoiled(four.papers[case.file], case.page, case.spoil(box))
    faults = four.prove(case.file, data).faults
    assert {fault.kind for fault in faults} == case.kinds
    assert {fault.page for fault in faults if fault.page or fault.kind not in WHOLE} == {case.page}


@pytest.mark.parametrize("name", sample([LEAFLET, READ, FOLD, POSTER], 1, FOLD))
def test_fonts_that_are_not_in_the_file(name: str, four: House) -> None:
    data = s.spoiled(four.papers[name], 1, s.strip_fonts)
    kinds = {fault.kind for fault in four.prove(name, data).faults if not fault.page}
    assert kinds == ({"font"} if name == FOLD else {"font", "pdf-ua"})


def test_a_number_that_died_since(four: House) -> None:
    dead = {**four.ledger, "1041": replace(four.ledger["1041"], until="2027-01-01")}
    faults = four.prove(LEAFLET, ledger=dead).faults
    assert [(fault.kind, fault.page) for fault in faults] == [("code-retired", 2)]


def smeared(data: bytes) -> bytes:
    return bytes(cv2.imencode(".png", cv2.GaussianBlur(open_picture(data), (0, 0), 9))[1])


def shrunk(data: bytes) -> bytes:
    return bytes(cv2.imencode(".png", cv2.resize(open_picture(data), (600, 315)))[1])


def inverted(data: bytes) -> bytes:
    return bytes(cv2.imencode(".png", 255 - open_picture(data))[1])


@pytest.mark.parametrize(("name", "spoil", "kinds"), [
    (SHARE, smeared, {"code-own"}), (SHARE, shrunk, {"picture-size"}), (CODE, inverted, {"code-inverted", "code-own"}),
    (CODE, lambda data: data[: len(data) // 2], {"broken"}),
])
def test_pictures(
    name: str, spoil: Callable[[bytes], bytes], kinds: set[str], four: House, sound: Callable[[str], FileProof]
) -> None:
    assert sound(name).faults == ()
    assert kinds <= {fault.kind for fault in four.prove(name, spoil(four.papers[name])).faults}
