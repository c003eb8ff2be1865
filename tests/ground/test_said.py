"""Whatever a command says stands in both languages, and each sentence is said with the words it needs."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from string import Formatter

import pytest

from generator.ground.said import said
from tests.projects import ROOT

SENTENCES = tomllib.loads((ROOT / "generator/ground/said.toml").read_text("utf-8"))


def calls() -> Iterator[tuple[str, frozenset[str]]]:
    """Name and words of every sentence that is said somewhere."""
    for path in (ROOT / "generator").rglob("*.py"):
        text = path.read_text("utf-8")
        says = "ground.said import" in text or path.name == "said.py"
        for node in ast.walk(ast.parse(text)) if says else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "said":
                assert isinstance(node.args[0], ast.Constant), f"{path}: a name that is not written out"
                yield str(node.args[0].value), frozenset(str(word.arg) for word in node.keywords)


CALLS = sorted(calls(), key=lambda call: (call[0], sorted(call[1])))


def test_what_is_said_is_what_can_be_said() -> None:
    assert {name for name, _ in CALLS} == set(SENTENCES)
    assert all(row.keys() == {"vi", "en"} for row in SENTENCES.values())


@pytest.mark.parametrize(("name", "words"), CALLS)
def test_each_sentence_gets_its_words(name: str, words: frozenset[str]) -> None:
    wanted = {language: {word for _, word, _, _ in Formatter().parse(text) if word}
              for language, text in SENTENCES[name].items()}
    assert wanted["vi"] | wanted["en"] == words
    assert wanted["vi"] ^ wanted["en"] <= {"name", "id", "why"}, "an edition's name or id, and why it failed"


def test_a_sentence_within_a_sentence_keeps_its_language() -> None:
    told = said("number/retired", number="1041", leads=said("number/leads", to="moi"))
    assert told.en == "1041 is retired; its page leads to `moi`."
    assert told.vi == "Số 1041 thôi dùng; trang của số ấy dẫn tới `moi`."
