"""What a commune clerk does: an address, an approval, `--release`; then a booklet to fold and leaflets to hand out."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from generator.cli import main
from generator.press import proof
from generator.press.binder import page_count
from tests.projects import approve, edit, make_project

TRIAL = "BẢN IN THỬ"
PLACE = "https://hocso.daison.haiphong.gov.vn/"
PRODUCTS = ("qr", "leaflet", "booklet", "fold", "entry", "number", "site")


@pytest.mark.browser
def test_a_commune_gets_papers_it_may_hand_out(tmp_path: Path) -> None:
    if os.environ.get("HOCSO_NO_BROWSER") == "1":
        pytest.skip("HOCSO_NO_BROWSER=1")
    root = make_project(tmp_path, site_url="https://hocso.haiphong.gov.vn/")
    approve(root, f"{date.today():%d/%m/%Y}")
    parent = "cấp trên: hai-phong\n"
    edit(root, "content/editions/xa-dai-son.yml", parent, f"{parent}địa chỉ trang: {PLACE}\n")
    assert main(["-C", str(root), "build", *PRODUCTS, "--release", "--edition", "xa-dai-son"]) == 0
    tree = root / "dist/editions/xa-dai-son"
    papers = sorted((tree / "print").rglob("*.pdf"))
    assert {"hoc-so-co-ban-fold.pdf", "nguoi-cao-tuoi.pdf", "quet-ma-qr-2up.pdf"} <= {path.name for path in papers}
    told = [path.name for path in papers for page in range(1, page_count(path.read_bytes()) + 1)
            if TRIAL in proof.page_text(path.read_bytes(), page)]
    told += [path.name for path in tree.rglob("*.html") if TRIAL in path.read_text("utf-8")]
    assert told == []
    leaflet = (tree / "print/leaflets/quet-ma-qr.pdf").read_bytes()
    assert {code.payload for code in proof.read_codes(leaflet)} == {f"{PLACE}1041"}
    assert json.loads((tree / "build.json").read_text("utf-8"))["edition"] == "xa-dai-son"


def test_a_draft_may_not_go_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_project(tmp_path, site_url="https://hocso.haiphong.gov.vn/")
    assert main(["-C", str(root), "build", "qr", "--release"]) == 1
    assert "release.status" in capsys.readouterr().err
    assert not (root / "dist").exists()
