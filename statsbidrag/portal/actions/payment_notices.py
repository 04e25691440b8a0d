"""Notices of payment (besked om utbetalning): a letter to each registry when the money has been paid, once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django_tasks import task

from statsbidrag.cycle import Decision, Withholding, standing
from statsbidrag.exchange.letters.letterhead import Reference
from statsbidrag.exchange.letters.notices import PaymentNotice
from statsbidrag.portal import access, clock, letterhead, models, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import post
from statsbidrag.portal.actions.diary import enter, next_number
from statsbidrag.portal.actions.payments import in_turn
from statsbidrag.portal.correspondence import mail_text
from statsbidrag.portal.jobs import order
from statsbidrag.portal.papers import Paper
from statsbidrag.portal.queries import decisions
from statsbidrag.portal.queries.payments import payments
from statsbidrag.portal.queries.receivers import receivers_of
from statsbidrag.portal.writing import writing
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.kronor import NO_BREAK_SPACE, in_words

_AT_A_TIME = 20


@task(priority=50)  # before the e-mail, of which there may be hundreds
def send_notices(year: int) -> None:
    """Makes and sends the notices that are lacking, some at a time; what is made is left alone, so it may be run again.

    A payment whose decision has no letter yet waits until it has one, since the notice refers to it.
    """
    lacking = notices_lacking(year)
    if not lacking:
        return
    said = _Said(decisions.decided(year), decisions.withholdings(year), _letters(year))
    while lacking:
        some, lacking = lacking[:_AT_A_TIME], lacking[_AT_A_TIME:]
        lacking += _send_some(year, some, said, clock.now())


def send_lacking(visitor: Visitor | None, year: int) -> None:
    """Has the notices that are lacking made and sent: those that waited for a letter, or that were interrupted."""
    access.require(visitor, "prepare payment")
    order(send_notices, year)


def notices_lacking(year: int) -> list[str]:
    """Gives the references of the payments that are paid and whose recipients have had no notice."""
    return [one.payment.reference for one in payments(year).attempts if one.state == "paid" and not one.noticed]


@dataclass(frozen=True, slots=True)
class _Said:
    """What has been decided, as the notices tell it; ``letters`` by the number of the decision."""

    decided: Sequence[Decision]
    withheld: Sequence[Withholding]
    letters: Mapping[str, Reference]


def _letters(year: int) -> dict[str, Reference]:
    rows = models.Decision.objects.filter(year=year, letter__isnull=False)
    fields = ("reference", "case__number", "letter__entry__number", "approval__day")
    return {reference: Reference(*letter) for reference, *letter in rows.values_list(*fields)}


def _send_some(year: int, references: Sequence[str], said: _Said, now: datetime) -> list[str]:
    """Makes some notices, and gives those whose number another document took while the letters were set."""
    rows = models.Payment.objects.filter(reference__in=references, notice=None).order_by("id")
    due = list(rows.select_related("batch", "decision__case").annotate(last=Max("decision__case__entries__number")))
    made = [(payment, payment.last + 1, _paper(payment, said, payment.last + 1, now)) for payment in due]
    to = receivers_of([payment.recipient for payment in due])
    again: list[str] = []
    with writing():
        in_turn(year)
        lacking = set(rows.values_list("reference", flat=True))
        for payment, number, paper in made:
            if paper is None or payment.reference not in lacking:
                continue
            if next_number(payment.decision.case) != number:
                again.append(payment.reference)
                continue
            payment.notice = enter(payment.decision.case, paper, now)
            payment.save(update_fields=["notice"])
            _tell(payment, to[payment.recipient], now)
    return again


def _notice(payment: models.Payment, said: _Said, number: int, now: datetime) -> PaymentNotice | None:
    """The notice of a payment; None where the decision has no letter to refer to yet."""
    day, recipient = payment.batch.day, payment.recipient
    own = [one for one in said.decided if one.recipient == recipient and one.approval.day <= day]
    grants = [one for one in standing(own) if one.subject == "grant" and one.reference in said.letters]
    if not grants:
        return None
    grant = grants[-1].proposal
    withheld = sum(
        one.kronor for one in said.withheld if one.case == payment.decision.reference and one.decided_on <= day
    )
    kind, _, digits = payment.giro.partition(" ")
    return PaymentNotice(
        head=letterhead.head(payment.decision.case, recipient, now.date(), number=number, copies=("Ombudet",)),
        decision=said.letters[grant.reference],
        granted=grant.kronor,
        reallocated=grant.reallocated,
        withheld=withheld,
        earlier=grant.kronor + grant.reallocated - withheld - payment.kronor,
        day=day,
        giro=" ".join((kind, digits.replace(" ", NO_BREAK_SPACE))),
        reference=payment.reference,
    )


def _paper(payment: models.Payment, said: _Said, number: int, now: datetime) -> Paper | None:
    notice = _notice(payment, said, number, now)
    if notice is None:
        return None
    return Paper(
        "out",
        "payment notice",
        rules.recipients()[payment.recipient].name,
        f"Besked om utbetalning, {in_words(payment.kronor)}",
        f"utbetalning-{payment.batch.year}-{payment.recipient}-{payment.batch.number}.pdf",
        letterhead.press().render(notice),
    )


def _tell(payment: models.Payment, to: Sequence[str], now: datetime) -> None:
    case, name = payment.decision.case, rules.recipients()[payment.recipient].name
    text = mail_text(
        f"Vi har betalat ut {in_words(payment.kronor)} i statsbidrag för {payment.batch.year} till {name}, "
        f"den {day_in_words(payment.batch.day)}. Beskedet ligger som bilaga.",
        f"Vårt diarienummer: {case.number}. Referens på betalningen: {payment.reference}.",
    )
    subject = f"Statsbidraget {payment.batch.year} är utbetalt, dnr {case.number}"
    for address in to:
        post.send(
            address,
            subject,
            text,
            now,
            occasion="payment notice",
            recipient=payment.recipient,
            case=case,
            document=payment.notice,
        )
