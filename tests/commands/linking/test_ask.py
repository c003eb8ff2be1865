"""One address asked: what each kind of answer means, and that nobody is pressed."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest

from generator.commands.linking.ask import AT_ONCE, Answer, Asker, Turns, ask_all, is_same_site, question_of
from tests.commands.linking.web import Web, small_web


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with small_web() as running:
        yield running


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


def asker(pause: float = 0.0, timeout: float = 5.0) -> Asker:
    """Our small web stands on this machine, where nobody else is asked."""
    return Asker("hocso-links/1", Turns(pause), timeout, lambda _number: True)


MEANT = [
    ("/good", "open", ""),
    ("/no-head", "open", ""),
    ("/head-lies", "open", ""),
    ("/moved", "open", ""),
    ("/gone", "gone", "trang không còn (404)"),
    ("/really-gone", "gone", "trang không còn (410)"),
    ("/forbidden", "unsure", "máy chủ không cho máy xem (403)"),
    ("/busy", "unsure", "máy chủ bảo chờ (429)"),
    ("/broken", "failed", "máy chủ đang hỏng (503)"),
    ("/loop", "failed", "chuyển hướng mãi không tới nơi"),
    ("/home", "unsure", "bị dẫn về trang đầu"),
    ("/script", "failed", "chuyển hướng tới chỗ không phải trang web"),
    ("/file", "failed", "chuyển hướng tới chỗ không phải trang web"),
    ("/nowhere", "unsure", "máy chủ không cho máy xem (302)"),
    ("/nonsense", "failed", "trả lời không đúng kiểu trang web"),
    ("/đường dẫn?q=tiếng#cuối", "open", ""),
]


@pytest.mark.parametrize(("path", "state", "reason"), MEANT, ids=[row[0] for row in MEANT])
def test_what_an_answer_means(path: str, state: str, reason: str, web: Web) -> None:
    answer = asker().ask(web.at(path))
    assert (answer.state, answer.reason) == (state, reason)
    assert answer.heard == (state != "failed"), "only who answers for itself proves that there is a network"
    assert answer.wait == (path == "/busy") and not answer.moved_to


def test_another_site_behind_a_redirect_is_named(web: Web) -> None:
    answer = asker().ask(web.at("/moved-away"))
    assert answer.state == "open" and answer.moved_to == web.at("/good", "localhost")


SITES = [
    # What a code asks for, where the host leads, whether that is the edition's own address still.
    ("https://hocso.xa.gov.vn/1041", "https://hocso.xa.gov.vn/1041/", True),
    ("https://hocso.xa.gov.vn/1041", "https://www.hocso.xa.gov.vn/1041/", True),
    ("https://www.hocso.xa.gov.vn/1041", "https://HOCSO.xa.gov.vn:443/1041/", True),
    ("https://hocso.xa.gov.vn/1041", "https://hocso.xa.gov.vn./1041/", True),
    ("http://hocso.xa.gov.vn/1041", "https://hocso.xa.gov.vn/1041", True),
    ("http://xa.gov.vn:8080/1041", "http://xa.gov.vn:8080/1041/", True),
    ("https://hocso.xa.gov.vn/1041", "http://hocso.xa.gov.vn/1041", False),
    ("https://hocso.xa.gov.vn/1041", "https://xa.gov.vn/1041", False),
    ("https://hocso.xa.gov.vn/1041", "https://gov.vn/1041", False),
    ("https://hocso.xa.gov.vn/1041", "https://moi.hocso.xa.gov.vn/1041", False),
    ("https://hocso.xa.gov.vn/1041", "https://www2.hocso.xa.gov.vn/1041", False),
    ("https://hocso.xa.gov.vn/1041", "https://hocso.xa.gov.vn:8443/1041", False),
    ("https://hocso.xa.gov.vn/1041", "https://hocso.xa.gov.vn.example/1041", False),
    ("http://xa.gov.vn:8080/1041", "http://xa.gov.vn/1041", False),
]


@pytest.mark.parametrize(("asked", "last", "same"), SITES)
def test_whose_address_a_code_ends_at(asked: str, last: str, same: bool) -> None:
    """The site of the ministry above was taken for the commune's."""
    assert is_same_site(asked, last) is same


@pytest.mark.parametrize(("path", "host"), [("/good", ""), ("/moved", ""), ("/moved-away", "localhost")])
def test_a_page_says_where_it_was_found(path: str, host: str, web: Web) -> None:
    assert asker().page(web.at(path))[0].moved_to == (web.at("/good", host) if host else "")


