from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from generator.engine.items import Bench, Desk, Result
from generator.ground.errors import RefusedError
from generator.ground.findings import Place
from generator.handbook.model import Bullets, Card, Handbook, Help, Paragraph, Phrase, Topic, Variant
from generator.press import proof
from generator.press.binder.facts import embedded_fonts, is_tagged, outline, page_count, page_sizes_mm
from generator.press.browser import Browser
from generator.press.compounds import HELD
from generator.press.orders import Piece as Pdf
from generator.products.lesson import TRIAL, UNSEEN, accountability, longest_step, part_class, part_of
from generator.products.papers import leaflet
from generator.products.papers.parts import printing, two_sides
from generator.products.papers.parts.fitting import (
    Choice,
    Fit,
    Piece,
    adorn,
    choose_fit,
    fixed,
    grown,
    ladder,
    optional,
)
from generator.products.papers.parts.printing import Paper
from generator.products.papers.parts.two_sides import Leaflet, part_needed
from generator.products.papers.parts.words import say
from generator.products.product import A5_MM
from tests.desks import FILLED, PROJECT, desk, four, handbook, make, one_pdf, with_edition
from tests.samples import sample
from tests.seen import TYPEFACES, page_png, page_text, prove_codes, text_area, text_outside, type_sizes

pytestmark = pytest.mark.long
SLUGS = [lesson.slug for lesson in handbook().lessons if handbook().number_of(lesson.slug)]
SHEETS = [(slug, "viet-nam") for slug in SLUGS] + [
    (slug, "xa-dai-son") for slug in ("quet-ma-qr", "tranh-lua-dao", "cai-vneid", "khai-sinh") if slug in SLUGS
]
SEEN = sample(SHEETS, 10, ("cai-vneid", "viet-nam"), ("khai-sinh", "viet-nam"), ("quet-ma-qr", "xa-dai-son"))
SCREEN_WORDS_PT, FOOT_PT, TEXT_PT = 11, 9, 14


def print_leaflet(book: Handbook, slug: str, browser: Browser, folder: Path) -> tuple[bytes, tuple[str, ...]]:
    item = next(item for item in leaflet.plan(desk(book)) if item.name == f"leaflet:{slug}")
    result = make(item, browser, folder)
    return one_pdf(result), tuple(finding.message.vi for finding in result.findings)


def text_of(pdf: bytes) -> str:
    return " ".join((page_text(pdf, 1) + "\n" + page_text(pdf, 2)).split())


@pytest.mark.browser
@pytest.mark.parametrize(("slug", "edition"), SEEN)
def test_leaflet_is_one_sheet_fit_to_hand_out(slug: str, edition: str, browser: Browser, tmp_path: Path) -> None:
    book = handbook(edition)
    lesson = book.by_slug[slug]
    pdf, _ = print_leaflet(book, slug, browser, tmp_path)
    text = text_of(pdf)

    assert page_sizes_mm(pdf) == [pytest.approx(A5_MM, abs=0.2)] * 2
    assert not text_outside(pdf)
    assert is_tagged(pdf) and [line.level for line in outline(pdf)][:2] == [1, 2]
    fonts = embedded_fonts(pdf)
    assert fonts and all(font.embedded and font.name.startswith(TYPEFACES) for font in fonts)
    prove_codes(pdf, {1: set(), 2: {book.edition.number_url(book.number_of(slug))}}, both=True)
    for words in (f"Bài số {book.number_of(slug)}", accountability(lesson, book.edition), "In tháng 11/2026",
                  "Quét mã để xem lại bài này.", "Hỏi ai ở đây:", "An toàn",
                  *(("Nhớ 3 điều",) if isinstance(lesson, Topic) else ("Cần mang", "Nộp ở đâu", "Theo dõi"))):
        assert words in text
    for step in lesson.steps:
        for phrase in (step.phrase, *step.guards, *(variant.phrase for variant in step.variants)):
            assert "".join(say(phrase).striptags().split()) in "".join(text.split())
    assert text.count(TRIAL) == 2
    assert text.count(UNSEEN) == (any(not screen.seen for screen in lesson.screens))


