"""What a release adds to the tree and takes from it, and what later builds leave of that."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.engine.store import Store
from generator.engine.tree import LIST, Tree, edition_of, prefix_of, tells_of_build
from generator.ground import history
from generator.ground.files import Project
from generator.ground.findings import Text
from generator.handbook.approvals import standing, texts_today, words_of_place
from generator.handbook.editions import ROOT
from generator.handbook.model import Approval, Edition, Handbook
from generator.handbook.select import select
from generator.handbook.words import hard_words
from generator.handout import as_lists, release_sheet
from generator.products import OFFICE, READ, prints
from generator.signatures import JSON, TEXT, named_in, stands
from generator.telling import made_of

REVIEW = "review:"


def released(
    project: Project, store: Store, before: Tree, tree: Tree, book: Handbook, handbook: Handbook,
    chosen: Sequence[Edition], kept: Mapping[str, Text], silent: Sequence[str],
) -> Tree:
    """`book`: with the lessons that stay back, too; `silent`: editions whose host nobody has asked."""
    texts = texts_today(book, lambda file: project.path(file).read_bytes())
    whole = with_signed_papers(before, without_papers(tree, silent), store, texts)
    return with_sheets(project, store, whole, handbook, chosen, kept)


def with_sheets(
    project: Project, store: Store, tree: Tree, handbook: Handbook, chosen: Sequence[Edition],
    kept: Mapping[str, Text],
) -> Tree:
    commit, files = history.commit_id(project.root), dict(tree.files)
    root = next(edition for edition in handbook.editions if edition.id == ROOT)
    for edition in chosen:
        prefix = prefix_of(edition.id)
        own = {path.removeprefix(prefix): file for path, file in tree.files.items() if edition_of(path) == edition.id}
        told = {slug: str(why) for slug, why in kept.items()}
        made = [one for _, one in made_of(store, tree, edition)]
        beside = (words_of_place(handbook, edition), hard_words(handbook), words_of_place(handbook, root))
        signed = [standing(handbook.approvals, words.id, words.text) for words in beside]
        sheets = release_sheet(select(handbook, edition.id), own, store.read, made, told, commit, signed)
        files |= as_lists(sheets, prefix, store.keep_bytes)
    return replace(tree, files=files)


def with_true_sheets(before: Tree, tree: Tree) -> Tree:
    """What was said of a release stays as long as nothing else lies there but papers of the office."""
    files = dict(tree.files)
    for path, file in before.files.items():
        stays = file.product == LIST and path not in files and not tells_of_build(path, file)
        if stays and _released(before, edition_of(path)) == _released(tree, edition_of(path)):
            files[path] = file
    return replace(tree, files=files)


def with_signed_papers(before: Tree, tree: Tree, store: Store, texts: Mapping[str, str]) -> Tree:
    """Review sheets stay where the text they ask about is today's: they need no server, and are what was, or will be,
    signed. A release would not make them so again, once their facts are confirmed or while their lesson stays back."""
    files, items = dict(tree.files), dict(tree.items)
    for name, key in before.items.items():
        edition, _, item = name.partition("/")
        made = store.find(key) if item.startswith(REVIEW) and name not in items else None
        if made and made.facts.get("text") == texts.get(item.removeprefix(REVIEW)):
            items[name] = key
            own = (prefix_of(edition) + path for path in made.files)
            files |= {path: before.files[path] for path in own if path in before.files}
    return replace(tree, files=files, items=items)


def without_withdrawn(store: Store, tree: Tree, approvals: Sequence[Approval]) -> Tree:
    """The sheet of an earlier release, of whatever edition, that names what was taken back since says no longer what to
    hand out."""
    gone = {edition_of(path) for path, file in tree.files.items()
            if path == prefix_of(edition_of(path)) + JSON
            and not all(stands(approvals, name, row) for name, row in named_in(json.loads(store.read(file.sha))))}
    sheets = {prefix_of(edition) + name for edition in gone for name in (TEXT, JSON)}
    return replace(tree, files={path: file for path, file in tree.files.items() if path not in sheets})


def _released(tree: Tree, edition: str) -> dict[str, str]:
    return {path: file.sha for path, file in tree.files.items()
            if edition_of(path) == edition and file.product not in (LIST, *OFFICE)}


def without_papers(tree: Tree, editions: Sequence[str]) -> Tree:
    """What shows codes that a host nobody has asked should open does not lie where people print from; pages go on
    offering it. Papers of the office are handed to nobody."""
    return replace(tree, files={path: file for path, file in tree.files.items() if edition_of(path) not in editions
                                or file.product in OFFICE
                                or not path.removeprefix(prefix_of(edition_of(path))).startswith(READ)
                                or not prints([file.product])})
