"""handbook.yml, glossary.yml, platforms.yml: small tables → tuples."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from generator.ground.files import Source, fold
from generator.ground.findings import Finding, Place, Text, error
from generator.ground.web import HOST, PORT
from generator.handbook import keys
from generator.handbook.fields import read_keys
from generator.handbook.mistakes import wrong_type
from generator.handbook.model import APP, Audience, Demand, Part, Path, Platform, Signpost, Term, Wish
from generator.handbook.values import text_value
from generator.handbook.yaml_tree import Items, Leaf, Node, Pairs, read_yaml

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ADDRESS = re.compile(rf"https://(?=[^/?#]*\.)(?i:{HOST}){PORT}([/?#][!-;=?-\[\]_a-z~]*)?")
"""A whole address of the web, with nothing in it that a page or a code would have to escape."""
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Outline:
    """What handbook.yml says."""

    name: str = ""
    parts: tuple[Part, ...] = ()
    audiences: tuple[Audience, ...] = ()
    paths: tuple[Path, ...] = ()
    signposts: tuple[Signpost, ...] = ()
    wishes: tuple[Wish, ...] = ()
    findings: list[Finding] = field(default_factory=list)


def read_outline(source: Source) -> Outline:
    node, findings = read_yaml(source)
    if node is None and findings:
        return Outline(findings=findings)
    values = read_keys(node, keys.HANDBOOK_KEYS, Place(source.file), Text("sách", "handbook"))
    found = findings + values.findings
    parts = rows_of(values.values.get("parts"), keys.PART_KEYS, Text("phần", "part"), found)
    paths = rows_of(values.values.get("paths"), keys.PATH_KEYS, Text("lộ trình", "path"), found)
    for row in (*parts, *paths):
        found += wrong_slug(row["id"], row["place"])
    return Outline(
        values.values.get("name", ""),
        tuple(Part(number=index, **row) for index, row in enumerate(parts, start=1)),
        _audiences(values.values.get("audiences"), found),
        tuple(Path(**row) for row in paths),
        tuple(Signpost(**row) for row in rows_of(
            values.values.get("signposts"), keys.SIGNPOST_KEYS, Text("câu hỏi", "question"), found)),
        tuple(Wish(**row) for row in rows_of(
            values.values.get("wishes"), keys.WISH_KEYS, Text("mong muốn", "wish"), found)),
        found,
    )


def plain_slug(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", fold(name)))


def wrong_slug(name: str, place: Place) -> list[Finding]:
    """Names that stand in addresses: no accents, no capitals, no spaces."""
    if SLUG.fullmatch(name):
        return []
    plain = plain_slug(name)
    return [error("slug.shape/likely" if plain else "slug.shape", place, name=name, plain=plain)]


def _audiences(node: Node | None, found: list[Finding]) -> tuple[Audience, ...]:
    if node is None:
        return ()
    if not isinstance(node, Pairs):
        found.append(wrong_type(node.place, "`tên đối tượng: bà con`", "`audience: bà con`"))
        return ()
    return tuple(
        Audience(name.text, text_value(value, found) or "", name.place) for name, value in node.pairs
    )


def rows_of(
    node: Node | None, table: Sequence[keys.Key], what: Text, found: list[Finding]
) -> list[dict[str, Any]]:
    """Every complete row of a list, with its place; incomplete ones leave findings."""
    if node is None or (isinstance(node, Leaf) and not node.text.strip()):
        return []
    if not isinstance(node, Items):
        found.append(wrong_type(node.place, "một danh sách, mỗi dòng bắt đầu bằng `- `", "a list of `- ` rows"))
        return []
    rows = []
    for item in node.items:
        values = read_keys(item, table, item.place, what, len(found))
        found += values.findings
        required = {key.en for key in table if key.required}
        if required <= values.values.keys():
            rows.append({**values.values, "place": item.place})
    return rows


def _read_list(
    source: Source, table: Sequence[keys.Key], what: Text, build: Callable[..., Row]
) -> tuple[tuple[Row, ...], list[Finding]]:
    node, findings = read_yaml(source)
    rows = rows_of(node, table, what, findings)
    return tuple(build(**row) for row in rows), findings


def read_glossary(source: Source) -> tuple[tuple[Term, ...], list[Finding]]:
    return _read_list(source, keys.TERM_KEYS, Text("từ", "term"), Term)


def read_demands(source: Source) -> tuple[tuple[Demand, ...], list[Finding]]:
    return _read_list(source, keys.DEMAND_KEYS, Text("yêu cầu", "demand"), Demand)


def read_platforms(source: Source) -> tuple[tuple[Platform, ...], list[Finding]]:
    platforms, findings = _read_list(source, keys.PLATFORM_KEYS, Text("nền tảng", "platform"), Platform)
    return platforms, findings + [error("platform.address", row.place, name=row.name, address=row.address)
                                  for row in platforms
                                  if not ADDRESS.fullmatch(row.address) and (row.address or row.kind != APP)]
