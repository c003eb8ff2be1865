"""One edition's handbook: values put in, empty ones take their sentence away, what is no longer whole is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from generator.engine.progress import Progress
from generator.ground.errors import UsageError
from generator.handbook.filled import split_value
from generator.handbook.model import Handbook, Topic
from generator.handbook.select import fill_text, select
from generator.telling import tell_later
from tests.broken import ALERT, BASE, CARD, HOME, SAVE, WIFI, Edit, Swap, break_file, copy_base, read

VALUES = {"a": "Một", "b": "", "c": "x_y *z*"}
SENTENCES = [
    ("Không có gì.", "Không có gì."),
    ("Đến {{ a }}.", "Đến Một."),
    ("Đến {{a}} ngay.", "Đến Một ngay."),
    ("Đến {{ b }}.", None),
    ("Đến {{ b hoặc hai }}.", "Đến hai."),
    ("Đến {{ a hoặc hai }}.", "Đến Một."),
    ("Đến {{ b\nhoặc   hai\nba }}.", "Đến hai ba."),
    ("Câu một. Gọi {{ b }} nhé. Câu ba.", "Câu một. Câu ba."),
    ("Gọi {{ b }}! Câu hai? Câu {{ a }}…", "Câu hai? Câu Một…"),
    ("Lúc 7.30 gọi {{ b }}. Xong.", "Xong."),
    ("Gọi {{ b hoặc ông A. Hay bà B. }} nhé. Xong.", "Gọi ông A. Hay bà B. nhé. Xong."),
    ("“Gọi {{ b }}.” Xong.", "Xong."),
    ("Gọi {{ c }}.", r"Gọi x\_y \*z\*."),
    ("{{ b }}", None),
    ("{{ lạ }} thì mất.", None),
    ("{{ a }}, {{ b hoặc hai }}, {{ a }}", "Một, hai, Một"),
]


@pytest.mark.parametrize(("text", "filled"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_sentences(text: str, filled: str | None) -> None:
    assert fill_text(text, VALUES) == filled


def test_an_address_stays_one() -> None:
    assert fill_text("Mở {{ x }} nhé", {"x": "https://xa.gov.vn/a_b?c=~d"}) == "Mở https://xa.gov.vn/a_b?c=~d nhé"
    assert fill_text("[Cổng]({{ x }})", {"x": "https://xa.gov.vn/a_b"}) == "[Cổng](https://xa.gov.vn/a_b)"


def test_split_value() -> None:
    assert split_value(" tên ") == ("tên", None)
    assert split_value("tên hoặc nơi này hoặc kia") == ("tên", "nơi này hoặc kia")


def chosen(
    root: Path, edition: str = "viet-nam", today: date = date(2026, 11, 20), shown_on: date = date.max
) -> Handbook:
    return select(replace(read(root).handbook, today=today, shown_on=shown_on), edition)


def with_edits(folder: Path, *edits: tuple[str, Edit]) -> Path:
    root = copy_base(folder)
    for file, change in edits:
        break_file(root, file, change)
    return root


def wifi(book: Handbook) -> Topic:
    topic = book.topic("vao-mang")
    assert topic
    return topic


def test_the_commune_has_its_own_words() -> None:
    topic = wifi(chosen(BASE, "xa-mau"))
    assert topic.steps[2].phrase.text == "Chọn tên mạng của thôn.\nTên mạng dán ở cửa."
    assert topic.steps[4].phrase.text == "Hỏi Phòng Văn hóa - Xã hội xã Mẫu nếu chưa vào được."
    assert topic.practice[0].phrase.text == (  # type: ignore[union-attr]  # a paragraph, as the next words prove
        "Bác vào mạng Wi-Fi, rồi mở https://hocso.example/11371/2019 xem có chạy không.")
    assert "nhà văn hóa thôn Đông, trụ sở xã Mẫu" in topic.opening[0].phrase.text  # type: ignore[union-attr]


def test_an_empty_value_takes_its_step_and_the_rest_is_renumbered() -> None:
    before, after = wifi(read(BASE).handbook), wifi(chosen(BASE))
    assert len(before.steps) == 6 and [step.number for step in after.steps] == [1, 2, 3, 4, 5]
    assert not any("điện thoại" in step.phrase.text for step in after.steps)


def test_numbers_and_rows_of_screens() -> None:
    book = chosen(BASE, "tinh-mau")
    topic = book.topic("quet-ma")
    assert topic and topic.steps[2].screen
    assert topic.steps[2].screen.rows[1].text == "https://hocso.example/31/1041" == book.edition.number_url("1041")
    assert "Bài này là số 1041." in topic.opening[0].phrase.text  # type: ignore[union-attr]


def test_nothing_holds_braces_any_more() -> None:
    for edition in ("viet-nam", "tinh-mau", "xa-mau"):
        book = chosen(BASE, edition)
        assert book.edition.id == edition and book.left_out == ()
        assert "{{" not in repr((book.topics, book.cards, book.alerts, book.home))


def test_what_has_no_value_is_the_same_object() -> None:
    book = read(BASE).handbook
    assert select(book, "xa-mau").topic("luu-so") is book.topic("luu-so")


LEFT_OUT = [
    ("title", SAVE, Swap("# Lưu số điện thoại", "# Lưu số của {{ ngân hàng }}"), {"luu-so"}),
    ("two steps", SAVE, Swap("Bấm dấu cộng", "Ở {{ ngân hàng }} thì bấm dấu cộng"), {"luu-so"}),
    ("one thing to remember", SAVE, Swap("Gõ tên dễ nhớ", "Hỏi {{ ngân hàng }}"), {"luu-so"}),
    ("the right answer", SAVE, Swap("Danh bạ.\n- [ ]", "Danh bạ {{ ngân hàng }}.\n- [ ]"), {"luu-so"}),
    ("the only safety line", SAVE, Swap("Không lưu mật khẩu trong", "Không đưa {{ ngân hàng }}"), {"luu-so"}),
    ("a card's step", CARD, Swap("Gõ chữ khai sinh", "Hỏi {{ ngân hàng }}, gõ chữ khai sinh"), {"khai-sinh"}),
    ("the opening alone", SAVE, Swap("Lưu tên một lần,", "Ở {{ ngân hàng }},"), set()),
    ("one answer of three", WIFI, Swap("Hỏi mật khẩu người lạ.", "Hỏi {{ ngân hàng }}."), set()),
    ("a trouble", WIFI, Swap("lại gần chỗ phát sóng", "hỏi {{ ngân hàng }}"), set()),
]


@pytest.mark.parametrize(("file", "change", "gone"), [row[1:] for row in LEFT_OUT], ids=[row[0] for row in LEFT_OUT])
def test_left_out(tmp_path: Path, file: str, change: Swap, gone: set[str]) -> None:
    root = with_edits(tmp_path, (file, change))
    book = chosen(root)
    assert set(book.left_out) == gone
    assert chosen(root, "tinh-mau").left_out == ()  # the province names its bank
    slugs = {phrase.text for part in book.parts for phrase in part.topics}
    slugs |= {phrase.text for path in book.paths for phrase in path.topics} | {lesson.slug for lesson in book.lessons}
    assert not slugs & gone


def test_scenes_follow_their_steps(tmp_path: Path) -> None:
    """When a step goes, the clip must not show another one in its place."""
    root = with_edits(
        tmp_path, (WIFI, Swap("2. Bấm **Wi-Fi**", "2. Ở {{ ngân hàng }} bấm **Wi-Fi**")),
        (WIFI, Swap("- Không chuyển tiền khi", "- Hỏi {{ ngân hàng }} khi")),
        (WIFI, Swap("| số bài |", "| bước 2 | Bấm Wi-Fi. |\n| bước 4 | Gõ mật khẩu. |\n"
                                  "| an toàn 2 | Đừng cài. |\n| số bài |")))
    scenes = [(scene.kind, scene.index, scene.words.text[:8]) for scene in wifi(chosen(root)).clip]
    assert scenes == [("title", 0, "Bà con ơ"), ("step", 1, "Bác mở C"), ("step", 3, "Gõ mật k"),
                      ("safety", 1, "Đừng cài"), ("number", 0, "Gõ số in")]


DAYS = [(date(2026, 12, 31), 1), (date(2027, 1, 1), 0), (date(2026, 10, 1), 1)]


@pytest.mark.parametrize(("today", "count"), DAYS)
def test_an_alert_ends_with_its_last_day(today: date, count: int) -> None:
    assert len(chosen(BASE, today=today).alerts) == count


@pytest.mark.parametrize(("day", "count"), [(date(2026, 10, 31), 0), (date(2026, 11, 1), 1), (date(2026, 12, 31), 1)])
def test_an_alert_begins_with_its_first_day(
    day: date, count: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One written beforehand stood on all pages at once. The last commit's day says nothing: who builds later shows it;
    but who gives a moment means that one."""
    assert len(chosen(BASE, shown_on=day).alerts) == count
    monkeypatch.setenv("SOURCE_DATE_EPOCH", f"{datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp():.0f}")
    book = read(BASE).handbook
    assert book.shown_on == day
    tell_later(Progress(), book)
    assert (f"từ ngày 01/11/2026 mới tới ({ALERT})" in capsys.readouterr().out) is not bool(count)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert read(BASE).handbook.shown_on == max(date.today(), read(BASE).handbook.today)


