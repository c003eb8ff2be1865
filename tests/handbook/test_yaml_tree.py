"""YAML as editors write it: text with places, and mistakes told in our own words whatever library reads it."""

from __future__ import annotations

import pytest
import yaml

from generator.commands.fix import find_mends, mended
from generator.ground.files import Source
from generator.ground.findings import Place
from generator.handbook import yaml_tree
from generator.handbook.yaml_tree import Items, Leaf, Node, Pairs, read_yaml
from tests.haste import assert_no_runaway


def tree(text: str, first_line: int = 1) -> Node | None:
    node, findings = read_yaml(Source("t.yml", text), None, first_line)
    assert not findings, findings
    return node


def at(line: int, column: int) -> Place:
    return Place("t.yml", line, column)


def test_everything_is_text_with_its_place() -> None:
    node = tree("số: 015\ngiờ: 12:30\ncó: no\nngày: 2026-11-20\ntrống:\nrỗng: \"\"\nlist:\n  - a\n  - {b: 1.0}\n", 5)
    assert isinstance(node, Pairs)
    assert [(key.text, value.text) for key, value in node.pairs if isinstance(value, Leaf)] == [
        ("số", "015"), ("giờ", "12:30"), ("có", "no"), ("ngày", "2026-11-20"), ("trống", ""), ("rỗng", "")]
    assert node.get("số") == Leaf("015", at(5, 5)) and node.get("lạ") is None
    assert [value.plain for _, value in node.pairs[4:6] if isinstance(value, Leaf)] == [True, False]
    assert node.get("list") == Items(
        (Leaf("a", at(12, 5)), Pairs(((Leaf("b", at(13, 6)), Leaf("1.0", at(13, 9))),), at(13, 5))), at(12, 3))


@pytest.mark.parametrize("text", ["", "\n\n", "# chỉ có ghi chú\n"])
def test_nothing_is_no_finding(text: str) -> None:
    assert tree(text) is None


BROKEN = [
    ('a: "b\nc: d\n', "yaml.quote", 1, 4),
    ("a: 'b\n", "yaml.quote", 1, 4),
    ('a: "b\nc: "d"\n', "yaml.quote", 1, 4),
    ("a: [1, 2\nb: c\n", "yaml.bracket", 1, 4),
    ("a: {b: c\n", "yaml.bracket", 1, 4),
    ("a: b\nphút 15\ncho: x\n", "yaml.no-colon", 2, 1),
    ("phút 15\ncho: x\n", "yaml.no-colon", 1, 1),
    ("a: b\nc\n", "yaml.no-colon", 2, 1),
    ("a: Sở: KH\n", "yaml.colon", 1, 6),
    ("a: b: c: d\n", "yaml.colon", 1, 5),
    ("a:\n\t- b\n", "yaml.tab", 2, 1),
    ("a: @x\n", "yaml.sign", 1, 4),
    ("a: `x`\n", "yaml.sign", 1, 4),
    ("a: %x\n", "yaml.sign", 1, 4),
    ("- *Lưu ý*\n", "yaml.anchor", 1, 3),
    ("a: &b c\n", "yaml.anchor", 1, 4),
    ("a: *b\n", "yaml.anchor", 1, 4),
    ("a: !Sở x\n", "yaml.tag", 1, 4),
    ("a: !!int 1\n", "yaml.tag", 1, 4),
    ("a: !!python/object:os.system [x]\n", "yaml.tag", 1, 4),
    ("<<: *b\n", "yaml.anchor", 1, 5),
    ("[a]: b\n", "yaml.odd-key", 1, 1),
    ("{a: b}: c\n", "yaml.odd-key", 1, 1),
    ("a: b\na: c\n", "yaml.key-twice", 2, 1),
    ("a: b\n---\nc: d\n", "yaml.two-documents", 2, 1),
    ('a: "\\q"\n', "yaml.escape", 1, 4),
    ("đ: \x07\n", "yaml.odd-letter", 1, 4),
    ("ắ\u2028b: c: d\n", "yaml.colon", 1, 7),
    ("- " * 20 + "a", "yaml.too-deep", 1, 27),
    ("[" * 100_000, "yaml.too-deep", 1, 14),
    ("a: ]\n", "yaml.broken", 1, 4),
    ("- a\nb: c\n", "yaml.broken", 2, 1),
]


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
@pytest.mark.parametrize(("text", "rule", "line", "column"), BROKEN, ids=[repr(row[0][:20]) for row in BROKEN])
def test_mistakes(
    monkeypatch: pytest.MonkeyPatch, loader: type, text: str, rule: str, line: int, column: int
) -> None:
    """The same with the C library and without it, as on some Windows machines."""
    monkeypatch.setattr(yaml_tree, "_LOADER", loader)
    _, findings = read_yaml(Source("t.yml", text))
    assert [(f.rule, f.place) for f in findings] == [(rule, at(line, column))]


QUOTED = [
    ("đơn vị: Sở: Khoa học", 'đơn vị: "Sở: Khoa học"'),
    ("  - Zalo: tên: nút", '  - "Zalo: tên: nút"'),
    ("- từ: mã: OTP  \n  nghĩa: mã số", '- từ: "mã: OTP"  \n  nghĩa: mã số'),
    ('a: b: "c"', 'a: "b: \\"c\\""'),
    ("a: b", None),
    ('a: "b: c"', None),
    ("a:", None),
    ("# a: b: c", None),
    ("a: [b: c]", None),
]


@pytest.mark.parametrize(("text", "expected"), QUOTED)
def test_a_colon_is_put_in_quotes(text: str, expected: str | None) -> None:
    found = read_yaml(Source("t.yml", text))[1]
    assert mended(text, find_mends(text, found)) == (expected or text)
    if expected:
        tree(expected)


PASTES = ["[", "{", "- ", "? ", "a: ", "'", '"', "&a ", "*a ", "!", "|", ">", "#", "%", "\t", ",", "a\n"]


@pytest.mark.parametrize("paste", PASTES)
def test_no_paste_is_slow(paste: str) -> None:
    assert_no_runaway(lambda size: read_yaml(Source("t.yml", f"a: {paste * (size // len(paste))}\n")), 100_000)
