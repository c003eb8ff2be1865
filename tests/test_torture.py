"""Whole or nothing, same in same out: the promises of the first day, under kill -9, two clones and a full disk."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.projects import make_project
from tests.samples import PROVE

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parent.parent
NO_BROWSER = os.environ.get("HOCSO_NO_BROWSER") == "1"
KILLS = 50 if PROVE else 4
HOUSE = () if PROVE else ("qr", "leaflet", "entry", "number", "site")
"""Everything when proving; else what a build needs some seconds for."""
SHIPPED = () if PROVE else ("qr", "leaflet:quet-ma-qr", "leaflet:khai-sinh", "entry", "number", "site")
"""Of a book with many leaflets two."""
EPOCH = {"SOURCE_DATE_EPOCH": "1795000000"}


def hocso(project: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "generator", "-C", str(project), *words]


def run(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **EPOCH, "PYTHONPATH": str(ROOT)}
    return subprocess.run(hocso(project, *words), cwd=ROOT, env=env, capture_output=True, text=True, timeout=600)


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }


def complaint(dist: Path) -> str:
    """What is wrong with what a web server would see; empty when it is one complete build."""
    found = digests(dist)
    rows = json.loads((dist / "build.json").read_text("utf-8"))["files"]
    expected = {row["path"]: row["sha256"] for row in rows}
    found.pop("build.json")
    if found == expected:
        return ""
    return f"missing {set(expected) - set(found)}, extra {set(found) - set(expected)}, or bytes differ"


@pytest.mark.wide
@pytest.mark.browser
def test_killed_at_any_moment_the_served_build_is_whole(tmp_path: Path) -> None:
    if NO_BROWSER:
        pytest.skip("HOCSO_NO_BROWSER=1")
    project = make_project(tmp_path / "sách của xã")
    start = time.monotonic()
    first = run(project, "build", *HOUSE)
    length = time.monotonic() - start
    assert first.returncode == 0, first.stderr
    topic = project / "content/topics/quet-ma-qr/index.md"
    words = topic.read_text("utf-8")
    chance = random.Random(20261120)
    for kill in range(KILLS):
        topic.write_text(words.replace("\n## Thực hành\n", f"\n## Thực hành\n\nBác làm thử lần {kill}.\n", 1), "utf-8")
        env = {**os.environ, **EPOCH, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(hocso(project, "build", *HOUSE), cwd=ROOT, env=env, start_new_session=True,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.05, max(1.0, length * 0.8)))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert complaint(project / "dist") == "", f"after kill {kill}"
    topic.write_text(words, "utf-8")
    again = run(project, "build", *HOUSE)
    assert again.returncode == 0, again.stderr
    clean = make_project(tmp_path / "clean")
    assert run(clean, "build", *HOUSE).returncode == 0
    assert digests(project / "dist") == digests(clean / "dist")
    left = [path.name for path in (project / ".dist.trees").glob("staging/*")]
    assert left == []


@pytest.mark.wide
@pytest.mark.browser
def test_two_clones_give_the_same_bytes(tmp_path: Path) -> None:
    if NO_BROWSER:
        pytest.skip("HOCSO_NO_BROWSER=1")
    trees = []
    for name in ("a", "một thư mục/sâu/hơn/nhiều"):
        clone = tmp_path / name
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True, capture_output=True)
        env = {"LC_ALL": "C", "TZ": "Asia/Ho_Chi_Minh"} if name == "a" else {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
        environment = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
        done = subprocess.run(hocso(clone, "build", *SHIPPED), cwd=clone, capture_output=True, text=True, timeout=600,
                              env={**environment, **env, "PYTHONPATH": str(clone), "PYTHONHASHSEED": str(len(name))})
        assert done.returncode == 0, done.stderr
        trees.append(digests(clone / "dist"))
    one, two = trees
    assert one.keys() == two.keys()
    assert [path for path in one if one[path] != two[path]] == []


def test_a_full_disk_is_told_and_dist_stays(tmp_path: Path) -> None:
    if shutil.which("unshare") is None:
        pytest.fail("unshare (util-linux) is needed for this test")
    project = make_project(tmp_path)
    assert run(project, "build", "qr").returncode == 0
    before = digests(project / "dist")
    script = (
        'mount -t tmpfs -o size=200k none "$1/.hocso/blobs" || exit 77; shift; exec "$@"'
    )
    shutil.rmtree(project / ".hocso/made")
    command = ["unshare", "-rm", "sh", "-c", script, "sh", str(project), *hocso(project, "build", "number")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True,
                          env={**os.environ, **EPOCH, "PYTHONPATH": str(ROOT)})
    if done.returncode == 77 or "unshare failed" in done.stderr:
        pytest.skip("this kernel lets nobody mount in a namespace")
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert "No space left on device" in done.stderr.strip().splitlines()[-1]
    assert digests(project / "dist") == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder_is_told(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    project.chmod(0o555)
    try:
        done = run(project, "build", "qr")
    finally:
        project.chmod(0o755)
    assert done.returncode == 2 and "Traceback" not in done.stderr


def test_output_survives_any_console(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    topic = project / "content/topics/quet-ma-qr/index.md"
    topic.write_text(topic.read_text("utf-8").replace("phút: 15", "phut: 15"), "utf-8")
    for more in ({"PYTHONIOENCODING": "cp1252"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        env = {**os.environ, **EPOCH, "PYTHONPATH": str(ROOT), **more}
        done = subprocess.run(hocso(project, "check"), cwd=ROOT, env=env, capture_output=True)
        assert done.returncode == 1
        assert "Không có khóa `phut`" in done.stdout.decode("utf-8")
        assert b"Traceback" not in done.stderr
