"""The ready server files in a real nginx and a real Caddy. Part of `make prove`, where these programs are installed."""

from __future__ import annotations

import gzip
import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.build import Order, build
from generator.engine.progress import Progress
from generator.ground.files import find_project
from generator.press.browser import Browser
from tests.projects import make_project, put
from tests.test_payloads import LISTEN, look
from tests.windows import window

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.environ.get("HOCSO_PROVE") != "1", reason="make prove")]
SEARCHED = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
HOSTS = ("nginx", "caddy")
PREFIXES = ("/", "/27901/")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Place:
    """A running server, and where the site lies on it."""

    port: int
    prefix: str

    def get(self, path: str) -> Answer:
        """Below the prefix; nothing is followed, nothing unpacked."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        line.request("GET", self.prefix + path, headers={"Accept-Encoding": "gzip"})
        given = line.getresponse()
        answer = Answer(given.status, {name.lower(): value for name, value in given.getheaders()}, given.read())
        line.close()
        return answer

    def page(self, path: str) -> str:
        return gzip.decompress(self.get(path).body).decode()


@pytest.fixture(scope="module", params=PREFIXES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with the site at its place, as an office would copy it."""
    prefix: str = request.param
    folder = tmp_path_factory.mktemp("office")
    made = make_project(folder, commit=True, site_url=f"https://hocso.example{prefix}")
    build(find_project(made), Order(products=("site", "number", "deck", "server")), Progress())
    root = folder / "srv"
    shutil.copytree((made / "dist/site").resolve(), root / prefix.strip("/"))
    put(root / prefix.strip("/"), "clips/quet-ma-qr.vtt", "WEBVTT\n\n00:00.000 --> 00:09.000\n" + "Bà con ơi! " * 50)
    put(root / prefix.strip("/"), "clips/quet-ma-qr.mp4", b"\0" * 4000)
    return root, prefix


@pytest.fixture(scope="module", params=HOSTS)
def place(request: pytest.FixtureRequest, site: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory
          ) -> Iterator[Place]:
    program = shutil.which(request.param, path=SEARCHED)
    if not program:
        pytest.skip(f"no {request.param} on this machine")
    root, prefix = site
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    work = tmp_path_factory.mktemp(request.param)
    written = (root / prefix.strip("/") / "server" / {"nginx": "nginx.conf", "caddy": "Caddyfile"}[request.param])
    prepare = {"nginx": prepare_nginx, "caddy": prepare_caddy}[request.param]
    command = prepare(program, work, written.read_text("utf-8"), root, port)
    with running(command, work, port):
        yield Place(port, prefix)


def swap(text: str, old: str, new: str) -> str:
    """What the file tells its reader to change must stand there."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def prepare_nginx(program: str, work: Path, text: str, root: Path, port: int) -> list[str]:
    text = swap(text, "listen 80;", f"listen 127.0.0.1:{port};")
    text = swap(text, "    listen [::]:80;\n", "")
    text = swap(text, "server_name hocso.example;", "server_name localhost;")
    text = swap(text, "root /srv/hoc-so;", f"root {root};")
    (work / "hoc-so.conf").write_text(text, "utf-8")
    kinds = next((line for line in ("/etc/nginx/mime.types", "/usr/local/etc/nginx/mime.types")
                  if Path(line).is_file()), "")
    user = "user root;\n" if os.geteuid() == 0 else ""
    temporary = "".join(f"{name}_temp_path {work}/{name};\n" for name in (
        "client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (work / "nginx.conf").write_text(
        f"{user}daemon off;\npid {work}/pid;\nerror_log {work}/error.log;\nevents {{}}\nhttp {{\naccess_log off;\n"
        f"include {kinds};\ndefault_type application/octet-stream;\n{temporary}include {work}/hoc-so.conf;\n}}\n",
        "utf-8")
    return [program, "-e", f"{work}/error.log", "-c", f"{work}/nginx.conf"]


def prepare_caddy(program: str, work: Path, text: str, root: Path, port: int) -> list[str]:
    text = swap(text, "\nhocso.example {", f"\nhttp://127.0.0.1:{port} {{")
    text = swap(text, "root * /srv/hoc-so", f"root * {root}")
    (work / "Caddyfile").write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{text}", "utf-8")
    return [program, "run", "--config", str(work / "Caddyfile"), "--adapter", "caddyfile"]


@contextmanager
def running(command: list[str], work: Path, port: int) -> Iterator[None]:
    own = {**os.environ, "XDG_DATA_HOME": str(work), "XDG_CONFIG_HOME": str(work), "HOME": str(work)}
    with (work / "told.txt").open("wb") as told, subprocess.Popen(command, env=own, stdout=told, stderr=told) as server:
        try:
            for _ in range(100):
                assert server.poll() is None, (work / "told.txt").read_text("utf-8", "replace")
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.1)
            yield
        finally:
            server.terminate()


# What it answers.


def test_a_number_is_answered_and_packed(place: Place) -> None:
    for path in ("1041/", "1041/index.html", *(["1041"] if place.prefix == "/" else [])):
        answer = place.get(path)
        assert answer.status == 200, path
        assert answer.headers["content-type"].replace(" ", "").lower() == "text/html;charset=utf-8"
        assert answer.headers["content-encoding"] == "gzip"
        assert len(answer.body) <= 14_000
        assert "Quét mã QR" in place.page(path)


def test_the_printed_address_below_a_path_gets_its_slash(place: Place) -> None:
    """There links of the page would lead out of the commune's site; at the root it is answered at once."""
    answer = place.get("1041")
    if place.prefix == "/":
        assert answer.status == 200 and "location" not in answer.headers
    else:
        assert answer.status in (301, 308) and answer.headers["location"].endswith(f"{place.prefix}1041/")


