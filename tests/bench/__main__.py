"""`make bench`: figures as ratios within one run; the bars are those the product promises."""

from __future__ import annotations

import os
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.editions import hashing, one_more, province
from tests.bench.films import measure_films
from tests.bench.imposing import print_and_fold
from tests.bench.measure import Run, run
from tests.bench.recoded import recode
from tests.bench.single_print import PRODUCTS
from tests.bench.synthetic import ROOT, make_handbook

ENV = {"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1795000000"}
PYTHON = sys.executable
HOUSE = ("qr", "leaflet", "booklet", "number", "site")
"""What the figures of a full build and an edit speak of; posters, sheets and films have their own rows."""


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    figure: str
    bar: str = ""
    good: bool | None = None

    def __str__(self) -> str:
        verdict = {None: "", True: "ok", False: "SHORT"}[self.good]
        return f"| {self.what:<66} | {self.figure:>22} | {self.bar:>8} | {verdict:<5} |"


def hocso(project: Path, *words: str) -> Run:
    return run([PYTHON, "-m", "generator", "-C", str(project), *words], ROOT, ENV)


def trusting(project: Path, *words: str) -> Run:
    return run([PYTHON, "-m", "tests.bench.unhashed", "-C", str(project), *words], ROOT, ENV)


def fresh(project: Path) -> None:
    for name in (".hocso", ".dist.trees"):
        shutil.rmtree(project / name, ignore_errors=True)
    (project / "dist").unlink(missing_ok=True)


def plain_project(project: Path, target: Path) -> Path:
    """The same Markdown and the same mkdocs.yml, less our plugin and theme folder."""
    shutil.copytree(project / "content", target / "content")
    text = (project / "mkdocs.yml").read_text("utf-8")
    text = re.sub(r"(?m)^\s*- hocso.*\n", "", text)
    text = re.sub(r"(?m)^\s*custom_dir:.*\n", "", text)
    (target / "mkdocs.yml").write_text(text, "utf-8")
    return target


def middle(runs: Sequence[Run]) -> Run:
    return Run(statistics.median(r.seconds for r in runs), max(r.peak_mb for r in runs))


def site_rows(folder: Path, sizes: Sequence[int], turns: int) -> list[Row]:
    """Site against plain MkDocs, in turns, so that a slow minute of the machine meets both."""
    rows = []
    ours: dict[int, Run] = {}
    for size in sizes:
        project = make_handbook(folder / f"site{size}", size)
        plain = plain_project(project, folder / f"plain{size}")
        plain_runs, own_runs = [], []
        for _ in range(turns if size < 1000 else 1):
            plain_runs.append(run([PYTHON, "-m", "mkdocs", "build", "-q", "-d", str(folder / "out")], plain, ENV))
            fresh(project)
            own_runs.append(hocso(project, "build", "site"))
        ours[size], plain_run = middle(own_runs), middle(plain_runs)
        ratio = ours[size].seconds / plain_run.seconds
        rows.append(Row(f"site {size}: ours {ours[size].seconds:.1f} s, plain MkDocs + Material "
                        f"{plain_run.seconds:.1f} s", f"{ratio:.2f} ×", "≤ 1.3 ×" if size == 300 else "",
                        ratio <= 1.3 if size == 300 else None))
        rows.append(Row(f"site {size}: peak memory", f"{ours[size].peak_mb:.0f} MB", "≤ 2560",
                        ours[size].peak_mb <= 2560))
        numbers = hocso(project, "build", "number")
        rows.append(Row(f"number pages {size}, measured apart", f"{numbers.seconds:.1f} s"))
    if 300 in ours and 1000 in ours:
        growth = ours[1000].seconds / ours[300].seconds
        rows.append(Row("site 300 → 1,000 topics", f"{growth:.2f} ×", "≤ 3.6 ×", growth <= 3.6))
    return rows


def paper_rows(folder: Path) -> list[Row]:
    project = make_handbook(folder / "paper30", 30)
    pages = folder / "pages.json"
    script = [PYTHON, "-m", "tests.bench.single_print"]
    run([*script, "record", str(project), str(pages)], ROOT, ENV)
    ratios = []
    for _ in range(3):
        single = run([*script, "print", str(pages)], ROOT, ENV)
        fresh(project)
        papers = hocso(project, "build", *PRODUCTS)
        ratios.append((papers.seconds / single.seconds, papers.seconds, single.seconds))
    ratio, own, one = sorted(ratios)[1]
    return [Row(f"30 topics: leaflets, booklets, posters {own:.1f} s, one print {one:.1f} s",
                f"{ratio:.2f} ×", "≤ 3 ×", ratio <= 3)]


def fold_rows(folder: Path) -> list[Row]:
    printing, folding = print_and_fold(folder)
    ratio = folding / printing
    return [Row(f"400 pages printed {printing:.2f} s, laid on sheets to fold {folding:.2f} s", f"{ratio:.1%}",
                "≤ 10 %", ratio <= 0.1)]


def edit(project: Path, words: str) -> None:
    """One sentence more in one topic."""
    path = sorted((project / "content/topics").glob("*/index.md"))[0]
    text = path.read_text("utf-8")
    path.write_text(text.replace("\n## Thực hành\n", f"\n## Thực hành\n\n{words}\n", 1), "utf-8")


