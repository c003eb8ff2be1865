"""Pictures as they leave `content/`: cleaned once and kept. No other bytes of a photograph or drawing are published."""

from __future__ import annotations

from pathlib import PurePosixPath

from generator.ground.code import our_code
from generator.ground.errors import RefusedError
from generator.ground.files import Project, digest_of
from generator.ground.findings import Place, error
from generator.ground.whole import Stock
from generator.handbook.recorded.drawings import clean_drawing
from generator.handbook.recorded.pictures import PHOTOS, clean_picture

MOST_BYTES = 100_000_000
"""Some five hundred pictures: of other branches, of lessons being worked on."""


def as_shown(project: Project, file: str, data: bytes) -> bytes:
    """A photograph without what its camera noted, a drawing without what its program did; anything else as it is."""
    suffix = PurePosixPath(file).suffix.lower()
    if suffix == ".svg":
        return _drawn(file, data)
    if suffix not in PHOTOS:
        return data
    stock = Stock(project.private / "pictures")
    key = digest_of("picture", data, our_code().digest("generator.handbook.recorded.pictures"))
    found = stock.find(key)
    if found is None:
        try:
            found = stock.keep(key, clean_picture(data))
        except Exception as problem:  # whatever a decoder says of rubbish
            raise RefusedError(error("image.data/none", Place(file))) from problem
        stock.forget(MOST_BYTES)
    return found


def _drawn(file: str, data: bytes) -> bytes:
    try:
        return clean_drawing(data)
    except (SyntaxError, ValueError, LookupError) as problem:  # ElementTree's ParseError is the first
        raise RefusedError(error("image.data/none", Place(file))) from problem