@pytest.mark.browser
def test_type_is_never_too_small(browser: Browser, tmp_path: Path) -> None:
    pdf, _ = print_leaflet(handbook(), "quet-ma-qr", browser, tmp_path)
    sizes = {size: text for page in (1, 2) for size, text in type_sizes(pdf, page).items()}
    drawn = {size: text for size, text in sizes.items() if FOOT_PT < size < TEXT_PT}
    assert min(sizes) >= FOOT_PT and min(drawn) >= SCREEN_WORDS_PT
    assert "Máyảnh" in "".join(drawn.values()) and "Bài" not in "".join(drawn.values())
    assert "Máyảnh" not in sizes[FOOT_PT] and "Bài" in sizes[TEXT_PT]


@pytest.mark.browser
def test_contact_is_printed_or_left_to_write_in(browser: Browser, tmp_path: Path) -> None:
    empty, _ = print_leaflet(with_edition(help=(Help("đầu mối"),)), "quet-ma-qr", browser, tmp_path)
    filled, _ = print_leaflet(with_edition(help=(FILLED,)), "quet-ma-qr", browser, tmp_path)
    assert "Điện thoại: Giờ:" in text_of(empty) and "báo nơi phát" in text_of(empty)
    assert "Điện thoại:" not in text_of(filled)
    for words in (FILLED.unit, FILLED.phone, FILLED.hours, f"báo {FILLED.unit}, đọc số bài."):
        assert words in text_of(filled)


@pytest.mark.browser
def test_real_address_is_no_trial_and_wraps_without_hyphen(browser: Browser, tmp_path: Path) -> None:
    long = "https://binhdanhocvu.thanhphohaiphong.gov.vn/chuyen-doi-so/"
    pdf, _ = print_leaflet(with_edition(address=long, trial=False), "cai-vneid", browser, tmp_path)
    assert TRIAL not in text_of(pdf)
    assert f"{long}1064" in text_of(pdf).replace(" ", "").replace("Bàisố1064", "")


@pytest.mark.browser
def test_same_bytes_twice_also_later_in_the_month(browser: Browser, tmp_path: Path) -> None:
    pdfs = set()
    for moment in (1_795_000_000, 1_795_100_000):
        item = next(iter(leaflet.plan(desk(moment=moment))))
        pdfs.add((item.digest, one_pdf(make(item, browser, tmp_path))))
    assert len(pdfs) == 1


@pytest.mark.browser
def test_screens_leave_before_words_and_the_build_says_which(browser: Browser, tmp_path: Path) -> None:
    book = lengthened("cai-vneid", 6)
    pdf, notes = print_leaflet(book, "cai-vneid", browser, tmp_path)
    assert page_count(pdf) == 2
    assert len(notes) == 1 and notes[0].startswith("Tờ rơi “Cài và kích hoạt VNeID”: bỏ hình ở bước ")


@pytest.mark.browser
def test_what_is_needed_stays_when_the_rest_of_what_to_prepare_leaves(browser: Browser, tmp_path: Path) -> None:
    """Warnings are added until the leaflet has no room for `Chuẩn bị`."""
    book = lengthened("cai-vneid", 6)
    topic = book.topics[0]
    lines = Bullets((Phrase("**Cần:** căn cước gắn chíp."), Phrase("Kính lão, nếu mắt kém.")))
    pdf, _ = print_leaflet(replace(book, topics=(replace(topic, prepare=(lines,)),)), "cai-vneid", browser, tmp_path)
    text = " ".join(text_of(pdf).split())
    assert page_count(pdf) == 2
    assert "Cần: căn cước gắn chíp." in text and "Kính lão" not in text


