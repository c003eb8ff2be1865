"""Asks addresses on the web, as little and as politely as it can be done."""

from __future__ import annotations

import http.client
import queue
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.cookiejar import CookieJar
from typing import Literal
from urllib.error import URLError
from urllib.parse import SplitResult, quote, urldefrag, urlencode, urljoin, urlsplit
from urllib.request import HTTPErrorProcessor, Request

from generator.commands.linking.reach import Allows, HomeError, open_web
from generator.ground.web import is_public
from generator.handbook.model import host_of

TIMEOUT = 12.0
PAUSE = 1.5
"""Seconds between two questions to one host."""
MOST_HOPS = 5
REDIRECTS = (301, 302, 303, 307, 308)
GONE = (404, 410)
TOO_MANY = 429
AT_ONCE = 4
MOST_SECONDS = 900.0
"""A host that answers drop by drop must not hold the editor for ever."""
MOST_BYTES = 300_000
"""Of a page that is looked at: a number page is smaller, and at its end stands who signed it."""
YOUTUBE = ("youtube.com", "m.youtube.com", "youtu.be")


@dataclass(frozen=True, slots=True)
class Answer:
    """`gone`: the host itself says that there is no such page; `failed`: nobody answered as a host should."""

    state: Literal["open", "gone", "unsure", "failed"]
    reason: str = ""
    moved_to: str = ""
    heard: bool = False
    """True when a web server answered for itself: then there is a network."""
    wait: bool = False
    """The host wants to be left alone."""


@dataclass
class Turns:
    """One question at a time to each host, with a pause after each."""

    pause: float = PAUSE
    _locks: dict[str, threading.Lock] = field(default_factory=dict)
    _free_at: dict[str, float] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        with self._guard:
            lock = self._locks.setdefault(host, threading.Lock())
        with lock:
            time.sleep(max(0.0, self._free_at.get(host, 0.0) - time.monotonic()))
            try:
                yield
            finally:
                self._free_at[host] = time.monotonic() + self.pause


class _AsAnswered(HTTPErrorProcessor):
    """Every status as it comes: no redirect is followed and none is an exception."""

    def http_response(
        self, request: Request, response: http.client.HTTPResponse,  # noqa: ARG002  # named by the base class
    ) -> http.client.HTTPResponse:
        return response

    https_response = http_response


class _StrayError(Exception):
    """The way through redirects leads nowhere."""


@dataclass(frozen=True)
class Asker:
    agent: str
    """Who asks, so that a host's keeper can see it and complain."""
    turns: Turns = field(default_factory=Turns)
    timeout: float = TIMEOUT
    allows: Allows = is_public

    def ask(self, address: str) -> Answer:
        try:
            question = question_of(address)
        except ValueError:
            return Answer("unsure", "địa chỉ viết lạ")
        try:
            return self._ask(question)
        except HomeError:
            return Answer("unsure", "dẫn vào máy này hay mạng trong nhà, không hỏi")
        except (OSError, http.client.HTTPException, ValueError, _StrayError) as problem:
            return Answer("failed", self._why(problem))

    def page(self, address: str) -> tuple[Answer, bytes]:
        """With what stands there, for whoever must know which page it is."""
        kept: list[bytes] = []
        try:
            question = _in_ascii(address)
            status, last = self._follow(CookieJar(), "GET", question, kept)
            answer = _judge(status, question, last)
            return replace(answer, moved_to="" if is_same_site(question, last) else last), kept[-1]
        except HomeError:
            return Answer("unsure", "dẫn vào máy này hay mạng trong nhà, không hỏi"), b""
        except (OSError, http.client.HTTPException, ValueError, _StrayError) as problem:
            return Answer("failed", self._why(problem)), b""

    def _ask(self, question: str) -> Answer:
        """HEAD costs a host least; many answer it wrongly, so only GET is believed when it is bad news."""
        jar = CookieJar()
        try:
            status, last = self._follow(jar, "HEAD", question)
        except (http.client.HTTPException, ConnectionError, TimeoutError, URLError) as problem:
            if isinstance(_cause(problem), socket.gaierror | ssl.SSLError | ConnectionRefusedError):
                raise
            status, last = 0, question
        if not 200 <= status < 300 and status != TOO_MANY:
            status, last = self._follow(jar, "GET", question)
        return _judge(status, question, last)

    def _follow(
        self, jar: CookieJar, method: str, address: str, kept: list[bytes] | None = None
    ) -> tuple[int, str]:
        """The first status that is no redirect, and where it was given."""
        for _ in range(MOST_HOPS + 1):
            status, location = self._once(jar, method, address, kept)
            if status not in REDIRECTS or not location:
                return status, address
            address = _in_ascii(urljoin(address, location))
            if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
                raise _StrayError("chuyển hướng tới chỗ không phải trang web")
        raise _StrayError("chuyển hướng mãi không tới nơi")

    def _once(
        self, jar: CookieJar, method: str, address: str, kept: list[bytes] | None
    ) -> tuple[int, str]:
        headers = {"User-Agent": self.agent, "Accept": "*/*", "Accept-Language": "vi, en;q=0.5"}
        request = Request(address, method=method, headers=headers)
        with self.turns.turn(urlsplit(address).hostname or ""), open_web(
            address, jar, _AsAnswered(), allows=self.allows
        ).open(request, timeout=self.timeout) as response:
            if kept is not None:
                kept.append(_plain(response.read(MOST_BYTES)))
            return response.status, response.headers.get("Location", "")

    def _why(self, problem: Exception) -> str:
        cause = _cause(problem)
        if isinstance(cause, _StrayError):
            return str(cause)
        if isinstance(cause, socket.gaierror):
            return "không tìm thấy máy chủ"
        if isinstance(cause, ssl.SSLError):
            return "chứng chỉ không tin được"
        if isinstance(cause, TimeoutError):
            return f"không trả lời sau {self.timeout:.0f} giây"
        return "máy chủ không nhận" if isinstance(cause, OSError) else "trả lời không đúng kiểu trang web"


