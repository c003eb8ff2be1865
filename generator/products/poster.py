"""Posters: one lesson on A3 and on A4, each laid out for itself, and the same as pictures to share (share.py).

A poster keeps what a passer-by takes along: the title, what it is good for, the steps with their screens, one
warning, three things to remember, the code. Other warnings, and other ways for other phones where there is no
room, stand behind the code.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from generator.errors import ProofError
from generator.findings import Text
from generator.handbook.model import Help, Paragraph, Phrase, Step, Topic
from generator.handbook.screens import UNSURE
from generator.items import Bench, Desk, Item, Result
from generator.press.binder import finish_pdf, page_count
from generator.press.drawer import number_code
from generator.press.fonts import text_width
from generator.press.pages import plain
from generator.press.proof import prove_codes
from generator.products import paper, share
from generator.products.paper import Lesson, NumberBlock, WarmSheet

LEAD = "Quét để xem bài"
OTHERS, UNSEEN_OTHERS = "Máy loại khác: quét mã để xem.", f"{paper.UNSEEN}: quét mã để xem."
PROOF_DPI = 100
"""A poster's modules are 1.5 mm and more."""
CROPS_MM = (46.0, 33.0, 24.0)
"""The most height of a screen, measured where it is 45 mm wide."""
LEAST_SHARE, MOST_SHARE = 0.3, 0.46
"""Part of the width that the warning takes beside what to remember."""
ALONE = 3
"""So many steps stand in one column."""
UNEVEN_MM = 4.0
"""A screen stands below its words only when that saves more."""


@dataclass(frozen=True)
class Level:
    """How large steps are drawn: points of type, millimetres of a screen's width, which of the crops."""

    text: float
    phone: float
    crop: int = 0


@dataclass(frozen=True)
class Size:
    name: str
    page_mm: tuple[float, float]
    room_mm: float
    """Height between the margins."""
    column_mm: tuple[float, float]
    """Width of a column when it is alone, and when there are two."""
    code_mm: float
    corner_mm: float
    """Width of the corner with the code, unless the code itself is wider."""
    band_mm: float
    """Height the band may take for a large title; more only when the smallest title needs it."""
    titles: tuple[float, ...]
    addresses: tuple[float, ...]
    alone: tuple[Level, ...]
    paired: tuple[Level, ...]

    def levels(self, columns: int) -> tuple[Level, ...]:
        return self.alone if columns == 1 else self.paired


A3 = Size(
    "a3", (297.0, 420.0), 395.5, (273.0, 131.5), 52.0, 90.0, 106.0,
    (110, 100, 92, 84, 76, 70, 64, 58, 53, 48, 44), (24, 22, 20, 18),
    (Level(44, 110), Level(40, 100), Level(36, 90), Level(32, 80), Level(28, 70, 1), Level(24, 60, 2)),
    (Level(34, 80), Level(32, 76), Level(30, 72), Level(28, 68), Level(26, 64), Level(25, 62), Level(25, 62, 1),
     Level(24, 60, 1), Level(24, 60, 2), Level(24, 52, 2), Level(24, 46, 2)),
)
A4 = Size(
    "a4", (210.0, 297.0), 278.6, (192.0, 92.0), 50.5, 72.0, 86.0,
    (72, 66, 60, 54, 49, 44, 40, 36, 33, 30, 28), (16, 15, 14),
    (Level(27, 80), Level(24, 72), Level(21, 64), Level(18, 56), Level(16, 50, 1), Level(14, 45, 2)),
    (Level(20, 56), Level(19, 54), Level(18, 52), Level(17, 50), Level(16, 48), Level(15, 46), Level(14.5, 45),
     Level(14.5, 45, 1), Level(14, 45, 2)),
)
SIZES = (A3, A4)
MEASURE = """([titles, levels]) => {
  const poster = document.querySelector('.poster'), set = (name, value) => poster.style.setProperty(name, value);
  const high = piece => piece.getBoundingClientRect().height * 25.4 / 96;
  const all = names => Object.fromEntries([...poster.querySelectorAll(names)].map(p => [p.dataset.key, high(p)]));
  const bands = titles.map(size => {
    set('--title', size + 'pt');
    const h1 = poster.querySelector('h1');
    return h1.scrollWidth > h1.clientWidth ? 1e6 : high(poster.querySelector('.about'));
  });
  const steps = levels.map(([text, phone]) => {
    set('--text', text + 'pt'); set('--phone', phone + 'mm');
    return [true, false].map(bare => { poster.classList.toggle('bare', bare); return all('.step'); });
  });
  return {bands, steps, fixed: all('.corner, .heading, .boxes, .ask, .foot')};
}"""
SPILLS = """() => {
  const poster = document.querySelector('.poster');
  const wide = [...poster.querySelectorAll('h1, p, li')].filter(p => p.scrollWidth > p.clientWidth + 1);
  return [Math.max(...[poster, ...poster.querySelectorAll('.column')].map(p => p.scrollHeight - p.clientHeight)), wide.map(p => p.textContent.trim().slice(0, 60))];
}"""


