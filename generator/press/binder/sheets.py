"""Files made of finished ones: sheets to fold or cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

import pikepdf

from generator.press.binder.file import CREATOR, MM_PER_POINT, opened, saved, sign
from generator.press.binder.typeface import share_letters
from generator.press.imposer import A4_MM, Matrix, Page, Side, name_of, page_of


def place_pages(sources: Sequence[bytes], sides: Sequence[Side], *, title: str, moment: int) -> bytes:
    """Prints pages of finished files on sheets, without tags: the title says which file to read."""
    with ExitStack() as open_files, pikepdf.new() as pdf:
        files = [open_files.enter_context(opened(data)) for data in sources]
        forms: dict[Page, Any] = {}
        for side in sides:
            for place in side.places:
                if (at := (place.source, place.page)) not in forms:
                    forms[at] = pdf.copy_foreign(_form(files[place.source], place.page))
            _add_sheet(pdf, side, forms)
        share_letters(pdf)
        sign(pdf, {"/Title": title, "/Creator": CREATOR}, moment)
        pdf.Root.ViewerPreferences.PrintScaling = pikepdf.Name("/None")
        pdf.Root.ViewerPreferences.Duplex = pikepdf.Name.DuplexFlipShortEdge
        return saved(pdf)


def _form(pdf: pikepdf.Pdf, number: int) -> Any:
    """A page as a picture for other pages; its drawing stays packed as it is, which halves the work."""
    page = pdf.pages[number - 1]
    content = page.obj.get("/Contents")
    if not isinstance(content, pikepdf.Stream) or "/Rotate" in page.obj:
        return page.as_form_xobject()
    form = pdf.make_stream(content.read_raw_bytes())
    for key in ("/Filter", "/DecodeParms"):
        if key in content:
            form[key] = content[key]
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox, form.Resources = page.mediabox, page.resources
    return form


def _add_sheet(pdf: pikepdf.Pdf, side: Side, forms: Mapping[Page, Any]) -> None:
    page = pdf.add_blank_page(page_size=(A4_MM[0] / MM_PER_POINT, A4_MM[1] / MM_PER_POINT))
    own = {name_of(place.source, place.page): forms[place.source, place.page] for place in side.places}
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(own))
    page.Contents = pdf.make_stream("\n".join(_drawing(side)).encode())


def _drawing(side: Side) -> Iterator[str]:
    for place in side.places:
        clip = f"{_points(place.left)} 0 {_points(place.right - place.left)} {_points(A4_MM[1])} re W n"
        lies = f"1 0 0 1 {_points(place.x)} {_points(place.y)} cm"
        yield f"q {clip} {lies} {name_of(place.source, place.page)} Do Q"
    for line in side.lines:
        ends = f"{_points(line.x0)} {_points(line.y0)} m {_points(line.x1)} {_points(line.y1)} l"
        yield f"q 0 G {_points(line.width)} w {ends} S Q"


def _points(mm: float) -> str:
    return f"{mm / MM_PER_POINT:.3f}"


def laid_pages(data: bytes) -> list[list[tuple[Page, Matrix]]]:
    """Which pages really lie where, read back from what the printer gets: sheet side by sheet side, in points."""
    with opened(data) as pdf:
        return [list(_laid(page)) for page in pdf.pages]


def _laid(page: pikepdf.Page) -> Iterator[tuple[Page, Matrix]]:
    matrix, saved = pikepdf.Matrix(), []
    for instruction in pikepdf.parse_content_stream(page):
        operands = list(instruction.operands)
        match str(instruction.operator):
            case "q":
                saved.append(matrix)
            case "Q":
                matrix = saved.pop()
            case "cm":
                a, b, c, d, e, f = (float(str(number)) for number in operands)
                matrix = pikepdf.Matrix(a, b, c, d, e, f) @ matrix
            case "Do":
                yield page_of(str(operands[0])), matrix.shorthand
