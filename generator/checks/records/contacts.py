"""Whom an edition says to ask: a unit by its name, a number that can be dialled, hours; each where it belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.checks.language.privacy import has_mobile
from generator.checks.looking.matter import Matter
from generator.checks.records.editions import no_answers
from generator.ground.files import Source
from generator.ground.findings import Finding, Place, error
from generator.handbook.editions import FOLDER
from generator.handbook.phones import EDGES, Fault, is_for_all, numbers_in, phone_fault
from generator.handbook.yaml_tree import Leaf, Node, Pairs, read_yaml

_DAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|t[2-7]|cn)"
_HOURS = re.compile(
    r"(?i)(?<!\w)(?:(?!24)[0-9]{1,2} ?(?:giờ|h(?![a-zà-ỹ]))(?: ?[0-9]{2})?|[0-9]{1,2}:[0-9]{2}|giờ hành chính"
    rf"|24/(?:24|7)|(?:từ )?{_DAY} ?(?:đến|tới|[\u2010-\u2015-]) ?{_DAY})(?!\w)")
_WHEN = re.compile(
    rf"(?i)(?:(?:(?:các |mỗi )?(?:buổi )?(?:sáng|trưa|chiều|tối|đêm)|(?:cả|hằng|hàng|mỗi) (?:ngày|tuần)|ngày|{_DAY}"
    r"|và|đến|giờ|làm việc)[\s,;.-]*)+")
"""Nothing but times: `sáng`, `cả ngày`."""
_OUTSIDE = re.compile(r"(?i)\S*@\S*|(?:https?://|www\.)\S*|[\w.-]+\.(?:vn|com|net|org|info)(?![\w.])\S*")
_COUNT = "(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín)"
_SPELLED = re.compile(rf"(?i)(?<!\w){_COUNT}(?:[\s,.-]+{_COUNT}){{4,}}(?!\w)")
"""`không hai hai năm ba …`."""
_BRAND = re.compile(r"\w[A-Z]|\w{7}")
_ROOM = re.compile(r"(?i)(?:[,;:]|(?<!\w)(?:gọi|số máy|sđt|đt|điện thoại)[:.]?)\s*(?P<words>[0-9]{3,})$")


def check(matter: Matter) -> Iterator[Finding]:
    for source in matter.reading.texts.values():
        if source.file.startswith(FOLDER):
            yield from _of_edition(source)


@lru_cache(maxsize=10_000)
def _of_edition(source: Source) -> tuple[Finding, ...]:
    root, told = read_yaml(source)[0], no_answers(source)
    roles = root.get("giúp đỡ") if isinstance(root, Pairs) else None
    pairs = roles.pairs if isinstance(roles, Pairs) else ()
    return tuple(finding for _, contact in pairs for finding in _of_contact(source, contact)
                 if finding.place not in told)


def _of_contact(source: Source, contact: Node) -> Iterator[Finding]:
    for name, value in contact.pairs if isinstance(contact, Pairs) else ():
        ask = _ASKED.get(name.text)
        if not (ask and isinstance(value, Leaf)) or not value.text.strip():
            continue
        if fault := ask(value.text.strip()):
            yield _told(fault, _inside(source, value))


def _told(fault: Fault, place: Place) -> Finding:
    rule = {
        "no phone": "edition.phone", "letter": "edition.phone/letter", "words": "edition.phone/words",
        "digits": "edition.phone/digits", "mark": "edition.phone/mark", "mobile": "edition.phone/mobile",
        "no unit": "edition.unit", "number": "edition.unit/number", "hours": "edition.unit/hours",
        "outside": "edition.unit/outside", "edge": "edition.unit/mark", "no hours": "edition.hours",
    }[fault.case]
    return error(rule, place, words=fault.words, letter=fault.letter, count=fault.digits)


def _inside(source: Source, leaf: Leaf) -> Place:
    """Where its first letter stands, behind the quotation mark."""
    place, line = leaf.place, source.text.split("\n")[leaf.place.line - 1]
    quoted = not leaf.plain and line[place.column - 1 : place.column] in ('"', "'")
    return Place(place.file, place.line, place.column + quoted)


def _of_phone(phone: str) -> Fault | None:
    """A mobile number is told as what belongs to one person wherever it stands."""
    fault = phone_fault(phone)
    return None if fault and has_mobile(fault.words) else fault


def _of_hours(hours: str) -> Fault | None:
    row = next((row[0] for row in numbers_in(hours) if re.search("[0-9]{3}", row[0])), "")
    return Fault("no hours", row) if row and not has_mobile(row) else None


def unit_fault(unit: str) -> Fault | None:
    """What is no part of a unit's name: a phone, hours, an address of the web."""
    if outside := _OUTSIDE.search(unit):
        return Fault("outside", outside[0])
    number = next((row[0] for row in numbers_in(unit) if not is_for_all(row[0])), "")
    if found := number or next((found[0] for found in _SPELLED.finditer(unit)), ""):
        return None if has_mobile(found) else Fault("number", found)
    if hours := _HOURS.search(unit) or _WHEN.fullmatch(unit):
        return Fault("hours", hours[0])
    if room := _ROOM.search(unit):
        return Fault("number", room["words"])
    if unit[0] in EDGES or unit[-1] in EDGES:
        return Fault("edge", unit)
    return None if _is_name(unit) else Fault("no unit", unit)


def _is_name(unit: str) -> bool:
    """Two words, or one that is no word or first name of ours: `UBND`, `Viettel`."""
    words = re.findall(r"\w+", unit)
    letters = [word for word in words if re.match(r"[^\W\d_]{2}", word)]
    return bool(letters) and (len(words) > 1 or bool(_BRAND.search(letters[0])))


_ASKED = {"đơn vị": unit_fault, "điện thoại": _of_phone, "giờ": _of_hours}
