"""No number dies and none leads elsewhere unsaid: accidents and attacks on ledger, addresses, folders and history.

A commit must not make it right: `make test` tries each in the working tree or committed, `make prove` both."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.checks import run_checks
from generator.ground.files import Project
from generator.handbook.read import read_handbook
from tests.broken import BOOK, COMMUNE, LEDGER, MKDOCS, NATION, PROVINCE, SAVE, SCAN, WIFI, copy_base, findings_of
from tests.projects import EPOCH, commit_all, edit, git, put

pytestmark = pytest.mark.long
PROVE = os.environ.get("HOCSO_PROVE") == "1"
OTHER = "content/editions/xa-khac.yml"
FRESH = "content/editions/tinh-moi.yml"
SITE = "https://hocso.gov.vn/"
DAY = 86_400


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small handbook at a real address, with a second commune; committed twice."""
    root = copy_base(tmp_path_factory.mktemp("whole"), commit=True)
    edit(root, MKDOCS, "https://hocso.example/", SITE)
    put(root, OTHER, 'tên: xã Khác\ncấp trên: tinh-mau\nmã: "11374"\n')
    commit_all(root, "a real address", EPOCH + DAY)
    return root


@pytest.fixture
def root(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "base"))


def rules(root: Path) -> list[str]:
    return [finding.rule for finding in findings_of(root)]


def test_the_base_of_all_accidents_has_no_finding(root: Path) -> None:
    assert rules(root) == []


Act = Callable[[Path], object]


class Accident(NamedTuple):
    name: str
    act: Act
    rule: str
    """What must be among the findings."""


def swap(file: str, *pairs: tuple[str, str]) -> Act:
    def act(root: Path) -> None:
        for old, new in pairs:
            edit(root, file, old, new)

    return act


def exchange(one: str, two: str) -> Act:
    """Two files or folders under each other's names."""
    def act(root: Path) -> None:
        (root / one).rename(root / "between")
        (root / two).rename(root / one)
        (root / "between").rename(root / two)

    return act


def both(*acts: Act) -> Act:
    return lambda root: [act(root) for act in acts]


def later(first: Act, *then: Act) -> Act:
    """Each saved in a commit before the next."""
    def act(root: Path) -> None:
        for count, step in enumerate((first, *then), start=1):
            step(root)
            commit_all(root, f"step {count}", EPOCH + (1 + count) * DAY)

    return act


def begun_with(first: Act) -> Act:
    """As if all that git knows were this."""
    def act(root: Path) -> None:
        first(root)
        shutil.rmtree(root / ".git")
        git(root, "init", "--quiet", "--initial-branch=main")
        commit_all(root, "all")

    return act


def gone(file: str) -> Act:
    return lambda root: (root / file).unlink()


def as_bytes(change: Callable[[bytes], bytes], file: str = LEDGER) -> Act:
    return lambda root: put(root, file, change((root / file).read_bytes()))


def in_other_words(data: bytes) -> bytes:
    """The same headings; not one sentence stays."""
    head, title, body = data.decode().partition("\n# ")
    line = r"(?m)^(?!##)((?:[^\w\n]|\d)*(?:x\] |[^*\n]*\*\* )?)(.+?)([.?!:,| ]*)$"
    return (head + title + re.sub(line, lambda found: (
        found[1] + " ".join(reversed(found[2].replace("**", "").split())) + found[3]), body)).encode()


def half_in_other_words(data: bytes, rest: int = 0) -> bytes:
    """The first half of its lines, or the rest; with the rest goes the title."""
    old, new = data.decode().split("\n"), in_other_words(data).decode().split("\n")
    at = (old.index("## Các bước") + len(old)) // 2
    return "\n".join(old[:at] + new[at:] if rest else new[:at] + old[at:]).encode()


def a_word_more(data: bytes) -> bytes:
    """In title and sentences, as often as a line is long enough; and it is said that the lesson changed."""
    head, title, body = data.decode().partition("\n# ")
    body = re.sub(r"(?m)^(.{20,}[^\W\d_])(?=[.?!*]*(?: \|)?$)", r"\1 nhé", body)
    return (head.replace("trạng thái:", f"{REASON}trạng thái:") + title + body).encode()


MOVED = swap(MKDOCS, (f"site_url: {SITE}", "site_url: https://moi.gov.vn/"),
             ("former_urls: []", f"former_urls: [{SITE}]"))
"""The whole book, and the old address leads on."""


def title_of(root: Path, file: str) -> str:
    found = re.search(r"^# (.+)", (root / file).read_text("utf-8"), re.M)
    assert found
    return found[1]


def exchange_titles(more: str = "") -> Act:
    def act(root: Path) -> None:
        one, two = title_of(root, SCAN), title_of(root, SAVE)
        edit(root, SCAN, f"\n# {one}\n", f"\n# {two}{more}\n")
        edit(root, SAVE, f"\n# {two}\n", f"\n# {one}{more}\n")

    return act