@dataclass(frozen=True)
class Placed:
    """A step in one of its forms; the picture stands beside its words or below them."""

    key: str
    step: Step
    form: str = "beside"
    picture: Markup = Markup()


@dataclass(frozen=True)
class Poster:
    """What the template gets."""

    size: Size
    lesson: Lesson
    series: str
    goal: Phrase
    warning: Markup
    warning_kind: str
    keep_title: str
    keep: tuple[Phrase, ...]
    number: NumberBlock
    helper: Help
    answer: str
    month: str
    place: str
    trial: str
    aside: str
    """What is said small beside the heading."""
    lead: str
    columns: tuple[tuple[Placed, ...], ...]
    style: str
    variants: bool = True
    galley: bool = False

    def say(self, phrase: Phrase) -> Markup:
        return say(phrase)


@dataclass(frozen=True)
class Fit:
    """The largest level at which the steps fit."""

    level: Level
    variants: bool
    columns: tuple[tuple[str, ...], ...]
    """Keys of the forms taken."""
    left_out: tuple[int, ...] = ()
    """Steps whose picture had to leave."""
    over_mm: float = 0.0


def plan(desk: Desk) -> list[Item]:
    sheets = WarmSheet(paper.style_of(desk, "paper.css", "poster.css"))
    lessons = [lesson for lesson in desk.handbook.lessons if desk.handbook.number_of(lesson.slug)]
    return [*(_item(desk, lesson, sheets) for lesson in lessons), *share.plan_pictures(desk, lessons)]


def _item(desk: Desk, lesson: Lesson, sheets: WarmSheet) -> Item:
    book = desk.handbook
    pictures = [desk.picture(file) for file in paper.picture_files(lesson)]
    digest = desk.digest(
        "poster", lesson, book.name, book.number_of(lesson.slug), paper.place_facts(book.edition),
        paper.month_of(desk.moment), desk.browser, *pictures,
    )
    return Item("poster", f"poster:{lesson.slug}", digest, lambda bench: make_posters(desk, lesson, sheets, bench),
                paper.sources(book, [lesson]), paper=True)


def make_posters(desk: Desk, lesson: Lesson, sheets: WarmSheet, bench: Bench) -> Result:
    title, files, notes = plain(lesson.title), {}, []
    for size in SIZES:
        pdf, fit = make_poster(desk, lesson, size, sheets, bench)
        files |= {f"{folder}/posters/{lesson.slug}-{size.name}.pdf": pdf for folder in ("print", "site/downloads")}
        notes += _notes(title, size, fit)
    return Result(files, {"pages": 1, "title": title}, tuple(notes))


