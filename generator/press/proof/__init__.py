"""The proofreader: looks at finished pages as a phone or a reader would, and trusts no file's word.

The only importer of pdfium, zxing, OpenCV and numpy.
"""

from generator.press.proof.codes import (
    BOTH,
    FAST,
    Decoder,
    Reading,
    Seen,
    prove_codes,
    prove_image_codes,
    read_codes,
    read_image_codes,
    see_codes,
    see_picture_codes,
)
from generator.press.proof.document import Area, Leaf, Paper, opened, picture_jpeg, picture_size
from generator.press.proof.letters import (
    Faint,
    Letter,
    Outside,
    Word,
    beyond,
    empty_pages,
    faint_words,
    letters,
    page_png,
    page_text,
    text_area,
    text_outside,
    type_sizes,
    words,
)
from generator.press.proof.measures import Measures
from generator.press.proof.structure import Figure, PageLink, Piece, figures, links, pieces

__all__ = [
    "BOTH",
    "FAST",
    "Area",
    "Decoder",
    "Faint",
    "Figure",
    "Leaf",
    "Letter",
    "Measures",
    "Outside",
    "PageLink",
    "Paper",
    "Piece",
    "Reading",
    "Seen",
    "Word",
    "beyond",
    "empty_pages",
    "faint_words",
    "figures",
    "letters",
    "links",
    "opened",
    "page_png",
    "page_text",
    "picture_jpeg",
    "picture_size",
    "pieces",
    "prove_codes",
    "prove_image_codes",
    "read_codes",
    "read_image_codes",
    "see_codes",
    "see_picture_codes",
    "text_area",
    "text_outside",
    "type_sizes",
    "words",
]
