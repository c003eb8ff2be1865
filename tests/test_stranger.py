"""A stranger adds a paper and a rule in a copy of the house; whatever is forgotten is named by what fails."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.projects import make_project, put
from tests.samples import sample

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parent.parent
PRODUCT = '''"""A page with a lesson's title, to try things on."""

from __future__ import annotations

from functools import partial

from generator.engine.items import Bench, Desk, Item
from generator.ground.findings import Text
from generator.press.pages import plain
from generator.products.lesson import Lesson, numbered
from generator.products.papers.parts.printing import Making, Paper, plan_lesson, print_paper
from generator.products.product import SHEETS, Kind, Product

PAGE = Kind("print/brochures/*.pdf", "brochure.html", ("paper.css",), pages=1, shelf=SHEETS, about="lesson",
            code_mm=25)
PRODUCT = Product("brochure", Text("tờ giới thiệu", "brochures"), (PAGE,), standard=False)


def plan(desk: Desk) -> list[Item]:
    return [plan_lesson(desk, "brochure", lesson, partial(make, desk, lesson)) for lesson in numbered(desk.handbook)]


def make(desk: Desk, lesson: Lesson, _bench: Bench) -> Making:
    return print_paper(desk, Paper(PAGE, lesson.slug, plain(lesson.title), lesson))
'''
RULE = '''"""Không viết hai dấu chấm than liền nhau: người đọc thấy bị quát."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.looking.wording import LEARNER
from generator.ground.findings import Finding, warning


def check(matter: Matter) -> Iterator[Finding]:
    for wording in matter.wordings:
        for told in wording.of(LEARNER):
            if "!!" in told.plain:
                yield warning("tone.shouting", told.phrase.place)
'''
SAID = '''
["tone.shouting"]
sai = "Có hai dấu chấm than."
wrong = "Two exclamation marks."
sua = "Bỏ một dấu."
mend = "Take one out."
'''
CASES = "# Dấu chấm than\n" + "".join(
    f"\n## Thứ {count}\n\n```\nmở đầu: Máy có giờ{'!' * count}\n```\n\n- {told}\n" for count, told in enumerate(
        ["không có gì", "không có gì", *["nhắc tone.shouting: giờ"] * 10]))
ROW = "| **Đoạn** `paragraph.long`"
PAPER_FILE, RULE_FILE = "generator/products/papers/brochure.py", "generator/checks/language/shouting.py"
SAYINGS = "generator/ground/findings.toml"
TEMPLATE, CASE = "theme/print/brochure.html", "tests/cases/four/products.txt"
TABLES, RULES = "tests/test_docs.py::test_tables_tell_what_there_is", "tests/checks/language/test_rules.py"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy, with a whole paper and a whole rule in it."""
    copy = tmp_path_factory.mktemp("house") / "copy"
    made = (".venv", ".hocso", ".dist.trees", "dist", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, copy, symlinks=True, ignore=shutil.ignore_patterns(".git", *made))
    lines = (copy / CASE).read_text("utf-8")
    items = lines.split("leaflet: ")[1].split("\n")[0].replace("leaflet:", "")
    for name, text in {PAPER_FILE: PRODUCT, TEMPLATE: "<h1>{{ page.title|plain }}</h1>\n", RULE_FILE: RULE,
                       CASE: f"{lines}brochure: {items}\n", SAYINGS: (copy / SAYINGS).read_text("utf-8") + SAID,
                       "tests/checks/language/shouting.md": CASES}.items():
        put(copy, name, text)
    guide = (copy / "README.vi.md").read_text("utf-8")
    own = "| **Chấm than** `tone.shouting` | nhắc | Nhanh lên!! | Nhanh lên. |"
    put(copy, "README.vi.md", guide.replace(ROW, f"{own}\n{ROW}"))
    run(copy, "-m", "tests.tables")
    return copy


