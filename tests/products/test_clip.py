"""Films as people see them: large type, something moves at every tap, the last frame is the way back to the page."""

from __future__ import annotations

import functools
import http.server
import os
import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from generator.handbook.model import Edition, Phrase
from generator.items import Bench, Result
from generator.press import voice
from generator.press.browser import Browser, Sheet
from generator.press.film import FPS, last_frame
from generator.press.proof import read_image_codes
from generator.press.sound import silence
from generator.press.voice import find_espeak
from generator.products import clip, studio
from generator.products.frames import WIDE
from generator.products.narration import Cut, Narration
from generator.products.paper import Lesson
from generator.products.reel import LEAST_WITH_TAP
from generator.products.scenes import message_of, shots_of
from tests.films import boxes, grey_frames, told
from tests.products.papers import PROJECT, desk, handbook, with_edition

SLUG = "cai-vneid"
SECONDS = (45, 65)
LEAST_TYPE, LEAST_SCREEN_TYPE = 720 / 20, 720 / 32
FULL = os.environ.get("HOCSO_PROVE") == "1"
TYPE = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, parent = node.parentElement;
    if (!node.data.trim() || ['STYLE', 'SCRIPT'].includes(parent.tagName)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const svg = parent.closest('svg');
    const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    found.push([node.data.trim(), !!parent.closest('.phone'), parseFloat(getComputedStyle(parent).fontSize) * scale,
                box.left, box.top, box.right, box.bottom]);
  }
  return found;
}"""


def bench(browser: Browser, folder: Path) -> Bench:
    return Bench(PROJECT, lambda: browser, folder / "memory")


def make(slug: str, browser: Browser, folder: Path, **changes: Any) -> Result:
    book = handbook()
    if changes:
        topics = tuple(replace(topic, **changes) if topic.slug == slug else topic for topic in book.topics)
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
    opened = browser.open_sheet(studio.open_studio(desk()).style)
    opened.png(WIDE.width, WIDE.height)
    yield opened
    opened.close()


def quiet(lesson: Lesson) -> Narration:
    """A film of silence: enough to draw it."""
    cuts = [Cut(silence(5), 5 * FPS, 0, 4) for _ in shots_of(lesson)]
    return Narration(tuple(cuts), "silence")


def drafts_of(lesson: Lesson) -> list[Any]:
    return studio.draft_film(studio.open_studio(desk()), lesson, shots_of(lesson), quiet(lesson), WIDE)


# The finished film.


@pytest.mark.browser
def test_a_film_is_light_and_a_minute_long(made: tuple[Result, Path]) -> None:
    result, folder = made
    film = result.files[f"clips/{SLUG}.mp4"]
    assert {path for path in result.files if path.startswith("clips/")} == {
        f"clips/{SLUG}{end}" for end in (".mp4", ".vtt", ".jpg")}
    assert all(result.files[f"site/{path}"] == data for path, data in result.files.items() if path.startswith("clips/"))
    assert len(film) <= 600_000 and len(result.files[f"clips/{SLUG}.jpg"]) <= 40_000
    assert SECONDS[0] <= result.facts["seconds"] <= SECONDS[1]
    words = told(folder / f"clips/{SLUG}.mp4")
    assert "1280x720" in words and "h264" in words and "aac (LC)" in words
    order = boxes(film)
    assert order.index("moov") < order.index("mdat")


@pytest.mark.browser
def test_code_and_number_are_read_from_the_last_frame(made: tuple[Result, Path], sheet: Sheet) -> None:
    result, _ = made
    frame = last_frame(result.files[f"clips/{SLUG}.mp4"])
    number = handbook().number_of(SLUG)
    assert [code.payload for code in read_image_codes(frame)] == [f"https://hocso.example/{number}"]
    drafts = drafts_of(handbook().by_slug[SLUG])
    sheet.fill(drafts[-1].pages["before"], "Phim")
    assert sheet.evaluate("() => document.querySelector('.number b').innerText") == number
    expected = cv2.imdecode(np.frombuffer(sheet.png(1280, 720), np.uint8), cv2.IMREAD_GRAYSCALE)
    shown = cv2.imdecode(np.frombuffer(frame, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert expected is not None and shown is not None
    box = sheet.evaluate("() => { const b = document.querySelector('.number b').getBoundingClientRect();"
                         "return [b.top, b.bottom, b.left, b.right].map(Math.round) }")
    top, bottom, left, right = box
    apart = np.abs(expected[top:bottom, left:right].astype(int) - shown[top:bottom, left:right])
    assert apart.mean() < 6, "the digits on the film are those of the ledger"


@pytest.mark.browser
def test_something_moves_at_every_tap(made: tuple[Result, Path]) -> None:
    _, folder = made
    frames = grey_frames(folder / f"clips/{SLUG}.mp4")
    shots = shots_of(handbook().by_slug[SLUG])
    taps = [shot.has_tap for shot in shots]
    assert sum(taps) >= 2
    starts = _scene_starts(frames, len(shots))
    for has_tap, start, end in zip(taps, starts, [*starts[1:], len(frames)], strict=True):
        moving = sum(_apart(one, two) > 0.02 for one, two in pairwise(frames[start:end]))
        assert moving >= 12 if has_tap else moving == 0, (start, end, moving)


def _apart(one: bytes, two: bytes) -> float:
    """How many of a hundred dots differ clearly."""
    a, b = (np.frombuffer(frame, np.uint8).astype(int) for frame in (one, two))
    return float((np.abs(a - b) > 24).mean() * 100)


def _scene_starts(frames: list[bytes], count: int) -> list[int]:
    """The strip at the lower edge tells which scene runs: where most of it changes colour."""
    strip = [np.frombuffer(frame, np.uint8).reshape(180, 320)[178] < 128 for frame in frames]
    starts = [0, *(index + 1 for index, (one, two) in enumerate(pairwise(strip)) if (one != two).mean() > 0.08)]
    assert len(starts) == count
    return starts


@pytest.mark.browser
def test_two_makes_are_the_same_bytes_and_a_changed_word_remakes_its_scene(
    made: tuple[Result, Path], browser: Browser, tmp_path: Path
) -> None:
    result, _ = made
    again = make(SLUG, browser, tmp_path)
    assert again.files == result.files and again.facts == result.facts
    scenes = tmp_path / "scenes"
    before = {path.name for path in scenes.iterdir()}
    topic = handbook().topic(SLUG)
    assert topic
    changed = (*topic.clip[:3], replace(topic.clip[3], words=Phrase("Bác mang căn cước ra công an.")), *topic.clip[4:])
    other = make(SLUG, browser, tmp_path, clip=changed)
    assert other.files != result.files
    assert len({path.name for path in scenes.iterdir()} - before) == 1


@pytest.mark.browser
def test_a_broken_scene_in_the_stock_is_made_anew(made: tuple[Result, Path], browser: Browser) -> None:
    result, folder = made
    for path in (folder / "scenes").iterdir():
        path.write_bytes(path.read_bytes()[:-7] + b"rubbish")
    assert make(SLUG, browser, folder).files == result.files


@pytest.mark.browser
def test_it_plays_to_its_end_with_captions(made: tuple[Result, Path], browser: Browser) -> None:
    result, folder = made
    (folder / "page.html").write_text(
        f'<!doctype html><video src="clips/{SLUG}.mp4" muted><track default kind="captions" srclang="vi" '
        f'src="clips/{SLUG}.vtt"></video>', "utf-8")
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with browser.page() as visit:
            visit.page.goto(f"http://127.0.0.1:{server.server_port}/page.html")
            seconds, cues = visit.page.evaluate(PLAY)
        server.shutdown()
    assert abs(seconds - result.facts["seconds"]) < 0.2
    shots = shots_of(handbook().by_slug[SLUG])
    assert " ".join(cues) == " ".join(shot.words for shot in shots)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


PLAY = """async () => {
  const video = document.querySelector('video');
  video.textTracks[0].mode = 'showing';
  video.playbackRate = 16;
  const ended = new Promise((done, fail) => {
    video.addEventListener('ended', done);
    video.addEventListener('error', () => fail(new Error(video.error.message)));
    setTimeout(() => fail(new Error('stuck at ' + video.currentTime)), 60000);
  });
  await video.play();
  await ended;
  return [video.currentTime, [...video.textTracks[0].cues].map(cue => cue.text.replaceAll('\\n', ' '))];
}"""


# Every scene of the book.


@pytest.mark.browser
def test_type_is_large_and_stays_in_the_frame(sheet: Sheet) -> None:
    for lesson in handbook().lessons:
        for draft in drafts_of(lesson):
            sheet.fill(draft.pages["before"], "Phim")
            for text, on_phone, size, left, top, right, bottom in sheet.evaluate(TYPE):
                where = (lesson.slug, draft.frame.index, text, size, left, top, right, bottom)
                assert size >= (LEAST_SCREEN_TYPE if on_phone else LEAST_TYPE) - 0.01, where
                assert left >= 0 and top >= 0 and right <= 1280 and bottom <= 720, where
                if draft.frame.phone and not on_phone:
                    assert right <= draft.frame.phone.left + 1, where


@pytest.mark.browser
def test_contrast_on_frames(sheet: Sheet) -> None:
    """The darkest and the lightest dots of each text's box, as they come out of the drawing."""
    kinds: dict[str, Any] = {}
    for lesson in handbook().lessons:
        for draft in drafts_of(lesson):
            kinds.setdefault(f"{draft.frame.shot.kind}{bool(draft.frame.shot.more)}{bool(draft.frame.phone)}", draft)
    for name, draft in kinds.items():
        sheet.fill(draft.pages["before"], "Phim")
        picture = cv2.imdecode(np.frombuffer(sheet.png(1280, 720), np.uint8), cv2.IMREAD_COLOR)
        assert picture is not None
        light = _luminance(picture)
        for text, _, _, left, top, right, bottom in sheet.evaluate(TYPE):
            box = light[int(top) : int(bottom) + 1, int(left) : int(right) + 1]
            ratio = (np.percentile(box, 99) + 0.05) / (np.percentile(box, 1) + 0.05)
            assert ratio >= 7, (name, text, ratio)


