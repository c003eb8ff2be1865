"""What a release's sheet says, and what a build tells at its end: changed papers, what went, where the papers lie."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from generator import telling
from generator.checks.release import unready
from generator.cli import main
from generator.engine.only import Only
from generator.engine.progress import Progress
from generator.engine.store import Made
from generator.engine.tree import LIST, Published, Tree
from generator.ground.findings import Place, Text
from generator.handbook.model import Alert, Approval, Channel, Entry, Handbook, Help, Phrase, Topic, Visit, VisitState
from generator.handout import changed_papers, release_sheet
from generator.products import FILMS, standard
from generator.proof.asked import unasked_films
from tests.desks import handbook, with_edition
from tests.projects import edit, make_project

pytestmark = pytest.mark.remembers
LEAFLET, TWO_UP, BOOK = "print/leaflets/a.pdf", "print/leaflets/a-2up.pdf", "print/booklets/hoc-so-co-ban-a5.pdf"
QR, VNEID = (f"content/topics/{slug}/index.md" for slug in ("quet-ma-qr", "cai-vneid"))
SITE = ["site/downloads/leaflets/a.pdf", "site/index.html", "clips/a.mp4", "build.json"]


def tree(*files: str, sha: str = "0") -> dict[str, Published]:
    return {file: Published(sha, "leaflet", ()) for file in files}


TABLE: dict[str, tuple[Mapping[str, Published], Mapping[str, Published], list[str]]] = {
    "nothing stood": ({}, tree(LEAFLET), []),
    "nothing changed": (tree(LEAFLET), tree(LEAFLET), []),
    "other sources, the same bytes": (tree(LEAFLET), {LEAFLET: Published("0", "leaflet", ("content/x.md",))}, []),
    "other bytes": (tree(LEAFLET, BOOK), tree(BOOK) | tree(LEAFLET, sha="1"), ["leaflets/a.pdf"]),
    "pages are no papers": (tree(*SITE), tree(*SITE, sha="1"), []),
    "new and gone": (tree(LEAFLET), tree(BOOK), ["booklets/hoc-so-co-ban-a5.pdf"]),
    "what is laid out comes last": (tree(TWO_UP, BOOK, LEAFLET), tree(TWO_UP, BOOK, LEAFLET, sha="1"),
                                    ["leaflets/a.pdf", "booklets/hoc-so-co-ban-a5.pdf", "leaflets/a-2up.pdf"]),
    "of an edition": (tree(f"editions/xa/{LEAFLET}"), tree(f"editions/xa/{LEAFLET}", sha="1"),
                      ["editions/xa/leaflets/a.pdf"]),
}


@pytest.mark.parametrize("case", TABLE)
def test_papers_to_print_anew(case: str) -> None:
    before, after, names = TABLE[case]
    assert changed_papers(before, after) == names


@pytest.mark.skipif(os.environ.get("HOCSO_NO_BROWSER") == "1", reason="HOCSO_NO_BROWSER=1")
def test_a_build_ends_with_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_project(tmp_path)

    def told(language: str) -> str:
        monkeypatch.setenv("HOCSO_LANG", language)
        assert main(["-C", str(root), "build", "leaflet"]) == 0
        changed, place = capsys.readouterr().out.splitlines()[-2:]
        assert place.endswith("dist/print/leaflets (4 tệp)" if language == "vi" else "dist/print/leaflets (4 files)")
        return changed

    assert told("vi").startswith("Xong sau")  # the first time everything is new
    edit(root, QR, "một gang tay", "hai gang tay")
    assert told("vi") == "Tờ in đã đổi: leaflets/quet-ma-qr.pdf."
    assert told("vi").startswith("Xong sau")
    edit(root, QR, "hai gang tay", "ba gang tay")
    assert told("en") == "Papers that changed: leaflets/quet-ma-qr.pdf."

    monkeypatch.setattr(telling, "MOST_PAPERS", 1)
    for language, more in (
            ("vi", "và 1 tên nữa (đủ ở .hocso/ke-het.txt). Xem bằng hình: hocso diff"),
            ("en", "and 1 more (all in .hocso/ke-het.txt). See them: hocso diff")):
        edit(root, QR, "gang tay", "gang tay rộng")
        edit(root, VNEID, "# Cài ", "# Cài lại ")
        assert told(language).endswith(f": leaflets/cai-vneid.pdf {more}")

    monkeypatch.setenv("HOCSO_LANG", "vi")
    assert main(["-C", str(root), "build", "leaflet:quet-ma-qr"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Giấy ở đây: dist/print/leaflets/quet-ma-qr.pdf"


# What goes is told, and why.

SHEET = {"phat-hanh.txt": Published("0", LIST, ())}
FILM = {path: Published("0", "clip", ()) for path in ("clips/quet-ma-qr.mp4", "clips/quet-ma-qr.vtt")}
HELD = {"qr-ab": Text("bài đổi sau khi duyệt", "changed")}


def about(file: str, *slugs: str) -> dict[str, Published]:
    sources = (*(f"content/topics/{slug}/index.md" for slug in slugs), "content/handbook.yml")
    return {file: Published("0", "leaflet", sources)}


GONE: dict[str, tuple[Mapping[str, Published], Mapping[str, Published], list[str], list[str], list[str]]] = {
    "nothing": (tree(LEAFLET), tree(LEAFLET, sha="1"), [], [], []),
    "pages may go": (tree(*SITE), {}, [], [], []),
    "a lesson that is no more": (tree(LEAFLET), {}, [], [], [f"{LEAFLET}, vì sách nay không còn làm ra tờ ấy."]),
    "of another release": (tree(LEAFLET), {}, ["viet-nam"], [], ["hocso build leaflet --release"]),
    "of an edition's release": (tree(f"editions/xa/{LEAFLET}"), {}, ["xa"], [],
                                ["hocso build leaflet --release --edition xa"]),
    "a film": (FILM, {}, ["viet-nam"], [], ["clips/quet-ma-qr.mp4, vì lần này không làm lại"]),
    "a film, and a host nobody asked": (FILM, {}, ["viet-nam"], ["viet-nam"], ["hocso build clip --release"]),
    "a host nobody asked": (tree(LEAFLET, "qr/1041.png"), {}, ["viet-nam"], ["viet-nam"],
                            ["hocso links --edition viet-nam"]),
    "a lesson changed since it was signed": (
        about(LEAFLET, "qr-ab"), {}, ["viet-nam"], ["viet-nam"],
        [f"{LEAFLET}, vì bài qr-ab chưa phát hành được: bài đổi sau khi duyệt. Dựng lại cũng vẫn không có."]),
    "of two lessons one is ready": (about(BOOK, "qr-ab", "qr-cd"), {}, ["viet-nam"], [], ["hocso build leaflet --rel"]),
    "a sheet to sign": ({"print/review/qr-ab.pdf": replace(tree(LEAFLET)[LEAFLET], product="review")}, {}, ["viet-nam"],
                        ["viet-nam"], ["print/review/qr-ab.pdf, vì bài của phiếu"]),
    "many": (tree(*(f"print/leaflets/{name}.pdf" for name in "abcde")), {}, [], [],
             ["c.pdf và 2 tên nữa (đủ ở .hocso/ke-het.txt), vì"]),
    "a release's sheet": (SHEET, {}, [], [], ["phat-hanh.txt, vì lần dựng này không phải bản phát hành."]),
}


@pytest.mark.parametrize("case", GONE)
def test_what_goes_is_told(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    before, after, released, silent, told = GONE[case]
    telling.tell_gone(Progress(), before, after, released, silent, HELD)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(told) and all(line.startswith("Đã bỏ khỏi dist: ") for line in lines)
    assert all(words in line for words, line in zip(told, lines, strict=True))


@pytest.mark.parametrize(("products", "lessons", "told"), [
    (("booklet", "fold"), ("quet-ma-qr",), "Không có tờ nào của booklet: với --lesson,"),
    (("fold",), ("quet-ma-qr",), ""), (("booklet", "fold"), (), ""), (("booklet:phan-1",), ("quet-ma-qr",), ""),
    ((), ("quet-ma-qr",), ""),
])
def test_a_product_that_has_nothing_of_one_lesson_is_told(
    products: tuple[str, ...], lessons: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    book, items = handbook(), ("booklet:phan-1", "fold:2up-quet-ma-qr", "fold:phan-1")
    standing = Tree({}, {f"viet-nam/{name}": "key" for name in items})
    telling.tell_nothing(Progress(), Only(products, lessons), standing, book, [book.edition])
    out = capsys.readouterr().out
    assert out.startswith(told) and bool(out) == bool(told)


RELEASABLE: dict[str, tuple[dict[str, Any], tuple[str, ...], int]] = {
    "a draft says so itself": ({}, ("cai-vneid",), 0),
    "approved, in a place that is signed": ({}, ("quet-ma-qr",), 1),
    "about no lesson": ({}, (), 1),
    "of both": ({}, ("quet-ma-qr", "cai-vneid"), 0),
    "a place nobody signed says so": ({"unsigned": "ACDEFHKL"}, ("quet-ma-qr",), 0),
    "a place without an address says so": ({"trial": True}, ("quet-ma-qr",), 0),
}


@pytest.mark.parametrize("case", RELEASABLE)
def test_a_build_that_is_no_release_says_so_of_papers_without_a_mark(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    changes, slugs, count = RELEASABLE[case]
    book = handbook()
    book = replace(book, topics=tuple(signed(topic) if topic.slug == "quet-ma-qr" else topic for topic in book.topics))
    edition = replace(book.edition, **{"trial": False, "unsigned": "", **changes})
    files = {LEAFLET: Published("0", "leaflet", tuple(f"content/topics/{slug}/index.md" for slug in slugs)),
             "print/review/a.pdf": Published("0", "review", ()), "site/index.html": Published("0", "site", ())}
    telling.tell_unreleased(Progress(), files, Tree(files, {}), [edition], book)
    out = capsys.readouterr().out
    assert out.startswith(f"Chưa phải bản phát hành: {count} tệp") if count else not out


def signed(topic: Topic) -> Topic:
    row = Approval(topic.slug, "ACDEFHKL", "Sở Y tế", date(2026, 11, 20))
    return replace(topic, office=replace(topic.office, approval=row))


@pytest.mark.parametrize(("count", "sheet", "last"), [
    (5, True, "Chưa phát hành e: vì sao."), (7, True, "… và 2 bài nữa chưa phát hành: xem phat-hanh.txt"),
    (7, False, "… và 2 bài nữa: hocso check --release"),
])
def test_what_is_kept_back_buries_nothing(
    count: int, sheet: bool, last: str, capsys: pytest.CaptureFixture[str]
) -> None:
    telling.tell_kept(Progress(), {name: Text("vì sao", "why") for name in "abcdefg"[:count]}, sheet=sheet)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == min(count, 6) and lines[-1] == last


# The sheet of a release.

A5, A4, ACROSS = (148, 210), (210, 297), (297, 210)
PLACE = "https://hocso.haiphong.gov.vn/"
TITLES = {LEAFLET: "Quét mã QR", TWO_UP: "Quét mã QR, hai tờ một khổ A4"}


def pdf(pages: int, size: tuple[int, int]) -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        made.add_blank_page(page_size=(size[0] / 25.4 * 72, size[1] / 25.4 * 72))
    made.save(out)
    return out.getvalue()


def of_a_place(**changes: Any) -> Handbook:
    """With a commune below it, and nobody's phone."""
    book = handbook()
    edition = replace(book.edition, address=PLACE, help=(Help("đầu mối", "Nhà văn hóa"),))
    below = replace(edition, id="xa", address=f"{PLACE}11401/")
    return replace(book, edition=edition, editions=(edition, below), **changes)


