"""For editors: what the handbook covers and where it is empty. Not in the menu, not for search engines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from generator.handbook.answers import split_answer
from generator.handbook.model import Audience, Demand, Handbook
from generator.products.lesson import Lesson
from generator.products.pages.parts.listing import Listed, list_lesson
from generator.products.pages.parts.web import Spot

FILE = "coverage/index.html"
EVERYBODY = "mọi người"
"""The audience that holds all others."""
COMPETENCES = (
    ("1", "Tìm và xem xét thông tin", (
        ("1.1", "tìm, lọc thông tin"), ("1.2", "xét tin có đáng tin không"), ("1.3", "cất và sắp xếp thông tin"),
    )),
    ("2", "Liên lạc và cùng làm", (
        ("2.1", "nói chuyện qua mạng"), ("2.2", "chia sẻ qua mạng"),
        ("2.3", "làm việc với nhà nước, tham gia việc chung"), ("2.4", "cùng làm qua mạng"),
        ("2.5", "cư xử trên mạng"), ("2.6", "giữ danh tính số"),
    )),
    ("3", "Làm ra nội dung", (
        ("3.1", "viết, chụp, quay"), ("3.2", "sửa, ghép nội dung"), ("3.3", "bản quyền"), ("3.4", "lập trình"),
    )),
    ("4", "An toàn", (
        ("4.1", "giữ thiết bị an toàn"), ("4.2", "giữ thông tin riêng"), ("4.3", "giữ sức khỏe"),
        ("4.4", "giữ môi trường"),
    )),
    ("5", "Giải quyết việc", (
        ("5.1", "sửa lỗi máy"), ("5.2", "chọn công cụ hợp việc"), ("5.3", "dùng công cụ sáng tạo"),
        ("5.4", "biết mình còn thiếu gì"),
    )),
)
"""DigComp 2.2: five areas, 21 competences, in our own words."""
NONE_YET = "chưa có bài nào"
UNASKED = "chưa có bài nào; các kế hoạch không nêu"
BEYOND = "chưa có bài nào; vượt mức cơ bản của sách"
REASONS = {"3.3": UNASKED, "3.4": BEYOND, "4.4": UNASKED, "5.3": BEYOND}
"""Why a competence may stay empty."""
FRAMES = (
    ("tt02", "Thông tư 02/2025 của Bộ Giáo dục và Đào tạo"),
    ("qd757", "Quyết định 757 của Bộ Khoa học và Công nghệ"),
)
"""Their codes are not known for certain, so only those that lessons name stand here."""
UNCERTAIN = "danh mục mã chưa được xác nhận, nên chưa ghi vào bài"


@dataclass(frozen=True)
class Cell:
    """A heading and the lessons under it; without any it is empty, and says why."""

    code: str
    name: str
    lessons: tuple[Listed, ...]
    reason: str = NONE_YET


@dataclass(frozen=True)
class Area:
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Row:
    """A lesson with a mark under each audience: `●` named, `○` meant by everybody, empty for none."""

    lesson: Listed
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    words: str
    page: str = ""


@dataclass(frozen=True)
class Wanted:
    demand: Demand
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Wants:
    """The demands of one group."""

    group: str
    rows: tuple[Wanted, ...]


@dataclass(frozen=True)
class CoveragePage:
    spot: Spot
    accountability: str
    labels: Mapping[str, str] = field(default_factory=dict)
    """What each product is called."""

    @property
    def book(self) -> Handbook:
        return self.spot.web.handbook

    @property
    def audiences(self) -> tuple[Audience, ...]:
        return self.book.audiences

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(Row(list_lesson(self.spot, lesson), tuple(self._marks(lesson))) for lesson in self.book.lessons)

    def _marks(self, lesson: Lesson) -> Iterator[str]:
        named = {phrase.text for phrase in lesson.office.audiences}
        for audience in self.audiences:
            yield "●" if audience.name in named else "○" if EVERYBODY in named else ""

    @property
    def counts(self) -> tuple[int, ...]:
        """Lessons that name each audience."""
        return tuple(sum(row.marks[i] == "●" for row in self.rows) for i in range(len(self.audiences)))

    @property
    def unnamed(self) -> tuple[Cell, ...]:
        """Audiences no lesson names, each with what they have instead."""
        return tuple(
            Cell("", audience.name, (), self._instead(audience))
            for audience, count in zip(self.audiences, self.counts, strict=True) if not count
        )

    def _instead(self, audience: Audience) -> str:
        paths = [path.title for path in self.book.paths if path.audience.text == audience.name and path.topics]
        shared = sum(EVERYBODY in [phrase.text for phrase in lesson.office.audiences] for lesson in self.book.lessons)
        words = f"dùng {shared} bài cho mọi người" if shared else NONE_YET
        return f"{words}; có {', '.join(paths)}" if paths else f"{words}; chưa có lộ trình riêng"

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        return tuple(
            Area(f"{number}. {name}", tuple(self._competence(code, words) for code, words in codes))
            for number, name, codes in COMPETENCES
        )

    def _competence(self, code: str, words: str) -> Cell:
        return Cell(code, words, self._with("digcomp", code), REASONS.get(code, NONE_YET))

    @property
    def frames(self) -> tuple[Area, ...]:
        return tuple(Area(name, self._frame(frame)) for frame, name in FRAMES)

    def _frame(self, frame: str) -> tuple[Cell, ...]:
        codes = {code for lesson in self.book.lessons for code in dict(lesson.office.frames).get(frame, ())}
        return tuple(Cell(code, "", self._with(frame, code)) for code in sorted(codes)) or (
            Cell("", frame, (), UNCERTAIN),)

    def _with(self, frame: str, code: str) -> tuple[Listed, ...]:
        return tuple(list_lesson(self.spot, lesson) for lesson in self.book.lessons
                     if code in dict(lesson.office.frames).get(frame, ()))

    @cached_property
    def wants(self) -> tuple[Wants, ...]:
        groups = dict.fromkeys(demand.group for demand in self.book.demands)
        return tuple(Wants(group, self._wanted([d for d in self.book.demands if d.group == group])) for group in groups)

    def _wanted(self, demands: Sequence[Demand]) -> tuple[Wanted, ...]:
        return tuple(Wanted(demand, tuple(self._answer(phrase.text) for phrase in demand.answers))
                     for demand in demands)

    def _answer(self, text: str) -> Answer:
        kind, name = split_answer(text)
        if kind == "product":
            return Answer(self.labels.get(name, name))
        if kind == "command":
            return Answer(f"hocso {name}")
        if kind == "file":
            return Answer(name)
        return self._named(name)

    def _named(self, name: str) -> Answer:
        lesson = self.book.by_slug.get(name)
        if lesson:
            return Answer(list_lesson(self.spot, lesson).plain, self.spot.lesson(name))
        for folder, rows in (("paths", self.book.paths), ("parts", self.book.parts)):
            for row in rows:
                if row.id == name:
                    return Answer(row.title, self.spot.to(f"{folder}/{name}/index.html"))
        return Answer(next((edition.name for edition in self.book.editions if edition.id == name), name))

    @property
    def open_demands(self) -> int:
        return sum(not demand.answers for demand in self.book.demands)
