"""Findings: two languages, an order, three ways to show them."""

from __future__ import annotations

import io
import json
import re
from string import Formatter

import pytest

from generator.checks.structure.links import LENDERS
from generator.ground.findings import (
    FORMATS,
    Place,
    Text,
    error,
    for_eyes,
    format_github,
    format_json,
    format_text,
    has_errors,
    in_order,
    warning,
)
from tests.rules import fillings, said_rules, sayings

FIRST = error("a.b", Place("content/x.md", 3, 2), ("Sai, 100%.", "Wrong."), ("Sửa: ngay\nđi.", "Mend."))
SECOND = warning("c.d", Place("content/x.md", 10, 1), ("Nhắc.", "Note."), ("Xem.", "Look."))
THIRD = error("a.b", Place("content/y,z.md"), ("Sai.", "Wrong."), ("Sửa.", "Mend."))


LANGUAGES = [("", "Sai."), ("vi", "Sai."), ("en", "Wrong."), ("en_US.UTF-8", "Wrong."), ("fr", "Sai.")]


@pytest.mark.parametrize(("language", "words"), LANGUAGES)
def test_the_readers_language(monkeypatch: pytest.MonkeyPatch, language: str, words: str) -> None:
    monkeypatch.setenv("HOCSO_LANG", language)
    assert str(Text("Sai.", "Wrong.")) == words


def test_the_readers_language_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOCSO_LANG", raising=False)
    assert str(Text("Sai.", "Wrong.")) == "Sai."


def test_in_order_by_place_and_each_once() -> None:
    assert in_order([THIRD, SECOND, FIRST, SECOND]) == [FIRST, SECOND, THIRD]
    assert in_order([]) == []


def test_only_errors_stop() -> None:
    assert has_errors([SECOND, FIRST]) and not has_errors([SECOND]) and not has_errors([])


def test_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOCSO_LANG", raising=False)
    assert format_text([SECOND]) == "content/x.md:10:1: nhắc [c.d] Nhắc.\n    Cách sửa: Xem."
    monkeypatch.setenv("HOCSO_LANG", "en")
    assert format_text([FIRST]) == "content/x.md:3:2: ERROR [a.b] Wrong.\n    Mend: Mend."


def test_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOCSO_LANG", raising=False)
    assert json.loads(format_json([])) == []
    (row,) = json.loads(format_json([FIRST]))
    assert list(row) == ["rule", "severity", "file", "line", "column", "message", "fix"]
    assert row == {"rule": "a.b", "severity": "error", "file": "content/x.md", "line": 3, "column": 2,
                   "message": "Sai, 100%.", "fix": "Sửa: ngay\nđi."}
    assert "Sửa" in format_json([FIRST])


def test_github(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOCSO_LANG", raising=False)
    assert format_github([FIRST, THIRD]).split("\n") == [
        "::error file=content/x.md,line=3,col=2,title=a.b::Sai, 100%25. Sửa: ngay%0Ađi.",
        "::error file=content/y%2Cz.md,line=1,col=1,title=a.b::Sai. Sửa."]


@pytest.mark.parametrize("name", FORMATS)
def test_no_findings_is_no_noise(name: str) -> None:
    assert FORMATS[name]([]) in ("", "[]")


SAYINGS = sayings()


@pytest.mark.parametrize("rule", SAYINGS)
def test_every_saying_is_said_whole_and_in_both_languages(rule: str) -> None:
    assert rule in said_rules() or rule.endswith("/likely") or any(case.startswith(f"{rule}/") for case in said_rules())
    whole = {**SAYINGS.get(rule.partition("/")[0], {}), **SAYINGS[rule]}
    cases = {case for case in SAYINGS if case.startswith(f"{rule}/")}
    assert whole.keys() == {"sai", "wrong", "sua", "mend"} or cases
    assert not [one for one, other in (("sai", "wrong"), ("sua", "mend")) if whole.get(one, "") == whole.get(other)]


def blanks(rule: str) -> set[str]:
    whole = {**SAYINGS.get(rule.partition("/")[0], {}), **SAYINGS[rule]}
    return {name for text in whole.values() for _, name, _, _ in Formatter().parse(text) if name is not None}


DEAD = {"name", "since", "address", "reason"}
HANDED_ON: dict[str, set[str]] = {
    # What a table or a function names and another says, with what it fills in there.
    "name.topic": {"name", "names"}, "name.audience": {"name", "names"}, "name.path": {"name", "names"},
    "film.dead": DEAD, "platform.dead": DEAD, "source.dead": DEAD, "edition.dead": DEAD, "link.dead": DEAD,
    "site.former-dead": DEAD, "glossary.twice": {"name", "first"}, "platform.twice": {"name", "first"},
    "word.office": {"words", "instead"}, "word.jargon": {"words", "instead"}, "word.press": {"words", "instead"},
    "quiz.screen": set(), "quiz.screen/twice": {"level"}, "quiz.stray": set(),
    "word.decided": {"words", "instead"}, "word.regional": {"words", "instead"},
    "address.strange": {"words", "instead"}, "address.blame": {"words", "instead"},
    **{rule: {"host"} for rule in LENDERS},
    **{f"approval.level{case}": {"unit", "slug", "owner"} for case in ("", "/untold", "/elsewhere", "/bare")},
    **{f"drawing.slip/{case}": {"what", "view", "thinnest", "most"}
       for case in ("broken", "colour", "large", "stray", "thin", "title", "view", "words")},
    "ledger.elsewhere/said": {"commit", "told", "mend"}, "yaml.escape": set(), "yaml.bracket": set(),
    **{f"file.elsewhere/{case}": set() for case in ("deep", "link", "pipe", "twin")},
    **{f"image.data/{case}": {"most"}
       for case in ("cmyk", "cut", "deep", "heavy", "heic", "huge", "kind", "moving", "none")},
    **{f"image.data/{case}": {"what", "code"} for case in ("drawing", "stray")}, "yaml.odd-letter": {"code"},
    **{f"image.kind/{case}": {"file"} for case in ("heic", "film")},
}
FILLINGS = [*fillings(), *HANDED_ON.items()]


def test_every_saying_is_looked_at() -> None:
    """But for what only cases stand on."""
    assert {rule for rule, _ in FILLINGS} >= (SAYINGS.keys() & said_rules()) - {"clip.recording"}


@pytest.mark.parametrize(("rule", "given"), FILLINGS, ids=[rule for rule, _ in FILLINGS])
def test_every_blank_is_filled(rule: str, given: set[str]) -> None:
    """A word that nobody hands over would stop the whole check with a traceback."""
    assert rule in SAYINGS and blanks(rule) <= given


def test_a_case_says_what_differs_and_keeps_the_rest() -> None:
    plain, late = (warning(rule, Place("x"), days=400) for rule in ("fresh.review", "fresh.review/late"))
    assert (plain.rule, plain.fix) == (late.rule, late.fix) and plain.message != late.message
    assert "400" in late.message.vi and "400" in late.message.en


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colour_only_where_people_look(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [error("title.missing", Place("content/a.md", 2, 1)), warning("title.twice", Place("content/b.md", 3, 1))]
    plain = format_text(found)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("NO_COLOR", raising=False)
    told = for_eyes(found, Terminal())
    assert told.count("\x1b[1;31m") == told.count("\x1b[33m") == 1 and told.count("\x1b[0m") == 2
    assert re.sub(r"\x1b\[[0-9;]*m", "", told) == plain == for_eyes(found, io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert for_eyes(found, Terminal()) == plain
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.delenv("WT_SESSION", raising=False)
    assert for_eyes(found, Terminal()) == plain