def exchange_ends(start: float, more: str = "") -> Act:
    """The same share of two lessons, from there to the end."""
    def act(root: Path) -> None:
        texts = [(root / file).read_text("utf-8").split("\n") for file in (SCAN, SAVE)]
        at = [max(int(len(lines) * start), lines.index("## Các bước")) for lines in texts]
        put(root, SCAN, "\n".join([*texts[0][: at[0]], *texts[1][at[1] :]]))
        put(root, SAVE, "\n".join([*texts[1][: at[1]], *texts[0][at[0] :]]))

    return act


CHANNELS = swap(PROVINCE, ("cổng: Cổng thông tin tỉnh Mẫu",
                           "cổng:\n  tên: Cổng thông tin tỉnh Mẫu\n  địa chỉ: https://cong.tinhmau.gov.vn"))
HERE = "  tên: Cổng thông tin tỉnh Mẫu\n  địa chỉ: https://cong.tinhmau.gov.vn"
SECOND = "content/editions/tinh-hai.yml"


def second_province(name: str) -> Act:
    text = f'tên: tỉnh Hai\ncấp trên: viet-nam\nmã: "33"\ncổng:\n  tên: {name}\n  địa chỉ: https://hai.gov.vn\n'
    return both(CHANNELS, lambda root: put(root, SECOND, text),
                swap(OTHER, ('mã: "11374"', 'mã: "11374"\nđịa chỉ trang: https://xakhac.gov.vn/')))


ZALO = both(
    as_bytes(lambda data: data + b"2407,channel:zalo-oa,2026-11-20,,,\n"),
    swap(COMMUNE, ('  tên: Ủy ban nhân dân xã Mẫu\n  địa chỉ: ""', "  tên: Zalo của xã\n  địa chỉ: https://zalo.me/111")),
    swap(OTHER, ("cấp trên:", "zalo oa:\n  tên: Zalo của xã\n  địa chỉ: https://zalo.me/222\ncấp trên:")))


def led_to(target: str) -> Act:
    """An old number that leads on to what never had one of its own."""
    return as_bytes(lambda data: data + f"2407,bai-xua,2025-01-15,2026-02-01,{target},\n".encode())


FILMS = both(*(swap(file, ("trạng thái:", f"phim: https://www.youtube.com/watch?v={name}\ntrạng thái:"))
               for file, name in ((SCAN, "a111"), (SAVE, "b222"))))
REASON = "thay đổi:\n  20/11/2026: Viết lại cho gọn.\n"
ROW = "2407,part:lien-lac,2026-11-20,,,\n"
ADD = as_bytes(lambda data: data + ROW.encode())
LOST = swap(LEDGER, (ROW, ""))
GIVEN = swap(LEDGER, ("2407,part:lien-lac", "2407,channel:trang"))

