"""The site: every page but the number pages, as words and links; MkDocs and Material put them into their frame."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape

from generator.handbook.model import Block, Handbook, Help
from generator.items import Bench, Desk, Item, Result
from generator.press.pages import plain, render
from generator.products.lesson_view import (
    Group,
    LessonView,
    Paper,
    Spot,
    Web,
    handed_papers,
    list_lessons,
    page_of,
    part_groups,
    path_groups,
)
from generator.products.paper import Lesson, contact, lesson_file, picture_files, sources

Nav = list[dict[str, object]]
HOME, PARTS, PATHS, CARDS, PAPERS = (
    "index.html", "parts/index.html", "paths/index.html", "cards/index.html", "downloads/index.html"
)


def plan(desk: Desk) -> list[Item]:
    book = desk.handbook
    pictures = [(file, desk.picture(file)) for file in used_pictures(book)]
    shown = (book.name, book.site.name, book.home, book.parts, book.paths, book.lessons, book.edition, book.ledger)

    def make(bench: Bench) -> Result:
        from generator.mkdocs_plugin import build_site  # a third of a second nobody else should pay

        content = Content(Web(book, desk.project.theme), handed_papers(bench.needed))
        files = build_site(desk.project, content)
        return Result({f"site/{path}": data for path, data in files.items()})

    files = (*sources(book, book.lessons), "content/index.md")
    return [Item("site", "site", desk.digest(shown, pictures), make, files, needs=_papers(book))]


def _papers(book: Handbook) -> tuple[str, ...]:
    return ("booklet:hoc-so-co-ban", *(f"leaflet:{lesson.slug}" for lesson in book.lessons))


def used_pictures(book: Handbook) -> tuple[str, ...]:
    """Nothing else leaves `content/` but pages."""
    return tuple(dict.fromkeys(file for lesson in book.lessons for file in picture_files(lesson)))


@dataclass(frozen=True)
class Content:
    """What goes onto the site."""

    web: Web
    papers: Mapping[str, Paper] = field(default_factory=dict)
    """By item name."""


@dataclass(frozen=True)
class SitePage:
    """One page, drawn; MkDocs adds the frame."""

    file: str
    title: str
    """Plain words."""
    description: str
    canonical: str
    html: str
    source: str = ""
    """The content file an editor would mend."""
    changed: date | None = None
    """When its content was last looked at; for the site map."""

    @property
    def headings(self) -> tuple[tuple[str, str], ...]:
        """Anchors and their words as HTML."""
        return tuple((match[1], match[2]) for match in re.finditer(r'<h2 id="([^"]+)">(.*?)</h2>', self.html))


# What the templates get.


@dataclass(frozen=True)
class LessonPage:
    view: LessonView


@dataclass(frozen=True)
class ListPage:
    """Any page that lists lessons: home, all parts, all paths, one of them, all cards."""

    spot: Spot
    title: str
    groups: tuple[Group, ...]
    paths: tuple[Group, ...] = ()
    blocks: tuple[Block, ...] = ()
    helper: Help = Help("")
    numbered: bool = False

    @property
    def numbers(self) -> str:
        return " ".join(self.spot.web.rows) if self.spot.web.numbers else ""

    @property
    def link(self) -> Callable[[str], str]:
        return self.spot.linker("content/index.md")


@dataclass(frozen=True)
class Shelf:
    title: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class PapersPage:
    spot: Spot
    shelves: tuple[Shelf, ...]
    helper: Help


# Pages.


def draw_pages(content: Content) -> Iterator[SitePage]:
    yield _draw_home(content)
    yield _draw_groups(content, PARTS, "Các phần", part_groups)
    yield _draw_groups(content, PATHS, "Bài cho từng người", path_groups)
    yield from _draw_each(content, "parts", part_groups, [part.id for part in content.web.handbook.parts], False)
    yield from _draw_each(content, "paths", path_groups, [path.id for path in content.web.handbook.paths], True)
    if content.web.handbook.cards:
        yield _draw_groups(content, CARDS, "Làm giấy tờ", _card_groups)
    yield _draw_papers(content)
    for lesson in content.web.handbook.lessons:
        yield _draw_lesson(content, lesson)


def navigation(handbook: Handbook) -> Nav:
    """The menu, titles escaped. Topics stay out of it, or every page would carry all of them."""
    parts: list[object] = [{escape(part.title): f"parts/{part.id}/index.md"} for part in handbook.parts]
    paths: list[object] = [{escape(path.title): f"paths/{path.id}/index.md"} for path in handbook.paths]
    cards: Nav = [{"Làm giấy tờ": "cards/index.md"}] if handbook.cards else []
    return [
        {"Trang đầu": "index.md"},
        {"Các phần": ["parts/index.md", *parts]},
        {"Bài cho từng người": ["paths/index.md", *paths]},
        *cards,
        {"Tải về": "downloads/index.md"},
    ]


def _page(
    spot: Spot, template: str, title: str, description: str, context: object, source: str = "",
    changed: date | None = None,
) -> SitePage:
    html = re.sub(r"\n\s*", "\n", render(spot.web.theme, f"site/pages/{template}.html", context))
    return SitePage(spot.file, title, description, spot.canonical, html, source, changed)


def _draw_lesson(content: Content, lesson: Lesson) -> SitePage:
    spot = content.web.spot(page_of(lesson))
    view = LessonView(spot, lesson, lambda file: spot.to(file.removeprefix("content/")),
                      content.papers.get(f"leaflet:{lesson.slug}"))
    office = lesson.office
    changed = max([office.reviewed, *(change.day for change in office.changes)])
    return _page(spot, "lesson", plain(lesson.title), view.description, LessonPage(view), lesson_file(lesson), changed)


def _draw_home(content: Content) -> SitePage:
    spot = content.web.spot(HOME)
    book = content.web.handbook
    page = ListPage(spot, plain(book.home.title) or book.name, _filled(part_groups(spot)), _filled(path_groups(spot)),
                    book.home.blocks, contact(book.edition))
    words = next((plain(block.phrase) for block in book.home.blocks if hasattr(block, "phrase")), book.name)
    return _page(spot, "home", page.title, words, page, "content/index.md")


def _draw_groups(
    content: Content, file: str, title: str, groups: Callable[[Spot], tuple[Group, ...]]
) -> SitePage:
    spot = content.web.spot(file)
    page = ListPage(spot, title, groups(spot), helper=contact(content.web.handbook.edition))
    return _page(spot, "groups", title, f"{title}: {content.web.handbook.name}", page, "content/handbook.yml")


def _draw_each(
    content: Content, folder: str, groups: Callable[[Spot], tuple[Group, ...]], ids: Iterable[str], numbered: bool
) -> Iterator[SitePage]:
    for index, name in enumerate(ids):
        spot = content.web.spot(f"{folder}/{name}/index.html")
        group = groups(spot)[index]
        page = ListPage(spot, group.title, (group,), helper=contact(content.web.handbook.edition), numbered=numbered)
        yield _page(spot, "group", group.title, f"Các bài: {group.title}", page, "content/handbook.yml")


def _card_groups(spot: Spot) -> tuple[Group, ...]:
    lessons = list_lessons(spot, [card.slug for card in spot.web.handbook.cards])
    return (Group("Làm giấy tờ", "", spot.file, spot.file, lessons, 0),)


def _filled(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    return tuple(group for group in groups if not group.is_empty)


def _draw_papers(content: Content) -> SitePage:
    spot = content.web.spot(PAPERS)
    kinds = (("Cả tập", "booklet:"), ("Tờ rơi, mỗi bài một tờ", "leaflet:"))
    shelves = tuple(
        Shelf(title, tuple(paper for name, paper in content.papers.items() if name.startswith(kind)))
        for title, kind in kinds
    )
    page = PapersPage(spot, tuple(shelf for shelf in shelves if shelf.papers), contact(content.web.handbook.edition))
    return _page(spot, "papers", "Tải về", "Tờ rơi và tập sách để in, kèm số trang và dung lượng", page)