def make_poster(desk: Desk, lesson: Lesson, size: Size, sheets: WarmSheet, bench: Bench) -> tuple[bytes, Fit]:
    """Laid out once to measure every form of every step, and once more as it is printed."""
    forms = tuple(forms_of(desk, lesson.steps))
    galley = _page(desk, lesson, size, forms)
    title, warm = plain(lesson.title), sheets.on(bench.browser)
    levels = size.levels(_columns(lesson))
    warm.fill(paper.draw_html(desk, "poster.html", galley), title)
    heights = warm.evaluate(MEASURE, [size.titles, [(level.text, level.phone) for level in levels]])
    title_pt, room = _choose_title(size, heights)
    fit = choose(forms, levels, heights["steps"], room, _columns(lesson))
    if fit.over_mm > 0:
        raise _too_long(lesson, size, fit)
    page = _settled(galley, forms, fit, title_pt)
    warm.fill(paper.draw_html(desk, "poster.html", page), title)
    _prove_whole(warm.evaluate(SPILLS), lesson, size)
    pdf = finish_pdf(
        warm.pdf(*size.page_mm), title=title, moment=paper.month_start(desk.moment), author=lesson.office.unit,
        subject=f"Áp phích {size.name.upper()}, bài số {page.number.number}",
    )
    _prove(pdf, lesson, page.number.url)
    return pdf, fit


# What stands on it.


def say(phrase: Phrase | str) -> Markup:
    """A bare address such as `vneid.gov.vn` wraps after a dot too."""
    parts = re.split(r"(<[^>]*>)", str(paper.say(phrase)))
    return Markup("".join(p if p.startswith("<") else re.sub(r"(?<=\w)\.(?=[a-z])", ".<wbr>", p) for p in parts))


def goal_of(lesson: Lesson) -> Phrase:
    """A card without a goal is introduced by its first sentence."""
    if lesson.goal:
        return lesson.goal
    first = next((block.phrase for block in lesson.opening if isinstance(block, Paragraph)), lesson.title)
    return replace(first, text=re.split(r"(?<=[.!?])\s", first.text, maxsplit=1)[0])


def warning_of(lesson: Lesson) -> Phrase:
    """The safety line its editor chose for the film; else the first *stop*, the first warning, the first safety line."""
    if isinstance(lesson, Topic):
        for scene in lesson.clip:
            if scene.kind == "safety" and 0 < scene.index <= len(lesson.safety):
                return lesson.safety[scene.index - 1]
    guards = [guard for step in lesson.steps for guard in step.guards]
    stops = [guard for guard in guards if paper.guard_kind(guard) == "stop"]
    return (*stops, *guards, *lesson.safety)[0]


def _warn(phrase: Phrase) -> Markup:
    """Its first words bold, as they are in the warnings of steps."""
    return say(replace(phrase, text=re.sub(r"^(Dừng lại nếu|Không)\b", r"**\1**", phrase.text)))


def keep_of(lesson: Lesson) -> tuple[str, tuple[Phrase, ...]]:
    """Three things to remember; for a card, what to bring."""
    return ("Nhớ 3 điều", lesson.remember) if isinstance(lesson, Topic) else ("Cần mang", lesson.bring)


def forms_of(desk: Desk, steps: Sequence[Step]) -> Iterator[Placed]:
    """Every way a step may stand on the poster: all rows of its screen, fewer, none; words beside or above."""
    for step in steps:
        drawn = [paper.show_step(desk, step, most).picture for most in CROPS_MM]
        for crop, picture in enumerate(drawn):
            if picture:
                yield Placed(f"{step.number}/{crop}/beside", step, "beside", picture)
                yield Placed(f"{step.number}/{crop}/below", step, "below", picture)
        yield Placed(f"{step.number}/plain", step)


def _columns(lesson: Lesson) -> int:
    return 1 if len(lesson.steps) <= ALONE else 2


