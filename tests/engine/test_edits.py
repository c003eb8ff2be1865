"""Whatever an editor, an owner or a programmer changes: the next build is the clean build, byte for byte."""

from __future__ import annotations

import hashlib
import io
import os
import random
import re
import shutil
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import workshop
from generator.build import Order, build
from generator.checks import read_and_check
from generator.engine.progress import Progress
from generator.ground.code import HOME
from generator.ground.files import find_project
from generator.ground.findings import has_errors
from tests.projects import edit, make_project, put, sign

pytestmark = pytest.mark.long
PROVE = os.environ.get("HOCSO_PROVE") == "1"
SEED = 20261120
FEW = 6
"""Kinds of edits in `make test`; all of them when proving."""
EPOCH = "1795000000"
PARTS = ("qr", "number", "site", "deck")
"""Asked for between two whole builds."""

QR, CARD = (f"content/topics/{slug}/index.md" for slug in ("quet-ma-qr", "cai-vneid"))
BOOK, GLOSSARY, NATION = "content/handbook.yml", "content/glossary.yml", "content/editions/viet-nam.yml"
PICTURE = "content/topics/quet-ma-qr/to-giay.png"
ALERT = "content/alerts/gia-can-bo.md"


def picture(grey: int) -> bytes:
    """Of one grey, always as many bytes."""
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    row = b"\0" + bytes([grey]) * 40
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 40, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(row * 40, 0)) + chunk(b"IEND", b""))


def same_size_and_time(root: Path) -> None:
    path = root / PICTURE
    before, size = path.stat(), len(picture(0))
    put(root, PICTURE, picture(path.read_bytes()[60] ^ 96))
    assert path.stat().st_size == size
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def rename_picture(root: Path) -> None:
    (root / PICTURE).rename(root / PICTURE.replace("to-giay", "to-roi"))
    text = (root / QR).read_text("utf-8")
    put(root, QR, text.replace("to-giay.png", "to-roi.png"))


def warn(root: Path) -> None:
    put(root, ALERT, "---\ntừ ngày: 20/11/2026\nđến ngày: 20/02/2027\nbài: [tranh-lua-dao]\n"
                     "đơn vị: Công an tỉnh\n---\n\n# Giả cán bộ gọi điện\n\nCó người xưng cán bộ, giục chuyển tiền. "
                     "Đó là lừa. Bà con tắt máy.\n\n"
                     "Lời nhắc này dùng đến hết ngày 20 tháng 2 năm 2027.\n")


def row(root: Path) -> None:
    ledger = (root / "qr/ledger.csv").read_text("utf-8").rstrip("\n")
    put(root, "qr/ledger.csv", f"{ledger}\n9011,channel:tro-ly-ao,2026-11-18,,,\n")


def note(root: Path) -> None:
    ledger = (root / "qr/ledger.csv").read_text("utf-8")
    put(root, "qr/ledger.csv", re.sub(r"(?m)^(1041,.*,)[^,\n]*$", r"\1dán ở nhà văn hóa", ledger))


