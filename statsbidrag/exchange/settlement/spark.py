"""Spark as an engine: the same expressions, for those who outgrow a machine.

It runs where pyspark's own settings say: in this machine's processes, or on a cluster.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
from pyspark.sql import DataFrame, SparkSession

from statsbidrag.exchange.settlement.engine import Progress, quietly, repeated_by_grouping
from statsbidrag.exchange.settlement.opening import copy_csv, true_row
from statsbidrag.exchange.visits import ROW, LooseLine, VisitFile

_SETTINGS = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
_MEMORY = "250MB"
# What other engines have a function for.
_FULL_MATCH = r"""
CREATE OR REPLACE TEMPORARY FUNCTION regexp_full_match(text STRING, pattern STRING) RETURNS BOOLEAN
RETURN text RLIKE concat('^(?:', pattern, r')\z')
"""
_ROWS_AT_A_TIME = 10_000
_TYPES = {"string": "string", "date": "date", "int64": "bigint"}


def _of_three(_who: str, _clinic: str, _day: object) -> ir.Value:
    """Spark's own hash."""


_hash = ibis.udf.scalar.builtin(_of_three, name="xxhash64", signature=(("string", "string", "date"), "int64"))


class Spark:
    """A Spark session of its own, ended when the settlement is."""

    def __init__(self, progress: Progress = quietly) -> None:
        self._progress = progress
        self._kept = tempfile.TemporaryDirectory(prefix="statsbidrag-")
        builder = SparkSession.builder.appName("statsbidrag")
        for name, value in _SETTINGS.items():
            builder = builder.config(name, value)
        self._session = builder.getOrCreate()
        self._session.sql(_FULL_MATCH)
        context = self._session.sparkContext
        if str(context.master).startswith("local"):
            self._session.conf.set("spark.sql.shuffle.partitions", str(2 * context.defaultParallelism))

    def scan(self, file: VisitFile, number: int) -> tuple[ir.Table, list[LooseLine]]:
        """Gives a file's rows with the columns and types it has, and ``row``, counted from 0."""
        name, loose, path, row = f"raw_{number}", list[LooseLine](), file.path, "_metadata.row_index"
        if file.delimiter:
            path = Path(self._kept.name) / f"{name}.parquet"
            loose = copy_csv(file, path, _MEMORY)
            row = true_row(file, loose)
        frame = self._session.read.parquet(str(path.absolute()))
        columns = (f"`{column}`" for column in file.columns)
        frame.selectExpr(*columns, f"{row} AS {ROW}").createOrReplaceTempView(name)
        return ibis.table({**file.columns, ROW: "int64"}, name=name), loose

    def view(self, name: str, expression: ir.Table) -> ir.Table:
        """Gives an expression a name, without computing it."""
        self._frame(expression).createOrReplaceTempView(name)
        return ibis.table(expression.schema(), name=name)

    def keep(self, name: str, expression: ir.Table, what: str) -> ir.Table:
        """Computes an expression and keeps its rows."""
        self._progress(what, None)
        frame = self._frame(expression).cache()
        frame.count()
        frame.createOrReplaceTempView(name)
        return ibis.table(expression.schema(), name=name)

    def table(self, name: str, columns: Mapping[str, str], rows: Sequence[tuple[object, ...]]) -> ir.Table:
        """Makes a small table."""
        types = ", ".join(f"{column} {_TYPES[kind]}" for column, kind in columns.items())
        self._session.createDataFrame(list(rows), types).createOrReplaceTempView(name)
        return ibis.table(columns, name=name)

    def rows(self, expression: ir.Table, what: str) -> list[tuple[Any, ...]]:
        """Gives the rows of a result that fits in memory."""
        self._progress(what, None)
        return [tuple(row) for row in self._frame(expression).collect()]

    def batches(self, expression: ir.Table, what: str) -> Iterator[list[tuple[Any, ...]]]:
        """Gives the rows of a result of any size, some at a time."""
        self._progress(what, None)
        rows = (tuple(row) for row in self._frame(expression).toLocalIterator())
        while batch := list(islice(rows, _ROWS_AT_A_TIME)):
            yield batch

    def repeated(self, name: str, keys: ir.Table, total: int, what: str) -> tuple[ir.Table, int]:
        """Keeps the ``place`` of every row whose ``key`` stands more than once, and counts the keys that are NULL."""
        return repeated_by_grouping(self, name, keys, what)

    def hash(self, who: ir.Value, clinic: ir.Value, day: ir.Value) -> ir.Value:
        """Gives a number that is the same where the three are, and seldom where they are not."""
        return _hash(who, clinic, day)

    def write(self, expression: ir.Table, path: Path, what: str) -> None:
        """Writes the rows of a result of any size to a new Parquet file."""
        self._progress(what, None)
        parts = path.with_suffix(".parts")
        self._frame(expression).coalesce(1).write.parquet(str(parts.absolute()))
        [part] = parts.glob("part-*.parquet")
        part.replace(path)
        shutil.rmtree(parts)

    def close(self) -> None:
        """Leaves nothing behind."""
        self._session.stop()
        self._kept.cleanup()

    def _frame(self, expression: ir.Table) -> DataFrame:
        return self._session.sql(str(ibis.to_sql(expression, dialect="pyspark")))
