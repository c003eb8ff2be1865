from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.checks import run_checks
from generator.commands.fix import fix_project
from generator.ground.files import Project, find_project
from generator.ground.findings import Finding
from generator.handbook.read import read_handbook
from tests.projects import PIXEL, edit, make_project, put, snapshot
from tests.rules import MENDED, rules_with_edits, told_rules

pytestmark = pytest.mark.long
TOPIC = "content/topics/quet-ma-qr/index.md"
BYTE_MARK = b"\xef\xbb\xbf"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return find_project(make_project(tmp_path))


def findings(project: Project) -> list[Finding]:
    reading = read_handbook(project)
    return [*reading.findings, *run_checks(project, reading)]


def errors(project: Project) -> list[str]:
    return [finding.rule for finding in findings(project) if finding.severity == "error"]


def fixed(project: Project) -> list[str]:
    return [told.en for told in fix_project(project)]


def test_our_own_content_needs_no_mending(project: Project) -> None:
    before = snapshot(project.root)
    assert fixed(project) == []
    assert snapshot(project.root) == before
    assert not list(project.private.glob("fix-*"))


MENDS = [
    (TOPIC, "phút: 15", "phut: 15", None),
    (TOPIC, "phút: 15", "Phút: 15", None),
    (TOPIC, "cần xác nhận:", "can xac nhan:", None),
    (TOPIC, "cần xác nhận:", "cần xác nhân:", None),
    (TOPIC, "nguồn:", "nguôn:", None),
    (TOPIC, "đơn vị:", "đơn vịi:", None),
    (TOPIC, "digcomp:", "digicomp:", None),
    (TOPIC, "  - tên và chỗ hình quét mã trong Zalo", "  - Zalo: chỗ: hình quét", '  - "Zalo: chỗ: hình quét"'),
    (TOPIC, "  - tên và chỗ hình quét mã trong Zalo", "  - Zalo:  hình quét # xem", '  - "Zalo:  hình quét" # xem'),
    (TOPIC, "  - tên và chỗ hình quét mã trong Zalo", '  - Zalo: "hình"', '  - "Zalo: hình"'),
    (TOPIC, "cho: mọi người", "cho: Moi nguoi", None),
    (TOPIC, "cho: mọi người", 'cho: "Moi nguoi"', 'cho: "mọi người"'),
    (TOPIC, "cho: mọi người", "cho: [nông dân, moi nguoi]", "cho: [nông dân, mọi người]"),
    (TOPIC, "## Lỗi hay gặp", "## Loi hay gap", None),
    (TOPIC, "## Tự kiểm tra", "## Tự kiểm tr", None),
    (TOPIC, "3. Chờ đường", "7. Chờ đường", None),
    (TOPIC, "../tranh-lua-dao/index.md", "../Tranh-Lua-Dao/Index.md", None),
    (TOPIC, "\n## Lỗi hay gặp", "\n![bác cầm tờ rơi](To-Roi.PNG)\n\n## Lỗi hay gặp",
     "\n![bác cầm tờ rơi](to-roi.png)\n\n## Lỗi hay gặp"),
    (TOPIC, "- Khăn mềm lau", "- Khăn\u00a0mềm\u200b lau", None),
    (TOPIC, "giữ yên.\n", "giữ yên. \n", None),
    (TOPIC, "giữ yên.\n", "giữ yên.\t\n", None),
    (TOPIC, "phút: 15\n", "phút: 15  \n", None),
    (TOPIC, "ứng dụng: Máy ảnh\n", "ung dung: Máy ảnh\n", None),
    ("content/editions/xa-dai-son.yml", "giúp đỡ:", "giup do:", None),
    ("content/editions/xa-dai-son.yml", "    điện thoại:", "    dien thoai:", None),
    ("content/editions/xa-dai-son.yml", "lịch báo cáo:\n", "bài thêm: [Quet-Ma-QR]\nlịch báo cáo:\n",
     "bài thêm: [quet-ma-qr]\nlịch báo cáo:\n"),
    ("content/editions/xa-dai-son.yml", "trước ngày 25", "nộp: trước ngày 25", '"nộp: trước ngày 25 hằng tháng"'),
    ("content/handbook.yml", "đối tượng:\n", "doi tuong:\n", None),
    ("content/handbook.yml", "bài: [quet-ma-qr]", "bài: [Quet-Ma-QR]", None),
    ("content/glossary.yml", "  nghĩa: mã số dùng", "  nghia: mã số dùng", None),
    ("content/platforms.yml", "  phạm vi: cả nước", "  phạm vi : cả nước ", None),
]


@pytest.mark.parametrize(("file", "right", "wrong", "expected"), MENDS, ids=[case[2].strip()[:30] for case in MENDS])
def test_mends(project: Project, file: str, right: str, wrong: str, expected: str | None) -> None:
    """What was right becomes wrong, and `--fix` makes it right again, and nothing else."""
    put(project.root, "content/topics/quet-ma-qr/to-roi.png", PIXEL)
    clean = (project.root / file).read_text("utf-8")
    edit(project.root, file, right, wrong)
    if wrong.startswith("  phạm vi :"):
        expected = "  phạm vi : cả nước"
    told = fixed(project)
    assert told and all(line.startswith(file) for line in told)
    text = (project.root / file).read_text("utf-8")
    if expected is None:
        assert text == clean
    elif "nộp" in wrong:
        assert expected in text
    else:
        assert text == clean.replace(right, expected, 1)
    assert errors(project) == []
    assert fixed(project) == []


