"""Each product's case: what it plans of four topics that never change. `pytest … --update` writes the file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.ground.files import find_project
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.products import NAMES, plan_product
from tests.desks import desk
from tests.projects import FOUR, make_project

CASES = FOUR / "products.txt"
"""A line a product: its name, then its items."""


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    project = find_project(make_project(tmp_path_factory.mktemp("four")))
    table = replace(desk(select(read_handbook(project).handbook, "viet-nam")), project=project)
    return {name: [item.name.removeprefix(f"{name}:") for item in plan_product(name, table)] for name in NAMES}


def told() -> dict[str, list[str]]:
    rows = (line.partition(": ") for line in CASES.read_text("utf-8").splitlines())
    return {name: items.split() for name, _, items in rows}


def test_every_product_has_its_case(planned: dict[str, list[str]], request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update"):
        CASES.write_text("".join(f"{name}: {' '.join(items)}\n" for name, items in planned.items()), "utf-8")
    assert told().keys() == {*NAMES}, f"{CASES.name} and the products differ; run with --update and read what it wrote"


@pytest.mark.parametrize("name", NAMES)
def test_a_product_plans_what_its_case_says(name: str, planned: dict[str, list[str]]) -> None:
    assert told().get(name) == planned[name]
