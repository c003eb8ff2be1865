"""Posters: read from three metres by who walks by; in grey the part's number tells them apart."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pikepdf
import pytest

from generator.engine.items import Result
from generator.ground.errors import RefusedError
from generator.handbook.model import Handbook, Help, Phrase, Scene, Topic
from generator.press.binder.facts import about, embedded_fonts, is_tagged, outline, page_count, page_sizes_mm
from generator.press.browser import Browser
from generator.press.compounds import COMPOUNDS, HELD
from generator.press.drawer import QUIET_MODULES, number_code
from generator.press.pages import plain
from generator.press.proof import Area, figures, letters, opened
from generator.products.lesson import TRIAL, accountability
from generator.products.papers import poster
from generator.products.papers.parts import gist
from generator.products.papers.parts.poster_fit import (
    CODE_MM,
    FAR_PT,
    ITEMS,
    LARGE_MM,
    PAGE_MM,
    STAGES_MM,
    TITLES,
    WHATS,
    choose,
)
from generator.products.papers.parts.urgent import UNSURE
from tests.desks import FILLED, desk, handbook, make, with_edition
from tests.lines import torn
from tests.seen import TYPEFACES, page_png, page_text, prove_codes, text_outside, type_sizes

pytestmark = pytest.mark.long
LONG = "https://binhdanhocvu.thanhphohaiphong.gov.vn/chuyen-doi-so/"
LEAST_PT = {"a4": 14, "a3": 19.7}
SIZES = {"a4": PAGE_MM, "a3": LARGE_MM}
"""A3 is the A4 sheet enlarged."""
SLUGS = ("quet-ma-qr", "ung-dung-cong-dan-so", "khai-sinh", "viec-khan-cap")
"""A short title, the longest, a card with four things to bring, numbers to call."""
URGENT = "viec-khan-cap"
HAND_MM = 74.0
"""As broad as a hand, on the smaller sheet."""
CAPITAL = 0.711
"""Height of a capital letter by the size of type."""


def made(book: Handbook, name: str, browser: Browser, folder: Path) -> Result:
    return make(next(item for item in poster.plan(desk(book)) if item.name == name), browser, folder)


def posters(book: Handbook, slug: str, browser: Browser, folder: Path) -> dict[str, bytes]:
    files = made(book, f"poster:{slug}", browser, folder).files
    for size in SIZES:
        name = f"posters/{slug}-{size}.pdf"
        assert files[f"print/{name}"] == files[f"site/downloads/{name}"]
    return {size: files[f"print/posters/{slug}-{size}.pdf"] for size in SIZES}


def lines(pdf: bytes) -> list[str]:
    return [line.replace(HELD, " ").replace("\u2011", "-").strip() for line in page_text(pdf, 1).splitlines()]


def squeezed(pdf: bytes) -> str:
    return " ".join(" ".join(lines(pdf)).split())


def border_of(pdf: bytes, box: Area, url: str) -> int:
    """The darkest dot within the four modules around a code."""
    module = box.width / (number_code(url, CODE_MM).modules_with_quiet_zone - 2 * QUIET_MODULES)
    picture = cv2.imdecode(np.frombuffer(page_png(pdf, 1, 150), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    dots, wide, close = 150 / 25.4, 3.8 * module, 0.6 * module
    outer = [round(at * dots) for at in (box.y - wide, box.bottom + wide, box.x - wide, box.right + wide)]
    inner = [round(at * dots) for at in (box.y - close, box.bottom + close, box.x - close, box.right + close)]
    picture = picture.copy()
    picture[inner[0] : inner[1], inner[2] : inner[3]] = 255
    return int(picture[outer[0] : outer[1], outer[2] : outer[3]].min())


def far(text: str) -> str:
    """As `type_sizes` gives letters: without spaces."""
    return "".join(text.replace(HELD, "").split())


@pytest.mark.browser
@pytest.mark.parametrize("slug", SLUGS)
def test_poster_is_one_page_fit_to_hang(slug: str, browser: Browser, tmp_path: Path) -> None:
    book = handbook()
    lesson, url = book.by_slug[slug], book.edition.number_url(book.number_of(slug))
    for name, pdf in posters(book, slug, browser, tmp_path).items():
        assert page_sizes_mm(pdf) == [pytest.approx(SIZES[name], abs=0.3)]
        assert about(pdf)["Subject"] == f"Áp phích {name.upper()}, bài số {book.number_of(slug)}"
        assert not text_outside(pdf)
        assert is_tagged(pdf) and about(pdf)["Lang"] == "vi"
        assert about(pdf)["Title"] == outline(pdf)[0].title.replace(HELD, " ").replace("\u2011", "-")
        assert all(font.embedded and font.name.startswith(TYPEFACES) for font in embedded_fonts(pdf))
        codes = prove_codes(pdf, {1: {url}}, both=True)
        assert all(code.box.width >= 50 * 0.985 * SIZES[name][0] / PAGE_MM[0] for code in codes)
        assert all(border_of(pdf, code.box, url) > 200 for code in codes)
        text = squeezed(pdf)
        for words in (plain(lesson.title), f"Bài số {book.number_of(slug)}", "Quét để xem bài", "Hỏi ai ở đây:",
                      accountability(lesson, book.edition), "In tháng 11/2026", TRIAL):
            assert words in text
        with opened(pdf) as paper:
            assert lesson.drawing and next(figure.alt for figure in figures(paper.leaf(1))) == lesson.drawing.alt


@pytest.mark.browser
@pytest.mark.parametrize("slug", SLUGS[:3])
def test_title_lines_and_number_are_read_from_three_metres(slug: str, browser: Browser, tmp_path: Path) -> None:
    """On A3 their capitals are a centimetre high; nothing of the steps stands between them."""
    lesson = handbook().by_slug[slug]
    for name, pdf in posters(handbook(), slug, browser, tmp_path).items():
        scale = SIZES[name][0] / LARGE_MM[0]
        large = "".join(words for size, words in type_sizes(pdf, 1).items()
                        if size * CAPITAL * 25.4 / 72 >= 10 * scale)
        for words in (plain(lesson.title), *map(plain, gist.keep_of(lesson)[1]), "Bài số", *gist.keep_of(lesson)[:1]):
            assert not Counter(far(words)) - Counter(large), words
        assert not any(plain(step.phrase) in squeezed(pdf) for step in lesson.steps)
        assert "Cẩn thận" not in squeezed(pdf)


@pytest.mark.browser
def test_numbers_to_call_are_as_broad_as_a_hand_and_stand_with_what_they_call(browser: Browser, tmp_path: Path) -> None:
    for name, pdf in posters(handbook(), URGENT, browser, tmp_path).items():
        told = lines(pdf)
        for words in ("113 công an", "114 cháy", "115 cấp cứu", "112 cứu nạn"):
            assert words in told, (words, told)
        assert UNSURE not in squeezed(pdf)  # these four are certain
        with opened(pdf) as paper:
            leaf = paper.leaf(1)
            largest = max(letter.size for letter in letters(leaf) if letter)
            digits = [letter for letter in letters(leaf) if letter and letter.size == largest]
            assert "".join(letter.sign for letter in digits).replace(" ", "").replace(HELD, "") == "113114115112"
            for one, three in zip(digits[::3], digits[2::3], strict=True):
                assert three.area.right - one.area.x >= HAND_MM * SIZES[name][0] / PAGE_MM[0]


def test_one_bold_number_in_a_step_is_no_poster_of_numbers() -> None:
    by_slug = handbook().by_slug
    assert [call.number for call in poster.Poster(desk(), by_slug[URGENT]).calls] == ["113", "114", "115", "112"]
    assert [slug for slug in by_slug if poster.Poster(desk(), by_slug[slug]).calls] == [URGENT]


@pytest.mark.browser
@pytest.mark.parametrize("slug", SLUGS)
def test_no_line_tears_a_word_or_a_number_from_its_meaning(slug: str, browser: Browser, tmp_path: Path) -> None:
    pdf = posters(handbook(), slug, browser, tmp_path)["a4"]
    whole = squeezed(pdf).lower()
    lesson = handbook().by_slug[slug]
    shown = " ".join(map(plain, (lesson.title, *(() if slug == URGENT else gist.keep_of(lesson)[1])))).lower()
    there = [words for words in COMPOUNDS if re.search(rf"(?<!\w){words.lower()}(?!\w)", shown)]
    assert there or slug == "quet-ma-qr"
    for words in there:
        found = [line for line in lines(pdf) if words.lower() in line.lower()]
        assert found and whole.count(words.lower()) == sum(line.lower().count(words.lower()) for line in found)
    assert torn([page_text(pdf, 1).splitlines()]) == [], "nor those who help, nor in the foot"


@pytest.mark.browser
def test_it_is_drawn_not_painted(browser: Browser, tmp_path: Path) -> None:
    """As sharp on a wall as on a desk."""
    for pdf in posters(handbook(), SLUGS[0], browser, tmp_path).values():
        with pikepdf.open(io.BytesIO(pdf)) as paper:
            assert not any(isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
                           for thing in paper.objects)


@pytest.mark.browser
def test_words_to_read_nearby_keep_their_size(browser: Browser, tmp_path: Path) -> None:
    """Smaller is only the foot."""
    for name, pdf in posters(handbook(), "dai-su-so-gia-dinh-so", browser, tmp_path).items():
        small = {size: words for size, words in type_sizes(pdf, 1).items() if size < LEAST_PT[name] - 0.1}
        assert small and all(words.startswith("Nộidung:") for words in small.values()), small


@pytest.mark.browser
@pytest.mark.parametrize("slug", ["khai-sinh", URGENT])
@pytest.mark.parametrize("edition", [
    {"address": LONG, "trial": False, "help": (FILLED,)}, {"help": (Help("đầu mối"),)},
])
def test_any_edition_has_its_contact_or_room_to_stamp(
    slug: str, edition: dict[str, Any], browser: Browser, tmp_path: Path
) -> None:
    book = with_edition(**edition)
    for pdf in posters(book, slug, browser, tmp_path).values():
        text = squeezed(pdf)
        assert page_count(pdf) == 1
        assert book.edition.number_url(book.number_of(slug)) in text.replace(" ", "")
        if book.edition.address == LONG:
            assert TRIAL not in text and FILLED.phone in text and FILLED.unit in text
        else:
            assert "Nơi hỏi:" in text and "Điện thoại:" in text


@pytest.mark.browser
def test_grey_tells_parts_apart_and_keeps_contrast(browser: Browser, tmp_path: Path) -> None:
    """The band is as dark as ink; on it the part's number is the largest sign but for the title, dark on white."""
    for slug, number in (("quet-ma-qr", "1"), ("tranh-lua-dao", "3"), ("ung-dung-cong-dan-so", "4")):
        pdf = posters(handbook(), slug, browser, tmp_path)["a4"]
        with opened(pdf) as paper:
            first = next(letter for letter in letters(paper.leaf(1)) if letter)
            assert first.sign == number and first.size >= 46
        picture = cv2.imdecode(np.frombuffer(page_png(pdf, 1, 60), np.uint8), cv2.IMREAD_GRAYSCALE)
        assert picture is not None
        dots = 60 / 25.4
        band = int(picture[round(11 * dots), round(150 * dots)])
        light = ((band / 255 + 0.055) / 1.055) ** 2.4
        assert 0 < band < 128 and 1.05 / (light + 0.05) >= 7
        top, bottom = round(first.area.y * dots), round(first.area.bottom * dots)
        plate = picture[top:bottom, round(15 * dots) : round(32 * dots)]
        assert plate.max() > 245 and plate.min() < band + 30


