"""The register of clinics as it is read: who there is, what is known of each, and what each scheme asks of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from statsbidrag.cycle.clinics import Clinic as KnownClinic
from statsbidrag.cycle.clinics import Eligibility
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.portal import rules
from statsbidrag.portal.queries.words import in_swedish_order
from statsbidrag.region.models import Clinic
from statsbidrag.region.queries.years import known_clinics
from statsbidrag.terms.because import Because
from statsbidrag.terms.faults import Fault


@dataclass(frozen=True, slots=True)
class Tried:
    """How a clinic was held against what a scheme asks.

    of      what it is about: to take part, or to get fixed support
    holds   whether it meets that; None where not enough is known
    """

    of: str
    holds: bool | None
    because: Because


@dataclass(frozen=True, slots=True)
class Registered:
    """A clinic of the register with what the steps know of it in a year, and how it was held against the scheme."""

    row: Clinic
    known: KnownClinic
    tried: tuple[Tried, ...]

    @property
    def may_apply(self) -> bool | None:
        """Whether it may have fixed support; None where that cannot be told, or the scheme has none."""
        return next((each.holds for each in self.tried if each.of == FIXED_SUPPORT), None)


TAKING_PART, FIXED_SUPPORT = "Vara med i programmet", "Få fast ersättning"


def register(scheme: Scheme) -> list[Registered]:
    """Gives every clinic of a region in a scheme's year, by name; those that have closed come last."""
    rows = Clinic.objects.filter(region=scheme.region)
    asked = _asked(scheme)
    known = {of: known_clinics(scheme.region, scheme.year, eligible) for of, eligible in asked.items()}
    found = [_registered(row, scheme, {of: clinics[row.name] for of, clinics in known.items()}) for row in rows]
    return sorted(found, key=lambda one: (one.row.closed is not None, in_swedish_order(one.row.name)))


def registered(scheme: Scheme, row: Clinic) -> Registered:
    """Gives one clinic as the register has it."""
    asked = _asked(scheme)
    known = {of: known_clinics(scheme.region, scheme.year, each, only=row) for of, each in asked.items()}
    return _registered(row, scheme, {of: clinics[row.name] for of, clinics in known.items()})


def clinic_numbered(region: str, number: int) -> Clinic | None:
    """Gives a clinic by its number in its region's register; never another region's."""
    return Clinic.objects.filter(region=region, number=number).first()


@cache
def municipalities_of(region: str) -> Sequence[tuple[str, str]]:
    """Gives the code and name of every municipality in a region's county, by name."""
    county = rules.recipients()[region].county_code
    found = [
        (each.code, each.name)
        for each in rules.recipients().values()
        if each.kind == "municipality" and each.county_code == county
    ]
    return sorted(found, key=lambda one: in_swedish_order(one[1]))


def municipality_name(code: str) -> str:
    """Gives a municipality's name by its code; raises Fault where there is none."""
    known = rules.recipients().get(f"municipality-{code}")
    if known is None:
        raise Fault("kommunen", "Kommunen finns inte.", "Välj en av länets kommuner.")
    return known.name


def _asked(scheme: Scheme) -> dict[str, Eligibility]:
    """What the scheme asks of a clinic, by what it is asked for."""
    fixed = {FIXED_SUPPORT: scheme.fixed_support.eligible} if scheme.fixed_support else {}
    return {TAKING_PART: scheme.participation, **fixed}


def _registered(row: Clinic, scheme: Scheme, known: dict[str, KnownClinic]) -> Registered:
    tried = tuple(
        Tried(of, each.holds(known[of], scheme.rules), each.because(known[of], scheme.rules))
        for of, each in _asked(scheme).items()
    )
    return Registered(row, known.get(FIXED_SUPPORT) or known[TAKING_PART], tried)
