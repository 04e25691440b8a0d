"""Bank days: the days on which Swedish banks move money."""

from collections.abc import Container
from datetime import date, timedelta
from functools import cache

_SATURDAY = 5


def is_bank_day(day: date) -> bool:
    """Tells whether banks move money on a day: not on weekends, holidays or the eves when all is closed."""
    return day.weekday() < _SATURDAY and day not in _closed()


def bank_day_from(day: date) -> date:
    """Gives the day itself where it is a bank day, else the next one."""
    while not is_bank_day(day):
        day += timedelta(days=1)
    return day


def bank_days_away(day: date, count: int) -> date:
    """Gives the bank day that lies a number of bank days after a day, or before it where the number is negative."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_bank_day(day):
            day += step
    return day


@cache
def _closed() -> Container[date]:
    """Midsummer, Christmas and New Year's Eve are no holidays by law, but banks are closed."""
    import holidays  # noqa: PLC0415  # a command that asks for no bank day needs no calendar

    return holidays.country_holidays("SE", categories=("public", "de_facto"))
