"""Opens, signs and saves: every file of ours goes through here, so that equal in is equal out."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

import pikepdf

from generator.ground.errors import ProofError

MM_PER_POINT = 25.4 / 72
CREATOR = "hocso"


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


def sign(pdf: pikepdf.Pdf, about: Mapping[str, str], moment: int, language: str = "vi") -> None:
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


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return out.getvalue()
