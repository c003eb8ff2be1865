"""`hocso proof`: reads finished papers and codes as a stranger would, with the ledger as the only witness."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import ContentError, ProofError, UsageError
from generator.files import Project, read_source, walk_files
from generator.findings import Finding, Text
from generator.handbook.ledger import FILE, is_number, read_ledger
from generator.handbook.model import Entry
from generator.press import binder, proof

FOLDERS = ("print", "qr")
KINDS = (".pdf", ".png")
NAMED = re.compile(r"bài số\s+(\d{4,6})\b", re.IGNORECASE)
FOLDED = "-fold.pdf"
"""Sheets to fold: a booklet's last leaf may be empty on them."""


@dataclass
class Report:
    """What was looked at and what was wrong."""

    ledger: Mapping[str, Entry]
    files: int = 0
    pages: int = 0
    codes: int = 0
    problems: list[str] = field(default_factory=list)

    def add(self, where: str, vi: str, en: str, page: int = 0) -> None:
        on_page = Text(f", trang {page}", f", page {page}") if page else ""
        self.problems.append(f"✗ {where}{on_page}: {Text(vi, en)}")


def prove_files(project: Project, paths: Sequence[Path]) -> tuple[str, int]:
    """Every PDF and PNG below the paths; without paths, what `dist/` holds for print."""
    files = list(_wanted(project, paths))
    report = Report(_read_ledger(project))
    for path in files:
        _prove(report, path, _name(project, path))
    end = Text(
        f"Đã soát {report.files} tệp, {report.pages} trang, {report.codes} mã QR, mỗi mã bằng hai máy đọc: "
        f"{len(report.problems)} lỗi.",
        f"Proved {report.files} files, {report.pages} pages, {report.codes} QR codes, each with two decoders: "
        f"{len(report.problems)} errors.",
    )
    return "\n".join([*report.problems, str(end)]), 1 if report.problems else 0


def _wanted(project: Project, paths: Sequence[Path]) -> Iterator[Path]:
    dist = project.path("dist")
    trees = [dist, *sorted(dist.glob("editions/*"))]
    folders = list(paths) or [folder for tree in trees for name in FOLDERS if (folder := tree / name).is_dir()]
    if not folders:
        raise UsageError("Chưa có gì trong dist để soát. Gõ `make` trước, hoặc ghi tên tệp.",
                         "There is nothing in dist to prove. Run `make` first, or name a file.")
    for path in folders:
        found = path if path.exists() else project.path(str(path))
        if found.is_dir():
            yield from (file for file in walk_files(found) if file.suffix.lower() in KINDS)
        elif found.is_file():
            yield found
        else:
            raise UsageError(f"Không có tệp hay thư mục {path}.", f"There is no file or folder {path}.")


def _read_ledger(project: Project) -> dict[str, Entry]:
    source = read_source(project.root, FILE)
    entries, findings = ((), [source]) if isinstance(source, Finding) else read_ledger(source)
    if findings:
        first = findings[0]
        raise ContentError(f"{FILE}:{first.place.line}: {first.message.vi} Chưa soát được gì.",
                           f"{FILE}:{first.place.line}: {first.message.en} Nothing was proved.")
    return {entry.number: entry for entry in reversed(entries)}


def _name(project: Project, path: Path) -> str:
    try:
        return path.absolute().relative_to(project.root).as_posix()
    except ValueError:
        return path.as_posix()


def _prove(report: Report, path: Path, name: str) -> None:
    """One file; whatever is wrong with it is a line of the report."""
    report.files += 1
    try:
        data = path.read_bytes()
        if data.startswith(b"\x89PNG"):
            _prove_picture(report, data, name)
        elif b"%PDF-" in data[:1024]:
            _prove_pdf(report, data, name)
        else:
            report.add(name, "không phải tệp PDF hay PNG", "is neither a PDF nor a PNG")
    except ProofError as problem:
        report.add(name, problem.text.vi, problem.text.en)
    except OSError as problem:
        report.add(name, f"không đọc được: {problem.strerror}", f"cannot be read: {problem.strerror}")
    except Exception as problem:  # a stranger's PDF may be broken in ways its readers have no name for
        report.add(name, f"hỏng, không đọc hết được ({type(problem).__name__})",
                   f"is broken and cannot be read to its end ({type(problem).__name__})")


