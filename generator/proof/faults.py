"""What a proof finds: a fault with its place, a code with its measures; all of it goes through JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.ground.findings import Text

Box = tuple[float, float, float, float]
"""Left, top, width, height; millimetres on paper, pixels in a picture."""


@dataclass(frozen=True, slots=True)
class Fault:
    kind: str
    """One word for programs: `empty`, `code-unread`."""
    message: Text
    page: int = 0
    """0 for the whole file, and for pictures."""
    box: Box | None = None
    """Nothing when it has no one place."""

    def line(self, name: str) -> str:
        where = f"{name}{Text(f', trang {self.page}', f', page {self.page}')}" if self.page else name
        return f"✗ {where}: {self.message}"


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code as it stands on its page."""

    page: int
    payload: str
    number: str
    """Empty for a code that is not ours."""
    decoders: tuple[str, ...]
    box: Box
    level: str = ""
    version: int = 0
    width: float = 0.0
    module: float = 0.0
    quiet: int = 0
    contrast: float = 0.0
    hard: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    """Trouble → tries, read by zxing, read by OpenCV."""
    hard_any: Mapping[str, int] = field(default_factory=dict)
    """Trouble → tries that at least one of the two read."""


@dataclass(frozen=True, slots=True)
class FileProof:
    """All that was seen of one file."""

    pages: int
    """0 for pictures and for files that could not be opened."""
    sizes: tuple[tuple[float, float], ...]
    faults: tuple[Fault, ...]
    codes: tuple[CodeRow, ...]

    def as_data(self) -> dict[str, Any]:
        return {
            "pages": self.pages,
            "sizes": self.sizes,
            "faults": [
                {"kind": fault.kind, "page": fault.page, "vi": fault.message.vi, "en": fault.message.en,
                 "box": fault.box}
                for fault in self.faults
            ],
            "codes": [{name: getattr(code, name) for name in CODE_FIELDS} for code in self.codes],
        }


CODE_FIELDS = tuple(CodeRow.__dataclass_fields__)


def from_data(data: Mapping[str, Any]) -> FileProof:
    faults = tuple(
        Fault(row["kind"], Text(row["vi"], row["en"]), row["page"], _box(row["box"])) for row in data["faults"]
    )
    codes = tuple(_code(row) for row in data["codes"])
    return FileProof(data["pages"], tuple((size[0], size[1]) for size in data["sizes"]), faults, codes)


def _box(numbers: Any) -> Box | None:
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if numbers else None


def _code(row: Mapping[str, Any]) -> CodeRow:
    tupled = {"decoders": tuple(row["decoders"]), "box": tuple(row["box"]),
              "hard": {name: tuple(counts) for name, counts in row["hard"].items()}}
    return CodeRow(**{**row, **tupled})
