"""Posters: one lesson on A3 and on A4, each laid out for itself, and the same as pictures to share (share.py).

A poster keeps what a passer-by takes along: the title, what it is good for, the steps with their screens, one
warning, three things to remember, the code. Other warnings, and where there is no room the ways of other phones,
stand behind the code.
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
from generator.handbook.model import Card, Help, Paragraph, Phrase, Step, Topic
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
UNEVEN_MM = 4.0
"""A screen stands below its words only when that saves more."""


@dataclass(frozen=True)
class Level:
    """How large steps are drawn: points of type, millimetres of a screen's width, which of the crops."""

    text: float
    phone: float
    crop: int


@dataclass(frozen=True)
class Size:
    name: str
    page_mm: tuple[float, float]
    room_mm: float
    """Height between the margins."""
    code_mm: float
    side_mm: float
    """Width of the column with the code, unless the code itself is wider."""
    band_mm: float
    """Height the band may take for a large title."""
    titles: tuple[float, ...]
    addresses: tuple[float, ...]
    sides: tuple[tuple[float, float], ...]
    """Type of the warning and of what to remember."""
    levels: tuple[Level, ...]


A3 = Size(
    "a3", (297.0, 420.0), 395.5, 52.0, 90.0, 100.0, (110, 100, 92, 84, 76, 70, 64, 58, 53, 48, 44), (24, 22, 20, 18),
    ((38, 32), (36, 31), (34, 30), (32, 29), (30, 28), (29, 27), (28, 26), (26, 25), (24, 24)),
    (Level(44, 100, 0), Level(40, 96, 0), Level(37, 90, 0), Level(34, 84, 0), Level(34, 80, 1), Level(32, 78, 0),
     Level(32, 76, 1), Level(30, 74, 0), Level(30, 72, 1), Level(28, 68, 1), Level(27, 66, 2), Level(26, 64, 2),
     Level(25, 62, 2), Level(24, 60, 2), Level(24, 52, 2), Level(24, 46, 2)),
)
A4 = Size(
    "a4", (210.0, 297.0), 278.6, 50.5, 70.0, 70.0, (76, 70, 66, 60, 54, 49, 44, 40, 36, 33, 30, 28), (16, 15, 14),
    ((26, 22), (25, 21), (24, 20), (23, 19), (22, 18), (20, 17), (19, 16), (17, 15), (15, 14)),
    (Level(28, 70, 0), Level(26, 66, 0), Level(24, 62, 0), Level(22, 58, 0), Level(22, 56, 1), Level(20, 54, 0),
     Level(20, 52, 1), Level(18, 50, 0), Level(18, 48, 1), Level(17, 47, 1), Level(16.5, 46, 2), Level(16, 45, 2),
     Level(15, 45, 2), Level(14, 45, 2)),
)
SIZES = (A3, A4)
MEASURE = """([titles, sides, levels]) => {
  const poster = document.querySelector('.poster'), set = (name, value) => poster.style.setProperty(name, value);
  const high = piece => piece.getBoundingClientRect().height * 25.4 / 96;
  const all = names => Object.fromEntries([...poster.querySelectorAll(names)].map(p => [p.dataset.key, high(p)]));
  const bands = titles.map(size => {
    set('--title', size + 'pt');
    const h1 = poster.querySelector('h1');
    return h1.scrollWidth > h1.clientWidth ? 1e6 : high(poster.querySelector('.about'));
  });
  const boxes = sides.map(([warning, item]) => {
    set('--warning', warning + 'pt'); set('--item', item + 'pt');
    return all('.warning, .keep');
  });
  const steps = levels.map(([text, phone]) => {
    set('--text', text + 'pt'); set('--phone', phone + 'mm');
    return [true, false].map(bare => { poster.classList.toggle('bare', bare); return all('.step'); });
  });
  return {bands, boxes, steps, fixed: all('.corner, .heading, .ask, .foot')};
}"""
SPILLS = """() => {
  const poster = document.querySelector('.poster');
  const wide = [...poster.querySelectorAll('h1, p, li')].filter(p => p.scrollWidth > p.clientWidth + 1);
  const over = [poster, ...poster.querySelectorAll('.halves, .main, .side, .column')].map(p => p.scrollHeight - p.clientHeight);
  return [Math.max(...over), wide.map(p => p.textContent.trim().slice(0, 60))];
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
    keep_below: bool
    """Below the steps instead of at the side."""
    number: NumberBlock
    helper: Help
    answer: str
    month: str
    place: str
    trial: str
    aside: str
    """What is said small beside the heading."""
    lead: str
    steps: tuple[Placed, ...]
    style: str
    variants: bool = True
    galley: bool = False

    def say(self, phrase: Phrase) -> Markup:
        return say(phrase)


@dataclass(frozen=True)
class Fit:
    """The largest type at which everything fits."""

    title: float
    side: tuple[float, float]
    level: Level
    variants: bool
    steps: tuple[str, ...]
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
    """Laid out once to measure every form of every part, and once more as it is printed."""
    forms = tuple(forms_of(desk, lesson.steps))
    galley, warm, title = _page(desk, lesson, size, forms), sheets.on(bench.browser), plain(lesson.title)
    warm.fill(paper.draw_html(desk, "poster.html", galley), title)
    levels = [(level.text, level.phone) for level in size.levels]
    fit = choose(size, forms, warm.evaluate(MEASURE, [size.titles, size.sides, levels]), galley.keep_below)
    if fit.over_mm > 0:
        raise _too_long(lesson, size, fit)
    page = _settled(galley, forms, fit)
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


def _page(desk: Desk, lesson: Lesson, size: Size, forms: Sequence[Placed]) -> Poster:
    book, edition = desk.handbook, desk.handbook.edition
    number, warning = paper.number_block(book, lesson.slug, size.code_mm), warning_of(lesson)
    keep_title, keep = keep_of(lesson)
    return Poster(
        size=size, lesson=lesson, series=book.name, goal=goal_of(lesson), warning=_warn(warning),
        warning_kind=paper.guard_kind(warning), keep_title=keep_title, keep=keep, keep_below=isinstance(lesson, Card),
        number=number, helper=paper.contact(edition), answer=paper.accountability(lesson, edition),
        month=paper.month_of(desk.moment), place=f"Bản: {edition.name}.", trial=paper.foot_line(edition),
        aside=UNSEEN_OTHERS, lead=LEAD, steps=tuple(forms), style=_style(size, number), galley=True,
    )


def _style(size: Size, number: NumberBlock) -> str:
    """The side as wide as its code, the address as large as one line takes."""
    side = max(size.side_mm, number_code(number.url, size.code_mm).width_with_quiet_zone(size.code_mm) + 4)
    inside = (side - 6) / paper.MM_PER_POINT
    address = next((pt for pt in size.addresses if text_width(number.url, pt) <= inside), size.addresses[-1])
    return f"--side:{side:.2f}mm;--address:{address:g}pt;"


def _settled(galley: Poster, forms: Sequence[Placed], fit: Fit) -> Poster:
    taken = {form.key: form for form in forms}
    steps = tuple(taken[key] for key in fit.steps)
    unseen = any(form.picture and form.step.screen and not form.step.screen.seen for form in steps)
    others = not fit.variants and any(form.step.variants for form in steps)
    level, (warning, item) = fit.level, fit.side
    return replace(
        galley, steps=steps, galley=False, variants=fit.variants,
        aside=(UNSEEN_OTHERS if others else paper.UNSEEN) if unseen else OTHERS if others else "",
        style=f"{galley.style}--title:{fit.title:g}pt;--warning:{warning:g}pt;--item:{item:g}pt;"
              f"--text:{level.text:g}pt;--phone:{level.phone:g}mm;",
    )


# Fitting: numbers only, nothing is drawn.


def choose(size: Size, forms: Sequence[Placed], heights: Mapping[str, Any], keep_below: bool) -> Fit:
    """Title as large as its band allows, then the steps; for their pictures' sake the title may shrink."""
    fixed = heights["fixed"]
    room = size.room_mm - fixed["ask"] - fixed["foot"]
    side, kept, over = _choose_side(size, heights, room - fixed["corner"], keep_below)
    bands = list(zip(size.titles, heights["bands"], strict=True))
    low = [(title, band) for title, band in bands if band <= size.band_mm] or bands[-1:]
    best: Fit | None = None
    for title, band in (low[0], low[len(low) // 2], bands[-1]):
        fit = _choose_steps(size, forms, heights["steps"], room - band - fixed["heading"] - kept)
        if best is None or (fit.over_mm, len(fit.left_out)) < (best.over_mm, len(best.left_out)):
            best = replace(fit, title=title, side=side, over_mm=max(fit.over_mm, over))
        if not best.left_out and not best.over_mm:
            break
    assert best
    return best


def _choose_side(
    size: Size, heights: Mapping[str, Any], room: float, keep_below: bool
) -> tuple[tuple[float, float], float, float]:
    """The largest type that fits beside the steps, how high the box below them is, and what does not fit."""
    for type_sizes, boxes in zip(size.sides, heights["boxes"], strict=True):
        over = boxes["warning"] + (0 if keep_below else boxes["keep"]) - room
        if over <= 0 and not (keep_below and type_sizes is not size.sides[-1]):
            break
    return type_sizes, boxes["keep"] if keep_below else 0.0, max(0.0, over)


def _choose_steps(
    size: Size, forms: Sequence[Placed], heights: Sequence[Sequence[Mapping[str, float]]], room: float
) -> Fit:
    """The largest level that fits, at large ones first with the ways of other phones; at the smallest the least
    needed pictures leave one by one."""
    steps = list(dict.fromkeys(form.step for form in forms))
    fit = Fit(0, (0, 0), size.levels[0], True, ())
    for index, level in enumerate(size.levels):
        for variants in (True, False) if index < len(size.levels) * 2 // 3 else (False,):
            tall = heights[index][variants]
            keys = tuple(_form(step, level.crop, tall) for step in steps)
            over = sum(tall[key] for key in keys) - room
            fit = replace(fit, level=level, variants=variants, steps=keys, over_mm=max(0.0, over))
            if over <= 0:
                return fit
    for step in sorted((step for step in steps if step.screen or step.picture), key=_need):
        keys = tuple(f"{step.number}/plain" if key.startswith(f"{step.number}/") else key for key in fit.steps)
        over = sum(tall[key] for key in keys) - room
        gone = tuple(sorted((*fit.left_out, step.number)))
        fit = replace(fit, steps=keys, left_out=gone, over_mm=max(0.0, over))
        if over <= 0:
            break
    return fit


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
