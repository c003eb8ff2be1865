"""Which books there are: the whole handbook, each part, each path. A part or path without topics makes no book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.handbook.addressed import LEARNERS
from generator.handbook.model import Drawing, Handbook, Part, Phrase
from generator.handbook.printed import COVER, of_part, of_path
from generator.handbook.recorded.scenes import OF_BOOK, OF_CARDS
from generator.products.lesson import Lesson, colours_of, part_label, path_class, scene_called

NAME = "hoc-so-co-ban"
VOLUME_TOPICS = 300
"""The most topics of one book: a single print of 6,000 pages takes 3.7 GB."""
CARDS = "giay-to"


@dataclass(frozen=True)
class Volume:
    """One printed book and the lessons it holds."""

    name: str
    """Of its file."""
    title: str
    """On the cover."""
    parts: tuple[Part, ...]
    series: str = ""
    """Stands above the title; empty when the title is the handbook's own."""
    label: str = ""
    """Which part or volume this is."""
    target: str = ""
    """Whose code leads to the same lessons on the web."""
    address: str = ""
    """How its readers are spoken to, where that is not as the lessons do."""
    colour: str = "book-whole"
    """The class of its cover (theme/tokens.css)."""
    sign: str = ""
    """A part's own number, large on the cover."""
    scene: str = ""
    """The name of the drawing on its cover."""
    partial: bool = False
    """A release holds only what is approved of it: it must not pass for the whole."""

    @property
    def full_title(self) -> str:
        """As it is called in a list of files."""
        more = ", ".join(filter(None, (self.label, self.so_far)))
        return f"{self.title} ({more})" if more else self.title

    @property
    def so_far(self) -> str:
        """How much there is; nothing is said of what is not there."""
        return f"mới có {sum(len(part.topics) for part in self.parts)} bài" if self.partial else ""

    @property
    def prints(self) -> tuple[str, ...]:
        """Names of what stands on it around its lessons: on the cover, in the contents, where a part begins. Of a book
        for a path the path is its one part."""
        return (COVER, *(name for part in self.parts for name in (of_part(part), of_path(part))))

    def lessons(self, book: Handbook) -> list[Lesson]:
        return [book.by_slug[slug.text] for part in self.parts for slug in part.topics]


def cover_scene(book: Handbook, volume: Volume) -> Drawing | None:
    """The one called like the book's part or path, else that of its first lesson which has one."""
    return scene_called(book, volume.scene, volume.lessons(book))


def part_scene(book: Handbook, part: Part) -> Drawing | None:
    """The one called like the part, that of all cards, or its first lesson's."""
    name = OF_CARDS if part.id == CARDS else part.id
    return scene_called(book, name, (book.by_slug[slug.text] for slug in part.topics))


def volumes(book: Handbook) -> list[Volume]:
    return [*whole_books(book), *_part_books(book), *_path_books(book)]


def whole_books(book: Handbook, most: int = VOLUME_TOPICS) -> list[Volume]:
    """The parts that have lessons, in books of at most so many."""
    pairs = [(part, slug) for part in _parts(book) for slug in part.topics]
    groups = [pairs[start : start + most] for start in range(0, len(pairs), most)]
    if len(groups) == 1:
        return [Volume(NAME, book.name, tuple(_regroup(pairs)), scene=OF_BOOK,
                       partial=bool(book.held_back))]
    return [
        Volume(f"{NAME}-{count}", book.name, tuple(_regroup(group)), label=f"tập {count}", sign=str(count),
               scene=OF_BOOK, partial=bool(book.held_back))
        for count, group in enumerate(groups, 1)
    ]


def _part_books(book: Handbook) -> Iterator[Volume]:
    for part in _parts(book)[: len(book.parts)]:
        if part.topics:
            label = part_label(part)
            yield Volume(
                f"phan-{part.number}", part.booklet_title or part.title, (part,), book.name,
                f"{label}: {part.title}" if part.booklet_title else label, f"part:{part.id}",
                colour=colours_of(part), sign=str(part.number), scene=part.id,
                partial=f"part:{part.id}" in book.shortened,
            )


def _path_books(book: Handbook) -> Iterator[Volume]:
    called = {audience.name: audience.address for audience in book.audiences}
    for path in book.paths:
        if slugs := printable(book, path.topics):
            part = Part(path.id, 0, path.title, slugs)
            address = called.get(path.audience.text, "")
            yield Volume(path.id, path.title, (part,), book.name, target=f"path:{path.id}",
                         address="" if address == LEARNERS else address,
                         colour=path_class(book, path), scene=path.id, partial=f"path:{path.id}" in book.shortened)


def _parts(book: Handbook) -> list[Part]:
    """Topics in no part come last, then the cards."""
    listed = {slug.text for part in book.parts for slug in part.topics}
    others = tuple(Phrase(topic.slug) for topic in book.topics if topic.slug not in listed)
    cards = tuple(Phrase(card.slug) for card in book.cards if card.slug not in listed)
    parts = [*book.parts, Part("bai-them", len(book.parts) + 1, "Bài thêm", others),
             Part(CARDS, len(book.parts) + 2, "Làm giấy tờ", cards)]
    return [replace(part, topics=printable(book, part.topics)) for part in parts]


def printable(book: Handbook, slugs: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """A lesson without a number has no place in print."""
    return tuple(slug for slug in slugs if slug.text in book.by_slug and book.number_of(slug.text))


def _regroup(pairs: Sequence[tuple[Part, Phrase]]) -> Iterator[Part]:
    for part in dict.fromkeys(part for part, _ in pairs):
        yield replace(part, topics=tuple(slug for own, slug in pairs if own == part))
