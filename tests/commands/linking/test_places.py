"""`hocso links --edition`: every number of a place is asked at its own host before it is printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.checks.looking.wordlists import is_short, shorteners
from generator.cli import main
from generator.commands.linking.ask import Answer, Asker, Turns
from generator.commands.linking.places import ENOUGH, ask_edition
from generator.engine.progress import Progress
from generator.ground.errors import HocsoError, UsageError
from generator.ground.files import Project, find_project
from generator.handbook.model import LINKS, Visit
from generator.handbook.read import read_handbook
from generator.handbook.visits import unheard, write_visits
from generator.press.orders import DRAFT
from generator.proof.run import prove_files
from tests.projects import FOUR, approve, commit_all, edit, git, make_project, put
from tests.speed.weak_net import serve

pytestmark = pytest.mark.long
SITE, TODAY = "https://hocso.haiphong.gov.vn/", date(2026, 11, 28)
PLACE, NUMBER = "https://hocso.daison.haiphong.gov.vn/", "0225.3501234"
FINE = Answer("open", heard=True)
ALL = " ".join(entry.number for entry in read_handbook(Project(FOUR)).handbook.ledger if not entry.until)


@dataclass
class Host:
    """What stands at the address: our own pages, but for some numbers."""

    site: Path
    instead: dict[str, tuple[Answer, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def page(self, address: str) -> tuple[Answer, bytes]:
        self.asked.append(address)
        number = address.rpartition("/")[2]
        return self.instead.get(number) or (FINE, (self.site / number / "index.html").read_bytes())


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOCSO_NO_BROWSER", "1")
    """Its lessons approved, its pages made of them."""
    root = make_project(tmp_path, site_url=SITE)
    approve(root, "20/11/2026")
    assert main(["-C", str(root), "build", "number"]) == 0
    return root


def a_phone(root: Path) -> None:
    """And an address of the commune's own."""
    file = "content/editions/xa-dai-son.yml"
    edit(root, file, "cấp trên: hai-phong\n", f"cấp trên: hai-phong\nđịa chỉ trang: {PLACE}\n")
    unit = "đơn vị: Phòng Văn hóa - Xã hội xã\n    điện thoại: "
    edit(root, file, f'{unit}""', f"{unit}{NUMBER}")


def ask(root: Path, host: Host, edition: str = "viet-nam") -> tuple[str, int]:
    return ask_edition(Project(root), edition, Progress.unseen(), TODAY, host.page)


def row(root: Path) -> Visit | None:
    return next((visit for visit in read_handbook(Project(root)).handbook.visits if visit.address == SITE), None)


@pytest.mark.parametrize("answered", [0, 4])
def test_a_host_that_says_nothing_at_all_is_not_written_down(root: Path, answered: int) -> None:
    """No network here says nothing of the numbers; a host that fell silent after some of them does."""
    silent, asked = Answer("failed", "không tìm thấy máy chủ"), list[str]()
    host = Host(root / "dist/site")

    def page(address: str) -> tuple[Answer, bytes]:
        asked.append(address)
        return host.page(address) if len(asked) <= answered else (silent, b"")

    before = (root / LINKS).read_bytes() if (root / LINKS).is_file() else b""
    if answered:
        assert ask_edition(Project(root), "viet-nam", Progress.unseen(), TODAY, page)[1] == 1 and row(root)
    else:
        with pytest.raises(HocsoError, match=r"(does not answer|không trả lời).* --offline-release"):
            ask_edition(Project(root), "viet-nam", Progress.unseen(), TODAY, page)
        assert len(asked) == ENOUGH and row(root) is None
        assert ((root / LINKS).read_bytes() if (root / LINKS).is_file() else b"") == before


