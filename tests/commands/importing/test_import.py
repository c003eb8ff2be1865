"""Twelve kinds of Word files, as officers have them, become lessons whose check names only what is missing."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.checks import run_checks
from generator.commands.importing.lesson import import_word
from generator.commands.new import new_topic, skeleton
from generator.ground.files import Source, find_project
from generator.handbook.keys import UNPLACED
from generator.handbook.lesson.lessons import read_topic
from generator.handbook.model import Audience, Topic
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from tests.checks.test_file_kinds import drawn
from tests.photos import photo
from tests.projects import make_project
from tests.word_files import BULLET, NUMBERED, Word

FILE = "content/topics/gui-anh/index.md"
STEPS = ("Mở Zalo.", "Chọn một người.", "Bấm hình cái ảnh.", "Bấm hình mũi tên.")


def begun(style: str = "Title") -> Word:
    return Word().line("Gửi ảnh qua Zalo", style=style)


def by_word() -> Word:
    return (begun().line("Học xong, bà con gửi được ảnh cho con cháu.").line("Ảnh gửi đi là con cháu xem được ngay.")
            .heading("Chuẩn bị").bullets("Điện thoại có mạng.").heading("Các bước").numbered(*STEPS)
            .heading("An toàn").bullets("Không gửi ảnh giấy tờ.").heading("Nhớ 3 điều")
            .numbered("Xem kỹ ảnh.", "Chọn đúng người.", "Gửi xong xem lại."))


def typed() -> Word:
    word = begun("").line("Chuẩn bị", bold=True).line("- Điện thoại có mạng.").line("Các bước thực hiện", bold=True)
    for number, step in enumerate(STEPS, 1):
        word.line(f"Bước {number}: {step}", words=step)
    return word.line("Lưu ý:", bold=True).line("+ Không gửi ảnh giấy tờ.", words="Không gửi ảnh giấy tờ.")


def shouted() -> Word:
    word = begun("").line("I. CHUẨN BỊ:").line("Điện thoại có mạng.").line("II. CÁC BƯỚC:")
    for number, step in enumerate(STEPS, 1):
        word.line(f"BƯỚC {number}. {step}", bold=True, words=step)
    return word


def bracketed() -> Word:
    word = begun("Heading1").heading("Cách làm")
    for number, step in enumerate(STEPS, 1):
        word.line(f"{number}) {step}", words=step)
    return word.heading("Thực hành").line("Bác gửi một ảnh cho người bên cạnh.")


def mixed() -> Word:
    return (begun().heading("Các bước").numbered(*STEPS[:2]).bullets("Tên người ở trên cùng.", level=1)
            .line(f"3/ {STEPS[2]}", words=STEPS[2]).line(f"Bước 4 - {STEPS[3]}", words=STEPS[3]))


def signs() -> Word:
    word = begun().heading("Chuẩn bị")
    for sign in ("\uf0b7", "•", "\uf076", "–"):
        word.line(f"{sign} Việc cần làm sẵn.", words="Việc cần làm sẵn.")
    return word.heading("Các bước").numbered(*STEPS).heading("Lỗi hay gặp").line(
        "\uf0fc Ảnh gửi chậm: chờ có mạng.", words="Ảnh gửi chậm: chờ có mạng.")


def pictured() -> Word:
    return (begun().heading("Các bước").numbered(STEPS[0])
            .picture("a.png", drawn("PNG"), "màn hình Zalo đang mở trên máy")
            .picture("b.png", drawn("PNG"), "hình thứ hai của bước này").numbered(STEPS[1])
            .picture("c.jpeg", photo(), "bác cầm máy giơ lên ngang mặt").numbered(*STEPS[2:])
            .picture("d.emf", b"\1\0\0\0 EMF", "sơ đồ gửi ảnh"))


def tables() -> Word:
    return (begun().heading("Các bước").numbered(*STEPS).heading("Lỗi hay gặp")
            .table(("Ảnh gửi chậm", "Chờ có mạng rồi gửi lại."), ("Ảnh bị mờ", "Lau ống kính rồi chụp lại."))
            .heading("1 phút học số").table(("Hình", "Lời"), ("tên bài", "Bà con ơi, ta gửi ảnh nhé."),
                                            ("bước 1", "Bác mở Zalo."), ("ảnh lạ", "Lời của ảnh lạ."))
            .heading("Giá tiền").table(("Gói", "Giá", "Hạn"), ("Một", "Mười", "Tháng")))


def tabbed() -> Word:
    return (begun().heading("Các bước").numbered(*STEPS).heading("Lỗi hay gặp")
            .line("Ảnh gửi chậm\tChờ có mạng rồi gửi lại.").line("Ảnh bị mờ\tLau ống kính rồi chụp lại."))


def noted() -> Word:
    return (begun().footnote("Ảnh gửi đi là xem được ngay.", "Theo báo năm ngoái.").heading("Các bước").numbered(*STEPS)
            .comment("Bác xem lại ảnh.", "Câu này nên chuyển lên trên."))


def tracked() -> Word:
    return (begun().heading("Các bước").numbered(*STEPS[:3])
            .changed("Bấm hình ", "cái nút cũ", "mũi tên", ".", list_of=NUMBERED)
            .changed("Gửi xong ", "thì thôi nhé", "xem lại", "."))


def libre() -> Word:
    """Styles of its own, lines broken inside a paragraph."""
    return (Word().line("Gửi ảnh qua Zalo", style="Heading1").line("CÁC BƯỚC", style="Body", bold=True)
            .line("\n".join(f"{number}. {step}" for number, step in enumerate(STEPS, 1)), style="Body",
                  words="\n".join(STEPS)).line("An toàn:", style="Body").line("Không gửi ảnh giấy tờ.", style="Body"))


def google() -> Word:
    """Everything in runs of its own, quotes curled, a document that begins with its heading."""
    word = Word().heading("Gửi ảnh qua Zalo", "Heading1").heading("Các bước", "Heading1")
    for step in STEPS:
        word.line(step[:3], list_of=NUMBERED, more=f"<w:r><w:t>{step[3:]}</w:t></w:r>", words=step)
    return word.heading("Cho người hướng dẫn", "Heading1").line("5 phút: mở đầu.", list_of=BULLET).line(
        "10 phút: “bà con” tự làm.", list_of=BULLET)


def homeless() -> Word:
    """What no lesson has room for."""
    word = begun().heading("Căn cứ pháp lý").line("Theo công văn số 15.").heading("Các bước")
    word.numbered(*(f"Làm việc thứ {number} trong bài." for number in range(1, 11)))
    word.boxed("Chữ trong khung nổi.").header = "Chữ ở đầu mỗi trang"
    word.diagram = "Chữ trong sơ đồ"
    return word


UNWRITTEN, WAITS = {"topic.unwritten"}, {"topic.unwritten", "topic.unplaced"}
FILES: dict[str, tuple[Callable[[], Word], set[str], int]] = {
    # How it was written, what check says of it, how many steps were found.
    "numbered by Word": (by_word, UNWRITTEN, 4),
    "typed": (typed, UNWRITTEN, 4),
    "in capitals": (shouted, UNWRITTEN, 4),
    "typed with brackets": (bracketed, UNWRITTEN, 4),
    "mixed": (mixed, UNWRITTEN, 4),
    "signs of other fonts": (signs, UNWRITTEN, 4),
    "pictures": (pictured, WAITS | {"image.look"}, 4),
    "tables": (tables, WAITS | {"clip.length", "clip.scenes", "clip.message"}, 4),
    "tables of tabs": (tabbed, UNWRITTEN, 4),
    "footnotes and comments": (noted, WAITS, 4),
    "tracked changes": (tracked, UNWRITTEN, 4),
    "LibreOffice": (libre, UNWRITTEN, 4),
    "Google": (google, UNWRITTEN, 4),
    "much without a place": (homeless, WAITS, 7),
}


def flat(text: str) -> str:
    """Words alone, so that marks and capitals do not matter."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("\\", "").replace("**", "")
    return " ".join(["", *re.findall(r"[^\W_]+", plain), ""])


