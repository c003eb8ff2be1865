"""Finished films as people meet them: light, a minute long, read and heard, and leading back to their page.

`make test` takes a seeded sample, `make prove` (HOCSO_PROVE=1) every lesson of the book.
"""

from __future__ import annotations

import functools
import gzip
import os
import re
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from generator.engine.items import Bench, Handed, Item, Result
from generator.handbook.recorded.recordings import FASTEST
from generator.press import voice
from generator.press.browser import Browser, Sheet
from generator.press.captioned import captions
from generator.press.film import FPS, decode_sound, last_frame
from generator.press.orders import DRAFT
from generator.press.sound import pauses
from generator.products.films import clip
from generator.products.films.parts import studio
from generator.products.films.parts.reel import APPROACH
from generator.products.films.parts.scenes import Shot, shots_of
from generator.products.lesson import Lesson, part_class
from generator.products.pages import number
from tests.desks import PROJECT, desk, handbook
from tests.films import TYPE, apart, boxes, colour_frames, drafts_of, film_sheet, grey_frames, speech, told, wav
from tests.samples import sample
from tests.seen import read_image_codes
from tests.windows import served, window

pytestmark = pytest.mark.long

EVERY = [lesson.slug for lesson in handbook().lessons]
SAMPLE = sample(EVERY, 1, EVERY[-1])
SECONDS = (45, 65)
HEAVIEST, MIDDLE_WEIGHT, POSTER = 1_000_000, 700_000, 40_000
NUMBER_PAGE = 14_000
MOVES = 12
"""Differing frames a tap."""
SEEN, REST, SAMPLE_SECONDS, DIFFERENT = 0.05, 3.0, 2, 0.4
"""Of a hundred dots, so many differ where something moves; seconds; the share of samples."""


@dataclass(frozen=True)
class Shown:
    """A film and the number page it stands on, in a site of their own."""

    lesson: Lesson
    result: Result
    site: Path

    @property
    def film(self) -> Path:
        return self.site / f"clips/{self.lesson.slug}.mp4"

    @property
    def page(self) -> str:
        return f"{handbook().number_of(self.lesson.slug)}/index.html"

    @property
    def shots(self) -> tuple[Shot, ...]:
        return shots_of(self.lesson)

    @cached_property
    def small(self) -> list[bytes]:
        """Every frame, grey."""
        return grey_frames(self.film)

    @cached_property
    def starts(self) -> list[int]:
        """The strip at the lower edge tells which scene runs: where a whole piece of it changes colour."""
        strip = [np.frombuffer(frame, np.uint8).reshape(180, 320)[178] < 128 for frame in self.small]
        changed = 0.5 / len(self.shots)
        starts = [0, *(at + 1 for at, (one, two) in enumerate(pairwise(strip)) if (one != two).mean() > changed)]
        assert len(starts) == len(self.shots)
        return starts


def put_result(folder: Path, result: Result) -> None:
    for path, data in result.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def shoot(lesson: Lesson, browser: Browser, folder: Path) -> Shown:
    """Film and number page, made as a build makes them."""
    def item(items: list[Item], name: str) -> Item:
        return next(item for item in items if item.name == name)

    plan = item(clip.plan(desk()), f"clip:{lesson.slug}")
    result = plan.make(Bench(PROJECT, lambda: browser, folder / "memory"))
    handed = Handed({path: len(data) for path, data in result.files.items()}, result.facts, result.files.__getitem__)
    page = item(number.plan(desk()), f"number:{handbook().number_of(lesson.slug)}")
    put_result(folder, result)
    put_result(folder, page.make(Bench(PROJECT, lambda: browser, folder / "memory", {plan.name: handed})))
    return Shown(lesson, result, folder / "site")


@pytest.fixture(scope="module")
def shown(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Shown]:
    """Each film once."""
    if os.environ.get("HOCSO_NO_VOICE") != "1":
        assert voice.find_espeak(), voice.voice_hint().en
    folder = tmp_path_factory.mktemp("films")
    return functools.cache(lambda slug: shoot(handbook().by_slug[slug], browser, folder))


@pytest.fixture(scope="module")
def sheet(browser: Browser) -> Iterator[Sheet]:
    with film_sheet(browser) as opened:
        yield opened


Films = Callable[[str], Shown]
each = pytest.mark.parametrize("slug", SAMPLE)


# The files.


