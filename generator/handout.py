"""What ends a release: a sheet that says what to print, how, what to upload where, and which code leads where."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from math import ceil

from generator.engine.store import Made
from generator.engine.tree import LIST, Published, edition_of, prefix_of
from generator.handbook.approvals import texts_taken_back
from generator.handbook.chosen import communes
from generator.handbook.editions import ROOT
from generator.handbook.ledger import CHANNEL_TARGETS
from generator.handbook.model import Edition, Entry, Handbook
from generator.handbook.visits import latest_visit, unasked_films, unheard
from generator.press.binder.facts import page_sizes_mm
from generator.press.pages import plain
from generator.products import FILMS, OFFICE, Known, known_paper
from generator.products.papers.parts.volumes import NAME
from generator.products.product import PRINT
from generator.signatures import (
    BEGINS,
    Row,
    Signatures,
    alert_facts,
    alert_lines,
    beside_facts,
    film_lines,
    lesson_facts,
    signed_lines,
    written_day,
)
from generator.signatures import JSON as JSON
from generator.signatures import TEXT as TEXT

SIZES = {(148, 210): "A5", (210, 297): "A4", (297, 420): "A3"}
LAST = 1000
"""After all shelves."""
ONE_TO_ASK, ALL_TO_ASK = ("leaflet", "ink", "poster", "entry"), ("booklet", "inkbook", "large", "shop")
"""Papers with a box to write in where the edition has no phone of whom to ask; of one of them, or of any."""
WALL = "print/sheets/gia-dinh-so.pdf"
"""Lines for the police and whom to ask."""
BOUND = ("print/booklets/", "print/packs/")
COUNTRY = "GIẤY CỦA BẢN CẢ NƯỚC, chưa có nơi giúp, số máy của xã nào. Giấy của xã mình: dựng lại, thêm --edition: {}\n"
Read = Callable[[str], bytes]


def release_sheet(
    book: Handbook, files: Mapping[str, Published], read: Read, made: Iterable[Made], kept: Mapping[str, str],
    commit: str, signed: Signatures = (None, None, None),
) -> dict[str, bytes]:
    """Of one edition: the same facts for people and for programs. `read` gives a file's bytes by its digest, `made`
    are the items its files come from."""
    made, codes, visit = tuple(made), _codes(book), latest_visit(book.edition, book.visits)
    unasked = unheard(visit, book)
    facts: Row = {
        "edition": book.edition.id, "name": book.edition.name, "address": book.edition.address, "commit": commit,
        "day": f"{date.today():%Y-%m-%d}",
        "communes": communes(book.editions) if book.edition.id == ROOT else [],
        **beside_facts(signed),
        "lessons": [lesson_facts(book, slug) for slug in book.by_slug if book.number_of(slug)],
        "print": _papers(book.edition, files, read, made, {row["address"] for row in codes if not row["ready"]}),
        "pictures": [{"file": path, "opens": sorted(_opened(one, path))} for one in made for path in one.codes
                     if path in files and path.endswith(".png")],
        "qr": sorted(path for path in files if path.startswith("qr/")),
        "films": sum(path.startswith("site/clips/") and path.endswith(".mp4") for path in files),
        "film_codes": _film_codes(book, files),
        "server": sorted(path for path, file in files.items() if file.product == "server"),
        "asked": f"{visit.day:%Y-%m-%d}" if visit and not unasked else "",
        "unasked": unasked,
        "upload": [{"folder": "site/", "to": book.edition.address}],
        "keep_folders": _below(book),
        "codes": codes,
        "alerts": [*map(alert_facts, book.alerts)],
        "collect": [{"slug": slug, "texts": [*texts]} for slug in dict.fromkeys(row.target for row in book.ledger)
                    if (texts := texts_taken_back(book.approvals, slug))],
        "kept": [{"slug": slug, "why": why} for slug, why in kept.items()],
    }
    told = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    return {TEXT: _text(facts).encode(), JSON: told.encode()}


def _film_codes(book: Handbook, files: Mapping[str, Published]) -> Row:
    slugs = sorted({source.split("/")[-2] for file in files.values() if file.product in FILMS
                    for source in file.sources if source.endswith("/index.md")})
    return {"open": book.nation.id, "slugs": slugs, "unasked": unasked_films(book.edition, book, slugs)}


def _below(book: Handbook) -> list[str]:
    """Folders of other editions inside this one's."""
    here = book.edition.address
    return sorted({other.address.removeprefix(here).split("/")[0] for other in book.editions
                   if other.address.startswith(here) and other.address != here})


