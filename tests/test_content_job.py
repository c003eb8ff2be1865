"""What CI does with a change: the two files say it, and the content job's own lines are run here as they stand."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from generator.cli import main
from generator.commands.linking.ask import Answer, Asker
from generator.ground.unseen import find_unseen
from generator.press.orders import DRAFT
from tests import seen
from tests.projects import FOUR, ROOT, commit_all, edit, git, make_project, put
from tests.runner import heard

HUB_TEXT = (ROOT / ".github/workflows/ci.yml").read_text("utf-8")
HUB: dict[Any, Any] = yaml.safe_load(HUB_TEXT)
LAB_TEXT = (ROOT / ".gitlab-ci.yml").read_text("utf-8")
LAB: dict[str, Any] = yaml.safe_load(LAB_TEXT)
STEPS = [(name, step) for name, job in HUB["jobs"].items() for step in job["steps"]]
pytestmark = pytest.mark.long
WORDS = ("content", "qr")
"""What editors write; whatever else changes is code."""


# What the two files promise.


def test_a_change_is_judged_once() -> None:
    """Not as a push and as a pull request; and never with the rights of the repository it goes to."""
    assert HUB[True] == {"push": {"branches": ["main"]}, "pull_request": None}  # YAML 1.1 reads `on` as yes
    assert HUB["concurrency"]["cancel-in-progress"] == "${{ github.event_name == 'pull_request' }}"
    rules = [rule["if"] for rule in LAB["workflow"]["rules"]]
    assert rules == ['$CI_PIPELINE_SOURCE == "merge_request_event"', "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"]


def test_what_others_wrote_is_pinned() -> None:
    pinned = re.findall(r"(?m)uses: (\S+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$", HUB_TEXT)
    used = [step["uses"] for _, step in STEPS if "uses" in step]
    assert [f"{name}@{commit}" for name, commit, _ in pinned] == used
    assert len({"/".join(name.split("/")[:2]) for name, *_ in pinned}) == len({commit for _, commit, _ in pinned})
    images = [job["image"] for job in LAB.values() if isinstance(job, dict) and "image" in job]
    assert images and all(re.search(r"@sha256:[0-9a-f]{64}$", image) for image in images)


def test_no_credential_is_kept_and_none_is_asked_for() -> None:
    checkouts = [step["with"] for _, step in STEPS if step.get("uses", "").startswith("actions/checkout@")]
    assert len(checkouts) == 4
    assert all(with_ == {"fetch-depth": 0, "persist-credentials": False} for with_ in checkouts)
    assert HUB["permissions"] == {}
    rights = {name: job["permissions"] for name, job in HUB["jobs"].items()}
    assert rights.pop("pages") == {"pages": "write", "id-token": "write"}
    assert all(right == {"contents": "read"} for right in rights.values())
    assert "secrets." not in json.dumps(HUB) and "_TOKEN" not in json.dumps(LAB)


def test_no_name_of_a_branch_becomes_a_command() -> None:
    assert not [step["run"] for _, step in STEPS if "${{" in step.get("run", "")]


def test_only_main_writes_what_others_read() -> None:
    caching = [step for _, step in STEPS if "actions/cache" in step.get("uses", "")]
    saving = [step for step in caching if "cache/restore@" not in step["uses"]]
    assert saving and all(step["if"] == "${{ github.event_name == 'push' }}" for step in saving)
    policies = [cache["policy"] for job in (".debian", "content") for cache in LAB[job]["cache"]]
    assert {*policies} == {"$CACHE_POLICY"}
    assert [rule["variables"]["CACHE_POLICY"] for rule in LAB["workflow"]["rules"]] == ["pull", "pull-push"]


def test_pages_go_to_the_world_only_where_the_owner_asked_for_it() -> None:
    assert HUB["jobs"]["pages"]["if"] == "${{ github.event_name == 'push' && vars.HOCSO_PAGES == 'true' }}"
    assert [rule["if"] for rule in LAB["pages"]["rules"]] == [
        '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $HOCSO_PAGES == "true"']


def taken_by(text: str) -> set[str]:
    """What of the report's folder a file of CI uploads, moves or reads."""
    return {*re.findall(r"\breport/([\w.-]+)", text)}


