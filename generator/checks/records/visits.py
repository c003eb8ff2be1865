"""What `hocso links` found: a film, platform or source that no longer opens is told where it is written."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.records.outside import Use, UseKind, outside_uses
from generator.checks.structure.links import known_hosts
from generator.ground.findings import Finding, Place, Text, warning
from generator.handbook.model import Visit
from generator.handbook.visits import FILE, host_of

OLD_DAYS = 90

WHAT: dict[UseKind, tuple[str, Text, Text]] = {
    "film": ("film.dead", Text("phim", "its film"), Text(
        "Trang của bài tự chiếu phim ngắn của sách. Sửa địa chỉ ở dòng `phim`, hoặc bỏ dòng ấy.",
        "The page shows the book's own clip. Mend the address or take the line out.")),
    "platform": ("platform.dead", Text("trang", "the site"), Text(
        "Mở thử trên máy. Trang đã đổi địa chỉ thì sửa ở đây và trong các bài.",
        "Try it yourself. If it has moved, mend it here and in the topics.")),
    "source": ("source.dead", Text("nguồn", "a source"), Text(
        "Tìm nguồn khác hoặc địa chỉ mới; không có thì bỏ, và xem lại điều đã viết theo nguồn ấy.",
        "Find another source or its new address, and look again at what was taken from it.")),
    "edition": ("edition.dead", Text("địa chỉ", "the address"), Text(
        "Mở thử trên máy, hỏi nơi ấy địa chỉ mới.", "Try it yourself, and ask that place for its new address.")),
    "link": ("link.dead", Text("địa chỉ", "the address"), Text(
        "Mở thử trên máy. Trang đã bỏ thì dẫn tới chỗ khác, hoặc bỏ liên kết.",
        "Try it yourself; lead elsewhere or take the link out.")),
    "former": ("site.former-dead", Text("trang", "the site"), Text(
        "Giấy đã phát còn in địa chỉ này: cho nó chạy lại và dẫn sang trang mới.",
        "Paper in people's hands still names it: let it lead to the new site again.")),
}


def check(matter: Matter) -> Iterator[Finding]:
    visits = {visit.address: visit for visit in matter.handbook.visits}
    if not visits:
        return
    hosts = known_hosts(matter)
    for use in outside_uses(matter):
        visit = visits.get(use.address)
        if visit and visit.state == "dead":
            yield _dead(use, visit)
        elif visit and visit.moved_to and host_of(visit.moved_to) not in hosts and use.kind != "source":
            yield _moved(use, visit)
    yield from _old(matter)


def _dead(use: Use, visit: Visit) -> Finding:
    rule, what, mend = WHAT[use.kind]
    since = f"{visit.since:%d/%m/%Y}"
    return warning(
        rule, use.place,
        (f"{use.name.vi}: {what.vi} không mở được từ {since} (`{visit.address}`: `{visit.reason}`).",
         f"{use.name.en}: {what.en} has not opened since {since} (`{visit.address}`: `{visit.reason}`)."),
        (mend.vi, mend.en),
    )


def _moved(use: Use, visit: Visit) -> Finding:
    host = host_of(visit.moved_to)
    return warning(
        "link.moved", use.place,
        (f"{use.name.vi}: `{visit.address}` nay dẫn sang trang khác, `{host}`.",
         f"{use.name.en}: `{visit.address}` now leads to another site, `{host}`."),
        ("Xem đó có đúng là nơi mình muốn không. Đúng thì ghi địa chỉ mới, sai thì bỏ ngay.",
         "See whether that is the place you mean. If so write the new address, else take it out at once."),
    )


def _old(matter: Matter) -> Iterator[Finding]:
    last = max(visit.day for visit in matter.handbook.visits)
    days = (matter.handbook.today - last).days
    if days > OLD_DAYS:
        yield warning(
            "links.old", Place(FILE),
            (f"Đã {days} ngày chưa kiểm tra các địa chỉ ngoài.", f"Outside addresses were checked {days} days ago."),
            ("Ở máy có mạng, gõ `hocso links`.", "Run `hocso links` where there is a network."),
        )
