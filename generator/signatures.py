"""Who stands for what a release shows, as its sheet tells it: who signed each text, and on whose behalf; whose alerts
these are, which nobody signs; whose host opens the codes of films."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from generator.handbook.approvals import signer, stands_by
from generator.handbook.editions import ROOT
from generator.handbook.lesson.texts import SHAPE
from generator.handbook.model import Alert, Approval, Handbook
from generator.handbook.withdrawals import paper_above
from generator.handbook.words import WORDS
from generator.press.pages import plain

Row = dict[str, Any]
Signatures = Sequence[Approval | None]
"""Of whom to ask, numbers and hours; of the meanings of hard words; of the country's words around lessons. None where
there are none."""
JSON, TEXT = "phat-hanh.json", "phat-hanh.txt"
"""The sheet of a release, for programs and for people."""
BEGINS = "PHÁT HÀNH: "
"""So the second does, by whatever name it goes on."""
SIGNED_BY = re.compile(rf": (.+), bản ({SHAPE.pattern}), ngày (\d\d/\d\d/\d{{4}})$", re.MULTILINE)
"""As `signed_lines` end."""
BESIDE = ("local", "words", "around")


def signed_facts(row: Approval) -> Row:
    paper = paper_above(row.note)
    return {"text": row.text, "unit": row.unit, "day": _iso(row.day), **({"instead_by": paper} if paper else {})}


def beside_facts(signed: Signatures) -> Row:
    return {name: signed_facts(row) if row else {} for name, row in zip(BESIDE, signed, strict=True)}


def lesson_facts(book: Handbook, slug: str) -> Row:
    lesson = book.by_slug[slug]
    row = lesson.office.approval
    return {"number": book.number_of(slug), "slug": slug, "title": plain(lesson.title),
            **(signed_facts(row) if row else {})}


def alert_facts(alert: Alert) -> Row:
    return {"title": plain(alert.title), "unit": alert.unit, "since": _iso(alert.first_day),
            "until": _iso(alert.last_day), "file": alert.place.file}


def named_in(facts: Row) -> Iterator[tuple[str, Row]]:
    """The signed texts that a sheet says were released: of what, their names, and who signed them, when."""
    rows = [(row["slug"], row) for row in facts["lessons"]]
    rows += [(facts["edition"], facts["local"]), (WORDS, facts["words"]), (ROOT, facts.get("around", {}))]
    yield from ((name, row) for name, row in rows if "text" in row)


def stands(approvals: Sequence[Approval], name: str, row: Mapping[str, str]) -> bool:
    """Whether it was signed so, and nobody took it back."""
    return stands_by(approvals, name, _signer_of(name, row))


def _signer_of(name: str, row: Mapping[str, str]) -> str:
    return signer(Approval(name, row["text"], row["unit"], date.fromisoformat(row["day"])))


def rows_gone(approvals: Sequence[Approval], sheet: str) -> Iterator[tuple[str, str]]:
    """Who is said to have signed what, and does not stand by it, and the name of that signature; of what is no sheet
    nothing is known."""
    with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
        yield from ((_by(row), f"{name} {_signer_of(name, row)}") for name, row in named_in(json.loads(sheet))
                    if not stands(approvals, name, row))


def lines_gone(approvals: Sequence[Approval], sheet: str) -> Iterator[tuple[str, str]]:
    """The same of the sheet that people read."""
    for who, text, day in SIGNED_BY.findall(sheet):
        rows = [row for row in approvals if row.text == text and written_day(_iso(row.day)) == day
                and who.startswith(row.unit)]
        if not any(stands_by(approvals, row.slug, signer(row)) for row in rows):
            yield f"{who}, bản {text}, ngày {day}", f"{rows[0].slug} {signer(rows[0])}" if rows else ""


# As an officer reads them, a line a thing.


def signed_lines(facts: Row) -> Iterator[str]:
    """Of the country one row says both: its own lines are those around lessons."""
    for row in facts["lessons"]:
        yield f"{row['number']} {row['title']}{': ' + _by(row) if 'unit' in row else ''}"
    whole = facts["edition"] == ROOT
    beside = {"local": "Nơi giúp, số máy, giờ, chữ chung của cả sách" if whole else "Nơi giúp, số máy, giờ",
              "around": "" if whole else "Chữ chung của cả sách", "words": "Nghĩa các từ khó"}
    names = {"local": facts["edition"], "around": ROOT, "words": WORDS}
    yield from (f"{told} ({names[name]}): {_by(facts[name])}" for name, told in beside.items() if told and facts[name])


def alert_lines(facts: Row) -> Iterator[str]:
    yield from (f"{row['title']}: theo {row['unit']}, từ ngày {written_day(row['since'])} đến hết ngày "
                f"{written_day(row['until'])}, tệp {row['file']}" for row in facts["alerts"])


def _by(row: Row) -> str:
    paper = f" ký thay cấp trên theo {row['instead_by']}" if "instead_by" in row else ""
    return f"{row['unit']}{paper}, bản {row['text']}, ngày {written_day(row['day'])}"


def written_day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"


def _iso(day: date) -> str:
    return f"{day:%Y-%m-%d}"


# Of films.


def film_lines(codes: Row) -> Iterator[str]:
    """Films are passed on beyond the place: their codes open pages of the country, which another office uploads."""
    if codes["unasked"]:
        yield (f"CHƯA HỎI MÁY CHỦ THẬT {len(codes['unasked'])} số ở cuối phim: {', '.join(codes['unasked'])}. Mã trong "
               f"phim mở trang của cả nước. Gõ: hocso links --edition {codes['open']}; chưa hỏi thì quét thử rồi hãy "
               "gửi phim.")
