"""The folder behind the form editor: lessons and pictures, to the page that was opened here, and nothing half done."""

from __future__ import annotations

import http.client
import os
import re
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image

from generator.commands.forms import folder, installed
from generator.commands.forms.desk import PLACE
from generator.commands.forms.folder import state_of
from generator.commands.numbers import in_turn
from generator.commands.preview.update import Preview
from generator.commands.serve import PreviewServer
from generator.engine.progress import Progress
from generator.ground.files import find_project
from tests.projects import edit, make_project, put

pytestmark = pytest.mark.long
LESSON = "content/topics/quet-ma-qr/index.md"
FOLDER = f"{PLACE}folder/"


class Told(NamedTuple):
    status: int
    body: bytes
    state: str


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PreviewServer]:
    monkeypatch.setenv("HOCSO_EDITOR", str(tmp_path / "editor"))
    put(tmp_path, f"editor/node_modules/{installed.EDITOR}", "// https://unpkg.com/leaflet@1/dist/x.js")
    root = make_project(tmp_path)
    with PreviewServer("127.0.0.1", 0, Preview(find_project(root), "viet-nam", Progress())) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(server: PreviewServer, method: str, path: str, body: bytes | None = None, **headers: str) -> Told:
    line = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    line.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    reply = line.getresponse()
    told = Told(reply.status, reply.read(), reply.headers.get("ETag", "").strip('"'))
    line.close()
    return told


def token(server: PreviewServer) -> str:
    found = re.search(r'data-token="([^"]+)"', ask(server, "GET", PLACE).body.decode())
    assert found
    return found[1]


def root(server: PreviewServer) -> Path:
    return server.preview.project.root


def save(server: PreviewServer, name: str, state: str, body: bytes, **headers: str) -> Told:
    match = {"If_Match": f'"{state}"'} if state else {}
    return ask(server, "PUT", FOLDER + name, body, X_Hocso_Page=token(server), **match, **headers)


def photo(kind: str = "JPEG") -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "MAY-ANH-CUA-AI", 6
    data = BytesIO()
    Image.new("RGB", (2400, 1200), "red").save(data, kind, exif=exif)
    return data.getvalue()


def test_a_lesson_is_read_and_written(server: PreviewServer) -> None:
    read = ask(server, "GET", FOLDER + LESSON, X_Hocso_Page=token(server))
    path = root(server) / LESSON
    assert (read.status, read.body, read.state) == (200, path.read_bytes(), state_of(path.read_bytes()))
    written = save(server, LESSON, read.state, read.body.replace(b"\n3. ", b"\n3.  "))
    assert written.status == 200 and written.state == state_of(path.read_bytes()) != read.state
    assert save(server, LESSON, written.state, path.read_bytes()).state == written.state, "and again"
    listed = ask(server, "GET", FOLDER, X_Hocso_Page=token(server)).body.decode()
    assert LESSON in listed and "approvals" not in listed and "handbook.yml" not in listed


