"""A paper of a text that is no more: of a lesson, or of what its place says. Beside the one of today it looks right."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

from generator.ground.files import Project
from generator.ground.findings import Text
from generator.ground.said import said
from generator.handbook.approvals import signer, taken_back
from generator.handbook.lesson.texts import SHAPE, text_name
from generator.handbook.model import Approval, Handbook
from generator.handbook.printed import ADDRESS, PAGE, SIGNED, place_of, printed_today, read_printed
from generator.handbook.withdrawals import WITHDRAWN, withdraws
from generator.handbook.words import WORDS
from generator.press import proof
from generator.press.binder import facts
from generator.press.captioned import captions, tells
from generator.press.orders import APPROVED, DRAFT, PARTLY, TRIAL, UNSIGNED
from generator.proof.faults import Fault

NAMED = re.compile(rf"[a-z0-9-]+ {SHAPE.pattern}")
"""A lesson or place and the name of its text."""
SIGNED_BY = re.compile(rf"([a-z0-9-]+) ({SHAPE.pattern}) (@[0-9a-f]+)")
"""The row that a paper prints: `quet-ma-qr ACDEFHKL @0123456789ab`."""
_COATS = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}


def written(data: bytes) -> str:
    """A text however programs keep it: two bytes a letter, marks apart from letters, other line ends."""
    code = next((code for mark, code in _COATS.items() if data.startswith(mark)), "utf-8")
    return normalize("NFC", data.decode(code, "replace")).replace("\r\n", "\n")


MEANINGS = Text("nghĩa các từ khó (tu-kho)", "the meanings of hard words (tu-kho)")


@dataclass(frozen=True)
class Witness:
    """What the books say today; files were made before."""

    approved: frozenset[str] = frozenset()
    """What stands in the book of approvals and nobody took back: lesson and text, lesson and who signed it."""
    taken: Mapping[str, Approval] = field(default_factory=dict)
    """Of the same words, for what was taken back: by which row."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Names of the texts that lessons and places have now."""
    places: frozenset[str] = frozenset()
    """Those for whose words, or those around them, no signature stands."""
    leads: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Where codes of each edition may lead."""


def prove_today(data: bytes, witness: Witness) -> Iterator[Fault]:
    yield from unsigned(data, witness)
    yield from outdated(data, witness.texts)
    yield from untried(data, witness)


def texts_today(project: Project, book: Handbook) -> dict[str, str]:
    """By lesson and edition; empty for a lesson whose picture cannot be read, and `hocso check` tells why."""
    found = printed_today(book)
    for lesson in book.lessons:
        try:
            found[lesson.slug] = text_name(lesson, lambda file: project.path(file).read_bytes())
        except OSError:
            found[lesson.slug] = ""
    return found


def unsigned_places(book: Handbook) -> frozenset[str]:
    """Editions whose words, or the country's around them, nobody has signed or somebody took back; the glossary too."""
    words = [WORDS] if book.unsigned_words else []
    return frozenset([*words, *(edition.id for edition in book.editions
                                if edition.unsigned or edition.around_unsigned)])


def says(data: bytes) -> dict[str, str]:
    """What a paper, a picture, a film or a sound says of itself, unseen."""
    return captions(data) if tells(data) else facts.about(data)


def names_in(data: bytes) -> tuple[list[str], str]:
    """Approved texts that a file names, and what it says of its place."""
    told = says(data)
    words = told.get("Keywords", "")
    approved = NAMED.findall(words) if words.startswith((APPROVED, PARTLY)) else []
    return [*dict.fromkeys(approved)], told.get("Place", "")


def unsigned(data: bytes, witness: Witness) -> Iterator[Fault]:
    """Texts that a file calls approved and the book of approvals does not hold; and who approved them by no row that
    stands there now: taken back, undone, of another day."""
    for name in names_in(data)[0]:
        if name not in witness.approved:
            yield Fault("unapproved", no_more(witness, name, Text(
                f"tệp ghi đã duyệt “{name}”, sổ duyệt không có bản ấy. Đừng phát; dựng lại tệp này",
                f"says “{name}” is approved, which the book of approvals does not hold. Do not hand it out; build it "
                "again")))
    for slug, text, who in SIGNED_BY.findall(says(data).get("Keywords", "")):
        if f"{slug} {text}" in witness.approved and f"{slug} {who}" not in witness.approved:
            yield Fault("unapproved", no_more(witness, f"{slug} {who}", Text(
                f"tờ ghi tên đơn vị và ngày duyệt bài {slug}, sổ duyệt nay không còn dòng ấy. Dựng lại tờ này",
                f"names who approved {slug}, and when, by a row that the book of approvals holds no more. "
                "Build it again")))


def taken_names(rows: Sequence[Approval]) -> dict[str, Approval]:
    """What was signed and taken back: names as `still_signed` has them, each with the row that took it back."""
    found: dict[str, Approval] = {}
    for row in rows:
        if not withdraws(row.note) and (back := taken_back(row, rows)):
            found |= dict.fromkeys((f"{row.slug} {row.text}", f"{row.slug} {signer(row)}"), back)
    return found


def no_more(witness: Witness, name: str, unknown: Text) -> Text:
    """Of a signature that does not stand: who took it back, when, why, and what to do. `unknown`: of one that no book
    knows."""
    back = witness.taken.get(name)
    if back is None:
        return unknown
    slug, why = name.split(" ")[0], back.note.removeprefix(WITHDRAWN).strip(": ")
    return said("proof/taken-back", slug=slug, unit=back.unit, day=f"{back.day:%d/%m/%Y}", why=why or "…")


