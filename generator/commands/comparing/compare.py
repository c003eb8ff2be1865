"""Two sides file by file: what changed for those who hold the paper or open the page, and pictures of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Literal

from generator.checks.looking.approved import Change, word_changes
from generator.commands.comparing.page import SeenPage
from generator.commands.comparing.sheets import ALL_WORDS, WIDE, Both, View, different, own_words, paper_view
from generator.commands.comparing.sides import Side
from generator.engine.progress import Progress
from generator.engine.store import Store
from generator.ground.findings import Text
from generator.press.proof import Paper, opened
from generator.press.proof import differences as see
from generator.press.proof.document import Picture
from generator.products import known_paper, products
from generator.products.pages.parts.downloads import shelf_of
from generator.products.product import Shelf

Kind = Literal["paper", "page", "picture", "other"]
State = Literal["changed", "added", "removed"]
MOST: dict[Kind, int] = {"paper": 60, "page": 30, "picture": 20, "other": 0}
"""Pairs of pictures in one report: people look at it on a phone."""
EACH, GONE = 4, 1
"""Of one file, and of one that is no more."""
AROUND, TALLEST = 90, 1500
"""Pixels of a web page above and below what changed, and of one picture."""
SUFFIXES: dict[str, Kind] = {".pdf": "paper", ".html": "page", ".png": "picture", ".jpg": "picture", ".webp": "picture",
                             ".svg": "picture"}
SHELVES = {name: Shelf("", 1000 + place) for place, name in enumerate(("site", "number", "deck"))}
LAST = Shelf("", 2000)
"""Whatever has no shelf stands after the papers, by its product."""
PLACES = ("topics/", "cards/", "alerts/", "index.html", "paths/", "parts/", "")
"""Of web pages, in which order people ask for them."""


@dataclass(frozen=True)
class Changed:
    path: str
    state: State
    kind: Kind
    product: str
    shelf: Text
    place: int
    title: str = ""
    said: str = ""
    """Its size, where one paper comes in several."""
    bound: bool = False
    """A book: its pages have a head and a number."""
    also: tuple[str, ...] = ()
    """Other paths of the same bytes."""
    pages: tuple[int, int] = (0, 0)
    views: tuple[View, ...] = ()
    more: int = 0
    """Changed pages that are not shown."""
    seen: int = 0
    """Those that look as in a paper shown before."""
    hidden: bool = False
    """Other bytes that look the same."""


def changed_files(before: Side, after: Side) -> list[Changed]:
    """By what people hold; bytes that lie in several places once."""
    both = before.products & after.products
    found: dict[tuple[str, str], list[str]] = {}
    for path, file in sorted({**before.files, **after.files}.items()):
        old, new = (side.files[path].sha if path in side.files else "" for side in (before, after))
        if old != new and file.product in both:
            found.setdefault((old, new), []).append(path)
    own = {slug for slug in {*before.lessons, *after.lessons} if before.lessons.get(slug) != after.lessons.get(slug)}
    return sorted((_changed(paths, *shas, before, after) for shas, paths in found.items()),
                  key=lambda one: (one.kind == "other", one.place, one.shelf,
                                   own.isdisjoint(PurePosixPath(one.path).parts), _place_of(one), one.path))


def _changed(paths: Sequence[str], old: str, new: str, before: Side, after: Side) -> Changed:
    path = min(paths, key=lambda one: (not one.startswith("print/"), one))
    state: State = "changed" if old and new else "added" if new else "removed"
    product = (after.files.get(path) or before.files[path]).product
    kind, known = SUFFIXES.get(PurePosixPath(path).suffix, "other"), known_paper(path)
    shelf = SHELVES.get(product, LAST)
    if known and known.kind.shelf:
        shelf = shelf_of(known.kind.shelf, known.name, after.cards)
    label = products()[product].label
    return Changed(path, state, "other" if known and known.kind.is_laid else kind, product,
                   Text(*(_capital(shelf.title or word) for word in label)), shelf.place,
                   said=known.kind.size_said if known else "", bound=known is not None and known.kind.about == "book",
                   also=tuple(one for one in paths if one != path))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _place_of(one: Changed) -> int:
    inside = one.path.removeprefix("site/")
    return next(place for place, start in enumerate(PLACES) if inside.startswith(start))


Look = Callable[[Callable[[str], bytes | None], str], bytes]
"""A web page's picture (PNG), by what gives the files of its site."""


