"""What a picture file holds, decoded before anybody shows it, and what of it is shown. The only importer of Pillow."""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Drawn

MOST_BYTES, MOST_POINTS = 30_000_000, 40_000_000
"""More than any phone's camera saves. Points are told by a picture's first bytes, before anything is unpacked."""
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
KINDS = {"PNG": (".png",), "JPEG": (".jpg", ".jpeg"), "MPO": (".jpg", ".jpeg"), "WEBP": (".webp",), "GIF": (".gif",)}
"""Endings of each; MPO is a JPEG that brings a second one along, as many phones save it."""
PHOTOS = frozenset(ending for endings in KINDS.values() for ending in endings)
SHOWN_EDGE, SHOWN_BYTES = 1600, 200_000
"""Of what is published: sharp on half an A4 page, and six of them are a minute on a weak network."""
TELLING_POINTS = 1_000_000
"""From here on a face or a number on a card can be read."""
_DEEP = 24
"""Where a PNG says how many bits a colour has (PNG 3rd edition, 11.2.1)."""
_IPHONE = re.compile(rb"....ftyp(hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL)
_MAKE, _TURNED = 0x010F, 0x0112
"""Tags of EXIF: the camera's maker, how the camera was held."""
_QUALITIES = (85, 72)


@dataclass(frozen=True, slots=True)
class Look:
    """What a picture file is like."""

    fault: str = ""
    """The rule that says what is wrong; empty for a still picture every browser and printer shows."""
    telling: bool = False
    """From a camera, or as large: it may show who nobody asked."""


@lru_cache(maxsize=512)
def look_at(path: Path, _stamp: int) -> Look:
    """`_stamp`, when it was last changed: a preview looks at each but once."""
    with path.open("rb") as file:
        return look_into(file.read(MOST_BYTES + 1), path.suffix.lower())


def look_into(data: bytes, suffix: str) -> Look:
    if len(data) > MOST_BYTES:
        return Look("image.data/heavy")
    from PIL import Image  # most handbooks have drawings only

    fault = "image.data/heic" if _IPHONE.match(data) else "image.data/none"
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(data), formats=FORMATS) as picture:
            if refused := _refused(picture, data, suffix):
                return Look(refused)
            fault = "image.data/cut"
            width, height = picture.size
            telling = width * height > TELLING_POINTS or bool(_exif(picture, _MAKE))
            picture.draft("RGB", (width // 8, height // 8))  # of photos an eighth shows whether all is there
            picture.load()
    except Image.DecompressionBombError:
        return Look("image.data/huge")
    except Exception:  # whatever a decoder says of rubbish
        return Look(fault)
    return Look(telling=telling)


def _refused(picture: Drawn, data: bytes, suffix: str) -> str:
    kind, (width, height) = str(picture.format), picture.size
    if suffix not in KINDS[kind]:
        return "image.data/kind"
    if width * height > MOST_POINTS:
        return "image.data/huge"
    if kind != "MPO" and getattr(picture, "is_animated", False):
        return "image.data/moving"
    if picture.mode in ("CMYK", "LAB"):
        return "image.data/cmyk"
    return "image.data/deep" if kind == "PNG" and data[_DEEP] > 8 else ""


def _exif(picture: Drawn, tag: int) -> object:
    with suppress(Exception):  # a camera's notes may be torn, and the picture whole
        return picture.getexif().get(tag)
    return None


# What is published of it.


def clean_picture(data: bytes) -> bytes:
    """Upright, of bounded size, and nothing but what is seen: where, when and with what it was taken stays here."""
    from PIL import Image

    with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(data), formats=FORMATS) as picture:
        kind = "JPEG" if picture.format == "MPO" else str(picture.format)
        picture.draft("RGB", (SHOWN_EDGE, SHOWN_EDGE))
        upright = _bare(_upright(picture))
        return _fitted(upright, kind)


def _upright(picture: Drawn) -> Drawn:
    from PIL import Image

    turn = Image.Transpose
    ways = {2: turn.FLIP_LEFT_RIGHT, 3: turn.ROTATE_180, 4: turn.FLIP_TOP_BOTTOM, 5: turn.TRANSPOSE,
            6: turn.ROTATE_270, 7: turn.TRANSVERSE, 8: turn.ROTATE_90}
    way = ways.get(number) if isinstance(number := _exif(picture, _TURNED), int) else None
    return picture.copy() if way is None else picture.transpose(way)


def _bare(picture: Drawn) -> Drawn:
    """Its points alone, in the colours every screen takes them for."""
    profile, clear = picture.info.get("icc_profile"), "transparency" in picture.info or "A" in picture.mode
    if picture.mode not in ("1", "L"):
        picture = picture.convert("RGBA" if clear else "RGB")
        if profile:
            picture = _in_srgb(picture, profile)
    picture.info.clear()
    picture.getexif().clear()
    return picture


def _in_srgb(picture: Drawn, profile: bytes) -> Drawn:
    from PIL import ImageCms

    with suppress(ImageCms.PyCMSError, OSError):
        changed = ImageCms.profileToProfile(picture, ImageCms.ImageCmsProfile(BytesIO(profile)),
                                            ImageCms.createProfile("sRGB"))
        return changed or picture
    return picture


def _fitted(picture: Drawn, kind: str) -> bytes:
    """As large and as true as may be, then less so."""
    edge, heavy = SHOWN_EDGE, 0
    while True:
        sized = picture.copy()
        sized.thumbnail((edge, edge))
        for tried in _ways(sized, kind):
            if (heavy := len(tried)) <= SHOWN_BYTES:
                return tried
        edge = int(max(sized.size) * min(0.95, math.sqrt(SHOWN_BYTES / heavy)))


def _ways(picture: Drawn, kind: str) -> Iterator[bytes]:
    if kind in ("JPEG", "WEBP"):
        drawn = picture if kind == "WEBP" else picture.convert("RGB")
        yield from (_saved(drawn, kind, quality=quality) for quality in _QUALITIES)
        return
    if kind == "PNG":
        yield _saved(picture, kind)
    yield _saved(_few_colours(picture), kind)


def _few_colours(picture: Drawn) -> Drawn:
    from PIL import Image

    return picture if picture.mode == "1" else picture.quantize(
        method=Image.Quantize.FASTOCTREE if picture.mode == "RGBA" else Image.Quantize.MEDIANCUT)


def _saved(picture: Drawn, kind: str, **settings: object) -> bytes:
    data = BytesIO()
    picture.save(data, kind, **settings)
    return data.getvalue()
