"""`hocso links`: who is asked, what is dead and what a bad day, and a report that is written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from generator import cli
from generator.commands.linking import report
from generator.commands.linking.ask import Answer, Asker, Turns
from generator.commands.linking.report import NoNetworkError, check_links, judge
from generator.engine.progress import Progress
from generator.ground.errors import ContentError
from generator.ground.files import Project, find_project
from generator.handbook.model import LINKS, Visit
from generator.handbook.read import read_handbook
from generator.handbook.visits import write_visits
from tests.broken import WIFI, copy_base
from tests.commands.linking.web import Web, small_web
from tests.projects import edit, make_project, put

D1, D2, D3 = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 27)
A = "https://vneid.gov.vn/phim/vao-mang.mp4"
SITES = {"https://dichvucong.gov.vn", "https://vneid.gov.vn", "https://congdan.tinhmau.gov.vn", A}
"""What the base leads to: two platforms, an app of its province, a film."""
FINE = Answer("open", heard=True)


def before(state: str, day: date, since: date) -> Visit:
    return Visit(A, state, day, since, "vì")  # type: ignore[arg-type]  # states as text


GONE, FAILED = Answer("gone", "404", heard=True), Answer("failed", "hết giờ")
UNSURE = Answer("unsure", "403", heard=True)
JUDGED = [
    # what was known, what was answered, the day → state and since when
    (None, FINE, D1, ("open", D1)),
    (None, GONE, D1, ("dead", D1)),
    (None, FAILED, D1, ("failed", D1)),
    (None, UNSURE, D1, ("unsure", D1)),
    (before("failed", D1, D1), FAILED, D1, ("failed", D1)),
    (before("failed", D1, D1), FAILED, D2, ("dead", D1)),
    (before("dead", D2, D1), FAILED, D3, ("dead", D1)),
    (before("failed", D1, D1), GONE, D3, ("dead", D1)),
    (before("dead", D2, D1), FINE, D3, ("open", D3)),
    (before("dead", D2, D1), UNSURE, D3, ("unsure", D3)),
    (before("open", D1, D1), FAILED, D2, ("failed", D2)),
    (before("unsure", D1, D1), FAILED, D2, ("failed", D2)),
    (before("failed", D3, D3), FAILED, D1, ("failed", D1)),
]


@pytest.mark.parametrize(("known", "answer", "today", "expected"), JUDGED)
def test_once_is_a_bad_day_twice_is_dead(
    known: Visit | None, answer: Answer, today: date, expected: tuple[str, date]
) -> None:
    visit = judge(A, answer, known, today)
    assert (visit.state, visit.since, visit.day) == (*expected, today)


# The whole command.


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_base(tmp_path)


def run(root: Path, answers: dict[str, Answer], day: date = D1, otherwise: Answer = FINE) -> tuple[str, list[str]]:
    asked = []

    def ask(address: str) -> Answer:
        asked.append(address)
        return answers.get(address, otherwise)

    return check_links(Project(root), Progress(), day, ask).vi, sorted(asked)


def states(root: Path) -> dict[str, str]:
    return {visit.address: visit.state for visit in read_handbook(Project(root)).handbook.visits}


def test_every_outside_address_is_asked_once(root: Path) -> None:
    edit(root, WIFI, "nguồn: sổ tay của thôn, chưa in",
         "nguồn:\n  - báo Hải Dương (https://baohaiduong.vn/tin-1.html), đọc bản lưu\n  - tongdai111.vn và các báo\n"
         "  - thử https://hocso.example/1041")
    edit(root, WIFI, "(../quet-ma/index.md)", "(https://vneid.gov.vn/huong-dan)")
    edit(root, "mkdocs.yml", "former_urls: []", "former_urls: [https://hocso.cu.vn/]")
    put(root, "content/editions/xa-mau.yml", (root / "content/editions/xa-mau.yml").read_bytes()
        + "trang: {tên: Xã ta, địa chỉ: https://xa.gov.vn/}\n".encode())
    told, asked = run(root, {})
    assert set(asked) == SITES | {"https://baohaiduong.vn/tin-1.html", "https://tongdai111.vn",
                                  "https://vneid.gov.vn/huong-dan", "https://hocso.cu.vn/", "https://xa.gov.vn/"}
    assert len(asked) == len(set(asked)) and told.startswith(f"{len(asked)} địa chỉ: {len(asked)} mở được.")


def test_the_report_follows_from_run_to_run(root: Path) -> None:
    told, _ = run(root, {A: FAILED})
    assert states(root)[A] == "failed" and "chưa mở được, mai thử lại: " + A in told
    run(root, {A: FAILED}, D2)
    assert states(root)[A] == "dead"
    written = (root / LINKS).read_bytes()
    run(root, {A: FAILED}, D2)
    assert (root / LINKS).read_bytes() == written, "the same answers, the same bytes"
    run(root, {}, D3)
    assert set(states(root).values()) == {"open"}


def test_what_was_not_answered_keeps_its_row_and_what_is_gone_from_the_book_goes(root: Path) -> None:
    busy = Answer("unsure", "máy chủ bảo chờ (429)", heard=True, wait=True)
    old = Visit(A, "dead", D1, D1, "404")
    put(root, LINKS, write_visits([old, Visit("https://bo-roi.vn/", "open", D1, D1)]))
    run(root, {"https://vneid.gov.vn": busy}, D3)
    kept = {visit.address: visit for visit in read_handbook(Project(root)).handbook.visits}
    assert set(kept) == SITES and kept[A] == old and kept["https://vneid.gov.vn"].state == "unsure"


def test_without_a_network_nothing_is_written(root: Path) -> None:
    put(root, LINKS, write_visits([Visit(A, "open", D1, D1)]))
    known = (root / LINKS).read_bytes()
    with pytest.raises(NoNetworkError) as problem:
        run(root, {}, D3, otherwise=Answer("failed", "không tìm thấy máy chủ"))
    assert problem.value.exit_code == 2 and "không có mạng" in problem.value.text.vi
    assert "(không tìm thấy máy chủ)" in problem.value.text.vi
    assert (root / LINKS).read_bytes() == known


def test_an_interrupted_run_leaves_the_old_report(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root, LINKS, write_visits([Visit(A, "dead", D1, D1)]))
    known = (root / LINKS).read_bytes()

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(report, "ask_all", interrupted)
    assert cli.main(["-C", str(root), "links"]) == 130
    assert (root / LINKS).read_bytes() == known and not list(root.glob("content/*.new"))


def test_a_broken_report_is_not_written_over(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(root, LINKS, "- {địa chỉ: https://a.vn/, kết quả: chết, ngày: 20/11/2026}\n")
    with pytest.raises(ContentError):
        run(root, {})
    assert "content/links.yml:1:3" in capsys.readouterr().err


def test_a_report_with_marks_of_a_merge_is_written_anew(root: Path) -> None:
    rows = [write_visits([Visit(A, "failed", day, D1, "x")]).decode().splitlines()[-1] for day in (D1, D2)]
    put(root, LINKS, f"<<<<<<< HEAD\n{rows[0]}\n=======\n{rows[1]}\n>>>>>>> other\n")
    run(root, {A: FAILED}, D3)
    assert states(root)[A] == "dead" and b"<<<" not in (root / LINKS).read_bytes()


# Over real sockets.


@pytest.fixture
def web() -> Iterator[Web]:
    with small_web() as running:
        yield running


def test_the_command_asks_and_reports(
    tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All hosts of the project but our own small web stand behind a proxy that nobody runs."""
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(report, "Asker", lambda agent: Asker(agent, Turns(0.0), 5.0, lambda _number: True))
    root = make_project(tmp_path, site_url="https://hocso.gov.vn/")
    file = "content/topics/quet-ma-qr/index.md"
    edit(root, file, "nguồn:\n", f"nguồn:\n  - {web.at('/good')}\n  - {web.at('/gone')} (đọc bản lưu)\n")
    assert cli.main(["-C", str(root), "links"]) == 0
    told = capsys.readouterr().out
    assert f"hỏng: {web.at('/gone')} (trang không còn (404))" in told
    assert "https://vneid.gov.vn (máy chủ không nhận)" in told
    found = {visit.address: visit for visit in read_handbook(find_project(root)).handbook.visits}
    assert found[web.at("/good")].state == "open" and found[web.at("/good")].day == date.today()
    assert found["https://vneid.gov.vn"].state == "failed"
    assert {one.agent for one in web.asked} == {"Mozilla/5.0 (compatible; hocso-links/1; +https://hocso.gov.vn/)"}
    web.stop.set()


def test_the_command_without_a_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setattr(report, "Asker", lambda agent: Asker(agent, Turns(0.0), 5.0, lambda _number: True))
    root = make_project(tmp_path)
    assert cli.main(["-C", str(root), "links"]) == 2
    assert "không có mạng" in capsys.readouterr().err and not (root / LINKS).exists()