# Papers.


def _papers(
    edition: Edition, files: Mapping[str, Published], read: Read, made: Sequence[Made], unready: set[str]
) -> list[Row]:
    """Each right behind the one it is laid out of."""
    items = {path: one for one in made for path in one.files}
    rows, bound = [], dict[tuple[str, ...], str]()
    for path in sorted(files, key=lambda path: (f"/{NAME}" not in path, path)):
        known = known_paper(path) if path.startswith(PRINT) and path.endswith(".pdf") else None
        if known and known.product.name not in OFFICE:
            row = _paper(path, known, page_sizes_mm(read(files[path].sha)), items.get(path))
            row["write"] = _to_write(path, edition)
            row["unready"] = len(unready & _opened(items.get(path), path))
            key = _bound_as(path, known, files[path].sources)
            first = bound.setdefault(key, path) if key else path
            row["same_lessons_as"] = "" if first == path else first
            rows.append(row)
    there = {row["file"] for row in rows}
    for row in rows:
        row["instead_of"] = row["instead_of"] if row["instead_of"] in there else ""
    return sorted(rows, key=lambda row: (row["instead_of"] or row["file"], bool(row["instead_of"])))


def _bound_as(path: str, known: Known, sources: Sequence[str]) -> tuple[str, ...]:
    """What a book or pack has in common with another of the same lessons: of a few lessons there are many, for each
    part and path one, and nobody wants them all. Nothing for what is about a single lesson."""
    lessons = tuple(sorted(file for file in sources if file.endswith("/index.md")))
    return (known.product.name, known.kind.laid, *lessons) if path.startswith(BOUND) and lessons else ()


def _paper(path: str, known: Known, pages: Sequence[tuple[float, float]], made: Made | None) -> Row:
    """Sheets of the copier's paper; what is small is printed two by two from its other file. What lies across is turned
    over its short edge, or the back stands on its head. The first sheet of what is folded tries out the copier."""
    wide, high = (round(side) for side in pages[0])
    size, one_sided = SIZES.get((min(wide, high), max(wide, high)), "A4"), known.kind.pages == 1
    turned, laid, edge_mm = "ngắn" if wide > high else "dài", known.kind.laid, known.kind.edge_mm
    how = "in một mặt" if one_sided else f"in hai mặt, lật cạnh {turned}"
    if edge_mm:
        size = SIZES[round(wide - 2 * edge_mm), round(high - 2 * edge_mm)]
        how = f"đưa xưởng in: in hai mặt, cắt theo dấu còn khổ {size}, đóng gáy"
    sheets = len(pages) if one_sided else ceil(len(pages) / 2)
    facts = made.facts if made else {}
    return {
        "file": path, "title": str(facts.get("title") or known.product.label.vi).partition(", hai tờ một khổ")[0],
        "pages": len(pages), "sheets": sheets, "paper": size,
        "each": sheets - 1 if laid == "folded" else sheets, "copies": 2 if laid == "pairs" else 1,
        "parts": len(facts.get("sections", ())),
        "how": how, "laid": laid,
        "instead_of": known.kind.made_of.replace("*", known.name),
    }


def _opened(made: Made | None, path: str) -> set[str]:
    """Addresses that its codes open."""
    return {code for there in made.codes.get(path, {}).values() for code in there} if made else set()


def _to_write(path: str, edition: Edition) -> bool:
    """Whether it has a box to write in by hand, for want of a phone."""
    known = known_paper(path)
    while known and known.kind.made_of:
        known = known_paper(known.kind.made_of.replace("*", known.name))
    name = known.product.name if known else ""
    if path == WALL:
        return not (edition.helper("công an").phone and edition.contact.phone)
    if path.startswith("print/packs/") or name in ONE_TO_ASK:
        return not edition.contact.phone
    return name in ALL_TO_ASK and not all(helper.phone for helper in (edition.contact, *edition.help))


