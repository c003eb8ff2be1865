"""Many editions by one process, by four, by a cluster whose worker is killed: the same bytes; and what goes wrong.

`make prove` (HOCSO_PROVE=1) takes twenty of them, with papers, and each way to share bytes."""

from __future__ import annotations

import logging
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from distributed import Client

from generator.cli import main
from generator.engine.cluster import cluster_pool
from generator.ground.errors import ClusterError
from tests.projects import ROOT, make_project, put
from tests.samples import PROVE, sample

pytestmark = pytest.mark.long

COMMUNES = 19 if PROVE else 4
PRODUCTS = ("number", "qr", "deck", *(("site", "leaflet") if PROVE else ()))
ENV = {**os.environ, "PYTHONPATH": str(ROOT), "HOCSO_LANG": "en", "SOURCE_DATE_EPOCH": "1795000000"}
START_SECONDS, BUILD_SECONDS = 300, 900
BEGUN = 30
"""Items made of some hundreds: all workers are at work; three times as many, and no longer at what is common."""


def commune(number: int) -> str:
    """Each with its own words in some places, as communes have."""
    unit = "xã" if number % 3 else "phường"
    phone = f"    điện thoại: 0220 3555 {number:03}\n" if number % 4 else ""
    return (f"tên: {unit} Thử {number}\ncấp trên: hai-phong\nmã: \"{30000 + number}\"\nđơn vị dưới: thôn\n"
            f"giúp đỡ:\n  đầu mối:\n    đơn vị: Nhà văn hóa {unit} Thử {number}\n{phone}")


def make_place(folder: Path) -> Path:
    """A province of communes, under the nation."""
    others = ("phuong-chu-van-an", "phuong-hai-duong", "thai-nguyen", "xa-dai-son", "xa-phong-quang")
    files = {f"content/editions/{name}.yml": None for name in others}
    return make_project(folder, commit=True, files=files | {
        f"content/editions/xa-{number}.yml": commune(number) for number in range(COMMUNES)})


def start(root: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "generator", "-C", str(root), "build", *words], cwd=ROOT, env=ENV,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
                            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL))  # as in a terminal


