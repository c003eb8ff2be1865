"""What a build tells at its end. The line that matters most comes last."""

from __future__ import annotations

import os.path
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from generator.engine.only import Only, is_of
from generator.engine.progress import Progress
from generator.engine.store import Made, Store
from generator.engine.tree import Part, Published, Tree, changed_paths, edition_of, prefix_of, shows
from generator.ground.errors import ContentError, MissingProgramError
from generator.ground.findings import Finding, Text, for_eyes, in_order
from generator.ground.history import Past
from generator.ground.rest import MOST_NAMED, few
from generator.ground.said import said
from generator.handbook.editions import ROOT
from generator.handbook.filled import contact_gaps
from generator.handbook.model import Edition, Handbook
from generator.handbook.select import select
from generator.handout import TEXT as SHEET
from generator.handout import changed_papers
from generator.lapsed import Lapse
from generator.press.pages import plain
from generator.press.voice import VOICE_NAMES, voice_hint
from generator.press.which_browser import install_hint
from generator.products import OFFICE, READ, takes_browser
from generator.products.product import PRINT

MOST_PAPERS = 8
"""Named at the end, of those to print anew."""
MOST_TOLD = 5
"""Editions whose empty values, and lessons whose reasons, are named one by one."""
FILMS = ("clips/", "site/clips/real/")


def tell_kept(progress: Progress, kept: Mapping[str, Text], *, sheet: bool, named: bool = True) -> None:
    """Why a lesson does not go out. `sheet`: one says so of all. `named`: the first are."""
    most = MOST_TOLD if named else 0
    for slug, why in list(kept.items())[:most]:
        progress.say(said("build/kept", slug=slug, why=why))
    if (more := len(kept) - most) > 0:
        progress.say(said("build/kept-sheet", more=more, file=SHEET) if sheet else said("build/kept-check", more=more))


def refuse_held(only: Only, handbook: Handbook, kept: Mapping[str, Sequence[Finding]]) -> None:
    """Who asked for one lesson hears of that one first, and of no other."""
    held = [slug for slug in only.slugs(handbook) if slug in kept]
    if held:
        told = in_order(finding for slug in held for finding in kept[slug])
        print(for_eyes(told, sys.stderr), file=sys.stderr)
        raise ContentError(*said("build/asked-held", slugs=", ".join(held), slug=held[0]))


def tell_lapsed(progress: Progress, lapse: Lapse) -> None:
    if lapse.products:
        progress.say(said("build/lapsed", names=", ".join(sorted(lapse.names))))


def tell_lapsed_gone(
    progress: Progress, gone: Mapping[str, Published], parts: Sequence[Part], browser: str,
    editions: Sequence[Edition],
) -> None:
    """What showed it and could not be made again, by what was lacking: its edition, where that has another name now."""
    known = {edition.id for edition in editions}
    not_made = {name: why for part in parts for name, why in part.not_made.items()}
    whys: dict[Text, list[str]] = {}
    for path, file in sorted(gone.items()):
        lacks_browser = not browser and takes_browser(file.product)
        why = (said("build/lapsed-edition", id=edition_of(path)) if edition_of(path) not in known else
               said("build/lapsed-browser", hint=install_hint()) if lacks_browser
               else not_made.get(file.product, said("build/no-ffmpeg")))
        whys.setdefault(why, []).append(path)
    for why, paths in whys.items():
        progress.say(said("build/lapsed-gone", names=few(paths), why=why))


def tell_done(
    progress: Progress, place: Path, before: Mapping[str, Published], after: Mapping[str, Published], fresh: int
) -> None:
    silent = [path for path, file in after.items() if file.voice == VOICE_NAMES["silence"]
              and path in before and before[path].voice not in ("", file.voice)]
    if silent:
        progress.say(said("build/silent", count=len(silent), files=few(silent, 1), hint=voice_hint()))
    changed = len(changed_paths(before, after))
    progress.say(said("build/done", seconds=progress.seconds, fresh=fresh, changed=changed, files=len(after),
                      place=place))


def tell_changed(progress: Progress, before: Mapping[str, Published], after: Mapping[str, Published]) -> None:
    papers = changed_papers(before, after)
    if len(papers) > MOST_PAPERS:
        progress.say(said("build/papers-more", names=few(papers, MOST_PAPERS)))
    elif papers:
        progress.say(said("build/papers", names=", ".join(papers)))


