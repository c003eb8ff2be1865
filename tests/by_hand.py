"""The way back from an imposed sheet: what a reader holds who folds it and turns the leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.press.imposer import A4_MM, MIDDLE, Page, Place, Side
from tests.finished import Matrix


def fold_by_hand(sides: Sequence[Side]) -> list[Page | None]:
    """Folds the printed sheets as they lie on each other and turns the leaves; None is a blank page."""
    fronts, backs = sides[0::2], sides[1::2]
    sheets = list(zip(fronts, backs, strict=True))
    before = [seen for front, back in sheets for seen in (_seen(front, True), _seen(back, False))]
    after = [seen for front, back in sheets for seen in (_seen(front, False), _seen(back, True))]
    return [*before, *reversed(after)]


def _seen(side: Side, on_right: bool) -> Page | None:
    """Where a page lies tells what is seen, whatever half it was meant for."""
    found = [(place.source, place.page) for place in side.places if (place.x > MIDDLE / 2) == on_right]
    return found[0] if found else None


def sides_of(laid: Iterable[Sequence[tuple[Page, Matrix]]]) -> list[Side]:
    """Sheets read back from a file."""
    unit = 25.4 / 72
    return [
        Side(tuple(Place(*page, at[4] * unit, at[5] * unit, 0, A4_MM[0]) for page, at in side)) for side in laid
    ]
