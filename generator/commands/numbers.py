"""The ledger's two commands, `qr add` and `qr retire`. The only writer of `qr/`: every byte not meant stays."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from generator.checks.looking.matter import Matter
from generator.checks.records.ledger import known_targets
from generator.ground import history
from generator.ground.errors import ContentError, UsageError
from generator.ground.files import Project, decode_source
from generator.ground.findings import Finding, Text
from generator.ground.whole import write_whole
from generator.handbook.ledger import FILE, is_number, likely_numbers, next_number, read_ledger
from generator.handbook.mistakes import nearest
from generator.handbook.model import Entry
from generator.handbook.read import read_handbook

_CELL = re.compile(r'"(?:[^"]|"")*"|[^,]*')
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
NOTES = {"part": "phần", "path": "lộ trình", "channel": "kênh"}


@dataclass(frozen=True, slots=True)
class Book:
    """The ledger's bytes and what they say."""

    data: bytes
    entries: tuple[Entry, ...]

    def alive(self, target: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.target == target and not entry.until]

    def is_later(self, entry: Entry) -> bool:
        """True for the second row of a number that two branches took."""
        return next(other for other in self.entries if other.number == entry.number) is not entry


def open_book(project: Project) -> Book:
    """The ledger, if it is sound enough to be written in."""
    path = project.path(FILE)
    if not path.is_file():
        raise ContentError(f"Thiếu sổ mã {FILE}. Lấy lại từ git, đừng tạo sổ mới: số đã in nằm trong đó.",
                           f"The ledger {FILE} is missing. Get it back from git: it holds the printed numbers.")
    data = path.read_bytes()
    source = decode_source(FILE, data)
    if isinstance(source, Finding):
        raise _broken(source)
    entries, findings = read_ledger(source)
    if findings:
        conflict = (finding for finding in findings if finding.rule == "ledger.conflict")
        raise _broken(next(conflict, findings[0]))
    return Book(data, entries)


def _broken(finding: Finding) -> ContentError:
    where = f"{finding.place.file}:{finding.place.line}"
    return ContentError(f"{where}: {finding.message.vi} {finding.fix.vi} Chưa ghi gì vào sổ.",
                        f"{where}: {finding.message.en} {finding.fix.en} Nothing was written.")


def add_number(project: Project, target: str) -> Text:
    """A number for a target; a second row of a number taken twice gets another one."""
    book = open_book(project)
    known = known_targets(Matter(project, read_handbook(project)))
    if target not in known:
        raise _unknown_target(target, known)
    rows = book.alive(target)
    later = [entry for entry in rows if book.is_later(entry)]
    if later:
        return _renumber(project, book, later[0])
    if rows:
        return Text(f"`{target}` đã có số {rows[0].number}; sổ mã giữ nguyên.",
                    f"`{target}` already has the number {rows[0].number}; the ledger is unchanged.")
    number, data = with_row(book, target, history.today(project.root), former_numbers(project))
    write_whole(project.path(FILE), data)
    return Text(f"`{target}` có số {number}.", f"`{target}` has the number {number}.")


def _unknown_target(target: str, known: Iterable[str], word: str = "") -> UsageError:
    likely = nearest(target, known)
    hint = (f" Có phải `{likely}` không?", f" Did you mean `{likely}`?") if likely else (
        " Ghi tên thư mục của bài, hoặc part:, path:, channel: và mã.",
        " Name a topic's folder, or part:, path:, channel: and an id.")
    return UsageError(f"{word}Không có `{target}` trong sách.{hint[0]}",
                      f"{word}There is no `{target}` in the handbook.{hint[1]}")


def former_numbers(project: Project) -> set[str]:
    """Numbers of every ledger git holds: one that a mistake erased is still printed somewhere."""
    versions = history.versions(project.root, FILE) or []
    return {number for version in versions for number in re.findall(r"^(\d{4}|\d{6}),", version.text, re.MULTILINE)}


def with_row(book: Book, target: str, day: date, former: set[str]) -> tuple[str, bytes]:
    """The number and the ledger's bytes with one row more."""
    number = next_number({entry.number for entry in book.entries} | former)
    eol = _line_end(book.data)
    out = io.StringIO()
    kind = target.partition(":")[0] if ":" in target else ""
    csv.writer(out, lineterminator=eol).writerow([number, target, day.isoformat(), "", "", NOTES.get(kind, "bài")])
    between = "" if book.data.endswith((b"\n", b"\r")) else eol
    return number, book.data + (between + out.getvalue()).encode()


def _line_end(data: bytes) -> str:
    return "\r\n" if data.rstrip(b" ").endswith(b"\r\n") or data.count(b"\r\n") * 2 > data.count(b"\n") else "\n"


def _renumber(project: Project, book: Book, entry: Entry) -> Text:
    first = next(other for other in book.entries if other.number == entry.number)
    if first.target == entry.target:
        raise ContentError(
            f"{FILE}: dòng {first.place.line} và {entry.place.line} cùng là số {entry.number} của `{entry.target}`. "
            "Xóa một trong hai dòng.",
            f"{FILE}: lines {first.place.line} and {entry.place.line} both give {entry.number} to `{entry.target}`. "
            "Delete one of them.",
        )
    number = next_number({other.number for other in book.entries} | former_numbers(project))
    write_whole(project.path(FILE), _with_cells(book, entry, {0: number}))
    return Text(
        f"Số {entry.number} đã thuộc `{first.target}`; `{entry.target}` nhận số mới {number}. "
        f"Giấy nào đã in `{entry.target}` với số {entry.number} thì phải in lại.",
        f"{entry.number} belongs to `{first.target}`; `{entry.target}` now has {number}. "
        f"Paper printed for `{entry.target}` with {entry.number} must be printed again.",
    )