@pytest.mark.browser
def test_same_bytes_twice_also_later_in_the_month(browser: Browser, tmp_path: Path) -> None:
    seen = set()
    for moment in (1_795_000_000, 1_795_100_000):
        items = {item.name: item for item in poster.plan(desk(moment=moment))}
        for name in ("poster:quet-ma-qr", "poster:share:quet-ma-qr"):
            result = make(items[name], browser, tmp_path)
            seen.add((name, items[name].digest, tuple(sorted(result.files.items()))))
    assert len(seen) == 2


@pytest.mark.browser
def test_too_long_a_topic_says_so(browser: Browser, tmp_path: Path) -> None:
    topic = handbook().topic("cai-vneid")
    assert isinstance(topic, Topic)
    long = Phrase("Đọc thật chậm từng dòng chữ trên màn hình rồi hỏi người bên cạnh. " * 3)
    book = replace(handbook(), topics=(replace(topic, remember=(long,) * 3),))
    told = r"^content/topics/cai-vneid/index\.md:\d+:3: LỖI \[paper.too-long\] Áp phích .* không đủ chỗ"
    with pytest.raises(RefusedError, match=told):
        posters(book, "cai-vneid", browser, tmp_path)


@pytest.mark.browser
def test_long_lines_put_the_scene_beside_the_title(browser: Browser, tmp_path: Path) -> None:
    """It never leaves."""
    topic = handbook().topic("cai-vneid")
    assert isinstance(topic, Topic) and topic.drawing
    long = Phrase("Đọc thật chậm từng dòng chữ trên màn hình rồi hỏi người bên cạnh mình.")
    book = replace(handbook(), topics=(replace(topic, remember=(long,) * 4),))
    tops = []
    for one in (handbook(), book):
        with opened(posters(one, "cai-vneid", browser, tmp_path)["a4"]) as paper:
            leaf = paper.leaf(1)
            assert figures(leaf)[0].alt == topic.drawing.alt
            tops.append(next(letter.area.y for letter in letters(leaf) if letter and letter.size == 22))
    assert tops[1] < tops[0] - 40


