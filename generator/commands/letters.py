"""Signs, spaces and line ends of a whole text: what `--fix` cleans before any finding is looked at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from generator.checks.looking.tones import (
    fenced_lines,
    find_misplaced,
    has_other_script,
    is_spelled_alike,
    plain_letters,
)
from generator.commands.importing.pasted import plain_grammar
from generator.ground.files import decode_source
from generator.ground.findings import Finding, Text

_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_NO_WIDTH = re.compile("[\u200b\u2060\ufeff]")
_WORD = re.compile(r"\w+")
_GAPS = re.compile(r"(?<=[^\s|]) {2,}(?=[^\s|])")
_LIST_MARK = re.compile(r"\s*(?:[-*+>]|\d{1,3}[.)])?\s*")
_GAP_BEFORE = re.compile(r"(?<=\w) +(?=[,.;:!?](?:\s|$))")


def clean_letters(file: str, data: bytes) -> tuple[str, list[Text]]:
    """The text as it should be stored, and what was done; nothing when the file is no text."""
    source = decode_source(file, data)
    if isinstance(source, Finding):
        return "", []
    told: list[Text] = []

    def tell(vi: str, en: str) -> None:
        told.append(Text(f"{file}: {vi}", f"{file}: {en}"))

    if data.startswith(b"\xef\xbb\xbf"):
        tell("đã bỏ dấu BOM ở đầu tệp", "byte order mark taken out")
    if b"\r" in data:
        tell("đã đổi dấu xuống dòng kiểu Windows", "line ends are now \\n")
    if not source.was_nfc:
        tell("đã ghép chữ và dấu rời (NFC)", "letters composed (NFC)")
    text = source.text
    for clean, vi, en in (
        (_plain_spaces, "đã thay khoảng trắng lạ", "odd spaces replaced"),
        (_bare_ends, "đã bỏ khoảng trắng cuối dòng", "spaces at line ends taken out"),
        (_one_script, "đã thay chữ của tiếng khác trông giống chữ mình", "letters of other scripts replaced"),
        (_one_tone_style, "đã đặt dấu theo kiểu hóa, hòa, thủy", "tone marks moved"),
        (_plain_grammar, "đã đổi số thứ tự, dấu gạch, đề mục gõ tay thành kiểu của sách",
         "typed numbers, bullets and headings are now the book's own"),
        (_word_spaces, "đã bỏ khoảng trắng thừa trong câu", "needless spaces in sentences taken out"),
        (_final_newline, "đã thêm dấu xuống dòng cuối tệp", "final newline added"),
    ):
        before, text = text, clean(text, file)
        if text != before:
            tell(vi, en)
    return unicodedata.normalize("NFC", text), told


def _plain_spaces(text: str, _file: str) -> str:
    return _ODD_SPACE.sub(" ", _NO_WIDTH.sub("", text))


def _body(lines: Sequence[str]) -> int:
    """Where it begins, below the front matter."""
    if lines[0].rstrip() != "---":
        return 0
    return next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0) + 1


def _bare_ends(text: str, file: str) -> str:
    """Two spaces after words are Markdown's line break and stay, but not in front matter or YAML."""
    lines = text.split("\n")
    body = _body(lines) if file.endswith(".md") else len(lines)
    return "\n".join(
        line if index >= body and line.strip() and re.search(r"\S {2,}$", line) else line.rstrip(" \t")
        for index, line in enumerate(lines)
    )


def _one_script(text: str, _file: str) -> str:
    """Only words that hold letters of ours too: what is wholly Greek or Russian may be meant."""
    if not has_other_script(text):
        return text
    return _WORD.sub(lambda m: plain_letters(m.group()) if is_spelled_alike(m.group()) else m.group(), text)


def _one_tone_style(text: str, file: str) -> str:
    """Not in fences: a screen says what the phone says. Nor in the ledger, whose rows never change."""
    found = find_misplaced(text) if file.startswith("content/") else []
    if not found:
        return text
    drawn = fenced_lines(text)
    parts, done, line = [], 0, 1
    for start, wrong, right in found:
        line += text.count("\n", done, start)
        parts += [text[done:start], wrong if line in drawn else right]
        done = start + len(wrong)
    return "".join((*parts, text[done:]))


def _plain_grammar(text: str, file: str) -> str:
    """Of lessons and cards, below their front matter."""
    return plain_grammar(text, _body(text.split("\n"))) if file.endswith("/index.md") else text


def _word_spaces(text: str, file: str) -> str:
    """In sentences of lessons; tables, code and what stands above the title keep theirs."""
    if not file.endswith(".md"):
        return text
    lines = text.split("\n")
    body = _body(lines)
    drawn = fenced_lines(text)
    return "\n".join(
        line if index < body or index + 1 in drawn or "`" in line else _one_space(line)
        for index, line in enumerate(lines)
    )


def _one_space(line: str) -> str:
    """What stands before the words, a list's mark or a quote's, decides what belongs together and stays."""
    mark = _LIST_MARK.match(line)
    words = line[mark.end() :] if mark else line
    return line[: len(line) - len(words)] + _GAP_BEFORE.sub("", _GAPS.sub(" ", words))


def _final_newline(text: str, _file: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"