@pytest.mark.parametrize("name", FILES)
def test_a_word_file_becomes_a_lesson(tmp_path: Path, name: str) -> None:
    write, rules, steps = FILES[name]
    word = write()
    data = word.data()
    path = tmp_path / "bài của xã.docx"
    path.write_bytes(data)
    root = find_project(make_project(tmp_path, commit=True))
    told = new_topic(root, "gui-anh", "lien-lac-va-tin", path)
    reading = read_handbook(root)
    findings = [*reading.findings, *run_checks(root, reading)]
    found = {finding.rule for finding in findings if finding.place.file.startswith("content/topics/gui-anh")}
    found -= {"step.no-screen"}  # no Word file has our drawings
    assert found == rules, [str(finding) for finding in findings if finding.rule in found - rules]
    topic = reading.handbook.topic("gui-anh")
    assert topic and topic.title.text == "Gửi ảnh qua Zalo" and len(topic.steps) == steps
    text = root.path(FILE).read_text("utf-8")
    lost = [line for line in word.said if flat(line) not in flat(f"{text}\n{told.vi}")]
    assert not lost
    assert all(gone not in text and gone in told.vi for gone in word.gone)
    assert "Nguoi Sua" not in text


def test_there_are_twelve() -> None:
    assert len(FILES) >= 12