@pytest.mark.parametrize(("lines", "needed", "others"), [
    ((), (), ()),
    (("Giấy bút.",), (), ("Giấy bút.",)),
    (("**Cần:** VNeID.",), ("**Cần:** VNeID.",), ()),
    (("Giấy bút.", "**Cần:** VNeID.", "Cần: kính."), ("**Cần:** VNeID.",), ("Giấy bút.", "Cần: kính.")),
])
def test_what_is_needed_is_told_from_the_rest(
    lines: tuple[str, ...], needed: tuple[str, ...], others: tuple[str, ...]
) -> None:
    found, rest = part_needed((Bullets(tuple(map(Phrase, lines))),) if lines else ())
    assert tuple(phrase.text for phrase in found) == needed
    assert tuple(item.text for block in rest if isinstance(block, Bullets) for item in block.items) == others


@pytest.mark.browser
def test_too_long_a_topic_says_by_how_many_lines(browser: Browser, tmp_path: Path) -> None:
    told = r"^content/topics/cai-vneid/index\.md:\d\d:4: LỖI .* dài quá hai mặt giấy \d\d dòng"
    with pytest.raises(RefusedError, match=told):
        print_leaflet(lengthened("cai-vneid", 40), "cai-vneid", browser, tmp_path)


def leaning(**leant: tuple[str, ...]) -> Handbook:
    """Real lessons under other names, each leaning on these."""
    topic = handbook().topic("quet-ma-qr")
    assert isinstance(topic, Topic)
    topics = tuple(replace(topic, slug=slug, office=replace(topic.office, prerequisites=tuple(map(Phrase, names))))
                   for slug, names in leant.items())
    first = handbook().ledger[0]
    ledger = tuple(replace(first, number=str(1000 + at), target=slug) for at, slug in enumerate(leant))
    return replace(handbook(), topics=topics, cards=(), ledger=ledger)


@pytest.mark.parametrize(("leant", "numbers"), [
    ({"a": ()}, ()),
    ({"a": ("b",), "b": ()}, ("1001",)),
    ({"a": ("b", "c"), "b": ("c",), "c": ()}, ("1001",)),
    ({"a": ("c", "b"), "b": (), "c": ()}, ("1002", "1001")),
    ({"a": ("gone", "b"), "b": ()}, ("1001",)),
])
def test_the_head_names_what_to_learn_first_but_not_what_that_leans_on(
    leant: dict[str, tuple[str, ...]], numbers: tuple[str, ...]
) -> None:
    book = leaning(**leant)
    assert Leaflet(desk(book), book.topics[0], ()).first == numbers


def test_the_head_names_a_lesson_that_a_step_sends_to() -> None:
    book = leaning(a=("b", "c"), b=("c",), c=())
    way = Variant("", Phrase("Điền ô: bài số 1002."))
    steps = (replace(book.topics[0].steps[0], variants=(way,)), *book.topics[0].steps[1:])
    book = replace(book, topics=(replace(book.topics[0], steps=steps), *book.topics[1:]))
    assert Leaflet(desk(book), book.topics[0], ()).first == ("1001", "1002")


def test_another_lesson_to_learn_first_is_another_leaflet() -> None:
    """Also where only the lesson leant on changed: which of them are named follows from what they lean on."""
    books = [leaning(a=("b", "c"), b=of_b, c=()) for of_b in ((), ("c",))]
    before, after = (next(item for item in leaflet.plan(desk(book)) if item.name == "leaflet:a") for book in books)
    assert before.digest != after.digest


@pytest.mark.browser
def test_a_head_with_lessons_to_learn_first_stays_on_one_line(browser: Browser, tmp_path: Path) -> None:
    for leant in ({"a": ("b",), "b": ()}, {"a": ("b", "c", "d", "e"), "b": (), "c": (), "d": (), "e": ()}):
        pdf, _ = print_leaflet(leaning(**leant), "a", browser, tmp_path)
        head = page_text(pdf, 1).split("Bài số")[0]
        assert "Học trước: bài 1001" in head
        feet = [word.area.bottom for word in head_words(pdf)]
        assert len(feet) > len(leant["a"]) and max(feet) - min(feet) < 3


