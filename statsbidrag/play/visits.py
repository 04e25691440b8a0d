"""Made-up home visits at a region's clinics: the programme as families meet it, with the slips that people make."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from statsbidrag.cycle.clinics import Clinic
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.cycle.visits import Visit

_FAMILIES = (3, 9)
_DAYS_IN_MONTH = 30
_WITHOUT_SOCIAL_SERVICES, _WITHOUT_CODE, _TWINS, _HANDED_IN_TWICE = 0.15, 0.05, 0.03, 0.01
_CODE = "ZV509"


def made_up_visits(scheme: Scheme, clinics: list[Clinic], seed: int) -> list[Visit]:
    """Gives every visit of the scheme's year by clinic and day; pseudonyms are made up and belong to nobody."""
    visits = [
        visit
        for clinic in clinics
        for number in range(_chance(seed, clinic.name).randint(*_FAMILIES))
        for visit in _family(scheme, clinic, f"{clinic.name}-{number}", seed)
    ]
    return sorted(visits, key=lambda visit: (visit.clinic, visit.date, visit.child))


def _family(scheme: Scheme, clinic: Clinic, family: str, seed: int) -> Iterator[Visit]:
    """A family's visits of the year: those of the programme that fall in it, counted from the child's birth."""
    chance = _chance(seed, family)
    born = date(scheme.year - 1, 7, 1) + timedelta(days=chance.randrange(500))
    children = 2 if chance.random() < _TWINS else 1
    pseudonyms = [f"demo-{chance.getrandbits(40):010x}" for _ in range(children + 1)]
    for place in scheme.programme.visits:
        day = born + timedelta(days=place.months * _DAYS_IN_MONTH + chance.randint(3, 20))
        if day.year == scheme.year:
            together = place.place == "extra" and chance.random() > _WITHOUT_SOCIAL_SERVICES
            coded = together and chance.random() > _WITHOUT_CODE
            for child in pseudonyms[1:]:
                visit = Visit(
                    clinic=clinic.name,
                    date=day,
                    child=child,
                    child_months=place.months,
                    place=place.place,
                    professions=frozenset({"nurse", "social_services"} if together else {"nurse"}),
                    kva_codes=frozenset({_CODE} if coded else ()),
                    family=pseudonyms[0],
                    municipality=clinic.municipality_code if together else None,
                )
                yield visit
                if chance.random() < _HANDED_IN_TWICE:
                    yield visit


def _chance(seed: int, what: str) -> random.Random:
    return random.Random(f"{seed} {what} visits")
