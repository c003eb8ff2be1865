"""The preview answers at its own addresses alone, and whatever it is sent, with one clean answer."""

from __future__ import annotations

import os
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.commands.preview.update import Preview, snapshot
from generator.commands.serve import PreviewServer, _bind
from generator.engine.progress import Progress
from generator.ground.errors import UsageError
from generator.ground.files import find_project
from tests.projects import make_project

SHOWN = 503
"""What a good request gets here, where no page was made."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PreviewServer]:
    project = find_project(make_project(tmp_path_factory.mktemp("preview")))
    with PreviewServer("127.0.0.1", 0, Preview(project, "viet-nam", Progress())) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def send(server: PreviewServer, request: bytes) -> bytes:
    """All that comes back until the preview ends the connection."""
    told = bytearray()
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=60) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        while part := line.recv(65536):
            told += part
    return bytes(told)


HOSTS = (
    ("localhost", SHOWN), ("localhost:8000", SHOWN), ("LOCALHOST:9", SHOWN), ("localhost.", SHOWN),
    ("127.0.0.1", SHOWN), ("127.0.0.1:8000", SHOWN), ("[::1]", SHOWN), ("[::1]:8000", SHOWN),
    ("evil.example", 421), ("evil.example:8000", 421), ("127.0.0.1.evil.example", 421), ("localhost.evil.example", 421),
    ("10.0.0.1", 421), ("[fe80::1]", 421), ("127.1", 421), ("2130706433", 421), ("localhost@evil.example", 421),
    ("[::1", 421), ("localhost:x", 421), ("localhost\0evil", 421), ("localhost evil", 421), ("", 421), (":", 421),
)


@pytest.mark.parametrize(("host", "status"), HOSTS)
def test_only_its_own_names_are_answered(server: PreviewServer, host: str, status: int) -> None:
    told = send(server, f"GET /1041/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert told.startswith(f"HTTP/1.1 {status} ".encode())


FETCHES = (
    # Where a browser asks from, how, and for what (Fetch Metadata).
    ("none", "navigate", "document", SHOWN), ("same-origin", "navigate", "document", SHOWN),
    ("same-origin", "cors", "empty", SHOWN), ("same-origin", "no-cors", "script", SHOWN),
    ("cross-site", "navigate", "document", SHOWN), ("same-site", "navigate", "document", SHOWN),
    ("cross-site", "no-cors", "script", 403), ("same-site", "no-cors", "script", 403),
    ("cross-site", "navigate", "iframe", 403), ("same-site", "navigate", "object", 403),
    ("cross-site", "cors", "empty", 403), ("same-site", "no-cors", "image", 403),
    ("cross-site", "no-cors", "style", 403),
    ("cross-site", "websocket", "document", 403), ("same-site", "", "", 403), ("CROSS-SITE", "no-cors", "script", 403),
)


@pytest.mark.parametrize(("site", "mode", "dest", "status"), FETCHES)
def test_a_page_from_elsewhere_may_lead_here_and_do_nothing_else(
    server: PreviewServer, site: str, mode: str, dest: str, status: int
) -> None:
    told = send(server, "GET /1041/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        f"Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\nSec-Fetch-Dest: {dest}\r\n\r\n".encode())
    assert told.startswith(f"HTTP/1.1 {status} ".encode())


@pytest.mark.parametrize("host", ["é" * 70, "a\udcff", "a\0b", "x" * 300, "khong-co.invalid", "1.2.3.4.5"])
def test_a_name_nobody_can_listen_at_is_one_line(host: str) -> None:
    with pytest.raises(UsageError) as told:
        _bind(host, 0, None)  # type: ignore[arg-type]  # nothing is asked of it
    assert "\n" not in str(told.value)


def test_who_speaks_as_of_old_is_answered_without_waiting_for_more(server: PreviewServer) -> None:
    """HTTP/0.9 has one line, and waits for the answer."""
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=20) as line:
        line.sendall(b"GET /\r\n")
        assert line.recv(65536).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(("host", "own"), [
    ("0.0.0.0", True), ("192.168.1.7:8000", True), ("[fd00::7]:8000", True), (socket.gethostname(), True),
    ("evil.example", False), ("192.168.1.7.evil.example", False), ("abc", False), ("1.evil", False),
])
def test_who_listens_everywhere_is_known_by_numbers(host: str, own: bool) -> None:
    with PreviewServer("0.0.0.0", 0, None) as server:  # type: ignore[arg-type]  # nothing is asked of it
        assert server.is_own(host) is own


GOOD = b"Host: localhost\r\n\r\n"
NEXT = b"GET /second HTTP/1.1\r\n" + GOOD
ODD: dict[str, tuple[bytes, int]] = {
    # what is sent → the one answer
    "no host": (b"GET / HTTP/1.1\r\n\r\n", 400),
    "no host, old": (b"GET / HTTP/1.0\r\n\r\n", 400),
    "two hosts": (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 400),
    "no version": (b"GET /\r\n\r\n", 400),
    "one word": (b"GARBAGE\r\n\r\n", 400),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
    "a version of letters": (b"GET / HTTP/x\r\n" + GOOD, 400),
    "a version to come": (b"GET / HTTP/9.9\r\n" + GOOD, 505),
    "four words": (b"GET / index HTTP/1.1\r\n" + GOOD, 400),
    "another's address": (b"GET http://evil.example/ HTTP/1.1\r\n" + GOOD, 400),
    "a broken address": (b"GET http://[/ HTTP/1.1\r\n" + GOOD, 400),
    "no path": (b"GET * HTTP/1.1\r\n" + GOOD, 400),
    "half a path": (b"GET index.html HTTP/1.1\r\n" + GOOD, 400),
    "another method": (b"BREW / HTTP/1.1\r\n" + GOOD, 501),
    "a tunnel": (b"CONNECT evil.example:443 HTTP/1.1\r\n" + GOOD, 400),
    "a form": (b"POST / HTTP/1.1\r\nContent-Length: 48\r\n" + GOOD + NEXT, 501),
    "a request in the body": (b"GET / HTTP/1.1\r\nContent-Length: 48\r\n" + GOOD + NEXT, SHOWN),
    "a body in pieces": (b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + GOOD + b"0\r\n\r\n" + NEXT, SHOWN),
    "a body of no length": (b"GET / HTTP/1.1\r\nContent-Length: many\r\n" + GOOD + NEXT, SHOWN),
    "may I send": (b"GET / HTTP/1.1\r\nExpect: 100-continue\r\n" + GOOD, SHOWN),
    "a header without a name": (b"GET / HTTP/1.1\r\n: x\r\n" + GOOD, SHOWN),
    "a header without a colon": (b"GET / HTTP/1.1\r\nHost localhost\r\n\r\n", 400),
    "many headers": (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + GOOD, 431),
    "a long header": (b"GET / HTTP/1.1\r\nA: " + b"x" * 70_000 + b"\r\n" + GOOD, 431),
    "a long path": (b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n" + GOOD, 414),
    "a deep path": (b"GET /" + b"a/" * 20_000 + b" HTTP/1.1\r\n" + GOOD, SHOWN),
    "out of the folder": (b"GET /" + b"../" * 2_000 + b" HTTP/1.1\r\n" + GOOD, SHOWN),
    "another line in the path": (b"GET /%0d%0aX:1 HTTP/1.1\r\n" + GOOD, SHOWN),
    "no letters": (b"GET /\xff\xfe\x00 HTTP/1.1\r\n" + GOOD, SHOWN),
    "many questions": (b"GET /__hocso/version?" + b"a=1&" * 9_000 + b" HTTP/1.1\r\n" + GOOD, 200),
    "a broken question": (b"GET /__hocso/version?page=%ff%00&page&=%zz HTTP/1.1\r\n" + GOOD, 200),
    "a host in brackets": (b"GET //[/ HTTP/1.1\r\n" + GOOD, SHOWN),
}


@pytest.mark.parametrize("case", ODD)
def test_whatever_is_sent_gets_one_clean_answer(
    server: PreviewServer, case: str, capfd: pytest.CaptureFixture[str]
) -> None:
    request, status = ODD[case]
    told = send(server, request)
    head, _, body = told.partition(b"\r\n\r\n")
    assert re.match(rb"HTTP/1\.[01] %d " % status, head), head[:200]
    assert len(re.findall(rb"HTTP/1\.[01] \d\d\d ", told)) == 1
    assert b"Cross-Origin-Resource-Policy: same-origin\r\n" in head and b"X-Content-Type-Options: nosniff" in head
    assert b"Python" not in head and (length := re.search(rb"Content-Length: (\d+)", head))
    assert int(length[1]) == len(body)
    assert capfd.readouterr().err == ""


def test_refusals_are_said_in_the_readers_language(server: PreviewServer, monkeypatch: pytest.MonkeyPatch) -> None:
    request = b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"
    assert f"Xem thử chỉ trả lời ở địa chỉ của chính nó: {server.address}" in send(server, request).decode()
    monkeypatch.setitem(os.environ, "HOCSO_LANG", "en")
    assert f"The preview answers at its own address alone: {server.address}" in send(server, request).decode()


def undo_in_place(path: Path) -> None:
    path.write_bytes(path.read_bytes()[::-1])
    path.write_bytes(path.read_bytes()[::-1])


def undo_by_swap(path: Path) -> None:
    kept = path.rename(path.with_suffix(".bak"))
    path.write_bytes(kept.read_bytes()[::-1])
    kept.replace(path)


@pytest.mark.skipif(os.name == "nt", reason="there ctime is the moment of making")
@pytest.mark.parametrize("undo", [undo_in_place, undo_by_swap])
def test_a_file_saved_and_undone_while_it_was_read_is_looked_at_again(
    tmp_path: Path, undo: Callable[[Path], None]
) -> None:
    """Its time and size are what they were: an update that read it in between would stand for ever."""
    project = find_project(make_project(tmp_path))
    path = project.path("content/topics/quet-ma-qr/index.md")
    before, state = snapshot(project), path.stat()
    time.sleep(0.05)  # a file's times come in ticks
    undo(path)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert (path.stat().st_mtime_ns, path.stat().st_size) == (state.st_mtime_ns, state.st_size)
    assert snapshot(project) != before
