"""The build's last look: every code of every paper and picture just made, by both decoders, against the ledger."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from generator.errors import ProofError
from generator.files import digest_of
from generator.findings import Text
from generator.handbook.model import Entry
from generator.items import Result
from generator.press import proof
from generator.proving.codes import number_in, prove_read
from generator.store import Made, Store

TREES = ("print/", "qr/")
"""The site holds the same bytes again."""
MOST_SHOWN = 12
FEW = 24
"""So many files are read sooner by one process than others are started."""


def prove_made(
    store: Store, made: Iterable[Made], ledger: Collection[Entry], machine: str, jobs: int = 0
) -> set[str]:
    """Stops the build when a code does not read; what was seen of a file is kept, and gives the keys of that."""
    numbers = {entry.number for entry in ledger}
    keys: set[str] = set()
    faults: list[tuple[str, Text]] = []
    papers = {path: (sha, digest_of("proof", sha, machine)) for path, sha in sorted(_papers(made).items())}
    unread = {key: store.blob(sha) for sha, key in papers.values() if store.find(key) is None}
    for key, facts in zip(unread, _read_all(list(unread.values()), jobs), strict=True):
        store.keep(key, Result({}, facts))
    for path, (_, key) in papers.items():
        keys.add(key)
        kept = store.find(key)
        assert kept is not None
        faults += [(path, message) for message in _faults(kept.facts, numbers)]
    if faults:
        lines = [f"{path}: {message.vi}" for path, message in faults[:MOST_SHOWN]]
        english = [f"{path}: {message.en}" for path, message in faults[:MOST_SHOWN]]
        raise ProofError(
            "\n".join([*lines, f"{len(faults)} mã QR không quét được; không phát hành, bản cũ còn nguyên."]),
            "\n".join([*english, f"{len(faults)} QR codes do not read; nothing is published, the last build stands."]),
        )
    return keys


def _papers(made: Iterable[Made]) -> dict[str, str]:
    return {path: sha for item in made for path, sha in item.files.items()
            if path.startswith(TREES) and path.endswith((".pdf", ".png"))}


def _read_all(files: Sequence[Path], jobs: int) -> Iterator[dict[str, Any]]:
    """In the order given; `jobs` processes side by side, as many as there are processors when 0."""
    workers = min(jobs or os.cpu_count() or 1, len(files))
    if workers < 2 or len(files) <= FEW:
        yield from map(_read_file, files)
        return
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(_read_file, files, chunksize=4)


def _read_file(file: Path) -> dict[str, Any]:
    return _read(file.read_bytes())


def _read(data: bytes) -> dict[str, Any]:
    """All codes of a file as facts for the store. That each code is where it should be, products prove themselves;
    what merely looks like a code is left to the full proof."""
    seen = [(page, one) for page, codes in _codes(data) for one in codes if one.state != "unreadable"]
    faults = [(fault.page, fault.message.vi, fault.message.en) for page, one in seen for fault in prove_read(one, page)]
    payloads = sorted({(page, one.payload) for page, one in seen if one.state == "read"})
    return {"codes": payloads, "faults": faults}


def _codes(data: bytes) -> Iterator[tuple[int, list[proof.Seen]]]:
    if not data.startswith(b"%PDF-"):
        yield 0, proof.see_picture_codes(data)
        return
    with proof.opened(data) as paper:
        for leaf in paper.leaves():
            yield leaf.number, proof.see_codes(leaf)


def _faults(facts: Mapping[str, Any], numbers: Collection[str]) -> Iterator[Text]:
    for page, vi, en in facts["faults"]:
        yield _at(page, Text(vi, en))
    for page, payload in facts["codes"]:
        number = number_in(payload)
        if number and number not in numbers:
            yield _at(page, Text(f"mã {payload}: số {number} không có trong sổ mã",
                                 f"the code {payload}: {number} is not in the ledger"))


def _at(page: int, message: Text) -> Text:
    return Text(f"trang {page}: {message.vi}", f"page {page}: {message.en}") if page else message
