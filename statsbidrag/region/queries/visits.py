"""Visits as the region has them, for the pages of the region and of its clinics; children only as keyed pseudonyms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from statsbidrag.cycle import Judge, Verdict
from statsbidrag.cycle.programme import Due, next_due
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.cycle.visits import BETWEEN_CODES
from statsbidrag.cycle.visits import Visit as KnownVisit
from statsbidrag.portal import rules
from statsbidrag.region.models import Clinic, Visit
from statsbidrag.region.queries.claims import elsewhere, settled_first
from statsbidrag.region.queries.years import known_clinics

A_PAGE = 50
# The programme is over long before, whatever the region's scheme says of it.
_LOOKED_BACK = timedelta(days=3 * 366)


class LastSeen(NamedTuple):
    """A child's last visit: its number, the child keyed, the day, and how old the child was."""

    pk: int
    child: str
    date: date
    child_months: int


@dataclass(frozen=True, slots=True)
class DueVisit:
    """A child's next visit of the programme, after its last one."""

    last: LastSeen
    due: Due

    @property
    def child(self) -> str:
        """The child, keyed."""
        return self.last.child

    def is_late(self, today: date) -> bool:
        """Tells whether it should have been made by now."""
        return today >= self.due.late


def visits_of(clinic: Clinic, year: int, page: int) -> tuple[list[Visit], bool]:
    """Gives one page of a clinic's visits that stand, the newest first, and whether there are more."""
    start = (page - 1) * A_PAGE
    found = Visit.objects.filter(clinic=clinic, region=clinic.region, year=year, replaced=False)
    found = found.select_related("clinic", "file").defer("file__says", "file__refusals").order_by("-date", "-id")
    rows = list(found[start : start + A_PAGE + 1])
    return rows[:A_PAGE], len(rows) > A_PAGE


def visit_of(clinic: Clinic, number: int) -> Visit | None:
    """Gives a visit of the clinic's that stands, or None."""
    return Visit.objects.filter(clinic=clinic, pk=number, replaced=False).select_related("clinic").first()


def judge_of(scheme: Scheme) -> Judge:
    """Gives what judges visits by a scheme and the register as it is now."""
    return Judge(scheme, rules.book().visit_columns, known_clinics(scheme.region, scheme.year))


def verdicts_on(judge: Judge, visits: Sequence[Visit]) -> dict[int, Verdict]:
    """Gives the verdict on each visit of a clinic, by number, held against all others there of the same days.

    What other clinics have of the same children on those days counts too.
    """
    if not visits:
        return {}
    beside = Visit.objects.filter(
        region=visits[0].region,
        year=visits[0].year,
        clinic=visits[0].clinic_id,
        date__in={visit.date for visit in visits},
        replaced=False,
    )
    rows = list(beside.select_related("clinic").order_by("id"))
    others = elsewhere(rows)
    first = settled_first(visits[0].region, visits[0].year) if others else frozenset()
    verdicts = judge.reimburse(map(as_known, (*rows, *others)), first)
    return {row.pk: verdict for row, verdict in zip(rows, verdicts, strict=False)}


def as_known(row: Visit) -> KnownVisit:
    """Gives a visit as the steps know it."""
    return KnownVisit(
        clinic=row.clinic.name,
        date=row.date,
        child=row.child or f"gallrad {row.pk}",  # those whose pseudonyms are dropped are not one child
        child_months=row.child_months,
        place=row.place,
        professions=_codes(row.professions),
        kva_codes=_codes(row.kva_codes),
        family=row.family or None,
        municipality=row.municipality or None,
        contacts=_codes(row.contacts),
        other_funding=row.other_funding or None,
    )


def perhaps_twice(clinic: Clinic, year: int) -> list[Visit]:
    """Gives the visits written by hand that may be in a file too: one of a child of that age on the same day.

    A clinic's own number of a child and its pseudonym in a file cannot be told to be of one child; people can.
    """
    own = Visit.objects.filter(region=clinic.region, year=year, clinic=clinic, replaced=False)
    by_hand = list(own.filter(file=None).select_related("clinic").order_by("-date", "-id"))
    if not by_hand:
        return []
    days = {visit.date for visit in by_hand}
    in_files = set(own.filter(date__in=days).exclude(file=None).values_list("date", "child_months", "place"))
    return [visit for visit in by_hand if (visit.date, visit.child_months, visit.place) in in_files]


def due_visits(clinic: Clinic, scheme: Scheme, today: date) -> list[DueVisit]:
    """Gives the next visit of the programme for each of a clinic's children, those that are late first."""
    first = today - _LOOKED_BACK
    found = Visit.objects.filter(region=clinic.region, year__in=range(first.year, today.year + 1), clinic=clinic)
    found = found.filter(date__gte=first, date__lte=today, replaced=False)
    rows = found.exclude(child="").order_by("date", "id").values_list(*LastSeen._fields)
    last = {row[1]: LastSeen(*row) for row in rows.iterator(10_000)}
    due = (_due(visit, scheme) for visit in last.values())
    return sorted(filter(None, due), key=lambda one: (one.due.day, one.child))


def last_of(clinic: Clinic, child: str) -> Visit | None:
    """Gives a child's latest visit at a clinic that stands, or None."""
    found = Visit.objects.filter(region=clinic.region, clinic=clinic, child=child, replaced=False)
    return found.order_by("-date", "-id").first()


def _due(last: LastSeen, scheme: Scheme) -> DueVisit | None:
    due = next_due(scheme.programme, last.date, last.child_months)
    return DueVisit(last, due) if due else None


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split(BETWEEN_CODES)) if text else frozenset()


def written_codes(codes: Iterable[str]) -> str:
    """Writes codes as they are kept: each once, in order."""
    return BETWEEN_CODES.join(sorted(set(codes)))
