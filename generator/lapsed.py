"""What was signed when something was made, and is so no more: that thing may not lie there without its mark, whatever
a build was asked for. It is made again, or goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from generator.engine.store import Store
from generator.engine.tree import LIST, Part, Tree, edition_of, prefix_of, product_of, shows
from generator.ground.errors import ContentError
from generator.ground.files import Project, Source, read_source
from generator.ground.findings import format_text
from generator.ground.said import said
from generator.handbook.approvals import read_approvals, signer, standing, stands_by, words_of_place
from generator.handbook.model import APPROVALS, Approval, Handbook
from generator.handbook.withdrawals import withdraws
from generator.handbook.words import hard_words

Lapsed = Mapping[str, frozenset[str]]
"""Edition → products that show what is signed no more."""


@dataclass(frozen=True)
class Lapse:
    """What a build finds lapsed of what stands published."""

    names: frozenset[str]
    products: Lapsed
    signed: frozenset[str]
    """Texts that may stand there unmarked after the build."""


def look(before: Tree, handbook: Handbook) -> Lapse:
    today = signed_today(handbook)
    names = lapsed_names(before, today, handbook.approvals)
    return Lapse(names, lapsed_in(before, names), signed_then(before, today, names))


def signed_today(handbook: Handbook) -> frozenset[str]:
    """Approved lessons, and what stands beside lessons and is signed: each with the name of its text. Of a lesson its
    number, too, and who signed it: a paper that leads to another page, or names another unit, is as wrong."""
    beside = [hard_words(handbook), *(words_of_place(handbook, edition) for edition in handbook.editions)]
    rows = [lesson.office.approval for lesson in handbook.lessons if lesson.approved and lesson.office.approval]
    return frozenset({f"{row.slug} {row.text}" for row in rows} | {f"{row.slug} {signer(row)}" for row in rows}
                     | {f"{slug} {number}" for slug, number in handbook.numbers.items()
                        if slug in handbook.by_slug and handbook.by_slug[slug].approved}
                     | {f"{words.id} {words.text}" for words in beside if words.text and words.signed})


def lapsed_names(before: Tree, signed: frozenset[str], rows: Sequence[Approval]) -> frozenset[str]:
    """Whose text was signed when the tree was published, and nothing of it is now, or just that text was taken back, or
    whose number was another. Where the tree's note is gone, whatever was ever signed may stand there."""
    today = _names(signed)
    if before.items:
        once = (one.split(" ") for one in before.signed)
        return frozenset(name for name, text in once if name not in today or (
            f"{name} {text}" not in signed if text.isdigit() else _is_taken_back(rows, name, text)))
    return frozenset(row.slug for row in rows if row.slug not in today or withdraws(row.note))


def _is_taken_back(rows: Sequence[Approval], name: str, text: str) -> bool:
    return not (stands_by if text.startswith("@") else standing)(rows, name, text)


def refuse_taken_back(project: Project, handbook: Handbook) -> None:
    """What was taken back while a build ran would lie there unmarked, and nobody was told of it."""
    there = read_source(project.root, APPROVALS) if project.path(APPROVALS).is_file() else None
    rows, wrong = read_approvals(there) if isinstance(there, Source) else ((), [there] if there else [])
    if [one for one in wrong if one.rule != "approvals.unclear"] and signed_today(handbook):  # who knows what it says
        raise ContentError(*said("build/book-broken", findings=format_text(wrong)))
    once = (one.split(" ") for one in signed_today(handbook))
    if gone := sorted({name for name, text in once if not text.isdigit() and _is_taken_back(rows, name, text)}):
        raise ContentError(*said("build/taken-back", names=", ".join(gone)))


def signed_then(before: Tree, today: frozenset[str], gone: frozenset[str]) -> frozenset[str]:
    """What may stand there after a build: an older text that nobody took back, too."""
    return today | {signed for signed in before.signed if _names([signed]).isdisjoint(gone)}


def _names(signed: Iterable[str]) -> set[str]:
    return {one.split(" ")[0] for one in signed}


def lapsed_in(before: Tree, gone: frozenset[str]) -> Lapsed:
    """What stands published, and needs its mark since."""
    found: dict[str, set[str]] = {}
    for path, file in before.files.items() if gone else ():
        if file.product != LIST and shows(file, edition_of(path), gone):
            found.setdefault(edition_of(path), set()).add(file.product)
    return {edition: frozenset(products) for edition, products in found.items()}


def without_lapsed(tree: Tree, lapse: Lapse, parts: Sequence[Part], store: Store) -> Tree:
    """What shows it and could not be made again here, for want of a program, goes; the others of its kind stay."""
    made = {(part.edition, product) for part in parts for product in part.remade}
    left = {(edition, product) for edition, products in lapse.products.items() for product in products} - made
    gone = {path for path, file in tree.files.items() if left and (edition_of(path), file.product) in left
            and shows(file, edition_of(path), lapse.names)}
    items = {name: key for name, key in tree.items.items() if not gone or not _makes(name, key, gone, left, store)}
    return replace(tree, files={path: file for path, file in tree.files.items() if path not in gone}, items=items)


def _makes(name: str, key: str, gone: Set[str], left: Set[tuple[str, str]], store: Store) -> bool:
    """Whether this item makes something that goes. One without a record may."""
    edition, _, item = name.partition("/")
    if (edition, product_of(item)) not in left:
        return False
    made = store.find(key)
    return made is None or not gone.isdisjoint(prefix_of(edition) + path for path in made.files)