def sheet_of(book: Handbook, pdfs: Mapping[str, bytes], made: Sequence[Made] = (), commit: str = "none") -> str:
    files = {path: Published(path, "leaflet", ()) for path in pdfs}
    sheets = release_sheet(book, files, pdfs.__getitem__, made, {"a": "chưa duyệt"}, commit)
    assert json.loads(sheets["phat-hanh.json"])["address"] == book.edition.address
    return sheets["phat-hanh.txt"].decode()


def test_papers_of_the_country_say_so_at_the_top_where_communes_have_their_own() -> None:
    line = "GIẤY CỦA BẢN CẢ NƯỚC, chưa có nơi giúp, số máy của xã nào. Giấy của xã mình: dựng lại, thêm --edition: xa\n"
    told = sheet_of(of_a_place(), {LEAFLET: pdf(2, A5)})
    assert line in told.partition("\n\n")[0] + "\n"
    alone = of_a_place()
    assert "CẢ NƯỚC" not in sheet_of(replace(alone, editions=(alone.edition,)), {LEAFLET: pdf(2, A5)})


def made_of(path: str, *codes: str, **facts: Any) -> Made:
    return Made("", {path: path}, {}, facts, (), {path: {1: set(codes)}})


def rows_of(book: Handbook, pdfs: Mapping[str, bytes]) -> list[tuple[object, ...]]:
    files = {path: Published(path, "leaflet", ()) for path in pdfs}
    facts = json.loads(release_sheet(book, files, pdfs.__getitem__, (), {}, "none")["phat-hanh.json"])
    return [(row["file"], row["each"], row["copies"], row["instead_of"]) for row in facts["print"]]


