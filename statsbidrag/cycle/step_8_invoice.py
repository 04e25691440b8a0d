"""Step 8, invoice (faktura): what a recipient is asked to pay back, and what may happen to it afterwards."""

from dataclasses import dataclass
from datetime import date, timedelta

from statsbidrag.cycle.step_8_claim import Claim
from statsbidrag.cycle.step_8_repayment import RepaymentRules
from statsbidrag.terms.faults import Fault


@dataclass(frozen=True, slots=True)
class Invoice:
    """What a recipient is asked to pay back, by when and with which payment reference (OCR)."""

    reference: str
    recipient: str
    kronor: int
    issued: date
    due: date


@dataclass(frozen=True, slots=True)
class Repaid:
    """Money that came in on an invoice."""

    day: date
    kronor: int


@dataclass(frozen=True, slots=True)
class Refunded:
    """Money that was paid out again, since too much had come in."""

    day: date
    kronor: int


@dataclass(frozen=True, slots=True)
class Respite:
    """A decision to let the recipient pay later (anstånd)."""

    day: date
    until: date


@dataclass(frozen=True, slots=True)
class Instalments:
    """A decision to let the recipient pay in parts (avbetalning): a due day and a sum for each."""

    day: date
    parts: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit invoice after a changed claim, with the number of the decision."""

    day: date
    kronor: int
    decision: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder that was sent."""

    day: date


Event = Repaid | Refunded | Respite | Instalments | Credit | Reminder


def invoice(rules: RepaymentRules, decided: Claim, reference: str, issued: date) -> Invoice:
    """Gives the invoice of a claim, due the round's number of days after it is issued.

    Raises Fault where everything was waived and there is nothing to invoice.
    """
    recipient = decided.owed.recipient
    if not decided.claimed:
        raise Fault(f"faktura {recipient}", "Ni avstår från hela beloppet.", "Skicka beslutet utan faktura.")
    return Invoice(reference, recipient, decided.claimed, issued, issued + timedelta(days=rules.due_days.value))
