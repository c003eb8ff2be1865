"""Binds finished files, whole or some of their pages, into one that is tagged as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any, NamedTuple, cast

import pikepdf

from generator.ground.errors import ProofError
from generator.press.binder.file import opened, outlined, page_numbers, saved, sign
from generator.press.binder.tagging import name_cells
from generator.press.binder.tags import (
    Piece,
    elements,
    first_page,
    kids,
    new_tree,
    owners,
    piece_of,
    put_kids,
    put_owners,
    renumber,
    tree_of,
)
from generator.press.binder.typeface import share_letters
from generator.press.orders import About


class Chapter(NamedTuple):
    """Pages of a finished file, in its order. A file may give several chapters, each of its pages once."""

    data: bytes
    pages: Sequence[int] = ()
    """Counted from 1; empty: all."""
    title: str = ""
    """A line of the outline above those that its pages bring along, and a part of its own in the tags."""
    level: int = 0
    """Of its first line in the outline, which the others follow; 0: as in its file."""


class Line(NamedTuple):
    """Of an outline."""

    level: int
    title: str
    place: Any


def join_tagged(
    chapters: Sequence[Chapter], about: About, dress: Callable[[pikepdf.Pdf], None] = lambda _pdf: None
) -> bytes:
    """One tree of tags, one outline, one set of names for links to lead to. What lies at the top of a file's tags goes
    where its first page goes. A link to a page left out leads to the same name in another chapter."""
    with ExitStack() as open_files, pikepdf.new() as pdf:
        sources = {
            data: _Source(open_files.enter_context(opened(data)), [one for one in chapters if one.data == data])
            for data in dict.fromkeys(chapter.data for chapter in chapters)
        }
        for chapter in chapters:
            sources[chapter.data].give_pages(pdf, chapter)
        _join_trees(pdf, [(chapter, sources[chapter.data]) for chapter in chapters])
        _join_names(pdf, sources.values())
        put_outline(pdf, (line for one in chapters for line in _lines(one, sources[one.data])))
        dress(pdf)
        share_letters(pdf)
        sign(pdf, about)
        return saved(pdf)


class _Source:
    """An open file and what of it has come over: pages by their number there, then the tags."""

    def __init__(self, file: pikepdf.Pdf, chapters: Sequence[Chapter]) -> None:
        self.file = file
        self.numbers = page_numbers(file)
        self.given: dict[int, Any] = {}
        self._tree: Any = None
        kept = [number for chapter in chapters for number in self.pages_of(chapter)]
        if len(kept) > len(set(kept)) or not set(kept) <= {*self.numbers.values()}:
            raise ValueError(f"pages twice or not there: {sorted(kept)} of {len(self.numbers)}")
        _drop(file, set(self.numbers.values()) - set(kept))

    def pages_of(self, chapter: Chapter) -> Sequence[int]:
        return chapter.pages or list(self.numbers.values())

    def give_pages(self, pdf: pikepdf.Pdf, chapter: Chapter) -> None:
        for number in self.pages_of(chapter):
            pdf.pages.append(self.file.pages[number - 1])
            self.given[number] = pdf.pages[-1].obj

    def tree(self, pdf: pikepdf.Pdf) -> Any:
        """Copied once all pages have come over: what in it names a page then names the page here."""
        if self._tree is None:
            self._tree = pdf.copy_foreign(tree_of(self.file))
        return self._tree

    def page_here(self, page: Any) -> Any:
        """None for a page that was left out."""
        return self.given.get(self.numbers[page.objgen])


def _drop(file: pikepdf.Pdf, left_out: Iterable[int]) -> None:
    """Takes what lies on these pages out of the tags, and the elements that then hold nothing."""
    tree = tree_of(file)
    owned = owners(tree)
    for number in left_out:
        page = file.pages[number - 1].obj
        marks = owned.pop(int(page.get("/StructParents", -1)), ())
        notes = [owned.pop(int(note.get("/StructParent", -1)), None) for note in page.get("/Annots", ())]
        for element in {one.objgen: one for one in (*marks, *notes) if one is not None}.values():
            put_kids(element, [kid for kid in kids(element) if not _lies_on(page, piece_of(kid, element))])
    put_owners(file, tree, owned)


def _lies_on(page: Any, piece: Piece | None) -> bool:
    return piece is not None and piece.page is not None and bool(piece.page.objgen == page.objgen)


def _join_trees(pdf: pikepdf.Pdf, parts: Sequence[tuple[Chapter, _Source]]) -> None:
    tree, document = new_tree(pdf)
    tree.RoleMap = pikepdf.Dictionary()
    top: list[Any] = []
    for chapter, source in parts:
        own = list(_at_top(pdf, chapter, source))
        top += [_part(pdf, chapter.title, document, own)] if chapter.title else own
        for one in () if chapter.title else own:
            one.P = document
        for name, role in source.tree(pdf).get("/RoleMap", pikepdf.Dictionary()).items():
            tree.RoleMap[name] = role
    document.K = pikepdf.Array(top)
    if any("/IDTree" in source.tree(pdf) for _, source in parts):
        name_cells(pdf, tree, list(elements(tree)))  # two files may call a cell the same
    before = {page.objgen: owned for _, source in parts for owned in [owners(source.tree(pdf))]
              for page in source.given.values()}
    renumber(pdf, tree, lambda page, number: before[page.objgen][number])


def _part(pdf: pikepdf.Pdf, title: str, document: Any, own: Sequence[Any]) -> Any:
    part = pdf.make_indirect(pikepdf.Dictionary(
        Type=pikepdf.Name.StructElem, S=pikepdf.Name.Part, T=title, P=document, K=pikepdf.Array(own)))
    for one in own:
        one.P = part
    return part


def _at_top(pdf: pikepdf.Pdf, chapter: Chapter, source: _Source) -> Iterator[Any]:
    """What lies right under the file's Document and begins on a page of this chapter."""
    here = {source.given[number].objgen for number in source.pages_of(chapter)}
    for document in kids(source.tree(pdf)):
        for one in kids(document):
            page = first_page(one)
            if page is not None and page.objgen in here:
                yield one


