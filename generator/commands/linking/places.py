"""Asks an edition's own numbers of the real host before they are printed: each must open its own page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from generator.checks import run_checks
from generator.checks.looking.wordlists import is_short
from generator.commands.linking.ask import Answer, Asker
from generator.commands.linking.todays import todays_of
from generator.engine.progress import Progress
from generator.ground.errors import ContentError, HocsoError, UsageError
from generator.ground.files import Project
from generator.ground.said import said
from generator.ground.whole import write_whole
from generator.handbook.chosen import known_edition
from generator.handbook.model import LINKS, Edition, Visit, host_of
from generator.handbook.read import read_handbook
from generator.handbook.visits import write_visits
from generator.press.orders import ON_PAGE
from generator.proof.today import written

CANONICAL = re.compile(rb'<link rel="?canonical"? href="?([^">\s]+)')

ENOUGH = 3
"""So many questions without any answer, and nobody is there: the others need not be asked."""

Open = Callable[[str], tuple[Answer, bytes]]


class HostSilentError(HocsoError):
    """Nobody answered: no network here, or no such host. That says nothing about the numbers."""


def ask_edition(
    project: Project, edition_id: str, progress: Progress, today: date, open_page: Open | None = None
) -> tuple[str, int]:
    """Writes what was found on one line of the report; all numbers must be right for it to be green. Those that open
    no approved lesson yet, or a page that is not today's, are not noted: a release of it wants another answer."""
    reading = read_handbook(project)
    book = reading.handbook
    edition = known_edition(edition_id, book.editions)
    if LINKS in reading.damaged:
        raise ContentError(*said("links/broken", file=LINKS))
    if edition.trial or book.site.placeholder:
        raise UsageError(*said("places/trial", name=edition.name))
    if short := is_short(edition.address):
        raise UsageError(*said("places/short", name=short, address=edition.address))
    ask = open_page or Asker(f"Mozilla/5.0 (compatible; hocso-links/1; +{edition.address})").page
    numbers = {entry.number: entry.target for entry in book.ledger if not entry.until}
    todays = todays_of(book, run_checks(project, reading, release=True), edition_id)
    wrong, waiting, old, heard = [], list[str](), list[str](), False
    for done, number in enumerate(sorted(numbers), start=1):
        progress.show(str(said("links/asking", done=done, total=len(numbers), seconds=progress.seconds)))
        answer, page = ask(edition.number_url(number))
        heard, html = heard or answer.heard, written(page)
        if why := _why_not(edition, number, answer, page):
            wrong.append((edition.number_url(number), why))
        elif numbers[number] in book.by_slug and not _shows(html, numbers[number]):
            waiting.append(number)
        elif not todays.is_so(numbers[number], html):
            old.append(number)
        if done == ENOUGH and not heard:
            break
    progress.show("")
    if numbers and not heard:
        raise HostSilentError(*said("places/silent", host=host_of(edition.address), why=wrong[0][1], file=LINKS))
    rows = [visit for visit in book.visits if visit.address != edition.address]
    row = (Visit(edition.address, "dead", today, today, wrong[0][1]) if wrong else
           Visit(edition.address, "open", today, today, numbers=" ".join(sorted({*numbers} - {*waiting, *old}))))
    write_whole(project.path(LINKS), write_visits([*rows, row]))
    return _told(edition, wrong, waiting, old, len(numbers)), 1 if wrong else 0


def _told(
    edition: Edition, wrong: Sequence[tuple[str, str]], waiting: Sequence[str], old: Sequence[str], total: int
) -> str:
    lines = [said("places/wrong", address=address, why=why) for address, why in wrong]
    if waiting:
        lines.append(said("places/waiting", count=len(waiting), numbers=", ".join(waiting), id=edition.id))
    if old:
        lines.append(said("places/old", count=len(old), numbers=", ".join(old), id=edition.id))
    left = total - len(waiting) - len(old)
    good = said("places/rest", total=left) if left < total else said("places/good", total=total)
    return "\n".join(map(str, [*lines, said("places/bad", wrong=len(wrong), total=total) if wrong else good]))


def _why_not(edition: Edition, number: str, answer: Answer, page: bytes) -> str:
    """Empty when it is the page of this very number."""
    if answer.state != "open":
        return answer.reason
    if answer.moved_to:
        return str(said("places/moved", there=answer.moved_to))
    found = CANONICAL.search(page)
    there = found[1].decode("utf-8", "replace") if found else ""
    if there.rstrip("/") != edition.number_url(number):
        return str(said("places/other", there=there or "một trang khác"))
    return ""


def _shows(html: str, slug: str) -> bool:
    """A lesson's right page can still say that the lesson is not there yet, or be a draft."""
    return slug in " ".join(ON_PAGE.findall(html)).split()
