"""A region begins a year with the grant: its scheme, and the register of clinics as the scheme's file has it."""

from collections.abc import Iterable
from datetime import datetime

from statsbidrag.cycle.clinics import Clinic as KnownClinic
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.region.models import Clinic, ClinicFact, GrantedSupport, IndexValue, RegionYear
from statsbidrag.region.queries.years import scheme_named, schemes
from statsbidrag.region.writing import writing
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import decimal_comma

FROM_THE_SCHEME = "ordningens fil"


def begin(visitor: Visitor | None, region: str, year: int, now: datetime) -> RegionYear:
    """Begins a year, once; clinics that are not in the register yet come from the scheme's file.

    Raises Fault where there is no scheme for the region and year.
    """
    access.require(visitor, "plan region", region)
    name = schemes().get((region, year))
    if name is None:
        why = f"Det finns ingen ordning för regionen {year}."
        raise Fault("ordningen", why, "Lägg till en ordningsfil, eller be systemförvaltaren.")
    with writing():
        known = RegionYear.objects.filter(region=region, year=year).first()
        if known:
            return known
        scheme = scheme_named(name)
        _register(scheme, rules.book().clinics(name, scheme).values(), now)
        return RegionYear.objects.create(region=region, year=year, scheme=name, begun=now)


def _register(scheme: Scheme, clinics: Iterable[KnownClinic], now: datetime) -> None:
    """Adds the clinics of the scheme's file that the register lacks, each with a number of its own that stays."""
    here = {row.name: row for row in Clinic.objects.filter(region=scheme.region)}
    number = max((row.number for row in here.values()), default=0)
    for known in clinics:
        row = here.get(known.name)
        if row is None:
            number += 1
            row = Clinic.objects.create(
                region=scheme.region,
                number=number,
                name=known.name,
                municipality_code=known.municipality_code,
                municipality=known.municipality,
                form=known.form or "",
                owner=known.owner,
                pay_class=known.pay_class,
            )
            _known_facts(row, known, scheme.year, now)
        if known.fixed_support_from:
            GrantedSupport.objects.create(
                clinic=row,
                year=scheme.year,
                first_day=known.fixed_support_from,
                last_day=known.fixed_support_to,
                at=now,
                by=FROM_THE_SCHEME,
            )


def _known_facts(row: Clinic, known: KnownClinic, year: int, now: datetime) -> None:
    if known.index:
        value = decimal_comma(known.index.value, 4).replace(",", ".")
        IndexValue.objects.create(
            clinic=row,
            name=known.index.name,
            base=known.index.base,
            year=known.index.year,
            value=value,
            at=now,
            by=FROM_THE_SCHEME,
        )
    for fact, value_of in known.facts.items():
        if value_of is not None:
            ClinicFact.objects.create(clinic=row, fact=fact, year=year, value=str(value_of), at=now, by=FROM_THE_SCHEME)
