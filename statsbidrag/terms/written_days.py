"""Days as people and record systems write them; a way that can mean two different days is not read."""

import re
from datetime import date, datetime

from statsbidrag.terms.dates import MONTHS, SWEDISH_TIME

AMBIGUOUS = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}")
_TIME = r"(?:[T ](?P<time>[0-9]{2}:?[0-9]{2}(?::?[0-9]{2}(?:[.,][0-9]+)?)?)(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
_WAYS = (
    re.compile(rf"(?P<y>[0-9]{{4}})(?P<s>[-/.])(?P<m>[0-9]{{1,2}})(?P=s)(?P<d>[0-9]{{1,2}}){_TIME}"),  # 2025-10-01
    re.compile(rf"(?P<y>[0-9]{{4}})(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}}){_TIME}"),  # 20251001
    re.compile(r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})[ -]+(?P<y>[0-9]{4})"),  # 1/10 2025
    re.compile(rf"(?P<d>[0-9]{{1,2}})\.(?P<m>[0-9]{{1,2}})\.(?P<y>[0-9]{{4}}){_TIME}"),  # 01.10.2025
)
_IN_WORDS = re.compile(r"(?:den )?(?P<d>[0-9]{1,2})[. ]+(?P<month>[a-z]{3,9})\.? (?P<y>[0-9]{4})")


def read_day(text: str) -> date | None:
    """Gives the day that a text writes, or None: ``2025-10-01``, ``20251001``, ``1/10 2025``, ``01.10.2025``.

    The month may be a word (1 okt 2025). A moment with a time zone gives its day by Swedish time. Two slashes
    (1/10/2025) mean different days to different systems and are not read.
    """
    if words := _IN_WORDS.fullmatch(text.lower()):
        months = [place for place, name in enumerate(MONTHS, 1) if name.startswith(words["month"])]
        return _day(int(words["y"]), months[0], int(words["d"])) if len(months) == 1 else None
    for way in _WAYS:
        if found := way.fullmatch(text):
            if found.groupdict().get("zone"):
                return _by_swedish_time(text)
            return _day(int(found["y"]), int(found["m"]), int(found["d"]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _by_swedish_time(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).astimezone(SWEDISH_TIME).date()
    except (ValueError, OverflowError):
        return None


def months_between(born: date, day: date) -> int:
    """Gives a child's age in whole months on a day; below 0 on every day before birth."""
    return (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