def test_all_numbers_right_is_green(root: Path) -> None:
    host = Host(root / "dist/site")
    told, code = ask(root, host)
    numbers = {entry.number for entry in read_handbook(Project(root)).handbook.ledger if not entry.until}
    assert {address.removeprefix(SITE) for address in host.asked} == numbers and len(host.asked) == len(numbers) > 10
    assert code == 0 and f"Cả {len(numbers)} số" in told
    assert row(root) == Visit(SITE, "open", TODAY, TODAY, numbers=" ".join(sorted(numbers)))
    assert main(["-C", str(root), "check"]) == 0


WRONG: dict[str, tuple[tuple[Answer, bytes], str]] = {
    "gone": ((Answer("gone", "trang không còn (404)", heard=True), b""), "404"),
    "nobody answers": ((Answer("failed", "không tìm thấy máy chủ"), b""), "không tìm thấy máy chủ"),
    "the host's own front page": ((FINE, b"<html><title>Cong</title>"), "một trang khác"),
    "another number's page": ((FINE, b'<link rel="canonical" href="https://hocso.haiphong.gov.vn/1055">'), "/1055"),
    "our own page, on another host": (
        (replace(FINE, moved_to="https://xadaison.example/1041"),
         b'<link rel="canonical" href="https://hocso.haiphong.gov.vn/1041">'), "bị dẫn sang https://xadaison.example"),
    "a page that looks alike": (
        (FINE, b"<link rel=canonical href=https://hocso.haiphong.gov.vn.xyz/1041>"), ".xyz/1041"),
}


@pytest.mark.parametrize("case", WRONG)
def test_one_wrong_number_is_red(root: Path, case: str) -> None:
    answer, why = WRONG[case]
    told, code = ask(root, Host(root / "dist/site", {"1041": answer}))
    assert code == 1 and f"{SITE}1041: " in told and why in told and "1 trong" in told
    found = row(root)
    assert found and found.state == "dead" and why in found.reason


ABSENT = ('<link rel="canonical" href="https://hocso.haiphong.gov.vn/1041"><p class="draft">BẢN NHÁP, CHƯA DUYỆT</p>'
          '<h1>Bản của Việt Nam chưa có bài này</h1>{}')
NOT_YET = {
    "the lesson is not there, or a draft": "",
    "another lesson is": '<p data-signed="duyệt: cai-vneid ACDEFHKL @0123456789ab">',
    "it is in part": '<p data-signed="một phần duyệt: quet-ma-qr ACDEFHKL @0123456789ab">',
}


@pytest.mark.parametrize("case", NOT_YET)
def test_a_page_without_its_approved_lesson_is_not_noted(root: Path, case: str) -> None:
    """It is the right page, so nothing is wrong; but a release of that lesson asks again."""
    told, code = ask(root, Host(root / "dist/site", {"1041": (FINE, ABSENT.format(NOT_YET[case]).encode())}))
    found, book = row(root), read_handbook(Project(root)).handbook
    assert code == 0 and "chưa có bài đã duyệt, 1 số: 1041." in told and "Cả " not in told and found
    assert found.state == "open" and unheard(found, book) == ["1041"] and book.by_slug["quet-ma-qr"]


def taken(begin: str, end: str = '"') -> Callable[[str], str]:
    return lambda html: re.sub(rf" {begin}.*?{end}", "", html)


def put_for(old: str, new: str) -> Callable[[str], str]:
    return lambda html: html.replace(old, new)


