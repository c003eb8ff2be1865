"""Styles and scripts as small as pages can carry them. The only importer of rcssmin and rjsmin."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache, partial

import rcssmin
import rjsmin

_QUOTED = r'"(?:[^"\\]|\\.)*"|' + r"'(?:[^'\\]|\\.)*'"
_BRACKETS = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
_SIGN = re.compile(rf"{_QUOTED}|[{{}};]")
_SELECTOR = re.compile(rf"(?:{_QUOTED}|{_BRACKETS}|[^,()])+")
_PSEUDO = re.compile(rf"::?[\w-]+(?:{_BRACKETS})?")
_WORD = re.compile(r"[\w-]+")
_TOKEN = re.compile(rf"(?<=[{{;])(--[\w-]+):(?:{_QUOTED}|[^;{{}}\"'])*;?")
_USE = re.compile(r"var\((--[\w-]+)")
_EMPTY = re.compile(rf"(?:^|(?<=[{{}};]))(?:{_QUOTED}|[^{{}};\"'])*\{{\}}")


@lru_cache(maxsize=16)
def squeeze_style(css: str) -> str:
    """Tokens and movements nobody uses are left out; a token may be all that another one was for."""
    before, css = "", str(rcssmin.cssmin(css))
    while css != before:
        before, css = css, _EMPTY.sub("", _TOKEN.sub(partial(_used, set(_USE.findall(css))), css))
    moved = " ".join(re.findall(r"animation(?:-name)?:[^;}]*", css))
    kept = (_written(head, body) for head, body in _rules(css)
            if not head.startswith("@keyframes") or head.split()[1] in _WORD.findall(moved))
    return str(rcssmin.cssmin("".join(kept)))


def _used(used: set[str], token: re.Match[str]) -> str:
    return token[0] if token[1] in used else ""


@lru_cache(maxsize=16)
def squeeze_script(script: str) -> str:
    return str(rjsmin.jsmin(script))


def cut_style(css: str, words: Collection[str]) -> str:
    """What can dress a page that holds only these tags, names and values. Commands like `@import` go as well."""
    return "".join(_cut(str(rcssmin.cssmin(css)), frozenset(words)))


def _cut(css: str, words: frozenset[str]) -> Iterator[str]:
    for head, body in _rules(css):
        if head.startswith(("@media", "@supports")):
            inner = "".join(_cut(body, words))
            if inner:
                yield _written(head, inner)
        elif head.startswith("@"):
            yield _written(head, body)
        elif met := [one for one in _SELECTOR.findall(head) if words.issuperset(_WORD.findall(_PSEUDO.sub("", one)))]:
            yield _written(",".join(met), body)


def _written(head: str, body: str) -> str:
    return f"{head}{{{body}}}"


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Head and body of each outermost rule."""
    depth = start = opened = 0
    for sign in _SIGN.finditer(css):
        if sign[0] == "{":
            depth += 1
            opened = opened if depth > 1 else sign.end()
        elif sign[0] == "}":
            depth -= 1
            if not depth:
                yield css[start : opened - 1], css[opened : sign.start()]
        if sign[0] in ";}" and not depth:
            start = sign.end()
