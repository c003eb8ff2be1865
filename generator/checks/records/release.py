"""`--release`: nothing trial, nothing unapproved, nothing open goes out. The only rule that looks at the calendar."""

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
        yield error(
            "release.address", site.place,
            (f"`{site.address}` chỉ là địa chỉ tạm.", f"`{site.address}` is a placeholder."),
            ("Ghi địa chỉ thật của trang vào `site_url`.", "Write the real address into `site_url`."),
        )
    elif not site.address.split("://", 1)[1].split("/", 1)[0].endswith(".gov.vn"):
        yield warning(
            "release.not-gov", site.place,
            ("Địa chỉ không kết thúc bằng .gov.vn, mà bài học dạy bà con tin đuôi ấy.",
             "The address does not end in .gov.vn, the ending lessons teach people to trust."),
            ("Xin một tên miền .gov.vn nếu được.", "Get a .gov.vn name if you can."),
        )
    for lesson in matter.handbook.lessons:
        yield from _lesson(lesson)
    for finding in matter.reading.findings:
        if finding.rule.startswith("clip."):  # while writing only a reminder
            yield replace(finding, severity="error")


def trial_edition(edition: Edition) -> Iterator[Finding]:
    """An edition without an address is printed to look at, never to hand out."""
    if edition.trial:
        yield error(
            "release.trial", Place(f"content/editions/{edition.id}.yml", 1, 1),
            (f"Bản {edition.name} chưa có địa chỉ: mã QR in ra chưa dẫn tới đâu.",
             f"The edition {edition.name} has no address: its QR codes lead nowhere yet."),
            ("Ghi `mã` (mã chính thức của xã, phường) hoặc `địa chỉ trang`.",
             "Write `mã` (the official code of the commune) or `địa chỉ trang`."),
        )


def _lesson(lesson: Topic | Card) -> Iterator[Finding]:
    office = lesson.office
    start = lesson.place
    if office.status != "approved":
        yield error(
            "release.status", office.place_of("trạng thái", start),
            ("Bài chưa được duyệt.", "This is not approved."),
            ("Đơn vị duyệt xong thì ghi `trạng thái: đã duyệt`.", "When approved, write `trạng thái: đã duyệt`."),
        )
    for fact in office.open_facts:
        yield error(
            "release.open-fact", fact.place,
            (f"Còn điều cần xác nhận: {fact.text}.", f"Still to confirm: {fact.text}."),
            ("Xác nhận rồi xóa dòng này.", "Confirm it, then delete the line."),
        )
    for screen in lesson.screens:
        if not screen.seen:
            yield error(
                "release.unseen", screen.place,
                ("Màn hình này chưa ai đối chiếu với máy thật.", "Nobody has held this screen against the real app."),
                ("Đối chiếu rồi thêm dòng `đã xem: 20/11/2026, VNeID 2.1, Android`.", "Compare, then add `đã xem: …`."),
            )
    if date.today() - office.reviewed > OLDEST:
        yield error(
            "release.old", office.place_of("rà soát", start),
            ("Lần rà soát gần nhất đã quá 365 ngày.", "The last review is older than 365 days."),
            ("Rà soát lại rồi ghi ngày mới.", "Review it again and write the new date."),
        )