def edit_rows(folder: Path, size: int) -> list[Row]:
    project = make_handbook(folder / f"full{size}", size)
    full = hocso(project, "build", *HOUSE)
    same = hocso(project, "build", *HOUSE)
    edit(project, "Bác làm thử một lần nữa.")
    few = hocso(project, "build", "qr", "leaflet", "number", "site")
    edit(project, "Bác nhờ người bên cạnh xem giúp.")
    whole = hocso(project, "build", *HOUSE)

    def share(name: str, part: Run, bar: float) -> Row:
        ratio = part.seconds / full.seconds
        return Row(f"{size} topics, {name}: {part.seconds:.1f} s", f"{ratio:.1%} of full", f"≤ {bar:.0%}", ratio <= bar)

    return [
        Row(f"{size} topics, full build", f"{full.seconds:.1f} s"),
        Row(f"{size} topics, full build, peak memory of all processes", f"{full.peak_mb:.0f} MB", "≤ 2560",
            full.peak_mb <= 2560),
        share("no-change build", same, 0.05),
        share("one-topic edit: site, number page, leaflet", few, 0.15),
        share("one-topic edit with the booklet", whole, 0.40),
    ]


def film_rows(folder: Path) -> list[Row]:
    films = measure_films(folder, hocso, fresh)
    ratio = films.making / films.playing
    return [
        Row(f"all films made in {films.making:.0f} s, played in {films.playing:.0f} s", f"{ratio:.3f} ×", "≤ 0.1 ×",
            ratio <= 0.1),
        Row("seconds of a film", f"{films.shortest:.0f}–{films.longest:.0f}", "45–65",
            films.shortest >= 45 and films.longest <= 65),
        Row("heaviest film", f"{films.heaviest / 1000:.0f} KB", "≤ 1000", films.heaviest <= 1_000_000),
        Row("film of middle weight", f"{films.middle / 1000:.0f} KB", "≤ 600", films.middle <= 600_000),
        Row("first make of the shipped handbook", f"{films.whole_make:.0f} s", "≤ 360", films.whole_make <= 360),
    ]


def edition_rows(folder: Path, communes: tuple[int, int]) -> list[Row]:
    full, more = one_more(folder / "one-more", hocso)
    seconds, of_same, of_more = hashing(folder / "one-more", hocso, trusting)
    few, many = (province(folder, count, hocso) for count in communes)
    minutes, growth = many.run.seconds / 60, many.run.seconds / few.run.seconds
    whole, bar = communes[1] >= 99, 1.1 * many.editions / few.editions
    return [
        Row("one more edition of the shipped handbook: papers, site, numbers", f"{more.seconds:.1f} s", "≤ 4 s",
            more.seconds <= 4),
        Row(f"one more edition, of a full build ({full.seconds:.0f} s)", f"{more.seconds / full.seconds:.1%}", "≤ 5 %",
            more.seconds / full.seconds <= 0.05),
        Row(f"hashing all bytes: {seconds:.2f} s of the processor, {of_same:.0%} of a build that changes nothing",
            f"{seconds / full.processor:.1%} of full", "≤ 5 %", seconds / full.processor <= 0.05),
        Row("hashing all bytes, of one more edition", f"{of_more:+.1%}", "≤ 5 %", of_more <= 0.05),
        Row(f"{many.editions} editions of a province, from nothing", f"{minutes:.1f} min", "≤ 5 min" if whole else "",
            minutes <= 5 if whole else None),
        Row(f"{few.editions} → {many.editions} editions", f"{growth:.1f} ×", f"≤ {bar:.0f} ×", growth <= bar),
        Row(f"{many.editions} editions on the disk", f"{many.gigabytes:.2f} GB", "≤ 2.5 GB", many.gigabytes <= 2.5),
        Row(f"{many.editions} editions, peak memory of all processes", f"{many.run.peak_mb:.0f} MB", "≤ 2560",
            many.run.peak_mb <= 2560),
    ]


def code_rows(folder: Path) -> list[Row]:
    full, again = recode(folder, ENV)
    ratio = again.seconds / full.seconds
    return [Row(f"code-only change / full build of the shipped handbook ({full.seconds:.0f} s)", f"{ratio:.1%}",
                "≤ 25 %", ratio <= 0.25)]


def main() -> int:
    quick = os.environ.get("HOCSO_BENCH") == "quick"
    sizes = (30,) if quick else (30, 300, 1000)
    jobs: list[Callable[[Path], list[Row]]] = [
        lambda folder: site_rows(folder, sizes, 1 if quick else 3),
        paper_rows,
        fold_rows,
        film_rows,
        lambda folder: edit_rows(folder, 30 if quick else 300),
        code_rows,
        lambda folder: edition_rows(folder, (1, 3) if quick else (9, 99)),
    ]
    if os.environ.get("HOCSO_BENCH") == "huge":
        jobs.append(lambda folder: edit_rows(folder, 1000))
    rows: list[Row] = []
    print(f"| {'what':<66} | {'figure':>22} | {'bar':>8} |       |")
    print(f"|{'-' * 68}|{'-' * 24}|{'-' * 10}|{'-' * 7}|", flush=True)
    for job in jobs:
        with tempfile.TemporaryDirectory(prefix="hocso-bench-") as folder:
            for row in job(Path(folder)):
                rows.append(row)
                print(row, flush=True)
    return 1 if any(row.good is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
