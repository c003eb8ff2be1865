"""The way through the house: read → check → select → plan → make → publish."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.checks import read_and_check
from generator.checks.records.release import trial_edition
from generator.engine import publish
from generator.engine.items import ALL_BEFORE, Desk, Item
from generator.engine.machine import machine_digest
from generator.engine.make import Maker
from generator.engine.progress import Progress
from generator.engine.publish import Published, Tree
from generator.engine.store import Made, Store
from generator.ground import history
from generator.ground.errors import ContentError, MissingProgramError
from generator.ground.files import Project
from generator.ground.findings import Finding, Text, format_text, has_errors
from generator.handbook import editions
from generator.handbook.model import Handbook
from generator.handbook.select import select
from generator.press.which_browser import browser_version, find_browser, install_hint
from generator.products import NAMES, plan_product, products, standard, takes_browser
from generator.proof.made import Proofreader


@dataclass(frozen=True, slots=True)
class Order:
    """What a build was asked for."""

    products: tuple[str, ...] = ()
    """Empty: the standard set."""
    edition: str = editions.ROOT
    out: Path | None = None
    jobs: int = 0
    release: bool = False


def build(project: Project, order: Order, progress: Progress) -> None:
    """Steps 1–6. Whatever goes wrong before the last line leaves `dist/` as it was."""
    out = order.out or project.path("dist")

    def say_waiting() -> None:
        progress.say(Text("Một lần dựng khác đang chạy; chờ nó xong…", "Another build is running; waiting for it…"))

    with publish.build_lock(project.private, say_waiting):
        publish.prepare(project.private, out)
        checked = read_and_check(project, release=order.release, step=progress.step)
        stop_at(checked.findings, progress)
        with progress.step("select", order.edition):
            handbook = select(checked.reading.handbook, order.edition)
            if order.release:
                stop_at([*trial_edition(handbook.edition)], progress)
        with progress.step("plan"):
            desk = lay_desk(project, handbook, order)
            store = Store(project.private)
            before = publish.read_tree(out)
            wanted = wanted_products(order, desk, to_mend(store, out, before, order.edition))
            items = plan(desk, wanted)
        with Proofreader(store, desk.machine, order.jobs) as proofreader:
            known = _known(before, order.edition)
            with progress.step("make"), Maker(desk, store, progress, known, proofreader.take) as maker:
                made = maker.make(items, wanted, papers_must=bool(order.products))
                if maker.no_browser:  # as if there were none: papers of the last build stay
                    wanted = tuple(name for name in wanted if not takes_browser(name))
            proofs = proofreader.judge(made.values(), desk.handbook.ledger)
        with progress.step("publish"):
            joined = join_tree(desk.handbook.edition.id, before, items, made, wanted)
            tree = without_damage(store, out, joined, progress)
            changed = publish_tree(project, store, out, tree)
        store.forget_all_but({*tree.items.values(), *proofs}, most=4 * len(items) + 200)
        _report(progress, desk, order, out, before, tree, maker.fresh if changed else 0)
        if not order.products and (maker.no_browser or not desk.browser):
            _say_no_browser(progress, maker.no_browser)


def stop_at(findings: Sequence[Finding], progress: Progress) -> None:
    """All of them are told at once; errors end the build here."""
    show_findings(findings, progress)
    if has_errors(findings):
        count = sum(finding.severity == "error" for finding in findings)
        raise ContentError(f"Còn {count} chỗ phải sửa; chưa dựng gì, bản cũ còn nguyên.",
                           f"{count} errors to mend; nothing was built, the last build stands.")


def show_findings(findings: Sequence[Finding], progress: Progress) -> None:
    """Errors in full; warnings in full only while they are few."""
    errors = [finding for finding in findings if finding.severity == "error"]
    warnings = [finding for finding in findings if finding.severity == "warning"]
    shown = errors + (warnings if len(warnings) <= 5 else [])
    if shown:
        progress.show("")
        print(format_text(shown), file=sys.stderr)
    if len(warnings) > 5:
        progress.say(Text(f"Có {len(warnings)} lời nhắc; xem bằng `hocso check`.",
                          f"{len(warnings)} warnings; `hocso check` lists them."))


def lay_desk(project: Project, handbook: Handbook, order: Order) -> Desk:
    found = find_browser()
    return Desk(
        project=project,
        handbook=handbook,
        moment=history.month_moment(project.root),
        release=order.release,
        machine=machine_digest(project),
        browser=browser_version(found) if found else "",
        labels={name: product.label for name, product in products().items()},
    )


def to_mend(store: Store, out: Path, before: Tree, edition: str) -> set[str]:
    """Products of this edition of which a published file is damaged."""
    lost = publish.lost_files(store, out, before)
    mine = lost if before.items else before.files  # without our note nobody knows what came from which item
    return {file.product for path, file in mine.items() if _owner(path) == edition} & set(NAMES)


def without_damage(store: Store, out: Path, tree: Tree, progress: Progress) -> Tree:
    """What this build was not asked for, and is damaged, goes, and is told."""
    lost = publish.lost_files(store, out, tree)
    for edition in sorted({_owner(path) for path in lost}):
        gone = [path for path in lost if _owner(path) == edition]
        progress.say(Text(f"{len(gone)} tệp hỏng đã gỡ ra: {gone[0]} … Dựng lại: hocso build --edition {edition}",
                          f"{len(gone)} damaged files taken out: {gone[0]} … Run: hocso build --edition {edition}"))
    return Tree({path: file for path, file in tree.files.items() if path not in lost}, tree.items)


def wanted_products(order: Order, desk: Desk, damaged: Collection[str] = ()) -> tuple[str, ...]:
    """The products to make, those asked for and those to mend; paper asked for by name needs a browser."""
    return tuple(dict.fromkeys((*_asked(order, desk), *(name for name in NAMES if name in damaged
                                                        and (desk.browser or not takes_browser(name))))))


def _asked(order: Order, desk: Desk) -> tuple[str, ...]:
    if order.products:
        papers = [name for name in order.products if takes_browser(name)]
        if papers and not desk.browser:
            raise MissingProgramError(f"Chưa có trình duyệt để in {', '.join(papers)}. {install_hint().vi}",
                                      f"There is no browser to print {', '.join(papers)}. {install_hint().en}")
        return order.products
    return tuple(name for name in standard() if desk.browser or not takes_browser(name))


def plan(desk: Desk, wanted: Sequence[str] = ()) -> list[Item]:
    """Every product's items, asked for or not: those not asked for may still be handed over."""
    names = dict.fromkeys((*standard(), *wanted))
    items = [item for name in names for item in plan_product(name, desk)]
    edition = desk.handbook.edition.id
    return [replace(item, digest=desk.digest(edition, item.digest), needs=needs_of(item, items)) for item in items]


