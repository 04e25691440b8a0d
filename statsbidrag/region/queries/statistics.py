"""A region's year in numbers, as its visits have it: by clinic, by month, by place of the programme.

These are the true numbers. What may be shown of them is for :mod:`statsbidrag.region.queries.statistics_shown`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from django.db import connections

from statsbidrag.cycle.programme import age_later, visit_fitting
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.cycle.visits import BETWEEN_CODES, VisitColumns
from statsbidrag.cycle.visits import Visit as KnownVisit
from statsbidrag.portal import rules
from statsbidrag.region.models import Clinic
from statsbidrag.region.router import REGION
from statsbidrag.terms.dates import MONTHS
from statsbidrag.terms.written_days import months_between

_ROWS_AT_A_TIME = 10_000
# By hand, since the page must stand a whole county's visits: nothing is made of a row but what is counted.
_VISITS = """
SELECT id, clinic_id, CAST(date AS TEXT), child, family,
       child_months || ';' || place || ';' || professions || ';' || kva_codes || ';' || contacts || ';' || other_funding
  FROM region_visit WHERE region = %s AND year = %s AND date <= %s AND NOT replaced
"""
_MONTHS = tuple(f"{number:02}" for number in range(1, 13))
_TWO_PROFESSIONS = frozenset({"nurse", "social_services"})


@dataclass(frozen=True, slots=True)
class Row:
    """One clinic or one month.

    two        how many of the visits both professions made
    children   how many children were seen; None where their pseudonyms are dropped, for then nobody can tell
    """

    name: str
    visits: int
    two: int
    children: int | None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place of the programme.

    expected   the children seen this year who turned that age in the year
    done       how many of those had a visit there
    """

    name: str
    visits: int
    children: int | None
    expected: int
    done: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A region's year: its visits, the extended ones of them (§ 2), those that both professions made, its children."""

    visits: int
    extended: int
    two: int
    children: int | None
    clinics: tuple[Row, ...]
    months: tuple[Row, ...]
    places: tuple[PlaceRow, ...]


def counted(scheme: Scheme, today: date) -> Counted:
    """Counts a region's year so far, by the same rules as a settlement (they are the core's own).

    A visit is a child's visit, but siblings' visits on one occasion are one where the scheme pays by occasion (adm-17).
    """
    through = min(today, date(scheme.year, 12, 31))
    tally = _Tally(scheme, rules.book().visit_columns, scheme.once_per.value == "occasion")
    tally.take(_rows(scheme, through))
    names = Clinic.objects.filter(region=scheme.region).values_list("pk", "name")
    by_clinic, by_month, by_place = tally.summed()
    return Counted(
        visits=sum(each.visits for each in by_month.values()),
        extended=sum(each.extended for each in by_month.values()),
        two=sum(each.two for each in by_month.values()),
        children=None if tally.dropped else len(tally.seen),
        clinics=tuple(tally.row(name, by_clinic[key], tally.at_clinic[key]) for key, name in names),
        months=tuple(
            tally.row(name.capitalize(), by_month[number], tally.in_month[number])
            for number, name in zip(_MONTHS, MONTHS[: through.month], strict=False)
        ),
        places=tuple(_places(tally, by_place, through)),
    )


class _Kind(NamedTuple):
    """What a visit is by the core's rules, the number of its place in the programme, and the child's age."""

    extended: bool
    two: bool
    place: int
    months: int


@dataclass
class _Sum:
    visits: int = 0
    two: int = 0
    extended: int = 0

    def add(self, kind: _Kind, visits: int) -> None:
        self.visits += visits
        self.two += visits * kind.two
        self.extended += visits * kind.extended


@dataclass
class _Tally:
    """Goes through the visits once; a rule is asked once of all visits that are alike."""

    scheme: Scheme
    columns: VisitColumns
    by_occasion: bool
    kinds: dict[str, _Kind] = field(default_factory=dict)
    alike: dict[tuple[_Kind, int, str], tuple[_Kind, int, str]] = field(default_factory=dict)
    occasions: dict[Any, tuple[_Kind, int, str]] = field(default_factory=dict)
    seen: dict[str, tuple[str, int]] = field(default_factory=dict)
    at_clinic: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    in_month: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    at_place: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    dropped: bool = False

    def take(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Counts records of visits; of siblings' records on one occasion one, an extended one before another."""
        # Of what is alike there is one, and keys are texts: else the garbage collector goes through them over and over.
        kinds, alike, occasions, seen = self.kinds, self.alike, self.occasions, self.seen
        for id, clinic, day, child, family, told in rows:
            kind = kinds.get(told) or kinds.setdefault(told, self._kind(*told.split(";")))
            key = f"{clinic} {day} {family}" if family and self.by_occasion else id
            known = occasions.get(key)
            if known is None or kind > known[0]:
                like = (kind, clinic, day[5:7])
                occasions[key] = alike.setdefault(like, like)
            if not child:
                self.dropped = True
                continue
            self.at_clinic[clinic].add(child)
            self.in_month[day[5:7]].add(child)
            self.at_place[kind.place].add(child)
            last = seen.get(child)
            if last is None or day > last[0]:
                seen[child] = (day, kind.months)

    def summed(self) -> tuple[Mapping[Any, _Sum], ...]:
        """Gives the visits by clinic, by month and by place."""
        sums = tuple(defaultdict[Any, _Sum](_Sum) for _ in range(3))
        for (kind, clinic, month), visits in Counter(self.occasions.values()).items():
            for each, key in zip(sums, (clinic, month, kind.place), strict=True):
                each[key].add(kind, visits)
        return sums

    def row(self, name: str, total: _Sum, children: set[str]) -> Row:
        """Gives one row; no children where some cannot be told."""
        return Row(name, total.visits, total.two, None if self.dropped else len(children))

    def _kind(self, months: str, place: str, *told: str) -> _Kind:
        professions, kva_codes, contacts = (frozenset(filter(None, codes.split(BETWEEN_CODES))) for codes in told[:3])
        age, programme = int(months), self.scheme.programme
        visit = KnownVisit("", date.min, "", age, place, professions, kva_codes, contacts=contacts)
        visit = replace(visit, other_funding=told[3] or None)
        fits = visit_fitting(programme, age, place)
        at = programme.visits.index(fits) if fits else 0
        return _Kind(self.columns.is_extended(visit), professions >= _TWO_PROFESSIONS, at, age)


def _places(tally: _Tally, by_place: Mapping[int, _Sum], through: date) -> Iterator[PlaceRow]:
    """Gives each place of the programme: who turned its age in the year, and of them who had the visit."""
    visits, new_year = tally.scheme.programme.visits, date(through.year, 1, 1)
    expected, done = Counter[int](), Counter[int]()
    for child, (seen, months) in tally.seen.items():
        day = date.fromisoformat(seen)
        before, now = months - months_between(new_year, day), age_later(day, months, through)
        for at, visit in enumerate(visits):
            if before < visit.months <= now:
                expected[at] += 1
                done[at] += child in tally.at_place[at]
    for at, visit in enumerate(visits):
        children = None if tally.dropped else len(tally.at_place[at])
        yield PlaceRow(visit.at.value, by_place[at].visits, children, expected[at], done[at])


def _rows(scheme: Scheme, through: date) -> Iterator[tuple[Any, ...]]:
    with connections[REGION].cursor() as cursor:
        cursor.execute(_VISITS, [scheme.region, scheme.year, through])
        while rows := cursor.fetchmany(_ROWS_AT_A_TIME):
            yield from rows
