"""An extract made a visit file by the dictionary: good rows kept, bad rows given back with their reasons.

Values repeat, so each different one is read once and remembered; the rows themselves pass by in a fixed memory. What
looks like a personal number is in neither file, and is never repeated.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from itertools import compress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from statsbidrag.cycle.clinics import why_after_closing
from statsbidrag.cycle.visit_cells import CellReader, Checks, Value
from statsbidrag.cycle.visit_mapping import VisitMapping
from statsbidrag.cycle.visits import ColumnKind, Misfit
from statsbidrag.exchange.extracts.claims import claimed_twice
from statsbidrag.exchange.extracts.opening import Chunk, Extract, Texts
from statsbidrag.exchange.extracts.outcome import Normalised, Understood
from statsbidrag.exchange.extracts.refusing import RefusedFile, RefusedRow
from statsbidrag.exchange.files import whole
from statsbidrag.terms.faults import Fault, Faults, suggestion
from statsbidrag.terms.personal_numbers import holds_number

_REMEMBERED = 50_000
_MOST_WORDS = 500
_KINDS: dict[ColumnKind, pa.DataType] = {"date": pa.date32(), "number": pa.int64()}
_PERSONAL = "Här står något som liknar ett personnummer. Ta bort det; kolumnen används inte."

Told = Callable[[int], None]


def quietly(_rows: int) -> None:
    """Tells nobody how far it has come."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Where to write: the visit file (Parquet), and the refused rows (CSV)."""

    visits: Path
    refused: Path


def undecided(extract: Extract, mapping: VisitMapping, checks: Checks) -> list[Fault]:
    """Gives what keeps an extract from being read: headings nobody has chosen for, and columns that are missing."""
    columns = {column.id: column for column in checks.columns.columns}
    chosen = [mapping.column(heading) for heading in extract.headings]
    faults = [
        Fault(
            f"{extract.path}, kolumnen ”{heading}”",
            "Kolumnen är okänd.",
            f"{suggestion(heading, columns)}Säg vilken kolumn det är, eller lämna den utanför.",
        )
        for heading, column in zip(extract.headings, chosen, strict=True)
        if column is None or (column and column not in columns)
    ]
    faults += [
        Fault(str(extract.path), f"Två kolumner är ”{columns[id].text}”.", "Välj den ena.")
        for id in columns
        if chosen.count(id) > 1
    ]
    return faults + [
        Fault(
            str(extract.path), f"Kolumnen ”{column.text}” saknas.", f"Lägg till den, eller säg vad {column.id} heter."
        )
        for column in columns.values()
        if column.needed != "no" and column.id not in chosen
    ]


def normalise(
    extract: Extract, mapping: VisitMapping, checks: Checks, *, to: Targets, told: Told = quietly
) -> Normalised:
    """Writes the good rows as a visit file and the others as a CSV to mend; both are whole, or not there at all.

    told   is told how many rows have been read, now and then

    Raises Fault where the extract cannot be read to its end, and where its columns are not decided.
    """
    if faults := undecided(extract, mapping, checks):
        raise faults[0] if len(faults) == 1 else Faults(faults)
    desk = _Desk(extract, mapping, checks)
    texts = {column.id: column.text for column in checks.columns.columns}
    with ExitStack() as files:
        back = files.enter_context(whole(to.refused))
        refused = RefusedFile(back, extract.headings, delimiter=extract.delimiter, texts=texts)
        visits = files.enter_context(whole(to.visits))
        with pq.ParquetWriter(visits, desk.schema, compression="zstd") as writer:
            for chunk in extract.chunks():
                writer.write_batch(desk.visits(chunk, refused))
                told(desk.done.total)
        refused.close()
    done = desk.finished()
    done.file, done.refused_file = to.visits, to.refused if done.refused else None
    if not done.refused:
        to.refused.unlink()
    done.kept = desk.kept
    try:
        done.claimed_twice_total, done.claimed_twice = claimed_twice(to.visits, desk.kept)
    except Fault:
        for path in (to.visits, to.refused):
            path.unlink(missing_ok=True)
        raise
    return done


class _Remembered(dict[str | None, Value | Misfit]):
    """What each value of a column was read as; forgets all when it grows too large for memory."""

    def __init__(self, read: Callable[[str | None], Value | Misfit]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, written: str | None) -> Value | Misfit:
        if len(self) >= _REMEMBERED:
            self.clear()
        value = self[written] = self._read(written)
        return value


