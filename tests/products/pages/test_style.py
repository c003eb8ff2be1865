"""One style for all framed pages: as much of Material's as they use, and they look as with all of it."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from generator.ground.files import find_project
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.press.browser import Browser
from generator.press.framed import STYLE
from generator.press.framer import run_mkdocs
from generator.press.pages import Theme
from generator.products.pages.parts.web import Web
from generator.products.pages.site import framed
from tests.projects import ROOT, put
from tests.samples import PROVE
from tests.windows import window

pytestmark = pytest.mark.long

PAGES = ("index", "coverage/index", "downloads/index", "embed/index", "topics/quet-ma-qr/index",
         "cards/chung-thuc/index")
MORE = ("parts/index", "paths/index", "cards/index", "glossary/index", "privacy/index") * PROVE
NOISE = 8
"""Of 255: the same page twice may differ so much in a pixel where a curve ends."""
LOOKS: dict[str, tuple[tuple[int, int], dict[str, Any], str]] = {
    "narrow": ((360, 640), {}, ""),
    "wide, dark, all open": ((1280, 800), {"color_scheme": "dark"}, "open"),
    "printed": ((1280, 800), {}, "print"),
}
STILL = "document.querySelectorAll('video').forEach(film => film.style.visibility = 'hidden')"
"""What a browser shows while a film loads is not ours."""
SEEN = """Promise.all([...document.images].map(one => { one.loading = 'eager'; return one.decode().catch(() => 0) }))"""
"""What is below the fold is loaded when it likes."""
OPEN = """document.querySelectorAll('details').forEach(one => one.open = true);
document.querySelector('.head-look').click();
document.querySelectorAll('[type=radio], [type=checkbox]').forEach(one => one.click());"""
"""Whatever scripts add is there too."""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """As we make it, and dressed in all of Material."""
    project = find_project(ROOT)
    own = framed(Web(select(read_handbook(project).handbook, "viet-nam"), Theme(project.theme)))
    files = run_mkdocs(project, own)
    templates = resources.files("material") / "templates/assets/stylesheets"
    material = [file.read_text("utf-8") for file in sorted(templates.iterdir(), key=lambda one: one.name)
                if file.name.endswith(".css")]
    whole = files | {STYLE: "\n".join([*material, own.style]).encode()}
    folders = tmp_path_factory.mktemp("ours"), tmp_path_factory.mktemp("whole")
    for folder, made in zip(folders, (files, whole), strict=True):
        for name, data in made.items():
            put(folder, name, data)
    assert len(files[STYLE]) < len(whole[STYLE]) / 4
    return folders


def shot(browser: Browser, file: Path, look: str) -> Any:
    viewport, options, state = LOOKS[look]
    with window(browser, viewport, reduced_motion="reduce", **options) as visit:
        visit.page.goto(file.as_uri(), wait_until="load")
        visit.page.evaluate(STILL)
        visit.page.evaluate(SEEN)
        if state == "open":
            visit.page.evaluate(OPEN)
        if state == "print":
            visit.page.emulate_media(media="print")
        data = np.frombuffer(visit.page.screenshot(full_page=True, animations="disabled"), np.uint8)
        picture = cv2.imdecode(data, cv2.IMREAD_COLOR)
        assert picture is not None
        return picture.astype(int)


@pytest.mark.wide
@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
def test_pages_look_as_with_all_of_material(look: str, sites: tuple[Path, Path], browser: Browser) -> None:
    turn = [*LOOKS].index(look)
    for page in PAGES + MORE if PROVE else PAGES[turn :: len(LOOKS)]:
        ours, whole = (shot(browser, folder / f"{page}.html", look) for folder in sites)
        assert ours.shape == whole.shape, page
        assert np.abs(ours - whole).max() <= NOISE, page
