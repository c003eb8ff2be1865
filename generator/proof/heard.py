"""A paper to read, for those who hear it: it keeps to PDF/UA-1, and its tags lead to all of it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ground.findings import Text
from generator.press import judge
from generator.press.binder.facts import has_tags
from generator.press.binder.file import opened
from generator.press.binder.reach import unreached_in
from generator.press.binder.thin import Thin, thinned
from generator.proof.faults import Fault
from generator.proof.memory import Memory


def prove_heard(data: bytes, known: Memory | None = None) -> Iterator[Fault]:
    """What is `known` to be sound of its drawings need not be judged again."""
    with opened(data) as pdf:
        if not has_tags(pdf):
            yield Fault("untagged", Text("tệp không có thẻ, người khiếm thị không nghe đọc được",
                                         "is not tagged; it cannot be read by ear"))
            return
        unheard = unreached_in(pdf)
        thin = Thin(data, frozenset()) if known is None else thinned(pdf, data, known.__contains__)
    found = judge.breaches(thin.data)
    if found and thin.data is not data:
        found = judge.breaches(data)  # of the file as it is, for every place is to be told
    elif known is not None and not found:
        known.add(thin.fresh)
    for one in found:
        yield Fault("pdf-ua", one.what, one.page)
    for lost in unheard:
        yield Fault("no-alt" if lost.is_mute else "unreached", lost.what, lost.page)
