"""What a loudspeaker reads out: three to five minutes, no figures, no address, key sentences twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.engine.items import Bench
from generator.handbook.model import Phrase
from generator.handbook.spoken import digits
from generator.press import voice
from generator.press.binder.facts import about
from generator.press.browser import Browser
from generator.press.captioned import captions
from generator.press.orders import DRAFT
from generator.products.films import loudspeaker
from generator.products.films.loudspeaker import FEWEST, MOST, announce, heard
from tests.desks import PROJECT, desk, handbook
from tests.films import told
from tests.seen import page_text


def test_every_lesson_takes_three_to_five_minutes() -> None:
    for lesson in handbook().lessons:
        script = announce(handbook(), lesson)
        text = " ".join(script.paragraphs)
        assert FEWEST <= script.length <= MOST, (lesson.slug, script.length)
        assert not re.search(r"\d|https?:|\w\.(?:vn|com|example)\b", text), lesson.slug
        assert text.count(digits(handbook().number_of(lesson.slug))) >= 3
        for line in [step.phrase for step in lesson.steps]:
            said = heard(handbook(), line)
            assert text.lower().count(said.lower()) >= 2, (lesson.slug, said)


HEARD = [
    ("Mở https://dichvucong.gov.vn.", "Mở Cổng Dịch vụ công quốc gia."),
    ("Vào hocso.example/1041 để xem", "Vào địa chỉ in trên tờ rơi để xem."),
    ("Đuôi .gov.vn là của nhà nước", "Đuôi chấm gov chấm vn là của nhà nước."),
    ("Nộp **10.000 đồng**, gọi 113!", "Nộp mười nghìn đồng, gọi một một ba!"),
]


@pytest.mark.parametrize(("written", "said"), HEARD)
def test_addresses_and_figures_as_read_aloud(written: str, said: str) -> None:
    assert heard(handbook(), Phrase(written)) == said


@pytest.mark.browser
@pytest.mark.parametrize("spoken", [True, False])
def test_text_paper_and_sound(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoken: bool) -> None:
    if not spoken:
        monkeypatch.setattr(voice, "find_espeak", lambda: "")
    elif not voice.find_espeak():
        pytest.skip("no espeak-ng here")
    item = next(item for item in loudspeaker.plan(desk()) if item.name == "loudspeaker:quet-ma-qr")
    result = item.make(Bench(PROJECT, lambda: browser, tmp_path / "memory"))
    assert [f"loudspeaker/quet-ma-qr.{end}" in result.files for end in ("txt", "pdf", "mp3")] == [True, True, spoken]
    text = result.files["loudspeaker/quet-ma-qr.txt"].decode()
    pdf = result.files["loudspeaker/quet-ma-qr.pdf"]
    read = " ".join(" ".join(page_text(pdf, page).split()) for page in range(1, result.facts["pages"] + 1))
    missing = [line for line in text.splitlines()[3:] if line[:60] not in read]
    assert len(missing) <= 1, missing  # one line may run over the edge of a page
    if spoken:
        sound = result.files["loudspeaker/quet-ma-qr.mp3"]
        (tmp_path / "a.mp3").write_bytes(sound)
        words = told(tmp_path / "a.mp3")
        assert captions(sound) == {"Mark": DRAFT, "Place": about(pdf)["Place"]}
        minutes = re.search(r"Duration: 00:0(\d):", words)
        assert minutes and 3 <= int(minutes[1]) <= 5
        assert "BẢN NHÁP, CHƯA DUYỆT · Bài số 1041: Quét mã QR" in words
        assert "mp3" in words and "44100 Hz, mono" in words
        assert result.facts["voice"].startswith("giọng máy đọc")
        assert len(sound) <= 2_000_000
        assert item.make(Bench(PROJECT, lambda: browser, tmp_path / "other")).files == result.files