def test_programs_read_the_same() -> None:
    pair, fold = {TWO_UP: pdf(2, ACROSS), LEAFLET: pdf(2, A5)}, "print/booklets/phan-1-fold.pdf"
    assert rows_of(of_a_place(), pair) == [(LEAFLET, 1, 1, ""), (TWO_UP, 1, 2, LEAFLET)]
    assert rows_of(of_a_place(), {fold: pdf(8, ACROSS)}) == [(fold, 3, 1, "")]  # nothing stands that it is instead of


def test_titles_stand_beside_files_and_one_of_two_is_told() -> None:
    pdfs = {TWO_UP: pdf(2, ACROSS), LEAFLET: pdf(2, A5)}
    told = sheet_of(of_a_place(), pdfs, [made_of(path, title=TITLES[path]) for path in pdfs])
    assert (f"- Quét mã QR, một trong hai:\n  {LEAFLET}: 2 trang, mỗi bản 1 tờ A5, in hai mặt, lật cạnh dài; "
            "có ô trống phải viết tay hay đóng dấu\n"
            f"  hoặc {TWO_UP}: 2 trang, 1 tờ A4 được hai bản, in hai mặt, lật cạnh ngắn, cắt đôi; có ô trống") in told
    assert told.count("Quét mã QR, ") == 1


