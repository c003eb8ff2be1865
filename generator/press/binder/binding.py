"""Binds a book of pieces that know nothing of it: where they stand, what is printed on their edges, where they lead."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pikepdf

from generator.press.binder.content import move_notes
from generator.press.binder.cutting import UNIT
from generator.press.binder.file import opened
from generator.press.binder.joining import Chapter, join_tagged
from generator.press.binder.tags import is_element, kids, owners, tree_of
from generator.press.binder.trim import put_trim
from generator.press.orders import LEADS, OWN, About, Piece

_MARKS = re.compile(rb"^(?:/\S+ (?:<<.*>>)?B[DM]C|EMC)\n", re.MULTILINE)
PAGINATION = b"/Artifact <</Type/Pagination>>BDC\n%sEMC\n"


@dataclass(frozen=True)
class Stamps:
    """What is printed on the edges of pages."""

    sheets: Sequence[bytes]
    pages: Mapping[int, Sequence[tuple[int, int]]]
    """By page of the book: which of the sheets, and which page of it from 1."""
    inwards_px: int
    """So far right of its piece a right-hand page lies, and a left-hand one left: away from the fold."""


def bind(chapters: Sequence[Chapter], starts: Mapping[str, int], stamps: Stamps, about: About) -> Piece:
    """`starts` are names of pages that no piece has itself."""
    counted: list[int] = []

    def dress(pdf: pikepdf.Pdf) -> None:
        counted.append(len(pdf.pages))
        _lead(pdf, starts)
        with ExitStack() as stack:
            _stamp(pdf, [stack.enter_context(opened(data)) for data in stamps.sheets], stamps)
        put_trim(pdf, about.edge_mm)  # last: what is moved away from the fold is cut where all is

    return Piece(join_tagged(chapters, about, dress), counted[0])


def _lead(pdf: pikepdf.Pdf, starts: Mapping[str, int]) -> None:
    """Names lose what told them apart among books; links to names get there, or are none when the book has no such."""
    names = {f"/{name.rpartition(OWN)[2].removeprefix('/')}": place for name, place in pdf.Root.Dests.items()}
    for name, number in starts.items():
        page = pdf.pages[number - 1]
        names[f"/{name}"] = pikepdf.Array([page.obj, pikepdf.Name.XYZ, 0, float(page.mediabox[3]), 0])
    pdf.Root.Dests = pdf.make_indirect(pikepdf.Dictionary(names))
    owned = owners(tree_of(pdf))
    for page in pdf.pages:
        for note in list(page.get("/Annots", ())):
            target = str(note.get("/A", pikepdf.Dictionary()).get("/URI", ""))
            if not target.startswith(LEADS):
                continue
            if (name := f"/{target.removeprefix(LEADS)}") in names:
                del note["/A"]
                note.Dest = pikepdf.Name(name)
            else:
                _unlink(page, note, owned[int(note.StructParent)])


def _unlink(page: pikepdf.Page, note: Any, link: Any) -> None:
    """The words stay."""
    page.obj.Annots = pikepdf.Array([one for one in page.Annots if one.objgen != note.objgen])
    link.K = pikepdf.Array([kid for kid in kids(link) if is_element(kid) or "/Obj" not in (
        kid if isinstance(kid, pikepdf.Dictionary) else {})])
    link.S = pikepdf.Name.Span


def _stamp(pdf: pikepdf.Pdf, sheets: Sequence[pikepdf.Pdf], stamps: Stamps) -> None:
    forms: dict[tuple[int, int], Any] = {}
    moves = {side: pdf.make_stream(b"q 1 0 0 1 %g 0 cm\n" % move) for side, move in _moves(stamps).items()}
    ends: dict[int, Any] = {}
    for number, stamped in stamps.pages.items():
        page = pdf.pages[number - 1]
        for sheet in stamped:
            if sheet not in forms:
                source, at = sheets[sheet[0]], sheet[1]
                forms[sheet] = pdf.copy_foreign(_form(source, source.pages[at - 1]))
        names = [f"/S{index}" for index in range(len(stamped))]
        things = page.Resources.get("/XObject", pikepdf.Dictionary())
        for name, sheet in zip(names, stamped, strict=True):
            things[name] = forms[sheet]
        page.Resources.XObject = things
        if len(names) not in ends:
            ends[len(names)] = pdf.make_stream(b"\nQ\n" + b"".join(b"q %s Do Q\n" % name.encode() for name in names))
        page.obj.Contents = pikepdf.Array([moves[number % 2], page.obj.Contents, ends[len(names)]])
        move_notes(page, (_moves(stamps)[number % 2], 0))


def _moves(stamps: Stamps) -> dict[int, float]:
    points = stamps.inwards_px * UNIT * 3.125
    return {1: points, 0: -points}


def _form(sheets: pikepdf.Pdf, page: pikepdf.Page) -> Any:
    """A page of stamps as a drawing for others: no words of the book, so decoration."""
    drawn = PAGINATION % _MARKS.sub(b"", page.obj.Contents.read_bytes())
    return sheets.make_stream(drawn, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=page.mediabox,
                              Resources=page.Resources)
