"""The region's book: its only writer, which adds postings where the book still balances with them."""

from collections.abc import Iterable
from datetime import datetime

from statsbidrag.cycle.regional_book import RegionalPosting
from statsbidrag.region.models import BookPosting
from statsbidrag.region.queries.book import book_of
from statsbidrag.region.writing import writing


def post(region: str, year: int, postings: Iterable[RegionalPosting], now: datetime, *, by: str) -> None:
    """Adds postings to a region's book. Raises Fault where one is already booked or an account would go below 0."""
    new = [posting for posting in postings if posting.kronor]
    with writing():
        book_of(region, year).add(new)
        BookPosting.objects.bulk_create(
            BookPosting(
                region=region,
                year=year,
                cause=posting.cause,
                line=posting.line,
                kronor=posting.kronor,
                reference=posting.reference,
                day=posting.day,
                says=posting.says[:300],
                at=now,
                by=by,
            )
            for posting in new
        )
