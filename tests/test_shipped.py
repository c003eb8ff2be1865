"""The book as it is shipped: its size, its plain words, and that every edition's leaflets fit their two sides."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from statistics import median

import pytest

from generator.build import Order, build
from generator.checks import run_checks
from generator.checks.language.steps import check as check_steps
from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import LEARNER, sentences
from generator.checks.looking.wordlists import word_list
from generator.engine.progress import Progress
from generator.ground.files import Source, find_project, fold
from generator.ground.findings import has_errors
from generator.handbook.editions import ROOT
from generator.handbook.ledger import FILE as LEDGER
from generator.handbook.ledger import read_ledger
from generator.handbook.lesson.markup import to_plain
from generator.handbook.read import Reading, read_handbook
from generator.handbook.spoken import count
from generator.press.binder.facts import page_count

pytestmark = pytest.mark.long
PROJECT = find_project(Path(__file__).parent)
COMMUNES = ("phuong-hai-duong", "phuong-chu-van-an", "xa-phong-quang", "xa-dai-son")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_handbook(PROJECT)


def test_what_the_book_holds(reading: Reading) -> None:
    book = reading.handbook
    assert (len(book.parts), len(book.topics), len(book.cards), len(book.alerts)) == (7, 47, 12, 3)
    assert len(book.paths) == 14 and max(len(path.topics) for path in book.paths) <= 14 and len(book.glossary) >= 54
    assert not has_errors([*reading.findings, *run_checks(PROJECT, reading)])


def test_sentences_are_short(reading: Reading) -> None:
    told = (phrase for wording in Matter(PROJECT, reading).wordings for phrase in wording.of(LEARNER))
    lengths = sorted(length for phrase in told for sentence in sentences(phrase.plain) if (length := count(sentence)))
    print(f"sentences: {len(lengths)}, median {median(lengths)}, 95 % {lengths[int(0.95 * len(lengths))]} chữ")
    assert median(lengths) <= 8 and lengths[int(0.95 * len(lengths))] <= 14


def test_no_lesson_says_on_which_side_of_a_paper_its_code_is(reading: Reading) -> None:
    """Books, pages and films show the same words as the leaflet, and have the code elsewhere."""
    told = [lesson.slug for lesson in reading.handbook.lessons
            if re.search(r"(?i)mã[^.]*mặt (?:sau|trước)|mặt (?:sau|trước) (?:tờ|trang|bài)", lesson.body)]
    assert told == []


def test_a_step_is_one_thing_to_do(reading: Reading) -> None:
    """As the rule of steps counts it."""
    steps = sum(len(lesson.steps) for lesson in reading.handbook.lessons)
    told = [finding for finding in check_steps(Matter(PROJECT, reading)) if finding.rule != "word.button"]
    print(f"{len(told)} of {steps} steps are told: {sorted({finding.rule for finding in told})}")
    assert len({finding.place for finding in told}) <= 0.02 * steps


def test_steps_begin_with_what_to_do(reading: Reading) -> None:
    verbs = tuple(entry.words.lower() for entry in word_list("action-verbs").entries)
    steps = [to_plain(step.phrase.text).lower() for lesson in reading.handbook.lessons for step in lesson.steps]
    begun = [step for step in steps if step.startswith(tuple(verb + end for verb in verbs for end in (" ", ":", ",")))]
    assert len(begun) / len(steps) >= 0.98


@pytest.mark.wide
@pytest.mark.browser
@pytest.mark.parametrize("edition", COMMUNES if os.environ.get("HOCSO_PROVE") == "1" else COMMUNES[:1])
def test_leaflets_fit_where_names_are_long(tmp_path: Path, edition: str) -> None:
    if os.environ.get("HOCSO_NO_BROWSER") == "1":
        pytest.skip("HOCSO_NO_BROWSER=1")
    build(PROJECT, Order(("leaflet",), edition, tmp_path / "out"), Progress(io.StringIO()))
    made = list((tmp_path / f"out/editions/{edition}/print/leaflets").glob("*.pdf"))
    assert len(made) == 47 + 12


def hocso(*words: str) -> int:
    return subprocess.run([sys.executable, "-m", "generator", *words], cwd=PROJECT.root, check=False).returncode


@pytest.mark.browser
@pytest.mark.skipif(os.environ.get("HOCSO_PROVE") != "1", reason="the whole book seven times over: in make prove")
def test_every_paper_of_every_edition_is_made_in_one_run_and_passes_the_proof(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert hocso("build", "--editions", "all", "--out", str(out)) == 0
    editions = [path.stem for path in (PROJECT.root / "content/editions").glob("*.yml") if path.stem != ROOT]
    places = [out, *(out / "editions" / edition for edition in editions)]
    papers = [sorted(path.relative_to(at) for path in (at / "print").rglob("*") if path.is_file()) for at in places]
    assert len(papers) == len(COMMUNES) + 3 and papers[0] and all(names == papers[0] for names in papers)
    leaflets = [path for at in places for path in (at / "print/leaflets").glob("*.pdf")]
    assert all(page_count(path.read_bytes()) <= 2 for path in leaflets)
    for place in places:
        assert hocso("proof", *sorted(str(path) for path in (place / "print").rglob("*.pdf"))) == 0, place
    print(f"{len(places)} editions, {len(papers[0])} files to print in each, {len(leaflets)} leaflets")


def test_no_lesson_is_taught_by_rote(reading: Reading) -> None:
    """Films end in their own way, plans differ, and An toàn says what to do as well as what not."""
    topics, lessons = reading.handbook.topics, reading.handbook.lessons
    ends = Counter(" ".join(fold(to_plain(topic.clip[-1].words.text)).split()[:3]) for topic in topics)
    assert max(ends.values()) <= 2
    assert sum("bà con nhớ nhé" in topic.clip[-1].words.text.lower() for topic in topics) <= 3
    assert all(115 <= sum(count(to_plain(scene.words.text)) for scene in topic.clip) <= 150 for topic in topics)
    rows = Counter(fold(to_plain(row.phrase.text)) for topic in topics for row in topic.trainer.rows[:-1])
    assert max(rows.values()) <= 2  # the last one, the self-check, may be alike
    assert [topic.slug for topic in topics if topic.trainer.offline is None] == []
    safety = [to_plain(line.text) for lesson in lessons for line in lesson.safety]
    assert sum(line.startswith(("Không", "Đừng")) for line in safety) <= len(safety) / 2


def test_every_number_that_was_ever_in_the_ledger_leads_where_it_led(reading: Reading) -> None:
    """Held against every version git has: the paper is out."""
    versions = Matter(PROJECT, reading).versions
    if not versions:
        pytest.skip("no history here")
    book = reading.handbook
    now = {entry.number: entry for entry in book.ledger}
    known = {*book.by_slug, *(f"path:{path.id}" for path in book.paths), *(f"part:{part.id}" for part in book.parts)}
    led = {(entry.number, entry.target) for version in versions
           for entry in read_ledger(Source(LEDGER, version.files.get(LEDGER, "")))[0]}
    assert len(led) >= 52
    for number, target in led:
        entry = now[number]
        assert entry.target == target and not entry.until
        assert target in known or target.startswith("channel:")
