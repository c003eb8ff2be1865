"""`phim:` in front matter: each way it can be wrong, told once with its mend."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.checks.media import films
from tests.broken import PLATFORMS, WIFI, copy_base, findings_of
from tests.projects import edit, put, sign
from tests.real_films import CAPTIONS, small_film, small_sound

FOLDER = "content/topics/vao-mang"
NOW = "https://vneid.gov.vn/phim/vao-mang.mp4"
Files = Mapping[str, bytes | str]
FILM = {"phim.mp4": small_film()}
BOTH: Files = {**FILM, "phim.vtt": CAPTIONS}

CASES: list[tuple[str, Files, list[str], str]] = [
    # what stands after `phim:`, files in the folder, what is told, a piece of the mend
    ("phim.mp4", BOTH, [], ""),
    ("PHIM.MP4", {"PHIM.MP4": small_film(), "PHIM.vtt": CAPTIONS}, [], ""),
    ("phim.mp4", FILM, ["warning film.captions"], "`phim.vtt`"),
    ("phim.mp4", {**FILM, "phim.vtt": "1\n00:00 --> 00:01\nsrt"}, ["film.no-captions"], "WEBVTT"),
    ("phim.mp4", {**FILM, "phim.vtt": b"WEBVTT\n\n\xff"}, ["file.not-utf8"], "UTF-8"),
    ("khong-co.mp4", {}, ["film.missing"], "Chép tệp phim"),
    ("Phim.mp4", BOTH, ["film.case"], "Viết `phim.mp4`"),
    ("../quet-ma/to-roi.png", {}, ["film.outside"], "chỉ ghi tên tệp"),
    ("phim.avi", {"phim.avi": small_film()}, ["film.kind"], ".mp4 (H.264)"),
    ("phim.MOV", {"phim.MOV": small_film()}, ["film.kind"], ".mp4 (H.264)"),
    ("phim.mp4", {"phim.mp4": ""}, ["film.kind"], ".mp4 (H.264)"),
    ("phim.mp4", {"phim.mp4": "version https://git-lfs.github.com/spec/v1\n"}, ["film.kind"], ".mp4 (H.264)"),
    ("phim.mp4", {"phim.mp4": small_film()[:3000]}, ["film.kind"], ".mp4 (H.264)"),
    ("phim.mp4", {"phim.mp4": small_sound()}, ["film.kind"], ".mp4 (H.264)"),
    ("phim.mp4", {"phim.mp4": small_film().replace(b"soun", b"meta", 1)}, ["film.kind"], ".mp4 (H.264)"),
    ("phim.mp4", {"phim.mp4": small_film(codec="mpeg4"), "phim.vtt": CAPTIONS}, ["warning film.codec"], "H.264"),
    ("VNeID", {}, ["film.no-address"], "https://"),
    ("vneid", {}, ["film.no-address"], "https://"),
    ("vneid.gov.vn/phim/1", {}, ["film.no-address"], "https://"),
    ("//vneid.gov.vn/phim/1", {}, ["film.no-address"], "https://"),
    ("https://vneid.gov.vn", {}, ["film.front-page"], "địa chỉ của phim"),
    ("https://www.vneid.gov.vn/", {}, ["film.front-page"], "địa chỉ của phim"),
    ("https://phim.example.vn/1", {}, ["link.unknown-host"], "platforms.yml"),
    ("https://www.youtube.com/watch?v=a", {}, ["film.lent"], "YouTube Studio"),
    ("https://m.youtube.com/watch?v=a", {}, ["film.lent"], "ghi `phim: phim.mp4`"),
    ("https://youtu.be/a", {}, ["film.lent"], "YouTube Studio"),
    ("http://youtu.be/a", {}, ["film.lent"], "YouTube Studio"),
    ("youtu.be/a", {}, ["film.lent"], "YouTube Studio"),
    ("https://zalo.me/g/abc", {}, ["film.lent"], "Lưu về máy"),
    ("https://www.facebook.com/xa/videos/1", {}, ["film.lent"], "tệp gốc"),
    ("https://fb.watch/a", {}, ["film.lent"], "tệp gốc"),
    ("https://drive.google.com/file/d/a/view", {}, ["film.lent"], "Tải xuống"),
    ("https://notyoutube.com/watch", {}, ["link.unknown-host"], "platforms.yml"),
    ("https://google.com/watch", {}, ["link.unknown-host"], "platforms.yml"),
    ("https://vneid.gov.vn@youtu.be/1", {}, ["link.unknown-host"], "platforms.yml"),
    ("https://vneid.gov.vn@phim.example.vn/1", {}, ["link.unknown-host"], "platforms.yml"),
    ("http://vneid.gov.vn/1", {}, ["link.not-https"], "https://"),
    ("javascript:alert(1)", {}, ["link.unsafe"], "https://"),
    ("javascript://vneid.gov.vn/%0aalert(1)", {}, ["link.unsafe"], "https://"),
    ("file:///C:/phim.mp4", {}, ["link.unsafe"], "https://"),
    ('"https://vneid.gov.vn/a b\\"c"', {}, ["film.address"], "chép nguyên địa chỉ"),
    ("https://vneid.gov.vn/{{ cổng }}", {}, ["film.address"], "chép nguyên địa chỉ"),
]


@pytest.mark.parametrize(("written", "files", "expected", "mend"), CASES, ids=range(len(CASES)))
def test_what_is_told(tmp_path: Path, written: str, files: Files, expected: list[str], mend: str) -> None:
    root = copy_base(tmp_path, commit=True)
    for name, data in files.items():
        put(root, f"{FOLDER}/{name}", data)
    edit(root, WIFI, f"phim: {NOW}", f"phim: {written}")
    found = [finding for finding in findings_of(root) if finding.rule != "film.draft"]
    assert [f.rule if f.severity == "error" else f"warning {f.rule}" for f in found] == expected
    for finding in found:
        assert mend in finding.fix.vi
        assert (finding.place.file, finding.place.line) == (WIFI, 13) or finding.place.file.endswith(".vtt")
        assert not re.search(r"[ăâđêôơư]", re.sub(r"`[^`]*`", "", finding.message.en + finding.fix.en))


@pytest.mark.parametrize("host", ["youtube.com", "youtu.be", "zalo.me", "www.facebook.com", "drive.google.com"])
def test_in_words_too_and_not_where_the_office_named_it_a_platform(tmp_path: Path, host: str) -> None:
    root = copy_base(tmp_path, commit=True)
    edit(root, WIFI, "(../quet-ma/index.md)", f"(https://{host}/a)")
    (finding,) = findings_of(root)
    assert (finding.rule, finding.place.line) == ("link.lent", 108) and host in finding.message.vi
    assert "`phim.mp4`" in finding.fix.vi and "`{{ trang }}`" in finding.fix.vi
    row = f"- tên: Của xã\n  địa chỉ: https://{host}\n  chủ quản: Xã Mẫu\n  phạm vi: xã Mẫu\n"
    put(root, PLATFORMS, (root / PLATFORMS).read_text("utf-8") + row)
    assert findings_of(root) == []


@pytest.mark.parametrize(("heavy", "most", "told"), [
    (10_000, 10**8, ["film.draft", "film.heavy"]), (10, 10_000, ["film.huge"]), (10**7, 10**8, ["film.draft"]),
])
def test_weight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heavy: int, most: int, told: list[str]) -> None:
    """By smaller limits: no test needs a film of a hundred megabytes."""
    assert films.HEAVY == 20_000_000 and films.MOST == 100_000_000
    monkeypatch.setattr(films, "HEAVY", heavy)
    monkeypatch.setattr(films, "MOST", most)
    root = copy_base(tmp_path, commit=True)
    for name, data in BOTH.items():
        put(root, f"{FOLDER}/{name}", data)
    edit(root, WIFI, f"phim: {NOW}", "phim: phim.mp4")
    assert [finding.rule for finding in findings_of(root)] == told


def test_hosts_are_not_judged_while_their_list_is_broken(tmp_path: Path) -> None:
    root = copy_base(tmp_path, commit=True)
    put(root, PLATFORMS, "- tên: VNeID\n  chủ quản: Bộ Công an\n  phạm vi: cả nước\n")
    edit(root, WIFI, f"phim: {NOW}", "phim: https://phim.example.vn/1")
    assert {finding.rule for finding in findings_of(root)} == {"key.missing"}, "a platform without an address"


def test_a_draft_is_told_that_its_film_waits(tmp_path: Path) -> None:
    """Until somebody signs it, film and all; nothing of one that is wrong anyway, nor of an address."""
    root = copy_base(tmp_path)

    def told() -> list[str]:
        return [f"{finding.place.line} {finding.rule}" for finding in findings_of(root) if finding.rule == "film.draft"]

    assert told() == []
    edit(root, WIFI, f"phim: {NOW}", "phim: phim.mp4")
    assert told() == []
    for name, data in BOTH.items():
        put(root, f"{FOLDER}/{name}", data)
    assert told() == ["13 film.draft"]
    sign(root, "20/11/2026", "vao-mang")
    assert told() == []
