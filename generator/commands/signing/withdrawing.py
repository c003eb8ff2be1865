"""What was built while a text was signed still looks so once it is taken back: what somebody must do next, in a few
lines they can read tired, each one thing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from pathlib import Path

from generator.engine.only import is_of
from generator.engine.store import Store
from generator.engine.tree import (
    LIST,
    Published,
    Tree,
    edition_of,
    of_lessons,
    prefix_of,
    read_tree,
    shows,
    tells_of_build,
)
from generator.ground.files import Project
from generator.ground.rest import few
from generator.ground.said import said
from generator.handbook.approvals import signer, texts_taken_back
from generator.handbook.editions import ROOT
from generator.handbook.model import Approval, Handbook
from generator.handbook.withdrawals import withdraws
from generator.handbook.words import WORDS
from generator.press.which_browser import find_browser
from generator.products import NAMES, OFFICE, takes_browser

CHEAP = ("leaflet", "poster", "booklet", "deck", "number", "qr", "site")
"""What is built soonest, first: whatever is asked for, all that lapsed is made again with it."""

MOST_FOLDERS = 12
"""All that one lesson has in a site, and its editions' first."""


def to_do(project: Project, handbook: Handbook, taken: Sequence[Approval]) -> Iterator[str]:
    """Of texts just taken back."""
    told = [*still_standing(project, handbook, taken)]
    yield from told or [str(said("withdrawn/nothing-stands"))]
    slugs = {row.slug for row in taken if row.slug in handbook.by_slug}
    yield from _on_the_host(handbook, [*_trees(project)], slugs)
    yield str(said("withdrawn/handed-out"))
    rows = (*handbook.approvals, *taken)
    if texts := [text for slug in dict.fromkeys(row.slug for row in taken if row.slug in slugs)
                 for text in texts_taken_back(rows, slug)]:
        yield str(said("withdrawn/papers", texts=", ".join(texts)))


def _on_the_host(handbook: Handbook, trees: Sequence[tuple[str, Tree]], slugs: Set[str]) -> Iterator[str]:
    """What to take down, what to copy over, and how its lists come to tell of these lessons no more. Where nothing
    signed is left no release is to be had, and drafts that say so are the whole truth."""
    if down := [path for out, tree in trees for path in downloads(out, tree, slugs)]:
        yield str(said("withdrawn/take-down", files=few(down, MOST_FOLDERS)))
    own = {*slugs, *filter(None, map(handbook.number_of, slugs))}
    folders = sorted(_pages_of(trees, slugs, own), key=lambda path: own.isdisjoint(path.split("/")))  # its pages first
    if not folders:
        return
    if not any(lesson.approved and lesson.slug not in slugs for lesson in handbook.lessons):
        yield str(said("withdrawn/upload-all"))
        return
    yield str(said("withdrawn/upload", folders=few(folders, MOST_FOLDERS)))
    yield str(said("withdrawn/release", commands=few([*_releases(trees, slugs, own)])))


def still_standing(project: Project, handbook: Handbook, taken: Sequence[Approval]) -> Iterator[str]:
    """What was built of them and looks signed, and the one command that mends it; nothing where there is nothing."""
    lessons = {row.slug in handbook.by_slug or row.slug == WORDS for row in taken}
    mark = " / ".join(name for name, its in (("BẢN NHÁP", True), ("BẢN IN THỬ", False)) if its in lessons)
    found = [(out, tree, files) for out, tree in _trees(project) if (files := _looking_signed(tree, taken))]
    for out, tree, files in found:
        named = [f"{out}/{path}" for path in files]
        yield str(said("withdrawn/stands", count=len(named), files=few(named)))
        yield str(said("withdrawn/build", command=_command(handbook, out, tree, files, taken), mark=mark))


def _trees(project: Project) -> Iterator[tuple[str, Tree]]:
    """All that we know of, each as somebody would type where it lies."""
    known = Store(project.private).lent.trees() if project.private.is_dir() else ()
    outs = dict.fromkeys([project.path("dist"), *map(_out_of, known)])
    for out in outs:
        tree = read_tree(out)
        if not tree.files and out.is_dir() and any(out.iterdir()):  # whoever cannot read it cannot call it empty
            tree = replace(tree, files={"": Published("", "", ())})
        name = out.relative_to(project.root).as_posix() if out.is_relative_to(project.root) else out.as_posix()
        yield name, tree


