"""What an .mp4 says about itself, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.handbook.recorded.films import FilmFile, read_film
from tests.real_films import small_film, small_sound


def film(tmp_path: Path, data: bytes) -> FilmFile | None:
    path = tmp_path / "phim.mp4"
    path.write_bytes(data)
    return read_film(path)


def test_length_size_and_codec_are_read(tmp_path: Path) -> None:
    read = film(tmp_path, small_film())
    assert read is not None
    assert (read.width, read.height, read.codec) == (320, 180, "avc1") and 1.9 <= read.seconds <= 2.2


def test_a_film_held_upright_is_upright(tmp_path: Path) -> None:
    read = film(tmp_path, small_film(turned=True))
    assert read is not None and (read.width, read.height) == (180, 320)


def test_another_codec_is_named(tmp_path: Path) -> None:
    read = film(tmp_path, small_film(codec="mpeg4"))
    assert read is not None and read.codec == "mp4v"


def test_a_sound_has_no_picture(tmp_path: Path) -> None:
    read = film(tmp_path, small_sound())
    assert read is not None and read.codec == ""


WHOLE = small_film()
BROKEN = {
    "empty": b"", "text": b"WEBVTT\n\nxin chao ba con", "half": WHOLE[: len(WHOLE) // 2], "head only": WHOLE[:40],
    "no head": WHOLE[32:], "pointer": b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n",
    "box of no length": WHOLE[:32] + b"\0\0\0\4free", "zeros": bytes(400),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_what_is_no_whole_film(data: bytes, tmp_path: Path) -> None:
    assert film(tmp_path, data) is None


def test_any_byte_may_be_wrong(tmp_path: Path) -> None:
    """Whatever a broken copy says, reading ends and never fails."""
    start = WHOLE.index(b"moov") - 4
    for at in range(start, len(WHOLE), 7):
        film(tmp_path, WHOLE[:at] + b"\xff\xff\xff\xff" + WHOLE[at + 4 :])
    assert film(tmp_path, b"") is None and read_film(tmp_path / "khong-co.mp4") is None
