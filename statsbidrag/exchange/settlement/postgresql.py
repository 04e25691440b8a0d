"""The region's own database as an engine: the same expressions on PostgreSQL, which keeps nothing of them.

Files are read here and copied to temporary tables; all of it is one transaction, which is never committed.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import psycopg
import pyarrow as pa
from ibis.backends.sql.datatypes import PostgresType
from psycopg.errors import InsufficientPrivilege
from psycopg.sql import SQL, Composed, Identifier
from pyarrow import csv, parquet

from statsbidrag.cycle.visits import BETWEEN_CODES
from statsbidrag.exchange.settlement.embedded import Embedded
from statsbidrag.exchange.settlement.engine import Progress, quietly, repeated_by_grouping
from statsbidrag.exchange.settlement.postgresql_words import FUNCTIONS, in_postgresql
from statsbidrag.exchange.visits import LooseLine, VisitFile
from statsbidrag.terms.faults import Fault

# Where the region keeps its visits; a house that has no other database than its own may say so by the second.
_VARIABLES = ("STATSBIDRAG_REGION_DATABASE_URL", "DATABASE_URL")
_SETTINGS = {"work_mem": "64MB", "jit": "off", "cursor_tuple_fraction": "1"}
_ROWS_AT_A_TIME = 10_000
_ROWS_COPIED_AT_A_TIME = 100_000


def _of_three(_who: str, _clinic: str, _day: object) -> ir.Value:
    """PostgreSQL's own hash."""


_hash = ibis.udf.scalar.builtin(_of_three, name="hash_of_three", signature=(("string", "string", "date"), "int64"))


class PostgreSQL:
    """A session of the region's database server, in which nothing is committed."""

    def __init__(self, progress: Progress = quietly) -> None:
        self._progress = progress
        self._numbers = count()
        self._connection = _connected()
        for name, value in _SETTINGS.items():
            self._connection.execute(SQL("SET LOCAL {} = {}").format(Identifier(name), value))
        for function in FUNCTIONS:
            self._connection.execute(function)
        self._reader = Embedded(progress)

    def scan(self, file: VisitFile, number: int) -> tuple[ir.Table, list[LooseLine]]:
        """Gives a file's rows, copied to the database, with the columns it has and ``row``, counted from 0."""
        read, loose = self._reader.scan(file, number)
        plain = read.select(**{name: _plain(read[name]) for name in read.columns})
        copied = self._new(f"raw_{number}", plain.schema())
        self._progress(f"Kopierar {file.path.name} till databasen", None)
        into = SQL("COPY {} FROM STDIN (FORMAT csv)").format(Identifier(copied.get_name()))
        with _faults_told(), self._connection.cursor() as cursor, cursor.copy(into) as copy:
            for block in _as_csv(self._reader.stream(plain, _ROWS_COPIED_AT_A_TIME), file):
                copy.write(block)
        self._execute(SQL("ANALYZE {}").format(Identifier(copied.get_name())))
        return copied, loose

    def view(self, name: str, expression: ir.Table) -> ir.Table:
        """Gives an expression a name; computes it at once, since it would else be computed wherever it is asked for."""
        self._execute(SQL("CREATE TEMP TABLE {} AS ").format(Identifier(name)), expression)
        self._execute(SQL("ANALYZE {}").format(Identifier(name)))
        return ibis.table(expression.schema(), name=name)

    def keep(self, name: str, expression: ir.Table, what: str) -> ir.Table:
        """Computes an expression and keeps its rows."""
        self._progress(what, None)
        return self.view(name, expression)

    def table(self, name: str, columns: Mapping[str, str], rows: Sequence[tuple[object, ...]]) -> ir.Table:
        """Makes a small table."""
        made = self._new(name, ibis.schema(columns))
        into = SQL("COPY {} FROM STDIN").format(Identifier(name))
        with _faults_told(), self._connection.cursor() as cursor, cursor.copy(into) as copy:
            for row in rows:
                copy.write_row(row)
        return made

    def rows(self, expression: ir.Table, what: str) -> list[tuple[Any, ...]]:
        """Gives the rows of a result that fits in memory."""
        self._progress(what, None)
        with _faults_told():
            return self._connection.execute(in_postgresql(expression).encode()).fetchall()

    def batches(self, expression: ir.Table, what: str) -> Iterator[list[tuple[Any, ...]]]:
        """Gives the rows of a result of any size, some at a time."""
        self._progress(what, None)
        with _faults_told(), self._connection.cursor(f"rows_{next(self._numbers)}") as cursor:
            cursor.execute(in_postgresql(expression).encode())
            while batch := cursor.fetchmany(_ROWS_AT_A_TIME):
                yield batch

    def repeated(self, name: str, keys: ir.Table, total: int, what: str) -> tuple[ir.Table, int]:
        """Keeps the ``place`` of every row whose ``key`` stands more than once, and counts the keys that are NULL."""
        return repeated_by_grouping(self, name, keys, what)

    def hash(self, who: ir.Value, clinic: ir.Value, day: ir.Value) -> ir.Value:
        """Gives a number of 64 bits that is the same where the three are."""
        return _hash(who, clinic, day)

    def write(self, expression: ir.Table, path: Path, what: str) -> None:
        """Writes the rows of a result of any size to a new Parquet file."""
        schema = expression.schema().to_pyarrow()
        with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
            for batch in self.batches(expression, what):
                columns = zip(zip(*batch, strict=True), schema.types, strict=True)
                writer.write_batch(pa.record_batch([pa.array(column, kind) for column, kind in columns], schema))

    def close(self) -> None:
        """Leaves nothing behind."""
        self._connection.close()
        self._reader.close()

    def _new(self, name: str, schema: ibis.Schema) -> ir.Table:
        """Makes an empty table."""
        columns = [
            SQL("{} {}").format(Identifier(column), SQL(PostgresType.to_string(kind)))
            for column, kind in schema.items()
        ]
        self._execute(SQL("CREATE TEMP TABLE {} ({})").format(Identifier(name), SQL(", ").join(columns)))
        return ibis.table(schema, name=name)

    def _execute(self, statement: Composed, expression: ir.Table | None = None) -> None:
        """Runs a statement, which may end with an expression."""
        query = b"" if expression is None else in_postgresql(expression).encode()
        with _faults_told():
            self._connection.execute(statement.as_bytes(self._connection) + query)


