"""Finishes PDFs so that they are the same byte for byte, and reads their structure back."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import unquote

import pikepdf

from generator.errors import ProofError
from generator.press.imposer import A4_MM, Matrix, Page, Side, name_of, page_of

MM_PER_POINT = 25.4 / 72
CREATOR = "hocso"
POINTS_PER_PX = 0.75
PAGE_UNITS = re.compile(rb"\A\s*([\d.]+) 0 0 -[\d.]+ \S+ \S+ cm\s")
PAGE_BODY = re.compile(rb"\sre\s+W\*? n\s+q\s+([\d.]+) 0 0 \1 \S+ \S+ cm\s")
"""Chromium begins a page with its own small units; the body, after margin boxes, is clipped and scaled to pixels."""


class Heading(NamedTuple):
    """One line of the outline; levels and pages start at 1."""

    level: int
    title: str
    page: int


class Link(NamedTuple):
    """From a page to an address, or to `#name` in the same file."""

    page: int
    target: str


class Font(NamedTuple):
    name: str
    embedded: bool


def finish_pdf(
    data: bytes, *, title: str, moment: int, language: str = "vi", author: str = "", subject: str = ""
) -> bytes:
    """Says what the paper is and when its source was written; tags, outline and links stay as they are."""
    with _opened(data) as pdf:
        _refuse_shrunk(pdf, title)
        _sign(pdf, {"/Title": title, "/Author": author, "/Subject": subject, "/Creator": CREATOR}, moment, language)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        return _saved(pdf)


def _sign(pdf: pikepdf.Pdf, about: Mapping[str, str], moment: int, language: str = "vi") -> None:
    for key, text in about.items():
        if text:
            pdf.docinfo[key] = text
        elif key in pdf.docinfo:
            del pdf.docinfo[key]
    stamp = datetime.fromtimestamp(moment, UTC).strftime("D:%Y%m%d%H%M%SZ")
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = stamp
    if "/Metadata" in pdf.Root:
        del pdf.Root["/Metadata"]
    pdf.Root.Lang = pikepdf.String(language)


def _refuse_shrunk(pdf: pikepdf.Pdf, title: str) -> None:
    """Chromium makes the whole document smaller, without a word, when one line is too wide for its page."""
    scale = min((_scale(page) for page in pdf.pages), default=1.0)
    if scale < 0.995:
        raise ProofError(
            f"“{title}”: có dòng rộng hơn trang giấy, cả tờ bị thu còn {scale:.0%}.",
            f'"{title}": a line is wider than its page, and all of it was shrunk to {scale:.0%}.',
        )


def _scale(page: pikepdf.Page) -> float:
    """Printed size of a page's pixels, 1 = as designed; 1 also for pages that others laid out."""
    content = page.obj.get("/Contents")
    if not isinstance(content, pikepdf.Stream):
        return 1.0
    data = content.read_bytes()
    units, body = PAGE_UNITS.match(data), PAGE_BODY.search(data)
    return float(units[1]) * float(body[1]) / POINTS_PER_PX if units and body else 1.0


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return out.getvalue()


def about(data: bytes) -> dict[str, str]:
    """What a reader's program shows as the file's properties, and its language."""
    with _opened(data) as pdf:
        properties = {key.removeprefix("/"): str(text) for key, text in pdf.docinfo.items()}
        return properties | {"Lang": str(pdf.Root.get("/Lang", ""))}


def page_count(data: bytes) -> int:
    with _opened(data) as pdf:
        return len(pdf.pages)


def page_sizes_mm(data: bytes) -> list[tuple[float, float]]:
    with _opened(data) as pdf:
        boxes = [[float(number) for number in page.mediabox] for page in pdf.pages]
    return [((right - left) * MM_PER_POINT, (top - bottom) * MM_PER_POINT) for left, bottom, right, top in boxes]


def destinations(data: bytes) -> dict[str, int]:
    """On which page each name lies; a name exists only when some link leads to it."""
    with _opened(data) as pdf:
        numbers = _page_numbers(pdf)
        named = pdf.Root.get("/Dests", pikepdf.Dictionary())
        return {_readable(name): _page_of(place, numbers) for name, place in named.items()}


def outline(data: bytes) -> list[Heading]:
    with _opened(data) as pdf, pdf.open_outline() as tree:
        return list(_headings(tree.root, 1, _page_numbers(pdf)))


def links(data: bytes) -> list[Link]:
    with _opened(data) as pdf:
        return [
            Link(number, target)
            for number, page in enumerate(pdf.pages, 1)
            for note in page.get("/Annots", ())
            if (target := _target(note))
        ]


def embedded_fonts(data: bytes) -> list[Font]:
    """Every font of the file, without the letters that mark a subset; sorted, each once."""
    with _opened(data) as pdf:
        fonts = {_font(thing) for thing in pdf.objects if _is_font(thing)}
    return sorted(fonts)


def is_tagged(data: bytes) -> bool:
    with _opened(data) as pdf:
        marks = pdf.Root.get("/MarkInfo", pikepdf.Dictionary())
        return bool(marks.get("/Marked", False)) and "/StructTreeRoot" in pdf.Root


@contextmanager
def _opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as problem:
        raise ProofError("Tệp PDF có khóa mật khẩu.", "The PDF is locked with a password.") from problem
    except pikepdf.PdfError as problem:
        raise ProofError("Tệp PDF hỏng, không mở được.", "The PDF is broken and cannot be opened.") from problem
    with pdf:
        yield pdf


def _page_numbers(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}


