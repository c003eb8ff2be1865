"""The code files: one pair for every number, holding exactly its address."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.engine.items import Bench, Desk
from generator.ground.files import find_project
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.press.browser import Browser
from generator.press.drawer import number_code
from generator.products.carry import qr
from tests.projects import EPOCH, ROOT


def desk(edition: str) -> Desk:
    project = find_project(ROOT)
    return Desk(project, select(read_handbook(project).handbook, edition), EPOCH, browser="")


def no_browser() -> Browser:
    raise AssertionError("codes take no browser")


def test_every_number_has_a_vector_and_a_picture() -> None:
    own = desk("viet-nam")
    made = [item.make(Bench(own.project, no_browser, Path("nowhere"))) for item in qr.plan(own)]
    files = {path: data for result in made for path, data in result.files.items()}
    assert set(files) == {f"qr/{row.number}.{kind}" for row in own.handbook.ledger for kind in ("svg", "png")}
    assert files["qr/1041.png"].startswith(b"\x89PNG")
    assert b"https://hocso.example/1041" in files["qr/1041.svg"]
    assert made[0].facts["url"] == "https://hocso.example/1041"


def test_a_code_is_made_again_only_when_its_address_changed() -> None:
    first, again, other = (qr.plan(desk(edition))[0].digest for edition in ("viet-nam", "viet-nam", "viet-nam"))
    assert first == again == other
    book = desk("viet-nam").handbook
    moved = replace(book, edition=replace(book.edition, address="https://elsewhere.example/"))
    elsewhere = qr.plan(replace(desk("viet-nam"), handbook=moved))[0].digest
    assert elsewhere != first


@pytest.mark.parametrize("width", [qr.WIDTH_MM])
def test_modules_are_never_too_small(width: float) -> None:
    assert number_code("https://hocso.example/1041", width).module_mm(width) >= 0.6