@dataclass
class Comparer:
    """Draws what changed, as long as a report has room."""

    store: Store
    before: Side
    after: Side
    look: Look | None
    """None where there is no browser."""
    progress: Progress
    _left: dict[Kind, int] = field(default_factory=lambda: dict(MOST))
    _shown: set[tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=set)

    def drawn(self, files: Sequence[Changed]) -> Iterator[Changed]:
        """All but web pages that nobody can tell from what they were."""
        draw: dict[Kind, Callable[[Changed], Changed]] = {
            "paper": self._paper, "page": self._page, "picture": self._picture, "other": lambda one: one}
        for count, one in enumerate(files, start=1):
            self.progress.show(f"{count}/{len(files)} {one.path}")
            done = draw[one.kind](one)
            if done.kind != "page" or not done.hidden:
                yield done
        self.progress.show("")

    def _bytes(self, side: Side, path: str) -> bytes | None:
        return self.store.read(side.files[path].sha) if path in side.files else None

    def _taken(self, one: Changed, views: Iterator[View], most: int = EACH) -> Changed:
        """As many as there is room for; the others are counted."""
        room = min(most, self._left[one.kind])
        taken = tuple(view for view, _ in zip(views, range(room), strict=False)) if room else ()
        self._left[one.kind] -= len(taken)
        return replace(one, views=taken)

    # Papers, page by page.

    def _paper(self, one: Changed) -> Changed:
        old, new = self._bytes(self.before, one.path), self._bytes(self.after, one.path)
        with opened(new or old or b"") as now, opened(old or new or b"") as then:
            title = now.title or PurePosixPath(one.path).stem
            one = replace(one, title=f"{title} ({one.said})" if one.said else title,
                          pages=(then.pages if old else 0, now.pages if new else 0))
            if not (old and new):
                return self._alone(one, now)
            pairs = list(different(then, now, one.bound))
            fresh = [pair for pair in pairs if self._is_new(pair, one.bound)]
            drawn = self._taken(one, (paper_view(*pair, one.bound) for pair in fresh))
            return replace(drawn, more=len(fresh) - len(drawn.views), seen=len(pairs) - len(fresh), hidden=not pairs)

    def _alone(self, one: Changed, paper: Paper) -> Changed:
        """A paper that is new, or gone."""
        gone = one.state == "removed"
        views = (paper_view(leaf if gone else None, None if gone else leaf, one.bound) for leaf in paper.leaves())
        drawn = self._taken(one, views, GONE if gone else EACH)
        return replace(drawn, more=paper.pages - len(drawn.views))

    def _is_new(self, pair: Both, bound: bool) -> bool:
        """Books share their lessons: what was shown in one is not shown in the others."""
        old, new = (own_words(leaf, bound) if leaf else () for leaf in pair)
        if (old, new) in self._shown:
            return False
        self._shown.add((old, new))
        return True

    # Web pages and pictures.

    def _page(self, one: Changed) -> Changed:
        old, new = (self._seen(side, one.path) for side in (self.before, self.after))
        same = old is not None and new is not None and old.look == new.look
        title = next(page.title for page in (new, old) if page).removesuffix(f" - {self.after.name}")
        one = replace(one, title=title, hidden=same)
        if one.hidden or self.look is None or not self._left["page"]:
            return one
        words = tuple(word_changes(old.words, new.words)) if old and new else ()
        return self._beside(one, self._shot(self.before, one.path), self._shot(self.after, one.path), words)

    def _seen(self, side: Side, path: str) -> SeenPage | None:
        html = self._bytes(side, path)
        if html is None:
            return None
        return SeenPage(html, path, lambda name: side.files[name].sha if name in side.files else "")

    def _shot(self, side: Side, path: str) -> Picture | None:
        if path not in side.files or self.look is None:
            return None
        return see.picture_of(self.look(lambda name: self._bytes(side, name), path))

    def _picture(self, one: Changed) -> Changed:
        one = replace(one, title=PurePosixPath(one.path).name)
        if not self._left["picture"]:
            return one
        take = self._shot if one.path.endswith(".svg") else self._small
        return self._beside(one, take(self.before, one.path), take(self.after, one.path))

    def _small(self, side: Side, path: str) -> Picture | None:
        data = self._bytes(side, path)
        return see.small(see.picture_of(data), WIDE) if data else None

    def _beside(
        self, one: Changed, old: Picture | None, new: Picture | None, words: tuple[Change, ...] = ()
    ) -> Changed:
        """What changed of a long picture, with a little around; all of one that is new or gone."""
        if old is None or new is None:
            alone = [see.marked(picture, (), (0, min(len(picture), TALLEST))) if picture is not None else b""
                     for picture in (old, new)]
            return self._taken(one, iter((View(before=alone[0], after=alone[1]),)))
        found = see.stretches(old, new, loose=one.kind == "page") or (see.stretches(old, new) if words else [])
        places = see.gathered(found, AROUND)
        views = (View((None, None), see.marked(old, place.marks_before, _rows(place.before, old)),
                      see.marked(new, place.marks_after, _rows(place.after, new)),
                      words[:ALL_WORDS] if count == 0 else ()) for count, place in enumerate(places))
        drawn = self._taken(one, views)
        return replace(drawn, more=len(places) - len(drawn.views), hidden=not places and not words)


def _rows(rows: tuple[int, int], picture: Picture) -> tuple[int, int]:
    top = max(0, rows[0] - AROUND)
    return top, min(len(picture), rows[1] + AROUND, top + TALLEST)
