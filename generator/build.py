"""The way through the house: read → check → select → plan → make → publish."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.checks import Checked, read_and_check
from generator.checks.looking.rewritten import rewritten
from generator.checks.release import in_short, kept_back, refuse_changed, unasked, unready
from generator.engine import publish
from generator.engine.items import DRAWN, SEEN, SPOKEN
from generator.engine.only import ALL, Only
from generator.engine.output import find_output, refuse_other_book
from generator.engine.progress import Progress
from generator.engine.store import Store
from generator.engine.tree import (
    Part,
    Published,
    Tree,
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
from generator.ground.rest import few
from generator.ground.said import said
from generator.ground.whole import Stock, clear_drafts
from generator.handbook.chosen import chosen_editions, communes, known_edition
from generator.handbook.editions import ROOT
from generator.handbook.model import Edition, Handbook
from generator.handbook.select import hold_back
from generator.handbook.words import WORDS
from generator.handout import TEXT as SHEET
from generator.lapsed import Lapse, look, refuse_taken_back, without_lapsed
from generator.press.which_browser import install_hint
from generator.products import FILMS, prints, standard
from generator.released import released, with_true_sheets, without_withdrawn
from generator.standing import lay_out, still_made, without_damage
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
    tell_later,
    tell_not_held,
    tell_not_made,
    tell_nothing,
    tell_place,
    tell_unreleased,
)
from generator.workshop import Setting, settle

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


@dataclass(frozen=True)
class _Way:
    """What is known before anything is made."""

    order: Order
    whole: Handbook
    """As read; `handbook` without what does not go out, `kept` says why not."""
    handbook: Handbook
    kept: Mapping[str, Text]
    chosen: Sequence[Edition]
    store: Store
    before: Tree
    lapse: Lapse
    setting: Setting


def _take_steps(project: Project, order: Order, out: Path, progress: Progress) -> None:
    """Steps 1–6. Whatever goes wrong before the last line leaves `dist/` as it was."""
    way = _look_around(project, order, out, progress)
    tasks = lay_out(way.store, way.before, way.chosen, way.handbook, way.lapse)
    parts = list(make_parts(project, way.setting, way.store, tasks, order.hands, progress))  # select, plan, make each
    refuse_changed(project, way.whole)
    if told := in_order(finding for part in parts for finding in part.findings):
        progress.say(format_text(told))
    with progress.step("publish"):
        joined = join(still_made(way.before), parts)
        tree = without_lapsed(joined, way.lapse, parts, way.store)
        taken = {path: file for path, file in joined.files.items() if path not in tree.files}
        tell_lapsed_gone(progress, taken, parts, way.setting.browser, way.whole.editions)
        tree = _to_hand_out(project, way, without_damage(way.store, tree, progress))
        with publish.build_lock(project.private, lambda: None, publish.TURN):  # whoever takes back now sees what is out
            refuse_taken_back(project, way.whole)
            publish_tree(project, way.store, out, tree, book_mark(way.whole), way.lapse.signed)
    used = {*tree.items.values(), *(key for part in parts for key in part.proofs)}
    way.store.forget_all_but(used, most=4 * max(len(part.items) for part in parts) + 200)
    for name, most in MEMORIES.items():
        Stock(project.private / name).forget(most)
    _tell(way, tree, taken, parts, progress)


def _look_around(project: Project, order: Order, out: Path, progress: Progress) -> _Way:
    checked = read_and_check(project, release=order.release, history_unknown=order.history_unknown,
                             step=progress.step)
    whole = checked.reading.handbook
    if order.release:
        order = _with_pages(order)
        handbook, kept = what_goes_out(checked, progress, order.only)
    else:
        handbook, kept = whole, {}
        stop_at(checked.findings, progress)
    chosen = choose(handbook, order, progress)
    store = Store(project.private)
    before = store.recalled(out.resolve(), read_tree(out))
    refuse_other_book(out, project.root, before, hashlib.sha256(book_mark(whole)).hexdigest())
    store.give(out.resolve(), before)
    tell_lapsed(progress, lapse := look(before, whole))
    left_out = frozenset[str]() if order.editions is None else ON_DEMAND
    setting = settle(project, handbook, asked=order.products, left_out=left_out, only=order.only,
                     release=order.release)
    if any("review" in name.split(":")[0].split("/") for name in (*order.products, *before.items)):
        setting = replace(setting, rewritten=rewritten(project, whole))
    return _Way(order, whole, handbook, kept, chosen, store, before, lapse, setting)


def _silent(way: _Way) -> list[str]:
    asks = way.order.release and not way.order.offline
    return [edition.id for edition in way.chosen if asks and any(unasked(edition, way.handbook))]


def _to_hand_out(project: Project, way: _Way, tree: Tree) -> Tree:
    """With what says which of it may be handed out."""
    if way.order.release:
        tree = released(project, way.store, way.before, tree, way.whole, way.handbook, way.chosen, way.kept,
                        _silent(way))
    else:
        tree = with_true_sheets(way.before, tree)
    return without_withdrawn(way.store, tree, way.whole.approvals)


def _tell(
    way: _Way, tree: Tree, taken: Mapping[str, Published], parts: Sequence[Part], progress: Progress,
) -> None:
    """`taken`: what has been told to be gone."""
    order, place, before = way.order, place_of(way.order), way.before.files
    tell_kept(progress, way.kept, sheet=True, named=order.only.all)
    tell_done(progress, place, before, tree.files, sum(part.fresh for part in parts))
    tell_empty(progress, way.chosen, way.whole.editions)
    tell_later(progress, way.whole)
    tell_changed(progress, before, tree.files)
    tell_gone(progress, {path: file for path, file in before.items() if path not in taken}, tree.files,
              [one.id for one in way.chosen if order.release], _silent(way), way.kept, way.lapse.names)
    if not way.setting.browser and not order.products:
        progress.say(said("build/no-papers", hint=install_hint()))
    tell_nothing(progress, order.only, tree, way.handbook, way.chosen)
    if order.release and order.editions is None and order.edition == ROOT and (names := communes(way.whole.editions)):
        words = [name for name in order.only.products or order.products if name not in PAGES]
        words += [f"--lesson {slug}" for slug in order.only.lessons]
        progress.say(said("build/for-country", words=" ".join(words), id=names[0], names=few(names)))
    for edition in way.chosen if order.release else ():
        progress.say(said("build/sheet", file=place / prefix_of(edition.id) / SHEET))
    if not order.release:
        paths = [*asked_for(order.only, way.handbook, way.store, tree, way.chosen)]
        tell_place(progress, place, paths)
        tell_unreleased(progress, paths, tree, way.chosen, way.handbook)
        tell_not_held(progress, order.only, paths, tree, way.handbook, way.setting.past)
    tell_not_made(parts)


def place_of(order: Order) -> Path:
    return order.out or Path("dist")


def _with_pages(order: Order) -> Order:
    """A printed code must have its page, and a page its server's rules: a release always brings them."""
    if not order.products:
        return order
    products = tuple(dict.fromkeys((*order.products, *PAGES)))
    only = replace(order.only, products=(*order.only.products, *PAGES)) if order.only.products else order.only
    return replace(order, products=products, only=only)


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
        asked = () if order.offline else order.products or standard()
        films = order.only.lessons_of([name for name in FILMS if name in asked], handbook)
        found = {edition.id: [*unready(edition, handbook, films, papers=prints(asked))] for edition in chosen}
        ready = [name for name, wrong in found.items() if not wrong]
        if ready and len(ready) < len(chosen):
            show_findings([finding for wrong in found.values() for finding in wrong], progress)
            raise ContentError(*said("build/ready", count=len(chosen) - len(ready), names=",".join(ready)))
        stop_at([finding for wrong in found.values() for finding in wrong], progress)
    return chosen


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
