from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from generator.engine.tree import MANIFEST
from generator.ground.errors import ContentError, UsageError
from generator.ground.files import Project, find_project
from generator.handbook.printed import printed_of, read_printed
from generator.handbook.read import read_handbook
from generator.handbook.select import select
from generator.handbook.words import WORDS as GLOSSARY_SIGNED
from generator.handout import JSON
from generator.press.binder import file as binder
from generator.press.browser import Browser, Sheet
from generator.press.captioned import captioned
from generator.press.drawer import code_png, code_svg, code_svg_file, number_code
from generator.press.orders import DRAFT, TRIAL, About
from generator.press.proof.troubles import Score
from generator.products.lesson import UNSIGNED
from generator.proof.codes import Ledger
from generator.proof.faults import FileProof
from generator.proof.file import prove_file
from generator.proof.folder import Promise
from generator.proof.hard import NAMES
from generator.proof.listed import BUILT, LIST
from generator.proof.run import prove_files
from generator.proof.today import Witness, misplaced, outdated, texts_today, unsigned_places, untried
from tests.finished import SIGNED, finish_pdf
from tests.projects import approve, edit, make_project, put, sign

OURS = "https://hocso.example/1041"
OTHER = "https://hocso.example/1055"
STRANGE = "https://hocso.example/5724"
AWAY = "https://lua-dao.example/1041"
HOST = "https://vneid.gov.vn"


def picture(payload: str) -> bytes:
    return code_png(number_code(payload, 25))


def drawn(payload: str) -> bytes:
    return code_svg_file(number_code(payload, 25))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("HOCSO_LANG", "en")
    rows = f"slug,text,unit,date,sheet,note\n{SIGNED.replace(' ', ',')},Sở Y tế,2026-11-20,,\n"
    slug, text = SIGNED.split(" ")
    today = {slug: text, "hai-phong": "FFFFFFFF"}  # as if it were that of the lesson
    monkeypatch.setattr("generator.proof.run.texts_today", lambda *_: today)
    return find_project(make_project(tmp_path, files={"content/approvals.csv": rows}))


def proved(project: Project, files: dict[str, bytes]) -> tuple[list[str], str, int]:
    """Problems, the last line, the code, of files put into `dist`."""
    for name, data in files.items():
        put(project.root, f"dist/{name}", data)
    text, code = prove_files(project, [])
    *problems, end, report = text.splitlines()
    assert code == (1 if problems else 0)
    assert f"{len(problems)} errors" in end
    assert report == "Report: .hocso/proof/index.html"
    return problems, end, code


def test_pictures_of_the_ledger_are_well(project: Project) -> None:
    files = {"qr/1041.png": picture(OURS), "editions/xa-dai-son/qr/1055.png": picture(OTHER),
             "qr/1041.svg": drawn(OURS)}
    problems, end, _ = proved(project, files)
    assert problems == []
    assert "3 files, 0 pages, 2 QR codes" in end


BLANK = code_png(number_code(OURS, 25), scale=1)[:60]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("qr/1055.png", picture(OURS), "must hold one code, of 1055; read: 1041"),
        ("qr/5724.png", picture(STRANGE), "5724 is not in the ledger"),
        ("qr/x.png", picture(HOST), "leads to no number"),
        ("qr/1041.png", picture(AWAY), "no edition of the book is at https://lua-dao.example/"),
        ("qr/1041.png", picture("http://hocso.example/1041"), "leads elsewhere"),
        ("print/posters/quet-ma-qr-1080x1080.png", picture(AWAY), "leads elsewhere"),
        ("qr/1041.svg", drawn(OTHER), "is not the code of 1041 as it would be drawn today"),
        ("qr/1041.svg", drawn(OURS) + b"<!-- -->", "is not the code of 1041"),
        ("qr/5724.svg", drawn(STRANGE), "5724 is not in the ledger"),
        ("qr/1041.png", b"", "neither a PDF nor a PNG"),
        ("qr/1041.png", b"<html>", "neither a PDF nor a PNG"),
        ("qr/1041.png", BLANK, "broken"),
        ("print/leaflets/x.pdf", b"", "neither a PDF nor a PNG"),
        ("print/leaflets/x.pdf", b"\0" * 5000, "neither a PDF nor a PNG"),
        ("print/leaflets/x.pdf", b"%PDF-1.7\nnothing more", "cannot be opened"),
        ("print/leaflets/x.pdf", b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>", ""),
    ],
)
def test_faults_are_lines_not_tracebacks(project: Project, name: str, data: bytes, told: str) -> None:
    problems, _, code = proved(project, {name: data})
    assert code == 1 and len(problems) >= 1
    assert all(line.startswith(f"✗ dist/{name}") for line in problems)
    assert any(told in line for line in problems)


