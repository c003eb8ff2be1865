from __future__ import annotations

import pytest

from generator.press import imposer
from generator.proof.imposed import Sheet, fold_order


def sheets_by_hand(pages: int) -> list[Sheet[int]]:
    """Leaves laid out by the definition: page p stands on leaf ⌈p/2⌉, and the i-th leaf hangs with the i-th last."""
    total = pages + -pages % 4
    leaves = [(page, page + 1) for page in range(1, total, 2)]
    pairs = [(leaves[at], leaves[-1 - at]) for at in range(len(leaves) // 2)]
    return [Sheet(front_left=last[1], front_right=first[0], back_left=first[1], back_right=last[0])
            for first, last in pairs]


@pytest.mark.parametrize("pages", range(1, 401))
def test_a_folded_booklet_reads_in_order(pages: int) -> None:
    assert fold_order(sheets_by_hand(pages)) == list(range(1, pages + -pages % 4 + 1))


def test_every_slip_shows() -> None:
    sheets = sheets_by_hand(16)
    good = list(range(1, 17))
    turned = [Sheet(s.front_left, s.front_right, s.back_right, s.back_left) for s in sheets]
    assert fold_order(turned) != good and fold_order(sheets[::-1]) != good
    for at in range(3):
        assert fold_order([*sheets[:at], sheets[at + 1], sheets[at], *sheets[at + 2 :]]) != good


@pytest.mark.parametrize("pages", range(1, 401))
def test_what_is_imposed_here_folds_the_same(pages: int) -> None:
    sides = imposer.fold_booklet(range(1, pages + 1), (148, 210))
    halves = [
        {place.x > imposer.MIDDLE / 2: place.page for place in side.places} for side in sides
    ]
    sheets = [Sheet(front.get(False), front.get(True), back.get(False), back.get(True))
              for front, back in zip(halves[0::2], halves[1::2], strict=True)]
    assert fold_order(sheets) == [*range(1, pages + 1), *[None] * (-pages % 4)]
