from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.cli import main
from generator.commands.due import due_text
from generator.ground.files import find_project
from generator.handbook.model import Handbook
from generator.handbook.read import read_handbook
from tests.projects import commit_all, edit, make_project, put, sign

TOPIC = "content/topics/quet-ma-qr/index.md"
DAY = date(2026, 11, 20)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_project(tmp_path, commit=True)


def read(root: Path) -> Handbook:
    return read_handbook(find_project(root)).handbook


def _after(root: Path, days: int) -> Handbook:
    """The handbook as it stands so many days after the review."""
    moment = int((DAY + timedelta(days=days) - date(1970, 1, 1)).total_seconds())
    commit_all(root, "later", moment)
    return read(root)


@pytest.mark.parametrize(
    ("days", "vi", "en"),
    [(0, "", ""), (180, "", ""), (181, "đến hạn", "due"), (365, "đến hạn", "due"), (366, "QUÁ HẠN", "OVERDUE")],
)
def test_reviews_grow_old(root: Path, monkeypatch: pytest.MonkeyPatch, days: int, vi: str, en: str) -> None:
    handbook = _after(root, days)
    for language, word in (("vi", vi), ("en", en)):
        monkeypatch.setenv("HOCSO_LANG", language)
        lines = [line for line in due_text(handbook).splitlines() if "20/11/2026" in line and TOPIC in line]
        assert bool(lines) is bool(word)
        if word:
            assert word in lines[0] and str(days) in lines[0] and f"[{TOPIC}:6]" in lines[0]


def test_open_facts_and_unseen_screens_stand_by_unit(root: Path) -> None:
    text = due_text(read(root))
    place = text.index("Quét mã QR (quet-ma-qr, 1041)")
    assert text.rindex("Sở Khoa học và Công nghệ", 0, place) > 0
    assert f"cần xác nhận: tên và chỗ hình quét mã trong Zalo  [{TOPIC}:10]" in text
    assert f"Bước 4: màn hình chưa ai đối chiếu với máy thật  [{TOPIC}:" in text
    handbook = read(root)
    for topic in handbook.topics:
        assert text.count(topic.slug + ",") == 1
    assert text.count("cần xác nhận") == sum(len(topic.office.open_facts) for topic in handbook.topics)
    assert text.count("màn hình chưa ai") == sum(not s.seen for topic in handbook.topics for s in topic.screens)


def test_what_was_seen_and_confirmed_is_left_out(root: Path) -> None:
    path = root / TOPIC
    text = path.read_text("utf-8")
    head, rest = text.split("cần xác nhận:\n")
    rest = rest[rest.index("nguồn:") :]
    rest = rest.replace("\n```\n\n", "\nđã xem: 20/11/2026, Zalo, Android\n```\n\n")
    put(root, TOPIC, head + rest)
    assert "quet-ma-qr" not in due_text(read(root))


def test_an_ended_alert_is_to_be_taken_out(root: Path) -> None:
    put(root, "content/alerts/tin-gia.md", (
        "---\ntừ ngày: 01/10/2026\nđến ngày: 31/10/2026\nbài: [tranh-lua-dao]\nđơn vị: Công an xã\n---\n\n"
        "# Tin giả\n\nĐến hết ngày 31 tháng 10, có kẻ nhắn tin giả.\n"
    ))
    text = due_text(read(root))
    assert "Công an xã\n  Tin giả\n" in text and "hết hạn 31/10/2026" in text


def test_nothing_due_is_said_in_one_line(root: Path) -> None:
    for folder in sorted((root / "content/topics").iterdir()):
        put(root, f"content/topics/{folder.name}", None)
    assert due_text(read(root)).count("\n") == 0


def test_the_unit_is_the_files_own(root: Path) -> None:
    edit(root, TOPIC, "Sở Khoa học và Công nghệ", "Ủy ban nhân dân")
    assert "\nỦy ban nhân dân\n  Quét mã QR" in due_text(read(root))


def test_of_an_edition_what_nobody_signed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The officer of a commune asked what waits for her, and heard of all the country's lessons."""
    assert main(["-C", str(root), "check", "--due", "--edition", "xa-dai-son"]) == 0
    told = capsys.readouterr().out
    assert "quet-ma-qr" not in told
    assert told.count("chưa ai ký: hocso approve ") == 2, "its own words, and those of the whole book"
    assert "xã Đại Sơn\n" in told and "hocso approve xa-dai-son  [content/editions/xa-dai-son.yml:1]" in told
    sign(root, "20/11/2026")
    assert main(["-C", str(root), "check", "--due", "--edition", "xa-dai-son"]) == 0
    assert "hocso approve" not in capsys.readouterr().out


def test_of_a_file_its_own(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(root), "check", "--due", TOPIC]) == 0
    told = capsys.readouterr().out
    assert "quet-ma-qr" in told and "cai-vneid" not in told
