"""Step 8, settlement (reglering): what has become of an invoice on a given day.

Payments, respite, instalments, credits and reminders are added as they happen; what is outstanding, overdue and
bears interest is worked out from them, day by day.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from statsbidrag.cycle.step_8_interest import half_year_of, interest_on, unknown_half_years
from statsbidrag.cycle.step_8_invoice import Credit, Event, Instalments, Invoice, Refunded, Reminder, Repaid, Respite
from statsbidrag.cycle.step_8_repayment import RepaymentRules
from statsbidrag.terms.because import Because, resting_on
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import decimal_comma, in_words

SettlementState = Literal["open", "overdue", "settled", "overpaid"]
SETTLEMENT_STATES: dict[SettlementState, str] = {
    "open": "Fakturan är inte betald än",
    "overdue": "Fakturan är förfallen",
    "settled": "Fakturan är betald",
    "overpaid": "För mycket är betalt och ska betalas ut igen",
}


@dataclass(frozen=True, slots=True)
class Settlement:
    """Where an invoice stands on a day, in kronor.

    outstanding   what is left to pay, interest and fees apart; below 0 too much has been paid
    overdue       how much of it should have been paid already
    kronor_days   overdue kronor times days, by the first day of the half-year; what interest is computed on
    """

    invoice: Invoice
    rules: RepaymentRules
    today: date
    repaid: int
    credited: int
    overdue: int
    fees: int
    kronor_days: Mapping[date, int]

    @property
    def outstanding(self) -> int:
        """What is left of the invoice when what came in and what was credited is taken off."""
        return self.invoice.kronor - self.credited - self.repaid

    @property
    def interest(self) -> int | None:
        """Interest so far, in whole kronor; None where the reference rate of a half-year is unknown."""
        return interest_on(self.rules.interest, self.kronor_days)

    @property
    def state(self) -> SettlementState:
        """Where it stands."""
        if self.outstanding < 0:
            return "overpaid"
        if self.outstanding == 0:
            return "settled"
        return "overdue" if self.overdue else "open"

    def because(self) -> Because:
        """How the invoice came to stand where it does."""
        rules = self.rules
        margin = decimal_comma(rules.interest.margin.value * 100)
        interest = f"Dröjsmålsränta: referensräntan plus {margin} procentenheter, dag för dag"
        for half_year in unknown_half_years(rules.interest, self.kronor_days):
            interest += f"; räntan för halvåret från {day_in_words(half_year)} är inte känd"
        left = f"kvar att betala {day_in_words(self.today)}: {in_words(self.outstanding)}"
        return Because(
            f"{SETTLEMENT_STATES[self.state]}; {left}",
            self.outstanding,
            "kr",
            steps=(
                resting_on(rules.due_days, f"Fakturan {self.invoice.reference}", self.invoice.kronor, "kr"),
                Because("Krediterat", self.credited, "kr"),
                Because("Betalt", self.repaid, "kr"),
                resting_on(rules.interest.margin, interest, self.interest, "kr"),
                resting_on(rules.reminder_fee, "Påminnelseavgift", self.fees, "kr"),
            ),
        )


def settle_invoice(rules: RepaymentRules, claimed: Invoice, events: Iterable[Event], today: date) -> Settlement:
    """Gives what is left to pay on an invoice on a day, with interest for what was paid late.

    Interest runs from the day after the due day to the day of payment. Raises Fault where an event lies before the
    invoice or has no sum, or instalments do not add up to what is left.
    """
    past = sorted((event for event in events if event.day <= today), key=lambda event: event.day)
    _refuse_misfits(claimed, past)
    tally = _Tally(claimed, during_respite=rules.interest.during_respite.value)
    kronor_days: Counter[date] = Counter()
    for day in _days(claimed.issued, today):
        if bearing := tally.bears_interest(day):
            kronor_days[half_year_of(day)] += bearing
        for event in past:
            if event.day == day:
                tally.note(event)
    return Settlement(
        claimed,
        rules,
        today,
        repaid=tally.repaid,
        credited=tally.credited,
        overdue=tally.overdue(today),
        fees=rules.reminder_fee.value * tally.reminders,
        kronor_days=kronor_days,
    )


def _refuse_misfits(claimed: Invoice, events: Sequence[Event]) -> None:
    where = f"faktura {claimed.reference}"
    for event in events:
        if event.day < claimed.issued:
            why = f"En händelse är daterad {day_in_words(event.day)}, före fakturan {day_in_words(claimed.issued)}."
            raise Fault(where, why, "Rätta dagen.")
        if isinstance(event, Repaid | Refunded | Credit) and event.kronor <= 0:
            raise Fault(where, f"Beloppet {in_words(event.kronor)} är inte större än 0.", "Rätta beloppet.")


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


class _Tally:
    """What is due when on one invoice, as the events are taken in one by one."""

    def __init__(self, claimed: Invoice, *, during_respite: bool) -> None:
        self.claimed = claimed
        self.during_respite = during_respite
        self.repaid = self.credited = self.reminders = 0
        self.parts: tuple[tuple[date, int], ...] = ((claimed.due, claimed.kronor),)
        self.respite_until = claimed.issued

    def overdue(self, day: date) -> int:
        """What should have been paid before this day and has not been."""
        return 0 if day <= self.respite_until else self._past_due(day)

    def bears_interest(self, day: date) -> int:
        """What bears interest on this day."""
        return self._past_due(day) if self.during_respite else self.overdue(day)

    def note(self, event: Event) -> None:
        """Takes in what happened."""
        match event:
            case Repaid():
                self.repaid += event.kronor
            case Refunded():
                self.repaid -= event.kronor
            case Credit():
                self.credited += event.kronor
            case Respite():
                self.respite_until = event.until
            case Instalments():
                self._divide(event)
            case Reminder():
                self.reminders += 1

    def _divide(self, event: Instalments) -> None:
        planned = sum(kronor for _, kronor in event.parts)
        if planned != self._outstanding():
            why = f"Delarna blir {in_words(planned)}, men {in_words(self._outstanding())} är kvar att betala."
            raise Fault(f"avbetalning {self.claimed.recipient}", why, "Rätta planens belopp.")
        self.parts = event.parts

    def _past_due(self, day: date) -> int:
        later = sum(kronor for due, kronor in self.parts if due >= day)
        return max(0, self._outstanding() - later)

    def _outstanding(self) -> int:
        return self.claimed.kronor - self.credited - self.repaid