ACCIDENTS = (
    # The ledger.
    Accident("two numbers exchanged", swap(LEDGER, ("1041,quet-ma", "1041,x"), ("2019,vao-mang", "2019,quet-ma"),
                                           ("1041,x", "1041,vao-mang")), "ledger.row-gone"),
    Accident("a number given to another", swap(LEDGER, ("1041,quet-ma", "1041,part:lien-lac")), "ledger.row-gone"),
    Accident("a row gone", swap(LEDGER, ("2202,channel:cong,2026-11-20,,,kênh\n", "")), "ledger.row-gone"),
    Accident("all rows gone", swap(LEDGER, ("2024,luu-so,2026-11-20,,,bài\n", ""),
                                   ("2035,khai-sinh,2026-11-20,,,thẻ\n", "")), "ledger.row-gone"),
    Accident("an old end led elsewhere", swap(LEDGER, ("2026-02-01,luu-so", "2026-02-01,quet-ma")),
             "ledger.row-changed"),
    Accident("an end taken back", swap(LEDGER, ("2026-02-01,luu-so", ",")), "ledger.row-changed"),
    Accident("an end to come", as_bytes(lambda data: data + b"2407,part:lien-lac,2026-11-20,2099-12-31,,\n"),
             "ledger.future"),
    Accident("a birthday to come", as_bytes(lambda data: data + b"2407,part:lien-lac,2099-11-20,,,\n"),
             "ledger.future"),
    Accident("a birthday changed", swap(LEDGER, ("2304,bai-cu,2025-01-15", "2304,bai-cu,2024-01-15")),
             "ledger.row-changed"),
    Accident("a leading zero", swap(LEDGER, ("1041,quet-ma", "01041,quet-ma")), "ledger.number"),
    Accident("a sign nobody sees", swap(LEDGER, ("1041,quet-ma", "1041,quet-ma\u200b")), "ledger.unknown-target"),
    Accident("figures of another script", swap(LEDGER, ("1041,", "１０４１,")), "ledger.number"),
    Accident("a second head, rows hidden in a note",
             swap(LEDGER, ("2019,vao-mang,2026-11-20,,,bài", '2019,vao-mang,2026-11-20,,,"bài'),
                  ("2035,khai-sinh,2026-11-20,,,thẻ", '2035,khai-sinh,2026-11-20,,,thẻ"')), "ledger.row-gone"),
    Accident("a row twice", as_bytes(lambda data: data + b"1041,vao-mang,2026-11-20,,,\n"), "ledger.number-twice"),
    Accident("a note that runs", as_bytes(lambda data: data + b"2407,part:lien-lac,2026-11-20,,,=1+1\n"),
             "ledger.formula"),
    Accident("a note that runs where ; parts cells",
             as_bytes(lambda data: data + '2407,part:lien-lac,2026-11-20,,,"bài; @SUM(A1)"\n'.encode()),
             "ledger.formula"),
    Accident("a row born under a byte order mark",
             later(both(ADD, as_bytes(lambda data: b"\xef\xbb\xbf" + data)),
                   both(LOST, as_bytes(lambda data: data.removeprefix(b"\xef\xbb\xbf")))), "ledger.row-gone"),
    Accident("a row born under other line ends",
             later(both(ADD, as_bytes(lambda data: data.replace(b"\n", b"\r"))),
                   both(as_bytes(lambda data: data.replace(b"\r", b"\n")), GIVEN)), "ledger.row-gone"),
    Accident("a row born under a broken head",
             later(both(ADD, swap(LEDGER, ("number,target", "number;target"))),
                   both(swap(LEDGER, ("number;target", "number,target")), GIVEN)), "ledger.row-gone"),
    Accident("a number lost and given anew", later(ADD, LOST, both(ADD, GIVEN)), "ledger.row-gone"),
    Accident("a ledger that is a link",
             both(lambda root: (root / LEDGER).rename(root / "qr/real.csv"),
                  lambda root: (root / LEDGER).symlink_to("real.csv")), "ledger.no-history"),
    Accident("a ledger that is a pointer to large files", later(
        as_bytes(lambda _: b"version https://git-lfs.example/spec/v1\noid sha256:0\nsize 1\n")), "ledger.no-history"),
    # Addresses.
    Accident("another site", swap(MKDOCS, (SITE, "https://khac.gov.vn/")), "site.former-url"),
    Accident("the site a placeholder again", swap(MKDOCS, (SITE, "https://hocso.example/")), "site.former-url"),
    Accident("the site at an old number", both(
        swap(MKDOCS, (SITE, f"{SITE}1041/"), ("former_urls: []", f"former_urls: [{SITE}]"))), "edition.number-address"),
    Accident("a former address forgotten", later(swap(MKDOCS, ("former_urls: []", "former_urls: [https://cu.gov.vn/]")),
                                                 swap(MKDOCS, ("former_urls: [https://cu.gov.vn/]", ""))),
             "site.former-url"),
    Accident("the site under a byte order mark, once",
             later(both(swap(MKDOCS, (SITE, "https://moi.gov.vn"), ("former_urls: []", f"former_urls: [{SITE}]")),
                        as_bytes(lambda data: b"\xef\xbb\xbf" + data, MKDOCS)),
                   both(swap(MKDOCS, ("https://moi.gov.vn", SITE), (f"[{SITE}]", "[]")),
                        as_bytes(lambda data: data.removeprefix(b"\xef\xbb\xbf"), MKDOCS))), "site.former-url"),
    Accident("a commune's code changed", swap(COMMUNE, ("11371", "11377")), "edition.former-address"),
    Accident("a commune's code gone", swap(COMMUNE, ('"11371"', '""')), "edition.former-address"),
    Accident("a commune with an address of its own",
             swap(COMMUNE, ('mã: "11371"', 'mã: "11371"\nđịa chỉ trang: https://xa-mau.gov.vn/')),
             "edition.former-address"),
    Accident("a province's code changed", swap(PROVINCE, ('"31"', '"33"')), "edition.former-address"),
    Accident("a province with an address of its own",
             swap(PROVINCE, ('mã: "31"', 'mã: "31"\nđịa chỉ trang: https://tinhmau.gov.vn/')),
             "edition.former-address"),
    Accident("a province's own address changed",
             later(lambda root: put(root, FRESH, "tên: tỉnh Mới\nđịa chỉ trang: https://tinhmoi.gov.vn/\n"),
                   swap(FRESH, ("https://tinhmoi.gov.vn/", "https://hoc.tinhmoi.gov.vn/"))),
             "edition.former-address"),
    Accident("an edition deleted", lambda root: put(root, COMMUNE, None), "edition.former-address"),
    Accident("an edition under an ending nobody reads",
             lambda root: (root / COMMUNE).rename(root / COMMUNE.replace(".yml", ".yaml")), "edition.former-address"),
    Accident("two codes exchanged", both(swap(COMMUNE, ("11371", "x")), swap(OTHER, ("11374", "11371")),
                                         swap(COMMUNE, ('"x"', '"11374"'))), "edition.former-address"),
    Accident("two codes and two files exchanged",
             both(swap(COMMUNE, ("11371", "x")), swap(OTHER, ("11374", "11371")), swap(COMMUNE, ('"x"', '"11374"')),
                  exchange(COMMUNE, OTHER)), "edition.former-address"),
    Accident("a code of a place that is gone", both(
        lambda root: put(root, OTHER, None),
        lambda root: put(root, "content/editions/xa-moi.yml", 'tên: xã Mới\ncấp trên: tinh-mau\nmã: "11374"\n')),
        "edition.former-address"),
    Accident("an edition at a former address", both(
        swap(MKDOCS, (SITE, "https://moi.gov.vn/"), ("former_urls: []", f"former_urls: [{SITE}]")),
        swap(OTHER, ('mã: "11374"', f"địa chỉ trang: {SITE}"))), "edition.former-address"),
    Accident("a code in figures of another script", swap(OTHER, ('"11374"', '"１１３７４"')), "edition.code"),
    Accident("a port in figures of another script",
             swap(OTHER, ('mã: "11374"', "địa chỉ trang: https://khac.gov.vn:４４３/")), "edition.address"),
    Accident("a code used twice", swap(OTHER, ('mã: "11374"', 'mã: "11371"\nđịa chỉ trang: https://khac.gov.vn/')),
             "edition.code-twice"),
    Accident("an address used twice", swap(OTHER, ("11374", "11371")), "edition.shared-address"),
    Accident("an address used twice, written otherwise",
             swap(OTHER, ('mã: "11374"', f"địa chỉ trang: {SITE[:-1]}:443/x/../11371/")), "edition.shared-address"),
    Accident("an edition at the address of a number",
             swap(OTHER, ('mã: "11374"', f"địa chỉ trang: {SITE}1041/")), "edition.number-address"),
    Accident("an edition below the address of a commune's number",
             swap(OTHER, ('mã: "11374"', f"địa chỉ trang: {SITE}11371/1041/xa/")), "edition.number-address"),
    Accident("capitals in a province's own address made small",
             later(lambda root: put(root, FRESH, "tên: tỉnh Mới\nđịa chỉ trang: https://tinhmoi.gov.vn/Hoc/\n"),
                   swap(FRESH, ("/Hoc/", "/hoc/"))), "edition.former-address"),
    Accident("an address used twice but for capitals", both(
        swap(PROVINCE, ('mã: "31"', "địa chỉ trang: https://tinhmau.gov.vn/hoc/")),
        swap(OTHER, ('mã: "11374"', "địa chỉ trang: https://tinhmau.gov.vn/Hoc/"))), "edition.shared-address"),
    Accident("a commune moves to a host of its own whose path ends with its code",
             swap(COMMUNE, ('mã: "11371"', 'mã: "11371"\nđịa chỉ trang: https://xamau.gov.vn/11371/')),
             "edition.former-address"),
    Accident("a province writes down its present address, and all its communes move",
             swap(PROVINCE, ('mã: "31"', f'mã: "31"\nđịa chỉ trang: {SITE}31/')), "edition.former-address"),
    Accident("a province gets an address of its own, and all its communes move", both(
        begun_with(swap(PROVINCE, ('mã: "31"\n', ""))),
        swap(PROVINCE, ("tên: tỉnh Mẫu", "tên: tỉnh Mẫu\nđịa chỉ trang: https://tinhmau.gov.vn/"))),
        "edition.former-address"),
    Accident("the nation gets an address beside that of the site",
             swap(NATION, ("tên: Việt Nam", "tên: Việt Nam\nđịa chỉ trang: https://vn.gov.vn/")),
             "edition.former-address"),
    Accident("the nation's own address changed, which no other place shares", both(
        begun_with(both(*(gone(file) for file in (COMMUNE, OTHER, PROVINCE)),
                        swap(NATION, ("tên: Việt Nam", "tên: Việt Nam\nđịa chỉ trang: https://vn.gov.vn/")))),
        swap(NATION, ("https://vn.gov.vn/", "https://vietnam.gov.vn/"))), "edition.former-address"),
    Accident("site and commune move at once, each elsewhere", both(
        MOVED,
        swap(COMMUNE, ('mã: "11371"', 'mã: "11371"\nđịa chỉ trang: https://xamau.gov.vn/11371/'))),
        "edition.former-address"),
    Accident("an edition over a number of a commune where it was printed once", both(
        MOVED,
        swap(OTHER, ('mã: "11374"', f"địa chỉ trang: {SITE}11371/1041/"))), "edition.number-address"),
    Accident("the nation's own address changed", later(
        swap(NATION, ("tên: Việt Nam", "tên: Việt Nam\nđịa chỉ trang: https://vn.gov.vn/"),),
        swap(NATION, ("https://vn.gov.vn/", "https://vietnam.gov.vn/"))), "edition.former-address"),
    # Content under unchanged names.
    Accident("two folders exchanged", exchange(str(Path(SCAN).parent), str(Path(SAVE).parent)), "ledger.other-lesson"),
    Accident("two texts exchanged, a line changed", both(
        swap(SCAN, ("# Quét mã QR", "# Quét mã")), exchange(SCAN, SAVE)), "ledger.other-lesson"),
    Accident("two folders exchanged, a word added everywhere, and said so", both(
        as_bytes(a_word_more, SCAN), as_bytes(a_word_more, SAVE), exchange(SCAN, SAVE)), "ledger.other-lesson"),
    Accident("two texts exchanged in two steps", later(
        exchange_ends(0.7), both(exchange_ends(0.7), exchange(SCAN, SAVE))), "ledger.other-lesson"),
    Accident("two titles exchanged", exchange_titles(), "ledger.other-lesson"),
    Accident("two titles exchanged, marks and a word added", exchange_titles(" nhé!"), "ledger.other-lesson"),
    Accident("two titles exchanged, put into longer ones", both(
        exchange_titles(), swap(SCAN, ("# Lưu số điện thoại", "# Cách lưu số điện thoại cho bà con mình"))),
        "ledger.other-lesson"),
    Accident("two folders exchanged, a line of each yet to be written", both(
        begun_with(both(*(swap(file, ("\n## Cho người", "\nCẦN VIẾT\n\n## Cho người")) for file in (SCAN, SAVE)))),
        exchange(str(Path(SCAN).parent), str(Path(SAVE).parent))), "ledger.other-lesson"),
    Accident("two titles exchanged, a comment like a title above them", both(
        begun_with(both(*(swap(file, ("trạng thái:", "# Ghi chú của tổ biên tập\ntrạng thái:"))
                          for file in (SCAN, SAVE)))),
        swap(SCAN, ("\n# Quét mã QR\n", "\n# Lưu số điện thoại\n")),
        swap(SAVE, ("\n# Lưu số điện thoại\n", "\n# Quét mã QR\n"))), "ledger.other-lesson"),
    Accident("another lesson under an old reason", later(
        swap(SAVE, ("trạng thái:", f"{REASON}trạng thái:")), as_bytes(in_other_words, SAVE)), "ledger.written-anew"),
    Accident("another lesson in two small steps", later(
        as_bytes(half_in_other_words, SAVE), as_bytes(lambda data: half_in_other_words(data, 1), SAVE)),
        "ledger.written-anew"),
    Accident("two films exchanged", later(FILMS, swap(SCAN, ("watch?v=a111", "x")), swap(
        SAVE, ("watch?v=b222", "watch?v=a111")), swap(SCAN, ("/x", "/watch?v=b222"))), "ledger.other-lesson"),
    Accident("two films exchanged, under other addresses", later(FILMS, both(
        swap(SCAN, ("www.youtube.com/watch?v=a111", "youtu.be/b222?t=1")),
        swap(SAVE, ("www.youtube.com/watch?v=b222", "m.youtube.com/watch?t=2s&v=a111")))), "ledger.other-lesson"),
    Accident("another lesson's film, and that one has a new one", later(FILMS, both(
        swap(SCAN, ("a111", "b222")), swap(SAVE, ("b222", "c333")))), "ledger.other-lesson"),
    Accident("two titles exchanged, and said so", both(exchange_titles(), *(
        swap(file, ("trạng thái:", f"{REASON}trạng thái:")) for file in (SCAN, SAVE))),
        "ledger.other-lesson"),
    Accident("numbers and folders exchanged", both(
        swap(LEDGER, ("1041,quet-ma", "1041,x"), ("2024,luu-so", "2024,quet-ma"), ("1041,x", "1041,luu-so")),
        exchange(str(Path(SCAN).parent), str(Path(SAVE).parent))), "ledger.row-gone"),
    Accident("two parts exchanged", swap(BOOK, ("mã: dien-thoai", "mã: x"), ("mã: lien-lac", "mã: dien-thoai"),
                                         ("mã: x", "mã: lien-lac")), "ledger.other-lesson"),
    Accident("two paths exchanged", swap(BOOK, ("mã: nguoi-cao-tuoi", "mã: x"), ("mã: can-bo", "mã: nguoi-cao-tuoi"),
                                         ("mã: x", "mã: can-bo")), "ledger.other-lesson"),
    Accident("two parts exchanged, marks added", swap(
        BOOK, ("mã: dien-thoai", "mã: x"), ("mã: lien-lac", "mã: dien-thoai"), ("mã: x", "mã: lien-lac"),
        ("tên: Liên lạc", "tên: Liên lạc."), ("tên: Làm quen với điện thoại", "tên: “Làm quen với điện thoại”")),
        "ledger.other-lesson"),
    Accident("two paths exchanged, marks added", swap(
        BOOK, ("mã: nguoi-cao-tuoi", "mã: x"), ("mã: can-bo", "mã: nguoi-cao-tuoi"), ("mã: x", "mã: can-bo"),
        ("tên: Bài cho cán bộ", "tên: Bài cho cán bộ!"), ("cho người cao tuổi", "cho người cao tuổi!")),
        "ledger.other-lesson"),
    Accident("another title and another's lessons in a part", swap(
        BOOK, ("tên: Làm quen với điện thoại", "tên: Vay tiền nhanh"), ("[vao-mang, quet-ma]", "[x]"),
        ("bài: [luu-so]", "bài: [vao-mang, quet-ma]"), ("[x]", "[luu-so]")), "ledger.other-lesson"),
    Accident("another title and other lessons in a part", both(
        lambda root: put(root, WIFI.replace("vao-mang", "moi"), in_other_words((root / WIFI).read_bytes())),
        swap(BOOK, ("tên: Làm quen với điện thoại", "tên: Vay tiền nhanh"), ("[vao-mang, quet-ma]", "[moi]"))),
        "ledger.written-anew"),
    Accident("another title and other lessons in a path", swap(
        BOOK, ("tên: Bài cho người cao tuổi", "tên: Vay tiền nhanh"), ("[vao-mang, quet-ma, luu-so]", "[khai-sinh]")),
        "ledger.written-anew"),
    Accident("the lessons of two parts exchanged, titles kept", swap(
        BOOK, ("[vao-mang, quet-ma]", "[x]"), ("bài: [luu-so]", "bài: [vao-mang, quet-ma]"), ("[x]", "[luu-so]")),
        "ledger.written-anew"),
    Accident("a path without its lessons", swap(BOOK, ("[vao-mang, quet-ma, luu-so]", "[]")), "ledger.written-anew"),
    Accident("a path with other lessons", swap(BOOK, ("[vao-mang, quet-ma, luu-so]", "[khai-sinh]")),
             "ledger.written-anew"),
    Accident("a path with a third of its lessons, the title a little other", swap(
        BOOK, ("[vao-mang, quet-ma, luu-so]", "[luu-so]"),
        ("tên: Bài cho người cao tuổi", "tên: Bài cho bà con lớn tuổi")),
        "ledger.written-anew"),
    Accident("a path that lost its lessons one by one", later(
        swap(BOOK, ("[vao-mang, quet-ma, luu-so]", "[quet-ma, luu-so]")),
        swap(BOOK, ("[quet-ma, luu-so]", "[luu-so]"))),
        "ledger.written-anew"),
    # An edition's channels.
    Accident("two channels exchanged", later(CHANNELS, swap(
        PROVINCE, ("ứng dụng địa phương:", "x:"), ("cổng:", "ứng dụng địa phương:"), ("x:", "cổng:"))),
        "ledger.other-lesson"),
    Accident("the names of two channels exchanged, marks added", later(CHANNELS, swap(
        PROVINCE, ("tên: Công dân số", "tên: x"), ("tên: Cổng thông tin tỉnh Mẫu", "tên: Công dân số tỉnh Mẫu!"),
        ("tên: x tỉnh Mẫu", "tên: Cổng thông tin tỉnh Mẫu!"))), "ledger.other-lesson"),
    Accident("the addresses of two channels exchanged", later(CHANNELS, swap(
        PROVINCE, ("congdan.", "x."), ("cong.", "congdan."), ("https://x.tinhmau.gov.vn", "https://cong.tinhmau.gov.vn/?1"))),
        "ledger.other-lesson"),
    Accident("two channels of the place above exchanged", later(CHANNELS, swap(COMMUNE, (
        "zalo oa:", "cổng:\n  tên: Công dân số tỉnh Mẫu\n  địa chỉ: https://congdan.tinhmau.gov.vn\n"
        "ứng dụng địa phương: Cổng thông tin tỉnh Mẫu\nzalo oa:"))), "ledger.other-lesson"),
    Accident("another name and another address under a channel", later(CHANNELS, swap(
        PROVINCE, (HERE, "  tên: Vay tiền nhanh\n  địa chỉ: https://vay-nhanh.com"))), "ledger.written-anew"),
    Accident("another name and another address under a channel, one after the other", later(
        CHANNELS, swap(PROVINCE, ("cong.tinhmau.gov.vn", "vay-nhanh.com")),
        swap(PROVINCE, ("tên: Cổng thông tin tỉnh Mẫu", "tên: Vay tiền nhanh"))), "ledger.written-anew"),
    Accident("another channel in the place of one from above", later(CHANNELS, swap(
        COMMUNE, ("zalo oa:", "cổng:\n  tên: Vay tiền nhanh\n  địa chỉ: https://vay-nhanh.com\nzalo oa:"))),
        "ledger.written-anew"),
    Accident("a channel under its old name on another's host", later(CHANNELS, swap(
        PROVINCE, ("cong.tinhmau.gov.vn", "cong.tinhrnau.gov.vn"))), "ledger.written-anew"),
    Accident("a channel under its old name, with a word more, on another's host", later(CHANNELS, swap(
        PROVINCE, (HERE, "  tên: Cổng thông tin tỉnh Mẫu mới\n  địa chỉ: https://tinhmau-gov.com"))),
        "ledger.written-anew"),
    Accident("the channel of the place above under its name, on a host of one's own", later(CHANNELS, swap(
        COMMUNE, ("zalo oa:", "cổng:\n  tên: Cổng thông tin tỉnh Mẫu\n  địa chỉ: https://tinhmau.vn\nzalo oa:"))),
        "ledger.written-anew"),
    Accident("addresses of one channel exchanged between two places", later(ZALO, both(
        swap(COMMUNE, ("zalo.me/111", "zalo.me/222")), swap(OTHER, ("zalo.me/222", "zalo.me/111")))),
        "ledger.other-lesson"),
    Accident("a place under another, whose channels it shows now", later(
        second_province("Cổng tỉnh Hai"), swap(OTHER, ("cấp trên: tinh-mau", "cấp trên: tinh-hai"))),
        "ledger.written-anew"),
    Accident("a place under another, whose channels are called alike", later(
        second_province("Cổng thông tin tỉnh Mẫu"), swap(OTHER, ("cấp trên: tinh-mau", "cấp trên: tinh-hai"))),
        "ledger.written-anew"),
    Accident("a channel that only an old number leads to", later(both(CHANNELS, led_to("channel:ung-dung")), swap(
        PROVINCE, ("Công dân số tỉnh Mẫu", "Vay tiền nhanh"), ("congdan.tinhmau.gov.vn", "vay-nhanh.com"))),
        "ledger.written-anew"),
    Accident("a part that only an old number leads to", later(led_to("part:lien-lac"), swap(
        BOOK, ("tên: Liên lạc", "tên: Vay tiền nhanh"), ("[vao-mang, quet-ma]", "[x]"),
        ("bài: [luu-so]", "bài: [vao-mang]"), ("[x]", "[luu-so, quet-ma]"))), "ledger.other-lesson"),
    Accident("a path that only an old number leads to", later(led_to("path:can-bo"), swap(
        BOOK, ("tên: Bài cho cán bộ", "tên: Vay tiền nhanh"), ("bài: [quet-ma]", "bài: [luu-so]"))),
        "ledger.written-anew"),
    Accident("another lesson written over one", as_bytes(in_other_words, SAVE), "ledger.written-anew"),
    Accident("a lesson's folder renamed", lambda root: (root / WIFI).parent.rename(root / "content/topics/mang"),
             "ledger.unknown-target"),
    Accident("a part renamed", swap(BOOK, ("mã: dien-thoai", "mã: may")), "ledger.unknown-target"),
)


