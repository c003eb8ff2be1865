"""The mends themselves: text in, text out. What is to be written is what the finding says; here it is only done."""

from __future__ import annotations

import difflib
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from generator.checks.looking.tones import (
    fenced_lines,
    find_misplaced,
    has_other_script,
    is_spelled_alike,
    plain_letters,
)
from generator.ground.files import Source, decode_source, fold
from generator.ground.findings import Finding, Text
from generator.handbook import keys
from generator.handbook.lesson.sections import cut_sheet
from generator.handbook.lesson.steps import read_steps
from generator.handbook.values import parse_date
from generator.handbook.yaml_tree import quote, quoted_line

_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_NO_WIDTH = re.compile("[\u200b\u2060\ufeff]")
_WRONG = re.compile(r"[`“]([^`”]+)[`”]")
_RIGHT = re.compile(r"(?:Viết|Có phải là) `(?:## )?([^`]+)`")
_ITEM = re.compile(r"^(\s*- +)([^\s\"'\[{|>].*?)(\s*)$")

_WORD = re.compile(r"\w+")
_GAPS = re.compile(r"(?<=[^\s|]) {2,}(?=[^\s|])")
_LIST_MARK = re.compile(r"\s*(?:[-*+>]|\d{1,3}[.)])?\s*")
_GAP_BEFORE = re.compile(r"(?<=\w) +(?=[,.;:!?](?:\s|$))")

SURE = 0.8
"""How alike two words must be before one is written for the other."""
CLEARLY = 0.1
"""How much less alike the next best word must be."""
ALIKE_RULES = frozenset({"key.unknown", "key.status", "section.unknown"})
"""Rules of small closed lists, where a slip of a letter leaves no doubt."""
FOLDED_RULES = frozenset({"name.audience", "name.topic", "screen.unknown-kind"})
"""Rules where only missing accents and capitals leave no doubt."""
_YMD = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DMY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


@dataclass(frozen=True)
class Mend:
    """New lines by number, and how we tell it."""

    lines: Mapping[int, str]
    told: Text
    key: tuple[str, str, str]
    """File, rule and the new line: what was tried once and did no good is not tried again."""


def find_mends(
    text: str, findings: Sequence[Finding], files: Iterable[str], refused: Set[tuple[str, str, str]] = frozenset()
) -> list[Mend]:
    """At most one mend a line; the next round sees the rest."""
    lines = text.split("\n")
    known = {file.casefold(): file for file in files}
    taken: set[int] = set()
    found = []
    for finding in findings:
        number = finding.place.line
        if number in taken or not 1 <= number <= len(lines):
            continue
        for line in _mended_lines(lines[number - 1], finding, known):
            mend = _mend(finding, line)
            if line != lines[number - 1] and mend.key not in refused:
                taken.add(number)
                found.append(mend)
                break
    return found


def _mend(finding: Finding, line: str) -> Mend:
    place = finding.place
    shown = line.strip() if len(line.strip()) <= 80 else line.strip()[:79] + "…"
    told = Text(f"{place.file}:{place.line}: đã sửa thành {shown}", f"{place.file}:{place.line}: now reads {shown}")
    return Mend({place.line: line}, told, (place.file, finding.rule, line))


def _mended_lines(line: str, finding: Finding, known: Mapping[str, str]) -> list[str]:
    """How the line may be meant, the likeliest first."""
    if finding.rule == "yaml.colon":
        found = [quoted_line(line), _ITEM.sub(lambda item: item[1] + quote(item[2]) + item[3], line)]
    elif finding.rule in ALIKE_RULES | FOLDED_RULES:
        found = [_right_word(line, finding)]
    elif finding.rule == "key.type" and "20/11/2026" in finding.message.vi:
        found = [_right_date(line, finding.place.column - 1)]
    elif finding.rule in ("link.case", "image.case"):
        found = [_right_case(line, posixpath.dirname(finding.place.file), known)]
    else:
        found = []
    return [line for line in found if line is not None]


def _right_word(line: str, finding: Finding) -> str | None:
    """The finding names the wrong word first and the likely one in its mend."""
    wrong, right = _WRONG.search(finding.message.vi), _RIGHT.match(finding.fix.vi)
    if not wrong or not right:
        return None
    word, wish = wrong.group(1), right.group(1)
    sure = fold(word) == fold(wish) or (finding.rule in ALIKE_RULES and _is_clear(word, wish))
    found = list(re.compile(rf"(?<!\w){re.escape(word)}(?!\w)").finditer(line, finding.place.column - 1))
    if not sure or not found or (len(found) > 1 and found[0].start() != finding.place.column - 1):
        return None
    return line[: found[0].start()] + wish + line[found[0].end() :]


