"""Who acts in a film and how: the closed list, the layers of a scene, where each figure is in each frame."""

from __future__ import annotations

import re
import struct
from dataclasses import replace
from itertools import pairwise
from statistics import mode

import pytest

from generator.handbook.lesson.acts import ACTS, BACKS, NAMES, find_act, guessed_acts, played
from generator.handbook.model import Act
from generator.press.browser import Browser
from generator.press.film import FPS
from generator.products.films.parts.acting import BEAT, GESTURES, Actor, Mark, Pose, timeline
from generator.products.films.parts.frames import TALL, WIDE, Shape
from generator.products.films.parts.layers import Layer, layers_of, parts_of
from generator.products.films.parts.puppets import perform
from generator.products.films.parts.reel import Draft, told_stills, turns_of
from generator.products.films.parts.scenes import shots_of
from generator.products.films.parts.stage import Box, Stage, cast, plot
from generator.products.films.parts.staging import HELPLESS, _cast, stages_of
from generator.products.lesson import part_class
from tests.desks import handbook
from tests.films import drafts_of, film_sheet

BOOK = handbook()


# The closed list.


def test_everybody_of_the_list_is_drawn_and_can_move() -> None:
    pieces = {piece.name for piece in BOOK.pieces}
    for who, verbs in ACTS.items():
        for verb in verbs:
            piece, gesture = played(Act(who, verb))
            assert piece in pieces and BACKS.get(piece, piece) in pieces and gesture in GESTURES, (who, verb)
    assert len(NAMES) == len(set(NAMES)) > 80


@pytest.mark.parametrize(("words", "act"), [
    ("bà nghe máy", Act("bà", "nghe máy")), ("  Bà  Nghe Máy ", Act("bà", "nghe máy")),
    ("bà nghe máy, lo", Act("bà", "nghe máy, lo")), ("tay lật thẻ", Act("tay", "lật thẻ")),
    ("bác sĩ nói", Act("bác sĩ", "nói")), ("em bé cười", Act("em bé", "cười")), ("bà bơi", None),
    ("bà", None), ("", None),
])
def test_an_act_is_read_by_its_very_words(words: str, act: Act | None) -> None:
    assert find_act(words) == act


@pytest.mark.parametrize(("direction", "acts"), [
    ("bà nói chuyện, cười, rồi bấm nút đỏ", "bà nghe máy, tay bấm"),
    ("chú công an xem máy tính, gật đầu", "công an gật đầu"),
    ("tay lật mặt sau thẻ, dò dòng số", "bác nói, tay lật thẻ"),
    ("chuông reo, một bác cầm máy nghe, mặt lo", "bác nghe máy, lo, máy reo"),
    ("hai hình giống hệt nhau", ""),
])
def test_a_direction_tells_who_acts(direction: str, acts: str) -> None:
    assert ", ".join(f"{act.who} {act.verb}" for act in guessed_acts(direction, "bác")) == acts


def test_no_baby_and_no_swindler_does_what_the_reader_does() -> None:
    """Whoever stands in the scene of the lesson: `khai-sinh` shows a baby alone."""
    for lesson in BOOK.lessons:
        shots = shots_of(lesson)
        cast = _cast(BOOK, lesson, shots)
        assert cast and cast.somebody not in HELPLESS, lesson.slug
    assert "em bé" in ACTS and "kẻ lừa" in ACTS


def test_of_a_sentence_that_is_heard_nobody_is_guessed() -> None:
    told = guessed_acts("Cúp máy nếu ai xưng công an, gọi đòi tiền.", "bà", people=False)
    assert told[0].who == "bà"


# Layers.


def test_a_scene_is_taken_apart_and_nothing_is_lost() -> None:
    pieces = {piece.name for piece in BOOK.pieces}
    for drawing in BOOK.drawings:
        opening, children = parts_of(drawing.svg)
        assert opening + "".join(children) + "</g>" == drawing.svg, drawing.name
        layers = layers_of(drawing, BOOK.pieces)
        assert "".join(layer.svg[len(opening):-4] for layer in layers) == "".join(children)
        assert {layer.name for layer in layers} <= pieces | {"", "g"}


