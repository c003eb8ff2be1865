"""Links of a file: each leads somewhere, and a page number printed on it is the one it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.ground.findings import Text
from generator.press import proof
from generator.proof.faults import Fault

OUTSIDE = ("http://", "https://", "mailto:", "tel:", "sms:")
SAID = re.compile(r"\btrang\s+(\d{1,4})\b", re.IGNORECASE)
AT_END = re.compile(r"(?:^|\s)(\d{1,4})$")
FOOT_PART = 0.9
MOST_LINES = 0.6
"""A page on which so many inner links end in a number is one of contents."""


def printed_number(words: Sequence[proof.Word], height: float) -> int:
    """The page number at the foot; 0 when the page has none."""
    found = [int(word.text) for word in words
             if word.area.y > height * FOOT_PART and re.fullmatch(r"\d{1,4}", word.text)]
    return found[0] if len(found) == 1 else 0


def prove_numbers(numbers: Mapping[int, int]) -> Iterator[Fault]:
    """The pages of a book are counted from its cover; covers carry no number."""
    for page, number in numbers.items():
        if number != page and 1 < page < len(numbers):
            said = Text(f"chân trang ghi {number}" if number else "chân trang không ghi số trang",
                        f"the foot says {number}" if number else "the foot has no page number")
            yield Fault("page-number", Text(f"{said.vi}, mà là trang {page} của tập",
                                            f"{said.en}, and it is page {page} of the book"), page)


def prove_links(
    page: int, links: Sequence[tuple[proof.PageLink, str]], numbers: Mapping[int, int]
) -> Iterator[Fault]:
    """`links` with the words they stand on; `numbers` as printed at the foot of each page."""
    inner = [(link, words) for link, words in links if link.page and not link.dead]
    ending = sum(bool(AT_END.search(words)) for _, words in inner)
    is_contents = len(inner) >= 2 and ending >= MOST_LINES * len(inner)
    for link, words in links:
        box = link.area
        if link.dead or (link.address and not link.address.startswith(OUTSIDE)):
            yield Fault("dead-link", Text(f"đường dẫn “{words}” không tới đâu", f"the link “{words}” leads nowhere"),
                        page, box)
    for link, words in inner:
        match = SAID.search(words) or (AT_END.search(words) if is_contents else None)
        right = numbers.get(link.page) or link.page
        if match and int(match[1]) != right:
            yield Fault("page-number", Text(
                f"“{words}” ghi trang {match[1]}, mà nằm ở trang {right}",
                f"“{words}” says page {match[1]}, and it is on page {right}"), page, link.area)


def words_on(link: proof.PageLink, words: Sequence[proof.Word]) -> str:
    return " ".join(word.text for word in words if link.area.holds(word.area))
