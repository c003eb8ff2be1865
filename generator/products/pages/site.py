"""The site: every page but the number pages, as words and links; MkDocs and Material put them into their frame."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.engine.items import Bench, Desk, Item, Result
from generator.ground.findings import Text
from generator.handbook.model import DEMANDS, GLOSSARY, Handbook, Paragraph, Term
from generator.handbook.words import hard_words
from generator.press.framed import SETTINGS, TEMPLATES, Framed, SitePage
from generator.press.frames import frame_site
from generator.press.orders import DRAFT
from generator.press.pages import plain
from generator.press.squeeze import squeeze_script
from generator.products import products
from generator.products.films.parts.real import real_sources, wanted_real
from generator.products.lesson import CARDS, Lesson, lesson_file, picture_files, sources
from generator.products.pages.parts import coverage, downloads, portal
from generator.products.pages.parts.home import PRIVACY, PRIVACY_TITLE, PrivacyPage, home_page
from generator.products.pages.parts.lesson_view import LessonView
from generator.products.pages.parts.listing import (
    Group,
    Shown,
    card_group,
    group_of,
    lessons_of,
    menu_of,
    part_groups,
    path_groups,
)
from generator.products.pages.parts.page_security import secure
from generator.products.pages.parts.scenery import small_scenes
from generator.products.pages.parts.search_index import named_channels, search_script
from generator.products.pages.parts.terms import PLACE, Explained, explain, in_order, other_names
from generator.products.pages.parts.web import DOWNLOADS, Spot, Web, page_of
from generator.products.product import Product

PRODUCT = Product("site", Text("trang web", "site"), office=True, theme=("site", "parts", "embed"))

STYLES = ("tokens.css", "parts/lesson.css", "parts/face.css", "parts/signs.css", "site/site.css")
SCRIPTS = (*(f"site/reading/{name}.js" for name in ("keep", "look", "marks", "practice", "listen")), "parts/film.js")
"""In this order: most use `keep`, which stands first."""
WORDS = "glossary/index.html"


def plan(desk: Desk) -> list[Item]:
    book = desk.handbook
    labels = {name: label.vi for name, label in desk.labels.items()}
    shown = (labels, downloads.shelving(), book.name, book.site.name, book.home, book.parts, book.paths, book.demands,
             book.lessons, book.edition, book.ledger, book.alerts, book.glossary, book.unsigned_words, book.signposts,
             book.wishes, book.audiences, book.drawings,
             [(edition.name, edition.channels) for edition in book.editions],
             [(wanted_real(book, lesson), named_channels(lesson)) for lesson in book.lessons], "stick" in desk.lacking)

    def make(bench: Bench) -> Result:
        web = Web(book, desk.theme, handed=bench.needed, labels=labels, with_whole="stick" not in desk.lacking)
        inputs = {file: desk.picture(file) for file in (SETTINGS, *used_pictures(book))}
        for folder in TEMPLATES:
            inputs |= {f"theme/{name}": data for name, data in desk.theme.hand_over(folder).items()}
        files = frame_site(desk.project, framed(web), inputs) | portal.feed_files(web) | portal.fragment_files(web)
        return secure(Result({f"site/{path}": data for path, data in files.items()}))

    files = (*sources(book, book.lessons), *_own_files(book), *real_sources(book, book.lessons))
    digest = desk.digest(shown, desk.settings, [(file, desk.picture(file)) for file in used_pictures(book)])
    return [Item("site", "site", digest, make, files, needs=_needs(book))]


def _own_files(book: Handbook) -> Iterator[str]:
    yield from ("content/index.md", GLOSSARY)
    yield from (f"content/alerts/{alert.slug}.md" for alert in book.alerts)
    if book.demands:
        yield DEMANDS


def _needs(book: Handbook) -> tuple[str, ...]:
    """All papers that stand on a shelf, and what each lesson shows."""
    shelved = (f"{name}:*" for name, product in products().items() if any(kind.shelf for kind in product.papers))
    return (*shelved, *(f"{shown}:{lesson.slug}" for shown in ("deck", "clip", "film") for lesson in book.lessons))


def used_pictures(book: Handbook) -> tuple[str, ...]:
    """Nothing else leaves `content/` but pages."""
    return tuple(dict.fromkeys(file for lesson in book.lessons for file in picture_files(lesson)))


# What the templates get.


@dataclass(frozen=True)
class ListPage(Shown):
    """All parts, all paths, one of them, all cards."""

    groups: tuple[Group, ...]
    lessons: tuple[Lesson, ...] = ()
    """Who made these answers for the page; empty when it is everybody."""
    numbered: bool = False

    @property
    def listed(self) -> tuple[Lesson, ...]:
        return tuple(dict.fromkeys(self.book.by_slug[one.slug] for group in self.groups for one in group.lessons))


@dataclass(frozen=True)
class TermsPart:
    """What stands at the end of a lesson."""

    words: tuple[Explained, ...]
    all: str
    """Link to the whole glossary."""
    signed: str
    """The name of its text."""


@dataclass(frozen=True)
class WordsPage(Shown):
    listed = ()

    @property
    def draft(self) -> str:
        return DRAFT if self.book.unsigned_words else super().draft

    @property
    def words(self) -> str:
        """The name of what it says."""
        return hard_words(self.book).text

    @property
    def terms(self) -> tuple[Term, ...]:
        return in_order(self.book.glossary)

    def others(self, term: Term) -> str:
        return ", ".join(other_names(term))


# Pages.


def framed(web: Web) -> Framed:
    """All that MkDocs frames: pages, menu, the pictures they show, and the index their search looks into."""
    book, theme = web.handbook, web.theme
    return Framed(book.edition.address, tuple(draw_pages(web)), menu_of(book), used_pictures(book),
                  search_script(web), theme.text(*STYLES), squeeze_script(theme.text(*SCRIPTS)),
                  small_scenes(book, theme))


def draw_pages(web: Web) -> Iterator[SitePage]:
    book = web.handbook
    yield _draw_home(web)
    for folder, title, template in (("parts", "Các phần", "groups"), ("paths", "Bài cho từng người", "paths")):
        spot = web.spot(f"{folder}/index.html")
        groups = part_groups(spot) if folder == "parts" else path_groups(spot)
        yield _page(ListPage(spot, title, groups), template, f"{title}: {book.name}")
    for folder, rows in (("parts", book.parts), ("paths", book.paths)):
        for row in rows:
            spot = web.spot(f"{folder}/{row.id}/index.html")
            group = group_of(spot, row)
            page = ListPage(spot, group.title, (group,), lessons_of(book, row.topics), numbered=folder == "paths")
            yield replace(_page(page, "group", f"Các bài: {group.title}"), part=group.part)
    if book.cards:
        spot = web.spot("cards/index.html")
        group = card_group(spot)
        yield replace(_page(ListPage(spot, CARDS, (group,), book.cards), "group",
                            f"{CARDS}: cần mang gì, nộp ở đâu, làm thế nào"), part=group.part)
    if book.glossary:
        yield _page(WordsPage(web.spot(WORDS), "Từ khó"), "words",
                    "Từ khó về điện thoại và mạng, nói bằng lời thường", GLOSSARY)
    yield _page(downloads.PapersPage(web.spot(downloads.FILE), "Tải về"), "papers",
                "Tờ rơi và tập sách để in, kèm số trang và dung lượng")
    yield replace(_page(coverage.CoveragePage(web.spot(coverage.FILE), "Sách có gì, thiếu gì"), "coverage",
                        "Cho người biên soạn"), listed=False)
    yield _page(PrivacyPage(web.spot(PRIVACY), PRIVACY_TITLE), "privacy",
                "Quét mã không mất tiền, không hỏi mật khẩu, không theo dõi ai")
    yield _page(portal.PortalPage(web.spot(portal.PAGE), "Đưa bài lên cổng của xã, phường"), "portal",
                "Cho người làm trang của xã, phường: một dòng để chép cho mỗi bài")
    for lesson in book.lessons:
        yield _draw_lesson(web, lesson)


def _page(page: Shown, template: str, description: str, source: str = "content/handbook.yml") -> SitePage:
    return _framed(page.spot, page.title, template, page, description, source)


def _framed(spot: Spot, title: str, template: str, page: object, description: str, source: str) -> SitePage:
    html = spot.web.draw(f"site/pages/{template}.html", page)
    section = re.search(r'<h2 id="([^"]+)"', html)
    return SitePage(spot.file, title, description, spot.canonical, html, source,
                    first_section=section[1] if section else "")


def _draw_home(web: Web) -> SitePage:
    page = home_page(web)
    words = (plain(block.phrase) for block in web.handbook.home.blocks if isinstance(block, Paragraph))
    return _page(page, "home", next(words, page.title), "content/index.md")


def _draw_lesson(web: Web, lesson: Lesson) -> SitePage:
    view = LessonView(web.spot(page_of(lesson)), lesson, web.handed)
    page = _framed(view.spot, plain(lesson.title), "lesson", view, view.description, lesson_file(lesson))
    html, words = explain(page.html, web.handbook.explained(lesson))
    terms = TermsPart(words, view.spot.to(WORDS), hard_words(web.handbook).text)
    part = web.draw("parts/terms.html", terms) if words else ""
    changed = max([lesson.office.reviewed, *(change.day for change in lesson.office.changes)])
    return replace(page, html=html.replace(PLACE, part), changed=changed, picture=_shared_picture(web, lesson),
                   part=view.part)


def _shared_picture(web: Web, lesson: Lesson) -> str:
    """Address of what is shown where somebody shares the lesson."""
    made = web.handed.get(f"poster:share:{lesson.slug}")
    files = (path.removeprefix(DOWNLOADS) for path in (made.sizes if made else ())
             if path.startswith(DOWNLOADS) and path.endswith("-1200x630.png"))
    return next((web.spot(file).canonical for file in files), "")