def head_words(pdf: bytes) -> list[proof.Word]:
    with proof.opened(pdf) as paper:
        words = proof.words(proof.letters(paper.leaf(1)))
    number = next(word for word in words if word.text == "1000")
    return [word for word in words if word.text[0].isdigit() and word.area.bottom <= number.area.bottom + 3
            and word.area.y > number.area.y - 8]


@pytest.mark.browser
def test_card_has_a_leaflet_too(browser: Browser, tmp_path: Path) -> None:
    topic = handbook().by_slug["cai-vneid"]
    card = Card("khai-sinh", Phrase("Làm giấy khai sinh"), None, (), (Phrase("Căn cước của bố mẹ."),),
                (Paragraph(Phrase("Bộ phận một cửa của xã.")),), topic.steps[:3],
                (Bullets((Phrase("Gọi hỏi theo số trên giấy hẹn."),)),), topic.safety, topic.office,
                place=Place("content/cards/khai-sinh/index.md"))
    ledger = (replace(handbook().ledger[0], number="1089", target="khai-sinh"),)
    pdf, _ = print_leaflet(replace(handbook(), topics=(), cards=(card,), ledger=ledger), "khai-sinh", browser, tmp_path)
    text = text_of(pdf)
    assert page_count(pdf) == 2
    for words in ("Cần mang", "Nộp ở đâu", "Theo dõi", "Bài số 1089"):
        assert words in text


def lengthened(slug: str, lines: int) -> Handbook:
    """A topic whose own words stay, and so much more."""
    topic = four().topic(slug)
    assert isinstance(topic, Topic)
    more = tuple(Phrase(f"Không làm điều thứ {number}.") for number in range(lines))
    topic = replace(topic, safety=(*topic.safety, *more))
    return replace(handbook(), topics=(topic,))


# The head: the scene as large as room is left.

SMALLEST = f"head/{two_sides.SCENES[-1][0]:g}"
LONG_NAMES = "phuong-chu-van-an"
"""Whose name and contacts take most room."""


def fits(book: Handbook, browser: Browser, slugs: list[str]) -> dict[str, Fit]:
    """How the leaflets of a place come out, measured, not printed."""
    made = desk(book)
    lessons = [book.by_slug[slug] for slug in slugs]
    orders = [next(two_sides.make_leaflet(made, lesson, Bench(PROJECT, lambda: browser, Path("nowhere"))))
              for lesson in lessons]
    told = iter(browser.answer([one for pair in orders for one in pair]))
    found = {}
    for lesson in lessons:
        least, *others = Leaflet(made, lesson, ()).heads
        heights = next(told) | next(told)
        found[lesson.slug] = two_sides.fit_sides(tuple(two_sides.choices_of(made, lesson, least)), heights, others)
    return found


def bare(book: Handbook) -> Handbook:
    return replace(book, topics=tuple(replace(one, drawing=None) for one in book.topics),
                   cards=tuple(replace(one, drawing=None) for one in book.cards))


