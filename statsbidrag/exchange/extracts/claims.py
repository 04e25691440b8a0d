"""Visits that more than one clinic claims: the same child on the same day."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from statsbidrag.exchange.settlement.opening import exactly
from statsbidrag.terms.faults import Fault

_MEMORY = "160MB"
_MOST_SHOWN = 100
# Numbers stand for texts while all rows are looked at, so that the table of them stays small; then texts are compared.
_SEEN = """
CREATE TEMP TABLE suspects AS
SELECT hash(child, date) AS visit FROM visits
GROUP BY visit HAVING min(hash(clinic)) <> max(hash(clinic))
"""
_CLAIMS = """
SELECT date, list(file_row_number ORDER BY file_row_number), list(clinic ORDER BY file_row_number)
FROM visits WHERE hash(child, date) IN (SELECT visit FROM suspects)
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
    """Gives how many visits several clinics claim, and the first of them; raises Fault where memory runs out.

    numbers   the rows of the visit file as they are numbered in the extract
    """
    try:
        found = _found(visits)
    except duckdb.Error:
        why = "Minnet eller det tillfälliga utrymmet tog slut när besök jämfördes."
        raise Fault(str(visits), why, "Dela upp uttaget i flera filer.") from None
    shown = (
        ClaimedTwice(day, tuple(numbers[row] for row in rows), tuple(clinics))
        for day, rows, clinics in found[:_MOST_SHOWN]
    )
    return len(found), tuple(shown)


def _found(visits: Path) -> list[tuple[Any, ...]]:
    with tempfile.TemporaryDirectory(prefix="statsbidrag-") as beside:
        settings: dict[str, Any] = {
            "memory_limit": _MEMORY,
            "threads": 2,
            "temp_directory": beside,
            "preserve_insertion_order": "false",
        }
        with duckdb.connect(config=settings) as connection:
            connection.read_parquet(exactly(visits), file_row_number=True).create_view("visits")
            connection.execute(_SEEN)
            return connection.execute(_CLAIMS).fetchall()