def change(name: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda root: edit(root, name, old, new)


EDITS: dict[str, Callable[[Path], object]] = {
    "a step": change(QR, "giữ yên.", "giữ thật yên."),
    "a title": change(QR, "# Quét mã QR\n", "# Quét mã QR in trên giấy\n"),
    "a goal": change(QR, "quét được mã trên tờ rơi,", "quét được mã in trên tờ rơi,"),
    "a trouble": change(QR, "lau ống kính, ra chỗ sáng", "lau ống kính rồi ra chỗ sáng"),
    "what to remember": change(QR, "- Đọc đường link trước, bấm sau.", "- Đọc đường link trước, rồi mới bấm."),
    "a question": change(QR, "bác làm gì trước?", "bác làm gì trước tiên?"),
    "a right answer": change(QR, "- [ ] Bấm thật nhanh kẻo nó biến mất.", "- [ ] Bấm ngay kẻo nó biến mất."),
    "words of a film": change(QR, "bác đừng quét. |", "bác chớ quét. |"),
    "for the trainer": change(QR, "- 2 phút: trò chơi tìm mã", "- 2 phút: trò chơi đi tìm mã"),
    "a screen": change(QR, "biểu tượng: Điện thoại |", "biểu tượng: Danh bạ |"),
    "a guard": change(QR, "mã bị rách hoặc có miếng khác dán đè", "mã bị rách, hoặc có miếng khác dán đè lên"),
    "blank lines": change(QR, "\n\n## Thực hành", "\n\n\n\n## Thực hành"),
    "another status": change(QR, "trạng thái: nháp", "trạng thái: đã rà soát"),
    "an approval": lambda root: sign(root, "20/11/2026", "quet-ma-qr"),
    "a word after that": change(QR, "thì gõ bốn chữ số", "thì gõ cả bốn chữ số"),
    "an approval anew": lambda root: sign(root, "21/11/2026", "quet-ma-qr"),
    "a day": change(QR, "rà soát: 20/11/2026", "rà soát: 18/11/2026"),
    "a unit": change(QR, "đơn vị: Sở Khoa học và Công nghệ", "đơn vị: Sở Văn hóa"),
    "what comes before": change(CARD, "trạng thái: nháp", "trạng thái: nháp\ncần học trước: [quet-ma-qr]"),
    "what is new": change(QR, "khung:", "thay đổi:\n  18/11/2026: Máy mới tự đọc được mã.\nkhung:"),
    "a frame of competences": change(QR, '["1.1", "4.1"]', '["1.1", "4.2"]'),
    "a value's name for its words": change(QR, "Bài này là số {{ số bài }}.", "Bài này là số 1041."),
    "a picture of equal size and time": same_size_and_time,
    "another picture": lambda root: put(root, PICTURE, picture(20) + b"more"),
    "a picture's words": change(QR, "![Tờ giấy có mã]", "![Một tờ giấy có mã]"),
    "a picture's name": rename_picture,
    "the home page": change("content/index.md", "mỗi bài một việc", "mỗi bài chỉ một việc"),
    "a term": change(GLOSSARY, "ứng dụng để xem trang trên mạng", "ứng dụng để mở trang trên mạng"),
    "a part": change(BOOK, "tên: Trợ lý AI", "tên: Hỏi trợ lý AI"),
    "a path": change(BOOK, "tên: Bài cho nhà nông", "tên: Bài cho bà con nhà nông"),
    "the order of a path": change(BOOK, "bài: [quet-ma-qr, chuyen-tien-tra-tien, tranh-lua-dao, cai-vneid]",
                                  "bài: [quet-ma-qr, tranh-lua-dao, chuyen-tien-tra-tien, cai-vneid]"),
    "a platform": change("content/platforms.yml", "chủ quản: Bộ Công an", "chủ quản: Bộ Công an Việt Nam"),
    "an alert": warn,
    "an alert's day": change(ALERT, "20/02/2027", "21/02/2027"),
    "no alert": lambda root: put(root, ALERT, None),
    "whom to ask": change(NATION, "đơn vị: tổ công nghệ số cộng đồng", "đơn vị: tổ công nghệ số"),
    "a phone": change(NATION, "  thủ tục:", "    điện thoại: \"0225 3555 115\"\n  thủ tục:"),
    "a channel elsewhere": change("content/editions/xa-dai-son.yml", "Đại Sơn ngày mới", "Đại Sơn hôm nay"),
    "one more place": lambda root: put(root, "content/editions/xa-thu.yml", "tên: xã Thử\ncấp trên: viet-nam\n"),
    "a note": note,
    "a row": row,
    "a retired number": lambda root: put(root, "qr/ledger.csv", re.sub(
        r"(?m)^(3014,[^,]*,[^,]*),,", r"\1,2026-11-18,", (root / "qr/ledger.csv").read_text("utf-8"))),
    "the site's name": change("mkdocs.yml", "site_name: Học số cơ bản cho mọi người", "site_name: Học số"),
    "a colour": change("theme/tokens.css", "#0b4a6f", "#0b4a70"),
    "a template": change("theme/page/base.html", "Quét mã có an toàn không?", "Quét mã thì có an toàn không?"),
    "a piece many templates share": change("theme/parts/lesson.html", "Nhớ 3 điều", "Bác nhớ 3 điều"),
    "a script": change("theme/page/lost.js", "\n", "\nvar unused = 1;\n"),
    "a style": change("theme/deck/deck.css", "{", "{ widows: 2;"),
    "a step more": change(QR, "## Thực hành", "6. Xem xong thì đóng trang lại.\n\n## Thực hành"),
    "a step fewer": change(QR, "\n6. Xem xong thì đóng trang lại.\n", ""),
    "two steps in one": change(QR, "\n3. Chờ đường link hiện ra.\n\n4. Đọc", "\n3. Chờ hiện ra, rồi đọc\n\n4. Đọc"),
    "two sections": lambda root: (change(QR, "Hai người cùng so,", "Cả hai cùng so,")(root),
                                  change(QR, "- Không cài thêm thứ gì", "- Đừng cài thêm thứ gì")(root)),
    "a thing to prepare": change(QR, "- Khăn mềm lau ống kính", "- Giấy bút\n- Khăn mềm lau ống kính"),
    "a sentence for safety": change(QR, "- Không quét mã trong gói", "- Không bao giờ quét mã trong gói"),
    "a trouble more": change(QR, "- **Giấy bóng,", "- **Tay run quá:** tì khuỷu tay xuống bàn.\n- **Giấy bóng,"),
    "why an answer is right": change(QR, "Kẻ lừa cần mình quét,", "Kẻ lừa chỉ cần mình quét,"),
    "answers in another order": lambda root: put(root, QR, re.sub(
        r"(- \[ \] Quét xem được.*\n)(- \[ \] Quét rồi.*\n)", r"\2\1", (root / QR).read_text("utf-8"))),
    "what to do at last": change(QR, "giống từng chữ thì mới bấm.\n", "giống hết từng chữ thì mới bấm.\n"),
    "the way of another phone": change(QR, "- **Máy đời cũ:** mở", "- **Máy cũ:** mở"),
    "minutes": lambda root: (change(QR, "phút: 15", "phút: 16")(root),
                             change(QR, "- 2 phút: hỏi bà con", "- 3 phút: hỏi bà con")(root)),
    "a source": change(QR, "nguồn:\n", "nguồn:\n  - hướng dẫn của nhà máy, đọc tháng 11/2026\n"),
    "a fact that is certain now": change(QR, "  - tên và chỗ hình quét mã trong Zalo\n", ""),
    "for whom": change(CARD, "cho: mọi người", "cho: người cao tuổi"),
    "what to learn next": change(QR, "- [Nhận biết và tránh lừa đảo](../tranh-lua-dao/index.md)\n", ""),
    "a note for oneself": change(QR, "## An toàn", "<!-- hỏi lại -->\n\n## An toàn"),
    "line ends of Windows": lambda root: put(root, CARD, (root / CARD).read_bytes().replace(b"\n", b"\r\n")),
    "nothing but the time": lambda root: os.utime(root / QR, (1.8e9, 1.8e9)),
    "the same bytes again": lambda root: put(root, QR, (root / QR).read_bytes()),
    "how somebody is spoken to": change(BOOK, "nông dân: bà con", "nông dân: bác"),
    "what a booklet is called": change(BOOK, "tên bìa: Bình dân học AI", "tên bìa: Học AI cùng nhau"),
    "a lesson in another part": lambda root: (
        change(BOOK, "tên: Làm quen với điện thoại và mạng\n    bài: [quet-ma-qr]",
               "tên: Làm quen với điện thoại và mạng\n    bài: [quet-ma-qr, cai-vneid]")(root),
        change(BOOK, "tên: Danh tính số, dịch vụ công, sức khỏe\n    bài: [cai-vneid]",
               "tên: Danh tính số, dịch vụ công, sức khỏe\n    bài: []")(root)),
    "a term's other name": change(GLOSSARY, "còn gọi: [QR]", "còn gọi: [QR, mã vuông]"),
    "a term more": change(GLOSSARY, "- từ: app\n", "- từ: danh bạ\n  nghĩa: sổ ghi số gọi trong máy\n- từ: app\n"),
    "a term fewer": change(GLOSSARY, "- từ: trình duyệt\n  nghĩa: ứng dụng để mở trang trên mạng\n", ""),
    "a platform more": lambda root: put(
        root, "content/platforms.yml", (root / "content/platforms.yml").read_text("utf-8")
        + "- tên: Cổng thử\n  địa chỉ: https://thu.gov.vn\n  chủ quản: Sở Thử\n  phạm vi: cả nước\n"),
    "a place to learn": change("content/editions/xa-dai-son.yml", "(thôn Mỗ Đoạn)", "(ở thôn Mỗ Đoạn)"),
    "hours of a desk": change("content/editions/xa-dai-son.yml", 'giờ: ""', 'giờ: "7 giờ 30 đến 11 giờ"'),
    "a unit below": change("content/editions/xa-dai-son.yml", "đơn vị dưới: thôn", "đơn vị dưới: xóm"),
    "the app of a province": change("content/editions/hai-phong.yml", "tên: Smart Hải Phòng", "tên: Hải Phòng Số"),
    "a voice": change("content/editions/xa-dai-son.yml", "ngân hàng:", "giọng: nam\nngân hàng:"),
    "what the site says of itself": change("mkdocs.yml", "Sổ tay kỹ năng số cho", "Sách kỹ năng số cho"),
    "an address of before": change("mkdocs.yml", "former_urls: []", "former_urls: [https://cu.example/]"),
    "another month": lambda _root: os.environ.update(SOURCE_DATE_EPOCH="1797000000"),
    "a file of the theme nobody reads": lambda root: put(root, "theme/page/nobody.css", "p { color: red }"),
    "the frame of all pages": change("theme/site/main.html", "{%", "{# x #}{%"),
    "a page to carry": change("theme/server/nginx.conf", "#", "# thử\n#"),
    "two that undo each other": lambda root: (change("theme/tokens.css", "#0b4a70", "#0b4a71")(root),
                                              make(root, "deck"),
                                              change("theme/tokens.css", "#0b4a71", "#0b4a70")(root)),
}
"""In this order each stands on those before it."""
assert len(EDITS) >= 80


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.setattr(workshop, "find_browser", lambda: None)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(tmp_path_factory.mktemp("edits"), theme=True)
    put(root, PICTURE, picture(200))
    edit(root, QR, "2. Giơ máy cách mã một gang tay, giữ yên.\n",
         "2. Giơ máy cách mã một gang tay, giữ yên.\n\n![Tờ giấy có mã](to-giay.png)\n")
    return root


def digests(root: Path) -> dict[str, str]:
    dist = root / "dist"
    return {path.relative_to(dist).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(dist.rglob("*")) if path.is_file()}


def make(root: Path, *products: str) -> dict[str, str]:
    build(find_project(root), Order(products=products), Progress(io.StringIO()))
    return digests(root)


def clean(root: Path, folder: Path) -> dict[str, str]:
    """The same sources where nothing was ever built."""
    copy = folder / "clean"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".hocso", ".dist.trees", "dist"))
    return make(copy)