def imported(tmp_path: Path, word: Word) -> str:
    path = tmp_path / "bai.docx"
    path.write_bytes(word.data())
    return import_word(path, "gui-anh", skeleton_text()).text


def skeleton_text() -> str:
    return skeleton("gui-anh", Audience("mọi người", "bà con"), date(2026, 11, 20))


def section(text: str, name: str) -> str:
    return text.partition(f"\n## {name}\n")[2].partition("\n## ")[0].strip()


TROUBLES = "- **Ảnh gửi chậm:** Chờ có mạng rồi gửi lại.\n- **Ảnh bị mờ:** Lau ống kính rồi chụp lại."
EXACT = {
    "troubles of a table": (tables, "Lỗi hay gặp", TROUBLES),
    "troubles of tabs": (tabbed, "Lỗi hay gặp", TROUBLES),
    "scenes": (tables, "1 phút học số", "| Hình | Lời |\n|---|---|\n| tên bài | Bà con ơi, ta gửi ảnh nhé. |\n"
                                        "| bước 1 | Bác mở Zalo. |"),
    "steps typed": (shouted, "Các bước", "\n\n".join(f"{number}. {step}" for number, step in enumerate(STEPS, 1))),
    "steps interrupted": (mixed, "Các bước", "\n\n".join(
        f"{number}. {step}" for number, step in enumerate(STEPS, 1)).replace(
            STEPS[1], f"{STEPS[1]}\n   - Tên người ở trên cùng.")),
    "pictures stay with their steps": (pictured, "Các bước",
        f"1. {STEPS[0]}\n   ![màn hình Zalo đang mở trên máy](hinh-1.png)\n\n2. {STEPS[1]}\n"
        f"   ![bác cầm máy giơ lên ngang mặt](hinh-3.jpeg)\n\n3. {STEPS[2]}\n\n4. {STEPS[3]}\n   - sơ đồ gửi ảnh"),
    "trainer": (google, "Cho người hướng dẫn", "- 5 phút: mở đầu.\n- 10 phút: “bà con” tự làm."),
    "what waits": (homeless, UNPLACED, "- **Căn cứ pháp lý**\n- Theo công văn số 15.\n- Làm việc thứ 8 trong bài.\n"
                   "- Làm việc thứ 9 trong bài.\n- Làm việc thứ 10 trong bài.\n- Chữ trong khung nổi.\n"
                   "- Chữ trong sơ đồ\n- Chữ ở đầu mỗi trang"),
}


@pytest.mark.parametrize("name", EXACT)
def test_a_section_is_written_so(tmp_path: Path, name: str) -> None:
    write, where, expected = EXACT[name]
    assert section(imported(tmp_path, write()), where) == expected


