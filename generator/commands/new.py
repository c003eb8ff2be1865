"""`hocso new`: a topic's folder, its line in handbook.yml and its number, all three or none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.checks.looking.matter import Matter
from generator.checks.structure.unwritten import MARK
from generator.commands.importing.lesson import Imported, import_word
from generator.commands.numbers import former_numbers, in_turn, open_book, with_row
from generator.ground import history
from generator.ground.errors import ContentError, UsageError
from generator.ground.files import Project, Source, decode_source, fold
from generator.ground.findings import Finding, Text
from generator.ground.said import said
from generator.ground.whole import write_all
from generator.handbook.addressed import LEARNERS
from generator.handbook.ledger import FILE as LEDGER
from generator.handbook.lesson.lessons import read_topic
from generator.handbook.mistakes import nearest
from generator.handbook.model import OUTLINE, Audience, Part, Phrase
from generator.handbook.read import read_handbook
from generator.handbook.registries import SLUG, read_outline
from generator.handbook.yaml_tree import Items, Leaf, Node, Pairs, read_yaml

SKELETON = Path(__file__).with_name("skeleton.md")
LONGEST = 60
_NO_FOLDER = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")
"""Names Windows keeps for itself."""


def new_topic(project: Project, slug: str, part: str, source: Path | None = None) -> Text:
    """Everything is found out first; only then the files change. `source`: a Word file to begin with."""
    with in_turn(project):
        lines = _begin(project, slug, part, source)
    return Text("\n".join(line.vi for line in lines), "\n".join(line.en for line in lines))


def _begin(project: Project, slug: str, part: str, source: Path | None) -> list[Text]:
    matter = Matter(project, read_handbook(project))
    _check_slug(matter, slug)
    home = _find_part(matter, part)
    audience = _first_audience(matter)
    book = open_book(project)
    rows = book.alive(slug)
    today = history.today(project.root)
    if rows:
        number, ledger = rows[0].number, book.data
    else:
        number, ledger = with_row(book, slug, today, former_numbers(project))
    topic = f"content/topics/{slug}/index.md"
    begun = Imported(skeleton(slug, audience, today), {}, ())
    _check_skeleton(slug, Source(topic, begun.text))
    if source is not None:
        begun = import_word(source, slug, begun.text)
    outline = _with_topic(project.path(OUTLINE).read_bytes(), home, slug)
    pictures = {f"content/topics/{slug}/{name}": data for name, data in begun.pictures.items()}
    write_all(project, {OUTLINE: outline, LEDGER: ledger, topic: begun.text.encode(), **pictures})
    return [said("new/made", topic=topic, number=number, part=home.title, mark=MARK), *begun.told]


def refuse_odd(slug: str) -> None:
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST or _NO_FOLDER.fullmatch(slug):
        plain = "-".join(re.findall(r"[a-z0-9]+", fold(slug)))[:LONGEST].rstrip("-")
        hint = said("hint/mean", likely=plain) if plain and plain != slug else ""
        raise UsageError(*said("new/bad-slug", slug=slug, hint=hint))


def _check_slug(matter: Matter, slug: str) -> None:
    refuse_odd(slug)
    folders = ("content/topics/", "content/cards/")
    taken = {file.split("/")[2]: file for file in matter.files if file.startswith(folders)}
    taken |= {path.id: OUTLINE for path in matter.handbook.paths}
    taken |= {Path(file).stem: file for file in matter.files if file.startswith("content/sessions/")}
    if slug in taken or (matter.project.root / "content/topics" / slug).exists():
        raise UsageError(*said("new/used-slug", slug=slug, file=taken.get(slug, "content/topics")))


def _find_part(matter: Matter, part_id: str) -> Part:
    parts = {part.id: part for part in matter.handbook.parts}
    if part_id in parts:
        return parts[part_id]
    likely = nearest(part_id, parts)
    hint = said("hint/mean", likely=likely) if likely else said("hint/there-are", names=", ".join(parts))
    raise UsageError(*said("new/no-part", part=part_id, hint=hint))


def _first_audience(matter: Matter) -> Audience:
    audiences = matter.handbook.audiences
    if not audiences:
        raise ContentError(*said("new/no-audience", file=OUTLINE))
    return audiences[0]


def skeleton(slug: str, audience: Audience, day: date) -> str:
    """A whole topic that passes the check, every sentence of it still to write."""
    who = f", {LEARNERS}**" if audience.address == LEARNERS else ",**"
    return SKELETON.read_text("utf-8").format(
        mark=MARK, slug=slug, audience=audience.name, who=who, day=f"{day:%d/%m/%Y}")


def _check_skeleton(slug: str, source: Source) -> None:
    """An audience's odd name is the one thing that could spoil it."""
    topic, findings = read_topic(slug, source)
    if topic is None or findings:
        reason = findings[0].message if findings else Text("", "")
        raise ContentError(*said("new/refused", reason=reason))


