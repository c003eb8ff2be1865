"""`content/` → one Handbook, exactly; and the same Handbook however an editor's machine wrote the files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.ground.findings import Place
from generator.handbook.model import (
    Alert,
    Answer,
    Audience,
    Bullets,
    Card,
    Change,
    Entry,
    Heading,
    Office,
    Paragraph,
    Part,
    Phrase,
    Picture,
    Platform,
    Question,
    Quiz,
    Row,
    Scene,
    Screen,
    Step,
    Term,
    Topic,
    Trainer,
    TrainerRow,
    Trouble,
    Variant,
)
from generator.handbook.model import Path as LearningPath
from generator.handbook.read import Reading
from tests.broken import BASE, BOOK, LEDGER, SAVE, SCAN, WIFI, Swap, break_file, copy_base, findings_of, read


def P(text: str) -> Phrase:  # noqa: N802 — as short as what it stands for
    return Phrase(text)


@pytest.fixture(scope="module")
def base() -> Reading:
    return read(BASE)


WIFI_TOPIC = Topic(
    slug="vao-mang",
    title=P("Vào mạng Wi-Fi"),
    goal=P("**Học xong, bà con** vào được mạng Wi-Fi ở nơi học mà không mất tiền."),
    opening=(Paragraph(P("Wi-Fi là mạng không dây trong nhà. "
                         "Ở {{ điểm học hoặc nhà văn hóa }} thường có Wi-Fi chung.")),),
    prepare=(Bullets((P("Điện thoại còn pin."), P("Tên mạng và mật khẩu của nơi học."))),),
    steps=(
        Step(1, P("Mở **Cài đặt**."),
             variants=(Variant("Android", P("vuốt từ trên xuống, giữ hình Wi-Fi.")),
                       Variant("iPhone", P("bấm hình bánh răng."))),
             screen=Screen((Row("ứng dụng", "Cài đặt"), Row("mục", "Wi-Fi", tap=True)),
                           seen="20/11/2026, Cài đặt, Android")),
        Step(2, P("Bấm **Wi-Fi**, gạt công tắc sang bật.")),
        Step(3, P("Chọn tên mạng của {{ đơn vị dưới }}.\nTên mạng dán ở cửa."),
             guards=(P("**Không** chọn mạng lạ, mạng không có khóa."),)),
        Step(4, P("Gõ mật khẩu, bấm **Kết nối**."), notes=(P("Gõ sai thì gõ lại."),)),
        Step(5, P("Hỏi {{ đơn vị đầu mối hoặc tổ công nghệ số cộng đồng }} nếu chưa vào được.")),
        Step(6, P("Gọi số {{ điện thoại đầu mối }} khi không có ai ở đó.")),
    ),
    practice=(Paragraph(P("Bác vào mạng Wi-Fi, rồi mở {{ địa chỉ bài }} xem có chạy không.")),),
    troubles=(Trouble(P("Không thấy tên mạng"), P("lại gần chỗ phát sóng.")),
              Trouble(P("Báo sai mật khẩu"), P("xem lại chữ hoa, chữ thường."))),
    safety=(P("Không chuyển tiền khi đang dùng Wi-Fi chung."), P("Không bấm vào trang đòi cài thêm phần mềm.")),
    remember=(P("Chọn đúng tên mạng."), P("Hỏi mật khẩu của nơi học."), P("Mạng chung thì không chuyển tiền.")),
    quiz=Quiz(
        know=Question(P("Vào Wi-Fi ở mục nào?"), (Answer(P("Cài đặt."), True), Answer(P("Máy ảnh."), False)),
                      P("Mục Wi-Fi nằm trong Cài đặt.")),
        understand=Question(
            P("Mạng lạ không có khóa thì bác làm gì?"),
            (Answer(P("Vào luôn."), False), Answer(P("Hỏi mật khẩu người lạ."), False), Answer(P("Không vào."), True)),
            P("Mạng lạ có thể xem trộm máy mình.")),
        use=P("Bác vào mạng Wi-Fi của nơi học."),
        use_done=P("Tôi đã làm được"),
    ),
    clip=(
        Scene("title", 0, "", "bác cầm máy", P("Bà con ơi, vào mạng Wi-Fi ở nơi học thì không mất tiền.")),
        Scene("step", 1, "", "", P("Bác mở Cài đặt | hình bánh răng.")),
        Scene("safety", 1, "", "dấu cấm", P("Mạng chung thì bác đừng chuyển tiền.")),
        Scene("number", 0, "", "", P("Gõ số in trên tờ rơi để xem lại.")),
    ),
    further=(Bullets((P("[Quét mã QR](../quet-ma/index.md)"),)),),
    trainer=Trainer(
        (TrainerRow(2, P("hỏi bà con hay vào mạng ở đâu")), TrainerRow(8, P("từng người tự làm trên máy của mình"))),
        (Paragraph(P("Dán sẵn tên mạng ở cửa.")),)),
    office=Office(
        minutes=10, audiences=(P("mọi người"),), unit="Sở Khoa học và Công nghệ", status="draft",
        reviewed=date(2026, 11, 20), open_facts=(P("tên mục Wi-Fi trên máy đời cũ"),),
        sources=("sổ tay của thôn, chưa in",), frames=(("digcomp", ("1.1", "2.1")), ("tt02", ("1.1",))),
        film=P("https://vneid.gov.vn/phim/vao-mang.mp4"),
        changes=(Change(date(2026, 11, 20), P("Sửa tên nút.")),
                 Change(date(2026, 10, 5), P("Thêm cách làm cho máy đời cũ."))),
    ),
)


def test_a_topic_is_read_whole(base: Reading) -> None:
    assert base.findings == ()
    assert base.handbook.topic("vao-mang") == WIFI_TOPIC


def test_a_picture_and_lists(base: Reading) -> None:
    topic = base.handbook.topic("quet-ma")
    assert topic
    assert topic.office.audiences == (P("mọi người"), P("người cao tuổi"))
    assert (topic.office.status, topic.office.reviewed) == ("reviewed", date(2026, 11, 20))
    assert topic.office.prerequisites == (P("vao-mang"),)
    assert topic.steps[0].picture == Picture("content/topics/quet-ma/to-roi.png", "một bác giơ máy trên tờ rơi")
    assert topic.clip[0] == Scene("file", 0, "to-roi.png", "tờ rơi đặt trên bàn", P("Bà con ơi, đây là mã QR."))
    assert topic.clip[2].kind == "remember"
    assert topic.steps[2].screen == Screen(
        (Row("ứng dụng", "Máy ảnh"), Row("dòng báo", "{{ địa chỉ bài }}", tap=True), Row("mã QR", "bài này")))


def test_a_card_an_alert_and_the_home_page(base: Reading) -> None:
    book = base.handbook
    assert book.cards == (Card(
        slug="khai-sinh", title=P("Làm giấy tờ: khai sinh"), goal=None,
        opening=(Paragraph(P("Con mới sinh thì làm khai sinh trong 60 ngày.")),),
        bring=(P("Giấy chứng sinh của bệnh viện."), P("Căn cước của cha mẹ.")),
        where=(Paragraph(P("Nộp tại [Cổng Dịch vụ công](https://dichvucong.gov.vn), "
                           "hoặc tại nơi nộp giấy tờ của xã.")),),
        steps=(Step(1, P("Mở trang của Cổng Dịch vụ công.")), Step(2, P("Gõ chữ khai sinh vào ô tìm.")),
               Step(3, P("Chụp giấy chứng sinh, gửi lên."))),
        follow=(Paragraph(P("Cổng gửi tin nhắn khi có giấy.")),),
        safety=(P("Không đưa ảnh giấy tờ cho người lạ."),),
        office=Office(10, (P("mọi người"),), "Sở Tư pháp", "draft", date(2026, 11, 20)),
    ),)
    assert book.alerts == (Alert(
        slug="goi-gia-cong-an", title=P("Có người gọi điện, xưng là công an"),
        blocks=(Paragraph(P("Công an không làm việc qua điện thoại. Ai đòi chuyển tiền thì bà con cúp máy, "
                            "rồi báo {{ đơn vị công an }}.")),),
        first_day=date(2026, 11, 1), last_day=date(2026, 12, 31), topics=(P("quet-ma"),), unit="Công an tỉnh Mẫu",
    ),)
    assert book.home.title == P("Sách mẫu")
    assert book.home.blocks[1] == Heading(P("Chưa biết bắt đầu từ đâu?"))
    assert book.home.blocks[1].phrase.place == Place("content/index.md", 5, 4)


def test_lists_of_the_book(base: Reading) -> None:
    book = base.handbook
    assert book.name == "Sách mẫu"
    assert book.parts == (
        Part("dien-thoai", 1, "Làm quen với điện thoại", (P("vao-mang"), P("quet-ma"))),
        Part("lien-lac", 2, "Liên lạc", (P("luu-so"),), "Gọi điện, nhắn tin"))
    assert book.audiences == (
        Audience("mọi người", "bà con"), Audience("người cao tuổi", "bà con"), Audience("cán bộ", ""))
    assert book.paths == (
        LearningPath("nguoi-cao-tuoi", "Bài cho người cao tuổi", P("người cao tuổi"),
                     (P("vao-mang"), P("quet-ma"), P("luu-so")), 35),
        LearningPath("can-bo", "Bài cho cán bộ", P("cán bộ"), (P("quet-ma"),)))
    assert book.glossary == (
        Term("mã QR", P("ô vuông đen trắng, quét bằng máy ảnh để mở trang"), ("QR",)),
        Term("Wi-Fi", P("mạng không dây trong nhà")), Term("đăng xuất", P("thoát ra"), replace=True))
    assert book.platforms == (
        Platform("Cổng Dịch vụ công quốc gia", "https://dichvucong.gov.vn", "", "cả nước", None),
        Platform("VNeID", "https://vneid.gov.vn", "Bộ Công an", "cả nước", date(2026, 11, 20)))
    assert book.ledger[0] == Entry("1041", "quet-ma", "2026-11-20", "", "", "bài")
    assert book.ledger[-1] == Entry("2304", "bai-cu", "2025-01-15", "2026-02-01", "luu-so", "bài đã bỏ")
    assert [topic.slug for topic in book.topics] == ["vao-mang", "quet-ma", "luu-so"]
    assert [book.number_of(name) for name in ("luu-so", "path:nguoi-cao-tuoi", "x")] == ["2024", "2113", ""]




def test_places_are_those_in_the_file(base: Reading) -> None:
    topic = base.handbook.topic("vao-mang")
    assert topic
    lines = (BASE / WIFI).read_text("utf-8").split("\n")
    phrases = [topic.title, topic.goal, *(step.phrase for step in topic.steps), *topic.steps[2].guards,
               *(variant.phrase for variant in topic.steps[0].variants), *topic.steps[3].notes, *topic.safety,
               topic.troubles[1].problem, topic.troubles[1].remedy, topic.quiz.know.answers[1].phrase,
               topic.quiz.understand.reason, topic.quiz.use, topic.clip[0].words, topic.clip[2].words,
               topic.trainer.rows[1].phrase, *topic.office.open_facts, topic.office.changes[0].phrase]
    for phrase in phrases:
        line = lines[phrase.place.line - 1]
        assert line[phrase.place.column - 1 :].startswith(phrase.text.split("\n")[0]), phrase
    assert topic.office.place_of("trạng thái") == Place(WIFI, 5, 1)


def with_text(root: Path, file: str, change: Callable[[str], str]) -> None:
    path = root / file
    path.write_bytes(change(path.read_text("utf-8")).encode())


def clumsy(text: str) -> str:
    """As hurried people indent: not at all, too far, without empty lines, with stars and tabs."""
    steps, rest = text.split("## Thực hành")
    steps = (steps.replace("   - **", "- **").replace("```man-hinh\nứng dụng", "     ```man-hinh\n     ứng dụng")
             .replace("2. Bấm **Wi-Fi**", "  2) Bấm **Wi-Fi**").replace("3. Chọn", "3.   Chọn")
             .replace("> **Không**", "   >**Không**").replace("   - Gõ sai", "\t* Gõ sai")
             .replace("\n\n5. Hỏi", "\n5.Hỏi"))
    return f"{steps}##Thực hành{rest}".replace("- [x] Cài đặt", "-[x] Cài đặt").replace("**Hiểu.**", "**Hiểu**.")


WRITTEN = {
    "BOM": lambda text: "\ufeff" + text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "all of them": lambda text: "\ufeff" + unicodedata.normalize("NFD", text.replace("\n", "\r\n")),
    "empty lines first": lambda text: "\n\n" + text,
    "no final line end": lambda text: text.rstrip("\n"),
    "spaces at line ends": lambda text: text.replace("\n", "  \n"),
    "comments": lambda text: text.replace("## An toàn", "<!-- ## An toàn\n\n- cũ -->\n## An toàn"),
    "days the other way": lambda text: text.replace("20/11/2026\n", "2026-11-20\n").replace("2026-10-05", "5/10/2026"),
    "values in quotes": lambda text: re.sub(r"(?m)^(đơn vị|phút|rà soát): (.+)$", r'\1: "\2"', text),
    "a list of one as a line": lambda text: text.replace("cho: mọi người", "cho:\n  - mọi người"),
    "clumsy": clumsy,
}


@pytest.mark.parametrize("name", WRITTEN)
def test_the_same_topic_however_it_was_written(tmp_path: Path, name: str) -> None:
    root = copy_base(tmp_path, commit=True)
    with_text(root, WIFI, WRITTEN[name])
    assert findings_of(root) == []
    assert read(root).handbook.topic("vao-mang") == WIFI_TOPIC


def test_every_file_may_come_from_windows_or_macos(tmp_path: Path) -> None:
    root = copy_base(tmp_path, commit=True)
    for path in [*root.glob("content/**/*.md"), *root.glob("content/**/*.yml"), root / LEDGER, root / "mkdocs.yml"]:
        with_text(root, path.relative_to(root).as_posix(), WRITTEN["all of them"])
    assert findings_of(root) == []
    clean, windows = read(BASE).handbook, read(root).handbook
    assert replace(windows, today=clean.today) == clean


def test_a_name_decomposed_on_disk_is_told_once(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    name = "tờ-rơi.png"
    folder = root / "content/topics/quet-ma"
    (folder / "to-roi.png").rename(folder / unicodedata.normalize("NFD", name))
    break_file(root, SCAN, Swap("(to-roi.png)", f"({name})"))
    break_file(root, SCAN, Swap("| to-roi.png:", f"| {name}:"))
    assert [f.rule for f in findings_of(root)] == ["file.name", "ledger.no-history"]


TEXTS = [
    # What YAML would guess to be something else stays text; the model alone decides.
    ("đơn vị: Sở Khoa học và Công nghệ", "đơn vị: no", lambda topic: topic.office.unit, "no"),
    ("đơn vị: Sở Khoa học và Công nghệ", "đơn vị: 015", lambda topic: topic.office.unit, "015"),
    ("đơn vị: Sở Khoa học và Công nghệ", "đơn vị: 12:30", lambda topic: topic.office.unit, "12:30"),
    ("đơn vị: Sở Khoa học và Công nghệ", "đơn vị: 2026-11-20", lambda topic: topic.office.unit, "2026-11-20"),
    ("đơn vị: Sở Khoa học và Công nghệ", "đơn vị: ~", lambda topic: topic.office.unit, "~"),
    ("đơn vị: Sở Khoa học và Công nghệ", "đơn vị: >\n  Sở\n  Khoa học", lambda topic: topic.office.unit, "Sở Khoa học"),
    ("  tt02: 1.1", "  tt02: 1.10", lambda topic: topic.office.frames[1], ("tt02", ("1.10",))),
    ("  tt02: 1.1", "  tt02: [01, 1e3]", lambda topic: topic.office.frames[1], ("tt02", ("01", "1e3"))),
    ("nguồn: sổ tay của thôn, chưa in", "nguồn:", lambda topic: topic.office.sources, ()),
    ("phim: https://vneid.gov.vn/phim/vao-mang.mp4", "phim:", lambda topic: topic.office.film, None),
    ("phút: 10", 'phút: "10"', lambda topic: topic.office.minutes, 10),
]


@pytest.mark.parametrize(("old", "new", "get", "value"), TEXTS, ids=[row[1] for row in TEXTS])
def test_the_model_decides_the_type(
    tmp_path: Path, old: str, new: str, get: Callable[[Topic], object], value: object
) -> None:
    root = copy_base(tmp_path)
    break_file(root, WIFI, Swap(old, new))
    reading = read(root)
    topic = reading.handbook.topic("vao-mang")
    assert topic and get(topic) == value, reading.findings


def test_steps_keep_what_belongs_to_them(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    break_file(root, SAVE, Swap("2. Bấm dấu cộng, gõ tên và số.\n", (
        "- **Máy đời cũ:** bấm phím có hình sổ.\n> **Dừng lại nếu** máy hỏi tiền.\n>\n> Hỏi con cháu.\n"
        "2) Bấm dấu cộng,\n   gõ tên\n   và số.\n![bàn phím](<../quet-ma/to-roi.png> \"phím\")\n"
        "```man-hinh\nnút: Lưu\n```\n- **Lưu ý:** gõ chậm.\nGõ xong thì xem lại.\n")))
    topic = read(root).handbook.topic("luu-so")
    assert topic and len(topic.steps) == 3
    assert topic.steps[0].variants == (Variant("Máy đời cũ", P("bấm phím có hình sổ.")),)
    assert topic.steps[1] == Step(
        2, P("Bấm dấu cộng,\ngõ tên\nvà số."), guards=(P("**Dừng lại nếu** máy hỏi tiền.\nHỏi con cháu."),),
        notes=(P("**Lưu ý:** gõ chậm.\nGõ xong thì xem lại."),), screen=Screen((Row("nút", "Lưu"),)),
        picture=Picture("content/topics/quet-ma/to-roi.png", "bàn phím"))


def test_an_unclosed_fence_takes_nothing_with_it(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    whole = read(root).handbook.topic("vao-mang")
    break_file(root, WIFI, Swap("Android\n```\n", "Android\n"))
    assert read(root).handbook.topic("vao-mang") == whole


def test_all_formats_of_findings_hold_what_was_read(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    break_file(root, BOOK, Swap("tên: Sách mẫu\n", ""))
    (finding,) = read(root).findings
    assert finding.rule == "key.missing"
    assert re.fullmatch(r"Thiếu `tên` của sách\.", finding.message.vi)