TRIED = [(accident, saved) for index, accident in enumerate(ACCIDENTS) for saved in (False, True)
         if PROVE or index % 2 == saved]


@pytest.mark.parametrize(("accident", "saved"), TRIED,
                         ids=[f"{accident.name}, {'committed' if saved else 'at hand'}" for accident, saved in TRIED])
def test_an_accident_is_told(root: Path, accident: Accident, saved: bool) -> None:
    accident.act(root)
    if saved:
        commit_all(root, "as if it were right", EPOCH + 9 * DAY)
    assert accident.rule in rules(root)


KEPT = {
    "another address": swap(PROVINCE, ("cong.tinhmau", "moi.tinhmau")),
    "another name": swap(PROVINCE, ("tên: Cổng thông tin tỉnh Mẫu", "tên: Trang nhà của tỉnh")),
    "both, and the old name in the new one": swap(
        PROVINCE, ("cong.tinhmau", "moi.tinhmau"),
        ("tên: Cổng thông tin tỉnh Mẫu", "tên: Trang nhà của tỉnh mình (trước là Cổng thông tin tỉnh Mẫu)")),
    "another page of the same host": swap(PROVINCE, ("cong.tinhmau.gov.vn", "cong.tinhmau.gov.vn/trang-chu?x=1")),
    "another host, and the name says where it was": swap(
        PROVINCE, (HERE, "  tên: Cổng thông tin tỉnh Mẫu (trước là cong.tinhmau.gov.vn)\n  địa chỉ: https://tinhhai.gov.vn")),
    "another host, and the name says what it was": swap(
        PROVINCE, (HERE, "  tên: Cổng tỉnh Hai (trước là Cổng thông tin tỉnh Mẫu)\n  địa chỉ: https://tinhhai.gov.vn")),
    "none": swap(PROVINCE, (HERE, '  tên: ""')),
}