@pytest.mark.browser
def test_a_lesson_without_a_scene_fills_its_place_with_the_band(browser: Browser, tmp_path: Path) -> None:
    topic = handbook().topic("cai-vneid")
    assert isinstance(topic, Topic)
    book = replace(handbook(), topics=(replace(topic, drawing=None),))
    pdf = posters(book, "cai-vneid", browser, tmp_path)["a4"]
    picture = cv2.imdecode(np.frombuffer(page_png(pdf, 1, 127), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None and (picture[60:650, 980:1000] < 128).all()


def test_a_poster_is_made_again_when_its_part_changes() -> None:
    def digest(book: Handbook) -> str:
        return next(item.digest for item in poster.plan(desk(book)) if item.name == "poster:quet-ma-qr")

    book = handbook()
    assert digest(book) != digest(replace(book, parts=(replace(book.parts[0], title="Khác"), *book.parts[1:])))


# What stands on it: without a browser.


def test_warning_is_the_one_of_the_film_then_the_first_stop() -> None:
    topic = handbook().topic("quet-ma-qr")
    assert isinstance(topic, Topic)
    scene = Scene("safety", 2, "", "", Phrase("…"))
    stop, ban = Phrase("**Dừng lại nếu** lạ."), Phrase("**Không** bấm.")
    steps = tuple(replace(step, guards=()) for step in topic.steps)
    cases = [
        (replace(topic, clip=(scene,)), topic.safety[1]),
        (replace(topic, clip=(), steps=(replace(steps[0], guards=(ban, stop)), *steps[1:])), stop),
        (replace(topic, clip=(), steps=(replace(steps[0], guards=(ban,)), *steps[1:])), ban),
        (replace(topic, clip=(), steps=steps), topic.safety[0]),
    ]
    for lesson, expected in cases:
        assert gist.warning_of(lesson) == expected


@pytest.mark.parametrize(("written", "shown"), [
    ("Không đọc mã.", "<strong>Không</strong> đọc mã."),
    ("**Dừng lại nếu** lạ.", "<strong>Dừng lại nếu</strong> lạ."),
    ("Không vào vneid.gov.vn.x", "<strong>Không</strong> vào vneid.<wbr>gov.<wbr>vn.<wbr>x"),
])
def test_warning_begins_bold(written: str, shown: str) -> None:
    assert gist.show_warning(Phrase(written)) == shown


def heights(line_mm: float) -> dict[str, Any]:
    """As if the lines took so many millimetres at the smallest type, more at larger."""
    bands = [(20 + title * 0.6, title * 0.6) for title in TITLES]
    return {"plain": bands, "aside": bands, "lines": [line_mm * item / FAR_PT for item in ITEMS]}


def test_scene_title_and_lines_shrink_in_turn() -> None:
    own = {"way": 90.0, "ask": 12.0, "foot": 10.0}
    fits = [choose(heights(line), own, urgent=False) for line in (40, 60, 90, 120, 150, 230)]
    found = [fit for fit in fits if fit]
    assert found == fits[: len(found)] and fits[-1] is None
    assert [fit.stage for fit in found] == sorted((fit.stage for fit in found), reverse=True)
    assert found[0].stage == STAGES_MM[0] and found[0].line > found[-1].line and found[-1].stage < found[0].stage
    assert all(1.25 * fit.line <= fit.title <= 2.4 * fit.line for fit in found)
    assert min(ITEMS) == FAR_PT


def test_numbers_to_call_leave_the_title_what_is_left() -> None:
    words = {**heights(0), "lines": [140.0 for _ in WHATS]}
    fit = choose(words, {"way": 62.0, "foot": 10.0}, urgent=True)
    assert fit and fit.stage == 0 and fit.line == WHATS[0] and fit.title < 80
    assert choose({**words, "lines": [230.0 for _ in WHATS]}, {"way": 62.0, "foot": 10.0}, urgent=True) is None
