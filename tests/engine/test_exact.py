"""An item's key holds the parts of the content it shows, and no others."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.engine.items import Bench
from generator.ground.files import find_project
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.workshop import lay_desk, plan, settle
from tests.engine.test_edits import picture
from tests.projects import edit, make_project, put, sign

SLUG, NUMBER, OTHER = "quet-ma-qr", "1041", "cai-vneid"
NEW = "9011"
"""A number the ledger does not hold."""
LESSON = f"content/topics/{SLUG}/index.md"
MARKED = {"site", f"number:{NUMBER}", *(f"{kind}:{SLUG}" for kind in (
    "deck", "leaflet", "poster", "poster:share", "clip", "grandchild"))}
"""What says of one lesson that it is a draft, besides the books that hold it."""


MANY = {"number:404", "sheet:gia-dinh-so", "sheet:ma-so"}
"""What lists all lessons."""


def digests(root: Path, edition: str = "viet-nam") -> dict[str, str]:
    """What is planned, as if there were a browser."""
    project = find_project(root)
    handbook = read_handbook(project).handbook
    desk = lay_desk(project, settle(project, handbook), select(handbook, edition))
    return {item.name: item.digest for item in plan(desk)}


def changed(root: Path, change: Callable[[Path], object]) -> set[str]:
    before = digests(root)
    change(root)
    after = digests(root)
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def note(root: Path) -> None:
    ledger = (root / "qr/ledger.csv").read_text("utf-8")
    put(root, "qr/ledger.csv", re.sub(r"(?m)^(1041,.*,)[^,\n]*$", r"\1dán ở nhà văn hóa", ledger))


def row(root: Path) -> None:
    ledger = (root / "qr/ledger.csv").read_text("utf-8")
    put(root, "qr/ledger.csv", ledger.rstrip("\n") + f"\n{NEW},channel:tro-ly-ao,2026-11-18,,,\n")


def approval(root: Path, day: str = "20/11/2026") -> None:
    """Rows in the book of approvals; nothing of the lesson's words changes, and no place's words are signed."""
    approvals(root, day, SLUG)


def approvals(root: Path, day: str, *slugs: str) -> None:
    book = sign(root, day, *slugs)
    rows = book.read_text("utf-8").splitlines(keepends=True)
    book.write_text("".join(row for row in rows if row.split(",")[0] in ("slug", *slugs, OTHER)), "utf-8")


@pytest.mark.parametrize("commit", [False, True], ids=["no git", "git"])
@pytest.mark.parametrize(("change", "items"), [
    (note, set()),
    (row, {f"number:{NEW}", f"qr:{NEW}", "number:404", "site"}),
])
def test_the_ledger(tmp_path: Path, commit: bool, change: Callable[[Path], None], items: set[str]) -> None:
    """A new row: its page and code, and the two pages that know every number."""
    assert changed(make_project(tmp_path, commit=commit), change) == items


@pytest.mark.parametrize("commit", [False, True], ids=["no git", "git"])
def test_an_approval_changes_what_shows_it(tmp_path: Path, commit: bool) -> None:
    """What said of this lesson that it is a draft, and what lists it; papers about many say it of the others still.
    Another one is approved before: the first of all turns the mark of every page into marks of lines."""
    root = make_project(tmp_path, commit=commit)
    approvals(root, "20/11/2026", OTHER)
    book = read_handbook(find_project(root)).handbook
    lists = {*(f"part:{part.id}" for part in book.parts if SLUG in {topic.text for topic in part.topics}),
             *(f"path:{path.id}" for path in book.paths if SLUG in {topic.text for topic in path.topics})}
    lists = {f"number:{book.number_of(target)}" for target in lists}
    found = changed(root, approval)
    assert len(lists) > 1 and lists < {f"number:{entry.number}" for entry in book.ledger}
    assert {name for name in found if not name.startswith(("booklet:", "fold:"))} == MARKED | lists | MANY
    assert f"fold:2up-{SLUG}" in found and f"fold:2up-{OTHER}" not in found
    assert {"booklet:hoc-so-co-ban", "booklet:phan-1"} <= found and "booklet:phan-3" not in found


def test_who_approved_and_when_changes_the_papers_that_tell_it(tmp_path: Path) -> None:
    """The lesson's own leaflet, the books that hold it and what is folded of them; no poster, film or paper of another
    lesson."""
    root = make_project(tmp_path)
    approval(root)
    found = changed(root, lambda root: approval(root, "21/11/2026"))
    pages = {"site", f"number:{NUMBER}", f"deck:{SLUG}"}
    assert {name for name in found if not name.startswith(("booklet:", "fold:"))} - pages == {f"leaflet:{SLUG}"}
    assert {"booklet:phan-1", "fold:phan-1", f"fold:2up-{SLUG}"} <= found
    assert not found & {"booklet:phan-3", "fold:phan-3", f"fold:2up-{OTHER}"}


def test_one_more_edition_shares_what_no_local_value_touches(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    before = digests(root)
    put(root, "content/editions/xa-thu.yml", "tên: xã Thử\ncấp trên: viet-nam\n")
    nation, commune = digests(root), digests(root, "xa-thu")
    assert {name for name in before if before[name] != nation[name]} <= {"site"}
    assert nation.keys() == commune.keys()
    shared = {name for name in nation if nation[name] == commune[name]}
    assert {name for name in nation if re.match("clip:|share:|qr:|fold:", name)} <= shared
    assert not {name for name in shared if re.match("leaflet:|booklet:|site|sheet:", name)}


def test_a_lesson_changes_only_what_names_it(tmp_path: Path) -> None:
    """Its words stand in its own products, in the books that hold it and on the site."""

    def say_more(root: Path) -> None:
        edit(root, LESSON, "\n## Thực hành\n", "\n## Thực hành\n\nBác làm thử hai lần.\n")

    kinds = {name for name in changed(make_project(tmp_path), say_more) if not name.endswith(f":{SLUG}")}
    assert {name.partition(":")[0] for name in kinds} <= {"site", "booklet", "number"}
    assert {name for name in kinds if name.startswith("number:")} == {f"number:{NUMBER}"}


def test_what_is_saved_while_a_build_runs_waits_for_the_next(tmp_path: Path) -> None:
    """An item is made of the very bytes its key was made of."""
    root = make_project(tmp_path)
    put(root, "content/topics/quet-ma-qr/anh.png", picture(200))
    edit(root, LESSON, "giữ yên.\n", "giữ yên.\n\n![Một tờ giấy có in mã](anh.png)\n")
    project = find_project(root)
    handbook = read_handbook(project).handbook
    desk = lay_desk(project, settle(project, handbook), select(handbook, "viet-nam"))
    bench = Bench(project, lambda: pytest.fail("a browser"), tmp_path / "memory")
    item = next(item for item in plan(desk) if item.name == f"deck:{SLUG}")
    first = item.make(bench).files
    put(root, "content/topics/quet-ma-qr/anh.png", picture(20))
    assert item.make(bench).files == first
    put(root, "content/topics/quet-ma-qr/anh.png", picture(200))
    again = lay_desk(project, settle(project, handbook), select(handbook, "viet-nam"))
    late = next(item for item in plan(again) if item.name == f"deck:{SLUG}")
    put(root, "content/topics/quet-ma-qr/anh.png", picture(20))
    assert late.digest == item.digest and late.make(bench).files == first
