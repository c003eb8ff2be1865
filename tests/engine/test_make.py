"""Only what changed is made again; needs are made first and handed over."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import pytest

from generator.engine.items import Bench, Desk, Item, Result
from generator.engine.make import Maker, WarmBrowser, in_need_order
from generator.engine.progress import Progress
from generator.engine.store import Store


class Log(list[str]):
    """Names of items in the order they were made."""

    def item(self, name: str, digest: str = "1", needs: tuple[str, ...] = (), **facts: int) -> Item:
        def make(bench: Bench) -> Result:
            self.append(name)
            seen = {need: bench.needed[need].facts for need in needs if need in bench.needed}
            return Result({f"site/{name}": f"{digest} {seen}".encode()}, facts)

        return Item(name.split(":")[0], name, digest, make, (), needs)


def run(tmp_path: Path, items: list[Item], known: Mapping[str, str] | None = None, *wanted: str) -> dict[str, str]:
    from types import SimpleNamespace

    desk = cast(Desk, SimpleNamespace(project=SimpleNamespace(private=tmp_path), labels={}))
    names = wanted or tuple(dict.fromkeys(item.product for item in items))
    made = Maker(desk, Store(tmp_path), Progress(io.StringIO()), known or {}, WarmBrowser()).make(items, names)
    return {name: result.key for name, result in made.items()}


def test_nothing_is_made_twice(tmp_path: Path) -> None:
    log = Log()
    run(tmp_path, [log.item("a"), log.item("b")])
    run(tmp_path, [log.item("a"), log.item("b", "2")])
    assert log == ["a", "b", "b"]


def test_what_needs_a_changed_item_is_made_again(tmp_path: Path) -> None:
    log = Log()
    for digest in ("1", "1", "2"):
        run(tmp_path, [log.item("site", needs=("leaflet:x",)), log.item("leaflet:x", digest, pages=2)])
    assert log == ["leaflet:x", "site", "leaflet:x", "site"]


def test_a_need_not_asked_for_is_handed_over_as_published(tmp_path: Path) -> None:
    log = Log()
    items = [log.item("leaflet:x", pages=2), log.item("site", needs=("leaflet:x",))]
    known = run(tmp_path, items)
    log.clear()
    changed = [log.item("leaflet:x", "2", pages=2), log.item("site", needs=("leaflet:x",))]
    assert run(tmp_path, changed, known, "site")["site"] == known["site"]
    assert log == []


def test_an_absent_need_is_left_out(tmp_path: Path) -> None:
    log = Log()
    assert list(run(tmp_path, [log.item("site", needs=("leaflet:x",))])) == ["site"]


def test_needs_in_a_circle_are_a_programmers_mistake() -> None:
    log = Log()
    with pytest.raises(AssertionError, match="circle"):
        in_need_order([log.item("a", needs=("b",)), log.item("b", needs=("a",))])