MENDED_RULES = {
    # Rule → one mistake of its kind, right and wrong.
    "yaml.colon": (TOPIC, 'đơn vị: "Sở: Khoa học"', "đơn vị: Sở: Khoa học"),
    "key.unknown": (TOPIC, "phút: 15", "phutt: 15"),
    "edition.quotes": ("content/editions/xa-dai-son.yml", 'mã: ""', "mã: “”"),
    "name.audience": (TOPIC, "cho: mọi người", "cho: MỌI người"),
    "name.topic": ("content/handbook.yml", "bài: [tranh-lua-dao]", "bài: [Tranh-lua-dao]"),
    "name.path": ("content/handbook.yml", "đến: dang-vien", "đến: Dang-Vien"),
    "section.unknown": (TOPIC, "## An toàn", "## An toan"),
    "steps.number": (TOPIC, "2. Giơ", "1. Giơ"),
    "screen.unknown-kind": (TOPIC, "ứng dụng: Máy ảnh", "Ung dung: Máy ảnh"),
    "link.case": (TOPIC, "../tranh-lua-dao/index.md", "../tranh-lua-dao/INDEX.md"),
    "approval.status": (TOPIC, "trạng thái: đã rà soát", "trạng thái: đã duyệt"),
    "image.case": (TOPIC, "![bác](to-roi.png)", "![bác](To-roi.png)"),
}


