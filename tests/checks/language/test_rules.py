"""Every rule of plain language against its table of cases: `<rule>.md` beside this file.

A case is a heading, a fence with what stands in the topic, and what the rule says: `- LỖI rule: words there`
or `- nhắc rule: words there`, the words as they stand at the finding's place; `- không có gì` when it is right.
A line of the fence is `place: text`; places are the keys of `PLACES`, a place named twice gets two lines,
`tệp content/x.yml: text` adds a line to a file, and what is not named stays as it is in `PLACES`.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.checks import language as rules
from generator.checks.looking.matter import Matter
from generator.ground.files import Project
from generator.ground.findings import Finding
from generator.handbook.read import read_handbook

HERE = Path(__file__).parent
FEWEST_CASES = 8
TOPIC = "content/topics/mot-bai/index.md"
TODAY = "1795000000"
"""18 November 2026."""

PLACES = {
    "cho": "mọi người",
    "rà soát": "01/11/2026",
    "đầu trang": "",
    "tên bài": "Xem giờ trên máy",
    "mục tiêu": "**Học xong, bà con** xem được giờ.",
    "mở đầu": "Máy nào cũng có giờ.",
    "chuẩn bị": "- Máy còn pin.",
    "lời dặn": "",
    "bước": "Nhìn góc trên.",
    "dưới bước": "",
    "màn hình": "",
    "hình": "",
    "thực hành": "Bác đọc giờ cho người bên cạnh nghe.",
    "lỗi": "- **Màn hình tối:** bấm nút nguồn.",
    "an toàn": "- Không để máy ướt.",
    "nhớ": "- Nhìn góc trên.\n- Đọc số.\n- Hỏi người bên cạnh.",
    "hỏi": "Giờ ở đâu?",
    "đúng": "Góc trên.",
    "sai": "Góc dưới.",
    "vì sao": "Góc trên có giờ.",
    "phim": "| nhớ | Nhìn góc trên. |",
    "học tiếp": "",
    "hướng dẫn": "Ngồi gần cửa sổ.",
}
PAGE = """---
phút: 5
cho: {cho}
đơn vị: Phòng Văn hóa - Xã hội
trạng thái: nháp
rà soát: {rà soát}
{đầu trang}
---

# {tên bài}

{mục tiêu}

{mở đầu}

## Chuẩn bị

{chuẩn bị}

## Các bước

1. Cầm máy lên.

{lời dặn}

2. {bước}
{dưới bước}

{màn hình}

{hình}

3. Đọc số.

## Thực hành

{thực hành}

## Lỗi hay gặp

{lỗi}

## An toàn

{an toàn}

## Nhớ 3 điều

{nhớ}

## Tự kiểm tra

**Biết.** {hỏi}

- [x] {đúng}
- [ ] {sai}

> {vì sao}

**Hiểu.** Máy tối thì làm gì?

- [x] Bấm nút nguồn.
- [ ] Lắc máy.

> Nút nguồn làm máy sáng lên.

**Dùng.** Xem giờ, đọc to.

- [ ] Tôi đã làm được

## 1 phút học số

| Hình | Lời |
|---|---|
{phim}

## Học tiếp

{học tiếp}

## Cho người hướng dẫn

- 5 phút: bà con tự xem giờ

{hướng dẫn}
"""
FILES = {
    "mkdocs.yml": "site_name: Thử\nsite_url: https://hocso.example/\n",
    "qr/ledger.csv": "number,target,since,until,moved_to,note\n1041,mot-bai,2026-11-20,,,bài\n",
    "content/index.md": "# Học số\n\nChào bà con!\n",
    "content/handbook.yml": """tên: Học số
phần:
  - mã: mot
    tên: Một
    bài: [mot-bai]
đối tượng:
  mọi người: bà con
  nông dân: bà con
  cán bộ: ""
  đảng viên: ""
""",
    "content/glossary.yml": """- từ: mã OTP
  nghĩa: mã số dùng một lần, ngân hàng gửi để mình xác nhận
  còn gọi: [OTP]
- từ: mã PIN
  nghĩa: mã số riêng để mở máy, mở thẻ
  còn gọi: [PIN]
