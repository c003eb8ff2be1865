"""What a picture file holds, decoded before anybody shows it. The only importer of Pillow."""

from __future__ import annotations

import warnings
from functools import lru_cache
from io import BytesIO
from pathlib import Path

MOST_BYTES, MOST_POINTS = 30_000_000, 40_000_000
"""More than any phone's camera saves. Points are told by a picture's first bytes, before anything is unpacked."""
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
KINDS = {"PNG": (".png",), "JPEG": (".jpg", ".jpeg"), "MPO": (".jpg", ".jpeg"), "WEBP": (".webp",), "GIF": (".gif",)}
"""Endings of each; MPO is a JPEG that brings a second one along, as many phones save it."""
_DEEP = 24
"""Where a PNG says how many bits a colour has (PNG 3rd edition, 11.2.1)."""


@lru_cache(maxsize=512)
def picture_fault(path: Path, _stamp: int) -> str:
    """The rule that says what is wrong; empty for a still picture every browser and printer shows.

    `_stamp`, when it was last changed: a preview looks at each but once."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    return "image.data/heavy" if len(data) > MOST_BYTES else _decoded(data, path.suffix.lower())


def _decoded(data: bytes, suffix: str) -> str:
    from PIL import Image  # most handbooks have drawings only

    fault = "image.data/none"
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(data), formats=FORMATS) as picture:
            kind, (width, height) = str(picture.format), picture.size
            if suffix not in KINDS[kind]:
                return "image.data/kind"
            if width * height > MOST_POINTS:
                return "image.data/huge"
            if kind != "MPO" and getattr(picture, "is_animated", False):
                return "image.data/moving"
            if picture.mode in ("CMYK", "LAB"):
                return "image.data/cmyk"
            if kind == "PNG" and data[_DEEP] > 8:
                return "image.data/deep"
            fault = "image.data/cut"
            picture.draft("RGB", (width // 8, height // 8))  # of photos an eighth shows whether all is there
            picture.load()
    except Image.DecompressionBombError:
        return "image.data/huge"
    except Exception:  # whatever a decoder says of rubbish
        return fault
    return ""
