"""Phones of 2020 read all we write: whatever is newer must leave a page that is only plainer, and is named here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.products.pages.site import STYLES
from tests.projects import ROOT, make_project
from tests.test_payloads import draw


def _row(words: str) -> frozenset[str]:
    return frozenset(words.split())


OLD_PROPERTIES = _row("""
align-content align-items align-self animation background background-color border border-bottom border-collapse
border-color border-left border-left-color border-left-width border-radius border-style border-top border-width bottom
box-shadow box-sizing break-inside clip-path color column-gap content counter-increment counter-reset cursor display
fill flex flex-basis flex-direction flex-wrap font font-family font-feature-settings font-size font-style
font-variant-numeric font-weight gap grid grid-area grid-column grid-row grid-template grid-template-columns height
justify-content justify-items justify-self left letter-spacing line-height list-style margin margin-bottom margin-left
margin-right margin-top max-height max-width min-height min-width object-fit opacity order outline outline-color
outline-offset overflow overflow-wrap overflow-x overflow-y padding padding-bottom padding-left padding-right
padding-top place-items place-self pointer-events position right row-gap scroll-behavior scroll-margin-top text-align
text-decoration text-transform top touch-action transform transition user-select vertical-align white-space width
writing-mode z-index
""")
PLAINER = {
    "accent-color": "a tick in the phone's own colour",
    "color-scheme": "white scroll bars and fields in the dark; their letters keep their own colours",
    "forced-color-adjust": "a mark in the colours the reader forced",
    "scrollbar-width": "a scroll bar is seen",
    "text-decoration-thickness": "a thinner line under a hard word",
    "text-underline-offset": "a line nearer to its word",
    "text-wrap": "a title whose lines are of unlike length",
    "-webkit-mask": "a heading without its sign; `@supports` asks first",
    "-webkit-mask-position": "the same",
    "-webkit-font-smoothing": "letters as the phone draws them",
    "-webkit-tap-highlight-color": "a grey flash under the finger",
    "-webkit-text-size-adjust": "letters as the phone draws them",
    "text-size-adjust": "letters as the phone draws them",
    "-webkit-user-select": "words are marked one by one",
}
OLD_SELECTORS = _row("""
:active :after :before :checked :disabled :empty :first-child :focus :focus-within :hover :last-child :not :nth-child
:root :target ::after ::before ::cue ::first-letter ::placeholder ::-webkit-details-marker
""")
PLAINER_SELECTORS = {":focus-visible": "the browser's own ring around what the keyboard has reached"}
OLD_FUNCTIONS = _row(
    "calc counter inset linear-gradient max min minmax repeat repeating-linear-gradient rgba rotate translateX url var")
OLD_UNITS = _row("% deg em fr mm ms pt px rem s vh vmax vw")
OLD_RULES = _row("@media @page @bottom-center @supports @font-face @keyframes")
NEW_STYLE = re.compile(
    r":(?:has|is|where)\(|:not\([^()]*,|@(?:layer|container|property|scope|starting-style)|\(\s*(?:width|height)\s*[<>]"
    r"|[{};]\s*(?:&|>|\+|~)|color-mix\(|oklch\(|\d(?:dvh|svh|lvh|dvw|cqw)\b"
)
"""What makes an old phone drop a whole rule, also in Material's own styles."""
NEW_SCRIPT = re.compile(
    r"\?\.(?!\d)|\?\?|\|\|=|&&=|\(\?<[=!\w]|\.replaceAll\(|\.at\(|\.findLast|\bObject\.(?:hasOwn|groupBy)\b|\bstructuredClone\b"
    r"|\bPromise\.any\b|\bawait\b|\bthis\.#|\bimport\(|\d_\d|\.toSorted\(|\.replaceChildren\("
)
NEW_MARKUP = re.compile(r"<(?:dialog|search)\b|<\w+[^<>]*\s(?:popover|inert|shadowrootmode|blocking)\b")


def styles_of(folder: Path) -> Iterator[tuple[str, str, bool]]:
    """Where, what, and whether it is ours alone: the site's style holds much of Material's, and ours as written."""
    for path in sorted(folder.rglob("*.css")):
        yield path.name, path.read_text("utf-8"), False
    for name in STYLES:
        yield name, (ROOT / "theme" / name).read_text("utf-8"), True
    for path in sorted(folder.rglob("*.html")):
        for style in re.findall(r"<style>(.*?)</style>", path.read_text("utf-8"), re.DOTALL):
            yield path.relative_to(folder).as_posix(), style, True


