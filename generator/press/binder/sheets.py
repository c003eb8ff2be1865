"""Files made of finished ones: sheets to fold or cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

import pikepdf

from generator.press.binder.file import MM_PER_POINT, opened, saved, sign
from generator.press.binder.typeface import share_letters
from generator.press.imposer import A4_MM, Page, Side, name_of
from generator.press.orders import About


def place_pages(sources: Sequence[bytes], sides: Sequence[Side], about: About) -> bytes:
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
        sign(pdf, about)
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