def chosen(chance: random.Random) -> list[str]:
    return [*EDITS] if PROVE else [name for name in EDITS if name in {
        "a picture of equal size and time", *chance.sample([*EDITS][:31], FEW - 1)}]


def test_every_edit_finds_its_words(base: Path, tmp_path: Path) -> None:
    """Also those that only the full count builds: a lesson is written anew, and its row would be found stale a month
    later."""
    root = tmp_path / "sách"
    shutil.copytree(base, root)
    for change_it in [*EDITS.values()][:-1]:  # the last one builds
        change_it(root)
    assert not has_errors(read_and_check(find_project(root)).findings)  # a rule may have come since


def test_edits_one_after_another(base: Path, tmp_path: Path) -> None:
    """With a part built between, now and then, and at last all of it undone."""
    root, chance = tmp_path / "sách", random.Random(SEED)
    shutil.copytree(base, root)
    first = make(root)
    stale, silent = [], []
    for name in chosen(chance):
        before = digests(root)
        EDITS[name](root)
        if chance.random() < 0.4:
            make(root, chance.choice(PARTS))
        if (after := make(root)) != (expected := clean(root, tmp_path)):
            stale.append((name, {path for path in {*after, *expected} if after.get(path) != expected.get(path)}))
        if after == before:
            silent.append(name)
    assert not stale
    assert len(silent) < len(EDITS) / 3  # some show nowhere here: blank lines, a note in the ledger, other editions
    for folder in ("content", "qr", "theme"):
        shutil.rmtree(root / folder)
        shutil.copytree(base / folder, root / folder)
    shutil.copyfile(base / "mkdocs.yml", root / "mkdocs.yml")
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    assert make(root) == first


