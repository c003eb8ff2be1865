"""From answers to the dated report: what is dead, what may only be a bad day, and how that is told."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from generator.checks.looking.matter import Matter
from generator.checks.looking.outside import outside_uses
from generator.commands.linking.ask import Answer, Ask, Asker, ask_all
from generator.commands.linking.places import ask_edition
from generator.engine.progress import Progress
from generator.ground.errors import ContentError, HocsoError
from generator.ground.files import Project
from generator.ground.findings import Text, format_text
from generator.ground.said import said
from generator.ground.whole import write_whole
from generator.handbook.keys import VISIT_WORDS
from generator.handbook.model import LINKS, Visit, VisitState
from generator.handbook.read import read_handbook
from generator.handbook.visits import write_visits

WORDS: dict[VisitState, Text] = {
    "open": Text("mở được", "open"),
    "unsure": Text("không rõ", "unsure"),
    "failed": Text("chưa mở được, mai thử lại", "did not open, try again tomorrow"),
    "dead": Text("hỏng", "dead"),
}
assert set(WORDS) == set(VISIT_WORDS.values())


class NoNetworkError(HocsoError):
    """Nobody at all answered."""


def ask_outside(project: Project, *, edition: str) -> Text | tuple[str, int]:
    """All outside addresses, or the numbers of one edition at its own host."""
    if edition:
        return ask_edition(project, edition, Progress(), date.today())
    return check_links(project, Progress(), date.today())


def check_links(project: Project, progress: Progress, today: date, ask: Ask | None = None) -> Text:
    """Asks every outside address and writes the report, whole or not at all."""
    matter = Matter(project, read_handbook(project))
    _refuse_broken(matter)
    addresses = sorted({use.address for use in outside_uses(matter)})
    if not addresses:
        return said("links/none")
    ask = ask or Asker(agent_of(matter)).ask
    answers = ask_all(addresses, ask, lambda done, total: progress.show(
        str(said("links/asking", done=done, total=total, seconds=progress.seconds))))
    progress.show("")
    if not any(answer.heard for answer in answers.values()):
        raise _no_network(answers)
    before = {visit.address: visit for visit in matter.handbook.visits}
    own = {edition.address for edition in matter.handbook.editions}
    visits = judge_all(addresses, answers, before, today)
    visits += [visit for address, visit in before.items() if address in own and address not in addresses]
    write_whole(project.path(LINKS), write_visits(visits))
    return _summary(visits, len(addresses))


def agent_of(matter: Matter) -> str:
    """Says who asks and where to complain."""
    site = matter.handbook.site
    where = "" if site.placeholder else f"; +{site.address}"
    return f"Mozilla/5.0 (compatible; hocso-links/1{where})"


def _refuse_broken(matter: Matter) -> None:
    """A report that cannot be read would lose what it knew."""
    if LINKS not in matter.reading.damaged:
        return
    wrong = [finding for finding in matter.reading.findings if finding.place.file == LINKS]
    print(format_text(wrong), file=sys.stderr)
    raise ContentError(*said("links/broken", file=LINKS))


def _no_network(answers: Mapping[str, Answer]) -> NoNetworkError:
    common = Counter(answer.reason for answer in answers.values() if answer.reason).most_common(1)
    why = f" ({common[0][0]})" if common else ""
    return NoNetworkError(*said("links/no-network", why=why, file=LINKS))


def judge_all(
    addresses: Iterable[str], answers: Mapping[str, Answer], before: Mapping[str, Visit], today: date
) -> list[Visit]:
    """What nobody answered this time keeps its old row."""
    visits = []
    for address in addresses:
        old = before.get(address)
        if address in answers:
            visits.append(judge(address, answers[address], old, today))
        elif old:
            visits.append(old)
    return visits


def judge(address: str, answer: Answer, before: Visit | None, today: date) -> Visit:
    """Dead is what its own host calls gone, or what failed on two different days: once is a bad day."""
    if answer.state in ("open", "unsure"):
        state: VisitState = "open" if answer.state == "open" else "unsure"
        return Visit(address, state, today, today, answer.reason, answer.moved_to)
    failing = before is not None and before.state in ("failed", "dead")
    since = min(before.since, today) if before and failing else today
    dead = answer.state == "gone" or since < today
    return Visit(address, "dead" if dead else "failed", today, since, answer.reason)


def _summary(visits: list[Visit], asked: int) -> Text:
    counts = Counter(visit.state for visit in visits)
    bad = [visit for visit in visits if visit.state != "open"]
    lines = [said("links/bad", state=WORDS[visit.state], address=visit.address, reason=visit.reason) for visit in bad]
    told = [(f"{counts[state]} {words.vi}", f"{counts[state]} {words.en}") for state, words in WORDS.items()
            if counts[state]]
    last = said("links/done", asked=asked, states=Text(*map(", ".join, zip(*told, strict=True))), file=LINKS)
    return Text(*("\n".join(part) for part in zip(*lines, last, strict=True)))
