"""handbook.yml, glossary.yml, platforms.yml: small tables → tuples."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from generator.files import Source
from generator.findings import Finding, Place, error
from generator.handbook import keys
from generator.handbook.model import Audience, Demand, Part, Path, Phrase, Platform, Signpost, Term
from generator.handbook.values import read_keys, wrong_type
from generator.handbook.yaml_tree import Items, Leaf, Node, Pairs, read_yaml

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Outline:
    """What handbook.yml says."""

    name: str = ""
    parts: tuple[Part, ...] = ()
    audiences: tuple[Audience, ...] = ()
    paths: tuple[Path, ...] = ()
    signposts: tuple[Signpost, ...] = ()
    findings: list[Finding] = field(default_factory=list)


def read_outline(source: Source) -> Outline:
    node, findings = read_yaml(source)
    if node is None and findings:
        return Outline(findings=findings)
    values = read_keys(node, keys.HANDBOOK_KEYS, Place(source.file), ("sách", "handbook"))
    found = findings + values.findings
    parts = _rows(values.values.get("parts"), keys.PART_KEYS, ("phần", "part"), found)
    paths = _rows(values.values.get("paths"), keys.PATH_KEYS, ("lộ trình", "path"), found)
    for row in (*parts, *paths):
        _check_id(row, found)
    return Outline(
        values.values.get("name", ""),
        tuple(Part(number=index, **row) for index, row in enumerate(parts, start=1)),
        _audiences(values.values.get("audiences"), found),
        tuple(_path(row) for row in paths),
        _signposts(values.values.get("signposts"), found),
        found,
    )


def _signposts(node: Node | None, found: list[Finding]) -> tuple[Signpost, ...]:
    rows = _rows(node, keys.SIGNPOST_KEYS, ("câu hỏi", "question"), found)
    return tuple(Signpost(row["question"], row["path"], row.get("otherwise")) for row in rows)


def _path(row: dict[str, Any]) -> Path:
    return Path(**{**row, "audience": Phrase(row["audience"], row["place"])})


def _check_id(row: dict[str, Any], found: list[Finding]) -> None:
    if not SLUG.fullmatch(row["id"]):
        found.append(error(
            "slug.shape", row["place"],
            (f"Mã `{row['id']}` có chữ hoa, dấu hoặc khoảng trắng.", f"The id `{row['id']}` is not a plain slug."),
            ("Chỉ dùng chữ thường không dấu, số và dấu gạch nối.", "Use small letters, digits and hyphens only."),
        ))


def _audiences(node: Node | None, found: list[Finding]) -> tuple[Audience, ...]:
    if node is None:
        return ()
    if not isinstance(node, Pairs):
        found.append(wrong_type(node.place, "`tên đối tượng: bà con`", "`audience: bà con`"))
        return ()
    return tuple(
        Audience(name.text, value.text if isinstance(value, Leaf) else "", name.place) for name, value in node.pairs
    )


def _rows(
    node: Node | None, table: Sequence[keys.Key], what: tuple[str, str], found: list[Finding]
) -> list[dict[str, Any]]:
    """Every complete row of a list, with its place; incomplete ones leave findings."""
    if node is None or (isinstance(node, Leaf) and not node.text.strip()):
        return []
    if not isinstance(node, Items):
        found.append(wrong_type(node.place, "một danh sách, mỗi dòng bắt đầu bằng `- `", "a list of `- ` rows"))
        return []
    rows = []
    for item in node.items:
        values = read_keys(item, table, item.place, what)
        found += values.findings
        required = {key.en for key in table if key.required}
        if required <= values.values.keys():
            rows.append({**values.values, "place": item.place})
    return rows


def _read_list(
    source: Source, table: Sequence[keys.Key], what: tuple[str, str], build: Callable[[dict[str, Any]], Row]
) -> tuple[tuple[Row, ...], list[Finding]]:
    node, findings = read_yaml(source)
    rows = _rows(node, table, what, findings)
    return tuple(build(row) for row in rows), findings


def read_glossary(source: Source) -> tuple[tuple[Term, ...], list[Finding]]:
    def build(row: dict[str, Any]) -> Term:
        return Term(**{**row, "gloss": Phrase(row["gloss"], row["place"])})

    return _read_list(source, keys.TERM_KEYS, ("từ", "term"), build)


def read_demands(source: Source) -> tuple[tuple[Demand, ...], list[Finding]]:
    def build(row: dict[str, Any]) -> Demand:
        return Demand(**row)

    return _read_list(source, keys.DEMAND_KEYS, ("yêu cầu", "demand"), build)


def read_platforms(source: Source) -> tuple[tuple[Platform, ...], list[Finding]]:
    def build(row: dict[str, Any]) -> Platform:
        return Platform(**{"checked": None, **row})

    return _read_list(source, keys.PLATFORM_KEYS, ("nền tảng", "platform"), build)