@pytest.mark.browser
@each
def test_a_film_is_light_and_a_minute_long(slug: str, shown: Films) -> None:
    one = shown(slug)
    files = one.result.files
    own = {path for path in files if path.startswith("clips/")}
    assert own == {f"clips/{slug}{end}" for end in (".mp4", ".vtt", ".jpg")}
    assert all(files[f"site/{path}"] == data for path, data in files.items() if path.startswith("clips/"))
    assert len(files[f"clips/{slug}.mp4"]) <= HEAVIEST and len(files[f"clips/{slug}.jpg"]) <= POSTER
    assert SECONDS[0] <= len(one.small) / FPS <= SECONDS[1]
    assert abs(one.result.facts["seconds"] - len(one.small) / FPS) < 0.1
    assert captions(files[f"clips/{slug}.mp4"]) == captions(files[f"clips/{slug}.jpg"]) != {}
    words = told(one.film)
    assert "1280x720" in words and "h264" in words and "aac (LC)" in words
    order = boxes(files[f"clips/{slug}.mp4"])
    assert order.index("moov") < order.index("mdat"), "fast start"


@pytest.mark.browser
def test_the_middle_weight(shown: Films) -> None:
    weights = [len(shown(slug).result.files[f"clips/{slug}.mp4"]) for slug in SAMPLE]
    assert statistics.median_low(weights) <= MIDDLE_WEIGHT  # of two, the lighter: the last is a card, and long


@pytest.mark.browser
@each
def test_captions_are_read_while_they_are_said(slug: str, shown: Films) -> None:
    one = shown(slug)
    cues = cues_of(one.result.files[f"clips/{slug}.vtt"].decode())
    for start, end, lines in cues:
        assert len(lines) <= 2 and max(map(len, lines)) <= 37, lines
        assert len(" ".join(lines)) / (end - start) <= 15, lines
    assert all(before[1] <= after[0] for before, after in pairwise(cues))
    assert cues[-1][1] <= len(one.small) / FPS + 0.001
    assert " ".join(" ".join(lines) for _, _, lines in cues) == spoken(one)


def cues_of(track: str) -> list[tuple[float, float, list[str]]]:
    """Without the one that says it is a draft, which stands for itself at the upper edge."""
    head, *blocks = track.rstrip("\n").split("\n\n")
    assert head == "WEBVTT"
    if blocks[0].startswith("NOTE "):
        mark = blocks[0].removeprefix("NOTE ")
        assert blocks[1].startswith("nhap\n") and blocks[1].endswith(f" line:0\n{mark}")
        blocks = blocks[2:]
    cues = []
    for block in blocks:
        _, times, *lines = block.split("\n")
        start, end = (sum(float(part) * 60**power for power, part in enumerate(reversed(clock.split(":"))))
                      for clock in times.split(" --> "))
        cues.append((start, end, [unescape(line) for line in lines]))
    return cues


def spoken(one: Shown) -> str:
    return " ".join(shot.words for shot in one.shots)


def heard(cues: str) -> str:
    """Of a draft's captions: what follows the mark they begin with."""
    assert cues.startswith(f"{DRAFT} ")
    return cues.removeprefix(f"{DRAFT} ")


# The frames.


@pytest.mark.browser
@each
def test_something_moves_at_every_tap(slug: str, shown: Films) -> None:
    one = shown(slug)
    for shot, start, end in zip(one.shots, one.starts, [*one.starts[1:], len(one.small)], strict=True):
        moving = sum(apart(before, after) > 0.02 for before, after in pairwise(one.small[start:end]))
        assert moving >= MOVES or not shot.has_tap, (shot.label, moving)


@pytest.mark.browser
@each
def test_nothing_stands_still_for_three_seconds(slug: str, shown: Films) -> None:
    """Measured from the frames of the finished film."""
    one = shown(slug)
    moving = [at for at, (before, after) in enumerate(pairwise(one.small), 1) if apart(before, after) > SEEN]
    assert max(two - one for one, two in pairwise([0, *moving, len(one.small)])) <= REST * FPS
    samples = one.small[:: SAMPLE_SECONDS * FPS]
    different = [apart(before, after) > 0.3 for before, after in pairwise(samples)]
    assert sum(different) >= DIFFERENT * len(different)


