"""Which files of dist a proof opens, and which never: for every kind of file that products say they make."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main
from generator.engine.tree import BOOK, MANIFEST, NOTE, SYNC_LIST
from generator.ground.files import find_project
from generator.products import folders, products
from generator.proof.boxed import Unpacking
from generator.proof.leaving import leaving
from generator.proof.run import prove_files
from tests.projects import approve, make_project, put

pytestmark = [pytest.mark.long, pytest.mark.remembers]
SLUG = "quet-ma-qr"
NEVER = {
    "clips/*.mp4": "no machine watches a film: the note of its build tells of it, its pictures beside it are read",
    "clips/*-720x1280.mp4": "a film", "clips/led/*.mp4": "a film of the pictures beside it",
    "loudspeaker/*.mp3": "no machine listens: the note of its build tells of it, its words beside it are read",
}
ITEMS = (f"poster:share:{SLUG}", f"leaflet:{SLUG}", f"loudspeaker:{SLUG}", f"led:{SLUG}", f"clip:{SLUG}",
         f"vertical:{SLUG}", "storyboard:cai-vneid", "qr:1041", f"review:{SLUG}", "gallery")
OF_TREE = {MANIFEST, SYNC_LIST, BOOK, NOTE}


def opened(root: Path) -> set[str]:
    found = leaving(find_project(root), [], Unpacking(root / ".hocso/proof"))
    return {path.relative_to(root / "dist").as_posix() for path in found.outer if found.sorts[path] != "other"}


def test_every_kind_of_file_is_opened_or_is_known_not_to_be(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    papers = [kind.file for product in products().values() for kind in product.papers]
    others = {kind.file: kind.holds for product in products().values() for kind in product.beside}
    assert {file for file, holds in others.items() if not holds and not file.endswith(".html")} == {*NEVER}
    made = {file.replace("*", SLUG).replace("#", "1"): file for file in (*papers, *others)}
    for name in made:
        put(root, f"dist/{name}", b"?")
        put(root, f"dist/editions/xa-dai-son/{name}", b"?")
    wanted = {name for name, file in made.items() if file not in NEVER}
    assert opened(root) == wanted | {f"editions/xa-dai-son/{name}" for name in wanted}
    assert {*folders(), "site"} == {name.partition("/")[0] for name in wanted if "/" in name}


@pytest.mark.wide
@pytest.mark.browser
def test_of_what_a_build_makes_nothing_is_passed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Papers for loudspeakers never were opened; named by hand a good one failed, as shooting scripts did."""
    root = make_project(tmp_path)
    approve(root, "20/11/2026")
    assert main(["-C", str(root), "build", *ITEMS]) == 0
    tree = {path.relative_to(root / "dist").as_posix() for path in (root / "dist").rglob("*") if path.is_file()}
    passed = {name for name in tree - opened(root) - OF_TREE if not name.startswith("site/")}
    never = {file.replace("*", SLUG) for file in NEVER}
    assert passed <= never and len(passed) == 4 - (f"loudspeaker/{SLUG}.mp3" not in tree)
    assert f"loudspeaker/{SLUG}.pdf" in opened(root)
    told, code = prove_files(find_project(root), [])
    assert code == 0, told
    assert "loudspeaker" not in told, "no sheet of a release lists it"
