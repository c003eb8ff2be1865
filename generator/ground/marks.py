"""What stands on whatever nobody has signed: no other words may look like it, or a proof would take them for it."""

from __future__ import annotations

import re
from unicodedata import category, name, normalize

DRAFT = "BẢN NHÁP, CHƯA DUYỆT"
"""On every page of what is not approved."""
TRIAL = "BẢN IN THỬ, CHƯA PHÁT"
"""On paper of a place that nobody has signed for, or that has no address yet."""
UNSIGNED = "BẢN THỬ: CHƯA AI KÝ NƠI GIÚP, SỐ MÁY"
"""Of what is shown or heard, where paper says `TRIAL`."""

MARKS = (DRAFT, TRIAL, UNSIGNED)
_SMALL_CAPITAL = re.compile("LATIN LETTER SMALL CAPITAL ([A-Z])")


class _Letters(dict[int, str]):
    def __missing__(self, code: int) -> str:
        sign = chr(code)
        small = _SMALL_CAPITAL.fullmatch(name(sign, ""))
        self[code] = small[1] if small else sign * (category(sign)[0] in "LM")
        return self[code]


_LETTERS = _Letters()


def letters_of(text: str) -> str:
    """What an eye reads of it, however its letters are parted or drawn: `B.Ả.N`, `ＢẢＮ`, small capitals, letters with
    a soft hyphen or something of no width between them. A mark has nothing but capitals."""
    return normalize("NFC", normalize("NFKC", text).translate(_LETTERS))
