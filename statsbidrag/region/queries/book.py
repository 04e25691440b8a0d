"""The region's book as it stands."""

from typing import cast

from statsbidrag.cycle.regional_book import RegionalBook, RegionalCause, RegionalPosting
from statsbidrag.region.models import BookPosting

_FIELDS = ("cause", "line", "kronor", "reference", "day", "says")


def book_of(region: str, year: int, line: str = "") -> RegionalBook:
    """Gives a region's book of one year's grant, its postings in the order they were made; or only those of a line."""
    which = {"region": region, "year": year, **({"line": line} if line else {})}
    rows = BookPosting.objects.filter(**which).order_by("id").values_list(*_FIELDS)
    return RegionalBook(
        tuple(
            RegionalPosting(cast(RegionalCause, cause), line, kronor, reference, day, says)
            for cause, line, kronor, reference, day, says in rows
        )
    )
