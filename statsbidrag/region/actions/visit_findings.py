"""What was understood of a file of visits, as plain values to be stored: none that could point someone out."""

from collections.abc import Iterable
from typing import Any

import pyarrow.parquet as pq

from statsbidrag.cycle.visit_mapping import Suggested
from statsbidrag.cycle.visits import VisitColumns
from statsbidrag.exchange.extracts.opening import Extract
from statsbidrag.exchange.extracts.outcome import Normalised
from statsbidrag.terms.faults import Fault

_MOST_WORDS, _MOST_ROWS = 200, 100


def suggestions_said(extract: Extract, suggested: Iterable[Suggested], faults: Iterable[Fault]) -> dict[str, Any]:
    """Says what each column of a file seems to be, and what is not decided."""
    return {
        "written": extract.written,
        "columns": [[each.heading, each.column] for each in suggested],
        "asked": [each.heading for each in suggested if not each.is_certain],
        # Those of one heading are asked at its own field.
        "undecided": [fault.why for fault in faults if fault.where == str(extract.path)],
    }


def findings(done: Normalised, columns: VisitColumns) -> dict[str, Any]:
    """Says how a file was read, and what is wrong with the rows that cannot be used."""
    hidden = {column.id for column in columns.columns if column.never}
    first, last = _days(done)
    words = sorted(done.words, key=lambda word: bool(word.means))  # what was not understood comes first
    return {
        "written": done.written,
        "columns": [list(each) for each in done.columns.items()],  # a database may not keep the order of keys
        "words": [
            [each.column, each.word, each.means, each.why, each.rows] for each in words if each.column not in hidden
        ][:_MOST_WORDS],
        "faults": [
            [row.row, misfit.column, "" if misfit.column in hidden else misfit.value, misfit.why]
            for row in done.first_refused
            for misfit in row.misfits
        ][:_MOST_ROWS],
        "twice": [[each.day.isoformat(), list(each.rows), list(each.clinics)] for each in done.claimed_twice],
        "twice_total": done.claimed_twice_total,
        "days": [first, last],
    }


def _days(done: Normalised) -> tuple[str, str]:
    """The first and the last day of the good rows."""
    if not done.good:
        return "", ""
    days = pq.read_table(done.file, columns=["date"])["date"].to_pylist()
    return min(days).isoformat(), max(days).isoformat()
