"""What a region's visit register says of its extended visits, summed up for the reports that it fills in (step 7).

Only sums leave: how many visits, families, clinics and municipalities, and which ages and contacts there were. Small
numbers stay, and so does what they could be worked out from.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from statsbidrag.cycle.scheme import Programme
from statsbidrag.cycle.small_numbers import SmallNumbers

MONTHS_A_YEAR = 12
_OLDEST = 5


class RegisteredVisit(NamedTuple):
    """As much of an extended visit as the sums need.

    family         the family, or the child where the family is not known
    municipality   whose social services took part; empty where that is not known
    """

    clinic: str
    family: str
    municipality: str
    child_months: int
    contacts: frozenset[str]


@dataclass
class Tally:
    """The extended visits of a region, or those with one municipality's social services, counted one by one."""

    visits: int = 0
    families: set[str] = field(default_factory=set)
    clinics: set[str] = field(default_factory=set)
    municipalities: set[str] = field(default_factory=set)
    ages: Counter[str] = field(default_factory=Counter)
    contacts: Counter[str] = field(default_factory=Counter)

    def add(self, visit: RegisteredVisit) -> None:
        """Counts a visit."""
        self.visits += 1
        self.families.add(visit.family)
        self.clinics.add(visit.clinic)
        self.municipalities.update({visit.municipality} - {""})
        self.ages[age_of(visit.child_months)] += 1
        self.contacts.update(visit.contacts)


class Figure(NamedTuple):
    """One figure as it may leave: its value as a form takes it, how many visits were counted, and of what."""

    value: str | int | list[str]
    counted: int | None
    says: str


Figures = dict[str, Figure]


def age_of(child_months: int) -> str:
    """Gives the age as the form has it: ``age_0`` to ``age_5``, or ``before_birth``."""
    return "before_birth" if child_months < 0 else f"age_{min(child_months // MONTHS_A_YEAR, _OLDEST)}"


def tallied(visits: Iterable[RegisteredVisit]) -> tuple[Tally, Mapping[str, Tally]]:
    """Counts a region's visits, all of them together and by the municipality whose social services took part."""
    whole, by_municipality = Tally(), dict[str, Tally]()
    for visit in visits:
        whole.add(visit)
        by_municipality.setdefault(visit.municipality, Tally()).add(visit)
    return whole, by_municipality


def released(whole: Tally, by_municipality: Mapping[str, Tally], small: SmallNumbers) -> dict[str, Figures]:
    """Gives the figures that may leave, for the region (under the empty key) and by municipality.

    The municipalities' visits and the region's own are one list with its sum, so that none can be worked out from the
    others. What is left out is filled in by a person who knows it.
    """
    codes = sorted(by_municipality)
    visits = small.suppress([[by_municipality[code].visits for code in codes]]) if codes else None
    by_code = dict(zip(codes, visits.rows[0], strict=True)) if visits else {}
    figures = {"": _figures(whole, visits.total if visits else 0, small)}
    for code in codes:
        if code:
            figures[code] = _figures(by_municipality[code], by_code[code], small)
    return figures


def of_programme(programme: Programme) -> Figures:
    """Gives what the region's programme itself tells, and no visit: that there is a model, and its number of visits."""
    number = programme.ordinary.value + programme.extra.value
    return {
        "programme": Figure("yes", None, "Regionens ordning har ett program"),
        "programme_visits": Figure(number, None, "Antal hembesök i regionens program, ordinarie och extra"),
    }


def _figures(tally: Tally, visits: int | None, small: SmallNumbers) -> Figures:
    """The figures of one tally; of few visits nothing but a zero is told."""
    if visits is None:
        return {}
    figures: Figures = {"visits": Figure(visits, tally.visits, "Utökade hembesök i besöksregistret")}
    if visits == 0:
        return figures
    least, count = small.threshold.value, tally.visits
    if len(tally.families) >= least:
        figures["families"] = Figure(len(tally.families), count, "Olika familjer i de utökade hembesöken")
    figures["clinics"] = Figure(len(tally.clinics), count, "Olika enheter i de utökade hembesöken")
    figures["nurse"] = Figure("yes", count, "En sjuksköterska från barnhälsovården deltog i varje utökat hembesök")
    figures["two_persons"] = Figure("yes", count, "Sjuksköterska och socialtjänst deltog i varje utökat hembesök")
    figures["social_services"] = Figure("yes", count, "Kommunens socialtjänst deltog i varje utökat hembesök")
    if tally.municipalities:
        says = "Olika kommuner vars socialtjänst deltog i de utökade hembesöken"
        figures["municipalities"] = Figure(len(tally.municipalities), count, says)
    figures |= _listed("ages", tally.ages, least, f"Barnens ålder; åldrar med färre än {least} besök är inte med")
    figures |= _listed("contacts", tally.contacts, least, f"Kontakter som togs vid minst {least} besök")
    return figures


def _listed(name: str, counts: Counter[str], least: int, says: str) -> Figures:
    enough = sorted(each for each, number in counts.items() if number >= least)
    return {name: Figure(enough, sum(counts[each] for each in enough), says)} if enough else {}
