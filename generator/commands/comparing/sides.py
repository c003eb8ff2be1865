"""The two sides: what a revision's book makes and what stands now, by the same code, theme and clock."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.build import ON_DEMAND, stop_at
from generator.checks import Checked, read_and_check
from generator.commands.comparing.revision import Revision
from generator.engine.items import Item
from generator.engine.only import Only
from generator.engine.progress import Progress
from generator.engine.store import Store
from generator.engine.tasks import Task
from generator.engine.tree import Part, Published, edition_of, read_tree
from generator.ground import history
from generator.ground.errors import HocsoError, ProofError
from generator.ground.files import Project
from generator.ground.findings import Text, has_errors
from generator.ground.said import said
from generator.handbook.chosen import known_edition
from generator.handbook.model import Approval, Card, Handbook, Topic
from generator.handbook.select import hold_back, select
from generator.press.which_browser import install_hint
from generator.products import NAMES, known_product, standard
from generator.workshop import Setting, Workshop, settle, wanted_products


@dataclass(frozen=True, slots=True)
class AsFarAsThere(Only):
    """What is new today was not there to be asked for."""

    def check(self, items: Sequence[Item], book: Handbook) -> None:
        """Whatever it names."""


OF_LESSON = re.compile(r"content/(?:topics|cards)/([^/]+)/")


@dataclass(frozen=True)
class Side:
    """What one book makes of an edition."""

    commit: str
    name: str
    """Of the site."""
    lessons: Mapping[str, Topic | Card]
    files: Mapping[str, Published]
    products: frozenset[str]
    """Those that could be made."""
    told: tuple[Text, ...] = ()
    """What could not be made, and why."""
    approvals: tuple[Approval, ...] = ()
    """Rows of its book of them, whichever edition is compared."""

    @property
    def cards(self) -> set[str]:
        return {slug for slug, lesson in self.lessons.items() if isinstance(lesson, Card)}


@dataclass(frozen=True)
class Asked:
    edition: str
    only: Only

    @property
    def products(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(known_product(name.partition(":")[0]) for name in self.only.products))


class Sides:
    """Makes both; what did not change is found in the cache."""

    def __init__(self, project: Project, asked: Asked, store: Store, progress: Progress) -> None:
        self.project, self.asked, self.store, self.progress = project, asked, store, progress
        checked = read_and_check(project, step=progress.step)
        if has_errors(checked.findings):
            stop_at(checked.findings, progress)
        self.handbook = _without_voice(checked.reading.handbook)
        known_edition(asked.edition, self.handbook.editions)
        self.setting = settle(project, self.handbook, asked=asked.products, left_out=ON_DEMAND, only=asked.only)
        published = {file.product for path, file in read_tree(project.path("dist")).files.items()
                     if edition_of(path) == asked.edition}
        self.standing = frozenset(published & {*NAMES}) or frozenset(standard())
        """Pages lead to it on both sides: what stands published is then found made."""

    def now(self) -> Side:
        part = self._make(self.project, self.setting)
        told = [said("diff/not-made", names=name, why=why) for name, why in part.not_made.items()]
        if not self.setting.browser:
            told.append(said("diff/no-browser", hint=install_hint()))
        return Side(history.commit_id(self.project.root), self.handbook.site.name,
                    _lessons(self.handbook, self.asked.edition), part.files, frozenset(part.remade), tuple(told),
                    self.handbook.approvals)

    def before(self, old: Project, revision: Revision) -> Side:
        """What of it can be read by today's code. The day is today's too, and the commit that books name: nothing but
        the words makes a difference."""
        checked = read_and_check(old)
        book = replace(_without_voice(checked.reading.handbook), today=self.handbook.today)
        if self.asked.edition not in {edition.id for edition in book.editions}:
            told = (said("diff/no-edition", id=self.asked.edition, name=revision.name),)
            return Side(revision.commit, book.site.name, {}, {}, frozenset(wanted_products(self.setting)), told,
                        book.approvals)
        broken = _broken(checked)
        only = AsFarAsThere(self.asked.only.products, self.asked.only.lessons)
        setting = replace(self.setting, handbook=book, only=only)
        side = Side(revision.commit, book.site.name, _lessons(book, self.asked.edition), {}, frozenset(), (
            said("diff/broken", name=revision.name, slugs=", ".join(broken)),) if broken else (), book.approvals)
        try:
            part = self._make(old, setting)
            return replace(side, files=part.files, products=frozenset(part.remade))
        except Exception as problem:  # whatever today's code says of words it was not written for
            if not (has_errors(checked.findings) or isinstance(problem, ProofError)):
                raise
        return self._piecemeal(old, revision, side, replace(setting, handbook=hold_back(book, broken)))

    def _piecemeal(self, old: Project, revision: Revision, side: Side, setting: Setting) -> Side:
        """One product after another, as far as they can be made."""
        done, told = list[str](), [*side.told]
        for name in wanted_products(self.setting):
            try:
                part = self._make(old, replace(setting, asked=(*done, name)))
            except Exception as problem:
                told.append(said("diff/old-not-made", name=revision.name, product=name, why=_in_a_word(problem)))
            else:
                done.append(name)
                side = replace(side, files=part.files)
        return replace(side, products=frozenset(done), told=tuple(told))

    def _make(self, project: Project, setting: Setting) -> Part:
        with Workshop(project, setting, self.store, self.progress) as shop:
            return shop.make(Task(self.asked.edition, standing=self.standing))


def _without_voice(book: Handbook) -> Handbook:
    """A command under `tts` is run beside the book, where a revision's files lie: it speaks on neither side."""
    return replace(book, site=replace(book.site, speech=""))


def _lessons(book: Handbook, edition: str) -> dict[str, Topic | Card]:
    return {lesson.slug: lesson for lesson in select(book, edition).lessons}


def _broken(checked: Checked) -> list[str]:
    """Lessons, and other files, with an error by today's rules."""
    files = {finding.place.file for finding in checked.findings if finding.severity == "error"}
    return sorted({match[1] if (match := OF_LESSON.match(file)) else file for file in files})


def _in_a_word(problem: Exception) -> Text:
    if isinstance(problem, HocsoError):
        return problem.text
    return Text(type(problem).__name__, type(problem).__name__)