def test_an_alert_that_says_nothing_here_goes(tmp_path: Path) -> None:
    root = with_edits(tmp_path, (ALERT, Swap(
        "Công an không làm việc qua điện thoại. Ai đòi chuyển tiền thì bà con cúp máy, rồi báo",
        "Báo {{ ngân hàng }} hay")))
    assert chosen(root).alerts == () and len(chosen(root, "tinh-mau").alerts) == 1


def test_the_home_page_is_filled_and_never_lost(tmp_path: Path) -> None:
    assert "ở xã Mẫu cứ" in chosen(BASE, "xa-mau").home.blocks[0].phrase.text  # type: ignore[union-attr]
    root = with_edits(tmp_path, (HOME, Swap("# Sách mẫu", "# Sách {{ ngân hàng }}")))
    assert chosen(root).home.title.text


def test_an_unknown_edition_is_a_usage_error() -> None:
    """All there are, those most alike first: another place is never guessed."""
    for name, told in (("xa-la", "Có: `xa-mau`, "), ("???", "`viet-nam`, `tinh-mau`, `xa-mau`")):
        with pytest.raises(UsageError) as raised:
            chosen(BASE, name)
        assert told in raised.value.text.vi and raised.value.exit_code == 2


def test_a_topic_without_a_number_shows_none(tmp_path: Path) -> None:
    book = read(BASE).handbook
    book = replace(book, ledger=())
    topic = select(book, "viet-nam").topic("quet-ma")
    assert topic and "số" not in topic.opening[0].phrase.text  # type: ignore[union-attr]