def test_what_lies_within_a_figure_moves_with_it() -> None:
    layers = (Layer("", "<path/>"), Layer("bac-vui", "<g/>"), Layer("", "<path glasses/>"), Layer("tick", "<g/>"))
    boxes = [Box(0, 0, 400, 300), Box(100, 50, 200, 250), Box(150, 90, 90, 30), Box(320, 10, 70, 70)]
    actors, figures = cast(Stage((0, 0, 400, 300), layers), boxes)
    assert [actor.verb for actor in actors] == ["nod", "hop"]
    assert [(figure.svg, figure.actor) for figure in figures] == [
        ("<path/>", None), ("<g/><path glasses/>", 0), ("<g/>", 1)]
    assert figures[1].foot == (200, 300)


def test_every_shipped_scene_has_somebody_or_something_that_acts() -> None:
    for lesson in BOOK.lessons:
        assert lesson.drawing
        layers = layers_of(lesson.drawing, BOOK.pieces)
        assert any(layer.sort != "ground" for layer in layers), lesson.slug


# Where each figure is in each frame.


@pytest.mark.parametrize("verb", sorted(GESTURES))
def test_a_gesture_moves_ends_and_never_outlasts_its_beat(verb: str) -> None:
    rest = Mark(Pose())
    for turn in range(4):
        marks = GESTURES[verb](rest, turn)
        assert 5 <= len(marks) < BEAT and len({*marks, rest}) > 1
        rest = marks[-1]


@pytest.mark.parametrize("enters", [True, False])
@pytest.mark.parametrize("frames", [24, 60, 130, 300])
def test_somebody_moves_every_three_seconds(frames: int, enters: bool) -> None:
    actors = [Actor("nod", first=True, enters=enters), Actor("hop", enters=enters), Actor("ring", enters=enters)]
    tracks = timeline(actors, frames)
    assert all(len(track) == frames for track in tracks)
    moments = [at for at, (one, two) in enumerate(pairwise(zip(*tracks, strict=True))) if one != two]
    assert max(two - one for one, two in pairwise([0, *moments, frames])) < 3 * FPS
    seconds = [tuple(track[at] for track in tracks) for at in range(0, frames, 2 * FPS)]
    assert sum(one != two for one, two in pairwise(seconds)) >= 0.4 * (len(seconds) - 1)


def test_a_card_that_is_turned_shows_its_other_side() -> None:
    layer = Layer("the-ngan-hang", "<g front/>", "flip", "<g back/>")
    figures, (track,), (poses,) = plot(Stage((0, 0, 400, 300), (layer,)), [Box(100, 100, 120, 80)], 60)
    assert (figures[0].svg, figures[0].back) == ("<g front/>", "<g back/>")
    assert Pose(0, 1.0, back=False) in poses and Pose(0, 1.0, back=True) in poses
    assert not track[0].pose.back


# What each row shows.


def shot_stage(shape: Shape, hinh: tuple[Act, ...], kind: str = "step") -> Stage:
    lesson = BOOK.by_slug["tranh-lua-dao"]
    shots = [replace(shot, acts=hinh) for shot in shots_of(lesson) if shot.kind == kind]
    stage = next(iter(stages_of(BOOK, lesson, shots, shape)))
    assert stage
    return stage


@pytest.mark.parametrize("shape", [WIDE, TALL])
def test_a_row_shows_who_it_names(shape: Shape) -> None:
    shown = shot_stage(shape, (Act("bà", "nghe máy"), Act("tay", "lật thẻ")))
    assert [layer.name for layer in shown.layers] == ["ba-nghe-may", "the-ngan-hang"][: len(shown.layers)]
    assert shown.layers[0].verb == "talk"
    left, top, width, height = shown.box
    assert left >= 0 and left + width <= shape.width and top + height <= shape.height


PLACED = re.compile(r'<g transform="translate\(([-\d.]+) ([-\d.]+)\) scale\(([\d.]+)\)">')