def test_codes_lead_to_the_site_of_today(project: Project) -> None:
    """Once it has moved, the old ones are good where that address is promised to lead on. A commune's picture is of
    its own address."""
    files = {"qr/1041.png": picture(OURS), "editions/xa-dai-son/qr/1041.png": picture("https://so.hocso.vn/xds/1041")}
    edit(project.root, "mkdocs.yml", "site_url: https://hocso.example/", "site_url: https://so.hocso.vn/")
    edit(project.root, "content/editions/xa-dai-son.yml", 'mã: ""', "mã: xds")
    assert proved(project, files)[0] == [f"✗ dist/qr/1041.png: the code {OURS} leads elsewhere: no edition of the book "
                                         "is at https://hocso.example/ now. Do not hand it out, build it again"]
    edit(project.root, "mkdocs.yml", "former_urls: []", "former_urls: [https://hocso.example/]")
    assert proved(project, {})[0] == []
    files = {"editions/xa-dai-son/qr/1041.png": picture("https://so.hocso.vn/1041")}
    assert "xa-dai-son is not at https://so.hocso.vn/ now" in proved(project, files)[0][0]


def test_nothing_to_prove(project: Project) -> None:
    with pytest.raises(UsageError, match="make"):
        prove_files(project, [])
    with pytest.raises(UsageError, match="khong-co"):
        prove_files(project, [Path("khong-co.pdf")])


def test_without_a_sound_ledger_there_is_no_witness(project: Project) -> None:
    put(project.root, "dist/qr/1041.png", picture(OURS))
    put(project.root, "qr/ledger.csv", "a,b\n")
    with pytest.raises(ContentError, match="ledger"):
        prove_files(project, [])


def test_without_a_sound_book_of_approvals_there_is_no_witness(project: Project) -> None:
    """The row that cannot be read may be a withdrawal: the proof found nothing wrong with what it named."""
    put(project.root, "dist/qr/1041.png", picture(OURS))
    book = (project.root / "content/approvals.csv").read_text("utf-8")
    put(project.root, "content/approvals.csv", f"{book}quet-ma-qr,ACDEFHKL,Sở Y tế,31/11/2026,,rút lại: sai\n")
    with pytest.raises(ContentError, match=r"approvals\.csv:3: .*Nothing was proved"):
        prove_files(project, [])


def test_a_missing_ledger_is_said_so(project: Project) -> None:
    put(project.root, "dist/qr/1041.png", picture(OURS))
    put(project.root, "qr/ledger.csv", None)
    with pytest.raises(ContentError, match="Nothing was proved") as stopped:
        prove_files(project, [])
    assert stopped.value.exit_code == 1


def test_many_files_by_several_processes(project: Project) -> None:
    numbers = ("1041", "1055", "1064", "1078", "2019", "2024", "2035", "2043", "2056")
    files = {f"qr/{number}.png": picture(f"https://hocso.example/{number}") for number in numbers}
    problems, end, _ = proved(project, {**files, "qr/2062.png": picture(OURS)})
    assert problems == ["✗ dist/qr/2062.png: must hold one code, of 2062; read: 1041"]
    assert "10 files" in end


def test_unchanged_files_are_not_proved_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(data: bytes, promise: Promise, ledger: Ledger, reading: bytes | None) -> FileProof:
        asked.append(promise.number)
        return prove_file(data, promise, ledger, reading)

    monkeypatch.setattr("generator.proof.run.prove_file", counted)
    files = {"qr/1041.png": picture(OURS), "qr/1055.png": picture(OTHER)}
    assert proved(project, files) == proved(project, files)
    assert asked == ["1041", "1055"]
    proved(project, {"qr/1055.png": picture(OURS)})
    assert asked[2:] == ["1055"]
    edit(project.root, "qr/ledger.csv", "1041,quet-ma-qr", "1041,cach-khac")
    proved(project, {})
    assert asked[3:] == ["1041", "1055"]


