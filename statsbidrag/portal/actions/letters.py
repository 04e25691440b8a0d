"""The letters of decisions: set, entered in their cases and sent to the registries, twenty at a time.

Each twenty are one transaction. A process that is killed has sent whole letters or none of them, and the next one
goes on where it stopped: a decision that has its letter is never written to again.
"""

from datetime import datetime

from django_tasks import task

from statsbidrag import cycle
from statsbidrag.cycle import DECISION_KINDS
from statsbidrag.exchange.letters.decisions import Decision as DecisionLetter
from statsbidrag.portal import access, clock, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import diary, post
from statsbidrag.portal.correspondence import mail_text
from statsbidrag.portal.jobs import order
from statsbidrag.portal.letterhead import head, press
from statsbidrag.portal.letters.decisions import ALONG, letter_of
from statsbidrag.portal.models import Decision, Document, Role
from statsbidrag.portal.papers import Paper
from statsbidrag.portal.queries import decisions
from statsbidrag.portal.queries.receivers import receivers_of
from statsbidrag.portal.writing import writing
from statsbidrag.terms.dates import day_in_words

_CHUNK = 20


def start(visitor: Visitor | None, year: int) -> None:
    """Begins, or goes on, with the letters of the decisions that have none; they are written in the background."""
    access.require(visitor, "send letters")
    with writing():
        order(write_letters, year)


@task(priority=50)  # someone is watching it; receipts and e-mail can wait
def write_letters(year: int) -> None:
    """Writes every letter that is missing in a round."""
    while write_some(year, clock.now()):
        pass


def write_some(year: int, now: datetime) -> int:
    """Writes at most twenty missing letters, all of them or none, and gives how many."""
    with writing():
        rows = _next(year)
        if not rows:
            return 0
        made = {one.reference: one for one in decisions.decided(year)}
        recipients = {row.recipient for row in rows}
        agents, to = _agents(recipients), receivers_of(recipients)
        letters = [_letter(row, made[row.reference], agents.get(row.recipient)) for row in rows]
        for row, content in zip(rows, press().render_all(letters), strict=True):
            row.letter = _enter(row, content, now)
            row.save(update_fields=["letter"])
            for address in to[row.recipient]:
                _send(row, address, now)
        return len(rows)


def _next(year: int) -> list[Decision]:
    """The next decisions to write to, none twice and no case twice, since each letter states its number in the case."""
    missing = Decision.objects.filter(year=year, approval__isnull=False, letter=None).order_by("id")
    chosen: list[Decision] = []
    for row in missing.select_for_update(of=("self",)).select_related(*ALONG)[:_CHUNK]:
        if row.case_id in {other.case_id for other in chosen}:
            break
        chosen.append(row)
    return chosen


def _agents(recipients: set[str]) -> dict[str, str]:
    """The name of each recipient's agent, who gets a copy (adm-24)."""
    held = Role.objects.filter(kind="agent", recipient__in=recipients, ended=None)
    return dict(held.values_list("recipient", "person__name"))


def _letter(row: Decision, made: cycle.Decision, agent: str | None) -> DecisionLetter:
    copies = (f"{agent}, ombud",) if agent else ()
    return letter_of(row, made, head(row.case, row.recipient, made.approval.day, copies=copies))


def _enter(row: Decision, content: bytes, now: datetime) -> Document:
    assert row.approval is not None, "only decisions that are made are written to"
    what = DECISION_KINDS[row.kind]  # type: ignore[index]  # what was stored is a kind of decision
    paper = Paper(
        direction="out",
        about="decision",
        party=rules.recipients()[row.recipient].name,
        matter=f"Beslut om {what}, statsbidrag {row.year}",
        name=f"beslut-{row.reference}-{row.recipient}.pdf",
        content=content,
    )
    return diary.enter(row.case, paper, now, by=row.approval.decision_maker_id)


def _send(row: Decision, address: str, now: datetime) -> None:
    assert row.approval is not None, "only decisions that are made are written to"
    what = DECISION_KINDS[row.kind]  # type: ignore[index]  # what was stored is a kind of decision
    name, sender = rules.recipients()[row.recipient].name, rules.book().agency.name.value
    post.send(
        address,
        f"Beslut om {what}, statsbidrag {row.year}, dnr {row.case.number}",
        mail_text(
            f"{sender} har den {day_in_words(row.approval.day)} fattat ett beslut om {what} för {name}."
            f" Beslutet ligger som bilaga. Ärendets diarienummer är {row.case.number}.",
            "Beslutet skickas till er registratur, och ert ombud får en kopia. Ni ser ärendet i e-tjänsten.",
        ),
        now,
        occasion="decision",
        recipient=row.recipient,
        case=row.case,
        document=row.letter,
    )
