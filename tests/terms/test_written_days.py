"""Days are read as record systems write them, and only where they can mean one day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statsbidrag.terms.dates import MONTHS
from statsbidrag.terms.written_days import months_between, read_day


@pytest.mark.parametrize(
    "text",
    [
        "2025-10-01",
        "20251001",
        "1/10 2025",
        "01.10.2025",
        "1.10.2025",
        "2025/10/01",
        "2025-10-1",
        "2025-10-01 09:30",
        "2025-10-01T09:30:00.000",
        "2025-10-01T09:30:00+02:00",
        "2025-09-30T22:30:00Z",  # half past midnight in Sweden
        "20251001T0930",
        "1 oktober 2025",
        "den 1 okt. 2025",
    ],
)
def test_each_way_is_the_first_of_october(text: str) -> None:
    assert read_day(text) == date(2025, 10, 1)


@pytest.mark.parametrize("text", ["1/10/2025", "10/1/2025", "251001", "45931", "2025-02-30", "1 ma 2025", "igår", ""])
def test_what_may_mean_several_days_or_none_is_not_read(text: str) -> None:
    assert read_day(text) is None


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    ways = (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.day}/{day.month} {day.year}",
        f"{day:%d.%m.%Y}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    )
    assert {read_day(way) for way in ways} == {day}


@pytest.mark.parametrize(
    ("born", "day", "months"),
    [
        (date(2025, 1, 15), date(2025, 3, 14), 1),
        (date(2025, 1, 15), date(2025, 3, 15), 2),
        (date(2025, 1, 15), date(2025, 1, 14), -1),
        (date(2025, 12, 15), date(2025, 10, 2), -3),
        (date(2025, 1, 31), date(2025, 2, 28), 0),
    ],
)
def test_an_age_is_whole_months_and_below_zero_before_birth(born: date, day: date, months: int) -> None:
    assert months_between(born, day) == months
