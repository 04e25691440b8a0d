"""Step 5, payment (utbetalning, §§ 8 and 12): what is due on each decision, paid exactly once, or held with a reason.

What is due is the sum decided less what is withheld and what is already paid or under way. So the same call made
twice pays nothing twice, and a payment that failed is tried again. What the bank answers is folded into states.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from statsbidrag.cycle.grounds import GroundRule
from statsbidrag.terms.because import Because, resting_on
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.sources import Stated

Outcome = Literal["accepted", "rejected", "paid", "returned"]
PaymentState = Literal["sent", "accepted", "rejected", "paid", "returned", "unclear"]

_NEXT: dict[PaymentState, frozenset[Outcome]] = {
    "sent": frozenset({"accepted", "rejected", "paid"}),
    "accepted": frozenset({"rejected", "paid"}),
    "paid": frozenset({"returned"}),
    "rejected": frozenset(),
    "returned": frozenset(),
    "unclear": frozenset(),
}
_FAILED: frozenset[PaymentState] = frozenset({"rejected", "returned"})


@dataclass(frozen=True, slots=True)
class PaymentRules:
    """When and how the grant is paid: section [payment] of the round's file.

    when         as the source says it; ``last_day`` is how we read it
    after        payments are due only when the requisition period has run out
    withhold     whether a decided grant may be withheld, wholly or partly, on a ground for repayment (§ 12)
    at_once      whether a decision to withhold applies at once
    check_giro   whether a giro number that is new since last year waits for a check of its owner
    """

    paid_by: Stated[str]
    when: Stated[str]
    last_day: Stated[date]
    after: Stated[Literal["requisition period"]]
    lump_sum: Stated[bool]
    withhold: Stated[bool]
    at_once: Stated[bool]
    check_giro: Stated[bool]


@dataclass(frozen=True, slots=True)
class Payable:
    """What the decision that stands in a case gives the recipient, in kronor.

    case   the number of the first decision, which its corrections and changes share
    """

    case: str
    recipient: str
    kronor: int
    decided_on: date


@dataclass(frozen=True, slots=True)
class Withholding:
    """A decision not to pay some or all of a decided grant, and the ground for it (§§ 12-13)."""

    reference: str
    case: str
    kronor: int
    ground: GroundRule
    decided_on: date


@dataclass(frozen=True, slots=True)
class GiroAccount:
    """The giro number that a recipient is paid on, and whether it is known or its owner has been checked."""

    number: str
    known_since_last_year: bool
    owner_checked: bool = False


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment to one recipient; its reference is how the bank's answers find it."""

    reference: str
    case: str
    recipient: str
    kronor: int
    giro: str
    day: date


@dataclass(frozen=True, slots=True)
class BankAnswer:
    """What the bank says of a payment; the sum where it states one."""

    reference: str
    outcome: Outcome
    day: date
    kronor: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """Every payment sent so far, and everything that the bank has answered."""

    payments: tuple[Payment, ...] = ()
    answers: tuple[BankAnswer, ...] = ()

    def states(self) -> dict[str, PaymentState]:
        """Gives where each payment stands, by its reference.

        An answer said again changes nothing. One that contradicts what came before, or states another sum, makes the
        payment unclear until a person has looked at it; it is never tried again by itself.
        """
        states: dict[str, PaymentState] = {payment.reference: "sent" for payment in self.payments}
        sums = {payment.reference: payment.kronor for payment in self.payments}
        for answer in sorted(self.answers, key=lambda answer: answer.day):
            if answer.reference in states:
                right_sum = answer.kronor in (None, sums[answer.reference])
                states[answer.reference] = _after(states[answer.reference], answer.outcome, right_sum=right_sum)
        return states

    def unmatched(self) -> tuple[BankAnswer, ...]:
        """Gives the answers that concern no payment of ours."""
        known = {payment.reference for payment in self.payments}
        return tuple(answer for answer in self.answers if answer.reference not in known)

    def by_case(self) -> Mapping[str, Sequence[Payment]]:
        """Gives the payments made in each case, also those that failed."""
        made: dict[str, list[Payment]] = {}
        for payment in self.payments:
            made.setdefault(payment.case, []).append(payment)
        return made


@dataclass(frozen=True, slots=True)
class Held:
    """What is not paid now, and why; below 0 it is overpaid and a matter for step 8."""

    case: str
    recipient: str
    kronor: int
    because: Because


@dataclass(frozen=True, slots=True)
class Batch:
    """What to send to the bank on a day, and what is held."""

    day: date
    payments: tuple[Payment, ...]
    held: tuple[Held, ...]

    @property
    def total(self) -> int:
        """The kronor of all payments together."""
        return sum(payment.kronor for payment in self.payments)


