"""Word files made from code, as Word, LibreOffice and Google write them: just the parts a reader looks at."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

_NS = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
       'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
       'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
       'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
       'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"')
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = "".join(f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{told}"/></w:style>' for name, told in
                  (("Title", "Title"), ("Heading1", "heading 1"), ("Heading2", "heading 2"), ("Body", "Text Body")))
_NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
    f'<w:lvlText w:val="{sign}"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
    f'<w:lvlText w:val="o"/></w:lvl></w:abstractNum>'
    for number, kind, sign in ((1, "decimal", "%1."), (2, "bullet", "\uf0b7")))
_NUMBERING += "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in (1, 2))
NUMBERED, BULLET = 1, 2


def run(text: str, bold: bool = False, gone: bool = False) -> str:
    """Tabs and line ends as Word writes them."""
    tag = "w:delText" if gone else "w:t"
    pieces = text.replace("\t", "\0\t\0").replace("\n", "\0\n\0").split("\0")
    breaks = {"\t": "<w:tab/>", "\n": "<w:br/>"}
    inside = "".join(breaks.get(piece, f'<{tag} xml:space="preserve">{escape(piece)}</{tag}>')
                     for piece in pieces if piece)
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{inside}</w:r>"


@dataclass
class Word:
    """A document that is being written; `said` holds every line of words in it, `gone` what was deleted."""

    body: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    header: str = ""
    diagram: str = ""

    def line(self, text: str, *, style: str = "", bold: bool = False, list_of: int = 0, level: int = 0, more: str = "",
             words: str | None = None) -> Word:
        """`words`: what of it must be found again, where that is not all."""
        self.said += (text if words is None else words).replace("\t", "\n").split("\n")
        self.body.append(self._paragraph(run(text, bold) + more, style, list_of, level))
        return self

    def heading(self, text: str, style: str = "Heading2") -> Word:
        return self.line(text, style=style)

    def numbered(self, *texts: str) -> Word:
        for text in texts:
            self.line(text, list_of=NUMBERED)
        return self

    def bullets(self, *texts: str, level: int = 0) -> Word:
        for text in texts:
            self.line(text, list_of=BULLET, level=level)
        return self

    def table(self, *rows: Sequence[str]) -> Word:
        self.said += [cell for row in rows for cell in row]
        inside = "".join("<w:tr>" + "".join(f"<w:tc>{self._paragraph(run(cell))}</w:tc>" for cell in row) + "</w:tr>"
                         for row in rows)
        self.body.append(f"<w:tbl><w:tblGrid>{'<w:gridCol/>' * len(rows[0])}</w:tblGrid>{inside}</w:tbl>")
        return self

    def picture(self, name: str, data: bytes, alt: str = "", *, list_of: int = 0) -> Word:
        self.media[name] = data
        drawing = (f'<w:r><w:drawing><wp:inline><wp:extent cx="914400" cy="914400"/><wp:docPr id="1" name="Hinh" '
                   f'descr="{escape(alt)}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006'
                   f'/picture"><pic:pic><pic:blipFill><a:blip r:embed="p{len(self.media)}"/></pic:blipFill></pic:pic>'
                   "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>")
        self.body.append(self._paragraph(drawing, "", list_of))
        self.said.append(alt)
        return self

    def footnote(self, text: str, note: str) -> Word:
        self.notes.append(note)
        self.said.append(note)
        return self.line(text, more=f'<w:r><w:footnoteReference w:id="{len(self.notes) + 1}"/></w:r>')

    def comment(self, text: str, told: str) -> Word:
        number = len(self.comments)
        self.comments.append(told)
        self.said += [text, told]
        self.body.append(self._paragraph(
            f'<w:commentRangeStart w:id="{number}"/>{run(text)}<w:commentRangeEnd w:id="{number}"/>'
            f'<w:r><w:commentReference w:id="{number}"/></w:r>'))
        return self

    def changed(self, before: str, gone: str, new: str, after: str, *, list_of: int = 0) -> Word:
        who = 'w:id="9" w:author="Nguoi Sua" w:date="2026-11-20T00:00:00Z"'
        self.said.append(f"{before}{new}{after}")
        self.gone.append(gone)
        changes = f"<w:del {who}>{run(gone, gone=True)}</w:del><w:ins {who}>{run(new)}</w:ins>"
        self.body.append(self._paragraph(f"{run(before)}{changes}{run(after)}", "", list_of))
        return self

    def boxed(self, text: str) -> Word:
        """A box that floats over the page."""
        self.said.append(text)
        box = f"<w:txbxContent>{self._paragraph(run(text))}</w:txbxContent>"
        self.body.append(f"<w:p><w:r><w:pict>{box}</w:pict></w:r></w:p>")
        return self

    def _paragraph(self, inside: str, style: str = "", list_of: int = 0, level: int = 0) -> str:
        marks = f'<w:pStyle w:val="{style}"/>' if style else ""
        marks += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_of}"/></w:numPr>' if list_of else ""
        return f"<w:p><w:pPr>{marks}</w:pPr>{inside}</w:p>"

    def data(self) -> bytes:
        parts = {"document": f"<w:body>{''.join(self.body)}</w:body>", "styles": _STYLES, "numbering": _NUMBERING}
        if self.notes:
            parts["footnotes"] = "".join(f'<w:footnote w:id="{at + 2}">{self._paragraph(run(note))}</w:footnote>'
                                         for at, note in enumerate(self.notes))
        if self.comments:
            parts["comments"] = "".join(
                f'<w:comment w:id="{at}" w:author="Nguoi Sua">{self._paragraph(run(told))}</w:comment>'
                for at, told in enumerate(self.comments))
        if self.header:
            parts["header1"] = self._paragraph(run(self.header))
            self.said.append(self.header)
        if self.diagram:
            parts["diagrams/data1"] = f"<a:p><a:r><a:t>{escape(self.diagram)}</a:t></a:r></a:p>"
            self.said.append(self.diagram)
        return self._packed(parts)

    def _packed(self, parts: dict[str, str]) -> bytes:
        links = "".join(f'<Relationship Id="k{at}" Type="{_REL}/{part.rstrip("1")}" Target="{part}.xml"/>'
                        for at, part in enumerate(parts) if part != "document")
        links += "".join(f'<Relationship Id="p{at}" Type="{_REL}/image" Target="media/{name}"/>'
                         for at, name in enumerate(self.media, 1))
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as box:
            box.writestr("[Content_Types].xml", _types(parts))
            box.writestr("_rels/.rels", _relations(
                f'<Relationship Id="d" Type="{_REL}/officeDocument" Target="word/document.xml"/>'))
            box.writestr("word/_rels/document.xml.rels", _relations(links))
            for name, inside in parts.items():
                root = {"header1": "hdr"}.get(name, name.rpartition("/")[2])
                box.writestr(f"word/{name}.xml", f'<?xml version="1.0"?><w:{root} {_NS}>{inside}</w:{root}>')
            for name, data in self.media.items():
                box.writestr(f"word/media/{name}", data)
        return packed.getvalue()


def _relations(inside: str) -> str:
    return (f'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{inside}</Relationships>")


def _types(parts: dict[str, str]) -> str:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    rows = "".join(f'<Override PartName="/word/{part}.xml" ContentType="{kind}.'
                   f'{"document.main" if part == "document" else part.rstrip("1")}+xml"/>' for part in parts)
    return ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="png" ContentType="image/png"/>{rows}</Types>')
