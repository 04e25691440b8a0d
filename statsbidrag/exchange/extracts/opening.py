"""An extract opened: CSV of any encoding or delimiter, or Parquet, as columns of texts some thousand rows at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from statsbidrag.cycle.visit_cells import NUL
from statsbidrag.cycle.visits import BETWEEN_CODES
from statsbidrag.exchange import encodings
from statsbidrag.exchange.text_files import DELIMITERS, Row, TextFile, named_once, open_text
from statsbidrag.terms.faults import Fault

_AT_A_TIME = 10_000
_PARQUET = b"PAR1"
_TOO_FEW, _TOO_MANY = "Raden har för få värden.", "Raden har fler värden än rubriken."

Texts = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of an extract.

    numbers   each row's number as a person counts it
    columns   the values, column by column, in the order of the headings
    loose     the rows that have too few or too many values, and why
    """

    numbers: Sequence[int]
    columns: Sequence[Texts]
    loose: Sequence[tuple[int, Row, str]] = ()


@dataclass(frozen=True, slots=True)
class Extract:
    """An extract as it was opened.

    written   how it is written, in Swedish, such as ”Windows-1252, semikolon mellan värdena”
    """

    path: Path
    headings: tuple[str, ...]
    written: str
    _text: TextFile | None = None

    @property
    def delimiter(self) -> str:
        """What stands between its values; a comma where it is no text."""
        return self._text.delimiter if self._text else ","

    def chunks(self) -> Iterator[Chunk]:
        """Gives its rows; raises Fault where it cannot be read to its end."""
        return _chunks_of_parquet(self.path) if self._text is None else _chunks_of_text(self._text)


def open_extract(path: Path) -> Extract:
    """Opens an extract and reads its headings; raises Fault where it cannot be read."""
    if not path.is_file():
        raise Fault(str(path), "Filen finns inte.", "Kontrollera sökvägen.")
    with path.open("rb") as file:
        is_parquet = file.read(len(_PARQUET)) == _PARQUET or path.suffix.lower() == ".parquet"
    extract = _opened_parquet(path) if is_parquet else _opened_text(path)
    if any(NUL in heading for heading in extract.headings):
        raise Fault(str(path), "En rubrik har ett tecken som inte går att spara.", "Skriv om den.")
    return extract


def _opened_parquet(path: Path) -> Extract:
    with _parquet(path) as parquet:
        return Extract(path, named_once(parquet.schema_arrow.names, str(path)), "Parquet")


def _opened_text(path: Path) -> Extract:
    text = open_text(path)
    written = f"{encodings.IN_WORDS[text.encoding]}, {DELIMITERS[text.delimiter]} mellan värdena"
    return Extract(path, text.headings, written, text)


def _chunks_of_text(file: TextFile) -> Iterator[Chunk]:
    rows, width = file.rows(), len(file.headings)
    while some := list(islice(rows, _AT_A_TIME)):
        whole = [(number, row) for number, row in some if len(row) == width]
        loose = []
        if len(whole) < len(some):
            for number, row in some:
                if len(row) > width and not any(row[width:]):
                    whole.append((number, row[:width]))  # only delimiters at the end of the row
                elif len(row) != width:
                    loose.append((number, row, _TOO_FEW if len(row) < width else _TOO_MANY))
            whole.sort(key=lambda one: one[0])
        columns = list(zip(*(row for _, row in whole), strict=True)) or [()] * width
        yield Chunk([number for number, _ in whole], columns, loose)


def _parquet(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path)
    except (pa.ArrowException, OSError):
        why = "Filen är ingen hel Parquet-fil; den kan vara avklippt eller av ett annat slag."
        raise Fault(str(path), why, "Hämta den igen, eller lämna den som CSV.") from None


def _chunks_of_parquet(path: Path) -> Iterator[Chunk]:
    first, is_broken = 1, False
    with _parquet(path) as parquet:
        batches = parquet.iter_batches(_AT_A_TIME)
        while True:
            try:
                batch = next(batches, None)
            except (pa.ArrowException, OSError):
                is_broken = True
                break
            if batch is None:
                return
            numbers = range(first, first + batch.num_rows)
            first += batch.num_rows
            yield Chunk(numbers, [_texts(column, path) for column in batch.columns])
    if is_broken:
        raise Fault(str(path), f"Filen går inte att läsa efter rad {first - 1}.", "Hämta den igen.")


def _texts(column: pa.Array, path: Path) -> Texts:
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind):
        return list(column.to_pylist())
    if pa.types.is_timestamp(kind):
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)
    if pa.types.is_struct(kind) or pa.types.is_binary(kind) or pa.types.is_map(kind):
        raise Fault(str(path), f"En kolumn har typen {kind}, som inte går att läsa.", "Lämna filen som CSV.")
    return [None if value is None else _text(value) for value in column.to_pylist()]


def _text(value: object) -> str:
    """Writes a value of Parquet the way a CSV would."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, list):
        return BETWEEN_CODES.join(str(each) for each in value)
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
