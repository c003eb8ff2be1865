from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator.press import proof
from generator.press.browser import Browser
from generator.press.drawer import code_svg, number_code
from generator.press.proof.troubles import PLACINGS, TROUBLES, Score, score_code
from generator.proof.faults import CodeRow, FileProof
from generator.proof.file import prove_file
from generator.proof.folder import Promise
from generator.proof.hard import NAMES, Known, by_level, harden, unread

OURS = "https://hocso.example/1041"
OTHER = "https://hocso.example/1055"


@pytest.fixture(scope="module")
def paper(browser: Browser) -> Iterator[bytes]:
    """A leaflet's code, and one printed half as wide."""
    sheet = browser.open_sheet("@page{size:148mm 210mm;margin:10mm} section{break-after:page}")
    pages = (code_svg(number_code(payload, 26), width, "") for payload, width in ((OURS, 26), (OTHER, 12)))
    sheet.fill("".join(f"<section>{page}</section>" for page in pages), "t")
    yield sheet.pdf(148, 210)
    sheet.close()


def scores(paper: bytes, page: int, payload: str, placings: int) -> dict[str, Score]:
    with proof.opened(paper) as opened:
        leaf = opened.leaf(page)
        (seen,) = proof.see_codes(leaf)
        assert seen.measures is not None and seen.payload == payload
        return score_code(leaf, seen.area, payload, seen.measures.modules, placings)


@pytest.mark.browser
def test_a_leaflet_code_reads_under_every_trouble(paper: bytes) -> None:
    found = scores(paper, 1, OURS, 6)
    assert found.keys() == TROUBLES.keys() == NAMES.keys()
    assert {name for name, score in found.items() if score.either < score.tries} == set()
    assert {score.tries for score in found.values()} == {1, 6}


@pytest.mark.browser
def test_a_small_code_fails_where_a_large_one_holds(paper: bytes) -> None:
    found = scores(paper, 2, OTHER, 6)
    assert any(score.either < score.tries for score in found.values())


@pytest.mark.browser
def test_the_same_code_scores_the_same(paper: bytes) -> None:
    assert scores(paper, 1, OURS, 2) == scores(paper, 1, OURS, 2)


@pytest.mark.browser
def test_each_code_once(paper: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = prove_file(paper, Promise("x.pdf"), {})
    assert checked.codes[0].hard == {}
    score = Score(PLACINGS, 1, 2, 3)
    asked: list[str] = []

    def scored(_leaf: proof.Leaf, _area: proof.Area, payload: str, _modules: int) -> dict[str, Score]:
        asked.append(payload)
        return dict.fromkeys(TROUBLES, score)

    monkeypatch.setattr("generator.proof.hard.score_code", scored)
    known: Known = {}
    hardened = harden(paper, harden(paper, checked, known), known)
    assert asked == [OURS, OTHER]
    assert hardened.codes[0].hard["dark"] == (PLACINGS, 1, 2) and hardened.codes[0].hard_any["dark"] == 3
    assert unread(hardened.codes[0]) == list(TROUBLES)


def test_codes_are_counted_by_level() -> None:
    def row(level: str, either: int) -> CodeRow:
        return CodeRow(1, OURS, "1041", ("opencv", "zxing"), (0, 0, 1, 1), level, 4, 26, 0.79, 5, 21,
                       {"dark": (30, 30, 20)}, {"dark": either})

    rows = by_level([row("H", 30), row("H", 30), row("M", 28)])
    assert [(one.level, one.codes, one.read["dark"], one.tries["dark"]) for one in rows] == [
        ("4-H", 2, 60, 60), ("4-M", 1, 28, 30)]
    assert [one.whole for one in rows] == [1, 0]


def test_pictures_and_broken_files_have_no_score() -> None:
    empty = FileProof(0, (), (), ())
    assert harden(b"", empty, {}) is empty
