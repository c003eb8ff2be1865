"""content/links.yml: written and read back, merged by git or by us, never lost to a row that is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.ground.files import Source
from generator.handbook.model import LINKS, Visit
from generator.handbook.visits import read_visits, write_visits
from tests.projects import ROOT, commit_all, git, put

D20, D27 = date(2026, 11, 20), date(2026, 11, 27)
OPEN = Visit("https://a.vn/", "open", D20, D20)
DEAD = Visit("https://b.vn/phim?x=1,2", "dead", D27, D20, 'trang "cũ": hỏng (404)')
MOVED = Visit("https://c.vn/", "open", D20, D20, moved_to="https://d.vn/x")
FAILED = Visit("https://e.vn/", "failed", D27, D27, "không trả lời sau 12 giây")


def read(text: str) -> tuple[tuple[Visit, ...], list[tuple[str, str]]]:
    visits, findings = read_visits(Source(LINKS, text))
    return visits, [(finding.severity, finding.rule) for finding in findings]


def test_what_is_written_is_read_back_in_order() -> None:
    data = write_visits([FAILED, DEAD, MOVED, OPEN])
    assert read(data.decode()) == ((OPEN, DEAD, MOVED, FAILED), [])
    assert data == write_visits([OPEN, MOVED, FAILED, DEAD])
    rows = data.decode().splitlines()
    assert rows[2] == '- {địa chỉ: "https://a.vn/", kết quả: mở được, ngày: 20/11/2026}'
    assert "kết quả: hỏng, ngày: 27/11/2026, từ: 20/11/2026" in rows[3]
    assert [row[:3] for row in rows] == ["# M", "# h", "- {", "- {", "- {", "- {"], "one address a line"
    assert read(write_visits([]).decode()) == ((), [])


@pytest.mark.parametrize(("one", "other", "kept"), [
    (("open", D20, D20), ("dead", D27, D20), ("dead", D27, D20)),
    (("dead", D20, D20), ("open", D27, D27), ("open", D27, D27)),
    (("open", D27, D27), ("dead", D27, D20), ("dead", D27, D20)),
    (("failed", D27, D27), ("failed", D27, D20), ("failed", D27, D20)),
], ids=["newer dead", "newer open", "same day: the worse", "as bad: the earlier"])
@pytest.mark.parametrize("turned", [False, True])
def test_of_two_rows_one_is_kept(
    one: tuple[str, date, date], other: tuple[str, date, date], kept: tuple[str, date, date], turned: bool
) -> None:
    rows = [Visit("https://a.vn/", *row) for row in (one, other)]  # type: ignore[arg-type]  # states as text
    text = "".join(write_visits([row]).decode() for row in (rows[::-1] if turned else rows))
    visits, wrong = read(text)
    assert [(visit.state, visit.day, visit.since) for visit in visits] == [kept] and not wrong


NUMBERS = {
    # The host's answers in two branches → numbers that a release takes for open.
    "one day: those of both": ((D27, "1041 1055 2019"), (D27, "1055 2019 3014"), "1055 2019"),
    "one day: none of one": ((D27, "1041"), (D27, ""), ""),
    "the newer alone": ((D20, "1041"), (D27, "1041 1055"), "1041 1055"),
}


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("turned", [False, True])
def test_of_two_open_answers_the_numbers_of_both_are_kept(name: str, turned: bool) -> None:
    *rows, kept = NUMBERS[name]
    texts = [write_visits([Visit(OPEN.address, "open", day, day, numbers=numbers)]).decode() for day, numbers in rows]
    (visit,), wrong = read("".join(texts[::-1] if turned else texts))
    assert visit.numbers == kept and not wrong


@pytest.mark.parametrize("attributes", [True, False], ids=["git joins", "git leaves marks"])
def test_two_branches_with_a_report_each(tmp_path: Path, attributes: bool) -> None:
    if attributes:
        put(tmp_path, ".gitattributes", (ROOT / ".gitattributes").read_bytes())
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    put(tmp_path, LINKS, write_visits([OPEN, Visit("https://b.vn/", "open", D20, D20)]))
    commit_all(tmp_path, "first")
    git(tmp_path, "switch", "--quiet", "-c", "other")
    put(tmp_path, LINKS, write_visits([OPEN, Visit("https://b.vn/", "dead", D27, D20, "404"), MOVED]))
    commit_all(tmp_path, "other")
    git(tmp_path, "switch", "--quiet", "main")
    later = date(2026, 11, 25)
    put(tmp_path, LINKS, write_visits([OPEN, Visit("https://b.vn/", "open", later, later), FAILED]))
    commit_all(tmp_path, "main")
    merge = ("-c", "merge.conflictStyle=zdiff3", "merge", "--quiet", "--no-edit", "other")
    if attributes:
        git(tmp_path, *merge)
    else:
        with pytest.raises(AssertionError):
            git(tmp_path, *merge)
    visits, wrong = read((tmp_path / LINKS).read_text("utf-8"))
    assert [(visit.address, visit.state) for visit in visits] == [
        ("https://a.vn/", "open"), ("https://b.vn/", "dead"), ("https://c.vn/", "open"), ("https://e.vn/", "failed")]
    assert wrong == ([] if attributes else [("warning", "links.unmerged")])


@pytest.mark.parametrize(("text", "wrong"), [
    ("- {địa chỉ: https://a.vn/, kết quả: chết, ngày: 20/11/2026}\n", "key.type"),
    ("- {địa chỉ: https://a.vn/, kết quả: hỏng}\n", "key.missing"),
    ("- {địa chỉ: https://a.vn/, kết quả: hỏng, ngày: 31/02/2026}\n", "key.type"),
    ("- {địa chỉ: https://a.vn/, kêt quả: hỏng, ngày: 20/11/2026}\n", "key.unknown"),
    ("mở được\n", "key.type"),
    ("- {địa chỉ: https://a.vn/, kết quả\n", "yaml.bracket"),
])
def test_a_row_that_is_wrong_is_told_and_hides_no_other(text: str, wrong: str) -> None:
    visits, findings = read(text)
    assert visits == () and [rule for _, rule in findings] == [wrong]
    if text.endswith("}\n"):
        visits, findings = read(write_visits([DEAD]).decode() + text)
        assert visits == (DEAD,) and [rule for _, rule in findings] == [wrong]
