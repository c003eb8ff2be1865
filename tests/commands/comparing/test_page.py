"""Which web pages people would call changed, and in which words."""

from __future__ import annotations

import pytest

from generator.checks.looking.approved import MOST_WORDS, Change, word_changes
from generator.commands.comparing.page import SeenPage
from tests.haste import assert_no_runaway

FILES = {"site/a.png": "one", "site/b.png": "two", "site/c.png": "one"}
PAGE = '<!doctype html><html><head><title>Quét  mã</title><link href="x.css"></head><body>{}</body></html>'
SAME = [
    ("<p>một <b>hai</b></p>", "<p>một\n   <b>hai</b>\n</p>"),
    ('<img src="../a.png?v=1" alt="x">', '<img src="../c.png?v=2" alt="x">'),
    ('<a href="../hinh-0a1b2c3d4e.pdf">tờ</a>', '<a href="../hinh-9f8e7d6c5b.pdf">tờ</a>'),
    ("<p>một</p><script>x = 1</script><style>p{}</style>", "<p>một</p><script>x = 2</script><style>b{}</style>"),
]
OTHER = [
    ("<p>một</p>", "<p>hai</p>"), ("<p>một</p>", "<h2>một</h2>"), ("<p>một</p>", "<p>một</p><p></p>"),
    ('<img src="../a.png" alt="x">', '<img src="../b.png" alt="x">'), ('<img alt="x">', '<img alt="y">'),
    ('<a href="../1041/index.html">tờ</a>', '<a href="../1055/index.html">tờ</a>'),
    ("<title>Hình</title><p>một</p>", "<p>một</p>"),
]


def seen(body: str) -> SeenPage:
    return SeenPage(PAGE.format(body).encode(), "site/1041/index.html", lambda name: FILES.get(name, ""))


@pytest.mark.parametrize(("before", "after", "same"), [*((*pair, True) for pair in SAME),
                                                       *((*pair, False) for pair in OTHER)])
def test_what_programs_alone_read_is_no_change(before: str, after: str, same: bool) -> None:
    assert (seen(before).look == seen(after).look) is same


def test_a_page_has_a_title_and_words() -> None:
    page = seen("<svg><title>Hình</title></svg><p>một <b>hai</b></p><script>ba</script>")
    assert (page.title, page.words) == ("Quét mã", ["Hình", "một", "hai"])


WORDS = {
    "nothing": ("một hai ba", "một hai ba", []),
    "one": ("a b c d e f một g h i k l", "a b c d e f hai g h i k l", [("c d e f một g h i k", "c d e f hai g h i k")]),
    "two far apart": (" ".join("abcdefghiklmn"), " ".join("xbcdefghiklmy"),
                      [("a b c d e", "x b c d e"), ("i k l m n", "i k l m y")]),
    "all": ("một", "hai", [("một", "hai")]),
    "new": ("", "một hai", [("", "một hai")]),
}


@pytest.mark.parametrize("case", WORDS)
def test_words_are_told_with_some_around(case: str) -> None:
    before, after, changes = WORDS[case]
    assert [tuple(change) for change in word_changes(before.split(), after.split())] == changes


def test_a_page_that_is_another_is_told_in_short_and_soon() -> None:
    def work(size: int) -> list[Change]:
        return word_changes([f"a{n % 400}" for n in range(size)], [f"b{n % 400}" for n in range(size)])

    (change,) = work(4000)
    assert change.before.split()[-1] == "…" and len(change.after.split()) == MOST_WORDS + 1
    assert_no_runaway(work, 4000)