def _codes(book: Handbook) -> list[Row]:
    """Every number that `hocso links` asks, and what its page opens."""
    rows = [(entry.number, *_leads(book, entry)) for entry in book.ledger if not entry.until]
    return [{"number": number, "address": book.edition.number_url(number), "leads": leads, "ready": ready}
            for number, leads, ready in sorted(rows)]


def _leads(book: Handbook, entry: Entry) -> tuple[str, bool]:
    """Whose page it is, and whether that has what its title says."""
    if entry.target in book.by_slug:
        return plain(book.by_slug[entry.target].title), True
    if group := book.lists.get(entry.target):
        return group.title, bool(group.topics)
    channel = book.edition.channel(CHANNEL_TARGETS.get(entry.target, ""))
    told = ": ".join(filter(None, (channel.name, channel.address)))
    return (told, True) if told else (entry.target, False)


# As an officer reads it, a line a thing.


def _text(facts: Row) -> str:
    sections: list[tuple[str, Sequence[str]]] = [
        ("1. Đưa lên mạng trước khi phát giấy: việc của người giữ máy chủ", [*_upload(facts)]),
        ("2. Thử trước khi in nhiều", [
            "Lấy điện thoại quét mã trên một tờ in thử. Máy phải mở đúng địa chỉ in dưới mã, như ở mục 5."
            if facts["codes"] else "Bản này chưa có mã nào.",
            f"Mọi số đã hỏi máy chủ thật, mở đúng trang, ngày {written_day(facts['asked'])}." if facts["asked"] else
            f"CHƯA HỎI MÁY CHỦ THẬT {len(facts['unasked'])} số, mã in ra có thể chưa mở được: "
            f"{', '.join(facts['unasked'])}. Đưa trang lên mạng rồi gõ: hocso links --edition {facts['edition']}",
            *film_lines(facts["film_codes"])]),
        ("3. In", _to_print(facts) or ["Lần này không làm tờ giấy nào."]),
        ("4. Bài có trong bản này, ai đã duyệt", [*signed_lines(facts), *_to_collect(facts)]),
        ("5. Mỗi mã dẫn tới đâu", [*_leading(facts)]),
        ("6. Cảnh báo hiện trên trang, không qua sổ duyệt", [*alert_lines(facts)] or ["Không có."]),
        ("7. Bài chưa phát hành", [*_kept_back(facts)] or ["Không có."]),
    ]
    head = (f"{BEGINS}{facts['name']}\nNgày phát hành: {written_day(facts['day'])}\nĐịa chỉ: {facts['address']}\n"
            f"Bản nguồn: {_source(facts['commit'])}\n")
    head += COUNTRY.format(", ".join(facts["communes"])) if facts["communes"] else ""
    return head + "".join(f"\n{title}\n" + "".join(f"- {line}\n" for line in lines) for title, lines in sections)


def _to_collect(facts: Row) -> Iterable[str]:
    """Who prints the new stack has the old one beside it."""
    for row in facts["collect"]:
        yield f"GOM LẠI, ĐỪNG PHÁT: giấy bài {row['slug']}, cuối tờ ghi Văn bản {', '.join(row['texts'])}, đã rút lại."


def _kept_back(facts: Row) -> Iterable[str]:
    """A line a reason: fifty lines that say the same hide the one that does not."""
    kinds: dict[str, list[Row]] = {}
    for row in facts["kept"]:
        kinds.setdefault(row["why"].replace(f" {row['slug']})", " ten-bai)"), []).append(row)
    for why, rows in kinds.items():
        yield (f"{rows[0]['slug']}: {rows[0]['why']}" if len(rows) == 1 else
               f"{len(rows)} bài, {why}: {', '.join(row['slug'] for row in rows)}")


def _source(commit: str) -> str:
    if commit == "none":
        return "không rõ, sách không nằm trong git"
    return commit.replace("-changed", ", có chỗ sửa chưa lưu vào git")


