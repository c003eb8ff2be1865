"""`hocso proof`: reads finished papers and codes as a stranger would, with the ledger as the only witness."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from generator.engine.progress import Progress
from generator.ground.children import end_with_parent, interrupts_held
from generator.ground.code import our_code
from generator.ground.errors import ContentError
from generator.ground.files import Project, digest_of
from generator.ground.findings import Text
from generator.ground.rest import few
from generator.ground.said import said
from generator.ground.unseen import shown
from generator.ground.whole import read_sealed, seal, write_whole
from generator.handbook.approvals import still_signed
from generator.handbook.ledger import FILE
from generator.handbook.model import APPROVALS, Entry, Handbook
from generator.handbook.read import Reading, read_handbook
from generator.press.captioned import captions
from generator.press.pages import Theme
from generator.proof.asked import unasked_codes, unasked_films
from generator.proof.boxed import Unpacking
from generator.proof.codes import Ledger
from generator.proof.faults import Fault, FileProof, from_data
from generator.proof.file import prove_file
from generator.proof.folder import Promise
from generator.proof.hard import Known, harden
from generator.proof.leads import leads_today, prove_leads
from generator.proof.leaving import Leaving, leaving
from generator.proof.listed import edition_of, prove_sheets, unreleased
from generator.proof.report import Proven, draw_pages, write_report
from generator.proof.strange import Trees, is_media, prove_bytes, prove_strange, strangers, unjudged
from generator.proof.today import Witness, misplaced, prove_today, taken_names, texts_today, unsigned_places
from generator.proof.webpages import prove_pages
from generator.proof.words import prove_told

MOST_SHUT = 12
FEW = 6
"""So many files are proved faster by one process than by several that must first start."""


@dataclass(frozen=True)
class Job:
    """One file to prove; what is known of the same bytes from an earlier proof is taken from `home`."""

    path: Path
    promise: Promise
    ledger: Ledger
    machine: str
    home: Path
    hard: bool
    witness: Witness


def prove_files(
    project: Project, paths: Sequence[Path], hard: bool = False, trees: Trees | None = None,
    reading: Reading | None = None,
) -> tuple[str, int]:
    """All below the paths, and what stands in zips: every PDF and PNG, words, pictures and pages of lessons, sound and
    films by what `trees` note of them, and what no build made; without paths, all below `dist/`."""
    home, machine = project.private / "proof", our_code().digest("generator.proof.run")
    boxes, built = Unpacking(home), trees or {}
    found = leaving(project, paths, boxes)
    reading = reading or read_handbook(project)
    ledger = _sound_ledger(reading)
    book = reading.handbook
    witness = Witness(_approved(reading), taken_names(book.approvals), texts_today(project, book),
                      unsigned_places(book), leads_today(book))

    def named(path: Path) -> str:
        box, own = found.inner.get(path, (path, ""))
        return f"{_name(project, box)}/{shown(own)}" if own else _name(project, box)

    jobs = [Job(path, Promise(named(path)), ledger, machine, home, hard, witness) for path in found.of("paper")]
    proven = list(_run(jobs, Progress()))
    report = write_report(home, Theme(project.theme), proven)
    pages = sum(file.checked.pages for file in proven)
    codes = sum(len(file.checked.codes) for file in proven)
    problems = [fault.line(file.name) for file in proven for fault in file.checked.faults]
    packed = found.of("other", "picture", "page")
    shut, leaves = unjudged((path, found.inner.get(path, (path, ""))[0]) for path in packed)
    problems += [fault.line(named(path)) for path, fault in (
        *_prove_others(book, witness, found, built), *boxes.faults, *found.unseen, *leaves)]
    looked = len(found.sorts) - len(found.of("box", "other")) + sum(map(is_media, found.of("other")))
    end = Text(
        f"Đã soát {looked} tệp, {pages} trang, {codes} mã QR, mỗi mã bằng hai máy đọc: {len(problems)} lỗi.",
        f"Proved {looked} files, {pages} pages, {codes} QR codes, each with two decoders: "
        f"{len(problems)} errors.",
    )
    where = Text(f"Bản soát: {_name(project, report)}", f"Report: {_name(project, report)}")
    apart, strange = unreleased(job.path for job in jobs), strangers(built, found.outer)
    told = [str(said("proof/unreleased", names=_few(project, apart)))] if apart else []
    told += [str(said("proof/strange", names=_few(project, strange)))] if strange else []
    told += [str(said("proof/unjudged", names=few([*map(named, shut)], MOST_SHUT)))] if shut else []
    told += map(str, unasked_codes(book, zip((job.path for job in jobs), proven, strict=True)))
    told += map(str, unasked_films(book, found.of("sheet")))
    return "\n".join([*problems, *told, str(end), str(where)]), 1 if problems else 0


def _prove_others(
    book: Handbook, witness: Witness, found: Leaving, trees: Trees,
) -> Iterator[tuple[Path, Fault]]:
    """All but what stands on papers."""
    yield from prove_told(book, witness, found.of("words"))
    yield from prove_sheets(witness, book.approvals, found.of("sheet"))
    yield from prove_pages(book, witness, [(path, found.named(path)) for path in found.of("page")])
    for path in found.of("picture"):
        data = path.read_bytes()
        yield from ((path, fault) for fault in (*prove_today(data, witness), *misplaced(data, edition_of(path))))
    others = [*found.of("other"), *(path for path in found.of("picture") if not captions(path.read_bytes()))]
    yield from prove_strange(book, witness, trees, [(path, found.named(path)) for path in others])
    # Words are held against those of today: an editor's program keeps them with other line ends.
    yield from prove_bytes(trees, (path for path in found.outer if found.sorts[path] != "words"))


def _sound_ledger(reading: Reading) -> dict[str, Entry]:
    _stop_at(reading, FILE)
    return {entry.number: entry for entry in reversed(reading.handbook.ledger)}


def _stop_at(reading: Reading, file: str) -> None:
    """By a damaged book nothing can be judged: the row that cannot be read may be a withdrawal."""
    found = (one for one in reading.findings if one.place.file == file and one.severity == "error")
    if first := next(found, None):
        raise ContentError(f"{file}:{first.place.line}: {first.message.vi} Chưa soát được gì.",
                           f"{file}:{first.place.line}: {first.message.en} Nothing was proved.")


def _approved(reading: Reading) -> frozenset[str]:
    _stop_at(reading, APPROVALS)
    return still_signed(reading.handbook.approvals)


def _name(project: Project, path: Path) -> str:
    with suppress(ValueError):
        path = path.absolute().relative_to(project.root)
    return shown(path.as_posix())


def _few(project: Project, paths: Sequence[Path]) -> Text:
    return few([_name(project, path) for path in paths])


def _run(jobs: Sequence[Job], progress: Progress) -> Iterator[Proven]:
    """In the order asked for. Hard conditions last, in one process: files share most of their codes."""
    workers = min(os.cpu_count() or 1, 8, len(jobs))
    if len(jobs) <= FEW or workers < 2:
        proven = [_seen(count, job, jobs, progress) for count, job in enumerate(jobs, 1)]
    else:
        proven = _side_by_side(jobs, workers, progress)
    known: Known = {}
    for job, done in zip(jobs, proven, strict=True):
        yield _harden(job, done, known) if job.hard else done
    progress.show("")


def _side_by_side(jobs: Sequence[Job], workers: int, progress: Progress) -> list[Proven]:
    """After Ctrl-C nothing more is begun."""
    proven = []
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), end_with_parent) as pool:
        try:
            with interrupts_held():
                waiting = [pool.submit(_prove, job) for job in jobs]
            for count, one in enumerate(waiting, 1):
                proven.append(one.result())
                progress.show(f"{Text('Soát', 'proof')} {count}/{len(jobs)}")
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return proven


def _seen(count: int, job: Job, jobs: Sequence[Job], progress: Progress) -> Proven:
    progress.show(f"{Text('Soát', 'proof')} {count}/{len(jobs)}")
    return _prove(job)


def _prove(job: Job) -> Proven:
    """With pictures of its pages; the proof of the same bytes is not done twice."""
    try:
        data = job.path.read_bytes()
        reading = _reading(job)
    except OSError as problem:
        message = Text(f"không đọc được: {problem.strerror}", f"cannot be read: {problem.strerror}")
        return Proven(job.promise.name, "", FileProof(0, (), (Fault("broken", message),), ()))
    digest = digest_of(data)
    key = digest_of(digest, job.promise.kind, job.promise.slug, job.promise.number, reading, job.ledger, job.machine)
    checked = _recall(job.home, key)
    if checked is None:
        checked = prove_file(data, job.promise, job.ledger, reading)
        _remember(job.home, key, checked)
    if checked.sizes:
        now = (*prove_today(data, job.witness), *misplaced(data, edition_of(job.path)),  # depends on more than the file
               *prove_leads(checked.codes, job.witness.leads, job.promise, job.path))
        checked = replace(checked, faults=(*checked.faults, *now))
    proven = Proven(job.promise.name, digest, checked)
    if checked.sizes:
        draw_pages(job.home / proven.folder, data, checked)
    return proven


def _reading(job: Job) -> bytes | None:
    """The file to read that folded sheets were made of."""
    source = job.path.with_name(job.promise.to_read or job.path.name)
    return source.read_bytes() if job.promise.to_read and source.is_file() else None


def _harden(job: Job, done: Proven, known: Known) -> Proven:
    key = digest_of("hard", done.digest, job.machine)
    checked = _recall(job.home, key)
    if checked is None or checked.faults != done.checked.faults:
        checked = harden(job.path.read_bytes(), done.checked, known) if done.checked.pages else done.checked
        _remember(job.home, key, checked)
    return Proven(done.name, done.digest, checked)


def _recall(home: Path, key: str) -> FileProof | None:
    try:
        return from_data(json.loads(read_sealed(home / "known" / f"{key}.json", key) or b""))
    except (ValueError, KeyError, TypeError):
        return None


def _remember(home: Path, key: str, checked: FileProof) -> None:
    body = json.dumps(checked.as_data(), ensure_ascii=False).encode()
    write_whole(home / "known" / f"{key}.json", seal(key, body))
