"""`hocso edition check`: all that is empty in a place's file, where to fill it, and what a reader sees instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.checks import read_and_check
from generator.commands.narrow import asked_of
from generator.ground.files import Project, Source
from generator.ground.findings import Finding, Text, format_text, has_errors
from generator.ground.said import said
from generator.handbook.approvals import last_signed
from generator.handbook.editions import FOLDER, ROOT
from generator.handbook.filled import contact_gaps
from generator.handbook.keys import EDITION_KEYS
from generator.handbook.model import Edition, Help
from generator.handbook.yaml_tree import Leaf, Node, Pairs, read_yaml

UNPRINTED = ("mô hình", "lịch báo cáo")
Gap = tuple[tuple[str, ...], Text]
"""The keys that lead to it, and what stands there instead."""


def tell_gaps(project: Project, id: str) -> tuple[str, int]:
    checked = read_and_check(project)
    findings = asked_of(project, checked.reading, (), id).among(checked.findings)
    editions = {edition.id: edition for edition in checked.reading.handbook.editions}
    source = checked.reading.texts.get(f"{FOLDER}{id}.yml")
    lines: list[tuple[int, Text]] = []
    if source and id in editions and ROOT in editions:
        root = read_yaml(source)[0]
        lines = sorted(_line(source, root, gap) for gap in _gaps(editions[id], editions[ROOT], root))
    told = [*(str(line) for _, line in lines), *([format_text(findings)] if findings else [])]
    if id in editions and editions[id].unsigned:
        row = last_signed(checked.reading.handbook.approvals, id)
        told.append(str(said("gap/changed", id=id, unit=row.unit, day=f"{row.day:%d/%m/%Y}") if row else
                        said("gap/unsigned", id=id)))
    if id in editions and editions[id].around_unsigned:
        told.append(str(said("gap/around", id=ROOT)))
    return "\n".join([*told, str(_count(id, len(lines), findings))]), 1 if has_errors(findings) else 0


def _count(id: str, gaps: int, findings: list[Finding]) -> Text:
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = len(findings) - errors
    then = said("gap/mend") if errors else said("gap/print", id=id)
    return said("gap/count", gaps=gaps, errors=errors, warnings=warnings, then=then)


def _line(source: Source, root: Node | None, gap: Gap) -> tuple[int, Text]:
    """At the last of its keys that stands in the file, else at its end."""
    keys, seen = gap
    places = [name.place.line for name, _ in _way(root, keys)]
    line = places[-1] if places else source.text.rstrip("\n").count("\n") + 1
    key = " › ".join(keys)
    if len(places) == len(keys):
        return line, said("gap/line", file=source.file, line=line, key=key, seen=seen)
    return line, said("gap/absent", file=source.file, line=line, key=key, seen=seen)


def _way(node: Node | None, keys: Sequence[str]) -> Iterator[tuple[Leaf, Node]]:
    for key in keys:
        found = next((pair for pair in node.pairs if pair[0].text == key), None) if isinstance(node, Pairs) else None
        if found is None:
            return
        yield found
        node = found[1]


def _gaps(edition: Edition, nation: Edition, root: Node | None) -> Iterator[Gap]:
    nowhere = "địa chỉ trang" in edition.empty and not edition.code
    if edition.trial:
        yield ("mã",), said("gap/trial") if nowhere and edition.id != nation.id else said("gap/placeholder")
    if not nowhere and edition.id != nation.id:
        missing = "mã" if not edition.code else "địa chỉ trang" if "địa chỉ trang" in edition.empty else ""
        if missing:
            yield (missing,), said("gap/address", address=edition.address)
    for key in EDITION_KEYS:
        address = (key.vi, "địa chỉ")
        if key.vi in edition.empty and key.kind != "help" and key.vi not in ("mã", "địa chỉ trang"):
            yield (key.vi,), said("gap/unprinted") if key.vi in UNPRINTED else said("gap/hidden", key=key.vi)
        elif key.kind == "channel" and not edition.channel(key.en).address and len(list(_way(root, address))) == 2:
            yield address, said("gap/channel")
    for role, lacking in contact_gaps(edition, nation):
        yield ("giúp đỡ", role, lacking), _seen_of(edition.helper(role), lacking)


def _seen_of(helper: Help, key: str) -> Text:
    """Beside a number only booklets have room for hours."""
    if key == "đơn vị" and helper.unit:
        return said("gap/general", unit=helper.unit)
    return said("gap/hours") if key == "giờ" and helper.phone else said("gap/ruled")