@pytest.mark.parametrize("headers", [
    {"X_Hocso_Page": ""}, {"X_Hocso_Page": "x" * 43}, {"X_Hocso_Page": "é"},
    {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"},
    {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "cors"}, {"Sec_Fetch_Site": "same-site"},
])
def test_another_page_neither_reads_nor_writes(server: PreviewServer, headers: dict[str, str]) -> None:
    before = (root(server) / LESSON).read_bytes()
    given = {"X_Hocso_Page": token(server), "If_Match": state_of(before), **headers}
    assert ask(server, "GET", FOLDER + LESSON, None, **given).status == 403
    assert ask(server, "PUT", FOLDER + LESSON, b"---\n---\n", **given).status == 403
    assert (root(server) / LESSON).read_bytes() == before


OTHERS = (
    "content/handbook.yml", "content/approvals.csv", "content/editions/viet-nam.yml", "mkdocs.yml", "qr/ledger.csv",
    "content/topics/moi/index.md", "content/topics/quet-ma-qr/khac.md", "content/topics/quet-ma-qr/../../../mkdocs.yml",
    "content/topics/%2e%2e/handbook.yml", "..%2f..%2fetc/passwd", "/etc/passwd", "content\\topics\\x.md",
    "content/topics/quet-ma-qr/index.md%00.png", "content/topics/quet-ma-qr/.git/index.md", ".git/config",
    "content/topics/QUET-MA-QR/index.md", "content/topics/quet-ma-qr/index.md/", "content/topics/quet-ma-qr/x.svg",
    "content/topics/quet-ma-qr/x.html", "content/topics/khong-co/a.png",
)


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_else_is_read_or_written(server: PreviewServer, name: str) -> None:
    before = {path: path.read_bytes() for path in root(server).rglob("*") if path.is_file()}
    read = ask(server, "GET", FOLDER + name, X_Hocso_Page=token(server))
    assert read.status == 404
    for state in ("", state_of(b"")):
        assert save(server, name, state, photo()).status in (412, 422)
    assert {path: path.read_bytes() for path in root(server).rglob("*") if path.is_file()} == before


def test_a_link_leads_nowhere(server: PreviewServer, tmp_path: Path) -> None:
    outside = put(tmp_path, "ngoai/index.md", "---\n---\n\nbí mật\n")
    (root(server) / "content/topics/loi-tat").symlink_to(outside.parent)
    name = "content/topics/loi-tat/index.md"
    assert ask(server, "GET", FOLDER + name, X_Hocso_Page=token(server)).status == 404
    assert save(server, name, state_of(outside.read_bytes()), b"---\n---\n\nmoi\n").status == 422
    assert "bí mật" in outside.read_text("utf-8")


def test_what_changed_meanwhile_is_not_written_over(server: PreviewServer) -> None:
    path = root(server) / LESSON
    state = state_of(path.read_bytes())
    edit(root(server), LESSON, "Chờ đường", "Đợi đường")
    now = path.read_bytes()
    for old in (state, "", state_of(b"")):
        assert save(server, LESSON, old, b"---\n---\n\n# moi\n").status == 412
    path.unlink()
    assert save(server, LESSON, state_of(now), now).status == 412, "nor made anew where somebody took it away"
    assert not path.exists()


@pytest.mark.parametrize(("old", "new"), [("\r\n", "\n"), ("\n", "\r\n")])
def test_one_pasted_line_turns_no_others(server: PreviewServer, old: str, new: str) -> None:
    """A file of another editor keeps its line ends, whatever one line of it has."""
    lines = (root(server) / LESSON).read_text("utf-8").split("\n")
    before = f"{lines[0]}{new}" + old.join(lines[1:])
    put(root(server), LESSON, before.encode())
    sent = before.replace("\r\n", "\n").replace("yên", "im").encode()
    assert save(server, LESSON, state_of(before.encode()), sent).status == 200
    assert (root(server) / LESSON).read_bytes().decode() == old.join(lines).replace("yên", "im")


def test_a_save_waits_for_whoever_is_writing_and_looks_again(server: PreviewServer) -> None:
    """Another preview of the same folder, `hocso approve`, `check --fix`."""
    before = (root(server) / LESSON).read_bytes()
    told: list[Told] = []
    saving = threading.Thread(target=lambda: told.append(save(server, LESSON, state_of(before), before + b"moi")))
    with in_turn(server.preview.project):
        saving.start()
        saving.join(timeout=0.5)
        edit(root(server), LESSON, "Chờ đường", "Đợi đường")
    saving.join()
    assert told[0].status == 412 and b"moi" not in (root(server) / LESSON).read_bytes()


@pytest.mark.parametrize("body", [b"\xff\xfe", b"a\0b", b"x" * 200_000, b"", b"\xef\xbb\xbf \n"])
def test_what_is_no_text_is_refused(server: PreviewServer, body: bytes) -> None:
    before = (root(server) / LESSON).read_bytes()
    assert save(server, LESSON, state_of(before), body).status == 422
    assert (root(server) / LESSON).read_bytes() == before


def test_a_full_disk_leaves_the_old_lesson(server: PreviewServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, lasting: bool) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder, "write_whole", fail)
    before = (root(server) / LESSON).read_bytes()
    told = save(server, LESSON, state_of(before), before + b"moi")
    assert told.status == 507 and "còn nguyên" in told.body.decode()
    assert (root(server) / LESSON).read_bytes() == before


