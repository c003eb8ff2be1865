"""Leaflets that save ink: how much, and that all they say is still told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from generator.engine.items import Result
from generator.press.browser import Browser
from generator.press.proof import Leaf, opened
from generator.products import standard
from generator.products.papers import ink, leaflet
from generator.proof.file import prove_file
from generator.proof.folder import Promise
from tests.desks import desk, make, thinned

LESSONS = ("quet-ma-qr", "nhan-biet-tin-gia", "tranh-lua-dao", "cai-vneid", "chuyen-tien-tra-tien", "hoi-tro-ly-ai",
           "dang-vien-so", "khai-sinh")
"""One of each part, and a card."""
BOOK = thinned(*LESSONS)
DPI = 50
DARK, COLOURED, GREY = 128, 24, 0x3F
MOST = 0.5
"""Of the dots that were dark where there was colour."""
TAPE_MM = 9.0

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def made(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    folder: Path = tmp_path_factory.mktemp("ink")
    return {item.name: make(item, browser, folder) for product in (leaflet, ink) for item in product.plan(desk(BOOK))
            if item.name.partition(":")[2] in LESSONS}


def pages_of(made: dict[str, Result], name: str) -> tuple[bytes, bytes]:
    plain, saving = (f"print/leaflets/{name}{end}.pdf" for end in ("", "-ink"))
    return made[f"leaflet:{name}"].files[plain], made[f"ink:{name}"].files[saving]


def seen(leaf: Leaf) -> np.ndarray:
    """Below the tape of a draft."""
    picture = leaf.page.render(scale=DPI / 72).to_numpy().astype(np.int16)[:, :, :3]
    return np.asarray(picture[round(TAPE_MM / 25.4 * DPI) :])


def dark(picture: np.ndarray) -> np.ndarray:
    return np.asarray(picture @ (0.114, 0.587, 0.299) < DARK)


def coloured(picture: np.ndarray) -> np.ndarray:
    return np.asarray(picture.max(axis=2) - picture.min(axis=2) > COLOURED)


def worn(picture: np.ndarray) -> np.ndarray:
    """Where a part shows its colour; that of cards is a grey."""
    return np.asarray(coloured(picture) | (np.abs(picture - GREY).max(axis=2) < 4))


def test_half_of_the_ink_is_saved_where_there_was_colour(made: dict[str, Result]) -> None:
    """As a printer lays it: dots that are dark, of every lesson and of all of them."""
    before, after = np.zeros(2), np.zeros(2)
    for name in LESSONS:
        plain, saving = pages_of(made, name)
        own = np.zeros(2)
        with opened(plain) as one, opened(saving) as other:
            for page in (1, 2):
                wet, dry = seen(one.leaf(page)), seen(other.leaf(page))
                where = worn(wet)
                own += (dark(wet)[where].sum(), dark(dry)[where].sum())
                before += (dark(wet).mean(), where.mean())
                after += (dark(dry).mean(), coloured(dry).mean())
        assert own[1] <= MOST * own[0], (name, own)
        assert own[0] > 1000
    assert after[0] < before[0] and after[1] == 0


def test_nothing_is_lost_with_the_ink(made: dict[str, Result]) -> None:
    """The same words in the same order, and the number of the part among them; all proofs hold, codes as large."""
    ledger = {entry.number: entry for entry in BOOK.ledger}
    for name in LESSONS:
        plain, saving = pages_of(made, name)
        with opened(plain) as one, opened(saving) as other:
            assert [leaf.words for leaf in one.leaves()] == [leaf.words for leaf in other.leaves()]
        for path, data in made[f"ink:{name}"].files.items():
            assert prove_file(data, Promise(path), ledger).faults == (), path


def test_a_part_is_told_by_its_number(made: dict[str, Result]) -> None:
    """In a box, which is an outline now; its scene stands beside it. A card has a pen there."""
    for number, name in enumerate(LESSONS[:-1], 1):
        with opened(pages_of(made, name)[1]) as paper:
            assert paper.leaf(1).words.split()[0] == str(number), name


def test_codes_are_the_same_dot_for_dot(made: dict[str, Result]) -> None:
    for name in LESSONS:
        plain, saving = pages_of(made, name)
        with opened(plain) as one, opened(saving) as other:
            wet, dry = (paper.leaf(2).grey() for paper in (one, other))
            code = slice(round(144 / 25.4 * 150), round(180 / 25.4 * 150)), slice(0, round(50 / 25.4 * 150))
            assert (wet[code] < DARK).mean() > 0.05 and np.array_equal(wet[code] < DARK, dry[code] < DARK), name


def test_two_lie_on_a_sheet_and_both_are_made_on_request_only(made: dict[str, Result]) -> None:
    for name in LESSONS:
        files = sorted(made[f"ink:{name}"].files)
        assert files == [f"print/leaflets/{name}-ink-2up.pdf", f"print/leaflets/{name}-ink.pdf"]
    assert "ink" not in standard()