@pytest.mark.browser
@pytest.mark.parametrize("edition", ["viet-nam", LONG_NAMES])
def test_no_drawing_of_a_step_leaves_for_the_scene(edition: str, browser: Browser) -> None:
    """None shrinks for a scene larger than the smallest, nor does an opening or a line of what to prepare leave."""
    book = handbook(edition)
    slugs = sample(SLUGS, 20, "thu-dien-tu", "dien-to-khai", "quet-ma-qr", "lam-quen-dien-thoai")
    adorned, plain_ones = fits(book, browser, slugs), fits(bare(book), browser, slugs)
    for slug in slugs:
        with_scene, without = adorned[slug], plain_ones[slug]
        assert with_scene.left_out == without.left_out and not with_scene.over_mm
        pieces, least = (tuple(p.key for p in (*one.front, *one.back)) for one in (with_scene, without))
        assert pieces[1:] == least[1:] or pieces[0] == SMALLEST
        assert pieces[0].partition("/")[0] == least[0] == "head"


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.parametrize(("edition", "most"), [
    ("viet-nam", 0), ("hai-phong", 0), ("thai-nguyen", 0), ("xa-dai-son", 0), ("xa-phong-quang", 0),
    ("phuong-hai-duong", 5), (LONG_NAMES, 5),
])
def test_leaflets_of_shipped_editions_keep_their_drawings(edition: str, most: int, browser: Browser) -> None:
    assert len([*(PROJECT.root / "content/editions").glob("*.yml")]) == 7, "each of them is here"
    found = fits(handbook(edition), browser, SLUGS).values()
    assert sum(len(fit.left_out) for fit in found) <= most
    assert all(fit.front[0].key != "head" for fit in found), "the scene of the lesson leads every one"


@pytest.mark.browser
def test_the_scene_stands_beside_the_title_in_the_colour_of_the_part(browser: Browser, tmp_path: Path) -> None:
    """Another lesson's scene changes the right of the band alone; the band is of the part, dark in grey."""
    book = handbook()
    other = book.by_slug["viec-khan-cap"].drawing
    changed = replace(book, topics=tuple(replace(one, drawing=other) if one.slug == "quet-ma-qr" else one
                                         for one in book.topics))
    one, two = (picture_of(print_leaflet(which, "quet-ma-qr", browser, tmp_path)[0]) for which in (book, changed))
    rows, columns = np.where((one != two).any(axis=2))
    high, wide, _ = one.shape
    assert columns.min() > 0.7 * wide and rows.max() < 0.25 * high and len(set(rows)) > 0.05 * high
    band = one[round(high * 12 / 210), round(wide * 8 / 148)]
    assert tuple(band) == token(part_class(book, book.by_slug["quet-ma-qr"]))
    assert 1.05 / ((float(band @ (0.114, 0.587, 0.299)) / 255) ** 2.2 + 0.05) >= 7