@pytest.mark.parametrize("rule", MENDED_RULES)
def test_every_mend_is_written_alike_in_both_languages(
    rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written comes from the finding's edit; its words are for people and differ."""
    told, written = [], []
    for language in ("vi", "en"):
        monkeypatch.setenv("HOCSO_LANG", language)
        project = find_project(make_project(tmp_path / language))
        clean = _with_a_place_for(project, rule)
        assert [finding.rule for finding in findings(project) if finding.edits] == [rule]
        told.append([str(line) for line in fix_project(project)])
        written.append(snapshot(project.root))
        assert written[-1] == clean
    assert told[0] != told[1] and len(told[0]) == len(told[1])
    assert written[0] == written[1]


def _with_a_place_for(project: Project, rule: str) -> dict[str, bytes]:
    """Writes what the mistake needs, takes the whole project down, then makes the mistake."""
    file, right, wrong = MENDED_RULES[rule]
    put(project.root, "content/topics/quet-ma-qr/to-roi.png", PIXEL)
    edit(project.root, TOPIC, "đơn vị: Sở Khoa học và Công nghệ", 'đơn vị: "Sở: Khoa học"')
    edit(project.root, TOPIC, "\n## Lỗi hay gặp", "\n![bác](to-roi.png)\n\n## Lỗi hay gặp")
    edit(project.root, "content/handbook.yml", "lộ trình:\n",
         "phiếu chọn bài:\n  - hỏi: Bác là đảng viên?\n    đến: dang-vien\nlộ trình:\n")
    edit(project.root, TOPIC, "trạng thái: nháp", "trạng thái: đã rà soát")
    clean = snapshot(project.root)
    edit(project.root, file, right, wrong)
    return clean


def test_every_rule_with_an_edit_has_its_row() -> None:
    assert rules_with_edits() <= set(MENDED_RULES) == {
        rule for rule in told_rules(MENDED) if not rule.startswith("letters.")}


LEFT = [
    (TOPIC, "phút: 15", "phutt_lam: 15", "nothing is near"),
    (TOPIC, "rà soát: 20/11/2026", "rà soát: 31/02/2026", "no such day"),
    (TOPIC, "rà soát: 20/11/2026", "rà soát: 11/2026", "no day"),
    (TOPIC, "phút: 15", "phút: 15\nphut: 20", "which of the two?"),
    (TOPIC, "trạng thái: nháp", "trạng thái: xong", "no such word"),
    (TOPIC, "trạng thái: nháp", "trạng thái: Nhap", "a status is asked, never guessed"),
    (TOPIC, "rà soát: 20/11/2026", "rà soát: 5-1-2026", "January or May?"),
    ("content/editions/xa-dai-son.yml", "  công an:", "  cong an:", "whom to ask is asked"),
    ("content/editions/xa-dai-son.yml", "cấp trên: hai-phong", "cấp trên: Hai-Phong", "so is the place above"),
    (TOPIC, "cho: mọi người", "cho: mọi nhà", "another audience?"),
    (TOPIC, "../tranh-lua-dao/index.md", "../tranh-lua/index.md", "another topic?"),
    (TOPIC, "giữ yên.\n", "giữ yên.  \n", "Markdown's line break"),
    (TOPIC, "## An toàn", "## Lỗi hay gap", "the section is there already"),
    ("qr/ledger.csv", "bài\n", "bài \n", "only the ledger command writes here"),
    ("mkdocs.yml", "docs_dir", "docs_dir ", "not an editor's file"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "why"), LEFT, ids=[case[3] for case in LEFT])
def test_left_alone(project: Project, file: str, right: str, wrong: str, why: str) -> None:
    edit(project.root, file, right, wrong)
    before = snapshot(project.root)
    assert fixed(project) == []
    assert snapshot(project.root) == before


def _decomposed(data: bytes) -> bytes:
    return unicodedata.normalize("NFD", data.decode()).encode()


@pytest.mark.parametrize(
    ("spoil", "count"),
    [
        (lambda data: BYTE_MARK + data, 1),
        (lambda data: data.replace(b"\n", b"\r\n"), 1),
        (lambda data: data.replace(b"\n", b"\r"), 1),
        (lambda data: _decomposed(data), 1),
        (lambda data: data.rstrip(b"\n"), 1),
        (lambda data: BYTE_MARK + _decomposed(data).replace(b"\n", b"\r\n").rstrip(), 4),
    ],
    ids=["byte mark", "windows", "old mac", "mac", "no last newline", "all"],
)
@pytest.mark.parametrize("file", [TOPIC, "content/handbook.yml", "content/index.md"])
def test_letters_and_line_ends(project: Project, file: str, spoil: Callable[[bytes], bytes], count: int) -> None:
    clean = (project.root / file).read_bytes()
    put(project.root, file, spoil(clean))
    assert len(fixed(project)) == count
    assert (project.root / file).read_bytes() == clean


def test_one_mend_uncovers_the_next(project: Project) -> None:
    """Broken YAML hides the keys, the keys hide the links: all of it is mended in one run."""
    clean = (project.root / TOPIC).read_text("utf-8")
    for right, wrong in (
        ("phút: 15", "phut: 15"),
        ("đơn vị: Sở Khoa", "don vi: Sở: Khoa"),
        ("trạng thái: nháp", "trang thai: nháp"),
        ("cho: mọi người", "cho: moi nguoi"),
        ("../tranh-lua-dao/index.md", "../Tranh-Lua-Dao/index.md"),
        ("2. Giơ", "5. Giơ"),
    ):
        edit(project.root, TOPIC, right, wrong)
    assert len(fixed(project)) >= 7
    text = (project.root / TOPIC).read_text("utf-8")
    assert text == clean.replace("đơn vị: Sở Khoa học và Công nghệ", 'đơn vị: "Sở: Khoa học và Công nghệ"')


def test_a_colon_is_mended_though_it_hid_a_broken_link(project: Project) -> None:
    edit(project.root, TOPIC, "  - tên và chỗ hình quét mã trong Zalo", "  - Zalo: chỗ: hình quét")
    edit(project.root, TOPIC, "../tranh-lua-dao/index.md", "../khong-co/index.md")
    assert fixed(project)
    assert errors(project) == ["link.broken"]


def test_bytes_that_are_no_text_stay(project: Project) -> None:
    for data in (b"\xff\xfe\x00", "phút".encode("utf-16"), b"a\0b \r\n"):
        put(project.root, TOPIC, data)
        assert fixed(project) == []
        assert (project.root / TOPIC).read_bytes() == data


@pytest.mark.wide
def test_random_damage_is_never_made_worse(project: Project) -> None:
    """Nor does any of it stop the command; a second run finds nothing to do."""
    dice = random.Random(2)
    clean = (project.root / TOPIC).read_text("utf-8")
    for _ in range(10):
        letters = list(clean)
        for _ in range(dice.randint(1, 6)):
            at = dice.randrange(min(len(letters), 1500))
            letters[at] = dice.choice(["", ":", "\n", "#", "\u00a0", "  ", "- ", "é", "`", "[", "\t", letters[at] * 2])
        put(project.root, TOPIC, "".join(letters))
        before = _badness(project)
        fix_project(project)
        assert _badness(project) <= before
        assert fixed(project) == []


def _badness(project: Project) -> tuple[int, int, int]:
    """Unreadable, unclear, untrue: what a graver finding hides counts less than the finding."""
    reading = read_handbook(project)
    read = [finding.rule for finding in reading.findings]
    blockers = sum(rule.startswith(("yaml.", "front.", "file.")) for rule in read)
    return blockers, len(read) - blockers, len(run_checks(project, reading))


def test_a_file_saved_meanwhile_is_left_alone(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(project.root, TOPIC, "phút: 15", "phut: 15")
    meanwhile = b"saved by the editor"

    import generator.commands.fix as module

    real = module._mend_findings

    def slow(trial: module.Trial) -> None:
        real(trial)
        path = project.root / TOPIC
        path.unlink()
        path.write_bytes(meanwhile)

    monkeypatch.setattr(module, "_mend_findings", slow)
    assert "left alone" in fixed(project)[0]
    assert (project.root / TOPIC).read_bytes() == meanwhile