ROW = r"(quet-ma-qr [A-Z0-9]+) (@[0-9a-f]+)"
OLD: dict[str, tuple[str, Callable[[str], str]]] = {
    "another text": ("1041", lambda html: re.sub(ROW, r"quet-ma-qr ACDEFHKL \2", html)),
    "signed by a row nobody knows": ("1041", lambda html: re.sub(ROW, r"\1 @0123456789ab", html)),
    "signed by nobody": ("1041", lambda html: re.sub(ROW, r"\1", html)),
    "a draft": ("1041", put_for("<h1", f"<p>{DRAFT}</p><h1")),
    "another lesson's signature beside": ("1041", lambda html: re.sub(ROW, r"\g<0>, bai-la ACDEFHKL", html)),
    "nothing of its place": ("1041", taken('data-place="')),
    "other words of its place": (
        "1041", lambda html: re.sub(r"(viet-nam: trang mạng) [A-Z0-9]+", r"\1 ACDEFHKL", html)),
    "of another place": ("1041", put_for("viet-nam: trang mạng", "hai-phong: trang mạng")),
    "a phone that is not ours": ("1041", put_for("<h1", '<a href="tel:0900000000">Gọi</a><h1')),
    "a list without signatures": ("2035", taken('data-signed="duyệt: ')),
    "a list with an older text": ("2035", lambda html: re.sub("(tranh-lua-dao) [A-Z0-9]+", r"\1 ACDEFHKL", html)),
    "a list that is a draft": ("3014", put_for("<h1", f"<p>{DRAFT}</p><h1")),
    "a list without its lesson": ("3014", lambda html: re.sub("tranh-lua-dao [A-Z0-9]+(, )?", "", html)),
    "a list of another place": ("2070", taken('data-place="')),
}


@pytest.mark.parametrize("case", OLD)
def test_a_page_that_is_not_todays_is_not_noted(root: Path, case: str) -> None:
    """A code would open words that nobody signed, or an old phone; the host is right, what lies on it is not."""
    number, change = OLD[case]
    html = (root / f"dist/site/{number}/index.html").read_text("utf-8")
    changed = change(html)
    assert changed != html
    told, code = ask(root, Host(root / "dist/site", {number: (FINE, changed.encode())}))
    found, book = row(root), read_handbook(Project(root)).handbook
    assert code == 0 and f"không phải bản hôm nay, 1 số: {number}." in told and "Cả " not in told and found
    assert found.state == "open" and unheard(found, book) == [number]


def test_pages_of_a_text_that_changed_are_asked_again(root: Path) -> None:
    """The host still has what was signed before."""
    edit(root, "content/topics/quet-ma-qr/index.md", "# Quét mã QR", "# Quét mã QR nhé")
    approve(root, "21/11/2026", "quet-ma-qr")
    told, code = ask(root, Host(root / "dist/site"))
    found, old = row(root), told.partition("không phải bản hôm nay")[2].partition(".")[0]
    assert code == 0 and "1041" in old and found and "1055" in found.numbers
    assert "1041" in unheard(found, read_handbook(Project(root)).handbook)


PHONED: dict[str, tuple[str, Callable[[str], str]]] = {
    # Of a commune whose phone stands on its pages: a number, and what is changed there by hand.
    "another phone in plain words": ("1041", put_for(f"Gọi {NUMBER}<", "Gọi 0225.3509999<")),
    "another phone in words and link": (
        "1041", lambda html: html.replace(NUMBER, "0225.3509999").replace("02253501234", "02253509999")),
    "a second phone beside it": ("1041", put_for(f"Gọi {NUMBER}<", f"Gọi {NUMBER} hoặc 0912345678<")),
    "a short number beside it": ("1041", put_for(f"Gọi {NUMBER}<", f"Gọi {NUMBER} hoặc 1022<")),
    "another unit": ("1041", put_for("hỏi <strong>Phòng Văn hóa - Xã hội xã", "hỏi <strong>Tổ công nghệ số")),
    "nobody to ask": ("1041", lambda html: re.sub('(?s)<section class="?ask.*?</section>', "", html)),
    "another phone among its words": ("1041", put_for("<h1", "<p>Cần gấp gọi 0912 345 678</p><h1")),
    "another phone on a list": ("3014", put_for(f"Gọi {NUMBER}<", "Gọi 0225.3509999<")),
    "a lesson's own number is none of these": ("1041", put_for("<h1", "<p>Gọi 113, 156</p><h1")),
    "a phone that the book has elsewhere": ("1041", put_for("<h1", f"<p>Gọi {NUMBER.replace('.', ' ')}</p><h1")),
}


