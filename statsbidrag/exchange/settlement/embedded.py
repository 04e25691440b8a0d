"""The embedded engine: DuckDB in this process, within a stated memory, whatever the size of the files."""

import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from ibis.backends.sql.datatypes import DuckDBType

from statsbidrag.exchange.settlement.engine import Progress, quietly
from statsbidrag.exchange.settlement.opening import copy_csv, exactly, true_row
from statsbidrag.exchange.settlement.sorting import MOST_ROWS, Numbers, places_of_repeated
from statsbidrag.exchange.visits import ROW, LooseLine, VisitFile
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import grouped

T = TypeVar("T")

MEMORY = "330MB"
# What a file with very many duplicates may take, when it turns out that it needs more.
GENEROUS_MEMORY = "3GB"

_SETTINGS = {
    "threads": "2",
    "preserve_insertion_order": "false",
    "streaming_buffer_size": "'50MB'",
    "enable_progress_bar": "true",
    "enable_progress_bar_print": "false",
    # Without statistics of a view DuckDB may build its table of the visits instead of the register.
    "disabled_optimizers": "'join_order,build_side_probe_side'",
}
_KEYS_AT_A_TIME = 1_000_000
_ROWS_AT_A_TIME = 10_000
_BETWEEN_GLANCES = 0.2


def _of_three(_who: str, _clinic: str, _day: object) -> ir.Value:
    """DuckDB's own hash."""


_hash = ibis.udf.scalar.builtin(_of_three, name="hash", signature=(("string", "string", "date"), "uint64"))


