"""The command line: each command parses, calls one function, prints, returns a code."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from generator.engine.progress import Progress
from generator.ground.errors import DiskError, HocsoError, UsageError
from generator.ground.files import Project, find_project
from generator.ground.findings import FORMATS, Text, has_errors

Command = Callable[[Project, argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, in the reader's language."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"Lệnh chưa đúng: {message}. Gõ `hocso --help` để xem cách dùng.",
                         f"{message}. `hocso --help` shows the commands.")


def main(words: Sequence[str] | None = None) -> int:
    use_utf8()
    try:
        options = _parser().parse_args(words)
        project = find_project(options.folder)
        command: Command = options.command
        return command(project, options)
    except HocsoError as problem:
        print(problem, file=sys.stderr)
        return problem.exit_code
    except KeyboardInterrupt:
        print(Text("Đã dừng; bản cũ còn nguyên.", "Stopped; the last build stands."), file=sys.stderr)
        return 130
    except OSError as problem:
        print(_disk_error(problem), file=sys.stderr)
        return DiskError.exit_code


def use_utf8() -> None:
    """Vietnamese on any console: cp1252 and LC_ALL=C included."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _disk_error(problem: OSError) -> Text:
    where = f" ({problem.filename})" if problem.filename else ""
    reason = problem.strerror or str(problem)
    return Text(f"Máy không đọc hay ghi được tệp{where}: {reason}. Bản cũ còn nguyên.",
                f"A file could not be read or written{where}: {reason}. The last build stands.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="hocso", description=str(Text(
        "Biên dịch sách Học số cơ bản cho mọi người.", "Compiles the handbook Học số cơ bản cho mọi người.")))
    parser.add_argument("-C", dest="folder", type=Path, default=Path(), metavar="DIR",
                        help=str(Text("thư mục sách", "the handbook's folder")))
    commands = parser.add_subparsers(dest="name", required=True, parser_class=_Parser)
    _add_build(commands)
    _add_check(commands)
    _add_new(commands)
    _add_qr(commands)
    _add_serve(commands)
    _add(commands, "links", run_links, "hỏi xem các trang ngoài sách còn mở được không (cần mạng)",
         "asks whether outside addresses still open (needs a network)")
    _add(commands, "doctor", run_doctor, "máy này còn thiếu gì", "what is missing on this machine")
    schema = _add(commands, "schema", run_schema, "lược đồ cho trình soạn thảo", "schemas for editors' programs")
    schema.add_argument("--check", action="store_true", help="exit 1 when the committed schemas are not current")
    proof = _add(commands, "proof", run_proof, "soát các tệp đã in ra", "proves finished files")
    proof.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    proof.add_argument("--hard", action="store_true", help=str(Text("mỗi mã trong điều kiện khó",
                                                                   "each code under hard conditions")))
    return parser


_Commands = argparse._SubParsersAction  # argparse gives its own type no public name


def _add(commands: _Commands[_Parser], name: str, command: Command, vi: str, en: str) -> _Parser:
    parser: _Parser = commands.add_parser(name, help=str(Text(vi, en)), description=str(Text(vi, en)))
    parser.set_defaults(command=command)
    return parser


def _add_build(commands: _Commands[_Parser]) -> None:
    parser = _add(commands, "build", run_build, "dựng trang, giấy và mã vào dist/", "builds everything into dist/")
    parser.add_argument("products", nargs="*", metavar="PRODUCT")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--edition", default="viet-nam", metavar="ID")
    which.add_argument("--editions", default="", metavar="all|PARENT|ID,ID")
    parser.add_argument("--out", type=Path, metavar="DIR")
    parser.add_argument("--jobs", type=_count, default=0, metavar="N")
    parser.add_argument("--release", action="store_true")
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--workers", type=_count, default=0, metavar="N",
                     help=str(Text("số tiến trình, mỗi tiến trình một trình duyệt", "processes, a browser each")))
    who.add_argument("--cluster", default="", metavar="ADDRESS",
                     help=str(Text("cụm máy Dask (tcp://…, tls://…) hay local", "a Dask scheduler, or local")))
    parser.add_argument("--store", default="", metavar="URL",
                        help=str(Text("kho chung của cụm máy", "what the machines of a cluster share")))


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text}? (1–64)")
    return int(text)


