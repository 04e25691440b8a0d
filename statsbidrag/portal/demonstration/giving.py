"""What the agency's people of the demonstration do when nobody else has: decide the list, and pay it."""

import random
from datetime import datetime

from statsbidrag.portal.actions import decisions, letters, proposals
from statsbidrag.portal.actions.bank_answers import read_in
from statsbidrag.portal.actions.giro_checks import check_owner
from statsbidrag.portal.actions.payments import attest, hand_over, prepare_batch
from statsbidrag.portal.demonstration.cast import as_character
from statsbidrag.portal.models import Decision, PaymentBatch
from statsbidrag.portal.queries.due_payments import outlook
from statsbidrag.portal.queries.payments import payments
from statsbidrag.terms.bank_days import bank_day_from

_REFUSED_PER_MILLE = 10


def decide(year: int, moment: datetime) -> None:
    """Prepares, decides and writes every decision that is left to make."""
    proposals.prepare_list(as_character("presenter"), year, moment)
    waiting = Decision.objects.filter(year=year, approval=None).values_list("reference", flat=True)
    if references := list(waiting):
        maker = as_character("decision_maker")
        decisions.decide(maker, year, references, moment)
        letters.start(maker, year)


def pay(year: int, moment: datetime) -> None:
    """Pays what is due, and reads in an answer that pays all but a few, whose numbers turn out to be closed."""
    finance, day = as_character("finance"), bank_day_from(moment.date())
    for wait in outlook(year, day, moment.date(), payments(year)).waits:
        if wait.kind == "owner check":
            check_owner(finance, year, wait.held.recipient, "Kontoutdrag från banken (påhittat).", now=moment)
    if outlook(year, day, moment.date(), payments(year)).batch.payments:
        prepare_batch(finance, year, day, moment)
    for batch in PaymentBatch.objects.filter(year=year, handed_over=None, withdrawn=None):
        done = set(batch.attestations.values_list("person_id", flat=True))
        for attester in (finance, as_character("decision_maker")):
            if attester.id not in done:
                attest(attester, year, batch.number, moment)
        hand_over(finance, year, batch.number, moment)
    if answers := _answers(year, moment):
        read_in(finance, year, f"svar-{moment.date()}.csv", answers, now=moment)


def _answers(year: int, moment: datetime) -> bytes:
    """A made-up list of states, such as the finance system gives."""
    lines = ["referens;läge;dag;varför"]
    for attempt in payments(year).attempts:
        if attempt.state == "sent":
            reference = attempt.payment.reference
            closed = random.Random(f"{reference} bank").randrange(1000) < _REFUSED_PER_MILLE  # noqa: S311  # a play
            said = "avvisad;{day};AC04" if closed else "betald;{day};"
            lines.append(f"{reference};{said.format(day=moment.date())}")
    return "\n".join(lines).encode() if len(lines) > 1 else b""
