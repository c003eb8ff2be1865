"""Over the whole book: steps that ask for a hand have a drawing, in which one row answers to the step's words."""

from __future__ import annotations

from collections import Counter

from generator.checks.looking.taps import asks_for_a_hand, find_fault
from generator.handbook.read import read_handbook
from tests.desks import PROJECT

BAR = 0.98
FEWEST = 200
"""Steps of the hand that the book has: a rule that no longer sees them would pass any book."""


def test_nearly_all_steps_of_the_hand_show_one_row_to_touch() -> None:
    book = read_handbook(PROJECT).handbook
    steps = [step for lesson in book.lessons for step in lesson.steps]
    hands = [step for step in steps if asks_for_a_hand(step) or (step.screen and step.screen.tap_index is not None)]
    faults = Counter(find_fault(step)[0] for step in hands)
    drawn = len(hands) - faults["step.no-screen"]
    print(f"{len(steps)} steps, {len(hands)} ask for a hand, {drawn} have a drawing, "
          f"{faults['']} exactly one row that fits")
    assert len(hands) >= FEWEST
    assert drawn / len(hands) >= BAR and faults[""] / len(hands) >= BAR, faults
