"""What stands published when a build begins: which of it is to be made anew, and which of it can stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.engine import publish
from generator.engine.progress import Progress
from generator.engine.store import Store
from generator.engine.tasks import Task
from generator.engine.tree import LIST, Published, Tree, edition_of, prefix_of, shows
from generator.ground.rest import few
from generator.ground.said import said
from generator.handbook.model import Edition, Handbook
from generator.lapsed import Lapse
from generator.products import NAMES


def lay_out(
    store: Store, before: Tree, chosen: Sequence[Edition], handbook: Handbook, lapse: Lapse,
) -> list[Task]:
    """An edition a task, with what stands published of it and what of that is damaged. Editions nobody asked for are
    mended where they are damaged, or show what is signed no more."""
    known: dict[str, dict[str, str]] = {}
    for name, key in before.items.items():
        edition, item = name.split("/", 1)
        known.setdefault(edition, {})[item] = key
    standing, lost = _products(before.files), _products(publish.lost_files(store, before))
    unsure = lost if before.items else standing  # without our note nobody knows what came from which item
    words = {} if before.items else _words(before.files)
    lapsed = lapse.products
    nothing, asked = frozenset[str](), [edition.id for edition in chosen]
    hurt = [edition.id for edition in handbook.editions if edition.id in {*lost, *lapsed} and edition.id not in asked]
    return [Task(edition, known.get(edition, {}), standing.get(edition, nothing),
                 (lost if edition in hurt else unsure).get(edition, nothing), lapsed.get(edition, nothing),
                 _shown(store, before, edition, known.get(edition, {}), lapse),
                 mends=edition in hurt, words=words.get(edition, {})) for edition in (*asked, *hurt)]


def _words(files: Mapping[str, Published]) -> dict[str, dict[str, frozenset[str]]]:
    """Of whose words products stand, by edition: what is left to know where no note tells of items."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for path, file in files.items():
        own = found.setdefault(edition_of(path), {})
        own[file.product] = own.get(file.product, frozenset()) | {*file.sources}
    return found


def _shown(
    store: Store, before: Tree, edition: str, known: Mapping[str, str], lapse: Lapse,
) -> dict[str, frozenset[str]]:
    """Of items that show what lapsed, what their files were made of; of what stands by no file, nothing. Where its
    record is gone, it may be any file of its product."""
    found, lapsed = dict[str, frozenset[str]](), lapse.products.get(edition, frozenset())
    for name, key in known.items():
        product = name.partition(":")[0]
        made = store.find(key) if product in lapsed else None
        paths = [prefix_of(edition) + path for path in made.files] if made else []
        files = [before.files[path] for path in paths if path in before.files]
        if made is None and product in lapsed:
            files = [file for path, file in before.files.items()
                     if file.product == product and edition_of(path) == edition]
        if any(shows(file, edition, lapse.names) for file in files):
            found[name] = frozenset(source for file in files for source in file.sources)
    return found


def _products(files: Mapping[str, Published]) -> dict[str, frozenset[str]]:
    """By edition."""
    found: dict[str, set[str]] = {}
    for path, file in files.items():
        if file.product in NAMES:
            found.setdefault(edition_of(path), set()).add(file.product)
    return {edition: frozenset(names) for edition, names in found.items()}


def still_made(before: Tree) -> Tree:
    """What products that are no more have left goes."""
    files = {path: file for path, file in before.files.items() if file.product in (*NAMES, LIST)}
    return replace(before, files=files, items={name: key for name, key in before.items.items()
                                               if name.partition("/")[2].partition(":")[0] in NAMES})


def without_damage(store: Store, tree: Tree, progress: Progress) -> Tree:
    """What is damaged and cannot be made again here goes, and is told."""
    lost = publish.lost_files(store, tree)
    for edition in sorted({edition_of(path) for path in lost}):
        gone = [path for path in lost if edition_of(path) == edition]
        progress.say(said("build/damaged", count=len(gone), files=few(gone), edition=edition))
    return replace(tree, files={path: file for path, file in tree.files.items() if path not in lost})
