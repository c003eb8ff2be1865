"""A server that packs as ours do, and a phone on a weak signal to visit it with."""

from __future__ import annotations

import gzip
import mimetypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from generator.press.browser import Browser
from tests.windows import Visit, window

LATENCY_MS, BYTES_A_SECOND, SLOWER_CPU = 400, 400_000 / 8, 6
PACKED = (".html", ".css", ".js", ".json", ".svg", ".xml")
NUMBER = re.compile(r"/[1-9]\d{3}")


@dataclass
class Host:
    """One site on one port. `redirects`: sends `/1041` on to `/1041/`, as a host without our server files does."""

    folder: Path
    redirects: bool
    headers: dict[str, str] = field(default_factory=dict)
    """For every page, besides the usual."""
    port: int = 0
    sent: dict[str, int] = field(default_factory=dict)
    """Bytes of bodies by path, as they went over the wire."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        path = path.partition("?")[0]
        if NUMBER.fullmatch(path):
            if self.redirects:
                return 301, {"Location": f"{path}/"}, b""
            path += "/"
        file = self.folder / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
        if not file.is_file():
            return 404, {}, b""
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        keep = "max-age=604800" if path.startswith("/assets/") else "max-age=300"
        headers = {"Content-Type": f"{kind}; charset=utf-8", "Cache-Control": keep}
        if file.suffix == ".html":
            headers |= self.headers
        body = file.read_bytes()
        if file.suffix in PACKED:
            headers["Content-Encoding"] = "gzip"
            body = gzip.compress(body, 6, mtime=0)
        return 200, headers, body


@contextmanager
def serve(folder: Path, *, redirects: bool = False, headers: dict[str, str] | None = None) -> Iterator[Host]:
    host = Host(folder, redirects, headers or {})

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = host.answer(self.path)
            host.sent[self.path] = host.sent.get(self.path, 0) + len(body)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    host.port = server.server_port
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def weak_phone(browser: Browser) -> Iterator[Visit]:
    """400 ms away, 400 kbit/s, a processor six times slower, an empty cache."""
    with window(browser, (360, 640)) as visit:
        visit.page.context.unroute_all()  # asking us about each request would cost time of its own
        line = visit.page.context.new_cdp_session(visit.page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", {
            "offline": False, "latency": LATENCY_MS, "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        })
        line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})
        yield visit


WATCH = """window.seen = new Promise(done => {
  const look = () => {
    const steps = document.querySelectorAll('ol.steps > li'), last = steps[steps.length - 1];
    const whole = last && (document.readyState !== 'loading' || last.parentNode.nextElementSibling);
    if (whole && last.getBoundingClientRect().height > 0) requestAnimationFrame(() => done(performance.now()));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});"""


def seconds_to_steps(browser: Browser, address: str) -> float:
    """From asking for the address until all steps have been drawn."""
    with weak_phone(browser) as visit:
        visit.page.add_init_script(WATCH)
        visit.page.goto(address, wait_until="commit")
        return float(visit.page.evaluate("window.seen")) / 1000