def _out_of(tree: Path) -> Path:
    """Beside `.dist.trees`, in which it lies, what leads to it."""
    above = tree.parent.name
    return tree.parent.parent / above[1:].removesuffix(".trees") if above.endswith(".trees") else tree


def papers_of(project: Project, slug: str) -> list[str]:
    """That were built of a lesson and lie there to be handed out, signed or not."""
    return [f"{out}/{path}" for out, tree in _trees(project) for path in _showing(tree, {slug}) if "print/" in path]


def _pages_of(trees: Iterable[tuple[str, Tree]], slugs: Set[str], own: Set[str]) -> list[str]:
    """What of the sites is of these lessons and no other, as folders to upload; where the last build was one of drafts,
    the rest of the site may be, too."""
    found = [f"{out}/{path.removesuffix('/index.html')}" for out, tree in trees for path in _about(tree, slugs, own)]
    return [*dict.fromkeys(found)]


def _about(tree: Tree, slugs: Set[str], own: Set[str]) -> list[str]:
    return [path for path, file in sorted(tree.files.items())
            if "/site/" in f"/{path}" and not _is_download(path, file) and _is_about(path, file, slugs, own)]


def downloads(out: str, tree: Tree, slugs: Set[str]) -> Iterator[str]:
    """That hold these lessons. On the host they stay as they were signed: a book made again may show drafts of others,
    or be made no more, so that there is nothing to copy over it."""
    for path, file in sorted(tree.files.items()):
        if slugs and _is_download(path, file) and shows(file, edition_of(path), slugs):
            yield f"{out}/{path}"


def _is_download(path: str, file: Published) -> bool:
    return "/site/downloads/" in f"/{path}" and file.product != "site"


def _releases(trees: Iterable[tuple[str, Tree]], slugs: Set[str], own: Set[str]) -> Iterator[str]:
    """What makes the lists of each site anew, without these lessons and without drafts of others."""
    for out, tree in trees:
        for edition in dict.fromkeys(map(edition_of, _about(tree, slugs, own))):
            yield f"hocso build site --release{_place(edition, out)}"


def _is_about(path: str, file: Published, slugs: Set[str], own: Set[str]) -> bool:
    """By its name or number; what is made of one lesson, too, but the site is made as one of all that there are."""
    shown = {source.split("/")[2] for source in of_lessons(file.sources)}
    return not own.isdisjoint(path.split("/")) or (file.product != "site" and shown in [{slug} for slug in slugs])


def _looking_signed(tree: Tree, taken: Sequence[Approval]) -> list[str]:
    """A withdrawal takes back all that was signed of it; of an approval that was no more than typed, what names it."""
    once = {one.split(" ")[0] for one in tree.signed}
    return _showing(tree, {row.slug for row in taken if not tree.items or (
        row.slug in once if withdraws(row.note) else f"{row.slug} {signer(row)}" in tree.signed)})


def _showing(tree: Tree, names: Collection[str]) -> list[str]:
    """Papers first; a site is one thing."""
    found = [path for path, file in tree.files.items() if names and file.product not in OFFICE and (
        path.endswith(".txt") and not tells_of_build(path, file) if file.product == LIST else  # that of a release
        shows(file, edition_of(path), names))]
    return sorted(dict.fromkeys(map(_in_short, found)), key=lambda path: ("print/" not in path, path))


def _in_short(path: str) -> str:
    prefix = prefix_of(edition_of(path))
    return f"{prefix}site/" if path.startswith(f"{prefix}site/") else path


def _command(
    handbook: Handbook, out: str, tree: Tree, files: Sequence[str], taken: Sequence[Approval],
) -> str:
    """Something that stands there anyway, so that nothing new comes into being."""
    edition = edition_of(files[0])
    own = [name.removeprefix(f"{edition}/") for name in tree.items if name.startswith(f"{edition}/")]
    names = {row.slug for row in taken}
    ours = [name for name in own if any(is_of(name, slug, handbook.number_of(slug)) for slug in names)]
    word = min(ours or own or ["site"], key=_effort)
    return f"hocso build {word}{_place(edition, out)}"


def _place(edition: str, out: str) -> str:
    return ("" if edition == ROOT else f" --edition {edition}") + ("" if out == "dist" else f' --out "{out}"')


def _effort(name: str) -> tuple[bool, int, str]:
    product = name.partition(":")[0]
    unable = product not in NAMES or (takes_browser(product) and not find_browser())
    return unable, CHEAP.index(product) if product in CHEAP else len(CHEAP), name
