"""What a picture, a film or a sound says of itself: read back, unseen, the same bytes each time."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from generator.press.captioned import JPEG, PNG, SOUND, captioned, captions, is_picture, tells
from generator.press.film import FPS, Still, decode_sound, encode_mp3, encode_scene, encode_sound, join_film, last_frame
from generator.press.sound import silence

TOLD = {"Keywords": "duyệt: quet-ma-qr ACDEFHKL", "Place": "hai-phong: địa chỉ in trên giấy FFFFFFFF; hai-phong: "
        "zalo oa LLLLLLLL", "Mark": "BẢN IN THỬ, CHƯA PHÁT"}


def drawn(form: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (7, 5), "teal").save(file, form)
    return file.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_says_what_it_was_told(form: str) -> None:
    plain = drawn(form)
    said = captioned(plain, TOLD)
    assert is_picture(said) and captions(plain) == {} and captions(said) == TOLD
    assert said == captioned(plain, dict(reversed(TOLD.items()))), "the same bytes whoever tells it"
    with Image.open(io.BytesIO(said)) as one, Image.open(io.BytesIO(plain)) as other:
        one.load()
        assert one.tobytes() == other.tobytes()
    assert captions(captioned(plain, {"Keywords": "", "Mark": "BẢN NHÁP"})) == {"Mark": "BẢN NHÁP"}


def filmed() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(picture, "PNG")
    return join_film([encode_scene([Still(picture.getvalue(), FPS)])], encode_sound(silence(0.5)))


@pytest.mark.parametrize("form", ["film", "sound", "sound without a title"])
def test_a_film_or_a_sound_says_so_too_and_plays_as_before(form: str) -> None:
    plain = filmed() if form == "film" else encode_mp3(silence(0.5), "Bài số 1041" if form == "sound" else "")
    said = captioned(plain, TOLD)
    assert tells(said) and not is_picture(said) and captions(plain) == {} and captions(said) == TOLD
    assert decode_sound(said) == decode_sound(plain) and (form != "film" or last_frame(said) == last_frame(plain))
    assert captions(captioned(plain, {"Place": "", "Mark": "BẢN NHÁP"})) == {"Mark": "BẢN NHÁP"}


def test_other_programs_read_it_where_they_look_for_it() -> None:
    with Image.open(io.BytesIO(captioned(drawn("PNG"), TOLD))) as png:
        png.load()
        assert {key: str(text) for key, text in png.text.items()} == TOLD  # type: ignore[attr-defined]
    with Image.open(io.BytesIO(captioned(drawn("JPEG"), {"Mark": TOLD["Mark"]}))) as jpeg:
        assert jpeg.info["comment"] == f"Mark: {TOLD['Mark']}".encode() and jpeg.info["jfif"]


@pytest.mark.parametrize("data", [
    PNG, PNG + b"\0\0\0", PNG + b"\xff" * 40, JPEG, JPEG + b"\xff\xe0", JPEG + b"\xff" * 9,
    JPEG + b"\xff\xfe\0\0" * 3, b"", b"GIF89a", SOUND, SOUND + b"\0\0\x7f\x7f\x7f\x7fPRIV\0\0",
    SOUND + b"\0\0\0\0\0\x14PRIV\xff\xff\xff\xff\0\0khac\0", b"\0\0\0\x08ftyp\0\0\0\x01free\0\0",
    b"\0\0\0\x08ftyp\0\0\0\0mdat", b"\0\0\0\x08ftyp\0\0\0\x0cfreexxxx"])
def test_of_what_is_broken_nothing_is_said(data: bytes) -> None:
    assert captions(data) == {}
