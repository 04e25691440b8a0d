"""Step 5 as it stands: every payment of a round, or to a recipient, with its state."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

from statsbidrag.cycle import BankAnswer, History, Payment
from statsbidrag.portal import models
from statsbidrag.portal.queries.prepared import RECIPIENT, Prepared
from statsbidrag.portal.queries.remembering import remembered

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
# What is on its way and has not been answered.
UNDER_WAY: frozenset[State] = frozenset({"prepared", "sent", "accepted", "unclear"})
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


# The number of a batch, when it was handed over and withdrawn, and the notice of the payment.
_Facts = tuple[int, datetime | None, datetime | None, int | None]
# When the last answer was read in, the day that it is about, and what it says.
_Heard = tuple[datetime, date, str]
_TO_RECIPIENT = Prepared(
    lambda: (
        models.Payment.objects.filter(recipient=RECIPIENT)
        .order_by("id", "answers__id")
        .values_list("batch__year", *_FIELDS)
    )
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One payment and where it stands.

    batch      the number of its batch
    answered   when the last answer of it was read in; None before that
    said_on    the day that the answer is about
    why        what the last answer says
    noticed    whether the recipient has been told that it is paid
    """

    payment: Payment
    state: State
    batch: int
    answered: datetime | None = None
    said_on: date | None = None
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

    @property
    def failed(self) -> bool:
        """Whether it was sent but did not reach the recipient."""
        return self.state in _FAILED


@dataclass(frozen=True)
class Payments:
    """Every payment of a round, in the order in which they were prepared, and what step 5 folds them from."""

    attempts: tuple[Attempt, ...]
    history: History

    def of_batch(self, number: int) -> tuple[Attempt, ...]:
        """Gives the payments of one batch."""
        return tuple(attempt for attempt in self.attempts if attempt.batch == number)

    def to(self, recipient: str) -> tuple[Attempt, ...]:
        """Gives the payments to one recipient."""
        return tuple(attempt for attempt in self.attempts if attempt.payment.recipient == recipient)

    @cached_property
    def last(self) -> Mapping[str, Attempt]:
        """The last payment of each case that was not withdrawn."""
        return {attempt.payment.case: attempt for attempt in self.attempts if attempt.state != "withdrawn"}

    def kronor(self, *states: State) -> int:
        """Gives the kronor of the payments in some states together."""
        return sum(attempt.payment.kronor for attempt in self.attempts if attempt.state in states)


@remembered
def payments(year: int) -> Payments:
    """Gives every payment of a round with its state, in one question to the database.

    A withdrawn batch was never sent: its payments count as failed, so that what they were for is due again.
    """
    return _folded(models.Payment.objects.filter(batch__year=year).order_by("id", "answers__id").values_list(*_FIELDS))


def payments_to(recipient: str) -> Mapping[int, Payments]:
    """Gives every payment to a recipient with its state, by round, in one question to the database."""
    by_year: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for year, *row in _TO_RECIPIENT.rows({RECIPIENT: recipient}):
        by_year[year].append(tuple(row))
    return {year: _folded(rows) for year, rows in by_year.items()}


def _folded(rows: Iterable[tuple[Any, ...]]) -> Payments:
    """Folds the rows of payments with their answers, a row for each answer."""
    found: dict[str, Payment] = {}
    facts: dict[str, _Facts] = {}
    answers: list[BankAnswer] = []
    heard: dict[str, _Heard] = {}
    for reference, *row in rows:
        if reference not in found:
            found[reference] = Payment(reference, *row[:5])
            facts[reference] = (row[5], row[6], row[7], row[8])
            if row[7]:
                answers.append(BankAnswer(reference, "rejected", row[4], why="Utbetalningen drogs tillbaka."))
        outcome, day, kronor, why, looked_at, at = row[9:]
        if outcome and not looked_at:
            heard[reference] = (at, day, why)
            if outcome != "pending":
                answers.append(BankAnswer(reference, outcome, day, kronor, why))
    history = History(tuple(found.values()), tuple(answers))
    states = history.states()
    return Payments(
        tuple(_attempt(payment, states[key], facts[key], heard.get(key)) for key, payment in found.items()), history
    )


def _attempt(
    payment: Payment,
    state: State,
    facts: _Facts,
    heard: _Heard | None,
) -> Attempt:
    number, handed_over, withdrawn, notice = facts
    if withdrawn:
        state = "withdrawn"
    elif not handed_over:
        state = "prepared"
    answered, said_on, why = heard or (None, None, "")
    return Attempt(payment, state, number, answered, said_on, why, notice is not None)
