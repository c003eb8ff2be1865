"""`--release`: nothing trial, nothing unapproved, nothing open goes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from generator.checks.looking.matter import Matter
from generator.ground.findings import Finding, Place, error, warning
from generator.handbook.model import Card, Edition, Topic

OLDEST = timedelta(days=365)


def check(matter: Matter) -> Iterator[Finding]:
    site = matter.handbook.site
    if site.placeholder:
        yield error("release.address", site.place, address=site.address)
    elif not site.address.split("://", 1)[1].split("/", 1)[0].endswith(".gov.vn"):
        yield warning("release.not-gov", site.place)
    for lesson in matter.handbook.lessons:
        yield from _lesson(lesson)
    for finding in matter.reading.findings:
        if finding.rule.startswith("clip."):  # while writing only a reminder
            yield replace(finding, severity="error")


def trial_edition(edition: Edition) -> Iterator[Finding]:
    """An edition without an address is printed to look at, never to hand out."""
    if edition.trial:
        yield error("release.trial", Place(f"content/editions/{edition.id}.yml", 1, 1), name=edition.name)


def _lesson(lesson: Topic | Card) -> Iterator[Finding]:
    office = lesson.office
    start = lesson.place
    if office.status != "approved":
        yield error("release.status", office.place_of("trạng thái", start))
    for fact in office.open_facts:
        yield error("release.open-fact", fact.place, fact=fact.text)
    for screen in lesson.screens:
        if not screen.seen:
            yield error("release.unseen", screen.place)
    if date.today() - office.reviewed > OLDEST:
        yield error("release.old", office.place_of("rà soát", start))
