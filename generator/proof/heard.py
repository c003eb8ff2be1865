"""A paper to read, for those who hear it: it keeps to PDF/UA-1, and its tags lead to all of it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ground.findings import Text
from generator.press import judge
from generator.press.binder.facts import is_tagged
from generator.press.binder.reach import unreached
from generator.press.binder.thin import thinned
from generator.proof.faults import Fault
from generator.proof.memory import Memory


def prove_heard(data: bytes, known: Memory | None = None) -> Iterator[Fault]:
    """What is `known` to be sound of its drawings need not be judged again."""
    if not is_tagged(data):
        yield Fault("untagged", Text("tệp không có thẻ, người khiếm thị không nghe đọc được",
                                     "is not tagged; it cannot be read by ear"))
        return
    for one in judge.breaches(data) if known is None else _breaches(data, known):
        yield Fault("pdf-ua", one.what, one.page)
    for lost in unreached(data):
        yield Fault("no-alt" if lost.is_mute else "unreached", lost.what, lost.page)


def _breaches(data: bytes, known: Memory) -> list[judge.Breach]:
    """Of the file as it is when anything is wrong: then every place is to be told."""
    thin = thinned(data, known.__contains__)
    found = judge.breaches(thin.data)
    if not found:
        known.add(thin.fresh)
    return judge.breaches(data) if found and thin.data is not data else found