def tell_gone(
    progress: Progress, before: Mapping[str, Published], after: Mapping[str, Published], released: Sequence[str],
    silent: Sequence[str], kept: Mapping[str, Text], lapsed: Collection[str] = (),
) -> None:
    """What stood to print from and stands no more, edition by edition. `released`: editions this was a release of,
    `silent`: those of them whose host nobody has asked, `kept`: lessons that did not go out, with why not, `lapsed`:
    names of what is signed no more."""
    gone = [path for path in sorted(before) if path not in after]
    for edition in dict.fromkeys(map(edition_of, gone)):
        prefix = prefix_of(edition)
        paths = [path for path in gone if edition_of(path) == edition and
                 (path.removeprefix(prefix).startswith(READ)
                  or (edition in released and is_film(path.removeprefix(prefix))))]
        if office := [path for path in paths if before[path].product in OFFICE]:
            progress.say(said("build/gone", names=few(office), why=said("build/gone-office")))
            paths = [path for path in paths if path not in office]
        if edition in released:
            held = _held(paths, before, kept)
            _tell_held(progress, held, kept)
            paths = [path for path in paths if path not in held]
        elif grown := [path for path in paths if lapsed and shows(before[path], edition, lapsed)]:
            again = " ".join(dict.fromkeys(before[path].product for path in grown))
            again += "" if edition == ROOT else f" --edition {edition}"
            progress.say(said("build/gone", names=few(grown), why=said("build/gone-grown", again=again)))
            paths = [path for path in paths if path not in grown]
        if paths:
            again = " ".join(dict.fromkeys(before[path].product for path in paths))
            again += " --release" if edition == ROOT else f" --release --edition {edition}"
            codes = not all(is_film(path.removeprefix(prefix)) for path in paths)
            why = (said("build/gone-unasked", id=edition, again=again) if edition in silent and codes else
                   said("build/gone-other", again=again) if edition in released else said("build/gone-nothing"))
            progress.say(said("build/gone", names=few(paths), why=why))
        if f"{prefix}{SHEET}" in gone:
            progress.say(said("build/gone", names=Text(*[f"{prefix}{SHEET}"] * 2), why=said("build/gone-sheet")))


def is_film(path: str) -> bool:
    """To be handed on; those of the site are the same."""
    return path.startswith(FILMS) and path.endswith(".mp4")


def _held(paths: Sequence[str], before: Mapping[str, Published], kept: Mapping[str, Text]) -> dict[str, str]:
    """Papers about nothing but lessons that did not go out, each with the first of these: to ask for them once more
    would change nothing."""
    found = {}
    for path in paths:
        slugs = [PurePosixPath(file).parent.name for file in before[path].sources if file.endswith("/index.md")]
        if slugs and all(slug in kept for slug in slugs):
            found[path] = slugs[0]
    return found


def _tell_held(progress: Progress, held: Mapping[str, str], kept: Mapping[str, Text]) -> None:
    for slug in list(dict.fromkeys(held.values()))[:MOST_TOLD]:
        names = few([path for path, whose in held.items() if whose == slug])
        progress.say(said("build/gone", names=names, why=said("build/gone-kept", slug=slug, why=kept[slug])))
    if rest := [path for path in held if held[path] in list(dict.fromkeys(held.values()))[MOST_TOLD:]]:
        progress.say(said("build/gone", names=few(rest), why=said("build/gone-kept-sheet", file=SHEET)))


def tell_place(progress: Progress, place: Path, paths: Iterable[str]) -> None:
    """Where the papers lie that were asked for."""
    papers = sorted(path for path in paths if path.endswith(".pdf")
                    and path.removeprefix(prefix_of(edition_of(path))).startswith(PRINT))
    if 0 < len(papers) <= MOST_NAMED:
        progress.say(said("build/place", files=", ".join((place / path).as_posix() for path in papers)))
    elif papers:
        folder = os.path.commonpath([(place / path).parent for path in papers])
        progress.say(said("build/places", count=len(papers), folder=Path(folder).as_posix()))


def tell_unreleased(progress: Progress, paths: Iterable[str], tree: Tree, chosen: Sequence[Edition],
                    handbook: Handbook) -> None:
    """Approved papers carry no mark, so those of a build that is no release look like released ones: of them nobody
    has asked whether all is in git and whether their codes open."""
    signed = {edition.id for edition in chosen
              if not (edition.trial or edition.unsigned or edition.around_unsigned)}
    drafts = {lesson.place.file for lesson in handbook.lessons if not lesson.approved}
    bare = [path for path in paths if path.endswith(".pdf") and edition_of(path) in signed
            and path.removeprefix(prefix_of(edition_of(path))).startswith(PRINT)
            and tree.files[path].product not in OFFICE and not drafts & {*tree.files[path].sources}]
    if bare:
        progress.say(said("build/no-release", count=len(bare)))


