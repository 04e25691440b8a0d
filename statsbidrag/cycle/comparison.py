"""Why a ceiling differs from an earlier year's: the difference split by cause, to the krona.

The earlier round is turned into the later one in five steps, always in the same order, and the list is computed anew
after each: the pot, its split between the kinds, the rules of the key, the population year and the areas' vintage. A
cause's part is what its step changed, so the parts add up to the difference by construction.

Where both the population and the areas are new, a table stands between the two years': the later year's children, of
whom as large a share as in the earlier table live in exposed areas, rounded to whole children.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from statsbidrag.cycle.step_1_allocation import PARTS, Allocation, AllocationRules, ChildrenTable, Count, allocate
from statsbidrag.terms.because import Because, resting_on
from statsbidrag.terms.kronor import decimal_comma, in_words, round_to
from statsbidrag.terms.parties import Kind, Recipient
from statsbidrag.terms.sources import Stated

Cause = Literal["pot", "split", "rules", "population", "areas"]
CAUSES: dict[Cause, str] = {
    "pot": "Pottens storlek",
    "split": "Delningen mellan regioner och kommuner",
    "rules": "Fördelningsnyckeln",
    "population": "Befolkningen",
    "areas": "Områdenas indelning",
}
_JOINED = "Två tabeller över barn räcker inte för att skilja orsakerna åt; hela skillnaden står vid den första av dem."


@dataclass(frozen=True, slots=True)
class Change:
    """One recipient's ceiling then and now, None where it had none, and each cause's part of the difference."""

    recipient: Recipient
    before: int | None
    after: int | None
    parts: Mapping[Cause, int]

    @property
    def kronor(self) -> int:
        """The whole difference, negative where the ceiling is lower now."""
        return (self.after or 0) - (self.before or 0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two years' lists side by side, with every recipient of either."""

    before: Allocation
    after: Allocation
    years: tuple[int, int]
    changes: tuple[Change, ...]

    def because(self, change: Change) -> Because:
        """Every cause of a difference, with its part and what each year's value rests on."""
        then, now = self.years
        had, has = (
            in_words(kronor) if kronor is not None else "inget belopp" for kronor in (change.before, change.after)
        )
        says = f"{change.recipient.name}: {has} {now}, {had} {then}, en skillnad på {in_words(change.kronor)}"
        return Because(says, change.kronor, "kr", steps=tuple(self._because(cause, change) for cause in CAUSES))

    def _because(self, cause: Cause, change: Change) -> Because:
        steps = (
            resting_on(stated, f"{year}: {says}")
            for year, allocation in zip(self.years, (self.before, self.after), strict=True)
            for stated, says in _facts(cause, change.recipient.kind, allocation)
        )
        joined = _JOINED if cause in _joined(self.before, self.after) else ""
        return Because(CAUSES[cause], change.parts[cause], "kr", assumption=joined, steps=tuple(steps))


def compare(before: Allocation, after: Allocation, years: tuple[int, int]) -> Comparison:
    """Splits every recipient's difference between two years' lists by cause, also where it had no ceiling before."""
    recipients = {share.recipient.key: share.recipient for share in (*after.shares, *before.shares)}
    lists = [_ceilings(before)]
    lists += [_ceilings(allocate(rules, recipients.values(), table)) for rules, table in _between(before, after)]
    lists.append(_ceilings(after))
    return Comparison(
        before,
        after,
        years,
        tuple(
            Change(recipient, lists[0].get(key), lists[-1].get(key), _parts([each.get(key, 0) for each in lists]))
            for key, recipient in recipients.items()
        ),
    )


def _ceilings(allocation: Allocation) -> dict[str, int]:
    return {share.recipient.key: share.kronor for share in allocation.shares}


def _parts(ceilings: list[int]) -> dict[Cause, int]:
    return {cause: now - then for cause, (then, now) in zip(CAUSES, pairwise(ceilings), strict=True)}


def _between(before: Allocation, after: Allocation) -> Iterator[tuple[AllocationRules, ChildrenTable]]:
    """The rules and the children after each step but the last, which is the later year itself."""
    old, new = before.rules, after.rules
    pot = replace(old, pot=new.pot)
    split = replace(pot, split=new.split)
    key = replace(new, population_year=old.population_year, area_vintage=old.area_vintage)
    with_key, with_people = _tables(before, after)
    yield from ((pot, before.table), (split, before.table), (key, with_key), (key, with_people))


def _tables(before: Allocation, after: Allocation) -> tuple[ChildrenTable, ChildrenTable]:
    """The children once the key is new, and once the population is new too."""
    old, new = before.table, after.table
    if before.rules.ages.value != after.rules.ages.value:
        return new, new
    share = old if before.rules.area_types.value == after.rules.area_types.value else new
    return _mixed(old, share), _mixed(new, new if old.area_vintage == new.area_vintage else share)


def _mixed(children: ChildrenTable, share: ChildrenTable) -> ChildrenTable:
    """One table's children, of whom as large a share as in the other table live in exposed areas."""
    counts = {}
    for code, own in children.by_municipality.items():
        other = share.by_municipality.get(code, own)
        exposed = Fraction(own.children * other.exposed, other.children) if other.children else Fraction()
        counts[code] = Count(own.children, round_to(exposed))
    return replace(children, by_municipality=counts)


def _joined(before: Allocation, after: Allocation) -> tuple[Cause, ...]:
    """The causes that two children tables cannot tell apart, when both have changed; their part stands at the first."""
    ages = before.rules.ages.value != after.rules.ages.value
    types = before.rules.area_types.value != after.rules.area_types.value
    vintage = before.table.area_vintage != after.table.area_vintage
    if ages:
        return ("rules", "population", "areas")
    return ("rules", "areas") if types and vintage else ()


def _facts(cause: Cause, kind: Kind, allocation: Allocation) -> Iterator[tuple[Stated[object], str]]:
    """What a year's list says of a cause, with what it rests on."""
    rules, table = allocation.rules, allocation.table
    if cause == "pot":
        yield rules.pot, in_words(rules.pot.value)
    elif cause == "split":
        yield rules.split, f"{_percent(rules.split.value.get(kind, Fraction()))} till {PARTS[kind]}"
    elif cause == "rules":
        types = " och ".join(map(str, rules.area_types.value))
        yield rules.by_children, f"{_percent(rules.by_children.value)} efter alla barn {rules.ages.value}"
        yield rules.by_exposed, f"{_percent(rules.by_exposed.value)} efter barnen i områdestyp {types}"
    elif cause == "population":
        yield rules.population_year, f"befolkningen {table.population_year}, ur {table.file}"
    else:
        yield rules.area_vintage, table.area_vintage


def _percent(share: Fraction) -> str:
    return f"{decimal_comma(share * 100, 0 if (share * 100).denominator == 1 else 2)} %"
