#!/usr/bin/env python3
"""`make audit`: whether a locked package has a known hole, and whether its licence is one we may pass on.

Holes are asked of pip-audit, which needs a network, or looked up in a database file: the whole of OSV's records of
Python packages (`PyPI/all.zip`), carried here from a machine that has one. What was not asked is never called clean.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from bootstrap import pip_environment, say, speak_utf8

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-prove.lock", "requirements-audit.lock")
LICENCES = ROOT / ".ci/licences.csv"
ALLOWED = {"0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "HPND", "ISC", "MIT", "MPL-2.0",
           "OFL-1.1", "PSF-2.0", "Zlib", "GPL-2.0-with-classpath-exception"}
"""What a work under MIT may be built with. MPL-2.0 binds its own files alone; Java is run by `make prove` and nowhere
passed on; the OFL lets any document carry the letters it shows."""
EDITOR = ROOT / ".ci/editor/package-lock.json"
EDITOR_ALLOWED = ALLOWED | {"BlueOak-1.0.0"}
"""Of the form editor, which an editor's machine runs and nobody passes on."""
OLD_DAYS = 30
ASK_SECONDS = 600


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Audits the locked packages.")
    parser.add_argument("--database", type=Path, help="OSV's PyPI/all.zip, for a machine without a network")
    database = parser.parse_args(arguments).database
    speak_utf8()
    packages = locked(*((ROOT / name).read_text("utf-8") for name in LOCKS))
    wrong = [*licence_faults(packages, LICENCES.read_text("utf-8")), *editor_faults(EDITOR.read_text("utf-8"))]
    say(f"{len(packages)} gói; giấy phép: {len(wrong)} chỗ phải xem.",
        f"{len(packages)} packages; licences: {len(wrong)} to look at.")
    try:
        holes = look_up(packages, database) if database else ask(packages)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, subprocess.SubprocessError) as problem:
        print("\n".join(wrong))
        say(f"CHƯA soát lỗ hổng: {problem}. Không có mạng thì: make audit DATABASE=all.zip",
            f"Known holes were NOT looked for: {problem}. Without a network: make audit DATABASE=all.zip")
        return 2
    print("\n".join([*wrong, *holes]))
    say(f"Lỗ hổng đã biết: {len(holes)}.", f"Known holes: {len(holes)}.")
    say("Gói npm của trình sửa bài chưa được hỏi; có mạng thì gõ: npm audit --prefix .ci/editor",
        "The form editor's npm packages were not asked about; with a network: npm audit --prefix .ci/editor")
    return 1 if wrong or holes else 0


Packages = Mapping[str, set[str]]
"""Versions of each; more than one where newer Pythons take another."""


def locked(*locks: str) -> Packages:
    found: dict[str, set[str]] = {}
    for line in "\n".join(locks).splitlines():
        if pin := re.match(r"([A-Za-z0-9._-]+)==([^ ;\\]+)", line):
            found.setdefault(plain(pin[1]), set()).add(pin[2])
    return found


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


# Licences: a table, looked at by a person, against what each package says of itself.


def licence_faults(packages: Packages, table: str) -> Iterator[str]:
    known = {row["package"]: row for row in csv.DictReader(table.splitlines())}
    for name in sorted({*packages, *known}):
        if name not in known:
            yield f"{name}: {LICENCES.name}?"
        elif name not in packages:
            yield f"{name}: {LICENCES.name}, no lock"
        elif not ALLOWED.issuperset(known[name]["licence"].split(" AND ")):
            yield f"{name}: {known[name]['licence']}"
        elif (says := licence_of(name, packages[name])) not in ("", known[name]["says"]):
            yield f"{name}: {known[name]['says']} → {says}"


def licence_of(name: str, versions: Iterable[str]) -> str:
    """As the installed package says it; empty when this version is not installed here."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    if told["Version"] not in versions:
        return ""
    classes = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if line.startswith("License ::")]
    text = told.get("License-Expression") or " + ".join(classes) or (told.get("License") or "?").strip().splitlines()[0]
    return str(text).replace(",", ";")[:80]


def editor_faults(lock: str) -> Iterator[str]:
    """Of npm's lock, which says each package's licence itself."""
    for place, row in json.loads(lock)["packages"].items():
        if place and (row.get("license") not in EDITOR_ALLOWED or not row.get("integrity")):
            yield f"{place}: {row.get('license')}, {row.get('integrity')}"


# Known holes.


def ask(packages: Packages) -> list[str]:
    """Of pip-audit, in an environment of its own. A package it could not ask about was not looked at."""
    python = tool()
    words = [word for name in LOCKS for word in ("-r", str(ROOT / name))]
    done = subprocess.run([str(python), "-m", "pip_audit", "--disable-pip", "--require-hashes",
                           "--progress-spinner=off", "--format=json", *words], capture_output=True, timeout=ASK_SECONDS)
    try:
        return read_report(json.loads(done.stdout), packages)
    except json.JSONDecodeError:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise OSError(lines[-1] if lines else f"pip-audit: {done.returncode}") from None


def read_report(report: Mapping[str, Any], packages: Packages) -> list[str]:
    rows = {plain(row["name"]): row for row in report["dependencies"]}
    silent = sorted(name for name in packages if name not in rows or "skip_reason" in rows[name])
    if silent:
        raise OSError(f"{len(silent)} / {len(packages)} ({silent[0]}, …)")
    return [f"{name} {row['version']}: {hole['id']} → {', '.join(hole['fix_versions'])}"
            for name, row in sorted(rows.items()) for hole in row["vulns"]]


def tool() -> Path:
    folder = Path(sys.prefix) / "audit"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not (folder / "ready").exists():
        say("Lấy pip-audit …", "Getting pip-audit …")
        venv.create(folder, clear=True, with_pip=True)
        command = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "-r",
                   str(ROOT / "requirements-audit.lock")]
        if subprocess.run(command, env=pip_environment(), capture_output=True, timeout=ASK_SECONDS).returncode:
            raise OSError("pip-audit")
        (folder / "ready").touch()
    return python


def look_up(packages: Packages, database: Path) -> list[str]:
    """In OSV's records, a file each; the newest tells how old the database is."""
    holes, newest, count = [], "", 0
    with zipfile.ZipFile(database) as records:
        for name in records.namelist():
            record = json.loads(records.read(name))
            newest, count = max(newest, record["modified"]), count + 1
            holes += list(holes_of(record, packages))
    if not count:
        raise ValueError(f"{database}: 0")
    days = (date.today() - date.fromisoformat(newest[:10])).days
    say(f"Dữ liệu {count} mục, mới nhất {newest[:10]}, {days} ngày trước{'; CŨ' if days > OLD_DAYS else ''}.",
        f"Database of {count} records, newest {newest[:10]}, {days} days ago{'; OLD' if days > OLD_DAYS else ''}.")
    return sorted({*holes})


def holes_of(record: Mapping[str, Any], packages: Packages) -> Iterator[str]:
    if "withdrawn" in record:
        return
    for one in record.get("affected", ()):
        package = one.get("package", {})
        name = plain(package.get("name", ""))
        if package.get("ecosystem") == "PyPI":
            for version in sorted(packages.get(name, set()).intersection(one.get("versions", ()))):
                yield f"{name} {version}: {record['id']} {record.get('summary', '')}".strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