def silent(picture: bytes, slug: str) -> Iterator[Fault]:
    """A picture of a lesson that says neither that this lesson was approved, nor that it wears the mark of drafts: it
    has no letters to read."""
    named = [one.partition(" ")[0] for one in names_in(picture)[0]]
    if slug not in named and DRAFT not in says(picture).get("Mark", ""):
        of = f" ({', '.join(named)})" if named else ""
        yield Fault("unapproved", Text(
            f"hình không ghi bản nào của bài {slug} đã duyệt{of}, cũng không ghi là mang chữ {DRAFT}. Dựng lại",
            f"names no approved text of {slug}{of}, nor says it wears {DRAFT}. Build it again"))


def outdated(data: bytes, today: Mapping[str, str]) -> Iterator[Fault]:
    approved, place = names_in(data)
    for name, text in (one.split(" ") for one in approved):
        if name not in today:
            yield Fault("outdated", Text(f"bài cũ: trong sách nay không đọc được bài {name} mà tờ này in. Bỏ tờ này",
                                         f"an old lesson: {name} cannot be read in the book now. Take this paper away"))
        elif today[name] not in ("", text):
            yield Fault("outdated", Text(
                f"chữ cũ: tờ này in bản {text} của bài {name}, nay bài ấy là bản {today[name]}. Dựng lại tờ này",
                f"old words: it shows text {text} of the lesson {name}, which is {today[name]} now. Build it again"))
    yield from outdated_place(place, today)


def outdated_place(place: str, today: Mapping[str, str]) -> Iterator[Fault]:
    for key, text in read_printed(place):
        what = _called(key)
        if key not in today:
            yield Fault("outdated", Text(f"chữ cũ: trong sách nay không còn {what.vi}. Dựng lại tờ này",
                                         f"old words: the book has {what.en} no more. Build it again"))
        elif today[key] != text:
            yield Fault("outdated", Text(f"chữ cũ: {what.vi} đã đổi từ khi làm tờ này. Dựng lại tờ này",
                                         f"old words: {what.en} changed since. Build it again"))


def misplaced(data: bytes, edition: str) -> Iterator[Fault]:
    """In the tree of one edition lies what was made for another: it sends people there."""
    yield from of_another(names_in(data)[1], edition)


def of_another(place: str, edition: str) -> Iterator[Fault]:
    names = (key for key, _ in read_printed(place) if key != WORDS)
    own = [place_of(key) for key in names if ": " not in key or key.endswith((f": {ADDRESS}", f": {PAGE}"))]
    if edition and own and edition not in own:
        yield Fault("outdated", Text(f"tờ này của bản {own[0]}, nằm trong thư mục của bản {edition}. Dựng lại tờ này",
                                     f"made for {own[0]}, it lies in the folder of {edition}. Build it again"))


def _called(key: str) -> Text:
    name, _, value = key.partition(": ")
    if name == WORDS:
        return MEANINGS
    value = "" if value == PAGE else value
    if value == SIGNED:
        return Text(f"chữ của bản {name}", f"the words of {name}")
    return Text(f"{value or 'nơi giúp, số máy, giờ hay địa chỉ'} của bản {name}",
                f"{value or 'whom to ask, numbers, hours or address'} of {name}")


def words_of(name: str, witness: Witness) -> Text:
    """What it is that nobody has signed: who signed it and took that back, too."""
    of = MEANINGS if name == WORDS else Text(f"chữ của bản {name} (hay của cả nước quanh bài)",
                                             f"the words of {name}, or the country's around lessons")
    backs = [row for key, row in witness.taken.items() if key.startswith(f"{name} ")]
    if not (back := max(backs, key=lambda row: row.day, default=None)):
        return of
    return Text(f"{of.vi}, {back.unit} đã rút lại ngày {back.day:%d/%m/%Y}",
                f"{of.en}, which {back.unit} took back on {back.day:%d/%m/%Y}")


def untried(data: bytes, witness: Witness) -> Iterator[Fault]:
    """Of a place, or of meanings, that nobody has signed for, and no page says so. One page is enough: all have the
    mark or none."""
    named = unsigned_in(names_in(data)[1], witness.places)
    if WORDS in named and not wears(data, TRIAL, DRAFT):
        of = words_of(WORDS, witness)
        yield Fault("unapproved", Text(
            f"chưa ai ký {of.vi}, mà tờ này in; tờ không có chữ {DRAFT} hay {TRIAL}. Dựng lại tờ này",
            f"nobody has signed {of.en}, and it prints them; no page says {DRAFT} or {TRIAL}. Build it again"))
    if (others := [name for name in named if name != WORDS]) and not wears(data, TRIAL):
        of = words_of(others[0], witness)
        yield Fault("unapproved", Text(
            f"chưa ai ký {of.vi}; tờ này không có chữ {TRIAL}. Dựng lại tờ này",
            f"nobody has signed {of.en}; no page says {TRIAL}. Build it again"))


def unsigned_in(place: str, places: Collection[str]) -> list[str]:
    return [*dict.fromkeys(place_of(key) for key, _ in read_printed(place) if place_of(key) in places)]


def wears(data: bytes, *marks: str) -> bool:
    """A picture says so unseen; and of what a film shows one mark stands for all."""
    if tells(data):
        return any(mark in says(data).get("Mark", "") for mark in (*marks, UNSIGNED, DRAFT))
    with proof.opened(data) as paper:
        return any(mark in normalize("NFC", " ".join(word.text for word in proof.words(proof.letters(leaf))))
                   for leaf in paper.leaves() for mark in marks)
