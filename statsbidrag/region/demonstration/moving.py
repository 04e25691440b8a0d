"""Moves the region's house on with the demonstration's clock: everyone does what lies before it and nobody has done."""

from datetime import datetime


def move_on(year: int, moment: datetime) -> None:
    """Does what lies before a moment of a round; what somebody has already done is left as it is."""
