#!/usr/bin/env python3
"""What the robot answers to a change of content: what is to be mended, pages, changed papers, before and after.

`make report` runs it, at a desk as in CI. All of it lies in one folder: `comment.md` for whoever judges the change, the
same as a page, and what both lead to. It runs commands of ours and reads what they write; words of a lesson reach
neither the runner of CI nor the markup of the answer.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from generator.ground.findings import Text
from generator.ground.unseen import shown
from generator.press.pages import Theme

HERE = Path(__file__).resolve().parent
ROOT = "viet-nam"
MOST = 60_000
"""Signs of an answer: a comment on GitHub holds 65,536."""
MOST_EDITIONS = 3
"""Of those whose own file changed; a change to more is made by somebody who can build them."""
FORMS = ("text", "github", "gitlab")
"""Who reads what is found."""
ANSWER, PAGE, CODE_QUALITY, ADDRESS = "comment.md", "khac-nhau.html", "code-quality.json", "pages.env"
SITE = "trang"
"""Folder of the site as built; of main, CI puts it on the host where the owner asked for it."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Compared:
    """One edition as the change makes it, beside what it was."""

    edition: str
    page: str
    pictures: str
    """Folder of them."""
    told: Row
    pages: str
    """Where its site lies in the report."""


@dataclass
class Answer:
    since: str
    new: Sequence[Row] = ()
    old: Sequence[Row] = ()
    compared: list[Compared] = field(default_factory=list)
    failed: str = ""
    """What a build that did not end well said last."""

    @property
    def rows(self) -> Sequence[Row]:
        """Of the book of approvals, the same whichever edition was compared."""
        return self.compared[0].told["approvals"] if self.compared else ()

    @property
    def to_approve(self) -> list[str]:
        """What prints the sheets, each lesson for the first edition that shows its change."""
        found: dict[str, str] = {}
        for one in self.compared:
            place = "" if one.edition == ROOT else f" --edition {one.edition}"
            for slug in unsigned_lessons(one.told):
                found.setdefault(slug, f"--lesson {slug}{place}")
        return [*found.values()]

    @property
    def errors(self) -> int:
        return sum(row["severity"] == "error" for row in (*self.new, *self.old))


def main(words: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    parser = argparse.ArgumentParser(description="Answers a change of content.")
    parser.add_argument("--since", default=os.environ.get("SINCE") or "origin/main", help="where the change goes to")
    parser.add_argument("--format", choices=FORMS, default=os.environ.get("FORMAT") or FORMS[0])
    parser.add_argument("--out", type=Path, default=Path("report"))
    given = parser.parse_args(words)
    if not open_folder(given.out):
        print(Text(f"{given.out} có tệp không phải của máy; hãy cất đi hay chọn --out khác.",
                   f"{given.out} holds files that are not ours; move them or say another --out."), file=sys.stderr)
        return 2
    answer = Answer(given.since)
    code = find(answer, given.format, given.out) or make(answer, given.out)
    write(answer, given.format, given.out)
    return code


def open_folder(folder: Path) -> bool:
    """Anew; what somebody else put there stays and stops us."""
    if folder.is_symlink() or (folder.exists() and any(folder.iterdir()) and not (folder / ANSWER).is_file()):
        return False
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / ANSWER).touch()
    return True


def hocso(*words: str) -> list[str]:
    """That of the folder we are called in, whose book it is."""
    return [sys.executable, "-m", "generator", *words]


def find(answer: Answer, form: str, out: Path) -> int:
    """What is to be mended; for a machine beside the lines, for the answer as rows."""
    told = subprocess.run(hocso("check", "--since", answer.since, "--format", form), capture_output=True)
    if form == "gitlab":
        (out / CODE_QUALITY).write_bytes(told.stdout or b"[]")
    else:
        sys.stdout.buffer.write(told.stdout)
        sys.stdout.flush()
    sys.stderr.buffer.write(told.stderr)
    if told.returncode <= 1:
        answer.new = rows("check", "--since", answer.since)
        answer.old = [row for row in rows("check") if row not in answer.new]
    else:
        answer.failed = told.stderr.decode("utf-8", "replace")
    return told.returncode


def rows(*words: str) -> list[Row]:
    told = subprocess.run(hocso(*words, "--format", "json"), stdout=subprocess.PIPE, check=False)
    found: list[Row] = json.loads(told.stdout)
    return found


def make(answer: Answer, out: Path) -> int:
    """The book and every edition whose own file changed; the USB copy, half of all bytes, is left out."""
    editions = [ROOT, *changed_editions(answer.since)]
    if code := aloud(answer, "build", "--editions", ",".join((*editions, ""))):  # just these, none below them
        return code
    for edition in editions:
        mark = "" if edition == ROOT else f"-{edition}"
        page, pictures, pages = PAGE.replace(".html", f"{mark}.html"), f"hinh{mark}", f"{SITE}{mark}"
        if code := aloud(answer, "diff", f"{answer.since}...", "--edition", edition,
                         "--out", str(out / page), "--folder", str(out / pictures)):
            return code
        told = json.loads((out / pictures / "diff.json").read_text("utf-8"))
        built = Path("dist") if edition == ROOT else Path("dist/editions") / edition
        take(built / "site", out / pages)
        for file in papers(told):
            take(built / file, out / f"giay{mark}" / PurePosixPath(file).relative_to("print"))
        answer.compared.append(Compared(edition, page, pictures, told, pages))
        if code := to_sign(answer, edition, told, built, out / f"phieu-duyet{mark}"):
            return code
    return 0


