"""Repayment: the letter before a decision, the decision to claim or waive, and the invoice (§§ 13-14)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from statsbidrag.exchange.letters.decisions import Decision
from statsbidrag.exchange.letters.letterhead import Kronor, Letter, Reference
from statsbidrag.terms.because import Because
from statsbidrag.terms.faults import Fault


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground for repayment in the words of the decision, and the kronor that are repayable on it (§ 13).

    why    what has happened in this case, as a sentence
    """

    text: str
    kronor: Kronor
    why: str


@dataclass(frozen=True, slots=True)
class Material:
    """A paper that a decision will rest on: what it is, and which document of the case."""

    what: str
    document_number: int
    dated: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Communication(Letter):
    """What the agency considers claiming back and on what material, with a day to answer (25 § förvaltningslagen).

    officer    who handles the case, by title and, where there is one, name
    """

    template: ClassVar[str] = "communication"
    grounds: tuple[Ground, ...]
    material: tuple[Material, ...]
    because: Because
    answer_by: date
    officer: str

    @property
    def considered(self) -> Kronor:
        """What may be claimed."""
        return sum(ground.kronor for ground in self.grounds)


@dataclass(frozen=True, slots=True)
class Heard:
    """That the recipient has been heard: when it was asked, until when it could answer, and when it did.

    arguments    what it says, and ``reply`` how the agency judges that; both empty where it had no arguments
    """

    letter: Reference
    answer_by: date
    answered: date | None = None
    arguments: str = ""
    reply: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDecision(Decision):
    """What is claimed back and what is waived; together they are what is repayable (§ 14).

    waived             kronor that the agency refrains from, for ``special_reasons``
    heard              how the recipient was heard, or why that was obviously unnecessary (25 § FL)
    due                when the invoice is to be paid; None where nothing is claimed
    """

    template: ClassVar[str] = "claim_decision"
    of: Reference
    grounds: tuple[Ground, ...]
    waived: Kronor = 0
    special_reasons: str = ""
    heard: Heard | str
    due: date | None = None
    because: Because

    def __post_init__(self) -> None:
        for is_wrong, why, remedy in (
            (not 0 <= self.waived <= self.repayable, "Mer avstås än vad som ska återbetalas.", "Rätta beloppet."),
            (self.waived and not self.special_reasons.strip(), "De särskilda skälen saknas.", "Ange dem."),
            (self._unheard, "Det framgår inte om mottagaren har fått yttra sig.", "Ange det, eller varför inte."),
            (self._unanswered, "Mottagarens synpunkter är inte bemötta.", "Skriv hur ni bedömer dem."),
            (self.claimed and self.due is None, "Sista dag att betala saknas.", "Ange den."),
        ):
            if is_wrong:
                raise Fault(f"brevet {self.template}, {self.head.our_number}", why, remedy)

    @property
    def repayable(self) -> Kronor:
        """What must be paid back (§ 13)."""
        return sum(ground.kronor for ground in self.grounds)

    @property
    def claimed(self) -> Kronor:
        """What is invoiced."""
        return self.repayable - self.waived

    @property
    def less_waived(self) -> Kronor | None:
        """What is waived as the minus entry that it is, or None."""
        return -self.waived or None

    @property
    def outcome(self) -> Literal["claim", "part", "waiver"]:
        """All of it claimed, part of it waived, or all of it waived."""
        if not self.waived:
            return "claim"
        return "part" if self.claimed else "waiver"

    @property
    def _unheard(self) -> bool:
        return isinstance(self.heard, str) and not self.heard.strip()

    @property
    def _unanswered(self) -> bool:
        return isinstance(self.heard, Heard) and bool(self.heard.arguments.strip()) and not self.heard.reply.strip()


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """A line of an invoice: what, and how many kronor; below 0 it takes away."""

    what: str
    kronor: Kronor


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice(Letter):
    """An invoice for what is claimed back, a credit invoice after a changed claim, or a reminder (1993:1138).

    earlier           the number of the invoice that is credited or reminded of
    your_reference    the recipient's own invoice reference (fakturareferens)
    e_address         where the electronic invoice is sent, or empty where this is the only one
    late              what follows if it is paid too late, and how to ask for respite, a sentence each
    """

    template: ClassVar[str] = "invoice"
    kind: Literal["invoice", "credit", "reminder"] = "invoice"
    number: str
    decision: Reference
    lines: tuple[InvoiceLine, ...]
    due: date
    bankgiro: str
    ocr: str
    your_reference: str
    e_address: str = ""
    earlier: str = ""
    late: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind != "invoice" and not self.earlier:
            raise Fault(f"faktura {self.number}", "Det framgår inte vilken faktura den gäller.", "Ange numret.")

    @property
    def total(self) -> Kronor:
        """What is to be paid, or what is credited."""
        return sum(line.kronor for line in self.lines)
