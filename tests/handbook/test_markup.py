"""The one inline grammar: what is drawn, what is refused, and that no paste makes it slow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from html import unescape

import pytest
from markdown import Markdown  # type: ignore[import-untyped]  # it ships none

from generator.ground.files import find_project
from generator.handbook.lesson.markup import (
    escape_markdown,
    is_safe_address,
    parse_inline,
    to_html,
    to_plain,
    unpaired,
    walk_tokens,
)
from generator.handbook.model import Phrase
from generator.handbook.read import read_handbook
from tests.haste import assert_no_runaway
from tests.projects import ROOT

HTML = [
    ("chữ thường", "chữ thường"),
    ("**đậm** và *nghiêng* và _nghiêng_", "<strong>đậm</strong> và <em>nghiêng</em> và <em>nghiêng</em>"),
    ("**đậm có *nghiêng* trong**", "<strong>đậm có <em>nghiêng</em> trong</strong>"),
    ("***x***", "<strong>*x</strong>*"),
    ("5 * 3 * 2", "5 * 3 * 2"),
    ("a_b_c", "a_b_c"),
    ("** không đậm **", "** không đậm **"),
    ("**hở", "**hở"),
    ("`*mã*` và ``a`b``", "<code>*mã*</code> và <code>a`b</code>"),
    ("`hở", "`hở"),
    (r"\*sao\* \\ \<b\>", "*sao* \\ &lt;b&gt;"),
    ("a<br>b", "a<br>b"),
    ("<B>x</B>", "<b>x</b>"),
    ("<b onclick=x>", "&lt;b onclick=x&gt;"),
    ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
    ("x < y & z", "x &lt; y &amp; z"),
    ("[bài](../b/index.md)", '<a href="../b/index.md">bài</a>'),
    ("[**b**](b)", '<a href="b"><strong>b</strong></a>'),
    ('[b](b "tên")', '<a href="b">b</a>'),
    ("[b](x_(1).md)", '<a href="x_(1).md">b</a>'),
    ("[b](<a b>)", '<a href="a b">b</a>'),
    ("[b]({{ địa chỉ cổng }})", '<a href="{{ địa chỉ cổng }}">b</a>'),
    ("[b](javascript:alert(1))", "b"),
    ("<https://a.vn/x>", '<a href="https://a.vn/x">https://a.vn/x</a>'),
    ("xem https://a.vn/x.", 'xem <a href="https://a.vn/x">https://a.vn/x</a>.'),
    ('[b](a"b)', '<a href="a&quot;b">b</a>'),
    ("hai\ndòng", "hai dòng"),
    ("{{ tên }}", "{{ tên }}"),
]


@pytest.mark.parametrize(("text", "html"), HTML, ids=[row[0] for row in HTML])
def test_to_html(text: str, html: str) -> None:
    assert to_html(text) == html


PLAIN = [
    ("**Bấm** [đây](x.md), `mã`", "Bấm đây, mã"),
    ("a<br>b", "a b"),
    ("hai\n  dòng", "hai dòng"),
    ("![tả](x.png)", "tả"),
    ("H<sub>2</sub>O, 5 m<SUP>2</SUP>", "H2O, 5 m2"),
    ("bấm <kbd>OK</kbd>, <b>đậm</b><i>nghiêng</i><u>gạch</u>", "bấm OK, đậmnghiênggạch"),
    ("dài<wbr>quá<br/>mới", "dàiquá mới"),
    ("a<x>b", "a b"),
]


@pytest.mark.parametrize(("text", "plain"), PLAIN)
def test_to_plain(text: str, plain: str) -> None:
    assert to_plain(text) == plain


PAIRS = [
    ("<b>x</b> <kbd>OK</kbd> a<br>b<wbr>", None), ("**<b>x</b>** <i>**y**</i>", None), ("<u><b>x</b></u>", None),
    ("<b>x", "<b>"), ("x</b>", "</b>"), ("<b><i>x</b></i>", "</b>"), ("**<b>x** y</b>", "<b>"),
    ("[<u>x](a.md)", "<u>"), ("<kbd>a<kbd>", "<kbd>"), ("<x>a", None),
    ("<u onclick=x>a</u>", None), ('<b class="a">x', '<b class="a">'),
]


@pytest.mark.parametrize(("text", "stray"), PAIRS)
def test_a_tag_without_its_other_half_is_found(text: str, stray: str | None) -> None:
    found = unpaired(parse_inline(text))
    assert (found and found.text) == stray


ADDRESSES = [
    ("../a/index.md", True), ("#x", True), ("https://a.vn", True), ("HTTP://a.vn", True), ("tel:113", True),
    ("mailto:a@b.vn", True), ("javascript:x", False), ("JavaScript:x", False), (" javascript:x", False),
    ("java\tscript:x", False), ("java\nscript:x", False), ("\x01javascript:x", False), ("data:text/html,x", False),
    ("vbscript:x", False), ("file:///etc/passwd", False), ("C:/bai.md", False), ("", True),
]


@pytest.mark.parametrize(("address", "safe"), ADDRESSES)
def test_addresses_that_run_nothing(address: str, safe: bool) -> None:
    assert is_safe_address(address) is safe
    assert ("<a " in to_html(f"[b](<{address}>)")) <= safe


def test_a_value_stays_words() -> None:
    for value in ("*x* `y` [z](w) <b> {{ a }} a|b \\ ~", "_a_", "![x](y)", "https:// x"):
        assert to_plain(escape_markdown(value)) == " ".join(value.split())
        assert all(token.kind == "text" for token in parse_inline(escape_markdown(value)))


def test_offsets_point_at_tokens() -> None:
    text = "ở **đây có [một](x) chỗ** và `kia`"
    found = {token.kind: text[token.start :][:3] for token in walk_tokens(text) if token.kind != "text"}
    assert found == {"bold": "**đ", "link": "[mộ", "code": "`ki"}


SIZE = 100_000
PASTES = ["*", "**", "_", "[", "]", "![", "(", "[](", "![](", "[a](", "{{", "}}", "{{ a", "`", "``a`", "<", "<a",
          "<!--", "<a:", "\\", "**a ", "*a ", "~", "#", "|", ">", "- ", "\n", " ", ".", "…a", "https://", "http://.",
          "a" * 50 + " ", "[x](<", "[x]({{", "`a``", "đ", "\u0301", "\u200b", "1. ", "- [ ] ", "> **"]


def read_fresh(text: str) -> None:
    """Lines once read are remembered."""
    parse_inline.cache_clear()
    parse_inline(text)


@pytest.mark.parametrize("paste", PASTES, ids=[repr(paste) for paste in PASTES])
def test_no_paste_is_slow(paste: str) -> None:
    assert_no_runaway(lambda size: read_fresh(f"a {paste * (size // len(paste))} b"), SIZE)


def test_runs_of_different_lengths_are_not_slow() -> None:
    def work(size: int) -> None:
        text = " ".join("`" * length for length in range(1, round((2 * size) ** 0.5)))
        read_fresh(text)
        read_fresh(text[::-1])

    assert_no_runaway(work, SIZE)


def phrases(part: object) -> Iterator[str]:
    if isinstance(part, Phrase):
        yield part.text
    elif is_dataclass(part):
        yield from (text for one in fields(part) for text in phrases(getattr(part, one.name)))
    elif isinstance(part, tuple):
        yield from (text for one in part for text in phrases(one))


def test_what_editors_write_looks_as_mkdocs_would_show_it() -> None:
    """Its dialect judges our grammar; quotation marks may be written in two ways."""
    written = dict.fromkeys(phrases(read_handbook(find_project(ROOT)).handbook))
    judge = Markdown()
    unlike = {text: html for text in written
              if unescape(html := judge.reset().convert(text)) != unescape(f"<p>{to_html(text)}</p>")}
    assert len(written) > 1500
    assert unlike == {}