def test_named_files_and_folders(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(project.root, "dist/qr/1041.png", picture(OURS))
    put(tmp_path, "away/qr/1055.png", picture(OTHER))
    monkeypatch.chdir(tmp_path)
    for paths, count in (([Path("away")], 1), ([Path("away/qr/1055.png"), Path("dist/qr")], 2)):
        text, code = prove_files(project, paths)
        assert code == 0 and f"{count} files" in text


# Paper.

STYLE = "@page{size:148mm 210mm;margin:0}body,p{margin:0;font:14pt Roboto}section{height:200mm;break-after:page}"


@pytest.fixture(scope="module")
def sheet(browser: Browser) -> Iterator[Sheet]:
    opened = browser.open_sheet(STYLE + "section:last-child{break-after:auto}")
    yield opened
    opened.close()


def page(payload: str, words: str) -> str:
    code = f'<div style="padding:8mm">{code_svg(number_code(payload, 25), 25, "Mã QR")}</div>' if payload else ""
    return f"<section>{code}<p>{words}</p></section>"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("pages", "told"),
    [
        ([page(OURS, f"{OURS} bài số 1041")], []),
        ([page(OURS, "https://hocso.ex<br>ample/1041"), page("", "Học tiếp: bài số 1055")], []),
        ([page(OURS, f"{OURS} Bài số 1041, rồi bài số 1055")], []),
        ([page(HOST, HOST)], []),
        ([page(OURS, "Quét mã")], ["page 1: the code https://hocso.example/1041 without that address"]),
        ([page(STRANGE, STRANGE)], ["page 1: the code https://hocso.example/5724: 5724 is not in the ledger"]),
        ([page("", "xem bài số 1047")], ["page 1: the words “bài số 1047”"]),
        ([page(OURS, f"{OURS} bài số 1055")], ["page 1: a code of 1041, while the words name 1055"]),
        ([page(HOST, "VNeID")], ["page 1: the code https://vneid.gov.vn without that address"]),
        ([page(AWAY, f"{AWAY} bài số 1041"), page(AWAY, f"{AWAY} bài số 1041")],
         ["page 1: the code https://lua-dao.example/1041 leads elsewhere"]),
        ([page("", "một"), page("", ""), page("", "ba")], ["page 2: no tag leads to this page", "page 2: is empty"]),
        ([page("", 'giữa <b style="position:absolute;left:-3mm">lọt</b>')], ["lies beyond the paper's edge"]),
    ],
    ids=["good", "broken over two lines", "names another too", "known host", "no address", "not in ledger",
         "wrong number in words", "code and words differ", "host not told",
         "another's host", "empty page", "outside"],
)
def test_papers(project: Project, sheet: Sheet, pages: list[str], told: list[str]) -> None:
    sheet.fill("".join(pages), "t")
    pdf = finish_pdf(sheet.pdf(148, 210), title="t", moment=0)
    problems, end, _ = proved(project, {"print/leaflets/x.pdf": pdf})
    assert len(problems) == len(told)
    for line, words in zip(problems, told, strict=True):
        assert line.startswith("✗ dist/print/leaflets/x.pdf") and words in line
    assert f"{len(pages)} pages" in end


def test_fonts_must_lie_in_the_file(project: Project) -> None:
    """Helvetica by name alone: every printer would put in its own."""
    stream = b"BT /F 20 Tf 20 100 Td (Hello) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, text) for number, text in enumerate(objects, 1))
    data = b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 6>>\n"
    problems, end, _ = proved(project, {"print/screens.pdf": data})
    assert problems[0] == "✗ dist/print/screens.pdf: the font Helvetica is not embedded"
    assert "1 pages" in end


@pytest.mark.browser
def test_the_report_shows_every_page_and_marks_what_is_wrong(project: Project, sheet: Sheet) -> None:
    sheet.fill(page(OURS, f"{OURS} bài số 1041") + page(STRANGE, STRANGE) + page("", ""), "t")
    pdf = finish_pdf(sheet.pdf(148, 210), title="t", moment=0)
    proved(project, {"print/leaflets/x.pdf": pdf, "qr/1041.png": picture(OURS)})
    folder = project.private / "proof"
    html = (folder / "index.html").read_text("utf-8")
    shown = re.findall(r'<img loading="lazy" src="([^"]+)"', html)
    assert len(shown) == 4 and all((folder / picture).stat().st_size > 500 for picture in shown)
    assert html.count('class="mark"') == 1 and html.count('class="marked"') == 2
    assert "http://" not in re.sub(r"https?://hocso.example/\d+", "", html)
    data = json.loads((folder / "report.json").read_text("utf-8"))
    assert (data["pages"], data["codes"], data["errors"]) == (3, 3, 3)
    assert [(row["kind"], row["page"]) for row in data["files"][0]["faults"]] == [
        ("unreached", 3), ("code-strange", 2), ("empty", 3)]
    assert data["files"][0]["codes"][0]["decoders"] == ["opencv", "zxing"]