def run(house: Path, *words: str, good: bool = True) -> str:
    done = subprocess.run([sys.executable, *words], cwd=house, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert (done.returncode == 0) == good, said[-3000:]
    return said


def test_so_many_files_and_no_more(house: Path) -> None:
    """Besides the theme and the case: its own file, a rule's words, and the tables that are written by themselves."""
    touched = {path.relative_to(house).as_posix() for path in house.rglob("*") if path.is_file()
               and "__pycache__" not in path.parts and not same(path, ROOT / path.relative_to(house))}
    assert touched == {PAPER_FILE, TEMPLATE, CASE, RULE_FILE, SAYINGS, "tests/checks/language/shouting.md", "README.md",
                       "README.vi.md"}


def same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


@pytest.mark.wide
@pytest.mark.browser
def test_a_new_paper_is_built(house: Path, tmp_path: Path) -> None:
    project = make_project(tmp_path)
    run(house, "-m", "generator", "-C", str(project), "build", "brochure", "site")
    made = sorted(path.name for path in (project / "dist/print/brochures").glob("*.pdf"))
    page = project / "dist/site/downloads/index.html"
    assert len(made) == 4 and all(f"brochures/{name}" in page.read_text("utf-8") for name in made)
    run(house, "-m", "generator", "-C", str(project), "build", "site")
    assert f"brochures/{made[0]}" in page.read_text("utf-8"), "what stands published is led to, asked for or not"


def test_a_new_rule_is_asked(house: Path, tmp_path: Path) -> None:
    project = make_project(tmp_path)
    text = (project / "content/topics/quet-ma-qr/index.md").read_text("utf-8")
    put(project, "content/topics/quet-ma-qr/index.md", text.replace(".\n", "!!\n", 1))
    assert "tone.shouting" in run(house, "-m", "generator", "-C", str(project), "check")


REGISTRY = ("-c", "from generator.products import products; products()")
LEFT_OUT: Mapping[str, tuple[str, str, str, tuple[str, ...], str]] = {
    # What is forgotten: file, what stands there, what instead, who is asked, what the answer names.
    "PRODUCT": (PAPER_FILE, "\nPRODUCT = ", "\nOTHER = ", REGISTRY, "brochure.py needs PRODUCT"),
    "its name": (PAPER_FILE, 'Product("brochure"', 'Product("flyer"', REGISTRY, "brochure.py needs PRODUCT"),
    "plan": (PAPER_FILE, "def plan(", "def planned(", REGISTRY, "brochure.py needs PRODUCT"),
    "a name of its own": (PAPER_FILE, "print/brochures/*", "print/leaflets/*", REGISTRY, "print/leaflets/*.pdf"),
    "its kind": (PAPER_FILE, "(PAGE,)", "()", ("-m", "pytest", "-q", "tests/products/test_cases.py"),
                 "PRODUCT of `brochure` does not say so"),
    "its template": (TEMPLATE, "", "", ("-m", "pytest", "-q", "tests/products/test_registry.py", "-k", "wears"),
                     "print/brochure.html"),
    "its case": (CASE, "\nbrochure: ", "\n: ", ("-m", "pytest", "-q", "tests/products/test_cases.py"), "brochure"),
    "its row": ("README.vi.md", "| `brochure` |", "| ` ` |", ("-m", "pytest", "-q", TABLES), "brochure"),
    "the rule's check": (RULE_FILE, "def check(", "def look(", ("-c", "import generator.checks"),
                         "shouting.py needs check"),
    "the rule's cases": ("tests/checks/language/shouting.md", "", "", ("-m", "pytest", "-q", RULES, "-k", "its_table"),
                         "shouting"),
    "the rule's words": (SAYINGS, "tone.shouting", "tone.loud", ("-m", "pytest", "-q", "tests/ground/test_findings.py"),
                         "tone.shouting"),
    "the rule's row": (RULE_FILE, "tone.shouting", "tone.shouted",
                       ("-m", "pytest", "-q", "tests/test_docs.py", "-k", "rule"), "tone.shouted"),
}


CHOSEN = sample(LEFT_OUT, 4, "its kind", "the rule's cases")


@pytest.mark.wide
@pytest.mark.parametrize("words", dict.fromkeys(LEFT_OUT[what][3] for what in CHOSEN), ids=" ".join)
def test_with_nothing_forgotten_all_is_well(house: Path, words: tuple[str, ...]) -> None:
    run(house, *words)


@pytest.mark.wide
@pytest.mark.parametrize("what", CHOSEN)
def test_what_is_forgotten_is_named(house: Path, what: str) -> None:
    file, old, new, words, named = LEFT_OUT[what]
    text = (house / file).read_text("utf-8")
    try:
        assert old in text, "nothing would be left out"
        put(house, file, text.replace(old, new) if old else None)
        assert named in run(house, *words, good=False)
    finally:
        put(house, file, text)
