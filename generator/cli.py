"""The command line: a table of commands. Each parses, calls one function, prints what that gives, returns a code."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from generator.console import Command, parser_of, takes
from generator.engine.progress import Progress
from generator.ground.aloud import lost_words, tell
from generator.ground.errors import DiskError, HocsoError, UsageError
from generator.ground.files import Project, find_project
from generator.ground.findings import FORMATS, Text
from generator.ground.rest import keep_rest
from generator.ground.said import said
from generator.ground.unseen import shown, shown_lines


def main(words: Sequence[str] | None = None) -> int:
    try:
        use_utf8()
        code = _answer(sys.argv[1:] if words is None else words)
        return _unheard(lost, code) if (lost := lost_words()) else code
    except KeyboardInterrupt:
        return stopped()
    except OSError as problem:
        print(_disk_error(problem), file=sys.stderr)
        return DiskError.exit_code


def stopped() -> int:
    print(said("cli/stopped"), file=sys.stderr)
    return 130


def _answer(words: Sequence[str]) -> int:
    try:
        if not words:
            raise UsageError(*said("cli/first"))
        given = vars(_parser().parse_args(words))
        project = find_project(given.pop("folder"))
        try:
            return _run(project, **given)
        finally:
            keep_rest(project.private, words)
    except HocsoError as problem:
        print(shown_lines(str(problem)), file=sys.stderr)
        return problem.exit_code
    except SystemExit as told:  # --help, --version
        return int(told.code or 0)


def use_utf8() -> None:
    """Vietnamese on any console, shown and typed: cp1252 and LC_ALL=C included."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _disk_error(problem: OSError) -> Text:
    """A new build may stand already: what is told is true before and after."""
    where = f" ({shown(str(problem.filename))})" if problem.filename else ""
    reason = problem.strerror or str(problem)
    return said("cli/disk", where=where, reason=reason)


def _unheard(reason: str, code: int) -> int:
    """What was asked for is done, or said on the other stream why not: this is about the words alone."""
    told = said("cli/unheard", reason=reason) if code else said("cli/unheard/done", reason=reason)
    print(told, file=sys.stderr)
    return DiskError.exit_code


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text}? (1–64)")
    return int(text)


EDITION = takes("--edition", default="viet-nam", metavar="ID",
                 help=Text("bản của nơi nào, như xa-dai-son", "the edition of which place, as xa-dai-son"))
LESSON = takes("--lesson", action="append", default=[], metavar="SLUG",
                help=Text("chỉ riêng bài này, như cai-vneid", "of this lesson only, as cai-vneid"))
