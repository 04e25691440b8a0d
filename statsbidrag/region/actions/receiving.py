"""What the agency has paid comes into the region's book, and what is given back to it leaves."""

from datetime import date, datetime

from statsbidrag.cycle.regional_book import RegionalCause, RegionalPosting
from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.region.actions import book
from statsbidrag.terms.faults import Fault

LONGEST_REFERENCE = 60


def receive(
    visitor: Visitor | None, region: str, year: int, *, kronor: int, day: date, reference: str, now: datetime
) -> None:
    """Enters what the agency has paid, by the number of its decision; the same number is never entered twice."""
    _enter(visitor, region, year, ("received", "Mottaget"), kronor=kronor, day=day, reference=reference, now=now)


def give_back(
    visitor: Visitor | None, region: str, year: int, *, kronor: int, day: date, reference: str, now: datetime
) -> None:
    """Enters what has been given back to the agency; it is taken of what is not distributed."""
    _enter(visitor, region, year, ("given back", "Återbetalt"), kronor=kronor, day=day, reference=reference, now=now)


def refuse_later(day: date, now: datetime, where: str) -> None:
    """Refuses a day that has not been yet. Raises Fault."""
    if day > now.date():
        raise Fault(where, "Dagen har inte varit än.", "Ange den dag då det hände.")


def _enter(
    visitor: Visitor | None,
    region: str,
    year: int,
    what: tuple[RegionalCause, str],
    *,
    kronor: int,
    day: date,
    reference: str,
    now: datetime,
) -> None:
    planner = access.require(visitor, "plan region", region)
    cause, word = what
    number = reference.strip()
    if not number:
        raise Fault(word, "Beslutets nummer saknas.", "Ange beslutets nummer, så att inget förs in två gånger.")
    refuse_later(day, now, word)
    says = f"{word} enligt {number}"
    posting = RegionalPosting(cause, "", kronor, f"{word.lower()} {number}"[:LONGEST_REFERENCE], day, says)
    book.post(region, year, [posting], now, by=planner.name)
