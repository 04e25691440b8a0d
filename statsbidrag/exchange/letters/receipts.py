"""Receipts: that a requisition or a report has come in, when, and what it said."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from statsbidrag.exchange.letters.letterhead import Kronor, Letter, Reference
from statsbidrag.terms.dates import day_of_arrival


@dataclass(frozen=True, slots=True, kw_only=True)
class RequisitionReceipt(Letter):
    """That a requisition, its completion or a word of abstaining has come in, and what it said (§§ 4-5).

    document       the requisition itself, as it was registered
    arrived        when it came in, with its time zone; printed by Swedish time
    requested      kronor; None where it was not stated, as for every fact below
    at_most        the most that the recipient wants of what nobody requisitioned
    other_support  whether it has other public support for the same activity (§ 3)
    giro           the account to pay to, or empty
    sent_by        who sent it in, or empty
    remarks        what has to be put right or is worth knowing, a sentence each
    complete_by    the last day to put it right, or None where nothing has to be
    abstains       True where the recipient says that it does not requisition
    completes      the requisition that this one completes and replaces, or None
    """

    template: ClassVar[str] = "requisition_receipt"
    document: Reference
    arrived: datetime
    last_day: date
    requested: Kronor | None
    ceiling: Kronor
    wants_more: bool | None
    at_most: Kronor | None = None
    other_support: bool | None = None
    giro: str = ""
    sent_by: str = ""
    remarks: tuple[str, ...] = ()
    complete_by: date | None = None
    abstains: bool = False
    completes: Reference | None = None

    @property
    def late(self) -> bool:
        """Whether it came in after the last day for requisitions, by Swedish time."""
        return day_of_arrival(self.arrived) > self.last_day


@dataclass(frozen=True, slots=True)
class Answer:
    """A question of the report with its answer as it was given; ”Ej besvarad” is for the caller to say."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class AnsweredPage:
    """A page of the report with its answers."""

    heading: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Certified:
    """Who has certified a report, and by which point of the delegation order.

    by_agent    True where the agent certifies for a signatory who cannot sign in
    """

    name: str
    position: str
    telephone: str
    email: str
    delegation: str
    at: datetime
    by_agent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportReceipt(Letter):
    """That a report has come in (svarskvitto): which answer of how many, its sums, all answers and its fingerprint.

    document       the report itself, as it was registered
    number         which of the answers that count; None for a completion that the officer asked for
    at_most        how many answers there may be; the last one counts
    fingerprint    SHA-256 of what was submitted, in hexadecimal
    """

    template: ClassVar[str] = "report_receipt"
    document: Reference
    arrived: datetime
    last_day: date
    number: int | None
    at_most: int
    granted: Kronor
    reallocated: Kronor
    used: Kronor
    certified: Certified
    fingerprint: str
    pages: tuple[AnsweredPage, ...]

    @property
    def day(self) -> date:
        """The Swedish day on which it came in."""
        return day_of_arrival(self.arrived)

    @property
    def late(self) -> bool:
        """Whether it came in after the last day, by Swedish time."""
        return self.day > self.last_day

    @property
    def received(self) -> Kronor:
        """Granted and reallocated together."""
        return self.granted + self.reallocated

    @property
    def unused(self) -> Kronor:
        """What is left and is to be repaid."""
        return self.received - self.used

    @property
    def has_unused(self) -> bool:
        """Whether anything is left."""
        return self.unused > 0
