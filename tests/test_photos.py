"""Nothing of what a phone noted leaves the house: a build of a small handbook with photographs and a film, and
every file of it read through, also what is packed inside others."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from generator.cli import main
from generator.ground.files import shown_name
from generator.handbook.recorded.boxes import find
from generator.handbook.recorded.films import read_film
from generator.handbook.recorded.pictures import SHOWN_BYTES, SHOWN_EDGE
from generator.products import products, standard
from tests.photos import MAKER, SECRETS, Album, photo
from tests.projects import approve, edit, make_project
from tests.real_films import small_film
from tests.samples import PROVE

pytestmark = [pytest.mark.long, pytest.mark.remembers]
TOPIC = "content/topics/quet-ma-qr"
PHOTOS = Album({
    "Ảnh chụp tờ rơi (1).jpg": lambda: photo(orientation=6, size=(3000, 4000), noise=10),
    "Màn hình máy bác.png": lambda: photo("PNG", size=(540, 960), noise=9),
    "to-roi.webp": lambda: photo("WEBP", orientation=3, size=(900, 600)),
})
BUILD = () if PROVE else (
    *(name for name in standard() if not products()[name].takes_browser), "sheet", "booklet:phan-1", "fold:phan-1",
    *(f"{name}:quet-ma-qr" for name in ("leaflet", "poster", "poster:share", "grandchild", "clip")),
)
"""Everything when proving; else what holds the photographs, and all that is no paper."""
PLACES = (b"\xa9xyz\x00\x15\x15\xc7+21.0285+105.8542/", f"GPS {MAKER}".encode())


def filmed() -> bytes:
    """As a phone saves it: the place in the film's table, its own box behind."""
    film, (place, own) = small_film(), PLACES
    at = film.index(b"moov") - 4
    assert at + int.from_bytes(film[at : at + 4], "big") == len(film), "the table stands last"
    note = (len(place) + 12).to_bytes(4, "big") + b"udta" + (len(place) + 4).to_bytes(4, "big") + place
    table = (len(film) - at + len(note)).to_bytes(4, "big") + film[at + 4 :] + note
    return film[:at] + table + (len(own) + 8).to_bytes(4, "big") + b"sefd" + own


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(tmp_path_factory.mktemp("photos"), files={
        f"{TOPIC}/phim.mp4": filmed(), **{f"{TOPIC}/{name}": data for name, data in PHOTOS.items()}})
    first, second, third = PHOTOS
    for old, new in (
        ("\ntrạng thái:", "\nphim: phim.mp4\ntrạng thái:"),
        ("\n## Chuẩn bị", f"\n![bác cầm tờ rơi trên tay trái]({first})\n\n## Chuẩn bị"),
        ("\n## Thực hành\n", f"\n## Thực hành\n\n![màn hình máy của bác đang mở]({second})\n"),
        ("\n| tên bài:", f"\n| {third}:"),
    ):
        edit(root, f"{TOPIC}/index.md", old, new)
    approve(root, "20/11/2026", TOPIC.rpartition("/")[2])  # a draft's real film does not go out
    assert main(["-C", str(root), "build", *BUILD]) == 0
    return root


def everything(root: Path) -> Iterator[tuple[str, bytes]]:
    """Each file as it stands and, of papers and packs, all that is folded up inside."""
    for path in sorted(path for path in (root / "dist").rglob("*") if path.is_file()):
        data, name = path.read_bytes(), path.relative_to(root).as_posix()
        yield name, data
        if path.suffix == ".pdf":
            yield from _inside(name, data)
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as pack:
                for member in pack.namelist():
                    yield f"{name}/{member}", pack.read(member)
                    if member.endswith(".pdf"):
                        yield from _inside(f"{name}/{member}", pack.read(member))


def _inside(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, thing in enumerate(pdf.objects):
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != "/XML":  # our own title page, no camera's
                yield f"{name}#{number}", thing.read_raw_bytes()
                if thing.get("/Filter") == "/FlateDecode":
                    yield f"{name}#{number} unpacked", thing.read_bytes()


@pytest.mark.wide
def test_nothing_published_says_where_when_or_with_what_it_was_taken(built: Path) -> None:
    files = dict(everything(built))
    assert len(files) > 300 and any(".pdf#" in name for name in files) and any(".zip/" in name for name in files)
    told = {name: found for name, data in files.items()
            if (found := [secret for secret in (*SECRETS, *PLACES) if secret in data])}
    assert not told


def test_every_photograph_is_small_and_upright_under_a_plain_name(built: Path) -> None:
    for name in list(PHOTOS)[:2]:
        path = built / "dist/site" / shown_name(f"{TOPIC}/{name}")
        assert re.fullmatch(r"[a-z0-9./-]+", shown_name(f"{TOPIC}/{name}")) and path.stat().st_size <= SHOWN_BYTES
        with Image.open(path) as picture:
            assert max(picture.size) <= SHOWN_EDGE and picture.width < picture.height
        page = (built / f"dist/site/topics/{Path(TOPIC).name}/index.html").read_text("utf-8")
        assert f'src="{path.name}"' in page


def test_the_film_is_the_same_but_for_its_notes(built: Path) -> None:
    shown, given = (built / "dist/clips/real/quet-ma-qr.mp4").read_bytes(), filmed()
    assert len(shown) == len(given) and all(place in given for place in PLACES)
    assert read_film(shown) == read_film(small_film()) and find(given, b"mdat") == find(shown, b"mdat") != b""
    assert find(given, b"moov", b"trak") == find(shown, b"moov", b"trak") != b""