class _Desk:
    """Works through the chunks of one extract."""

    def __init__(self, extract: Extract, mapping: VisitMapping, checks: Checks) -> None:
        chosen = {mapping.column(heading): at for at, heading in enumerate(extract.headings)}
        self._readers = [CellReader(one, mapping, checks) for one in checks.columns.columns if one.id in chosen]
        self._last_days = checks.last_days
        self._places = [chosen[reader.column.id] for reader in self._readers]
        self._values = [_Remembered(reader.read) for reader in self._readers]
        self._unused = [at for at in range(len(extract.headings)) if at not in self._places]
        self._unused_values = [_Remembered(_read_unused(heading)) for heading in extract.headings]
        self._seen = [Counter[str | None]() for _ in self._readers]
        self.schema = pa.schema(
            [(reader.column.id, _KINDS.get(reader.column.kind, pa.string())) for reader in self._readers]
        )
        self.done = Normalised(extract.written, {name: mapping.column(name) or "" for name in extract.headings})
        self.kept = array("L")

    def visits(self, chunk: Chunk, refused: RefusedFile) -> pa.RecordBatch:
        """Gives the good rows of a chunk, and hands on the others."""
        read = [
            list(map(values.__getitem__, chunk.columns[at]))
            for at, values in zip(self._places, self._values, strict=True)
        ]
        misfits = self._misfits(chunk, read)
        for number, row, why in chunk.loose:
            cells = ["" if holds_number(cell) else cell for cell in row]
            self._refuse(refused, RefusedRow(number, (Misfit("", "", why),)), cells)
        for at in sorted(misfits):
            cells = [column[at] or "" for column in chunk.columns]
            for place, misfit in misfits[at]:
                cells[place] = cells[place] if misfit.value else ""
            reasons = tuple(misfit for _, misfit in misfits[at])
            self._refuse(refused, RefusedRow(chunk.numbers[at], reasons), cells)
        self.done.total += len(chunk.numbers) + len(chunk.loose)
        self._count(chunk.columns)
        good = [at not in misfits for at in range(len(chunk.numbers))]
        self.kept.extend(compress(chunk.numbers, good))
        columns = [list(compress(column, good)) for column in read] if misfits else read
        return pa.RecordBatch.from_arrays(
            [pa.array(column, field.type) for column, field in zip(columns, self.schema, strict=True)],
            schema=self.schema,
        )

    def finished(self) -> Normalised:
        """Gives what became of it all."""
        self.done.words = tuple(self._understood())
        return self.done

    def _misfits(self, chunk: Chunk, read: list[list[Value | Misfit]]) -> dict[int, list[tuple[int, Misfit]]]:
        """Gives for each row that cannot be used, by its place in the chunk: the places of the values, and why."""
        found: dict[int, list[tuple[int, Misfit]]] = {}
        unused = [list(map(self._unused_values[at].__getitem__, chunk.columns[at])) for at in self._unused]
        for place, column in zip((*self._places, *self._unused), (*read, *unused), strict=True):
            for at, value in enumerate(column):
                if type(value) is Misfit:
                    found.setdefault(at, []).append((place, value))
        for at, place, misfit in self._after_closing(chunk, read):
            found.setdefault(at, []).append((place, misfit))
        return found

    def _after_closing(self, chunk: Chunk, read: list[list[Value | Misfit]]) -> Iterator[tuple[int, int, Misfit]]:
        """Gives the rows whose day is after the last one of their clinic: their places, and that of the day."""
        if not self._last_days:
            return
        ids = [reader.column.id for reader in self._readers]
        clinics, days = read[ids.index("clinic")], read[ids.index("date")]
        place = self._places[ids.index("date")]
        for at, (clinic, day) in enumerate(zip(clinics, days, strict=True)):
            if isinstance(clinic, str) and isinstance(day, date):
                why = why_after_closing(self._last_days.get(clinic), day)
                if why:
                    yield at, place, Misfit("date", (chunk.columns[place][at] or "").strip(), why)

    def _refuse(self, refused: RefusedFile, row: RefusedRow, cells: list[str]) -> None:
        self.done.refused += 1
        refused.add(row, cells, self.done.first_refused)

    def _count(self, columns: Sequence[Texts]) -> None:
        for at, reader, seen in zip(self._places, self._readers, self._seen, strict=True):
            if reader.column.has_few_values and len(seen) < _MOST_WORDS:
                seen.update(columns[at])

    def _understood(self) -> Iterator[Understood]:
        for reader, seen in zip(self._readers, self._seen, strict=True):
            for word, rows in seen.most_common():
                value = reader.read(word)
                if isinstance(value, Misfit):
                    yield Understood(reader.column.id, value.value, "", value.why, rows)
                elif word:
                    yield Understood(reader.column.id, word, str(value), "", rows)


def _read_unused(heading: str) -> Callable[[str | None], Value | Misfit]:
    """A column that is left out is only looked through for what may not be handed in at all."""
    return lambda written: Misfit(heading, "", _PERSONAL) if written and holds_number(written) else None
