"""Number pages: the one light page behind every printed code, for ever; and the page for a number typed wrong."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from generator.engine.items import Bench, Desk, Item, Result
from generator.ground.findings import Text
from generator.handbook.keys import EDITION_KEYS
from generator.handbook.ledger import CHANNEL_TARGETS
from generator.handbook.model import Entry, Handbook, Path, led_on
from generator.handbook.printed import of_part, of_path, paged_of
from generator.press.pages import data_address, plain
from generator.products.films.parts.real import real_sources, wanted_real
from generator.products.lesson import (
    Lesson,
    listing_note,
    page_mark,
    part_class,
    part_name,
    picture_files,
    sources,
    waiting,
)
from generator.products.pages.parts.lesson_view import LessonView
from generator.products.pages.parts.listing import (
    Group,
    Listed,
    Shown,
    alerts_of,
    group_of,
    lessons_of,
    list_lesson,
    part_groups,
)
from generator.products.pages.parts.page_security import secure
from generator.products.pages.parts.web import Spot, Web
from generator.products.pages.parts.which_papers import in_force, taken_back
from generator.products.product import Product

PRODUCT = Product("number", Text("trang bài số", "number pages"), office=True, theme=("page", "parts"))

INLINE_PICTURE_BYTES = 20_000
"""A heavier picture comes after the words instead of holding them up."""


def plan(desk: Desk) -> list[Item]:
    web = Web(desk.handbook, desk.theme)
    return [*(_plan_row(desk, web, entry) for entry in desk.handbook.ledger), _plan(desk, "404", lost_page(web))]


def _plan_row(desk: Desk, web: Web, entry: Entry) -> Item:
    lesson = None if entry.until else desk.handbook.by_slug.get(entry.target)
    return _plan_lesson(desk, web, entry, lesson) if lesson else _plan(desk, entry.number, row_page(web, entry))


def _plan(desk: Desk, name: str, page: NumberPage) -> Item:
    """A page whose words are all known: they are its key."""
    return Item("number", f"number:{name}", desk.digest(page.words_shown), lambda _: _draw(page),
                sources(desk.handbook, page.listed))


def _plan_lesson(desk: Desk, web: Web, entry: Entry, lesson: Lesson) -> Item:
    book = desk.handbook
    after, path = web.next_lesson(lesson)
    following = (after.slug, after.title, after.office.minutes, book.number_of(after.slug), path,
                 waiting(book, after), listing_note([after])) if after else ()
    alerts = alerts_of(book, lesson.slug)
    view = LightView(web.spot(f"{entry.number}/index.html"), lesson, {}, desk)
    reachable = web.reachable(repr((lesson, alerts)))
    place = (book.edition.address, page_mark(book.edition), book.edition.contact, reachable, view.place)
    papers = view.old_papers, view.good_papers
    pictures = [desk.picture(file) for file in picture_files(lesson)]
    part = part_class(book, lesson), part_name(book, lesson)
    digest = desk.digest(book.name, entry.number, lesson, part, following, alerts, place, papers, pictures,
                         wanted_real(book, lesson))
    return Item("number", f"number:{entry.number}", digest, lambda bench: _make_lesson(desk, web, entry, lesson, bench),
                (*sources(book, (lesson, *((after,) if after else ()))),
                 *(f"content/alerts/{alert.slug}.md" for alert in alerts), *real_sources(book, (lesson,))),
                needs=(f"leaflet:{lesson.slug}", f"clip:{lesson.slug}", f"film:{lesson.slug}"))


def _make_lesson(desk: Desk, web: Web, entry: Entry, lesson: Lesson, bench: Bench) -> Result:
    spot = web.spot(f"{entry.number}/index.html")
    view = LightView(spot, lesson, bench.needed, desk)
    return _draw(LessonPage(spot, plain(lesson.title), entry.number, view))


def _draw(page: NumberPage) -> Result:
    return secure(Result({f"site/{page.spot.file}": page.spot.web.draw(page.template, page).encode()}))


# What the templates get.


@dataclass(frozen=True)
class LightView(LessonView):
    desk: Desk

    def show_picture(self, file: str) -> str:
        data = self.desk.picture(file)
        return data_address(file, data) if len(data) <= INLINE_PICTURE_BYTES else super().show_picture(file)

    @property
    def good_papers(self) -> str:
        """Whoever has two that look alike scans one of them."""
        return "" if self.draft else in_force(self.lesson)

    @property
    def old_papers(self) -> str:
        return taken_back(self.spot.book, self.lesson.slug)


@dataclass(frozen=True)
class NumberPage(Shown):
    """What every page of this product says about itself."""

    number: str = ""

    template = "page/words.html"
    @property
    def part(self) -> str:
        """The class that gives the page its colours; empty for the book's own."""
        return ""

    @property
    def canonical(self) -> str:
        return self.book.edition.number_url(self.number) if self.number else ""

    @property
    def listed(self) -> tuple[Lesson, ...]:
        """Lessons it leads to: whether they are approved stands beside them."""
        return ()

    @property
    def prints(self) -> tuple[str, ...]:
        """What of its place it shows, by name."""
        return ()

    @property
    def place(self) -> str:
        return "" if self.draft else paged_of(self.book, (), *self.prints)

    @property
    def words_shown(self) -> tuple[object, ...]:
        """Whatever the page says, and no more."""
        own = [getattr(self, part.name) for part in fields(self) if part.name != "spot"]
        return (self.template, own, self.book.name, self.canonical, self.draft, self.helper, self.accountability,
                self.signed, self.place)