def _prove_picture(report: Report, data: bytes, name: str) -> None:
    readings = proof.read_image_codes(data, proof.BOTH)
    numbers = _prove_codes(report, readings, name, {})
    stem = Path(name).stem
    if is_number(stem) and numbers.get(1, set()) != {stem}:
        found = ", ".join(sorted(numbers.get(1, set()))) or "—"
        report.add(name, f"phải có một mã của số {stem}, đọc được: {found}",
                   f"must hold one code, of {stem}; read: {found}")


def _prove_pdf(report: Report, data: bytes, name: str) -> None:
    pages = binder.page_count(data)
    report.pages += pages
    if pages == 0:
        report.add(name, "không có trang nào", "has no pages")
        return
    texts = {page: _plain(proof.page_text(data, page)) for page in range(1, pages + 1)}
    numbers = _prove_codes(report, proof.read_codes(data, decoders=proof.BOTH), name, texts)
    for page, text in texts.items():
        _prove_names(report, name, page, text, numbers.get(page, set()))
    if not name.endswith(FOLDED):
        for page in proof.empty_pages(data):
            report.add(name, "trang trắng", "is empty", page)
    for outside in proof.text_outside(data):
        report.add(name, f"chữ “{outside.text.strip()}” lọt ra ngoài mép giấy",
                   f"“{outside.text.strip()}” lies beyond the paper's edge", outside.page)
    for font in binder.embedded_fonts(data):
        if not font.embedded:
            report.add(name, f"phông {font.name} không nằm trong tệp", f"the font {font.name} is not embedded")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _prove_codes(
    report: Report, readings: Sequence[proof.Reading], name: str, texts: Mapping[int, str]
) -> dict[int, set[str]]:
    """Each payload of each page once; gives the numbers seen on every page."""
    seen: dict[tuple[int, str], set[str]] = {}
    for reading in readings:
        seen.setdefault((reading.page, reading.payload), set()).add(reading.decoder)
    numbers: dict[int, set[str]] = {}
    for (page, payload), decoders in sorted(seen.items()):
        report.codes += 1
        for decoder in sorted(set(proof.BOTH) - decoders):
            report.add(name, f"{decoder} không đọc được mã {payload}", f"{decoder} cannot read the code {payload}",
                       page if texts else 0)
        number = payload.rsplit("/", 1)[-1]
        if is_number(number):
            numbers.setdefault(page, set()).add(number)
        _prove_payload(report, name, page if texts else 0, payload, texts.get(page))
    return numbers


def _prove_payload(report: Report, name: str, page: int, payload: str, text: str | None) -> None:
    """A code of ours is in the ledger; any code on paper has its address printed, letter for letter."""
    number = payload.rsplit("/", 1)[-1]
    if number.isdigit() and number not in report.ledger:
        report.add(name, f"mã {payload}: số {number} không có trong sổ mã",
                   f"the code {payload}: {number} is not in the ledger", page)
    if text is None and not number.isdigit():
        report.add(name, f"mã {payload} không dẫn tới số bài nào", f"the code {payload} leads to no number", page)
    if text is not None and _run_together(payload) not in _run_together(text):
        report.add(name, f"mã {payload} mà không in địa chỉ ấy", f"the code {payload} without that address in print",
                   page)


def _run_together(text: str) -> str:
    """Without spaces and line ends: a long address may be broken over two lines."""
    return re.sub(r"\s+", "", text)


def _prove_names(report: Report, name: str, page: int, text: str, coded: set[str]) -> None:
    named = set(NAMED.findall(text))
    for number in sorted(named - report.ledger.keys()):
        report.add(name, f"chữ “bài số {number}”, mà sổ mã không có số ấy",
                   f"the words “bài số {number}”, and the ledger has no such number", page)
    for number in sorted(coded - named if named else ()):
        report.add(name, f"mã của số {number}, mà chữ in ghi bài số {', '.join(sorted(named))}",
                   f"a code of {number}, while the words name {', '.join(sorted(named))}", page)