def _luminance(picture: Any) -> Any:
    part = picture[:, :, ::-1] / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def test_every_film_takes_a_minute() -> None:
    if os.environ.get("HOCSO_NO_VOICE") == "1":
        pytest.skip("HOCSO_NO_VOICE=1")
    assert find_espeak(), voice.voice_hint().en
    lessons = list(handbook().lessons)
    sample = lessons if FULL else [*random.Random(20261120).sample(lessons, 4), lessons[-1]]
    speaker = studio.speaker_of(desk())
    for lesson in sample:
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


@pytest.mark.parametrize(("code", "region"), [("", "north"), ("31", "north"), ("46", "central"), ("79", "south")])
def test_the_voice_of_the_region(code: str, region: str) -> None:
    assert studio.region_of(with_edition(code=code)) == region
    book = handbook("phuong-hai-duong")
    editions = tuple(_coded(edition, code) if edition.id == "hai-phong" else edition for edition in book.editions)
    assert studio.region_of(replace(book, editions=editions)) == region


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


def test_nothing_changes_nothing() -> None:
    one, two = (next(i for i in clip.plan(desk()) if i.name == f"clip:{SLUG}").digest for _ in range(2))
    assert one == two
    other = next(i for i in clip.plan(desk(with_edition(address="https://khac.example/"))) if i.name == f"clip:{SLUG}")
    assert other.digest != one
