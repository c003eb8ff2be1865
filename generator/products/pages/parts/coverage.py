"""For editors: what the handbook covers and where it is empty. Not in the menu, not for search engines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.handbook.answers import split_answer
from generator.handbook.model import Audience
from generator.press.pages import plain
from generator.products.lesson import Lesson
from generator.products.pages.parts.listing import Listed, Shown, list_lesson

FILE = "coverage/index.html"
EVERYBODY = "mọi người"
"""The audience that holds all others."""
COMPETENCES = "site/digcomp.txt"
NONE_YET = "chưa có bài nào"
FRAMES = (
    ("tt02", "Thông tư 02/2025 của Bộ Giáo dục và Đào tạo"),
    ("qd757", "Quyết định 757 của Bộ Khoa học và Công nghệ"),
)
"""Their codes are not known for certain, so only those that lessons name stand here."""
UNCERTAIN = "danh mục mã chưa được xác nhận, nên chưa ghi vào bài"


@dataclass(frozen=True)
class Cell:
    """A heading and the lessons under it; without any it is empty, and says why."""

    name: str
    lessons: tuple[Listed, ...]
    reason: str = NONE_YET


@dataclass(frozen=True)
class CoveragePage(Shown):
    @cached_property
    def rows(self) -> tuple[tuple[Listed, tuple[str, ...]], ...]:
        """A lesson with a mark under each audience: `●` named, `○` meant by everybody, empty for none."""
        return tuple((list_lesson(self.spot, lesson), tuple(self._marks(lesson))) for lesson in self.book.lessons)

    def _marks(self, lesson: Lesson) -> Iterator[str]:
        named = {phrase.text for phrase in lesson.office.audiences}
        for audience in self.book.audiences:
            yield "●" if audience.name in named else "○" if EVERYBODY in named else ""

    @property
    def counts(self) -> tuple[int, ...]:
        """Lessons that name each audience."""
        return tuple(sum(marks[i] == "●" for _, marks in self.rows) for i in range(len(self.book.audiences)))

    @property
    def unnamed(self) -> tuple[Cell, ...]:
        """Audiences no lesson names, each with what they have instead."""
        counted = zip(self.book.audiences, self.counts, strict=True)
        return tuple(Cell(audience.name, (), self._instead(audience)) for audience, count in counted if not count)

    def _instead(self, audience: Audience) -> str:
        paths = [path.title for path in self.book.paths if path.audience.text == audience.name and path.topics]
        shared = sum(EVERYBODY in [phrase.text for phrase in lesson.office.audiences] for lesson in self.book.lessons)
        words = f"dùng {shared} bài cho mọi người" if shared else NONE_YET
        return f"{words}; có {', '.join(paths)}" if paths else f"{words}; chưa có lộ trình riêng"

    @property
    def areas(self) -> list[tuple[str, list[Cell]]]:
        """The competences stand indented below their area, each with why it may stay empty."""
        areas: list[tuple[str, list[Cell]]] = []
        for line in self.spot.web.theme.text(COMPETENCES).splitlines():
            code, _, words = line.strip().partition(" ")
            if line.startswith(" "):
                name, _, reason = words.partition(" = ")
                areas[-1][1].append(Cell(f"{code} {name}", self._with("digcomp", code), reason or NONE_YET))
            elif code.isdigit():
                areas.append((f"{code}. {words}", []))
        return areas

    @property
    def frames(self) -> list[tuple[str, list[Cell]]]:
        return [(name, self._frame(frame)) for frame, name in FRAMES]

    def _frame(self, frame: str) -> list[Cell]:
        codes = {code for lesson in self.book.lessons for code in dict(lesson.office.frames).get(frame, ())}
        return [Cell(f"{code} ", self._with(frame, code)) for code in sorted(codes)] or [
            Cell(f" {frame}", (), UNCERTAIN)]

    def _with(self, frame: str, code: str) -> tuple[Listed, ...]:
        return tuple(list_lesson(self.spot, lesson) for lesson in self.book.lessons
                     if code in dict(lesson.office.frames).get(frame, ()))

    def answer(self, text: str) -> tuple[str, str]:
        """What answers a demand, in words, and its page, if it has one."""
        kind, name = split_answer(text)
        if kind != "name":
            return {"product": self.spot.web.labels.get(name, name), "command": f"hocso {name}"}.get(kind, name), ""
        if lesson := self.book.by_slug.get(name):
            return plain(lesson.title), self.spot.lesson(name)
        for folder in ("path", "part"):
            if row := self.book.lists.get(f"{folder}:{name}"):
                return row.title, self.spot.to(f"{folder}s/{name}/index.html")
        return next((edition.name for edition in self.book.editions if edition.id == name), name), ""
