"""The proofreader: looks at finished pages as a phone or a reader would, and trusts no file's word.

The only importer of pdfium, zxing, OpenCV and numpy.
"""

from generator.press.proof.codes import BOTH as BOTH
from generator.press.proof.codes import Seen as Seen
from generator.press.proof.codes import prove_codes as prove_codes
from generator.press.proof.codes import prove_image_codes as prove_image_codes
from generator.press.proof.codes import see_codes as see_codes
from generator.press.proof.codes import see_picture_codes as see_picture_codes
from generator.press.proof.document import Area as Area
from generator.press.proof.document import Leaf as Leaf
from generator.press.proof.document import Paper as Paper
from generator.press.proof.document import opened as opened
from generator.press.proof.document import picture_jpeg as picture_jpeg
from generator.press.proof.document import picture_size as picture_size
from generator.press.proof.letters import Faint as Faint
from generator.press.proof.letters import Word as Word
from generator.press.proof.letters import beyond as beyond
from generator.press.proof.letters import faint_words as faint_words
from generator.press.proof.letters import letters as letters
from generator.press.proof.letters import words as words
from generator.press.proof.structure import Figure as Figure
from generator.press.proof.structure import PageLink as PageLink
from generator.press.proof.structure import Piece as Piece
from generator.press.proof.structure import figures as figures
from generator.press.proof.structure import links as links
from generator.press.proof.structure import pieces as pieces
