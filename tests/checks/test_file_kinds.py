"""Whatever lies below `content/`: what is no lesson, no still picture and no plain drawing is told, and never read."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import unicodedata
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generator.handbook.recorded.drawings import Stray, find_stray
from tests.broken import BOOK, SAVE, SCAN, WIFI, Swap, break_file, copy_base, findings_of
from tests.checks.test_long import asked
from tests.photos import photo
from tests.projects import ROOT, edit, put
from tests.real_films import small_film

pytestmark = pytest.mark.long
TOPIC = "content/topics/luu-so/"
Put = Callable[[Path], object]


def save(name: str, data: bytes | str | Callable[[], bytes]) -> Put:
    """What takes long to make is made when it is asked for."""
    return lambda root: put(root, name, data() if callable(data) else data)


def link(name: str, target: str) -> Put:
    return lambda root: (root / name).symlink_to(target)


def instead(name: str, place: Put) -> Put:
    """In the place of a file that was there."""
    def put_there(root: Path) -> None:
        (root / name).unlink()
        place(root)

    return put_there


def outside(root: Path) -> Path:
    secret = root.parent / "secret.txt"
    secret.write_text("# Bí mật\n", "utf-8")
    return secret


def drawn(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 30), **settings: object) -> bytes:
    data = BytesIO()
    Image.new(mode, size, 7).save(data, kind, **settings)
    return data.getvalue()


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    data = BytesIO()
    frames[0].save(data, kind, save_all=True, append_images=frames[1:], duration=50)
    return data.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def png(width: int, height: int, depth: int = 8, colour: int = 2) -> bytes:
    """Few bytes that claim to be so large."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((depth, colour, 0, 0, 0))
    lines = zlib.compress(bytes(min(height, 40) * (1 + width * depth * (3 if colour == 2 else 1) // 8)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def svg(inside: str, head: str = "", more: str = "") -> str:
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"{more}>{inside}</svg>\n'


def device_at(root: Path) -> None:
    """Which only its owner may make; a pipe otherwise."""
    try:
        os.mknod(root / TOPIC / "a.png", stat.S_IFCHR | 0o600, os.makedev(1, 5))  # zeros without end
    except PermissionError:
        os.mkfifo(root / TOPIC / "a.png")


def socket_at(root: Path) -> None:
    here = Path.cwd()
    os.chdir(root / TOPIC)  # the name of a socket is short
    try:
        socket.socket(socket.AF_UNIX).bind("o.sock")
    finally:
        os.chdir(here)


def deep(root: Path) -> None:
    (root / "content" / "/".join(["d"] * 30)).mkdir(parents=True)


PHOTO = drawn("JPEG", size=(400, 300))
TWO_PHOTOS = BytesIO()
Image.new("RGB", (40, 30)).save(TWO_PHOTOS, "MPO", save_all=True, append_images=[Image.new("RGB", (20, 15))])
HEIC = b"\0\0\0\x24ftypheic\0\0\0\0mif1heic" + bytes(400)
Row = tuple[str, Put, list[str]]


def say_seen(root: Path, name: str) -> None:
    edit(root, SAVE, "\ntrạng thái:", f"\nảnh đã xem: {name}\ntrạng thái:")


def looked_at(photo_file: str, name: str = "") -> Put:
    """A photograph, and what the lesson says of it."""
    def put_both(root: Path) -> None:
        put(root, TOPIC + "a.jpg", PHOTO)
        put(root, TOPIC + photo_file, photo())
        say_seen(root, name or photo_file)

    return put_both


KINDS: tuple[Row, ...] = (
    # Not of this folder.
    ("link to a file outside", link(TOPIC + "a.png", "/etc/passwd"), ["file.elsewhere"]),
    ("link to a file inside", link(TOPIC + "a.png", "index.md"), ["file.elsewhere"]),
    ("link to nowhere", link(TOPIC + "a.md", "nowhere"), ["file.elsewhere"]),
    ("link to itself", link(TOPIC + "a.md", "a.md"), ["file.elsewhere"]),
    ("link to a folder outside", link("content/topics/etc", "/etc"), ["file.elsewhere"]),
    ("link to the folder above", link(TOPIC + "loop", ".."), ["file.elsewhere"]),
    ("lesson that is a link", instead(SAVE, lambda root: (root / SAVE).symlink_to(outside(root))), ["file.elsewhere"]),
    ("table that is a link", instead(BOOK, link(BOOK, "../mkdocs.yml")), ["file.elsewhere"]),
    ("lesson that is a pipe", instead(SAVE, lambda root: os.mkfifo(root / SAVE)), ["file.elsewhere"]),
    ("pipe beside a lesson", lambda root: os.mkfifo(root / TOPIC / "a.png"), ["file.elsewhere"]),
    ("device", device_at, ["file.elsewhere"]),
    ("socket", socket_at, ["file.elsewhere"]),
    ("hard link out of the tree", lambda root: os.link(outside(root), root / TOPIC / "a.txt"), ["file.elsewhere"]),
    ("hard link inside the tree", lambda root: os.link(root / SAVE, root / TOPIC / "a.txt"), []),
    ("folders without end", deep, ["file.elsewhere"]),
    # Names.
    ("backslash", save(TOPIC + "a\\b.png", drawn("PNG")), ["file.name"]),
    ("colon", save(TOPIC + "a:b.png", drawn("PNG")), ["file.name"]),
    ("hash", save(TOPIC + "a#b.png", drawn("PNG")), ["file.name"]),
    ("question mark", save(TOPIC + "a?.png", drawn("PNG")), ["file.name"]),
    ("percent", save(TOPIC + "a%41.png", drawn("PNG")), ["file.name"]),
    ("line end in a name", save(TOPIC + "a\n::error::b.png", drawn("PNG")), ["file.name"]),
    ("trailing dot", save(TOPIC + "a.png.", "x"), ["file.name"]),
    ("trailing space", save(TOPIC + "a.txt ", "x"), ["file.name"]),
    ("device of Windows", save(TOPIC + "AUX.png", drawn("PNG")), ["file.name"]),
    ("folder named as a device", save("content/pictures/con/a.png", drawn("PNG")), ["file.name"]),
    ("path named as a device", lambda root: break_file(root, BOOK, Swap("mã: can-bo", "mã: nul")),
     ["file.name"]),
    ("decomposed", save(TOPIC + unicodedata.normalize("NFD", "ảnh.png"), drawn("PNG")), ["file.name"]),
    ("two that Windows takes for one", lambda root: (put(root, TOPIC + "a.png", drawn("PNG")),
                                                     put(root, TOPIC + "A.PNG", drawn("PNG"))), ["file.name"]),
    ("accents, brackets and spaces", save(TOPIC + "ảnh chụp (1).png", drawn("PNG")), []),
    ("sign nobody sees in a name", save(TOPIC + "a\u202egnp.exe.png", drawn("PNG")), ["file.name"]),
    ("folder named with one", save("content/pictures/a\u200b/a.png", drawn("PNG")), ["file.name"]),
    ("name that is no UTF-8", lambda root: (root / os.fsdecode(os.fsencode(TOPIC) + b"a\xff.png")).write_bytes(
        drawn("PNG")), ["file.name"]),
    ("full-width name", save(TOPIC + "ａ.png", drawn("PNG")), ["file.name"]),
    ("name of 250 letters", save(TOPIC + "a" * 246 + ".png", drawn("PNG")), ["file.name"]),
    # Pictures.
    ("photo", save(TOPIC + "a.jpg", PHOTO), []),
    ("photo with a second one", save(TOPIC + "a.JPG", TWO_PHOTOS.getvalue()), []),
    ("webp", save(TOPIC + "a.webp", drawn("WEBP")), []),
    ("still gif", save(TOPIC + "a.gif", drawn("GIF")), []),
    ("text named png", save(TOPIC + "a.png", "# Bài\n"), ["image.data"]),
    ("empty picture", save(TOPIC + "a.png", b""), ["image.data"]),
    ("jpg named png", save(TOPIC + "a.png", PHOTO), ["image.data"]),
    ("bmp named jpg", save(TOPIC + "a.jpg", drawn("BMP")), ["image.data"]),
    ("bomb of 60,000 × 60,000", save(TOPIC + "a.png", png(60_000, 60_000)), ["image.data"]),
    ("bomb as a webp", save(TOPIC + "a.webp", lambda: drawn("WEBP", size=(16_000, 4_000))), ["image.data"]),
    ("half of a photo", save(TOPIC + "a.jpg", PHOTO[: len(PHOTO) // 2]), ["image.data"]),
    ("half of a png", save(TOPIC + "a.png", drawn("PNG", size=(300, 300))[:-40]), ["image.data"]),
    ("moving gif", save(TOPIC + "a.gif", moving("GIF")), ["image.data"]),
    ("moving png", save(TOPIC + "a.png", moving("PNG")), ["image.data"]),
    ("moving webp", save(TOPIC + "a.webp", moving("WEBP")), ["image.data"]),
    ("CMYK photo", save(TOPIC + "a.jpg", drawn("JPEG", "CMYK")), ["image.data"]),
    ("16 bits, colours", save(TOPIC + "a.png", png(20, 20, 16)), ["image.data"]),
    ("16 bits, grey", save(TOPIC + "a.png", drawn("PNG", "I;16")), ["image.data"]),
    ("HEIC named jpg", save(TOPIC + "a.jpg", HEIC), ["image.data"]),
    ("HEIC as it is", save(TOPIC + "IMG_1.HEIC", HEIC), ["image.kind"]),
    ("MOV as it is", save(TOPIC + "IMG_1.MOV", small_film), ["image.kind"]),
    ("photo of a camera", save(TOPIC + "a.jpg", photo), ["image.look"]),
    ("photo as sent on, without notes", save(TOPIC + "a.jpg", lambda: drawn("JPEG", size=(1280, 960))), ["image.look"]),
    ("screenshot of a phone", save(TOPIC + "a.png", lambda: drawn("PNG", size=(1080, 2400))), ["image.look"]),
    ("photo somebody looked at", looked_at("a.jpg"), []),
    ("photo of that name elsewhere", looked_at("../vao-mang/a.jpg", "a.jpg"), ["image.look"]),
    ("photo looked at that is gone", lambda root: say_seen(root, "khac.jpg"), ["image.seen"]),
    ("torn notes", save(TOPIC + "a.jpg", drawn("JPEG", exif=photo()[30:70])), []),
    ("40 MB", save(TOPIC + "a.png", bytes(40_000_000)), ["image.data"]),
    # Drawings.
    ("drawing", save(TOPIC + "a.svg", svg('<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs>'
                                          '<path fill="url(#a)" d="M0 0h9"/><use href="#b"/>')), []),
    ("drawing of a program", save(TOPIC + "a.svg", svg(
        '<i:namedview id="x"/><g i:label="1" id="b"/><style>.a{fill:red}</style>', "<?xml version='1.0'?>\n",
        ' xmlns:i="http://www.inkscape.org/namespaces/inkscape"')), []),
    ("no drawing", save(TOPIC + "a.svg", "<html><body/></html>"), ["image.data"]),
    ("half of a drawing", save(TOPIC + "a.svg", svg("<path/>")[:-9]), ["image.data"]),
    ("script", save(TOPIC + "a.svg", svg("<script>ran()</script>")), ["image.data"]),
    ("script of another language", save(TOPIC + "a.svg", svg(
        '<h:script>ran()</h:script>', "", ' xmlns:h="http://www.w3.org/1999/xhtml"')), ["image.data"]),
    ("handler", save(TOPIC + "a.svg", svg("", "", ' onload="ran()"')), ["image.data"]),
    ("foreign object", save(TOPIC + "a.svg", svg("<foreignObject><p/></foreignObject>")), ["image.data"]),
    ("picture inside", save(TOPIC + "a.svg", svg('<image href="data:image/png;base64,AAAA"/>')), ["image.data"]),
    ("link inside", save(TOPIC + "a.svg", svg('<a href="javascript:ran()"><path/></a>')), ["image.data"]),
    ("use of another file", save(TOPIC + "a.svg", svg('<use href="//evil.invalid/a.svg#b"/>')), ["image.data"]),
    ("moving drawing", save(TOPIC + "a.svg", svg('<path><set attributeName="href" to="javascript:a"/></path>')),
     ["image.data"]),
    ("outside fill", save(TOPIC + "a.svg", svg('<path style="fill: URL( //evil.invalid/a#b)"/>')), ["image.data"]),
    ("import in two pieces", save(TOPIC + "a.svg", svg('<style>@im<!-- -->port "//evil.invalid";</style>')),
     ["image.data"]),
    ("import around another style", save(TOPIC + "a.svg", svg('<style>@im<style/>port "//evil.invalid";</style>')),
     ["image.data"]),
    ("escaped import", save(TOPIC + "a.svg", svg("<style>@\\69mport '//evil.invalid'</style>")), ["image.data"]),
    ("style sheet beside", save(TOPIC + "a.svg", svg("", '<?xml-stylesheet href="//evil.invalid/a.css"?>')),
     ["image.data"]),
    ("bomb of entities", save(TOPIC + "a.svg", svg(
        "<text>&b;</text>", '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>')), ["image.data"]),
    ("file of this machine", save(TOPIC + "a.svg", svg(
        "<text>&a;</text>", '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>')), ["image.data"]),
    ("bomb of uses", save(TOPIC + "a.svg", svg("".join(
        f'<g id="a{level}"><use href="#a{level - 1}"/><use href="#a{level - 1}"/></g>' for level in range(40)))),
     ["image.data"]),
    ("UTF-7", save(TOPIC + "a.svg", svg("", '<?xml version="1.0" encoding="UTF-7"?>')), ["image.data"]),
    ("letters nobody knows", save(TOPIC + "a.svg", svg("", '<?xml version="1.0" encoding="x-y"?>')), ["image.data"]),
    ("sign nobody sees in its words", save(TOPIC + "a.svg", svg("<text>a\u202eb</text>")), ["letters.unseen"]),
    ("such a sign by its code", save(TOPIC + "a.svg", svg("<text>a&#x202e;b</text>")), ["letters.unseen"]),
    ("such a sign in its name", save(TOPIC + "a.svg", svg("", "", ' aria-label="a\u202eb"')), ["letters.unseen"]),
    ("drawing of 2 MB", save(TOPIC + "a.svg", svg("<path/>" * 300_000)), ["file.too-large"]),
    # Texts.
    ("lesson of 900 KB", save(SCAN, "a " * 450_000), ["file.too-large"]),
    ("sparse lesson of a gigabyte", lambda root: os.truncate(root / SCAN, 1 << 30), ["file.too-large"]),
    ("binary lesson", save(WIFI, PHOTO), ["file.not-utf8"]),
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With a history."""
    return copy_base(tmp_path_factory.mktemp("whole"), commit=True)


@pytest.mark.parametrize(("place", "rules"), [row[1:] for row in KINDS], ids=[row[0] for row in KINDS])
def test_a_kind_of_file_is_told(whole: Path, tmp_path: Path, place: Put, rules: list[str]) -> None:
    root = Path(shutil.copytree(whole, tmp_path / "base"))
    place(root)
    assert sorted({finding.rule for finding in findings_of(root)}) == rules


@pytest.mark.parametrize(("inside", "place", "code"), [
    ("<text>ả\u202eb</text>", (2, 11), "U+202E"), ("\n <text>ả&#x200b;</text>", (3, 9), "U+200B"),
    ("\n<path id='ả\u202e'/>", (3, 1), "U+202E"),
])
def test_a_sign_in_a_drawing_is_told_where_it_stands(inside: str, place: tuple[int, int], code: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg">\n<g>{inside}</g></svg>'
    assert find_stray(drawing.encode()) == Stray(*place, "letters.unseen", code)


def test_kinds_are_as_many_as_promised() -> None:
    assert len(KINDS) >= 40 and len({row[0] for row in KINDS}) == len(KINDS)


def test_a_bomb_is_refused_by_its_first_bytes(tmp_path: Path) -> None:
    """Unpacked it would be ten gigabytes."""
    root = copy_base(tmp_path)
    _, _, plain = asked(root)
    put(root, TOPIC + "a.png", png(60_000, 60_000))
    rules, _, bombed = asked(root)
    assert "image.data" in rules and bombed - plain < 60


@pytest.mark.parametrize("name", ["link to a file outside", "lesson that is a link", "lesson that is a pipe",
                                  "hard link out of the tree", "line end in a name", "bomb of entities"])
def test_no_command_reads_or_throws(whole: Path, tmp_path: Path, name: str) -> None:
    """From the outside: one line a finding, nothing of the file that was meant."""
    root = Path(shutil.copytree(whole, tmp_path / "base"))
    next(row for row in KINDS if row[0] == name)[1](root)
    done = subprocess.run([sys.executable, "-m", "generator", "-C", str(root), "check", "--format", "json"],
                          capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "Bí mật" not in done.stdout and json.loads(done.stdout)