@pytest.mark.parametrize("path", ["9999", "9999/", "topics/khong-co/", "assets/khong-co.js"])
def test_what_is_not_there_is_said_kindly_with_its_status(place: Place, path: str) -> None:
    answer = place.get(path)
    assert answer.status == 404
    text = gzip.decompress(answer.body) if answer.headers.get("content-encoding") == "gzip" else answer.body
    assert "Không có trang này" in text.decode()
    if not path.endswith(".js"):
        assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["", "index.html", "1041/", "topics/quet-ma-qr/", "slides/quet-ma-qr/", "privacy/",
                                  "downloads/"])
def test_every_page_comes_with_its_policy_and_nobody_frames_it(place: Place, path: str) -> None:
    headers = place.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "'sha256-" in policy and "unsafe-inline" not in policy
    assert policy.endswith("frame-ancestors 'none'")
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cache-control"] == "max-age=300"


def test_a_fragment_may_be_framed(place: Place) -> None:
    headers = place.get("embed/quet-ma-qr/").headers
    assert headers["content-security-policy"].endswith("frame-ancestors *")
    assert not headers.get("x-frame-options")


@pytest.mark.parametrize(("path", "kind", "packed"), [
    ("assets/hocso.css", "text/css", True), ("assets/search.js", "javascript", True),
    ("assets/favicon.svg", "image/svg+xml", False), ("feed.xml", "xml", True), ("feed.json", "json", True),
    ("clips/quet-ma-qr.vtt", "text/vtt", True), ("clips/quet-ma-qr.mp4", "video/mp4", False),
])
def test_files_come_as_what_they_are(place: Place, path: str, kind: str, packed: bool) -> None:
    answer = place.get(path)
    assert answer.status == 200 and kind in answer.headers["content-type"]
    assert not packed or answer.headers["content-encoding"] == "gzip"
    keep = {".css": "604800", ".mp4": "86400"}.get(Path(path).suffix, "604800" if "assets/" in path else "300")
    assert answer.headers["cache-control"] == f"max-age={keep}"


@pytest.mark.browser
def test_a_browser_finds_nothing_to_complain_of(place: Place, browser: Browser) -> None:
    names = ["index.html", "topics/quet-ma-qr/", "1041" if place.prefix == "/" else "1041/", "9999",
             "slides/quet-ma-qr/", "embed/quet-ma-qr/"]
    address = f"http://127.0.0.1:{place.port}{place.prefix}"
    with window(browser, (360, 640)) as visit:
        visit.page.add_init_script(LISTEN)
        assert {name: found for name in names if (found := look(visit, address + name))} == {}
        visit.page.goto(address + names[2])
        visit.page.get_by_role("link", name="Xem cả bài").click()
        visit.page.wait_for_url("**/topics/quet-ma-qr/index.html")