def _upload(facts: Row) -> Iterable[str]:
    for row in facts["upload"]:
        yield (f"Chép mọi thứ trong thư mục {row['folder']} lên {row['to']} như sau: chép sang một thư mục mới, nằm "
               "cạnh thư mục đang chạy; chép xong mới đổi tên cho nhau.")
    if facts["keep_folders"]:
        yield ("Trong thư mục đang chạy còn trang của nơi khác, mỗi nơi một thư mục tên là mã: "
               f"{', '.join(facts['keep_folders'])}. Đưa cả các thư mục ấy sang thư mục mới; không bao giờ xóa.")
    if facts["server"]:
        yield f"Tệp cho máy chủ: {', '.join(facts['server'])}"
    yield (f"Phim: {facts['films']} phim trong site/clips/." if facts["films"] else
           "Lần này không có phim: trang mở ra chỉ có chữ và hình. Muốn có phim thì thêm chữ clip vào lệnh build.")


def _leading(facts: Row) -> Iterable[str]:
    """What nobody can read there yet is told in one line: it would bury the others."""
    yield from (f"{row['address']}  {row['leads']}" for row in facts["codes"] if row["ready"])
    if unready := [row["number"] for row in facts["codes"] if not row["ready"]]:
        yield ("CHƯA CÓ BÀI, trang ghi “đang được viết” hoặc nói hỏi ai, " f"{len(unready)} số: {', '.join(unready)}")


def _to_print(facts: Row) -> list[str]:
    doubled, lines = {row["instead_of"] for row in facts["print"]}, list[str]()
    for row in facts["print"]:
        if row["instead_of"]:
            lines[-1] += f"\n  hoặc {_one_paper(row)}"
        else:
            title = f"{row['title']}{', một trong hai' if row['file'] in doubled else ''}"
            if row["same_lessons_as"]:
                title += f", cùng những bài với {row['same_lessons_as']}, in một tập là đủ"
            lines.append(f"{title}:\n  {_one_paper(row)}")
    lines += [f"Hình để gửi, có mã: {row['file']} mở {', '.join(row['opens'])}" for row in facts["pictures"]]
    if facts["qr"]:
        lines.append(f"Mã rời trong thư mục qr/: {len(facts['qr'])} tệp, tên tệp là số bài ở mục 5.")
    return lines


def _one_paper(row: Row) -> str:
    whole = f"{row['each']} tờ {row['paper']}"
    count = {"folded": f"tờ đầu của tệp để thử máy, in một lần; mỗi cuốn {whole}",
             "pairs": f"{whole} được hai bản"}.get(row["laid"], f"mỗi bản {whole}")
    if row["laid"] == "folded" and row["parts"] > 1:
        count = f"tờ đầu của tệp để thử máy, in một lần; mỗi bộ {whole}, chia {row['parts']} tập"
    then = {"folded": ", gấp đôi, ghim giữa", "pairs": ", cắt đôi"}.get(row["laid"], "")
    told = f"{row['file']}: {row['pages']} trang, {count}, {row['how']}{then}"
    told += "; có ô trống phải viết tay hay đóng dấu" if row["write"] else ""
    return told + (f"; có {row['unready']} mã chưa có bài, xem mục 5" if row["unready"] else "")


def changed_papers(before: Mapping[str, Published], after: Mapping[str, Published]) -> list[str]:
    """Those to print anew, what is handed out as it is before what is laid out from it; none where nothing stood."""
    found = []
    for path, new in after.items() if before else ():
        file, old = path.removeprefix(prefix_of(edition_of(path))), before.get(path)
        known = known_paper(file) if file.startswith(PRINT) and (old is None or old.sha != new.sha) else None
        if known:
            shelf, name = known.kind.shelf, path.replace(PRINT, "", 1)
            found.append(((known.kind.is_laid, shelf.place if shelf else LAST, path), name))
    return [name for _, name in sorted(found)]


def as_lists(sheets: Mapping[str, bytes], prefix: str, keep: Callable[[bytes], str]) -> dict[str, Published]:
    """As files of the tree, which the next build drops: it is about this one."""
    return {prefix + name: Published(keep(data), LIST, ()) for name, data in sheets.items()}
