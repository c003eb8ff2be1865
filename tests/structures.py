"""Changes that know what stands in a file: keys, sections, blocks, tables, screens, rows. What comes of them is nearly
right, so it gets further than random damage before anybody notices."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

Blocks = list[str]
Change = Callable[[Blocks, random.Random], Blocks]

VALUES = ["", "null", "true", "12", "1e9", "-1", "0x1F", "2026-13-45", "01/02/03", "[]", "{}", "[a, [b, {c: d}]]",
          "{a: }", "'", '"', "*a", "&a b", "!!set {a}", "|\n  a\n  b", ">-\n\n  a", "- a", "? a", "a: b: c", "%", "@x",
          "`x`", "~", ".nan", "1_000", "0o17", "12:30:45", "yes", "<<: x", "\\", "\t", "a #b", "#b", "{{ x }}",
          "'{{ điện thoại thủ tục }}'"]
HEADS = ["Chuẩn bị", "Các bước", "Thực hành", "Lỗi hay gặp", "An toàn", "Nhớ 3 điều", "Tự kiểm tra", "Bài tiếp", "Phim",
         "Dành cho người hướng dẫn", "Cần mang", "Nộp ở đâu", "Theo dõi", "Đọc thêm", ""]
INLINE = ["**", "*", "`", "[", "](", ")", "![", "<b>", "</b>", "<kbd>", "<br>", "{{", "}}", "\\", "&lt;", "<https://a.vn>",
          "[a](../x/index.md)", "![](a.png)", "[a][b]", "[^1]", "~~", "==", "$x$", ":::", "{.a}"]
STARTS = ["> ", "- ", "1. ", "99999999999. ", "   ", "    ", "# ", "## ", "###### ", "- [ ] ", "- [x] ", "| ", "```\n",
          "```man-hinh\n", "--- ", "=== ", "!!! ", "+ ", "* ", ">> ", "10) "]


def drop(blocks: Blocks, chance: random.Random) -> Blocks:
    del blocks[chance.randrange(len(blocks))]
    return blocks


def double(blocks: Blocks, chance: random.Random) -> Blocks:
    at = chance.randrange(len(blocks))
    return [*blocks[:at], *[blocks[at]] * chance.choice([2, 2, 3, 60]), *blocks[at + 1 :]]


def swap(blocks: Blocks, chance: random.Random) -> Blocks:
    one, two = chance.randrange(len(blocks)), chance.randrange(len(blocks))
    blocks[one], blocks[two] = blocks[two], blocks[one]
    return blocks


def move(blocks: Blocks, chance: random.Random) -> Blocks:
    blocks.insert(chance.randrange(len(blocks)), blocks.pop(chance.randrange(len(blocks))))
    return blocks


def merge(blocks: Blocks, chance: random.Random) -> Blocks:
    """Two that stood apart run into each other."""
    at = chance.randrange(len(blocks))
    return [*blocks[:at], "".join(blocks[at : at + 2]).replace("\n\n", "\n"), *blocks[at + 2 :]]


def split(blocks: Blocks, chance: random.Random) -> Blocks:
    at = chance.randrange(len(blocks))
    cut = chance.randint(0, len(blocks[at]))
    return [*blocks[:at], blocks[at][:cut], "\n\n", blocks[at][cut:], *blocks[at + 1 :]]


def dress(blocks: Blocks, chance: random.Random) -> Blocks:
    """As a list, a quotation, a heading, a screen …"""
    at, start = chance.randrange(len(blocks)), chance.choice(STARTS)
    blocks[at] = "".join(start + line for line in blocks[at].splitlines(keepends=True))
    return blocks


def mark(blocks: Blocks, chance: random.Random) -> Blocks:
    """A sign or two between its words."""
    at = chance.randrange(len(blocks))
    words = re.split(r"(\s+)", blocks[at])
    for _ in range(chance.randint(1, 3)):
        words.insert(chance.randrange(len(words) + 1), chance.choice(INLINE))
    blocks[at] = "".join(words)
    return blocks


def retitle(blocks: Blocks, chance: random.Random) -> Blocks:
    heads = [at for at, block in enumerate(blocks) if block.startswith("#")]
    for at in chance.sample(heads, min(len(heads), chance.randint(1, 3))):
        blocks[at] = re.sub(r"^(#+) .*", rf"\1 {chance.choice(HEADS)}", blocks[at])
    return blocks


def cell(blocks: Blocks, chance: random.Random) -> Blocks:
    """A cell more or fewer, or another's, in a row of a table or of the ledger."""
    sign = "|" if any(block.startswith("|") for block in blocks) else ","
    rows = [at for at, block in enumerate(blocks) if sign in block]
    if rows:
        at = chance.choice(rows)
        cells, others = blocks[at].split(sign), blocks[chance.choice(rows)].split(sign)
        place = chance.randrange(len(cells))
        new = chance.choice([[], [""], [chance.choice(others)], ['"'], ["-1"]])
        cells[place : place + chance.choice([0, 1, 1])] = new
        blocks[at] = sign.join(cells)
    return blocks


