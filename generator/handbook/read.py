"""Step 1, read: every file of `content/` and the ledger → one Handbook and all findings at once."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import TypeVar

from generator.ground import history
from generator.ground.files import Project, Source, read_source, relative_name, walk_all
from generator.ground.findings import Finding, Place, error
from generator.handbook import editions, ledger, model, registries, visits
from generator.handbook.approvals import read_approvals, with_approvals, with_signatures
from generator.handbook.config import read_site
from generator.handbook.lesson import lessons
from generator.handbook.lesson.lessons import Scraps
from generator.handbook.lesson.shuffle import shuffled_book
from generator.handbook.recorded.recordings import with_voices
from generator.handbook.recorded.scenes import Scenes, with_drawings

Lesson = TypeVar("Lesson")


@dataclass(frozen=True)
class Reading:
    """The handbook as far as it could be read, and everything that was wrong with the files."""

    handbook: model.Handbook
    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    """Every file below `content/`, so that checks can look for pictures and wrong capitals."""
    texts: dict[str, Source] = field(default_factory=dict)
    """Files that were text, by name; for `--fix` and for checks on letters."""
    scraps: tuple[Scraps, ...] = ()
    """What could be read of lessons that are not whole, so that all their findings come at once."""
    drafts: Collection[str] = ()
    """Files that only would be there."""

    @cached_property
    def damaged(self) -> frozenset[str]:
        """Files with an error of their own: what seems to be missing in them may only be unread."""
        return frozenset(finding.place.file for finding in self.findings if finding.severity == "error")


class _Reader:
    """Collects findings while files are read one after another."""

    def __init__(self, project: Project, drafts: Mapping[str, str]) -> None:
        self.project = project
        self.drafts = drafts
        self.findings: list[Finding] = []
        self.texts: dict[str, Source] = {}
        self.scraps: list[Scraps] = []
        self.elsewhere: set[str] = set()
        """What lies below `content/` and is not read."""
        self.paths = {relative_name(project.root, path): path for path in self._walk()}
        self.paths |= {file: project.path(file) for file in drafts}

    def _walk(self) -> list[FilePath]:
        folder = self.project.path("content")
        found = list(walk_all(folder)) if folder.is_dir() else []
        if folder.is_symlink():
            found = [(folder, "file.elsewhere/link")]
        if not found:
            self.findings.append(error("file.missing/folder", Place("content"), file="content"))
        files = [path for path, strange in found if not strange]
        found += [(path, "file.elsewhere/twin") for path in _known_elsewhere(files)]
        for path, strange in found:
            if strange:
                name = relative_name(self.project.root, path)
                self.elsewhere.add(name)
                self.findings.append(error(strange, Place(name)))
        return [path for path in files if relative_name(self.project.root, path) not in self.elsewhere]

    def missing(self, file: str) -> None:
        if not self.elsewhere.isdisjoint((file, "content")):
            return
        near = next((path for path in self.paths if path.casefold() == file.casefold()), None)
        if near:
            self.findings.append(error("file.case", Place(near), near=near, file=file))
        elif self.paths or not file.startswith("content/"):  # a missing or empty folder is told once
            rule = "file.missing/ledger" if file == ledger.FILE else "file.missing"
            self.findings.append(error(rule, Place(file), file=file))

    def source(self, file: str) -> Source | None:
        """A file that must exist; None when it does not or is no text."""
        path = self.paths.get(file) if file.startswith("content/") else self.project.path(file)
        if path is None or not (file in self.drafts or os.path.lexists(path)):
            self.missing(file)
            return None
        found = self._read(file, path)
        if isinstance(found, Finding):
            self.findings.append(found)
            return None
        if file.endswith(".md") and not found.text.strip():
            self.findings.append(error("file.empty", Place(file)))
            return None
        self.texts[file] = found
        return found

    def _read(self, file: str, path: FilePath) -> Source | Finding:
        """By the name on disk, which macOS may have written decomposed; told by the composed one."""
        if file in self.drafts:
            return Source(file, self.drafts[file])
        found = read_source(self.project.root, path.relative_to(self.project.root).as_posix())
        if isinstance(found, Finding):
            return replace(found, place=replace(found.place, file=file))
        return replace(found, file=file)

    def bytes_of(self, file: str) -> bytes:
        """Of a picture of the book; OSError when it is not there, or not ours to read."""
        if file not in self.paths:
            raise FileNotFoundError(file)
        return self.paths[file].read_bytes()

    def drawings(self) -> tuple[model.Drawing, ...]:
        """All of them, once lessons have theirs; and what is wrong with them."""
        found = self.scenes.all()
        self.findings += self.scenes.findings
        return found

    @cached_property
    def scenes(self) -> Scenes:
        return Scenes(self.paths, self.drawing)

    def drawing(self, file: str) -> Source | None:
        """What is wrong with a drawing stops nothing: lessons go without."""
        if file not in self.texts:
            found = self._read(file, self.paths[file])
            if isinstance(found, Finding):
                self.findings.append(replace(found, severity="warning"))
                return None
            self.texts[file] = found
        return self.texts[file]

    def take(self, result: tuple[Lesson, list[Finding]]) -> Lesson:
        value, findings = result
        self.findings += findings
        return value

    def register(
        self, file: str, read: Callable[[Source], tuple[tuple[Lesson, ...], list[Finding]]], *, required: bool = True
    ) -> tuple[Lesson, ...]:
        """The rows of one file; none when it is missing, which only a required one may not be."""
        source = self.source(file) if required or file in self.paths else None
        return self.take(read(source)) if source else ()

    def folder_lessons(
        self, folder: str, read: Callable[[str, Source], tuple[Lesson | Scraps, list[Finding]]]
    ) -> tuple[Lesson, ...]:
        """One lesson a folder: `content/topics/<slug>/index.md`."""
        found: list[Lesson] = []
        for slug in sorted({slug for _, slug in self.named(rf"content/{folder}/([^/]+)/.+")}):
            file = f"content/{folder}/{slug}/index.md"
            self.findings += registries.wrong_slug(slug, Place(file))
            if source := self.source(file):
                found += self.whole(self.take(read(slug, source)))
        return tuple(found)

    def whole(self, lesson: Lesson | Scraps) -> tuple[Lesson, ...]:
        """The lesson when it is one; what is left of it is kept for the checks."""
        if isinstance(lesson, Scraps):
            self.scraps.append(lesson)
            return ()
        return (lesson,)

    def named(self, shape: str) -> Iterator[tuple[str, str]]:
        """Files of this shape, each with what stands in its brackets."""
        return ((file, match[1]) for file in sorted(self.paths) if (match := re.fullmatch(shape, file)))


def _known_elsewhere(files: Sequence[FilePath]) -> Iterator[FilePath]:
    """Files with a name outside the folder too (hard links): what is read here is written there."""
    states = [(path, path.stat()) for path in files]
    names = Counter((state.st_dev, state.st_ino) for _, state in states if state.st_nlink > 1)
    return (path for path, state in states if state.st_nlink > max(1, names[state.st_dev, state.st_ino]))


NOTHING: Mapping[str, str] = MappingProxyType({})


def read_handbook(project: Project, drafts: Mapping[str, str] = NOTHING) -> Reading:
    """As it stands, or as it would with these texts in it that nobody has written yet."""
    reader = _Reader(project, drafts)
    site = reader.take(read_site(project))
    outline = _read_outline(reader)
    topics: tuple[model.Topic, ...] = reader.folder_lessons("topics", lessons.read_topic)
    cards: tuple[model.Card, ...] = reader.folder_lessons("cards", lessons.read_card)
    glossary = reader.register(model.GLOSSARY, registries.read_glossary)
    platforms = reader.register(model.PLATFORMS, registries.read_platforms)
    layers, unread = _read_layers(reader)
    resolved, findings = editions.resolve_editions(layers, site, unread)
    reader.findings += findings
    approvals = reader.register(model.APPROVALS, read_approvals, required=False)
    topics = with_voices(with_drawings(topics, outline.parts, reader.scenes), reader.paths)
    cards = with_voices(with_drawings(cards, outline.parts, reader.scenes), reader.paths)
    handbook = model.Handbook(
        name=outline.name or site.name,
        site=site,
        home=_read_home(reader),
        parts=outline.parts,
        topics=_in_book_order(with_approvals(topics, approvals, reader.bytes_of), outline),
        cards=with_approvals(cards, approvals, reader.bytes_of),
        alerts=_read_alerts(reader),
        audiences=outline.audiences,
        paths=outline.paths,
        glossary=glossary,
        platforms=tuple(row for row in platforms if row.address),
        apps=tuple(row for row in platforms if not row.address),
        editions=resolved,
        ledger=reader.register(ledger.FILE, ledger.read_ledger),
        signposts=outline.signposts,
        demands=reader.register(model.DEMANDS, registries.read_demands, required=False),
        edition=_root_edition(reader, resolved, site.address),
        today=history.today(project.root),
        shown_on=history.day_shown(project.root),
        approvals=approvals,
        wishes=outline.wishes,
        drawings=reader.drawings(),
        pieces=tuple(reader.scenes.pieces.values()),
        visits=reader.register(model.LINKS, visits.read_visits, required=False),
    )
    return Reading(shuffled_book(with_signatures(handbook)), tuple(reader.findings), tuple(reader.paths), reader.texts,
                   tuple(reader.scraps), tuple(drafts))


def _read_outline(reader: _Reader) -> registries.Outline:
    source = reader.source(model.OUTLINE)
    if source is None:
        return registries.Outline()
    outline = registries.read_outline(source)
    reader.findings += outline.findings
    return outline


def _in_book_order(topics: Sequence[model.Topic], outline: registries.Outline) -> tuple[model.Topic, ...]:
    order = [phrase.text for part in outline.parts for phrase in part.topics]
    rank = {slug: index for index, slug in enumerate(order)}
    return tuple(sorted(topics, key=lambda topic: (rank.get(topic.slug, len(rank)), topic.slug)))


def _read_home(reader: _Reader) -> model.Home:
    source = reader.source(model.HOME)
    home = reader.take(lessons.read_home(source)) if source else None
    return home or model.Home(model.Phrase("", Place(model.HOME)), ())


def _read_layers(reader: _Reader) -> tuple[list[editions.Layer], set[str]]:
    """And the names of those that have to be mended or written first."""
    layers, unread = [], {editions.ROOT}
    for file, name in reader.named(r"content/editions/([^/]+)\.yml"):
        source = reader.source(file)
        layer = reader.take(editions.read_layer(name, source)) if source else None
        if layer:
            layers.append(layer)
        else:
            unread.add(name)
    return layers, unread - {layer.id for layer in layers}


def _root_edition(reader: _Reader, resolved: Sequence[model.Edition], address: str) -> model.Edition:
    root = next((edition for edition in resolved if edition.id == editions.ROOT), None)
    if root is None:
        file = f"content/editions/{editions.ROOT}.yml"
        if file not in reader.paths:
            reader.missing(file)
        return model.Edition(editions.ROOT, "", (editions.ROOT,), address, trial=True)
    return root


def _read_alerts(reader: _Reader) -> tuple[model.Alert, ...]:
    found: list[model.Alert] = []
    for file, slug in reader.named(r"content/alerts/([^/]+)\.md"):
        if source := reader.source(file):
            reader.findings += registries.wrong_slug(slug, Place(file))
            found += reader.whole(reader.take(lessons.read_alert(slug, source)))
    return tuple(found)