@pytest.mark.parametrize("text", [HUB_TEXT, LAB_TEXT], ids=["github", "gitlab"])
def test_ci_takes_only_what_the_report_writes(text: str) -> None:
    """Pages went by a name under which nothing lay."""
    assert report.SITE in taken_by(text)
    assert taken_by(text) <= {report.ANSWER, report.PAGE, report.SITE, report.CODE_QUALITY, report.ADDRESS}


def test_full_tests_run_for_code_alone() -> None:
    for name in ("linux", "windows"):
        assert HUB["jobs"][name]["if"] == "${{ needs.changes.outputs.code == 'true' }}"
        assert ".code" in LAB[name]["extends"]
    assert "needs" not in HUB["jobs"]["content"] and "rules" not in LAB["content"]


def test_gitlab_takes_for_code_whatever_is_no_content() -> None:
    """`*` stands for no slash and also for names with a dot in front, as Ruby has it there."""
    (rule,) = LAB[".code"]["rules"]
    folders = tuple(glob.removesuffix("**/*") for glob in rule["changes"] if glob != "*")
    assert "*" in rule["changes"] and all(re.fullmatch(r"[.\w]+/", folder) for folder in folders)
    files = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")[:-1]
    assert len(files) > 300
    assert {file for file in files if "/" in file and not file.startswith(folders)} == {
        file for file in files if file.startswith(tuple(f"{name}/" for name in WORDS))}


def shell(job: str, name: str) -> str:
    """The `run:` of a step, by a word in it."""
    (found,) = [step["run"] for step in HUB["jobs"][job]["steps"] if name in step.get("run", "")]
    return str(found)


def run_as_ci(folder: Path, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """As GitHub starts a step."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "GIT", "CI_"))}
    return subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=folder, text=True,
                          env=own | variables, capture_output=True, encoding="utf-8", check=False)


needs_shell = pytest.mark.skipif(os.name == "nt", reason="these steps run on Linux")
CHANGED = {
    "content/topics/x.md": "false", "qr/ledger.csv": "false", "mkdocs.yml": "true", "generator/x.py": "true",
    "README.vi.md": "true", "contents.md": "true", ".github/x": "true", "content2/x": "true",
}


@needs_shell
@pytest.mark.parametrize("file", CHANGED)
def test_what_counts_as_code(tmp_path: Path, file: str) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    commit_all(tmp_path, "first")
    git(tmp_path, "checkout", "--quiet", "-b", "sua")
    put(tmp_path, "content/y.md", "y")
    put(tmp_path, file, "x")
    commit_all(tmp_path, "change")
    for before, expected in (("main", CHANGED[file]), ("HEAD", "false"), ("0" * 40, "true")):
        done = run_as_ci(tmp_path, shell("changes", "git diff"), BEFORE=before, GITHUB_OUTPUT="said.txt")
        assert done.returncode == 0 and (tmp_path / "said.txt").read_text() == f"code={expected}\n", done.stderr
        (tmp_path / "said.txt").unlink()


# The content job, run.

TOPIC, SITE = "content/topics/quet-ma-qr/index.md", "https://hocso.haiphong.gov.vn/"
PREPARED = f"""
import pathlib
run = pathlib.Path(".venv/bin/python")
run.parent.mkdir(parents=True, exist_ok=True)
run.write_text('#!/bin/sh\\nexec "{sys.executable}" "$@"\\n')
run.chmod(0o755)
"""
"""In place of the set-up, which has tests of its own."""


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fork on its host, a bare repository: one lesson, our Makefile and what it starts."""
    folder = tmp_path_factory.mktemp("ci")
    root = one_lesson(folder)
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "requirements-prove.lock", ".gitignore",
                 ".ci/report.py", ".ci/answer.html", ".ci/answer.css"):
        (root / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / name, root / name)
    put(root, ".ci/bootstrap.py", PREPARED)
    git(root, "init", "--quiet", "--initial-branch=main")
    commit_all(root, "book")
    git(folder, "clone", "--quiet", "--bare", str(root), "origin.git")
    return folder / "origin.git"


