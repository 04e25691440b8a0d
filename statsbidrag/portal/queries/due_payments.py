"""What step 5 would pay on a day, and what is held: why, and what it waits for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from statsbidrag.cycle import Batch, Payable, Payment, Withholding, pay
from statsbidrag.cycle.step_5_payment import Held
from statsbidrag.portal import rules
from statsbidrag.portal.queries import decisions
from statsbidrag.portal.queries.giros import RecipientGiro, giros
from statsbidrag.portal.queries.payments import Attempt, Payments
from statsbidrag.portal.queries.remembering import remembered
from statsbidrag.terms.because import Because

WaitKind = Literal["withheld", "overpaid", "no giro", "owner check", "mend"]
_Decided = tuple[tuple[Payable, ...], tuple[Withholding, ...]]


@dataclass(frozen=True, slots=True)
class Wait:
    """What is not paid now, why, and what it waits for."""

    held: Held
    kind: WaitKind


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is to be paid on a day, and what is held, with what it waits for."""

    batch: Batch
    waits: tuple[Wait, ...]


def outlook(year: int, day: date, today: date, known: Payments) -> Outlook:
    """Gives what is to be paid on a day and what is held (§§ 8 and 12).

    A payment that the bank has refused is held until the number has been mended: the recipient has given another, or
    finance has checked it anew. Raises Fault where nothing may be paid yet.
    """
    return looked_ahead(year, day, known, giros(year, today))


def looked_ahead(year: int, day: date, known: Payments, numbers: Mapping[str, RecipientGiro]) -> Outlook:
    """The same, where the giro numbers are at hand already."""
    round_ = rules.round_rules(year)
    payables, withheld = _decided(year)
    batch = pay(
        round_.payment,
        payables,
        {recipient: giro.account for recipient, giro in numbers.items()},
        known.history,
        day=day,
        requisition_closed=round_.requisition.last_day.value,
        withholdings=withheld,
    )
    mends = [payment for payment in batch.payments if _to_mend(payment, known, numbers)]
    waits = [Wait(_mend(payment, known.last[payment.case]), "mend") for payment in mends]
    waits += [Wait(held, _kind(held, numbers)) for held in batch.held]
    kept = tuple(payment for payment in batch.payments if payment not in mends)
    return Outlook(replace(batch, payments=kept), tuple(waits))


@remembered
def _decided(year: int) -> _Decided:
    return decisions.payables(year), decisions.withholdings(year)


def _to_mend(due: Payment, known: Payments, numbers: Mapping[str, RecipientGiro]) -> bool:
    """Whether the last payment failed and neither another number nor a new check of the number has come since."""
    last = known.last.get(due.case)
    if last is None or not last.failed or due.giro != last.payment.giro:
        return False
    checked = numbers[due.recipient].checked
    return checked is None or last.answered is None or checked <= last.answered


def _mend(due: Payment, failed: Attempt) -> Held:
    what = "Betalningen kom i retur" if failed.state == "returned" else "Banken avvisade betalningen"
    steps = (Because(failed.why),) if failed.why else ()
    says = f"{what} till {failed.payment.giro}. Den görs om när mottagaren har gett ett nytt gironummer, "
    says += "eller när ekonomi har kontrollerat numret på nytt"
    return Held(due.case, due.recipient, due.kronor, Because(says, steps=steps))


def _kind(held: Held, numbers: Mapping[str, RecipientGiro]) -> WaitKind:
    if held.kronor < 0:
        return "overpaid"
    if held.because.value is not None:
        return "withheld"
    return "owner check" if held.recipient in numbers else "no giro"