def needs_of(item: Item, items: Sequence[Item]) -> tuple[str, ...]:
    """`*` spelled out: the names of all standard items that come before; `fold:*`, all items of one product."""
    if ALL_BEFORE not in item.needs:
        return tuple(dict.fromkeys(name for need in item.needs for name in _spelled(need, items)))
    before = standard()[: standard().index(item.product)]
    return tuple(other.name for other in items if other.product in before)


def _spelled(need: str, items: Sequence[Item]) -> Iterator[str]:
    product, _, name = need.partition(":")
    if name == "*":
        yield from (item.name for item in items if item.product == product)
    else:
        yield need


def _known(before: Tree, edition: str) -> dict[str, str]:
    """Keys of what stands published of this edition, by item."""
    prefix = f"{edition}/"
    return {name.removeprefix(prefix): key for name, key in before.items.items() if name.startswith(prefix)}


def join_tree(
    edition: str, before: Tree, items: Sequence[Item], made: Mapping[str, Made], wanted: Iterable[str]
) -> Tree:
    """What was made, and unchanged what this build was not asked for."""
    prefix = publish.edition_prefix(edition, editions.ROOT)
    remade = set(wanted)
    files = {path: file for path, file in before.files.items() if not _replaced(path, file, edition, remade)}
    keys = {name: key for name, key in before.items.items()
            if not (name.startswith(f"{edition}/") and name.split("/", 1)[1].split(":")[0] in remade)}
    for item in items:
        result = made.get(item.name)
        if result is None:
            continue
        keys[f"{edition}/{item.name}"] = result.key
        for path, sha in result.files.items():
            files[prefix + path] = Published(sha, item.product, item.sources, publish.voice_of(path, result.facts))
    return Tree(files, keys)


def _replaced(path: str, file: Published, edition: str, remade: set[str]) -> bool:
    """True for an old file of this edition whose product was asked for, and for every manifest of an edition."""
    if file.product == "manifest":
        return True
    return _owner(path) == edition and file.product in remade


def _owner(path: str) -> str:
    """The edition of a published file."""
    return path.split("/")[1] if path.startswith("editions/") else editions.ROOT


def publish_tree(project: Project, store: Store, out: Path, tree: Tree) -> bool:
    """Each edition's tree carries a manifest of its own; the main one lists them all."""
    commit = history.commit_id(project.root)
    files = dict(tree.files)
    for edition in sorted({path.split("/")[1] for path in files if path.startswith("editions/")}):
        prefix = f"editions/{edition}/"
        own = {path.removeprefix(prefix): file for path, file in files.items() if path.startswith(prefix)}
        sha = store.keep_bytes(publish.manifest(commit, edition, own))
        files[prefix + publish.MANIFEST] = Published(sha, "manifest", ())
    whole = Tree(files, tree.items)
    main = publish.manifest(commit, editions.ROOT, files)
    return publish.publish(store, project.private, out, whole, main)


def _report(
    progress: Progress, desk: Desk, order: Order, out: Path, before: Tree, tree: Tree, fresh: int
) -> None:
    changed = len(publish.changed_paths(before.files, tree.files))
    place = out if order.out else Path(out.name)
    progress.say(Text(
        f"Xong sau {progress.seconds:.1f} giây: {fresh} mục làm mới, {changed} tệp đổi, "
        f"{len(tree.files)} tệp trong {place}.",
        f"Done in {progress.seconds:.1f} s: {fresh} items made, {changed} files changed, "
        f"{len(tree.files)} files in {place}.",
    ))
    empty = desk.handbook.edition.empty
    if empty and desk.handbook.edition.id != editions.ROOT:
        progress.say(Text(f"Bản {desk.handbook.edition.name} còn để trống: {', '.join(empty)}.",
                          f"Still empty in the edition {desk.handbook.edition.id}: {', '.join(empty)}."))


def _say_no_browser(progress: Progress, problem: MissingProgramError | None) -> None:
    """The last line of `make`: the one command that helps."""
    hint = install_hint()
    why = problem.text if problem else Text("máy chưa có trình duyệt.", "there is no browser here.")
    progress.say(Text(f"Chưa in giấy: {why.vi} {hint.vi}", f"No papers: {why.en} {hint.en}"))


