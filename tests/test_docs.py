"""The README tells the truth about targets, locks and the way through the house."""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from generator import cli
from generator.handbook import answers, keys
from tests.rules import MENDED, all_rules, rules_with_edits, told_rules
from tests.tables import KEYS, tables, told_rows

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
STEPS = ["read", "check", "select", "plan", "make", "publish"]


def makefile_targets() -> set[str]:
    phony = re.search(r"^\.PHONY:(.*)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    return set(phony[1].split())


def told_targets(text: str) -> set[str]:
    """Every `make x` in code, inline or in a block."""
    return set(re.findall(r"(?:^|`)(?:run: |- )?make ([a-z]+)\b", text, re.MULTILINE))


def section(title: str) -> str:
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_targets_told_are_the_targets_there_are() -> None:
    assert told_targets(README) == makefile_targets()
    assert told_targets(section("Make targets")) == makefile_targets()


def commands(parser: argparse.ArgumentParser, words: str = "") -> Iterator[tuple[str, set[str]]]:
    """Each command with its own options, as the parser knows them."""
    branches = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    for branch in branches:
        for name, below in branch.choices.items():
            yield from commands(below, f"{words} {name}".strip())
    if not branches:
        options = {text for action in parser._actions for text in action.option_strings}
        yield words, {text for text in options if text.startswith("--")} - {"--help"}


def test_commands_told_are_the_commands_there_are() -> None:
    told = {}
    for line in re.findall(r"^\| `hocso (.*?)` \|", section("Commands"), re.MULTILINE):
        words = re.match(r"[a-z]+( [a-z]+)*", line)
        assert words is not None
        told[words[0]] = set(re.findall(r"--[a-z-]+", line))
    assert told == dict(commands(cli._parser()))


def test_demands_may_name_every_command() -> None:
    assert set(answers.COMMANDS) == {words.split()[0] for words, _ in commands(cli._parser())}


def test_every_phony_target_has_a_rule() -> None:
    rules = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    assert rules == makefile_targets()


def test_ci_runs_what_the_readme_names() -> None:
    run = (ROOT / ".ci" / "run").read_text("utf-8")
    assert told_targets(run) == {"lint", "test"}
    assert {"make lint", "make test"} <= set(re.findall(r"`(make \w+)`", README))


def test_windows_way_is_the_one_that_ci_tries() -> None:
    told = [line for line in README.splitlines() if line.startswith((r"py -m venv", r".venv\Scripts"))]
    assert len(told) == 4
    for name in (".github/workflows/ci.yml", ".gitlab-ci.yml"):
        tried = (ROOT / name).read_text("utf-8")
        assert [line for line in told if line not in tried] == [], name


def test_the_six_steps_stand_in_order() -> None:
    assert re.findall(r"^  \d (\w+) ", README, re.MULTILINE) == STEPS


def test_every_dependency_earns_its_line() -> None:
    project = PYPROJECT["project"]
    wanted = ["setuptools", *project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        wanted += extra
    first_cells = re.findall(r"^\| (.*?) \|", section("Dependencies"), re.MULTILINE)
    told = set(re.findall(r"`([\w.-]+)`", "\n".join(first_cells)))
    assert told == {Requirement(text).name for text in wanted}


def test_files_named_in_links_exist() -> None:
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert linked
    assert [name for name in linked if not (ROOT / name).exists()] == []


def test_every_rule_is_told_by_the_name_that_check_says() -> None:
    """Of plain language in one table, of all else in the other; no row is about a rule that is gone."""
    assert len(all_rules()) > 200
    assert told_rules() == all_rules()
    assert "README.vi.md#mọi-lời-báo-theo-mã" in README and "\n### Mọi lời báo, theo mã\n" in (
        ROOT / "README.vi.md").read_text("utf-8")


def test_rules_told_to_mend_themselves_do() -> None:
    """Held from the other side in tests/commands/test_fix.py, where each of them is mended."""
    assert rules_with_edits() <= told_rules(MENDED)


# Both READMEs, from our own data.


@pytest.mark.parametrize(("file", "head", "rows"), tables(), ids=lambda value: value if isinstance(value, str) else "")
def test_tables_tell_what_there_is(file: str, head: str, rows: tuple[str, ...]) -> None:
    """`python -m tests.tables` writes them anew."""
    assert len(rows) > 10 and told_rows((ROOT / file).read_text("utf-8"), head) == rows


def test_every_table_of_keys_is_told() -> None:
    known = [value for name, value in vars(keys).items() if name.endswith("_KEYS")]
    assert {id(table) for _, table in KEYS} == {*map(id, known)}


@pytest.mark.parametrize(("name", "options"), [pytest.param(*row, id=row[0]) for row in commands(cli._parser())])
def test_editors_are_told_every_command_and_option(name: str, options: set[str]) -> None:
    guide = (ROOT / "README.vi.md").read_text("utf-8")
    assert not {text for text in (f"hocso {name}", *options) if not re.search(rf"{re.escape(text)}(?![\w-])", guide)}


def test_the_picture_of_the_house_is_the_house() -> None:
    picture = re.search(r"```\ngenerator/\n(.*?)```", README, re.DOTALL)
    assert picture is not None
    told = set(re.findall(r"^  ([a-z_]+/|[a-z_. ]+?\.py)(?=  )", picture[1], re.MULTILINE))
    files = {name for line in told if line.endswith(".py") for name in line.split()}
    house = ROOT / "generator"
    assert {name for name in told if name.endswith("/")} == {
        f"{path.name}/" for path in house.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert files == {path.name for path in house.glob("*.py")} - {"__init__.py", "__main__.py"}
    rooms = re.search(r"^  products/ +(.*)$", picture[1], re.MULTILINE)
    assert rooms and set(re.findall(r"([a-z]+)/", rooms[1])) >= {
        path.name for path in (house / "products").iterdir() if path.is_dir() and path.name != "__pycache__"}
