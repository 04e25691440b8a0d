"""Decisions on the grant: granted, reallocated, withheld, rejected, corrected, changed or closed.

A decision shows what förvaltningslagen demands: its day, who decided, who presented the case, who else took part
and the reasons (31-32 §§); and what the ordinance demands of it (9 and 15 §§).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

from statsbidrag.exchange.letters.letterhead import Kronor, Letter, Reference
from statsbidrag.terms.because import Because
from statsbidrag.terms.dates import day_of_arrival
from statsbidrag.terms.faults import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Letter):
    """What every decision has.

    reasons           why it was decided so, a paragraph each
    appeal            whether it may be appealed, as a sentence (§ 15)
    decision_maker    who decided: title, and name where there is one
    presenter         who presented the case (föredragande)
    others            who else took part in the final handling
    replaces          the decision that this one replaces, or None
    """

    reasons: tuple[str, ...]
    appeal: str
    decision_maker: str
    presenter: str
    others: tuple[str, ...] = ()
    replaces: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantDecision(Decision):
    """The grant for a calendar year, what was requisitioned and what was reallocated kept apart (§§ 6, 8, 9).

    kind                 ``grant``: all of it now; ``reallocation``: more, after an earlier decision on ``granted``
    report_by            the last day to report; the decision governs over every other paper (§ 9)
    purpose              as the end of ”Syftet med bidraget är att …” (§ 1)
    may_use              as the end of ”Ni får använda bidraget till …”; may_not_use likewise
    conditions           the conditions of the grant (§§ 2-3), a sentence or two each
    report_content       what the report must show (§ 10), as the items after ”Det här ska finnas med i redovisningen:”
    repayment_grounds    when the grant must be repaid (§ 13), a sentence each
    because              how the amount was computed
    """

    template: ClassVar[str] = "grant_decision"
    kind: Literal["grant", "reallocation"] = "grant"
    requested: Kronor
    granted: Kronor
    reallocated: Kronor
    use_from: date
    use_to: date
    report_by: date
    purpose: str
    may_use: str
    may_not_use: str
    conditions: tuple[str, ...]
    report_content: tuple[str, ...]
    repayment_grounds: tuple[str, ...]
    because: Because

    @property
    def total(self) -> Kronor:
        """Granted and reallocated together."""
        return self.granted + self.reallocated

    @property
    def has_reallocated(self) -> bool:
        """Whether anything was reallocated to the recipient."""
        return self.reallocated > 0

    @property
    def decided_now(self) -> Kronor:
        """What this decision gives: everything, or what was reallocated after an earlier one."""
        return self.total if self.kind == "grant" else self.reallocated


@dataclass(frozen=True, slots=True, kw_only=True)
class WithholdingDecision(Decision):
    """A decided grant that is not paid out, wholly or in part; the decision applies at once (§ 12).

    ground    the ground for repayment at hand (§ 13), as a sentence
    """

    template: ClassVar[str] = "withholding_decision"
    of: Reference
    decided: Kronor
    withheld: Kronor
    ground: str

    @property
    def paid(self) -> Kronor:
        """What is still paid out."""
        return self.decided - self.withheld

    @property
    def all(self) -> bool:
        """Whether nothing is paid out."""
        return self.withheld == self.decided

    @property
    def less_withheld(self) -> Kronor:
        """What is withheld, as the minus entry that it is."""
        return -self.withheld


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectionDecision(Decision):
    """A requisition that is not taken up (avvisning): late, or not put right when asked; ``reasons`` says which.

    arrived     when it came in; it is registered all the same
    last_day    the last day for requisitions
    """

    template: ClassVar[str] = "rejection_decision"
    requested: Kronor
    arrived: datetime
    last_day: date
    requisition: Reference

    @property
    def late(self) -> bool:
        """Whether it came in after the last day, by Swedish time (§ 4)."""
        return day_of_arrival(self.arrived) > self.last_day


@dataclass(frozen=True, slots=True)
class Amended:
    """One thing that a correction or change alters: what it said, and what it says now."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AmendedAmount:
    """One amount that a correction or change alters."""

    name: str
    before: Kronor
    after: Kronor

    @property
    def difference(self) -> Kronor:
        """How much more it is now; less is negative."""
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendingDecision(Decision):
    """An earlier decision put right (rättelse, 36 § FL) or changed (ändring, 37-38 §§ FL).

    effect    what follows, a sentence each: a payment or a claim of the difference
    """

    template: ClassVar[str] = "amending_decision"
    kind: Literal["correction", "change"]
    replaces: Reference
    amounts: tuple[AmendedAmount, ...] = ()
    texts: tuple[Amended, ...] = ()
    effect: tuple[str, ...]

    def __post_init__(self) -> None:
        if not (self.amounts or self.texts):
            where = f"brevet {self.template}, {self.head.our_number}"
            raise Fault(where, "Inget ändras i beslutet.", "Ange vad det stod och vad som gäller.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingDecision(Decision):
    """A case that is closed without a decision on its matter (avskrivning), such as a withdrawn requisition.

    matter    what the case was about, as the end of ”Socialstyrelsen avskriver ärendet om …”
    """

    template: ClassVar[str] = "closing_decision"
    matter: str
