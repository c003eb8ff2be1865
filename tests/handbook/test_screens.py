"""Screens as editors write them: what is read, what is found wrong, what is told in words."""

from __future__ import annotations

import re

import pytest

from generator.ground.findings import Finding, Place
from generator.handbook.lesson.rows import KINDS, Kind, alt_text
from generator.handbook.lesson.screens import read_screen
from generator.handbook.model import Row, Screen

FIRST = Place("bai.md", 10)


def read(text: str, first: Place = FIRST) -> tuple[Screen | None, list[Finding]]:
    return read_screen(text.split("\n"), first)


def screen_of(text: str) -> Screen:
    screen, findings = read(text)
    assert screen and not findings, findings
    return screen


ROWS = [
    ("ứng dụng: Máy ảnh", Row("ứng dụng", "Máy ảnh")),
    ("=> dòng báo: {{ địa chỉ bài }}", Row("dòng báo", "{{ địa chỉ bài }}", tap=True)),
    ("=>nút: OK", Row("nút", "OK", tap=True)),
    ("ô: Số điện thoại = 0912 = 34", Row("ô", "Số điện thoại", "0912 = 34")),
    ("ô: Số điện thoại", Row("ô", "Số điện thoại")),
    ("ô: Số điện thoại =", Row("ô", "Số điện thoại")),
    ("công tắc: Wi-Fi = bật", Row("công tắc", "Wi-Fi", "bật")),
    ("tin đến: Con trai = Mẹ ơi: gấp!", Row("tin đến", "Con trai", "Mẹ ơi: gấp!")),
    ("chữ: 1 + 1 = 2", Row("chữ", "1 + 1 = 2")),
    ('chữ: "#đây" là - chữ: thường', Row("chữ", '"#đây" là - chữ: thường')),
    ("khóa: 9:41 = Thứ Hai", Row("khóa", "9:41", "Thứ Hai")),
    ("Nút:  Quét mã ", Row("nút", "Quét mã")),
    ("MÃ  qr: bài này", Row("mã QR", "bài này")),
    ("nút: ...", Row("nút", "…")),
    ("mục: ... phản ánh ...", Row("mục", "… phản ánh …")),
    ("mục: Đang tải...", Row("mục", "Đang tải...")),
    ("ô: … = ...", Row("ô", "…", "…")),
    ("biểu tượng: Zalo | => VNeID |Thư", Row("biểu tượng", "Zalo | VNeID | Thư", "VNeID", True)),
    ("=> biểu tượng: VNeID", Row("biểu tượng", "VNeID", "VNeID", True)),
    ("biểu tượng: Zalo | VNeID", Row("biểu tượng", "Zalo | VNeID")),
    ("ô nhanh: Wi-Fi = bật | => Đèn pin", Row("ô nhanh", "Wi-Fi = bật | Đèn pin", "Đèn pin", True)),
    ("ô nhanh: => Wi-Fi = tắt", Row("ô nhanh", "Wi-Fi = tắt", "Wi-Fi", True)),
    ("phím dưới: Trở về | => gần đây", Row("phím dưới", "Trở về | gần đây", "gần đây", True)),
    ("=> phím cạnh: nguồn", Row("phím cạnh", "nguồn", tap=True)),
    ("=> vuốt: lên", Row("vuốt", "lên", tap=True)),
    ("=> giữ hình: Đèn pin", Row("hình", "Đèn pin", tap=True, hold=True)),
    ("Giữ  tin đến: Con", Row("tin đến", "Con", tap=True, hold=True)),
    ("giữ biểu tượng: Zalo | => VNeID", Row("biểu tượng", "Zalo | VNeID", "VNeID", tap=True, hold=True)),
    ("nút: giữ chỗ", Row("nút", "giữ chỗ")),
    ("bàn số: *101#", Row("bàn số", "*101#")),
    ("bàn số: {{ điện thoại công an }}", Row("bàn số", "{{ điện thoại công an }}")),
    ("bàn số: ...", Row("bàn số", "…")),
    ("=> bàn phím: @", Row("bàn phím", "@", tap=True)),
    ("bàn phím: \"", Row("bàn phím", '"')),
    ("bàn phím: dấu cách", Row("bàn phím", "dấu cách")),
    ("=> bàn phím: đi tới", Row("bàn phím", "đi tới", tap=True)),
    ("=> thanh kéo: cỡ chữ = 70", Row("thanh kéo", "cỡ chữ", "70%", True)),
    ("thanh kéo: cỡ chữ", Row("thanh kéo", "cỡ chữ")),
    ("nút: {{ " + "x" * 90 + " }}", Row("nút", "{{ " + "x" * 90 + " }}")),
]


