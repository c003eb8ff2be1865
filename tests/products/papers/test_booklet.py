from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from generator.engine.items import Bench, Desk, Result
from generator.handbook.model import Approval, Handbook, Part, Phrase, Term
from generator.press.binder import facts
from generator.press.binder.facts import destinations, outline, page_count
from generator.press.browser import Browser
from generator.press.imposer import sections
from generator.press.orders import finish
from generator.press.pages import plain
from generator.press.proof import figures, letters, links, opened, words
from generator.products.lesson import TRIAL, month_of
from generator.products.papers import booklet, large, picture, trainer
from generator.products.papers.parts.book import code_pages, compose
from generator.products.papers.parts.hard_words import used_terms
from generator.products.papers.parts.volumes import Volume, volumes, whole_books
from generator.products.papers.parts.words import css_text, say
from generator.products.product import A5_MM
from tests.desks import FILLED, PROJECT, desk, handbook, make, one_pdf, thinned, with_edition
from tests.projects import commit_all, edit, git, make_project
from tests.samples import sample
from tests.seen import TYPEFACES, empty_pages, page_text, prove_codes, text_outside, type_sizes

pytestmark = pytest.mark.long

WHOLE = "hoc-so-co-ban"
SMALL = "phan-3"
VOLUMES = {volume.name: volume for volume in volumes(handbook())}
BOOK = thinned(*sample((lesson.slug for lesson in handbook().lessons), 9,
                       *(lesson.slug for lesson in VOLUMES[SMALL].lessons(handbook())), "khai-sinh"))
"""Lessons enough for a book of several sections."""
BOUND = {volume.name: volume for volume in volumes(BOOK)}
PRINTED = sample(BOUND, 0, WHOLE, SMALL)
"""All lessons are in the whole one."""
REMEMBERED = ["[]", '{"t-x": 99}', '[{"t-quet-ma-qr": 99, "help": "x"}, 3, ["p-an-toan"]]', '[{}, 9, []]', "not json"]


def print_book(name: str, browser: Browser, folder: Path, book: Handbook | None = None) -> Result:
    item = next(item for item in booklet.plan(desk(book or BOOK)) if item.name == f"booklet:{name}")
    return make(item, browser, folder)


