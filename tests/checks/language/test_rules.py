"""Every rule of plain language against its table of cases: `<rule>.md` beside this file.

A case is a heading, a fence with what stands in the topic, and what the rule says: `- LỖI rule: words there`
or `- nhắc rule: words there`, the words as they stand at the finding's place, then what is wrong and how to mend it,
in English too where a rule speaks for the first time in its file; `- không có gì` when it is right.
A line of the fence is `place: text`; places are the keys of `PLACES`, a place named twice gets two lines,
`tệp content/x.yml: text` adds a line to a file, and what is not named stays as it is in `PLACES`.
`pytest --update tests/checks/language/test_rules.py` writes what the rules say now; read it in the diff.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.checks import RULES as ALL_RULES
from generator.checks.looking.matter import Matter
from generator.ground.files import Project
from generator.ground.findings import Finding
from generator.handbook.read import read_handbook
from tests.rules import ROOT, all_rules

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
_CASE = re.compile(r"(?P<title>[^\n]+)\n+```\n(?P<written>.*?)\n?```\n+(?P<told>- .+?)\n*", re.DOTALL)
_RULE = re.compile(r"^- (?:LỖI|nhắc) ([a-z.-]+): (.*)$", re.MULTILINE)
RIGHT = "- không có gì"


@dataclass(frozen=True)
class Case:
    rule: str
    title: str
    written: str
    expected: str
    met: frozenset[str]
    """Rules that spoke in the cases above, in English too."""

    @property
    def words(self) -> list[str]:
        return [words for _, words in _RULE.findall(self.expected)]


def read_cases(file: Path) -> Iterator[Case]:
    met: frozenset[str] = frozenset()
    for part in file.read_text("utf-8").split("\n## ")[1:]:
        match = _CASE.fullmatch(part)
        assert match, f"{file.name}: {part[:60]!r} is no case"
        yield Case(file.stem, match["title"], match["written"], match["told"], met)
        met |= {rule for rule, _ in _RULE.findall(match["told"])}


CASES = [case for file in sorted(HERE.glob("*.md")) for case in read_cases(file)]
FOLDER = "generator.checks.language."
RULES = {rule.__module__.removeprefix(FOLDER) for rule in ALL_RULES if rule.__module__.startswith(FOLDER)}


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


def told(case: Case, found: Sequence[Finding], matter: Matter) -> str:
    """What the table should say; of the words at a finding's place as many as it says now, if they are right."""
    lines, met = [], set(case.met)
    for finding, words in zip(found, [*case.words, *[""] * len(found)], strict=False):
        line = matter.reading.texts[finding.place.file].lines[finding.place.line - 1][finding.place.column - 1 :]
        word = {"error": "LỖI", "warning": "nhắc"}[finding.severity]
        lines.append(f"- {word} {finding.rule}: {words if words and line.startswith(words) else line}")
        lines += [f"  sai: {finding.message.vi}", f"  sửa: {finding.fix.vi}"]
        if finding.rule not in met:
            lines += [f"  wrong: {finding.message.en}", f"  mend: {finding.fix.en}"]
        met.add(finding.rule)
    return "\n".join(lines) or RIGHT


def rewrite(case: Case, now: str) -> None:
    file = HERE / f"{case.rule}.md"
    before, title, after = file.read_text("utf-8").partition(f"\n## {case.title}\n")
    file.write_text(before + title + after.replace(case.expected, now, 1), "utf-8")


@pytest.mark.parametrize("case", CASES, ids=[f"{case.rule}: {case.title}" for case in CASES])
def test_rule(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    project = build(case, tmp_path)
    reading = read_handbook(project)
    assert [finding for finding in reading.findings if finding.severity == "error"] == []
    matter = Matter(project, reading)
    module = importlib.import_module(f"generator.checks.language.{case.rule}")
    check: Callable[[Matter], Iterator[Finding]] = module.check
    now = told(case, list(check(matter)), matter)
    if now != case.expected and pytestconfig.getoption("--update"):
        rewrite(case, now)
    else:
        assert now == case.expected


def test_every_rule_speaks_in_its_table() -> None:
    """A rule that no case provokes could say anything."""
    spoken = {rule for case in CASES for rule, _ in _RULE.findall(case.expected)}
    folder = ROOT / FOLDER.replace(".", "/")
    assert spoken == {rule for rule in all_rules() for file in folder.glob("*.py")
                      if re.search(rf'"{re.escape(rule)}"', file.read_text("utf-8"))}


def test_every_rule_has_its_table() -> None:
    counts = {rule: sum(case.rule == rule for case in CASES) for rule in RULES}
    assert {rule: count for rule, count in counts.items() if count < FEWEST_CASES} == {}
    assert {case.rule for case in CASES} == RULES


def test_tables_hold_right_sentences_too() -> None:
    """Sentences that look wrong and are right: without them a rule could say anything."""
    right = {case.rule for case in CASES if case.expected == RIGHT}
    wrong = {case.rule for case in CASES if case.expected != RIGHT}
    assert right == RULES == wrong