def _plain(value: ir.Column) -> ir.Column:
    """A column in a type that every database has: lists with a sign between, and whole numbers of one width."""
    if isinstance(value.type(), dt.Array):
        return value.join(BETWEEN_CODES)
    if isinstance(value.type(), dt.Null):
        return value.cast("string")
    return value.cast("int64") if isinstance(value.type(), dt.Integer) else value


def _as_csv(batches: Iterable[pa.RecordBatch], file: VisitFile) -> Iterator[bytes]:
    """Rows as the database takes them: a text within quotation marks, and nothing at all where a value is unknown."""
    for batch in batches:
        block = BytesIO()
        csv.write_csv(batch, block, csv.WriteOptions(include_header=False))
        if b"\0" in block.getvalue():
            why = "En text har tecknet NUL, som databasen inte tar emot."
            raise Fault(str(file.path), why, "Ta bort det ur filen, eller kör utan --engine database.")
        yield block.getvalue()


def _connected() -> psycopg.Connection[tuple[Any, ...]]:
    """Opens a session at the region's server; raises Fault where there is none."""
    address = next(filter(None, map(os.environ.get, _VARIABLES)), "")
    if not address.startswith(("postgres://", "postgresql://")):
        why = "Den säger inte var regionens PostgreSQL finns."
        raise Fault(f"miljövariabeln {_VARIABLES[0]}", why, "Ange postgresql://…, eller kör utan --engine database.")
    with _faults_told():
        connection = psycopg.connect(address, client_encoding="UTF8")
    if connection.info.parameter_status("server_encoding") != "UTF8":
        connection.close()
        raise Fault("databasen", "Den lagrar inte text i UTF-8.", "Skapa den med ENCODING 'UTF8'.")
    return connection


@contextmanager
def _faults_told() -> Iterator[None]:
    """Tells what a person can do about a statement that the database did not run; no value of a row is told."""
    try:
        yield
    except (psycopg.OperationalError, InsufficientPrivilege) as error:
        said = error.diag.message_primary or str(error).splitlines()[0]
        remedy = "Låt den som sköter databasen rätta det, eller kör utan --engine database."
        raise Fault("databasen", f"Den kunde inte räkna färdigt ({said}).", remedy) from None
    except psycopg.DataError as error:
        why = f"Databasen tar inte emot ett värde i en fil ({type(error).__name__})."
        raise Fault("besöksfilerna", why, "Rätta filen, eller kör utan --engine database.") from None
