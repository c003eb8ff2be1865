"""content/links.yml: what `hocso links` saw, one address a line, so that two branches' reports merge by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from generator.ground.files import Source
from generator.ground.findings import Finding, Text, warning
from generator.handbook import keys
from generator.handbook.mistakes import wrong_type
from generator.handbook.model import Edition, Handbook, Visit
from generator.handbook.registries import rows_of
from generator.handbook.yaml_tree import quote, read_yaml

HEAD = (
    "# Máy ghi tệp này khi gõ `hocso links`: trang nào ngoài sách còn mở được. Đừng sửa tay.\n"
    "# hỏng: hai ngày khác nhau đều không mở được, hoặc trang ấy tự báo đã bỏ. không rõ: trang ấy không cho máy xem.\n"
)
ASKED = timedelta(days=30)
"""A green answer of the real host is good so long."""
MOST_NUMBERS = 12
"""Told of those that nobody asked; the others stand where all that is cut does."""
_MARKER = re.compile(r"(?m)^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$")
"""Git leaves them where two branches wrote the same line; both sides are wanted here."""
_WORST_LAST = tuple(keys.VISIT_WORDS.values())


def read_visits(source: Source) -> tuple[tuple[Visit, ...], list[Finding]]:
    merged = _MARKER.search(source.text)
    node, findings = read_yaml(source, _MARKER.sub("", source.text))
    if merged:
        findings.append(warning("links.unmerged", source.place(merged.start())))
    rows = rows_of(node, keys.VISIT_KEYS, Text("địa chỉ", "address"), findings)
    words = ", ".join(f"`{word}`" for word in keys.VISIT_WORDS)
    findings += [wrong_type(row["place"], f"một trong các chữ {words}", f"one of {words}")
                 for row in rows if row["state"] not in keys.VISIT_WORDS]
    return newest(Visit(**{"since": row["day"], **row, "state": keys.VISIT_WORDS[row["state"]]})
                  for row in rows if row["state"] in keys.VISIT_WORDS), findings


def newest(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """One an address: of two on one day the worse, of two equally bad the one that began earlier."""
    found: dict[str, Visit] = {}
    for visit in visits:
        found[visit.address] = _worse(found[visit.address], visit) if visit.address in found else visit
    return tuple(found[address] for address in sorted(found))


def _worse(one: Visit, other: Visit) -> Visit:
    """A number of which either of two branches was not told on that day has no page."""
    kept = max(one, other, key=_rank)
    if (one.day, one.state) != (other.day, other.state):
        return kept
    both = {*one.numbers.split()} & {*other.numbers.split()}
    return replace(kept, numbers=" ".join(sorted(both)))


def _rank(visit: Visit) -> tuple[date, int, int, str, str]:
    return (visit.day, _WORST_LAST.index(visit.state), -visit.since.toordinal(), visit.reason, visit.moved_to)


def write_visits(visits: Iterable[Visit]) -> bytes:
    return (HEAD + "".join(f"{_row(visit)}\n" for visit in newest(visits))).encode()


def _row(visit: Visit) -> str:
    word = next(vi for vi, state in keys.VISIT_WORDS.items() if state == visit.state)
    cells = [f"địa chỉ: {quote(visit.address)}", f"kết quả: {word}", f"ngày: {visit.day:%d/%m/%Y}"]
    if visit.state in ("failed", "dead"):
        cells.append(f"từ: {visit.since:%d/%m/%Y}")
    if visit.reason:
        cells.append(f"lý do: {quote(visit.reason)}")
    if visit.moved_to:
        cells.append(f"chuyển tới: {quote(visit.moved_to)}")
    if visit.numbers:
        cells.append(f"các số: {quote(visit.numbers)}")
    return f"- {{{', '.join(cells)}}}"


# What a release asks of it.


def latest_visit(edition: Edition, visits: Iterable[Visit]) -> Visit | None:
    """Its host's last answer, while that is worth something: neither long ago nor of a day to come."""
    return next((visit for visit in visits if visit.address == edition.address
                 and timedelta(0) <= date.today() - visit.day <= ASKED), None)


def opened(visit: Visit | None) -> set[str]:
    """Numbers behind which the host had the right page."""
    return {*visit.numbers.split()} if visit and visit.state == "open" else set()


def unheard(visit: Visit | None, handbook: Handbook) -> list[str]:
    """Numbers that papers of this release can show, and that opened no page of theirs when the host was asked: they
    came into the ledger later, the page had no approved lesson yet, or nobody asked."""
    asked, silent = opened(visit), {*handbook.held_back, *handbook.left_out}
    return [entry.number for entry in handbook.ledger
            if not entry.until and entry.target not in silent and entry.number not in asked]


def unasked_films(edition: Edition, handbook: Handbook, slugs: Iterable[str]) -> list[str]:
    """Numbers at the end of these lessons' films that nobody has asked of the country's host: there they lead, from
    whatever place. Of the country itself `unheard` tells."""
    if edition.id == handbook.nation.id:
        return []
    numbers = {number for slug in slugs if (number := handbook.number_of(slug))}
    return sorted(numbers - opened(latest_visit(handbook.nation, handbook.visits)))
