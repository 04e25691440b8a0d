"""A list as it leaves the house: columns, rows and what the reader must know, written as CSV or JSON.

The spreadsheet stands in its own module, :mod:`statsbidrag.exchange.spreadsheet`, so that only those who write one
load the library for it.
"""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from statsbidrag.terms.kronor import NO_BREAK_SPACE, decimal_comma, grouped, round_half_away

CellKind = Literal["text", "kronor", "number", "date", "percent"]
Cell = str | int | Fraction | date | None

_TYPES: dict[CellKind, tuple[type, ...]] = {
    "text": (str,),
    "kronor": (int,),
    "number": (int,),
    "date": (date,),
    "percent": (Fraction,),
}
_DECIMALS = 6
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    id         its name to machines (CSV and JSON), never translated
    heading    its name to people
    kind       ``kronor`` and ``number`` are whole; ``percent`` is an exact share (1/2 is 50 %)
    words      what people read instead of a value that only machines should see
    """

    id: str
    heading: str
    kind: CellKind = "text"
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A list with its columns and rows, and a few lines on what it is, where it comes from and what it rests on.

    Raises ValueError where a row lacks a cell and TypeError where a cell is not of its column's kind.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    about: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            for column, cell in zip(self.columns, row, strict=True):
                if cell is not None and not isinstance(cell, _TYPES[column.kind]):
                    raise TypeError(f"{column.id} holds {column.kind}, not {cell!r}")


def as_csv(table: Table) -> bytes:
    """Writes the list as open data: comma, double quotes and line ends by RFC 4180, in UTF-8 with a byte order mark.

    The comma is what the standard says and what every tool, ours included, reads unasked. The mark makes Excel read
    å, ä and ö right. A Swedish Excel splits at commas when the file is opened with Data > From text/CSV; whoever only
    double-clicks is served by the XLSX, since a semicolon would suit that one program and fail the standard.
    Amounts are plain digits, days are ISO 8601, shares are decimals with a point (half is 0.5). A text that a
    spreadsheet would take for a formula gets an apostrophe in front.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.id for column in table.columns)
    writer.writerows([plain_text(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def as_json(table: Table, *, name: str, facts: Mapping[str, object]) -> bytes:
    """Writes the list as one JSON object: first the facts about it, then its rows as objects under the name given."""
    ids = [column.id for column in table.columns]
    rows = [dict(zip(ids, map(_json_value, row), strict=True)) for row in table.rows]
    return (json.dumps({**facts, name: rows}, ensure_ascii=False, indent=2) + "\n").encode()


def as_seen(cell: Cell, column: Column) -> str:
    """Writes a cell the way people read it: words for codes, spaces in amounts, shares in per cent."""
    if isinstance(cell, Fraction):
        return f"{decimal_comma(cell * 100, 2)}{NO_BREAK_SPACE}%"
    if isinstance(cell, str):
        return column.words.get(cell, cell)
    return grouped(cell) if isinstance(cell, int) else str(cell or "")


def plain_text(cell: Cell) -> str:
    """Writes a cell for machines; a text that a spreadsheet would take for a formula gets an apostrophe in front."""
    if cell is None:
        return ""
    if isinstance(cell, Fraction):
        return _decimal(cell)
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell
    return str(cell)


def _json_value(cell: Cell) -> str | int | float | None:
    """A share becomes a decimal number for show; money is an int and stays one."""
    if isinstance(cell, Fraction):
        return float(_decimal(cell))
    return cell.isoformat() if isinstance(cell, date) else cell


def _decimal(number: Fraction) -> str:
    """Writes a fraction with a decimal point and at most six decimals, rounded half away from zero."""
    scaled = int(round_half_away(number, _DECIMALS) * 10**_DECIMALS)
    whole, rest = divmod(abs(scaled), 10**_DECIMALS)
    text = f"{whole}.{rest:0{_DECIMALS}d}".rstrip("0").rstrip(".")
    return f"-{text}" if scaled < 0 else text