def _page(desk: Desk, lesson: Lesson, size: Size, forms: Sequence[Placed]) -> Poster:
    book, edition = desk.handbook, desk.handbook.edition
    number, warning, (keep_title, keep) = (
        paper.number_block(book, lesson.slug, size.code_mm), warning_of(lesson), keep_of(lesson))
    return Poster(
        size=size, lesson=lesson, series=book.name, goal=goal_of(lesson), warning=_warn(warning),
        warning_kind=paper.guard_kind(warning), keep_title=keep_title, keep=keep, number=number,
        helper=paper.contact(edition), answer=paper.accountability(lesson, edition),
        month=paper.month_of(desk.moment), place=f"Bản: {edition.name}.", trial=paper.foot_line(edition),
        aside=UNSEEN_OTHERS, lead=LEAD, columns=(tuple(forms),),
        style=_style(size, number, _columns(lesson), len(warning.text), sum(len(item.text) for item in keep)),
        galley=True,
    )


def _style(size: Size, number: NumberBlock, columns: int, told: int, kept: int) -> str:
    """The corner as wide as its code, the two boxes as wide as what they say."""
    corner = max(size.corner_mm, number_code(number.url, size.code_mm).width_with_quiet_zone(size.code_mm) + 4)
    inside = (corner - 6) / paper.MM_PER_POINT
    address = next((pt for pt in size.addresses if text_width(number.url, pt) <= inside), size.addresses[-1])
    share = min(MOST_SHARE, max(LEAST_SHARE, 1.9 * told / (1.9 * told + kept)))
    return f"--share:{share:.0%};--corner:{corner:.2f}mm;--address:{address:g}pt;--column:{size.column_mm[columns - 1]:g}mm;"


def _settled(galley: Poster, forms: Sequence[Placed], fit: Fit, title_pt: float) -> Poster:
    taken = {form.key: form for form in forms}
    columns = tuple(tuple(taken[key] for key in column) for column in fit.columns)
    shown = [form.step for column in columns for form in column if form.picture]
    others = not fit.variants and any(step.variants for step in galley.lesson.steps)
    unseen = any(step.screen and not step.screen.seen for step in shown)
    aside = (UNSEEN_OTHERS if others else paper.UNSEEN) if unseen else OTHERS if others else ""
    return replace(
        galley, columns=columns, galley=False, variants=fit.variants,
        aside=aside,
        style=f"{galley.style}--title:{title_pt:g}pt;--text:{fit.level.text:g}pt;--phone:{fit.level.phone:g}mm;",
    )


# Fitting: numbers only, nothing is drawn.


def _choose_title(size: Size, heights: Mapping[str, Any]) -> tuple[float, float]:
    """The largest title that keeps the band low, and the height left for the steps."""
    fixed = heights["fixed"]
    most = max(size.band_mm, fixed["corner"])
    low = [(pt, band) for pt, band in zip(size.titles, heights["bands"], strict=True) if band <= most]
    title, band = low[0] if low else (size.titles[-1], heights["bands"][-1])
    others = sum(fixed[name] for name in ("heading", "boxes", "ask", "foot"))
    return title, size.room_mm - max(band, fixed["corner"]) - others


def choose(
    forms: Sequence[Placed], levels: Sequence[Level], heights: Sequence[Sequence[Mapping[str, float]]],
    room: float, columns: int,
) -> Fit:
    """The largest level that fits, first with the ways of other phones, at large levels only; at the smallest
    the least needed pictures leave one by one."""
    steps = list(dict.fromkeys(form.step for form in forms))
    for index, level in enumerate(levels):
        for variants in (True, False) if index < len(levels) // 2 else (False,):
            fit = _arrange(steps, level, variants, heights[index][variants], room, columns)
            if not fit.over_mm:
                return fit
    return _thin(steps, levels[-1], heights[-1][False], room, columns)


def _arrange(
    steps: Sequence[Step], level: Level, variants: bool, heights: Mapping[str, float], room: float, columns: int
) -> Fit:
    """All pictures, both columns as even as can be."""
    keys = [_form(step, level.crop, heights) for step in steps]
    tall = [heights[key] for key in keys]
    turn = min(_turns(steps, columns), key=lambda turn: (round(max(sum(tall[:turn]), sum(tall[turn:])), 1), -turn))
    over = max(0.0, max(sum(tall[:turn]), sum(tall[turn:])) - room)
    return Fit(level, variants, _parts(keys, turn), over_mm=over)


