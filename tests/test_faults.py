"""What was wrong with the first edition's face, and the tests that would see each fault again: none of them vanishes.

All of them measure what is made: frames, pages, drawings, lines as a browser broke them. Each was seen to fail with its
fault put back.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PRESS, PAGES, PAPERS, FILMS = "press/test_", "products/pages/test_", "products/papers/test_", "products/films/test_"
BOOKS = f"{PAPERS}composition.py::test_books_have_no_fault_of_composition"
FOUND = f"{PAPERS}composition.py::test_faults_are_found"
CUT = f"{PAPERS}composition.py::test_pages_are_cut_where_no_rule_is_broken"
FAULTS: dict[str, tuple[str, ...]] = {
    "a line tears a word of several syllables (giấy / tờ)": (
        f"{PRESS}compounds.py::test_what_belongs_together_is_held",
        f"{PAGES}face.py::test_no_title_tears_a_compound",
        f"{PAGES}deck.py::test_a_deck_is_walked_to_its_end",
        f"{FILMS}clip.py::test_no_frame_tears_a_compound",
        f"{FILMS}vertical.py::test_no_caption_tears_a_compound",
        f"{FILMS}led.py::test_no_board_tears_a_compound",
        f"{PAPERS}poster.py::test_no_line_tears_a_word_or_a_number_from_its_meaning",
        f"{PAPERS}covers.py::test_titles_in_books_tear_no_compound_and_keep_their_words",
        "proof/test_house.py::test_no_paper_tears_a_compound_of_a_title",
    ),
    "Wi-Fi on two lines": (
        "test_lines.py::test_what_is_torn_is_seen",
        f"{PAGES}face.py::test_no_title_tears_a_compound",
        f"{FILMS}clip.py::test_no_frame_tears_a_compound",
        "proof/test_house.py::test_no_paper_tears_a_compound_of_a_title",
    ),
    "a heading closes a page, alone or with a single step": (BOOKS, FOUND, CUT),
    "the closing code stands alone on a page": (BOOKS, FOUND, CUT),
    "a page ends above a third": (BOOKS, FOUND, CUT),
    "a warning is glued to the next numeral": (BOOKS, FOUND),
    "one handset for answering and for hanging up": (
        f"{PRESS}handsets.py::test_hanging_up_is_another_shape_than_calling_in_grey",),
    "words leave a drawing in a wider typeface": (
        f"{PRESS}phone.py::test_in_any_typeface_words_stand_where_they_were_planned",
        "test_typefaces.py::test_the_judge_sees_words_that_leave_their_place",
    ),
    "labels on drawn phones under 11 points": (
        f"{PRESS}phone.py::test_a_phone_is_34_mm_wide_and_its_labels_are_11_points",),
    "steps of a film out of their order": (
        f"{FILMS}acting.py::test_steps_out_of_order_have_no_number",
        f"{FILMS}acting.py::test_in_every_film_of_the_book_the_numbers_rise",
    ),
    "a film stands still": (
        f"{FILMS}films.py::test_nothing_stands_still_for_three_seconds",
        f"{FILMS}acting.py::test_somebody_moves_every_three_seconds",
    ),
    "a number parted from what it calls": (
        f"{PAPERS}poster.py::test_numbers_to_call_are_as_broad_as_a_hand_and_stand_with_what_they_call",
        f"{PAPERS}poster.py::test_no_line_tears_a_word_or_a_number_from_its_meaning",
        f"{PAPERS}sheet.py::test_no_number_on_the_wall_leaves_what_it_calls",
        f"{PAPERS}share.py::test_numbers_to_call_stand_on_the_picture_with_what_they_call",
        f"{FILMS}acting.py::test_numbers_to_call_fill_the_frame_and_their_meaning_stands_on_the_same_line",
    ),
    "a foot nearer the edge than printers reach": (
        "proof/test_house.py::test_no_word_stands_too_near_an_edge",
        f"{PAPERS}leaflet.py::test_words_keep_clear_of_the_edge_of_the_paper",
        BOOKS,
    ),
    "two searches on a page": (f"{PAGES}face.py::test_there_is_one_search_on_a_page",),
    "brand, search, title and text on several left edges": (
        f"{PAGES}face.py::test_brand_search_title_and_text_have_one_left_edge",
        f"{PAGES}face.py::test_a_number_page_has_one_left_edge",
    ),
    "Mục lục opens no list": (f"{PAGES}face.py::test_contents_open_as_a_list",),
    "a film's poster shows another thing than its scene": (
        f"{FILMS}films.py::test_the_poster_shows_the_scene_of_its_own_lesson",
        f"{FILMS}films.py::test_the_poster_is_the_scene_with_a_mark_away_from_the_players_own",
    ),
    "something within 40 dots of a shared picture's edge": (
        f"{PAPERS}share.py::test_nothing_stands_near_an_edge_and_all_round_is_the_colour_of_the_part",
        f"{PAPERS}share.py::test_what_is_approved_has_no_tape_and_nothing_near_the_head_either",
    ),
    "booklets that look alike": (
        f"{PAPERS}covers.py::test_no_two_books_look_alike_in_grey",
        f"{PAPERS}covers.py::test_every_book_has_a_scene_of_its_own",
    ),
    "parts that grey does not tell apart": (
        f"{PAPERS}covers.py::test_no_two_books_look_alike_in_grey",
        f"{PAPERS}covers.py::test_covers_say_in_grey_what_they_are",
        f"{PAPERS}poster.py::test_grey_tells_parts_apart_and_keeps_contrast",
        f"{PAPERS}composition.py::test_a_lesson_wears_its_parts_colour_scene_and_tab_in_every_book",
    ),
    "drawings that stay small when the reader's letters grow": (
        f"{PAGES}face.py::test_drawn_screens_grow_with_the_readers_letters",
        f"{PAGES}face.py::test_the_scene_grows_with_the_readers_letters_and_never_leaves_the_page",
    ),
    "lines of a scene thinner than a point where it is printed": (
        f"{PRESS}bolder.py::test_no_line_of_a_shipped_scene_is_thinner_than_a_point",
        f"{PRESS}bolder.py::test_lines_of_scenes_are_a_point_thick_in_finished_files",
    ),
    "small pictures and signs taken for each other": (
        f"{PAGES}gallery.py::test_small_pictures_and_signs_are_told_apart_at_32_px",),
    "titles that are not balanced": (
        f"{PAGES}face.py::test_titles_are_balanced",
        f"{PAGES}deck.py::test_titles_on_the_wall_are_balanced",
        f"{FILMS}clip.py::test_words_of_frames_are_balanced",
        "proof/test_house.py::test_headings_of_all_papers_are_balanced",
    ),
}
"""Fault, the tests that see it: a file below `tests/` and its function."""


@pytest.fixture(scope="module")
def collected() -> set[str]:
    """As pytest itself finds them: skipped or renamed is not there."""
    files = sorted({f"tests/{test.partition('::')[0]}" for tests in FAULTS.values() for test in tests})
    words = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *files]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return {line.partition("[")[0].removeprefix("tests/") for line in done.stdout.splitlines() if "::" in line}


def test_all_faults_are_named() -> None:
    assert len(FAULTS) == 24


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_has_its_tests(fault: str, collected: set[str]) -> None:
    assert FAULTS[fault] and {*FAULTS[fault]} <= collected
