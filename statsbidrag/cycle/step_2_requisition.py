"""Step 2, requisition (rekvisition, §§ 2-5): what a recipient asks for, and what a check of it can come to.

Only what the round lists as essential (§ 5) keeps a requisition from counting; whatever else is lacking is asked for.
The check stands in step_2_check; how versions and late papers are sorted, in step_2_intake.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from statsbidrag.terms.because import Because
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.parties import Kind
from statsbidrag.terms.sources import Stated

Channel = Literal["e-service", "e-mail", "paper"]
Fact = Literal["recipient", "amount", "wants_more"]
State = Literal["accepted", "to complete", "rejected", "replaced", "abstained"]
Weight = Literal["rejects", "replaces", "essential", "lacking", "note"]

REQUISITION_STATES: dict[State, str] = {
    "accepted": "Rekvisitionen är mottagen",
    "to complete": "Rekvisitionen behöver kompletteras",
    "rejected": "Rekvisitionen avvisas",
    "replaced": "Rekvisitionen är ersatt av en senare",
    "abstained": "Mottagaren avstår",
}


@dataclass(frozen=True, slots=True)
class RequiredFact:
    """A fact without which a requisition does not count, in the words of the rule."""

    fact: Fact
    text: Stated[str]


@dataclass(frozen=True, slots=True)
class RequisitionRules:
    """Who may requisition, when and how: section [requisition] of the round's file.

    facts              the essential facts; what else is lacking is asked for, but the requisition has come in
    most               what binds the amount: the recipient's ceiling in the list
    no_other_support   whether other public support for the same activity bars the grant (§ 3)
    agent              whether the requisition is made by an approved agent
    completion_days    how long after the last day a completion may come in
    """

    who_may: Stated[tuple[Kind, ...]]
    opens: Stated[date]
    last_day: Stated[date]
    facts: tuple[RequiredFact, ...]
    most: Stated[Literal["ceiling"]]
    no_other_support: Stated[bool]
    channel: Stated[Channel]
    agent: Stated[bool]
    agent_time: Stated[str]
    completion_days: Stated[int]

    @property
    def completed_by(self) -> date:
        """The last day for what completes a requisition that came in on time."""
        return self.last_day.value + timedelta(days=self.completion_days.value)

    def window(self, today: date) -> str:
        """Says in Swedish whether the round is open for requisition and how long it stays so."""
        left = (self.last_day.value - today).days
        if today < self.opens.value:
            return f"Öppnar för rekvisition den {day_in_words(self.opens.value)}"
        if left < 0:
            return "Stängd för rekvisition"
        more = f"{left} {'dag' if left == 1 else 'dagar'} kvar" if left else "sista dagen i dag"
        return f"Öppen för rekvisition, {more}"


@dataclass(frozen=True, slots=True)
class Requisition:
    """What a recipient sent in; unknown is None or empty, never 0 or no.

    reference       the document's number, unique in the round
    recipient       the key of the recipient: ``region-01``
    arrived         when it came in, with its time zone
    amount          kronor
    wants_more      whether the recipient wants a share of what nobody requisitioned
    at_most         the most it wants of that, in kronor; our addition
    abstains        the recipient says that it will not requisition, or takes back what it asked for
    other_support   whether it has been granted other public support for the same activity (§ 3)
    agent           the approved agent who sent it; empty where there is none
    completes       the number of the requisition that this one completes
    """

    reference: str
    recipient: str
    arrived: datetime
    amount: int | None = None
    wants_more: bool | None = None
    at_most: int | None = None
    abstains: bool = False
    other_support: bool | None = None
    giro: str = ""
    agent: str = ""
    channel: Channel = "e-service"
    completes: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a requisition: what it is, what to do, and what it rests on."""

    weight: Weight
    says: str
    remedy: str = ""
    cites: str = ""
    assumption: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A requisition with everything that was found in it."""

    requisition: Requisition
    findings: tuple[Finding, ...]

    @property
    def state(self) -> State:
        """Where the requisition stands."""
        weights = {finding.weight for finding in self.findings}
        if "rejects" in weights:
            return "rejected"
        if "replaces" in weights:
            return "replaced"
        if self.requisition.abstains:
            return "abstained"
        return "to complete" if weights & {"essential", "lacking"} else "accepted"

    @property
    def counts(self) -> bool:
        """Whether it has come in as a requisition: nothing essential is lacking (§ 5)."""
        open_ = self.state in ("accepted", "to complete")
        return open_ and all(finding.weight != "essential" for finding in self.findings)

    def because(self) -> Because:
        """Why the requisition stands where it does."""
        return Because(
            f"{REQUISITION_STATES[self.state]} ({self.requisition.reference})",
            self.requisition.amount,
            "kr" if self.requisition.amount is not None else "",
            steps=tuple(
                Because(" ".join(filter(None, (found.says, found.remedy))), None, "", found.cites, found.assumption)
                for found in self.findings
            ),
        )
