"""The command line: a table of commands. Each parses, calls one function, prints what that gives, returns a code."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from generator.engine.progress import Progress
from generator.ground.errors import DiskError, HocsoError, UsageError
from generator.ground.files import Project, find_project
from generator.ground.findings import FORMATS, Text
from generator.ground.said import said
from generator.ground.unseen import shown, shown_lines


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, in the reader's language."""

    def error(self, message: str) -> NoReturn:
        message = shown(message)
        raise UsageError(f"Lệnh chưa đúng: {message}. Gõ `hocso --help` để xem cách dùng.",
                         f"{message}. `hocso --help` shows the commands.")


def main(words: Sequence[str] | None = None) -> int:
    use_utf8()
    try:
        code = _answer(words)
        sys.stdout.flush()
        return code
    except OSError as problem:
        print(_disk_error(problem), file=sys.stderr)
        return DiskError.exit_code


def _answer(words: Sequence[str] | None) -> int:
    try:
        given = vars(_parser().parse_args(words))
        return _run(find_project(given.pop("folder")), **given)
    except HocsoError as problem:
        print(shown_lines(str(problem)), file=sys.stderr)
        return problem.exit_code
    except KeyboardInterrupt:
        print(said("cli/stopped"), file=sys.stderr)
        return 130


def use_utf8() -> None:
    """Vietnamese on any console, shown and typed: cp1252 and LC_ALL=C included."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _disk_error(problem: OSError) -> Text:
    """A new build may stand already: what is told is true before and after."""
    where = f" ({shown(str(problem.filename))})" if problem.filename else ""
    reason = problem.strerror or str(problem)
    if _is_unheard():
        return said("cli/unheard", reason=reason)
    return said("cli/disk", where=where, reason=reason)


def _is_unheard() -> bool:
    """Whether our output takes no more; then it ends nowhere, or Python would try again and complain."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return True
    return False


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text}? (1–64)")
    return int(text)


class _Argument(NamedTuple):
    names: tuple[str, ...]
    settings: dict[str, Any]


def _takes(*names: str, **settings: Any) -> _Argument:
    return _Argument(names, settings)


class _Command(NamedTuple):
    name: str
    told: Text
    door: str
    """Module and function. Imported only when it runs: `check` must not pay for a browser."""
    arguments: tuple[_Argument | tuple[_Argument, ...], ...] = ()
    """Those in a row of their own exclude each other."""


