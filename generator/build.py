"""The way through the house: read → check → select → plan → make → publish."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.checks import Checked, read_and_check
from generator.checks.release import in_short, kept_back, refuse_changed, trial_edition, unasked
from generator.engine import publish
from generator.engine.items import DRAWN, SEEN, SPOKEN
from generator.engine.only import ALL, Only
from generator.engine.output import find_output, refuse_other_book
from generator.engine.progress import Progress
from generator.engine.store import Store
from generator.engine.tree import (
    LIST,
    Published,
    Tree,
    edition_of,
    join,
    manifest,
    prefix_of,
    read_tree,
    trees_of,
    with_lists,
)
from generator.foreman import Hands, check_hands, make_parts
from generator.ground import history
from generator.ground.errors import ContentError
from generator.ground.files import Project
from generator.ground.findings import Finding, Text, for_eyes, format_text, has_errors, in_order
from generator.ground.said import said
from generator.ground.whole import Stock, clear_drafts
from generator.handbook.chosen import chosen_editions, known_edition
from generator.handbook.editions import ROOT
from generator.handbook.model import Edition, Handbook
from generator.handbook.select import hold_back
from generator.handbook.words import WORDS
from generator.handout import TEXT as SHEET
from generator.lapsed import Lapsed, lapsed_in, lapsed_names, signed_then, signed_today, without_lapsed
from generator.press.which_browser import install_hint
from generator.products import NAMES, prints, standard
from generator.released import released, with_true_sheets, without_withdrawn
from generator.telling import (
    asked_for,
    refuse_held,
    tell_changed,
    tell_done,
    tell_empty,
    tell_gone,
    tell_kept,
    tell_lapsed,
    tell_lapsed_gone,
    tell_not_held,
    tell_not_made,
    tell_nothing,
    tell_place,
    tell_unreleased,
)
from generator.workshop import Task, settle

PAGES = ("site", "number", "server")
ON_DEMAND = frozenset({"stick"})
"""Half of an edition's bytes: with `--editions` only by name."""
MEMORIES = {DRAWN: 400_000_000, SPOKEN: 200_000_000, SEEN: 10_000_000}
"""Bytes of what the press and its readers remember; what was used last stays."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a build was asked for."""

    products: tuple[str, ...] = ()
    """Empty: the standard set."""
    edition: str = ROOT
    out: Path | None = None
    release: bool = False
    editions: str | None = None
    """`all`, a parent or a list; None: the one edition."""
    hands: Hands = Hands()
    history_unknown: bool = False
    only: Only = ALL
    offline: bool = False
    """Somebody said by hand that the real host need not be asked."""


def build(project: Project, order: Order, progress: Progress) -> None:
    """What would take what is not ours is refused first; then one build at a time, here and into one output."""

    def say_waiting() -> None:
        progress.say(said("build/waiting"))

    check_hands(order.hands)
    with publish.build_lock(project.private, say_waiting):
        out = find_output(order.out or project.path("dist"))
        with publish.build_lock(publish.open_trees(out), say_waiting):
            publish.repair(out)
            clear_drafts(trees_of(out), below="")  # trees themselves hold none, and many files
            for folder in (project.private, project.path("content"), project.path("qr")):
                clear_drafts(folder)
            _take_steps(project, order, out, progress)


