"""`--editions all|PARENT|ID,ID`."""

from __future__ import annotations

import pytest

from generator.ground.errors import UsageError
from generator.handbook.chosen import chosen_editions
from tests.broken import BASE, read

CHOSEN = [
    ("all", ("viet-nam", "tinh-mau", "xa-mau")),
    ("viet-nam", ("viet-nam", "tinh-mau", "xa-mau")),
    ("tinh-mau", ("tinh-mau", "xa-mau")),
    ("xa-mau", ("xa-mau",)),
    ("xa-mau,viet-nam", ("viet-nam", "xa-mau")),  # in a list each is only itself
    ("xa-mau, xa-mau", ("xa-mau",)),
]


@pytest.mark.parametrize(("asked", "ids"), CHOSEN)
def test_chosen(asked: str, ids: tuple[str, ...]) -> None:
    assert chosen_editions(read(BASE).handbook.editions, asked) == ids


@pytest.mark.parametrize("asked", ["xa-mãu", "viet-nam,xa-mâu", "xa-mau,,xa-mou", "ALL"])
def test_unknown_ones_are_told_with_those_there_are(asked: str) -> None:
    with pytest.raises(UsageError, match=r"^Không có bản `.*`\. Có: (`[a-z-]+`(, |\.$)){3}"):
        chosen_editions(read(BASE).handbook.editions, asked)


@pytest.mark.parametrize("asked", ["", " ", ",", " , "])
def test_an_empty_list_is_no_order_for_something_else(asked: str) -> None:
    """As a script writes it whose own list is empty."""
    with pytest.raises(UsageError, match="--editions chưa nêu bản nào"):
        chosen_editions(read(BASE).handbook.editions, asked)
