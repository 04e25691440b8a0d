"""Days as Swedish letters write them, and the moment a document came in by Swedish time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
SWEDISH_TIME = ZoneInfo("Europe/Stockholm")


def day_in_words(day: date) -> str:
    """Writes a day the way a letter does: ``26 maj 2025``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_of_arrival(moment: datetime) -> date:
    """Gives the Swedish day on which something came in; the moment must know its time zone (§ 4)."""
    if moment.tzinfo is None:
        raise ValueError("a moment of arrival must know its time zone")
    return moment.astimezone(SWEDISH_TIME).date()
