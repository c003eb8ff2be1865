"""Whatever lies below dist is handed out with it: by any name, in any zip."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pikepdf
import pytest

from generator.cli import main
from generator.engine.tree import MANIFEST, Published, Tree
from generator.ground.files import Project, find_project
from generator.handbook.approvals import signer, still_signed
from generator.handbook.model import APPROVALS, Approval
from generator.handbook.printed import filmed_of, printed_of
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.handbook.values import parse_date
from generator.press.binder import file as binder
from generator.press.captioned import captioned
from generator.press.film import encode_mp3
from generator.press.orders import DRAFT, About
from generator.press.sound import silence
from generator.products.lesson import approval_note, picture_notes
from generator.proof.run import prove_files
from generator.proof.strange import Built
from generator.proof.today import Witness, taken_names, unsigned
from generator.proof.webpages import lessons_of
from generator.signatures import BEGINS, signed_lines
from tests.haste import assert_no_runaway
from tests.projects import PIXEL, edit, make_project, put, sign

pytestmark = pytest.mark.long
SLUG, TEXT = "quet-ma-qr", "ACDEFHKL"
PAGE = b"<!doctype html><h1>Qu\xc3\xa9t m\xc3\xa3 QR</h1>"
OLD_PICTURE = captioned(PIXEL, {"Keywords": f"duy\u1ec7t: {SLUG} {TEXT}"})


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Nobody has approved a lesson."""
    monkeypatch.setenv("HOCSO_LANG", "en")
    root = make_project(tmp_path)
    put(root, "dist/build.json", "{}")
    return find_project(root)