@pytest.fixture
def clone(origin: Path, tmp_path: Path) -> Path:
    """As CI checks it out."""
    git(tmp_path, "clone", "--quiet", str(origin), "clone")
    return tmp_path / "clone"


def one_lesson(folder: Path) -> Path:
    """The smallest book that has every kind of paper."""
    book = (FOUR / "content/handbook.yml").read_text("utf-8")
    head, people = book.partition("  - mã: lien-lac")[0], book[book.index("# Bên trái") : book.index("lộ trình:")]
    lesson = re.sub(r"(?s)## Học tiếp\n.*?(?=\n## )", "", (FOUR / TOPIC).read_text("utf-8"))
    ledger = "".join(row for row in (FOUR / "qr/ledger.csv").read_text("utf-8").splitlines(keepends=True)
                     if row.startswith(("number", "1041", "2019")))
    others = [path.relative_to(FOUR).as_posix() for kind in ("topics", "editions")
              for path in (FOUR / "content" / kind).iterdir() if path.stem not in ("quet-ma-qr", "viet-nam")]
    files = {"content/handbook.yml": head + people, TOPIC: lesson, "qr/ledger.csv": ledger, **dict.fromkeys(others)}
    return make_project(folder, site_url=SITE, files=files)


GUIDE = (ROOT / "README.vi.md").read_text("utf-8").partition("\n## Sửa trên web")[2].partition("\n## ")[0]
CHANGE, SLIP = re.findall(r"đổi\s+`([^`]+)` thành `([^`]+)`", GUIDE)
"""What an officer writes, as README.vi.md tells it, and where the hand slips."""
MISTAKEN, MENDED = ([line.strip() for line in block.splitlines() if line.strip()]
                    for block in re.findall(r"(?s)```text\n(.*?)```", GUIDE))
"""What the robot says to each, there."""


def on_a_branch(clone: Path, *edits: tuple[str, str]) -> None:
    git(clone, "checkout", "--quiet", "-B", "sua")
    for old, new in edits:
        edit(clone, TOPIC, old, new)
    commit_all(clone, "sửa")


def content_job(clone: Path) -> tuple[int, str, str]:
    """Every line GitHub's job runs, with what it is told: code, log, the summary of the run."""
    summary = clone / ".git/summary.md"
    summary.unlink(missing_ok=True)
    told = {"SINCE": "origin/main", "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary), "SEEN": "https://x/1",
            "PYTHONPATH": str(ROOT), "HOCSO_LANG": "vi"}
    lines = [step["run"] for step in HUB["jobs"]["content"]["steps"] if "run" in step]
    assert len(lines) == 2 and lines[0] == "make report FORMAT=github"
    done = [run_as_ci(clone, line, **told) for line in lines]
    assert done[1].returncode == 0, done[1].stderr
    return done[0].returncode, done[0].stdout, summary.read_text("utf-8")


def pictures(html: str) -> list[str]:
    return re.findall(r'<img src="([^"]+)"', html)


@needs_shell
def test_a_slip_is_answered_as_the_guide_says(clone: Path) -> None:
    """Beside its line and in the answer; and nothing is built."""
    on_a_branch(clone, CHANGE, SLIP)
    code, log, summary = content_job(clone)
    assert code != 0
    assert [(note.name, note.properties["file"], note.properties["line"], note.properties["title"])
            for note in heard(log)] == [("error", TOPIC, "2", "key.unknown")]
    assert said_lines(summary)[: len(MISTAKEN)] == MISTAKEN
    assert not (clone / "report/trang").exists()


