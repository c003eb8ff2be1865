"""`hocso links` never knocks at doors of this machine or of a private network, however the way there is written."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from generator.commands.linking.ask import Asker, Turns
from generator.ground.web import is_public
from tests.commands.linking.web import Web, small_web

INSIDE = (
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%2", "fd00::1",
    "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "2002:7f00:1::", "2002:c0a8:101::1",
    "64:ff9b::7f00:1", "64:ff9b::c0a8:101", "2001:db8::1", "168.63.129.16", "192.0.0.1", "192.0.0.9", "192.0.0.192",
    "192.88.99.1", "3fff::1", "3fff:fff::1", "2001:4860::5efe:10.0.0.1", "2001:4860::200:5efe:7f00:1",
    "::ffff:168.63.129.16", "64:ff9b::a83f:8110", "2002:a83f:8110::1",
)
OUTSIDE = ("1.1.1.1", "203.162.0.181", "2001:4860:4860::8888", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1",
           "168.63.129.17", "192.0.1.1", "2001:4860::5eff:a00:1")
WRITTEN = (
    "127.0.0.1", "127.1", "2130706433", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "017700000001", "127.0.0.1.",
    "①②⑦.⓪.⓪.①", "127。0。0。1", "[::1]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]", "[64:ff9b::7f00:1]",
    "localhost", "LOCALHOST", "user:word@127.0.0.1", "xa.example@127.0.0.1", "%31%32%37.0.0.1",
)
"""One machine in many spellings: this one."""
NAMED = ("trong-nha", "trong-nha.", "may-in.local", "may-in.local.", "cong.internal", "ai-do.localhost", "10.0.0.1",
         "[fe80::1]")


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with small_web("0.0.0.0") as running:
        yield running


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)


def asker() -> Asker:
    return Asker("hocso-links/1", Turns(0.0), 5.0)


@pytest.mark.parametrize(("number", "expected"), [*((n, False) for n in INSIDE), *((n, True) for n in OUTSIDE)])
def test_which_numbers_are_of_the_open_web(number: str, expected: bool) -> None:
    assert is_public(number) is expected


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", WRITTEN)
def test_this_machine_is_never_asked_however_it_is_written(web: Web, host: str, scheme: str) -> None:
    web.asked.clear()
    answer = asker().ask(f"{scheme}://{host}:{web.port}/good")
    assert answer.state in ("unsure", "failed") and not answer.heard
    assert not web.asked


class Names:
    """Names of the web as a test wants them; each is told which number stands there, question by question."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **hosts: list[list[str]]) -> None:
        self._real, self.hosts, self.asked = socket.getaddrinfo, hosts, list[str]()
        monkeypatch.setattr(socket, "getaddrinfo", self)

    def __call__(self, host: str, port: int, *more: Any, **settings: Any) -> list[Any]:
        self.asked.append(host)
        if host not in self.hosts:
            return self._real(host, port, *more, **settings)
        rows = self.hosts[host]
        numbers = rows.pop(0) if len(rows) > 1 else rows[0]
        return [row for number in numbers for row in self._real(number, port, *more, **settings)]


@pytest.mark.parametrize("numbers", [["127.0.0.1"], ["::1"], ["203.162.0.181", "127.0.0.1"], ["127.0.0.1", "1.1.1.1"]])
def test_a_name_that_leads_home_is_not_asked(web: Web, numbers: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    web.asked.clear()
    Names(monkeypatch, xa=[numbers])
    assert asker().ask(f"http://xa:{web.port}/good").reason == "dẫn vào máy này hay mạng trong nhà, không hỏi"
    assert not web.asked


def test_what_was_looked_at_is_what_is_connected_to(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that changes between two looks: there is no second look."""
    web.asked.clear()
    names = Names(monkeypatch, xa=[["203.162.0.181"], ["127.0.0.1"]])
    reached: list[Any] = []

    def connect(_door: socket.socket, place: Any) -> None:
        reached.append(place[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    assert asker().ask(f"http://xa:{web.port}/good").state == "failed"
    assert (names.asked, reached) == (["xa"], ["203.162.0.181"])


ELSEWHERE = ("http://127.0.0.1:{port}/good", "//127.1:{port}/good", "http://[::ffff:7f00:1]:{port}/good",
             "http://xa:{port}/good", "http://2130706433:{port}/")


@pytest.mark.parametrize("place", ELSEWHERE)
def test_a_redirect_that_leads_home_is_not_followed(web: Web, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small web plays a host of the open web: its name is let through, no other."""
    Names(monkeypatch, ngoai=[["127.0.0.9"]], xa=[["127.0.0.1"]])
    monkeypatch.setattr("tests.commands.linking.web.ANSWERS", {"/led": (302, place)})
    web.asked.clear()
    looking = Asker("hocso-links/1", Turns(0.0), 5.0, lambda number: number == "127.0.0.9")
    answer = looking.ask(f"http://ngoai:{web.port}/led")
    assert answer.reason == "dẫn vào máy này hay mạng trong nhà, không hỏi"
    assert {one.path for one in web.asked} == {"/led"}


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", [*(host for host in WRITTEN if "%" not in host), *NAMED])
def test_no_proxy_is_asked_for_them_either(web: Web, host: str, scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{scheme}_proxy", f"http://127.0.0.1:{web.port}")
    monkeypatch.setenv("no_proxy", "")
    web.asked.clear()
    assert not asker().ask(f"{scheme}://{host}/good").heard and not web.asked


def test_a_proxy_that_alone_knows_the_names_of_the_web_is_asked(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{web.port}")
    monkeypatch.setenv("no_proxy", "")
    web.asked.clear()
    assert asker().ask("http://khong-ai-biet.invalid/good").state == "open"
    assert [one.path for one in web.asked] == ["http://khong-ai-biet.invalid/good"]
