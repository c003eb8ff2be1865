"""Finishes PDFs so that they are the same byte for byte, lays pages on sheets, and reads structure back.

The only importer of pikepdf. Laying pages on sheets (`sheets`) is imported by itself: few papers need it.
"""

from generator.press.binder.binding import Stamps, bind
from generator.press.binder.cutting import TooLongError, cut
from generator.press.binder.facts import (
    Font,
    Heading,
    Link,
    about,
    destinations,
    embedded_fonts,
    is_tagged,
    links,
    outline,
    page_count,
    page_sizes_mm,
)
from generator.press.binder.finish import enlarge, finish_pdf
from generator.press.binder.glyphs import missing_glyphs
from generator.press.binder.joining import Chapter, join_tagged
from generator.press.binder.reach import Unreached, unreached

__all__ = [
    "Chapter",
    "Font",
    "Heading",
    "Link",
    "Stamps",
    "TooLongError",
    "Unreached",
    "about",
    "bind",
    "cut",
    "destinations",
    "embedded_fonts",
    "enlarge",
    "finish_pdf",
    "is_tagged",
    "join_tagged",
    "links",
    "missing_glyphs",
    "outline",
    "page_count",
    "page_sizes_mm",
    "unreached",
]