def test_a_host_that_hangs_is_left_after_a_while(web: Web) -> None:
    start = time.monotonic()
    assert asker(timeout=0.4).ask(web.at("/hang")) == Answer("failed", "không trả lời sau 0 giây")
    assert time.monotonic() - start < 60, "it waited for the host"
    assert asker(timeout=0.4).ask(web.at("/head-hangs")).state == "open"


def test_a_host_without_a_certificate_is_not_trusted(web: Web) -> None:
    assert asker().ask(web.at("/good", scheme="https")) == Answer("failed", "chứng chỉ không tin được")


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    assert asker().ask(f"http://127.0.0.1:{port}/") == Answer("failed", "máy chủ không nhận")

    def unknown(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert asker().ask("https://khong-co.vn/") == Answer("failed", "không tìm thấy máy chủ")


@pytest.mark.parametrize("address", ["http://[oops/", "http://a..vn/", f"https://{'x' * 70}.vn/", "https://x.vn:999999/"])
def test_an_odd_address_is_asked_nowhere(address: str) -> None:
    assert asker().ask(address).state == "unsure"


@pytest.mark.parametrize(("address", "asked"), [
    ("https://vneid.gov.vn/a?b=c#d", "https://vneid.gov.vn/a?b=c"),
    ("https://www.youtube.com/watch?v=abc&t=5",
     "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Dabc%26t%3D5"),
    ("https://youtu.be/abc", "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fyoutu.be%2Fabc"),
    ("https://www.youtube.com/@kenh", "https://www.youtube.com/@kenh"),
    ("https://youtu.be/", "https://youtu.be/"),
])
def test_what_is_asked_for(address: str, asked: str) -> None:
    assert question_of(address) == asked


# Politeness.


def test_a_host_is_asked_little_by_little(web: Web) -> None:
    """One question at a time with a pause, whether for one address or the next; HEAD first; one says who asks."""
    web.asked.clear()
    addresses = [web.at(path) for path in ("/good", "/gone", "/no-head", "/moved")]
    answers = ask_all(addresses, asker(pause=0.15).ask, lambda *_: None)
    assert set(answers) == set(addresses)
    asked = sorted(web.asked, key=lambda one: one.start)
    assert [(one.method, one.path) for one in asked] == [
        ("HEAD", "/gone"), ("GET", "/gone"), ("HEAD", "/good"), ("HEAD", "/moved"), ("HEAD", "/good"),
        ("HEAD", "/no-head"), ("GET", "/no-head"),
    ]
    assert {one.agent for one in asked} == {"hocso-links/1"}
    gaps = [later.start - earlier.start for earlier, later in pairwise(asked)]  # a busy host notes an end late
    assert min(gaps) >= 0.13


def test_a_host_that_wants_peace_gets_it(web: Web) -> None:
    web.asked.clear()
    answers = ask_all([web.at("/busy"), web.at("/good"), web.at("/a-first")], asker().ask, lambda *_: None)
    assert set(answers) == {web.at("/a-first"), web.at("/busy")}
    assert "/good" not in [one.path for one in web.asked] and len([o for o in web.asked if o.path == "/busy"]) == 1


def test_no_more_than_a_few_hosts_at_once() -> None:
    running, most, guard = set[str](), [0], threading.Lock()

    def ask(address: str) -> Answer:
        with guard:
            running.add(address)
            most[0] = max(most[0], len(running))
        time.sleep(0.03)
        with guard:
            running.discard(address)
        return Answer("open", heard=True)

    told: list[tuple[int, int]] = []
    addresses = [f"https://{name}.vn/{page}" for name in "abcdefghij" for page in (1, 2)]
    answers = ask_all(addresses, ask, lambda done, total: told.append((done, total)))
    assert len(answers) == 20 and 1 < most[0] <= AT_ONCE
    assert told[-1] == (20, 20)


def test_a_round_has_an_end() -> None:
    """However long the slow one takes: it is let go only when the round has ended."""
    ended = threading.Event()

    def ask(address: str) -> Answer:
        if "slow" in address:
            ended.wait(120)
        return Answer("open", heard=True)

    try:
        answers = ask_all(["https://quick.vn/", "https://slow.vn/"], ask, lambda *_: None, most=2)
    finally:
        ended.set()
    assert set(answers) == {"https://quick.vn/"}
