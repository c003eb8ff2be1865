"""Each broken input gives exactly its findings: rule, severity, file, line, column and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.ground.findings import FORMATS
from tests.broken import CASES, SAVE, WIFI, Case, Swap, break_file, copy_base, findings_of, told

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_base(tmp_path_factory.mktemp("broken"), commit=True)


@contextmanager
def broken(root: Path, case: Case) -> Iterator[None]:
    """The project with one thing broken, afterwards whole again."""
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and ".git" not in path.parts}
    break_file(root, case.file, case.edit)
    try:
        yield
    finally:
        for path in root.rglob("*"):
            if path.is_file() and ".git" not in path.parts and path not in before:
                path.unlink()
        for path, data in before.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def test_the_base_has_no_finding(root: Path) -> None:
    assert told(findings_of(root)) == []


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_broken_input_is_told(root: Path, case: Case) -> None:
    with broken(root, case):
        findings = findings_of(root)
    assert told(findings) == case.expected()
    for finding in findings:
        assert finding.message.en != finding.message.vi
        assert finding.fix.vi and finding.fix.en
        assert not re.search(r"[ăâđêôơư]", re.sub(r"`[^`]*`|“[^”]*”|`.*$", "", finding.message.en)), finding.message.en
        assert all(write([finding]) for write in FORMATS.values())


TOGETHER = [
    # One mistake does not hide another, however badly the file is broken.
    (SAVE, [("**Học xong,** người", "Học xong, người"), ("bấm **Sửa**", "bấm [Sửa](sua.md)")],
     ["goal.missing", "link.broken"]),
    (SAVE, [("rà soát: 20/11/2026", "rà soát: 31/02/2026"), ("cho: người cao tuổi", "cho: ai cũng được")],
     ["name.audience", "key.type"]),
    (SAVE, [("đơn vị: Sở", "đơn vị: Sở: Phòng"), ("Bác lưu số", "Bác <u onclick=x>lưu</u> {{ so }}"),
            ("**Biết.**", "**Nhớ.**"), ("bước 2", "bước 9")],
     ["yaml.colon", "html.raw", "value.unknown", "quiz.missing", "clip.index"]),
    (WIFI, [("# Vào mạng Wi-Fi\n", ""), ("Mở **Cài đặt**.", "Mở ![nút](nut.png)."),
            ("(../quet-ma/index.md)", "(x.md)")],
     ["title.missing", "image.inline", "link.broken"]),
]


@pytest.mark.parametrize(("file", "swaps", "rules"), TOGETHER, ids=[" ".join(row[2]) for row in TOGETHER])
def test_mistakes_do_not_hide_each_other(
    tmp_path: Path, file: str, swaps: list[tuple[str, str]], rules: list[str]
) -> None:
    root = copy_base(tmp_path, commit=True)
    for old, new in swaps:
        break_file(root, file, Swap(old, new))
    assert [finding.rule for finding in findings_of(root)] == rules


def test_names_of_cases_are_unique() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names) >= 75


def test_a_folder_without_content_is_one_finding(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_bytes((copy_base(tmp_path) / "mkdocs.yml").read_bytes())
    rules = [(f.rule, f.place.file) for f in findings_of(tmp_path) if f.severity == "error"]
    assert rules == [("file.missing", "content"), ("file.missing", "qr/ledger.csv")]


def test_a_folder_with_nothing_does_not_fail(tmp_path: Path) -> None:
    assert {f.rule for f in findings_of(tmp_path)} == {"file.missing", "file.unreadable", "ledger.no-history"}
