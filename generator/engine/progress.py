"""What a person at the terminal sees while a build runs; quiet when nobody looks."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from generator.ground.aloud import tell
from generator.ground.findings import Text
from generator.ground.unseen import shown, shown_lines

STEPS = {
    "read": Text("Đọc", "read"),
    "check": Text("Soát", "check"),
    "select": Text("Chọn bản", "select"),
    "plan": Text("Tính việc", "plan"),
    "make": Text("Làm", "make"),
    "publish": Text("Phát hành", "publish"),
}


class Progress:
    """One line that moves on a terminal; elsewhere only what must be said."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.live = self.stream.isatty()
        self.started = time.monotonic()

    @classmethod
    def unseen(cls) -> Progress:
        """For work that others count."""
        return cls(io.StringIO())

    @contextmanager
    def step(self, name: str, detail: str = "") -> Iterator[None]:
        start = time.monotonic()
        self.show(f"{STEPS[name]} {detail}…")
        yield
        self.line(f"{STEPS[name]!s:<11} {detail:<28} {time.monotonic() - start:6.1f} s")

    def count(self, what: Text | str, done: int, total: int) -> None:
        self.show(f"{STEPS['make']} {what} {done}/{total} · {self.seconds:.0f} s")

    def show(self, text: str) -> None:
        if self.live:
            self.stream.write(f"\r\x1b[2K{shown(text)}")
            self.stream.flush()

    def line(self, text: str) -> None:
        """Only for people who watch."""
        if self.live:
            self.stream.write(f"\r\x1b[2K{shown(text)}\n")
            self.stream.flush()

    def say(self, text: Text | str) -> None:
        """For everyone, terminal or not."""
        self.show("")
        tell(shown_lines(str(text)))

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started
