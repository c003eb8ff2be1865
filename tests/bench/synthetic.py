"""Handbooks of any size that carry screens, quiz and clip as real ones do: the shipped topics, many times."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from generator.ground.files import find_project
from generator.handbook.ledger import COLUMNS, next_number
from generator.handbook.read import read_handbook

ROOT = Path(__file__).resolve().parents[2]


def shipped_topics() -> dict[str, str]:
    """Slug → text, in the book's order, so that what must be learnt first comes first."""
    topics = read_handbook(find_project(ROOT)).handbook.topics
    return {topic.slug: (ROOT / topic.place.file).read_text("utf-8") for topic in topics}


def make_handbook(target: Path, count: int) -> Path:
    """A project of `count` topics in `target`; prerequisites and links lead to topics of the same round."""
    topics = shipped_topics()
    names = list(topics)
    slugs = [f"{names[i % len(names)]}-{i // len(names)}" for i in range(count)]
    left_out = shutil.ignore_patterns("topics", "cards", "alerts", "demands.yml")
    shutil.copytree(ROOT / "content", target / "content", ignore=left_out)
    for index, slug in enumerate(slugs):
        text = _renamed(topics[names[index % len(names)]], names, index, count)
        path = target / "content/topics" / slug / "index.md"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    for edition in (target / "content/editions").glob("*.yml"):
        edition.write_text(re.sub(r"(?m)^bài thêm:.*(\n  - .*)*$", "bài thêm: []", edition.read_text("utf-8")), "utf-8")
    ids = _write_outline(target, slugs)
    _write_ledger(target, [*slugs, *ids])
    shutil.copy(ROOT / "mkdocs.yml", target / "mkdocs.yml")
    (target / "theme").symlink_to(ROOT / "theme", target_is_directory=True)
    return target


def _renamed(text: str, names: list[str], index: int, count: int) -> str:
    """The topic under its new name; links past the last topic come back to the first round, or in a small book to the
    first topics."""
    round_ = index // len(names)
    for position, name in enumerate(names):
        other = round_ if round_ * len(names) + position < count else 0
        new = f"{names[position % count]}-{other}"
        text = text.replace(f"../{name}/index.md", f"../{new}/index.md")
        text = re.sub(rf"(?m)^(cần học trước: .*?)\b{name}\b(?!-\d)", rf"\g<1>{new}", text)
        text = re.sub(rf"(?m)^(  - ){name}$", rf"\g<1>{new}", text)
    text = re.sub(r"\.\./cards/[a-z-]+/index\.md|\.\./\.\./cards/[a-z-]+/index\.md", "../../index.md", text)
    return re.sub(r"(?m)^# (.*)$", rf"# \1 ({index})", text, count=1)


def _write_outline(target: Path, slugs: list[str]) -> list[str]:
    head = (ROOT / "content/handbook.yml").read_text("utf-8")
    audiences = re.search(r"(?ms)^đối tượng:\n.*?(?=^\S|\Z)", head)
    assert audiences is not None
    parts = 7
    rows = ["tên: Học số cơ bản cho mọi người", "phần:"]
    for part in range(parts):
        own = slugs[part::parts]
        rows += [f"  - mã: phan-{part + 1}", f"    tên: Phần thử {part + 1}", f"    bài: [{', '.join(own)}]"]
    rows += ["lộ trình:", "  - mã: moi-nguoi", "    tên: Bài cho mọi người", "    cho: mọi người",
             f"    bài: [{', '.join(slugs[:8])}]", audiences.group().rstrip(), ""]
    (target / "content/handbook.yml").write_text("\n".join(rows), "utf-8")
    return [*(f"part:phan-{part + 1}" for part in range(parts)), "path:moi-nguoi"]


def _write_ledger(target: Path, targets: list[str]) -> None:
    taken: set[str] = set()
    rows = [",".join(COLUMNS)]
    for name in targets:
        number = next_number(taken)
        taken.add(number)
        rows.append(f"{number},{name},2026-11-20,,,")
    (target / "qr").mkdir()
    (target / "qr/ledger.csv").write_text("\n".join(rows) + "\n", "utf-8")
