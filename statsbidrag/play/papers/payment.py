"""Folder 5-payment: the basis for the finance system, the bank's files as an option, and a notice to each recipient."""

from collections.abc import Iterator

from statsbidrag.cycle import Batch, Payment
from statsbidrag.cycle.ledger import Posting
from statsbidrag.exchange.bank.batch import Payment as BankPayment
from statsbidrag.exchange.bank.batch import PaymentBatch, debtor_of
from statsbidrag.exchange.bank.pain001 import write_pain001
from statsbidrag.exchange.finance import voucher_file
from statsbidrag.exchange.letters.notices import PaymentNotice
from statsbidrag.exchange.tables import Cell, Column, Table
from statsbidrag.play.papers.desk import ADDRESS, Desk, Paper
from statsbidrag.terms.kronor import NO_BREAK_SPACE
from statsbidrag.terms.made_up import MADE_UP

_COLUMNS = (
    Column("reference", "Referens"),
    Column("recipient", "Mottagare"),
    Column("name", "Namn"),
    Column("giro", "Giro"),
    Column("kronor", "Belopp (kr)", "kronor"),
    Column("day", "Dag", "date"),
    Column("state", "Läge", words={"paid": "Utbetalt", "rejected": "Avvisad av banken"}),
)
_HELD = (
    Column("case", "Beslut"),
    Column("recipient", "Mottagare"),
    Column("kronor", "Belopp (kr)", "kronor"),
    Column("why", "Varför"),
)


def papers(desk: Desk) -> Iterator[Paper]:
    """Gives each batch as a list and a payment file, the vouchers, and the notices of what was paid."""
    states = desk.giving.history.states()
    for number, batch in enumerate(desk.giving.batches, 1):
        if batch.payments:
            rows = tuple(_row(desk, payment, states[payment.reference]) for payment in batch.payments)
            table = Table(f"Utbetalning {number}, {desk.stage.year}", _COLUMNS, rows)
            yield from desk.list_papers(f"payments-{number}", table, batch.day)
            yield f"pain001-{number}.xml", write_pain001(_bank_batch(desk, batch, number), desk.agency.bank_profile)
        held = tuple((one.case, one.recipient, one.kronor, one.because.says) for one in batch.held)
        yield from desk.list_papers(f"held-{number}", Table(f"Inte utbetalt, omgång {number}", _HELD, held), batch.day)
    yield "vouchers.si", vouchers(desk, tuple(desk.giving.ledger.postings))
    for payment in desk.giving.history.payments:
        if states[payment.reference] == "paid":
            yield f"notices/{payment.recipient}.pdf", _notice(desk, payment)


def vouchers(desk: Desk, postings: tuple[Posting, ...], first: int = 1) -> bytes:
    """Gives postings of the ledger as vouchers for the finance system (SIE 4I)."""
    stage = desk.stage
    numbers = {key: stage.diary_number(key) for key in stage.recipients}
    made = max(posting.day for posting in postings)
    return voucher_file(desk.agency, postings, stage.recipients, numbers, made=made, first=first, remark=MADE_UP)


def _row(desk: Desk, payment: Payment, state: str) -> tuple[Cell, ...]:
    name = desk.stage.recipients[payment.recipient].name
    return payment.reference, payment.recipient, name, payment.giro, payment.kronor, payment.day, state


def _bank_batch(desk: Desk, batch: Batch, number: int) -> PaymentBatch:
    year = desk.stage.year
    return PaymentBatch(
        message_id=f"DEMO-{year}-{number}",
        created=desk.stage.moment(batch.day, 8),
        execution_date=batch.day,
        debtor=debtor_of(desk.agency),
        payments=tuple(_bank_payment(desk, payment) for payment in batch.payments),
    )


def _bank_payment(desk: Desk, payment: Payment) -> BankPayment:
    party = desk.stage.recipients[payment.recipient]
    return BankPayment(
        reference=payment.reference,
        name=party.name,
        organisation_number=party.organisation_number,
        postcode=ADDRESS.postcode,
        town=ADDRESS.town,
        giro=desk.stage.behaviours[payment.recipient].giro,
        kronor=payment.kronor,
        text=f"Statsbidrag {desk.stage.year}, dnr {desk.stage.diary_number(payment.recipient)}",
    )


def _notice(desk: Desk, payment: Payment) -> PaymentNotice:
    key, giro = payment.recipient, desk.stage.behaviours[payment.recipient].giro
    [grant] = [decision for decision in desk.giving.grants if decision.recipient == key]
    withheld = sum(one.total for one in desk.giving.decisions if one.recipient == key and one.subject == "withholding")
    return PaymentNotice(
        head=desk.head(key, f"payment {payment.reference}", payment.day),
        decision=desk.entered(key, "grant"),
        granted=grant.proposal.kronor,
        reallocated=grant.proposal.reallocated,
        withheld=withheld,
        day=payment.day,
        giro=f"{giro.kind} {str(giro).replace(' ', NO_BREAK_SPACE)}",
        reference=payment.reference,
    )
