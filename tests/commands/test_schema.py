from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from generator.commands.schema import FOLDER, KINDS, renew, schemas
from generator.ground.files import Project, find_project
from generator.handbook import keys
from tests.projects import ROOT, edit, make_project, put

SCHEMAS = schemas()


def test_the_committed_schemas_are_current() -> None:
    """If not: `hocso schema`."""
    committed = {path.name: path.read_text("utf-8") for path in (ROOT / FOLDER).glob("*.json")}
    assert {name: json.loads(text) for name, text in committed.items()} == SCHEMAS
    assert renew(find_project(ROOT), check=True) == ("", 0)


def test_every_kind_of_value_has_a_schema() -> None:
    assert set(KINDS) == set(get_args(keys.Kind))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return find_project(make_project(tmp_path))


def test_written_once_then_current(project: Project) -> None:
    told, code = renew(project, check=True)
    assert code == 1 and told.count("hocso schema") == len(SCHEMAS)
    paths = [Path(line) for line in renew(project)[0].splitlines()]
    assert {path.name for path in paths} == set(SCHEMAS) and all(path.is_file() for path in paths)
    assert renew(project, check=True) == ("", 0)
    put(project.root, f"{FOLDER}/old.schema.json", "{}")
    edit(project.root, f"{FOLDER}/topic.schema.json", "phút", "phút giây")
    told, code = renew(project, check=True)
    assert code == 1 and "old.schema.json" in told and "topic.schema.json" in told and "card" not in told
    renew(project)
    assert renew(project, check=True) == ("", 0)


