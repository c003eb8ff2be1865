"""For those who film: a shooting script a lesson, and for each part the list of all its shots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.engine.items import Bench, Desk, Item, Result
from generator.ground.findings import Text
from generator.handbook.model import Part, Topic
from generator.handbook.spoken import count
from generator.press.binder import finish_pdf, page_count
from generator.press.film import encode_poster, film_version
from generator.press.pages import data_address, plain
from generator.press.sound import silence
from generator.press.voice import PACE
from generator.products import paper
from generator.products.films.parts.frames import WIDE, scene_picture
from generator.products.films.parts.narration import Cut, Narration
from generator.products.films.parts.scenes import Shot, shots_of
from generator.products.films.parts.studio import Studio, draft_film, ending_of, filmed, open_studio
from generator.products.paper import Lesson, WarmSheet
from generator.products.product import Product

PRODUCT = Product("storyboard", Text("kịch bản quay", "shooting scripts"), standard=False, paper=True)

NO_CODE = ".code svg { visibility: hidden }"
"""A small picture of a code would be scanned in vain."""
TOLD = {
    "title": "Người dẫn chào, nói việc sắp làm.", "step": "Quay tay làm bước này, thấy rõ màn hình.",
    "safety": "Người dẫn nói thẳng vào máy quay.", "list": "Quay từng điều, đặt chữ bên cạnh.",
    "picture": "Quay lại đúng hình này.", "close": "Người dẫn nhắc lại một điều; tay chỉ số bài.",
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
        text = self.shot.direction or TOLD[self.shot.kind]
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


def plan(desk: Desk) -> list[Item]:
    if not film_version():
        return []
    studio, trial = open_studio(desk), paper.foot_line(desk.handbook.edition)
    css = paper.style_of(desk, "paper.css", "office.css", "shooting.css").replace('"TRIAL"', paper.css_text(trial))
    sheet = WarmSheet(css)
    lessons = filmed(desk.handbook)
    items = [_lesson(studio, lesson, sheet) for lesson in lessons]
    return items + [_part(desk, part, sheet) for part in desk.handbook.parts if _topics(desk, part)]


def _lesson(studio: Studio, lesson: Lesson, sheet: WarmSheet) -> Item:
    desk, book = studio.desk, studio.desk.handbook
    pictures = [scene_picture(desk, shot) for shot in shots_of(lesson)]
    digest = desk.digest("storyboard", lesson, ending_of(desk, lesson), book.name, paper.place_facts(book.edition),
                         desk.browser, *pictures)
    return Item("storyboard", f"storyboard:{lesson.slug}", digest,
                lambda bench: make_storyboard(studio, lesson, sheet, bench), paper.sources(book, [lesson]), paper=True)


def make_storyboard(studio: Studio, lesson: Lesson, sheet: WarmSheet, bench: Bench) -> Result:
    desk = studio.desk
    script = _script(desk, lesson, draw_boards(studio, lesson, bench))
    answer = paper.accountability(lesson, desk.handbook.edition)
    page = ShootingPaper(desk.handbook.name, script.title, (script,), answer)
    return _print(desk, page, "storyboard.html", f"{lesson.slug}", f"Kịch bản quay: {script.title}", sheet, bench)


def draw_boards(studio: Studio, lesson: Lesson, bench: Bench) -> tuple[str, ...]:
    """Each scene's picture as an address, after the tap and without the code."""
    shots = shots_of(lesson)
    still = Narration(tuple(Cut(silence(0), 1, 0, 0) for _ in shots), "silence")
    warm = studio.sheet.on(bench.browser)
    pictures = []
    for draft in draft_film(studio, lesson, shots, still, WIDE):
        warm.fill(list(draft.pages.values())[-1], "Phim", NO_CODE)
        pictures.append(data_address("scene.jpg", encode_poster(warm.png(WIDE.width, WIDE.height))))
    return tuple(pictures)


def _part(desk: Desk, part: Part, sheet: WarmSheet) -> Item:
    book, topics = desk.handbook, _topics(desk, part)
    digest = desk.digest("shots", part.title, part.number, topics, [book.number_of(t.slug) for t in topics], book.name,
                         paper.place_facts(book.edition), desk.browser)

    def make(bench: Bench) -> Result:
        scripts = tuple(_script(desk, topic) for topic in topics)
        title = f"Danh sách cảnh quay, phần {part.number}: {part.title}"
        page = ShootingPaper(book.name, title, scripts, paper.shared_accountability(topics, book.edition))
        return _print(desk, page, "shots.html", f"phan-{part.number}", title, sheet, bench)

    return Item("storyboard", f"storyboard:phan-{part.number}", digest, make, paper.sources(book, topics), paper=True)


def _topics(desk: Desk, part: Part) -> list[Topic]:
    topics = (desk.handbook.topic(slug.text) for slug in part.topics)
    return [topic for topic in topics if topic and desk.handbook.number_of(topic.slug) and shots_of(topic)]


def _script(desk: Desk, lesson: Lesson, pictures: Sequence[str] = ()) -> Script:
    shots = shots_of(lesson)
    boards = tuple(Board(index + 1, shot, pictures[index] if pictures else "") for index, shot in enumerate(shots))
    number = desk.handbook.number_of(lesson.slug)
    return Script(plain(lesson.title), number, ending_of(desk, lesson).word, boards)


def _print(
    desk: Desk, page: ShootingPaper, template: str, name: str, title: str, sheet: WarmSheet, bench: Bench
) -> Result:
    warm = sheet.on(bench.browser)
    warm.fill(paper.draw_html(desk, template, page), title)
    pdf = finish_pdf(warm.pdf(*paper.A4_MM), title=title, moment=paper.month_start(desk.moment), subject="Quay phim")
    paper.prove_fonts(pdf, name)
    files = {f"print/storyboards/{name}.pdf": pdf}
    return Result(files, {"pages": page_count(pdf), "title": title}, codes=paper.codes(files))
