from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from generator.ground.errors import ProofError
from generator.press.drawer import Code, code_png, code_svg, code_svg_file, number_code
from generator.press.proof import BOTH
from tests.seen import read_image_codes

ADDRESS = "https://hocso.example/1041"


@pytest.mark.parametrize(
    ("width", "level", "version"),
    [(50, "H", 4), (25, "H", 4), (19.8, "H", 4), (19.7, "Q", 3), (17.4, "Q", 3), (17.3, "M", 2), (15, "M", 2)],
)
def test_level_follows_the_width(width: float, level: str, version: int) -> None:
    code = number_code(ADDRESS, width)
    assert (code.level, code.version, code.modules) == (level, version, 17 + 4 * version)
    assert code.module_mm(width) >= 0.6 - 1e-6


@pytest.mark.parametrize(
    ("payload", "width"), [(ADDRESS, 14.9), (ADDRESS + "x" * 500, 25), ("", 25), ("x" * 9000, 900)]
)
def test_what_cannot_be_printed(payload: str, width: float) -> None:
    with pytest.raises(ProofError):
        number_code(payload, width)


def test_too_small_says_how_wide_it_must_be() -> None:
    with pytest.raises(ProofError, match=r"ít nhất 15\.0 mm"):
        number_code(ADDRESS, 14)


def _filled(path: str, total: int) -> list[bytes]:
    """The picture of a path of `M h v z`: inside where an odd number of upright sides lies to the left."""
    sides: set[tuple[int, int]] = set()
    for area in path.split("z")[:-1]:
        start = re.match(r"M(\d+) (\d+)", area)
        assert start
        x, y = first = int(start[1]), int(start[2])
        moves = [(axis, int(length)) for axis, length in re.findall(r"([hv])(-?\d+)", area)]
        corners = [(x, y)]
        for axis, length in moves:
            x, y = (x + length, y) if axis == "h" else (x, y + length)
            corners.append((x, y))
        for (x0, y0), (x1, y1) in zip(corners, [*corners[1:], first], strict=True):
            assert x0 == x1 or y0 == y1
            if x0 == x1:
                sides ^= {(x0, row) for row in range(min(y0, y1), max(y0, y1))}
    return [bytes(sum((side, y) in sides for side in range(x + 1)) % 2 for x in range(total)) for y in range(total)]


@pytest.mark.parametrize("width", [15, 19, 25])
def test_the_path_is_the_matrix_with_its_quiet_zone(width: float) -> None:
    code = number_code(ADDRESS, width)
    total = code.modules + 8
    paths = re.findall(r' d="([^"]+)"', code_svg(code, width, "x"))
    assert paths[0] == f"M0 0h{total}v{total}H0z"
    empty = bytes(total)
    expected = [empty] * 4 + [b"\0" * 4 + row + b"\0" * 4 for row in code.matrix] + [empty] * 4
    assert _filled(paths[1], total) == expected


def test_printed_size_counts_without_quiet_zone() -> None:
    code = number_code(ADDRESS, 25)
    svg = code_svg(code, 25, 'Mã "QR" <1041>')
    size = re.search(r'width="([\d.]+)mm" height="\1mm"', svg)
    assert size and float(size[1]) * code.modules / (code.modules + 8) == pytest.approx(25, abs=1e-3)
    assert 'role="img" aria-label="Mã &quot;QR&quot; &lt;1041&gt;"' in svg
    assert "mm" not in code_svg(code, None, "x")


def test_svg_file_stands_alone() -> None:
    code = number_code(ADDRESS, 25)
    root = ET.fromstring(code_svg_file(code))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("width") == f"{code.modules + 8}mm"


@pytest.mark.parametrize("width", [15, 19, 25])
def test_png_is_read_by_both_decoders(width: float) -> None:
    read = read_image_codes(code_png(number_code(ADDRESS, width)), BOTH)
    assert [(r.payload, r.decoder) for r in read] == [(ADDRESS, "zxing"), (ADDRESS, "opencv")]


DRAW = """
import hashlib
from generator.press.drawer import *
code = number_code("https://hocso.example/1041", 25)
data = code_png(code) + code_svg_file(code) + code_svg(code, 25, "x").encode() + b"".join(code.matrix)
print(hashlib.sha256(data).hexdigest())
"""


def test_same_bytes_in_two_processes() -> None:
    runs = {
        subprocess.run(
            [sys.executable, "-c", DRAW], capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_code_is_frozen() -> None:
    code = number_code(ADDRESS, 25)
    assert isinstance(code, Code)
    assert hash(code) == hash(number_code(ADDRESS, 50))
    with pytest.raises(AttributeError):
        code.payload = "x"  # type: ignore[misc]
