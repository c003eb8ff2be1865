"""Step 1, read: every file of `content/` and the ledger → one Handbook and all findings at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import TypeVar

from generator import history
from generator.files import Project, Source, decode_source, read_source, relative_name, walk_files
from generator.findings import Finding, Place, error
from generator.handbook import editions, ledger, lessons, registries
from generator.handbook.config import read_site
from generator.handbook.model import Alert, Card, Demand, Edition, Entry, Handbook, Home, Phrase, Platform, Term, Topic

Lesson = TypeVar("Lesson")


@dataclass(frozen=True, slots=True)
class Reading:
    """The handbook as far as it could be read, and everything that was wrong with the files."""

    handbook: Handbook
    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    """Every file below `content/`, so that checks can look for pictures and wrong capitals."""
    texts: dict[str, Source] = field(default_factory=dict)
    """Files that were text, by name; for `--fix` and for checks on letters."""


class _Reader:
    """Collects findings while files are read one after another."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.findings: list[Finding] = []
        self.texts: dict[str, Source] = {}
        self.paths = {relative_name(project.root, path): path for path in self._walk()}

    def _walk(self) -> list[FilePath]:
        folder = self.project.path("content")
        if not folder.is_dir():
            self.missing("content", "thư mục", "folder")
            return []
        return list(walk_files(folder))

    def missing(self, file: str, vi: str, en: str) -> None:
        self.findings.append(error(
            "file.missing", Place(file),
            (f"Thiếu {vi} `{file}`.", f"The {en} `{file}` is missing."),
            ("Lấy lại từ git, hoặc tạo mới theo README.vi.md.", "Get it back from git, or write it anew."),
        ))

    def source(self, file: str) -> Source | None:
        """A file that must exist; None when it does not or is no text."""
        if file.startswith("content/") and file not in self.paths:
            self.missing(file, "tệp", "file")
            return None
        path = self.paths.get(file, self.project.path(file))
        found = self._decoded(file, path)
        if isinstance(found, Finding):
            self.findings.append(found)
            return None
        self.texts[file] = found
        return found

    def _decoded(self, file: str, path: FilePath) -> Source | Finding:
        if relative_name(self.project.root, path) == file and str(path).endswith(file):
            return read_source(self.project.root, file)
        return decode_source(file, path.read_bytes())  # a name macOS wrote decomposed

    def take(self, result: tuple[Lesson, list[Finding]]) -> Lesson:
        value, findings = result
        self.findings += findings
        return value

    def optional(self, file: str) -> Source | None:
        return self.source(file) if file in self.paths else None

    def folder_lessons(
        self, folder: str, read: Callable[[str, Source], tuple[Lesson | None, list[Finding]]]
    ) -> tuple[Lesson, ...]:
        """One lesson a folder: `content/topics/<slug>/index.md`."""
        found = []
        for slug in self._slugs(folder):
            file = f"content/{folder}/{slug}/index.md"
            source = self.source(file)
            lesson = self.take(read(slug, source)) if source else None
            if lesson is not None:
                found.append(lesson)
        return tuple(found)

    def _slugs(self, folder: str) -> list[str]:
        pattern = re.compile(rf"content/{folder}/([^/]+)/.+")
        slugs = sorted({match.group(1) for match in map(pattern.fullmatch, self.paths) if match})
        for slug in slugs:
            if not registries.SLUG.fullmatch(slug):
                self.findings.append(error(
                    "slug.shape", Place(f"content/{folder}/{slug}/index.md"),
                    (f"Tên thư mục `{slug}` có chữ hoa, dấu hoặc khoảng trắng.", f"`{slug}` is no plain slug."),
                    ("Đổi tên: chữ thường không dấu, nối bằng dấu gạch.", "Use small letters, digits, hyphens."),
                ))
        return slugs