@pytest.mark.browser
@each
def test_the_poster_is_the_scene_with_a_mark_away_from_the_players_own(slug: str, shown: Films) -> None:
    """A player's button stands in the middle, its bar in the lowest quarter; the draft's tape at the head stays."""
    one = shown(slug)
    assert one.lesson.drawing
    poster = cv2.imdecode(np.frombuffer(one.result.files[f"clips/{slug}.jpg"], np.uint8), cv2.IMREAD_COLOR)
    assert poster is not None and poster.shape == (360, 640, 3)
    disc, below = poster[40:110, 545:620], poster[270:, 545:620]
    ink = np.array(colour_of(one.lesson, "part"))[::-1]
    alike = (np.abs(disc.astype(int) - ink).max(axis=2) < 24).mean()
    assert alike > 0.4, "the disc of the play mark, in the colour of the part"
    assert not (np.abs(below.astype(int) - ink).max(axis=2) < 24).any()
    assert (float(poster[:20].mean()) < 60) == bool(drafts_of(one.lesson)[0].frame.draft)
    assert (poster[60:, 100:540].max(axis=2) < 60).mean() > 0.03, "the lines of the scene"


@pytest.mark.browser
@each
def test_the_poster_shows_the_scene_of_its_own_lesson(slug: str, shown: Films, sheet: Sheet) -> None:
    """Of all scenes of the book it is most like that one, by far."""
    one, inner = shown(slug), np.s_[40:350, 110:530]
    poster = cv2.imdecode(np.frombuffer(one.result.files[f"clips/{slug}.jpg"], np.uint8), cv2.IMREAD_GRAYSCALE)
    assert poster is not None
    apart_by = {}
    for lesson in handbook().lessons:
        assert lesson.drawing
        sheet.fill(f'<svg viewBox="0 0 400 300" class="at">{lesson.drawing.svg}</svg>', "Cảnh",
                   ".at { position: absolute; left: 100px; top: 30px; width: 440px }")
        drawn = cv2.imdecode(np.frombuffer(sheet.png(640, 360), np.uint8), cv2.IMREAD_GRAYSCALE)
        assert drawn is not None
        apart_by[lesson.slug] = float(((drawn[inner] < 90) != (poster[inner] < 90)).mean())
    nearest, second = sorted(apart_by, key=lambda name: apart_by[name])[:2]
    assert nearest == slug and apart_by[slug] < 0.5 * apart_by[second], apart_by


def colour_of(lesson: Lesson, name: str) -> tuple[int, int, int]:
    """As theme/tokens.css says it."""
    rule = re.search(rf"\.{part_class(handbook(), lesson)} {{[^}}]*--{name}: #(\w\w)(\w\w)(\w\w)",
                     (PROJECT.theme / "tokens.css").read_text("utf-8"))
    assert rule
    red, green, blue = (int(part, 16) for part in rule.groups())
    return red, green, blue


@pytest.mark.browser
@each
def test_the_first_frame_and_the_last_wear_the_parts_colour(slug: str, shown: Films) -> None:
    one = shown(slug)
    ink, tint = (np.array(colour_of(one.lesson, name))[::-1] for name in ("part", "accent"))
    pale = tint * 0.3 + 255 * 0.7
    for frame in colour_frames(one.film, [30, len(one.small) - 1]):
        dots = np.frombuffer(frame, np.uint8).reshape(720, 1280, 3).astype(int)
        assert (np.abs(dots - pale).max(axis=2) < 10).mean() > 0.05
        assert (np.abs(dots - ink).max(axis=2) < 24).mean() > 0.004


@pytest.mark.browser
@each
def test_contrast_of_every_word_on_every_scene(slug: str, shown: Films, sheet: Sheet) -> None:
    """The darkest and the lightest dots around each word, as they come out of the film; a list is whole at its end."""
    one = shown(slug)
    drafts, ends = drafts_of(one.lesson), (*one.starts[1:], len(one.small))
    moments = [end - 4 if draft.frame.shot.kind == "list" else start + 3
               for draft, start, end in zip(drafts, one.starts, ends, strict=True)]
    for draft, frame in zip(drafts, colour_frames(one.film, moments), strict=True):
        light = luminance(np.frombuffer(frame, np.uint8).reshape(720, 1280, 3))
        sheet.fill(draft.pages["before"], "Phim")
        for text, _, _, left, top, right, bottom in sheet.evaluate(TYPE):
            box = light[int(top) : int(bottom) + 1, int(left) : int(right) + 1]
            ratio = (np.percentile(box, 99) + 0.05) / (np.percentile(box, 1) + 0.05)
            assert ratio >= 7, (draft.frame.index, text, ratio)


def luminance(picture: Any) -> Any:
    part = picture[:, :, ::-1] / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