@pytest.mark.parametrize(("line", "row"), ROWS, ids=[line for line, _ in ROWS])
def test_a_row_is_read(line: str, row: Row) -> None:
    assert screen_of(line).rows == (row,)


def test_places_count_indentation_and_empty_lines() -> None:
    screen, findings = read("    ứng dụng: Zalo\n\n  => nut: Quét\n  => nút: Quét", Place("bai.md", 10, 3))
    assert screen
    assert [row.place for row in screen.rows] == [Place("bai.md", 10, 7), Place("bai.md", 13, 5)]
    assert [finding.place for finding in findings] == [Place("bai.md", 12, 8)]


def test_seen_is_kept_apart_from_the_rows() -> None:
    screen = screen_of("nút: OK\nđã xem: 20/11/2026, VNeID 2.1, Android\n")
    assert (len(screen.rows), screen.seen) == (1, "20/11/2026, VNeID 2.1, Android")


SEVEN = "\n".join(["mục: A"] * 7)
LONG = "a" * 73
FOUND = [
    ("nut: Quét", "screen.unknown-kind", "error", 10, "`nút`"),
    ("ma qr: bài này", "screen.unknown-kind", "error", 10, "`mã QR`"),
    ("ứng dung: Zalo", "screen.unknown-kind", "error", 10, "`ứng dụng`"),
    ("da xem: hôm nay", "screen.unknown-kind", "error", 10, "`đã xem`"),
    ("con mèo: Tom", "screen.unknown-kind", "error", 10, "nút"),
    ("Quét mã", "screen.no-colon", "error", 10, "`chữ: Quét mã`"),
    ("nut Quét mã", "screen.no-colon", "error", 10, "`nút: Quét mã`"),
    ("nút:Quét mã", "screen.no-colon", "error", 10, "`nút: Quét mã`"),
    ("=>", "screen.no-colon", "error", 10, "`chữ: …`"),
    ("nút: ", "screen.row-empty", "error", 10, "`nút: …`"),
    ("biểu tượng: | |", "screen.row-empty", "error", 10, "`biểu tượng: …`"),
    ("nút: OK\nđã xem:", "screen.row-empty", "error", 11, "đã xem"),
    ("", "screen.empty", "error", 10, "`nút: Quét mã`"),
    ("đã xem: hôm nay", "screen.empty", "error", 10, "`nút: Quét mã`"),
    (f"{SEVEN}\nmục: B", "screen.too-many-rows", "error", 17, "cần"),
    (f"{SEVEN}\nđã xem: hôm nay", "", "", 0, ""),
    ("=> nút: A\nchữ: B\n=> nút: C", "screen.two-taps", "error", 12, "hai bước"),
    ("=> nút: A\nbiểu tượng: Zalo | => VNeID", "screen.two-taps", "error", 11, "hai bước"),
    ("biểu tượng: => Zalo | => VNeID", "screen.two-taps", "error", 10, "hai bước"),
    ("=> biểu tượng: Zalo | VNeID", "screen.which-icon", "error", 10, "Zalo | => VNeID"),
    ("đã xem: hôm nay\nnút: A", "screen.seen-not-last", "error", 10, "xuống cuối"),
    ("nút: A\nđã xem: hôm kia\nđã xem: hôm nay", "screen.seen-not-last", "error", 11, "Giữ một dòng"),
    ("công tắc: Wi-Fi", "screen.switch-state", "error", 10, "Wi-Fi = bật"),
    ("công tắc: Wi-Fi = mở", "screen.switch-state", "error", 10, "Wi-Fi = bật"),
    ("ô nhanh: Wi-Fi = mở", "screen.switch-state", "error", 10, "ô nhanh: Wi-Fi = bật"),
    ("=> ô nhanh: Wi-Fi | Đèn pin", "screen.which-icon", "error", 10, "`ô nhanh: Wi-Fi | => Đèn pin`"),
    ("phím cạnh: mở", "screen.words", "error", 10, "nguồn, to tiếng, nhỏ tiếng, hai phím tiếng."),
    ("vuốt: ngang", "screen.words", "error", 10, "lên, xuống"),
    ("bàn số: một một ba", "screen.words", "error", 10, "chữ số"),
    ("bàn phím: đ", "screen.words", "error", 10, "không dấu"),
    ("bàn phím: ab", "screen.words", "error", 10, "không dấu"),
    ("phím dưới: trở về | menu", "screen.words", "error", 10, "gần đây"),
    (f"chữ: {LONG}", "screen.row-too-long", "warning", 10, "72"),
    (f"tin đến: Ai = {LONG}", "screen.row-too-long", "warning", 10, "72"),
    (f"chữ: {LONG[1:]}", "", "", 0, ""),
]