def read_handbook(project: Project) -> Reading:
    reader = _Reader(project)
    site = reader.take(read_site(project))
    outline = _read_outline(reader)
    topics: tuple[Topic, ...] = reader.folder_lessons("topics", lessons.read_topic)
    cards: tuple[Card, ...] = reader.folder_lessons("cards", lessons.read_card)
    glossary, platforms = _read_registries(reader)
    layers = _read_layers(reader)
    resolved, findings = editions.resolve_editions(layers, site)
    reader.findings += findings
    handbook = Handbook(
        name=outline.name or site.name,
        site=site,
        home=_read_home(reader),
        parts=outline.parts,
        topics=_in_book_order(topics, outline),
        cards=cards,
        alerts=_read_alerts(reader),
        audiences=outline.audiences,
        paths=outline.paths,
        glossary=glossary,
        platforms=platforms,
        editions=resolved,
        ledger=_read_ledger(reader),
        signposts=outline.signposts,
        demands=_read_demands(reader),
        edition=_root_edition(reader, resolved, site.address),
        today=history.today(project.root),
    )
    return Reading(handbook, tuple(reader.findings), tuple(reader.paths), reader.texts)


def _read_outline(reader: _Reader) -> registries.Outline:
    source = reader.source("content/handbook.yml")
    if source is None:
        return registries.Outline()
    outline = registries.read_outline(source)
    reader.findings += outline.findings
    return outline


def _in_book_order(topics: Sequence[Topic], outline: registries.Outline) -> tuple[Topic, ...]:
    order = [phrase.text for part in outline.parts for phrase in part.topics]
    rank = {slug: index for index, slug in enumerate(order)}
    return tuple(sorted(topics, key=lambda topic: (rank.get(topic.slug, len(rank)), topic.slug)))


def _read_home(reader: _Reader) -> Home:
    source = reader.source("content/index.md")
    home = reader.take(lessons.read_home(source)) if source else None
    return home or Home(Phrase("", Place("content/index.md")), ())


def _read_registries(reader: _Reader) -> tuple[tuple[Term, ...], tuple[Platform, ...]]:
    glossary_source = reader.source("content/glossary.yml")
    platform_source = reader.source("content/platforms.yml")
    glossary = reader.take(registries.read_glossary(glossary_source)) if glossary_source else ()
    platforms = reader.take(registries.read_platforms(platform_source)) if platform_source else ()
    return glossary, platforms


def _read_demands(reader: _Reader) -> tuple[Demand, ...]:
    source = reader.optional("content/demands.yml")
    return reader.take(registries.read_demands(source)) if source else ()


def _read_layers(reader: _Reader) -> list[editions.Layer]:
    pattern = re.compile(r"content/editions/([^/]+)\.ya?ml")
    layers = []
    for file in sorted(reader.paths):
        match = pattern.fullmatch(file)
        source = reader.source(file) if match else None
        layer = reader.take(editions.read_layer(match.group(1), source)) if match and source else None
        if layer is not None:
            layers.append(layer)
    return layers


def _root_edition(reader: _Reader, resolved: Sequence[Edition], address: str) -> Edition:
    root = next((edition for edition in resolved if edition.id == editions.ROOT), None)
    if root is None:
        file = f"content/editions/{editions.ROOT}.yml"
        if file not in reader.paths:
            reader.missing(file, "tệp", "file")
        return Edition(editions.ROOT, "", (editions.ROOT,), address, trial=True)
    return root


def _read_alerts(reader: _Reader) -> tuple[Alert, ...]:
    pattern = re.compile(r"content/alerts/([^/]+)\.md")
    found = []
    for file in sorted(reader.paths):
        match = pattern.fullmatch(file)
        source = reader.source(file) if match else None
        alert = reader.take(lessons.read_alert(match.group(1), source)) if match and source else None
        if alert is not None:
            found.append(alert)
    return tuple(found)


def _read_ledger(reader: _Reader) -> tuple[Entry, ...]:
    if not reader.project.path(ledger.FILE).is_file():
        reader.missing(ledger.FILE, "sổ mã", "ledger")
        return ()
    source = reader.source(ledger.FILE)
    return reader.take(ledger.read_ledger(source)) if source else ()

