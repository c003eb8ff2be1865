"""Films before they are encoded: what every scene of the book shows and says, what is made again when it changes."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from generator.engine.items import Bench, Result
from generator.ground.findings import Place
from generator.handbook.model import Edition, Help, Phrase
from generator.handbook.printed import own_of
from generator.press import voice
from generator.press.browser import Browser, Sheet
from generator.press.film import FPS, Sprite, Still, Window, encode_scene
from generator.press.voice import find_espeak
from generator.products.films import clip
from generator.products.films.parts import reel, studio
from generator.products.films.parts.frames import TALL, WIDE, Shape, pictures_of
from generator.products.films.parts.reel import AFTER, APPROACH, LEAST_WITH_TAP, PRESS
from generator.products.films.parts.scenes import message_of, shots_of
from generator.products.films.parts.studio import told_values
from generator.products.lesson import Lesson
from tests.desks import PROJECT, desk, handbook, with_edition
from tests.films import READ, TYPE, drafts_of, film_sheet, tearing
from tests.samples import PROVE, sample

pytestmark = pytest.mark.long
SLUG = "cai-vneid"
SECONDS = (45, 65)
STRIP = 710
"""Where the strip at the lower edge begins."""
FULL = PROVE
FEW = None if PROVE else 6
"""Scenes of a film that is made."""


def bench(browser: Browser, folder: Path) -> Bench:
    return Bench(PROJECT, lambda: browser, folder / "memory")


def make(slug: str, browser: Browser, folder: Path, **changes: Any) -> Result:
    """Of a topic's scenes the first, unless told otherwise: all are drawn and encoded alike."""
    book = handbook()
    topics = tuple(replace(topic, **{"clip": topic.clip[:FEW], **changes}) if topic.slug == slug else topic
                   for topic in book.topics)
    book = replace(book, topics=topics)
    item = next(item for item in clip.plan(desk(book)) if item.name == f"clip:{slug}")
    return item.make(bench(browser, folder))


