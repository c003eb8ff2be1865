from __future__ import annotations

import pytest

from generator.engine.items import Desk
from generator.ground.files import find_project
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.press.browser import Browser
from tests.desks import MOMENT, desk, handbook, thinned
from tests.projects import make_project
from tests.proof.house import PROVE, House, print_house

TOPIC, OTHER, BOOK, PACK = "quet-ma-qr", "tranh-lua-dao", "phan-3", "hoc-sinh"
LESSONS = (TOPIC, OTHER, "khai-sinh", "giu-mat-khau-otp", "con-chau-tren-mang")
"""Two of the path, three of the part and a card."""
OF_EACH = (
    f"qr:{handbook().number_of(TOPIC)}", f"leaflet:{TOPIC}", f"leaflet:{OTHER}", "leaflet:khai-sinh",
    f"booklet:{BOOK}", "fold:thu-may-in", f"fold:{BOOK}", f"fold:2up-{TOPIC}", f"fold:pack-{PACK}", "entry",
    f"poster:{TOPIC}", f"poster:share:{TOPIC}", "sheet", f"grandchild:{TOPIC}", f"large:{BOOK}", f"trainer:{BOOK}",
    f"shop:{BOOK}", f"ink:{TOPIC}", f"picture:{TOPIC}", f"review:{TOPIC}", "screens",
)
TO_BREAK = (
    "qr", f"leaflet:{TOPIC}", f"leaflet:{OTHER}", "booklet:nguoi-cao-tuoi", "fold:nguoi-cao-tuoi", f"fold:2up-{TOPIC}",
    f"poster:{TOPIC}", f"poster:share:{TOPIC}", "sheet:gia-dinh-so", f"grandchild:{TOPIC}",
)


@pytest.fixture(scope="session")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> House:
    """Of the shipped handbook some of every kind, of books and lists about few lessons; when proving all that there is.
    Printed once for all tests."""
    return print_house(desk(thinned(*LESSONS)), () if PROVE else OF_EACH, browser, tmp_path_factory.mktemp("memory"))


@pytest.fixture(scope="session")
def four(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> House:
    """Of the four topics that never change: papers to break, at places that stay where they are."""
    folder = tmp_path_factory.mktemp("four")
    project = find_project(make_project(folder))
    book = select(read_handbook(project).handbook, "viet-nam")
    table = Desk(project, book, MOMENT, browser="test")
    return print_house(table, TO_BREAK, browser, folder)