- từ: ứng dụng
  nghĩa: phần mềm có hình nhỏ trên màn hình
- từ: kho ứng dụng
  nghĩa: nơi chính thức để tải ứng dụng
- từ: trình duyệt
  nghĩa: ứng dụng để xem trang trên mạng
- từ: xác thực
  nghĩa: chứng minh đúng là mình
  thay: có
- từ: thư điện tử
  nghĩa: thư gửi qua mạng
  còn gọi: [email]
""",
    "content/platforms.yml": """- tên: VNeID
  địa chỉ: https://vneid.gov.vn
  chủ quản: Bộ Công an
  phạm vi: cả nước
""",
    "content/editions/viet-nam.yml": "tên: Việt Nam\nđơn vị dưới: thôn\n",
}
_CASE = re.compile(
    r"(?P<title>[^\n]+)\n+```\n(?P<written>.*?)\n?```\n+(?P<findings>(?:- [^\n]+\n*)+)", re.DOTALL
)


@dataclass(frozen=True)
class Case:
    rule: str
    title: str
    written: str
    expected: tuple[str, ...]


def read_cases(file: Path) -> Iterator[Case]:
    for part in file.read_text("utf-8").split("\n## ")[1:]:
        match = _CASE.fullmatch(part)
        assert match, f"{file.name}: {part[:60]!r} is no case"
        findings = tuple(line[2:] for line in match["findings"].strip().splitlines())
        yield Case(file.stem, match["title"], match["written"], () if findings == ("không có gì",) else findings)


CASES = [case for file in sorted(HERE.glob("*.md")) for case in read_cases(file)]
RULES = {module.__name__.rsplit(".", 1)[-1] for module in map(importlib.import_module, (
    check.__module__ for check in rules.PLAIN_RULES))}


def build(case: Case, root: Path) -> Project:
    places: dict[str, str] = {}
    files = dict(FILES)
    for line in case.written.splitlines():
        name, _, text = line.partition(": ")
        if name.startswith("tệp "):
            file = name.removeprefix("tệp ")
            files[file] = files.get(file, "") + text + "\n"
            continue
        assert name in PLACES, f"{case.title}: there is no place {name!r}"
        places[name] = f"{places[name]}\n{text}" if name in places else text
    page = re.sub(r"\{([^{}\n]+)\}", lambda match: {**PLACES, **places}[match[1]], PAGE)
    for file, text in {**files, TOPIC: page}.items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Project(root)


def told(finding: Finding, matter: Matter) -> tuple[str, str]:
    """Severity and rule, and the words at the finding's place."""
    line = matter.reading.texts[finding.place.file].lines[finding.place.line - 1]
    word = {"error": "LỖI", "warning": "nhắc"}[finding.severity]
    return f"{word} {finding.rule}", line[finding.place.column - 1 :]


@pytest.mark.parametrize("case", CASES, ids=[f"{case.rule}: {case.title}" for case in CASES])
def test_rule(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    project = build(case, tmp_path)
    reading = read_handbook(project)
    assert [finding for finding in reading.findings if finding.severity == "error"] == []
    matter = Matter(project, reading)
    module = importlib.import_module(f"generator.checks.language.{case.rule}")
    check: Callable[[Matter], Iterator[Finding]] = module.check
    found = [told(finding, matter) for finding in check(matter)]
    assert len(found) == len(case.expected), found
    for (rule, words), expected in zip(found, case.expected, strict=True):
        name, _, start = expected.partition(": ")
        assert rule == name
        assert words.startswith(start)


def test_every_rule_has_its_table() -> None:
    counts = {rule: sum(case.rule == rule for case in CASES) for rule in RULES}
    assert {rule: count for rule, count in counts.items() if count < FEWEST_CASES} == {}
    assert {case.rule for case in CASES} == RULES


def test_tables_hold_right_sentences_too() -> None:
    """Sentences that look wrong and are right: without them a rule could say anything."""
    right = {case.rule for case in CASES if not case.expected}
    wrong = {case.rule for case in CASES if case.expected}
    assert right == RULES == wrong