def _page_of(place: Any, numbers: dict[tuple[int, int], int]) -> int:
    if isinstance(place, pikepdf.Dictionary):
        place = place.D
    return numbers[place[0].objgen]


def _readable(name: str) -> str:
    """Chromium writes `#phần-1` as an address would have it, in percent signs."""
    return unquote(name.removeprefix("/"))


def _headings(
    items: list[pikepdf.OutlineItem], level: int, numbers: dict[tuple[int, int], int]
) -> Iterator[Heading]:
    for item in items:
        yield Heading(level, item.title, _page_of(item.destination, numbers))
        yield from _headings(item.children, level + 1, numbers)


def _target(note: Any) -> str:
    if note.get("/Subtype") != "/Link":
        return ""
    if "/Dest" in note:
        return "#" + _readable(str(note.Dest))
    return str(note.get("/A", {}).get("/URI", ""))


def _is_font(thing: Any) -> bool:
    """Whole fonts only: a composite font's inner one is asked through it."""
    return (
        isinstance(thing, pikepdf.Dictionary)
        and thing.get("/Type") == "/Font"
        and not str(thing.get("/Subtype")).startswith("/CIDFont")
    )


def _font(thing: Any) -> Font:
    inner = thing.DescendantFonts[0] if "/DescendantFonts" in thing else thing
    description = inner.get("/FontDescriptor", {})
    embedded = thing.Subtype == "/Type3" or any(f"/FontFile{n}" in description for n in ("", "2", "3"))
    name = str(thing.get("/BaseFont") or description.get("/FontName") or "/?").removeprefix("/")
    return Font(name.split("+", 1)[-1], embedded)


# Files made of finished ones: sheets to fold or cut, packs.


def place_pages(sources: Sequence[bytes], sides: Sequence[Side], *, title: str, subject: str, moment: int) -> bytes:
    """Prints pages of finished files on sheets. Whoever reads by ear takes the file named in `subject`."""
    with ExitStack() as open_files, pikepdf.new() as pdf:
        files = [open_files.enter_context(_opened(data)) for data in sources]
        forms: dict[Page, Any] = {}
        for side in sides:
            for place in side.places:
                if (at := (place.source, place.page)) not in forms:
                    forms[at] = pdf.copy_foreign(_form(files[place.source], place.page))
            _add_sheet(pdf, side, forms)
        _sign(pdf, {"/Title": title, "/Subject": subject, "/Creator": CREATOR}, moment)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(
            DisplayDocTitle=True, PrintScaling=pikepdf.Name("/None"),
            Duplex=pikepdf.Name("/DuplexFlipShortEdge"),
        )
        return _saved(pdf)


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


def join_files(files: Sequence[tuple[str, bytes]], *, title: str, subject: str, moment: int) -> bytes:
    """One file after another, each a line of the outline."""
    with ExitStack() as open_files, pikepdf.new() as pdf:
        for name, data in files:
            start = len(pdf.pages)
            pdf.pages.extend(open_files.enter_context(_opened(data)).pages)
            with pdf.open_outline() as tree:
                tree.root.append(pikepdf.OutlineItem(name, start))
        for page in pdf.pages:
            if "/StructParents" in page.obj:
                del page.obj["/StructParents"]
        _sign(pdf, {"/Title": title, "/Subject": subject, "/Creator": CREATOR}, moment)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        return _saved(pdf)


def laid_pages(data: bytes) -> list[list[tuple[Page, Matrix]]]:
    """Which pages really lie where, read back from what the printer gets: sheet side by sheet side, in points."""
    with _opened(data) as pdf:
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


# Letters no font had: drawn as glyph 0, an empty box, whatever the text layer says.

_GLYPHS = re.compile(rb"/(\S+)\s+[-\d.]+\s+Tf|<([0-9A-Fa-f\s]*)>")


def missing_glyphs(data: bytes) -> dict[int, int]:
    """How many letters of each page are such boxes; pages without any are left out."""
    with _opened(data) as pdf:
        seen: dict[tuple[int, int], int] = {}
        counts = {number: _boxes(page.obj, seen) for number, page in enumerate(pdf.pages, 1)}
    return {number: count for number, count in counts.items() if count}


def _boxes(holder: Any, seen: dict[tuple[int, int], int]) -> int:
    """Of a page or a form with the forms in it; a form that many pages share is read once."""
    content = holder if isinstance(holder, pikepdf.Stream) else holder.get("/Contents", ())
    streams = [content] if isinstance(content, pikepdf.Stream) else list(content)
    resources = holder.get("/Resources", pikepdf.Dictionary())
    total = _boxes_drawn(b"\n".join(stream.read_bytes() for stream in streams), resources.get("/Font", {}))
    for form in resources.get("/XObject", pikepdf.Dictionary()).values():
        if form.get("/Subtype") == "/Form":
            if form.objgen not in seen:
                seen[form.objgen] = 0
                seen[form.objgen] = _boxes(form, seen)
            total += seen[form.objgen]
    return total


def _boxes_drawn(content: bytes, fonts: Any) -> int:
    """Counted where a font takes two bytes a letter."""
    if b"0000" not in content:
        return 0
    wide = {name.removeprefix("/") for name, font in fonts.items() if font.get("/Subtype") == "/Type0"}
    total, is_wide = 0, False
    for name, letters in _GLYPHS.findall(content):
        if name:
            is_wide = name.decode("latin-1") in wide
        elif is_wide:
            digits = b"".join(letters.split())
            total += sum(digits[at : at + 4] == b"0000" for at in range(0, len(digits), 4))
    return total