@pytest.mark.parametrize("act", KEPT.values(), ids=KEPT)
def test_a_channel_may_move(root: Path, act: Act) -> None:
    later(CHANNELS)(root)
    act(root)
    assert [rule for rule in rules(root) if rule.startswith("ledger.")] == []


def test_what_many_places_inherit_is_told_once(root: Path) -> None:
    later(CHANNELS)(root)
    swap(PROVINCE, (HERE, "  tên: Vay tiền nhanh\n  địa chỉ: https://vay-nhanh.com"))(root)
    found, = (one for one in findings_of(root) if one.rule.startswith("ledger."))
    assert found.place.file == PROVINCE and "“Cổng thông tin tỉnh Mẫu”" in found.message.vi


def test_a_release_asks_about_a_channel_on_another_host(root: Path) -> None:
    later(CHANNELS)(root)
    swap(PROVINCE, ("https://cong.tinhmau.gov.vn", "https://cong.tinhrnau.gov.vn"))(root)
    project = Project(root)
    for release, severity in ((False, "warning"), (True, "error")):
        found, = (one for one in run_checks(project, read_handbook(project), release=release)
                  if one.rule == "ledger.written-anew")
        assert found.severity == severity and found.place.file == PROVINCE
        assert "https://cong.tinhmau.gov.vn" in found.message.vi and "https://cong.tinhrnau.gov.vn" in found.message.vi


