"""A paper to read, for those who hear it: it keeps to PDF/UA-1, and its tags lead to all of it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ground.findings import Text
from generator.press import judge
from generator.press.binder.facts import is_tagged
from generator.press.binder.reach import unreached
from generator.proof.faults import Fault


def prove_heard(data: bytes) -> Iterator[Fault]:
    if not is_tagged(data):
        yield Fault("untagged", Text("tệp không có thẻ, người khiếm thị không nghe đọc được",
                                     "is not tagged; it cannot be read by ear"))
        return
    for one in judge.breaches(data):
        yield Fault("pdf-ua", one.what, one.page)
    for lost in unreached(data):
        yield Fault("no-alt" if lost.is_mute else "unreached", lost.what, lost.page)