def _plain(data: bytes) -> bytes:
    """Some hosts pack whatever they are asked for; a beginning of that is a beginning."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        return zlib.decompressobj(31).decompress(data, 10 * MOST_BYTES)
    except zlib.error:
        return b""


def _cause(problem: Exception) -> object:
    return problem.reason if isinstance(problem, URLError) and isinstance(problem.reason, Exception) else problem


def _judge(status: int, asked: str, last: str) -> Answer:
    if status == TOO_MANY:
        return Answer("unsure", "máy chủ bảo chờ (429)", heard=True, wait=True)
    if status in GONE:
        return Answer("gone", f"trang không còn ({status})", heard=True)
    if status >= 500:  # a proxy without a network says so too
        return Answer("failed", f"máy chủ đang hỏng ({status})")
    if not 200 <= status < 300:
        return Answer("unsure", f"máy chủ không cho máy xem ({status})", heard=True)
    if urlsplit(last).path.strip("/") == "" and urlsplit(asked).path.strip("/") != "":
        return Answer("unsure", "bị dẫn về trang đầu", _elsewhere(asked, last), heard=True)
    return Answer("open", moved_to=_elsewhere(asked, last), heard=True)


def _elsewhere(asked: str, last: str) -> str:
    """Where one ends up, when that is another site and not only another name of it."""
    old, new = f".{host_of(asked)}", f".{host_of(last)}"
    return "" if old.endswith(new) or new.endswith(old) else last


def is_same_site(asked: str, last: str) -> bool:
    """For a code on paper: the very host, with or without `www.`, at its own port; `http` may become `https`. A name
    above or below it can be in other hands."""
    old, new = urlsplit(asked), urlsplit(last)
    if host_of(asked).rstrip(".") != host_of(last).rstrip("."):
        return False
    if (old.scheme, new.scheme) == ("http", "https"):
        return new.port in (None, 443) or old.port == new.port
    return old.scheme == new.scheme and _port(old) == _port(new)


def _port(parts: SplitResult) -> int:
    return parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)


def question_of(address: str) -> str:
    """What to ask for. YouTube answers 200 for films that are gone; its oEmbed address tells the truth."""
    parts = urlsplit(address)
    host = host_of(address)
    is_film = parts.path.startswith(("/watch", "/shorts/", "/live/")) or (host == "youtu.be" and parts.path.strip("/"))
    if host in YOUTUBE and is_film:
        return f"https://www.youtube.com/oembed?{urlencode({'format': 'json', 'url': address})}"
    return _in_ascii(urldefrag(address).url)


def _in_ascii(address: str) -> str:
    parts = urlsplit(address)
    host = (parts.hostname or "").encode("idna").decode()
    host = (f"[{host}]" if ":" in host else host) + (f":{parts.port}" if parts.port else "")
    kept = "/%:@!$&'()*+,;=?~-._"
    return parts._replace(netloc=host, path=quote(parts.path, kept), query=quote(parts.query, kept)).geturl()


# One round through all addresses: several hosts at once, each host's own addresses one after another.


Ask = Callable[[str], Answer]


def ask_all(
    addresses: Iterable[str], ask: Ask, told: Callable[[int, int], None], *, most: float = MOST_SECONDS
) -> dict[str, Answer]:
    """Answers by address. Without one: whatever a host that wants to be left alone, or a late one, still owed."""
    hosts: dict[str, list[str]] = {}
    for address in sorted(set(addresses)):
        hosts.setdefault(urlsplit(address).hostname or "", []).append(address)
    waiting: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    for group in hosts.values():
        waiting.put(group)
    answers: dict[str, Answer] = {}
    total = sum(map(len, hosts.values()))
    workers = [threading.Thread(target=_work, args=(waiting, ask, answers), daemon=True) for _ in range(AT_ONCE)]
    for worker in workers:
        worker.start()
    end = time.monotonic() + most
    for worker in workers:
        while worker.is_alive() and time.monotonic() < end:
            worker.join(0.2)  # short, so that Ctrl-C is heard on Windows too
            told(len(answers), total)
    return dict(answers)


def _work(waiting: queue.SimpleQueue[list[str]], ask: Ask, answers: dict[str, Answer]) -> None:
    while True:
        try:
            group = waiting.get_nowait()
        except queue.Empty:
            return
        for address in group:
            answers[address] = answer = ask(address)
            if answer.wait:
                break
