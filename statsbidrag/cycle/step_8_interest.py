"""Step 8, interest (dröjsmålsränta): what late payment of a claim costs, by the rate of each calendar half-year.

Interest is income of its own: it never enters the round's ledger, which holds only the grant's kronor.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

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


def unknown_half_years(rules: InterestRules, kronor_days: Mapping[date, int]) -> tuple[date, ...]:
    """Gives the half-years whose rate is needed but not in the table, by their first day."""
    known = {rate.half_year_from for rate in rules.rates}
    return tuple(sorted(half_year for half_year in kronor_days if half_year not in known))


def interest_on(rules: InterestRules, kronor_days: Mapping[date, int]) -> int | None:
    """Gives the interest in whole kronor on overdue money, or None where a rate is unknown (räntelagen 6 and 9 §§).

    ``kronor_days`` is overdue kronor times days, by the first day of the half-year.
    """
    if unknown_half_years(rules, kronor_days):
        return None
    rates = {rate.half_year_from: rate.rate.value + rules.margin.value for rate in rules.rates}
    yearly = sum((amount * rates[half_year] for half_year, amount in kronor_days.items()), Fraction(0))
    return int(yearly / rules.days_in_year.value)