def test_goal_title_and_minutes_stand_where_they_belong(tmp_path: Path) -> None:
    text = imported(tmp_path, by_word())
    assert "\n**Học xong, bà con** gửi được ảnh cho con cháu.\n\nẢnh gửi đi là con cháu xem được ngay.\n" in text
    assert "\nphút: 15\n" in imported(tmp_path, google())


def test_a_picture_without_words_waits_for_them_and_says_no_hint(tmp_path: Path) -> None:
    path = tmp_path / "bai.docx"
    path.write_bytes(begun().heading("Các bước").numbered(STEPS[0]).picture("a.png", drawn("PNG")).data())
    root = find_project(make_project(tmp_path))
    new_topic(root, "gui-anh", "lien-lac-va-tin", path)
    assert "![CẦN VIẾT lời tả hình](hinh-1.png)" in root.path(FILE).read_text("utf-8")
    shown = select(read_handbook(root).handbook, "viet-nam").by_slug["gui-anh"]
    assert shown.steps[0].picture and shown.steps[0].picture.alt == "…"


# Whatever is written.

SMALL = drawn("PNG")
ODD = ("mở", "bấm", "ảnh", "gửi", "*sao*", "[ngoặc]", "<b>", "{{x}}", "a|b", "`mã`", "15", "\\n")
WORDS = st.lists(st.sampled_from(ODD), min_size=1, max_size=7).map(" ".join)
HEADINGS = st.sampled_from(("Các bước", "An toàn", "Nhớ 3 điều", "Lỗi hay gặp", "Tự kiểm tra", "1 phút học số",
                            "Căn cứ", "Chuẩn bị", "Học tiếp", "Cho người hướng dẫn", "Phụ lục"))
KINDS: dict[str, Callable[[Word, str], Word]] = {
    "heading": Word.heading, "line": Word.line, "step": Word.numbered, "bullet": Word.bullets, "box": Word.boxed,
    "bold": lambda word, text: word.line(text, bold=True),
    "typed": lambda word, text: word.line(f"Bước {len(word.said) % 40}: {text}", words=text),
    "tabs": lambda word, text: word.line(f"{text}\t{text} nữa"),
    "table": lambda word, text: word.table((text, "ô bên"), (f"{text} dưới", "")),
    "note": lambda word, text: word.footnote(text, f"chú {text}"),
    "comment": lambda word, text: word.comment(text, f"nhắc {text}"),
    "changed": lambda word, text: word.changed(text, "bỏ đi", " thêm", ""),
    "picture": lambda word, text: word.picture(f"p{len(word.media)}.png", SMALL, text.replace("`", "")),
    "wordless": lambda word, _: word.picture(f"p{len(word.media)}.png", SMALL),
    "emf": lambda word, text: word.picture(f"p{len(word.media)}.emf", b"EMF", text),
    "below": lambda word, text: word.bullets(text, level=1),
    "many lines": lambda word, text: word.line(f"{text}\n{text} tiếp\n- {text}", words=f"{text}\n{text} tiếp\n{text}"),
    "odd": lambda word, text: word.line(f"\u200b\uf0a7 {text}\u00a0\u202e hết", words=text),
}
BLOCKS = st.sampled_from(sorted(KINDS)).flatmap(
    lambda kind: st.tuples(st.just(kind), HEADINGS if kind == "heading" else WORDS))


@settings(max_examples=200 if os.environ.get("HOCSO_PROVE") == "1" else 25, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(BLOCKS, min_size=1, max_size=14))
def test_no_word_is_lost_and_the_lesson_is_whole(tmp_path: Path, blocks: list[tuple[str, str]]) -> None:
    word = Word()
    for kind, text in blocks:
        KINDS[kind](word, text)
    path = tmp_path / "bai.docx"
    path.write_bytes(word.data())
    made = import_word(path, "gui-anh", skeleton_text())
    told = flat("\n".join([made.text, *(line.vi for line in made.told)]))
    assert not [line for line in word.said if flat(line) not in told]
    assert all(flat(gone) in told for gone in word.gone)
    topic, findings = read_topic("gui-anh", Source(FILE, made.text))
    assert isinstance(topic, Topic) and not [one for one in findings if one.severity == "error"]
