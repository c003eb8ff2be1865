"""Books lie on a table and are told apart: by colour, and in grey by number, scene and where the title stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
import pytest

from generator.engine.items import Result
from generator.handbook.model import Approval, Phrase
from generator.handbook.select import hold_back, select
from generator.press.binder.facts import destinations
from generator.press.browser import Browser
from generator.press.proof import Leaf, figures, opened
from generator.products.lesson import PATH_COLOURS
from generator.products.papers import booklet, large, trainer
from generator.products.papers.parts.bindery import BOOKLET
from generator.products.papers.parts.book import Pagination, compose
from generator.products.papers.parts.printing import Paper, style_of
from generator.products.papers.parts.volumes import Volume, cover_scene, part_scene, volumes, whole_books
from tests.desks import PROJECT, desk, handbook, make, one_pdf, thinned
from tests.haste import assert_no_runaway

pytestmark = pytest.mark.long
PRINTER_MM = 4.2
"""Nearer the edge most printers draw nothing."""
TAPE_MM = 8.0
BOOK = thinned("giu-mat-khau-otp", "tranh-lua-dao", "hoi-tro-ly-ai", "nho-ai-viet-dich", "khai-sinh")
WHOLE, PART = "hoc-so-co-ban", "phan-3"


def contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _light(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_of_parts_and_paths_carry_white_words_and_black_lines() -> None:
    css = (PROJECT.theme / "tokens.css").read_text("utf-8")
    found = dict(re.findall(r"^\.([\w-]+) \{ --part: (#\w{6}); --accent: #\w{6}; \}$", css, re.MULTILINE))
    tints = re.findall(r"--accent: (#\w{6}); \}$", css, re.MULTILINE)
    assert {*found} == {"book-whole", "part-cards", *(f"part-{number}" for number in range(1, 8)),
                        *(f"path-{number}" for number in range(1, PATH_COLOURS + 1))}
    assert min(contrast(colour, "#ffffff") for colour in found.values()) >= 8
    assert min(contrast(tint, "#000000") for tint in tints) >= 10
    paths = [colour for name, colour in found.items() if name.startswith("path-")]
    assert len({*paths}) == PATH_COLOURS


def test_every_book_has_a_scene_of_its_own() -> None:
    """Drawn for it: no other book has it."""
    book, scenes = handbook(), dict[str, str]()
    for volume in volumes(book):
        scene = cover_scene(book, volume)
        assert scene and scene.name == volume.scene, volume.name
        assert scene.svg not in scenes, (volume.name, scenes.get(scene.svg))
        scenes[scene.svg] = volume.name
        assert 5 <= len(scene.alt.split()) <= 20
    assert len({volume.colour for volume in volumes(book)}) == len(scenes)


def test_a_book_without_a_drawing_shows_that_of_its_first_lesson() -> None:
    book = replace(handbook(), drawings=())
    for volume in volumes(book):
        assert cover_scene(book, volume) == volume.lessons(book)[0].drawing
    bare = replace(book, topics=tuple(replace(topic, drawing=None) for topic in book.topics), cards=())
    assert not any(cover_scene(bare, volume) for volume in volumes(bare))


def test_cards_have_their_scene_in_common_and_other_parts_their_own() -> None:
    book = handbook()
    names = [scene.name if (scene := part_scene(book, part)) else "" for part in whole_books(book)[0].parts]
    assert names == [*(part.id for part in book.parts), "the-thu-tuc"]


def test_a_path_keeps_its_colour_whatever_an_edition_leaves_out() -> None:
    book = handbook()
    colours = {volume.name: volume.colour for volume in volumes(book)}
    fewer = replace(book, paths=(replace(book.paths[0], topics=(Phrase("khong-co"),)), *book.paths[1:]))
    assert all(colours[volume.name] == volume.colour for volume in volumes(fewer))
    assert len(volumes(fewer)) == len(colours) - 1


def test_volumes_of_a_huge_book_are_told_by_number() -> None:
    assert [volume.sign for volume in whole_books(handbook(), 10)][:3] == ["1", "2", "3"]


@pytest.fixture(scope="module")
def printed(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("covers")
    wanted = {f"booklet:{WHOLE}", f"booklet:{PART}", "booklet:bai-khoi-dau", f"large:{PART}", f"trainer:{PART}"}
    made: dict[str, Result] = {item.name: make(item, browser, folder) for product in (booklet, large, trainer)
                               for item in product.plan(desk(BOOK)) if item.name in wanted}
    return {name: one_pdf(result) for name, result in made.items()}


def cover_of(pdf: bytes) -> tuple[str, list[str]]:
    with opened(pdf) as paper:
        leaf = paper.leaf(1)
        return " ".join(leaf.words.split()), [figure.alt for figure in figures(leaf)]


@pytest.mark.wide
@pytest.mark.browser
def test_covers_say_in_grey_what_they_are(printed: dict[str, bytes]) -> None:
    for name, pdf in printed.items():
        words, alts = cover_of(pdf)
        volume = next(one for one in volumes(BOOK) if one.name == name.partition(":")[2])
        scene = cover_scene(BOOK, volume)
        assert scene and alts == [scene.alt], name
        assert not volume.sign or f" {volume.sign} Phần {volume.sign}" in words
        assert ("Chữ to" in words) is name.startswith("large")
        assert ("Sách người hướng dẫn" in words) is name.startswith("trainer")
    assert "3 6 +" in cover_of(printed[f"booklet:{WHOLE}"])[0]


@pytest.mark.browser
def test_a_book_of_a_release_does_not_pass_for_the_whole(browser: Browser, tmp_path: Path) -> None:
    """Of a part one lesson of two was approved, and its book was called as the whole part."""
    row = Approval("hoi-tro-ly-ai", "TPTHWMAP", "Sở Y tế", date(2026, 11, 20))
    signed = replace(BOOK, topics=tuple(
        replace(topic, office=replace(topic.office, approval=replace(row, slug=topic.slug))) for topic in BOOK.topics))
    held = hold_back(signed, ["nho-ai-viet-dich"])
    books = {volume.name: volume for volume in volumes(held)}
    titles = {name: books[name].full_title for name in (WHOLE, "phan-6", PART)}
    assert [re.sub(r"^.*?( \(|$)", r"\1", title) for title in titles.values()] == [
        " (mới có 4 bài)", " (Phần 6: Trợ lý AI, mới có 1 bài)", " (Phần 3)"]
    made = {item.name: one_pdf(make(item, browser, tmp_path)) for item in booklet.plan(desk(held))
            if item.name in ("booklet:phan-6", f"booklet:{PART}")}
    cover = cover_of(made["booklet:phan-6"])[0]
    assert "Mới có 1 bài, duyệt đến 20/11/2026." in cover and "Viết và dịch" not in cover
    with opened(made["booklet:phan-6"]) as paper:
        assert "Mới có 1 bài, duyệt đến 20/11/2026. Bài duyệt sau đó" in " ".join(paper.leaf(2).words.split())
    assert "Mới có" not in cover_of(made[f"booklet:{PART}"])[0]


COLOUR_SHARE = 0.0002
"""Of the dots of a page, at least: a heading, on a second ruled page a small one."""


@pytest.mark.browser
@pytest.mark.parametrize("name", [f"booklet:{PART}", "booklet:bai-khoi-dau"])
def test_what_stands_around_the_lessons_wears_the_colour_of_the_book(printed: dict[str, bytes], name: str) -> None:
    """How to use it, contents, answers, hard words, ruled pages and the back; never that of another book."""
    css = (PROJECT.theme / "tokens.css").read_text("utf-8")
    volume = next(one for one in volumes(BOOK) if one.name == name.partition(":")[2])
    colour = re.search(rf"^\.{volume.colour} {{ --part: #(\w\w)(\w\w)(\w\w);", css, re.MULTILINE)
    assert colour
    wanted = np.array([int(part, 16) for part in reversed(colour.groups())])
    heads = ("Cách dùng sách", "Mục lục", "Đáp án", "Từ khó trong sách", "Ghi chép", "Cần giúp thì hỏi")
    with opened(printed[name]) as paper:
        found = {head: leaf for leaf in paper.leaves() for head in heads if head in leaf.words}
        assert [*found] == [*heads]
        for head, leaf in found.items():
            picture = leaf.page.render(scale=1).to_numpy()[:, :, :3].astype(int)
            assert (abs(picture - wanted).max(axis=2) < 4).mean() > COLOUR_SHARE, head


SMALL_PX, ANOTHER, GREYS = (74, 105), 0.08, 60
"""A cover as seen across a room; so many of its dots differ from any other cover's, by so much."""