def picture_of(pdf: bytes) -> np.ndarray:
    picture = cv2.imdecode(np.frombuffer(page_png(pdf, 1, 100), np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return np.asarray(picture)


def token(name: str) -> tuple[int, ...]:
    """Blue, green, red of a part's colour."""
    css = (PROJECT.theme / "tokens.css").read_text("utf-8")
    found = re.search(rf"^\.{name} {{ --part: #(\w\w)(\w\w)(\w\w);", css, re.MULTILINE)
    assert found
    return tuple(int(part, 16) for part in found.groups()[::-1])


@pytest.mark.browser
def test_words_keep_clear_of_the_edge_of_the_paper(browser: Browser, tmp_path: Path) -> None:
    for slug in ("quet-ma-qr", "khai-sinh"):
        pdf, _ = print_leaflet(handbook(), slug, browser, tmp_path)
        for page in (1, 2):
            area = text_area(pdf, page)
            assert area.x >= 9 and area.right <= A5_MM[0] - 9 and area.bottom <= A5_MM[1] - 9


def test_titles_are_not_torn_within_a_word() -> None:
    page = Leaflet(desk(), handbook().by_slug["khai-sinh"], ())
    assert page.title == f"Làm giấy{HELD}tờ: khai{HELD}sinh cho trẻ" and page.part_number == ""
    assert Leaflet(desk(), handbook().by_slug["quet-ma-qr"], ()).part_number == "1"


def test_the_line_above_the_title_says_as_much_as_has_room() -> None:
    """The book's name, else the part's, else the number alone; what to learn first always, beside a scene without the
    word before it if it must be."""
    book = handbook()
    free = next(one for one in book.topics if not one.office.prerequisites)
    labels = [piece.content.label for piece in Leaflet(desk(), free, ()).heads]
    assert labels[0] == book.name and all(label in (book.name, part_of(book, free).title, "")  # type: ignore[union-attr]
                                          for label in labels)
    assert [len(label) for label in labels[1:]] == sorted(len(label) for label in labels[1:])
    many = Leaflet(desk(), book.by_slug["khai-sinh"], ()).heads
    assert [piece.content.label for piece in many] == [
        "Học trước: bài 1509, 1514, 1275", "Học trước: 1509, 1514, 1275"]


def test_another_part_is_another_leaflet() -> None:
    def digest(book: Handbook) -> str:
        return next(item.digest for item in leaflet.plan(desk(book)) if item.name == "leaflet:quet-ma-qr")

    book = handbook()
    assert digest(book) == digest(replace(book))
    assert digest(book) != digest(replace(book, parts=(replace(book.parts[0], title="Khác"), *book.parts[1:])))


# Fitting, without a browser.

HEIGHTS = {"head": 40.0, "opening": 20.0, "prepare": 10.0, "steps": 10.0, "safety": 30.0,
           **{f"step-{n}/{form}": mm for n in (1, 2, 3) for form, mm in (("32", 35.0), ("23", 26.0), ("plain", 10.0))}}
NEEDS = {1: (True, False, 2, -1), 2: (False, False, 2, -2), 3: (True, False, 2, -3)}
CHOICES = (
    fixed("head", "head"), optional("opening", "text"), optional("prepare", "text"),
    fixed("steps", "heading", leads=True),
    *(Choice(f"step-{n}", tuple((Piece(f"step-{n}/{form}", "step"),) for form in ("32", "23", "plain")), need=NEEDS[n])
      for n in (1, 2, 3)),
    fixed("safety", "list"),
)


@pytest.mark.parametrize(("room", "gone", "over"), [
    (150, (), 0), (100, (), 0), (84, (), 0), (76, ("step-2",), 0), (65, ("step-1", "step-2", "step-3"), 0),
    (50, ("step-1", "step-2", "step-3"), 10),
])
def test_what_leaves_follows_the_room(room: float, gone: tuple[str, ...], over: float) -> None:
    fit = choose_fit(CHOICES, HEIGHTS, room, room)
    assert (fit.left_out, fit.over_mm) == (gone, over)
    assert fit.front[-1].kind != "heading"


@pytest.mark.parametrize(("room", "head"), [(150, "head/58"), (95, "head/25"), (89, "head"), (50, "head")])
def test_the_largest_head_that_fits_is_taken(room: float, head: str) -> None:
    """Nothing else moves but the turn of the sheet."""
    heads = [Piece(f"head/{width}", "head") for width in (58, 25)]
    heights = HEIGHTS | {"head/58": 80.0, "head/25": 46.0}
    fit = choose_fit(CHOICES, HEIGHTS, room, room)
    found = adorn(fit, heads, heights, room, room)
    assert found.front[0].key == head and (found.left_out, found.over_mm) == (fit.left_out, fit.over_mm)
    assert (*found.front, *found.back)[1:] == (*fit.front, *fit.back)[1:]
    assert found.front[-1].kind != "heading"


def test_order_of_leaving() -> None:
    rungs = [tuple(c.grades[g][0].key for c, g in rung if c.name not in ("head", "steps", "safety"))
             for rung in ladder(CHOICES, HEIGHTS)]
    step = {f"{n}{form}": f"step-{n}/{form}" for n in (1, 2, 3) for form in ("32", "23", "plain")}
    assert rungs == [
        ("opening", "prepare", step["132"], step["232"], step["332"]),
        ("prepare", step["132"], step["232"], step["332"]),
        ("opening", step["132"], step["232"], step["332"]),
        (step["132"], step["232"], step["332"]),
        (step["132"], step["223"], step["332"]),
        (step["132"], step["223"], step["323"]),
        (step["123"], step["223"], step["323"]),
        (step["123"], step["2plain"], step["323"]),
        (step["123"], step["2plain"], step["3plain"]),
        (step["1plain"], step["2plain"], step["3plain"]),
    ]


def test_every_screen_shrinks_to_its_least_before_any_leaves() -> None:
    def choice(name: str, *sizes: str) -> Choice:
        return Choice(name, tuple((Piece(f"{name}/{size}", "step"),) for size in sizes), need=(name,))

    choices = (fixed("head", "head"), choice("a", "32", "23", "15", "0"), choice("b", "32", "23", "0"))
    heights = {"head": 9.0, "a/32": 32.0, "a/23": 31.8, "a/15": 15.0, "a/0": 9.0,
               "b/32": 32.0, "b/23": 23.0, "b/0": 9.0}
    rungs = [[chosen.grades[grade][0].key for chosen, grade in rung][1:] for rung in ladder(choices, heights)]
    assert rungs == [["a/32", "b/32"], ["a/32", "b/23"], ["a/15", "b/23"], ["a/0", "b/23"], ["a/0", "b/0"]]


def test_what_left_in_vain_comes_back() -> None:
    """The small picture is needed least and leaves first; only when the large one leaves too does all fit, and then
    there is room for the small one."""
    def choice(name: str, need: int) -> Choice:
        return Choice(name, tuple((Piece(f"{name}/{form}", "step"),) for form in ("15", "0")), need=(need,))

    choices = (fixed("head", "head"), choice("small", 1), choice("large", 2))
    heights = {"head": 10.0, "small/15": 12.0, "small/0": 10.0, "large/15": 40.0, "large/0": 10.0}
    assert choose_fit(choices, heights, 22, 22).left_out == ("large",)
    assert choose_fit(choices, heights, 20, 12).left_out == ("small", "large")


def test_the_sheet_is_turned_where_most_pictures_stand() -> None:
    """Taking leave from the least needed up, two would go; turned elsewhere one does."""
    def choice(name: str, need: int) -> Choice:
        return Choice(name, tuple((Piece(f"{name}/{form}", "step"),) for form in ("15", "0")), need=(need,))

    choices = (fixed("head", "head"), choice("a", 4), choice("b", 3), choice("c", 1))
    heights = {"head": 10.0, "a/15": 30.0, "a/0": 15.0, "b/15": 25.0, "b/0": 20.0, "c/15": 25.0, "c/0": 10.0}
    fit = choose_fit(choices, heights, 50, 30)
    assert (fit.left_out, fit.over_mm) == (("a",), 0)
    assert [[piece.key for piece in side] for side in (fit.front, fit.back)] == [["head", "a/0", "b/15"], ["c/15"]]
    assert not choose_fit(choices, heights, 65, 30).left_out
    assert choose_fit(choices, heights, 50, 9).over_mm > 0


def test_a_screen_has_a_least_size() -> None:
    step = next(step for step in handbook().lessons[0].steps if step.screen)
    sizes = [grade[0].key.partition("/")[2] for grade in two_sides.step_choice(desk(), step, 32.0).grades]
    assert sizes == ["32", "26.4", "23/tall", "23", "15", "plain"]


def test_a_screen_larger_than_asked_for_is_high_enough_to_be_known_for_a_phone() -> None:
    for lesson in handbook().lessons[:12]:
        for step in lesson.steps:
            *grades, _ = two_sides.step_choice(desk(), step, 23.0).grades
            for grade in grades if step.screen else ():
                high = float(grade[0].content.picture.partition(' height="')[2].partition("mm")[0])
                assert high >= 20 or grade[0].key.endswith(("/23", "/15"))


def test_a_screen_is_as_high_as_the_words_beside_it() -> None:
    """Of those that cost no room the largest; one that left is not brought back."""
    def choice(name: str, start: int) -> Choice:
        forms = tuple((Piece(f"{name}/{form}", "step"),) for form in ("32", "26", "23", "0"))
        return Choice(name, forms, need=(name,), start=start)

    choices = (fixed("head", "head"), choice("a", 2), choice("b", 2), choice("c", 0))
    heights = {"head": 9.0, "a/32": 32.0, "a/26": 28.0, "a/23": 28.0, "a/0": 28.0,
               "b/32": 33.0, "b/26": 33.0, "b/23": 33.0, "b/0": 21.0,
               "c/32": 32.0, "c/26": 26.0, "c/23": 23.0, "c/0": 9.0}
    for room, shown in ((80.0, ["a/26", "b/32", "c/32"]), (46.0, ["a/26", "b/0", "c/23"])):
        fit = choose_fit(choices, heights, room, room)
        assert [piece.key for piece in (*fit.front, *fit.back)][1] == "a/23"
        fit = grown(fit, choices, heights)
        assert [piece.key for piece in (*fit.front, *fit.back)][1:] == shown


@pytest.mark.parametrize(("written", "shown"), [
    ("Vào https://vneid.gov.vn/a nhé", "https://<wbr>vneid.<wbr>gov.<wbr>vn/<wbr>a"),
    ("[Cổng](https://dichvucong.gov.vn)", "(https://<wbr>dichvucong.<wbr>gov.<wbr>vn)"),
    ('Ghi "quét ngay"', "“quét ngay”"),
    ("[bài trước](../quet-ma-qr/index.md)", "bài trước"),
])
def test_words_on_paper(written: str, shown: str) -> None:
    assert shown in say(Phrase(written))


def test_an_extra_loses_its_picture_before_it_leaves() -> None:
    choices = (fixed("head", "head"), optional("opening", "text", "with", "without"), fixed("safety", "list"))
    heights = {"head": 40.0, "opening": 60.0, "opening/1": 20.0, "safety": 30.0}
    shown = {room: [piece.key for piece in (*fit.front, *fit.back)]
             for room in (120, 70, 45) if (fit := choose_fit(choices, heights, room, room))}
    assert shown == {120: ["head", "opening", "safety"], 70: ["head", "opening/1", "safety"], 45: ["head", "safety"]}


@pytest.mark.browser
def test_a_sign_our_letters_lack_is_told_where_it_stands(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever font this machine would lend for it, if any."""
    finish = printing.finish_paper

    def borrowed(desk: Desk, paper: Paper, piece: Pdf) -> Result:
        return finish(desk, paper, piece._replace(strange_fonts=("Borrowed",)))

    monkeypatch.setattr(printing, "finish_paper", borrowed)
    book = handbook()
    topic = book.topic("quet-ma-qr")
    assert topic
    odd = replace(topic.safety[0], text="Không bấm ⏩ khi vội.")
    spoiled = replace(topic, safety=(odd, *topic.safety[1:]))
    topics = tuple(spoiled if other is topic else other for other in book.topics)
    with pytest.raises(RefusedError) as caught:
        print_leaflet(replace(book, topics=topics), "quet-ma-qr", browser, tmp_path)
    place = replace(odd.place, column=odd.place.column + len("Không bấm "))
    assert (caught.value.finding.rule, caught.value.finding.place) == ("paper.sign", place)
    assert "U+23E9" in caught.value.finding.message.vi


def test_a_refusal_points_at_the_longest_step() -> None:
    topic = handbook().topic("cai-vneid")
    assert topic
    for index, step in enumerate(topic.steps):
        long = replace(step, phrase=replace(step.phrase, text="Đọc thật chậm. " * 60))
        steps = (*topic.steps[:index], long, *topic.steps[index + 1 :])
        assert longest_step(replace(topic, steps=steps)) == step.phrase.place
