from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from generator.engine.items import Result
from generator.ground.errors import RefusedError
from generator.handbook.model import Handbook, Help, Phrase, Scene, Topic
from generator.press.binder.facts import about, embedded_fonts, is_tagged, outline, page_count, page_sizes_mm
from generator.press.browser import Browser
from generator.products.lesson import TRIAL, accountability
from generator.products.papers import poster
from generator.products.papers.parts import gist
from generator.products.papers.parts.poster_fit import (
    CODE_MM,
    CROPS_MM,
    LARGE_MM,
    LEVELS,
    PAGE_MM,
    SIDES,
    TITLES,
    choose,
    picture_mm,
)
from generator.products.papers.parts.words import say
from tests.desks import FILLED, desk, handbook, make, with_edition
from tests.seen import page_png, page_text, prove_codes, text_outside, type_sizes

LONG = "https://binhdanhocvu.thanhphohaiphong.gov.vn/chuyen-doi-so/"
SCREEN_WORDS_PT, FOOT_PT = 8, 9
LEAST_PT = {"a4": 14, "a3": 19.7}
SIZES = {"a4": PAGE_MM, "a3": LARGE_MM}
"""A3 is the A4 sheet enlarged."""
SLUGS = ("quet-ma-qr", "goi-hinh-nhan-tin", "ung-dung-cong-dan-so", "dai-su-so-gia-dinh-so", "khai-sinh")
"""Few screens, many, the longest title, none, a card."""


def made(book: Handbook, name: str, browser: Browser, folder: Path) -> Result:
    return make(next(item for item in poster.plan(desk(book)) if item.name == name), browser, folder)


def posters(book: Handbook, slug: str, browser: Browser, folder: Path) -> dict[str, bytes]:
    files = made(book, f"poster:{slug}", browser, folder).files
    for size in SIZES:
        name = f"posters/{slug}-{size}.pdf"
        assert files[f"print/{name}"] == files[f"site/downloads/{name}"]
    return {size: files[f"print/posters/{slug}-{size}.pdf"] for size in SIZES}


def with_steps(slug: str, count: int) -> Handbook:
    topic = handbook().topic(slug)
    assert isinstance(topic, Topic)
    steps = (*topic.steps, *(replace(topic.steps[-1], number=n) for n in range(len(topic.steps) + 1, 8)))
    return replace(handbook(), topics=(replace(topic, steps=steps[:count]),))


def squeezed(pdf: bytes) -> str:
    return page_text(pdf, 1).replace("\n", " ").replace("  ", " ")


@pytest.mark.browser
@pytest.mark.parametrize("slug", SLUGS)
def test_poster_is_one_page_fit_to_hang(slug: str, browser: Browser, tmp_path: Path) -> None:
    book = handbook()
    lesson, url = book.by_slug[slug], book.edition.number_url(book.number_of(slug))
    for name, pdf in posters(book, slug, browser, tmp_path).items():
        assert page_sizes_mm(pdf) == [pytest.approx(SIZES[name], abs=0.3)]
        assert about(pdf)["Subject"] == f"Áp phích {name.upper()}, bài số {book.number_of(slug)}"
        assert not text_outside(pdf)
        assert is_tagged(pdf) and about(pdf)["Lang"] == "vi" and about(pdf)["Title"] == outline(pdf)[0].title
        assert all(font.embedded and font.name.startswith("Roboto") for font in embedded_fonts(pdf))
        codes = prove_codes(pdf, {1: {url}}, both=True)
        assert all(code.box.width >= 50 * 0.985 * SIZES[name][0] / PAGE_MM[0] for code in codes)
        text = squeezed(pdf)
        for words in (f"Bài số {book.number_of(slug)}", f"Làm theo {len(lesson.steps)} bước", "Cẩn thận",
                      gist.keep_of(lesson)[0], "Hỏi ai ở đây:", accountability(lesson, book.edition),
                      "In tháng 11/2026", TRIAL):
            assert words in text
        for phrase in (*(step.phrase for step in lesson.steps), gist.warning_of(lesson), *gist.keep_of(lesson)[1]):
            assert "".join(say(phrase).striptags().split()) in "".join(text.split())
        sizes = type_sizes(pdf, 1)
        assert min(sizes) >= SCREEN_WORDS_PT
        assert not {words for size, words in sizes.items() if size < FOOT_PT and "Nộidung" in words}


@pytest.mark.browser
def test_words_to_read_from_afar_keep_their_size(browser: Browser, tmp_path: Path) -> None:
    """Smaller is only the foot."""
    for name, pdf in posters(handbook(), "dai-su-so-gia-dinh-so", browser, tmp_path).items():
        small = {size: words for size, words in type_sizes(pdf, 1).items() if size < LEAST_PT[name] - 0.1}
        assert all(words.startswith("Nộidung:") for words in small.values()), small


