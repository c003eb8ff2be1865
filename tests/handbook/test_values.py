"""Located YAML → typed values; a slip of the pen is told with the word that was meant."""

from __future__ import annotations

from datetime import date

import pytest

from generator.ground.files import Source
from generator.ground.findings import Finding, Place, Text
from generator.handbook import keys
from generator.handbook.fields import Collected, read_keys
from generator.handbook.mistakes import nearest
from generator.handbook.values import parse_date
from generator.handbook.yaml_tree import read_yaml

LESSON = "phút: 15\ncho: a\nđơn vị: b\ntrạng thái: nháp\nrà soát: 20/11/2026\n"


def collected(text: str) -> Collected:
    node, findings = read_yaml(Source("t.yml", text))
    assert not findings
    return read_keys(node, keys.LESSON_KEYS, Place("t.yml"), Text("bài", "topic"))


def told(text: str) -> list[Finding]:
    return collected(text).findings


DATES = [
    ("20/11/2026", date(2026, 11, 20)), ("1/2/2026", date(2026, 2, 1)), ("01/02/2026", date(2026, 2, 1)),
    ("2026-11-20", date(2026, 11, 20)), (" 2026-11-20 ", date(2026, 11, 20)), ("29/2/2028", date(2028, 2, 29)),
    ("29/2/2026", None), ("2026-13-01", None), ("2026-1-1", None), ("11/2026", None), ("20-11-2026", None),
    ("0000-01-01", None), ("", None), ("hôm nay", None),
    ("２０/１１/２０２６", None), ("٢٠/١١/٢٠٢٦", None), ("2026-11-２０", None), ("20/11/20२6", None),
]


@pytest.mark.parametrize(("text", "day"), DATES)
def test_dates(text: str, day: date | None) -> None:
    assert parse_date(text) == day


MEANT = [
    ("phut", "phút"), ("Phút", "phút"), ("ra soat", "rà soát"), ("trang thai", "trạng thái"), ("don vi", "đơn vị"),
    ("nguon", "nguồn"), ("can xac nhan", "cần xác nhận"), ("cần xác nhân", "cần xác nhận"), ("tác giả", None),
    ("", None), ("x" * 100_000, None),
]


@pytest.mark.parametrize(("written", "meant"), MEANT, ids=[row[0][:20] for row in MEANT])
def test_did_you_mean(written: str, meant: str | None) -> None:
    assert nearest(written, [key.vi for key in keys.LESSON_KEYS]) == meant


def test_a_key_typed_without_accents_is_one_finding() -> None:
    (finding,) = told(LESSON.replace("phút", "phut"))
    assert (finding.rule, finding.place, finding.fix) == (
        "key.unknown", Place("t.yml", 1, 1), ("Viết `phút`.", "Write `phút`."))


def test_everything_missing_is_told_at_once() -> None:
    assert [f.message.vi for f in told("")] == [
        f"Thiếu `{key.vi}` của bài." for key in keys.LESSON_KEYS if key.required]


EMPTY = [("duyệt:", "approval", None), ("thay đổi:", "changes", ()), ("khung:", "frames", ()), ("phim:", "film", None),
         ("nguồn:", "sources", ()), ("cần học trước:", "prerequisites", ()), ("cần xác nhận: []", "open_facts", ())]


@pytest.mark.parametrize(("line", "name", "value"), EMPTY)
def test_an_optional_key_may_be_empty(line: str, name: str, value: object) -> None:
    found = collected(LESSON + line + "\n")
    assert not found.findings and found.values.get(name) == value


REQUIRED = [key.vi for key in keys.LESSON_KEYS if key.required]


@pytest.mark.parametrize("name", REQUIRED)
def test_a_required_key_may_not(name: str) -> None:
    lines = [f"{name}:" if line.startswith(name) else line for line in LESSON.split("\n")]
    assert [(f.rule, f.message.vi) for f in told("\n".join(lines))] == [("key.empty", f"`{name}` chưa ghi gì.")]


def test_names_on_one_line_have_their_own_places() -> None:
    found = collected(LESSON.replace("cho: a", 'cho: a,  bé  con , "c"'))
    assert [(phrase.text, phrase.place.column) for phrase in found.values["audiences"]] == [
        ("a", 6), ("bé con", 10), ('"c"', 20)]
    quoted = collected(LESSON.replace("cho: a", 'cho: "a, b"'))
    assert [(phrase.text, phrase.place.column) for phrase in quoted.values["audiences"]] == [("a", 7), ("b", 10)]


@pytest.mark.parametrize("table", [value for name, value in vars(keys).items() if name.endswith("_KEYS")])
def test_tables_are_sound(table: tuple[keys.Key, ...]) -> None:
    assert len({key.vi for key in table}) == len({key.en for key in table}) == len(table)
    assert all(key.doc.endswith((".", "…")) for key in table)
    assert not any(nearest(key.vi, [other.vi for other in table if other is not key]) for key in table)
