"""Pictures to share: scene, title, number, in the colour of the part; chats cut them round and show them small."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pytest

from generator.engine.items import Result
from generator.handbook.model import Approval, Handbook, Phrase
from generator.handbook.spoken import count
from generator.press.browser import Browser
from generator.press.compounds import HELD
from generator.press.orders import DRAFT
from generator.press.pages import plain
from generator.products.lesson import TRIAL, foot_line, part_class
from generator.products.papers import leaflet, poster
from generator.products.papers.parts import share
from generator.products.papers.parts.words import say
from tests.desks import PROJECT, desk, handbook, make, with_edition
from tests.seen import prove_image_codes

pytestmark = pytest.mark.long
LONG = "https://binhdanhocvu.thanhphohaiphong.gov.vn/chuyen-doi-so/"
SLUGS = ("quet-ma-qr", "viec-khan-cap", "ung-dung-cong-dan-so", "khai-sinh")
"""A short title, two lines, the longest one, a card."""
TAPE_PX = 42
SHOWN_PX = 300
LEAST_PX = 8
"""Of a letter with an ascender, where the picture is so wide."""


def made(book: Handbook, slug: str, browser: Browser, folder: Path) -> Result:
    return make(next(item for item in poster.plan(desk(book)) if item.name == f"poster:share:{slug}"), browser, folder)


def seen(result: Result, slug: str, shape: share.Shape) -> np.ndarray:
    data = result.files[f"print/posters/{slug}-{shape.name}.png"]
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None and picture.shape == (shape.height, shape.width, 3)
    return np.asarray(picture)


def approved(book: Handbook, slug: str) -> Handbook:
    signed = Approval(slug, "ABCDEFGH", "Sở Y tế", date(2026, 11, 20))
    topics = tuple(replace(topic, office=replace(topic.office, approval=signed)) if topic.slug == slug else topic
                   for topic in book.topics)
    return replace(book, topics=topics)


def token(name: str) -> tuple[int, int, int]:
    """Blue, green, red of a part's colour."""
    css = (PROJECT.theme / "tokens.css").read_text("utf-8")
    found = re.search(rf"^\.{name} {{ --part: #(\w\w)(\w\w)(\w\w);", css, re.MULTILINE)
    assert found
    return int(found[3], 16), int(found[2], 16), int(found[1], 16)


def rim(picture: np.ndarray, top: int) -> np.ndarray:
    """All dots nearer an edge than 40, without those a tape lies on."""
    inner = np.zeros(picture.shape[:2], bool)
    inner[share.EDGE_PX : -share.EDGE_PX, share.EDGE_PX : -share.EDGE_PX] = True
    inner[:top] = True
    return np.asarray(picture[~inner])


@pytest.mark.browser
@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_stands_near_an_edge_and_all_round_is_the_colour_of_the_part(
    slug: str, browser: Browser, tmp_path: Path
) -> None:
    """But the tape of a draft."""
    book = handbook()
    result = made(book, slug, browser, tmp_path)
    for shape in share.SHAPES:
        picture = seen(result, slug, shape)
        dots = rim(picture, TAPE_PX)
        assert (dots == token(part_class(book, book.by_slug[slug]))).all()
        assert (picture[:TAPE_PX].max(axis=2) < 70).mean() > 0.5


@pytest.mark.browser
def test_what_is_approved_has_no_tape_and_nothing_near_the_head_either(browser: Browser, tmp_path: Path) -> None:
    result = made(approved(with_edition(trial=False), SLUGS[0]), SLUGS[0], browser, tmp_path)
    for shape in share.SHAPES:
        assert (rim(seen(result, SLUGS[0], shape), 0) == token("part-1")).all()


