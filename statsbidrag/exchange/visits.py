"""Visit files in: CSV and Parquet read by the dictionary of visits, with good rows and bad rows told apart.

A CSV is first copied, as it stands, into a Parquet file of texts; so both kinds go the same way from there. Columns
keep the type that the file gives them, and become what the dictionary says as an expression, on whatever engine.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from statsbidrag.cycle.visits import BETWEEN_CODES, Column, ColumnKind, Limits, VisitColumns
from statsbidrag.terms.faults import Fault, Faults, suggestion

FILE, ROW = "file", "row"

_TYPES: dict[ColumnKind, dt.DataType] = {
    "text": dt.string,
    "date": dt.date,
    "number": dt.int64,
    "choice": dt.string,
    "choices": dt.string,
}
_WRITTEN_AS: dict[ColumnKind, str] = {"date": "[0-9]{4}-[0-9]{2}-[0-9]{2}", "number": "-?[0-9]{1,9}"}
_ALSO: dict[ColumnKind, tuple[type[dt.DataType], ...]] = {
    "text": (dt.String,),
    "date": (dt.String, dt.Date),
    "number": (dt.String, dt.Integer),
    "choice": (dt.String,),
    "choices": (dt.String,),
}
_IN_SWEDISH: dict[ColumnKind, str] = {
    "text": "text",
    "date": "datum",
    "number": "heltal",
    "choice": "text",
    "choices": "text med | mellan koderna, eller en lista av texter",
}


def _bits(_text: str) -> ir.Value:
    """The function that engines call so; ibis has none for it."""


def _whole(_text: str, _pattern: str) -> ir.Value:
    """Tells whether all of a text is as a pattern says; how a pattern says where a text ends, engines differ in."""


_bit_length = ibis.udf.scalar.builtin(_bits, name="bit_length", signature=(("string",), "int64"))
_full_match = ibis.udf.scalar.builtin(_whole, name="regexp_full_match", signature=(("string", "string"), "boolean"))


@dataclass(frozen=True, slots=True)
class VisitFile:
    """A visit file as it was opened.

    first_row   the number of its first row to a person: 1 in Parquet, 2 in a CSV, after the heading
    columns     its columns and their types; those of a CSV are texts
    delimiter   what stands between the values of a CSV; empty for Parquet
    """

    path: Path
    first_row: int
    columns: Mapping[str, dt.DataType]
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class LooseLine:
    """A line of a CSV that is no row of the table, and why."""

    line: int
    why: str


def check_columns(file: VisitFile, columns: VisitColumns) -> None:
    """Refuses a file that lacks a column, has one that is unknown, or has one of a type that cannot be read."""
    known = {column.id: column for column in columns.columns}
    faults = [
        Fault(
            f"{file.path}, kolumnen ”{id}”",
            "Kolumnen är okänd.",
            f"{suggestion(id, known)}Ta bort den: filen ska bara ha det som behövs.",
        )
        for id in file.columns
        if id not in known
    ]
    faults += [
        Fault(f"{file.path}, kolumnen ”{column.id}”", "Kolumnen saknas.", f"Lägg till den: {column.text.lower()}.")
        for column in columns.columns
        if column.needed != "no" and column.id not in file.columns
    ]
    faults += [
        Fault(
            f"{file.path}, kolumnen ”{id}”", f"Den har typen {kind}.", f"Gör om den till {_IN_SWEDISH[known[id].kind]}."
        )
        for id, kind in file.columns.items()
        if id in known and not _is_readable(known[id], kind)
    ]
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)


def as_visits(raw: ir.Table, columns: VisitColumns, number: int) -> ir.Table:
    """Gives a file's rows with every column of the dictionary, in its type; what the file lacks is unknown.

    number   the file's place among those that were handed in, which tells which of two records is the later
    """
    values = {column.id: _typed(raw, column) for column in columns.columns}
    return raw.select(**values, **{FILE: ibis.literal(number, dt.int64), ROW: raw[ROW]})


def as_texts(raw: ir.Table, columns: VisitColumns, number: int) -> ir.Table:
    """Gives a file's rows as they are written, every column as text, for those who must see what is wrong with them."""
    values = {column.id: _text(raw, column) for column in columns.columns}
    return raw.select(**values, **{FILE: ibis.literal(number, dt.int64), ROW: raw[ROW]})


