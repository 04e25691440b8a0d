"""Letters on fixed support (fast ersättning): that an application has come in, and what was decided on it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from statsbidrag.cycle.scheme import FixedSupport, Scheme
from statsbidrag.exchange.letters.letterhead import Kronor, Letter, Reference
from statsbidrag.exchange.letters.quoted import quoted
from statsbidrag.exchange.letters.receipts import AnsweredPage
from statsbidrag.exchange.letters.statement import ShownRate
from statsbidrag.terms.because import Because
from statsbidrag.terms.faults import Fault


@dataclass(frozen=True, slots=True)
class ReportDuty:
    """What a clinic with fixed support must report, to whom and when."""

    contents: str
    receiver: str
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportReceipt(Letter):
    """That a clinic's application has come in, when, and what it said.

    receiver   the unit that looks at it
    document   the application, as it is registered
    pages      the plan as it was sent in
    """

    template: ClassVar[str] = "support_receipt"
    receiver: str
    document: Reference
    arrived: datetime
    sent_by: str
    pages: tuple[AnsweredPage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportDecision(Letter):
    """The decision on a clinic's application: granted or refused, why, and what follows from it.

    application   the application that is decided
    kronor        what is granted; None where the sum is not decided yet, which is not 0
    reasons       why it was decided so, a paragraph each
    because       how the clinic was held against what the scheme asks, with its index
    rules         the words of the scheme that it was held against
    rates         what a visit is paid at the clinic from now on
    reports       what it must report; nothing where it is refused
    support       who offers help as it begins, as a sentence; empty where nobody does
    """

    template: ClassVar[str] = "support_decision"
    application: Reference
    granted: bool
    kronor: Kronor | None = None
    first_day: date | None = None
    last_day: date | None = None
    reasons: tuple[str, ...]
    because: Because
    rules: tuple[Because, ...]
    rates: tuple[ShownRate, ...] = ()
    reports: tuple[ReportDuty, ...] = ()
    support: str = ""
    decision_maker: str
    presenter: str = ""

    def __post_init__(self) -> None:
        if self.granted and not (self.first_day and self.last_day and self.reports):
            raise Fault(
                "beslut om fast ersättning",
                "Det saknas från och till vilken dag, eller vad som ska redovisas.",
                "Ange dagarna, och lägg till [[reports]] i ordningen.",
            )


def duties_of(scheme: Scheme) -> tuple[ReportDuty, ...]:
    """Gives what the scheme wants reported by those with fixed support, to whom and when."""
    return tuple(
        ReportDuty(report.contents.value, report.receiver.value, report.last_day.value)
        for report in scheme.reports
        if "fixed_support" in report.of
    )


def rules_quoted(support: FixedSupport) -> tuple[Because, ...]:
    """Gives the words of the source that a clinic's application is held against, each with where it stands."""
    eligible = support.eligible
    named = (quoted(eligible.named),) if eligible.named else ()
    return (quoted(eligible.says), *(quoted(criterion.rule) for criterion in eligible.criteria), *named)
