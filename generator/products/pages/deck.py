"""Decks: each lesson on the wall of a village hall, one file that needs no network, no script and no font."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from generator.engine.items import Desk, Item, Result
from generator.ground.findings import Text
from generator.handbook.model import Screen
from generator.press.drawer import code_svg, number_code
from generator.press.pages import data_address, plain
from generator.press.phone.drawing import draw_phone
from generator.press.phone.ink import wrap
from generator.press.scene import draw_scene
from generator.press.squeeze import squeeze_style
from generator.products.lesson import (
    UNSEEN,
    Lesson,
    foot_line,
    part_class,
    picture_files,
    place_facts,
    sources,
)
from generator.products.pages.parts.deck_pages import BESIDE, TYPEFACE, Slide, said, slides_of
from generator.products.pages.parts.lesson_view import LessonView
from generator.products.pages.parts.page_security import secure
from generator.products.pages.parts.web import Web
from generator.products.papers.parts.words import breakable, css_text
from generator.products.product import Product

PRODUCT = Product("deck", Text("bài chiếu", "decks"), office=True, theme=("deck",))

CODE_MM = 25.0
"""As on leaflets: few and large modules, which count more on a wall than a strong level."""
LEAST_MM, MOST_MM = 46.0, 74.0
"""How high a phone of 45 mm width is drawn: tall enough to fill half the wall, low enough to stay readable."""
ASK_LINES = 3
"""What a helper's name may take beside the code."""


def plan(desk: Desk) -> list[Item]:
    web = Web(desk.handbook, desk.theme)
    return [_item(desk, web, lesson) for lesson in desk.handbook.lessons]


def _item(desk: Desk, web: Web, lesson: Lesson) -> Item:
    book = desk.handbook
    pictures = [desk.picture(file) for file in picture_files(lesson)]
    page = DeckPage(web.spot(f"site/slides/{lesson.slug}/index.html"), lesson, {}, desk)
    digest = desk.digest("deck", book.name, lesson, book.number_of(lesson.slug), place_facts(book.edition),
                         part_class(book, lesson), page.place, *pictures)
    return Item("deck", f"deck:{lesson.slug}", digest, lambda _: _make(page), sources(book, [lesson]))


def _make(page: DeckPage) -> Result:
    html = page.spot.web.draw("deck/deck.html", page)
    facts = {"title": plain(page.lesson.title), "slides": len(page.slides)}
    return secure(Result({page.spot.file: html.encode()}, facts))


@dataclass(frozen=True)
class DeckPage(LessonView):
    """What the template gets."""

    desk: Desk

    unseen = UNSEEN
    say = staticmethod(said)
    prints = ()

    @property
    def slides(self) -> tuple[Slide, ...]:
        return slides_of(self.lesson)

    @property
    def part(self) -> str:
        return part_class(self.spot.book, self.lesson)

    @property
    def scene(self) -> Markup:
        return draw_scene(self.lesson.drawing)

    @cached_property
    def url(self) -> str:
        return self.spot.book.edition.number_url(self.number) if self.number else ""

    @property
    def address(self) -> Markup:
        """Wraps before the host, and inside it only when that alone is too long for a line."""
        scheme, slashes, rest = self.url.partition("//")
        return Markup("{}{}<wbr><span>{}</span>").format(scheme, slashes, breakable(rest))

    @property
    def code(self) -> Markup:
        return Markup(code_svg(number_code(self.url, CODE_MM), None, f"Mã QR mở {self.url}"))

    @property
    def ask(self) -> str:
        """Whom to ask; empty when nobody is known or the name is too long for a wall."""
        unit = self.spot.book.edition.contact.unit
        words = f"Cần người giúp? Hỏi {unit}." if unit else ""
        return words if len(wrap(words, BESIDE, size=TYPEFACE)) <= ASK_LINES else ""

    @property
    def style(self) -> Markup:
        css = self.desk.theme.text("tokens.css", "deck/deck.css")
        trial = css_text(foot_line(self.spot.book.edition, [self.lesson]))
        return Markup(squeeze_style(css.replace('"TRIAL"', trial)))

    def phone(self, screen: Screen) -> Markup:
        return Markup(draw_phone(screen, crop_mm=MOST_MM, least_mm=LEAST_MM))

    def show_picture(self, file: str) -> str:
        return data_address(file, self.desk.picture(file))