@pytest.mark.browser
@each
def test_code_and_number_are_read_from_the_last_frame(slug: str, shown: Films, sheet: Sheet) -> None:
    one = shown(slug)
    frame = last_frame(one.film.read_bytes())
    entry = next(entry for entry in handbook().ledger if entry.target == slug)
    assert [code.payload for code in read_image_codes(frame)] == [f"https://hocso.example/{entry.number}"]
    grey = cv2.imdecode(np.frombuffer(frame, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert grey is not None and read_digits(grey, one.lesson, sheet) == entry.number


NUMBER_BOX = """text => {
  const number = document.querySelector('.number b');
  if (text) number.innerText = text;
  const box = number.getBoundingClientRect();
  return [box.left, box.top, box.right, box.bottom];
}"""


TAPE = 44
"""Rows at the head of a draft's frame."""


def read_digits(frame: Any, lesson: Lesson, sheet: Sheet) -> str:
    """Each digit on the frame is the one of ten drawn ones it is most like."""
    sheet.fill(drafts_of(lesson)[-1].pages["before"], "Phim")
    left, top, right, bottom = sheet.evaluate(NUMBER_BOX, "")
    top = max(top, TAPE)
    width = (right - left) / 4
    drawn = []
    for digit in "0123456789":
        sheet.evaluate(NUMBER_BOX, digit * 4)
        picture = cv2.imdecode(np.frombuffer(sheet.png(1280, 720), np.uint8), cv2.IMREAD_GRAYSCALE)
        assert picture is not None
        drawn.append(picture[int(top) : int(bottom), int(left) : int(left + width)])
    read = ""
    for place in range(4):
        at = int(left + place * width)
        cell = frame[int(top) : int(bottom), max(0, at - 3) : at + drawn[0].shape[1] + 3]
        likeness = [cv2.matchTemplate(cell, one, cv2.TM_CCOEFF_NORMED).max() for one in drawn]
        assert max(likeness) > 0.9
        read += str(int(np.argmax(likeness)))
    return read


# In a browser.


PLAY = """async () => {
  const video = document.querySelector('video');
  video.muted = true;
  video.textTracks[0].mode = 'showing';
  video.playbackRate = 16;
  const ended = new Promise((done, fail) => {
    video.addEventListener('ended', done);
    video.addEventListener('error', () => fail(new Error(video.error.message)));
    setTimeout(() => fail(new Error('stuck at ' + video.currentTime)), 60000);
  });
  await video.play();
  await ended;
  return [video.currentTime, [...video.textTracks[0].cues].map(cue => cue.text.replaceAll('\\n', ' ')).join(' ')];
}"""


@pytest.mark.browser
@each
def test_it_plays_to_its_end_on_its_number_page(slug: str, shown: Films, browser: Browser) -> None:
    one = shown(slug)
    with served(one.site) as address, window(browser) as visit:
        visit.page.goto(f"{address}/{one.page}")
        seconds, words = visit.page.evaluate(PLAY)
        assert visit.refused == []
    assert abs(seconds - one.result.facts["seconds"]) < 0.2
    assert heard(words) == spoken(one)


@pytest.mark.browser
def test_it_plays_from_a_stick_with_captions(shown: Films, browser: Browser) -> None:
    """No browser reads a file of captions beside a page that was opened as a file."""
    one = shown(SAMPLE[0])
    with window(browser) as visit:
        visit.page.goto((one.site / one.page).as_uri())
        seconds, words = visit.page.evaluate(PLAY)
    assert abs(seconds - one.result.facts["seconds"]) < 0.2
    assert heard(words) == spoken(one)


@pytest.mark.browser
@each
def test_the_number_page_stays_light_and_names_the_voice(slug: str, shown: Films) -> None:
    html = (shown(slug).site / shown(slug).page).read_bytes()
    assert len(gzip.compress(html, 6, mtime=0)) <= NUMBER_PAGE
    assert re.search(r"<figcaption>Phim [\w ]+ giây\. Giọng máy đọc\.</figcaption>", html.decode())
    assert "data-say" not in html.decode()


# A recording.


@pytest.mark.wide
@pytest.mark.browser
def test_scenes_of_a_recorded_film_change_in_its_pauses(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen in the frames, heard in the sound of the finished file."""
    lesson = handbook().by_slug[SAMPLE[0]]
    lengths = [len(shot.words) / 13 for shot in shots_of(lesson)]
    recording = {"content/topics/x/giong.wav": wav(speech(lengths, 0.8))}
    monkeypatch.setattr(studio, "recordings_of", lambda *_: recording)
    one = shoot(lesson, browser, tmp_path)
    assert one.result.facts["voice"] == "giọng người đọc"
    assert not [finding for finding in one.result.findings if str(FASTEST) not in finding.message.vi]
    heard = [pause for pause in pauses(decode_sound(one.film.read_bytes())) if pause.length > 0.5]
    for start in one.starts[1:]:
        moment = start / FPS
        assert min(max(pause.start - moment, moment - pause.end, 0.0) for pause in heard) <= 0.3
        assert min(abs(pause.middle - moment) for pause in heard) <= 0.3 + APPROACH / FPS / 10
    assert "Giọng người đọc." in (one.site / one.page).read_text("utf-8")


# Without a voice.


VOICE = """
  let now = null;
  const said = [];
  class Utterance { constructor(text) { this.text = text; } }
  const speech = { getVoices: () => VOICES, addEventListener() {}, get speaking() { return !!now; },
    speak(u) { now = u; said.push(u.text); }, cancel() { now = null; } };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = Utterance;
  window.said = said;
  window.spoken = () => { const u = now; now = null; u.onend(); };
"""
UNFOLD = "document.querySelector('details.face').open = true"
"""The film lies under the scene; a tap would begin it at once."""
LOCAL = "[{lang: 'vi-VN', localService: true}]"


@pytest.fixture(scope="module")
def silent(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(voice, "find_espeak", lambda: "")
        yield shoot(handbook().by_slug[SAMPLE[0]], browser, tmp_path_factory.mktemp("silent"))


def wait_until(page: Any, true: str) -> None:
    """The page's policy lets no waiting script in; asking again and again it does."""
    for _ in range(200):
        if page.evaluate(true):
            return
        page.wait_for_timeout(50)
    raise AssertionError(true)


@pytest.mark.wide
@pytest.mark.browser
def test_above_a_silent_film_the_phone_reads_its_words(silent: Shown, browser: Browser) -> None:
    assert silent.result.facts["voice"] == "phim không tiếng"
    assert silent.starts == [round(start * FPS) for start, _ in silent.result.facts["said"]]
    with window(browser) as visit:
        page = visit.page
        page.add_init_script(VOICE.replace("VOICES", LOCAL))
        page.goto((silent.site / silent.page).as_uri())
        page.evaluate(UNFOLD)
        assert "Phim không tiếng." in page.locator(".film figcaption").inner_text()
        button = page.get_by_role("button", name="Nghe máy đọc")
        assert button.bounding_box()["y"] < page.locator("video").bounding_box()["y"]  # type: ignore[index]
        button.click()
        wait_until(page, "!document.querySelector('video').paused")
        for index, shot in enumerate(silent.shots):
            assert page.evaluate("said.length") == index + 1 and page.evaluate("said.at(-1)") == shot.words
            at = page.evaluate("document.querySelector('video').currentTime")
            assert silent.starts[index] / FPS - 0.1 <= at < silent.starts[index] / FPS + 3
            page.evaluate("spoken()")
        assert page.get_by_role("button", name="Nghe máy đọc").is_visible()
        assert visit.refused == []


@pytest.mark.browser
def test_the_film_waits_for_the_voice_and_ends_with_it(silent: Shown, browser: Browser) -> None:
    with window(browser) as visit:
        page = visit.page
        page.add_init_script(VOICE.replace("VOICES", LOCAL))
        page.goto((silent.site / silent.page).as_uri())
        page.evaluate(UNFOLD)
        page.get_by_role("button", name="Nghe máy đọc").click()
        page.evaluate("document.querySelector('video').playbackRate = 2")  # the page is told of time by the second
        wait_until(page, "document.querySelector('video').currentTime > 1 && document.querySelector('video').paused")
        at = page.evaluate("document.querySelector('video').currentTime")
        assert silent.starts[1] / FPS - 0.4 < at < silent.starts[2] / FPS, "it waits in the part the voice comes to"
        assert page.evaluate("said.length") == 1
        page.get_by_role("button", name="Thôi đọc").click()
        assert not page.evaluate("speechSynthesis.speaking")


@pytest.mark.browser
@pytest.mark.parametrize(("voices", "script"), [("[]", True), ("[{lang: 'vi-VN', localService: false}]", True),
                                                (LOCAL, False)])
def test_where_nothing_can_read_nothing_is_offered(silent: Shown, voices: str, script: bool, browser: Browser) -> None:
    with window(browser, (360, 640), java_script_enabled=script) as visit:
        visit.page.add_init_script(VOICE.replace("VOICES", voices))
        visit.page.goto((silent.site / silent.page).as_uri())
        visit.page.click(".face > summary")
        assert visit.page.locator("[data-say]").is_hidden()
        assert visit.page.locator("video").is_visible()


def test_a_silent_page_stays_light(silent: Shown) -> None:
    assert len(gzip.compress((silent.site / silent.page).read_bytes(), 6, mtime=0)) <= NUMBER_PAGE
