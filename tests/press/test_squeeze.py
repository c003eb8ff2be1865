"""Styles cut to what pages can wear."""

from __future__ import annotations

import pytest

from generator.press.squeeze import cut_style, squeeze_script, squeeze_style

WORDS = {"a", "p", "body", "card", "open", "href", "dir", "ltr"}


@pytest.mark.parametrize(("css", "kept"), [
    ("p { color: red }", "p{color:red}"),
    (".card > a, .tabs > a { top: 0 }", ".card>a{top:0}"),
    (".tabs{top:0}.card{top:1px}", ".card{top:1px}"),
    ("[dir=ltr] p{left:0}[dir=rtl] p{left:0}", "[dir=ltr] p{left:0}"),
    ("p:not(.tabs):hover::before{top:0}", "p:not(.tabs):hover::before{top:0}"),
    ("p:is(.a, .b:not(.c, .d)), .tabs{top:0}", "p:is(.a,.b:not(.c,.d)){top:0}"),
    ("*,::before{top:0}:root{top:0}", "*,::before{top:0}:root{top:0}"),
    ("@media print{.tabs{top:0}}", ""),
    ("@media print{@supports (top:0){p{top:0}.tabs{top:0}}}", "@media print{@supports (top:0){p{top:0}}}"),
    ("@page{margin:25mm}", "@page{margin:25mm}"),
    ('@charset "UTF-8";@import "there.css";p{top:0}', "p{top:0}"),
    ("a::after{content:'}{;,'}.tabs::after{content:\"}\"}p{top:0}", "a::after{content:'}{;,'}p{top:0}"),
    ('a[href="}.x,p"]{top:0}', ""),
])
def test_only_what_a_page_can_wear_stays(css: str, kept: str) -> None:
    assert cut_style(css, WORDS) == kept


@pytest.mark.parametrize(("css", "small"), [
    ("/* why */ p { color : red ; }\n\n", "p{color:red}"),
    (":root{--a:1px;--b:2px}p{top:var(--a)}", ":root{--a:1px}p{top:var(--a)}"),
    (":root{--a:var(--b);--b:2px;--c:var(--a)}p{top:0}", "p{top:0}"),
    (":root{--a:url(\"data:x;<svg fill='red'/>}\");--b:1}p{top:var(--b)}", ":root{--b:1}p{top:var(--b)}"),
    ("@media print{:root{--a:1}}p{top:0}", "p{top:0}"),
    ("@keyframes in{to{top:0}}@keyframes out{to{top:0}}p{animation:in 1s}",
     "@keyframes in{to{top:0}}p{animation:in 1s}"),
    ("p{width:calc(1px + 2px)}", "p{width:calc(1px + 2px)}"),
])
def test_nothing_that_nobody_uses_is_carried(css: str, small: str) -> None:
    assert squeeze_style(css) == small
    assert squeeze_style(small) == small


def test_scripts_do_the_same_with_fewer_letters() -> None:
    script = 'var a = "// no comment"; // comment\n\nvar b = /[/]\\/ x/;\n'
    assert squeeze_script(script) == 'var a="// no comment";var b=/[/]\\/ x/;'
