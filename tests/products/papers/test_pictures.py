"""The drawings of our own: clean, light, and shown on paper and pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.handbook.model import Handbook, Paragraph, Phrase, Picture, Topic
from generator.press.binder.facts import page_count
from generator.press.browser import Browser
from generator.press.pages import data_address
from generator.products.papers import leaflet, picture
from generator.products.papers.parts.drawing import Shown
from tests.desks import ROOT, desk, handbook, make, one_pdf, part_colour
from tests.seen import inked, page_png, read_image_codes, type_sizes

pytestmark = pytest.mark.long
DRAWINGS = sorted((ROOT / "content" / "pictures").glob("*.svg"))
SHAPES = {"svg", "g", "path", "rect", "circle"}
"""No scripts, no styles, no letters: letters would come from a borrowed typeface."""
INKS = {"none", "#000", "#fff", "#767676"}


BESIDE_WORDS = [file for file in DRAWINGS if 'viewBox="0 0 270 190"' in file.read_text("utf-8")]
"""As wide as a phone; scenes, which are wider, are composed of pieces and held by `tests/handbook/recorded`."""
assert len(BESIDE_WORDS) >= 5


@pytest.mark.parametrize("file", BESIDE_WORDS, ids=lambda file: file.stem)
def test_drawing_is_clean_and_light(file: Path) -> None:
    data = file.read_bytes()
    root = ElementTree.fromstring(data)
    assert len(data) < 6_000 and root.get("viewBox") == "0 0 270 190"
    for element in root.iter():
        if isinstance(element.tag, str):  # comments have none
            assert element.tag.removeprefix("{http://www.w3.org/2000/svg}") in SHAPES
        assert {element.get("fill", "none"), element.get("stroke", "none")} <= INKS
        assert not any(name.startswith("on") or "href" in name or name == "style" for name in element.attrib)


@pytest.mark.parametrize("file", DRAWINGS, ids=lambda file: file.stem)
def test_lines_are_clear_at_45_mm(file: Path) -> None:
    """Six units are a millimetre; a line thinner than a third of one fades on a copier."""
    for element in ElementTree.fromstring(file.read_bytes()).iter():
        assert float(element.get("stroke-width", "3.6")) >= 1.0


@pytest.mark.wide
@pytest.mark.browser
def test_no_phone_reads_a_code_in_a_drawing(browser: Browser) -> None:
    sheet = browser.open_sheet("body { margin: 0 } img { width: 900px; height: auto; display: block }")
    for file in DRAWINGS:
        sheet.fill(f'<img src="{data_address(file.name, file.read_bytes())}" alt="">', file.stem)
        assert not read_image_codes(sheet.png(900, 640), ("zxing", "opencv"))
    sheet.close()


@pytest.mark.browser
@pytest.mark.parametrize("slug", ["cai-vneid", "viec-khan-cap", "khai-sinh"])
def test_picture_leaflet_is_led_by_its_scene_in_the_parts_colour(slug: str, browser: Browser, tmp_path: Path) -> None:
    """Nothing tells those who read little sooner what it is for."""
    book, bare = handbook(), replace(handbook().by_slug[slug], drawing=None)
    accent = part_colour(book, slug, "accent")
    tint = "#" + "".join(f"{round(0.45 * int(accent[at : at + 2], 16) + 0.55 * 255):02x}" for at in (1, 3, 5))
    without = replace(book, topics=tuple(bare if one.slug == slug else one for one in book.topics),  # type: ignore[misc]
                      cards=tuple(bare if one.slug == slug else one for one in book.cards))  # type: ignore[misc]
    grounds = []
    for told in (book, without):
        item = next(item for item in picture.plan(desk(told)) if item.name == f"picture:{slug}")
        pdf = one_pdf(make(item, browser, tmp_path))
        assert page_count(pdf) <= 2 and inked(pdf, 1, part_colour(book, slug)) > 20_000
        grounds.append(inked(pdf, 1, tint))
    assert grounds[0] > 3000 and grounds[1] < 100, grounds


@pytest.mark.browser
def test_screens_stand_larger_than_on_leaflets_where_there_is_room(browser: Browser, tmp_path: Path) -> None:
    """Labels of a phone are 11 points there."""
    items = {item.name: item for item in picture.plan(desk())}
    pdf = one_pdf(make(items["picture:goi-hinh-nhan-tin"], browser, tmp_path))
    labels = [size for size, signs in type_sizes(pdf, 1).items() if "Congái" in signs]
    assert page_count(pdf) == 2 and labels and min(labels) >= 12.5


@pytest.mark.parametrize(("words", "sign"), [
    ("Đưa tờ giấy cho công an", "go"), ("Lỡ mất tiền", "slip"), ("Giơ máy cách mã một gang…", "scan"),
    ("Khoanh một việc mình muốn làm", "write"), ("Mở tờ cần ký", "tap"),
])
def test_a_step_without_a_screen_has_the_sign_of_its_first_word(words: str, sign: str) -> None:
    assert picture.Cell(Shown(handbook().topics[0].steps[0]), words).sign == sign


def with_drawing(where: str) -> Handbook:
    topic = handbook().topic("tranh-lua-dao")
    assert isinstance(topic, Topic)
    picture = Picture("content/pictures/dung-lai.svg", "Một bác giơ tay ra hiệu dừng trước máy có người lạ gọi")
    if where == "opening":
        steps = tuple(replace(step, screen=None) for step in topic.steps[:3])
        topic = replace(topic, opening=(picture, Paragraph(Phrase("Thấy lạ là dừng lại."))), prepare=(), steps=steps)
    else:
        steps = tuple(replace(step, screen=None, picture=picture if step.number == 2 else None) for step in topic.steps)
        topic = replace(topic, opening=(), prepare=(), steps=steps)  # both come and go with the room
    return replace(handbook(), topics=(topic,), cards=())


@pytest.mark.browser
@pytest.mark.parametrize("where", ["opening", "step"])
def test_leaflet_prints_a_drawing(where: str, browser: Browser, tmp_path: Path) -> None:
    """With its many edges a page is a heavier picture than without it."""
    def weight(book: Handbook) -> int:
        item, = leaflet.plan(desk(book))
        pdf = one_pdf(make(item, browser, tmp_path))
        return sum(len(page_png(pdf, page, 100)) for page in (1, 2))

    drawn, bare = with_drawing(where), with_drawing(where)
    topic = bare.topics[0]
    bare = replace(bare, topics=(replace(
        topic, opening=tuple(block for block in topic.opening if not isinstance(block, Picture)),
        steps=tuple(replace(step, picture=None) for step in topic.steps),
    ),))
    assert weight(drawn) > weight(bare) + 1_000