def opened(address: str, numbers: str, days: int = 0, state: VisitState = "open") -> Visit:
    day = date.today() - timedelta(days=days)
    return Visit(address, state, day, day, numbers=numbers)


FILMED = {f"clips/{slug}.mp4": Published("0", product, (f"content/topics/{slug}/index.md", "content/handbook.yml"))
          for slug, product in (("quet-ma-qr", "clip"), ("cai-vneid", "vertical"))}
ASKED_OF: dict[str, tuple[str, Mapping[str, Published], tuple[Visit, ...], list[str]]] = {
    # Edition, files, what the country's host (or another) answered, numbers told.
    "nobody asked": ("xa", FILMED, (), ["1041", "1064"]),
    "the commune's host alone was asked": ("xa", FILMED, (opened(f"{PLACE}11401/", "1041 1064"),), ["1041", "1064"]),
    "the country's was": ("xa", FILMED, (opened(PLACE, "1041 1064"),), []),
    "one of two": ("xa", FILMED, (opened(PLACE, "1064 1055"),), ["1041"]),
    "long ago": ("xa", FILMED, (opened(PLACE, "1041 1064", days=31),), ["1041", "1064"]),
    "one was wrong": ("xa", FILMED, (opened(PLACE, "1041 1064", state="dead"),), ["1041", "1064"]),
    "a leaflet is no film": ("xa", {LEAFLET: Published("0", "leaflet", (QR,))}, (), []),
    "the country tells of its own": ("viet-nam", FILMED, (), []),
}