def box(*files: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files:
            archive.writestr(name, data)
    return made.getvalue()


def faults(project: Project, files: dict[str, bytes], built: Built | None = None) -> list[str]:
    for name, data in files.items():
        put(project.root, f"dist/{name}", data)
    told, code = prove_files(project, [], trees={project.path("dist"): built} if built else None)
    found = [line.removeprefix("✗ dist/") for line in told.splitlines() if line.startswith("✗")]
    assert code == (1 if found else 0)
    return found


def paper() -> bytes:
    """That says it was approved."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        binder.sign(pdf, About("Tờ", approval=f"duyệt: {SLUG} {TEXT}"))
        return binder.saved(pdf)


LYING = {
    "a page in its folder": (f"site/topics/{SLUG}/index.html", PAGE),
    "a page of another ending": (f"site/topics/{SLUG}/index.htm", PAGE),
    "a page called after it": (f"site/{SLUG}.html", PAGE), "a page by its number": ("site/1041/index.html", PAGE),
    "a page by its heading": ("xem.html", PAGE), "a page that is no .html": ("site/doc.txt", PAGE),
    "slides": (f"site/slides/{SLUG}/index.html", PAGE),
    "a picture under another name": ("site/anh.png", OLD_PICTURE),
    "sound": (f"loudspeaker/{SLUG}.mp3", b"ID3"), "a film": (f"site/clips/{SLUG}-720x1280.mp4", b"\0\0\0"),
    "another kind": (f"site/{SLUG}.docx", b"?"),
    "a zip in a zip": ("site/a.zip", box(("b.zip", box(("c.zip", box((f"{SLUG}.html", PAGE))))))),
    "a zip in capitals": ("hoc-so-usb.ZIP", box(("index.html", PAGE))),
    "a zip of another name": ("print/a.dat", box((f"topics/{SLUG}/index.html", PAGE))),
    "the first of two of a name": ("a.zip", box(("x/index.html", PAGE), ("x/index.html", b"<p>"))),
    "the second of two of a name": ("a.zip", box(("x/index.html", b"<p>"), ("X/index.html", PAGE))),
    "below a file of that name": ("a.zip", box(("x", b"?"), ("x/index.html", PAGE))),
    "a folder as Windows writes it": ("a.zip", box((f"topics\\{SLUG}\\index.html", PAGE))),
    "out of the zip": ("a.zip", box((f"../topics/{SLUG}/index.html", PAGE))),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(("name", "data"), LYING.values(), ids=LYING)
def test_what_nobody_approved_is_found_wherever_it_lies(project: Project, name: str, data: bytes) -> None:
    found = faults(project, {name: data})
    assert found and all(line.startswith(name) for line in found)
    assert any("approve" in line for line in found)


@pytest.mark.parametrize(("name", "data"), [
    (f"site/topics/{SLUG}/index.html", PAGE + f"<p>{DRAFT}".encode()),
    (f"site/parts/{SLUG}/index.html", b"<h1>Phan"), ("site/assets/icon.png", PIXEL), ("site/index.html", b"<h1>Nha"),
    ("site/1041/index.html", "<h1>Bài số 1041 ở đây chưa có</h1>".encode()), ("dat.pdf.zip", box(("a.txt", b"?"))),
    (f"site/topics/khac/{SLUG}.txt", f"{DRAFT}".encode())])
def test_what_says_so_or_is_of_no_lesson_is_none(project: Project, name: str, data: bytes) -> None:
    assert faults(project, {name: data}) == []


def test_a_page_that_calls_a_lesson_approved_names_its_row(project: Project) -> None:
    """By which row; it lapses with it, though another unit has signed the same text since."""
    sign(project.root, "20/11/2026", SLUG)
    row = read_handbook(project).handbook.by_slug[SLUG].office.approval
    assert row
    name, note = f"site/topics/{SLUG}/index.html", approval_note((read_handbook(project).handbook.by_slug[SLUG],))
    told = {
        "": "names no approved text", note: "", note.replace(row.signer, "@0123456789ab"): "holds no more",
        note.replace(row.text, TEXT): "holds no more",
    }
    for said, fault in told.items():
        found = faults(project, {name: PAGE + f'<p data-signed="{said}">'.encode()})
        assert [fault in line for line in found] == ([True] if fault else []), said
    topic = f"content/topics/{SLUG}/index.md"
    edit(project.root, topic, "mã QR", "mã vuông")
    sign(project.root, "21/11/2026", SLUG)
    assert any("old words" in line for line in faults(project, {name: PAGE + f'<p data-signed="{note}">'.encode()}))


def test_pages_that_send_on_to_what_was_taken_back_are_found(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """“Bài tiếp” and “Nên học trước” of other lessons led to it, and no proof said so before the next build."""
    monkeypatch.setenv("HOCSO_NO_BROWSER", "1")
    root, words = str(project.root), ("--unit", "Sở Y tế", "--date", "20/11/2026")
    put(project.root, "dist/build.json", None)
    sign(project.root, "20/11/2026", "quet-ma-qr", "tranh-lua-dao", "cai-vneid")
    assert main(["-C", root, "build", "number", "site"]) == 0 and prove_files(project, [])[1] == 0

    def found(slug: str) -> set[str]:
        assert main(["-C", root, "approve", slug, *words, "--withdraw", "sai số"]) == 0
        lines = (line for line in prove_files(project, [])[0].splitlines() if f"says {slug} is approved" in line)
        return {line.split(":")[0].removeprefix("✗ dist/site/") for line in lines}

    following = {"1055/index.html", "topics/tranh-lua-dao/index.html"}
    assert following < found("cai-vneid") and not following & (others := found("quet-ma-qr"))
    assert {"topics/chuyen-tien-tra-tien/index.html", "1041/index.html"} < others and "1078/index.html" not in others


@pytest.mark.parametrize("data", [box(("word/document.xml", b"<p>")), b"PK\3\4 torn"], ids=["a document", "torn"])
@pytest.mark.parametrize("name", ["to-roi.pdf", "print/leaflets/to-roi.PDF", "print/posters/to.png"])
def test_a_paper_that_is_a_zip_within(project: Project, name: str, data: bytes) -> None:
    """Written in an office program and named by hand: no printer takes it."""
    assert any("neither a PDF nor a PNG" in line for line in faults(project, {name: data}))


def test_a_page_that_says_where_it_belongs(project: Project) -> None:
    book = read_handbook(project).handbook
    here = '<link rel="canonical" href="https://hocso.example/{}"><h1>Tên cũ</h1>'
    assert lessons_of(book, "x.html", here.format(f"topics/{SLUG}/")) == [SLUG]
    assert lessons_of(book, "x.html", here.format("1041")) == [SLUG]
    assert lessons_of(book, "x.html", here.format(f"parts/{SLUG}/")) == []


def test_a_paper_is_one_by_its_bytes(project: Project) -> None:
    for name in (f"{SLUG}.pdf", "site/a.bin", f"site/downloads/leaflets/{SLUG}.pdf"):
        assert any(f"says “{SLUG} {TEXT}” is approved" in line for line in faults(project, {name: paper()}))
        put(project.root, f"dist/{name}", None)


def test_a_copy_to_offer_is_looked_at_once(project: Project) -> None:
    own, copy = f"print/leaflets/{SLUG}.pdf", f"site/downloads/leaflets/{SLUG}.pdf"
    assert {line.split(":")[0].split(",")[0] for line in faults(project, {own: paper(), copy: paper()})} == {own}
    assert any(line.startswith(copy) for line in faults(project, {copy: paper() + b"\n"}))


def test_a_copy_is_looked_at_where_its_twin_is_not(project: Project) -> None:
    """Whoever asks for the site alone, or for the file itself, was told of no file and no fault."""
    own, copy = f"print/leaflets/{SLUG}.pdf", f"site/downloads/leaflets/{SLUG}.pdf"
    for name in (own, copy):
        put(project.root, f"dist/{name}", paper())
    for path in ("dist/site", f"dist/{copy}"):
        told, code = prove_files(project, [project.path(path)])
        assert code == 1 and f"✗ dist/{copy}" in told and "Proved 1 files" in told, path
    assert "Proved 2 files" in prove_files(project, [project.path("dist"), project.path(f"dist/{copy}")])[0]


def test_linked_folders_are_looked_into(project: Project, tmp_path: Path) -> None:
    """Kept on a larger disk, they are served and uploaded like the others; a link around itself is told."""
    put(tmp_path, f"kho/{SLUG}/index.html", PAGE)
    put(project.root, "dist/site/index.html", b"<h1>Nha")
    (project.root / "dist/site/topics").symlink_to(tmp_path / "kho")
    (project.root / "dist/site/again").symlink_to(project.root / "dist")
    told, code = prove_files(project, [])
    assert code == 1 and f"✗ dist/site/topics/{SLUG}/index.html: {SLUG} is not approved" in told
    assert "✗ dist/site/again: is a link to a folder it lies in" in told and "2 errors" in told


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root opens all folders")
def test_a_folder_that_cannot_be_opened_is_told(project: Project) -> None:
    put(project.root, "dist/site/topics/index.html", b"<h1>Nha")
    folder = project.root / "dist/site/topics"
    folder.chmod(0)
    try:
        assert "✗ dist/site/topics: is a folder that cannot be opened" in prove_files(project, [])[0]
    finally:
        folder.chmod(0o755)


def test_a_long_name_in_a_zip_is_the_fault_of_one_entry(project: Project) -> None:
    """It ended the whole proof."""
    long, page = "Phiếu " + "ế" * 90 + ".pdf", f"topics/{SLUG}/index.html"
    near = "p" * 250 + ".html"
    found = faults(project, {"a.zip": box((long, paper()), (page, PAGE), (near, PAGE))})
    assert any(line.startswith(f"a.zip/{long}: its name is longer than 255 bytes") for line in found)
    assert any(line.startswith(f"a.zip/{page}: {SLUG} is not approved") for line in found)
    assert any(line.startswith(f"a.zip/{near}: {SLUG} is not approved") for line in found)


def test_zips_have_bounds(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    nested = PAGE
    for _ in range(7):
        nested = box(("a.zip" if nested is not PAGE else "index.html", nested))
    assert faults(project, {"a.zip": nested}) == [
        "a.zip/a.zip/a.zip/a.zip/a.zip/a.zip: more than 5 zips within each other: it was not opened"]
    monkeypatch.setattr("generator.proof.boxed.MOST_FILES", 2)
    assert faults(project, {"a.zip": box(*((f"{count}.txt", b"?") for count in range(3)))}) == [
        "a.zip: unpacks to more than can be proved"]


# By the note of a build.

SOUND, NAME = b"ID3 sound", f"loudspeaker/{SLUG}.mp3"


def built(*signed: str) -> Built:
    lessons = {hashlib.sha256(SOUND).hexdigest(): frozenset([SLUG])}
    return Built(frozenset([MANIFEST, NAME]), lessons, frozenset(signed))


def test_sound_made_while_its_lesson_was_approved(project: Project) -> None:
    assert faults(project, {NAME: SOUND}, built()) == [], "made as a draft: it says so aloud"
    found = faults(project, {NAME: SOUND}, built(f"{SLUG} {TEXT}"))
    assert len(found) == 1 and f"{SLUG} is approved no more; the file was made when it was" in found[0]
    moved = faults(project, {NAME: SOUND, "a.zip": box(("x.mp3", SOUND))}, built(f"{SLUG} {TEXT}"))
    assert {line.split(":")[0] for line in moved} == {NAME, "a.zip/x.mp3"}
    put(project.root, "dist/a.zip", None)
    sign(project.root, "20/11/2026", SLUG)
    assert "old words" in faults(project, {NAME: SOUND}, built(f"{SLUG} {TEXT}"))[0]
    row = read_handbook(project).handbook.by_slug[SLUG].office.approval
    assert row and faults(project, {NAME: SOUND}, built(f"{SLUG} {row.text}")) == []


def test_a_draft_for_loudspeakers_says_so_in_its_title(project: Project) -> None:
    assert faults(project, {NAME: encode_mp3(silence(0.2), f"{DRAFT} · Bài số 1041")}, built("khac ACDEFHKL")) == []
    assert faults(project, {NAME: encode_mp3(silence(0.2), "Bài số 1041")}, built("khac ACDEFHKL")) != []


FILM, SPOKEN = b"\0\0\0\x08ftyp", b"ID3\x03\0\0\0\0\0\0"
"""Of a film and a sound, as much as holds what they say of themselves."""
LAPSED = {
    "the country's words are taken back": "the words of viet-nam, or the country's around lessons, which Ủy ban "
                                            "nhân dân tỉnh took back on 20/11/2026",
    "whom to ask is another, and signed": "old words: đơn vị đầu mối of viet-nam changed since",
    "its lesson is taken back": "says quet-ma-qr is approved; Sở Y tế took that back on 20/11/2026 (ký nhầm)",
}


def lapse(root: Path, case: str) -> None:
    if "another" in case:
        edit(root, "content/editions/viet-nam.yml", "đầu mối:\n    đơn vị: ", "đầu mối:\n    đơn vị: Bưu điện, ")
        sign(root, "20/11/2026")
    else:
        book = (root / APPROVALS).read_text("utf-8")
        row = next(row for row in book.splitlines() if row.startswith(SLUG if "lesson" in case else "viet-nam"))
        put(root, APPROVALS, f"{book}{row.rstrip(',')},,rút lại: ký nhầm\n")


@pytest.mark.parametrize("case", LAPSED)
@pytest.mark.parametrize("name", [f"clips/{SLUG}.mp4", f"clips/led/{SLUG}.mp4", NAME])
def test_films_and_sound_say_whose_words_they_tell(project: Project, name: str, case: str) -> None:
    """Nobody can read them; after a withdrawal they passed, while their pictures and texts did not."""
    sign(project.root, "20/11/2026")
    book = select(read_handbook(project).handbook, "viet-nam")
    lesson = book.by_slug[SLUG]
    place = filmed_of(book, ()) if name.startswith("clips/") else f"{printed_of(book, [lesson])}; {filmed_of(book, ())}"
    said = captioned(FILM if name.endswith(".mp4") else SPOKEN, picture_notes([lesson], place, ""))
    assert faults(project, {name: said}) == []
    lapse(project.root, case)
    found = faults(project, {"a.zip": box(("x.mp4" if name.endswith(".mp4") else "x.mp3", said))})
    assert {line.split(":")[0] for line in found} == {name, f"a.zip/x{name[-4:]}"}
    assert all(any(LAPSED[case] in line for line in found if line.startswith(at)) for at in (name, "a.zip")), found


SHEET_ROWS = {"local": {}, "words": {"text": "LMNPRTVX", "unit": "Sở Y tế", "day": "2026-11-20"}, "around": {},
              "edition": "viet-nam", "lessons": [{"slug": SLUG, "number": "1041", "title": "Quét mã QR", "text": TEXT,
                                                  "unit": "Sở Y tế", "day": "2026-11-20", "instead_by": "công văn 12"}]}
SHEETS = {"phat-hanh.json": json.dumps(SHEET_ROWS).encode(), "phat-hanh.txt": "\n".join(
    f"- {line}" for line in signed_lines(SHEET_ROWS)).encode()}


@pytest.mark.parametrize("name", SHEETS)
def test_a_list_to_print_from_names_who_stands_by_it(project: Project, name: str) -> None:
    """The glossary was taken back and signed by another unit, its words the same: the list named the first."""
    head = "slug,text,unit,date,sheet,note\n"
    rows = [f"{what},Sở Y tế,2026-11-20,,\n" for what in ("tu-kho,LMNPRTVX", f"{SLUG},{TEXT}")]
    put(project.root, APPROVALS, head + "".join(rows))
    assert faults(project, {name: SHEETS[name], "a.zip": box((name, SHEETS[name]))}) == []
    after = "tu-kho,LMNPRTVX,Sở Y tế,2026-11-21,,rút lại: nhầm\ntu-kho,LMNPRTVX,Sở Văn hóa,2026-11-22,,\n"
    put(project.root, APPROVALS, head + "".join(rows) + after)
    found = faults(project, {})
    assert {line.split(": says")[0] for line in found} == {name, f"a.zip/{name}"}
    assert all("says tu-kho is approved; Sở Y tế took that back on 21/11/2026 (nhầm)" in line for line in found)
    put(project.root, APPROVALS, head + rows[1])
    assert all("says Sở Y tế, bản LMNPRTVX, ngày 20/11/2026 has signed" in line for line in faults(project, {}))
    assert faults(project, {name: b"{[", "a.zip": box((name, b"[1]"))}) == [], "a list of somebody else's"


COATS: dict[str, Callable[[str], bytes]] = {
    "phat-hanh.txt": lambda text: text.replace("\n", "\r\n").encode(),
    "phat-hanh (1).txt": lambda text: f"{BEGINS}Việt Nam\n{text}".encode(),
    "in.txt": lambda text: f"\ufeff{BEGINS}Việt Nam\n{text}".encode("utf-16-le"),
    "a/phat-hanh.txt": lambda text: normalize("NFD", text).encode(),
}
"""As programs keep a text, and people call it."""


@pytest.mark.parametrize("name", COATS)
def test_a_list_is_known_in_any_coat(project: Project, name: str) -> None:
    data = COATS[name](SHEETS["phat-hanh.txt"].decode())
    found = faults(project, {name: data})
    assert len(found) == 2 and all("has signed" in line for line in found)


def test_a_page_is_read_in_any_coat(project: Project) -> None:
    page = f"\ufeff{PAGE.decode()}"
    for code in ("utf-8", "utf-16-le", "utf-16-be"):
        assert len(faults(project, {"x.html": page.encode(code)})) == 1, code


@pytest.mark.parametrize("data", [b"[" * 200_000, b'{"lessons":' * 100_000], ids=["lists", "rows"])
def test_a_list_without_end_is_nobodys(project: Project, data: bytes) -> None:
    assert faults(project, {"phat-hanh.json": data}) == []


@pytest.mark.parametrize("before", ["", "</h1>"], ids=["no end", "an end before"])
def test_headings_without_end_are_soon_read(project: Project, before: str) -> None:
    handbook = read_handbook(project).handbook
    assert lessons_of(handbook, "x.html", before + "<h1>" * 60_000) == []
    assert_no_runaway(lambda size: lessons_of(handbook, "x.html", before + "<h1>" * size), 60_000)


def test_a_film_of_another_lesson_or_place(project: Project) -> None:
    sign(project.root, "20/11/2026", "cai-vneid")
    book = select(read_handbook(project).handbook, "viet-nam")
    notes = picture_notes([book.by_slug["cai-vneid"]], printed_of(book, ()), "")
    (renamed,) = faults(project, {f"clips/{SLUG}.mp4": captioned(FILM, notes)})
    assert f"names no approved text of {SLUG} (cai-vneid)" in renamed
    put(project.root, f"dist/clips/{SLUG}.mp4", None)
    (strayed,) = faults(project, {"editions/hai-phong/loudspeaker/cai-vneid.mp3": captioned(SPOKEN, notes)})
    assert "made for viet-nam, it lies in the folder of hai-phong" in strayed


def test_what_no_build_made_is_told(project: Project) -> None:
    for name in ("la.mp3", "site/Thumbs.db", NAME):
        put(project.root, f"dist/{name}", SOUND)
    told, code = prove_files(project, [], trees={project.path("dist"): built()})
    assert code == 0 and "No build made: dist/la.mp3. Somebody put that here" in told
    assert "No build" not in prove_files(project, [])[0], "nobody knows what was built"


SHUT: dict[str, bytes] = {
    "a.tar.gz": b"?", "a.7z": b"?", "a.RAR": b"?", "thu.eml": b"From: a", "thu.msg": b"?", "cu.doc": b"?", "a.tgz": b"",
    "gzip.dat": b"\x1f\x8b\x08", "tar.bin": b"\0" * 257 + b"ustar\x0000", "sevenzip.dat": b"7z\xbc\xaf\x27\x1c\0",
    "rar.jpg": b"Rar!\x1a\x07\0", "office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "zip-behind.exe": b"MZ" + box(("x.html", PAGE)), "zip-behind.png": PIXEL + box(("x.html", PAGE)),
    "zip-behind.html": b"<html><p>" + box(("x.bin", b"?")),
    "within.zip": box(("trong/a.7z", b"?")),
}


@pytest.mark.parametrize("released", [False, True])
@pytest.mark.parametrize("name", SHUT)
def test_what_is_not_looked_into_is_said(project: Project, name: str, released: bool) -> None:
    """A draft in a `.tar.gz` passed a proof that said nothing; within a release it goes out."""
    if released:
        put(project.root, "dist/phat-hanh.json", "{}")
    put(project.root, f"dist/{name}", SHUT[name])
    told, code = prove_files(project, [])
    shown = f"dist/{name}/trong/a.7z" if name == "within.zip" else f"dist/{name}"
    line = next(line for line in told.splitlines() if shown in line)
    assert code == released and line.startswith(f"✗ {shown}: cannot be opened" if released else "Not looked into")


def test_what_is_looked_into_is_not_said_to_be_shut(project: Project) -> None:
    document = box(("word/document.xml", b"<p>"))
    for name, data in (("a.zip", box(("a.txt", b"?"))), ("a.png", PIXEL), ("a.docx", document), ("a.html",
                       b"<html><p>PK\5\6"), ("a.mp4", b"\0\0\0 PK\3\4"), ("sitemap.xml", b"<urlset>")):
        put(project.root, f"dist/{name}", data)
    assert "Not looked into" not in prove_files(project, [])[0]


def test_drawings_called_like_lessons_are_known_in_a_zip_too(project: Project) -> None:
    """The stick holds the scenes of the site; a clean build had a fault for each of them."""
    drawing, name = b"<svg/>", f"assets/scenes/{SLUG}.svg"
    note = Built(frozenset([f"site/{name}", "a.zip"]), shas={f"site/{name}": hashlib.sha256(drawing).hexdigest()})
    files = {f"site/{name}": drawing, "a.zip": box((name, drawing))}
    assert faults(project, files, note) == []
    (line,) = faults(project, {"a.zip": box((name, b"<svg>"))}, note)
    assert line.startswith("a.zip/assets") and "no build made it" in line


def test_what_a_build_noted_has_the_bytes_that_it_made(project: Project) -> None:
    """Also what no proof can read, such as sound."""
    note = Built(frozenset([MANIFEST, NAME]), {}, frozenset(), {NAME: hashlib.sha256(SOUND).hexdigest()})
    sign(project.root, "20/11/2026", SLUG)
    assert faults(project, {NAME: SOUND}, note) == []
    assert faults(project, {NAME: SOUND + b"!"}, note) == [
        f"{NAME}: is not the file that the build made: somebody changed or replaced it since. Build it again (hocso "
        "build)"]


def test_the_command_hands_over_what_builds_note(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.commands import proving

    put(project.root, f"dist/{NAME}", SOUND)
    sha = hashlib.sha256(SOUND).hexdigest()
    tree = Tree({NAME: Published(sha, "loudspeaker", (f"content/topics/{SLUG}/index.md", "mkdocs.yml"))}, {},
                frozenset([f"{SLUG} {TEXT}"]))
    monkeypatch.setattr(proving, "read_tree", lambda out: tree if out == project.path("dist") else Tree())
    for paths in ([], [Path("dist/loudspeaker")], [project.path("dist") / NAME]):
        told, code = proving.prove(project, paths)
        assert code == 1 and "approved no more" in told
    put(project.root, f"dist/{NAME}", SOUND + b"!")
    assert "is not the file that the build made" in proving.prove(project, [])[0]


# Who approved it.


def test_a_paper_names_the_row_that_it_prints(project: Project) -> None:
    """Withdrawn and signed anew by others, the same text was approved, and the paper named who took it back."""
    day = parse_date("20/11/2026")
    assert day
    first = Approval(SLUG, TEXT, "Sở Y tế", day)
    back = Approval(SLUG, TEXT, "Sở Y tế", day, "", "rút lại: ký nhầm")
    again = Approval(SLUG, TEXT, "Sở Giáo dục", day.replace(day=22))
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        binder.sign(pdf, About("Tờ", approval=f"duyệt: {SLUG} {TEXT} {signer(first)}"))
        data = binder.saved(pdf)

    def told(*rows: Approval) -> str:
        faults = unsigned(data, Witness(still_signed(rows), taken_names(rows)))
        return " ".join(fault.message.en for fault in faults)

    assert not told(first)
    assert not told(first, again), "another signed it too"
    taken = f"says {SLUG} is approved; Sở Y tế took that back on 20/11/2026 (ký nhầm)"
    assert taken in told(first, back, again) and taken in told(first, back)
    assert "by a row that the book of approvals holds no more" in told(again), "it was undone, another signed"
    assert "which the book of approvals does not hold" in told()


def test_only_papers_that_print_it_name_the_row(project: Project) -> None:
    from generator.products.lesson import without_office

    sign(project.root, "20/11/2026", SLUG)
    book = read_handbook(project).handbook
    row = book.by_slug[SLUG].office.approval
    assert row
    notes = [approval_note([without_office(book, signed=signed).by_slug[SLUG]]) for signed in (True, False)]
    assert notes == [f"duyệt: {SLUG} {row.text} {signer(row)}", f"duyệt: {SLUG} {row.text}"]
