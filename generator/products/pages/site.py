"""The site: every page but the number pages, as words and links; MkDocs and Material put them into their frame."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator.engine.items import Bench, Desk, Item, Result
from generator.ground.findings import Text
from generator.handbook.model import Handbook, Paragraph, Term
from generator.press.framed import TEMPLATES, Framed, SitePage
from generator.press.frames import frame_site
from generator.press.pages import plain
from generator.press.squeeze import squeeze_script
from generator.products.films.parts.real import RealFilm, found_reals, real_sources, wanted_real
from generator.products.lesson import Lesson, lesson_file, picture_files, sources
from generator.products.pages.parts import coverage, downloads, embed
from generator.products.pages.parts.feeds import feed_files
from generator.products.pages.parts.home import ENTRY_CARD, PRIVACY, PRIVACY_TITLE, PrivacyPage, Shown, home_page
from generator.products.pages.parts.lesson_view import LessonView
from generator.products.pages.parts.listing import CARDS as CARDS_TITLE
from generator.products.pages.parts.listing import (
    Group,
    answers_for_list,
    card_group,
    group_lessons,
    group_of,
    menu_of,
    part_groups,
    path_groups,
)
from generator.products.pages.parts.page_security import secure
from generator.products.pages.parts.search_index import named_channels, search_script
from generator.products.pages.parts.terms import PLACE, Explained, explain, in_order, other_names
from generator.products.pages.parts.web import (
    Film,
    Paper,
    Spot,
    Wall,
    Web,
    every_paper,
    handed_decks,
    handed_films,
    handed_papers,
    handed_pictures,
    page_of,
)
from generator.products.product import Product

PRODUCT = Product("site", Text("trang web", "site"), office=True, theme=("site", "parts", "embed"))

STYLES = ("tokens.css", "parts/lesson.css", "site/site.css")
SCRIPTS = tuple(f"site/reading/{name}.js" for name in ("keep", "look", "marks", "practice", "listen"))
"""In this order: each uses `keep`, which stands first."""
HOME, PARTS, PATHS, CARDS, WORDS = (
    "index.html", "parts/index.html", "paths/index.html", "cards/index.html", "glossary/index.html",
)


def plan(desk: Desk) -> list[Item]:
    book = desk.handbook
    labels = {name: label.vi for name, label in desk.labels.items()}
    shown = (labels, downloads.shelving(), book.name, book.site.name, book.home, book.parts, book.paths, book.demands,
             book.lessons, book.edition, book.ledger, book.alerts, book.glossary, book.signposts, book.wishes,
             book.audiences, [(edition.name, edition.channels) for edition in book.editions],
             [(wanted_real(book, lesson), named_channels(lesson)) for lesson in book.lessons], "stick" in desk.lacking)

    def make(bench: Bench) -> Result:
        content = Content(Web(book, desk.theme), handed_papers(bench.needed), handed_decks(bench.needed),
                          handed_pictures(bench.needed), handed_films(bench.needed), every_paper(bench.needed), labels,
                          found_reals(book, bench.needed), "stick" not in desk.lacking)
        for folder in TEMPLATES:
            desk.theme.hand_over(folder)
        files = frame_site(desk.project, framed(content)) | feed_files(content.web) | embed.fragment_files(content.web)
        return secure(Result({f"site/{path}": data for path, data in files.items()}))

    files = (*sources(book, book.lessons), *_own_files(book), *real_sources(book, book.lessons))
    digest = desk.digest(shown, desk.settings, [(file, desk.picture(file)) for file in used_pictures(book)])
    return [Item("site", "site", digest, make, files, needs=(*_papers(book), *_decks(book)))]


def _own_files(book: Handbook) -> Iterator[str]:
    yield from ("content/index.md", "content/glossary.yml")
    yield from (f"content/alerts/{alert.slug}.md" for alert in book.alerts)
    if book.demands:
        yield "content/demands.yml"


def _papers(book: Handbook) -> tuple[str, ...]:
    """Of one item each; the books of parts and paths, and what is folded or packed, are `*` of their product."""
    kinds = ("leaflet", "poster", "grandchild", "fold:2up")
    own = (f"{kind}{'-' if ':' in kind else ':'}{lesson.slug}" for kind in kinds for lesson in book.lessons)
    return ("booklet:*", "fold:*", "sheet:*", ENTRY_CARD, *own)


def _decks(book: Handbook) -> tuple[str, ...]:
    return tuple(f"{kind}:{lesson.slug}" for kind in ("deck", "poster:share", "clip", "film")
                 for lesson in book.lessons)


def used_pictures(book: Handbook) -> tuple[str, ...]:
    """Nothing else leaves `content/` but pages."""
    return tuple(dict.fromkeys(file for lesson in book.lessons for file in picture_files(lesson)))


@dataclass(frozen=True)
class Content:
    """What goes onto the site."""

    web: Web
    papers: Mapping[str, Paper] = field(default_factory=dict)
    """By item name."""
    decks: Mapping[str, Wall] = field(default_factory=dict)
    """By slug."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    """What is shown where somebody shares a lesson, by slug."""
    films: Mapping[str, Film] = field(default_factory=dict)
    """By slug."""
    shelved: tuple[Paper, ...] = ()
    """All that can be taken away and printed."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """What each product is called."""
    reals: Mapping[str, RealFilm] = field(default_factory=dict)
    """Films somebody made, by slug."""
    with_whole: bool = True
    """Whether the whole site can be had as one file."""


# What the templates get.


@dataclass(frozen=True)
class LessonPage:
    view: LessonView


@dataclass(frozen=True)
class ListPage(Shown):
    """All parts, all paths, one of them, all cards."""

    groups: tuple[Group, ...]
    numbered: bool = False


@dataclass(frozen=True)
class TermsPart:
    """What stands at the end of a lesson."""

    words: tuple[Explained, ...]
    all: str
    """Link to the whole glossary."""


@dataclass(frozen=True)
class WordsPage(Shown):
    @property
    def terms(self) -> tuple[Term, ...]:
        return in_order(self.spot.web.handbook.glossary)

    def others(self, term: Term) -> str:
        return ", ".join(other_names(term))


# Pages.


def framed(content: Content) -> Framed:
    """All that MkDocs frames: pages, menu, the pictures they show, and the index their search looks into."""
    book = content.web.handbook
    theme = content.web.theme
    return Framed(book.edition.address, tuple(draw_pages(content)), menu_of(book), used_pictures(book),
                  search_script(content.web), theme.text(*STYLES), squeeze_script(theme.text(*SCRIPTS)))


def draw_pages(content: Content) -> Iterator[SitePage]:
    book = content.web.handbook
    yield _draw_home(content)
    yield _draw_groups(content, PARTS, "Các phần", part_groups)
    yield _draw_groups(content, PATHS, "Bài cho từng người", path_groups, "paths")
    for target in (*(f"part:{part.id}" for part in book.parts), *(f"path:{path.id}" for path in book.paths)):
        yield _draw_group(content, target)
    if book.cards:
        yield _draw_cards(content)
    if book.glossary:
        yield _draw_words(content)
    yield _draw_papers(content)
    yield _draw_coverage(content)
    yield _draw_privacy(content)
    yield _draw_portal(content)
    for lesson in book.lessons:
        yield _draw_lesson(content, lesson)


def _page(
    spot: Spot, template: str, title: str, description: str, context: object, source: str = "content/handbook.yml",
) -> SitePage:
    html = _render(spot, f"site/pages/{template}", context)
    section = re.search(r'<h2 id="([^"]+)"', html)
    return SitePage(spot.file, title, description, spot.canonical, html, source,
                    first_section=section[1] if section else "")


def _render(spot: Spot, template: str, context: object) -> str:
    return re.sub(r"\n\s*", "\n", spot.web.theme.draw(f"{template}.html", context))


def _draw_lesson(content: Content, lesson: Lesson) -> SitePage:
    spot = content.web.spot(page_of(lesson))
    view = LessonView(spot, lesson, lambda file: spot.to(file.removeprefix("content/")),
                      content.papers.get(f"leaflet:{lesson.slug}"), content.decks.get(lesson.slug),
                      content.films.get(lesson.slug), content.reals.get(lesson.slug))
    page = _page(spot, "lesson", plain(lesson.title), view.description, LessonPage(view), lesson_file(lesson))
    html, words = explain(page.html, spot.web.handbook.glossary)
    part = _render(spot, "parts/terms", TermsPart(words, spot.to(WORDS))) if words else ""
    office = lesson.office
    changed = max([office.reviewed, *(change.day for change in office.changes)])
    picture = content.pictures.get(lesson.slug, "")
    return replace(page, html=html.replace(PLACE, part), changed=changed,
                   picture=content.web.spot(picture).canonical if picture else "")


def _draw_home(content: Content) -> SitePage:
    page = home_page(content.web.spot(HOME), content.papers.get(ENTRY_CARD))
    words = next((plain(block.phrase) for block in page.blocks if isinstance(block, Paragraph)), page.title)
    return _page(page.spot, "home", page.title, words, page, "content/index.md")


def _draw_groups(
    content: Content, file: str, title: str, groups: Callable[[Spot], tuple[Group, ...]], template: str = "groups"
) -> SitePage:
    spot = content.web.spot(file)
    book = content.web.handbook
    page = ListPage(spot, title, answers_for_list(book), groups(spot))
    return _page(spot, template, title, f"{title}: {book.name}", page)


def _draw_group(content: Content, target: str) -> SitePage:
    book = content.web.handbook
    kind, _, name = target.partition(":")
    spot = content.web.spot(f"{kind}s/{name}/index.html")
    group = group_of(spot, target)
    assert group is not None
    answers = answers_for_list(book, group_lessons(book, target))
    page = ListPage(spot, group.title, answers, (group,), numbered=kind == "path")
    return _page(spot, "group", group.title, f"Các bài: {group.title}", page)


def _draw_cards(content: Content) -> SitePage:
    spot = content.web.spot(CARDS)
    book = content.web.handbook
    page = ListPage(spot, CARDS_TITLE, answers_for_list(book, book.cards), (card_group(spot),))
    return _page(spot, "group", CARDS_TITLE, f"{CARDS_TITLE}: cần mang gì, nộp ở đâu, làm thế nào", page)


def _draw_words(content: Content) -> SitePage:
    spot = content.web.spot(WORDS)
    page = WordsPage(spot, "Từ khó", answers_for_list(content.web.handbook))
    return _page(spot, "words", "Từ khó", "Từ khó về điện thoại và mạng, nói bằng lời thường", page,
                 "content/glossary.yml")


def _draw_papers(content: Content) -> SitePage:
    spot = content.web.spot(downloads.FILE)
    book = content.web.handbook
    page = downloads.PapersPage(spot, "Tải về", answers_for_list(book), downloads.shelves_of(book, content.shelved),
                                spot.to(coverage.FILE), spot.to(embed.PAGE), tuple(content.decks.values()),
                                content.with_whole)
    return _page(spot, "papers", "Tải về", "Tờ rơi và tập sách để in, kèm số trang và dung lượng", page)


def _draw_coverage(content: Content) -> SitePage:
    spot = content.web.spot(coverage.FILE)
    context = coverage.CoveragePage(spot, answers_for_list(content.web.handbook), content.labels)
    page = _page(spot, "coverage", "Sách có gì, thiếu gì", "Cho người biên soạn", context)
    return replace(page, listed=False)


def _draw_privacy(content: Content) -> SitePage:
    spot = content.web.spot(PRIVACY)
    page = PrivacyPage(spot, PRIVACY_TITLE, answers_for_list(content.web.handbook))
    return _page(spot, "privacy", PRIVACY_TITLE, "Quét mã không mất tiền, không hỏi mật khẩu, không theo dõi ai", page)


def _draw_portal(content: Content) -> SitePage:
    title = "Đưa bài lên cổng của xã, phường"
    spot = content.web.spot(embed.PAGE)
    page = embed.PortalPage(spot, title, answers_for_list(content.web.handbook))
    return _page(spot, "portal", title, "Cho người làm trang của xã, phường: một dòng để chép cho mỗi bài", page)
