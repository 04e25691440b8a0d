"""Visits that more than one clinic claims: the same child on the same day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from statsbidrag.exchange.settlement.opening import exactly

_MEMORY = "200MB"
_MOST_SHOWN = 100
_CLAIMS = """
SELECT date, list(file_row_number ORDER BY file_row_number), list(clinic ORDER BY file_row_number)
FROM visits WHERE child IS NOT NULL AND date IS NOT NULL
GROUP BY child, date HAVING count(DISTINCT clinic) > 1
ORDER BY date, min(file_row_number)
"""


@dataclass(frozen=True, slots=True)
class ClaimedTwice:
    """One child's visit on one day that several clinics have: their rows and names, in the order of the extract."""

    day: date
    rows: tuple[int, ...]
    clinics: tuple[str, ...]


def claimed_twice(visits: Path, numbers: Sequence[int]) -> tuple[int, tuple[ClaimedTwice, ...]]:
    """Gives how many visits several clinics claim, and the first of them.

    numbers   the rows of the visit file as they are numbered in the extract
    """
    with duckdb.connect(config={"memory_limit": _MEMORY, "threads": 2}) as connection:
        connection.read_parquet(exactly(visits), file_row_number=True).create_view("visits")
        found = connection.execute(_CLAIMS).fetchall()
    shown = (
        ClaimedTwice(day, tuple(numbers[row] for row in rows), tuple(clinics))
        for day, rows, clinics in found[:_MOST_SHOWN]
    )
    return len(found), tuple(shown)
