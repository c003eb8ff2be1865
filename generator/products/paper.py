"""What all printed papers share: foot lines, who answers, whom to ask, words and pictures as paper shows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from generator.engine.items import Bench, Codes, Desk, Item, Result
from generator.ground.errors import ProofError
from generator.handbook.editions import first_unit
from generator.handbook.model import Card, Edition, Handbook, Help, Phrase, Picture, Screen, Step, Topic, Trainer
from generator.handbook.select import number_url
from generator.press.binder import embedded_fonts
from generator.press.drawer import code_svg, number_code
from generator.press.fonts import FAMILY
from generator.press.pages import data_address, inline, plain, render
from generator.press.phone.drawing import draw_phone

if TYPE_CHECKING:
    from generator.press.browser import Browser, Sheet

Lesson = Topic | Card

A5_MM, A4_MM = (148.0, 210.0), (210.0, 297.0)
TRIAL = "BẢN IN THỬ, CHƯA PHÁT"
UNSEEN = "Hình minh họa, máy bác có thể khác"
CONTACT_ROLE = "đầu mối"
MOST_UNITS = 2
"""More would not stand on one line of a foot."""
VOLUME_TOPICS = 300
"""The most topics of one book: a single print of 6,000 pages takes 3.7 GB."""
MM_PER_POINT = 25.4 / 72


# Words.


def month(day: date) -> str:
    return f"{day:%m/%Y}"


def month_of(moment: int) -> str:
    """The month that stands on a paper: that of the sources, so two builds of one commit agree."""
    return month(datetime.fromtimestamp(moment, UTC).date())


def month_start(moment: int) -> int:
    """When a paper says it was made: the month it prints, so a later commit of that month changes no byte."""
    return int(datetime.fromtimestamp(moment, UTC).replace(day=1, hour=0, minute=0, second=0).timestamp())


def contact(edition: Edition) -> Help:
    """Whom readers of a paper ask; without a unit it is a box to write or stamp in."""
    helper = edition.helper(CONTACT_ROLE)
    return helper if helper.unit else first_unit(edition)


def accountability(lesson: Lesson, edition: Edition) -> str:
    unit = contact(edition).unit or "nơi phát"
    return (
        f"Nội dung: {lesson.office.unit}. Rà soát: {month(lesson.office.reviewed)}. "
        f"Thấy sai, báo {unit}, đọc số bài."
    )


def shared_accountability(lessons: Iterable[Lesson], edition: Edition) -> str:
    """For a paper about many lessons: the first units of its makers, and the oldest review."""
    offices = [lesson.office for lesson in lessons]
    units = list(dict.fromkeys(office.unit for office in offices))
    told = "; ".join(units[:MOST_UNITS]) + (" và các đơn vị ghi ở từng bài" if len(units) > MOST_UNITS else "")
    reviewed = min((office.reviewed for office in offices), default=None)
    answers = f"Nội dung: {told}. Rà soát: {month(reviewed)}. " if reviewed else ""
    return f"{answers}Thấy sai, báo {contact(edition).unit or 'nơi phát'}, đọc số in trên phiếu."


def foot_line(edition: Edition) -> str:
    """Empty when the paper may be handed out."""
    return TRIAL if edition.trial else ""


def guard_kind(phrase: Phrase) -> str:
    """Which sign stands beside a warning."""
    return "no" if plain(phrase).startswith("Không") else "stop"


_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>&\"]+")
_QUOTED = re.compile(r"&quot;(.+?)&quot;")
_LINKED = re.compile(r'<a href="(?P<url>https?://[^"]+)">(?P<label>.*?)</a>')


def breakable(address: str) -> Markup:
    """A long address wraps after a slash or a dot, and without a hyphen."""
    return Markup(re.sub(r"(//|[/.](?!/))", r"\1<wbr>", str(escape(address))))


def no_link(_url: str) -> str:
    return ""


def say(phrase: Phrase | str, link: Callable[[str], str] = no_link) -> Markup:
    """A phrase for paper: where a web address hides behind words, it is printed beside them."""
    html = str(inline(phrase, lambda url: url if url.startswith("http") else link(url)))
    shown = _QUOTED.sub(r"“\1”", _LINKED.sub(_spell_out, html))
    parts = re.split(r"(<[^>]*>)", shown)
    return Markup("".join(part if part.startswith("<") else _ADDRESS.sub(_break, part) for part in parts))


def _spell_out(match: re.Match[str]) -> str:
    host = match["url"].split("://", 1)[1].rstrip("/")
    return match[0] if host in match["label"] else f"{match[0]} ({match['url'].rstrip('/')})"


def _break(match: re.Match[str]) -> str:
    return re.sub(r"(//|[/.](?!/))", r"\1<wbr>", match[0])


def css_text(text: str) -> str:
    """A CSS string: quotes, backslashes and line ends cannot leave it."""
    return '"' + re.sub(r'["\\\n\r\f<]', lambda sign: f"\\{ord(sign[0]):x} ", text) + '"'


# Pictures.


@dataclass(frozen=True)
class NumberBlock:
    """A code with what is printed under it."""

    number: str
    url: str
    width_mm: float

    @cached_property
    def svg(self) -> Markup:
        return Markup(code_svg(number_code(self.url, self.width_mm), self.width_mm, f"Mã QR mở {self.url}"))

    @property
    def address(self) -> Markup:
        return breakable(self.url)


def number_block(handbook: Handbook, target: str, width_mm: float) -> NumberBlock:
    number = handbook.number_of(target)
    return NumberBlock(number, number_url(handbook.edition, number), width_mm)


@dataclass(frozen=True)
class Shown:
    """A step with its picture drawn; an empty picture means: none, or left out."""

    step: Step
    picture: Markup = Markup()
    above: bool = False
    """Warnings stand above step and picture instead of beside the picture."""

    @property
    def guards(self) -> tuple[tuple[str, Phrase], ...]:
        return tuple((guard_kind(phrase), phrase) for phrase in self.step.guards)


def show_step(desk: Desk, step: Step, most_mm: float) -> Shown:
    """With its screen, else its photograph, at most so high."""
    if step.screen:
        return Shown(step, draw_screen(step.screen, most_mm))
    return Shown(step, draw_picture(desk, step.picture, most_mm) if step.picture else Markup())


def draw_screen(screen: Screen, most_mm: float | None = None) -> Markup:
    return Markup(draw_phone(screen, width_mm=45, crop_mm=most_mm))


def draw_picture(desk: Desk, picture: Picture, most_mm: float) -> Markup:
    source = data_address(picture.file, desk.picture(picture.file))
    return Markup(f'<img src="{source}" alt="{escape(picture.alt)}" style="max-height:{most_mm:g}mm">')


def screens_of(lesson: Lesson) -> tuple[tuple[Step | None, Screen], ...]:
    """Every screen in reading order, with its step; None where it stands outside the steps."""
    return tuple(_screens(lesson, None))


def _screens(thing: object, step: Step | None) -> Iterator[tuple[Step | None, Screen]]:
    if isinstance(thing, Screen):
        yield step, thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from _screens(part, step)
    elif isinstance(thing, Topic | Card | Step | Trainer):
        for name in thing.__slots__:
            yield from _screens(getattr(thing, name), thing if isinstance(thing, Step) else step)


def has_unseen(steps: Iterable[Shown]) -> bool:
    """Whether a drawn screen still waits for somebody to hold it against the real app."""
    return any(shown.picture and shown.step.screen and not shown.step.screen.seen for shown in steps)


# Planning and printing.


def lesson_file(lesson: Lesson) -> str:
    folder = "topics" if isinstance(lesson, Topic) else "cards"
    return lesson.place.file or f"content/{folder}/{lesson.slug}/index.md"


def picture_files(lesson: Lesson) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_pictures(lesson)))


def _pictures(thing: object) -> Iterator[str]:
    if isinstance(thing, Picture):
        yield thing.file
    elif isinstance(thing, tuple):
        for part in thing:
            yield from _pictures(part)
    elif isinstance(thing, Topic | Card | Step):
        for name in thing.__slots__:
            yield from _pictures(getattr(thing, name))


def sources(handbook: Handbook, lessons: Iterable[Lesson]) -> tuple[str, ...]:
    """Project paths of what editors wrote for a paper about these lessons."""
    files = [name for lesson in lessons for name in (lesson_file(lesson), *picture_files(lesson))]
    layers = [f"content/editions/{layer}.yml" for layer in handbook.edition.layers]
    return tuple(dict.fromkeys([*files, *layers, "content/handbook.yml", "qr/ledger.csv", "mkdocs.yml"]))


def place_facts(edition: Edition) -> tuple[object, ...]:
    """What of an edition goes into a paper."""
    return (edition.id, edition.name, edition.address, edition.trial, edition.help)


def lesson_item(desk: Desk, product: str, lesson: Lesson, make: Callable[[Bench], Result]) -> Item:
    """A paper about one lesson, with the month it was printed."""
    book = desk.handbook
    pictures = [desk.picture(file) for file in picture_files(lesson)]
    digest = desk.digest(product, lesson, book.name, book.number_of(lesson.slug), place_facts(book.edition),
                         month_of(desk.moment), desk.browser, *pictures)
    return Item(product, f"{product}:{lesson.slug}", digest, make, sources(book, [lesson]), paper=True)


def both(name: str, pdf: bytes) -> dict[str, bytes]:
    """To print from, and the same bytes for the site to offer."""
    return {f"{folder}/{name}": pdf for folder in ("print", "site/downloads")}


@dataclass(frozen=True)
class WarmSheet:
    """The browser's warm sheet in the dress of one product."""

    style: str

    def on(self, browser: Browser) -> Sheet:
        return browser.warm_sheet(self.style)