def _take_steps(project: Project, order: Order, out: Path, progress: Progress) -> None:
    """Steps 1–6. Whatever goes wrong before the last line leaves `dist/` as it was."""
    checked = read_and_check(project, release=order.release, history_unknown=order.history_unknown,
                             step=progress.step)
    if order.release:
        order = _with_pages(order)
        handbook, kept = what_goes_out(checked, progress, order.only)
    else:
        handbook, kept = checked.reading.handbook, {}
        stop_at(checked.findings, progress)
    chosen = choose(handbook, order, progress)
    store, before, mark = Store(project.private), read_tree(out), book_mark(checked.reading.handbook)
    today = signed_today(checked.reading.handbook)
    gone = lapsed_names(before, today, checked.reading.handbook.approvals)
    lapsed = lapsed_in(before, gone)
    refuse_other_book(out, project.root, before, hashlib.sha256(mark).hexdigest())
    store.give(out.resolve(), {path: file.sha for path, file in before.files.items()}, before.items.values())
    tell_lapsed(progress, gone, lapsed)
    tasks = lay_out(store, before, chosen, handbook, lapsed)
    left_out = frozenset[str]() if order.editions is None else ON_DEMAND
    setting = settle(project, handbook, asked=order.products, left_out=left_out, only=order.only,
                     release=order.release)
    parts = list(make_parts(project, setting, store, tasks, order.hands, progress))  # select, plan and make each
    refuse_changed(project, checked.reading.handbook)
    if told := in_order(finding for part in parts for finding in part.findings):
        progress.say(format_text(told))
    with progress.step("publish"):
        whole = join(_still_made(before), parts)
        tree = without_lapsed(whole, lapsed, parts)
        tell_lapsed_gone(progress, whole.files, tree.files)
        tree = without_damage(store, tree, progress)
        silent = [edition.id for edition in chosen if not may_print(order, edition, handbook)]
        if order.release:
            tree = released(project, store, before, tree, checked.reading.handbook, handbook, chosen, kept, silent)
        else:
            tree = with_true_sheets(before, tree)
        tree = without_withdrawn(store, tree, handbook.approvals)
        publish_tree(project, store, out, tree, mark, signed_then(before, today, gone))
    used = {*tree.items.values(), *(key for part in parts for key in part.proofs)}
    store.forget_all_but(used, most=4 * max(len(part.items) for part in parts) + 200)
    for name, most in MEMORIES.items():
        Stock(project.private / name).forget(most)
    _tell(progress, order, chosen, before, tree, kept, silent, sum(part.fresh for part in parts))
    if not setting.browser and not order.products:
        progress.say(said("build/no-papers", hint=install_hint()))
    tell_nothing(progress, order.only, tree, handbook, chosen)
    for edition in chosen if order.release else ():
        progress.say(said("build/sheet", file=place_of(order) / prefix_of(edition.id) / SHEET))
    if not order.release:
        paths = [*asked_for(order.only, handbook, store, tree, chosen)]
        tell_place(progress, place_of(order), paths)
        tell_unreleased(progress, paths, tree, chosen, handbook)
        tell_not_held(progress, order.only, paths, tree, handbook, setting.past)
    tell_not_made(parts)


def place_of(order: Order) -> Path:
    return order.out or Path("dist")


def _tell(
    progress: Progress, order: Order, chosen: Sequence[Edition], before: Tree, tree: Tree, kept: Mapping[str, Text],
    silent: Sequence[str], fresh: int,
) -> None:
    tell_kept(progress, kept, sheet=True, named=order.only.all)
    tell_done(progress, place_of(order), before.files, tree.files, fresh)
    tell_empty(progress, chosen)
    tell_changed(progress, before.files, tree.files)
    tell_gone(progress, before.files, tree.files, [one.id for one in chosen if order.release], silent, kept)


def _with_pages(order: Order) -> Order:
    """A printed code must have its page, and a page its server's rules: a release always brings them."""
    if not order.products:
        return order
    products = tuple(dict.fromkeys((*order.products, *PAGES)))
    only = replace(order.only, products=(*order.only.products, *PAGES)) if order.only.products else order.only
    return replace(order, products=products, only=only)


def may_print(order: Order, edition: Edition, handbook: Handbook) -> bool:
    return not order.release or order.offline or not any(unasked(edition, handbook))


def what_goes_out(checked: Checked, progress: Progress, only: Only = ALL) -> tuple[Handbook, dict[str, Text]]:
    """The lessons that are ready; of each other one why not."""
    handbook = checked.reading.handbook
    kept = kept_back(handbook, checked.findings)
    refuse_held(only, handbook, kept)
    own = {finding for why in kept.values() for finding in why}
    stop_at([finding for finding in checked.findings if finding not in own], progress)
    short = {slug: in_short(why, slug, handbook.approvals) for slug, why in kept.items()}
    if len(kept) == len(handbook.lessons):
        tell_kept(progress, short, sheet=False)
        raise ContentError(*said("build/nothing-ready"))
    if handbook.unsigned_words:
        handbook, short = replace(handbook, glossary=()), {WORDS: said("build/words-unsigned", id=WORDS), **short}
    return hold_back(handbook, kept), short


def stop_at(findings: Sequence[Finding], progress: Progress) -> None:
    """All of them are told at once; errors end the build here."""
    show_findings(findings, progress)
    if has_errors(findings):
        count = sum(finding.severity == "error" for finding in findings)
        raise ContentError(*said("build/errors", count=count))


