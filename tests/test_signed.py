"""Whatever editors write and readers get is part of some text with a name, which a unit signs: a table of all keys.

SIGNED   changing it gives another name to a lesson's text, to a place's words or to the glossary
UNREAD   words for those who make the book: no product holds them
PLACED   no words: ids, days, what stands where. Each says why nobody need sign it.

A key that is not in the table fails here. So does one that is called unread and stands in a product, one that is
called placed and is written in words, and one that is called signed and changes no name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.cli import main
from generator.ground.files import Project
from generator.handbook import keys
from generator.handbook.approvals import words_of_place
from generator.handbook.lesson.texts import text_name
from generator.handbook.model import APP
from generator.handbook.read import Reading, read_handbook
from generator.handbook.settings import SETTINGS, Many, Shape
from generator.handbook.words import hard_words
from tests.projects import ROOT, make_project, put
from tests.samples import sample
from tests.seen import page_texts

pytestmark = [pytest.mark.long, pytest.mark.remembers]
SIGNED, UNREAD = "signed", "unread"
TAUGHT = "chuyen-tien-tra-tien"
HANDBOOK, GLOSSARY, PLATFORMS, DEMANDS, LINKS = (
    f"content/{name}.yml" for name in ("handbook", "glossary", "platforms", "demands", "links"))
PLACE, LESSON, ALERT, SITE = ("content/editions/xa-dai-son.yml", f"content/topics/{TAUGHT}/index.md",
                              "content/alerts/lua.md", "mkdocs.yml")
TABLES: dict[str, Sequence[keys.Key]] = {
    HANDBOOK: keys.HANDBOOK_KEYS, GLOSSARY: keys.TERM_KEYS, PLATFORMS: keys.PLATFORM_KEYS, DEMANDS: keys.DEMAND_KEYS,
    LINKS: keys.VISIT_KEYS, PLACE: keys.EDITION_KEYS, LESSON: keys.LESSON_KEYS, ALERT: keys.ALERT_KEYS,
}
INSIDE: dict[str, Sequence[keys.Key]] = {
    "parts": keys.PART_KEYS, "paths": keys.PATH_KEYS, "signposts": keys.SIGNPOST_KEYS, "wishes": keys.WISH_KEYS,
    "channel": keys.CHANNEL_KEYS, "help": keys.HELP_KEYS, "approval": keys.APPROVAL_KEYS,
}
NAME = "(tên nhóm)"
"""Of an audience: it stands left of the colon."""
LEADS = "which lessons stand there: each is signed for itself"
CALLED = "a name for addresses and lists, never shown"
WARNING = "a warning must go out within the hour: none is in the book of approvals, the release sheet lists them all"
MADE = "how pages are made, not what they say; `settings.py` allows no words here"

KEYS: dict[str, dict[str, str]] = {
    # File → key, below others after a dot → what becomes of it.
    HANDBOOK: {
        "tên": SIGNED, "phần.mã": CALLED, "phần.tên": SIGNED, "phần.bài": LEADS, "phần.tên bìa": SIGNED,
        f"đối tượng.{NAME}": SIGNED, "đối tượng": SIGNED, "lộ trình.mã": CALLED, "lộ trình.tên": SIGNED,
        "lộ trình.cho": SIGNED, "lộ trình.bài": LEADS, "lộ trình.phút": "added up anew wherever it is shown",
        "phiếu chọn bài.hỏi": SIGNED, "phiếu chọn bài.đến": SIGNED, "phiếu chọn bài.nếu không": SIGNED,
        "mong muốn.muốn": SIGNED, "mong muốn.bài": SIGNED,
    },
    GLOSSARY: {"từ": SIGNED, "nghĩa": SIGNED, "còn gọi": SIGNED, "thay": SIGNED},
    PLATFORMS: {"tên": SIGNED, "địa chỉ": SIGNED, "chủ quản": UNREAD, "phạm vi": UNREAD,
                "kiểm tra": "a reminder for editors",
                **{f"{APP}.{key}": UNREAD for key in ("loại", "tên", "địa chỉ", "chủ quản", "phạm vi")}},
    DEMANDS: {"mã": SIGNED, "nhóm": SIGNED, "cần": SIGNED, "đáp ứng": LEADS, "lý do": SIGNED},
    LINKS: {"địa chỉ": "a machine's own: what it found dead is not offered", "kết quả": "as the address",
            "ngày": "as the address", "từ": "as the address", "lý do": UNREAD, "chuyển tới": "as the address",
            "các số": "as the address"},
    PLACE: {
        "tên": SIGNED, "cấp trên": "what it inherits is signed with its own words", "mã": SIGNED,
        "địa chỉ trang": SIGNED, "đơn vị dưới": SIGNED, "điểm học": SIGNED, "ngân hàng": SIGNED,
        **{f"{channel}.{key}": SIGNED for channel in keys.CHANNELS for key in ("tên", "địa chỉ")},
        "giúp đỡ.đơn vị": SIGNED, "giúp đỡ.điện thoại": SIGNED, "giúp đỡ.giờ": SIGNED, "mô hình": UNREAD,
        "lịch báo cáo": UNREAD, "giọng": "who reads aloud, not what", "bài thêm": LEADS,
    },
    LESSON: {
        "phút": SIGNED, "cho": SIGNED, "đơn vị": SIGNED, "trạng thái": "a note for editors; a row alone approves",
        "rà soát": "never counts as later than the day of approval", "duyệt.đơn vị": UNREAD,
        "duyệt.ngày": "moves into the book, where it is a row like others", "cần xác nhận": UNREAD, "đã rõ": UNREAD,
        "nguồn": UNREAD, "cần học trước": SIGNED, "tìm": "searched, never shown",
        "khung": "codes of frameworks, on the page for those who make the book", "phim": SIGNED, "hình": SIGNED,
        "ảnh đã xem": UNREAD, "thay đổi": SIGNED,
    },
    ALERT: {"từ ngày": WARNING, "đến ngày": WARNING, "bài": WARNING, "đơn vị": WARNING},
    SITE: {
        "site_name": SIGNED, "site_url": SIGNED, "site_description": UNREAD, "extra.former_urls": "earlier papers",
        "extra.tts": "a command for who reads aloud", "extra.paper_mm": "for the copier", "extra.generator": MADE,
        "exclude_docs": MADE, **dict.fromkeys((
            "edit_uri", "docs_dir", "site_dir", "use_directory_urls", "theme.name", "theme.language", "theme.font",
            "theme.custom_dir", "theme.palette.scheme", "theme.palette.primary", "theme.palette.accent",
            "theme.features", "plugins", "markdown_extensions", "markdown_extensions.toc.permalink",
            *(f"validation.{kind}.{what}" for kind in ("nav", "links") for what in (
                "omitted_files", "not_found", "absolute_links", "unrecognized_links", "anchors"))), MADE),
    },
}
WORDED = {(SITE, "extra.tts"), (SITE, "exclude_docs"), (LESSON, "tìm"), (LINKS, "kết quả"), (ALERT, "đơn vị")}
"""Placed, and yet of more than one word."""

MORE: dict[str, Any] = {
    # What the small project lacks, so that every key stands somewhere.
    HANDBOOK: {
        "phiếu chọn bài": [{"hỏi": "Bác bán hàng ở chợ?", "đến": "tieu-thuong-4t", "nếu không": "nguoi-cao-tuoi"}],
        "mong muốn": [{"muốn": "Quét mã trên giấy", "bài": "quet-ma-qr"}],
    },
    PLACE: {
        "mã": "11401", "địa chỉ trang": "",
        **{channel: {"tên": "Tên kênh", "địa chỉ": "https://vneid.gov.vn"} for channel in keys.CHANNELS},
        "giúp đỡ": {role: {"đơn vị": "Đơn vị xã", "điện thoại": "0220 3555 113", "giờ": "7 giờ đến 11 giờ"}
                    for role in keys.HELP_ROLES},
        "ngân hàng": "ngân hàng ở xã", "mô hình": ["Chợ số"], "giọng": "bắc", "bài thêm": ["quet-ma-qr"],
    },
    DEMANDS: [{"mã": "A1", "nhóm": "Nhóm", "cần": "Cần một", "đáp ứng": ["quet-ma-qr"], "lý do": "vì sao"}],
    LINKS: [{"địa chỉ": "https://aicongdong.ptit.edu.vn", "kết quả": "chưa mở được", "ngày": "20/11/2026",
             "từ": "19/11/2026", "lý do": "hỏi mãi", "chuyển tới": "https://vneid.gov.vn", "các số": "1041"}],
    LESSON: {
        "duyệt": {"đơn vị": "Sở Y tế", "ngày": "20/11/2026"}, "cần xác nhận": ["tên hình"], "đã rõ": ["chỗ hình"],
        "cần học trước": ["quet-ma-qr"], "tìm": ["ma vuong"], "phim": "https://vneid.gov.vn/phim", "hình": "cay",
        "ảnh đã xem": ["tay.png"], "thay đổi": {"20/11/2026": "Đổi một câu."},
    },
    ALERT: {"từ ngày": "20/11/2026", "đến ngày": "20/11/2090", "bài": ["quet-ma-qr"], "đơn vị": "Công an tỉnh"},
    SITE: {"extra": {"former_urls": ["https://cu.example.vn/"], "tts": "doc to", "paper_mm": 0.1,
                     "generator": False}},
}
SCENE = '<svg viewBox="0 0 400 300" xmlns="http://www.w3.org/2000/svg"><title>{}</title><circle r="{}"/></svg>'
OTHERWISE = {
    # Another value, where a word more would be none.
    (HANDBOOK, "lộ trình.cho"): "gia đình", (HANDBOOK, "phiếu chọn bài.đến"): "nong-dan",
    (HANDBOOK, "phiếu chọn bài.nếu không"): "nong-dan", (HANDBOOK, "mong muốn.bài"): "cai-vneid",
    (GLOSSARY, "thay"): "không", (PLATFORMS, "địa chỉ"): "https://khac.gov.vn", (PLACE, "mã"): "11402",
    (PLACE, "địa chỉ trang"): "https://khac.haiphong.gov.vn/", (LESSON, "phút"): "16", (LESSON, "cho"): "gia đình",
    (LESSON, "cần học trước"): "cai-vneid", (LESSON, "phim"): "https://vneid.gov.vn/khac", (LESSON, "hình"): "la",
    (SITE, "site_url"): "https://khac.haiphong.gov.vn/",
    **{(PLACE, f"{channel}.địa chỉ"): "https://dichvucong.gov.vn" for channel in keys.CHANNELS},
}


@dataclass(frozen=True)
class Spot:
    """One value, and how to put another there."""

    file: str
    key: str
    value: str
    put: Callable[[str], None]


def read_file(root: Path, file: str) -> tuple[Any, str]:
    """Its values, as text alone but for settings, and what follows below front matter."""
    text = (root / file).read_text("utf-8") if (root / file).is_file() else ""
    front, body = text.removeprefix("---\n").split("\n---\n", 1) if file.endswith(".md") and text else (text, "")
    return yaml.load(front, yaml.SafeLoader if file == SITE else yaml.BaseLoader), body


def write_file(root: Path, file: str, data: Any, body: str) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)
    put(root, file, f"---\n{text}---\n{body}" if file.endswith(".md") else text)


def filled(root: Path) -> Path:
    """With every key somewhere."""
    put(root, "content/pictures/cay.svg", SCENE.format("Cái cây", 9))
    put(root, "content/pictures/la.svg", SCENE.format("Chiếc lá", 8))
    for file, more in MORE.items():
        data, body = read_file(root, file)
        if isinstance(data, dict) and file == HANDBOOK:
            data["lộ trình"][0]["phút"] = "105"
        write_file(root, file, {**data, **more} if isinstance(data, dict) else more,
                   body or "\n# Giả cán bộ\n\nAi giục cài ứng dụng là lừa.\n")
    data, _ = read_file(root, PLATFORMS)
    write_file(root, PLATFORMS, [{**data[0], "kiểm tra": "20/11/2026"}, *data[1:]], "")
    return root


# Every value of a file.


def spots(file: str, data: Any) -> Iterator[Spot]:
    if file == SITE:
        yield from _settings(data, SETTINGS, "")
        return
    for row in data if isinstance(data, list) else [data]:
        yield from _row(file, row, TABLES[file], f"{APP}." if row.get("loại") else "")


def _row(file: str, row: dict[str, Any], table: Sequence[keys.Key], before: str) -> Iterator[Spot]:
    for key in table:
        if key.vi not in row:
            continue
        value, name = row[key.vi], f"{before}{key.vi}"
        if key.kind == "audience-table":
            for audience in value:
                yield Spot(file, f"{name}.{NAME}", audience, partial(_rename, value, audience))
        rows = value if isinstance(value, list) else [*value.values()] if key.kind == "help" else [value]
        if key.kind in INSIDE and isinstance(rows[0], dict):
            for inner in rows:
                yield from _row(file, inner, INSIDE[key.kind], f"{name}.")
        else:
            yield from _leaves(file, name, row, key.vi)


def _rename(held: dict[str, Any], old: str, new: str) -> None:
    pairs = [(new if name == old else name, value) for name, value in held.items()]
    held.clear()
    held.update(pairs)


def _leaves(file: str, name: str, held: Any, at: Any) -> Iterator[Spot]:
    """A value, each of a list, each of a table."""
    value = held[at]
    if isinstance(value, dict | list):
        for inner in value if isinstance(value, dict) else range(len(value)):
            yield from _leaves(file, name, value, inner)
    else:
        yield Spot(file, name, str(value), lambda text: held.__setitem__(at, text))


def _settings(data: Any, shape: Shape, before: str) -> Iterator[Spot]:
    """Names of settings stand in a list among others, or in one another."""
    if isinstance(shape, Many):
        for row in data if isinstance(data, list) else [data]:
            inner = row if isinstance(row, dict) else {}
            for name in inner:
                yield from _settings(inner[name], shape.named[name], f"{before}.{name}")
        return
    assert isinstance(shape, Mapping)
    for name, inner in data.items():
        key, deeper = f"{before}.{name}".lstrip("."), shape[name]
        if isinstance(deeper, Mapping):
            yield from _settings(inner, deeper, key)
        elif isinstance(inner, list):
            yield from _leaves(SITE, key, data, name) if all(isinstance(one, str) for one in inner) else ()
            yield from _settings(inner, deeper, key)
        else:
            yield from _leaves(SITE, key, data, name)


def names_of(table: Sequence[keys.Key], before: str = "") -> Iterator[str]:
    """Every key that may be written."""
    for key in table:
        name = f"{before}{key.vi}"
        if key.kind == "audience-table":
            yield f"{name}.{NAME}"
        if key.kind in INSIDE:
            yield from names_of(INSIDE[key.kind], f"{name}.")
        else:
            yield name


def setting_names(shape: Shape, before: str = "") -> Iterator[str]:
    if isinstance(shape, Mapping):
        for name, inner in shape.items():
            yield from setting_names(inner, f"{before}.{name}".lstrip("."))
    elif isinstance(shape, Many):
        yield before
        for name, inner in shape.named.items():
            yield from setting_names(inner, f"{before}.{name}") if inner else ()
    else:
        yield before


# The table.


def test_every_key_of_every_file_says_what_becomes_of_it() -> None:
    for file, table in TABLES.items():
        assert {*names_of(table)} == {key.removeprefix(f"{APP}.") for key in KEYS[file]}, file
    assert {*setting_names(SETTINGS)} == {*KEYS[SITE]}
    tables = {name for name in vars(keys) if name.endswith("_KEYS")}
    known = [*TABLES.values(), *INSIDE.values()]
    assert [name for name in sorted(tables) if not any(getattr(keys, name) is one for one in known)] == []


def test_no_file_of_the_book_is_forgotten() -> None:
    read = {Path(file).parent.as_posix() if "/topics/" not in file else "content/topics" for file in KEYS}
    below = {path.relative_to(ROOT).as_posix() for path in (ROOT / "content").glob("*.yml")}
    assert below <= {*KEYS} and {path.name for path in (ROOT / "content").iterdir() if path.is_dir()} == {
        "alerts", "cards", "editions", "pictures", "topics"}
    assert read == {"content", "content/editions", "content/topics", "content/alerts", "."}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(make_project(tmp_path_factory.mktemp("signed"), site_url="https://hocso.haiphong.gov.vn/"))


@pytest.mark.parametrize("file", KEYS)
def test_every_key_stands_in_the_book_that_is_tried(book: Path, file: str) -> None:
    data, _ = read_file(book, file)
    missing = {*KEYS[file]} - {spot.key for spot in spots(file, data)}
    assert {key for key in missing if KEYS[file][key] != MADE} == set()
    reading = read_handbook(Project(book))
    assert [finding for finding in reading.findings if finding.severity == "error"] == []


def signed_names(root: Path, reading: Reading) -> dict[str, str]:
    handbook = reading.handbook
    beside = (hard_words(handbook), *(words_of_place(handbook, edition) for edition in handbook.editions))
    lessons = {lesson.slug: text_name(lesson, lambda file: (root / file).read_bytes()) for lesson in handbook.lessons}
    return lessons | {words.id: words.text for words in beside}


def tried(file: str, found: Sequence[Spot]) -> list[int]:
    """Of each key that is signed the first value, and some more; in `make prove` all."""
    asked = [count for count, spot in enumerate(found) if KEYS[file][spot.key] == SIGNED
             and (spot.value or (file, spot.key) in OTHERWISE)]
    first = {found[count].key: count for count in reversed(asked)}
    return sample(asked, 6, *first.values())


@pytest.mark.parametrize("file", KEYS)
def test_what_readers_get_has_a_name_that_changes_with_it(book: Path, file: str) -> None:
    """One value after another, each of a list too."""
    text = (book / file).read_text("utf-8")
    before = signed_names(book, read_handbook(Project(book)))
    silent = []
    for count in tried(file, [*spots(file, read_file(book, file)[0])]):
        data, body = read_file(book, file)
        spot = [*spots(file, data)][count]
        spot.put(OTHERWISE.get((file, spot.key), f"{spot.value} khác"))
        write_file(book, file, data, body)
        after = read_handbook(Project(book))
        put(book, file, text)
        wrong = {one.rule for one in after.findings if one.severity == "error"}
        assert wrong <= {"trainer.minutes"}, (spot.key, spot.value)  # its table adds up to the old ones
        if signed_names(book, after) == before:
            silent.append(f"{spot.key}: {spot.value}")
    assert silent == []


@pytest.mark.parametrize("file", KEYS)
def test_what_nobody_signs_is_no_sentence(book: Path, file: str) -> None:
    data, _ = read_file(book, file)
    worded = {spot.key for spot in spots(file, data) if KEYS[file][spot.key] not in (SIGNED, UNREAD)
              and re.search(r"\s", spot.value.strip())}
    assert {(file, key) for key in worded} <= WORDED


# What is called unread.

PAGES = ("site", "number", "deck")
PAPERS = (*(f"{product}:{TAUGHT}" for product in ("loudspeaker", "leaflet", "picture", "poster", "grandchild",
                                                  "storyboard")), "booklet:phan-5", "trainer:phan-5", "entry", "sheet",
          "screens")
"""The review sheet is for who signs, and says what is open."""


def with_marks(root: Path) -> dict[str, str]:
    """A word of its own into each key that is called unread: where it turns up, the table is wrong."""
    marks: dict[str, str] = {}
    for file, table in KEYS.items():
        data, body = read_file(root, file)
        for spot in [*spots(file, data)]:
            if table[spot.key] == UNREAD and spot.value and spot.key != f"{APP}.loại":
                mark = f"zq{len(marks)}w"
                marks[mark] = f"{file}: {spot.key}"
                spot.put(mark)
        write_file(root, file, data, body)
    assert len({*marks.values()}) > 8
    return marks


def turned_up(root: Path, marks: Mapping[str, str], products: Sequence[str], *editions: str) -> set[str]:
    for edition in editions:
        assert main(["-C", str(root), "build", *products, "--edition", edition]) == 0
    files = [path for path in sorted((root / "dist").rglob("*")) if path.is_file()]
    texts = ["".join(page_texts(path.read_bytes())) if path.suffix == ".pdf" else
             path.read_bytes().decode("utf-8", "replace") for path in files]
    assert sum("Quét mã" in " ".join(text.split()) for text in texts) > 2
    return {where for mark, where in marks.items() for text in texts if mark in text}


@pytest.fixture
def marked(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    root = filled(make_project(tmp_path, site_url="https://hocso.haiphong.gov.vn/"))
    return root, with_marks(root)


def test_what_is_called_unread_stands_on_no_page(
    marked: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOCSO_NO_BROWSER", "1")
    assert turned_up(*marked, PAGES, "viet-nam", "xa-dai-son") == set()


@pytest.mark.wide
@pytest.mark.browser
def test_what_is_called_unread_stands_on_no_paper(marked: tuple[Path, dict[str, str]]) -> None:
    assert turned_up(*marked, PAPERS, "xa-dai-son") == set()