@pytest.mark.browser
def test_no_two_books_look_alike_in_grey(browser: Browser) -> None:
    """Each cover against each other, the seven parts among them, as a copier gives them."""
    covers = dict(grey_covers(browser))
    assert {f"phan-{number}" for number in range(1, 8)} <= covers.keys() and len(covers) > 12
    alike = {(one, other): share for one, other in combinations(covers, 2)
             if (share := float((np.abs(covers[one] - covers[other]) > GREYS).mean())) < ANOTHER}
    assert alike == {}


def grey_covers(browser: Browser) -> Iterator[tuple[str, np.ndarray]]:
    """Of all books, drawn as they are printed."""
    for volume in volumes(handbook()):
        book = compose(desk(), volume)
        html = desk().theme.draw("print/booklet.html", replace(book, pages=Pagination(defaultdict(int))))
        [cover] = re.findall(r'<section class="cover.*?</section>', html, re.DOTALL)
        sheet = browser.warm_sheet(style_of(desk(), Paper(BOOKLET, "", "", book)))
        sheet.fill(cover, "Bìa")
        picture = cv2.imdecode(np.frombuffer(sheet.png(559, 794), np.uint8), cv2.IMREAD_GRAYSCALE)
        assert picture is not None
        yield volume.name, cv2.resize(picture, SMALL_PX, interpolation=cv2.INTER_AREA).astype(int)


