"""Step 8, interest (dröjsmålsränta): what late payment of a claim costs, by the rate of each calendar half-year.

Interest is income of its own: it never enters the round's ledger, which holds only the grant's kronor.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.sources import Stated


@dataclass(frozen=True, slots=True)
class ReferenceRate:
    """The reference rate of a calendar half-year; a half-year that is not in the table is unknown, never 0."""

    half_year_from: date
    rate: Stated[Fraction]


@dataclass(frozen=True, slots=True)
class InterestRules:
    """Interest on a claim that is paid late: the reference rate and a margin, a year, by the days."""

    margin: Stated[Fraction]
    days_in_year: Stated[int]
    rounding: Stated[Literal["down"]]
    during_respite: Stated[bool]
    rates: tuple[ReferenceRate, ...]


def half_year_of(day: date) -> date:
    """Gives the first day of the calendar half-year that a day is in."""
    return date(day.year, 1 if day.month <= 6 else 7, 1)


def interest_on(rules: InterestRules, kronor_days: Mapping[date, int]) -> int:
    """Gives the interest in whole kronor on overdue money (räntelagen 6 and 9 §§).

    ``kronor_days`` is overdue kronor times days, by the first day of the half-year. Raises Fault where the rate of a
    half-year is not in the table.
    """
    rates = {rate.half_year_from: rate.rate.value for rate in rules.rates}
    yearly = Fraction(0)
    for half_year, amount in kronor_days.items():
        if half_year not in rates:
            why = f"Referensräntan för halvåret från {day_in_words(half_year)} saknas i omgångens regler."
            raise Fault("dröjsmålsränta", why, "Lägg till den i [[repayment.interest.rates]].")
        yearly += amount * (rates[half_year] + rules.margin.value)
    return int(yearly / rules.days_in_year.value)