ID = takes("id", metavar="ID", help=Text("tên tệp của bản: chữ thường không dấu", "its file's name, as xa-an-khanh"))
RELEASE = (
    takes("--release", action="store_true",
           help=Text("để phát hành: chỉ gồm bài đã duyệt", "to be released: approved lessons alone")),
    takes("--history-unknown", action="store_true",
           help=Text("phát hành dù git không biết mọi số đã in", "release though git cannot know all printed numbers")),
)
ROOMS = {"qr": Text("sổ mã", "the ledger"), "edition": Text("bản của một nơi", "editions")}
"""First words of commands of two words."""
COMMANDS = (
    Command("build", Text("dựng trang, giấy và mã vào dist/", "builds everything into dist/"), "cli:build_all",
            "leaflet:cai-vneid", (
        takes("products", nargs="*", metavar="PRODUCT",
               help=Text("sản phẩm, hay sản phẩm của một bài: leaflet:cai-vneid",
                         "products, or that of one lesson: leaflet:cai-vneid")),
        LESSON,
        (EDITION,
         takes("--editions", metavar="all|PARENT|ID,ID",
                help=Text("nhiều bản một lượt: tất cả, của một tỉnh, hay kể tên",
                          "many: all, a province's, or by name"))),
        takes("--out", type=Path, metavar="DIR",
               help=Text("ghi vào thư mục này thay cho dist", "into this folder instead of dist")),
        takes("--jobs", type=_count, default=0, metavar="N",
               help=Text("làm mấy việc cùng lúc (1–64)", "how many things at once (1–64)")),
        *RELEASE,
        takes("--offline-release", action="store_true",
               help=Text("phát hành mà chưa hỏi máy chủ thật", "release without having asked the real host")),
        (takes("--workers", type=_count, default=0, metavar="N",
                help=Text("số tiến trình, mỗi tiến trình một trình duyệt", "processes, a browser each")),
         takes("--cluster", default="", metavar="ADDRESS",
                help=Text("cụm máy Dask (tcp://…, tls://…) hay local", "a Dask scheduler, or local"))),
        takes("--store", default="", metavar="PLACE",
               help=Text("kho chung của cụm máy", "what the machines of a cluster share")),
    )),
    Command("check", Text("soát nội dung", "checks the content"), "commands.check:check", "content/topics/cai-vneid", (
        takes("files", nargs="*", metavar="FILE",
               help=Text("chỉ kể chỗ sửa trong các tệp, thư mục này", "tells of these files or folders alone")),
        takes("--edition", default="", metavar="ID",
               help=Text("chỉ kể chỗ sửa của một bản và các cấp trên của nó", "of one edition and those above it")),
        takes("--format", choices=sorted(FORMATS), default="text",
               help=Text("cho người đọc (text) hay cho chương trình khác", "for people (text) or for other programs")),
        takes("--since", default="", metavar="REV",
               help=Text("chỉ kể chỗ sửa mới có từ đó, dòng vừa viết trước", "what is new since, written lines first")),
        takes("--fix", action="store_true",
               help=Text("tự sửa chỗ không cần cân nhắc", "mends what needs no judgement")),
        takes("--due", action="store_true", help=Text("việc phải rà soát, theo đơn vị", "what is due, by unit")),
        *RELEASE,
    )),
    Command("new", Text("tạo một bài mới", "begins a new topic"), "commands.new:new_topic", "gui-anh --part an-toan", (
        takes("slug", metavar="SLUG", help=Text("tên thư mục: chữ thường không dấu, như gui-anh",
                                            "its folder, as gui-anh")),
        takes("--part", required=True, metavar="PART",
               help=Text("phần nào của sách, như an-toan", "in which part, as an-toan")),
        takes("--from", dest="source", type=Path, metavar="FILE.docx",
               help=Text("bắt đầu từ một tệp Word", "begins with a Word file")))),
    Command("approve", Text("ghi điều phiếu duyệt đã ký vào sổ duyệt", "writes what a signed review sheet says"),
             "commands.approve:approve", 'cai-vneid --unit "Sở Y tế" --date 20/11/2026', (
        takes("slugs", nargs="+", metavar="SLUG",
               help=Text("bài (tên thư mục hay số), hay bản của một nơi", "lessons, by slug or number, or editions")),
        takes("--unit", default="", metavar="UNIT", help=Text("đơn vị duyệt", "who approved")),
        takes("--date", default="", metavar="DAY", help=Text("ngày trên phiếu, như 20/11/2026", "day of the sheet")),
        takes("--from-sheet", default="", metavar="TEXT",
               help=Text("mã bản in trên phiếu, 8 chữ", "name of the text printed on the sheet, 8 letters")),
        takes("--sheet", default="", metavar="WHERE", help=Text("phiếu giấy cất ở đâu", "where the paper is kept")),
        takes("--note", default="", metavar="NOTE", help=Text("ghi chú", "a note")),
        takes("--confirm", default="", metavar="1,3|all",
               help=Text("điều đã xác nhận, theo số trên phiếu", "facts confirmed, as the sheet counts them")),
        takes("--seen", default="", metavar="1,3|all",
               help=Text("màn hình đã đối chiếu, theo số trên phiếu", "screens looked at, as the sheet counts them")),
        takes("--on", default="", metavar="PHONE", help=Text("xem trên máy nào", "on which phone")),
        takes("--instead", default="", metavar="WHY",
               help=Text("xã, phường ký thay cấp trên: theo giấy nào",
                         "a commune signs for those above, by which paper")),
        takes("--withdraw", default=None, metavar="WHY",
               help=Text("rút lại lần duyệt bản đang có, vì sao", "takes the approval of this text back, and why")),
        takes("--undo", action="store_true",
               help=Text("bỏ lần ghi vừa rồi, chưa lưu vào git", "takes back what was just written, not yet in git")),
    )),
    Command("edition new", Text("tạo bản của một nơi: hỏi từng điều", "begins an edition, asking line by line"),
             "commands.editions.begin:begin_edition", "xa-an-khanh", (
        ID, takes("--name", dest="called", default="", metavar="TEXT",
                   help=Text("tên nơi ấy, như xã An Khánh", "its name, as xã An Khánh")),
        takes("--parent", default="", metavar="ID", help=Text("tên tệp của cấp trên", "the edition above it")),
        takes("--code", default="", metavar="NUMBER", help=Text("mã chính thức", "the official code")),
        takes("--address", default="", metavar="URL", help=Text("trang riêng, nếu có", "a site of its own")),
        takes("--lower-units", default="", metavar="TEXT", help=Text("thôn hay tổ dân phố", "what lies below it")),
        takes("--contact", default=[], action="append", metavar="TEXT",
               help=Text("nơi giúp đỡ, như công an: Công an xã An Khánh, 0220 3123 456",
                         "who helps, as công an: Công an xã An Khánh, 0220 3123 456")),
        takes("--hours", default="", metavar="TEXT", help=Text("giờ làm việc của các nơi ấy", "of all contacts")),
    )),
    Command("edition check", Text("chỗ còn trống của một bản", "what is still empty in an edition"),
             "commands.editions.gaps:tell_gaps", "xa-an-khanh", (ID,)),
    Command("diff", Text("giấy và trang đã đổi gì so với một lần lưu, bằng hình đặt cạnh nhau",
                          "which papers and pages changed against a revision, in pictures side by side"),
             "commands.comparing.diff:diff", "HEAD~1 leaflet:cai-vneid", (
        takes("words", nargs="*", metavar="REV|PRODUCT", help=said("diff/words")),
        EDITION, LESSON,
        takes("--out", type=Path, metavar="FILE.html", help=said("diff/page")),
        takes("--folder", dest="pieces", type=Path, metavar="DIR", help=said("diff/list")),
    )),
    Command("look", Text("bày mọi giấy, phim, trang đã dựng thành tờ mẫu để nhìn một lượt; thêm bản trước đặt bên cạnh",
                          "contact sheets of all that was built, alone or beside an earlier build"),
             "commands.looking.look:look", "dist/print --before dist-cu", (
        takes("paths", nargs="*", type=Path, metavar="PATH", help=said("look/after")),
        takes("--before", type=Path, metavar="DIR", help=said("look/before")),
        takes("--out", type=Path, metavar="FILE.html", help=said("look/page")),
        takes("--folder", dest="pieces", type=Path, metavar="DIR", help=said("look/list")),
    )),
    Command("qr add", Text("cấp một số mới", "gives a new number"), "commands.numbers:add_number", "gui-anh", (
        takes("target", metavar="TARGET",
               help=Text("bài hay thẻ, hoặc path:…, part:…, channel:…",
                         "a lesson or card, or path:…, part:…, channel:…")),)),
    Command("qr retire", Text("thôi dùng một số", "retires a number"), "commands.numbers:retire_number",
            "1041 --to gui-anh", (
        takes("number", metavar="NUMBER", help=Text("số đã in, như 1041", "a printed number, as 1041")),
        takes("--to", default="", metavar="TARGET",
               help=Text("từ nay số ấy dẫn tới bài nào", "which lesson it leads to from now on")))),
    Command("serve", Text("xem thử khi đang viết", "live preview"), "commands.serve:serve", "--edition xa-dai-son", (
        EDITION, takes("--port", type=int, default=8000, metavar="N", help=Text("cổng của trang xem thử", "its port")),
        takes("--host", default="127.0.0.1", metavar="ADDRESS",
               help=Text("địa chỉ trên máy này, để nguyên thì không ai khác xem được",
                         "the address on this machine; as it is nobody else sees it")))),
    Command("links", Text("hỏi xem các trang ngoài sách còn mở được không (cần mạng)",
                           "asks whether outside addresses still open (needs a network)"),
             "commands.linking.report:ask_outside", "--edition xa-dai-son", (
        takes("--edition", default="", metavar="ID",
               help=Text("hỏi máy chủ thật mọi số của một bản, trước khi in",
                         "asks the real host for every number of an edition, before printing")),)),
    Command("doctor", Text("máy này còn thiếu gì", "what is missing on this machine"), "commands.doctor:examine", ""),
    Command("schema", Text("lược đồ cho trình soạn thảo", "schemas for editors' programs"), "commands.schema:renew",
            "--check", (
        takes("--check", action="store_true", help=Text("chỉ xem lược đồ còn đúng không",
                                                          "only whether they are current: exit code 1 when not")),
        takes("--form", metavar="ADDRESS", default="",
               help=Text("biểu mẫu sửa bài cho kho sách ở địa chỉ https này (GitHub hay GitLab)",
                         "the form editor for a book at this https address (GitHub or GitLab)")),)),
    Command("proof", Text("soát các tệp đã in ra", "proves finished files"), "commands.proving:prove", "dist/print", (
        takes("paths", nargs="*", type=Path, metavar="PATH",
               help=Text("tệp hay thư mục; không ghi thì cả dist", "files or folders; all of dist when none is named")),
        takes("--hard", action="store_true",
               help=Text("mỗi mã trong điều kiện khó", "each code under hard conditions")))),
)