def test_an_exchanged_channel_is_told_where_it_stands(root: Path) -> None:
    later(CHANNELS)(root)
    swap(PROVINCE, ("ứng dụng địa phương:", "x:"), ("cổng:", "ứng dụng địa phương:"), ("x:", "cổng:"))(root)
    lines = (root / PROVINCE).read_text("utf-8").splitlines()
    found, = (one for one in findings_of(root) if one.rule == "ledger.other-lesson")  # no number leads to the other
    assert lines[found.place.line - 1] == "cổng:" and "tỉnh Mẫu: số 2202 (`channel:cong`)" in found.message.vi


ALLOWED = {
    "a lesson with another title": swap(SCAN, (f"# {'Quét mã QR'}", "# Dùng mã QR")),
    "a lesson with a word added everywhere": as_bytes(a_word_more, SAVE),
    "a part with another title": swap(BOOK, ("tên: Liên lạc", "tên: Gọi và nhắn tin")),
    "a part with other lessons": swap(
        BOOK, ("[vao-mang, quet-ma]", "[x]"), ("bài: [luu-so]", "bài: [vao-mang, quet-ma]"), ("[x]", "[luu-so]")),
    "a path with other lessons": swap(BOOK, ("[vao-mang, quet-ma, luu-so]", "[khai-sinh]")),
    "a channel with another name and address": swap(PROVINCE, ("Công dân số", "Ứng dụng số"), ("congdan.", "so.")),
    "two channels with one name": swap(PROVINCE, ("tên: Công dân số tỉnh Mẫu", "tên: Cổng thông tin tỉnh Mẫu")),
    "a film anew": later(FILMS, swap(SCAN, ("a111", "d444"))),
    "a film from another second, on the same platform": later(
        FILMS, swap(SCAN, ("www.youtube.com/watch?v=a111", "youtu.be/a111?t=20"))),
    "one film for two lessons": later(FILMS, swap(SCAN, ("a111", "b222"))),
    "a film taken out": later(FILMS, swap(SCAN, ("phim: https://www.youtube.com/watch?v=a111\n", ""))),
    "a lesson adapted from another, then from itself": later(
        lambda root: put(root, WIFI.replace("vao-mang", "moi"), (root / WIFI).read_bytes().replace(
            "# Vào mạng".encode(), "# Mạng ở quán".encode())),
        both(as_bytes(a_word_more, WIFI.replace("vao-mang", "moi")), as_bytes(in_other_words, WIFI))),
}


