"""What becomes of a phone's photograph: upright, of bounded size, without a word of what the phone noted."""

from __future__ import annotations

import re
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generator.ground.errors import RefusedError
from generator.ground.files import Project, shown_name
from generator.handbook.recorded.pictures import SHOWN_BYTES, SHOWN_EDGE
from generator.press.framed import SETTINGS, Framed, read_inputs
from generator.press.photos import as_shown
from tests.photos import CORNERS, MAKER, SECRETS, XMP, Album, four_corners, notes, photo, profile
from tests.projects import ROOT, put

pytestmark = pytest.mark.long
TORN = notes(6).tobytes()[:40]
"""An orientation that can be read, then nothing."""


def saved(picture: Image.Image, kind: str, **settings: object) -> bytes:
    data = BytesIO()
    picture.save(data, kind, **settings)
    return data.getvalue()


PHOTOS = Album({
    **{f"held {way}.jpg": partial(photo, orientation=way) for way in range(1, 9)},
    "orientation of no meaning.jpg": lambda: photo(orientation=9),
    "notes torn.jpg": lambda: saved(four_corners((400, 300)), "JPEG", exif=TORN),
    "second picture inside.jpg": lambda: photo("MPO", orientation=6),
    "film behind it.jpg": lambda: photo() + b"\0\0\0\x18ftypmp42" + MAKER.encode() + b"GPS",
    "png.png": lambda: photo("PNG", orientation=8),
    "webp.webp": lambda: photo("WEBP", orientation=3),
    "drawn in few colours.png": lambda: saved(four_corners((400, 300)).quantize(8), "PNG", exif=notes()),
    "grey.png": lambda: saved(Image.new("L", (400, 300), 90), "PNG", exif=notes()),
    "see-through.png": lambda: saved(Image.new("RGBA", (400, 300), (9, 9, 9, 90)), "PNG", exif=notes()),
    "still gif.gif": lambda: saved(four_corners((400, 300)), "GIF", comment=MAKER.encode()),
    "6 MB.jpg": lambda: photo(orientation=6, size=(3000, 4000), noise=14),
    "heavy png.png": lambda: photo("PNG", size=(540, 1200), noise=20),
    "heavy webp.webp": lambda: photo("WEBP", size=(1000, 1700), noise=20),
    "heavy gif.gif": lambda: saved(four_corners((640, 480), noise=40), "GIF"),
    "one wide line.png": lambda: saved(Image.new("RGB", (9000, 3)), "PNG"),
})
COLOURLESS = {"grey.png", "see-through.png", "one wide line.png"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("photos"))


def test_the_photographs_are_as_heavy_and_telling_as_they_claim() -> None:
    assert len(PHOTOS["6 MB.jpg"]) > 6_000_000
    assert all(secret in PHOTOS["held 6.jpg"] for secret in SECRETS if secret != b"Exif")
    assert XMP in PHOTOS["held 6.jpg"]


@pytest.mark.parametrize("name", PHOTOS)
def test_a_photograph_is_published_bare_small_and_upright(project: Project, name: str) -> None:
    shown = as_shown(project, f"content/topics/a/{name}", PHOTOS[name])
    assert len(shown) <= SHOWN_BYTES
    assert not [secret for secret in (*SECRETS, b"xmpmeta", b"ICC_PROFILE", b"iCCP", b"ftyp") if secret in shown]
    with Image.open(BytesIO(shown)) as picture:
        assert picture.format == {"jpg": "JPEG"}.get(name[-3:], name.rpartition(".")[2].upper())
        assert max(picture.size) <= SHOWN_EDGE and not {"exif", "xmp", "icc_profile", "comment"} & picture.info.keys()
        assert not dict(picture.getexif())
        if name not in COLOURLESS:
            assert corners(picture) == list(CORNERS)


def corners(picture: Image.Image) -> list[tuple[int, int, int]]:
    """The colour meant at each corner, whatever squeezing made of it."""
    seen = picture.convert("RGB").resize((4, 4), Image.Resampling.BOX)
    return [_nearest(seen.getpixel(at)) for at in ((0, 0), (3, 0), (0, 3), (3, 3))]


def _nearest(point: object) -> tuple[int, int, int]:
    assert isinstance(point, tuple)
    return min(CORNERS, key=lambda meant: sum(abs(a - b) for a, b in zip(meant, point, strict=True)))


def test_what_a_camera_saw_wide_is_brought_to_the_colours_of_screens(project: Project) -> None:
    """A profile in which red and green have changed places: the numbers themselves change when it goes."""
    swapped = profile().replace(b"rXYZ", b"----", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"----", b"gXYZ", 1)
    red = saved(Image.new("RGB", (64, 64), (250, 0, 0)), "PNG", icc_profile=swapped)
    seen = Image.open(BytesIO(as_shown(project, "content/a.png", red))).getpixel((9, 9))
    assert isinstance(seen, tuple) and seen[1] > 200 > 100 > seen[0]