@pytest.mark.parametrize("case", ASKED_OF)
def test_codes_at_the_end_of_films_are_asked_of_the_country(tmp_path: Path, case: str) -> None:
    """A commune's release with every number of its own asked said that all is well, and so did a proof of it."""
    edition, files, visits, told = ASKED_OF[case]
    book = of_a_place(visits=visits, topics=tuple(map(signed, handbook().topics)))
    root, below = (replace(one, trial=False, layers=("viet-nam", one.id)) for one in book.editions)
    book = replace(book, site=replace(book.site, address=PLACE), editions=(root, below),
                   edition=below if edition == "xa" else root)
    sheets = release_sheet(book, files, lambda _: pdf(2, A5), (), {}, "none")
    assert json.loads(sheets["phat-hanh.json"])["film_codes"]["unasked"] == told
    line = f"CHƯA HỎI MÁY CHỦ THẬT {len(told)} số ở cuối phim: {', '.join(told)}. "
    text = sheets["phat-hanh.txt"].decode()
    assert (line in text) == bool(told) == ("ở cuối phim" in text) and (not told or "--edition viet-nam" in text)
    for name, data in sheets.items():
        (tmp_path / name).write_bytes(data)
    proved = [str(one) for one in unasked_films(book, map(tmp_path.joinpath, sheets))]
    missing = ["1041", "1064"] if edition == "viet-nam" else told  # its own sheet says it among all its numbers
    assert len(proved) == bool(missing) and all(f"trong 30 ngày qua: {', '.join(missing)}. " in one for one in proved)


FILM_ORDERS: dict[str, tuple[Sequence[str], Only, Sequence[str]]] = {
    # What is released, and the films whose numbers it wants asked.
    "both kinds": (("clip", "vertical"), Only(("clip", "vertical")), ("quet-ma-qr", "cai-vneid")),
    "the standard set holds films": (standard(), Only(), ("quet-ma-qr", "cai-vneid")),
    "one film": (("clip", "site"), Only(("clip:quet-ma-qr", "site")), ("quet-ma-qr",)),
    "of one lesson": (("vertical",), Only(("vertical",), ("cai-vneid",)), ("cai-vneid",)),
    "pages and papers hold none": (("leaflet", "site", "number"), Only(("leaflet", "site", "number")), ()),
    "said by hand": ((), Only(("clip",)), ()),
}


@pytest.mark.parametrize("case", [case for case, (_, files, *_) in ASKED_OF.items() if files is FILMED])
@pytest.mark.parametrize("order", FILM_ORDERS)
def test_a_release_with_films_wants_the_countrys_answer(case: str, order: str) -> None:
    """With all its own numbers asked a commune released films whose codes nobody had tried."""
    edition, _, visits, missing = ASKED_OF[case]
    topics = tuple(signed(topic) for topic in handbook().topics if topic.slug in ("quet-ma-qr", "cai-vneid"))
    book = of_a_place(visits=visits, topics=topics, cards=())
    root, below = (replace(one, trial=False, unsigned="", layers=("viet-nam", one.id)) for one in book.editions)
    book = replace(book, site=replace(book.site, address=PLACE), editions=(root, below), edition=root)
    products, only, slugs = FILM_ORDERS[order]
    films = only.lessons_of([name for name in FILMS if name in products], book)
    wanted = sorted({book.number_of(slug) for slug in slugs} & {*missing})
    told = [finding for finding in unready(below if edition == "xa" else root, book, films, papers=False)
            if "cuối phim" in finding.message.vi]
    assert bool(told) == bool(wanted) and all((one.rule, one.severity) == ("release.unasked", "error") for one in told)
    assert all(one.message.vi.endswith(f"ở đó không: {', '.join(wanted)}.") for one in told)
    assert all("hocso links --edition viet-nam " in one.fix.vi for one in told)


