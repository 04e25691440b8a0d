"""Step 5 as it stands: every payment with its state, what is due today, and what is held and why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from statsbidrag.cycle import BankAnswer, Batch, History, Payable, Payment, Withholding, pay
from statsbidrag.cycle.step_5_payment import Held
from statsbidrag.portal import models, rules
from statsbidrag.portal.queries import decisions
from statsbidrag.portal.queries.giros import RecipientGiro, giros
from statsbidrag.portal.queries.remembering import remembered
from statsbidrag.terms.because import Because

State = Literal["prepared", "withdrawn", "sent", "accepted", "rejected", "paid", "returned", "unclear"]
STATES: dict[State, tuple[str, str]] = {
    "prepared": ("Inte överlämnad", "wait"),
    "withdrawn": ("Tillbakadragen", "neutral"),
    "sent": ("På väg", "wait"),
    "accepted": ("Mottagen av banken", "wait"),
    "rejected": ("Avvisad av banken", "bad"),
    "paid": ("Utbetald", "good"),
    "returned": ("I retur", "bad"),
    "unclear": ("Oklar", "bad"),
}
_FAILED: frozenset[State] = frozenset({"rejected", "returned"})
_FIELDS = (
    "reference",
    "decision__reference",
    "recipient",
    "kronor",
    "giro",
    "batch__day",
    "batch__number",
    "batch__handed_over",
    "batch__withdrawn",
    "notice_id",
    "answers__outcome",
    "answers__day",
    "answers__kronor",
    "answers__why",
    "answers__looked_at",
    "answers__file__at",
)

_Decided = tuple[tuple[Payable, ...], tuple[Withholding, ...]]

WaitKind = Literal["withheld", "overpaid", "no giro", "owner check", "mend"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One payment and where it stands.

    batch      the number of its batch
    answered   when the last answer of it was read in; None before that
    why        what the last answer says
    noticed    whether the recipient has been told that it is paid
    """

    payment: Payment
    state: State
    batch: int
    answered: datetime | None = None
    why: str = ""
    noticed: bool = False

    @property
    def says(self) -> str:
        """Its state in a word."""
        return STATES[self.state][0]

    @property
    def tone(self) -> str:
        """How its state is shown."""
        return STATES[self.state][1]


@dataclass(frozen=True)
class Payments:
    """Every payment of a round, in the order in which they were prepared, and what step 5 folds them from."""

    attempts: tuple[Attempt, ...]
    history: History

    def of_batch(self, number: int) -> tuple[Attempt, ...]:
        """Gives the payments of one batch."""
        return tuple(attempt for attempt in self.attempts if attempt.batch == number)

    @cached_property
    def last(self) -> Mapping[str, Attempt]:
        """The last payment of each case that was not withdrawn."""
        return {attempt.payment.case: attempt for attempt in self.attempts if attempt.state != "withdrawn"}

    def kronor(self, *states: State) -> int:
        """Gives the kronor of the payments in some states together."""
        return sum(attempt.payment.kronor for attempt in self.attempts if attempt.state in states)


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


@remembered
def payments(year: int) -> Payments:
    """Gives every payment of a round with its state, in one question to the database.

    A withdrawn batch was never sent: its payments count as failed, so that what they were for is due again.
    """
    rows = models.Payment.objects.filter(batch__year=year).order_by("id", "answers__id").values_list(*_FIELDS)
    found: dict[str, Payment] = {}
    facts: dict[str, tuple[int, datetime | None, datetime | None, int | None]] = {}
    answers: list[BankAnswer] = []
    heard: dict[str, tuple[datetime, str]] = {}
    for reference, *row in rows:
        if reference not in found:
            found[reference] = Payment(reference, *row[:5])
            facts[reference] = (row[5], row[6], row[7], row[8])
            if row[7]:
                answers.append(BankAnswer(reference, "rejected", row[4], why="Utbetalningen drogs tillbaka."))
        outcome, day, kronor, why, looked_at, at = row[9:]
        if outcome and not looked_at:
            heard[reference] = (at, why)
            if outcome != "pending":
                answers.append(BankAnswer(reference, outcome, day, kronor, why))
    history = History(tuple(found.values()), tuple(answers))
    states = history.states()
    return Payments(
        tuple(_attempt(payment, states[key], facts[key], heard.get(key)) for key, payment in found.items()), history
    )


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


def _attempt(
    payment: Payment,
    state: State,
    facts: tuple[int, datetime | None, datetime | None, int | None],
    heard: tuple[datetime, str] | None,
) -> Attempt:
    number, handed_over, withdrawn, notice = facts
    if withdrawn:
        state = "withdrawn"
    elif not handed_over:
        state = "prepared"
    answered, why = heard or (None, "")
    return Attempt(payment, state, number, answered, why, notice is not None)


def _to_mend(due: Payment, known: Payments, numbers: Mapping[str, RecipientGiro]) -> bool:
    """Whether the last payment failed and neither another number nor a new check of the number has come since."""
    last = known.last.get(due.case)
    if last is None or last.state not in _FAILED or due.giro != last.payment.giro:
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
