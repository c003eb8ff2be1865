"""Which items of the products asked for: all, those of some lessons, or single ones by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.engine.items import Item
from generator.ground.errors import UsageError
from generator.ground.said import said
from generator.handbook.mistakes import nearest
from generator.handbook.model import Handbook


@dataclass(frozen=True, slots=True)
class Only:
    """As it was asked for: `leaflet`, `leaflet:cai-vneid`; and slugs of lessons."""

    products: tuple[str, ...] = ()
    lessons: tuple[str, ...] = ()

    @property
    def all(self) -> bool:
        return not self.lessons and not any(":" in name for name in self.products)

    def chosen(self, items: Sequence[Item], book: Handbook) -> list[Item]:
        return [item for item in items if self.holds(item.name, book)]

    def holds(self, name: str, book: Handbook) -> bool:
        """Of an item: a product named whole is made whole, unless lessons are named too."""
        product = name.partition(":")[0]
        if name in self.products:
            return True
        if self.lessons:
            whole = not self.products or product in self.products
            return whole and any(is_of(name, slug, book.number_of(slug)) for slug in self.lessons)
        return product in self.products or not self.products

    def slugs(self, book: Handbook) -> list[str]:
        """Of the lessons named, by themselves or in what is to be made of them."""
        named = [name for name in self.products if ":" in name]
        return [lesson.slug for lesson in book.lessons if lesson.slug in self.lessons
                or any(is_of(name, lesson.slug, book.number_of(lesson.slug)) for name in named)]

    def lessons_of(self, products: Sequence[str], book: Handbook) -> list[str]:
        """Slugs of the lessons of which one of these products, which are made anyway, is asked for."""
        return [lesson.slug for lesson in book.lessons
                if any(self.holds(f"{name}:{lesson.slug}", book) for name in products)]

    def check(self, items: Sequence[Item], book: Handbook) -> None:
        """Names that nothing has: a slip of the pen must not make less than was asked for."""
        names = [item.name for item in items]
        for name in (name for name in self.products if ":" in name and name not in names):
            own = [other for other in names if other.startswith(f"{name.partition(':')[0]}:")]
            raise UsageError(*said("only/unknown", name=name, near=nearest(name, own) or (own or [""])[0]))
        for slug in self.lessons:
            if slug not in book.by_slug:
                near = nearest(slug, book.by_slug) or ", ".join(book.by_slug)
                raise UsageError(*said("only/no-lesson", slug=slug, near=near))


ALL = Only()


def is_of(name: str, slug: str, number: str) -> bool:
    """Whether an item is of a lesson: `poster:share:cai-vneid`, `fold:2up-cai-vneid`, `number:1064`; its page is part
    of the site, and of what its server says."""
    rest = name.partition(":")[2]
    whole = name in ("site", "server")
    return whole or rest.rpartition(":")[2] in (slug, f"2up-{slug}") or (bool(number) and rest == number)