@pytest.mark.wide
@needs_shell
@pytest.mark.browser
def test_the_walk_of_the_guide(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mended, answered, merged, approved, put on the host, printed: the lines of README.vi.md alone."""
    if os.environ.get("HOCSO_NO_BROWSER") == "1":
        pytest.skip("HOCSO_NO_BROWSER=1")
    on_a_branch(clone, CHANGE, SLIP)
    edit(clone, TOPIC, *reversed(SLIP))
    commit_all(clone, "sửa lại")
    code, log, summary = content_job(clone)
    assert code == 0 and not heard(log), log
    whole_answer(clone / "report", summary)
    git(clone, "push", "--quiet", "origin", "sua:main")  # the button, on the host
    git(clone, "checkout", "--quiet", "main")
    printed(clone, monkeypatch)


def whole_answer(report: Path, summary: str) -> None:
    assert said_lines(summary)[: len(MENDED)] == MENDED
    assert all((report / name).exists() for name in taken_by(HUB_TEXT))
    # pages, changed papers, a sheet to sign: drafts
    for page in ("index.html", "topics/quet-ma-qr/index.html"):
        assert (report / "trang" / page).is_file()
    assert CHANGE[1] in (report / "trang/topics/quet-ma-qr/index.html").read_text("utf-8")
    leaflet = words_of(report / "giay/leaflets/quet-ma-qr.pdf")
    assert CHANGE[1] in leaflet and DRAFT in leaflet
    assert [path.name for path in (report / "phieu-duyet").iterdir()] == ["quet-ma-qr.pdf"]
    # before and after, in one file and in pictures
    assert "data:image/webp" in (report / "khac-nhau.html").read_text("utf-8")
    whole = (report / "summary.md").read_text("utf-8")
    assert pictures(whole) and all((report / name).is_file() for name in pictures(whole))
    assert {re.sub(r"\d+-(\w+)\.webp", r"\1", name) for name in pictures(whole)} == {"hinh/before", "hinh/after"}
    for text in (*CHANGE, "print/leaflets/quet-ma-qr.pdf", "site/topics/quet-ma-qr/index.html",
                 "hocso build review --lesson quet-ma-qr"):
        assert text in whole, text
    assert whole in (report / "index.html").read_text("utf-8")
    # what the run's own page shows
    assert summary == (report / "comment.md").read_text("utf-8") + "\n[Mở mọi hình trước và nay](https://x/1)\n"
    assert not pictures(summary) and "khac-nhau.html" in summary and len(summary) < 60_000


def printed(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def page(_: Asker, address: str) -> tuple[Answer, bytes]:
        """The host as it is once `site` was copied there."""
        path = clone / "dist/site" / address.removeprefix(SITE) / "index.html"
        return Answer("open", heard=True), path.read_bytes()

    monkeypatch.setattr(Asker, "page", page)
    monkeypatch.chdir(clone)
    typed = "\n".join(re.findall(r"(?s)```bat\n(.*?)```", GUIDE)).splitlines()
    assert len(typed) > 10
    for program, *words in filter(None, map(shlex.split, typed)):
        if program == "git":
            git(clone, *words)
        else:
            assert program == "hocso" and main(words) == 0, words
    sheet = json.loads((clone / "dist/phat-hanh.json").read_text("utf-8"))
    assert [row["slug"] for row in sheet["lessons"]] == ["quet-ma-qr"] and sheet["address"] == SITE
    leaflet = words_of(clone / "dist/print/leaflets/quet-ma-qr.pdf")
    assert CHANGE[1] in leaflet and DRAFT not in leaflet and "BẢN IN THỬ" not in leaflet
    assert git(clone, "status", "--porcelain") == ""
    assert git(clone, "rev-parse", "HEAD").strip() in git(clone, "ls-remote", "origin", "refs/heads/main")


def words_of(leaflet: Path) -> str:
    return "".join(seen.page_text(leaflet.read_bytes(), page) for page in (1, 2))


def said_lines(html: str) -> list[str]:
    """As a person reads it."""
    tags = Tags()
    tags.feed(re.sub(r"(<br>|</(?:li|p|h3|h4|summary)>)", r"\1\n", html))
    return [line.strip() for line in tags.text.splitlines() if line.strip()]


@needs_shell
def test_gitlab_is_told_in_its_own_way(clone: Path) -> None:
    on_a_branch(clone, SLIP)
    (line,) = LAB["content"]["script"]
    told = {"CI_JOB_URL": "https://git.x/a/b/c/-/jobs/7", "CI_PROJECT_PATH": "a/b/c", "CI_PROJECT_ROOT_NAMESPACE": "a",
            "CI_JOB_ID": "7", "CI_PAGES_DOMAIN": "pages.x", "SINCE": "origin/main", "PYTHONPATH": str(ROOT)}
    assert run_as_ci(clone, line, **told).returncode != 0
    reports = LAB["content"]["artifacts"]["reports"]
    (row,) = json.loads((clone / reports["codequality"]).read_text("utf-8"))
    assert (row["check_name"], row["location"]) == ("key.unknown", {"path": TOPIC, "lines": {"begin": 2}})
    address = "https://a.pages.x/-/b/c/-/jobs/7/artifacts/report/"
    assert (clone / reports["dotenv"]).read_text("utf-8") == f"PAGES={address}index.html\n"


@needs_shell
def test_a_target_that_git_does_not_know(clone: Path) -> None:
    done = run_as_ci(clone, "make report", SINCE="origin/khong-co", PYTHONPATH=str(ROOT))
    assert done.returncode != 0 and "Không thấy origin/khong-co" in done.stderr and "Traceback" not in done.stderr
    told = said_lines((clone / "report/comment.md").read_text("utf-8"))
    assert told[0] == "Chưa dựng được" and told[1].startswith("Không thấy origin/khong-co")


@needs_shell
def test_a_name_of_a_branch_is_no_command(clone: Path) -> None:
    done = run_as_ci(clone, "make report", SINCE='x"; touch bad; $(touch bad) `touch bad`', PYTHONPATH=str(ROOT))
    assert done.returncode != 0 and not (clone / "bad").exists()


@needs_shell
def test_a_folder_of_somebody_elses_is_left_alone(clone: Path) -> None:
    put(clone, "cua-toi/bai.txt", "x")
    done = run_as_ci(clone, f"{sys.executable} .ci/report.py --out cua-toi", PYTHONPATH=str(ROOT))
    assert done.returncode == 2 and (clone / "cua-toi/bai.txt").read_text() == "x"


# The answer, whatever a lesson says.


def load_report() -> ModuleType:
    spec = importlib.util.spec_from_file_location("report", ROOT / ".ci/report.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["report"] = module  # its dataclasses look there
    spec.loader.exec_module(module)
    return module


report = load_report()
ALOUD = ["::add-mask::x", "##[add-mask]x", "a ##[error]b", "::stop-commands::x\\n::x::\\n::error::y"]


@pytest.mark.parametrize("said", ALOUD)
def test_what_commands_print_speaks_to_no_runner(
    said: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """And of a command that failed the answer holds what it said last."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setattr(report, "hocso", lambda code: [sys.executable, "-c", code])
    answer = report.Answer("main")
    assert report.aloud(answer, f"print('{said}', end=''); exit(3)") == 3
    out = capfd.readouterr().out
    assert answer.failed in out and said.partition("\\n")[0] in answer.failed and not heard(out)


EVIL = ["<script>x</script>", "a\n\n# b", "@all", "](javascript:x)", "<img src=https://x>", "::error::x", "`x`",
        "&lt;b&gt;", "\u202eabc", "</table></details>", "{{ 7 * 7 }}", "|a|b|", '" onerror="x']
TAGS = {"h3", "h4", "p", "ul", "ol", "li", "b", "code", "br", "del", "ins", "table", "tr", "th", "td", "img", "a",
        "details", "summary", "pre"}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))
        if tag not in ("br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


EDITIONS = {
    # Files written, and one taken away → what is built besides the book.
    "nothing": ([], []), "the book's own": (["viet-nam"], []), "one": (["xa-b"], ["xa-b"]),
    "more than one would build": (["xa-b", "xa-a", "xa-d", "xa-c"], ["xa-a", "xa-b", "xa-c"]),
}


@pytest.mark.parametrize("name", EDITIONS)
def test_editions_whose_own_file_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    put(tmp_path, "content/editions/xa-bo.yml", "x")
    commit_all(tmp_path, "first")
    git(tmp_path, "checkout", "--quiet", "-b", "sua")
    put(tmp_path, "content/editions/xa-bo.yml", None)
    written, expected = EDITIONS[name]
    for edition in written:
        put(tmp_path, f"content/editions/{edition}.yml", "x")
    commit_all(tmp_path, "change")
    monkeypatch.chdir(tmp_path)
    assert report.changed_editions("main") == expected


def test_sheets_to_sign_are_named_once() -> None:
    first, second = answered("x").compared
    answer = report.Answer("main", compared=[first, dataclasses.replace(second, edition="xa-b", told={
        **second.told, "lessons": [
            {"slug": slug, "title": "y", "state": state, "approved": slug == "signed", "words": []} for slug, state in
            (("x", "changed"), ("y", "changed"), ("z", "removed"), ("signed", "changed"))]})])
    assert answer.to_approve == ["--lesson x", "--lesson y --edition xa-b"]


def answered(text: str, count: int = 1) -> Any:
    row = {"severity": "warning", "file": text, "line": 1, "message": text, "fix": text, "rule": "word.office"}
    view = {"before": "001-before.webp", "after": ""}
    file = {"shelf": text, "title": text, "path": text, "state": "changed", "views": [view], "more": 1, "also": []}
    lesson = {"slug": "x", "title": text, "state": "added", "approved": False,
              "words": [{"before": text, "after": text}]}
    told = {"told": [text], "lessons": [lesson] * count, "approvals": [{"line": text}] * count,
            "files": [file] * count + [file | {"views": []}]}
    compared = [report.Compared("viet-nam", "khac-nhau.html", "hinh", told, "trang")] * 2
    return report.Answer("main", [row] * count, [row] * count, compared)


@pytest.mark.parametrize("evil", EVIL)
def test_a_lesson_is_text_in_the_answer(evil: str) -> None:
    for files in ("", None):
        text = report.drawn(answered(evil), files, "")
        tags = Tags()
        tags.feed(text)
        assert {tag for tag, _ in tags.found} <= TAGS and not tags.open
        assert {name for _, names in tags.found for name in names} <= {"src", "width", "alt", "href"}
        assert not re.search(r"\n\s*\n", text) and not re.search(r"@\w", text)
        assert not list(find_unseen(text.replace("\u2060", "")))
        assert " ".join(evil.replace("\u202e", "<U+202E>").split()) in tags.text.replace("\u2060", "")


def test_rows_of_the_book_of_approvals_come_before_all_else() -> None:
    """Whoever merges vouches for them. With several editions they are told once."""
    answer = answered("x")
    for one in answer.compared:
        one.told["approvals"] = [{"line": "Sổ duyệt thêm: x"}]
    told = said_lines(report.drawn(answer, None, ""))
    assert told.index("Sổ duyệt thêm: x") == 2 and told.count("Sổ duyệt thêm: x") == 1


def test_pictures_and_pages_are_led_to_where_a_host_shows_them() -> None:
    text = report.drawn(answered("x"), "https://git.x/raw/", "https://pages.x/")
    assert {*pictures(text)} == {"https://git.x/raw/hinh/001-before.webp"}
    assert {*re.findall(r'href="([^"]+)"', text)} == {"https://pages.x/khac-nhau.html", "https://pages.x/trang/index.html"}


@pytest.mark.parametrize("count", [1, 5, 40, 400])
def test_an_answer_fits_into_a_comment(count: int) -> None:
    for text in ("chữ", "chữ dài " * 30):
        assert len(report.drawn(answered(text, count), "https://git.x/" + "a" * 60, "")) <= 65_000


@pytest.mark.parametrize(("language", "word"), [("vi", "Làm gì tiếp"), ("en", "What next")])
def test_an_answer_has_one_language(monkeypatch: pytest.MonkeyPatch, language: str, word: str) -> None:
    monkeypatch.setenv("HOCSO_LANG", language)
    text = report.drawn(answered("x"), "", "")
    assert word in text and bool(re.search("[ăâđêôơưĂÂĐÊÔƠƯ]", text)) is (language == "vi")