@pytest.fixture(scope="module")
def phoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A commune with a phone, and its pages."""
    root = make_project(tmp_path_factory.mktemp("phoned"), site_url=SITE)
    a_phone(root)
    approve(root, f"{date.today():%d/%m/%Y}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOCSO_NO_BROWSER", "1")
        assert main(["-C", str(root), "build", "number", "--edition", "xa-dai-son"]) == 0
    return root


@pytest.mark.parametrize("case", PHONED)
def test_a_phone_altered_in_plain_words_is_seen(phoned: Path, case: str) -> None:
    """What the page says unseen of its place was right, and so were its links; people read the words."""
    number, change = PHONED[case]
    folder = phoned / "dist/editions/xa-dai-son/site"
    html = (folder / f"{number}/index.html").read_text("utf-8")
    changed = change(html)
    assert changed != html
    told, code = ask(phoned, Host(folder, {number: (FINE, changed.encode())}), "xa-dai-son")
    fine = "own number" in case or "elsewhere" in case
    assert code == 0 and ("Cả " in told) == fine and (f"không phải bản hôm nay, 1 số: {number}." in told) != fine


RELEASED: dict[str, tuple[str, tuple[str, ...], list[str]]] = {
    # Edition, lessons that are approved (none: all), numbers of which no page is there yet.
    "the whole country": ("viet-nam", (), []),
    "a commune with a phone": ("xa-dai-son", (), []),
    "one lesson of four": ("xa-dai-son", ("quet-ma-qr",), ["1055", "1064", "1078"]),
}


@pytest.mark.parametrize("case", RELEASED)
def test_our_own_release_is_green(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    monkeypatch.setenv("HOCSO_NO_BROWSER", "1")
    edition, slugs, absent = RELEASED[case]
    root = make_project(tmp_path, site_url=SITE)
    a_phone(root)
    approve(root, f"{date.today():%d/%m/%Y}", *slugs)
    words = ["number", "--edition", edition, "--release", "--history-unknown"]
    assert main(["-C", str(root), "build", *words]) == 0
    folder = root / ("dist/site" if edition == "viet-nam" else f"dist/editions/{edition}/site")
    assert ("tel:02253501234" in (folder / "1041/index.html").read_text("utf-8")) == (edition == "xa-dai-son")
    told, code = ask(root, Host(folder), edition)
    found = next(iter(read_handbook(Project(root)).handbook.visits))
    assert code == 0 and "không phải bản hôm nay" not in told and ("Cả " in told) == (not absent)
    assert {*found.numbers.split()} == {*ALL.split()} - {*absent}


def test_what_was_known_of_other_addresses_stays(root: Path) -> None:
    other = Visit("https://dichvucong.gov.vn", "open", TODAY, TODAY)
    put(root, LINKS, write_visits([other]).decode())
    ask(root, Host(root / "dist/site"))
    assert {visit.address for visit in read_handbook(Project(root)).handbook.visits} == {SITE, other.address}


@pytest.mark.parametrize("name", sorted(shorteners()))
def test_a_shortener_is_refused_by_name(name: str) -> None:
    assert is_short(f"https://{name}/abc") == is_short(f"https://www.{name}/") == name
    assert not is_short(f"https://{name}.gov.vn/") and not is_short(f"https://khong{name}/")


def test_nobody_is_asked_for_a_shortened_or_trial_address(tmp_path: Path) -> None:
    for address, told in (("https://bit.ly/hocso/", "bit.ly"), ("https://hocso.example/", "địa chỉ thật")):
        root = make_project(tmp_path / told.split(".")[0].replace(" ", ""), site_url=address)
        host = Host(root)
        with pytest.raises(UsageError, match=told):
            ask(root, host)
        assert host.asked == [] and not (root / LINKS).exists()


def test_the_page_itself_is_looked_at(root: Path) -> None:
    asker = Asker("thu", Turns(0), allows=lambda _: True)
    with serve(root / "dist/site", redirects=True) as host:
        answer, page = asker.page(f"{host.address}/1041")
        assert answer.state == "open" and not answer.moved_to, "a slash more is the same host"
        assert b'rel=canonical href=' in page.replace(b'"', b"") and SITE.encode() in page
        assert b"duy\xe1\xbb\x87t: quet-ma-qr " in page, "it ends the page, and is read all the same"
        assert asker.page(f"{host.address}/1042/")[0].state == "gone"
        assert Asker("thu", Turns(0)).page(f"{host.address}/1041") == (
            Answer("unsure", "dẫn vào máy này hay mạng trong nhà, không hỏi"), b"")


# What a release asks for.


def heard(days: int, numbers: str = ALL) -> Visit:
    """All was well so many days ago."""
    day = date.today() - timedelta(days=days)
    return Visit(SITE, "open", day, day, numbers=numbers)


STATES: dict[str, tuple[Callable[[], list[Visit]], tuple[str, ...], int]] = {
    "never asked": (list, (), 1),
    "asked today": (lambda: [heard(0)], (), 0),
    "asked 30 days ago": (lambda: [heard(30)], (), 0),
    "asked 31 days ago": (lambda: [heard(31)], (), 1),
    "asked on a day to come": (lambda: [heard(-1)], (), 1),
    "a number that came later": (lambda: [heard(0, ALL.replace("1041 ", ""))], (), 1),
    "asked long ago, said by hand": (lambda: [heard(400)], ("--offline-release",), 0),
    "a number was wrong": (lambda: [Visit(SITE, "dead", date.today(), date.today(), "1041")], (), 1),
    "said by hand": (list, ("--offline-release",), 0),
    "a number came later, said by hand": (lambda: [heard(0, ALL.replace("1041 ", ""))], ("--offline-release",), 0),
    "pages alone": (list, ("site", "number"), 0),
}


def told_unasked(root: Path, which: str) -> None:
    """A proof said nothing of a release whose codes nobody had asked."""
    if not (root / "dist/qr").is_dir():
        return
    told, code = prove_files(find_project(root), [root / "dist/qr"])
    line = next((line for line in told.splitlines() if "hocso links --edition viet-nam" in line), "")
    assert code == 0 and bool(line) == bool(which)
    assert not which or line.startswith(f"{len(ALL.split()) if which == 'all' else 1} mã trên giấy phát hành của ")
    assert which != "1041" or "trong 30 ngày qua: 1041. " in line


@pytest.mark.parametrize("case", STATES)
def test_what_is_printed_was_asked_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    monkeypatch.setenv("HOCSO_NO_BROWSER", "1")
    visits, words, code = STATES[case]
    root = make_project(tmp_path, site_url=SITE)
    approve(root, "20/11/2026")
    if visits():
        put(root, LINKS, write_visits(visits()).decode())
    edit(root, ".gitignore", "/dist\n", "/dist\n/.dist.trees\n")
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "sách")
    asked = words if "site" in words else ("qr", *words)
    assert main(["-C", str(root), "build", *asked, "--release"]) == code
    told = capsys.readouterr()
    assert "site number --edition" not in told.err, "a site without films is no site to upload"
    assert ("release.unasked" in told.err) == bool(code) and (root / "dist").exists() == (not code)
    if not code:
        sheet = (root / "dist/phat-hanh.txt").read_text("utf-8")
        assert ("CHƯA HỎI MÁY CHỦ THẬT" in sheet) == ("--offline-release" in words or not visits())
        assert ("CHƯA HỎI MÁY CHỦ THẬT 1 số, mã in ra có thể chưa mở được: 1041. " in sheet) == ("came later" in case)
        told_unasked(root, "all" if not visits() or "long ago" in case else "1041" if "came later" in case else "")