def show_findings(findings: Sequence[Finding], progress: Progress) -> None:
    """Errors in full; warnings in full only while they are few."""
    errors = [finding for finding in findings if finding.severity == "error"]
    warnings = [finding for finding in findings if finding.severity == "warning"]
    shown = errors + (warnings if len(warnings) <= 5 else [])
    if shown:
        progress.show("")
        print(for_eyes(shown, sys.stderr), file=sys.stderr)
    if len(warnings) > 5:
        progress.say(said("build/warnings", count=len(warnings)))


def choose(handbook: Handbook, order: Order, progress: Progress) -> tuple[Edition, ...]:
    """The editions to make; those others stand on come first."""
    ids = (order.edition,) if order.editions is None else chosen_editions(handbook.editions, order.editions)
    chosen = tuple(known_edition(name, handbook.editions) for name in ids)
    if order.release:
        asks = not order.offline and prints(order.products or standard())
        found = {edition.id: [*trial_edition(edition, handbook), *(unasked(edition, handbook) if asks else ())]
                 for edition in chosen}
        ready = [name for name, wrong in found.items() if not wrong]
        if ready and len(ready) < len(chosen):
            show_findings([finding for wrong in found.values() for finding in wrong], progress)
            raise ContentError(*said("build/ready", count=len(chosen) - len(ready), names=",".join(ready)))
        stop_at([finding for wrong in found.values() for finding in wrong], progress)
    return chosen


def lay_out(
    store: Store, before: Tree, chosen: Sequence[Edition], handbook: Handbook, lapsed: Lapsed,
) -> list[Task]:
    """An edition a task, with what stands published of it and what of that is damaged. Editions nobody asked for are
    mended where they are damaged, or show what is signed no more."""
    known: dict[str, dict[str, str]] = {}
    for name, key in before.items.items():
        edition, item = name.split("/", 1)
        known.setdefault(edition, {})[item] = key
    standing, lost = _products(before.files), _products(publish.lost_files(store, before))
    unsure = lost if before.items else standing  # without our note nobody knows what came from which item
    nothing, asked = frozenset[str](), [edition.id for edition in chosen]
    hurt = [edition.id for edition in handbook.editions if edition.id in {*lost, *lapsed} and edition.id not in asked]
    return [Task(edition, known.get(edition, {}), standing.get(edition, nothing),
                 (lost if edition in hurt else unsure).get(edition, nothing), lapsed.get(edition, nothing),
                 mends=edition in hurt) for edition in (*asked, *hurt)]


def _products(files: Mapping[str, Published]) -> dict[str, frozenset[str]]:
    """By edition."""
    found: dict[str, set[str]] = {}
    for path, file in files.items():
        if file.product in NAMES:
            found.setdefault(edition_of(path), set()).add(file.product)
    return {edition: frozenset(names) for edition, names in found.items()}


def _still_made(before: Tree) -> Tree:
    """What products that are no more have left goes."""
    files = {path: file for path, file in before.files.items() if file.product in (*NAMES, LIST)}
    return replace(before, files=files, items={name: key for name, key in before.items.items()
                                               if name.partition("/")[2].partition(":")[0] in NAMES})


def without_damage(store: Store, tree: Tree, progress: Progress) -> Tree:
    """What is damaged and cannot be made again here goes, and is told."""
    lost = publish.lost_files(store, tree)
    for edition in sorted({edition_of(path) for path in lost}):
        gone = [path for path in lost if edition_of(path) == edition]
        progress.say(said("build/damaged", count=len(gone), file=gone[0], edition=edition))
    return replace(tree, files={path: file for path, file in tree.files.items() if path not in lost})


def book_mark(handbook: Handbook) -> bytes:
    """What a clone shares and another handbook does not: the address, and the number that was given first."""
    first = min(((entry.since, entry.number) for entry in handbook.ledger), default=("", ""))
    return f"{handbook.site.address} {' '.join(first)}\n".encode()


def publish_tree(
    project: Project, store: Store, out: Path, tree: Tree, mark: bytes, signed: frozenset[str],
) -> None:
    """Each edition's tree carries a manifest of its own; the main one lists them all."""
    commit = history.commit_id(project.root)
    whole = replace(with_lists(tree, commit, mark, store.keep_bytes, store.size), signed=signed)
    publish.publish(store, out, whole, manifest(commit, ROOT, whole.files))