def _front(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8").split("---\n")[1], yaml.SafeLoader)


def _written() -> Iterator[tuple[str, str, Any]]:
    content = ROOT / "content"
    for path in sorted(content.glob("topics/*/index.md")):
        yield "topic", path.parent.name, _front(path)
    for path in sorted(content.glob("cards/*/index.md")):
        yield "card", path.parent.name, _front(path)
    for path in sorted(content.glob("alerts/*.md")):
        yield "alert", path.stem, _front(path)
    for path in sorted(content.glob("editions/*.yml")):
        yield "edition", path.stem, yaml.load(path.read_text("utf-8"), yaml.SafeLoader)
    for name in ("handbook", "glossary", "platforms"):
        yield name, name, yaml.load((content / f"{name}.yml").read_text("utf-8"), yaml.SafeLoader)


WRITTEN = list(_written())
TYPES = {"object": dict, "array": list, "string": str, "number": int | float, "integer": int, "boolean": bool,
         "null": type(None)}


def problems(schema: dict[str, Any], value: Any, where: str = "") -> list[str]:
    """A validator of just the words our schemas use; an unknown word is a failure of the test itself."""
    known = {"$schema", "$id", "title", "description", "examples", "type", "properties", "required", "enum", "anyOf",
             "additionalProperties", "patternProperties", "items", "minItems", "minLength", "pattern", "minimum",
             "maximum"}
    assert schema.keys() <= known, schema.keys() - known
    types = schema.get("type", list(TYPES))
    types = [types] if isinstance(types, str) else types
    if not any(isinstance(value, TYPES[kind]) for kind in types):
        return [f"{where}: {value!r} is no {types}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{where}: {value!r} not in {schema['enum']}"]
    if "anyOf" in schema and all(problems(option, value, where) for option in schema["anyOf"]):
        return [f"{where}: {value!r} fits nothing"]
    found = []
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{where}: {value!r} has another shape")
    if isinstance(value, str) and len(value) < schema.get("minLength", 0):
        found.append(f"{where}: {value!r} is too short")
    if isinstance(value, int) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        found.append(f"{where}: {value} out of range")
    if isinstance(value, list) and "items" in schema:
        found += [p for index, item in enumerate(value) for p in problems(schema["items"], item, f"{where}/{index}")]
    if isinstance(value, dict):
        found += _in_object(schema, value, where)
    return found


def _in_object(schema: dict[str, Any], value: dict[Any, Any], where: str) -> list[str]:
    found = [f"{where}: {name} is missing" for name in schema.get("required", ()) if name not in value]
    for name, inner in value.items():
        options = [schema["properties"][name]] if name in schema.get("properties", {}) else [
            option for pattern, option in schema.get("patternProperties", {}).items() if re.search(pattern, str(name))
        ]
        rest = schema.get("additionalProperties", {})
        if not options and rest is False:
            found.append(f"{where}: unknown {name}")
        for option in options or ([rest] if isinstance(rest, dict) else []):
            found += problems(option, inner, f"{where}/{name}")
    return found


def _texted(value: Any) -> Any:
    """Dates as the editor typed them: JSON has none, and YAML 1.2 has none either."""
    if isinstance(value, dict):
        return {_texted(name): _texted(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_texted(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


@pytest.mark.parametrize(("kind", "name", "value"), WRITTEN, ids=[f"{kind} {name}" for kind, name, _ in WRITTEN])
def test_what_stands_in_the_content_fits(kind: str, name: str, value: Any) -> None:
    assert problems(SCHEMAS[f"{kind}.schema.json"], _texted(value)) == []


TOPIC = {"phút": 15, "cho": "mọi người", "đơn vị": "Sở", "trạng thái": "nháp", "rà soát": "20/11/2026"}


@pytest.mark.parametrize(
    ("kind", "value", "fits"),
    [
        ("topic", TOPIC, True),
        ("topic", TOPIC | {"phút": "015", "rà soát": "2026-11-20", "đơn vị": True}, True),
        ("topic", TOPIC | {"duyệt": "Công an xã, 20/11/2026", "khung": {"digcomp": ["1.1"]}}, True),
        ("topic", TOPIC | {"duyệt": {"đơn vị": "Sở", "ngày": "20/11/2026"}, "thay đổi": {"1/2/2026": "sửa"}}, True),
        ("topic", TOPIC | {"cần xác nhận": None, "cần học trước": "quet-ma-qr"}, True),
        ("topic", {name: value for name, value in TOPIC.items() if name != "phút"}, False),
        ("topic", TOPIC | {"phut": 15}, False),
        ("topic", TOPIC | {"đơn vị": ""}, False),
        ("topic", TOPIC | {"phút": 0}, False),
        ("topic", TOPIC | {"trạng thái": "xong"}, False),
        ("topic", TOPIC | {"rà soát": "tháng 11"}, False),
        ("topic", TOPIC | {"cần học trước": ["Quét mã"]}, False),
        ("topic", TOPIC | {"khung": {"digicomp": ["1.1"]}}, False),
        ("topic", TOPIC | {"thay đổi": {"hôm qua": "sửa"}}, False),
        ("card", TOPIC, True),
        ("alert", {"từ ngày": "1/1/2026", "đến ngày": "1/2/2026", "bài": ["x"], "đơn vị": "Sở"}, True),
        ("alert", {"từ ngày": "1/1/2026", "bài": ["x"], "đơn vị": "Sở"}, False),
        ("edition", {"tên": "xã", "mã": 12345, "cổng": "trang", "giúp đỡ": {"công an": {"giờ": 7}}}, True),
        ("edition", {"tên": "xã", "cổng": {"tên": "trang", "địa chỉ": ""}, "giúp đỡ": ""}, True),
        ("edition", {"tên": "xã", "giúp đỡ": {"bác sĩ": {"giờ": "7"}}}, False),
        ("handbook", {"tên": "Sách", "phần": [{"mã": "a", "tên": "A", "bài": []}], "đối tượng": {"ai": ""}}, True),
        ("handbook", {"tên": "Sách", "phần": [{"mã": "a", "tên": "A"}], "đối tượng": {}}, False),
        ("glossary", [{"từ": "app", "nghĩa": "ứng dụng", "thay": "có"}], True),
        ("glossary", [{"từ": "app", "nghĩa": "ứng dụng", "thay": "yes"}], False),
        ("platforms", [{"tên": "VNeID", "địa chỉ": "https://vneid.gov.vn"}], False),
    ],
)
def test_what_fits_and_what_does_not(kind: str, value: Any, fits: bool) -> None:
    assert (problems(SCHEMAS[f"{kind}.schema.json"], value) == []) is fits


def test_every_key_is_told_in_vietnamese_and_closed() -> None:
    def objects(schema: Any) -> Iterator[dict[str, Any]]:
        if isinstance(schema, dict):
            if schema.get("type") == "object" and "properties" in schema:
                yield schema
            for inner in schema.values():
                yield from objects(inner)
        elif isinstance(schema, list):
            for inner in schema:
                yield from objects(inner)

    for name, schema in SCHEMAS.items():
        assert schema["$schema"].endswith("2020-12/schema") and schema["title"], name
        for found in objects(schema):
            assert found["additionalProperties"] is False
            told = [inner for key, inner in found["properties"].items() if key not in (*keys.HELP_ROLES, *keys.FRAMES)]
            assert all(inner["title"] and inner["description"].endswith((".", "…")) for inner in told)
