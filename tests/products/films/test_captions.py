"""Captions: short lines, the words spoken and no others, read in the time they are said."""

from __future__ import annotations

from itertools import pairwise

import pytest

from generator.handbook.spoken import count
from generator.press.browser import Browser
from generator.press.orders import DRAFT
from generator.products.films.parts.captions import LINE, Caption, caption_words, clock, two_lines, write_vtt
from generator.products.films.parts.scenes import shots_of
from generator.products.lesson import UNSIGNED
from generator.products.pages.parts.web import track_address
from tests.desks import handbook
from tests.windows import window

SCENES = [(lesson.slug, shot.words) for lesson in handbook().lessons for shot in shots_of(lesson)]


def test_captions_of_the_whole_book() -> None:
    assert len(SCENES) > 150
    for slug, words in SCENES:
        spoken = count(words) * 60 / 150
        captions = caption_words(words, 0.3, spoken, 0.3 + spoken + 0.35)
        assert " ".join(caption.text for caption in captions) == words, slug
        for one in captions:
            assert 1 <= len(one.lines) <= 2 and max(map(len, one.lines)) <= LINE, (slug, one)
            assert len(one.text) / (one.end - one.start) <= 15, (slug, one)
        assert all(one.end <= two.start + 1e-9 for one, two in pairwise(captions))


CUT = [
    ("Khoan!", ["Khoan!"]),
    ("Bà con ơi! Ô vuông đen trắng này gọi là mã QR.", ["Bà con ơi! / Ô vuông đen trắng này gọi là mã QR."]),
    ("Đọc tên rồi mới bấm! Đọc tên rồi mới bấm!", ["Đọc tên rồi mới bấm! / Đọc tên rồi mới bấm!"]),
    ("https://dichvucong.gov.vn/mot-dia-chi-rat-dai-khong-cat-duoc", [
        "https://dichvucong.gov.vn/mot-dia-chi-rat-dai-khong-cat-duoc"]),
]


@pytest.mark.parametrize(("words", "expected"), CUT)
def test_where_captions_are_cut(words: str, expected: list[str]) -> None:
    assert [" / ".join(one.lines) for one in caption_words(words, 0, 5, 5)] == expected


def test_what_two_lines_do_not_hold() -> None:
    assert two_lines(["chữ"] * 30) == ()
    assert caption_words("", 0, 1, 1) == []


def test_the_track() -> None:
    track = write_vtt([Caption(0.3, 2.5, ("Bà con & <bác>", "ơi!")), Caption(62.5, 63.0004, ("Hết.",))])
    assert track == (
        "WEBVTT\n\n1\n00:00:00.300 --> 00:00:02.500\nBà con &amp; &lt;bác&gt;\nơi!\n\n"
        "2\n00:01:02.500 --> 00:01:03.000\nHết.\n"
    )
    assert clock(3661.5) == "01:01:01.500"


def test_the_track_of_a_draft_says_so_first() -> None:
    """A comment for who reads the file, a cue of its own at the upper edge; all other cues are what they were."""
    said = Caption(0.3, 2.5, ("Bà con ơi!",))
    track = write_vtt([said], DRAFT)
    assert track == (
        f"WEBVTT\n\nNOTE {DRAFT}\n\nnhap\n00:00:00.000 --> 00:00:04.000 line:0\n{DRAFT}\n\n"
        "1\n00:00:00.300 --> 00:00:02.500\nBà con ơi!\n"
    )
    assert track.endswith(write_vtt([said]).removeprefix("WEBVTT\n"))


@pytest.mark.browser
@pytest.mark.parametrize("mark", ["", DRAFT, UNSIGNED])
def test_a_browser_reads_the_track(browser: Browser, mark: str) -> None:
    track = track_address(write_vtt([Caption(0.3, 2.5, ("Bà con ơi!",)), Caption(2.5, 5, ("Hết.",))], mark))
    with window(browser, (360, 640)) as visit:
        visit.page.set_content(f'<video><track default kind="captions" src="{track}"></video>')
        visit.page.wait_for_function("document.querySelector('track').readyState === 2")
        cues = visit.page.evaluate("""() => [...document.querySelector('video').textTracks[0].cues]
          .map(cue => [cue.text, cue.startTime, cue.line])""")
    assert cues == [*([[mark, 0, 0]] if mark else []), ["Bà con ơi!", 0.3, "auto"], ["Hết.", 2.5, "auto"]]