@pytest.mark.parametrize("shape", [WIDE, TALL])
def test_whoever_acts_stands_whole_on_the_stage(shape: Shape) -> None:
    """But for what hands and people have below the ground, and the waves of a phone that rings."""
    views = {piece.name: [float(size) for size in piece.view.split()[2:]] for piece in BOOK.pieces}
    for lesson in BOOK.lessons:
        for stage in stages_of(BOOK, lesson, shots_of(lesson), shape):
            assert stage
            room = stage.box[2] / stage.unit
            for layer in stage.layers if stage.enters == 1 else ():
                found = PLACED.match(layer.svg)
                assert found
                left, top, scale = map(float, found.groups())
                wide, high = (size * scale for size in views[layer.name])
                assert left >= -8 and left + wide <= room + 8 and top >= 0, (lesson.slug, layer.name, left, wide, room)
                assert top + high <= 300.5


@pytest.mark.browser
@pytest.mark.parametrize("slug", ["lam-quen-dien-thoai", "quet-ma-qr", "viec-khan-cap"])
def test_no_gap_opens_under_who_rises_from_behind_the_edge(slug: str, browser: Browser) -> None:
    """What reaches the stage's lower edge at rest reaches it in every frame."""
    lesson, cut, risen = BOOK.by_slug[slug], 0, 0
    with film_sheet(browser) as sheet:
        for draft in drafts_of(lesson):
            sheet.fill(draft.pages["before"], "Phim")
            for stage in filter(None, [draft.frame.stage]):
                for sprite in perform(stage, draft.frames, sheet).sprites:  # type: ignore[arg-type]  # asked alike
                    high = struct.unpack(">I", sprite.png[20:24])[0]
                    feet = [spot[1] + high for spot in sprite.path if spot]
                    below = mode(feet) >= stage.box[3] + 10 * stage.unit
                    cut += below
                    risen += below and len({*feet}) > 1
                    assert not below or min(feet) >= stage.box[3], (slug, draft.frame.shot.label, feet)
    assert cut and risen


def test_a_film_that_is_sent_on_shows_its_whole_scene_in_the_first_frame() -> None:
    """Whoever gets it in a message sees that frame before anything else."""
    for lesson in BOOK.lessons[::6]:
        first = next(stages_of(BOOK, lesson, shots_of(lesson), WIDE))
        assert first
        boxes = [Box(40 * index, 60, 60, 120) for index in range(len(first.layers))]
        _, marks, _ = plot(first, boxes, 60)
        assert all(track[0] == Mark(Pose()) for track in marks), lesson.slug


def test_the_first_and_the_last_are_the_lessons_scene() -> None:
    for lesson in BOOK.lessons[::6]:
        stages = list(stages_of(BOOK, lesson, shots_of(lesson), WIDE))
        assert lesson.drawing
        names = [layer.name for layer in layers_of(lesson.drawing, BOOK.pieces)]
        for stage in (stages[0], stages[-1]):
            assert stage and [layer.name for layer in stage.layers] == names, lesson.slug


def test_frames_wear_the_part_of_their_lesson() -> None:
    for lesson in BOOK.lessons[::9]:
        assert {draft.frame.part for draft in drafts_of(lesson)} == {part_class(BOOK, lesson)}


# Steps in their order, numbers that fill the frame.


def test_steps_out_of_order_have_no_number() -> None:
    topic = BOOK.topic("tranh-lua-dao")
    assert topic
    steps = {scene.index: scene for scene in topic.clip if scene.kind == "step"}
    two, one = steps[2], steps[1]
    close = topic.clip[-1]
    labels = [shot.label for shot in shots_of(replace(topic, clip=(two, one, replace(two, uncounted=True), close)))]
    assert labels[:3] == ["Bước 2", "Cách làm", "Cách làm"]


def test_in_every_film_of_the_book_the_numbers_rise() -> None:
    for lesson in BOOK.lessons:
        numbers = [int(shot.label.split()[1]) for shot in shots_of(lesson) if shot.label.startswith("Bước ")]
        assert numbers == sorted(numbers), lesson.slug


