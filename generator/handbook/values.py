"""One located YAML value → one typed value; every mistake is a finding with its mend."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.ground.files import fold
from generator.ground.findings import Edit, Finding, Place, error, warning
from generator.handbook import keys
from generator.handbook.mistakes import unknown_key, wrong_type
from generator.handbook.model import Change, Phrase
from generator.handbook.yaml_tree import Items, Leaf, Node, Pairs, escape, quote

Found = list[Finding]
FIRST_YEAR, LAST_YEAR = 1970, 2099
"""Nothing here is older than clocks count, nor signed for by anybody alive."""


def text_value(node: Node, found: Found) -> str | None:
    if isinstance(node, Leaf):
        return " ".join(node.text.split())
    found.append(_colon_in_text(node) or wrong_type(node.place, "một dòng chữ", "one line of text"))
    return None


def _colon_in_text(node: Node) -> Finding | None:
    """`- tên: nút` where a line of text is wanted: YAML takes it for a key and its value."""
    if not isinstance(node, Pairs) or len(node.pairs) != 1:
        return None
    name, value = node.pairs[0]
    if not isinstance(value, Leaf) or value.place.line != name.place.line:
        return None
    mark = "" if value.plain else '"'
    edits = (Edit(name.place, name.text, f'"{escape(name.text)}'),
             Edit(value.place, f"{mark}{value.text}{mark}", f'{escape(value.text)}"'))
    return error("yaml.colon", node.place, edits=edits, quoted=quote(f"{name.text}: {value.text}"))


def phrase_value(node: Node, found: Found) -> Phrase | None:
    text = text_value(node, found)
    return None if text is None else Phrase(text, node.place)


def flag_value(node: Node, found: Found) -> bool | None:
    text = text_value(node, found)
    if text is None or fold(text) in ("co", "khong", ""):
        return None if text is None else fold(text) == "co"
    found.append(wrong_type(node.place, "`có` hoặc `không`", "`có` or `không`"))
    return None


def whole_value(node: Node, found: Found) -> int | None:
    if isinstance(node, Leaf) and re.fullmatch(r"[0-9]{1,4}", node.text.strip()) and int(node.text) > 0:
        return int(node.text)
    found.append(wrong_type(node.place, "một số nguyên, ví dụ 15", "a whole number such as 15"))
    return None


def date_value(node: Node, found: Found) -> date | None:
    day = parse_date(node.text) if isinstance(node, Leaf) else None
    if day is None:
        found.append(wrong_type(node.place, "một ngày có thật, ví dụ 20/11/2026", "a real date such as 20/11/2026"))
    return day


def parse_date(text: str) -> date | None:
    """Digits of another alphabet (`２０/１１/２０２６`) are no day: nobody reads them on a sheet."""
    match = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text.strip())
    parts = match.groups()[::-1] if match else None
    if parts is None:
        iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text.strip())
        parts = iso.groups() if iso else None
    if parts is None:
        return None
    try:
        found = date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def status_value(node: Node, found: Found) -> str | None:
    text = node.text.strip() if isinstance(node, Leaf) else ""
    if text in keys.STATUS_WORDS:
        return keys.STATUS_WORDS[text]
    if text == keys.APPROVED_BEFORE:  # what front matter says of approvals is moved, never believed
        found.append(warning("approval.status", node.place, edits=(Edit(node.place, text, "đã rà soát"),)))
        return "reviewed"
    words = ", ".join(f"`{word}`" for word in keys.STATUS_WORDS)
    found.append(error("key.status", node.place, name=text, words=words))
    return None


def accent_value(node: Node, found: Found) -> str | None:
    text = node.text.strip() if isinstance(node, Leaf) else "-"
    by_name = {fold(word): accent for word, accent in keys.ACCENTS.items()}
    if not text or fold(text) in by_name:
        return by_name.get(fold(text), "")
    found.append(wrong_type(node.place, "`bắc`, `trung` hoặc `nam`", "`bắc`, `trung` or `nam`"))
    return None


def phrases_value(node: Node, found: Found) -> tuple[Phrase, ...] | None:
    """A list of lines; a single line counts as a list of one, an empty value as none."""
    if isinstance(node, Leaf):
        return (Phrase(" ".join(node.text.split()), node.place),) if node.text.strip() else ()
    if isinstance(node, Items):
        phrases = [phrase_value(item, found) for item in node.items]
        return tuple(phrase for phrase in phrases if phrase is not None and phrase.text)
    found.append(wrong_type(node.place, "một danh sách, mỗi dòng bắt đầu bằng `- `", "a list, each line with `- `"))
    return None


def audiences_value(node: Node, found: Found) -> tuple[Phrase, ...] | None:
    """A list, or names with commas on one line, as people write them."""
    if isinstance(node, Leaf) and "," in node.text:
        return tuple(_names_on_line(node))
    audiences = phrases_value(node, found)
    if audiences == ():
        found.append(wrong_type(node.place, "tên đối tượng", "the name of an audience"))
        return None
    return audiences


def _names_on_line(node: Leaf) -> Iterator[Phrase]:
    start = 0 if node.plain else 1
    for name in node.text.split(","):
        if name.strip():
            lead = len(name) - len(name.lstrip())
            yield Phrase(" ".join(name.split()), Place(node.place.file, node.place.line,
                                                       node.place.column + start + lead))
        start += len(name) + 1


def texts_value(node: Node, found: Found) -> tuple[str, ...] | None:
    phrases = phrases_value(node, found)
    return None if phrases is None else tuple(phrase.text for phrase in phrases)


def frames_value(node: Node, found: Found) -> tuple[tuple[str, tuple[str, ...]], ...] | None:
    if is_blank(node):
        return ()
    if not isinstance(node, Pairs):
        found.append(wrong_type(node.place, "`digcomp: [\"1.1\"]`", "`digcomp: [\"1.1\"]`"))
        return None
    frames = []
    for name, value in node.pairs:
        if name.text not in keys.FRAMES:
            found.append(unknown_key(name, keys.FRAMES, len(found)))
            continue
        codes = texts_value(value, found)
        frames.append((name.text, codes or ()))
    return tuple(frames)


def changes_value(node: Node, found: Found) -> tuple[Change, ...] | None:
    if is_blank(node):
        return ()
    if not isinstance(node, Pairs):
        found.append(wrong_type(node.place, "`20/11/2026: một câu`", "`20/11/2026: one sentence`"))
        return None
    changes = []
    for name, value in node.pairs:
        day = date_value(name, found)
        phrase = phrase_value(value, found)
        if day and phrase:
            changes.append(Change(day, phrase))
    return tuple(sorted(changes, key=lambda change: change.day, reverse=True))


def film_value(node: Node, found: Found) -> Phrase | None:
    return None if is_blank(node) else phrase_value(node, found)


def is_blank(node: Node) -> bool:
    return isinstance(node, Leaf) and not node.text.strip()


def node_value(node: Node, _found: Found) -> Node:
    """Left as it is for the reader of that file."""
    return node