def _is_clear(word: str, wish: str) -> bool:
    """Alike enough, and nothing else is nearly as alike."""
    others = [_likeness(word, name) for name in _all_names() if fold(name) != fold(wish)]
    return _likeness(word, wish) >= max(SURE, max(others) + CLEARLY)


def _likeness(one: str, two: str) -> float:
    return difflib.SequenceMatcher(None, fold(one), fold(two)).ratio()


@cache
def _all_names() -> tuple[str, ...]:
    tables = [value for name, value in vars(keys).items() if name.endswith("_KEYS")]
    words = [key.vi for table in tables for key in table]
    sections = [name for name, _ in (*keys.SECTIONS, *keys.CARD_SECTIONS)]
    return tuple(dict.fromkeys([*words, *keys.STATUS_WORDS, *keys.HELP_ROLES, *keys.FRAMES, *sections]))


def _right_date(line: str, start: int) -> str | None:
    """Day, month, year as people here write them; only the signs between and missing zeros are mended."""
    for pattern, order in ((_YMD, (3, 2, 1)), (_DMY, (1, 2, 3))):
        match = pattern.match(line, start)
        if match is None and line[start : start + 1] in "\"'":
            match = pattern.match(line, start + 1)
        if match is not None and not line[match.end() : match.end() + 1].isalnum():
            day, month, year = (int(match.group(index)) for index in order)
            wanted = f"{day:02}/{month:02}/{year}"
            return line[: match.start()] + wanted + line[match.end() :] if parse_date(wanted) else None
    return None


def _right_case(line: str, folder: str, known: Mapping[str, str]) -> str | None:
    """Every address on the line that differs from a file only in capitals."""

    def right(match: re.Match[str]) -> str:
        address, rest = match["address"], match["rest"]
        target = posixpath.normpath(posixpath.join(folder, address))
        real = known.get(target.casefold())
        if real is None or real == target or "://" in address or target in known.values():
            return match.group()
        return f"]({match['open']}{posixpath.relpath(real, folder)}{rest}"

    return re.sub(r"\]\((?P<open>\s*<?)(?P<address>[^)\s>#?%\"]+)(?P<rest>[^)]*\))", right, line)


def renumber_steps(source: Source, findings: Sequence[Finding]) -> list[Mend]:
    """The order on the page is right, the written numbers are not."""
    finding = next((finding for finding in findings if finding.rule == "steps.number"), None)
    if finding is None:
        return []
    sheet = cut_sheet(source)
    section = sheet.section("Các bước")
    lines = source.lines
    changed = {}
    for step in read_steps(sheet, section) if section else ():
        number = step.phrase.place.line
        line = re.sub(r"^(\s*)\d{1,3}([.)])", rf"\g<1>{step.number}\g<2>", lines[number - 1])
        if line != lines[number - 1]:
            changed[number] = line
    if not changed:
        return []
    place = finding.place
    told = Text(f"{place.file}:{place.line}: đã đánh lại số các bước", f"{place.file}:{place.line}: steps renumbered")
    return [Mend(changed, told, (place.file, finding.rule, repr(changed)))]


# Letters, spaces, line ends.


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
        (_word_spaces, "đã bỏ khoảng trắng thừa trong câu", "needless spaces in sentences taken out"),
        (_final_newline, "đã thêm dấu xuống dòng cuối tệp", "final newline added"),
    ):
        before, text = text, clean(text, file)
        if text != before:
            tell(vi, en)
    return unicodedata.normalize("NFC", text), told


def _plain_spaces(text: str, _file: str) -> str:
    return _ODD_SPACE.sub(" ", _NO_WIDTH.sub("", text))


def _bare_ends(text: str, file: str) -> str:
    """Two spaces after words are Markdown's line break and stay, but not in front matter or YAML."""
    lines = text.split("\n")
    body = 0 if file.endswith(".md") else len(lines)
    if lines[0].rstrip() == "---" and file.endswith(".md"):
        body = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0) + 1
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


def _word_spaces(text: str, file: str) -> str:
    """In sentences of lessons; tables, code and what stands above the title keep theirs."""
    if not file.endswith(".md"):
        return text
    lines = text.split("\n")
    front = lines[0].rstrip() == "---"
    body = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0) + 1 if front else 0
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