def style_of(desk: Desk, *names: str) -> str:
    """The shared tokens, then the styles of one kind of paper."""
    files = [desk.project.theme / "tokens.css", *(desk.project.theme / "print" / name for name in names)]
    return "\n".join(file.read_text("utf-8") for file in files)


def codes(files: Iterable[str], pages: Codes | None = None) -> dict[str, Codes]:
    """For the proofreader: what it must find in each of these files, which hold the same; nothing said, no code."""
    return {file: pages or {} for file in files if file.startswith("print/")}


def prove_fonts(pdf: bytes, name: str) -> None:
    """Every letter comes from our own typeface, inside the file: a borrowed one differs from machine to machine."""
    strange = [font for font in embedded_fonts(pdf) if not (font.embedded and font.name.startswith(FAMILY))]
    if strange:
        fonts = ", ".join(font.name for font in strange)
        raise ProofError(
            f"Giấy {name}: có chữ hoặc dấu phông {FAMILY} không có (máy mượn {fonts}). Bỏ dấu lạ như → ☐ ✓.",
            f"Paper {name}: some sign is not in {FAMILY} (borrowed: {fonts}). Take out signs such as → ☐ ✓.",
        )


def draw_html(desk: Desk, template: str, page: object) -> str:
    return render(desk.project.theme, f"print/{template}", page)