def test_of_books_with_the_same_lessons_one_is_enough() -> None:
    """Of two lessons there were eight booklets, seven of them the same two: an officer printed them all."""
    books = {"nong-dan": ("a", "b"), "hoc-so-co-ban": ("b", "a"), "phan-1": ("a",), "phan-2": ("b",)}
    pdfs = {f"print/booklets/{name}-a5.pdf": pdf(8, A5) for name in books}
    files = {path: Published(path, "booklet", tuple(f"content/topics/{slug}/index.md" for slug in slugs))
             for path, slugs in zip(pdfs, books.values(), strict=True)}
    made = [made_of(path, title=name) for path, name in zip(pdfs, books, strict=True)]
    sheets = release_sheet(of_a_place(), files, pdfs.__getitem__, made, {}, "none")
    rows = {row["title"]: row["same_lessons_as"] for row in json.loads(sheets["phat-hanh.json"])["print"]}
    first = "print/booklets/hoc-so-co-ban-a5.pdf"
    assert rows == {"hoc-so-co-ban": "", "nong-dan": first, "phan-1": "", "phan-2": ""}
    assert f"- nong-dan, cùng những bài với {first}, in một tập là đủ:\n" in sheets["phat-hanh.txt"].decode()


@pytest.mark.parametrize(("channel", "leads", "ready"), [
    (Channel("Cổng số xã", "https://xa.example/"), "Cổng số xã: https://xa.example/", True),
    (Channel("Cổng số xã", ""), "Cổng số xã", True), (Channel("", ""), "channel:cong", False)])
def test_a_number_of_a_channel_says_where_it_leads(channel: Channel, leads: str, ready: bool) -> None:
    """It was asked for by another name than the ledger gives it: the sheet told `channel:cong`, and no page of it."""
    book = with_edition(handbook(), channels=(("portal", channel),))
    book = replace(book, ledger=(*book.ledger, Entry("9041", "channel:cong", "2026-11-20", "", "", "")))
    rows = json.loads(release_sheet(book, {}, lambda _: b"", (), {}, "none")["phat-hanh.json"])["codes"]
    assert [(row["leads"], row["ready"]) for row in rows if row["number"] == "9041"] == [(leads, ready)]


def test_what_a_print_shop_cuts_is_as_large_as_it_is_then() -> None:
    file = "print/booklets/phan-3-shop.pdf"
    told = sheet_of(of_a_place(), {file: pdf(40, (168, 230))}, [made_of(file, title="An toàn trên mạng, cho xưởng in")])
    assert (f"{file}: 40 trang, mỗi bản 20 tờ A5, đưa xưởng in: in hai mặt, cắt theo dấu còn khổ A5, đóng gáy; "
            "có ô trống phải viết tay hay đóng dấu") in told


@pytest.mark.parametrize(("sections", "count"), [((12,), "mỗi cuốn 3 tờ A4,"), ((8, 4), "mỗi bộ 3 tờ A4, chia 2 tập,")])
def test_sheets_of_a_copy_are_without_the_one_to_try(sections: Sequence[int], count: str) -> None:
    fold = "print/booklets/phan-1-fold.pdf"
    told = sheet_of(of_a_place(), {fold: pdf(8, ACROSS)}, [made_of(fold, title="Phần 1, để gấp", sections=sections)])
    assert f"{fold}: 8 trang, tờ đầu của tệp để thử máy, in một lần; {count} in hai mặt, lật cạnh ngắn, gấp" in told


def test_every_number_that_links_asks_and_which_are_not_ready() -> None:
    book, code = of_a_place(), f"{PLACE}2024"
    book = replace(book, parts=tuple(replace(part, topics=()) for part in book.parts))
    told = sheet_of(book, {LEAFLET: pdf(1, A4)}, [made_of(LEAFLET, code, f"{PLACE}1041", title="Mọi số và mã")])
    ready = [line for line in told.splitlines() if line.startswith(f"- {PLACE}")]
    unready = next(line for line in told.splitlines() if line.startswith("- CHƯA CÓ BÀI, trang ghi “đang được viết”"))
    numbers = unready.partition(" số: ")[2].split(", ")
    assert len(ready) + len(numbers) == sum(not entry.until for entry in book.ledger)
    assert f"- {PLACE}1041  Quét mã QR" in ready and "2024" in numbers
    assert "có 1 mã chưa có bài, xem mục 5" in told


