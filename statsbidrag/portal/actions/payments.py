"""Step 5 at the agency's desk: a batch is prepared, attested by two people, and handed over, once."""

from collections.abc import Iterable
from datetime import date, datetime

from statsbidrag.portal import access, handover, rules
from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.portal.actions import vouchers
from statsbidrag.portal.actions.cases import round_case
from statsbidrag.portal.actions.diary import enter
from statsbidrag.portal.models import Attestation, Decision, Payment, PaymentBatch, Round
from statsbidrag.portal.queries.due_payments import looked_ahead, outlook
from statsbidrag.portal.queries.giros import giros
from statsbidrag.portal.queries.payments import payments
from statsbidrag.portal.queries.prepared import YEAR, PreparedObjects
from statsbidrag.portal.storing import store
from statsbidrag.portal.writing import writing
from statsbidrag.terms.bank_days import bank_day_from
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault


def prepare_batch(visitor: Visitor | None, year: int, day: date, now: datetime) -> PaymentBatch:
    """Prepares a batch of all that is due on a bank day; what is held stays held and is due again next time.

    Raises Fault where the day is no bank day, nothing is due, or the requisition period has not run out.
    """
    finance = access.require(visitor, "prepare payment")
    _refuse_day(day, now.date())
    with writing():
        in_turn(year)
        due = outlook(year, day, now.date(), payments(year)).batch.payments
        if not due:
            why = "Det finns inget att betala ut."
            raise Fault(f"utbetalning {year}", why, "Se vad som hålls och varför i listan på sidan.")
        _refuse_bias(finance, (payment.recipient for payment in due))
        number = PaymentBatch.objects.filter(year=year).count() + 1
        batch = PaymentBatch.objects.create(
            year=year,
            number=number,
            message_id=f"SB-{year}-{number:03d}",
            day=day,
            prepared=now.replace(microsecond=0),
            prepared_by_id=finance.id,
        )
        first = dict(Decision.objects.filter(year=year, kind="grant").values_list("reference", "id"))
        Payment.objects.bulk_create(
            Payment(
                batch=batch,
                reference=payment.reference,
                decision_id=first[payment.case],
                recipient=payment.recipient,
                kronor=payment.kronor,
                giro=payment.giro,
            )
            for payment in due
        )
        return batch


def attest(visitor: Visitor | None, year: int, number: int, now: datetime) -> Attestation:
    """Attests a batch; as many different people as the agency's settings say must, before it is handed over.

    Raises Fault where the same person attests twice, or where the batch needs no more or may get none.
    """
    attester = access.require(visitor, "attest")
    with writing():
        batch = _open_batch(year, number)
        people = set(batch.attestations.values_list("person_id", flat=True))
        settings = rules.book().agency.attest
        if attester.id in people:
            raise Fault(_where(batch), "Du har redan attesterat den.", "En kollega måste också attestera.")
        if len(people) >= settings.people.value:
            raise Fault(_where(batch), "Den är redan attesterad.", "Nästa steg är att lämna över den.")
        if attester.id == batch.prepared_by_id and not settings.preparer_may.value:
            raise Fault(_where(batch), "Du har berett den.", "Låt två andra attestera.")
        _refuse_bias(attester, batch.payments.values_list("recipient", flat=True))
        return Attestation.objects.create(batch=batch, person_id=attester.id, at=now)


def withdraw(visitor: Visitor | None, year: int, number: int, now: datetime) -> None:
    """Withdraws a batch that has not been handed over; what it would have paid is due again.

    Raises Fault where it has been handed over or withdrawn already.
    """
    finance = access.require(visitor, "prepare payment")
    with writing():
        batch = _open_batch(year, number)
        _refuse_bias(finance, batch.payments.values_list("recipient", flat=True))
        batch.withdrawn = now
        batch.save(update_fields=["withdrawn"])