@pytest.fixture(scope="module")
def made(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    folder = tmp_path_factory.mktemp("clip")
    result = make(SLUG, browser, folder)
    for path, data in result.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return result, folder


@pytest.fixture(scope="module")
def sheet(browser: Browser) -> Iterator[Sheet]:
    with film_sheet(browser) as opened:
        yield opened


# Made again.


@pytest.mark.wide
@pytest.mark.browser
def test_two_makes_are_the_same_bytes_and_a_changed_word_remakes_its_scene(
    made: tuple[Result, Path], browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded: list[int] = []

    @wraps(encode_scene)
    def count(stills: Sequence[Still], sprites: Sequence[Sprite] = (), window: Window | None = None) -> bytes:
        encoded.append(len(stills))
        return encode_scene(stills, sprites, window)

    monkeypatch.setattr(reel, "encode_scene", count)
    result, _ = made
    again = make(SLUG, browser, tmp_path)
    assert again.files == result.files and again.facts == result.facts
    before = len(encoded)
    topic = handbook().topic(SLUG)
    assert topic
    changed = (*topic.clip[:3], replace(topic.clip[3], words=Phrase("Bác mang căn cước ra công an.")),
               *topic.clip[4:FEW])
    other = make(SLUG, browser, tmp_path, clip=changed)
    assert other.files != result.files
    assert before > 1 and len(encoded) - before == 1


@pytest.mark.wide
@pytest.mark.browser
def test_what_is_broken_in_the_stock_is_made_anew(made: tuple[Result, Path], browser: Browser) -> None:
    result, folder = made
    for path in (folder / "drawn").iterdir():
        path.write_bytes(path.read_bytes()[:-7] + b"rubbish")
    assert make(SLUG, browser, folder).files == result.files


# Every scene of the book.


@pytest.mark.browser
def test_type_is_large_and_stays_in_the_frame(sheet: Sheet) -> None:
    for lesson in sample(handbook().lessons, 12, handbook().lessons[-1]):
        for draft in drafts_of(lesson):
            sheet.fill(draft.pages["before"], "Phim")
            for text, on_phone, size, left, top, right, bottom in sheet.evaluate(TYPE):
                where = (lesson.slug, draft.frame.index, text, size, left, top, right, bottom)
                assert size >= 720 / (32 if on_phone else 20) - 0.01, where
                assert left >= 0 and top >= 0 and right <= 1280 and bottom <= STRIP, where
                if draft.frame.phone and not on_phone:
                    assert right <= draft.frame.phone.left + 1, where
            _, end, _ = sheet.evaluate(READ)
            assert end <= sum(draft.frame.box[1::2]) + 1, (lesson.slug, draft.frame.index, "words over the people")


@pytest.mark.browser
@pytest.mark.parametrize("shape", [WIDE, TALL], ids=lambda shape: shape.name)
def test_no_frame_tears_a_compound(shape: Shape, browser: Browser) -> None:
    """Titles and all other words; asked of lines as they stand in the frame."""
    lessons = sample(handbook().lessons, 16, handbook().by_slug["cai-vneid"], handbook().by_slug["khai-sinh"])
    with film_sheet(browser, shape) as sheet:
        assert [one for lesson in lessons for one in tearing(drafts_of(lesson, shape), sheet)] == []


BALANCED = """() => [...document.querySelectorAll('h1, .main, .goal, .lines span, .warn p, .guards p')]
.map(one => getComputedStyle(one).textWrap.replace('wrap ', ''))"""


@pytest.mark.browser
def test_words_of_frames_are_balanced(sheet: Sheet) -> None:
    for draft in drafts_of(handbook().by_slug["tranh-lua-dao"]):
        sheet.fill(draft.pages["before"], "Phim")
        worn = sheet.evaluate(BALANCED)
        assert {*worn} == {"balance"}, draft.frame.index


SIGNED = """() => ['.number b', '.address'].map(what => parseFloat(
  getComputedStyle(document.querySelector(what)).fontSize))"""


@pytest.mark.browser
@pytest.mark.parametrize("shape", [WIDE, TALL], ids=lambda shape: shape.name)
def test_a_film_ends_with_a_large_number_and_a_small_address(shape: Shape, sheet: Sheet) -> None:
    for lesson in sample(handbook().lessons, 6):
        sheet.fill(drafts_of(lesson, shape)[-1].pages["before"], "Phim")
        number, address = sheet.evaluate(SIGNED)
        assert number >= 2.5 * address and number >= shape.height / 12, (lesson.slug, number, address)


def test_every_film_takes_a_minute() -> None:
    if os.environ.get("HOCSO_NO_VOICE") == "1":
        pytest.skip("HOCSO_NO_VOICE=1")
    assert find_espeak(), voice.voice_hint().en
    book = handbook()
    few: tuple[Lesson, ...] = book.lessons
    if not FULL:
        few = (*random.Random(20261120).sample(book.topics, 4), *book.cards)
    speaker = studio.speaker_of(desk())
    for lesson in few:
        shots = shots_of(lesson)
        spoken = studio.tell(shots, {}, speaker)
        assert SECONDS[0] <= spoken.seconds <= SECONDS[1], (lesson.slug, spoken.seconds)
        for shot, cut in zip(shots, spoken.cuts, strict=True):
            assert not shot.has_tap or cut.frames >= LEAST_WITH_TAP, lesson.slug


# Words and data.


def test_every_lesson_has_a_film_and_its_last_scene_the_message() -> None:
    items = clip.plan(desk())
    assert {item.name for item in items} == {f"clip:{lesson.slug}" for lesson in handbook().lessons}
    for lesson in handbook().lessons:
        shots = shots_of(lesson)
        assert shots[-1].kind == "close" and shots[-1].text.text, lesson.slug


MESSAGES = [
    ("Bà con nhớ một điều thôi: đọc địa chỉ trước, bấm sau.", "Đọc địa chỉ trước, bấm sau."),
    ("Máy báo xong. Bà con nhớ nhé: đọc tên rồi mới bấm! Đọc tên rồi mới bấm!", "Đọc tên rồi mới bấm!"),
    ("Đừng vội. Hỏi đã, rồi làm!", "Hỏi đã, rồi làm!"),
    ("", ""),
]


@pytest.mark.parametrize(("words", "message"), MESSAGES)
def test_the_message_of_the_last_row(words: str, message: str) -> None:
    assert message_of(words) == message


@pytest.mark.parametrize(("code", "region"), [
    ("", "north"), ("31", "north"), ("38", "central"), ("46", "central"), ("68", "central"), ("75", "south"),
    ("96", "south"),
])
def test_the_voice_of_the_region(code: str, region: str) -> None:
    assert studio.region_of(with_edition(code=code)) == region
    book = handbook("phuong-hai-duong")
    editions = tuple(_coded(edition, code) if edition.id == "hai-phong" else edition for edition in book.editions)
    assert studio.region_of(replace(book, editions=editions)) == region


def test_an_edition_names_its_accent() -> None:
    assert studio.region_of(with_edition(code="31", accent="south")) == "south"
    spoken = [item.digest for accent in ("", "central", "south")
              for item in clip.plan(desk(with_edition(accent=accent))) if item.name == f"clip:{SLUG}"]
    assert len(set(spoken)) == 3


def _coded(edition: Edition, code: str) -> Edition:
    return replace(edition, code=code)


def test_a_step_without_words_has_no_scene_and_a_picture_stands_in_it() -> None:
    topic = handbook().topic(SLUG)
    assert topic
    empty = replace(topic, clip=(replace(topic.clip[0], words=Phrase("")), *topic.clip[1:]))
    assert len(shots_of(empty)) == len(topic.clip) - 1
    file = replace(topic, clip=(replace(topic.clip[0], kind="file", file="anh.jpg"), *topic.clip[1:]))
    assert shots_of(file)[0].file == f"content/topics/{SLUG}/anh.jpg"
    assert shots_of(replace(topic, clip=())) == ()


PARTS = """() => ['.frame', '.words', '.shown'].map(part => {
  const box = document.querySelector(part).getBoundingClientRect();
  return [box.left, box.top, box.right, box.bottom];
})"""


@pytest.mark.browser
@pytest.mark.parametrize("shape", [WIDE, TALL])
def test_a_picture_stands_beside_what_is_said_of_it(shape: Shape, sheet: Sheet) -> None:
    topic = handbook().topic(SLUG)
    assert topic
    words = Phrase("Ảnh này tối quá, mất một góc. Mình chụp lại nhé.")
    row = replace(topic.clip[0], kind="file", file="../../pictures/quay.svg", words=words)
    draft = drafts_of(replace(topic, clip=(row, *topic.clip[1:])), shape)[0]
    assert draft.frame.shot.text == Phrase("Ảnh này tối quá, mất một góc.")
    sheet.fill(draft.pages["before"], "Phim")
    frame, told, shown = sheet.evaluate(PARTS)
    assert frame == [0, 0, shape.width, shape.height]
    assert all(part[0] >= 0 and part[2] <= shape.width and part[3] <= shape.height for part in (told, shown))
    assert told[2] <= shown[0] or told[3] <= shown[1], "words and picture lie over each other"


def test_what_a_row_names_wrongly_leaves_its_words(tmp_path: Path) -> None:
    """The check tells; the film says all its words, under the title or without the picture."""
    topic = handbook().topic(SLUG)
    assert topic
    rows = (replace(topic.clip[0], kind="step", index=9), replace(topic.clip[1], kind="file", file="khong-co.jpg"),
            replace(topic.clip[2], kind="file", file="index.md"), *topic.clip[3:])
    odd = replace(topic, clip=rows)
    shots = shots_of(odd)
    assert [shot.words for shot in shots] == [shot.words for shot in shots_of(topic)]
    assert shots[0].kind == "title" and list(pictures_of(desk(), shots))[1:3] == ["", ""]
    book = handbook()
    book = replace(book, topics=tuple(odd if one.slug == SLUG else one for one in book.topics))
    assert any(item.name == f"clip:{SLUG}" for item in clip.plan(desk(book)))
    assert drafts_of(odd)[1].frame.box == WIDE.shared.text
    assert drafts_of(replace(odd, drawing=None))[1].frame.box == WIDE.full


@pytest.mark.parametrize(("program", "why"), [("import time; time.sleep(60)", "Quá 1 giây"),
                                              ("raise SystemExit('hết bộ nhớ')", "hết bộ nhớ")])
def test_a_command_that_hangs_or_fails_is_told_with_its_line(
    program: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every film is made all the same, with the next voice, and the mistake said once."""
    monkeypatch.setattr(voice, "find_espeak", lambda: "")
    command = f'"{sys.executable}" -c "{program}"'
    site = replace(handbook().site, speech=command, speech_place=Place("mkdocs.yml", 57, 8))
    speaker = studio.speaker_of(desk(replace(handbook(), site=site)))
    speaker.limit, speaker.stock = 1, None
    told = [studio.tell(shots_of(lesson), {}, speaker) for lesson in handbook().lessons[:3]]
    assert {spoken.voice for spoken in told} == {"silence"}
    (said,) = {note for spoken in told for note in spoken.findings}
    assert (said.rule, said.place) == ("clip.voice", Place("mkdocs.yml", 57, 8))
    assert why in said.message.vi and "Sửa lệnh" in said.fix.vi


def test_finger_press_and_result_take_a_second_each() -> None:
    assert min(APPROACH, PRESS, AFTER) >= FPS


def test_nothing_changes_nothing() -> None:
    one, two = (next(i for i in clip.plan(desk()) if i.name == f"clip:{SLUG}").digest for _ in range(2))
    assert one == two
    other = next(i for i in clip.plan(desk(with_edition(address="https://khac.example/"))) if i.name == f"clip:{SLUG}")
    assert other.digest != one


def test_a_piece_that_is_drawn_anew_makes_its_films_anew() -> None:
    """Those in which it stands, whether in the lesson's scene or in an act of a row."""
    book = handbook()
    pieces = tuple(replace(piece, svg=piece.svg.replace("<path", "<path ", 1)) if piece.name == "bac-nghe-lo" else piece
                   for piece in book.pieces)
    before, after = ({item.name: item.digest for item in clip.plan(desk(one))}
                     for one in (book, replace(book, pieces=pieces)))
    changed = {name for name, digest in after.items() if digest != before[name]}
    assert "clip:tranh-lua-dao" in changed and len(changed) < len(after) / 4


def test_a_film_is_the_same_wherever_it_is_made() -> None:
    """It names the number and the address of the whole country; a commune's own stand elsewhere."""
    commune = with_edition(id="xa-thu", layers=("viet-nam", "xa-thu"), address="https://xa.example/",
                           help=(Help("đầu mối", "Nhà văn hóa"),))
    own = {f"clip:{slug}" for slug in commune.by_slug if own_of(commune, told_values(commune, commune.by_slug[slug]))}
    there, here = ({item.name: item.digest for item in clip.plan(made)} for made in (desk(commune), desk()))
    assert {name for name, digest in there.items() if here[name] != digest} <= own and len(own) < len(there) / 4


LINES = """() => {
  const title = document.querySelector('h1'), range = document.createRange(), lines = [];
  const texts = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) for (const word of texts.currentNode.data.matchAll(/[^ \\n]+/g)) {
    range.setStart(texts.currentNode, word.index);
    range.setEnd(texts.currentNode, word.index + word[0].length);
    const box = range.getBoundingClientRect(), last = lines.at(-1);
    if (last && Math.abs(last.top - box.top) < 9) last.right = box.right;
    else lines.push({top: box.top, left: box.left, right: box.right});
  }
  return lines.map(line => line.right - line.left);
}"""


@pytest.mark.browser
def test_no_line_of_a_title_is_a_word_left_alone(sheet: Sheet) -> None:
    """Of every film of the book: none is shorter than two fifths of the longest."""
    for lesson in handbook().lessons:
        sheet.fill(drafts_of(lesson)[0].pages["before"], "Phim")
        lines = sheet.evaluate(LINES)
        assert min(lines) >= 0.4 * max(lines), (lesson.slug, lines)
