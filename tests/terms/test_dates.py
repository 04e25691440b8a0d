from datetime import UTC, date, datetime

import pytest

from statsbidrag.terms.dates import day_in_words, day_of_arrival


def test_a_day_is_written_as_in_a_letter() -> None:
    assert day_in_words(date(2025, 4, 29)) == "29 april 2025"


@pytest.mark.shows("adm-10")
def test_the_day_of_arrival_is_the_swedish_one() -> None:
    assert day_of_arrival(datetime(2025, 4, 29, 21, 59, tzinfo=UTC)) == date(2025, 4, 29)
    assert day_of_arrival(datetime(2025, 4, 29, 22, 1, tzinfo=UTC)) == date(2025, 4, 30)


def test_a_moment_without_time_zone_is_no_arrival() -> None:
    with pytest.raises(ValueError, match="time zone"):
        day_of_arrival(datetime(2025, 4, 29))  # noqa: DTZ001  # the very thing that is refused