@pytest.mark.wide
@pytest.mark.parametrize("name", [*EDITS][::4] if PROVE else ["a step"])
def test_edits_while_builds_run(name: str, base: Path, tmp_path: Path) -> None:
    """Of the same book, saved into while they run, and of another beside them: the last build is the clean one."""
    root, other = tmp_path / "sách", tmp_path / "khác"
    for place in (root, other):
        shutil.copytree(base, place)
    for before in (*EDITS,)[: (*EDITS,).index(name)] if PROVE else ():
        EDITS[before](root)
    running = [start(HOME.parent, place) for place in (root, other, root)]
    EDITS[name](root)
    running.append(start(HOME.parent, root))
    told = [one.communicate()[1] for one in running]
    assert [one.returncode for one in running] == [0, 0, 0, 0], told
    assert digests(root) == clean(root, tmp_path)
    assert digests(other) == clean(other, tmp_path)


CODE = {
    "what draws phones": ("press/phone/ink.py", '"#000", "#fff"', '"#000", "#fefefe"'),
    "what draws codes": ("press/drawer.py", 'mm" height="{total}mm"\'', 'mm" height="{total}mm" class="code"\''),
    "one product's words": ("products/pages/site.py", "Bài cho từng người", "Bài dành cho từng người"),
    "words that many share": ("products/lesson.py", "Thấy sai, báo", "Thấy chỗ sai, báo"),
    "nothing that shows": ("engine/items.py", 'ALL_BEFORE = "*"', 'ALL_BEFORE = "*"\nUNUSED = 1'),
}


@pytest.mark.wide
@pytest.mark.parametrize("case", CODE if PROVE else ["words that many share"])
def test_code(base: Path, tmp_path: Path, case: str) -> None:
    """The running program is another after the change."""
    root, program = tmp_path / "sách", tmp_path / "program"
    shutil.copytree(base, root)
    shutil.copytree(HOME, program / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    run(program, root)
    file, old, new = CODE[case]
    before = digests(root)
    edit(program / "generator", file, old, new)
    after = run(program, root)
    copy = tmp_path / "clean"
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".hocso", ".dist.trees", "dist"))
    assert after == run(program, copy)
    assert (after == before) == (case == "nothing that shows")


def start(program: Path, root: Path) -> subprocess.Popen[str]:
    """Where no browser is found."""
    script = ("import sys; from generator import cli, workshop; workshop.find_browser = lambda: None; "
              "sys.exit(cli.main(sys.argv[1:]))")
    return subprocess.Popen([sys.executable, "-c", script, "-C", str(root), "build"], cwd=program, text=True,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def run(program: Path, root: Path) -> dict[str, str]:
    building = start(program, root)
    _, told = building.communicate()
    assert building.returncode == 0, told
    return digests(root)
