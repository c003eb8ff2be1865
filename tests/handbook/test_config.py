from __future__ import annotations

from pathlib import Path

import pytest

from generator.ground.files import Project
from generator.handbook.config import read_site, same_place
from tests.projects import put


@pytest.mark.parametrize(("written", "thickness", "rules"), [
    ("", 0.1, []),
    ("  paper_mm: 0.13\n", 0.13, []),
    ("  paper_mm: 0,12\n", 0.12, []),
    ("  paper_mm: dày\n", 0.1, ["paper.thickness"]),
    ("  paper_mm: 4\n", 0.1, ["paper.thickness"]),
    ("  paper_mm: [0.1]\n", 0.1, ["paper.thickness"]),
])
def test_thickness_of_the_copiers_paper(tmp_path: Path, written: str, thickness: float, rules: list[str]) -> None:
    head = "site_name: Sách\nsite_url: https://hocso.example/\n"
    put(tmp_path, "mkdocs.yml", f"{head}extra:\n  generator: false\n{written}")
    site, findings = read_site(Project(tmp_path, tmp_path / "theme"))
    assert site.paper_mm == thickness
    assert [finding.rule for finding in findings] == rules
    assert all(finding.place.line == 5 for finding in findings)


@pytest.mark.parametrize(("one", "two", "same"), [
    ("https://a.gov.vn/11371/", "HTTPS://A.gov.vn:443/b/../11371", True),
    ("http://a.gov.vn/", "http://a.gov.vn:80", True),
    ("https://a.gov.vn/11371/", "https://a.gov.vn:80/11371/", False),
    ("http://a.gov.vn/", "http://a.gov.vn:443/", False),
    ("https://a.gov.vn/", "https://a.gov.vn:8443/", False),
])
def test_where_an_address_leads(one: str, two: str, same: bool) -> None:
    """https on the port of http never answers: that is another place."""
    assert (same_place(one) == same_place(two)) is same
