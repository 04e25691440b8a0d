"""The days that the demonstration can be moved to, in the order of the round.

Moving to a day does what lies before it and nobody has done: the recipients' part as the play has them behave, the
agency's by its own deeds. What someone has done in the demonstration stays as it was done.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from statsbidrag.portal import rules
from statsbidrag.terms.bank_days import bank_day_from
from statsbidrag.terms.dates import SWEDISH_TIME

StageKey = Literal[
    "before", "open", "last day", "closed", "reallocated", "decided", "paid", "report time", "report due", "account"
]
_NINE = time(9)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stage:
    """A day to move to.

    says   what has happened by then and what comes next
    """

    key: StageKey
    name: str
    day: date
    says: str

    @property
    def moment(self) -> datetime:
        """Nine in the morning of that day."""
        return datetime.combine(self.day, _NINE, SWEDISH_TIME)


def stages(year: int) -> tuple[Stage, ...]:
    """Gives the days of a round, from the day before it opens to the account."""
    round_ = rules.round_rules(year)
    asked, reported = round_.requisition, round_.report.last_day.value
    reallocated = bank_day_from(asked.completed_by + timedelta(days=1))
    decided = bank_day_from(reallocated + timedelta(days=1))
    paid = bank_day_from(decided + timedelta(days=7))
    account = round_.account.last_day.value - timedelta(days=15)
    return (
        Stage("before", "Dagen före", asked.opens.value - timedelta(days=1), "Inget är fördelat. Handläggaren börjar."),
        Stage("open", "Öppen", asked.opens.value, "Listan är publicerad. Nu kan ni rekvirera."),
        Stage("last day", "Sista dagen", asked.last_day.value, "De flesta har rekvirerat. Sista chansen i dag."),
        Stage("closed", "Stängd", reallocated, "Ingen kan rekvirera längre. Nu omfördelas det som är kvar."),
        Stage("reallocated", "Omfördelad", decided, "Det som var kvar är omfördelat. Nu bereds och fattas besluten."),
        Stage("decided", "Beslutad", bank_day_from(decided + _DAY), "Besluten är fattade. Nu betalas bidraget ut."),
        Stage("paid", "Utbetald", paid, "Pengarna är framme. Året används till hembesök."),
        Stage(
            "report time",
            "Redovisning",
            reported - timedelta(days=28),
            "Formuläret är ute. Nu fyller mottagarna i.",
        ),
        Stage("report due", "Redovisad", reported + _DAY, "Sista dagen har varit. Nu granskar handläggaren."),
        Stage("account", "Samlad redovisning", account, "Myndigheten redovisar till regeringen."),
    )


def stage_of(year: int, key: str) -> Stage | None:
    """Gives the stage with that key, or None."""
    return next((stage for stage in stages(year) if stage.key == key), None)


def current(year: int, today: date) -> Stage | None:
    """Gives the last stage that has been reached, or None before them all."""
    reached = [stage for stage in stages(year) if stage.day <= today]
    return reached[-1] if reached else None
