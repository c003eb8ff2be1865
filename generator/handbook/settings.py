"""What may stand in `mkdocs.yml`: a closed table of plain values. Nothing in it runs, inherits or asks another host."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.ground.findings import Finding, Place, Text, error
from generator.ground.web import OWN_ADDRESS
from generator.handbook.mistakes import unknown_key, wrong_type
from generator.handbook.yaml_tree import Items, Leaf, Node, Pairs

FILE = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Value:
    """One line of text."""

    pattern: str
    example: str


@dataclass(frozen=True, slots=True)
class Many:
    """A list of values, or of names with settings of their own; one alone counts as a list."""

    each: Value
    named: Mapping[str, Shape]


Shape = Value | Many | Mapping[str, "Shape"] | None
"""None: a rule of its own looks at it."""
_WORDS = Value(r'[^<>"{}]+', "Học số cơ bản cho mọi người")
"""Material writes these into attributes as they are."""
_SWITCH, _OFF = Value("true|false", "false"), Value("false", "false")
_NAME = Value("[a-z0-9 -]+", "default")
_TOLD = Value("warn|info|ignore|relative_to_docs", "ignore")
_LINKS = dict.fromkeys(("omitted_files", "not_found", "absolute_links", "unrecognized_links", "anchors"), _TOLD)
_TOC: Mapping[str, Shape] = {"toc": {"permalink": _SWITCH}}

SETTINGS: Mapping[str, Shape] = {
    "site_name": _WORDS,
    "site_url": None,
    "site_description": _WORDS,
    "edit_uri": Value("", '""'),
    "docs_dir": Value("content", "content"),
    "site_dir": Value(r"\.hocso/[\w-]+", ".hocso/mkdocs-site"),  # plain MkDocs empties it
    "use_directory_urls": _OFF,
    "exclude_docs": Value(r"[\w*./ \n-]*", "*.yml"),
    "theme": {
        "name": Value("material", "material"), "language": Value("[a-z]{2}", "vi"),
        "font": _OFF,  # any other is fetched from its maker
        "custom_dir": Value("theme/site", "theme/site"),
        "palette": {"scheme": _NAME, "primary": _NAME, "accent": _NAME},
        "features": Many(Value("[a-z.]+", "[navigation.prune]"), {}),
    },
    "plugins": Many(Value("hocso|search", "hocso"), {"hocso": {}, "search": {}}),
    "markdown_extensions": Many(Value("toc", "toc"), _TOC),
    "validation": {"nav": _LINKS, "links": _LINKS},
    "extra": {
        "generator": _SWITCH,
        "former_urls": Many(Value(f"(?i:{OWN_ADDRESS})", "https://hocso.example/"), {}),
        "tts": Value(r".*", "piper --model giong.onnx --output_file {wav}"),
        "paper_mm": None,
    },
}


def wrong_settings(root: Node | None) -> Iterator[Finding]:
    if not isinstance(root, Pairs):
        place = root.place if root else Place(FILE)
        yield wrong_type(place, "các dòng `tên: giá trị`", "lines `name: value`")
        return
    if root.get("site_name") is None:
        yield error("key.missing", Place(FILE), key="site_name", what=Text("trang", "site"), doc="Tên trang.")
    yield from _wrong(root, SETTINGS, FILE)


def _wrong(node: Node, shape: Shape, key: str) -> Iterator[Finding]:
    if shape is None:
        return
    if isinstance(shape, Value):
        if not isinstance(node, Leaf) or not re.fullmatch(shape.pattern, node.text.strip()):
            yield error("site.setting", node.place, key=key, example=shape.example)
    elif isinstance(shape, Many):
        if isinstance(node, Pairs):
            yield from _wrong(node, shape.named, key)
        else:
            for item in node.items if isinstance(node, Items) else (node,):
                yield from _wrong(item, shape.named if isinstance(item, Pairs) else shape.each, key)
    elif isinstance(node, Pairs):
        for count, (name, value) in enumerate(node.pairs):
            if name.text in shape:
                yield from _wrong(value, shape[name.text], name.text)
            else:
                yield unknown_key(name, shape, count)
    elif not isinstance(node, Leaf) or node.text.strip():
        yield error("site.setting", node.place, key=key, example=f"{{{', '.join(shape)}}}")


def plain_data(node: Node | None) -> Any:
    """As MkDocs takes it, without its own reading of the file."""
    if isinstance(node, Pairs):
        return {name.text: plain_data(value) for name, value in node.pairs}
    if isinstance(node, Items):
        return [plain_data(item) for item in node.items]
    if node is None or (node.plain and not node.text):
        return None
    return {"true": True, "false": False}.get(node.text, node.text) if node.plain else node.text