def value(blocks: Blocks, chance: random.Random) -> Blocks:
    """Of another kind than was asked for, or another key's."""
    keyed = [at for at, block in enumerate(blocks) if re.match(r"[ -]*[^\s:#]+[^:\n]*:", block)]
    if keyed:
        at, other = chance.choice(keyed), chance.choice(keyed)
        key, _, _ = blocks[at].partition(":")
        blocks[at] = f"{key}: {chance.choice([chance.choice(VALUES), blocks[other].partition(':')[2].strip()])}\n"
    return blocks


def rename(blocks: Blocks, chance: random.Random) -> Blocks:
    keyed = [at for at, block in enumerate(blocks) if ":" in block]
    if keyed:
        at, other = chance.choice(keyed), chance.choice(keyed)
        key, _, rest = blocks[at].partition(":")
        name = chance.choice([blocks[other].partition(":")[0], key[:-1], key.upper(), f"{key} {key}", f"? {key}", ""])
        blocks[at] = f"{name}:{rest}"
    return blocks


def nest(blocks: Blocks, chance: random.Random) -> Blocks:
    at = chance.randrange(len(blocks))
    blocks[at] = re.sub("^", chance.choice(["  ", "- ", "    ", "a:\n  "]), blocks[at], flags=re.MULTILINE)
    return blocks


ANY: tuple[Change, ...] = (drop, double, swap, move, merge, split)
PROSE: tuple[Change, ...] = (*ANY, dress, mark, mark, retitle, cell)
DATA: tuple[Change, ...] = (*ANY, value, value, rename, nest, cell)


def blocks_of(text: str, chance: random.Random) -> Blocks:
    """Sections, or what stands between blank lines, or keys with what belongs to them, or lines."""
    pattern = chance.choice([r"(?m)^(?=## )", r"(?<=\n\n)", r"(?m)^(?=\S)", r"(?m)^"])
    return [block for block in re.split(pattern, text) if block] or [text]


def change_one(root: Path, chance: random.Random) -> None:
    """In a file: its front matter or its words."""
    path = chance.choice(texts_below(root))
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    head, body = "", text
    if path.suffix == ".md" and text.count("---\n") >= 2:
        _, matter, body = text.split("---\n", 2)
        head = f"---\n{matter}---\n"
        if chance.random() < 0.4:
            changed = "".join(chance.choice(DATA)(blocks_of(matter, chance), chance))
            path.write_bytes(f"---\n{changed}---\n{body}".encode("utf-8", "surrogateescape"))
            return
    changes = PROSE if path.suffix == ".md" else DATA
    changed = "".join(chance.choice(changes)(blocks_of(body, chance), chance))
    path.write_bytes((head + changed).encode("utf-8", "surrogateescape"))


def exchange(root: Path, chance: random.Random) -> None:
    """A block of one file in the place of one of another."""
    one, two = chance.choice(texts_below(root)), chance.choice(texts_below(root))
    pattern = chance.choice([r"(?m)^(?=## )", r"(?<=\n\n)", r"(?m)^(?=\S)"])
    mine, others = (re.split(pattern, path.read_bytes().decode("utf-8", "replace")) for path in (one, two))
    mine[chance.randrange(len(mine))] = chance.choice(others)
    one.write_bytes("".join(mine).encode())


def twin(root: Path, chance: random.Random) -> None:
    """A lesson, an alert or an edition again, under another's name or a new one."""
    path = chance.choice(texts_below(root))
    if path.name == "index.md" and path.parent.name != "content":
        own = path.parent.name
        target = path.parent.with_name(chance.choice(["bai-moi", own.upper(), f"{own}-2", "a.b"]))
        if not target.exists():
            shutil.copytree(path.parent, target)
    else:
        name = chance.choice([f"x-{path.name}", f"X{path.name}", f"{path.stem}{path.name}"])
        shutil.copyfile(path, path.with_name(name))


def change_role(root: Path, chance: random.Random) -> None:
    """A card among the topics, a topic among the cards."""
    lessons = sorted(root.glob("content/topics/*")) + sorted(root.glob("content/cards/*"))
    if lessons:
        path = chance.choice(lessons)
        target = root / "content" / chance.choice(["topics", "cards", "alerts", "editions"]) / path.name
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            path.rename(target)


def texts_below(root: Path) -> list[Path]:
    endings = (".md", ".yml", ".yaml", ".csv")
    return sorted(path for path in root.rglob("*") if path.is_file() and path.suffix in endings)


CHANGES = (change_one,) * 12 + (exchange, exchange, twin, change_role)


def restructure(root: Path, seed: int) -> None:
    chance = random.Random(f"structure {seed}")
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        chance.choice(CHANGES)(root, chance)
