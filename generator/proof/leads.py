"""Where codes lead: to an edition of the book as it is today. A code that reads well and leads to another house is the
worst of all, for who scans it believes the paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.ground.findings import Text
from generator.handbook.model import Handbook
from generator.proof.faults import CodeRow, Fault
from generator.proof.folder import Beside, Promise, code_today
from generator.proof.listed import edition_of

Leads = Mapping[str, frozenset[str]]
"""Before the number, by edition: its address, and what that was before the site moved and promised to lead on."""


def leads_today(book: Handbook) -> Leads:
    here, former = book.site.address, book.site.former
    return {edition.id: frozenset([edition.address, *(
        before + edition.address.removeprefix(here) for before in former if edition.address.startswith(here))])
        for edition in book.editions}


def prove_leads(codes: Sequence[CodeRow], leads: Leads, promise: Promise, path: Path) -> Iterator[Fault]:
    """Each place once, where it stands first: a book has hundreds of codes. Papers say of which edition they are, which
    is asked elsewhere; the bare picture of a code has nothing but where it lies."""
    own = edition_of(path) if promise.number else ""
    known = leads.get(own) or frozenset().union(*leads.values())
    told: set[str] = set()
    for code in codes:
        base = code.payload.removesuffix(code.number)
        if code.number and base not in known and base not in told:
            told.add(base)
            yield Fault("code-elsewhere", _elsewhere(code.payload, base, own), code.page, code.box)


def prove_drawn(data: bytes, number: str, kind: Beside, book: Handbook, path: Path) -> Iterator[Fault]:
    """A code as lines, which no decoder takes: it is the very drawing that would be made now."""
    if number not in {entry.number for entry in book.ledger}:
        yield Fault("code-strange", Text(f"số {number} không có trong sổ mã. Bỏ tệp này",
                                         f"{number} is not in the ledger. Take this file away"))
        return
    own = edition_of(path)
    places = [edition for edition in book.editions if edition.id == own] or book.editions
    if data not in {code_today(kind, edition.number_url(number)) for edition in places}:
        yield Fault("code-elsewhere", Text(
            f"không phải hình mã của số {number} như dựng hôm nay, có khi dẫn đi nơi khác. Đừng phát; dựng lại tệp này",
            f"is not the code of {number} as it would be drawn today, and may lead elsewhere. Do not hand it out; "
            "build it again"))


def _elsewhere(payload: str, base: str, own: str) -> Text:
    vi = f"bản {own} nay không ở {base}" if own else f"nay không bản nào của sách ở {base}"
    en = f"{own} is not at {base} now" if own else f"no edition of the book is at {base} now"
    return Text(f"mã {payload} dẫn đi nơi khác: {vi}. Đừng phát, dựng lại tệp này",
                f"the code {payload} leads elsewhere: {en}. Do not hand it out, build it again")
