"""What an engine must be able to do for a settlement: open files, answer expressions, and find what stands twice."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import ibis.expr.types as ir

from statsbidrag.exchange.visits import LooseLine, VisitFile

# Says what is being done, and how much of it is done: 0 to 1, or None where that cannot be told.
Progress = Callable[[str, float | None], None]


def quietly(_what: str, _part: float | None) -> None:
    """Shows no progress."""


class Engine(Protocol):
    """Computes expressions over visit files; every table it gives has a name that expressions know it by."""

    def scan(self, file: VisitFile, number: int) -> tuple[ir.Table, list[LooseLine]]:
        """Gives a file's rows with the columns and types it has, and ``row``, counted from 0.

        The lines of a CSV that are no rows are told apart; ``number`` is the file's place among the others.
        """

    def view(self, name: str, expression: ir.Table) -> ir.Table:
        """Gives an expression a name, whether or not it is computed yet."""

    def keep(self, name: str, expression: ir.Table, what: str) -> ir.Table:
        """Computes an expression and keeps its rows."""

    def table(self, name: str, columns: Mapping[str, str], rows: Sequence[tuple[object, ...]]) -> ir.Table:
        """Makes a small table."""

    def rows(self, expression: ir.Table, what: str) -> list[tuple[Any, ...]]:
        """Gives the rows of a result that fits in memory."""

    def batches(self, expression: ir.Table, what: str) -> Iterator[list[tuple[Any, ...]]]:
        """Gives the rows of a result of any size, some at a time."""

    def repeated(self, name: str, keys: ir.Table, total: int, what: str) -> tuple[ir.Table, int]:
        """Keeps the ``place`` of every row whose ``key`` stands more than once, and counts the keys that are NULL.

        total   the number of rows, for showing progress; places are whole numbers below it
        """

    def hash(self, who: ir.Value, clinic: ir.Value, day: ir.Value) -> ir.Value:
        """Gives a number that is the same where the three are, and seldom where they are not."""

    def write(self, expression: ir.Table, path: Path, what: str) -> None:
        """Writes the rows of a result of any size to a new Parquet file."""

    def close(self) -> None:
        """Leaves nothing behind."""


def repeated_by_grouping(engine: Engine, name: str, keys: ir.Table, what: str) -> tuple[ir.Table, int]:
    """Does what an engine does for ``repeated``, by the engine's own grouping."""
    known = engine.view(f"{name}_keys", keys)
    twice = known.group_by("key").having(known.count() > 1).agg(rows=known.count())
    found = engine.keep(name, known.semi_join(twice, "key").select("place"), what)
    [(unknown,)] = engine.rows(known.aggregate(unknown=known.key.isnull().sum()), what)
    return found, unknown or 0
