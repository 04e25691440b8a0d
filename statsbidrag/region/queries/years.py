"""A region's years with the grant: which there are, by which scheme, and with which clinics."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from typing import cast

from statsbidrag.cycle.clinics import Clinic as KnownClinic
from statsbidrag.cycle.clinics import Eligibility, Form, IndexValue
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.portal import rules
from statsbidrag.portal.queries.prepared import RECIPIENT, YEAR, PreparedObjects
from statsbidrag.region.models import Clinic, ClinicFact, GrantedSupport, RegionYear
from statsbidrag.region.models import IndexValue as IndexRow
from statsbidrag.terms.language import Answer

_YEAR = PreparedObjects[RegionYear](lambda: RegionYear.objects.filter(region=RECIPIENT, year=YEAR))


@cache
def schemes() -> Mapping[tuple[str, int], str]:
    """Gives the name of the scheme of every region and year that there is one for."""
    names = rules.book().names("schemes")
    return {(scheme.region, scheme.year): name for name in names for scheme in [scheme_named(name)]}


@cache
def scheme_named(name: str) -> Scheme:
    """Gives a scheme by the name of its file; read once."""
    return rules.book().scheme(name)


def scheme_of(region: str, year: int) -> Scheme | None:
    """Gives a region's scheme of a year, or None where it has none."""
    name = schemes().get((region, year))
    return scheme_named(name) if name else None


def years_of(region: str) -> list[int]:
    """Gives the years that a region has a scheme for, the newest first."""
    return sorted((year for of, year in schemes() if of == region), reverse=True)


def region_year(region: str, year: int) -> RegionYear | None:
    """Gives a region's year as it has been begun, or None."""
    return _YEAR.one({RECIPIENT: region, YEAR: year})


def known_clinics(
    region: str, year: int, asks: Eligibility | None = None, *, only: Clinic | None = None
) -> Mapping[str, KnownClinic]:
    """Gives the register as the steps know it, by name: with the index, facts and fixed support of that year.

    A clinic may have values of several indexes: the one of which the criteria speak is given, and another only where
    there is none of that. Without ``asks`` they are the scheme's own for fixed support, or else for taking part.
    ``only`` one clinic is looked up where no other is asked for.
    """
    asks = asks or asked_by(region, year)
    of = {"clinic": only} if only else {"clinic__region": region}
    indexes: dict[int, list[IndexValue]] = {}
    for row in IndexRow.objects.filter(**of, year__lte=year):
        indexes.setdefault(row.clinic_id, []).append(IndexValue(row.name, row.year, Fraction(row.value), row.base))
    facts: dict[int, dict[str, Answer]] = {}
    for each in ClinicFact.objects.filter(**of, year__lte=year):
        facts.setdefault(each.clinic_id, {})[each.fact] = int(each.value) if each.value.isdigit() else each.value
    granted = GrantedSupport.objects.filter(**of, year=year, replaced=False)
    supports = {each.clinic_id: each for each in granted}
    return {
        row.name: KnownClinic(
            row.name,
            row.municipality_code,
            row.municipality,
            form=cast(Form, row.form) if row.form else None,
            owner=row.owner,
            index=_index(indexes.get(row.pk, []), asks),
            pay_class=row.pay_class,
            facts=facts.get(row.pk, {}),
            **_support(supports.get(row.pk)),
        )
        for row in ([only] if only else Clinic.objects.filter(region=region))
    }


def asked_by(region: str, year: int) -> Eligibility | None:
    """Gives the criteria that a region's scheme has for fixed support, or else for taking part."""
    scheme = scheme_of(region, year)
    if scheme is None:
        return None
    return scheme.fixed_support.eligible if scheme.fixed_support else scheme.participation


def _index(values: Sequence[IndexValue], asks: Eligibility | None) -> IndexValue | None:
    """The latest value of the index that is asked for; else the latest of any, so that the reason can tell of it."""
    asked = [value for value in values if asks and asks.speaks_of(value)]
    return next(reversed(asked or values), None)


def _support(row: GrantedSupport | None) -> dict[str, date | None]:
    return {"fixed_support_from": row.first_day, "fixed_support_to": row.last_day} if row else {}
