"""Pictures of one finished file: pages of a paper, moments of a film, a web page piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from generator.commands.comparing.compare import Look
from generator.commands.comparing.sheets import View
from generator.commands.looking.gather import Group, Side, evenly, kind_of
from generator.engine.progress import Progress
from generator.ground.errors import HocsoError
from generator.ground.findings import Text
from generator.ground.said import said
from generator.press.film import film_moments
from generator.press.proof import differences as see
from generator.press.proof import opened
from generator.press.proof.document import Picture

EVERY = 4
"""Seconds from one moment of a film to the next."""
WIDE = 256
"""Pixels across each picture."""
TALL = 900
"""Of a web page, 360 wide, in one piece: a screen and a half."""
Draw = Callable[[], Picture]


@dataclass(frozen=True)
class Shown:
    path: str
    kind: str
    counts: tuple[int, int] = (0, 0)
    """Pages, moments or pieces before and after."""
    views: tuple[View, ...] = ()
    alone: str = ""
    """`before` or `after`, when two sides were asked for and it is on one."""
    why: Text | None = None
    """It could not be opened."""

    @property
    def name(self) -> str:
        inside = PurePosixPath(self.path)
        return inside.parent.name if inside.name == "index.html" and inside.parent.name != "site" else inside.name

    @property
    def more(self) -> int:
        return max(self.counts) - len(self.views)


@dataclass
class Artist:
    before: Side | None
    after: Side
    look: Look | None
    """None where there is no browser: web pages are left out."""
    progress: Progress

    def shown(self, group: Group) -> Iterator[Shown]:
        for count, path in enumerate(group.files, start=1):
            self.progress.show(f"{group.name} {count}/{len(group.files)} {path}")
            kind = kind_of(path, group.name)
            if kind != "page" or self.look:
                yield self._file(Shown(path, kind, alone=self._alone(path)), group.each)
        self.progress.show("")

    def _alone(self, path: str) -> str:
        if self.before is None:
            return ""
        held = [name for name, side in (("before", self.before), ("after", self.after)) if path in side.products]
        return "".join(held) if len(held) == 1 else ""

    def _file(self, one: Shown, most: int) -> Shown:
        try:
            with ExitStack() as stack:
                old, new = (stack.enter_context(self._pictures(side, one)) for side in (self.before, self.after))
                one = replace(one, counts=(len(old), len(new)))
                places = evenly(max(one.counts), most) if one.kind != "page" else range(min(max(one.counts), most))
                return replace(one, views=tuple(_view(old, new, place) for place in places))  # a page from its top on
        except HocsoError as problem:  # a broken file hides no other
            return replace(one, why=said("look/broken", path=one.path, why=problem.text))

    @contextmanager
    def _pictures(self, side: Side | None, one: Shown) -> Iterator[Sequence[Draw]]:
        """Not drawn yet: of a book few pages are shown."""
        data = side.read(one.path) if side else None
        if side is None or data is None:
            yield ()
        elif one.kind == "paper":
            with opened(data) as paper:
                yield [partial(see.colours, leaf, WIDE) for leaf in paper.leaves()]
        else:
            yield [partial(see.small, picture, WIDE) for picture in self._whole(side, one, data)]

    def _whole(self, side: Side, one: Shown, data: bytes) -> list[Picture]:
        if one.kind == "film":
            return [see.picture_of(moment) for moment in film_moments(data, EVERY, WIDE)]
        if one.kind == "picture" and not one.path.endswith(".svg"):
            return [see.picture_of(data)]
        if self.look is None:
            return []
        page = see.picture_of(self.look(side.read, one.path))
        return [page[top : top + TALL] for top in range(0, len(page), TALL)]


def _view(old: Sequence[Draw], new: Sequence[Draw], place: int) -> View:
    here = [place < len(side) for side in (old, new)]
    pages = (place + 1 if here[0] else None, place + 1 if here[1] else None)
    drawn = [see.marked(side[place](), ()) if is_here else b"" for side, is_here in zip((old, new), here, strict=True)]
    return View(pages, before=drawn[0], after=drawn[1])
