"""What the agency's people of the demonstration do when nobody else has: decide the list, and pay it."""

from datetime import datetime


def decide(year: int, moment: datetime) -> None:
    """Prepares, decides and writes every decision that is left to make."""


def pay(year: int, moment: datetime) -> None:
    """Pays what is due, and reads the bank's answers."""