def _thin(steps: Sequence[Step], level: Level, heights: Mapping[str, float], room: float, columns: int) -> Fit:
    """As few pictures leave as possible, the least needed ones of a column first."""

    def try_turn(turn: int) -> Fit:
        taken = {step.number: _form(step, level.crop, heights) for step in steps}
        gone: list[int] = []
        for column in (steps[:turn], steps[turn:]):
            for step in sorted(column, key=_need):
                plain_key = f"{step.number}/plain"
                if sum(heights[taken[s.number]] for s in column) > room and taken[step.number] != plain_key:
                    taken[step.number] = plain_key
                    gone.append(step.number)
        over = max(sum(heights[taken[s.number]] for s in column) for column in (steps[:turn], steps[turn:])) - room
        return Fit(level, False, _parts([taken[s.number] for s in steps], turn), tuple(sorted(gone)), max(0.0, over))

    return min(map(try_turn, _turns(steps, columns)), key=lambda fit: (fit.over_mm, len(fit.left_out)))


def _turns(steps: Sequence[Step], columns: int) -> Sequence[int]:
    return range(1, len(steps)) if columns == 2 else (len(steps),)


def _parts(keys: Sequence[str], turn: int) -> tuple[tuple[str, ...], ...]:
    return tuple(part for part in (tuple(keys[:turn]), tuple(keys[turn:])) if part)


def _form(step: Step, crop: int, heights: Mapping[str, float]) -> str:
    beside, below = f"{step.number}/{crop}/beside", f"{step.number}/{crop}/below"
    if beside not in heights:
        return f"{step.number}/plain"
    return below if heights[beside] - heights[below] > UNEVEN_MM else beside


def _need(step: Step) -> tuple[bool, bool, int, int]:
    """As on leaflets: the least needed picture has nothing to tap, nothing to beware of, few certain words."""
    rows = step.screen.rows if step.screen else ()
    return any(row.tap for row in rows), bool(step.guards), sum(row.text != UNSURE for row in rows), -step.number


# Proof.


def _notes(title: str, size: Size, fit: Fit) -> list[Text]:
    if not fit.left_out:
        return []
    steps, name = ", ".join(map(str, fit.left_out)), size.name.upper()
    return [Text(
        f"Áp phích {name} “{title}”: bỏ hình ở bước {steps} cho vừa tờ giấy.",
        f"Poster {name} “{title}”: the picture of step {steps} was left out so that it fits.",
    )]


def _too_long(lesson: Lesson, size: Size, fit: Fit) -> ProofError:
    lines = math.ceil(fit.over_mm / (fit.level.text * 1.2 * paper.MM_PER_POINT))
    file, title, name = paper.lesson_file(lesson), plain(lesson.title), size.name.upper()
    return ProofError(
        f"{file}: áp phích {name} “{title}” dài quá {lines} dòng, dù đã bỏ hết hình. Rút bớt chữ ở các bước.",
        f"{file}: the poster {name} “{title}” is {lines} lines too long even without pictures. Shorten the steps.",
    )


def _prove_whole(spills: tuple[float, list[str]], lesson: Lesson, size: Size) -> None:
    """What the browser laid out is what was counted: nothing runs over the edge of the page or of a box."""
    over, wide = spills
    if over > 1 or wide:
        what = "; ".join(wide) or f"{over} px"
        raise ProofError(f"Áp phích {size.name.upper()} {lesson.slug}: tràn khung ({what}).",
                         f"Poster {size.name.upper()} {lesson.slug}: something does not fit its box ({what}).")


def _prove(pdf: bytes, lesson: Lesson, url: str) -> None:
    pages = page_count(pdf)
    if pages != 1:
        raise ProofError(f"Áp phích {lesson.slug} ra {pages} trang, phải là 1.",
                         f"The poster {lesson.slug} has {pages} pages instead of 1.")
    paper.prove_fonts(pdf, lesson.slug)
    prove_codes(pdf, {1: {url}}, dpi=PROOF_DPI)
