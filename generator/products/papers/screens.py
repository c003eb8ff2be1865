"""Every drawn screen on A4, for the editor who takes the list to a phone; then every kind of row with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.engine.items import Desk, Item
from generator.ground.findings import Place, Text
from generator.handbook.lesson.rows import KINDS, alt_text
from generator.handbook.lesson.screens import read_screen
from generator.handbook.model import Phrase, Screen
from generator.press.pages import plain
from generator.press.phone.drawing import draw_phone
from generator.products.lesson import Lesson, screens_of
from generator.products.papers.parts.drawing import draw_screen
from generator.products.papers.parts.printing import Making, Paper, plan_paper, print_paper
from generator.products.papers.parts.words import say
from generator.products.product import Kind, Product

LIST = Kind("print/screens.pdf", "screens.html", ("paper.css", "office.css", "screens.css"), points=9)
PRODUCT = Product("screens", Text("bảng màn hình", "screens to check"), (LIST,), standard=False)

TITLE = "Màn hình trong sách"
EXAMPLES = {
    "ứng dụng": "ứng dụng: Zalo", "trang": "trang: vneid.gov.vn", "tên": "tên: Đăng nhập",
    "chữ": "chữ: Giữ máy cho yên.", "ô": "ô: Mật khẩu = ••••••", "nút": "=> nút: Cài đặt", "mục": "mục: …",
    "hình": "hình: micro", "tin đến": "tin đến: Số lạ = Bấm ngay!", "tin đi": "tin đi: Con gọi lại cho mẹ nhé.",
    "công tắc": "công tắc: Wi-Fi = bật", "báo": "báo: Cho ứng dụng dùng máy ảnh?", "dòng báo": "dòng báo: Có tin mới",
    "phim": "phim: Quét mã QR", "mã QR": "mã QR: bài này", "khóa": "khóa: 9:30 = Thứ Hai",
    "biểu tượng": "biểu tượng: Zalo | => VNeID | Thư", "tiến trình": "tiến trình: Đang tải = 60%",
    "xong": "xong: Đã gửi", "lỗi": "lỗi: Sai mật khẩu", "bản đồ": "bản đồ: nhà văn hóa",
    "cuộc gọi": "cuộc gọi: Số lạ = …", "thư": "thư: Người lạ = Trúng thưởng", "máy ảnh": "máy ảnh: mã QR",
}
"""One row of each kind, as an editor writes it."""


@dataclass(frozen=True)
class Sight:
    """One screen as it stands in a lesson."""

    number: int
    """Counted through the whole list."""
    where: str
    phrase: Phrase | None
    """The step it belongs to."""
    screen: Screen

    @property
    def svg(self) -> Markup:
        return draw_screen(self.screen)

    @property
    def told(self) -> str:
        return alt_text(self.screen)


@dataclass(frozen=True)
class Group:
    title: str
    number: str
    sights: tuple[Sight, ...]


@dataclass(frozen=True)
class KindShown:
    name: str
    doc: str
    source: str
    svg: Markup


@dataclass(frozen=True)
class ScreensPaper:
    """What the template gets."""

    title: str
    book: str
    groups: tuple[Group, ...]
    kinds: tuple[KindShown, ...]
    place: str

    @property
    def sights(self) -> tuple[Sight, ...]:
        return tuple(sight for group in self.groups for sight in group.sights)

    @property
    def unseen(self) -> int:
        return sum(not sight.screen.seen for sight in self.sights)

    def say(self, phrase: Phrase) -> Markup:
        return say(phrase)


def plan(desk: Desk) -> list[Item]:
    book = desk.handbook
    lessons = [lesson for lesson in book.lessons if screens_of(lesson)]
    shown = [(lesson.title, screens_of(lesson), book.number_of(lesson.slug)) for lesson in lessons]
    return [plan_paper(desk, "screens", "screens", lambda _bench: make_screens(desk, lessons), lessons, shown)]


def make_screens(desk: Desk, lessons: list[Lesson]) -> Making:
    page = compose(desk, lessons)
    return print_paper(desk, Paper(LIST, "", TITLE, page, subject=page.place))


def compose(desk: Desk, lessons: list[Lesson]) -> ScreensPaper:
    book = desk.handbook
    return ScreensPaper(TITLE, book.name, tuple(_groups(desk, lessons)), tuple(_kinds()), f"Bản: {book.edition.name}")


def _groups(desk: Desk, lessons: list[Lesson]) -> Iterator[Group]:
    count = 0
    for lesson in lessons:
        sights = []
        for step, screen in screens_of(lesson):
            count += 1
            where = f"Bước {step.number}" if step else "Ngoài các bước"
            sights.append(Sight(count, where, step.phrase if step else None, screen))
        yield Group(plain(lesson.title), desk.handbook.number_of(lesson.slug), tuple(sights))


def _kinds() -> Iterator[KindShown]:
    for kind in KINDS.values():
        screen, _ = read_screen([EXAMPLES[kind.name]], Place("", 1, 1))
        assert screen
        yield KindShown(kind.name, kind.doc, EXAMPLES[kind.name], Markup(draw_phone(screen, width_mm=45)))
