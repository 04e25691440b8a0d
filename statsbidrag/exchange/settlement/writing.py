"""A settlement written to a folder: its list, what was not counted, what was refused, and every line where wanted."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import ibis
import ibis.expr.types as ir

from statsbidrag.cycle.clinics import Clinic
from statsbidrag.exchange.settlement.lists import by_month
from statsbidrag.exchange.settlement.settling import Settlement
from statsbidrag.exchange.tables import Cell, as_csv, plain_text
from statsbidrag.exchange.visits import FILE, ROW

# What a spreadsheet can hold below its heading; a longer list is written as Parquet.
_MOST_LINES = 1_048_575
_NOT_COUNTED = ("file", "line", "clinic", "date", "child", "place", "family", "status", "reason")
_REFUSED = ("file", "line", "column", "value", "why")


def write_settlement(settlement: Settlement, clinics: Mapping[str, Clinic], folder: Path, *, lines: bool) -> list[Path]:
    """Writes a settlement's files into a folder, all of them or none; gives them in the order to read them.

    ``settlement.csv`` has each clinic's months, ``duplicates`` the records that were not counted, ``refused.csv`` the
    values that kept rows from being settled, and ``lines`` every row that was settled, with what it came to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".settlement-") as unfinished:
        made = list(_made(settlement, clinics, Path(unfinished), lines=lines))
        return [path.replace(folder / path.name) for path in made]


def _made(settlement: Settlement, clinics: Mapping[str, Clinic], folder: Path, *, lines: bool) -> Iterator[Path]:
    table = folder / "settlement.csv"
    table.write_bytes(as_csv(by_month(settlement.judge.scheme, settlement.months, clinics)))
    yield table
    if settlement.not_counted is not None:
        listed = _placed(settlement, settlement.not_counted).select(*_NOT_COUNTED)
        number = sum(month.not_counted for month in settlement.months)
        order = ("clinic", "date", "child", "file", "line")
        yield _listed(settlement, listed.order_by(*order), number, folder / "duplicates")
    refused = folder / "refused.csv"
    _write_csv(
        refused, _REFUSED, ((each.file, each.line, each.column, each.value, each.why) for each in settlement.refused())
    )
    yield refused
    if lines:
        listed = _placed(settlement, settlement.lines)
        yield _listed(settlement, listed.order_by("file", "line"), settlement.intake.total, folder / "lines")


def _placed(settlement: Settlement, rows: ir.Table) -> ir.Table:
    """Rows with the name of their file and their line in it, first."""
    files = list(enumerate(settlement.intake.files))
    name = ibis.cases(*((rows[FILE] == number, str(file.path)) for number, file in files))
    line = rows[ROW] + ibis.cases(*((rows[FILE] == number, file.first_row) for number, file in files))
    others = (name for name in rows.columns if name not in (FILE, ROW))
    return rows.select(*others, file=name, line=line).relocate("file", "line")


def _listed(settlement: Settlement, rows: ir.Table, number: int, stem: Path) -> Path:
    """Writes a list as CSV, or as Parquet where it is longer than a spreadsheet can be."""
    what = "Skriver listor"
    if number > _MOST_LINES:
        path = stem.with_suffix(".parquet")
        settlement.engine.write(rows, path, what)
        return path
    path = stem.with_suffix(".csv")
    _write_csv(path, rows.columns, (row for batch in settlement.engine.batches(rows, what) for row in batch))
    return path


def _write_csv(path: Path, columns: Iterable[str], rows: Iterable[tuple[Cell, ...]]) -> None:
    """Writes rows as they come, the way :func:`statsbidrag.exchange.tables.as_csv` writes a whole list."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([_word(cell) for cell in row] for row in rows)


def _word(cell: Cell) -> str:
    return ("yes" if cell else "no") if isinstance(cell, bool) else plain_text(cell)
