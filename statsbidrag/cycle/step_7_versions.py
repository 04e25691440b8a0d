"""Step 7, versions: a recipient's draft, and every version that it has submitted, of which the last counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from statsbidrag.cycle.step_7_prefill import Prefilled
from statsbidrag.cycle.step_7_report import Outcome, ReportRules
from statsbidrag.terms.because import Because, resting_on
from statsbidrag.terms.dates import day_in_words, day_of_arrival


class State(StrEnum):
    """How far a report has come."""

    DRAFT = "draft"
    LOCKED = "locked"
    CERTIFIED = "certified"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who certified a locked version, by what right, and exactly what.

    by            the signatory, or the agent where the signatory cannot sign in
    signed_in     the person who was signed in
    delegation    the point of the delegation order that gives the right to sign
    fingerprint   of the answers certified, the signatory's own included
    attachment    the signed approval that an agent attaches, or empty
    """

    by: Literal["signatory", "agent"]
    signed_in: str
    delegation: str
    at: datetime
    fingerprint: str = ""
    attachment: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A submitted report as it came in, which never changes.

    late       it came in after the last day; it is received all the same
    counts     it is one of the submissions that the recipient has; a completion that the officer asked for is not
    notes      the recipient's comments on warnings, by check
    prefilled  what the sources said when it was certified; reasons tell why a value was changed
    """

    number: int
    outcome: Outcome
    certificate: Certificate
    came_in: datetime
    last_day: date
    counts: bool
    notes: Mapping[str, str]
    prefilled: Mapping[str, Prefilled]
    reasons: Mapping[str, str]

    @property
    def late(self) -> bool:
        """True where it came in after the last day, by Swedish time."""
        return day_of_arrival(self.came_in) > self.last_day

    def because(self, rules: ReportRules) -> Because:
        """Why it is in time or late."""
        day = day_in_words(day_of_arrival(self.came_in))
        says = f"Kom in {day}, {'efter' if self.late else 'senast'} den sista dagen, {day_in_words(self.last_day)}"
        return Because(says, steps=(resting_on(rules.last_day, "Sista dag i omgångens regler", rules.last_day.value),))


@dataclass(frozen=True, slots=True)
class Report:
    """A recipient's report: its draft, how far it has come, and every version that has come in.

    draft        everything answered so far, by field, also what does not show now
    declined     the signatory's reasons for not certifying, in order
    completion   what the officer has asked for; the next submission then does not count
    """

    draft: Mapping[str, object] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    prefilled: Mapping[str, Prefilled] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    state: State = State.DRAFT
    locked: Outcome | None = None
    certificate: Certificate | None = None
    versions: tuple[Version, ...] = ()
    declined: tuple[str, ...] = ()
    completion: str = ""

    @property
    def standing(self) -> Version | None:
        """The version that counts: the last one that came in."""
        return self.versions[-1] if self.versions else None

    def left(self, rules: ReportRules) -> int:
        """How many times the recipient may still submit of its own accord."""
        return rules.submissions.value - sum(version.counts for version in self.versions)
