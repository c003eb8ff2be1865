"""Books that save ink: how much, and that all they say is still told, to read and folded."""

from __future__ import annotations

import numpy as np
import pytest

from generator.press.browser import Browser
from generator.press.proof import opened
from generator.products import standard
from tests.desks import desk, thinned
from tests.products.papers.test_ink import coloured, dark, seen, worn
from tests.proof.house import House, print_house

WHOLE, PART, PATH = "hoc-so-co-ban", "phan-3", "nguoi-cao-tuoi"
BOOK = thinned("giu-mat-khau-otp", "tranh-lua-dao", "hoi-tro-ly-ai", "khai-sinh")
MOST = 0.5
"""Of the dots that were dark where there was colour."""

pytestmark = [pytest.mark.long, pytest.mark.browser]


@pytest.fixture(scope="module")
def made(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> House:
    wanted = [f"{product}:{name}" for product in ("booklet", "inkbook") for name in (WHOLE, PART, PATH)]
    return print_house(desk(BOOK), wanted, browser, tmp_path_factory.mktemp("inkbook"))


@pytest.mark.wide
@pytest.mark.parametrize("name", [WHOLE, PART, PATH])
def test_half_of_the_ink_is_saved_and_no_word_lost(name: str, made: House) -> None:
    before, after = 0.0, 0.0
    with opened(made.papers[f"print/booklets/{name}-a5.pdf"]) as one, opened(made.papers[ink_of(name)]) as other:
        assert [leaf.words for leaf in one.leaves()] == [leaf.words for leaf in other.leaves()]
        for wet, dry in zip(map(seen, one.leaves()), map(seen, other.leaves()), strict=True):
            where = worn(wet)
            before, after = before + dark(wet)[where].sum(), after + dark(dry)[where].sum()
            assert not coloured(dry).any()
    assert before > 1000 and after <= MOST * before, (before, after)


@pytest.mark.parametrize("name", [WHOLE, PART, PATH])
def test_all_proofs_hold_to_read_and_folded(name: str, made: House) -> None:
    for path in (ink_of(name), ink_of(name).replace(".pdf", "-fold.pdf")):
        assert made.prove(path).faults == (), path


def test_codes_are_the_same_dot_for_dot(made: House) -> None:
    """Of a path's contents, below the heading, where nothing else was in colour."""
    with opened(made.papers[f"print/booklets/{PATH}-a5.pdf"]) as one, opened(made.papers[ink_of(PATH)]) as other:
        wet, dry = (paper.leaf(3).grey() < 128 for paper in (one, other))
        below = slice(wet.shape[0] // 4, None)
        assert wet[below].mean() > 0.02 and np.array_equal(wet[below], dry[below])


def test_they_are_made_on_request_only() -> None:
    assert "inkbook" not in standard()


def ink_of(name: str) -> str:
    return f"print/booklets/{name}-ink.pdf"
