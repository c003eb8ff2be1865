"""`--release`: nothing trial, nothing unapproved, nothing open goes out; what is ready does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from generator.checks.looking.matter import Matter
from generator.ground.errors import ContentError
from generator.ground.files import Project
from generator.ground.findings import Finding, Place, Text, error, warning
from generator.ground.rest import few
from generator.ground.said import said
from generator.handbook import visits
from generator.handbook.approvals import changed_meanwhile, last_said, last_signed
from generator.handbook.editions import FOLDER, ROOT
from generator.handbook.lesson.shown import unseen_screens
from generator.handbook.model import Approval, Card, Edition, Handbook, Topic
from generator.handbook.select import select
from generator.handbook.visits import ASKED, MOST_NUMBERS, latest_visit, unheard
from generator.handbook.withdrawals import withdraws

OLDEST = timedelta(days=365)
SHORT = {
    "release.status": Text("bản này chưa duyệt", "this text is not approved"),
    "release.open-fact": Text("còn điều cần xác nhận", "facts to confirm"),
    "release.unseen": Text("còn màn hình chưa ai đối chiếu", "screens nobody has held against a phone"),
    "release.old": Text("lần rà soát đã quá 365 ngày", "reviewed more than 365 days ago"),
    "approval.unconfirmed": Text("điều còn bỏ ngỏ lúc duyệt đã mất, không ai ký",
                                 "what was open at its approval is gone, and nobody signed that"),
    "topic.unwritten": Text("còn chỗ CẦN VIẾT", "parts still to write"),
}
OTHERS = Text("bảng 1 phút học số hay ngày tháng còn sai", "its film table or a day is wrong")
OF_ONE = ("topic.unwritten", "clip.", "fresh.future", "approval.unconfirmed")
"""Reminders while writing, errors in what goes out: a lesson that has one stays back, the others go."""


def check(matter: Matter) -> Iterator[Finding]:
    """What keeps back one lesson is told of it, and stops nothing else."""
    site = matter.handbook.site
    if site.placeholder:
        yield error("release.address", site.place, address=site.address)
    elif not site.address.split("://", 1)[1].split("/", 1)[0].endswith(".gov.vn"):
        yield warning("release.not-gov", site.place)
    for finding in matter.reading.findings:
        if finding.rule.startswith("clip."):
            yield replace(finding, severity="error")
    for lesson in matter.handbook.lessons:
        yield from reasons(lesson)


def trial_edition(edition: Edition, handbook: Handbook) -> Iterator[Finding]:
    """An edition without an address, or with words nobody signed, is printed to look at, never to hand out. The root's
    words stand on every edition's home page and films."""
    if edition.trial:
        yield error("release.trial", Place(f"{FOLDER}{edition.id}.yml"), name=edition.name)
    if edition.address.startswith("http:"):
        yield error("release.plain-http", Place(f"{FOLDER}{edition.id}.yml"), address=edition.address)
    for one in dict.fromkeys((edition.id, ROOT)):
        place = next((place for place in handbook.editions if place.id == one), edition)
        if place.unsigned:
            yield _unsigned(place, last_signed(handbook.approvals, one))


def _unsigned(edition: Edition, last: Approval | None) -> Finding:
    """Who signed once hears that something changed since: whose words those are, `hocso approve` tells."""
    rule = "release.unsigned/country" if edition.id == ROOT else "release.unsigned"
    return error("release.unsigned/changed" if last else rule, Place(f"{FOLDER}{edition.id}.yml"), name=edition.name,
                 id=edition.id, text=edition.unsigned, unit=last.unit if last else "",
                 day=f"{last.day:%d/%m/%Y}" if last else "")


def unasked(edition: Edition, handbook: Handbook) -> Iterator[Finding]:
    """A printed code cannot be called back: its host must have answered lately, number by number."""
    place = Place(f"content/editions/{edition.id}.yml")
    visit = latest_visit(edition, handbook.visits)
    if visit is None:
        yield error("release.unasked", place, id=edition.id, address=edition.address, days=ASKED.days)
    elif visit.state != "open":
        yield error("release.unasked/wrong", place, id=edition.id, day=f"{visit.day:%d/%m/%Y}", reason=visit.reason)
    elif new := unheard(visit, handbook):
        yield error("release.unasked/new", place, id=edition.id, day=f"{visit.day:%d/%m/%Y}", numbers=", ".join(new))


def unasked_films(edition: Edition, handbook: Handbook, slugs: Iterable[str]) -> Iterator[Finding]:
    """A film is passed on and cannot be called back either; its code opens a page of the country."""
    shown = select(handbook, edition.id).by_slug if slugs else ()
    if numbers := visits.unasked_films(edition, handbook, [slug for slug in slugs if slug in shown]):
        nation = handbook.nation
        yield error("release.unasked/films", Place(f"{FOLDER}{nation.id}.yml"), id=edition.id, nation=nation.id,
                    address=nation.address, days=ASKED.days, numbers=few(numbers, MOST_NUMBERS))


def unready(edition: Edition, handbook: Handbook, films: Iterable[str], *, papers: bool) -> Iterator[Finding]:
    """What a release of it lacks; codes on `papers` want an answer, and those at the end of these lessons' `films`."""
    yield from trial_edition(edition, handbook)
    if papers:
        yield from unasked(edition, handbook)
    yield from unasked_films(edition, handbook, films)


def kept_back(handbook: Handbook, findings: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
    """Lessons that may not go out, each with why not."""
    own: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity == "error" and finding.rule.startswith(OF_ONE):
            own.setdefault(finding.place.file, []).append(finding)
    found = {lesson.slug: (*reasons(lesson), *own.get(lesson.place.file, ())) for lesson in handbook.lessons}
    return {slug: why for slug, why in found.items() if why}


def refuse_changed(project: Project, handbook: Handbook) -> None:
    """Pictures, films and voices are read while a build goes on, which may take minutes: others were approved."""
    if slugs := changed_meanwhile(handbook.lessons, lambda file: project.path(file).read_bytes()):
        raise ContentError(*said("build/changed", slugs=", ".join(slugs)))


def in_short(why: Iterable[Finding], slug: str, approvals: Sequence[Approval]) -> Text:
    """Who has signed once hears that something changed since, and how to see what: to build again would not help."""
    rows = [row for row in approvals if row.slug == slug]
    taken = bool(rows) and withdraws(last_said(rows).note)
    again = said("build/withdrawn", slug=slug) if taken else said("build/changed-since", slug=slug)
    short = {**SHORT, "release.status": again} if rows else SHORT
    told = dict.fromkeys(short.get(finding.rule, OTHERS) for finding in why)
    return Text(*(", ".join(words) for words in zip(*told, strict=True)))


def reasons(lesson: Topic | Card) -> Iterator[Finding]:
    office = lesson.office
    if not lesson.approved:
        yield warning("release.status", office.place_of("trạng thái", lesson.place), slug=lesson.slug)
    for fact in office.open_facts:
        yield warning("release.open-fact", fact.place, fact=fact.text)
    for screen in unseen_screens(lesson):
        yield warning("release.unseen", screen.place)
    if date.today() - office.reviewed > OLDEST:
        yield warning("release.old", office.place_of("rà soát", lesson.place))
