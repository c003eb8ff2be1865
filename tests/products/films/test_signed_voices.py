"""Whatever a film is spoken with is part of the text that is signed; what it tells of a place says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.checks.looking.held import held
from generator.engine.items import Desk
from generator.ground.files import Project
from generator.ground.kept import Kept
from generator.handbook import ledger
from generator.handbook.lesson.texts import text_name
from generator.handbook.model import Approval, Phrase
from generator.handbook.printed import read_printed
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.press.orders import UNSIGNED
from generator.products.films.parts.studio import mark_of, notes_of, open_studio, recordings_of
from generator.products.lesson import Lesson
from tests.desks import MOMENT, ROOT, desk
from tests.projects import FOUR, commit_all, make_project, put

CARD = "content/cards/chung-thuc/index.md"
COUNTER = "content/pictures/quay.svg"
LESSONS = {"topic": ("quet-ma-qr", "content/topics/quet-ma-qr/"), "card": ("chung-thuc", "content/cards/chung-thuc/")}
VOICES = {"giong.wav": True, "giong-1.wav": True, "giong-01.wav": True, "giong-00.mp3": True, "giong-٢.wav": False,
          "giong-77.m4a": True, "giong-100.wav": False, "giong-1.ogg": False, "Giong-1.wav": False}
"""What may lie beside a lesson, and whether it is heard."""


def name(root: Path, slug: str) -> str:
    return text_name(lesson(root, slug), lambda file: (root / file).read_bytes())


def lesson(root: Path, slug: str) -> Lesson:
    return read_handbook(Project(root)).handbook.by_slug[slug]


@pytest.mark.parametrize("kind", LESSONS)
@pytest.mark.parametrize("voice", VOICES)
def test_what_is_heard_is_signed(tmp_path: Path, kind: str, voice: str) -> None:
    files = {file: (ROOT / file).read_bytes() for file in (CARD, COUNTER)}
    root = make_project(tmp_path, files=dict(files), commit=True)
    slug, folder = LESSONS[kind]
    silent = name(root, slug)
    names = []
    for data in (b"RIFF one", b"RIFF two"):
        put(root, f"{folder}{voice}", data)
        book = select(read_handbook(Project(root)).handbook, "viet-nam")
        heard = recordings_of(Desk(Project(root), book, MOMENT, browser="test"), book.by_slug[slug])
        assert heard == ({f"{folder}{voice}": data} if VOICES[voice] else {})
        names.append(name(root, slug))
    assert len({silent, *names}) == (3 if VOICES[voice] else 1)
    commit_all(root, "giọng")
    kept = Kept(root, ledger.FILE)
    assert next(held(kept, slug)).name(kept) == names[-1]


def test_a_name_in_capitals_is_no_recording_anywhere(tmp_path: Path) -> None:
    """Windows and macOS open it by the other name too: nothing is signed there that is not heard."""
    root = make_project(tmp_path)
    silent = name(root, "quet-ma-qr")
    put(root, "content/topics/quet-ma-qr/giong.WAV", b"RIFF")
    files = {path.relative_to(root).as_posix().lower(): path for path in root.rglob("*")}
    assert text_name(lesson(root, "quet-ma-qr"), lambda file: files[file.lower()].read_bytes()) == silent


TOLD = {
    "Mở máy.": "",
    "Đọc {{ số bài }}.": "",
    "Mở {{ ứng dụng địa phương }}.": "hai-phong: ứng dụng địa phương",
    "Hỏi {{ đơn vị công an }}.": "viet-nam: đơn vị công an",
    "Mở {{ địa chỉ bài }}.": "hai-phong: địa chỉ in trên giấy",
}


@pytest.mark.parametrize("words", TOLD)
def test_a_film_that_tells_of_its_edition_wears_the_mark_of_it(words: str) -> None:
    """Others are the country's, and so is what all places have from it: made once, signed once."""
    book = read_handbook(Project(FOUR)).handbook
    topic = next(topic for topic in book.topics if topic.slug == "chuyen-tien-tra-tien")
    row = Approval(topic.slug, "ACDEFHKL", "Sở Y tế", date(2026, 11, 20))
    topic = replace(topic, clip=(replace(topic.clip[0], words=Phrase(words)), *topic.clip[1:]),
                    office=replace(topic.office, approval=row))
    nation = replace(book.nation, unsigned="", around_unsigned=False)
    own = next(one for one in book.editions if one.id == "hai-phong")
    place = replace(own, unsigned="ACDEFHKL", address="https://hp.example/")
    book = replace(book, topics=(topic,), cards=(), editions=(nation, place), edition=place)
    notes = notes_of(open_studio(desk().showing(book)), topic)
    assert mark_of(book, topic) == notes["Mark"] == (UNSIGNED if "hai-phong" in TOLD[words] else "")
    told = {key for key, _ in read_printed(notes["Place"])}
    assert told == {"viet-nam: địa chỉ in trên giấy", "viet-nam: đơn vị đầu mối", "viet-nam: tên sách"} | (
        {TOLD[words]} - {""})