CALLED = [("113", "Công an"), ("114", "Cháy"), ("115", "Cấp cứu"), ("112", "Cứu nạn")]
LINES = """() => [...document.querySelectorAll('p.call')].map(one => [one, one.nextElementSibling].map(part => {
  const range = document.createRange();
  range.selectNodeContents(part);
  const box = range.getBoundingClientRect();
  return [part.textContent, box.left, box.right, box.top, box.bottom, range.getClientRects().length];
}))"""
"""Each number and what stands after it: its words, their edges, how many lines they take."""


def calling(shape: Shape) -> Draft:
    return next(one for one in drafts_of(BOOK.by_slug["viec-khan-cap"], shape) if one.frame.shot.kind == "call")


@pytest.mark.parametrize(("shape", "shown"), [(WIDE, [[one] for one in CALLED]),
                                              (TALL, [CALLED[:count] for count in (1, 2, 3, 4)])])
def test_a_number_never_comes_without_what_it_calls(shape: Shape, shown: list[list[tuple[str, str]]]) -> None:
    draft = calling(shape)
    assert turns_of(draft.frame) == (1, 2, 3, 4) and len(draft.before) == 3
    pages = (*draft.before, draft.pages["before"])
    found = [re.findall(r'class="call"[^>]*>(\d+)</p>\s*<p class="main"[^>]*>([^<]+)</p>', page) for page in pages]
    assert found == shown


@pytest.mark.parametrize(("words", "parts"), [
    ("Bà nhìn lên tường. Công an 113, cháy 114, cấp cứu 115, cứu nạn 112.", [0.5, 0.16, 0.16, 0.16]),
    ("Gọi 114 hay 113, 115, 112.", [0.25] * 4), ("Số ở trên tường.", [0.25] * 4),
])
def test_a_number_comes_when_the_one_before_was_said(words: str, parts: list[float]) -> None:
    """All alike where they are not said in their order."""
    shot = replace(calling(WIDE).frame.shot, words=words)
    lengths = [still.frames for still in told_stills(shot, [b"1", b"2", b"3", b"4"], 400)]
    assert sum(lengths) == 400 and lengths == [pytest.approx(400 * part, abs=25) for part in parts]


@pytest.mark.browser
@pytest.mark.parametrize("wider", ["", "* { letter-spacing: 0.09em }"])
@pytest.mark.parametrize(("shape", "least", "high"), [(WIDE, 0.5, 14), (TALL, 0.5, 20)])
def test_numbers_to_call_fill_the_frame_and_their_meaning_stands_on_the_same_line(
    shape: Shape, least: float, high: int, wider: str, browser: Browser
) -> None:
    """In a type a sixth wider the meaning takes two lines, still beside its number and in the frame."""
    draft = calling(shape)
    lengths: list[float] = []
    assert draft.frame.more_size >= shape.height / high
    with film_sheet(browser, shape) as sheet:
        for page in (*draft.before, draft.pages["before"]):
            sheet.fill(page, "Phim", wider)
            lines = sheet.evaluate(LINES)
            assert lines
            for (number, left, right, top, bottom, _), (meaning, begin, end, over, under, count) in lines:
                assert right - left >= least * shape.width, number
                assert top <= (over + under) / 2 <= bottom and right < begin, (number, meaning)
                assert left >= 0 and end <= shape.width and (wider or count == 1), (number, meaning, end)
                lengths.append((end - left) / shape.width)
    assert max(lengths) >= 0.85 and min(lengths) >= 0.7


def test_where_numbers_are_typed_the_keys_fill_the_frame() -> None:
    draft = next(draft for draft in drafts_of(BOOK.by_slug["goi-dien-nghe-may"]) if draft.frame.shot.label == "Bước 2")
    phone = draft.frame.phone
    assert phone and phone.height >= 0.75 * 720


def test_a_list_comes_line_by_line() -> None:
    lesson = next(lesson for lesson in BOOK.lessons if any(shot.kind == "list" for shot in shots_of(lesson)))
    wide, tall = (next(draft for draft in drafts_of(lesson, shape) if draft.frame.shot.kind == "list")
                  for shape in (WIDE, TALL))
    assert [page.count('class="later"') for page in (*wide.before, wide.pages["before"])][-1] == 0
    assert [page.count("<li") for page in (*tall.before, tall.pages["before"])] == [1] * len(tall.frame.shot.more)
