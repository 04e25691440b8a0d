"""Made-up visits, clinics and schemes, for the tests that settle."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from statsbidrag.cycle.clinics import Clinic
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.cycle.visits import BETWEEN_CODES, Visit
from statsbidrag.rulebook.book import Rulebook

BOOK = Rulebook()
SCHEMES = Path(__file__).parent / "schemes"
THIRD = str(SCHEMES / "exempel-2025.toml")
JOINT = frozenset({"nurse", "social_services"})
CODED = frozenset({"ZV509"})

# An extra visit of October 2025 by a nurse and social services, coded, at a centre without fixed support; and another
# child's at one with it.
EXTRA = Visit("Karla vårdcentral", date(2025, 10, 2), "a1", 2, "extra", JOINT, CODED)
SUPPORTED = replace(EXTRA, clinic="Varberga vårdcentral", child="s1")


@cache
def scheme_named(name: str) -> tuple[Scheme, Mapping[str, Clinic]]:
    """A scheme and its register, by name or path."""
    scheme = BOOK.scheme(name)
    return scheme, BOOK.clinics(name, scheme)


def as_row(visit: Visit) -> dict[str, str]:
    """A visit as a row of a CSV."""
    return {
        "clinic": visit.clinic,
        "date": visit.date.isoformat(),
        "child": visit.child,
        "child_months": str(visit.child_months),
        "place": visit.place,
        "professions": BETWEEN_CODES.join(sorted(visit.professions)),
        "kva_codes": BETWEEN_CODES.join(sorted(visit.kva_codes)),
        "family": visit.family or "",
        "municipality": visit.municipality or "",
        "contacts": BETWEEN_CODES.join(sorted(visit.contacts)),
        "other_funding": visit.other_funding or "",
    }


def write_csv(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """Writes rows as a visit file."""
    listed = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(listed[0]))
        writer.writeheader()
        writer.writerows(listed)
    return path
