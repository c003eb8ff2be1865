"""Only what changed is made again; needs are made first and handed over."""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import pytest

from generator.engine.items import Bench, Desk, Item, Result
from generator.engine.make import Maker, WarmBrowser, in_need_order
from generator.engine.progress import Progress
from generator.engine.store import Store
from generator.ground.errors import ProofError, RefusedError
from generator.ground.findings import Place, error, warning
from generator.press.pages import Theme


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

    desk = cast(Desk, SimpleNamespace(project=SimpleNamespace(private=tmp_path), labels={}, theme=Theme(tmp_path)))
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


TITLE = Place("content/topics/mot/index.md", 12, 3)


def maker(tmp_path: Path) -> Maker:
    from types import SimpleNamespace

    lesson = SimpleNamespace(place=Place(TITLE.file), title=SimpleNamespace(place=TITLE))
    desk = SimpleNamespace(project=SimpleNamespace(private=tmp_path), labels={}, theme=Theme(tmp_path),
                           handbook=SimpleNamespace(lessons=[lesson]))
    return Maker(cast(Desk, desk), Store(tmp_path), Progress(io.StringIO()), {}, WarmBrowser())


def test_what_was_found_before_is_told_where_the_lesson_stands_today(tmp_path: Path) -> None:
    """Lines move without a word of the lesson changing, so its papers are not made again."""
    told = [warning("paper.left-out", Place(file, 7, 3), ("Bỏ hình.", "Left out."), ("Rút.", "Cut."))
            for file in (TITLE.file, "content/topics/mot/giong.wav")]
    item = Item("a", "a", "1", lambda _bench: Result({}, findings=tuple(told)), ())
    for _ in range(2):
        engine = maker(tmp_path)
        engine.make([item], ("a",))
        assert [finding.place for finding in engine.findings] == [told[1].place, TITLE]
    assert engine.fresh == 0


REFUSALS = [
    # What a product raises, what it wrote for it → what leaves step 5.
    (ProofError("Hình không hiện.", "No picture."), (TITLE.file, "mkdocs.yml"), (Place(TITLE.file), "paper.refused")),
    (RefusedError(error("paper.sign", TITLE, ("Dấu lạ.", "Odd sign."), ("Bỏ.", "Out."))), (TITLE.file,),
     (TITLE, "paper.sign")),
    (ProofError("Hỏng.", "Broken."), (), None),
]


@pytest.mark.parametrize(("problem", "sources", "told"), REFUSALS)
def test_a_refusal_says_in_which_file(
    tmp_path: Path, problem: ProofError, sources: tuple[str, ...], told: tuple[Place, str] | None
) -> None:
    def make(_bench: Bench) -> Result:
        raise problem

    with pytest.raises(ProofError) as caught:
        maker(tmp_path).make([Item("a", "a", "1", make, sources)], ("a",))
    assert caught.value.exit_code == 1
    if told is None:
        assert caught.value is problem
        return
    again = pickle.loads(pickle.dumps(caught.value))  # as a worker hands it back
    for refused in (caught.value, again):
        assert isinstance(refused, RefusedError)
        assert (refused.finding.place, refused.finding.rule) == told
        assert problem.text.vi in str(refused) and "Cách sửa: " in str(refused) and ":1" in str(refused)
