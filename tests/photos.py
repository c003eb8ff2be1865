"""Photographs as phones save them: turned, heavy, with the place they were taken, the phone's maker and more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO

import numpy
from PIL import Image, ImageCms, PngImagePlugin

MAKER = "HANGMAYTHU"
SECRETS = (MAKER.encode(), b"Exif\0\0", b"GPS-1", b"21.0285", b"tiff:Make", b"Thu Nguyen")
"""None of these may stand in anything that is published."""
XMP = (f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Make="{MAKER}" exif:GPSLatitude="21.0285"/>'
       "</x:xmpmeta>").encode()
CORNERS = ((200, 30, 30), (30, 160, 30), (30, 30, 200), (220, 200, 30))
"""Colours of an upright picture: above left, above right, below left, below right."""
_AWAY = {2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
         5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
         8: Image.Transpose.ROTATE_270}
"""How the camera lay for each orientation (EXIF 2.32, tag 0x0112): the way back from what a viewer does."""


class Album(Mapping[str, bytes]):
    """Photographs by name, each made when somebody looks at it: not by every worker that only counts them."""

    def __init__(self, makers: Mapping[str, Callable[[], bytes]]) -> None:
        self._makers = makers
        self._made: dict[str, bytes] = {}

    def __getitem__(self, name: str) -> bytes:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def notes(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112], exif[0x013B] = MAKER, "GPS-1", orientation, "Thu Nguyen"
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0285, 0.0, 0.0), 3: "E", 4: (105.8542, 0.0, 0.0), 29: "2026:11:20"})
    return exif


def four_corners(size: tuple[int, int], noise: float = 0) -> Image.Image:
    """Upright; `noise` makes it as heavy as a photograph."""
    picture = Image.new("RGB", (2, 2))
    picture.putdata(CORNERS)
    points = numpy.asarray(picture.resize(size, Image.Resampling.NEAREST), dtype=float)
    grain = numpy.random.default_rng(13).normal(0, noise, points.shape)
    return Image.fromarray((points + grain).clip(0, 255).astype("uint8"))


def photo(
    kind: str = "JPEG", orientation: int = 1, size: tuple[int, int] = (400, 300), noise: float = 0, quality: int = 95,
) -> bytes:
    """As it lies in the phone: `size` is that of the upright picture."""
    picture = four_corners(size, noise)
    if orientation in _AWAY:
        picture = picture.transpose(_AWAY[orientation])
    settings: dict[str, object] = {"exif": notes(orientation), "icc_profile": profile()}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", "Thu Nguyen")
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        settings |= {"pnginfo": text}
    elif kind in ("JPEG", "MPO", "WEBP"):
        settings |= {"quality": quality} | ({"xmp": XMP} if kind != "MPO" else {})
        settings |= {"comment": MAKER} if kind == "JPEG" else {}
    if kind == "MPO":
        settings |= {"save_all": True, "append_images": [picture.resize((40, 30))]}
    data = BytesIO()
    picture.save(data, kind, **settings)
    return data.getvalue()


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
