"""Địa chỉ trong lời: không giả đuôi .gov.vn, không rút gọn, không viết "bấm vào đây".
Địa chỉ giả làm mẫu thì nói rõ trong câu ấy là giả."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from generator.checks.looking.matter import Matter, Parts
from generator.checks.looking.places import Locator
from generator.checks.looking.wording import LEARNER, MANY, Told, Wording, sentences
from generator.checks.looking.wordlists import word_list
from generator.ground.findings import Finding, error, warning
from generator.handbook.lesson.markup import to_plain, walk_tokens

_HOST = re.compile(r"(?<![\w@.-])(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,})", re.IGNORECASE)
_DOT_INSIDE = re.compile(r"\.[a-zA-Z]")
_FALSE_WORDS = re.compile(r"\b(giả|lừa|đừng|không|sai|nhái|lạ|khác|bẫy)\b", re.IGNORECASE)
_HERE = re.compile(r"(?:bấm |xem |mở |vào |tại |ở )*(?:đây|link|xem thêm|liên kết này)", re.IGNORECASE)
_PRESS_HERE = re.compile(r"\bbấm (?:vào |tại )?(?:đây|link)\b", re.IGNORECASE)


def check(matter: Matter) -> Iterator[Finding]:
    short = word_list("short-links").names
    for wording in matter.wordings:
        dotted = {wording.at(match.start())[0]: None for match in _DOT_INSIDE.finditer(wording.text)}
        for told in dotted:
            yield from _hosts(wording, told, short)
        yield from _press_here(wording)
    for parts in matter.lessons:
        yield from _labels(parts)


def _hosts(wording: Wording, told: Told, short: frozenset[str]) -> Iterator[Finding]:
    for match in islice(_HOST.finditer(told.plain), MANY):
        host = match.group(1).lower()
        if host.removeprefix("www.") in short:
            yield error("address.short", wording.place(told, match.start(1), match.group(1)), host=host)
        elif _imitates(host) and not _told_false(told, match.start()):
            yield error("address.look-alike", wording.place(told, match.start(1), match.group(1)), host=host)


def _imitates(host: str) -> bool:
    if host == "gov.vn" or host.endswith(".gov.vn"):
        return False
    return bool(re.search(r"g[o0]v[-.]?vn|g[o0]v\.(?:com|net|org|info)|(?:^|[.-])g[o0]v-|\.gov$|\.g0v\.", host))


def _told_false(told: Told, start: int) -> bool:
    if told.role in ("wrong answer", "question"):
        return True
    at = 0
    for sentence in sentences(told.plain):
        at = told.plain.find(sentence, at)
        if at <= start < at + len(sentence):
            return bool(_FALSE_WORDS.search(sentence))
    return False


def _press_here(wording: Wording) -> Iterator[Finding]:
    if "đây" not in wording.words and "link" not in wording.words:
        return
    for told, match in wording.matches(_PRESS_HERE, LEARNER):
        if not wording.is_quoted(told, match.start(), match.group()):
            yield warning("link.here", wording.place(told, match.start(), match.group()), words=match.group())


def _labels(parts: Parts) -> Iterator[Finding]:
    links = [phrase for phrase in parts.phrases if "](" in phrase.text]
    for phrase, token in ((written, token) for written in links for token in walk_tokens(written.text)):
        if token.kind == "link" and _HERE.fullmatch(to_plain(token.text).strip()):
            yield warning("link.here/label", Locator(phrase, parts.lines).place(token.start), label=token.text)