def test_a_picture_is_laid_down_upright_and_bare(server: PreviewServer) -> None:
    name = "content/topics/quet-ma-qr/anh.jpg"
    told = save(server, name, "", photo())
    kept = root(server) / name
    assert told.status == 200 and told.body == kept.read_bytes()
    assert b"MAY-ANH-CUA-AI" not in told.body and len(told.body) <= 200_000
    with Image.open(kept) as picture:
        assert picture.size == (800, 1600)
    assert save(server, name, "", photo()).status == 412, "what is there is somebody's"


@pytest.mark.parametrize("data", [b"", b"GIF89a", photo("PNG"), b"<svg/>", photo()[:5000]])
def test_what_is_no_picture_is_not_laid_down(server: PreviewServer, data: bytes) -> None:
    name = "content/topics/quet-ma-qr/anh.jpg"
    assert save(server, name, "", data).status == 422
    assert not (root(server) / name).exists()


def test_a_picture_has_a_name_that_windows_opens(server: PreviewServer) -> None:
    """`con` is a Vietnamese word."""
    told = save(server, "content/topics/quet-ma-qr/con.jpg", "", photo())
    assert told.status == 422 and "Windows" in told.body.decode()
    assert not (root(server) / "content/topics/quet-ma-qr/con.jpg").exists()


def test_a_power_cut_leaves_the_old_words_or_the_new(server: PreviewServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under the lesson's name never stands what the disk itself does not hold."""
    held: list[tuple[int, int]] = []
    replace = Path.replace

    def sync(number: int) -> None:
        state = os.fstat(number)
        held.append((state.st_ino, state.st_size))

    def rename(draft: Path, path: Path) -> Path:
        assert (draft.stat().st_ino, draft.stat().st_size) in held
        return replace(draft, path)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", rename)
    before = (root(server) / LESSON).read_bytes()
    assert save(server, LESSON, state_of(before), before.replace("yên".encode(), b"im")).status == 200
    assert (root(server) / LESSON).read_bytes() != before


@pytest.mark.parametrize(("headers", "status"), [
    ({"Content-Length": "99999999"}, 400), ({"Content-Length": "-1"}, 400), ({"Content-Length": "x"}, 400),
    ({"Transfer-Encoding": "chunked"}, 400), ({"Content-Length": "4", "Transfer-Encoding": "chunked"}, 400),
])
def test_what_has_no_length_is_not_read(server: PreviewServer, headers: dict[str, str], status: int) -> None:
    line = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    line.putrequest("PUT", FOLDER + LESSON)
    for name, value in headers.items():
        line.putheader(name, value)
    line.endheaders()
    assert line.getresponse().status == status
    line.close()


def test_others_in_the_house_may_look_and_not_write(server: PreviewServer, monkeypatch: pytest.MonkeyPatch) -> None:
    handler = server.RequestHandlerClass
    far = property(lambda _: ("192.168.1.7", 9), lambda *_: None)
    monkeypatch.setattr(handler, "client_address", far, raising=False)
    assert ask(server, "GET", PLACE).status == 403


@pytest.mark.parametrize(("path", "status"), [
    ("npm/@sveltia/cms/dist/sveltia-cms.mjs", 200), ("npm/@sveltia/cms@0.1/dist/sveltia-cms.mjs", 200),
    ("npm/@sveltia/cms/dist/none.js", 404), ("npm/../../../etc/passwd", 404), ("npm/@sveltia/cms/../../../x", 404),
    ("npm/.bin/x", 404), ("config.json", 200), ("folder.js", 200), ("format.js", 200), ("forms.css", 200),
    ("forms.html", 404), ("none", 404),
])
def test_the_editors_parts_lie_here(server: PreviewServer, path: str, status: int) -> None:
    assert ask(server, "GET", PLACE + path).status == status


def test_what_the_editor_asks_outside_is_here(server: PreviewServer) -> None:
    assert ask(server, "GET", f"{PLACE}npm/{installed.EDITOR}").body == b"// /sua/npm/leaflet@1/dist/x.js"


def test_without_it_the_page_says_how_to_get_it(server: PreviewServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOCSO_EDITOR", "/none")
    told = ask(server, "GET", PLACE).body.decode()
    assert "Node.js" in told and ".ci/bootstrap.py --editor" in told
    assert "<script" not in told