def coloured(leaf: Leaf) -> np.ndarray:
    """Which dots of a page are no shade of grey."""
    picture = leaf.page.render(scale=1).to_numpy().astype(np.int16)
    return np.asarray(picture.max(axis=2) - picture.min(axis=2) > 24)


@pytest.mark.browser
def test_covers_and_openers_wear_their_colour_and_keep_clear_of_the_edges(printed: dict[str, bytes]) -> None:
    rim = round(PRINTER_MM / 25.4 * 72)
    for name, pdf in printed.items():
        places = destinations(pdf)
        pages = [1, *(page for key, page in places.items() if key in ("p-an-toan", "p-tro-ly-ai"))]
        with opened(pdf) as paper:
            for page in pages:
                dots = coloured(paper.leaf(page))
                assert dots.mean() > 0.4, (name, page)
                assert not dots[:, :rim].any() and not dots[:, -rim:].any() and not dots[-rim:].any(), (name, page)
                assert not dots[: round(TAPE_MM / 25.4 * 72)].any()


@pytest.mark.browser
def test_a_part_opens_on_one_page_with_its_scene_number_lessons_and_code(printed: dict[str, bytes]) -> None:
    pdf = printed[f"booklet:{WHOLE}"]
    places, parts = destinations(pdf), [part for part in whole_books(BOOK)[0].parts if part.topics]
    with opened(pdf) as paper:
        for part in parts:
            leaf = paper.leaf(places[f"p-{part.id}"])
            words = " ".join(leaf.words.split())
            scene = part_scene(BOOK, part)
            assert scene and scene.alt in [figure.alt for figure in figures(leaf)]
            assert part.title in words and all(str(places[f"t-{slug.text}"]) in words for slug in part.topics)
            if f"c-p-{part.id}" in places:
                assert places[f"c-p-{part.id}"] == leaf.number and f"Phần {part.number} " in words


@pytest.mark.browser
@pytest.mark.long
def test_openers_of_the_shipped_book_each_take_one_page(browser: Browser, tmp_path: Path) -> None:
    """From four lessons to thirteen: code and list stand together, and the lesson follows."""
    book = compose(desk(), volumes(handbook())[0])
    numbers = {chapter.id: 100 + place for place, chapter in enumerate(book.chapters)}
    html = desk().theme.draw("print/booklet.html", replace(book, pages=Pagination(numbers)))
    openers = re.findall(r'<section class="opener.*?</section>', html, re.DOTALL)
    assert len(openers) == len(book.parts)
    sheet = browser.warm_sheet(style_of(desk(), Paper(BOOKLET, "", "", book)))
    sheet.fill(re.sub(r'href="hocso:', 'href="https://sach.invalid/', "".join(openers)), "Trang mở phần")
    with opened(sheet.pdf(148, 210)) as paper:
        assert paper.pages == len(openers)


def test_select_keeps_the_drawings_of_covers() -> None:
    assert select(handbook(), "viet-nam").drawings == handbook().drawings


def test_a_volume_is_the_whole_book_unless_told() -> None:
    assert (Volume("x", "Sách", ()).colour, Volume("x", "Sách", ()).sign) == ("book-whole", "")


@pytest.mark.parametrize(("title", "shown"), [
    ("Giữ mật khẩu, mã OTP và giấy tờ riêng", '<span class="held">giấy tờ</span> riêng'),
    ("Vào mạng bằng Wi-Fi", 'bằng <span class="held">Wi-Fi</span>'),
    ("Quét mã", "Quét mã"),
])
def test_titles_in_books_tear_no_compound_and_keep_their_words(title: str, shown: str) -> None:
    """Spaces stay spaces: the outline and who searches find them as written."""
    page = compose(desk(), volumes(handbook())[0]).whole(title)
    assert shown in page and page.striptags() == title


def test_a_title_without_end_is_soon_drawn() -> None:
    """Pasted by accident; it took an hour."""
    page = compose(desk(), volumes(handbook())[0])
    assert "held" not in page.whole("Mạng" + "`" * 90_000)
    assert_no_runaway(lambda size: page.whole("Mạng" + "`" * size), 90_000)
