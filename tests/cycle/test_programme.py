"""The programme as a plan: each child's next visit, and when it is late."""

from datetime import date

import pytest
from made_up_visits import scheme_named

from statsbidrag.cycle.programme import age_later, months_later, next_due, visit_at

PROGRAMME = scheme_named("orebro-2025")[0].programme


@pytest.mark.parametrize(
    ("months", "due"),
    [(-1, 0), (0, 2), (1, 2), (2, 4), (4, 8), (5, 8), (8, 12), (12, 15)],
)
def test_the_next_visit_is_the_first_for_an_older_child(months: int, due: int) -> None:
    found = next_due(PROGRAMME, date(2025, 10, 2), months)
    assert found is not None
    assert found.visit.months == due


@pytest.mark.shows("ore-19", "ore-24")
def test_after_the_last_visit_the_programme_is_over() -> None:
    assert next_due(PROGRAMME, date(2025, 10, 2), 15) is None


def test_it_is_due_when_the_child_reaches_the_age_and_late_a_month_after() -> None:
    found = next_due(PROGRAMME, date(2025, 10, 31), 4)
    assert found is not None
    assert (found.day, found.late) == (date(2026, 2, 28), date(2026, 3, 28))


def test_a_child_of_an_age_has_reached_a_visit_of_the_programme() -> None:
    ages = {months: visit_at(PROGRAMME, months) for months in (-2, 0, 3, 9, 40)}
    assert {months: visit.months for months, visit in ages.items() if visit} == {-2: 0, 0: 0, 3: 2, 9: 8, 40: 15}


def test_months_are_counted_by_the_calendar() -> None:
    assert months_later(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert months_later(date(2025, 3, 1), -3) == date(2024, 12, 1)
    assert age_later(date(2025, 10, 2), 4, date(2026, 1, 1)) == 6
