"""A small project to try things in: four topics that stay as they are while the book grows, and our mkdocs.yml."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from generator.ground.files import Project
from generator.handbook.approvals import added
from generator.handbook.lesson.texts import text_name
from generator.handbook.model import APPROVALS, Approval
from generator.handbook.read import read_handbook
from generator.handbook.values import parse_date
from generator.handbook.words import WORDS

ROOT = Path(__file__).resolve().parent.parent
FOUR = ROOT / "tests/cases/four"
EPOCH = 1_795_000_000
"""18 November 2026: what the clock of a commit made here says unless told otherwise."""

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082")
"""The smallest picture that is one."""


def make_project(
    folder: Path,
    *,
    files: Mapping[str, str | bytes | None] | None = None,
    commit: bool = False,
    site_url: str = "",
    theme: bool = False,
) -> Path:
    """Copies the project into `folder/sach` and gives its root.

    `files` writes over what was copied (path from the root → text or bytes; None takes a file or folder
    away), `commit` makes it a git repository with one commit, `site_url` replaces the placeholder,
    `theme` copies the theme too (without it the generator's own is used).
    """
    root = folder / "sach"
    for name in ("content", "qr", *(("theme",) if theme else ())):
        shutil.copytree((ROOT if name == "theme" else FOUR) / name, root / name)
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    (root / ".gitignore").write_text("/.hocso\n/dist\n", "utf-8")
    if site_url:
        edit(root, "mkdocs.yml", "https://hocso.example/", site_url)
    for name, data in (files or {}).items():
        put(root, name, data)
    if commit:
        git(root, "init", "--quiet", "--initial-branch=main")
        commit_all(root, "first")
    return root


def put(root: Path, name: str, data: str | bytes | None) -> Path:
    path = root / name
    if data is None:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def edit(root: Path, name: str, old: str, new: str) -> Path:
    """Replaces one text that must stand in the file, so that a test never edits nothing."""
    text = (root / name).read_text("utf-8")
    assert old in text, f"{name} does not hold {old!r}"
    return put(root, name, text.replace(old, new, 1))


def git(root: Path, *words: str, moment: int = EPOCH) -> str:
    """One git command with a fixed clock and author, untouched by the settings of the machine."""
    environment = {
        **os.environ,
        **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in
           (("NAME", "Thử"), ("EMAIL", "thu@hocso.example"), ("DATE", f"{moment} +0000"))},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }
    done = subprocess.run(["git", *words], cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"git {' '.join(words)}: {done.stderr}"
    return done.stdout


def commit_all(root: Path, message: str, moment: int = EPOCH) -> str:
    """Commits everything; gives the id."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "-m", message, moment=moment)
    return git(root, "rev-parse", "HEAD").strip()


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file but git's and our private ones, to see that nothing was touched."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not {".git", ".hocso", ".dist.trees"} & set(path.relative_to(root).parts)
    }


def approve(root: Path, day: str, *slugs: str) -> None:
    """As if an office had seen every screen and approved every lesson, or these, on that day (20/11/2026)."""
    for path in sorted((root / "content").glob("*/*/index.md")):
        if slugs and path.parent.name not in slugs:
            continue
        text = path.read_text("utf-8")
        text = re.sub(r"(?m)^trạng thái:.*$", "trạng thái: đã rà soát", text, count=1)
        text = re.sub(r"(?m)^rà soát:.*$", f"rà soát: {day}", text, count=1)
        text = re.sub(r"(?m)^cần xác nhận:.*\n(?:[ ]+- .*\n)*", "", text, count=1)
        seen = rf"\g<1>đã xem: {day}, máy thử, Android\n```"
        text = re.sub(r"(?ms)^(```man-hinh\n(?:(?!đã xem)[^`])*?)^```$", seen, text)
        path.write_text(text, "utf-8")
    sign(root, day, *slugs)


def sign(root: Path, day: str, *slugs: str) -> Path:
    """Rows of the book of approvals for the texts, the places' own words and the glossary, as they stand now."""
    handbook, signed = read_handbook(Project(root)).handbook, parse_date(day)
    assert signed
    rows = [Approval(lesson.slug, text_name(lesson, lambda file: (root / file).read_bytes()), "Sở Y tế", signed)
            for lesson in handbook.lessons if not slugs or lesson.slug in slugs]
    rows += [Approval(edition.id, edition.unsigned,
                      "Ủy ban nhân dân xã" if len(edition.layers) > 2 else "Ủy ban nhân dân tỉnh", signed)
             for edition in handbook.editions if edition.unsigned]
    rows += [Approval(WORDS, handbook.unsigned_words, "Sở Y tế", signed)] if handbook.unsigned_words else []
    book = root / APPROVALS
    return put(root, APPROVALS, added(book.read_text("utf-8") if book.is_file() else "", rows))
