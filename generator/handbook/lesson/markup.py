"""Inline Markdown → tokens → HTML or plain words. Everything a phrase may hold, and nothing else.

One small grammar for all products, so a sentence looks the same on page, paper and slide, and every
check sees exactly what will be drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Literal

TokenKind = Literal["text", "bold", "italic", "code", "link", "image", "tag", "value", "break"]

ALLOWED_TAGS = frozenset({"br", "kbd", "sub", "sup", "wbr", "b", "i", "u"})
"""Without attributes; all that Markdown itself cannot say."""
_ALONE = frozenset({"br", "wbr"})
_NAMED = re.compile(r"<(/?)([a-zA-Z]+)")
_WITHIN_A_WORD = ALLOWED_TAGS - {"br"}

# Without overlap, and possessive: whatever an editor pastes, the time stays in proportion to its length.
# Groups must not be possessive: before 3.11.5 Python reads those wrongly (gh-106052).
_TOKEN = re.compile(
    r"""
    \\(?P<escaped>[\\`*_{}\[\]()#+\-.!|<>~])
  | (?P<value>\{\{(?P<name>[^{}]*)\}\})
  | (?<!`)(?P<code>`++)(?P<code_text>(?:[^`]++|(?!(?P=code)(?!`))`++)+)(?P=code)(?!`)
  | (?P<image>!\[(?P<alt>[^\[\]]*+)\]\((?P<src>[^()\s]*+)[^()]*+\))
  | (?P<link>\[(?P<label>(?:[^\[\]\\]|\\.)*)\]\(\s*+
      (?P<url><[^<>]*+>|\{\{[^{}]*+\}\}|(?:[^()\s]++|\([^()\s]*+\))*)(?:\s[^()]*+)?\))
  | <(?P<auto>[a-zA-Z][a-zA-Z0-9+.-]*+:[^\s<>]*+)>
  | (?P<tag></?[a-zA-Z!?][^<>]*+>?)
  | (?P<bold>\*\*(?=\S)(?P<bold_text>(?:[^*]++|\*(?!\*))+)(?<=\S)\*\*)
  | (?P<italic>(?<!\w)(?P<mark>[*_])(?=\S)(?P<italic_text>[^*_]+?)(?<=\S)(?P=mark)(?!\w))
  | (?P<bare>https?://[^\s<>"'*{}]*[^\s<>"'*{}.,;:!?)\]])
  | (?<!\ )(?P<newline>\ *+\n\ *+)
    """,
    re.VERBOSE | re.DOTALL,
)
MARKED = re.compile(r"[*_`\[\]<\\{\n]|https?:")
"""What no phrase of plain words has: without it there is nothing to take apart."""


@dataclass(frozen=True, slots=True)
class Token:
    kind: TokenKind
    text: str
    """What is shown: words, alt text, or the raw tag."""
    url: str = ""
    start: int = 0
    """Offset in the phrase."""
    children: tuple[Token, ...] = ()


@lru_cache(maxsize=65536)
def parse_inline(text: str, offset: int = 0) -> tuple[Token, ...]:
    tokens: list[Token] = []
    last = 0
    for match in _TOKEN.finditer(text):
        if match.start() > last:
            tokens.append(Token("text", text[last : match.start()], start=offset + last))
        tokens.append(_token(match, offset))
        last = match.end()
    if last < len(text):
        tokens.append(Token("text", text[last:], start=offset + last))
    return tuple(tokens)


def _token(match: re.Match[str], offset: int) -> Token:
    start = offset + match.start()
    if match["escaped"]:
        return Token("text", match["escaped"], start=start)
    if match["value"]:
        return Token("value", " ".join(match["name"].split()), start=start)
    if match["code"]:
        return Token("code", match["code_text"].strip(), start=start)
    if match["image"]:
        return Token("image", match["alt"], match["src"], start)
    if match["link"]:
        label = parse_inline(match["label"], offset + match.start("label"))
        return Token("link", match["label"], match["url"].strip("<>"), start, label)
    if match["auto"] or match["bare"]:
        address = match["auto"] or match["bare"]
        return Token("link", address, address, start, (Token("text", address, start=start),))
    if match["tag"]:
        return Token("tag", match["tag"], start=start)
    if match["bold"]:
        inner = parse_inline(match["bold_text"], offset + match.start("bold_text"))
        return Token("bold", match["bold_text"], "", start, inner)
    if match["italic"]:
        inner = parse_inline(match["italic_text"], offset + match.start("italic_text"))
        return Token("italic", match["italic_text"], "", start, inner)
    return Token("break", " ", start=start)


def walk_tokens(text: str) -> Iterator[Token]:
    """Every token, inner ones too."""
    stack = list(reversed(parse_inline(text)))
    while stack:
        token = stack.pop()
        yield token
        stack += reversed(token.children)


Linker = Callable[[str], str]
"""Turns a written address into one that works on the page at hand; empty text means: no link here."""


def to_html(text: str, link: Linker = lambda url: url) -> str:
    return _html(parse_inline(text), link)


def _html(tokens: tuple[Token, ...], link: Linker) -> str:
    return "".join(_token_html(token, link) for token in tokens)


def _token_html(token: Token, link: Linker) -> str:
    if token.kind == "bold":
        return f"<strong>{_html(token.children, link)}</strong>"
    if token.kind == "italic":
        return f"<em>{_html(token.children, link)}</em>"
    if token.kind == "code":
        return f"<code>{escape(token.text)}</code>"
    if token.kind == "link":
        return _link_html(token, link)
    if token.kind == "tag":
        return tag_html(token.text)
    if token.kind == "value":
        return escape("{{ " + token.text + " }}")
    return escape(token.text)


def _link_html(token: Token, link: Linker) -> str:
    label = _html(token.children, link)
    address = link(token.url) if is_safe_address(token.url) else ""
    if not address:
        return label
    return f'<a href="{escape(address)}">{label}</a>'


def is_safe_address(url: str) -> bool:
    """Relative, or http(s), mailto and tel; nothing that runs."""
    # Browsers drop control characters and line ends before they look at the scheme.
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", re.sub(r"[\x00-\x20\x7f]", "", url))
    return scheme is None or scheme.group(1).lower() in ("http", "https", "mailto", "tel")


def tag_html(raw: str) -> str:
    """An allowed tag as it is, anything else as words."""
    match = re.fullmatch(r"<(/?)([a-zA-Z]+)\s*/?>", raw)
    if match and match.group(2).lower() in ALLOWED_TAGS:
        return f"<{match.group(1)}{match.group(2).lower()}>"
    return escape(raw)


def unpaired(tokens: tuple[Token, ...]) -> Token | None:
    """The first allowed tag that opens and never closes, or the other way round: all that follows would be drawn so.
    One with more in it than its name has a finding of its own, so it opens or closes like any other."""
    opened: list[tuple[str, Token]] = []
    for token in tokens:
        tag = _NAMED.match(token.text) if token.kind == "tag" else None
        if tag and (name := tag[2].lower()) in ALLOWED_TAGS - _ALONE:
            if not tag[1]:
                opened.append((name, token))
            elif not opened or opened.pop()[0] != name:
                return token
        elif inner := unpaired(token.children):
            return inner
    return opened[0][1] if opened else None


def to_plain(text: str) -> str:
    """The words alone, as they are spoken or counted."""
    return " ".join(_plain(parse_inline(text)).split())


def _plain(tokens: tuple[Token, ...]) -> str:
    parts = []
    for token in tokens:
        if token.children:
            parts.append(_plain(token.children))
        elif token.kind == "tag":
            parts.append("" if tag_html(token.text)[1:-1].strip("/") in _WITHIN_A_WORD else " ")
        elif token.kind == "value":
            parts.append("{{ " + token.text + " }}")
        else:
            parts.append(token.text)
    return "".join(parts)


def escape_markdown(text: str) -> str:
    """A value put into a phrase stays words, whatever signs it holds; an address stays an address."""
    if re.fullmatch(r"https?://[^\s<>\"'*{}()\[\]|`\\]+", text):
        return text
    return re.sub(r"([\\`*_{}\[\]<>|~])", r"\\\1", " ".join(text.split()))
