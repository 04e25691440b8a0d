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

    A municipality is told all of its figures or none. None where its families are few, and where those of another could
    be worked out by taking its figures from the region's; visits are never fewer than families. What is left out is
    filled in by a person who knows it.
    """
    codes, least = sorted(by_municipality), small.threshold.value
    hidden = small.hidden([len(by_municipality[code].families) for code in codes], len(whole.families))
    is_few = 0 < len(whole.families) < least
    figures = {"": {} if is_few else _figures(whole, least)}
    for at, code in enumerate(codes):
        if code:
            figures[code] = {} if is_few or at in hidden else _figures(by_municipality[code], least)
    return figures


def of_programme(programme: Programme) -> Figures:
    """Gives what the region's programme itself tells, and no visit: that there is a model, and its number of visits."""
    number = programme.ordinary.value + programme.extra.value
    return {
        "programme": Figure("yes", None, "Regionens ordning har ett program"),
        "programme_visits": Figure(number, None, "Antal hembesök i regionens program, ordinarie och extra"),
    }


def _figures(tally: Tally, least: int) -> Figures:
    """The figures of one tally, all counted from the same visits; where there are none, only that."""
    count = tally.visits
    figures: Figures = {"visits": Figure(count, count, "Utökade hembesök i besöksregistret")}
    if not count:
        return figures
    figures["families"] = Figure(len(tally.families), count, "Olika familjer i de utökade hembesöken")
    figures["clinics"] = Figure(len(tally.clinics), count, "Olika enheter i de utökade hembesöken")
    figures["nurse"] = Figure("yes", count, "En sjuksköterska från barnhälsovården deltog i varje utökat hembesök")
    figures["two_persons"] = Figure("yes", count, "Sjuksköterska och socialtjänst deltog i varje utökat hembesök")
    figures["social_services"] = Figure("yes", count, "Kommunens socialtjänst deltog i varje utökat hembesök")
    if tally.municipalities:
        says = "Olika kommuner vars socialtjänst deltog i de utökade hembesöken"
        figures["municipalities"] = Figure(len(tally.municipalities), count, says)
    # How many visits had something of a list is not told: what is left would be those that have what is not in it.
    if ages := _enough(tally.ages, least):
        figures["ages"] = Figure(ages, count, f"Barnens ålder; åldrar med färre än {least} besök är inte med")
    if contacts := _enough(tally.contacts, least):
        figures["contacts"] = Figure(contacts, count, f"Kontakter som togs vid minst {least} besök")
    return figures


def _enough(counts: Counter[str], least: int) -> list[str]:
    return sorted(each for each, number in counts.items() if number >= least)
