"""`hocso edition new`: one commented file for a new place, asked for line by line where there is a terminal."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.checks import read_and_check
from generator.commands.new import refuse_odd
from generator.ground.errors import ContentError, UsageError
from generator.ground.files import Project
from generator.ground.findings import Finding, Text
from generator.ground.said import said
from generator.ground.whole import write_new
from generator.handbook.chosen import ALL
from generator.handbook.editions import FOLDER, ROOT
from generator.handbook.keys import EDITION_KEYS, HELP_ROLES
from generator.handbook.mistakes import listed
from generator.handbook.model import Edition
from generator.handbook.phones import parted
from generator.handbook.read import read_handbook
from generator.handbook.yaml_tree import quote

SKELETON = Path(__file__).with_name("skeleton.yml")
START = {"tên": "nơi mới", "cấp trên": ROOT}
"""What must be known, and what stands for it until it is."""
MOST_ABOVE = 2
"""Layers of those that are offered as a place above: the nation and its provinces."""
ROLES = {
    "đầu mối": Text("hỏi chung, báo chỗ sai trong sách", "general questions, mistakes in the book"),
    "thủ tục": Text("làm giấy tờ", "papers and applications"),
    "công an": Text("VNeID, báo lừa đảo", "VNeID, fraud"),
    "tổ công nghệ số": Text("nhờ người cầm tay chỉ việc", "somebody who shows how it is done"),
    "truyền thông": Text("loa, trang tin của nơi này", "loudspeakers and pages"),
    "y tế": Text("khám bệnh, sổ sức khỏe", "health"),
}
Answers = dict[str, str]
"""By the names that `{{ … }}` has for them: `tên`, `mã`, `đơn vị công an` …; `giờ` is for all contacts."""


def begin_edition(
    project: Project, *, id: str, called: str, parent: str, code: str, address: str, lower_units: str, hours: str,
    contact: Sequence[str],
) -> Text:
    place = _Place(project, id)
    given = {"tên": called, "cấp trên": parent, "mã": code, "địa chỉ trang": address, "đơn vị dưới": lower_units,
             "giờ": hours, **_contacts(contact)}
    answers = {key: value.strip() for key, value in given.items() if value.strip()}
    place.refuse(answers)
    if sys.stdin and sys.stdin.isatty():
        print(said("edition/begins", file=place.file))
        for key, question in place.questions(answers):
            if key not in answers:
                answers |= _with_phone(key, _ask(place, answers, key, question))
    elif missing := [key for key in START if key not in answers]:
        raise UsageError(*said("edition/needed", missing=", ".join(f"`{key}`" for key in missing)))
    place.write(answers)
    return said("edition/made", file=place.file, id=id)


def _with_phone(key: str, answer: str) -> Answers:
    """`Công an xã An Khánh, 0220 3123 456` in one line is a unit and its number."""
    role = key.removeprefix("đơn vị ")
    return {key: answer} if role == key or role not in HELP_ROLES else _told_in(role, answer)


def _told_in(role: str, told: str) -> Answers:
    """A unit, and its number where there is one."""
    unit, phone = parted(told)
    return {f"đơn vị {role}": unit, **({f"điện thoại {role}": phone} if phone else {})}


def _contacts(written: Sequence[str]) -> Answers:
    """`công an: Công an xã An Khánh, 0220 3123 456`."""
    found: Answers = {}
    for text in written:
        role, colon, told = (part.strip() for part in unicodedata.normalize("NFC", text).partition(":"))
        if not colon or role not in HELP_ROLES:
            raise UsageError(*said("edition/contact", text=text, listed=listed(role, HELP_ROLES)))
        found |= _told_in(role, told)
    return found


class _Place:
    """A place to be: what its file would say, and what check would say of that."""

    def __init__(self, project: Project, id: str) -> None:
        self.project, self.id, self.file = project, id, f"{FOLDER}{id}.yml"
        reading = read_handbook(project)
        self.editions = {edition.id: edition for edition in reading.handbook.editions}
        taken = {file.casefold() for file in reading.files}
        refuse_odd(id)
        if ROOT not in self.editions:
            raise ContentError(*said("edition/above", above=ROOT))
        if id == ALL or self.file.casefold() in taken or project.path(self.file).exists():
            raise UsageError(*said("edition/used", id=id, file=self.file))
        self.before = set(map(_known_by, read_and_check(project).findings))

    def questions(self, answers: Answers) -> Iterator[tuple[str, Text]]:
        """One after the other: what is asked later may show what was answered before."""
        yield "tên", said("ask/name")
        there = ", ".join(f"{one.id} ({one.name})" for one in self.editions.values() if len(one.layers) <= MOST_ABOVE)
        yield "cấp trên", said("ask/parent", there=there)
        yield "mã", said("ask/code")
        yield "địa chỉ trang", said("ask/address")
        yield "đơn vị dưới", said("ask/lower")
        for role in HELP_ROLES:
            above = self.above(answers)
            inherited = above.helper(role).unit if above else ""
            yield f"đơn vị {role}", said("ask/unit", role=role, what=ROLES[role], inherited=inherited)
            yield f"điện thoại {role}", said("ask/phone", role=role)
        yield "giờ", said("ask/hours")

    def above(self, answers: Answers) -> Edition | None:
        return self.editions.get(answers.get("cấp trên", ROOT))

    def text(self, answers: Answers) -> str:
        above = self.above(answers)
        fields = {"name": "tên", "parent": "cấp trên", "code": "mã", "address": "địa chỉ trang",
                  "lower_units": "đơn vị dưới"}
        told = {name: quote(answers.get(key, "")) for name, key in fields.items()}
        channels = "".join(_channel(key.vi, above.channel(key.en).name if above else "")
                           for key in EDITION_KEYS if key.kind == "channel")
        contacts = "".join(_contact(role, answers, above.helper(role).unit if above else "") for role in HELP_ROLES)
        return SKELETON.read_text("utf-8").format(
            id=self.id, shown=answers.get("tên", self.id), channels=channels, help=contacts, **told)

    def wrong(self, answers: Answers) -> list[Finding]:
        """Errors that would come with this file, wherever they are told."""
        checked = read_and_check(self.project, drafts={self.file: self.text(answers)})
        errors = (finding for finding in checked.findings if finding.severity == "error")
        wrong = [finding for finding in errors if _known_by(finding) not in self.before]
        if not wrong and self.id not in {edition.id for edition in checked.reading.handbook.editions}:
            raise ContentError(*said("edition/above", above=answers["cấp trên"]))
        return wrong

    def refuse(self, answers: Answers) -> None:
        wrong = self.wrong(START | answers)
        if wrong:
            raise UsageError(*said("edition/refused", reason=_told(wrong)))

    def write(self, answers: Answers) -> None:
        self.refuse(answers)
        try:
            write_new(self.project.path(self.file), self.text(answers).encode())
        except FileExistsError as problem:
            raise UsageError(*said("edition/used", id=self.id, file=self.file)) from problem


def _known_by(finding: Finding) -> tuple[object, ...]:
    """Its mend may list what there is, and a draft is one more."""
    return finding.rule, finding.place, finding.message


def _told(wrong: Sequence[Finding]) -> Text:
    return Text(*(" ".join(f"{finding.message[side]} {finding.fix[side]}" for finding in wrong[:3]) for side in (0, 1)))


def _channel(name: str, inherited: str) -> str:
    """What the place above has is not written: it would stay when that changes."""
    return f"# {name}: đang lấy của cấp trên ({inherited}).\n" if inherited else f'{name}: ""\n'


def _contact(role: str, answers: Mapping[str, str], inherited: str) -> str:
    """Nobody's hours are those of a unit that was not named."""
    unit, phone = (answers.get(f"{what} {role}", "") for what in ("đơn vị", "điện thoại"))
    hours = answers.get("giờ", "") if unit or phone else ""
    lines = (("đơn vị", unit or inherited), ("điện thoại", phone), ("giờ", hours))
    return f"  {role}:\n" + "".join(f"    {key}: {quote(value)}\n" for key, value in lines)


# Asking.


def _ask(place: _Place, answers: Answers, key: str, question: Text) -> str:
    """Again until it can be written. Ctrl-C, Ctrl-D and Ctrl-Z end the command before anything is."""
    print(f"\n{question}")
    while True:
        try:
            answer = unicodedata.normalize("NFC", input("> ")).strip()
        except EOFError:
            raise KeyboardInterrupt from None
        if not answer and key in START:
            print(said("edition/must"))
        elif answer and (wrong := place.wrong(START | answers | _with_phone(key, answer))):
            print(_told(wrong))
        else:
            return answer