@pytest.fixture(scope="module")
def books(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """In the order a build makes them."""
    folder = tmp_path_factory.mktemp("memory")
    items = {item.name.partition(":")[2]: item for item in booklet.plan(desk(BOOK))}
    return {name: make(item, browser, folder) for name, item in items.items() if name in PRINTED}


@pytest.fixture(scope="module")
def pdf(books: dict[str, Result]) -> bytes:
    return one_pdf(books[WHOLE])


def pages_of(pdf: bytes) -> list[str]:
    with opened(pdf) as paper_:
        return [" ".join(leaf.words.split()) for leaf in paper_.leaves()]


def every_book(test: object) -> object:
    return pytest.mark.browser(pytest.mark.parametrize("name", PRINTED)(test))


@every_book
def test_book_is_whole(name: str, books: dict[str, Result]) -> None:
    pdf = one_pdf(books[name])
    assert facts.page_sizes_mm(pdf) == [pytest.approx(A5_MM, abs=0.2)] * page_count(pdf)
    assert facts.is_tagged(pdf) and not empty_pages(pdf) and not text_outside(pdf)
    assert all(font.embedded and font.name.startswith(TYPEFACES) for font in facts.embedded_fonts(pdf))
    assert facts.about(pdf)["Lang"] == "vi" and facts.about(pdf)["Title"] == BOUND[name].full_title
    assert len(pdf) <= 20_000 * page_count(pdf)
    pages = pages_of(pdf)
    assert all(TRIAL in text for text in pages)
    assert "Ghi chép" in pages[-2] and "Cần giúp thì hỏi" in pages[-1]
    assert all(call in pages[-1] for call in ("113 công an", "114 chữa cháy", "115 cấp cứu", "112 cứu nạn"))
    assert any(f"In tháng {month_of(desk().moment)}." in text and "Bản: Việt Nam" in text for text in pages[:3])


@every_book
def test_every_link_leads_to_the_page_it_names(name: str, books: dict[str, Result]) -> None:
    """Walks all links; where one ends in a number, that is the page it opens."""
    pdf = one_pdf(books[name])
    told = set()
    with opened(pdf) as paper_:
        for leaf in paper_.leaves():
            found = words(letters(leaf))
            for link in links(leaf):
                assert not link.dead, (leaf.number, link)
                inside = [word.text for word in found if link.area.holds(word.area)]
                number = inside[-1].strip("().") if inside else ""
                if link.page and number.isdigit() and inside[-3:-1] != ["Bài", "số"]:
                    assert int(number) == link.page, (leaf.number, inside, link.page)
                    told.add((link.page, leaf.number))
    places = destinations(pdf)
    contents = {page for page, text in enumerate(pages_of(pdf), 1) if "Mục lục" in text}
    lessons = [f"t-{lesson.slug}" for lesson in BOUND[name].lessons(BOOK)]
    listing = range(min(contents), min(places[lesson] for lesson in lessons))
    for wanted in {"notes", "help", *lessons}:
        assert any((places[wanted], page) in told for page in listing), wanted


@every_book
def test_pages_carry_their_number_and_lessons_their_head(name: str, books: dict[str, Result]) -> None:
    pdf = one_pdf(books[name])
    places, pages = destinations(pdf), pages_of(pdf)
    for page, text in enumerate(pages[1:-1], 2):
        assert TRIAL in text and text.split()[-1] == str(page)
    for lesson in BOUND[name].lessons(BOOK):
        page = places[f"t-{lesson.slug}"]
        assert f"Bài số {BOOK.number_of(lesson.slug)} {plain(lesson.title)}" in pages[page - 1]
        if page % 2:
            assert re.search(rf"{re.escape(plain(lesson.title))} [+\d]+ {page}$", pages[page - 1])  # head, tab, number


@every_book
def test_codes_are_read_by_both_decoders(name: str, books: dict[str, Result]) -> None:
    pdf = one_pdf(books[name])
    expected = code_pages(compose(desk(BOOK), BOUND[name]), destinations(pdf))
    assert len({url for urls in expected.values() for url in urls}) >= len(BOUND[name].lessons(BOOK))
    prove_codes(pdf, expected, both=True)


@every_book
def test_folded_sheets_are_full(name: str, books: dict[str, Result]) -> None:
    """The back cover is the last page of the last section, and none begins inside a lesson."""
    facts = books[name].facts
    assert facts["pages"] == page_count(one_pdf(books[name]))
    folded = sections(facts["pages"], facts["parts"], facts["lessons"])
    assert len(folded[-1]) % 4 == 0
    assert {section.start for section in folded} <= {1, *facts["parts"], *facts["lessons"]}


@every_book
def test_lessons_are_spreads(name: str, books: dict[str, Result]) -> None:
    """A lesson begins on the left, so its picture faces its steps; a part opens on the right. Between them stand ruled
    pages, never more than two."""
    places, pages = destinations(one_pdf(books[name])), pages_of(one_pdf(books[name]))
    assert {places[f"t-{lesson.slug}"] % 2 for lesson in BOUND[name].lessons(BOOK)} == {0}
    assert all(page % 2 for page in books[name].facts["parts"])
    ruled = [page for page, text in enumerate(pages, 1) if text.startswith("Ghi chép")]
    between = [page for page in ruled if page < places["notes"]]
    assert not {*between} & {page - 1 for page in between} & {page - 2 for page in between}, "three in a row"
    assert len(between) <= len(pages) / 12


@pytest.mark.browser
def test_pictures_have_words(books: dict[str, Result]) -> None:
    with opened(one_pdf(books[SMALL])) as paper_:
        found = [figure for leaf in paper_.leaves() for figure in figures(leaf)]
    assert found and all(figure.alt for figure in found)


@pytest.mark.browser
def test_outline_holds_parts_topics_sections(pdf: bytes) -> None:
    lines = [(line.level, line.title) for line in outline(pdf)]
    topic = BOUND[WHOLE].lessons(BOOK)[0]
    part = next(part for part in BOOK.parts if topic.slug in [slug.text for slug in part.topics])
    at = lines.index((1, part.title))
    assert lines[at + 1] == (2, plain(topic.title)) and lines[at + 2][0] == 3


@every_book
def test_outline_says_each_heading_once(name: str, books: dict[str, Result]) -> None:
    """A heading at the top of a page came twice in one line, and answers with the page they belong to."""
    lines = [line.title for line in outline(one_pdf(books[name]))]
    assert not [line for line in lines if re.fullmatch(r"(.+?)\s*\1", line) or re.search(r"trang \d", line)]
    for lesson in BOUND[name].lessons(BOOK):
        assert lines.count(plain(lesson.title)) == (1 if lesson in BOOK.cards else 2)


@pytest.mark.browser
def test_answers_are_at_the_back_and_trainers_notes_nowhere(pdf: bytes) -> None:
    pages = pages_of(pdf)
    for topic in BOOK.topics:
        reason = say(topic.quiz.know.reason).striptags()
        where = [number for number, text in enumerate(pages, 1) if reason in text]
        assert where == [destinations(pdf)[f"a-{topic.slug}"]]
    assert not any("Cho người hướng dẫn" in text or "1 phút học số" in text for text in pages)


@pytest.mark.browser
def test_type_is_never_too_small(books: dict[str, Result]) -> None:
    pdf = one_pdf(books[SMALL])
    for page in range(1, page_count(pdf) + 1):
        sizes = type_sizes(pdf, page)
        assert min(sizes) >= 8
        assert len(sizes.get(14.0, "")) > 20 or page == 1 or "Ghi chép" in page_text(pdf, page)


@pytest.mark.browser
@pytest.mark.parametrize("remembered", sample(REMEMBERED, 0, REMEMBERED[2]))
def test_same_bytes_whatever_was_remembered(
    remembered: str, books: dict[str, Result], browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / f"booklet-{SMALL}.json").write_text(remembered, "utf-8")
    for _ in range(2):
        assert one_pdf(print_book(SMALL, browser, tmp_path)) == one_pdf(books[SMALL])


@pytest.mark.browser
def test_back_cover_has_contacts_or_lines_to_fill(books: dict[str, Result], browser: Browser, tmp_path: Path) -> None:
    book = with_edition(BOOK, help=(FILLED,), trial=False)
    filled = pages_of(one_pdf(print_book(SMALL, browser, tmp_path, book)))
    assert "Điện thoại:" in pages_of(one_pdf(books[SMALL]))[-1]
    assert f"{FILLED.unit} {FILLED.phone} {FILLED.hours}" in filled[-1]
    assert not any(TRIAL in text for text in filled)


# Other ways to print them.


def start_of(phrase: Phrase) -> str:
    """A page may end before the sentence does."""
    return " ".join(say(phrase).striptags().split()[:3])


@pytest.fixture(scope="module")
def looks(books: dict[str, Result], browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """A book of every look, each made by itself."""
    folder = tmp_path_factory.mktemp("looks")
    alone = {item.name: make(item, browser, folder) for product in (trainer, large)
             for item in product.plan(desk(BOOK)) if item.name.endswith(f":{SMALL}")}
    return {f"booklet:{SMALL}": books[SMALL], **alone}


@pytest.mark.browser
def test_trainers_book_has_answers_timings_and_notes(looks: dict[str, Result]) -> None:
    pages = pages_of(one_pdf(looks[f"trainer:{SMALL}"]))
    for lesson in BOUND[SMALL].lessons(BOOK):
        topic = BOOK.topic(lesson.slug)
        assert topic
        text = " ".join(pages)
        assert f"Cho người hướng dẫn: {topic.office.minutes} phút" in text
        assert start_of(topic.quiz.know.reason) in text and start_of(topic.quiz.understand.reason) in text
        assert all(f"{row.minutes} phút {start_of(row.phrase)}" in text for row in topic.trainer.rows)
    assert "Sách người hướng dẫn" in pages[0]


@pytest.mark.wide
@pytest.mark.browser
def test_books_of_all_looks_can_be_printed_at_one_go(
    looks: dict[str, Result], browser: Browser, tmp_path: Path
) -> None:
    """As when all of them are asked for by name."""
    items = [next(item for item in product.plan(desk(BOOK)) if item.name.endswith(f":{SMALL}"))
             for product in (booklet, trainer, large)]
    bench = Bench(PROJECT, lambda: browser, tmp_path)
    together = finish({item.name: partial(item.begin, bench) for item in items}, lambda: browser)
    assert {name: made.files for name, made in together.items()} == {name: made.files for name, made in looks.items()}


@pytest.mark.browser
def test_large_print_is_18_points_on_a4(looks: dict[str, Result]) -> None:
    pdf = one_pdf(looks[f"large:{SMALL}"])
    assert facts.page_sizes_mm(pdf) == [pytest.approx((210, 297), abs=0.3)] * page_count(pdf)
    sizes = type_sizes(pdf, destinations(pdf)["t-tranh-lua-dao"])
    assert max(sizes, key=lambda size: len(sizes[size])) == 18 and not text_outside(pdf)


@pytest.mark.browser
def test_picture_leaflets_fit_a_sheet(browser: Browser, tmp_path: Path) -> None:
    for item in sample(picture.plan(desk()), 8):
        pdf = one_pdf(make(item, browser, tmp_path))
        assert page_count(pdf) <= 2 and not any(text_outside(pdf)), item.name
        lesson = handbook().by_slug[item.name.partition(":")[2]]
        text = "".join(page_text(pdf, page) for page in range(1, page_count(pdf) + 1))
        for step in lesson.steps:
            assert "".join(picture.caption(step).split()) in "".join(text.split()), item.name


def test_picture_leaflets_say_six_words_at_most() -> None:
    for lesson in handbook().lessons:
        for step in lesson.steps:
            assert 1 <= len(picture.caption(step).split()) <= 6


@pytest.mark.parametrize(("told", "shown"), [
    ("Mở **Máy ảnh**.", "Mở Máy ảnh"),
    ("Gõ dichvucong.gov.vn, bấm tìm.", "Gõ dichvucong.gov.vn"),
    ("Giơ máy cách mã một gang tay, giữ yên.", "Giơ máy cách mã một gang…"),
    ("Chọn đúng tên mạng in trên giấy dán ở quán.", "Chọn đúng tên mạng"),
    ("Bấm “Quan tâm” để nhận tin từ xã.", "Bấm Quan tâm để nhận tin"),
])
def test_captions_end_where_the_sense_ends(told: str, shown: str) -> None:
    step = replace(handbook().topics[0].steps[0], phrase=Phrase(told))
    assert picture.caption(step) == shown


# Which books there are.


def test_whole_book_parts_and_paths() -> None:
    book = handbook()
    parts = [f"phan-{part.number}" for part in book.parts if part.topics]
    assert [*VOLUMES] == [WHOLE, *parts, *(path.id for path in book.paths)]
    six = VOLUMES["phan-6"]
    assert (six.title, six.label, six.series) == ("Bình dân học AI", "Phần 6: Trợ lý AI", book.name)


def test_empty_parts_and_paths_make_no_book() -> None:
    book = handbook()
    emptied = replace(book, parts=tuple(replace(part, topics=()) for part in book.parts[:2]),
                      paths=tuple(replace(path, topics=(Phrase("khong-co"),)) for path in book.paths))
    assert [volume.name for volume in volumes(emptied)] == [WHOLE]


@pytest.mark.parametrize(("most", "count"), [(300, 1), (10, -(-len(handbook().lessons) // 10))])
def test_huge_books_come_in_volumes(most: int, count: int) -> None:
    made = whole_books(handbook(), most)
    names = [WHOLE] if count == 1 else [f"{WHOLE}-{number}" for number in range(1, count + 1)]
    assert [volume.name for volume in made] == names
    slugs = [lesson.slug for volume in made for lesson in volume.lessons(handbook())]
    listed = [slug.text for part in handbook().parts for slug in part.topics]
    assert slugs == [*listed, *(card.slug for card in handbook().cards)]


def test_topics_of_no_part_come_last() -> None:
    first = handbook().parts[0]
    book = replace(handbook(), parts=(Part(first.id, 1, first.title, first.topics),))
    volume, = whole_books(book)
    assert [part.title for part in volume.parts if part.topics] == [first.title, "Bài thêm", "Làm giấy tờ"]


def test_one_topic_reprints_only_the_books_that_hold_it() -> None:
    book, slug = handbook(), "tranh-lua-dao"
    topics = tuple(replace(topic, goal=Phrase("**Học xong,** khác.")) if topic.slug == slug else topic
                   for topic in book.topics)
    before, after = ({item.name: item.digest for item in booklet.plan(desk(one))}
                     for one in (book, replace(book, topics=topics)))
    holding = {name for name, volume in VOLUMES.items() if slug in [one.slug for one in volume.lessons(book)]}
    assert {name.partition(":")[2] for name in before if before[name] != after[name]} == holding
    assert 1 < len(holding) < len(VOLUMES)


def test_imprint_names_the_newest_commit_of_its_own_sources(tmp_path: Path) -> None:
    from generator.ground.files import find_project
    from generator.ground.history import past_of
    from generator.handbook.read import read_handbook
    from generator.handbook.select import select
    from generator.products.papers.parts.bindery import _commit

    root = make_project(tmp_path, commit=True)
    first = git(root, "rev-parse", "--short=7", "HEAD").strip()
    topic = "content/topics/tranh-lua-dao/index.md"
    edit(root, topic, "rà soát:", "rà soát: ")
    changed = commit_all(root, "second", moment=1_796_000_000)[:7]
    project = find_project(root)
    book = select(read_handbook(project).handbook, "viet-nam")
    table = Desk(project, book, 1_795_000_000, browser="test", past=past_of(root))
    items = {item.name: item for item in booklet.plan(table)}
    said = {name: _commit(table, items[f"booklet:{name}"].sources) for name in ("phan-1", SMALL)}
    assert said == {"phan-1": f"18/11/2026, mã {first}", SMALL: f"30/11/2026, mã {changed}"}
    edit(root, topic, "rà soát:", "rà soát:  ")
    table = replace(table, past=past_of(root))
    assert _commit(table, items[f"booklet:{SMALL}"].sources).endswith("đang sửa")


# Words of the glossary.


@pytest.mark.parametrize(("term", "found"), [
    (Term("mã QR", Phrase("…")), True),
    (Term("không đâu có", Phrase("…")), False),
    (Term("app", Phrase("…"), replace=True), False),
    (Term("lạ hoắc", Phrase("…"), aliases=("VNeID",)), True),
])
def test_glossary_holds_what_the_topics_say(term: Term, found: bool) -> None:
    assert bool(used_terms([term], handbook().topics)) is found


def test_a_book_holds_the_words_of_its_own_lessons() -> None:
    book = handbook()
    terms = {name: compose(desk(), VOLUMES[name]).terms for name in (WHOLE, SMALL)}
    assert {*terms[SMALL]} < {*terms[WHOLE]} <= {*book.glossary}


@pytest.mark.parametrize(("signed", "approved", "shown"), [
    (True, True, True), (False, True, False), (False, False, True),
])
def test_meanings_nobody_has_signed_stand_in_drafts_only(signed: bool, approved: bool, shown: bool) -> None:
    row = Approval("x", "ACDEFHKL", "Sở Y tế", date(2026, 11, 20)) if approved else None
    topics = tuple(replace(topic, office=replace(topic.office, approval=row)) for topic in handbook().topics)
    cards = tuple(replace(card, office=replace(card.office, approval=row)) for card in handbook().cards)
    book = replace(handbook(), topics=topics, cards=cards, unsigned_words="" if signed else "ACDEFHKL")
    assert bool(compose(desk(book), VOLUMES[WHOLE]).terms) is shown


def test_running_head_cannot_leave_its_string() -> None:
    assert css_text('a"}\n\\b') == '"a\\22 }\\a \\5c b"'


def test_a_book_is_called_by_title_and_label() -> None:
    assert Volume("x", "Sách", ()).full_title == "Sách"
    assert Volume("x", "Sách", (), label="Phần 1").full_title == "Sách (Phần 1)"
