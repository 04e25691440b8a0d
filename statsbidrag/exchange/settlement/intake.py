"""Visit files taken in: each once, with the rows that can be settled told apart from those that cannot, and why.

Columns are first asked something cheap: their different values, or their extremes. Only where something is wrong is
each row asked; so a file without faults costs next to nothing to check.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis.expr.types as ir

from statsbidrag.cycle.visits import Limits, VisitColumns
from statsbidrag.exchange import visits as reading
from statsbidrag.exchange.settlement.engine import Engine
from statsbidrag.exchange.settlement.judging import all_of
from statsbidrag.exchange.settlement.opening import open_file
from statsbidrag.exchange.visits import FILE, ROW, LooseLine, VisitFile
from statsbidrag.terms.faults import Fault, Faults

_CHECKING = "Kontrollerar kolumnerna"


@dataclass(frozen=True, slots=True)
class Refused:
    """One reason why a row is not settled: its file and line, the column, the value where it may be shown, and why."""

    file: str
    line: int
    column: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Intake:
    """What was handed in.

    same    the files that are the same as one before them, and left out
    loose   the lines of each CSV that are no rows
    rows    every row, its columns in the dictionary's types
    texts   the same rows as they are written
    counts  how many there are in each file
    """

    files: tuple[VisitFile, ...]
    same: tuple[Path, ...]
    loose: tuple[tuple[LooseLine, ...], ...]
    rows: ir.Table
    texts: ir.Table
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many rows there are in all."""
        return sum(self.counts)

    @property
    def tells_families(self) -> bool:
        """Tells whether some file links siblings."""
        return any("family" in file.columns for file in self.files)


def take_in(engine: Engine, paths: Sequence[Path], columns: VisitColumns) -> Intake:
    """Opens visit files, each once however often it was named; raises Fault where one cannot be read."""
    if not paths:
        raise Fault("filer", "Ingen besöksfil är angiven.", "Ange en eller flera filer, CSV eller Parquet.")
    files = [open_file(path) for path in paths]
    faults = [fault for file in files for fault in _column_faults(file, columns)]
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    same = _same(files)
    kept = tuple(file for place, file in enumerate(files) if place not in same)
    scanned = [engine.scan(file, number) for number, file in enumerate(kept)]
    tables = [table for table, _ in scanned]
    rows = [reading.as_visits(table, columns, number) for number, table in enumerate(tables)]
    texts = [reading.as_texts(table, columns, number) for number, table in enumerate(tables)]
    counts = [engine.rows(table.aggregate(rows=table.count()), _CHECKING)[0][0] for table in tables]
    return Intake(
        files=kept,
        same=tuple(files[place].path for place in same),
        loose=tuple(tuple(lines) for _, lines in scanned),
        rows=engine.view("handed_in", reading.one_table(rows)),
        texts=reading.one_table(texts),
        counts=tuple(counts),
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows that can be settled, and the others as they are written; None where there are no others."""

    visits: ir.Table
    refused: ir.Table | None


def checked(engine: Engine, intake: Intake, columns: VisitColumns, limits: Limits, *, fit: frozenset[str]) -> Checked:
    """Tells good rows from bad; ``fit`` are the columns whose pseudonyms are known to be fit already."""
    conditions = list(_conditions(engine, intake, columns, limits, fit=fit))
    if not conditions:
        return Checked(intake.rows, None)
    good = all_of(conditions)
    bad = intake.rows.filter(~good).select(FILE, ROW)
    refused = intake.texts.semi_join(bad, [FILE, ROW])
    return Checked(engine.view("visits", intake.rows.filter(good)), refused)


def why_refused(
    engine: Engine, refused: ir.Table, intake: Intake, *, columns: VisitColumns, limits: Limits
) -> Iterator[Refused]:
    """Gives every value that keeps a row from being settled, by file and row."""
    ids = [column.id for column in columns.columns]
    ordered = refused.select(FILE, ROW, *ids).order_by(FILE, ROW)
    for batch in engine.batches(ordered, "Skriver ut rader med fel"):
        for number, row, *values in batch:
            file = intake.files[number]
            for misfit in columns.misfits(dict(zip(ids, values, strict=True)), limits):
                yield Refused(str(file.path), file.first_row + row, *misfit)


def loose_lines(intake: Intake) -> Iterator[Refused]:
    """Gives every line of a CSV that is no row of it."""
    for file, lines in zip(intake.files, intake.loose, strict=True):
        for loose in lines:
            yield Refused(str(file.path), loose.line, "", "", loose.why)


def _conditions(
    engine: Engine, intake: Intake, columns: VisitColumns, limits: Limits, *, fit: frozenset[str]
) -> Iterator[ir.BooleanValue]:
    """For each column that has some unfit value: what tells the fit ones."""
    given = {id for file in intake.files for id in file.columns}
    for column in columns.columns:
        if column.has_few_values and column.id in given:
            values = [value for (value,) in engine.rows(intake.rows.select(column.id).distinct(), _CHECKING)]
            unfit = [(value,) for value in values if limits.why_not(column, value) and value is not None]
            if unfit:
                table = engine.table(f"unfit_{column.id}", {"value": "string"}, unfit)
                yield ~intake.rows[column.id].isin(table.value).fill_null(False)
            if column.needed == "value" and None in values:
                yield intake.rows[column.id].notnull()
    unfit_ends = reading.unfit_by_extremes(_extremes(engine, intake, columns), columns, limits)
    for column in columns.columns:
        if column.id in unfit_ends:
            yield reading.is_fit(intake.rows, column, limits)
        elif column.never and column.id in given - fit:
            is_fit = reading.is_fit(intake.rows, column, limits)
            [(wrong,)] = engine.rows(intake.rows.aggregate(wrong=(~is_fit).sum()), _CHECKING)
            if wrong:
                yield is_fit


def _extremes(engine: Engine, intake: Intake, columns: VisitColumns) -> dict[str, Any]:
    figures = reading.extremes(intake.rows, columns)
    [values] = engine.rows(figures, _CHECKING)
    return dict(zip(figures.columns, values, strict=True))


def _column_faults(file: VisitFile, columns: VisitColumns) -> list[Fault]:
    try:
        reading.check_columns(file, columns)
    except Faults as found:
        return list(found.faults)
    except Fault as found:
        return [found]
    return []


def _same(files: Sequence[VisitFile]) -> list[int]:
    """The places of the files with the same bytes as one before them; only files of the same size are read to tell."""
    sizes = [file.path.stat().st_size for file in files]
    seen: set[str] = set()
    same: list[int] = []
    for place, file in enumerate(files):
        if sizes.count(sizes[place]) > 1:
            with file.path.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
            if digest in seen:
                same.append(place)
            seen.add(digest)
    return same