@pytest.mark.parametrize(("text", "rule", "severity", "line", "mend"), FOUND, ids=[f[0][:30] for f in FOUND])
def test_a_mistake_is_found(text: str, rule: str, severity: str, line: int, mend: str) -> None:
    findings = [f for f in read(text)[1] if rule == "screen.empty" or f.rule != "screen.empty"]
    assert [(f.rule, f.severity, f.place.line) for f in findings] == ([(rule, severity, line)] if rule else [])
    for finding in findings:
        assert mend in finding.fix.vi
        assert finding.message.en and finding.fix.en and finding.message.en != finding.message.vi


def test_the_other_rows_survive_a_mistake() -> None:
    screen, findings = read("ứng dụng: Zalo\nnnút: ?\nlinh tinh\n=> nút: OK")
    assert screen and [row.text for row in screen.rows] == ["Zalo", "OK"]
    assert [f.rule for f in findings] == ["screen.unknown-kind", "screen.no-colon"]


TOLD = [
    ("ứng dụng: Máy ảnh\nmã QR: bài này\n=> dòng báo: hocso.example/1041",
     "Màn hình Máy ảnh: mã QR của bài này; dòng báo hocso.example/1041. Bấm vào dòng báo."),
    ("ứng dụng: Zalo", "Màn hình ứng dụng Zalo."),
    ("ứng dụng: …\nnút: A", "Màn hình một ứng dụng: nút A."),
    ("nút: Không\n=> nút: Cho phép", "Màn hình điện thoại: nút Không; nút Cho phép. Bấm vào nút Cho phép."),
    ("nút: …\n=> nút: …", "Màn hình điện thoại: nút (chữ tùy máy); nút (chữ tùy máy). Bấm vào nút thứ 2."),
    ("tin đến: Con = Mẹ ơi!\ncông tắc: Wi-Fi = tắt",
     "Màn hình điện thoại: tin của Con: “Mẹ ơi!”; công tắc Wi-Fi đang tắt."),
    ("biểu tượng: Zalo | => VNeID", "Màn hình điện thoại: biểu tượng Zalo, VNeID. Bấm vào biểu tượng VNeID."),
    ("=> phím cạnh: nguồn", "Màn hình điện thoại: phím nguồn ở cạnh máy. Bấm phím nguồn ở cạnh máy."),
    ("khóa: 9:30\n=> vuốt: lên", "Màn hình điện thoại: màn hình khóa, đồng hồ 9:30; mũi tên vuốt lên. Vuốt lên."),
    ("=> bàn số: 113\nhình: ống nghe",
     "Màn hình điện thoại: bàn số, đã bấm 113; hình ống nghe. Bấm số trên bàn số."),
    ("=> bàn phím: @", "Màn hình điện thoại: bàn phím có phím @. Bấm phím @ trên bàn phím."),
    ("=> thanh kéo: cỡ chữ = 70",
     "Màn hình điện thoại: thanh kéo cỡ chữ, đang ở 70%. Kéo nút tròn trên thanh cỡ chữ."),
    ("ô nhanh: Wi-Fi = bật | => …", "Màn hình điện thoại: ô nhanh Wi-Fi đang bật, (chữ tùy máy). "
     "Bấm vào ô nhanh (chữ tùy máy)."),
    ("phím dưới: trở về | => gần đây",
     "Màn hình điện thoại: phím dưới màn hình: trở về, gần đây. Bấm vào phím gần đây."),
    ("mục: Xong.", "Màn hình điện thoại: mục Xong."),
    ("mục: …\n=> mục: … phản ánh …", "Màn hình điện thoại: mục (chữ tùy máy); mục có chữ “phản ánh”. "
     "Bấm vào mục có chữ “phản ánh”."),
]


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_a_screen_is_told(text: str, told: str) -> None:
    assert alt_text(screen_of(text)) == told


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_kind_tells_all_its_words_and_is_explained(kind: Kind) -> None:
    assert kind.doc
    value = ("bật" if kind.name == "công tắc" else "hai ba") if kind.has_value else ""
    told = alt_text(Screen((Row(kind.name, "một {0} {{ x }}", value), Row("nút", "bốn"))))
    words = re.findall(r"\S+", f"một {{0}} {{{{ x }}}} {value} bốn")
    assert all(word in told for word in words), told