@pytest.mark.parametrize("act", ALLOWED.values(), ids=ALLOWED)
def test_what_only_changed_is_not_exchanged(root: Path, act: Act) -> None:
    act(root)
    assert "ledger.other-lesson" not in rules(root)


LISTED_ANEW = {
    "in another order": swap(BOOK, ("[vao-mang, quet-ma, luu-so]", "[luu-so, vao-mang, quet-ma]")),
    "with more": swap(BOOK, ("[vao-mang, quet-ma, luu-so]", "[khai-sinh, vao-mang, quet-ma, luu-so]")),
    "with two of three": swap(BOOK, ("[vao-mang, quet-ma, luu-so]", "[khai-sinh, quet-ma, luu-so]")),
    "with what came after a beginning of one": both(
        begun_with(swap(BOOK, ("[vao-mang, quet-ma, luu-so]", "[khai-sinh]"))),
        swap(BOOK, ("[khai-sinh]", "[vao-mang, quet-ma, luu-so]"))),
    "without one that the book has no more": both(
        begun_with(swap(BOOK, ("[vao-mang, quet-ma, luu-so]", "[xua, xua-nua, bai-xa, quet-ma]"))),
        swap(BOOK, ("[xua, xua-nua, bai-xa, quet-ma]", "[quet-ma]"))),
    "with what an old one leads to": both(
        begun_with(swap(BOOK, ("[vao-mang, quet-ma, luu-so]", "[bai-cu]"))), swap(BOOK, ("[bai-cu]", "[luu-so]"))),
}