RELEASE = (
    _takes("--release", action="store_true"),
    _takes("--history-unknown", action="store_true",
           help=Text("phát hành dù git không biết mọi số đã in", "release though git cannot know all printed numbers")),
)
ROOMS = {"qr": Text("sổ mã", "the ledger"), "edition": Text("bản của một nơi", "editions")}
"""First words of commands of two words."""
COMMANDS = (
    _Command("build", Text("dựng trang, giấy và mã vào dist/", "builds everything into dist/"), "cli:build_all", (
        _takes("products", nargs="*", metavar="PRODUCT",
               help=Text("sản phẩm, hay sản phẩm của một bài: leaflet:cai-vneid",
                         "products, or that of one lesson: leaflet:cai-vneid")),
        _takes("--lesson", action="append", default=[], metavar="SLUG",
               help=Text("chỉ làm cho bài này", "of this lesson only")),
        (_takes("--edition", default="viet-nam", metavar="ID"),
         _takes("--editions", metavar="all|PARENT|ID,ID")),
        _takes("--out", type=Path, metavar="DIR"),
        _takes("--jobs", type=_count, default=0, metavar="N"),
        *RELEASE,
        _takes("--offline-release", action="store_true",
               help=Text("phát hành mà chưa hỏi máy chủ thật", "release without having asked the real host")),
        (_takes("--workers", type=_count, default=0, metavar="N",
                help=Text("số tiến trình, mỗi tiến trình một trình duyệt", "processes, a browser each")),
         _takes("--cluster", default="", metavar="ADDRESS",
                help=Text("cụm máy Dask (tcp://…, tls://…) hay local", "a Dask scheduler, or local"))),
        _takes("--store", default="", metavar="URL",
               help=Text("kho chung của cụm máy", "what the machines of a cluster share")),
    )),
    _Command("check", Text("soát nội dung", "checks the content"), "commands.check:check", (
        _takes("files", nargs="*", metavar="FILE",
               help=Text("chỉ kể chỗ sửa trong các tệp, thư mục này", "tells of these files or folders alone")),
        _takes("--edition", default="", metavar="ID",
               help=Text("chỉ kể chỗ sửa của một bản và các cấp trên của nó", "of one edition and those above it")),
        _takes("--format", choices=sorted(FORMATS), default="text"),
        _takes("--since", default="", metavar="REV",
               help=Text("chỉ kể chỗ sửa mới có từ đó, dòng vừa viết trước", "what is new since, written lines first")),
        _takes("--fix", action="store_true",
               help=Text("tự sửa chỗ không cần cân nhắc", "mends what needs no judgement")),
        _takes("--due", action="store_true", help=Text("việc phải rà soát, theo đơn vị", "what is due, by unit")),
        *RELEASE,
    )),
    _Command("new", Text("tạo một bài mới", "begins a new topic"), "commands.new:new_topic", (
        _takes("slug", metavar="SLUG"), _takes("--part", required=True, metavar="ID"),
        _takes("--from", dest="source", type=Path, metavar="FILE.docx",
               help=Text("bắt đầu từ một tệp Word", "begins with a Word file")))),
    _Command("approve", Text("ghi điều phiếu duyệt đã ký vào sổ duyệt", "writes what a signed review sheet says"),
             "commands.approve:approve", (
        _takes("slugs", nargs="+", metavar="SLUG", help=Text("bài (tên thư mục hay số)", "lessons, by slug or number")),
        _takes("--unit", default="", metavar="UNIT", help=Text("đơn vị duyệt", "who approved")),
        _takes("--date", default="", metavar="DAY", help=Text("ngày trên phiếu, như 20/11/2026", "day of the sheet")),
        _takes("--from-sheet", default="", metavar="TEXT",
               help=Text("mã bản in trên phiếu, 8 chữ", "name of the text printed on the sheet, 8 letters")),
        _takes("--sheet", default="", metavar="WHERE", help=Text("phiếu giấy cất ở đâu", "where the paper is kept")),
        _takes("--note", default="", metavar="NOTE", help=Text("ghi chú", "a note")),
        _takes("--confirm", default="", metavar="1,3|all",
               help=Text("điều đã xác nhận, theo số trên phiếu", "facts confirmed, as the sheet counts them")),
        _takes("--seen", default="", metavar="1,3|all",
               help=Text("màn hình đã đối chiếu, theo số trên phiếu", "screens looked at, as the sheet counts them")),
        _takes("--on", default="", metavar="PHONE", help=Text("xem trên máy nào", "on which phone")),
    )),
    _Command("edition new", Text("tạo bản của một nơi: hỏi từng điều", "begins an edition, asking line by line"),
             "commands.editions.begin:begin_edition", (
        _takes("id", metavar="ID"), _takes("--name", dest="called", default="", metavar="TEXT", help="xã An Khánh"),
        _takes("--parent", default="", metavar="ID", help=Text("tên tệp của cấp trên", "the edition above it")),
        _takes("--code", default="", metavar="NUMBER", help=Text("mã chính thức", "the official code")),
        _takes("--address", default="", metavar="URL", help=Text("trang riêng, nếu có", "a site of its own")),
        _takes("--lower-units", default="", metavar="TEXT", help=Text("thôn hay tổ dân phố", "what lies below it")),
        _takes("--contact", default=[], action="append", metavar="TEXT",
               help="công an: Công an xã An Khánh, 0220 3123 456"),
        _takes("--hours", default="", metavar="TEXT", help=Text("giờ làm việc của các nơi ấy", "of all contacts")),
    )),
    _Command("edition check", Text("chỗ còn trống của một bản", "what is still empty in an edition"),
             "commands.editions.gaps:tell_gaps", (_takes("id", metavar="ID"),)),
    _Command("diff", Text("giấy và trang đã đổi gì so với một lần lưu, bằng hình đặt cạnh nhau",
                          "which papers and pages changed against a revision, in pictures side by side"),
             "commands.comparing.diff:diff", (
        _takes("words", nargs="*", metavar="REV|PRODUCT", help=said("diff/words")),
        _takes("--edition", default="viet-nam", metavar="ID"),
        _takes("--lesson", action="append", default=[], metavar="SLUG",
               help=Text("chỉ so bài này", "of this lesson only")),
        _takes("--out", type=Path, metavar="FILE.html", help=said("diff/page")),
        _takes("--folder", dest="pieces", type=Path, metavar="DIR", help=said("diff/list")),
    )),
    _Command("qr add", Text("cấp một số mới", "gives a new number"), "commands.numbers:add_number", (
        _takes("target", metavar="TARGET"),)),
    _Command("qr retire", Text("thôi dùng một số", "retires a number"), "commands.numbers:retire_number", (
        _takes("number", metavar="NUMBER"), _takes("--to", default="", metavar="TARGET"))),
    _Command("serve", Text("xem thử khi đang viết", "live preview"), "commands.serve:serve", (
        _takes("--edition", default="viet-nam", metavar="ID"), _takes("--port", type=int, default=8000),
        _takes("--host", default="127.0.0.1"))),
    _Command("links", Text("hỏi xem các trang ngoài sách còn mở được không (cần mạng)",
                           "asks whether outside addresses still open (needs a network)"),
             "commands.linking.report:ask_outside", (
        _takes("--edition", default="", metavar="ID",
               help=Text("hỏi máy chủ thật mọi số của một bản, trước khi in",
                         "asks the real host for every number of an edition, before printing")),)),
    _Command("doctor", Text("máy này còn thiếu gì", "what is missing on this machine"), "commands.doctor:examine"),
    _Command("schema", Text("lược đồ cho trình soạn thảo", "schemas for editors' programs"), "commands.schema:renew", (
        _takes("--check", action="store_true", help="exit 1 when the committed schemas are not current"),
        _takes("--form", metavar="ADDRESS", default="",
               help=Text("biểu mẫu sửa bài cho kho sách ở địa chỉ https này (GitHub hay GitLab)",
                         "the form editor for a book at this https address (GitHub or GitLab)")),)),
    _Command("proof", Text("soát các tệp đã in ra", "proves finished files"), "proof.run:prove_files", (
        _takes("paths", nargs="*", type=Path, metavar="PATH"),
        _takes("--hard", action="store_true",
               help=Text("mỗi mã trong điều kiện khó", "each code under hard conditions")))),
)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="hocso", description=str(Text(
        "Biên dịch sách Học số cơ bản cho mọi người.", "Compiles the handbook Học số cơ bản cho mọi người.")))
    parser.add_argument("-C", dest="folder", type=Path, default=Path(), metavar="DIR",
                        help=str(Text("thư mục sách", "the handbook's folder")))
    rooms = {"": parser.add_subparsers(dest="name", required=True, parser_class=_Parser)}
    for command in COMMANDS:
        room, _, name = command.name.rpartition(" ")
        if room not in rooms:
            shared = rooms[""].add_parser(room, help=str(ROOMS[room]))
            rooms[room] = shared.add_subparsers(dest="action", required=True, parser_class=_Parser)
        own = rooms[room].add_parser(name, help=str(command.told), description=str(command.told))
        own.set_defaults(door=command.door)
        for argument in command.arguments:
            if isinstance(argument, _Argument):
                _add(own, argument)
                continue
            group = own.add_mutually_exclusive_group()
            for other in argument:
                _add(group, other)
    return parser


def _add(parser: argparse._ActionsContainer, argument: _Argument) -> None:  # argparse gives it no public name
    told = {"help": str(argument.settings["help"])} if "help" in argument.settings else {}
    parser.add_argument(*argument.names, **argument.settings | told)


def _run(project: Project, *, door: str, name: str, action: str = "", **options: Any) -> int:  # noqa: ARG001
    """A command gives what to print, or that and a code."""
    module, _, function = door.partition(":")
    told = getattr(import_module(f"generator.{module}"), function)(project, **options)
    text, code = told if type(told) is tuple else (told, 0)
    if text:
        print(shown_lines(str(text)))
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
