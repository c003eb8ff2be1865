"""The build's last look at all papers and pictures just made: every code by both decoders and against the ledger, and
whether who hears a paper to read is led to all of it."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future, InvalidStateError, ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from generator.engine.items import Codes, Result
from generator.engine.store import Made, Store
from generator.ground.children import end_with_parent, interrupts_held
from generator.ground.errors import ProofError
from generator.ground.files import digest_of
from generator.ground.findings import Text
from generator.ground.rest import few
from generator.handbook.model import Entry
from generator.press import proof
from generator.press.binder.repeats import drawn_alike
from generator.press.proof.document import DPI
from generator.proof.codes import number_in, prove_read
from generator.proof.folder import Promise
from generator.proof.heard import prove_heard
from generator.proof.memory import Memory, memory_of

PICTURES, AGAIN = ("print/", "qr/"), "site/"
"""Where pictures hold codes; where the site holds the same bytes again."""
MOST_SHOWN = 12
FEW, LITTLE = 24, 4_000_000
"""So many files, or bytes, are read sooner by one process than others are started."""
NICE = 5
READ_SECONDS = 600.0
"""The longest anybody reads in one paper; what takes longer has been stopped."""
LARGE_MM, LARGE_DPI = 300.0, 75
"""A code as large as on A3 is read from fewer dots; what is not, is looked at nearer."""


_SEEN: dict[str, list[proof.Seen]] = {}
"""Codes by what a page draws. Twenty books hold the same lessons, and sheets the pages of books and leaflets: each
distinct page is read once from its own raster by each process, and all others are proven to draw just that."""


class _Paper(NamedTuple):
    file: Path
    is_heard: bool
    """To read, so also by ear; what is laid out for the printer names the file to take instead."""
    seen: Path
    """Folder of what readers found before."""
    machine: str
    """What they are: our code and its libraries."""


class _Read(NamedTuple):
    facts: dict[str, Any]
    sound: Collection[str]
    """Names for the memory of all readers."""


class Proofreader:
    """Reads finished papers beside the press: while the browser prints one, the last ones are read by processes that
    give way to it. What was seen of a file is kept, so it is read once. Use it in a `with`."""

    def __init__(self, store: Store, machine: str, jobs: int = 0, *, helped: bool = True) -> None:
        self.store = store
        self.machine = machine
        self.workers = jobs or max(1, (os.cpu_count() or 1) - 1)
        """One processor is left to the press."""
        self._helped = helped
        """Otherwise this process reads all itself: others like it are at work beside it."""
        self._seen: dict[str, Mapping[str, Any]] = {}
        """What stands in each file, by key; the next two have not been read yet."""
        self._waiting: dict[str, _Paper] = {}
        self._reading: dict[str, tuple[_Paper, Future[_Read]]] = {}
        self._sound: set[str] = set()
        self._pool: ProcessPoolExecutor | None = None
        self._others = {*multiprocessing.active_children()}

    def __enter__(self) -> Proofreader:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
            threading.excepthook = threading.__excepthook__

    def take(self, made: Made) -> None:
        for key, paper in {self._key(path, sha): self._paper(path, sha)
                           for path, sha in made.files.items() if _is_paper(path)}.items():
            if key in self._seen or key in self._waiting or key in self._reading:
                continue
            if found := self.store.find(key):
                self._seen[key] = found.facts
            else:
                self._waiting[key] = paper
        if self._pool is None and self._are_many():
            self._others = {*multiprocessing.active_children()}
            threading.excepthook = _told
            self._pool = ProcessPoolExecutor(self.workers, multiprocessing.get_context("spawn"), _give_way)
        if self._pool is not None:
            # Where its readers died, what it has not taken is read here in the end.
            with suppress(BrokenExecutor), interrupts_held():
                for key in [*self._waiting]:
                    self._reading[key] = self._waiting[key], self._pool.submit(_read, self._waiting[key])
                    del self._waiting[key]

    def _paper(self, path: str, sha: str) -> _Paper:
        return _Paper(self.store.file(sha), _is_heard(path), self.store.seen, self.machine)

    def _are_many(self) -> bool:
        waiting = self._waiting.values()
        return self._helped and (len(waiting) > FEW or sum(paper.file.stat().st_size for paper in waiting) > LITTLE)

    def judge(self, made: Collection[Made], ledger: Collection[Entry]) -> set[str]:
        """Stops the build when something is wrong with these, all taken before; else the keys of what was seen."""
        self._finish()
        assert all(_is_paper(path) for item in made for path in item.codes), "a promise nobody would look at"
        papers = sorted((path, self._key(path, sha), item.codes.get(path)) for item in made
                        for path, sha in item.files.items() if _is_paper(path))
        numbers = {entry.number for entry in ledger}
        faults = [(path, fault) for path, key, codes in papers
                  for fault in (*_faults(self._seen[key], numbers), *_others(self._seen[key], codes))]
        if faults:
            raise _stop(faults)
        return {key for _, key, _ in papers}

    def _finish(self) -> None:
        """The press is done: what no reader has begun is read here, from the last one up; so is what a reader had in
        hand that died or does not come back."""
        for key, (paper, reading) in reversed(self._reading.items()):
            try:
                read = _read(paper) if reading.cancel() else reading.result(READ_SECONDS)
            except (BrokenExecutor, TimeoutError):
                self._end_readers()
                read = _read(paper)
            self._keep(key, read)
        for key, paper in self._waiting.items():
            self._keep(key, _read(paper))
        memory_of(self.store.seen, self.machine).write(self._sound)
        self._reading, self._waiting, self._sound = {}, {}, set()

    def _end_readers(self) -> None:
        for reader in {*multiprocessing.active_children()} - self._others:
            reader.kill()

    def _keep(self, key: str, read: _Read) -> None:
        self._seen[key] = self.store.keep(key, Result({}, read.facts)).facts
        self._sound.update(read.sound)

    def _key(self, path: str, sha: str) -> str:
        return digest_of("proof", sha, _is_heard(path), self.machine)


def _told(args: threading.ExceptHookArgs) -> None:
    """Where readers die, Python 3.11's pool stumbles over what we took back from it; all of that is read here."""
    if args.exc_type is not InvalidStateError:
        threading.__excepthook__(args)