def scripts_of(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.js")):
        if path.name != "search.js":  # the book's own words stand in it; its scripts are judged as they are written
            yield path.name, path.read_text("utf-8")
    for path in sorted(folder.rglob("*.html")):
        for script in re.findall(r"<script>(.*?)</script>", path.read_text("utf-8"), re.DOTALL):
            yield path.relative_to(folder).as_posix(), script


def too_new_in_style(css: str, own: bool = True) -> set[str]:
    bare = re.sub(r'/\*.*?\*/|"[^"]*"|\'[^\']*\'|url\([^)]*\)', "", css, flags=re.DOTALL)
    found = {match[0] for match in NEW_STYLE.finditer(bare)}
    return found | _unknown(bare) if own else found


def _unknown(bare: str) -> set[str]:
    found = set(re.findall(r"@[\w-]+", bare)) - OLD_RULES
    for selector, body in re.findall(r"([^{}]*)\{([^{}]*)\}", bare):
        selector = selector.rpartition(";")[2]
        found |= set(re.findall(r"::?[\w-]+", selector)) - OLD_SELECTORS - PLAINER_SELECTORS.keys()
        rows = [row.partition(":")[::2] for row in body.split(";") if ":" in row]
        names = {name.strip() for name, _ in rows if not name.strip().startswith("--")}
        found |= names - OLD_PROPERTIES - PLAINER.keys()
        for _, value in rows:
            found |= {f"{name}(" for name in set(re.findall(r"([\w-]+)\(", value)) - OLD_FUNCTIONS}
            found |= set(re.findall(r"(?<![\w#-])[\d.]+([a-z%]+)", value)) - OLD_UNITS
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("old")
    return draw(make_project(made), made / "out")


def test_styles_are_read_by_old_phones(folder: Path) -> None:
    styles = list(styles_of(folder))
    expected = {"hocso.css", "site/site.css", "1041/index.html", "slides/quet-ma-qr/index.html"}
    assert expected <= {where for where, *_ in styles}
    assert {where: found for where, css, own in styles if (found := too_new_in_style(css, own))} == {}


def test_scripts_are_read_by_old_phones(folder: Path) -> None:
    scripts = list(scripts_of(folder))
    theme = Path(__file__).parent.parent / "theme"
    scripts += [(path.name, path.read_text("utf-8")) for path in sorted((theme / "site/search").glob("*.js"))]
    assert {"reading.js", "hocso.js", "engine.js", "slides/quet-ma-qr/index.html"} <= {where for where, _ in scripts}
    assert {where: found[0] for where, text in scripts if (found := NEW_SCRIPT.search(_code(text)))} == {}


def _code(script: str) -> str:
    return re.sub(r"//[^\n]*|/\*.*?\*/|\"[^\"\n]*\"|'[^'\n]*'", "", script, flags=re.DOTALL)


def test_markup_is_read_by_old_phones(folder: Path) -> None:
    pages = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.html")}
    assert {file: found[0] for file, html in pages.items() if (found := NEW_MARKUP.search(html))} == {}


PLANTED = [
    ("p { inset: 0 }", "inset"), ("p { height: 100dvh }", "dvh"), (".a { & b { color: red } }", "{ &"),
    ("a:has(b) { color: red }", ":has("), ("a:not(b, i) { color: red }", ":not(b,"), ("@layer x { }", "@layer"),
    ("p { color: color-mix(in srgb, red, blue) }", "color-mix("), ("p { aspect-ratio: 1 }", "aspect-ratio"),
    ("@media (width >= 30em) { p { color: red } }", "(width >"), ("a:user-invalid { color: red }", ":user-invalid"),
]


@pytest.mark.parametrize(("css", "found"), PLANTED)
def test_what_is_too_new_is_seen(css: str, found: str) -> None:
    assert found in too_new_in_style(css)


@pytest.mark.parametrize("script", ["a?.b", "a ?? b", "a ||= b", "/(?<=a)b/", "x.replaceAll('a', 'b')", "list.at(-1)"])
def test_a_script_that_is_too_new_is_seen(script: str) -> None:
    assert NEW_SCRIPT.search(_code(script))
