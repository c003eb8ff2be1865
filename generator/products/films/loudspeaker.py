"""Sound without picture: what a ward's loudspeaker reads out, as text, as a sheet in large type and as a recording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from generator.engine.items import Desk, Item, Result
from generator.ground.findings import Text
from generator.handbook.model import Card, Handbook, Phrase, Topic
from generator.handbook.printed import printed_of
from generator.handbook.spoken import count, digits, read_aloud
from generator.press.captioned import captioned
from generator.press.film import encode_mp3, film_version
from generator.press.pages import plain
from generator.press.proof import prove_codes
from generator.press.sound import join, silence
from generator.press.voice import VOICE_NAMES, Speaker
from generator.products.films.parts.scenes import lowered, sentence
from generator.products.films.parts.studio import speaker_of
from generator.products.lesson import Lesson, accountability, foot_line, numbered, page_mark, phrases_of, picture_notes
from generator.products.papers.parts.printing import Making, Paper, plan_paper, print_paper
from generator.products.product import Beside, Kind, Product

TEXT = Kind("loudspeaker/*.pdf", "loudspeaker.html", ("paper.css", "office.css", "shooting.css"), points=12)
PRODUCT = Product("loudspeaker", Text("lời cho loa", "words for loudspeakers"), (TEXT,), standard=False, ffmpeg=True,
                  beside=(Beside("loudspeaker/*.txt", "words"), Beside("loudspeaker/*.mp3")))

PACE = 160
"""Chữ a minute: an announcer with a text."""
FEWEST, MOST = 3 * PACE, 5 * PACE
PAUSE = 0.7
"""Seconds between two paragraphs of the recording."""
ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+(?:vn|com|net|org|example|gov|app|me)\b(?:/[\w./-]*)?")


@dataclass(frozen=True)
class Announcement:
    """What the template gets; also the text file."""

    book: str
    title: str
    number: str
    word: str
    paragraphs: tuple[str, ...]
    answer: str
    trial: str
    shown: tuple[Lesson, ...]

    @property
    def length(self) -> int:
        return _length(self.paragraphs)

    @property
    def minutes(self) -> str:
        return f"{self.length / PACE:.1f}".replace(".", ",")

    @property
    def text(self) -> str:
        head = f"{self.title}\n{self.word} {self.number}. {self.length} chữ, đọc chừng {self.minutes} phút."
        return "\n\n".join([*filter(None, [self.trial]), head, *self.paragraphs, self.answer]) + "\n"


def plan(desk: Desk) -> list[Item]:
    speaker = speaker_of(desk)
    return [_item(desk, lesson, speaker) for lesson in numbered(desk.handbook)]


def _item(desk: Desk, lesson: Lesson, speaker: Speaker) -> Item:
    book = desk.handbook
    return plan_paper(
        desk, "loudspeaker", lesson.slug, lambda _bench: make_announcement(desk, lesson, speaker), [lesson],
        lesson, book.number_of(lesson.slug), book.platforms, film_version(), speaker.identity,
    )


def make_announcement(desk: Desk, lesson: Lesson, speaker: Speaker) -> Making:
    told = announce(desk.handbook, lesson)
    made = yield from print_paper(desk, Paper(
        TEXT, lesson.slug, f"Bài phát thanh: {told.title}", told, author=lesson.office.unit,
        subject="Bài phát thanh",
    ))
    stem = f"loudspeaker/{lesson.slug}"
    prove_codes(made.files[TEXT.path(lesson.slug)], set())
    files = {**made.files, f"{stem}.txt": told.text.encode()}
    facts = {**made.facts, "words": told.length, "title": told.title}
    draft = page_mark(desk.handbook.edition, [lesson])
    warning = [f"{draft.capitalize()}."] if draft else []  # who only listens sees no mark
    sounds, kind = speaker.speak([*warning, *told.paragraphs, *warning])
    if kind != "silence":
        parts = [part for sound in sounds for part in (sound, silence(PAUSE))]
        name = f"{told.word} {told.number}: {told.title}"
        sound = encode_mp3(join(parts), " · ".join(filter(None, (draft, name))))
        notes = picture_notes([lesson], printed_of(desk.handbook, [lesson]), draft)
        files[f"{stem}.mp3"] = captioned(sound, notes)
    facts |= {"voice": VOICE_NAMES[kind], "voice_kind": kind}
    return Result(files, facts, (speaker.problem,) if speaker.problem else ())


# Words.


def said_today(book: Handbook, lesson: Lesson) -> str:
    return announce(book, lesson).text


def announce(book: Handbook, lesson: Lesson) -> Announcement:
    number = book.number_of(lesson.slug)
    word = "Bài số" if isinstance(lesson, Topic) else "Số"
    return Announcement(book.name, plain(lesson.title), number, word, _paragraphs(book, lesson, number, word),
                        accountability(lesson, book.edition), foot_line(book.edition, [lesson]), (lesson,))


def _paragraphs(book: Handbook, lesson: Lesson, number: str, word: str) -> tuple[str, ...]:
    """Three to five minutes: what is told once more comes in when there is time, what is least needed goes."""
    first, last = _greeting(book, lesson, number, word), _farewell(book, lesson, number, word)
    core = [*_steps(book, lesson), *_safety(book, lesson)]
    again = [f"Xin đọc lại các bước. {' '.join(_step_lines(book, lesson))}"]
    once_more = [f"Xin đọc lại phần an toàn. {' '.join(heard(book, line) for line in lesson.safety)}"]
    length = _length([*first, *core, *last])
    extra: list[list[str]] = []
    for part, repeated in ((_before(book, lesson), False), (_after(book, lesson), False), (again, True),
                           (once_more, True), ([f"Xin nhắc lại. {line}" for line in _before(book, lesson)], True)):
        kept = length < FEWEST if repeated else length + _length(part) <= MOST
        extra.append(part if kept else [])
        length += _length(extra[-1])
    before, *after = extra
    return (*first, *before, *core, *chain(*after), *last)


def _length(paragraphs: Iterable[str]) -> int:
    return sum(map(count, paragraphs))


def _greeting(book: Handbook, lesson: Lesson, number: str, word: str) -> list[str]:
    title = lowered(plain(lesson.title))
    lines = [f"Kính mời bà con nghe bài {book.name}. {word} {digits(number)}: {title}."]
    if lesson.goal:
        lines.append(heard(book, lesson.goal))
    opening = [heard(book, phrase) for phrase in phrases_of(lesson.opening)]
    return [*lines, " ".join(opening)] if opening else lines


def _before(book: Handbook, lesson: Lesson) -> list[str]:
    items = [*phrases_of(lesson.prepare)] if isinstance(lesson, Topic) else [*lesson.bring, *phrases_of(lesson.where)]
    lead = "Trước khi làm, bà con chuẩn bị." if isinstance(lesson, Topic) else "Bà con mang theo và nhớ nơi nộp."
    return [f"{lead} {' '.join(heard(book, item) for item in items)}"] if items else []


def _step_lines(book: Handbook, lesson: Lesson) -> Iterator[str]:
    for step in lesson.steps:
        yield read_aloud(f"Bước {step.number}: {lowered(heard(book, step.phrase))}")


def _steps(book: Handbook, lesson: Lesson) -> Iterator[str]:
    """Each step twice, with its warning before it."""
    yield "Cách làm có " + read_aloud(f"{len(lesson.steps)} bước. Bà con nghe kỹ từng bước.")
    for step, line in zip(lesson.steps, _step_lines(book, lesson), strict=True):
        guard = " ".join(heard(book, phrase) for phrase in step.guards)
        others = " ".join(f"{variant.device}: {lowered(heard(book, variant.phrase))}" for variant in step.variants)
        twice = f"Xin nhắc lại: {lowered(heard(book, step.phrase))}"
        yield " ".join(part for part in (guard, line, others, twice) if part)


def _safety(book: Handbook, lesson: Lesson) -> Iterator[str]:
    yield f"Để an toàn, bà con nhớ. {' '.join(heard(book, line) for line in lesson.safety)}"
    if isinstance(lesson, Topic):
        for index, line in enumerate(lesson.remember, start=1):
            told = heard(book, line)
            yield read_aloud(f"Điều {index}: {lowered(told)} Xin nhắc lại: {lowered(told)}")


def _after(book: Handbook, lesson: Lesson) -> list[str]:
    if isinstance(lesson, Card):
        told = [heard(book, phrase) for phrase in phrases_of(lesson.follow)]
        return [f"Nộp xong, bà con theo dõi. {' '.join(told)}"] if told else []
    pairs = [f"{heard(book, trouble.problem).rstrip('.:')}: {lowered(heard(book, trouble.remedy))}"
             for trouble in lesson.troubles]
    return [f"Chuyện hay gặp. {' '.join(pairs)}"] if pairs else []


def _farewell(book: Handbook, lesson: Lesson, number: str, word: str) -> list[str]:
    unit = book.edition.contact.unit or "người phát tờ rơi"
    what = "Bài này có phim và hình. " if isinstance(lesson, Topic) else ""
    return [f"{what}Bà con chưa rõ thì hỏi {unit}, đọc {lowered(word)} {digits(number)}. "
            f"Xin nhắc lại: {lowered(word)} {digits(number)}. Cảm ơn bà con đã nghe."]


def heard(book: Handbook, phrase: Phrase) -> str:
    """As an announcer reads it: numbers in words, no address longer than the number."""
    hosts = {platform.host: platform.name for platform in book.platforms}

    def name(match: re.Match[str]) -> str:
        host = match[0].split("://")[-1].split("/")[0].lower()
        return hosts.get(host, "địa chỉ in trên tờ rơi")

    ending = re.sub(r"(?<![\w-])\.gov\.vn\b", "chấm gov chấm vn", sentence(phrase))
    return read_aloud(ADDRESS.sub(name, ending))