def _with_cells(book: Book, entry: Entry, cells: dict[int, str]) -> bytes:
    """One row with other cells; the rest of it, quotes and spaces included, stays as written."""
    lines = _LINE.findall(book.data.decode())
    line = lines[entry.place.line - 1]
    body = line.rstrip("\r\n")
    written = _cells(body)
    if [cell.strip() for cell in next(csv.reader([body]), [])][:2] != [entry.number, entry.target] or len(written) != 6:
        raise ContentError(f"{FILE}:{entry.place.line}: dòng này viết khác thường, máy không dám sửa. "
                           "Viết lại trên một dòng.",
                           f"{FILE}:{entry.place.line}: this row is written in an odd way. Put it on one line.")
    for index, text in cells.items():
        written[index] = text
    lines[entry.place.line - 1] = ",".join(written) + line[len(body) :]
    return "".join(lines).encode()


def _cells(body: str) -> list[str]:
    """A row's cells as written, quotes included."""
    found, start = [], 0
    while start <= len(body):
        match = _CELL.match(body, start)
        assert match is not None  # the second half of the pattern matches anything
        found.append(match.group())
        start = match.end() + 1
    return found


def retire_number(project: Project, number: str, to: str) -> Text:
    """Fills `until`, and `moved_to` when the readers should be led on. The number's page stays for ever."""
    book = open_book(project)
    rows = [entry for entry in book.entries if entry.number == number]
    if not rows:
        raise _unknown_number(number, [entry.number for entry in book.entries])
    if len(rows) > 1:
        raise ContentError(f"Số {number} đang cấp cho hai bài. Chạy `hocso qr add {rows[-1].target}` trước.",
                           f"{number} is taken twice. Run `hocso qr add {rows[-1].target}` first.")
    entry = rows[0]
    _refuse_second_time(entry, to)
    known = known_targets(Matter(project, read_handbook(project)))
    _refuse_bad_way(book, entry, to, known)
    day = entry.until or history.today(project.root).isoformat()
    write_whole(project.path(FILE), _with_cells(book, entry, {3: day, 4: to}))
    return _told(book, entry, to, known)


def _unknown_number(number: str, known: Sequence[str]) -> UsageError:
    likely = likely_numbers(number, list(known))
    wrong = ("", "") if is_number(number) else (" Số này sai chữ số kiểm tra.", " Its check digit is wrong.")
    hint = (f" Có phải {' hay '.join(likely[:3])} không?", f" Did you mean {' or '.join(likely[:3])}?")
    return UsageError(f"Không có số `{number}` trong sổ mã.{wrong[0]}{hint[0] if likely else ''}",
                      f"There is no number `{number}` in the ledger.{wrong[1]}{hint[1] if likely else ''}")


def _refuse_second_time(entry: Entry, to: str) -> None:
    """`until` and `moved_to` are filled once each; a place to go may still be added later."""
    if entry.moved_to or (entry.until and not to):
        led = (f", chuyển tới `{entry.moved_to}`", f" and leads to `{entry.moved_to}`") if entry.moved_to else ("", "")
        raise UsageError(f"Số {entry.number} đã thôi dùng từ {entry.until}{led[0]}; không đổi được nữa.",
                         f"{entry.number} was retired on {entry.until}{led[1]}; that cannot be changed.")


def _refuse_bad_way(book: Book, entry: Entry, to: str, known: set[str]) -> None:
    if not to:
        return
    if to not in known:
        raise _unknown_target(to, known, "--to: ")
    if to == entry.target and not [row for row in book.alive(to) if row.number != entry.number]:
        raise UsageError(f"Số {entry.number} không thể chuyển tới chính nó; `{to}` chưa có số nào khác.",
                         f"{entry.number} cannot lead to itself; `{to}` has no other number.")


def _told(book: Book, entry: Entry, to: str, known: set[str]) -> Text:
    leads = (f"trang của số ấy dẫn tới `{to}`", f"its page leads to `{to}`") if to else (
        "trang của số ấy chỉ chỗ để hỏi", "its page says whom to ask")
    others = [row for row in book.alive(entry.target) if row.number != entry.number]
    if entry.target not in known or others or ":" in entry.target:
        return Text(f"Số {entry.number} thôi dùng; {leads[0]}.", f"{entry.number} is retired; {leads[1]}.")
    return Text(
        f"Số {entry.number} thôi dùng; {leads[0]}. `{entry.target}` vẫn còn trong content: bỏ thư mục ấy đi, "
        f"hoặc `hocso qr add {entry.target}` nếu muốn có số mới.",
        f"{entry.number} is retired; {leads[1]}. `{entry.target}` is still in content/: take its folder out, "
        f"or run `hocso qr add {entry.target}` for a new number.",
    )