def _parser() -> argparse.ArgumentParser:
    return parser_of(COMMANDS, ROOMS, _products)


def _products() -> Iterator[tuple[str, Text]]:
    from generator.products import products

    yield from ((product.name, product.label) for product in products().values())


def _run(project: Project, *, door: str, name: str, action: str = "", **options: Any) -> int:  # noqa: ARG001
    """A command gives what to print, or that and a code."""
    module, _, function = door.partition(":")
    told = getattr(import_module(f"generator.{module}"), function)(project, **options)
    text, code = told if type(told) is tuple else (told, 0)
    if text:
        tell(shown_lines(str(text)))
    return int(code)


def build_all(
    project: Project, *, products: Sequence[str], lesson: Sequence[str], edition: str, editions: str | None,
    out: Path | None, release: bool, jobs: int, workers: int, cluster: str, store: str, history_unknown: bool,
    offline_release: bool,
) -> None:
    from generator.build import Order, build
    from generator.engine.only import Only
    from generator.foreman import Hands
    from generator.products import known_product

    names = tuple(dict.fromkeys(known_product(name.partition(":")[0]) for name in products))
    hands, only = Hands(jobs, workers, cluster, store), Only(tuple(products), tuple(lesson))
    goes_out = release or offline_release
    order = Order(names, edition, out, goes_out, editions, hands, history_unknown, only, offline_release)
    build(project, order, Progress())