def _join_names(pdf: pikepdf.Pdf, sources: Iterable[_Source]) -> None:
    """A name that two files use for a place of their own is changed in the later one."""
    names = pikepdf.Dictionary()
    for source in sources:
        changed: dict[str, str] = {}
        for name, place in source.file.Root.get("/Dests", pikepdf.Dictionary()).items():
            if (page := source.page_here(place[0])) is not None:
                changed[name] = _free(name, names)
                names[changed[name]] = pikepdf.Array([page, *list(place)[1:]])
        for note in (note for page in source.given.values() for note in page.get("/Annots", ())):
            if "/Dest" in note:
                note.Dest = pikepdf.Name(changed.get(str(note.Dest), str(note.Dest)))
    for number, page in enumerate(pdf.pages, 1):
        for note in page.get("/Annots", ()):
            if (name := str(note.get("/Dest", ""))) and name not in names:
                raise ProofError(f"Trang {number}: đường dẫn {name} không còn tới đâu.",
                                 f"Page {number}: the link {name} leads nowhere any more.")
    pdf.Root.Dests = pdf.make_indirect(names)


def _free(name: str, names: Any) -> str:
    found, count = name, 1
    while found in names:
        count += 1
        found = f"{name}-{count}"
    return found


def put_outline(pdf: pikepdf.Pdf, lines: Iterable[Line]) -> None:
    with pdf.open_outline() as outline:
        above: list[list[pikepdf.OutlineItem]] = [outline.root]
        for line in lines:
            item = pikepdf.OutlineItem(line.title, line.place)
            del above[max(line.level, 1):]
            above[-1].append(item)
            above.append(item.children)


def _lines(chapter: Chapter, source: _Source) -> Iterator[Line]:
    here = {source.given[number].objgen for number in source.pages_of(chapter)}
    with source.file.open_outline() as outline:
        own = [Line(level, item.title, pikepdf.Array([page, *list(place)[1:]]))
               for level, item in outlined(outline.root) for place in [cast(Any, item.destination)]
               if (page := source.page_here(place[0])) is not None and page.objgen in here]
    first = own[0].level if own else 1
    level = chapter.level or (1 if chapter.title else first)
    if chapter.title:
        yield Line(level, chapter.title, pikepdf.Array([source.given[source.pages_of(chapter)[0]], pikepdf.Name.Fit]))
        level += 1
    for line in own:
        yield line._replace(level=line.level + level - first)

