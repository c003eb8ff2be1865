"""Drawn scenes: pieces put in by name, whatever is not of our hand told and left out, no lesson ever stopped by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks import read_and_check
from generator.ground.files import Project
from generator.ground.findings import Finding
from generator.handbook.model import Drawing
from generator.handbook.read import read_handbook
from generator.handbook.recorded.composing import ACCENT, FOLDER, MOST_BYTES, PIECES, Composed, compose
from tests.projects import edit, make_project, put

HEAD = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300" fill="none" stroke="#000" stroke-width="5">'
        "<title>Bác quét mã</title>")
PHONE = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 90" fill="#fff"><title>Điện thoại</title>'
         '<rect width="60" height="90" rx="6"/></svg>')
GOOD = f'{HEAD}<use href="#dien-thoai" x="20" y="30"/><path fill="{ACCENT}" d="M1 2h3z"/></svg>'

PART = "dien-thoai-va-mang"


def drawn(body: str, head: str = HEAD) -> tuple[str, list[str]]:
    piece = compose("dien-thoai", PHONE, {}, piece=True).drawing
    composed = compose("x", f"{head}{body}</svg>", {"dien-thoai": piece})
    return composed.drawing.svg, rules(composed)


def rules(composed: Composed) -> list[str]:
    return [slip.rule.removeprefix("drawing.").removeprefix("slip/") for slip in composed.slips]


def test_a_piece_stands_where_the_scene_puts_it() -> None:
    svg, slips = drawn('<use href="#dien-thoai" transform="scale(-1 1)" x="20" y="30"/>')
    assert slips == []
    assert ('<g transform="scale(-1 1) translate(20 30)"><g fill="#fff"><rect width="60" height="90" rx="6"/></g></g>'
            in svg)


@pytest.mark.parametrize(("body", "rule", "left"), [
    ("<script>alert(1)</script>", "stray", "script"),
    ('<image href="data:image/png;base64,AA=="/>', "stray", "image"),
    ('<text x="1" y="2">chữ</text>', "stray", "chữ"),
    ('<foreignObject><path d="M0 0h9"/></foreignObject>', "stray", "M0 0h9"),
    ('<path d="M0 0h1" onclick="x()"/>', "stray", "onclick"),
    ('<path d="M0 0h1" style="fill:url(https://x.example)"/>', "stray", "style"),
    ('<path d="M0 0h1" class="a"/>', "stray", "class"),
    ('<path d="M0 0 url(#a)"/>', "stray", "url"),
    ('<path d="M0 0h1" fill="red"/>', "colour", "red"),
    ('<path d="M0 0h1" fill="#00000080"/>', "colour", "80"),
    ('<path d="M0 0h1" stroke-width="1"/>', "thin", "stroke-width=\"1\""),
    ('<use href="https://x.example/a.svg#b"/>', "piece", "x.example"),
    ('<use href="#dien-thoi" x="1" y="1"/>', "piece", "dien-thoi"),
    ('<svg viewBox="0 0 9 9"><path d="M0 0h1"/></svg>', "stray", "viewBox"),
])
def test_what_is_not_of_our_hand_is_told_and_left_out(body: str, rule: str, left: str) -> None:
    svg, slips = drawn(f'{body}<path d="M7 7h7"/>')
    assert rule in slips and left not in svg and "M7 7h7" in svg


@pytest.mark.parametrize("body", [
    '<path d="M0 0c1-2 .5 1e1 3 4z" fill="#777" stroke-linecap="round"/>', '<g transform="rotate(12 4 5)"><g/></g>',
    '<circle cx="1" cy="2" r="3" stroke-width="3.4"/>', "<!-- ghi chú --><desc>dài</desc>",
    '<polyline points="1,2 3,4" stroke-linejoin="bevel"/>', '<use href="#dien-thoai"/>',
])
def test_what_drawings_are_made_of_passes(body: str) -> None:
    assert drawn(body)[1] == []


@pytest.mark.parametrize(("text", "rule", "drawn"), [
    ("<svg", "broken", False), ("<svg><g></svg>", "broken", False), ("", "broken", False),
    (f"<!DOCTYPE svg [<!ENTITY a 'b'>]>{GOOD}", "stray", True),
    (GOOD.replace(' viewBox="0 0 400 300"', ""), "view", True),
    (GOOD.replace("0 0 400 300", "0 0 270 190"), "view", True),
    (GOOD.replace("<title>Bác quét mã</title>", ""), "title", True),
    (GOOD.replace("<path", '<path d="' + "M0 0h1" * (MOST_BYTES // 6) + '"/><path'), "large", False),
    (f"<html>{GOOD}</html>", "stray", False),
])
def test_a_file_that_is_no_scene(text: str, rule: str, drawn: bool) -> None:
    composed = compose("x", text, {"dien-thoai": Drawing("dien-thoai", "a", "<g/>")})
    assert rule in rules(composed) and bool(composed.drawing.svg) is drawn


# Which scene a lesson gets.


def project(tmp_path: Path, **scenes: str) -> Path:
    root = make_project(tmp_path)
    put(root, f"{PIECES}dien-thoai.svg", PHONE)
    for name, text in scenes.items():
        put(root, f"{FOLDER}{name.replace('_', '-')}.svg", text)
    return root


def scene_of(root: Path, slug: str = "quet-ma-qr") -> str:
    drawing = read_handbook(Project(root)).handbook.by_slug[slug].drawing
    return drawing.name if drawing else ""


def told(root: Path) -> list[Finding]:
    return [finding for finding in read_and_check(Project(root)).findings
            if finding.rule.startswith("drawing.") or finding.place.file.startswith(FOLDER)]


def test_a_lesson_has_the_scene_it_names_then_its_own_then_its_parts(tmp_path: Path) -> None:
    root = project(tmp_path, **{PART: GOOD})
    assert scene_of(root) == PART
    assert ("drawing.none", "content/topics/quet-ma-qr/index.md") in [
        (finding.rule, finding.place.file) for finding in told(root)]
    put(root, f"{FOLDER}quet-ma-qr.svg", GOOD)
    assert scene_of(root) == "quet-ma-qr"
    put(root, f"{FOLDER}cho-lang.svg", GOOD)
    edit(root, "content/topics/quet-ma-qr/index.md", "trạng thái:", "hình: cho-lang\ntrạng thái:")
    assert scene_of(root) == "cho-lang"
    edit(root, "content/topics/quet-ma-qr/index.md", "hình: cho-lang", "hình: cho-lagn")
    assert scene_of(root) == PART
    wrong = next(finding for finding in told(root) if finding.rule == "drawing.missing")
    assert wrong.severity == "warning" and "cho-lang" in wrong.fix.vi
    assert wrong.place.line == (root / wrong.place.file).read_text("utf-8").splitlines().index("hình: cho-lagn") + 1


def test_a_handbook_without_pieces_misses_none(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    assert (scene_of(root), told(root)) == ("", [])


@pytest.mark.parametrize("text", [
    GOOD.replace("<path", "<script>x</script><path"), "<svg", GOOD.replace("</svg>", "M" * 1_100_000 + "</svg>"),
    "\ufeff\0", GOOD.replace("#dien-thoai", "#dien-thoi"),
])
def test_a_bad_scene_warns_and_every_lesson_is_still_made(tmp_path: Path, text: str) -> None:
    root = project(tmp_path, **{PART: GOOD}, quet_ma_qr=text)
    findings = [finding for finding in told(root) if finding.place.file.endswith("quet-ma-qr.svg")]
    assert findings and {finding.severity for finding in findings} == {"warning"}
    assert scene_of(root) in (PART, "quet-ma-qr")


def test_a_misspelt_piece_is_mended_where_it_stands(tmp_path: Path) -> None:
    root = project(tmp_path, quet_ma_qr=GOOD.replace("#dien-thoai", "#dien-thoi"))
    finding = next(finding for finding in told(root) if finding.rule == "drawing.piece")
    line = (root / finding.place.file).read_text("utf-8").splitlines()[finding.place.line - 1]
    found, = finding.edits
    assert line[found.place.column - 1 :].startswith("dien-thoi") and found.new == "dien-thoai"
