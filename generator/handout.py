"""What ends a release: a sheet that says what to print, how, what to upload where, and which code leads where."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import ceil
from typing import Any

from generator.engine.tree import LIST, Published, edition_of, prefix_of
from generator.ground.findings import Text
from generator.handbook.model import Handbook
from generator.handbook.visits import latest_visit, unheard
from generator.press.binder.facts import page_sizes_mm
from generator.press.pages import plain
from generator.products import Known, known_paper
from generator.products.product import PRINT

TEXT, JSON = "phat-hanh.txt", "phat-hanh.json"
THEN = {"folded": ", gấp đôi; tờ đầu để thử máy", "pairs": ", cắt đôi", "": ""}
"""What to do with the printed sheets."""
SIZES = {(148, 210): "A5", (210, 297): "A4", (297, 420): "A3"}
LAST = 1000
"""After all shelves."""
OFFICE = ("review", "screens", "storyboard")
"""Papers of those who make the book: nobody hands them out."""
Read = Callable[[str], bytes]
Row = dict[str, Any]


def release_sheet(
    book: Handbook, files: Mapping[str, Published], read: Read, kept: Mapping[str, str], commit: str
) -> dict[str, bytes]:
    """Of one edition: the same facts for people and for programs. `read` gives a file's bytes by its digest."""
    facts: Row = {
        "edition": book.edition.id, "name": book.edition.name, "address": book.edition.address, "commit": commit,
        "lessons": [_lesson(book, slug) for slug in book.by_slug if book.number_of(slug)],
        "print": list(_papers(files, read)),
        "asked": _asked(book),
        "upload": [{"folder": "site/", "to": book.edition.address}],
        "codes": _codes(book),
        "kept": [{"slug": slug, "why": why} for slug, why in kept.items()],
    }
    told = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    return {TEXT: _text(facts).encode(), JSON: told.encode()}


def _asked(book: Handbook) -> str:
    """The day on which the real host opened every number that can be printed; nothing while it has not."""
    visit = latest_visit(book.edition, book.visits)
    return f"{visit.day:%Y-%m-%d}" if visit and visit.state == "open" and not unheard(visit, book) else ""


def _lesson(book: Handbook, slug: str) -> Row:
    lesson = book.by_slug[slug]
    row = lesson.office.approval
    signed = {"text": row.text, "unit": row.unit, "day": f"{row.day:%Y-%m-%d}"} if row else {}
    return {"number": book.number_of(slug), "slug": slug, "title": plain(lesson.title), **signed}


def _papers(files: Mapping[str, Published], read: Read) -> Iterable[Row]:
    for path, file in sorted(files.items()):
        known = known_paper(path) if path.startswith(PRINT) and path.endswith(".pdf") else None
        if known and known.product.name not in OFFICE:
            yield _paper(path, known, page_sizes_mm(read(file.sha)))


def _paper(path: str, known: Known, pages: Sequence[tuple[float, float]]) -> Row:
    """Sheets of the copier's paper; what is small is printed two by two from its other file. What lies across is turned
    over its short edge, or the back stands on its head."""
    wide, high = (round(side) for side in pages[0])
    size, one_sided = SIZES.get((min(wide, high), max(wide, high)), "A4"), known.kind.pages == 1
    edge, count = "ngắn" if wide > high else "dài", len(pages)
    how = "in một mặt" if one_sided else f"in hai mặt, lật cạnh {edge}{THEN[known.kind.laid]}"
    return {"file": path, "pages": count, "sheets": count if one_sided else ceil(count / 2), "paper": size, "how": how}


def _codes(book: Handbook) -> list[Row]:
    """Every number that papers of this edition can show, and whose page it opens."""
    names = {slug: plain(lesson.title) for slug, lesson in book.by_slug.items()}
    names |= {f"part:{part.id}": part.title for part in book.parts}
    names |= {f"path:{path.id}": path.title for path in book.paths}
    names |= {f"channel:{key}": channel.name for key, channel in book.edition.channels if channel.address}
    return [{"number": number, "address": book.edition.number_url(number), "leads": names[target]}
            for target, number in sorted(book.numbers.items(), key=lambda pair: pair[1]) if target in names]


def _text(facts: Row) -> str:
    """As an officer reads it, a line a thing."""
    sections: list[tuple[str, Sequence[str]]] = [
        ("1. Đưa lên mạng trước khi phát giấy", [
            f"Chép mọi thứ trong thư mục {row['folder']} lên {row['to']}" for row in facts["upload"]]),
        ("2. Thử trước khi in nhiều", [
            "Lấy điện thoại quét mã trên một tờ in thử. Máy phải mở đúng địa chỉ in dưới mã, như ở mục 5."
            if facts["codes"] else "Bản này chưa có mã nào.",
            f"Mọi số đã hỏi máy chủ thật, mở đúng trang, ngày {facts['asked']}." if facts["asked"] else
            "CHƯA HỎI MÁY CHỦ THẬT: mã in ra có thể chưa mở được. Đưa trang lên mạng rồi gõ: "
            f"hocso links --edition {facts['edition']}"]),
        ("3. In", [f"{row['file']}: {row['pages']} trang, {row['sheets']} tờ {row['paper']}, {row['how']}"
                   for row in facts["print"]] or ["Lần này không làm tờ giấy nào."]),
        ("4. Bài có trong bản này, ai đã duyệt", [
            f"{row['number']} {row['title']}" + (f": {row['unit']}, bản {row['text']}, ngày {row['day']}"
                                                 if "unit" in row else "") for row in facts["lessons"]]),
        ("5. Mỗi mã dẫn tới đâu", [f"{row['address']}  {row['leads']}" for row in facts["codes"]]),
        ("6. Bài chưa phát hành", [f"{row['slug']}: {row['why']}" for row in facts["kept"]] or ["Không có."]),
    ]
    head = f"PHÁT HÀNH: {facts['name']}\nĐịa chỉ: {facts['address']}\nBản nguồn: {facts['commit']}\n"
    return head + "".join(f"\n{title}\n" + "".join(f"- {line}\n" for line in lines) for title, lines in sections)


def changed_papers(before: Mapping[str, Published], after: Mapping[str, Published]) -> list[Text]:
    """Those to print anew, what is handed out as it is before what is laid out from it; none where nothing stood."""
    found = []
    for path in {*before, *after} if before else ():
        file = path.removeprefix(prefix_of(edition_of(path)))
        old, new = before.get(path), after.get(path)
        known = known_paper(file) if file.startswith(PRINT) and (old and old.sha) != (new and new.sha) else None
        if known:
            shelf, name = known.kind.shelf, path.replace(PRINT, "", 1)
            told = Text(name, name) if new else Text(f"{name} (bỏ)", f"{name} (gone)")
            found.append(((known.kind.is_laid, shelf.place if shelf else LAST, path), told))
    return [name for _, name in sorted(found)]


def as_lists(sheets: Mapping[str, bytes], prefix: str, keep: Callable[[bytes], str]) -> dict[str, Published]:
    """As files of the tree, which the next build drops: it is about this one."""
    return {prefix + name: Published(keep(data), LIST, ()) for name, data in sheets.items()}
