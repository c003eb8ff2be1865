"""A small web of our own: hosts that answer well, badly, late or not at all. Nothing outside this machine is asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ANSWERS: dict[str, tuple[int, str]] = {
    # path → status, where to
    "/": (200, ""),
    "/good": (200, ""),
    "/gone": (404, ""),
    "/really-gone": (410, ""),
    "/forbidden": (403, ""),
    "/busy": (429, ""),
    "/broken": (503, ""),
    "/moved": (301, "/good"),
    "/moved-away": (302, "http://localhost:{port}/good"),
    "/loop": (302, "/loop"),
    "/home": (302, "/"),
    "/script": (302, "javascript:alert(1)"),
    "/file": (302, "file:///etc/passwd"),
    "/nowhere": (302, ""),
}


@dataclass
class Asked:
    method: str
    path: str
    agent: str
    start: float
    end: float = 0.0


@dataclass
class Web:
    port: int
    asked: list[Asked] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def at(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


@contextmanager
def small_web(host: str = "127.0.0.1") -> Iterator[Web]:
    class Host(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            asked = Asked(self.command, self.path, self.headers["User-Agent"], time.monotonic())
            web.asked.append(asked)
            self._answer()
            asked.end = time.monotonic()

        def _answer(self) -> None:
            path = self.path.split("?")[0]
            if path == "/hang" or (path == "/head-hangs" and self.command == "HEAD"):
                web.stop.wait(120)
                return
            if path == "/nonsense":
                self.wfile.write(b"this is no HTTP\r\n\r\n")
                return
            status, location = ANSWERS.get(path, (200, ""))
            if path == "/no-head":
                status = 405 if self.command == "HEAD" else 200
            if path == "/head-lies":
                status = 404 if self.command == "HEAD" else 200
            self.send_response(status)
            if location:
                self.send_header("Location", location.format(port=web.port))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer((host, 0), Host)
    web = Web(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield web
    finally:
        web.stop.set()
        server.shutdown()
        server.server_close()