@dataclass(frozen=True)
class LessonPage(NumberPage):
    view: LessonView | None = None

    template = "page/lesson.html"

    @property
    def part(self) -> str:
        return self.view.part if self.view else ""


@dataclass(frozen=True)
class GroupPage(NumberPage):
    group: Group | None = None
    target: str = ""

    template = "page/group.html"

    @property
    def part(self) -> str:
        return self.group.part if self.group else ""

    @property
    def prints(self) -> tuple[str, ...]:
        return _called(self.book, self.target)

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        row = self.book.lists.get(self.target)
        return lessons_of(self.book, row.topics) if row else ()

    @property
    def listed(self) -> tuple[Lesson, ...]:
        return self.lessons


@dataclass(frozen=True)
class WordPage(NumberPage):
    """A few plain words and where to go on."""

    words: tuple[str, ...] = ()
    onward: tuple[Listed, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    """Words and address of other ways on."""
    target: str = ""
    """The list or channel it names."""

    @property
    def listed(self) -> tuple[Lesson, ...]:
        return tuple(self.book.by_slug[one.slug] for one in self.onward)

    @property
    def prints(self) -> tuple[str, ...]:
        return _called(self.book, self.target)


@dataclass(frozen=True)
class LostPage(NumberPage):
    parts: tuple[Group, ...] = ()
    numbers: str = ""

    template = "page/lost.html"

    @property
    def listed(self) -> tuple[Lesson, ...]:
        return tuple(self.book.by_slug[one.slug] for part in self.parts for one in part.lessons)


# Pages.


def row_page(web: Web, entry: Entry) -> NumberPage:
    """Every row that is not a lesson shown here: lists, channels, what moved, what is gone."""
    spot = web.spot(f"{entry.number}/index.html")
    if entry.until:
        return _retired(spot, entry)
    if row := spot.book.lists.get(entry.target):
        group = group_of(spot, row)
        return GroupPage(spot, group.title, entry.number, group, entry.target)
    if entry.target.startswith("channel:"):
        return _channel(spot, entry)
    old = taken_back(spot.book, entry.target)  # a release keeps back a lesson that nobody approves any more
    words = (*filter(None, (old,)), f"Bản của {spot.book.edition.name} chưa có bài này.", _whom_to_ask(spot))
    return WordPage(spot, f"Bài số {entry.number} ở đây chưa có", entry.number, words)


def _retired(spot: Spot, entry: Entry) -> WordPage:
    """The paper is old; the reader shall still arrive."""
    moved = _arrival(spot.book, entry)
    title = f"Số {entry.number} nay đã đổi"
    old = taken_back(spot.book, entry.target) or "Tờ giấy của bác là bản cũ."
    if lesson := spot.book.by_slug.get(moved):
        here = (old, "Bài ấy nay ở đây, bác bấm để xem.")
        return WordPage(spot, title, entry.number, here, onward=(list_lesson(spot, lesson),))
    if row := spot.book.lists.get(moved):
        group = group_of(spot, row)
        here = (old, "Bác bấm để xem bản mới.")
        return WordPage(spot, title, entry.number, here, links=((group.title, group.number_page),), target=moved)
    if moved in CHANNEL_TARGETS:
        return _channel(spot, replace(entry, target=moved))
    gone = (old, "Bài ấy nay không còn.", _whom_to_ask(spot))
    return WordPage(spot, f"Số {entry.number} không còn dùng", entry.number, gone)


def _arrival(book: Handbook, entry: Entry) -> str:
    """The lesson, list or channel of this edition that a retired number leads to."""
    return led_on(book.ledger, entry.moved_to or entry.target, {*book.by_slug, *book.lists, *CHANNEL_TARGETS})


def _channel(spot: Spot, entry: Entry) -> WordPage:
    """Each edition has its own; an empty one says whom to ask."""
    channel = spot.book.edition.channel(CHANNEL_TARGETS.get(entry.target, ""))
    name = channel.name or channel.address
    if channel.address:
        words = (f"Địa chỉ: {channel.address}", "Bác đọc kỹ địa chỉ rồi hãy bấm.")
        return WordPage(spot, name, entry.number, words, links=((f"Mở {name}", channel.address),), target=entry.target)
    if name:
        words = (f"Bác tìm đúng tên: {name}.", _whom_to_ask(spot, "Chưa thấy thì bác"))
        return WordPage(spot, name, entry.number, words, target=entry.target)
    return WordPage(spot, f"Số {entry.number} ở đây chưa có", entry.number, (_whom_to_ask(spot),), target=entry.target)


def _called(book: Handbook, target: str) -> tuple[str, ...]:
    """What of its place a page of this list or channel shows, by name."""
    if row := book.lists.get(target):
        return (of_path(row) if isinstance(row, Path) else of_part(row),)
    names = [key.vi for key in EDITION_KEYS if key.en == CHANNEL_TARGETS.get(target)]
    return tuple(name for key in names for name in (key, f"địa chỉ {key}"))


def _whom_to_ask(spot: Spot, begin: str = "Bác") -> str:
    helper = spot.book.edition.contact
    if not helper.unit:
        return f"{begin} hỏi nơi đã phát tờ giấy này nhé."
    return f"{begin} hỏi {helper.unit} nhé." + (f" Điện thoại: {helper.phone}." if helper.phone else "")


def lost_page(web: Web) -> NumberPage:
    spot = web.spot("404.html")
    return LostPage(spot, "Không có trang này", parts=part_groups(spot), numbers=" ".join(web.rows))