def test_boxes_to_write_in_only_where_a_phone_is_wanting() -> None:
    book, words = of_a_place(), "viết tay"
    phone = replace(book, edition=replace(book.edition, help=(Help("đầu mối", "Nhà văn hóa", "0225 388 1111"),)))
    assert words in sheet_of(book, {LEAFLET: pdf(2, A5)}) and words not in sheet_of(phone, {LEAFLET: pdf(2, A5)})
    assert words not in sheet_of(book, {"print/sheets/thu-may-in.pdf": pdf(2, A4)})
    wall = {"print/sheets/gia-dinh-so.pdf": pdf(1, A4)}
    both = (*phone.edition.help, Help("công an", "Công an xã", "0225 388 1113"))
    assert words in sheet_of(phone, wall)
    assert words not in sheet_of(replace(phone, edition=replace(phone.edition, help=both)), wall)


def test_what_else_carries_a_code_is_named() -> None:
    picture = "print/posters/quet-ma-qr-1080x1080.png"
    told = sheet_of(of_a_place(), {picture: b"", "qr/1041.png": b"", "qr/1041.svg": b""},
                    [made_of(picture, f"{PLACE}1041")])
    assert f"- Hình để gửi, có mã: {picture} mở {PLACE}1041\n" in told and "qr/: 2 tệp" in told


BY = {"local": Approval("xa", "ACDEFHKL", "UBND xã", date(2026, 11, 20)),
      "words": Approval("tu-kho", "CDEFHKLM", "Sở Y tế", date(2026, 11, 21)),
      "around": Approval("viet-nam", "DEFHKLMN", "UBND xã", date(2026, 11, 22),
                         note="ký thay cấp trên: công văn 12/CV-SKHCN; ghi: đã gọi")}
CONFIRMING = Approval("quet-ma-qr", "EFHKLMNP", "UBND xã", date(2026, 11, 23),
                      note="ký thay cấp trên: công văn 13/CV xác nhận: ACDEFHKL")
INSTEAD = "UBND xã ký thay cấp trên theo công văn 12/CV-SKHCN, bản DEFHKLMN, ngày 22/11/2026\n"
SIGNED: dict[str, tuple[str, tuple[str, ...], list[str]]] = {
    "a place": ("xa", ("local", "words", "around"), [
        "- Nơi giúp, số máy, giờ (xa): UBND xã, bản ACDEFHKL, ngày 20/11/2026\n",
        f"- Chữ chung của cả sách (viet-nam): {INSTEAD}",
        "- Nghĩa các từ khó (tu-kho): Sở Y tế, bản CDEFHKLM, ngày 21/11/2026\n"]),
    "the country, told once": ("viet-nam", ("around", "words", "around"), [
        f"- Nơi giúp, số máy, giờ, chữ chung của cả sách (viet-nam): {INSTEAD}",
        "- Nghĩa các từ khó (tu-kho): Sở Y tế"]),
    "no meanings": ("xa", ("local", "", "around"), ["(xa): UBND xã, bản", f"(viet-nam): {INSTEAD}"]),
}


@pytest.mark.parametrize("case", SIGNED)
def test_the_sheet_names_who_signed_what_stands_beside_lessons(case: str) -> None:
    """It named those of lessons alone, and nobody's paper."""
    place, names, lines = SIGNED[case]
    book = with_edition(handbook(), id=place)
    book = replace(book, topics=tuple(
        replace(topic, office=replace(topic.office, approval=CONFIRMING)) if topic.slug == "quet-ma-qr" else topic
        for topic in book.topics))
    sheets = release_sheet(book, {}, lambda _: b"", (), {}, "none", [BY.get(name) for name in names])
    told, facts = sheets["phat-hanh.txt"].decode(), json.loads(sheets["phat-hanh.json"])
    fourth = told.partition("\n4. ")[2].partition("\n5. ")[0]
    assert [line for line in lines if line not in fourth] == []
    assert sum(" (" in line and "ngày 2" in line for line in fourth.splitlines()) == len(lines)
    assert "1041 Quét mã QR: UBND xã ký thay cấp trên theo công văn 13/CV, bản EFHKLMNP, ngày 23/11/2026\n" in fourth
    assert facts["around"] == {"text": "DEFHKLMN", "unit": "UBND xã", "day": "2026-11-22",
                               "instead_by": "công văn 12/CV-SKHCN"}
    assert bool(facts["words"]) == ("words" in names)


