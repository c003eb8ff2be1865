"""`make audit`: known holes, licences and what the two CI files fetch. What was not asked is never called clean."""

from __future__ import annotations

import json
import re
import sys
import zipfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
CI_FILES = (".github/workflows/ci.yml", ".gitlab-ci.yml")


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = spec_from_file_location("audit", ROOT / ".ci/audit.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    sys.modules["audit"] = module
    spec.loader.exec_module(module)
    return module


LOCK = """mau-thu==1.0 \\
    --hash=sha256:00
hai_ban==2.0 ; python_version < '3.12' \\
    --hash=sha256:00
hai-ban==3.0
"""
PACKAGES = {"mau-thu": {"1.0"}, "hai-ban": {"2.0", "3.0"}}


def test_the_lock_is_read(audit: ModuleType) -> None:
    assert audit.locked(LOCK) == PACKAGES


def record(name: str = "Mau_Thu", *versions: str, ecosystem: str = "PyPI", **more: Any) -> dict[str, Any]:
    package = {"package": {"name": name, "ecosystem": ecosystem}, "versions": [*versions]}
    return {"id": "PYSEC-1", "modified": "2026-11-20T00:00:00Z", "summary": "hở", "affected": [package], **more}


@pytest.mark.parametrize(("told", "expected"), [
    (record("Mau_Thu", "0.9", "1.0"), ["mau-thu 1.0: PYSEC-1 hở"]),
    (record("hai-ban", "2.0", "3.0"), ["hai-ban 2.0: PYSEC-1 hở", "hai-ban 3.0: PYSEC-1 hở"]),
    (record("mau-thu", "1.0.1"), []),
    (record("khac", "1.0"), []),
    (record("mau-thu", "1.0", ecosystem="npm"), []),
    (record("mau-thu", "1.0", withdrawn="2026-11-21T00:00:00Z"), []),
])
def test_a_database_file_is_enough(
    audit: ModuleType, told: dict[str, Any], expected: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "all.zip"
    with zipfile.ZipFile(file, "w") as records:
        records.writestr("PYSEC-1.json", json.dumps(told))
    assert audit.look_up(PACKAGES, file) == expected
    assert "2026-11-20" in capsys.readouterr().out, "how old it is stands there"


@pytest.mark.parametrize("data", [None, b"", b"no zip", b"PK\5\6" + bytes(18)])
def test_a_bad_database_is_no_clean_bill(
    audit: ModuleType, data: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "all.zip"
    if data is not None:
        file.write_bytes(data)
    assert audit.main(["--database", str(file)]) == 2
    assert "CHƯA soát lỗ hổng" in capsys.readouterr().out


def row(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "version": "1", "vulns": [], **more}


HOLE = {"id": "PYSEC-2", "fix_versions": ["2"]}


def test_what_pip_audit_found_is_told(audit: ModuleType) -> None:
    report = {"dependencies": [row("mau_thu", vulns=[HOLE]), row("hai-ban")]}
    assert audit.read_report(report, PACKAGES) == ["mau-thu 1: PYSEC-2 → 2"]


@pytest.mark.parametrize("rows", [
    [row("mau-thu")], [row("mau-thu"), {"name": "hai-ban", "skip_reason": "not found on PyPI"}], []])
def test_what_pip_audit_could_not_ask_is_not_called_clean(audit: ModuleType, rows: list[dict[str, Any]]) -> None:
    """Behind a closed network it skips every package, finds no hole and exits 0."""
    with pytest.raises(OSError, match=r"[12] / 2"):
        audit.read_report({"dependencies": rows}, PACKAGES)


TABLE = "package,licence,says\nmau-thu,MIT,MIT License\nhai-ban,BSD AND MIT,\n"


@pytest.mark.parametrize(("table", "said", "expected"), [
    (TABLE, {}, []),
    (TABLE, {"mau-thu": "MIT License"}, []),
    (TABLE, {"mau-thu": "AGPL-3.0"}, ["mau-thu: MIT License → AGPL-3.0"]),
    (TABLE.replace("mau-thu,MIT", "mau-thu,AGPL-3.0"), {}, ["mau-thu: AGPL-3.0"]),
    (TABLE.replace("BSD AND MIT", "BSD AND GPL-3.0"), {}, ["hai-ban: BSD AND GPL-3.0"]),
    (TABLE.replace("hai-ban", "ba-ban"), {}, ["ba-ban: licences.csv, no lock", "hai-ban: licences.csv?"]),
])
def test_a_licence_is_looked_at_by_a_person(
    audit: ModuleType, table: str, said: dict[str, str], expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "licence_of", lambda name, _versions: said.get(name, ""))
    assert list(audit.licence_faults(PACKAGES, table)) == expected


def test_every_locked_package_has_a_licence_we_may_use(audit: ModuleType) -> None:
    packages = audit.locked(*((ROOT / name).read_text("utf-8") for name in audit.LOCKS))
    assert len(packages) > 80
    assert list(audit.licence_faults(packages, audit.LICENCES.read_text("utf-8"))) == []


@pytest.mark.parametrize(("row", "faults"), [
    ({"license": "MIT", "integrity": "sha512-x"}, 0), ({"license": "OFL-1.1", "integrity": "sha512-x"}, 0),
    ({"license": "AGPL-3.0", "integrity": "sha512-x"}, 1), ({"integrity": "sha512-x"}, 1), ({"license": "MIT"}, 1),
])
def test_the_form_editors_lock_is_held_too(audit: ModuleType, row: dict[str, str], faults: int) -> None:
    lock = {"packages": {"": {}, "node_modules/mau-thu": row}}
    assert len(list(audit.editor_faults(json.dumps(lock)))) == faults


def test_the_form_editors_packages_are_hashed_and_free(audit: ModuleType) -> None:
    text = audit.EDITOR.read_text("utf-8")
    assert len(json.loads(text)["packages"]) > 30
    assert list(audit.editor_faults(text)) == []
    assert "resolved" not in text, "whose mirror it came from is nobody's business"


@pytest.mark.parametrize("file", CI_FILES)
def test_what_ci_fetches_cannot_be_another_thing_tomorrow(file: str) -> None:
    """Actions by commit, images by digest, machines by number, packages by hash."""
    text = (ROOT / file).read_text("utf-8")
    fetched = re.findall(r"(?m)^\s*(?:-\s*)?(?:uses|image):\s*(\S+)", text)
    assert fetched
    assert [one for one in fetched if not re.search(r"@([0-9a-f]{40}|sha256:[0-9a-f]{64})$", one)] == []
    assert "-latest" not in text
    assert all("--require-hashes" in line or "-e ." in line for line in text.splitlines() if "pip install" in line)
