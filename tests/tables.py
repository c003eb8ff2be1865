"""The tables of both READMEs that our own data decides: `python -m tests.tables` writes them anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from generator.handbook import keys
from generator.handbook.keys import Key
from generator.handbook.lesson.acts import ACTS
from generator.products import products
from generator.products.product import Product

ROOT = Path(__file__).resolve().parent.parent
KEYS: tuple[tuple[str, tuple[Key, ...]], ...] = (
    ("phần đầu của bài, thẻ", keys.LESSON_KEYS), ("phần đầu của cảnh báo", keys.ALERT_KEYS),
    ("`editions/*.yml`", keys.EDITION_KEYS), ("kênh của bản", keys.CHANNEL_KEYS), ("`giúp đỡ` của bản", keys.HELP_KEYS),
    ("`handbook.yml`", keys.HANDBOOK_KEYS), ("phần", keys.PART_KEYS), ("lộ trình", keys.PATH_KEYS),
    ("phiếu chọn bài", keys.SIGNPOST_KEYS), ("mong muốn", keys.WISH_KEYS), ("`demands.yml`", keys.DEMAND_KEYS),
    ("`glossary.yml`", keys.TERM_KEYS), ("`platforms.yml`", keys.PLATFORM_KEYS), ("`links.yml`", keys.VISIT_KEYS),
    ("duyệt", keys.APPROVAL_KEYS),
)
"""Where each table of keys holds."""


def product_rows(*, vietnamese: bool) -> Iterator[str]:
    for product in products().values():
        label = product.label.vi if vietnamese else product.label.en
        yield f"| `{product.name}` | {label} | {_asked(product, vietnamese)} | {_papers(product)} |"


def _asked(product: Product, vietnamese: bool) -> str:
    return "" if product.standard else "gõ tên mới làm" if vietnamese else "by name"


def _papers(product: Product) -> str:
    return " ".join(f"`{kind.file}`" for kind in product.papers)


def key_rows() -> Iterator[str]:
    for place, table in KEYS:
        for key in table:
            yield f"| {place} | `{key.vi}`{' *' if key.required else ''} | {key.doc} |"


def act_rows() -> Iterator[str]:
    """People and things of films, those who do the same in one row."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for who, verbs in ACTS.items():
        alike.setdefault(tuple(verbs), []).append(who)
    for told, whos in alike.items():
        yield f"| {', '.join(f'`{who}`' for who in whos)} | {', '.join(f'`{verb}`' for verb in told)} |"


def tables() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """File, the first line of the table, its rows."""
    return (
        ("README.md", "| product | makes | asked for | papers |", tuple(product_rows(vietnamese=False))),
        ("README.vi.md", "| sản phẩm | là gì | khi nào | giấy |", tuple(product_rows(vietnamese=True))),
        ("README.vi.md", "| ở đâu | khóa | nghĩa |", tuple(key_rows())),
        ("README.vi.md", "| ai, cái gì | làm gì |", tuple(act_rows())),
    )


def told_rows(text: str, head: str) -> tuple[str, ...]:
    """The rows below a table's head and its line of dashes."""
    found = re.search(rf"^{re.escape(head)}\n\|[-|]+\|\n((?:\|.*\n)*)", text, re.MULTILINE)
    assert found, f"no table {head}"
    return tuple(found[1].splitlines())


def write_tables() -> None:
    for file, head, rows in tables():
        text = (ROOT / file).read_text("utf-8")
        old = "".join(f"{row}\n" for row in told_rows(text, head))
        above = f"{head}\n|{'---|' * (head.count('|') - 1)}\n"
        (ROOT / file).write_text(text.replace(above + old, above + "".join(f"{row}\n" for row in rows)), "utf-8")


if __name__ == "__main__":
    write_tables()
