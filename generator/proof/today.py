"""A paper of a text that is no more: of a lesson, or of what its place says. Beside the one of today it looks right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.ground.files import Project
from generator.ground.findings import Text
from generator.handbook.lesson.texts import SHAPE, text_name
from generator.handbook.printed import printed_today, read_printed
from generator.handbook.read import read_handbook
from generator.press.binder import facts
from generator.press.orders import APPROVED, PARTLY
from generator.proof.faults import Fault

NAMED = re.compile(rf"[a-z0-9-]+ {SHAPE.pattern}")
"""A lesson or place and the name of its text."""


def texts_today(project: Project) -> dict[str, str]:
    """By lesson and edition; empty for a lesson whose picture cannot be read, and `hocso check` tells why."""
    book = read_handbook(project).handbook
    found = {key: text for edition in book.editions for key, text in printed_today(edition).items()}
    for lesson in book.lessons:
        try:
            found[lesson.slug] = text_name(lesson, lambda file: project.path(file).read_bytes())
        except OSError:
            found[lesson.slug] = ""
    return found


def names_in(data: bytes) -> tuple[list[str], str]:
    """Approved texts that a file names, and what it says of its place."""
    told = facts.about(data)
    words = told.get("Keywords", "")
    approved = NAMED.findall(words) if words.startswith((APPROVED, PARTLY)) else []
    return [*dict.fromkeys(approved)], told.get("Place", "")


def outdated(data: bytes, today: Mapping[str, str]) -> Iterator[Fault]:
    approved, place = names_in(data)
    for name, text in (one.split(" ") for one in approved):
        if name not in today:
            yield Fault("outdated", Text(f"bài cũ: trong sách nay không đọc được bài {name} mà tờ này in. Bỏ tờ này",
                                         f"an old lesson: {name} cannot be read in the book now. Take this paper away"))
        elif today[name] not in ("", text):
            yield Fault("outdated", Text(
                f"chữ cũ: tờ này in bản {text} của bài {name}, nay bài ấy là bản {today[name]}. Dựng lại tờ này",
                f"old words: it shows text {text} of the lesson {name}, which is {today[name]} now. Build it again"))
    for key, text in read_printed(place):
        if today.get(key, text) != text:
            name, _, value = key.partition(": ")
            yield Fault("outdated", Text(
                f"chữ cũ: {value or 'nơi giúp, số máy, giờ hay địa chỉ'} của bản {name} đã đổi từ khi làm tờ này. "
                "Dựng lại tờ này",
                f"old words: {value or 'whom to ask, numbers, hours or address'} of {name} changed since. "
                "Build it again"))
