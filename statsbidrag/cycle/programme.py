"""The programme of visits as a plan for each child: which visit it is due for, and when."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from statsbidrag.cycle.scheme import Programme, ProgrammeVisit
from statsbidrag.terms.written_days import months_between

# A visit is late when the child is a month older than the programme says.
_MONTHS_OF_GRACE = 1


@dataclass(frozen=True, slots=True)
class Due:
    """A child's next visit of the programme.

    day    when the child reaches the age that the programme says, counted from its last visit
    late   the first day on which it is late
    """

    visit: ProgrammeVisit
    day: date
    late: date


def next_due(programme: Programme, seen: date, months: int) -> Due | None:
    """Gives the next visit of a child that was seen on a day at an age in months; None where the programme is over.

    A visit that was left out is not caught up: the next one is the first that is for an older child.
    """
    visit = next((visit for visit in programme.visits if visit.months > months), None)
    if visit is None:
        return None
    day = months_later(seen, visit.months - months)
    return Due(visit, day, months_later(day, _MONTHS_OF_GRACE))


def visit_at(programme: Programme, months: int) -> ProgrammeVisit | None:
    """Gives the visit of the programme that a child of an age has reached; the first one before that."""
    reached = [visit for visit in programme.visits if visit.months <= months]
    return reached[-1] if reached else next(iter(programme.visits), None)


def visit_fitting(programme: Programme, months: int, place: str) -> ProgrammeVisit | None:
    """Gives which visit of the programme one at an age is: ordinary or extra, as it was itself.

    It is the last of its kind whose age is reached, or the first one before that; of any kind where there is none of
    its own.
    """
    same = tuple(visit for visit in programme.visits if visit.place == place)
    reached = [visit for visit in same or programme.visits if visit.months <= months]
    return reached[-1] if reached else next(iter(same or programme.visits), None)


def age_later(seen: date, months: int, day: date) -> int:
    """Gives about how old a child is on a day, in whole months, from its age when it was seen."""
    return months + max(months_between(seen, day), 0)


def months_later(day: date, months: int) -> date:
    """Gives the same day of a later month, or the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