def hand_over(visitor: Visitor | None, year: int, number: int, now: datetime) -> None:
    """Hands an attested batch over: makes its files and the vouchers once and for all, and enters them (adm-12).

    From then on the files are only fetched, never made again. Raises Fault where it is not attested by enough people,
    its day has passed, or something that it rests on has changed since it was prepared.
    """
    finance = access.require(visitor, "prepare payment")
    with writing():
        batch = _open_batch(year, number)
        needed = rules.book().agency.attest.people.value
        attested = batch.attestations.count()
        if attested < needed:
            why = f"Den är attesterad av {attested} av {needed} personer."
            raise Fault(_where(batch), why, "Låt fler attestera den först.")
        _refuse_bias(finance, batch.payments.values_list("recipient", flat=True))
        _refuse_changed(batch, now.date())
        case = round_case(year, now)
        for paper in handover.batch_papers(batch):
            enter(case, paper, now, by=finance.id)
        batch.handed_over, batch.handed_over_by_id = now, finance.id
        batch.save(update_fields=["handed_over", "handed_over_by"])
        vouchers.enter_new(finance, year, case, now)


_HELD = PreparedObjects[Round](lambda: Round.objects.select_for_update().filter(pk=YEAR))


def in_turn(year: int) -> Round:
    """Lets one person at a time deal with the payments of a round, for the rest of the deed."""
    return _HELD.one({YEAR: year}) or store(Round(pk=year))


def _open_batch(year: int, number: int) -> PaymentBatch:
    """Gives a batch that something can still be done with, and keeps others from it for the rest of the deed."""
    in_turn(year)
    batch = PaymentBatch.objects.filter(year=year, number=number).first()
    if batch is None:
        raise Fault(f"utbetalning {year}", f"Det finns ingen utbetalning {number}.", "Gå till listan och välj en.")
    if batch.handed_over:
        raise Fault(_where(batch), "Den är redan överlämnad.", "Hämta dess filer på sidan; de ändras aldrig.")
    if batch.withdrawn:
        raise Fault(_where(batch), "Den är tillbakadragen.", "Bered en ny utbetalning.")
    return batch


def _where(batch: PaymentBatch) -> str:
    return f"utbetalning {batch.number}, {batch.year}"


def _refuse_day(day: date, today: date) -> None:
    where, next_bank_day = "utbetalningsdag", bank_day_from(max(day, today))
    if day < today:
        raise Fault(where, f"Den {day_in_words(day)} har passerat.", f"Välj {day_in_words(next_bank_day)}.")
    if day != next_bank_day:
        raise Fault(where, f"Den {day_in_words(day)} är ingen bankdag.", f"Välj {day_in_words(next_bank_day)}.")


def _refuse_bias(visitor: Visitor, recipients: Iterable[str]) -> None:
    """Keeps whoever has noted bias in a recipient's case from paying it (adm-07)."""
    names = [rules.recipients()[key].name for key in recipients if key in visitor.biased]
    if names:
        why = f"Du har anmält jäv i ärendet för {names[0]}, som ingår i utbetalningen."
        raise Refused("utbetalningen", why, "Låt en kollega göra det.")


def _refuse_changed(batch: PaymentBatch, today: date) -> None:
    """Refuses a batch that is not what it would be if it were prepared anew."""
    remedy = "Dra tillbaka utbetalningen och bered en ny."
    if batch.day < today:
        raise Fault(_where(batch), f"Utbetalningsdagen {day_in_words(batch.day)} har passerat.", remedy)
    known, numbers = payments(batch.year), giros(batch.year, today)
    cases = {attempt.payment.case for attempt in known.of_batch(batch.number)}
    for wait in looked_ahead(batch.year, batch.day, known, numbers).waits:
        if wait.kind == "overpaid" and wait.held.case in cases:
            name = rules.recipients()[wait.held.recipient].name
            raise Fault(_where(batch), f"Beslutet för {name} har ändrats sedan den bereddes.", remedy)
    for attempt in known.of_batch(batch.number):
        giro = numbers.get(attempt.payment.recipient)
        if giro is None or giro.number != attempt.payment.giro:
            name = rules.recipients()[attempt.payment.recipient].name
            raise Fault(_where(batch), f"{name} har gett ett annat gironummer sedan den bereddes.", remedy)