def pay(
    rules: PaymentRules,
    payables: Iterable[Payable],
    giros: Mapping[str, GiroAccount],
    history: History,
    *,
    day: date,
    requisition_closed: date,
    withholdings: Iterable[Withholding] = (),
) -> Batch:
    """Gives what is to be paid on a day and what is held, for each decision; nothing is ever paid twice (§§ 8 and 12).

    ``giros`` are the recipients' numbers; ``requisition_closed`` is the last day of requisition. Raises Fault where
    the requisition period has not run out, a decision lies ahead, or more is withheld than was decided.
    """
    if day <= requisition_closed:
        why = f"Rekvisitionsperioden löper till och med den {day_in_words(requisition_closed)}."
        raise Fault(f"utbetalning {day_in_words(day)}", why, "Betala ut bidraget efter den dagen.")
    held_back = [withholding for withholding in withholdings if withholding.decided_on <= day]
    states, made = history.states(), history.by_case()
    payments: list[Payment] = []
    held: list[Held] = []
    for payable in _each_once(payables):
        own = [withholding for withholding in held_back if withholding.case == payable.case]
        _refuse_misfit(rules, payable, own, day)
        attempts = made.get(payable.case, ())
        under_way = sum(payment.kronor for payment in attempts if states[payment.reference] not in _FAILED)
        withheld = sum(withholding.kronor for withholding in own)
        held += [Held(payable.case, payable.recipient, one.kronor, _because_withheld(rules, one)) for one in own]
        due = payable.kronor - withheld - under_way
        reason = _reason_to_wait(rules, due, giros.get(payable.recipient))
        if due and reason:
            held.append(Held(payable.case, payable.recipient, due, reason))
        elif due:
            number = f"{payable.case}-{len(attempts) + 1}"
            giro = giros[payable.recipient].number
            payments.append(Payment(number, payable.case, payable.recipient, due, giro, day))
    return Batch(day, tuple(payments), tuple(held))


def _each_once(payables: Iterable[Payable]) -> Iterable[Payable]:
    seen: set[str] = set()
    for payable in payables:
        if payable.case in seen:
            raise Fault(f"utbetalning {payable.case}", "Beslutet står två gånger i underlaget.", "Ta bort det ena.")
        seen.add(payable.case)
        yield payable


def _after(state: PaymentState, outcome: Outcome, *, right_sum: bool) -> PaymentState:
    if state == outcome and right_sum:
        return state
    return outcome if right_sum and outcome in _NEXT[state] else "unclear"


def _refuse_misfit(rules: PaymentRules, payable: Payable, withholdings: Sequence[Withholding], day: date) -> None:
    where = f"utbetalning {payable.case}, {payable.recipient}"
    if payable.decided_on > day:
        raise Fault(where, "Beslutet är inte fattat än.", "Betala ut när beslutet är fattat.")
    if withholdings and not rules.withhold.value:
        raise Fault(where, "Omgången har ingen regel om att innehålla utbetalning.", "Betala ut, eller kräv tillbaka.")
    withheld = sum(withholding.kronor for withholding in withholdings)
    if withheld > payable.kronor or any(withholding.kronor <= 0 for withholding in withholdings):
        why = f"{in_words(withheld)} hålls inne, men beslutet gäller {in_words(payable.kronor)}."
        raise Fault(where, why, "Rätta beloppet som hålls inne.")


def _reason_to_wait(rules: PaymentRules, due: int, giro: GiroAccount | None) -> Because | None:
    if due < 0:
        return Because("Mer är utbetalt än vad som gäller nu; det som är för mycket prövas i steg 8", due, "kr")
    if giro is None:
        return Because("Mottagaren har inte lämnat något bankgiro eller plusgiro")
    if rules.check_giro.value and not (giro.known_since_last_year or giro.owner_checked):
        return resting_on(rules.check_giro, "Gironumret är nytt sedan förra året; ekonomi kontrollerar ägaren")
    return None


def _because_withheld(rules: PaymentRules, withholding: Withholding) -> Because:
    says = f"Hålls inne genom beslut {withholding.reference}: {in_words(withholding.kronor)}"
    ground = resting_on(withholding.ground.text, withholding.ground.text.value)
    at_once = resting_on(rules.at_once, f"Beslutet gäller omedelbart, från den {day_in_words(withholding.decided_on)}")
    return resting_on(rules.withhold, says, withholding.kronor, "kr", steps=(ground, at_once))
