"""Raw HTML beyond the small allowed list, and pictures squeezed into a line of text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.looking.matter import Matter, tokens_of
from generator.ground.findings import Finding, Place, error
from generator.handbook.lesson.markup import ALLOWED_TAGS, Token


def check(matter: Matter) -> Iterator[Finding]:
    for parts in matter.lessons:
        opened: set[str] = set()
        for token, place in tokens_of(parts, "tag", "image"):
            if token.kind == "tag" and not _allowed(token):
                name = token.text.strip("</> ").split(" ", 1)[0]
                if not (token.text.startswith("</") and name in opened):  # told with its opening tag
                    yield _raw_html(token, place)
                opened.add(name)
            elif token.kind == "image":
                yield error(
                    "image.inline", place,
                    ("Hình đứng lẫn trong câu.", "A picture stands inside a line of text."),
                    ("Đưa hình xuống một dòng riêng.", "Give the picture a line of its own."),
                )


def _allowed(token: Token) -> bool:
    match = re.fullmatch(r"</?([a-zA-Z]+)\s*/?>", token.text)
    return bool(match and match.group(1).lower() in ALLOWED_TAGS)


def _raw_html(token: Token, place: Place) -> Finding:
    if token.text.startswith("<!--"):
        return error(
            "html.comment", place,
            ("Ghi chú mở bằng `<!--` mà không đóng.", "This comment is never closed."),
            ("Thêm `-->` ở cuối ghi chú.", "Add `-->` where it ends."),
        )
    shown = token.text if len(token.text) <= 40 else token.text[:39] + "…"
    return error(
        "html.raw", place,
        (f"Không dùng mã HTML `{shown}` trong bài.", f"Raw HTML `{shown}` is not used here."),
        ("Bỏ đi và viết bằng chữ thường, **đậm** hoặc danh sách. Muốn in dấu < thì viết \\<.",
         "Write it with Markdown; a plain < is written \\<."),
    )
