"""The outside judge of PDF/UA-1. The only importer of page-validation."""

from __future__ import annotations

import re
from typing import NamedTuple

import page

from generator.ground.errors import ProofError
from generator.ground.findings import Text

PREFIX = "PDFUA1-"
PAGE = re.compile(r"\bpage (\d+)\b")
MEANINGS = (
    (("CONTENT-TAGGING", "ARTIFACT", "TAGGED-CONTENT", "PRINTER"),
     Text("nội dung và nét trang trí chưa tách nhau", "content and decoration are not told apart")),
    (("STRUCT", "TAGGED-DOCUMENT", "SUSPECTS"), Text("cây thẻ sai hay thiếu", "the tree of tags is wrong or missing")),
    (("LI-", "L-", "LBODY", "TOC"), Text("thẻ của danh sách sai", "the tags of a list are wrong")),
    (("TABLE", "TR-", "TH", "TD", "TBODY", "TFOOT"), Text("thẻ của bảng sai", "the tags of a table are wrong")),
    (("FIGURE", "FORMULA"), Text("hình không có lời tả", "a picture without a text")),
    (("HEADING",), Text("các mục nhảy bậc", "headings skip a level")),
    (("LINK", "ANNOTATION", "PAGE-TABS", "WIDGET"), Text("đường dẫn không có lời hay không có thẻ",
                                                         "a link without words or tag")),
    (("FONT", "CID", "CMAP", "TRUETYPE", "TYPE0", "NOTDEF"), Text("phông chữ thiếu hay không đọc ra chữ được",
                                                                  "a font that is missing or yields no words")),
    (("METADATA", "ID-", "VIEWER"), Text("tệp không ghi tên hay không ghi mình theo PDF/UA",
                                         "the file does not say its title, or that it keeps to PDF/UA")),
)
OTHER = Text("trái một điều của PDF/UA-1", "against a rule of PDF/UA-1")


class Breach(NamedTuple):
    rule: str
    page: int
    """0 for the whole file."""
    what: Text


def breaches(data: bytes) -> list[Breach]:
    """Nothing for a file that keeps to PDF/UA-1."""
    try:
        report = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1)
    except page.PageError as problem:
        raise ProofError("Tệp PDF hỏng, không soát thẻ được.",
                         "The PDF is broken; its tags cannot be judged.") from problem
    return [_breach(failure.rule_id, failure.message) for failure in report.failures]


def _breach(rule: str, message: str) -> Breach:
    place = PAGE.search(message)
    name = rule.removeprefix(PREFIX)
    meaning = next((text for starts, text in MEANINGS if name.startswith(starts)), OTHER)
    what = Text(f"{meaning.vi} ({rule})", f"{meaning.en} ({rule}: {message})")
    return Breach(rule, int(place[1]) if place else 0, what)
