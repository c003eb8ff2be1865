"""What may stand under `đáp ứng` in demands.yml: a name of the book, or `sản phẩm: …`, `lệnh: …`, `tệp: …`."""

from __future__ import annotations

from typing import Literal

AnswerKind = Literal["name", "product", "command", "file"]

PREFIXES: dict[str, AnswerKind] = {"sản phẩm": "product", "lệnh": "command", "tệp": "file"}
COMMANDS = ("approve", "build", "check", "diff", "doctor", "edition", "links", "look", "new", "proof", "qr", "schema",
            "serve")
"""What `cli.py` knows, which no room below may ask; a test holds the two together."""


def split_answer(text: str) -> tuple[AnswerKind, str]:
    """`sản phẩm: site` → product, `site`; anything else is a topic, card, path, part or edition."""
    prefix, colon, name = text.partition(":")
    kind = PREFIXES.get(" ".join(prefix.split()))
    return (kind, name.strip()) if colon and kind else ("name", text.strip())