def tell_not_held(
    progress: Progress, only: Only, paths: Iterable[str], tree: Tree, handbook: Handbook, past: Past
) -> None:
    """A number printed for a lesson of which git holds no text at all: nobody could tell later that another came under
    it. Where git holds nothing, or not all, the check has said so. A code alone is made of the number, not the text."""
    bare = [lesson for lesson in handbook.lessons if past.commits and lesson.place.file not in past.commits
            and lesson.slug in handbook.numbers]
    made = [name.partition("/")[2] for name in tree.items] if bare else []
    asked = [name for name in made if only.holds(name, handbook)]
    sources = {file for path in paths for file in tree.files[path].sources} if bare else set()
    told = [lesson.slug for lesson in bare if lesson.place.file in sources
            or any(is_of(name, lesson.slug, handbook.numbers[lesson.slug]) for name in asked)]
    if told:
        progress.say(said("build/not-held", names=few(told)))


def tell_nothing(progress: Progress, only: Only, tree: Tree, handbook: Handbook, chosen: Sequence[Edition]) -> None:
    """Products that hold nothing of the lessons named alone: a book is of many."""
    if not only.lessons:
        return
    books = {edition.id: select(handbook, edition.id) for edition in chosen}
    names = [name.split("/", 1) for name in tree.items]
    made = {item.partition(":")[0] for edition, item in names if edition in books and only.holds(item, books[edition])}
    if none := [name for name in only.products if ":" not in name and name not in made]:
        progress.say(said("build/nothing-of-lesson", names=" ".join(none)))


def tell_not_made(parts: Sequence[Part]) -> None:
    """A build that did not make all it was asked for does not end as if it had."""
    lost = {name: why for part in parts for name, why in part.not_made.items()}
    told = [said("build/not-made", names=", ".join(name for name, one in lost.items() if one == why), why=why)
            for why in sorted({*lost.values()})]
    if told:
        raise MissingProgramError(*("\n".join(lines) for lines in zip(*told, strict=True)))


def tell_empty(progress: Progress, chosen: Sequence[Edition], editions: Sequence[Edition]) -> None:
    """What is still empty in them, as `edition check` has it line by line."""
    nation = next((edition for edition in editions if edition.id == ROOT), None)
    told = [(edition, names) for edition in chosen if nation and edition.id != ROOT
            and (names := [*edition.empty, *_of_contacts(edition, nation)])]
    for edition, names in told[:MOST_TOLD]:
        progress.say(said("build/empty", name=edition.name, names=", ".join(names), id=edition.id))
    if more := [edition.id for edition, _ in told[MOST_TOLD:]]:
        progress.say(said("build/more-empty", names=few(more), id=more[0]))


def tell_later(progress: Progress, handbook: Handbook) -> None:
    """Alerts that no page shows yet: who writes one beforehand builds again on its day."""
    for alert in handbook.alerts:
        if alert.first_day > handbook.shown_on:
            progress.say(said("build/alert-later", title=plain(alert.title), day=f"{alert.first_day:%d/%m/%Y}",
                              file=alert.place.file))


def _of_contacts(edition: Edition, nation: Edition) -> Iterator[str]:
    roles: dict[str, list[str]] = {}
    for role, key in contact_gaps(edition, nation):
        roles.setdefault(key, []).append(role)
    units, phones, hours = (", ".join(roles.get(key, ())) for key in ("đơn vị", "điện thoại", "giờ"))
    told = (units and said("build/empty-units", roles=units), phones and said("build/empty-phones", roles=phones),
            hours and said("build/empty-hours", roles=hours))
    yield from map(str, filter(None, told))


def asked_for(only: Only, handbook: Handbook, store: Store, tree: Tree, chosen: Sequence[Edition]) -> Iterator[str]:
    """Paths of what the words typed have made, in these editions."""
    for edition in chosen:
        book = select(handbook, edition.id)
        for name, made in made_of(store, tree, edition):
            if only.holds(name, book):
                yield from (prefix_of(edition.id) + path for path in made.files)


def made_of(store: Store, tree: Tree, edition: Edition) -> Iterator[tuple[str, Made]]:
    """Items of one edition, by their names in it."""
    own = f"{edition.id}/"
    for name, key in tree.items.items():
        if name.startswith(own) and (made := store.find(key)) is not None:
            yield name.removeprefix(own), made
