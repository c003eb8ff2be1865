"""In plain words: what scanning never asks for, and what stays on the reader's own phone."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.products.home import Shown

FILE = "privacy/index.html"
TITLE = "Quét mã có an toàn không?"
REMEMBERED = (
    ("cỡ chữ và màu nền bác chọn", "để lần sau mở ra vẫn dễ đọc"),
    ("câu bác đã trả lời, bài bác đã học", "để bác biết mình học đến đâu"),
    ("chữ bác vừa tìm", "mất khi đóng trang"),
)
"""All that pages keep, and why. Whatever stores something new adds its line here."""


@dataclass(frozen=True)
class PrivacyPage(Shown):
    remembered: tuple[tuple[str, str], ...] = REMEMBERED

    @property
    def host(self) -> str:
        return urlsplit(self.spot.web.handbook.edition.address).netloc