@pytest.mark.parametrize("act", LISTED_ANEW.values(), ids=LISTED_ANEW)
def test_a_list_may_grow_and_change(root: Path, act: Act) -> None:
    act(root)
    commit_all(root, "listed anew", EPOCH + 9 * DAY)
    assert "ledger.written-anew" not in rules(root)


def test_a_release_asks_about_a_list_of_which_nothing_is_left(root: Path) -> None:
    for lessons, severity in (("[]", "error"), ("[luu-so]", "warning")):
        before = (root / BOOK).read_bytes()
        edit(root, BOOK, "[vao-mang, quet-ma, luu-so]", lessons)
        project = Project(root)
        found, = (one for one in run_checks(project, read_handbook(project), release=True)
                  if one.rule == "ledger.written-anew")
        assert found.severity == severity and "trước có 3 bài" in found.message.vi and "vao-mang" in found.message.vi
        put(root, BOOK, before)


def test_a_day_to_come_may_be_taken_back(root: Path) -> None:
    later(as_bytes(lambda data: data + b"2407,part:lien-lac,2099-11-20,2099-12-31,,\n"))(root)
    edit(root, LEDGER, "2099-11-20,2099-12-31", "2026-11-20,")
    assert rules(root) == []


def test_a_lesson_written_anew_may_say_so(root: Path) -> None:
    put(root, SAVE, in_other_words((root / SAVE).read_bytes()))
    edit(root, SAVE, "trạng thái:", f"{REASON}trạng thái:")
    assert "ledger.written-anew" not in rules(root)


def test_there_are_enough() -> None:
    assert len({accident.name for accident in ACCIDENTS}) == len(ACCIDENTS) >= 30