# The line in handbook.yml.


def _with_topic(data: bytes, part: Part, slug: str) -> bytes:
    """handbook.yml with the slug in its part; comments and layout stay, and the result is read again."""
    source = decode_source(OUTLINE, data)
    outline = None if isinstance(source, Finding) else read_outline(source)
    if isinstance(source, Finding) or outline is None or outline.findings:
        raise ContentError(*said("new/broken-outline", file=OUTLINE))
    placed = next((other for other in outline.parts if any(p.text == slug for p in other.topics)), None)
    if placed is not None and placed.id == part.id:
        return data
    if placed is not None:
        raise UsageError(*said("new/other-part", file=OUTLINE, slug=slug, part=placed.id))
    text = _inserted(source, part.id, slug)
    expected = [replace(p, topics=(*p.topics, Phrase(slug))) if p.id == part.id else p for p in outline.parts]
    again = read_outline(Source(OUTLINE, text))
    if again.findings or list(again.parts) != expected or (again.audiences, again.paths) != (
        outline.audiences, outline.paths
    ):
        raise ContentError(*said("new/odd-outline", file=OUTLINE, slug=slug, part=part.id))
    if data.count(b"\r\n") * 2 > data.count(b"\n"):
        text = text.replace("\n", "\r\n")
    return (b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b"") + text.encode()


def _inserted(source: Source, part_id: str, slug: str) -> str:
    """The text with the slug put where the part's list ends; unchanged when no such list is found."""
    node = _topic_list(read_yaml(source)[0], part_id)
    lines = source.lines
    if isinstance(node, Items) and not lines[node.place.line - 1][node.place.column - 1 :].startswith("["):
        last = node.items[-1].place
        head = lines[last.line - 1][: last.column - 1]
        lines.insert(last.line, f"{head}{slug}")
    elif isinstance(node, Items):
        at = node.items[-1].place if node.items else node.place
        line = lines[at.line - 1]
        end = _end_of_word(line, at.column - 1) if node.items else at.column
        lines[at.line - 1] = line[:end] + (f", {slug}" if node.items else slug) + line[end:]
    elif isinstance(node, Leaf):
        line, index = lines[node.place.line - 1], node.place.column - 1
        end = _end_of_word(line, index) if node.text else index
        wanted = f"[{line[index:end]}, {slug}]" if line[index:end] else f" [{slug}]"
        lines[node.place.line - 1] = line[:index] + wanted + line[end:]
    return "\n".join(lines)


def _topic_list(root: Node | None, part_id: str) -> Node | None:
    parts = root.get("phần") if isinstance(root, Pairs) else None
    for part in parts.items if isinstance(parts, Items) else ():
        name = part.get("mã") if isinstance(part, Pairs) else None
        if isinstance(part, Pairs) and isinstance(name, Leaf) and name.text.strip() == part_id:
            return part.get("bài")
    return None


def _end_of_word(line: str, start: int) -> int:
    match = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s,\]}#]+").match(line, start)
    return match.end() if match else start


# Writing.
