"""Visits that several clinics have: which they are, and at which clinic one was settled before the others came."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, QuerySet

from statsbidrag.cycle.step_6_visit_pay import Claim
from statsbidrag.portal.access import clinic_key
from statsbidrag.region.models import Clinic, SettlementRun, Visit

_AT_A_TIME = 5_000


@dataclass(frozen=True, slots=True)
class ClaimedBy:
    """The visit as one clinic has it.

    key            what roles at the clinic are held for
    visit          the number of its record
    settled_first  whether it was settled before another clinic came with the visit, and so stays paid
    """

    clinic: str
    key: str
    visit: int
    settled_first: bool


@dataclass(frozen=True, slots=True)
class ClaimedTwice:
    """A child's visit on one day that several clinics have."""

    child: str
    day: date
    by: tuple[ClaimedBy, ...]

    @property
    def clinics(self) -> tuple[str, ...]:
        """The names of the clinics, each once."""
        return tuple(dict.fromkeys(one.clinic for one in self.by))


def claims(region: str, year: int, clinic: Clinic | None = None) -> list[ClaimedTwice]:
    """Gives the visits that several clinics have, or those of one clinic that others have too, the newest first."""
    by_day: dict[tuple[str, date], list[tuple[str, int, int]]] = defaultdict(list)
    rows = _standing(region, year)
    for child, day, name, number, visit in rows.values_list("child", "date", "clinic__name", "clinic__number", "pk"):
        by_day[child, day].append((name, number, visit))
    first = settled_first(region, year) if by_day else frozenset()
    claimed = (
        ClaimedTwice(
            child,
            day,
            tuple(
                ClaimedBy(name, clinic_key(region, number), visit, Claim(child, day, name) in first)
                for name, number, visit in sorted(records)
            ),
        )
        for (child, day), records in by_day.items()
    )
    several = (claim for claim in claimed if len(claim.clinics) > 1)
    mine = [claim for claim in several if clinic is None or clinic.name in claim.clinics]
    return sorted(mine, key=lambda claim: (claim.day, claim.child), reverse=True)


def settled_first(region: str, year: int) -> frozenset[Claim]:
    """Gives, of the visits that several clinics have, those of a clinic that was settled before any other came.

    Such a clinic stays paid, so that nobody can have another's pay taken back by a claim of their own; the others wait.
    Clinics that came between the same two settlements all wait.
    """
    standing = set(_standing(region, year).values_list("child", "date", "clinic__name"))
    if not standing:
        return frozenset()
    runs = list(SettlementRun.objects.filter(region=region, year=year).exclude(handed_over=None).order_by("number"))
    settled: dict[tuple[str, date], list[tuple[int, str]]] = defaultdict(list)
    for child, day, clinic, at in _came({child for child, _, _ in standing}):
        if (child, day, clinic) in standing and (number := _settled_in(runs, day, at)):
            settled[child, day].append((number, clinic))
    return frozenset(Claim(*visit, clinic) for visit, order in settled.items() for clinic in _alone_first(order))


def elsewhere(rows: Sequence[Visit]) -> list[Visit]:
    """Gives other clinics' records of the same children on the same days as some visits of one clinic."""
    claimed = [row for row in rows if row.also_elsewhere and row.child]
    if not claimed:
        return []
    found = _standing(claimed[0].region, claimed[0].year).exclude(clinic=claimed[0].clinic_id)
    found = found.filter(child__in={row.child for row in claimed}, date__in={row.date for row in claimed})
    return list(found.select_related("clinic"))


def claimed_visit(region: str, year: int, number: int) -> Visit | None:
    """Gives a visit that was another clinic's too when it was stored and still stands, or None."""
    return _standing(region, year).filter(pk=number).select_related("clinic").first()


def removed_claims(region: str, year: int, clinic: Clinic | None = None) -> list[Visit]:
    """Gives the visits that were removed since another clinic had them too, with who removed them and why."""
    found = _marked(region, year).filter(replaced=True).exclude(removed_why="")
    found = found.filter(clinic=clinic) if clinic else found
    return sorted(found.select_related("clinic"), key=lambda row: (row.date, row.pk), reverse=True)


def is_claimed_twice(row: Visit) -> bool:
    """Tells whether another clinic has the child of a visit on the same day, as it is now."""
    day = Visit.objects.filter(region=row.region, year=row.year, child=row.child, date=row.date, replaced=False)
    return bool(row.child) and day.exclude(clinic=row.clinic_id).exists()


def _standing(region: str, year: int) -> QuerySet[Visit]:
    """The visits that were another clinic's too when they were stored, and still stand."""
    return _marked(region, year).filter(replaced=False).exclude(child="")


def _marked(region: str, year: int) -> QuerySet[Visit]:
    """The few visits that were another clinic's too when they were stored.

    By number, since that is the order of their own index: asked for another, a database may go through every visit.
    """
    return Visit.objects.filter(region=region, year=year, also_elsewhere=True).order_by("id")


def _came(children: set[str]) -> Iterator[tuple[str, date, str, datetime]]:
    """When each clinic first had each of some children's visits, whatever record stands; a child is one region's."""
    wanted = sorted(children)
    for start in range(0, len(wanted), _AT_A_TIME):
        found = Visit.objects.filter(child__in=wanted[start : start + _AT_A_TIME], removed_by="").order_by()
        yield from found.values_list("child", "date", "clinic__name").annotate(Min("at"))


def _settled_in(runs: Sequence[SettlementRun], day: date, came: datetime) -> int:
    """The number of the first settlement that looked at a visit; 0 where none has."""
    return next((run.number for run in runs if day <= run.through and came <= run.at), 0)


def _alone_first(order: list[tuple[int, str]]) -> Iterator[str]:
    """The clinic of the earliest settlement, where it is the only one in it."""
    earliest = min(number for number, _ in order)
    clinics = [clinic for number, clinic in order if number == earliest]
    yield from clinics if len(clinics) == 1 else ()
