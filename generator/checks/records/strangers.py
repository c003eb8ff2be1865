"""What of another place stands in an edition: who copies a file and forgets a line prints the neighbour's police."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from generator.checks.looking.matter import Matter
from generator.checks.structure.links import known_hosts
from generator.ground.files import Source
from generator.ground.findings import Finding, error
from generator.handbook.config import same_place
from generator.handbook.editions import FOLDER
from generator.handbook.model import Edition, host_of
from generator.handbook.yaml_tree import Items, Leaf, Node, Pairs, read_yaml

ANYBODYS = frozenset({"tên", "cấp trên", "mã", "địa chỉ trang", "đơn vị dưới", "giọng", "mô hình", "lịch báo cáo",
                      "bài thêm"})
"""Keys whose values two places may share, or that have a rule of their own."""
_WORD = re.compile(r"\w+")
_PHONE = re.compile(r"\+?\d[\d\s./()\u2010-\u2015-]{6,}\d")
_FOR_ALL = ("1800", "1900")
"""Lines of a whole country or province; 113 and its like are too short to be looked at."""
_SPOT = re.compile(r"(?i:thôn|xóm|ấp|bản|khu|đường|phố|ngõ) (\w+ \w+)")
"""`thôn Mỗ Đoạn` is one village; a `thôn Đông` or `thôn 3` is in many places."""
_KINDS = re.compile(r"(?i)(?:xã|phường|thị trấn|đặc khu|tỉnh|thành phố)\s+")
_DOORS = re.compile(r"^www\.|(?<=/)(?:trang-chu|home|index\.html?)/$")
"""Ways to write where a site begins."""
Names = Mapping[tuple[str, ...], Edition]


def check(matter: Matter) -> Iterator[Finding]:
    """Told in the younger file: the older one was there to be copied."""
    editions = matter.editions_by_age
    names: dict[tuple[str, ...], Edition] = {}
    for edition in editions:
        first = names.setdefault(_words(edition.name), edition)
        if first is not edition and edition.name:
            yield error("edition.name-twice", matter.key_place(edition.id, ("tên",)), name=edition.name, id=first.id)
    names = {**_proper_names(editions), **names}
    yield from _in_lessons(matter, {words: one for words, one in names.items() if one.layers[1:-1] and len(words) > 2})
    owners: dict[str, list[Edition]] = {}
    for edition in editions:
        source = matter.reading.texts[f"{FOLDER}{edition.id}.yml"]
        for leaf in _leaves(source.file, source.text):
            yield from _of_another(matter, edition, leaf, names, owners)


def _proper_names(editions: Sequence[Edition]) -> dict[tuple[str, ...], Edition]:
    """`Đại Sơn` of `xã Đại Sơn`, as long as one place has that name: of one word it may be any word."""
    found: dict[tuple[str, ...], list[Edition]] = {}
    for edition in editions:
        found.setdefault(_words(_proper(edition)), []).append(edition)
    return {words: owners[0] for words, owners in found.items() if len(owners) == 1 and len(words) > 1}


def _proper(edition: Edition) -> str:
    return _KINDS.sub("", edition.name, count=1).partition(",")[0]


def _in_lessons(matter: Matter, communes: Names) -> Iterator[Finding]:
    """What the whole country reads names no commune of ours."""
    for wording in matter.wordings:
        text = wording.text.casefold()
        if any(" ".join(words) in text for words in communes):
            for spoken in wording.told:
                for named in _named_in(spoken.plain, communes):
                    yield error("edition.stranger/lesson", spoken.phrase.place, name=named.name, id=named.id)


def _of_another(
    matter: Matter, edition: Edition, leaf: Leaf, names: Names, owners: dict[str, list[Edition]]
) -> Iterator[Finding]:
    named = next((other for other in _named_in(leaf.text, names) if _unrelated(edition, other)), None)
    if named:
        yield error("edition.stranger", leaf.place, words=leaf.text, name=named.name, id=named.id)
    for mark in _marks(matter, leaf.text):
        others = owners.setdefault(mark, [])
        taken = next((other for other in others if _is_owners(mark, other)), None)
        if taken and not named and all(_unrelated(edition, other) for other in others):
            above = [one for one in edition.layers if one in taken.layers][-1:]
            yield error("edition.stranger/shared", leaf.place, words=leaf.text, name=taken.name, id=taken.id,
                        above=f"{FOLDER}{''.join(above)}.yml")
        others.append(edition)


def _unrelated(one: Edition, other: Edition) -> bool:
    """Neither stands on the other."""
    return one.id not in other.layers and other.id not in one.layers


def _words(text: str) -> tuple[str, ...]:
    """`Ð` of another alphabet looks like ours, and is typed for it."""
    return tuple(word.casefold().replace("ð", "đ") for word in _WORD.findall(text))


def _named_in(text: str, names: Names) -> Iterator[Edition]:
    """Places by their whole name: `xã An` is not named by `xã An Khánh`."""
    words = list(_WORD.finditer(text))
    longest = max(map(len, names), default=0)
    for start in range(len(words)):
        for end in range(min(len(words), start + longest), start, -1):
            found = names.get(_words(text[words[start].start() : words[end - 1].end()]))
            before = words[start - 1][0] if start else ""
            if found and (text.isupper() or not _is_longer(before, text[words[end - 1].end() :], names)):
                yield found
                break


def _is_longer(before: str, rest: str, names: Names) -> bool:
    """Whether a name goes on, or began before: `An Khánh Đông`, `Nguyễn An Khánh`. Another place's name ends it."""
    if before.istitle() and len(before) > 1 and not _KINDS.match(f"{before} "):
        return True
    after = _words(rest) if rest[:2].lstrip(" ").istitle() else ()
    return bool(after) and not any(after[: len(name)] == name for name in names)


def _marks(matter: Matter, text: str) -> Iterator[str]:
    """By what a value is known again, where it belongs to one place."""
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0].replace("+84", "0"))
        if len(digits) >= 8 and not digits.startswith(_FOR_ALL):
            yield digits
    if text.lower().startswith(("http://", "https://")):
        if host_of(text) not in known_hosts(matter):
            yield _DOORS.sub("", same_place(text))
    elif " " in text.strip():
        yield " ".join(text.split())


def _is_owners(mark: str, owner: Edition) -> bool:
    """Words that would suit any place are nobody's own."""
    proper = _proper(owner)
    spots = any(match[1].istitle() for match in _SPOT.finditer(mark))
    return " " not in mark or spots or (bool(proper) and proper in mark)


@lru_cache(maxsize=10_000)
def _leaves(file: str, text: str) -> Sequence[Leaf]:
    root = read_yaml(Source(file, text))[0]
    pairs = root.pairs if isinstance(root, Pairs) else ()
    return tuple(leaf for name, value in pairs if name.text not in ANYBODYS for leaf in _below(value))


def _below(node: Node) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        yield node
    for part in node.items if isinstance(node, Items) else ():
        yield from _below(part)
    for _, part in node.pairs if isinstance(node, Pairs) else ():
        yield from _below(part)
