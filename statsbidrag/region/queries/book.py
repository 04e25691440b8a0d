"""The region's book as it stands."""

from collections.abc import Collection
from datetime import date
from typing import cast

from statsbidrag.cycle.regional_book import REGIONAL_MOVES, RegionalBook, RegionalCause, RegionalPosting
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


def entered(book: RegionalBook, causes: Collection[str]) -> list[tuple[str, str, date, int]]:
    """Gives what has been entered of some kinds, the newest first: its words, what happened, the day and the kronor."""
    return [
        (each.says, REGIONAL_MOVES[each.cause].says.capitalize(), each.day, each.kronor)
        for each in reversed(book.postings)
        if each.cause in causes
    ]