def extremes(visits: ir.Table, columns: VisitColumns) -> ir.Table:
    """One row: how many rows there are, and of each date and number how many have one, the least and the largest.

    These are texts, since a day that was read may be none that Python knows. Where these fit all do, and engines read
    them from a Parquet file's own notes.
    """
    figures: dict[str, ir.Scalar] = {"rows": visits.count()}
    for column in _ordered(columns):
        value = visits[column.id]
        least, largest = value.min().cast("string"), value.max().cast("string")
        figures |= {f"{column.id}_n": value.count(), f"{column.id}_a": least, f"{column.id}_z": largest}
    return visits.aggregate(**figures)


def unfit_by_extremes(figures: Mapping[str, Any], columns: VisitColumns, limits: Limits) -> set[str]:
    """The dates and numbers of which some value is missing or out of its limits."""
    unfit: set[str] = set()
    for column in _ordered(columns):
        ends = (figures[f"{column.id}_a"], figures[f"{column.id}_z"])
        if figures[f"{column.id}_n"] != figures["rows"] or any(limits.why_not(column, end) for end in ends):
            unfit.add(column.id)
    return unfit


def is_fit(visits: ir.Table, column: Column, limits: Limits) -> ir.BooleanValue:
    """Tells of every row whether a date, a number or a pseudonym can be used; never NULL."""
    value = visits[column.id]
    if column.kind == "date":
        fit = value.between(ibis.literal(date(limits.year, 1, 1)), ibis.literal(date(limits.year, 12, 31)))
    elif column.kind == "number":
        fit = value.between(column.min, column.max)
    else:
        return _is_pseudonym(value, column)
    return fit.fill_null(column.needed != "value")


def _is_pseudonym(value: ir.StringValue, column: Column) -> ir.BooleanValue:
    """Tells whether a text can be a pseudonym; most are longer than what it must not be, and are not looked into.

    How many bits a text takes is told at once, how many characters only by going through it; what it must not be has
    eight bits a character.
    """
    is_longer = _bit_length(value).between(8 * column.never_longest + 1, 8 * column.longest)
    fit = (value != "") & (value.length() <= column.longest) & ~_full_match(value, column.never)
    if column.needed != "value":
        fit |= value == ""
    return ibis.ifelse(value.isnull(), column.needed != "value", ibis.ifelse(is_longer, True, fit))


def one_table(tables: Iterable[ir.Table]) -> ir.Table:
    """Joins the rows of several files, in the order they were handed in."""
    first, *others = tables
    return ibis.union(first, *others, distinct=False) if others else first


def _ordered(columns: VisitColumns) -> list[Column]:
    return [column for column in columns.columns if column.kind in ("date", "number")]


def _is_readable(column: Column, kind: dt.DataType) -> bool:
    """Tells whether a column's values can be read; a column of nothing at all can."""
    if isinstance(kind, dt.Array):
        return column.kind == "choices" and isinstance(kind.value_type, dt.String)
    return isinstance(kind, (dt.Null, *_ALSO[column.kind]))


def _typed(raw: ir.Table, column: Column) -> ir.Value:
    kind = _TYPES[column.kind]
    if column.id not in raw.columns:
        return ibis.null(kind)
    value = raw[column.id]
    if isinstance(value.type(), dt.Null):
        return ibis.null(kind)
    if column.kind in _WRITTEN_AS and isinstance(value.type(), dt.String):
        is_written = _full_match(value, _WRITTEN_AS[column.kind])
        return ibis.ifelse(is_written, value.try_cast(kind), ibis.null(kind))
    if isinstance(value.type(), dt.Array):
        return value.join(BETWEEN_CODES)
    return value.cast(kind) if column.kind == "number" else value


def _text(raw: ir.Table, column: Column) -> ir.Value:
    if column.id not in raw.columns:
        return ibis.null(dt.string)
    value = raw[column.id]
    return value.join(BETWEEN_CODES) if isinstance(value.type(), dt.Array) else value.cast(dt.string)
