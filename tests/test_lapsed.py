"""What was approved when it was made, and is so no more, never stays without its mark: whatever is built next, of
whichever edition, it is made again or goes."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import build, foreman, workshop
from generator.cli import main
from generator.engine import publish
from generator.engine.tree import Tree
from generator.ground.files import find_project
from generator.handbook.approvals import signer
from generator.handbook.editions import ROOT
from generator.handbook.model import APPROVALS, Approval
from generator.handbook.words import WORDS
from generator.lapsed import lapsed_names
from generator.press.orders import DRAFT
from generator.press.pages import plain
from generator.products.lesson import TRIAL
from generator.proof.run import prove_files
from tests.projects import approve, commit_all, edit, git, make_project, put
from tests.real_films import CAPTIONS, small_film
from tests.seen import page_texts

pytestmark = [pytest.mark.long, pytest.mark.remembers]
SLUG, OTHER, COMMUNE, TODAY = "quet-ma-qr", "cai-vneid", "xa-dai-son", "20/11/2026"
LESSON = f"content/topics/{SLUG}/index.md"
PRODUCTS = ("film", "deck", "site", "number", "leaflet", "poster", "loudspeaker")
TOLD = (f"site/topics/{SLUG}/index.html", f"site/slides/{SLUG}/index.html", f"print/leaflets/{SLUG}.pdf",
        f"print/posters/{SLUG}-a4.pdf", f"loudspeaker/{SLUG}.txt")
"""Each in a way of its own."""
PICTURES = (f"site/share/{SLUG}-1200x630.png",)
FILM = f"site/clips/real/{SLUG}.mp4"


def run(root: Path, *words: str) -> None:
    assert main(["-C", str(root), *words]) == 0


def take_back(root: Path, name: str, unit: str) -> None:
    run(root, "approve", name, "--unit", unit, "--date", TODAY, "--withdraw", "sai số")


def withdrawn(root: Path) -> None:
    take_back(root, SLUG, "Sở Y tế")


def changed(root: Path) -> None:
    edit(root, LESSON, "Quét mãi không", "Quét lâu không")


LAPSES: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "withdrawn, then pages": (withdrawn, ("site", "number")),
    "withdrawn, then another edition": (withdrawn, ("qr", "--edition", COMMUNE)),
    "withdrawn, then another lesson": (withdrawn, (f"leaflet:{OTHER}",)),
    "a word changed, then codes": (changed, ("qr",)),
}
"""What somebody does, and what is asked for next."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(tmp_path_factory.mktemp("lapsed"), site_url="https://hocso.haiphong.gov.vn/", theme=True)
    edit(root, LESSON, "\ntrạng thái:", "\nphim: phim.mp4\ntrạng thái:")
    put(root, f"content/topics/{SLUG}/phim.mp4", small_film())
    put(root, f"content/topics/{SLUG}/phim.vtt", CAPTIONS)
    approve(root, TODAY, SLUG, OTHER)
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "sách")
    run(root, "build", *PRODUCTS)
    run(root, "build", "deck", "leaflet", "--edition", COMMUNE)
    return root


def told(root: Path, path: str) -> str:
    data = (root / "dist" / path).read_bytes()
    return "\n".join(page_texts(data)) if path.endswith(".pdf") else plain(data.decode())


def bytes_of(root: Path) -> dict[str, bytes]:
    return {path: (root / "dist" / path).read_bytes() for path in PICTURES}


def copy_of(book: Path, folder: Path) -> Path:
    return Path(shutil.copytree(book, folder / "sach", symlinks=True))


@pytest.mark.browser
@pytest.mark.parametrize(("lapse", "asked"), LAPSES.values(), ids=LAPSES)
def test_what_lapsed_is_marked_by_the_next_build(
    book: Path, tmp_path: Path, lapse: Callable[[Path], None], asked: tuple[str, ...],
) -> None:
    root = copy_of(book, tmp_path)
    before = bytes_of(root)
    assert (root / "dist" / FILM).is_file() and not any(DRAFT in told(root, path) for path in TOLD)
    lapse(root)
    run(root, "build", *asked)
    assert [path for path in TOLD if DRAFT not in told(root, path)] == []
    assert not (root / "dist" / FILM).exists()
    assert not {path for path, data in before.items() if bytes_of(root)[path] == data}
    below = f"editions/{COMMUNE}/"
    assert DRAFT in told(root, f"{below}print/leaflets/{SLUG}.pdf")
    assert DRAFT in told(root, f"{below}site/slides/{SLUG}/index.html")
    assert DRAFT not in told(root, f"print/leaflets/{OTHER}.pdf")


