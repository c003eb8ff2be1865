"""`hocso proof`: what builds note of their trees is handed to who reads what lies there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.checks.looking.matter import Matter
from generator.checks.records import approvals
from generator.engine.tree import MANIFEST, Tree, of_lessons, read_tree
from generator.ground.errors import ContentError
from generator.ground.files import Project
from generator.ground.findings import format_text
from generator.ground.said import said
from generator.handbook.model import APPROVALS
from generator.handbook.read import Reading, read_handbook
from generator.proof.run import prove_files
from generator.proof.strange import Built


def prove(project: Project, paths: Sequence[Path], hard: bool = False) -> tuple[str, int]:
    reading = read_handbook(project)
    _refuse_untold(project, reading)
    outs = dict.fromkeys([project.path("dist"), *_outs(project, paths)])
    trees = {out.absolute(): tree for out in outs if (tree := read_tree(out)).files}
    return prove_files(project, paths, hard, {out: _noted(tree) for out, tree in trees.items()}, reading)


def _refuse_untold(project: Project, reading: Reading) -> None:
    """By a book of approvals that a check finds wrong nothing can be judged: git may hold the withdrawal that somebody
    deleted, or a slip of the pen hides whose it is."""
    wrong = (one for one in approvals.check(Matter(project, reading))
             if one.severity == "error" and one.place.file == APPROVALS)
    if first := next(wrong, None):
        raise ContentError(*said("proof/book-wrong", findings=format_text([first])))


def _outs(project: Project, paths: Sequence[Path]) -> Iterator[Path]:
    """The outermost built folders around what was named: that of an edition has a list, and no note, of its own."""
    for path in paths:
        there = path if path.exists() else project.path(str(path))
        around = [folder for folder in (there.absolute(), *there.absolute().parents) if (folder / MANIFEST).is_file()]
        yield from around[-1:]


def _noted(tree: Tree) -> Built:
    lessons: dict[str, frozenset[str]] = {}
    for file in tree.files.values():
        named = frozenset(source.split("/")[2] for source in of_lessons(file.sources))
        lessons[file.sha] = lessons.get(file.sha, frozenset()) | named
    return Built(frozenset([MANIFEST, *tree.files]), lessons, tree.signed, tree.shas)
