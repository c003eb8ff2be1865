"""For those who film: a shooting script a lesson, and for each part the list of all its shots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.engine.items import Bench, Desk, Item
from generator.ground.findings import Text
from generator.handbook.model import Part, Topic
from generator.handbook.spoken import count
from generator.press.film import encode_poster
from generator.press.pages import data_address, plain
from generator.press.sound import silence
from generator.press.voice import PACE
from generator.products.films.parts.frames import WIDE, scene_picture
from generator.products.films.parts.narration import Cut, Narration
from generator.products.films.parts.reel import again
from generator.products.films.parts.scenes import Shot, shots_of
from generator.products.films.parts.staging import drawn_for
from generator.products.films.parts.studio import Studio, draft_film, ending_of, filmed, open_studio
from generator.products.lesson import Lesson, accountability, foot_line, shared_accountability
from generator.products.papers.parts.printing import Making, Paper, plan_paper, print_paper
from generator.products.product import Kind, Product

SCRIPT = Kind("print/storyboards/*.pdf", "storyboard.html", ("paper.css", "office.css", "shooting.css"), points=12)
SHOTS = replace(SCRIPT, file="print/storyboards/phan-*.pdf", template="shots.html")
PRODUCT = Product("storyboard", Text("kịch bản quay", "shooting scripts"), (SCRIPT, SHOTS), standard=False,
                  ffmpeg=True)

SUBJECT = "Quay phim"
NO_CODE = ".code svg { visibility: hidden }"
"""A small picture of a code would be scanned in vain."""
TOLD = {
    "title": "Người dẫn chào, nói việc sắp làm.", "step": "Quay tay làm bước này, thấy rõ màn hình.",
    "safety": "Người dẫn nói thẳng vào máy quay.", "list": "Quay từng điều, đặt chữ bên cạnh.",
    "picture": "Quay lại đúng hình này.", "call": "Quay rõ số này, tay bấm gọi.",
    "close": "Người dẫn nhắc lại một điều; tay chỉ số bài.",
}
"""What to film where the table says nothing."""


@dataclass(frozen=True)
class Board:
    """One scene as those who film see it."""

    number: int
    shot: Shot
    picture: str = ""

    @property
    def seconds(self) -> int:
        return max(2, round(count(self.shot.words) * 60 / PACE))

    @property
    def direction(self) -> str:
        acted = ", ".join(f"{act.who} {act.verb}" for act in self.shot.acts)
        text = self.shot.direction or (f"{acted}." if acted else TOLD[self.shot.kind])
        return text[:1].upper() + text[1:]

    @property
    def seen(self) -> str:
        label = "Kết" if self.shot.kind == "close" else self.shot.label or "Tên bài"
        return f"{label}, có bấm" if self.shot.has_tap else label


@dataclass(frozen=True)
class Script:
    title: str
    number: str
    word: str
    boards: tuple[Board, ...]

    @property
    def seconds(self) -> int:
        return sum(board.seconds for board in self.boards)


@dataclass(frozen=True)
class ShootingPaper:
    """What both templates get."""

    book: str
    title: str
    scripts: tuple[Script, ...]
    answer: str
    trial: str
    shown: tuple[Lesson, ...]


def plan(desk: Desk) -> list[Item]:
    studio = open_studio(desk)
    items = [_lesson(studio, lesson) for lesson in filmed(desk.handbook)]
    return items + [_part(desk, part) for part in desk.handbook.parts if _topics(desk, part)]


def _lesson(studio: Studio, lesson: Lesson) -> Item:
    desk = studio.desk
    title, answer = plain(lesson.title), accountability(lesson, desk.handbook.edition)

    def make(bench: Bench) -> Making:
        script = _script(desk, lesson, draw_boards(studio, lesson, bench))
        page = ShootingPaper(desk.handbook.name, title, (script,), answer, foot_line(desk.handbook.edition, [lesson]),
                             (lesson,))
        return print_paper(desk, Paper(SCRIPT, lesson.slug, f"Kịch bản quay: {title}", page, subject=SUBJECT))

    shots = shots_of(lesson)
    return plan_paper(desk, "storyboard", lesson.slug, make, [lesson], lesson, ending_of(desk, lesson),
                      drawn_for(desk.handbook, lesson, shots), *(scene_picture(desk, shot) for shot in shots))


def draw_boards(studio: Studio, lesson: Lesson, bench: Bench) -> tuple[str, ...]:
    """Each scene's picture as an address, after the tap and without the code."""
    shots = shots_of(lesson)
    still = Narration(tuple(Cut(silence(0), 1, 0, 0) for _ in shots), "silence")
    warm = studio.sheet(bench)
    pictures = []
    for draft in draft_film(studio, lesson, shots, still, WIDE):
        warm.fill(list(draft.pages.values())[-1], "Phim", NO_CODE)
        pictures.append(data_address("scene.jpg", again(bench, encode_poster, warm.png(WIDE.width, WIDE.height))))
    return tuple(pictures)


def _part(desk: Desk, part: Part) -> Item:
    book, topics, name = desk.handbook, _topics(desk, part), f"phan-{part.number}"

    def make(_bench: Bench) -> Making:
        scripts = tuple(_script(desk, topic) for topic in topics)
        title = f"Danh sách cảnh quay, phần {part.number}: {part.title}"
        page = ShootingPaper(book.name, title, scripts, shared_accountability(topics, book.edition),
                             foot_line(book.edition, topics), tuple(topics))
        return print_paper(desk, Paper(SHOTS, str(part.number), title, page, subject=SUBJECT))

    return plan_paper(desk, "storyboard", name, make, topics, part.title, part.number, topics,
                      [book.number_of(topic.slug) for topic in topics])


def _topics(desk: Desk, part: Part) -> list[Topic]:
    topics = (desk.handbook.topic(slug.text) for slug in part.topics)
    return [topic for topic in topics if topic and desk.handbook.number_of(topic.slug) and shots_of(topic)]


def _script(desk: Desk, lesson: Lesson, pictures: Sequence[str] = ()) -> Script:
    shots = shots_of(lesson)
    boards = tuple(Board(index + 1, shot, pictures[index] if pictures else "") for index, shot in enumerate(shots))
    number = desk.handbook.number_of(lesson.slug)
    return Script(plain(lesson.title), number, ending_of(desk, lesson).word, boards)