@pytest.mark.browser
def test_hard_conditions_stand_in_the_report(
    project: Project, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet.fill(page(OURS, f"{OURS} bài số 1041"), "t")
    put(project.root, "dist/print/screens.pdf", finish_pdf(sheet.pdf(148, 210), title="t", moment=0))
    scores = dict.fromkeys(NAMES, Score(30, 29, 12, 30)) | {"dark": Score(30, 3, 4, 7)}
    monkeypatch.setattr("generator.proof.hard.score_code", lambda *_: scores)
    assert prove_files(project, [], hard=True)[1] == 0, "hard conditions are told, they are no errors"
    html = (project.private / "proof/index.html").read_text("utf-8")
    assert "4-H" in html and "7/30" in html and "zxing 29, OpenCV 12" in html
    (row,) = json.loads((project.private / "proof/report.json").read_text("utf-8"))["files"]
    assert row["codes"][0]["hard"]["dark"] == [30, 3, 4]


@pytest.mark.browser
def test_what_a_file_says_is_held_against_the_book_of_approvals(project: Project, sheet: Sheet) -> None:
    sheet.fill("<h1>Quét mã</h1>", "Quét mã")
    files = {"print/thu.pdf": finish_pdf(sheet.pdf(210, 297), title="Quét mã", moment=0)}
    told = f"says “{SIGNED}” is approved"
    assert not any(told in problem for problem in proved(project, files)[0])
    row = f"{SIGNED.replace(' ', ',')},Sở Y tế,2026-11-"
    taken = "is approved; Sở Y tế took that back on 21/11/2026 (sai số)"
    for rows, words in (("", told), (f"{row}20,,\n{row}21,,rút lại: sai số\n", taken)):
        put(project.root, "content/approvals.csv", f"slug,text,unit,date,sheet,note\n{rows}")
        assert any(words in problem for problem in proved(project, files)[0])


PICTURES = ("print/posters/quet-ma-qr-1080x1080.png", "clips/quet-ma-qr.jpg", "clips/led/quet-ma-qr-2.png",
            "site/share/quet-ma-qr-1200x630.png")


@pytest.mark.parametrize(("said", "told"), [
    ({"Keywords": f"duyệt: {SIGNED}"}, ""), ({"Mark": f"{DRAFT} · {TRIAL}"}, ""),
    ({}, "names no approved text of quet-ma-qr"), ({"Mark": TRIAL}, "names no approved text of quet-ma-qr"),
    ({"Keywords": "duyệt: sao-chep ACDEFHKL"}, "names no approved text of quet-ma-qr (sao-chep)"),
    ({"Keywords": "duyệt: quet-ma-qr FFFFFFFF"}, "which the book of approvals does not hold"),
    ({"Keywords": f"duyệt: {SIGNED}", "Place": "hai-phong FFFFFFFF"}, "signed the words of hai"),
    ({"Keywords": f"duyệt: {SIGNED}", "Place": "hai-phong FFFFFFFF", "Mark": UNSIGNED}, "")])
def test_a_picture_says_of_which_text_it_was_made(project: Project, said: dict[str, str], told: str) -> None:
    """It has no letters to read: made while its lesson was approved, it was passed after that was taken back."""
    for name in PICTURES:
        put(project.root, f"dist/{name}", captioned(picture(OURS), said))
    lines = prove_files(project, [project.root / "dist"])[0].splitlines()
    for name in PICTURES:
        assert any(name in line and told in line for line in lines) if told else \
            not any(name in line and re.search("appro|signed|old words", line) for line in lines)


def test_what_no_release_lists_is_told_and_is_no_error(project: Project) -> None:
    """An approved leaflet of an ordinary build is the same as a released one, and the guide answers `0 lỗi` with
    “print”."""
    files = {name: picture(OURS) for name in ("qr/1041.png", "print/posters/x.png")}
    for name, data in files.items():
        put(project.root, f"dist/{name}", data)
    paths = [project.root / "dist/qr"]
    assert "Not released" not in prove_files(project, paths)[0], "a file of no build: nobody knows"
    put(project.root, f"dist/{BUILT}", "{}")
    told, code = prove_files(project, paths)
    line = "Not released, for phat-hanh.txt does not list them: dist/qr/1041.png. To hand them out build again with"
    assert code == 0 and line in told
    put(project.root, f"dist/{LIST}", json.dumps({"print": [], "pictures": [], "qr": ["qr/1041.png"]}))
    assert "Not released" not in prove_files(project, paths)[0]
    put(project.root, "dist/editions/xa/qr/1041.png", picture(OURS))
    put(project.root, f"dist/editions/xa/{BUILT}", "{}")
    told = prove_files(project, [project.root / "dist"])[0]
    assert "dist/editions/xa/qr/1041.png" in told and "dist/qr/1041.png" not in told.replace("xa/qr", "")
    assert (BUILT, LIST) == (MANIFEST, JSON)


WORDS = ("print/posters/quet-ma-qr.txt", "loudspeaker/quet-ma-qr.txt", "clips/quet-ma-qr.vtt",
         "editions/xa-dai-son/clips/quet-ma-qr.vtt")


def test_words_of_a_draft_must_say_so(project: Project) -> None:
    """Of texts that lie elsewhere nobody knows what they are about."""
    marked = {name: f"{DRAFT}\n\nQuét mã".encode() for name in WORDS}
    problems, end, _ = proved(project, {**marked, "clips/led/a.txt": b"Qu", "clips/khac.vtt": b"WEBVTT\n"})
    assert problems == ["✗ dist/clips/khac.vtt: khac cannot be read in the book now. Take this file away"]
    assert end.startswith("Proved 5 files, 0 pages")
    put(project.root, "dist/clips/khac.vtt", None)
    problems, _, _ = proved(project, dict.fromkeys(WORDS, b"Qu\xc3\xa9t m\xc3\xa3"))
    assert sorted(problems) == sorted(f"✗ dist/{name}: quet-ma-qr is not approved, and the file does not say {DRAFT}: "
                                      "build it again (hocso build)" for name in WORDS)
    sign(project.root, "20/11/2026", "quet-ma-qr")
    assert proved(project, marked)[0] == [], "marked as a draft, harmless"
    problems, _, _ = proved(project, dict.fromkeys(WORDS, b"Qu\xc3\xa9t m\xc3\xa3"))
    told = "old words: the file does not say what quet-ma-qr says today. Build it again"
    assert sorted(problems) == sorted(f"✗ dist/{name}: {told}" for name in WORDS)


def test_a_film_of_people_is_there_of_approved_lessons_only(project: Project) -> None:
    put(project.root, "dist/site/clips/real/quet-ma-qr.mp4", b"film")
    paths = [project.root / "dist/site"]
    told, code = prove_files(project, paths)
    assert code == 1 and "real/quet-ma-qr.mp4: quet-ma-qr is not approved, and a real film has no mark" in told
    sign(project.root, "20/11/2026", "quet-ma-qr")
    assert prove_files(project, paths)[1] == 0


TODAY = {"quet-ma-qr": "ACDEFHKL", "xa-dai-son": "FFFFFFFF", "xa-dai-son: zalo oa": "LLLLLLLL", "tu-kho": "TTTTTTTT"}


@pytest.mark.parametrize(("changed", "told"), [
    ({"quet-ma-qr": "LMNPRTVW"}, ["text ACDEFHKL of the lesson quet-ma-qr, which is LMNPRTVW now"]),
    ({"xa-dai-son": "YYYYYYYY"}, ["whom to ask, numbers, hours or address of xa-dai-son"]),
    ({"quet-ma-qr": "", "xa-dai-son: zalo oa": "YYYYYYYY"}, ["old words: zalo oa of xa-dai-son changed"]),
    ({"xa-dai-son: trang": "YYYYYYYY"}, []),
    ({"tu-kho": "YYYYYYYY"}, ["the meanings of hard words (tu-kho) changed"]),
    ({"quet-ma-qr": None}, ["an old lesson: quet-ma-qr cannot be read in the book now"]),
    ({"xa-dai-son": None}, ["the book has whom to ask, numbers, hours or address of xa-dai-son no more"]),
    ({"xa-dai-son: zalo oa": None}, ["the book has zalo oa of xa-dai-son no more"]),
])
def test_a_paper_of_words_that_are_no_more_is_an_error(changed: dict[str, str | None], told: list[str]) -> None:
    today = {key: text for key, text in {**TODAY, **changed}.items() if text is not None}
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        place = "xa-dai-son FFFFFFFF; xa-dai-son: zalo oa LLLLLLLL; tu-kho TTTTTTTT"
        binder.sign(pdf, About("Tờ", approval=f"duyệt: {SIGNED}", place=place))
        found = [fault.message.en for fault in outdated(binder.saved(pdf), today)]
    assert len(found) == len(told) and all(words in line for words, line in zip(told, found, strict=True))


def test_what_stands_in_a_zip_is_judged_as_beside_it(project: Project, sheet: Sheet) -> None:
    """It lies in the folder that is uploaded."""
    sheet.fill(page(OURS, "Quét mã"), "t")
    lesson = project.path("content/topics/cai-vneid/index.md")
    assert lesson.is_file(), "a draft"
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("downloads/leaflets/x.pdf", finish_pdf(sheet.pdf(148, 210), title="t", moment=0, place=""))
        archive.writestr("topics/cai-vneid/index.html", "<h1>Cài VNeID</h1>")
        archive.writestr("embed/cai-vneid/index.html", f"<p>{DRAFT}</p>")
        archive.writestr("share/cai-vneid-1200x630.png", picture(OURS))
        archive.writestr("assets/icon.png", BLANK)
    problems, _, _ = proved(project, {"site/downloads/hoc-so-usb.zip": box.getvalue()})
    inside = "dist/site/downloads/hoc-so-usb.zip/"
    assert all(line.startswith(f"✗ {inside}") for line in problems)
    assert {re.split("[:,]", line.removeprefix(f"✗ {inside}"))[0] for line in problems} == {
        "downloads/leaflets/x.pdf", "topics/cai-vneid/index.html", "share/cai-vneid-1200x630.png"}
    problems, _, _ = proved(project, {"site/downloads/hoc-so-usb.zip": box.getvalue()[:-9]})
    assert problems == ["✗ dist/site/downloads/hoc-so-usb.zip: is broken and cannot be opened (BadZipFile)"]


@pytest.mark.parametrize("name", ["../../ngoai.html", "/ngoai.html", "C:ngoai.html", "C:/ra/ngoai.html", "a\\\\b"])
def test_a_zip_that_lays_things_elsewhere_is_broken(project: Project, name: str) -> None:
    """Also on Windows, where a drive stands before a name."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr(name, "x")
    problems, _, _ = proved(project, {"site/downloads/hoc-so-usb.zip": box.getvalue()})
    assert problems == [f"✗ dist/site/downloads/hoc-so-usb.zip/{name}: its name leads elsewhere: unpacked it lies "
                        "outside, perhaps over other files"]


def test_a_zip_of_too_much_or_with_a_wrong_bit_is_broken(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", bytes(range(256)) * 40)
    data = bytearray(box.getvalue())
    for at in range(60, 90):
        data[at] ^= 0xFF
    problems, _, _ = proved(project, {"site/downloads/hoc-so-usb.zip": bytes(data)})
    assert len(problems) == 1 and "is broken and cannot be opened" in problems[0]
    monkeypatch.setattr("generator.proof.boxed.MOST_BYTES", 1000)
    problems, _, _ = proved(project, {"site/downloads/hoc-so-usb.zip": box.getvalue()})
    assert len(problems) == 1 and "unpacks to more than can be proved" in problems[0]


def test_a_paper_that_says_of_no_place_is_an_error(project: Project, sheet: Sheet) -> None:
    """Stripped of that, a paper of old words would pass."""
    sheet.fill(page(OURS, "Quét mã"), "t")
    made = sheet.pdf(148, 210)
    files = {f"print/leaflets/{name}.pdf": finish_pdf(made, title="t", moment=0, **more)
             for name, more in {"co": {}, "khong": {"place": ""}}.items()}
    problems, _, _ = proved(project, files)
    assert [line for line in problems if "of which place" in line] == [
        line for line in problems if "khong.pdf: does not say of which place it is" in line] != []


@pytest.mark.parametrize(("place", "tree", "faults"), [
    ("xa-dai-son FFFFFFFF; viet-nam: tên sách LLLLLLLL", "viet-nam", 1),
    ("xa-dai-son FFFFFFFF; viet-nam: tên sách LLLLLLLL", "xa-dai-son", 0),
    ("xa-dai-son FFFFFFFF", "", 0), ("tu-kho TTTTTTTT", "hai-phong", 0), ("", "hai-phong", 0),
    ("xa-dai-son: địa chỉ in trên giấy FFFFFFFF", "hai-phong", 1)])
def test_a_paper_lies_in_the_tree_of_its_place(place: str, tree: str, faults: int) -> None:
    assert len([*misplaced(captioned(picture(OURS), {"Place": place}), tree)]) == faults


def test_the_names_of_today(tmp_path: Path) -> None:
    project = Project(make_project(tmp_path))
    book = read_handbook(project).handbook
    before = texts_today(project, book)
    assert {*book.by_slug, *(edition.id for edition in book.editions)} <= set(before)
    edit(project.root, "content/editions/xa-dai-son.yml", 'điện thoại: ""', 'điện thoại: "0220 3555 115"')
    edit(project.root, "content/topics/quet-ma-qr/index.md", "một gang tay", "hai gang tay")
    after = texts_today(project, read_handbook(project).handbook)
    assert {name for name in before if before[name] != after[name]} >= {"xa-dai-son", "quet-ma-qr"}


def test_places_that_nobody_signed_for(tmp_path: Path) -> None:
    project = Project(make_project(tmp_path))
    names = {edition.id for edition in read_handbook(project).handbook.editions}
    assert unsigned_places(read_handbook(project).handbook) == {*names, GLOSSARY_SIGNED}, "nobody has signed anything"
    approve(project.root, "20/11/2026")
    assert not unsigned_places(read_handbook(project).handbook)
    book = (project.root / "content/approvals.csv").read_text("utf-8")
    row = next(line for line in book.splitlines() if line.startswith("viet-nam,"))
    signed = ",".join(row.split(",")[:3])
    put(project.root, "content/approvals.csv", f"{book}{signed},2026-11-21,,rút lại: sai\n")
    assert unsigned_places(read_handbook(project).handbook) == names, \
        "the country's words stand around those of every place"


@pytest.mark.browser
@pytest.mark.parametrize(("mark", "places", "faults"), [
    ("", ["xa-dai-son"], 1), (TRIAL, ["xa-dai-son"], 0), ("", ["hai-phong"], 0), (DRAFT, ["xa-dai-son"], 1),
    ("", ["tu-kho"], 1), (DRAFT, ["tu-kho"], 0), (TRIAL, ["tu-kho"], 0), ("", ["tu-kho", "xa-dai-son"], 2)])
def test_a_paper_of_an_unsigned_place_wears_its_mark(sheet: Sheet, mark: str, places: list[str], faults: int) -> None:
    """Made while all was signed, it was passed after the numbers on it had been taken back."""
    sheet.fill(f"<h1>Quét mã</h1><p>{mark}</p>", "Quét mã")
    data = finish_pdf(sheet.pdf(210, 297), title="Quét mã", moment=0)
    with binder.opened(data) as pdf:
        binder.sign(pdf, About("Tờ", approval=f"duyệt: {SIGNED}", place="xa-dai-son FFFFFFFF; tu-kho TTTTTTTT"))
        data = binder.saved(pdf)
    assert len([*untried(data, Witness(places=frozenset(places)))]) == faults


def test_a_paper_names_what_its_lessons_say_of_the_place(tmp_path: Path) -> None:
    """A channel that a lesson speaks of is on its papers, and makes no other paper old."""
    project, name = Project(make_project(tmp_path)), "{{ zalo oa hoặc …}}"
    edit(project.root, "content/topics/quet-ma-qr/index.md", "một gang tay", f"một gang tay, hỏi {name}")
    book = select(read_handbook(project).handbook, "xa-dai-son")
    lesson = book.by_slug["quet-ma-qr"]
    assert "{{" not in repr(lesson.steps)
    own, other = (dict(read_printed(printed_of(book, lessons))) for lessons in ([lesson], []))
    assert set(own) - set(other) == {"xa-dai-son: zalo oa", "xa-dai-son: đơn vị tổ công nghệ số"}
    assert set(other) == {"xa-dai-son", "viet-nam: tên sách"} and own.items() <= texts_today(project, book).items()