def _add_check(commands: _Commands[_Parser]) -> None:
    parser = _add(commands, "check", run_check, "soát nội dung", "checks the content")
    parser.add_argument("--format", choices=sorted(FORMATS), default="text")
    parser.add_argument("--fix", action="store_true", help=str(Text("tự sửa chỗ không cần cân nhắc",
                                                                   "mends what needs no judgement")))
    parser.add_argument("--due", action="store_true", help=str(Text("việc phải rà soát, theo đơn vị",
                                                                   "what is due, by unit")))
    parser.add_argument("--release", action="store_true")


def _add_new(commands: _Commands[_Parser]) -> None:
    parser = _add(commands, "new", run_new, "tạo một bài mới", "begins a new topic")
    parser.add_argument("slug", metavar="SLUG")
    parser.add_argument("--part", required=True, metavar="ID")


def _add_qr(commands: _Commands[_Parser]) -> None:
    parser = commands.add_parser("qr", help=str(Text("sổ mã", "the ledger")))
    actions = parser.add_subparsers(dest="action", required=True, parser_class=_Parser)
    add = _add(actions, "add", run_qr_add, "cấp một số mới", "gives a new number")
    add.add_argument("target", metavar="TARGET")
    retire = _add(actions, "retire", run_qr_retire, "thôi dùng một số", "retires a number")
    retire.add_argument("number", metavar="NUMBER")
    retire.add_argument("--to", default="", metavar="TARGET")


def _add_serve(commands: _Commands[_Parser]) -> None:
    parser = _add(commands, "serve", run_serve, "xem thử khi đang viết", "live preview")
    parser.add_argument("--edition", default="viet-nam", metavar="ID")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")


# Each command imports what it needs only when it runs: `check` must not pay for a browser.


def run_build(project: Project, options: argparse.Namespace) -> int:
    from generator.build import Order, build
    from generator.foreman import Hands
    from generator.products import known_product

    products = tuple(dict.fromkeys(known_product(name) for name in options.products))
    hands = Hands(options.jobs, options.workers, options.cluster, options.store)
    order = Order(products, options.edition, options.out, options.release, options.editions, hands)
    build(project, order, Progress())
    return 0


def run_check(project: Project, options: argparse.Namespace) -> int:
    from generator.checks import read_and_check

    if options.fix:
        from generator.commands.fix import fix_project

        for line in fix_project(project):
            print(line, file=sys.stderr)
    checked = read_and_check(project, release=options.release)
    findings = checked.findings
    if options.due:
        from generator.commands.due import due_text

        print(due_text(checked.reading.handbook))
        return 1 if has_errors(findings) else 0
    output = FORMATS[options.format](findings)
    if output:
        print(output)
    if options.format == "text":
        print(_summary(findings), file=sys.stderr)
    return 1 if has_errors(findings) else 0


def _summary(findings: Sequence[object]) -> Text:
    errors = sum(getattr(finding, "severity", "") == "error" for finding in findings)
    warnings = len(findings) - errors
    if not findings:
        return Text("Không có chỗ nào phải sửa.", "Nothing to mend.")
    return Text(f"{errors} lỗi, {warnings} lời nhắc.", f"{errors} errors, {warnings} warnings.")


def run_new(project: Project, options: argparse.Namespace) -> int:
    from generator.commands.new import new_topic

    print(new_topic(project, options.slug, options.part))
    return 0


def run_qr_add(project: Project, options: argparse.Namespace) -> int:
    from generator.commands.numbers import add_number

    print(add_number(project, options.target))
    return 0


def run_qr_retire(project: Project, options: argparse.Namespace) -> int:
    from generator.commands.numbers import retire_number

    print(retire_number(project, options.number, options.to))
    return 0


def run_serve(project: Project, options: argparse.Namespace) -> int:
    from generator.commands.serve import serve

    return serve(project, options.edition, options.host, options.port)


def run_links(project: Project, _options: argparse.Namespace) -> int:
    from datetime import date

    from generator.commands.linking.report import check_links

    print(check_links(project, Progress(), date.today()))
    return 0


def run_doctor(project: Project, _options: argparse.Namespace) -> int:
    from generator.commands.doctor import examine

    text, code = examine(project)
    print(text)
    return code


def run_schema(project: Project, options: argparse.Namespace) -> int:
    from generator.commands.schema import check_schemas, write_schemas

    if options.check:
        return check_schemas(project)
    for path in write_schemas(project):
        print(path)
    return 0


def run_proof(project: Project, options: argparse.Namespace) -> int:
    from generator.proof.run import prove_files

    text, code = prove_files(project, options.paths, options.hard)
    print(text)
    return code