def test_the_same_bytes_come_out_and_are_remembered(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    first = as_shown(project, "content/a.jpg", PHOTOS["6 MB.jpg"])
    other = Project(project.root / "elsewhere")
    assert as_shown(other, "content/b.jpg", PHOTOS["6 MB.jpg"]) == first
    monkeypatch.setattr("generator.press.photos.clean_picture", lambda _: pytest.fail("drawn again"))
    assert as_shown(project, "content/other name.jpg", PHOTOS["6 MB.jpg"]) == first


def test_plain_mkdocs_gets_the_same_bytes(project: Project) -> None:
    """The one other way into a site."""
    put(project.root, "content/a.jpg", PHOTOS["held 6.jpg"])
    put(project.root, SETTINGS, "site_name: x\n")
    given = read_inputs(Project(project.root, ROOT / "theme"), Framed("", (), [], ("content/a.jpg",), "", "", ""))
    assert given["content/a.jpg"] == as_shown(project, "content/a.jpg", PHOTOS["held 6.jpg"])


@pytest.mark.parametrize("name", ["giong.wav", "phim.mp4", "mkdocs.yml"])
def test_what_is_no_photograph_stays(project: Project, name: str) -> None:
    assert as_shown(project, name, b"Exif") == b"Exif"


@pytest.mark.parametrize("data", [b"", b"Exif GPS", PHOTOS["held 1.jpg"][:300], PHOTOS["png.png"][:200]],
                         ids=["empty", "no picture", "half", "half of a png"])
def test_a_broken_one_is_never_published_as_it_is(project: Project, data: bytes) -> None:
    with pytest.raises(RefusedError, match=r"content/a\.jpg"):
        as_shown(project, "content/a.jpg", data)


NAMES = {
    "content/topics/a/to-roi.png": "topics/a/to-roi.png",
    "content/topics/a/IMG_2031.JPG": "topics/a/IMG_2031.JPG",
    "content/topics/a/Ảnh chụp màn hình.PNG": r"topics/a/anh-chup-man-hinh-[0-9a-f]{6}\.png",
    "content/topics/a/Đường (1).jpg": r"topics/a/duong-1-[0-9a-f]{6}\.jpg",
    "content/pictures/hình lớp/照片.webp": r"pictures/hinh-lop-[0-9a-f]{6}/hinh-[0-9a-f]{6}\.webp",
}


@pytest.mark.parametrize(("file", "name"), NAMES.items())
def test_names_are_plain(file: str, name: str) -> None:
    assert re.fullmatch(name, shown_name(file))


def test_names_alike_stay_apart(tmp_path: Path) -> None:
    files = ["ảnh 1.png", "anh 1.png", "Ảnh 1.png", "anh-1.png", "ảnh_1.png"]
    assert len({shown_name(f"content/{file}") for file in files}) == len(files)


INKSCAPE = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- điện thoại 0912 {MAKER} -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns:dc="http://purl.org/dc/elements/1.1/"
  viewBox="0 0 10 10" sodipodi:docname="{MAKER}.svg" inkscape:export-filename="/home/{MAKER}/ve.png">
<metadata><rdf:RDF><dc:creator>{MAKER}</dc:creator></rdf:RDF></metadata>
<style>/* {MAKER} */ rect {{ fill: red }}</style>
<title>Ngôi nhà</title><sodipodi:namedview inkscape:zoom="1" />
<text x="1">một <!-- {MAKER} -->hai<inkscape:note>{MAKER}</inkscape:note> ba</text><rect id="a" width="4" height="4"/>
<use xlink:href="#a" inkscape:label="{MAKER}"/></svg>
"""


def test_a_drawing_leaves_what_its_program_noted(tmp_path: Path) -> None:
    """Folder of the one who drew, name and number: published byte for byte before."""
    shown = as_shown(Project(tmp_path), "content/topics/a/ve.svg", INKSCAPE.encode()).decode()
    assert MAKER not in shown and "inkscape" not in shown and "0912" not in shown and "docname" not in shown
    assert "<text x=\"1\">một hai ba</text>" in shown and "rect { fill: red }" in shown and "Ngôi nhà" in shown
    assert '<use xlink:href="#a" />' in shown and shown.startswith("<svg xmlns=")


def test_a_drawing_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError):
        as_shown(Project(tmp_path), "content/topics/a/ve.svg", b"<svg")
