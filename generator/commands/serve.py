"""`hocso serve`: pages, number pages and papers of an edition, up to date while somebody writes."""

from __future__ import annotations

import os
import re
import socket
import socketserver
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any

from generator.commands.forms.desk import MOST_BYTES, PLACE, FormDesk
from generator.commands.preview.answers import MEDIA_TYPES, Answer, answer
from generator.commands.preview.update import Preview
from generator.engine.progress import Progress
from generator.ground.errors import UsageError
from generator.ground.files import Project
from generator.ground.said import said

EVERYWHERE = ("", "0.0.0.0", "::")
HOME = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(r"(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+?)\.?)(?::[0-9]+)?")
_NUMBER = re.compile(r"[0-9.]+|[0-9a-fA-F.]*:[0-9a-fA-F:.]+")


def serve(project: Project, edition: str, host: str, port: int) -> None:
    """Until Ctrl-C."""
    progress = Progress()
    try:
        with open_server(project, edition, host, port, progress) as server:
            progress.say(said("serve/begun", address=server.address))
            sys.stdout.flush()
            server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        progress.say(said("serve/ended"))


@contextmanager
def open_server(
    project: Project, edition: str, host: str, port: int, progress: Progress
) -> Iterator[PreviewServer]:
    """A server that listens, with the first view made and the folder watched; all of it ends with the `with`."""
    preview = Preview(project, edition, progress)
    stop = threading.Event()
    watcher = threading.Thread(target=preview.follow, args=(stop,), name="watcher", daemon=True)
    with _bind(host, port, preview) as server, preview.press:
        preview.update()
        watcher.start()
        try:
            yield server
        finally:
            stop.set()
            watcher.join(timeout=5)


def _bind(host: str, port: int, preview: Preview) -> PreviewServer:
    if not 0 <= port <= 65535:
        raise UsageError(*said("serve/no-port", port=port))
    try:
        return PreviewServer(host, port, preview)
    except (TypeError, ValueError) as problem:
        raise UsageError(*said("serve/no-host", host=host)) from problem
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise UsageError(*said("serve/taken-port", host=host, port=port, reason=reason,
                               other=_other(port))) from problem


def _other(port: int) -> int:
    return port + 1 if 1024 <= port < 65535 else 8000


class PreviewServer(ThreadingHTTPServer):
    daemon_threads = True
    # On Windows it would let two previews listen on one port.
    allow_reuse_address = os.name != "nt"

    def __init__(self, host: str, port: int, preview: Preview) -> None:
        self.preview = preview
        self.forms = FormDesk(preview)
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._names = {*HOME, host.lower()}
        if host in EVERYWHERE:
            own = socket.gethostname().lower()
            self._names |= {own, own.partition(".")[0] + ".local"}
        self._any_number = host in EVERYWHERE
        super().__init__((host, port), _Handler)

    def is_own(self, host: str) -> bool:
        """Of the `Host` a browser names. A page of the web whose name is led here (DNS rebinding) names its own; who
        listens everywhere has numbers it does not know, and no page can be at home at those."""
        if not (match := _HOST.fullmatch(host)):
            return False
        name = (match[1] or match[2]).lower()
        return name in self._names or (self._any_number and bool(_NUMBER.fullmatch(name)))

    def server_bind(self) -> None:
        """Without asking the network for our own name, which can take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    @property
    def address(self) -> str:
        name = "127.0.0.1" if self.server_name in EVERYWHERE else self.server_name
        return f"http://{f'[{name}]' if ':' in name else name}:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is no news."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    raw_requestline: bytes
    server_version, sys_version = "hocso", ""
    protocol_version = "HTTP/1.1"
    default_request_version = "HTTP/1.0"
    """Also who speaks no HTTP at all gets an answer with a head."""
    error_message_format = "%(code)d: %(explain)s\n"
    error_content_type = MEDIA_TYPES[".txt"]
    timeout = 60

    def parse_request(self) -> bool:
        """False when the answer, a refusal, has been given."""
        words = self.raw_requestline.split()
        if 0 < len(words) < 3:  # HTTP/0.9 has no head: whoever waits for one waits for ever
            self.command, self.requestline, self.request_version = "", "", self.default_request_version
            self.close_connection = True
            self.send_error(400, explain=str(said("serve/no-request")))
            return False
        if not super().parse_request():
            return False
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not self.path.startswith("/"):
            self.send_error(400, explain=str(said("serve/no-request")))
        elif not self.server.is_own(hosts[0]):
            self.send_error(421, explain=str(said("serve/other-host", address=self.server.address)))
        elif self._is_embedded():
            self.send_error(403, explain=str(said("serve/embedded", address=self.server.address)))
        else:
            return True
        return False

    def _is_embedded(self) -> bool:
        """Asked for by a page from elsewhere, which may lead here and nothing more: a script is read wherever it
        loads. Browsers that do not say where they ask from heed the policy every answer has."""
        site, mode, kind = (self.headers.get(f"Sec-Fetch-{name}", "").lower() for name in ("Site", "Mode", "Dest"))
        return site in ("cross-site", "same-site") and (mode, kind) != ("navigate", "document")

    def end_headers(self) -> None:
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def handle_expect_100(self) -> bool:
        """Nobody who knows us waits before he sends: the one answer comes at once."""
        return True

    def do_GET(self) -> None:
        self._give(self._forms(b"") if self.path.startswith(PLACE) else self._answer())

    def do_PUT(self) -> None:
        """Only the form editor sends anything, with its length."""
        lengths = self.headers.get_all("Content-Length", [])
        length = lengths[0] if len(lengths) == 1 and "Transfer-Encoding" not in self.headers else ""
        if not self.path.startswith(PLACE) or not re.fullmatch("[0-9]{1,9}", length) or int(length) > MOST_BYTES:
            self.close_connection = True
            self.send_error(400, explain=str(said("serve/no-request")))
            return
        self._give(self._forms(self.rfile.read(int(length))))

    def _forms(self, body: bytes) -> Answer:
        """To those who sit at this machine alone, also where others in the house may look."""
        asker = ip_address(self.client_address[0].partition("%")[0])
        if not (getattr(asker, "ipv4_mapped", None) or asker).is_loopback:
            return Answer(403, MEDIA_TYPES[".txt"], f"{said('forms/elsewhere')}\n".encode())
        told = dict(self.headers.items())
        return self._guarded(lambda: self.server.forms.answer(self.command, self.path, told, body))

    def _give(self, given: Answer) -> None:
        self.send_response(given.status)
        self.send_header("Content-Type", given.kind)
        self.send_header("Content-Length", str(len(given.body)))
        self.send_header("Cache-Control", "no-store")
        for name, value in given.headers.items():
            self.send_header(name, value)
        if self.command != "PUT" and {"Content-Length", "Transfer-Encoding"} & {n.title() for n in self.headers}:
            self.send_header("Connection", "close")  # what was sent along is not read as another request
        if given.location:
            self.send_header("Location", given.location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(given.body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _answer(self) -> Answer:
        kind = (self.headers.get("Sec-Fetch-Dest"), self.headers.get("Sec-Fetch-Mode"))
        return self._guarded(
            lambda: answer(self.server.preview, self.path, in_window=kind == ("document", "navigate")))

    def _guarded(self, find: Callable[[], Answer]) -> Answer:
        try:
            return find()
        except Exception as problem:  # the preview goes on; what failed is told where it was asked for
            traceback.print_exc()
            return Answer(500, MEDIA_TYPES[".txt"], str(problem).encode("utf-8", "replace"))

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: what an editor must know stands on the page."""
