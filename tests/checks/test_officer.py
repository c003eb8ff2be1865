"""What officers get wrong: `officer.toml` says each mistake, where it is told, its mend, and what `--fix` writes."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.checks import RULES
from generator.checks.looking.matter import Matter
from generator.commands.fix import fix_project
from generator.ground.files import Project
from generator.ground.findings import Finding, in_order
from generator.handbook.read import read_handbook
from tests.broken import copy_base
from tests.samples import sample

pytestmark = pytest.mark.long
ROWS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("officer.toml").read_text("utf-8"))["row"]
SAVED: dict[str, Callable[[str], bytes]] = {
    "utf-16": lambda text: text.encode("utf-16"), "utf-8-sig": lambda text: text.encode("utf-8-sig"),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(), "cr": lambda text: text.replace("\n", "\r").encode(),
    "cp1258": lambda text: text.encode("cp1258", "replace"),
    "nfd": lambda text: unicodedata.normalize("NFD", text).encode(),
    "semicolon": lambda text: text.replace(",", ";").encode(),
}
QUOTED = re.compile(r"`[^`]*`|“[^”]*”|\"[^\"]*\"|`.*$|: .*$")
Told = tuple[str, str, str]


def every_finding(root: Path) -> list[Finding]:
    project = Project(root)
    reading = read_handbook(project)
    matter = Matter(project, reading)
    return in_order([*reading.findings, *(finding for rule in RULES for finding in rule(matter))])


def as_told(finding: Finding) -> Told:
    """Without the line, which moves with the mistake."""
    return finding.rule, finding.place.file, finding.message.vi


def files(root: Path) -> dict[Path, bytes]:
    own = {".git", ".hocso"}
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and own.isdisjoint(path.parts)}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[Path, bytes], set[Told]]:
    root = copy_base(tmp_path_factory.mktemp("officer"), commit=True)
    return root, files(root), {as_told(finding) for finding in every_finding(root)}


def make_mistake(path: Path, root: Path, row: dict[str, Any]) -> None:
    if "swap" in row:
        old, new = row["swap"]
        text = path.read_text("utf-8")
        assert old in text
        path.write_bytes(text.replace(old, new, 1).encode())
    elif "saved" in row:
        path.write_bytes(SAVED[row["saved"]](path.read_text("utf-8")))
    elif "to" in row:
        (root / row["to"]).parent.mkdir(parents=True, exist_ok=True)
        path.rename(root / row["to"])
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(row["write"].encode())


def make_good(root: Path, good: dict[Path, bytes]) -> None:
    for path in files(root).keys() - good.keys():
        path.unlink()
    for path, data in good.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def test_the_table_is_long_enough_and_says_each_mistake_once() -> None:
    names = [row["mistake"] for row in ROWS]
    assert len(set(names)) == len(names) >= 80


@pytest.mark.parametrize("row", sample(ROWS, 40), ids=lambda row: row["mistake"])
def test_a_mistake_is_told_where_it_is_and_mended_without_a_guess(
    base: tuple[Path, dict[Path, bytes], set[Told]], row: dict[str, Any]
) -> None:
    root, good, known = base
    path = root / row["file"]
    try:
        make_mistake(path, root, row)
        found = [finding for finding in every_finding(root) if as_told(finding) not in known]
        places = [f"{one.place.file}:{one.place.line}:{one.place.column} {one.rule}" for one in found]
        assert places == row["told"]
        if "mend" in row:
            assert (row["mend"]["vi"], row["mend"]["en"]) in {tuple(one.fix) for one in found}
            assert not re.search("[ăđơưạ-ỹ]", QUOTED.sub("", row["mend"]["en"]))
            assert not re.search(r"\b(the|write|put|and|or|with)\b", QUOTED.sub("", row["mend"]["vi"]), re.IGNORECASE)
        check_fix(root, good, path, row.get("fixed"))
    finally:
        make_good(root, good)


def check_fix(root: Path, good: dict[Path, bytes], path: Path, fixed: bool | list[str] | None) -> None:
    """The good file again, or these lines and no other, or nothing; the second time always nothing."""
    before = files(root)
    fix_project(Project(root))
    after = files(root)
    if fixed is True:
        assert after == good
    elif fixed is None:
        assert after == before
    else:
        old = before[path].decode("utf-8").splitlines()
        assert [line for line in after[path].decode("utf-8").splitlines() if line not in old] == fixed
        assert {other for other in after if after[other] != before[other]} == {path}
    assert not list(fix_project(Project(root))) and files(root) == after