def finish(run: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = run.communicate(timeout=BUILD_SECONDS)
    return run.returncode, out, err


def build(root: Path, *words: str) -> tuple[int, str, str]:
    return finish(start(root, *words))


def tree(root: Path) -> dict[str, bytes]:
    dist = root / "dist"
    return {path.relative_to(dist).as_posix(): path.read_bytes() for path in sorted(dist.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_place(tmp_path_factory.mktemp("editions"))


@pytest.fixture(scope="module")
def alone(place: Path) -> dict[str, bytes]:
    """What one process makes of them."""
    code, out, err = build(place, *PRODUCTS, "--editions", "all", "--workers", "1")
    assert (code, err) == (0, ""), err
    assert re.search(r"^Done in [\d.]+ s: \d+ items made", out, re.M)
    return tree(place)


def anew(place: Path, folder: Path) -> Path:
    """The same project elsewhere, with nothing made."""
    made = shutil.ignore_patterns(".hocso", ".dist.trees", "dist")
    return Path(shutil.copytree(place, folder / "sach", symlinks=True, ignore=made))


def same(one: dict[str, bytes], two: dict[str, bytes]) -> None:
    assert [*one] == [*two]
    assert [path for path in one if one[path] != two[path]] == []


# By one process.


def test_each_edition_stands_whole_in_one_tree(place: Path, alone: dict[str, bytes]) -> None:
    editions = {path.split("/")[1] for path in alone if path.startswith("editions/")}
    assert editions == {"hai-phong", *(f"xa-{number}" for number in range(COMMUNES))}
    listed = [line.split(" ", 2)[2] for line in alone["sync-list.txt"].decode().splitlines()]
    assert listed == [path for path in alone if path not in ("build.json", "sync-list.txt")]
    assert "https://hocso.example/30003/1041" in alone["editions/xa-3/site/1041/index.html"].decode()


def test_equal_bytes_are_one_file(place: Path, alone: dict[str, bytes]) -> None:
    blobs = {(place / "dist" / path).stat().st_ino for path in alone if path.endswith(".js")}
    told = {alone[path] for path in alone if path.endswith(".js")}
    assert len(blobs) == len(told) < COMMUNES


@pytest.mark.wide
def test_what_stays_of_an_earlier_build_is_known_to_every_worker(tmp_path: Path) -> None:
    """One lesson's code for all editions, then another's: the first stands in the shares of all workers."""
    root = make_place(tmp_path)
    for number in ("1041", "1064"):
        code, _, told = build(root, f"qr:{number}", "--editions", "all", "--workers", "2")
        assert code == 0, told
    assert len([*(root / "dist").rglob("qr/1041.png")]) == len([*(root / "dist").rglob("qr/1064.png")]) == COMMUNES + 2


def test_the_stick_is_made_by_name_and_no_page_leads_to_it(place: Path, alone: dict[str, bytes]) -> None:
    assert not [path for path in alone if path.endswith(".zip") or "hoc-so-usb" in alone[path].decode("latin-1")]


def test_one_edition_of_many_is_what_it_is_alone(place: Path, alone: dict[str, bytes], tmp_path: Path) -> None:
    root = anew(place, tmp_path)
    assert build(root, *PRODUCTS, "--edition", "xa-3")[0] == 0
    own = {path: data for path, data in tree(root).items() if path.startswith("editions/")}
    same(own, {path: data for path, data in alone.items() if path.startswith("editions/xa-3/")})


# By many.


@pytest.mark.wide
def test_four_processes_of_which_one_is_killed(place: Path, alone: dict[str, bytes], tmp_path: Path) -> None:
    root = anew(place, tmp_path)
    run = start(root, *PRODUCTS, "--editions", "all", "--workers", "4")
    wait_for(lambda: len(list(root.glob(".hocso/made/*"))) > BEGUN, run)
    os.kill(workers_of(run.pid)[-1], signal.SIGKILL)
    assert finish(run)[::2] == (0, "")
    same(tree(root), alone)


@pytest.mark.wide
def test_ctrl_c_ends_all_of_them_quietly(place: Path, alone: dict[str, bytes], tmp_path: Path) -> None:
    root = anew(place, tmp_path)
    run = start(root, *dict.fromkeys((*PRODUCTS, "leaflet")), "--editions", "all", "--workers", "3")
    wait_for(lambda: len(workers_of(run.pid)) == 3 and any(root.glob(".hocso/made/*")), run)  # far from done
    family = workers_of(run.pid)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does
    assert finish(run) == (130, "", "Stopped; what is published is whole.\n")
    assert len(family) == 3 and not (root / "dist").exists()
    wait_for(lambda: not any(map(alive, family)))


@pytest.mark.wide
def test_a_cluster_of_this_machine(place: Path, alone: dict[str, bytes], tmp_path: Path) -> None:
    root = anew(place, tmp_path)
    code, _, err = build(root, *PRODUCTS, "--editions", "all", "--cluster", "local")
    assert (code, err) == (0, "")
    same(tree(root), alone)


@pytest.mark.wide
@pytest.mark.parametrize("kind", sample(["folder", "http"], 0, "folder"))
def test_a_cluster_of_three_of_which_one_is_killed(
    place: Path, alone: dict[str, bytes], tmp_path: Path, kind: str
) -> None:
    root = anew(place, tmp_path)
    with cluster(tmp_path, workers=3) as (address, workers), depot(tmp_path / "kho", kind) as store:
        run = start(root, *PRODUCTS, "--editions", "all", "--cluster", address, "--store", store)
        wait_for(lambda: len(list((tmp_path / "kho").glob("ac/*"))) > 3 * BEGUN, run)
        workers[1].send_signal(signal.SIGKILL)
        assert finish(run)[::2] == (0, "")
        same(tree(root), alone)
        # A store that lies: what does not prove itself is made again and told.
        spoil(tmp_path / "kho")
        shutil.rmtree(root / ".hocso")
        code, out, err = build(root, *PRODUCTS, "--editions", "hai-phong,xa-1", "--cluster", address, "--store", store)
        assert (code, err) == (0, "")
        assert "shared store" in out and "damaged" in out  # one file or many, whoever of us or the workers met it first
        same(tree(root), {path: data for path, data in alone.items() if path in tree(root)} | lists(root))


def lists(root: Path) -> dict[str, bytes]:
    """What tells of the whole tree differs when that does."""
    return {name: (root / "dist" / name).read_bytes() for name in ("build.json", "sync-list.txt")}


def spoil(store: Path) -> None:
    """Flips a bit, cuts, swaps: every third file one way."""
    files = sorted(path for path in store.rglob("*") if path.is_file() and path.stat().st_size)
    for turn, path in enumerate(files):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes((bytes(data), bytes(data[:-3]), files[turn - 1].read_bytes())[turn % 3])


# What is not there, or goes.


TROUBLES = [
    ("nobody", ("--cluster", "tcp://127.0.0.1:9", "--store", "{tmp}/kho"), "The cluster tcp://127.0.0.1:9 does not"),
    ("no address", ("--cluster", "xin-chao", "--store", "{tmp}/kho"), "--cluster xin-chao? "),
    ("no store", ("--cluster", "tcp://127.0.0.1:9"), "--store"),
    ("store that is a file", ("--cluster", "local", "--store", "{tmp}/sach/mkdocs.yml"), "The shared store"),
    ("store of no kind", ("--cluster", "local", "--store", "gi-do://kho"), "The shared store gi-do://kho"),
    ("store nobody serves", ("--cluster", "local", "--store", "http://127.0.0.1:9"), "The shared store http:"),
]


@pytest.mark.parametrize(("words", "told"), [row[1:] for row in TROUBLES], ids=[row[0] for row in TROUBLES])
def test_what_is_not_there_is_told_in_one_line(
    place: Path, tmp_path: Path, words: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOCSO_LANG", "en")
    root = anew(place, tmp_path)
    words = (*words, "--editions", "hai-phong", "qr")
    assert main(["-C", str(root), "build", *(word.format(tmp=tmp_path) for word in words)]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and told in err
    assert not (root / "dist").exists()


@pytest.mark.wide
def test_what_drops_in_the_middle_ends_the_build_and_nothing_else(place: Path, tmp_path: Path) -> None:
    """The store is full, then, with room again, the scheduler dies."""
    root, kho = anew(place, tmp_path), tmp_path / "kho"
    assert build(root, "qr", "--editions", "hai-phong")[0] == 0
    before = tree(root)
    with cluster(tmp_path, workers=2) as (address, running), depot(kho, "http") as store:
        for told, drop in (("The shared store", (kho / "full").touch), ("The cluster", running[0].kill)):
            run = start(root, *PRODUCTS, "--editions", "all", "--cluster", address, "--store", store)
            wait_for(lambda: len(list(kho.glob("ac/*"))) > BEGUN, run)
            drop()
            code, out, err = finish(run)
            assert (code, out) == (2, "") and err.count("\n") == 1
            assert told in err
            assert tree(root) == before
            shutil.rmtree(root / ".hocso")
            empty(kho)


def empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink() if path.is_file() else shutil.rmtree(path)


@pytest.mark.wide
def test_a_worker_of_another_kind_is_refused(place: Path, tmp_path: Path) -> None:
    """Another library would make other bytes: here, no voice."""
    root, words = anew(place, tmp_path), ("qr", "--editions", "hai-phong", "--store", f"{tmp_path}/kho")
    with cluster(tmp_path, workers=1, HOCSO_NO_BROWSER="1", HOCSO_BROWSER="", PATH="/usr/bin/none") as (address, _):
        code, out, err = build(root, *words, "--cluster", address)
    assert (code, out) == (2, "") and "another generator, library, browser or voice" in err


# What they stand on.


def wait_for(there: Callable[[], bool], run: subprocess.Popen[str] | None = None) -> None:
    """As long as the build that is to bring it runs."""
    end = time.monotonic() + START_SECONDS
    while not there():
        assert run is None or run.poll() is None, finish(run)
        assert time.monotonic() < end
        time.sleep(0.05)


def workers_of(pid: int) -> list[int]:
    """Its own Python processes that take tasks."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children if b"spawn_main" in _command(child)]


def _command(child: str) -> bytes:
    """Nothing of one that has ended since it was listed."""
    with suppress(OSError):
        return Path(f"/proc/{child}/cmdline").read_bytes()
    return b""


def alive(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


@contextmanager
def cluster(folder: Path, workers: int, **environment: str) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """`dask scheduler` and some `dask worker`, as their users start them: its address, and the processes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{probe.getsockname()[1]}"
    dask = [sys.executable, "-m", "dask"]
    commands = [[*dask, "scheduler", "--no-dashboard", "--host", "127.0.0.1", "--port", address.rsplit(":", 1)[1]]]
    commands += [[*dask, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory",
                  str(folder / f"worker-{number}")] for number in range(workers)]
    with ExitStack() as stack:
        running = []
        for command in commands:
            one = subprocess.Popen(command, env={**ENV, **environment}, cwd=ROOT, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
            stack.callback(one.wait)
            stack.callback(one.kill)
            running.append(one)
        with Client(address, timeout=START_SECONDS) as client:  # a build gives a worker that is slow to start less time
            client.wait_for_workers(workers, timeout=START_SECONDS)
        yield address, running


@contextmanager
def depot(folder: Path, kind: str) -> Iterator[str]:
    """A folder, or the same one behind plain GET and PUT; a file `full` in it means that no more fits."""
    folder.mkdir()
    if kind == "folder":
        yield str(folder)
        return

    class Shelf(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the library's name
            path = folder / self.path.lstrip("/")
            self.send_response(200 if path.is_file() else 404)
            self.end_headers()
            self.wfile.write(path.read_bytes() if path.is_file() else b"")

        def do_PUT(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            full = (folder / "full").exists()
            if not full:
                put(folder, self.path.lstrip("/"), data)
            self.send_response(507 if full else 201)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Shelf)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.wide
def test_their_loggers_write_nothing_beside_us(capfd: pytest.CaptureFixture[str]) -> None:
    """A worker that died made the client write a line of its own between ours, now and then."""
    with pytest.raises(ClusterError), cluster_pool("tcp://127.0.0.1:9"):
        pass
    for name in ("distributed.client", "distributed.core", "tornado.application", "asyncio"):
        logging.getLogger(name).warning("Couldn't gather 1 keys")
    assert capfd.readouterr() == ("", "")
