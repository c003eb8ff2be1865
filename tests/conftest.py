"""What tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from generator import foreman
from generator.ground.history import today
from generator.press.browser import Browser
from generator.proof import made, run
from tests.samples import sampled
from tests.warm import Kept, Shared, keep_browsers, share_drawings

MANY = 200
"""Files that are still read here."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--sampled", action="store_true",
                     help="of slow tests some cases, the same at every run, and none of the slowest")
    parser.addoption("--update", action="store_true", help="write what rules say now into their tables of cases")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: while a test waits for a film, a program or an end of time, another works."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest files are handed out first, so that nobody waits for one of them at the end."""
    if config.getoption("--sampled"):
        kept = sampled(items)
        chosen = {*kept}
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = kept
    long = {item.path for item in items if item.get_closest_marker("long")}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(autouse=True)
def in_vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages come in the editor's language, whatever the developer's own."""
    monkeypatch.delenv("HOCSO_LANG", raising=False)


@pytest.fixture(autouse=True)
def on_the_day_of_the_last_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a place says and git does not hold yet is of today, when nobody signed before; commits here have a clock of
    their own."""
    monkeypatch.setattr("generator.commands.editions.sign.calendar_day", today)


@pytest.fixture(autouse=True, scope="session")
def kept_browsers() -> Iterator[Kept]:
    with pytest.MonkeyPatch.context() as patch:
        kept = keep_browsers(patch.setattr)
        yield kept
        kept.end()


@pytest.fixture(autouse=True, scope="session")
def one_after_another() -> Iterator[None]:
    """Small editions are made and read sooner here than by others that must first start; tests of those ask for
    them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(foreman, "MOST_WORKERS", 1)
        patch.setattr(made, "FEW", MANY)
        patch.setattr(made, "LITTLE", MANY * made.LITTLE)
        patch.setattr(run, "FEW", MANY)
        yield


@pytest.fixture(autouse=True, scope="session")
def shared_drawings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """Of this run alone, for all who work side by side in it."""
    base = tmp_path_factory.getbasetemp()
    with pytest.MonkeyPatch.context() as patch:
        yield share_drawings(patch.setattr, (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "drawings")


@pytest.fixture(autouse=True, scope="module")
def remembered(request: pytest.FixtureRequest, shared_drawings: Shared) -> Iterator[None]:
    shared_drawings.asked = request.node.get_closest_marker("remembers") is not None
    yield
    shared_drawings.asked = False


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests. Without one they fail, unless this machine is said to have none."""
    if os.environ.get("HOCSO_NO_BROWSER") == "1":
        pytest.skip("HOCSO_NO_BROWSER=1")
    with Browser() as opened:
        yield opened
