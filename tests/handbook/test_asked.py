"""What may be guessed: a table of all values, so that a new key says to which kind it belongs.

OPEN     any words: nothing to guess
SPELLED  a name that means nothing else than the one it is near: `--fix` mends a wrong letter
NAMED    a thing of the book by its name: asked as a question, written only where accents and capitals differ
ASKED    another word would mean something else: what may stand there is listed, nothing is suggested, nothing written
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import main
from generator.commands.fix import fix_project
from generator.ground.files import Project, Source, find_project, fold
from generator.ground.findings import Finding, Place, Text
from generator.handbook import editions, keys, registries, visits
from generator.handbook.fields import CONVERT, read_keys
from generator.handbook.mistakes import MOST_LISTED, listed
from generator.handbook.yaml_tree import read_yaml
from tests.broken import COMMUNE, LEDGER, WIFI, copy_base, findings_of
from tests.projects import edit, make_project, snapshot
from tests.rules import said_rules, sayings

ASKED, NAMED, SPELLED, OPEN = "asked", "named", "spelled", "open"

KEYS: dict[str, dict[str, str]] = {
    # Table → class → its keys.
    "LESSON_KEYS": {ASKED: "phút, đơn vị, trạng thái, rà soát, duyệt, phim, thay đổi",
                    NAMED: "cho, cần học trước, hình",
                    SPELLED: "khung", OPEN: "cần xác nhận, đã rõ, nguồn, ảnh đã xem, tìm"},
    "ALERT_KEYS": {ASKED: "từ ngày, đến ngày, đơn vị", NAMED: "bài"},
    "EDITION_KEYS": {
        ASKED: "tên, mã, địa chỉ trang, đơn vị dưới, ứng dụng địa phương, cổng, zalo oa, trang, "
               "truyền thanh, trợ lý ảo, điểm học, giúp đỡ, ngân hàng, giọng",
        NAMED: "bài thêm, cấp trên", OPEN: "mô hình, lịch báo cáo"},
    "HANDBOOK_KEYS": {OPEN: "tên, phần, đối tượng, lộ trình, phiếu chọn bài, mong muốn"},
    "PART_KEYS": {OPEN: "mã, tên, tên bìa", NAMED: "bài"},
    "PATH_KEYS": {OPEN: "mã, tên", NAMED: "cho, bài", ASKED: "phút"},
    "SIGNPOST_KEYS": {OPEN: "hỏi", NAMED: "đến, nếu không"},
    "WISH_KEYS": {OPEN: "muốn", NAMED: "bài"},
    "DEMAND_KEYS": {OPEN: "mã, nhóm, cần, lý do", NAMED: "đáp ứng"},
    "TERM_KEYS": {OPEN: "từ, nghĩa, còn gọi", ASKED: "thay"},
    "PLATFORM_KEYS": {OPEN: "tên, loại", ASKED: "địa chỉ, chủ quản, phạm vi, kiểm tra"},
    "VISIT_KEYS": {ASKED: "địa chỉ, kết quả, ngày, từ, chuyển tới, các số", OPEN: "lý do"},
    "CHANNEL_KEYS": {ASKED: "tên, địa chỉ"},
    "HELP_KEYS": {ASKED: "đơn vị, điện thoại, giờ"},
    "APPROVAL_KEYS": {ASKED: "đơn vị, ngày"},
}
LISTS: dict[str, str] = {
    # Every closed list of `keys.py`.
    "STATUS_WORDS": ASKED, "ACCENTS": ASKED, "HELP_ROLES": ASKED, "VISIT_WORDS": ASKED,
    "CHANNELS": SPELLED, "FRAMES": SPELLED, "SECTIONS": SPELLED, "CARD_SECTIONS": SPELLED,
    "DEVICES": OPEN, "PICTURE_SUFFIXES": OPEN, "PHONE_SUFFIXES": OPEN,
}
RULES: dict[str, str] = {
    # Every rule that names one word as the one that was meant.
    "key.unknown": SPELLED, "section.unknown": SPELLED,
    "name.audience": NAMED, "name.path": NAMED, "name.topic": NAMED, "demand.answer": NAMED,
    "screen.unknown-kind": NAMED, "slug.shape": NAMED, "drawing.missing": NAMED, "drawing.piece": NAMED,
    "edition.parent": NAMED,  # where it is called so, never where a letter is wrong
    "clip.act": NAMED, "clip.picture": NAMED, "clip.scene": NAMED,
}


def tables() -> dict[str, tuple[keys.Key, ...]]:
    return {name: value for name, value in vars(keys).items() if name.endswith("_KEYS")}


def test_every_key_is_classified() -> None:
    told = {name: sorted(key for row in rows.values() for key in row.split(", ")) for name, rows in KEYS.items()}
    assert told == {name: sorted(key.vi for key in table) for name, table in tables().items()}


def test_every_closed_list_is_classified() -> None:
    known = {name for name, value in vars(keys).items() if name.isupper() and isinstance(value, dict | tuple)}
    assert set(LISTS) == {name for name in known if not name.endswith("_KEYS")}


def test_every_rule_that_suggests_is_classified() -> None:
    suggesting = {rule.partition("/")[0] for rule in {*said_rules(), *sayings()} if rule.endswith("/likely")}
    assert suggesting == set(RULES)


RIGHT: dict[str, tuple[str, tuple[str, ...]]] = {
    # What may stand there, by the kind of value, and around it; closed lists as a whole.
    "status": ("{}", tuple(keys.STATUS_WORDS)), "accent": ("{}", tuple(keys.ACCENTS)), "flag": ("{}", ("có", "không")),
    "date": ("{}", ("20/11/2026", "2026-11-20")), "whole": ("{}", ("15", "120")),
    "approval": ("{}", ("Công an xã, 20/11/2026",)), "changes": ("{{{}: sửa}}", ("20/11/2026",)),
    "help": ("{{{}: {{giờ: sáng}}}}", keys.HELP_ROLES), "channel": ("{{tên: '{}'}}", ("Cổng xã Mẫu",)),
    "text": ("{}", ("Công an xã Mẫu", "0220 3123 456", "11371")), "texts": ("['{}']", ("nhà văn hóa thôn Đông",)),
    "film": ("{}", ("phim.mp4", "https://vneid.gov.vn/phim")),
}
CLOSED = {"status", "accent", "flag", "help"}


def slips(word: str) -> Iterator[str]:
    """As people mistype: a letter gone, doubled, swapped, without accents, in capitals."""
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]
        yield word[:index] + word[index] + word[index:]
        yield word[:index] + word[index + 1 : index + 2] + word[index] + word[index + 2 :]
    yield from (fold(word), word.upper(), word.title(), f"{word} nhé", f"đang {word}", word.replace("/", "-"))


ASKED_KEYS = [(name, key) for name, table in tables().items() for key in table
              if key.vi in KEYS[name].get(ASKED, "").split(", ")]


def mend_of(table: str, key: keys.Key, written: str) -> list[Finding]:
    node, findings = read_yaml(Source("t.yml", f"{key.vi}: {written}\n"))
    found = read_keys(node, tables()[table], Place("t.yml"), Text("bài", "topic"))
    return [finding for finding in (*findings, *found.findings) if finding.rule != "key.missing"]


@pytest.mark.parametrize(("table", "key"), ASKED_KEYS, ids=[f"{name} {key.vi}" for name, key in ASKED_KEYS])
def test_a_slip_is_asked_and_nothing_is_written(table: str, key: keys.Key) -> None:
    told = 0
    frame, words = RIGHT[key.kind]
    for written in sorted({frame.format(slip.strip()) for word in words for slip in slips(word)}):
        for finding in mend_of(table, key, written):
            told += 1
            assert finding.edits == () and not _guesses(finding), (written, finding.fix)
            for word in words if key.kind in CLOSED else ():
                assert f"`{word}`" in finding.fix.vi and f"`{word}`" in finding.fix.en, (written, finding.fix)
    assert bool(told) is (key.kind not in ("text", "texts", "film", "channel")), "those take any words"


def _guesses(finding: Finding) -> bool:
    return bool(re.search(r"[Cc]ó phải|[Dd]id you mean", finding.fix.vi + finding.fix.en + finding.message.vi))


def test_every_kind_that_is_asked_has_its_right_values() -> None:
    assert {key.kind for _, key in ASKED_KEYS} == set(RIGHT) and set(RIGHT) < set(CONVERT)


ELSEWHERE = [
    # File, right, slips of it, and what is listed instead of being suggested.
    (COMMUNE, "cấp trên: tinh-mau", ("cấp trên: tinh-maus", "cấp trên: xa-maus"), "`tinh-mau`"),
    (COMMUNE, 'mã: "11371"', ('mã: "1137"', 'mã: "1l371"'), "mã chính thức"),
    (COMMUNE, "đơn vị dưới:", ("địa chỉ trang: http://xa.gov.vn\nđơn vị dưới:",), "https://"),
    (WIFI, "{{ đơn vị dưới }}", ("{{ don vi duoi }}", "{{ đơn vị công đoàn }}", "{{ điện thoại công a }}"),
     "`đơn vị công an`"),
    (LEDGER, "1041,", ("1047,", "1014,", "104,"), ""),
]


@pytest.mark.parametrize(("file", "right", "wrongs", "listed"), ELSEWHERE, ids=[row[1] for row in ELSEWHERE])
def test_what_other_readers_ask(
    tmp_path: Path, file: str, right: str, wrongs: tuple[str, ...], listed: str
) -> None:
    for index, wrong in enumerate(wrongs):
        root = copy_base(tmp_path / str(index))
        edit(root, file, right, wrong)
        findings = [finding for finding in findings_of(root) if finding.place.file == file]
        assert findings and not any(finding.edits or _guesses(finding) for finding in findings), wrong
        assert any(listed in finding.fix.vi for finding in findings), wrong
        if file == LEDGER:
            assert not any("1041" in f.message.vi + f.fix.vi for f in findings if f.rule == "ledger.check-digit")


TYPED = [
    # On the command line nothing is done and nothing suggested either.
    (("build", "--edition", "xa-dai-so"), "`xa-dai-son`, `"), (("build", "--editions", "hai-duong"), "`hai-phong`, "),
    (("qr", "retire", "1047"), "qr/ledger.csv"),
]


@pytest.mark.parametrize(("words", "told"), TYPED, ids=[" ".join(row[0]) for row in TYPED])
def test_a_place_or_number_on_the_command_line_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    root = make_project(tmp_path, commit=True)
    assert main(["-C", str(root), *words]) == 2
    said = capsys.readouterr().err
    assert told in said and "Có phải" not in said


WHOLE = [
    ("content/topics/quet-ma-qr/index.md", (
        ("trạng thái: nháp", "trạng thái: đang duyệt"), ("rà soát: 20/11/2026", "rà soát: 11-12-2026"),
        ("phút: 15", "phút: 15p"))),
    ("content/editions/xa-dai-son.yml", (
        ("cấp trên: hai-phong", "cấp trên: hai-duong"), ("  công an:", "  Công An:"), ('mã: ""', 'mã: "1137l"'))),
    ("content/glossary.yml", (("  nghĩa: mã số dùng", "  thay: ko\n  nghĩa: mã số dùng"),)),
]


@pytest.mark.parametrize(("file", "swaps"), WHOLE, ids=[row[0] for row in WHOLE])
def test_fix_leaves_all_of_them_to_a_person(tmp_path: Path, file: str, swaps: tuple[tuple[str, str], ...]) -> None:
    project: Project = find_project(make_project(tmp_path))
    for right, wrong in swaps:
        edit(project.root, file, right, wrong)
    before = snapshot(project.root)
    assert fix_project(project) == [] and snapshot(project.root) == before


def test_a_long_list_is_cut_and_begins_with_the_likest() -> None:
    told = listed("xa-51", [f"xa-{number}" for number in range(100)])
    assert told.startswith("`xa-51`, ") and told.endswith(", …") and told.count("`") == 2 * MOST_LISTED
    assert listed("x" * 100_000, ["a"]) == "`a`"


def test_readers_of_registers_are_those_of_the_table() -> None:
    """A module that learns to read another closed list brings its table with it."""
    for module in (editions, registries, visits):
        named = set(re.findall(r"keys\.([A-Z_]+_KEYS)", Path(module.__file__ or "").read_text("utf-8")))
        assert named and named <= set(KEYS)