@pytest.mark.browser
@pytest.mark.parametrize("steps", [3, 5, 7])
@pytest.mark.parametrize("edition", [
    {"address": LONG, "trial": False, "help": (FILLED,)}, {"help": (Help("đầu mối"),)},
])
def test_any_number_of_steps_and_any_edition(
    steps: int, edition: dict[str, Any], browser: Browser, tmp_path: Path
) -> None:
    book = with_edition(with_steps("quet-ma-qr", steps), **edition)
    for pdf in posters(book, "quet-ma-qr", browser, tmp_path).values():
        text = squeezed(pdf)
        assert page_count(pdf) == 1
        assert book.edition.number_url("1041") in text.replace(" ", "")
        if book.edition.address == LONG:
            assert TRIAL not in text and FILLED.phone in text and FILLED.unit in text
        else:
            assert "Nơi hỏi:" in text and "Điện thoại:" in text


@pytest.mark.browser
def test_nothing_is_lost_in_grey(browser: Browser, tmp_path: Path) -> None:
    """The accent is as dark as ink beside white: a grey copy keeps 7:1."""
    for pdf in posters(handbook(), "quet-ma-qr", browser, tmp_path).values():
        picture = cv2.imdecode(np.frombuffer(page_png(pdf, 1, 60), np.uint8), cv2.IMREAD_GRAYSCALE)
        assert picture is not None
        high, wide = picture.shape
        band = int(picture[int(high * 0.06), int(wide * 0.5)])
        light = ((band / 255 + 0.055) / 1.055) ** 2.4
        assert 0 < band < 128 and 1.05 / (light + 0.05) >= 7


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
    long = Phrase("Đọc thật chậm từng dòng chữ trên màn hình rồi hỏi người bên cạnh. " * 6)
    steps = tuple(replace(step, phrase=replace(long, place=step.phrase.place)) for step in topic.steps)
    book = replace(handbook(), topics=(replace(topic, steps=steps),))
    told = r"^content/topics/cai-vneid/index\.md:\d\d:4: LỖI \[paper.too-long\] Áp phích .* dài quá \d+ dòng"
    with pytest.raises(RefusedError, match=told):
        posters(book, "cai-vneid", browser, tmp_path)


# What stands on it, and how large: without a browser.


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
    """As if every step took so many millimetres of words, more at larger type."""
    words = [{f"{n}/{form}": line_mm * level.text / LEVELS[-1].text for n in range(1, 8)
              for form in ("narrow", "full")} for level in LEVELS]
    return {
        "bands": [title * 0.9 for title in TITLES], "words": [(lines, lines) for lines in words],
        "boxes": [{"warning": warning, "keep": item * 2} for warning, item in SIDES],
        "fixed": {"corner": 90.0, "heading": 15.0, "ask": 15.0, "foot": 10.0},
    }


def test_type_shrinks_before_pictures_leave() -> None:
    topic = handbook().topic("cai-vneid")
    assert isinstance(topic, Topic)
    fits = [choose(topic.steps, heights(line), below=False) for line in (5, 15, 20, 25, 30, 100)]
    assert fits[0].level.text >= fits[2].level.text >= fits[-1].level.text
    assert fits[0].level.text > LEVELS[-1].text and not fits[0].left_out
    for fit in fits:
        assert not fit.left_out or fit.level == LEVELS[-1]
        plain = {step.number for step, form in zip(topic.steps, fit.forms, strict=True) if form == "plain"}
        assert plain == {step.number for step in topic.steps if not step.screen or step.number in fit.left_out}
    assert fits[-1].over_mm > 0 and len(fits[-1].left_out) == sum(bool(step.screen) for step in topic.steps)


def test_screens_are_never_narrower_than_their_words_allow() -> None:
    assert min(level.phone for level in LEVELS) >= 45
    assert min(level.text for level in LEVELS) >= LEAST_PT["a4"]
    assert min(min(pair) for pair in SIDES) >= LEAST_PT["a4"]
    assert CODE_MM >= 50


def test_height_of_a_screen_follows_its_width() -> None:
    step = next(step for step in handbook().by_slug["cai-vneid"].steps if step.screen)
    level = LEVELS[0]
    assert picture_mm(step, replace(level, phone=90)) == pytest.approx(2 * picture_mm(step, replace(level, phone=45)))
    assert picture_mm(replace(step, screen=None, picture=None), level) == 0
    assert picture_mm(step, replace(level, crop=2, phone=45)) <= CROPS_MM[2] + 8
