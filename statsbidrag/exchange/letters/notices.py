"""Notices: what a recipient may requisition at most and why, and what the agency pays out."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from statsbidrag.exchange.letters.letterhead import Kronor, Letter, Reference
from statsbidrag.terms.because import Because


@dataclass(frozen=True, slots=True, kw_only=True)
class CeilingNotice(Letter):
    """What a recipient may requisition at most, how, until when, and why that much (§§ 4-7).

    purpose      as the end of ”Syftet med bidraget är att …” (§ 1)
    e_service    the address of the e-service
    facts        what the requisition must say (§ 5), as the end of ”Rekvisitionen ska innehålla uppgifter om …”
    basis        what the figures rest on, such as that the table of children is an estimate; empty where they are final
    """

    template: ClassVar[str] = "ceiling_notice"
    ceiling: Kronor
    last_day: date
    purpose: str
    e_service: str
    facts: tuple[str, ...]
    because: Because
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentNotice(Letter):
    """That the grant is on its way: how much, when, to which account, by which decision (§ 8).

    withheld     what is kept back by a decision of its own (§ 12)
    earlier      what has been paid before by the same decision
    reference    what the recipient finds the payment by on its account
    """

    template: ClassVar[str] = "payment_notice"
    decision: Reference
    granted: Kronor
    reallocated: Kronor
    withheld: Kronor = 0
    earlier: Kronor = 0
    day: date
    giro: str
    reference: str

    @property
    def paid(self) -> Kronor:
        """What is paid now."""
        return self.granted + self.reallocated - self.withheld - self.earlier

    @property
    def less_withheld(self) -> Kronor | None:
        """What is withheld as the minus entry that it is, or None."""
        return -self.withheld or None

    @property
    def less_earlier(self) -> Kronor | None:
        """What has been paid before as the minus entry that it is, or None."""
        return -self.earlier or None