def letters(picture: np.ndarray, ground: int) -> list[int]:
    """The heights of white signs, on a picture made as small as chats show it."""
    small = cv2.resize(picture, None, fx=SHOWN_PX / 1200, fy=SHOWN_PX / 1200, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    parts, _, stats, _ = cv2.connectedComponentsWithStats(((grey > (ground + 255) // 2) * 255).astype(np.uint8))
    boxes = [stats[part] for part in range(1, parts)]
    return [high for x, y, wide, high, _ in boxes if grey[y : y + high, x : x + wide].max() > 225 and wide < 40]


@pytest.mark.browser
@pytest.mark.parametrize("slug", SLUGS)
def test_title_and_number_are_read_on_a_picture_300_wide(slug: str, browser: Browser, tmp_path: Path) -> None:
    """As many signs 8 dots high as the words have tall letters, white on a ground that print would call dark."""
    result, title = made(handbook(), slug, browser, tmp_path), plain(handbook().by_slug[slug].title)
    tall = len(re.findall(r"[A-ZĐbdđhklt]", title))
    for shape in share.SHAPES:
        picture = seen(result, slug, shape)
        ground = int(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)[-5, 5])
        assert 1.05 / ((ground / 255) ** 2.2 + 0.05) >= 7
        low = shape.height - share.EDGE_PX
        named = picture[130:low - shape.code, :640] if shape is share.WIDE else picture[150:390]
        assert len([high for high in letters(named, ground) if high >= LEAST_PX]) >= tall
        number = picture[low - shape.code : low, share.EDGE_PX + shape.code : 640]
        assert len([high for high in letters(number, ground) if high >= LEAST_PX]) >= len("B1234")


CALLS = {share.WIDE.name: (slice(230, 592), slice(660, 1162)), share.SQUARE.name: (slice(385, 780), slice(450, 1042))}
"""Where the numbers to call stand, black on white."""


@pytest.mark.browser
def test_numbers_to_call_stand_on_the_picture_with_what_they_call(browser: Browser, tmp_path: Path) -> None:
    """Twelve figures read where the picture is 300 wide, each number on one line with its meaning; nowhere else."""
    page = share.Share(desk(), handbook().by_slug["viec-khan-cap"], share.WIDE)
    html = desk().theme.draw("print/share.html", page).replace(HELD, "&nbsp;")
    told = re.findall(r"<li><strong>(\d+)</strong>&nbsp;<span class=\"what\">([^<]+)</span></li>", html)
    assert told == [("113", "công&nbsp;an"), ("114", "cháy"), ("115", "cấp&nbsp;cứu"), ("112", "cứu&nbsp;nạn")]
    urgent, other = (made(handbook(), slug, browser, tmp_path) for slug in ("viec-khan-cap", "quet-ma-qr"))
    for shape in share.SHAPES:
        block = 255 - seen(urgent, "viec-khan-cap", shape)[CALLS[shape.name]]
        assert len([high for high in letters(block, 0) if high >= 1.5 * LEAST_PX]) >= 12
        assert (block.max(axis=2) < 8).mean() > 0.5, "on white"
        assert (seen(other, "quet-ma-qr", shape)[CALLS[shape.name]].min(axis=2) > 247).mean() < 0.5
    assert "calls" not in desk().theme.draw("print/share.html", share.Share(desk(), page.desk.handbook.by_slug[
        "quet-ma-qr"], share.WIDE))


@pytest.mark.browser
def test_the_scene_fills_its_stage(browser: Browser, tmp_path: Path) -> None:
    """What another lesson's scene changes is the stage, most of it."""
    book = handbook()
    other = book.by_slug["viec-khan-cap"].drawing
    changed = replace(book, topics=tuple(replace(topic, drawing=other) if topic.slug == SLUGS[0] else topic
                                         for topic in book.topics))
    for shape, least in ((share.WIDE, 0.36), (share.SQUARE, 0.45)):
        one, two = (seen(made(which, SLUGS[0], browser, tmp_path), SLUGS[0], shape) for which in (book, changed))
        rows, columns = np.where((one != two).any(axis=2))
        assert columns.max() - columns.min() > least * shape.width and rows.max() - rows.min() > 0.3 * shape.height
        assert columns.min() > (0.5 if shape is share.WIDE else 0.1) * shape.width


@pytest.mark.browser
def test_the_title_of_a_lesson_without_a_scene_takes_its_room(browser: Browser, tmp_path: Path) -> None:
    book, slug = handbook(), "ung-dung-cong-dan-so"
    bare = replace(book, topics=tuple(replace(topic, drawing=None) for topic in book.topics))
    picture = seen(made(bare, slug, browser, tmp_path), slug, share.WIDE)
    place = picture[100 : -share.EDGE_PX, 680 : -share.EDGE_PX]
    assert (place == token("part-4")).all(axis=2).mean() > 0.7 and (place.min(axis=2) > 240).mean() > 0.03
    assert (rim(picture, TAPE_PX) == token("part-4")).all()


@pytest.mark.browser
def test_a_title_that_no_lines_balance_is_torn_and_all_papers_are_made(browser: Browser, tmp_path: Path) -> None:
    """Its finding has told the editor (`title.unbalanced`)."""
    title = "Vào trang dichvucongtructuyenquocgia.gov.vn"
    topic = next(replace(one, title=Phrase(title)) for one in handbook().topics if one.slug == "quet-ma-qr")
    book = replace(handbook(), topics=tuple(topic if one.slug == topic.slug else one for one in handbook().topics))
    for product in (poster, leaflet):
        for item in product.plan(desk(book)):
            if item.name.rpartition(":")[2] == topic.slug:
                assert make(item, browser, tmp_path).files, item.name
    result = made(book, topic.slug, browser, tmp_path)
    for shape in share.SHAPES:
        assert (rim(seen(result, topic.slug, shape), TAPE_PX) == token("part-1")).all(), "no letter leaves it"


def test_a_picture_is_made_again_when_its_part_changes() -> None:
    def digest(book: Handbook) -> str:
        return next(item.digest for item in poster.plan(desk(book)) if item.name == f"poster:share:{SLUGS[0]}")

    book = handbook()
    assert digest(book) == digest(replace(book))
    assert digest(book) != digest(replace(book, parts=(replace(book.parts[0], title="Khác"), *book.parts[1:])))


def test_titles_of_pictures_hold_their_words_together() -> None:
    page = share.Share(desk(), handbook().by_slug["khai-sinh"], share.WIDE)
    html = desk().theme.draw("print/share.html", page)
    assert f"Làm giấy{HELD}tờ: khai{HELD}sinh cho trẻ" in html and html.count(f"giấy{HELD}tờ") == 1


@pytest.mark.browser
@pytest.mark.parametrize("slug", SLUGS)
def test_pictures_have_their_size_and_their_code(slug: str, browser: Browser, tmp_path: Path) -> None:
    book = handbook()
    files = made(book, slug, browser, tmp_path).files
    url = book.edition.number_url(book.number_of(slug))
    for width, height in ((1200, 630), (1080, 1080)):
        data = files[f"print/posters/{slug}-{width}x{height}.png"]
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
        assert picture is not None and picture.shape == (height, width, 3)
        prove_image_codes(data, {url}, both=True)
    assert files[f"site/share/{slug}-1200x630.png"] == files[f"print/posters/{slug}-1200x630.png"]
    words = files[f"print/posters/{slug}.txt"].decode("utf-8")
    draft, _, words = words.partition("\n\n")
    assert draft == f"{DRAFT} · {TRIAL}" and count(words) <= share.MOST_WORDS
    assert words.startswith(say(book.by_slug[slug].title).striptags()) and words.endswith(f"{url}\n")


@pytest.mark.browser
def test_pictures_with_a_long_address(browser: Browser, tmp_path: Path) -> None:
    book = with_edition(address=LONG, trial=False)
    assert len(made(book, "quet-ma-qr", browser, tmp_path).files) == 4


@pytest.mark.browser
def test_pictures_of_an_edition_open_its_own_page(browser: Browser, tmp_path: Path) -> None:
    """Nothing of the country's address, which nobody asked before this edition was printed."""
    address = "https://hocso.example/11755/"
    commune = with_edition(id="xa-thu", layers=("viet-nam", "xa-thu"), address=address, code="11755", trial=False)
    own = made(commune, "quet-ma-qr", browser, tmp_path)
    pictures = [path for path in own.files if path.endswith(".png")]
    assert len(pictures) == 3
    for path in pictures:
        prove_image_codes(own.files[path], {f"{address}1041"}, both=True)
    assert f"{address}1041".encode() in own.files["print/posters/quet-ma-qr.txt"]
    assert [*own.codes.values()] == [{0: {f"{address}1041"}}] * 2


@pytest.mark.browser
def test_the_words_begin_with_what_the_picture_says(browser: Browser, tmp_path: Path) -> None:
    """Of an approved lesson too: that nobody signed the words of its place, what of it is still open."""
    for unsigned in ("HTXWCNTC", ""):
        book = approved(with_edition(trial=False, unsigned=unsigned), "quet-ma-qr")
        files = made(book, "quet-ma-qr", browser, tmp_path / f"{bool(unsigned)}").files
        first, _ = files["print/posters/quet-ma-qr.txt"].decode("utf-8").split("\n\n", 1)
        assert first == foot_line(book.edition, [book.by_slug["quet-ma-qr"]]) and (TRIAL in first) == bool(unsigned)


def test_post_of_a_card_lists_all_to_bring_or_nothing() -> None:
    for card in handbook().cards:
        for bring in (card.bring, (*card.bring, *card.bring, *card.bring, *card.bring)):
            words = share.post(replace(card, bring=bring), "https://hocso.example/1415", "1415")
            assert words.count("\n- ") in (0, len(bring))
            assert count(words) <= share.MOST_WORDS
