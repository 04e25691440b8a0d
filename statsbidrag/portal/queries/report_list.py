"""The officer's list of reports: who was paid, who has reported and what stands; nothing of any draft (adm-02)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db.models import BigIntegerField, Case, F, Sum, When

from statsbidrag.portal import rules
from statsbidrag.portal.models import AcceptedReport, CompletionRequest, LedgerEntry, ReceivedReport
from statsbidrag.portal.queries.prepared import YEAR, Prepared
from statsbidrag.portal.queries.reports import form_of
from statsbidrag.portal.queries.words import in_swedish_order
from statsbidrag.terms.dates import day_of_arrival
from statsbidrag.terms.parties import Kind

RowState = Literal["none", "overdue", "sent", "asked", "accepted"]
STATES: dict[RowState, str] = {
    "none": "Inte inlämnad",
    "overdue": "Inte inlämnad i tid",
    "sent": "Inlämnad",
    "asked": "Komplettering begärd",
    "accepted": "Godtagen",
}
TONES: dict[RowState, str] = {"none": "neutral", "overdue": "bad", "sent": "wait", "asked": "wait", "accepted": "good"}


@dataclass(frozen=True, slots=True)
class Row:
    """A recipient that has been paid, with the version of its report that stands; kronor.

    number   which answer stands; 0 where none has come in
    late     whether the first one came in after the last day
    flags    what the checks point out to the officer
    """

    key: str
    name: str
    kind: Kind
    paid: int
    state: RowState
    number: int = 0
    came_in: datetime | None = None
    late: bool = False
    used: int | None = None
    flags: tuple[str, ...] = ()
    sorted_as: str = ""

    @property
    def unused(self) -> int | None:
        """What was paid and not used, by the report that stands."""
        return None if self.used is None else self.paid - self.used


_SIGNED = Case(When(cause="returned", then=-F("kronor")), default=F("kronor"), output_field=BigIntegerField())
_PAID = Prepared(
    lambda: (
        LedgerEntry.objects.filter(year=YEAR, cause__in=("paid", "returned"))
        .order_by()
        .values("recipient")
        .annotate(sum=Sum(_SIGNED))
        .values_list("recipient", "sum")
    )
)
_REPORTS = Prepared(
    lambda: (
        ReceivedReport.objects.filter(year=YEAR)
        .order_by("number")
        .values_list("id", "recipient", "number", "came_in", "last_day", "used", "fired")
    )
)
_ACCEPTED = Prepared(lambda: AcceptedReport.objects.filter(report__year=YEAR).values_list("report_id"))
_ASKED = Prepared(
    lambda: (
        CompletionRequest.objects.filter(report__year=YEAR, withdrawn=None, answers=None)
        .order_by()
        .values_list("report__recipient")
    )
)


def paid_in(year: int) -> dict[str, int]:
    """Gives what each recipient has been paid in a round, in kronor; who has been paid nothing is not there."""
    return {key: int(kronor) for key, kronor in _PAID.rows({YEAR: year}) if kronor}


def report_rows(year: int, today: date) -> tuple[Row, ...]:
    """Gives a line for everyone that has been paid, in the order of the Swedish alphabet."""
    which = {YEAR: year}
    accepted = {id for (id,) in _ACCEPTED.rows(which)}
    asked = {key for (key,) in _ASKED.rows(which)}
    last = {row[1]: row for row in _REPORTS.rows(which)}
    flags = _flags(year)
    over = today > rules.round_rules(year).report.last_day.value
    found = []
    for key, kronor in paid_in(year).items():
        party, row = rules.recipients()[key], last.get(key)
        stands = Row(key, party.name, party.kind, kronor, "overdue" if over else "none")
        if row:
            id, _, number, came_in, last_day, used, fired = row
            state: RowState = "asked" if key in asked else "accepted" if id in accepted else "sent"
            late = day_of_arrival(came_in) > last_day
            pointed = tuple(flags[check] for check in fired if check in flags)
            stands = Row(key, party.name, party.kind, kronor, state, number, came_in, late, used, pointed)
        found.append(stands)
    return tuple(sorted(found, key=lambda one: in_swedish_order(one.name)))


def counts(rows: Iterable[Row]) -> dict[RowState, int]:
    """Counts the lines by state, every state in its order."""
    found = Counter(row.state for row in rows)
    return {state: found[state] for state in STATES}


def _flags(year: int) -> Mapping[str, str]:
    form = form_of(year)
    return {check.id: check.says for check in form.checks if check.level == "flag"} if form else {}