class Embedded:
    """DuckDB with the memory and threads that the promises of speed are made for."""

    def __init__(self, progress: Progress = quietly) -> None:
        self._progress = progress
        self._is_generous = False
        self._kept = tempfile.TemporaryDirectory(prefix="statsbidrag-")
        self._folder = Path(self._kept.name)
        self._connection = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": self._kept.name})
        for name, value in _SETTINGS.items():
            self._connection.execute(f"SET {name} = {value}")

    def scan(self, file: VisitFile, number: int) -> tuple[ir.Table, list[LooseLine]]:
        """Gives a file's rows with the columns and types it has, and ``row``, counted from 0."""
        name, loose = f"raw_{number}", list[LooseLine]()
        if file.delimiter:
            self._progress(f"Läser {file.path.name}", None)
            copy = self._folder / f"{name}.parquet"
            loose = copy_csv(file, copy, MEMORY)
            relation = self._connection.read_parquet(exactly(copy)).project(
                f"* REPLACE ({true_row(file, loose)} AS {ROW})"
            )
        else:
            relation = self._connection.read_parquet(exactly(file.path), file_row_number=True).project(
                f"* EXCLUDE (file_row_number), file_row_number AS {ROW}"
            )
        relation.create_view(name)
        return ibis.table({**file.columns, ROW: "int64"}, name=name), loose

    def view(self, name: str, expression: ir.Table) -> ir.Table:
        """Gives an expression a name, without computing it."""
        self._relation(expression).create_view(name)
        return ibis.table(expression.schema(), name=name)

    def keep(self, name: str, expression: ir.Table, what: str) -> ir.Table:
        """Computes an expression and keeps its rows."""
        self._run(lambda: self._relation(expression).create(name), what)
        return ibis.table(expression.schema(), name=name)

    def table(self, name: str, columns: Mapping[str, str], rows: Sequence[tuple[object, ...]]) -> ir.Table:
        """Makes a small table."""
        named = [
            f"CAST(col{place} AS {_in_sql(kind)}) AS {column}" for place, (column, kind) in enumerate(columns.items())
        ]
        values: Any = rows
        self._connection.values(*values).project(", ".join(named)).create(name)
        return ibis.table(columns, name=name)

    def rows(self, expression: ir.Table, what: str) -> list[tuple[Any, ...]]:
        """Gives the rows of a result that fits in memory."""
        return self._run(lambda: self._relation(expression).fetchall(), what)

    def batches(self, expression: ir.Table, what: str) -> Iterator[list[tuple[Any, ...]]]:
        """Gives the rows of a result of any size, some at a time."""
        self._progress(what, None)
        for batch in self.stream(expression, _ROWS_AT_A_TIME):
            yield list(zip(*(column.to_pylist() for column in batch.columns), strict=True))

    def stream(self, expression: ir.Table, size: int) -> Iterator[pa.RecordBatch]:
        """Gives the rows of a result of any size, as columns side by side, some at a time."""
        try:
            yield from self._relation(expression).to_arrow_reader(size)
        except (duckdb.Error, pa.ArrowException) as error:
            raise _failed(error) from None

    def repeated(self, name: str, keys: ir.Table, total: int, what: str) -> tuple[ir.Table, int]:
        """Keeps the ``place`` of every row whose ``key`` stands more than once, and counts the keys that are NULL."""
        if total >= MOST_ROWS:
            why = f"Filerna har {grouped(total)} rader, fler än dubblettkontrollen klarar på en gång."
            raise Fault("besöksfilerna", why, "Dela upp dem i flera avräkningar, eller kör med --engine spark.")
        unknown = 0

        def numbers() -> Iterator[tuple[Numbers, Numbers]]:
            nonlocal unknown
            seen = 0
            for batch in self.stream(keys.select("key", "place"), _KEYS_AT_A_TIME):
                seen += batch.num_rows
                self._progress(what, seen / total)
                missing = batch.column("key").null_count
                unknown += missing
                known = batch.filter(batch.column("key").is_valid()) if missing else batch
                yield _numbers(known.column("key")), _numbers(known.column("place"))

        found = places_of_repeated(numbers(), total, self._folder)
        places = pa.Array.from_buffers(pa.int64(), len(found), [None, pa.py_buffer(found)])
        self._connection.from_arrow(pa.Table.from_arrays([places], ["place"])).create(name)
        return ibis.table({"place": "int64"}, name=name), unknown

    def hash(self, who: ir.Value, clinic: ir.Value, day: ir.Value) -> ir.Value:
        """Gives a number of 64 bits that is the same where the three are."""
        return _hash(who, clinic, day)

    def write(self, expression: ir.Table, path: Path, what: str) -> None:
        """Writes the rows of a result of any size to a new Parquet file."""
        self._run(lambda: self._relation(expression).write_parquet(str(path), compression="zstd"), what)

    def close(self) -> None:
        """Leaves nothing behind."""
        self._connection.close()
        self._kept.cleanup()

    def _relation(self, expression: ir.Table) -> duckdb.DuckDBPyRelation:
        return self._connection.sql(str(ibis.to_sql(expression, dialect="duckdb")))

    def _run(self, deed: Callable[[], T], what: str) -> T:
        """Runs a query beside this thread, so that its progress can be watched; with more memory if it must be."""
        outcome: list[T] = []
        failure: list[duckdb.Error] = []

        def run() -> None:
            try:
                outcome.append(deed())
            except duckdb.Error as error:
                failure.append(error)

        worker = threading.Thread(target=run)
        worker.start()
        try:
            self._watch(worker, what)
        except BaseException:
            self._connection.interrupt()
            worker.join()
            raise
        if failure and isinstance(failure[0], duckdb.OutOfMemoryException) and not self._is_generous:
            self._is_generous = True
            self._connection.execute(f"SET memory_limit = '{GENEROUS_MEMORY}'")
            return self._run(deed, what)
        if failure:
            raise _failed(failure[0])
        return outcome[0]

    def _watch(self, worker: threading.Thread, what: str) -> None:
        while worker.is_alive():
            part = self._connection.query_progress()
            self._progress(what, part / 100 if part >= 0 else None)
            worker.join(_BETWEEN_GLANCES)


def _in_sql(kind: str) -> str:
    return str(DuckDBType.to_string(ibis.dtype(kind)))


def _numbers(column: pa.Array) -> Numbers:
    """The numbers of a column without NULL, where they lie; pyarrow loads pandas to hand them over itself."""
    return np.frombuffer(column.buffers()[1], np.uint64, len(column), offset=8 * column.offset)


def _failed(error: Exception) -> Fault:
    """What a person can do about a query that an engine gave up."""
    if isinstance(error, duckdb.OutOfMemoryException):
        return Fault("avräkningen", "Minnet eller det tillfälliga utrymmet tog slut.", "Dela upp filerna och kör igen.")
    reason = str(error).splitlines()[0]
    return Fault("besöksfilerna", f"En fil går inte att läsa till slut ({reason}).", "Hämta den igen.")
