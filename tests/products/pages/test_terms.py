"""Hard words: where one is explained, and where it must be left alone."""

from __future__ import annotations

import re

import pytest

from generator.handbook.model import Phrase, Term
from generator.products.pages.parts.terms import explain, in_order, other_names

GLOSSARY = (
    Term("mã QR", Phrase("ô vuông"), ("QR",)),
    Term("QR tĩnh", Phrase("mã không đổi")),
    Term("AI", Phrase("máy biết trả lời"), ("trí tuệ nhân tạo",)),
    Term("mật khẩu", Phrase("chữ bí mật")),
    Term("R&D", Phrase("nghiên cứu")),
)

CASES = [
    ("<p>Quét mã QR.</p>", ["mã QR"]),
    ("<p>Mã QR đứng đầu câu.</p>", ["Mã QR"]),
    ("<p>QR, rồi mã QR nữa.</p>", ["QR"]),
    ("<p>QR tĩnh</p>", ["QR tĩnh"]),
    ("<p>Không biết ai gọi, không phải AI.</p>", ["AI"]),
    ("<p>Mật khẩu và MẬT KHẨU</p>", ["Mật khẩu"]),
    ("<p>Trí tuệ nhân tạo, gọi là AI.</p>", ["Trí tuệ nhân tạo"]),
    ("<h2>Mã QR</h2><p>Đây.</p>", []),
    ("<p>Bấm <strong>Mật khẩu</strong>.</p><p>Gõ mật khẩu.</p>", ["mật khẩu"]),
    ('<p><a href="x">mã QR</a> và mã QR</p>', ["mã QR"]),
    ("<svg><title>mã QR</title><g><text>AI</text></g></svg><p>AI</p>", ["AI"]),
    ("<details><summary>Mã QR</summary><p>Mã QR đây.</p></details><p>mã QR</p>", ["mã QR"]),
    ("<p>AIDS, OpenAI, ai.vn, x.AI và AI.vn</p>", []),
    ("<p>R&amp;D là gì</p>", ["R&amp;D"]),
    ('<img alt="mã QR"><p>Không có gì.</p>', []),
    ("<p>mật<br>khẩu</p>", []),
    ("<p>Mở AI Store, gõ mật khẩu Zalo.</p>", ["mật khẩu"]),
]


@pytest.mark.parametrize(("html", "led"), CASES)
def test_the_first_use_leads_to_its_meaning(html: str, led: list[str]) -> None:
    shown, words = explain(html, GLOSSARY)
    assert re.findall(r'<a class="term"[^>]*>(.*?)</a>', shown) == led
    assert len(words) == len(led)
    assert re.sub(r'<a class="term"[^>]*>(.*?)</a>', r"\1", shown) == html


def test_the_list_shows_the_name_the_page_uses() -> None:
    shown, words = explain("<p>QR và Mật khẩu</p>", GLOSSARY)
    assert [(word.name, word.place) for word in words] == [("QR", 1), ("mật khẩu", 2)]
    assert re.findall(r'id="([^"]+)" href="#([^"]+)"', shown) == [
        ("cho-doc-1", "tu-kho-1"), ("cho-doc-2", "tu-kho-2")]


def test_without_a_glossary_the_page_stays() -> None:
    assert explain("<p>AI</p>", ()) == ("<p>AI</p>", ())


def test_order_is_that_of_a_vietnamese_dictionary() -> None:
    names = ["đăng nhập", "deepfake", "ứng dụng", "AI", "ảnh", "app", "tài khoản", "tai", "ăn", "dữ liệu", "fanpage"]
    assert [term.name for term in in_order([Term(name, Phrase("")) for name in names])] == [
        "AI", "ảnh", "app", "ăn", "deepfake", "dữ liệu", "đăng nhập", "fanpage", "tai", "tài khoản", "ứng dụng"]


@pytest.mark.parametrize(("name", "aliases", "others"), [
    ("Wi-Fi", ("wifi", "Wifi"), []), ("mã OTP", ("OTP",), []), ("AI", ("trí tuệ nhân tạo",), ["trí tuệ nhân tạo"]),
])
def test_other_names_are_more_than_another_spelling(name: str, aliases: tuple[str, ...], others: list[str]) -> None:
    assert other_names(Term(name, Phrase(""), aliases)) == others
