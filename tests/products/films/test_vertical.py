"""The film held upright: its captions stand in the picture."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from generator.engine.items import Bench
from generator.press.browser import Browser
from generator.press.captioned import captions as captions_in
from generator.press.film import FPS
from generator.press.orders import DRAFT
from generator.press.sound import silence
from generator.products.films import vertical
from generator.products.films.parts.captions import LINE
from generator.products.films.parts.frames import TALL
from generator.products.films.parts.narration import Cut, Narration
from generator.products.films.parts.scenes import shots_of
from generator.products.films.parts.studio import captions_of, draft_film, open_studio
from tests.desks import PROJECT, desk, handbook
from tests.films import READ, TYPE, apart, film_sheet, grey_frames, quiet, tearing, told
from tests.lines import torn
from tests.samples import sample

pytestmark = pytest.mark.long
SLUG = "cai-ung-dung"


@pytest.mark.wide
@pytest.mark.browser
def test_an_upright_film_shows_its_captions(browser: Browser, tmp_path: Path) -> None:
    item = next(item for item in vertical.plan(desk()) if item.name == f"vertical:{SLUG}")
    result = item.make(Bench(PROJECT, lambda: browser, tmp_path / "memory"))
    (film,) = result.files.values()
    path = tmp_path / "film.mp4"
    path.write_bytes(film)
    assert list(result.files) == [f"clips/{SLUG}-720x1280.mp4"] and len(film) <= 1_000_000
    assert "720x1280" in told(path) and abs(result.facts["seconds"] - 55) < 10
    assert captions_in(film)["Mark"] == DRAFT and "viet-nam: đơn vị đầu mối " in captions_in(film)["Place"]
    small = grey_frames(path, 180, 320)
    moving = [at for at, (one, two) in enumerate(pairwise(small), 1) if apart(one, two) > 0.05]
    assert max(two - one for one, two in pairwise([0, *moving, len(small)])) <= 3 * FPS
    bands = [_band(frame) for frame in small]
    changes = sum(apart(one, two) > 1 for one, two in pairwise(bands))
    shots = shots_of(handbook().by_slug[SLUG])
    still = Narration(tuple(Cut(silence(5), 5 * FPS, 0, 4) for _ in shots), "silence")
    captions = captions_of(shots, still, vertical.LINE)
    assert " ".join(caption.text for caption in captions) == " ".join(shot.words for shot in shots)
    assert len(captions) - 1 <= changes <= 2 * len(captions)


CAPTION = "() => parseFloat(getComputedStyle(document.querySelector('.title-band')).fontSize)"


def _band(frame: bytes) -> bytes:
    picture = np.frombuffer(frame, np.uint8).reshape(320, 180)
    return picture[276:316].tobytes()


@pytest.mark.wide
@pytest.mark.browser
def test_type_is_large_above_the_captions(browser: Browser) -> None:
    studio = open_studio(desk())
    with film_sheet(browser, TALL) as sheet:
        for index, lesson in enumerate(sample(handbook().lessons, 12, handbook().lessons[-1])):
            shots = shots_of(lesson)
            still = Narration(tuple(Cut(silence(5), 5 * FPS, 0, 4) for _ in shots), "silence")
            for draft in vertical.with_titles(studio, draft_film(studio, lesson, shots, still, TALL),
                                              captions_of(shots, still, vertical.LINE)):
                sheet.fill(draft.pages["before"], "Phim")
                for text, on_phone, size, left, top, right, bottom in sheet.evaluate(TYPE):
                    where = (lesson.slug, draft.frame.index, text)
                    assert size >= 720 / (32 if on_phone else 20), where
                    assert left >= 0 and top >= 0 and right <= TALL.width and bottom <= vertical.PLACE[1], where
                for html in (*draft.before, draft.pages["before"]):
                    sheet.fill(html, "Phim")
                    read, words, seen = sheet.evaluate(READ)
                    assert read and min(size for _, size in read) >= TALL.height / 20, (lesson.slug, read)
                    assert all(words <= box + 1 for box in seen), (lesson.slug, draft.frame.index, read, words, seen)
                for title in draft.titles if index % 6 == 0 else ():
                    sheet.fill(title.html, "Phim")
                    assert sheet.evaluate(CAPTION) >= TALL.height / 20
                    picture = cv2.imdecode(np.frombuffer(sheet.png(*title.size), np.uint8), cv2.IMREAD_GRAYSCALE)
                    assert picture is not None and picture[:, :6].max() < 60 and picture[:, -6:].max() < 60, title.html


@pytest.mark.wide
@pytest.mark.browser
def test_no_caption_tears_a_compound(browser: Browser) -> None:
    """Neither across its two lines nor across two captions, one after the other."""
    studio, lesson = open_studio(desk()), handbook().by_slug["cai-vneid"]
    shots = shots_of(lesson)
    still = Narration(tuple(Cut(silence(5), 5 * FPS, 0, 4) for _ in shots), "silence")
    captions = captions_of(shots, still, vertical.LINE)
    with film_sheet(browser, TALL) as sheet:
        drafts = vertical.with_titles(studio, draft_film(studio, lesson, shots, still, TALL), captions)
        assert sum(len(draft.titles) for draft in drafts) == len(captions)
        assert list(tearing(drafts, sheet)) == []
    for one in handbook().lessons:
        for line in (vertical.LINE, LINE):
            found = captions_of(shots_of(one), quiet(one), line)
            assert torn([[row for caption in found for row in caption.lines]]) == [], one.slug
            assert max(len(row) for caption in found for row in caption.lines) <= line, one.slug