def _stop(faults: Sequence[tuple[str, Text]]) -> ProofError:
    end = Text(f"{len(faults)} chỗ hỏng trên giấy và mã; không phát hành, bản cũ còn nguyên.",
               f"{len(faults)} faults on papers and codes; nothing is published, the last build stands.")
    told = few([f"{path}: {message}" for path, message in faults], MOST_SHOWN, apart="\n")
    return ProofError(f"{told.vi}\n{end.vi}", f"{told.en}\n{end.en}")


def _is_paper(path: str) -> bool:
    """To be looked at."""
    if path.endswith(".pdf"):
        return not path.startswith(AGAIN)
    return path.endswith(".png") and path.startswith(PICTURES)


def _is_heard(path: str) -> bool:
    return path.endswith(".pdf") and not Promise(path).kind.laid


def _give_way() -> None:
    """A reader's first act: it lets the press go first."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    end_with_parent()


def _read(paper: _Paper) -> _Read:
    """All codes of a file as facts for the store; a picture's stand on page 0. What merely looks like a code is left
    to the full proof."""
    data, known = paper.file.read_bytes(), memory_of(paper.seen, paper.machine)
    seen = [(page, one) for page, codes in _codes(data, known) for one in codes if one.state != "unreadable"]
    faults = [*(fault for page, one in seen for fault in prove_read(one, page)),
              *(prove_heard(data, known) if paper.is_heard else ())]
    payloads = sorted({(page, one.payload) for page, one in seen if one.state == "read"})
    told = [(fault.page, fault.message.vi, fault.message.en) for fault in faults]
    return _Read({"codes": payloads, "faults": told}, known.take())


def _codes(data: bytes, known: Memory) -> Iterator[tuple[int, list[proof.Seen]]]:
    """A page that is known to hold none is not looked at."""
    if not data.startswith(b"%PDF-"):
        yield 0, proof.see_picture_codes(data)
        return
    names = drawn_alike(data)
    with proof.opened(data) as paper:
        for number, drawn in enumerate(names, 1):
            _SEEN.update((name, []) for name in drawn if _bare(name) in known)
            if not all(name in _SEEN for name in drawn):
                leaf = paper.leaf(number)
                large = max(leaf.size_mm) > LARGE_MM
                seen = proof.see_codes(leaf, first_dpi=LARGE_DPI if large else DPI)
                if len(drawn) == 1:
                    _SEEN[drawn[0]] = seen
                    known.add([_bare(drawn[0])] if not seen else ())
                yield number, seen
            else:
                yield number, [one for name in drawn for one in _SEEN[name]]


def _bare(page: str) -> str:
    return digest_of("no code", page)


def _faults(facts: Mapping[str, Any], numbers: Collection[str]) -> Iterator[Text]:
    for page, vi, en in facts["faults"]:
        yield _at(page, Text(vi, en))
    for page, payload in facts["codes"]:
        number = number_in(payload)
        if number and number not in numbers:
            yield _at(page, Text(f"mã {payload}: số {number} không có trong sổ mã",
                                 f"the code {payload}: {number} is not in the ledger"))


def _others(facts: Mapping[str, Any], expected: Codes | None) -> Iterator[Text]:
    """Where a file does not hold just the codes its maker meant it to, page by page."""
    if expected is None:
        return
    seen = {(page, payload) for page, payload in facts["codes"]}
    whole = {payload for _, payload in seen}
    wanted = {(page, payload) for page, payloads in expected.items() for payload in payloads}
    for page, payload in sorted(wanted - seen):
        if page or payload not in whole:
            yield _at(page, Text(f"không đọc được mã {payload}", f"the code {payload} is not read"))
    for page, payload in sorted(seen - wanted):
        if (0, payload) not in wanted:
            yield _at(page, Text(f"có mã lạ {payload}", f"an unexpected code {payload}"))


def _at(page: int, message: Text) -> Text:
    return Text(f"trang {page}: {message.vi}", f"page {page}: {message.en}") if page else message
