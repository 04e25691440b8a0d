from datetime import date

import pytest

from statsbidrag.terms.bank_days import bank_day_from, is_bank_day


@pytest.mark.parametrize(
    ("day", "paid"),
    [
        (date(2025, 5, 28), date(2025, 5, 28)),
        (date(2025, 5, 29), date(2025, 5, 30)),  # Ascension Day
        (date(2025, 6, 6), date(2025, 6, 9)),  # the national day, a Friday
        (date(2025, 6, 20), date(2025, 6, 23)),  # Midsummer Eve
        (date(2025, 12, 24), date(2025, 12, 29)),  # Christmas, then a weekend
        (date(2025, 12, 31), date(2026, 1, 2)),  # New Year's Eve
        (date(2025, 6, 1), date(2025, 6, 2)),  # a Sunday
    ],
)
def test_money_moves_on_the_first_bank_day_from_a_day_on(day: date, paid: date) -> None:
    assert bank_day_from(day) == paid
    assert is_bank_day(paid)
    assert is_bank_day(day) == (day == paid)


def test_the_day_before_a_holiday_is_a_bank_day() -> None:
    assert is_bank_day(date(2025, 4, 17))  # Maundy Thursday: banks close early, and still pay