def to_sign(answer: Answer, edition: str, told: Row, built: Path, folder: Path) -> int:
    """Review sheets of the lessons whose words changed: whoever has no program of ours prints and signs these."""
    asked = [word for slug in unsigned_lessons(told) for word in ("--lesson", slug)]
    if not asked:
        return 0
    code = aloud(answer, "build", "review", *asked, "--edition", edition)
    if not code:
        take(built / "print/review", folder)
    return code


def changed_editions(since: str) -> list[str]:
    """Those there are: what the change took away is nobody's any more."""
    command = ["git", "diff", "--name-only", "-z", "--diff-filter=d", "--merge-base", since, "--",
               "content/editions/*.yml"]
    named = subprocess.run(command, capture_output=True, check=False).stdout
    ids = {PurePosixPath(os.fsdecode(name)).stem for name in named.split(b"\0") if name}
    return sorted(ids - {ROOT})[:MOST_EDITIONS]


def unsigned_lessons(told: Row) -> list[str]:
    """Whose words changed; of those the change approves, too, there is nothing to sign."""
    return [row["slug"] for row in told["lessons"] if row["state"] != "removed" and not row["approved"]]


def papers(told: Row) -> Iterator[str]:
    for row in told["files"]:
        if row["state"] != "removed":
            yield from (path for path in (row["path"], *row["also"]) if path.startswith("print/"))


def take(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    copy = shutil.copytree if source.is_dir() else shutil.copyfile
    copy(source, target)


def aloud(answer: Answer, *words: str) -> int:
    """What our commands say is for people: nothing in it is a command to GitHub's runner."""
    last: deque[bytes] = deque(maxlen=40)
    with unheard(), subprocess.Popen(hocso(*words), stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
        for line in running.stdout or ():
            last.append(line)
            sys.stdout.buffer.write(line if line.endswith(b"\n") else line + b"\n")  # our next word begins its line
            sys.stdout.flush()
    if running.returncode:
        answer.failed = b"".join(last).decode("utf-8", "replace")
    return running.returncode


@contextmanager
def unheard() -> Iterator[None]:
    mark = secrets.token_hex(16) if os.environ.get("GITHUB_ACTIONS") == "true" else ""
    print(f"::stop-commands::{mark}\n" * bool(mark), end="", flush=True)
    try:
        yield
    finally:
        print(f"::{mark}::\n" * bool(mark), end="", flush=True)


# The answer, in HTML that Markdown passes on: what a lesson says is text there and nothing else.


def write(answer: Answer, form: str, out: Path) -> None:
    files, shown_at = addresses(form)
    if form == "gitlab":
        (out / ADDRESS).write_text(f"PAGES={shown_at}index.html\n", "utf-8")
    (out / ANSWER).write_text(drawn(answer, files if form != "github" else None, shown_at), "utf-8")
    whole = drawn(answer, "", "")
    (out / "summary.md").write_text(whole, "utf-8")
    head = '<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    style = (HERE / "answer.css").read_text("utf-8")
    (out / "index.html").write_text(f"{head}<title>{out.name}</title><style>{style}</style>\n{whole}</html>\n", "utf-8")


def addresses(form: str) -> tuple[str, str]:
    """Where a host shows files of this run as they are, and its pages as pages."""
    env = os.environ.get
    if form != "gitlab" or not env("CI_JOB_URL"):
        return "", ""
    below = env("CI_PROJECT_PATH", "").partition("/")[2]
    return (f"{env('CI_JOB_URL')}/artifacts/raw/report/",
            f"https://{env('CI_PROJECT_ROOT_NAMESPACE')}.{env('CI_PAGES_DOMAIN')}/-/{below}/-/jobs/{env('CI_JOB_ID')}"
            "/artifacts/report/")


@dataclass(frozen=True)
class Drawn:
    """What the template gets."""

    answer: Answer
    files: str | None
    """Before the names of pictures; None where a host shows none of ours."""
    pages: str
    most: int
    """Rows of each list."""
    open: int = 4
    """Papers and pages shown without a tap."""

    def t(self, vi: str, en: str) -> Text:
        return Text(vi, en)

    def line(self, text: str) -> str:
        """Calls nobody by name, ends no block of HTML."""
        return shown(" ".join(text.split())).replace("@", "@\u2060")


def drawn(answer: Answer, files: str | None, pages: str) -> str:
    """Whole where a comment holds it; else shorter lists, for the page beside it has all."""
    theme, text = Theme(HERE), ""
    for most in (60, 30, 15, 8, 4, 2, 1):
        text = theme.draw("answer.html", Drawn(answer, files, pages, most))
        text = "\n".join(line for line in text.splitlines() if line.strip()) + "\n"  # an empty line would end the HTML
        if len(text) <= MOST:
            break
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