ALERT = Alert("gia", Phrase("Giả công an"), (), date(2026, 11, 1), date(2026, 12, 31), (), "Công an tỉnh",
              place=Place("content/alerts/gia.md"))
HEADS: dict[str, tuple[dict[str, Any], str, str]] = {
    "its day": ({}, "none", "Ngày phát hành: {today}\n"),
    "no git": ({}, "none", "Bản nguồn: không rõ, sách không nằm trong git\n"),
    "not all in git": ({}, "abc-changed", "Bản nguồn: abc, có chỗ sửa chưa lưu vào git\n"),
    "folders of others": ({}, "none", "mỗi nơi một thư mục tên là mã: 11401. Đưa cả"),
    "no films": ({}, "none", "Lần này không có phim"),
    "nothing to print": ({}, "none", "3. In\n- Lần này không làm tờ giấy nào.\n"),
    "an alert": ({"alerts": (ALERT,)}, "none", "không qua sổ duyệt\n- Giả công an: theo Công an tỉnh, "
                 "từ ngày 01/11/2026 đến hết ngày 31/12/2026, tệp content/alerts/gia.md\n"),
    "no alert": ({"alerts": ()}, "none", "không qua sổ duyệt\n- Không có.\n"),
    "kept back": ({}, "none", "7. Bài chưa phát hành\n- a: chưa duyệt\n"),
}


def test_of_what_stays_back_each_reason_has_one_line() -> None:
    """59 lines that said nearly the same hid the one that did not."""
    changed = "đổi sau khi duyệt (ký lại: hocso approve {})"
    kept = {"a": "chưa duyệt", "b": changed.format("b"), "c": "chưa duyệt", "d": changed.format("d"), "e": "quá hạn"}
    told = release_sheet(of_a_place(), {}, lambda _: b"", (), kept, "none")
    assert told["phat-hanh.txt"].decode().partition("7. Bài chưa phát hành\n")[2].splitlines() == [
        "- 2 bài, chưa duyệt: a, c", f"- 2 bài, {changed.format('ten-bai')}: b, d", "- e: quá hạn"]
    assert {row["slug"]: row["why"] for row in json.loads(told["phat-hanh.json"])["kept"]} == kept


def test_who_prints_the_new_stack_is_told_of_the_old_one() -> None:
    def signed(text: str, day: int, note: str = "") -> Approval:
        return Approval("quet-ma-qr", text, "Sở Y tế", date(2026, 11, day), note=note)

    rows = (signed("ACDEFHKL", 20), signed("ACDEFHKL", 21, "rút lại: sai số"), signed("KLMNPRTV", 22))
    told = release_sheet(of_a_place(approvals=rows), {}, lambda _: b"", (), {}, "none")
    fourth = told["phat-hanh.txt"].decode().partition("\n4. ")[2].partition("\n5. ")[0]
    assert "GOM LẠI, ĐỪNG PHÁT: giấy bài quet-ma-qr, cuối tờ ghi Văn bản ACDEFHKL, đã rút lại.\n" in fourth
    assert "KLMNPRTV, đã" not in fourth
    assert json.loads(told["phat-hanh.json"])["collect"] == [{"slug": "quet-ma-qr", "texts": ["ACDEFHKL"]}]
    assert "GOM LẠI" not in sheet_of(of_a_place(approvals=rows[::2]), {})


@pytest.mark.parametrize("case", HEADS)
def test_the_sheet_says(case: str) -> None:
    changes, commit, words = HEADS[case]
    today = f"{date.today():%d/%m/%Y}"  # the table is read before, and a long run passes midnight
    assert words.replace("{today}", today) in sheet_of(of_a_place(**changes), {}, commit=commit)


def test_days_are_written_as_people_write_them() -> None:
    book, day = of_a_place(), date.today() - timedelta(days=3)
    numbers = " ".join(entry.number for entry in book.ledger)
    told = sheet_of(replace(book, visits=(Visit(PLACE, "open", day, day, numbers=numbers),)), {})
    assert f"mở đúng trang, ngày {day:%d/%m/%Y}." in told
