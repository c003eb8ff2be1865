"""The ledger only grows and no address dies, held against what git knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.broken import LEDGER, MKDOCS, Swap, break_file, copy_base, findings_of, told
from tests.projects import commit_all, edit, git, put


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_base(tmp_path, commit=True)


def rules(root: Path) -> list[str]:
    return [finding.rule for finding in findings_of(root)]


def test_rows_may_be_added_and_ends_filled_once(root: Path) -> None:
    put(root, LEDGER, (root / LEDGER).read_bytes() + "2407,part:lien-lac,2026-11-21,,,phần\n".encode())
    edit(root, LEDGER, "2202,channel:cong,2026-11-20,,,kênh", "2202,channel:cong,2026-11-20,2026-11-21,quet-ma,kênh")
    assert rules(root) == []
    commit_all(root, "second")
    assert rules(root) == []
    edit(root, LEDGER, "2026-11-21,quet-ma", "2026-11-21,luu-so")
    assert told(findings_of(root)) == [
        ("qr/ledger.csv:8:1", "ledger.row-changed", "Cột moved_to của số 2202 đã bị đổi.")]
    edit(root, LEDGER, "2026-11-21,luu-so", ",")
    assert told(findings_of(root)) == [("qr/ledger.csv:8:1", "ledger.row-changed", "Cột until của số 2202 đã bị đổi.")]


def test_a_row_gone_long_ago_is_still_told(root: Path) -> None:
    edit(root, LEDGER, "2202,channel:cong,2026-11-20,,,kênh\n", "")
    for message in ("lost", "later"):
        commit_all(root, message)
    (finding,) = findings_of(root)
    assert (finding.rule, finding.place.line) == ("ledger.row-gone", 1)
    assert "2202,channel:cong,2026-11-20,,,kênh" in finding.fix.vi


def test_rows_may_stand_in_another_order_and_by_other_line_ends(root: Path) -> None:
    head, *lines = (root / LEDGER).read_text("utf-8").splitlines()
    put(root, LEDGER, "\r\n".join([head, *reversed(lines), ""]))
    assert rules(root) == []


def test_two_branches_that_took_one_number(root: Path) -> None:
    """After the merge the later row gets another number; that is no lost row."""
    ledger = (root / LEDGER).read_text("utf-8")
    git(root, "checkout", "-q", "-b", "nhanh")
    put(root, LEDGER, ledger + "2407,channel:trang,2026-11-20,,,\n")
    commit_all(root, "on the branch")
    git(root, "checkout", "-q", "main")
    put(root, LEDGER, ledger + "2407,part:lien-lac,2026-11-20,,,\n")
    commit_all(root, "on main")
    git(root, "merge", "-q", "--no-edit", "-s", "ours", "nhanh")
    both = ledger + "2407,part:lien-lac,2026-11-20,,,\n2407,channel:trang,2026-11-20,,,\n"
    put(root, LEDGER, both)
    assert rules(root) == ["ledger.number-twice"]
    put(root, LEDGER, both.replace("2407,channel:trang", "2410,channel:trang"))
    assert rules(root) == []
    put(root, LEDGER, both.replace("2407,channel:trang,2026-11-20,,,\n", ""))
    assert rules(root) == ["ledger.row-gone"]


def test_without_history_a_warning_says_what_was_not_compared(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    assert told(findings_of(root)) == [
        ("qr/ledger.csv:1:1", "warning ledger.no-history",
         "Không có lịch sử git, chưa so được sổ mã với các bản trước.")]


def test_a_shallow_clone_has_no_history(root: Path, tmp_path: Path) -> None:
    commit_all(root, "second")
    git(tmp_path, "clone", "-q", "--depth=1", root.as_uri(), "shallow")
    assert rules(tmp_path / "shallow") == ["ledger.no-history"]


def test_a_repository_around_a_project_is_not_its_history(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    root = copy_base(tmp_path)
    assert rules(root) == ["ledger.no-history"]
    commit_all(tmp_path, "the project in a folder of a larger repository")
    assert rules(root) == []
    edit(root, LEDGER, "2202,channel:cong,2026-11-20,,,kênh\n", "")
    assert rules(root) == ["ledger.row-gone"]


def test_a_changed_address_must_be_remembered(root: Path) -> None:
    edit(root, MKDOCS, "https://hocso.example/", "https://hoc.tinhmau.gov.vn")
    assert rules(root) == []  # nothing real was printed with the placeholder
    commit_all(root, "a real address")
    edit(root, MKDOCS, "https://hoc.tinhmau.gov.vn", "https://hocso.tinhmau.gov.vn/so")
    assert told(findings_of(root)) == [
        ("mkdocs.yml:2:11", "site.former-url",
         "Địa chỉ cũ https://hoc.tinhmau.gov.vn/ đã in trên giấy mà không còn được nhắc.")]
    edit(root, MKDOCS, "former_urls: []", "former_urls: [https://hoc.tinhmau.gov.vn]")
    assert rules(root) == []


def test_a_broken_row_is_told_once(root: Path) -> None:
    for old, new, rule in (
        ("2113,path:nguoi-cao-tuoi,2026-11-20,,,lộ trình", "2113,path:nguoi-cao-tuoi,2026-11-20", "ledger.columns"),
        ("2113,path:nguoi-cao-tuoi", "2114,path:nguoi-cao-tuoi", "ledger.check-digit"),
    ):
        before = (root / LEDGER).read_bytes()
        break_file(root, LEDGER, Swap(old, new))
        assert rules(root) == [rule]
        put(root, LEDGER, before)