@pytest.mark.wide
@pytest.mark.browser
def test_a_country_that_took_its_words_back(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_of(book, tmp_path)
    assert TRIAL not in told(root, TOLD[2])
    take_back(root, ROOT, "Ủy ban nhân dân tỉnh")
    capsys.readouterr()
    run(root, "build", "qr", "--edition", COMMUNE)
    assert TRIAL in told(root, TOLD[2])
    assert f"Không còn được duyệt hay ký, hay không còn số cũ: {ROOT}." in capsys.readouterr().out


@pytest.mark.browser
def test_hard_words_that_were_taken_back(book: Path, tmp_path: Path) -> None:
    root = copy_of(book, tmp_path)
    page = "site/glossary/index.html"
    assert DRAFT not in told(root, page)
    take_back(root, WORDS, "Sở Y tế")
    run(root, "build", "qr")
    assert DRAFT in told(root, page)


@pytest.mark.browser
def test_what_cannot_be_made_again_here_goes(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    root = copy_of(book, tmp_path)
    withdrawn(root)
    monkeypatch.setattr(workshop, "find_browser", lambda: None)
    capsys.readouterr()
    run(root, "build", "qr")
    out = capsys.readouterr().out
    assert not list((root / "dist").rglob(f"{SLUG}*.pdf")) and DRAFT in told(root, TOLD[0])
    assert "Đã gỡ khỏi dist: " in out and "không có trình duyệt để in lại" in out and "không còn làm ra" not in out
    approved = f"print/leaflets/{OTHER}.pdf"
    assert told(root, approved) and told(root, f"editions/{COMMUNE}/{approved}"), "of other lessons all stays"
    run(root, "build", "qr")
    assert told(root, approved)


@pytest.mark.browser
def test_nothing_is_made_again_where_nothing_lapsed(book: Path, tmp_path: Path) -> None:
    """More approvals, or other drafts, are no reason."""
    root = copy_of(book, tmp_path)
    before = {path: (root / "dist" / path).read_bytes() for path in TOLD}
    approve(root, TODAY, "tranh-lua-dao")
    run(root, "build", "qr")
    assert before == {path: (root / "dist" / path).read_bytes() for path in TOLD} and (root / "dist" / FILM).is_file()


@pytest.mark.browser
def test_a_tree_whose_note_is_gone_loses_nothing_and_shows_nothing_unsigned(book: Path, tmp_path: Path) -> None:
    root = copy_of(book, tmp_path)
    standing = {path.relative_to(root / "dist") for path in (root / "dist/").rglob("*") if path.is_file()}
    for note in (root / ".dist.trees").glob("*.items.json"):
        note.unlink()
    withdrawn(root)
    run(root, "build", f"leaflet:{OTHER}")
    assert [path for path in TOLD if DRAFT not in told(root, path)] == []
    assert DRAFT in told(root, f"editions/{COMMUNE}/print/leaflets/{SLUG}.pdf")
    left = {path.relative_to(root / "dist") for path in (root / "dist/").rglob("*") if path.is_file()}
    assert len(standing) > 50 and {path for path in standing - left if "real" not in path.parts} == set()


@pytest.mark.wide
@pytest.mark.browser
def test_a_text_taken_back_is_gone_also_where_another_was_signed_meanwhile(book: Path, tmp_path: Path) -> None:
    """Take back, mend, sign, build: the most natural order."""
    root = copy_of(book, tmp_path)
    withdrawn(root)
    changed(root)
    approve(root, "21/11/2026", SLUG)
    old = {path: (root / "dist" / path).read_bytes() for path in TOLD}
    run(root, "build", "qr")
    assert [path for path in TOLD if DRAFT in told(root, path)] == []
    assert not [path for path in (TOLD[0], TOLD[2]) if (root / "dist" / path).read_bytes() == old[path]]
    assert "Quét lâu không" in told(root, TOLD[0])


@pytest.mark.wide
@pytest.mark.browser
def test_a_paper_with_a_retired_number_is_made_anew(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    root = copy_of(book, tmp_path)
    assert "1041" in told(root, TOLD[2])
    capsys.readouterr()
    run(root, "qr", "retire", "1041")
    assert f"dist/{TOLD[2]}" in (said := capsys.readouterr().out) and "DỪNG MÁY IN" in said
    run(root, "qr", "add", SLUG)
    run(root, "build", f"leaflet:{OTHER}")
    assert not [path for path in TOLD[2:4] if "1041" in told(root, path)]
    assert DRAFT not in told(root, TOLD[2])


@pytest.mark.browser
def test_what_holds_all_the_others_lapses_with_each(book: Path, tmp_path: Path) -> None:
    root = copy_of(book, tmp_path)
    run(root, "build", "stick")
    stick = root / "dist/site/downloads/hoc-so-usb.zip"
    before = stick.read_bytes()
    withdrawn(root)
    run(root, "build", "qr")
    with zipfile.ZipFile(stick) as box:
        pages = [box.read(name).decode() for name in box.namelist() if name.endswith(f"topics/{SLUG}/index.html")]
    assert stick.read_bytes() != before and pages and all(DRAFT in plain(page) for page in pages)


@pytest.mark.browser
def test_a_list_behind_a_code_says_that_its_lesson_is_a_draft_again(book: Path, tmp_path: Path) -> None:
    """The page behind the code of a booklet stood there as it was released."""
    root = copy_of(book, tmp_path)
    lists = {name: told(root, f"site/{name}") for name in ("2019/index.html", "404.html")}
    assert "Bản nháp" not in lists["2019/index.html"]
    withdrawn(root)
    run(root, "build", f"leaflet:{SLUG}")
    for name, before in lists.items():
        after = told(root, f"site/{name}")
        assert after.count("Bản nháp") > before.count("Bản nháp") or DRAFT in after


@pytest.mark.browser
def test_of_what_lapsed_only_what_stood_there_is_made_again(book: Path, tmp_path: Path) -> None:
    """Six papers of a ward became its whole book, in six minutes."""
    root = copy_of(book, tmp_path)
    out = tmp_path / "few"
    run(root, "build", f"leaflet:{SLUG}", f"deck:{SLUG}", "--out", str(out))
    papers = sorted(path.name for path in (out / "print").rglob("*.pdf"))
    withdrawn(root)
    run(root, "build", "site", "--out", str(out))
    assert sorted(path.name for path in (out / "print").rglob("*.pdf")) == papers == [f"{SLUG}.pdf"]
    assert DRAFT in "\n".join(page_texts((out / f"print/leaflets/{SLUG}.pdf").read_bytes()))
    assert [path.parent.name for path in (out / "site/slides").rglob("index.html")] == [SLUG]


PLACES = {
    "the country's words": (ROOT, "Ủy ban nhân dân tỉnh", "<html"),
    "the glossary": (WORDS, "Sở Y tế", "data-words"),
}
"""Who signed them, and what stands in every page that shows them."""


@pytest.mark.browser
@pytest.mark.parametrize(("name", "unit", "shows"), PLACES.values(), ids=PLACES)
def test_a_proof_finds_every_page_of_words_that_were_taken_back(
    book: Path, tmp_path: Path, name: str, unit: str, shows: str,
) -> None:
    """Pages named their lesson's text and nothing of whom to ask; what was taken back stood on the host unfound."""
    root = copy_of(book, tmp_path)
    site = root / "dist/site"
    assert prove_files(find_project(root), [site])[1] == 0
    pages = {path: path.read_text("utf-8") for path in site.rglob("*.html")}
    wanted = {path.relative_to(root).as_posix() for path, html in pages.items() if DRAFT not in html and shows in html}
    take_back(root, name, unit)
    said = prove_files(find_project(root), [site])[0].splitlines()
    found = {line.split(":")[0].removeprefix("✗ ") for line in said if line.startswith("✗") and ".html" in line}
    assert found == wanted and {"site", "topics"} <= {part for path in wanted for part in path.split("/")}


@pytest.mark.browser
def test_a_proof_finds_every_list_that_vouches_for_a_lesson_taken_back(book: Path, tmp_path: Path) -> None:
    """Pages behind codes of parts and paths, lists of the site, feeds and what is searched named it as before."""
    root = copy_of(book, tmp_path)
    site = root / "dist/site"
    assert prove_files(find_project(root), [site])[1] == 0
    of_others = re.compile(
        rf"(topics|cards|embed|slides)/(?!{SLUG})[a-z-]+/index\.html|1(?!041)\d+/index\.html|sitemap\.xml")
    naming = {name for path in site.rglob("*") if path.suffix in (".html", ".json", ".xml", ".js")
              and re.search(rf"{SLUG}|1041/index", path.read_text("utf-8").split("<meta name")[-1])
              and not of_others.fullmatch(name := path.relative_to(site).as_posix())}
    take_back(root, SLUG, "Sở Y tế")
    said = prove_files(find_project(root), [site])[0].splitlines()
    found = {line.split(":")[0].removeprefix("✗ dist/site/"): line for line in said if line.startswith("✗")}
    assert {name for name in naming if name not in found} == set() and len(naming) > 12, naming
    told = f"Sở Y tế đã rút lại ngày {TODAY} (sai số)"
    lists = {"feed.json", "feed.xml", "assets/search.js", "2019/index.html", "index.html", "404.html",
             "1041/index.html"}
    assert lists <= {name for name, line in found.items() if told in line}
    assert (alone := prove_files(find_project(root), [site / "feed.json"])) and told in alone[0]
    assert not {name for name in found if OTHER in name or name.startswith("1055")}


def row(text: str, unit: str, day: int, note: str = "") -> Approval:
    return Approval(SLUG, text, unit, date(2026, 11, day), "", note)


A, B = row("TPTHWMAP", "Sở Y tế", 20), row("TPTHWMAP", "Sở Giáo dục", 22)
WHO: dict[str, tuple[list[Approval], bool]] = {
    "nothing happened": ([A], False),
    "signed once more by another": ([A, B], False),
    "taken back, then signed by another": ([A, row("TPTHWMAP", "Sở Y tế", 21, "rút lại: ký nhầm"), B], True),
    "its row was undone, another signed": ([B], True),
    "the same unit on another day": ([row("TPTHWMAP", "Sở Y tế", 23)], True),
}


@pytest.mark.parametrize("case", WHO)
def test_a_paper_that_names_who_signed_lapses_with_that_row(case: str) -> None:
    """The text stands in each case; what was built of the first row names its unit and day."""
    rows, gone = WHO[case]
    before = Tree({}, {"viet-nam/leaflet:quet-ma-qr": "k"}, frozenset({f"{SLUG} {A.text}", f"{SLUG} {signer(A)}"}))
    today = frozenset({f"{SLUG} {A.text}", f"{SLUG} {signer(rows[-1])}"})
    assert lapsed_names(before, today, rows) == ({SLUG} if gone else set())


ASKED = (f"loudspeaker:{SLUG}", "number", "qr")
NOTES = (".dist.trees/*.items.json", ".hocso/lent/*", ".hocso/made/*.json")
PROVE, MANY = os.environ.get("HOCSO_PROVE") == "1", 9
"""Of many records one in so many, unless proving."""
TORN = {"one note": None, "all of a tree's": NOTES[:1], "all but records": NOTES[:2], "all there are": NOTES}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """One loudspeaker's text asked for, then a word changed; and what a build makes of that."""
    root = make_project(tmp_path_factory.mktemp("asked"), theme=True)
    approve(root, TODAY, SLUG, OTHER)
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "sách")
    run(root, "build", *ASKED)
    changed(root)
    other = copy_of(root, tmp_path_factory.mktemp("clean"))
    run(other, "build", *ASKED)
    return root, published(other)


def published(root: Path) -> dict[str, bytes]:
    dist = root / "dist"
    return {path.relative_to(dist).as_posix(): path.read_bytes() for path in (root / "dist/").rglob("*")
            if path.is_file()}


@pytest.mark.parametrize("torn", TORN.values(), ids=TORN)
def test_a_torn_note_brings_nothing_that_nobody_asked_for(
    asked: tuple[Path, dict[str, bytes]], tmp_path: Path, torn: tuple[str, ...] | None
) -> None:
    root, right = asked
    places = [sorted(path.relative_to(root) for path in root.glob(place)) for place in torn or NOTES]
    names = [name for found in places for name in found[:: 1 if torn or PROVE or len(found) < MANY else MANY]]
    for count, group in enumerate([names] if torn else [[name] for name in names]):
        other = copy_of(root, tmp_path / str(count))
        for name in group:
            (other / name).chmod(0o644)
            (other / name).write_bytes((other / name).read_bytes()[:-9])
        run(other, "build", *ASKED)
        found = published(other)
        assert {name for name in {*found, *right} if found.get(name) != right.get(name)} == set(), group[0]
        shutil.rmtree(other)


def test_what_lapsed_is_marked_also_where_all_records_are_gone(
    asked: tuple[Path, dict[str, bytes]], tmp_path: Path,
) -> None:
    """It was asked for once, and stands: it is made again, though this build was asked for something else."""
    root, right = asked
    other = copy_of(root, tmp_path)
    shutil.rmtree(other / ".hocso")
    run(other, "build", "qr")
    found = published(other)
    assert {name for name in {*found, *right} if found.get(name) != right.get(name)} == set()


def test_what_is_taken_back_during_a_build_is_not_published(
    asked: tuple[Path, dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whoever withdraws is told what lies there; what a build brings out a minute later nobody told them of."""
    root = copy_of(asked[0], tmp_path)
    edit(root, LESSON, "Quét lâu không", "Quét mãi không")
    before, real = published(root), foreman.make_parts

    def meanwhile(*given: Any) -> Iterator[Any]:
        yield from real(*given)
        take_back(root, OTHER, "Sở Y tế")

    monkeypatch.setattr(build, "make_parts", meanwhile)
    capsys.readouterr()
    assert main(["-C", str(root), "build", *ASKED, f"loudspeaker:{OTHER}"]) == 1
    assert f"Trong lúc dựng, {OTHER} đã được rút lại" in capsys.readouterr().err and published(root) == before
    monkeypatch.setattr(build, "make_parts", real)
    run(root, "build", *ASKED, f"loudspeaker:{OTHER}")
    assert DRAFT in told(root, f"loudspeaker/{OTHER}.txt")


@pytest.mark.parametrize(("cells", "words"), [
    ("{row}thu hồi: số máy sai", "Trong lúc dựng, {other} đã được rút lại"), ("{other},ABC", "Sổ duyệt"),
])
def test_words_of_ones_own_during_a_build_take_back_too(
    cells: str, words: str, asked: tuple[Path, dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = copy_of(asked[0], tmp_path)
    edit(root, LESSON, "Quét lâu không", "Quét mãi không")
    before, real, book = published(root), foreman.make_parts, (root / APPROVALS).read_text("utf-8")
    row = next(line for line in book.splitlines() if line.startswith(f"{OTHER},"))

    def meanwhile(*given: Any) -> Iterator[Any]:
        yield from real(*given)
        put(root, APPROVALS, book + cells.format(row=row, other=OTHER) + "\n")

    monkeypatch.setattr(build, "make_parts", meanwhile)
    capsys.readouterr()
    assert main(["-C", str(root), "build", *ASKED, f"loudspeaker:{OTHER}"]) == 1
    assert words.format(other=OTHER) in capsys.readouterr().err and published(root) == before


def test_nobody_takes_back_while_a_tree_is_led_to(
    asked: tuple[Path, dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    root, real, waited = copy_of(asked[0], tmp_path), publish.publish, list[bool]()

    def look(*given: Any) -> bool:
        with (root / ".hocso" / publish.TURN).open("a+b") as lock:
            waited.append(not publish._try_lock(lock.fileno()))
        return real(*given)

    monkeypatch.setattr(publish, "publish", look)
    run(root, "build", *ASKED)
    assert waited == [True]
