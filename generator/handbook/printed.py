"""What of a place, and of the words around lessons, stands on papers: short names of it, which every paper carries
unseen."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from functools import partial

from generator.handbook.filled import edition_values, values_named
from generator.handbook.lesson.texts import name_of
from generator.handbook.model import CONTACT, ROOT, Card, Edition, Handbook, Part, Path, Topic
from generator.handbook.recorded.scenes import OF_BOOK, OF_CARDS
from generator.handbook.words import WORDS, hard_words

APART = "; "
ADDRESS = "địa chỉ in trên giấy"
"""What pictures that go far beyond a place show of it."""
ASKED = f"đơn vị {CONTACT}"
"""Whom to ask, the value of an edition that films show."""
OWN_ADDRESS = "địa chỉ bài"
"""Of a lesson's page in the edition, which it may show on a drawn phone."""
PAGE = "trang mạng"
"""What every web page shows of its place."""
SIGNED = "chữ đã ký"
"""All that its signature stands for."""
TITLE, COVER, ENTRY = "tên sách", "hình bìa", "phiếu chọn bài"
Names = dict[str, str]
"""What something is a name of, and the name."""


def printed_of(book: Handbook, lessons: Iterable[Topic | Card], *more: str) -> str:
    """The edition and a name of what any paper of it may show: who it is, where codes lead, whom to ask. Then each of
    its values that these lessons, or the paper itself, print, with a name of its own, and the words around lessons that
    it prints: what no paper speaks of makes it no older."""
    named = {*more, *(name for lesson in lessons for name in _values_of(book, lesson))}
    return _told({**_who(book.edition), **_values(book.edition, named), **around_of(book, more)})


def pictured_of(book: Handbook, edition: Edition, lessons: Iterable[Topic | Card], *more: str) -> str:
    """The same of a picture to be passed on: it shows no more of the edition than the address in its code."""
    values = {name for lesson in lessons for name in _values_of(book, lesson)}
    return _told({**_address(edition), **_values(edition, values), **around_of(book, more)})


def filmed_of(book: Handbook, values: Iterable[str]) -> str:
    """Of a film, which is passed on as far: at its end stands whom the country asks, and it may tell these values. It
    is made once for all editions that have them from the country."""
    told, own = {*values}, own_of(book, values)
    here = _address(book.edition) if OWN_ADDRESS in own else {}
    return _told({**_address(book.nation), **here, **_values(book.nation, {ASKED, *told - own}),
                  **_values(book.edition, own), **around_of(book, ())})


def own_of(book: Handbook, values: Iterable[str]) -> frozenset[str]:
    """Those that are others here than in the whole country."""
    here, above = ({**edition_values(one), OWN_ADDRESS: one.address} for one in (book.edition, book.nation))
    return frozenset(name for name in values if here.get(name) != above.get(name))


def paged_of(book: Handbook, lessons: Iterable[Topic | Card], *more: str) -> str:
    """The same of a page about one thing: it names one to ask, so other numbers of the place make it no older."""
    named = {*more, *(name for lesson in lessons for name in _values_of(book, lesson))}
    return _told({**_page(book, book.edition), **_values(book.edition, named), **around_of(book, more)})


def listed_of(book: Handbook) -> str:
    """Of a page about many things: all that was signed of its place and around lessons."""
    return _told({**_page(book, book.edition), **_signed(book.nation), **_signed(book.edition)})


def printed_today(book: Handbook) -> Names:
    """All there is, of all places."""
    found = around_of(book, (*map(of_part, book.parts), *map(of_path, book.paths), COVER, ENTRY, WORDS))
    for edition in book.editions:
        found |= {**_who(edition), **_values(edition, edition_values(edition)), **_address(edition),
                  **_page(book, edition), **_signed(edition)}
    return found


def around_of(book: Handbook, wanted: Iterable[str]) -> Names:
    """Of the handbook's title, which stands on every paper, and of each of the words around lessons that is wanted."""
    asked, found = {*wanted}, {f"{ROOT}: {TITLE}": name_of((book.name,))}
    found |= {f"{ROOT}: {name}": name_of(said()) for name, said in _around(book) if name in asked}
    return found | ({WORDS: hard_words(book).text} if WORDS in asked else {})


def of_part(part: Part | None) -> str:
    return f"phần {part.id}" if part else ""


def of_path(path: Path | Part) -> str:
    return f"lộ trình {path.id}"


def place_of(key: str) -> str:
    """The edition that one of these names is about, or `tu-kho`."""
    return key.partition(": ")[0]


def read_printed(told: str) -> Iterator[tuple[str, str]]:
    """What `printed_of` wrote: what it is a name of, and the name."""
    for one in filter(None, told.split(APART)):
        key, _, text = one.rpartition(" ")
        yield key, text


def _told(names: Names) -> str:
    return APART.join(f"{key} {text}" for key, text in names.items())


def _around(book: Handbook) -> Iterator[tuple[str, Callable[[], tuple[str, ...]]]]:
    """What each is called, and what it says: asked for one by one, for few are wanted."""
    yield from ((of_part(part), partial(_part_said, book, part)) for part in book.parts)
    yield from ((of_path(path), partial(_path_said, book, path)) for path in book.paths)
    yield COVER, partial(_drawn, book, OF_BOOK, OF_CARDS)
    yield ENTRY, partial(_entry_said, book)


def _part_said(book: Handbook, part: Part) -> tuple[str, ...]:
    return (part.title, part.booklet_title, *_drawn(book, part.id))


def _path_said(book: Handbook, path: Path) -> tuple[str, ...]:
    """With how its readers are spoken to: that changes the words of lessons."""
    spoken = (audience.address for audience in book.audiences if audience.name == path.audience.text)
    return (path.title, *spoken, *_drawn(book, path.id))


def _entry_said(book: Handbook) -> tuple[str, ...]:
    return tuple(word.text if word else "" for post in book.signposts
                 for word in (post.question, post.path, post.otherwise))


def _drawn(book: Handbook, *names: str) -> tuple[str, ...]:
    return tuple(f"{drawing.view} {drawing.svg}" for drawing in book.drawings if drawing.name in names)


def _address(edition: Edition) -> Names:
    return {f"{edition.id}: {ADDRESS}": name_of([edition.address])}


def _page(book: Handbook, edition: Edition) -> Names:
    asked = edition.contact
    said = (book.name, edition.name, edition.address, asked.unit, asked.phone, asked.hours)
    return {f"{edition.id}: {PAGE}": name_of(said)}


def _signed(edition: Edition) -> Names:
    return {f"{edition.id}: {SIGNED}": edition.words}


def _who(edition: Edition) -> Names:
    """Of the place, where its codes lead, and all whom to ask."""
    helpers = (word for helper in edition.help for word in (helper.role, helper.unit, helper.phone, helper.hours))
    return {edition.id: name_of((edition.name, edition.address, *helpers))}


def _values(edition: Edition, wanted: Container[str]) -> Names:
    return {f"{edition.id}: {name}": name_of([value]) for name, value in edition_values(edition).items()
            if name in wanted}


def _values_of(book: Handbook, lesson: Topic | Card) -> frozenset[str]:
    """As it was written: a lesson that is shown has its values filled in."""
    return values_named(book.written.get(lesson.slug, lesson).body)
