"""Opens, signs and saves: every file of ours goes through here, so that equal in is equal out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pikepdf

from generator.ground.errors import ProofError
from generator.press.orders import About

MM_PER_POINT = 25.4 / 72
CREATOR = "hocso"
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title></rdf:Description>
{ua}</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
UA = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
"""
"""Says of a tagged file that it keeps to PDF/UA-1."""


@contextmanager
def opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as problem:
        raise ProofError("Tệp PDF có khóa mật khẩu.", "The PDF is locked with a password.") from problem
    except pikepdf.PdfError as problem:
        raise ProofError("Tệp PDF hỏng, không mở được.", "The PDF is broken and cannot be opened.") from problem
    with pdf:
        yield pdf


def sign(pdf: pikepdf.Pdf, about: About) -> None:
    told = {"/Title": about.title, "/Author": about.author, "/Subject": about.subject, "/Creator": CREATOR,
            "/Keywords": about.approval, "/Place": about.place}
    for key, text in told.items():
        if text:
            pdf.docinfo[key] = text
    stamp = datetime.fromtimestamp(about.moment, UTC).strftime("D:%Y%m%d%H%M%SZ")
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = stamp
    xmp = XMP.format(title=escape(about.title), ua=UA if "/StructTreeRoot" in pdf.Root else "")
    pdf.Root.Metadata = pdf.make_stream(xmp.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    pdf.Root.Lang = pikepdf.String("vi")


def with_place(data: bytes, place: str) -> bytes:
    """A finished file that says of which place it is: last of all, so that places share what was printed for one."""
    with opened(data) as pdf:
        pdf.docinfo["/Place"] = place
        return saved(pdf)


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return out.getvalue()


def page_numbers(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}


def outlined(items: Iterable[pikepdf.OutlineItem], level: int = 1) -> Iterator[tuple[int, pikepdf.OutlineItem]]:
    """Lines of an outline, with those below them."""
    for item in items:
        yield level, item
        yield from outlined(item.children, level + 1)
