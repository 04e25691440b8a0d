"""Visit files opened: Parquet as it is, and a CSV copied into a Parquet file of texts, whatever the engine.

The lines of a CSV that are no rows are told apart; what makes the rest of a file unreadable refuses it.
"""

import csv
import glob
from collections.abc import Sequence
from pathlib import Path

import duckdb
import ibis
import ibis.expr.datatypes as dt
from ibis.backends.sql.datatypes import DuckDBType

from statsbidrag.exchange.visits import LooseLine, VisitFile
from statsbidrag.terms.faults import Fault

_HEAD = 64 * 1024
_PARQUET = b"PAR1"
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",;\t"
_MOST_LOOSE = 100
_NO_ROW = {"TOO MANY COLUMNS": "Raden har fler värden än rubriken.", "MISSING COLUMNS": "Raden har för få värden."}
_BROKEN = {
    "INVALID ENCODING": ("Filen är inte skriven i teckenkodningen UTF-8.", "Spara om den som CSV UTF-8."),
    "UNQUOTED VALUE": (
        "Ett citattecken öppnas men stängs aldrig, eller så är filen avklippt.",
        "Rätta raden, eller hämta filen igen.",
    ),
}
_LONG_LINE = ("Raden är för lång eller går inte att läsa.", "Kontrollera att filen är en CSV med en rad per besök.")


def open_file(path: Path) -> VisitFile:
    """Opens a CSV or Parquet file without reading its rows; raises Fault where it cannot be read."""
    if not path.is_file():
        raise Fault(str(path), "Filen finns inte.", "Kontrollera sökvägen.")
    with path.open("rb") as file:
        head = file.read(_HEAD)
    is_parquet = head.startswith(_PARQUET) or path.suffix.lower() == ".parquet"
    return _open_parquet(path) if is_parquet else _open_csv(path, head)


def exactly(path: Path) -> str:
    """The path of one file as DuckDB takes it, whatever signs its name has."""
    return glob.escape(str(path))


def copy_csv(file: VisitFile, target: Path, memory: str) -> list[LooseLine]:
    """Copies every row into a Parquet file, texts trimmed and empty ones unknown, with ``row`` counted from 0.

    Gives the lines that have too many or too few values; raises Fault where the file cannot be read to its end.
    """
    with duckdb.connect(config={"memory_limit": memory, "threads": 2}) as connection:
        relation = connection.read_csv(
            exactly(file.path),
            header=True,
            sep=file.delimiter,
            quotechar='"',
            escapechar='"',
            auto_detect=False,
            store_rejects=True,
            columns=dict.fromkeys(file.columns, "VARCHAR"),
        )
        texts = ", ".join(f"nullif(trim(\"{name}\", ' \t\u00a0'), '') AS \"{name}\"" for name in file.columns)
        relation.project(f"{texts}, row_number() OVER () - 1 AS row").write_parquet(str(target))
        found = connection.execute("SELECT line, error_type FROM reject_errors ORDER BY line").fetchall()
    for line, kind in found:
        if kind not in _NO_ROW:
            raise Fault(f"{file.path}, rad {line}", *_BROKEN.get(kind, _LONG_LINE))
    if len(found) > _MOST_LOOSE:
        why = f"Minst {_MOST_LOOSE} rader har fler eller färre värden än rubriken."
        raise Fault(f"{file.path}, rad {found[0][0]}", why, "Kontrollera tecknet mellan värdena.")
    return [LooseLine(line, _NO_ROW[kind]) for line, kind in dict(found).items()]


def true_row(file: VisitFile, loose: Sequence[LooseLine]) -> str:
    """The row of a copied CSV, in SQL: lines that are no rows were left out, so the rows after them stand later."""
    later = (f" + CAST(row >= {gone.line - file.first_row - place} AS BIGINT)" for place, gone in enumerate(loose))
    return f"row{''.join(later)}"


def _open_parquet(path: Path) -> VisitFile:
    try:
        with duckdb.connect() as connection:
            relation = connection.read_parquet(exactly(path))
            types = [_type(str(kind)) for kind in relation.types]
            return VisitFile(path, 1, dict(zip(relation.columns, types, strict=True)))
    except duckdb.Error:
        why = "Filen är ingen hel Parquet-fil; den kan vara avklippt eller av ett annat slag."
        raise Fault(str(path), why, "Hämta den igen, eller lämna den som CSV.") from None


def _type(kind: str) -> dt.DataType:
    """The type of a Parquet column; one that holds nothing at all has a name that ibis does not know."""
    return dt.null if kind == '"NULL"' else DuckDBType.from_string(kind)


def _open_csv(path: Path, head: bytes) -> VisitFile:
    """Reads the heading of a CSV; comma, semicolon or tab may stand between the columns."""
    if head.startswith(_UTF16_MARKS) or b"\x00" in head:
        raise Fault(str(path), "Filen är ingen CSV i teckenkodningen UTF-8.", "Spara om den som CSV UTF-8.")
    line = head.removeprefix(_UTF8_MARK).splitlines()[0] if head.strip() else b""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        raise Fault(f"{path}, rad 1", *_BROKEN["INVALID ENCODING"]) from None
    if not text.strip():
        raise Fault(f"{path}, rad 1", "Rubrikraden saknas.", "Skriv kolumnernas namn på den första raden.")
    delimiter = max(_DELIMITERS, key=text.count)
    columns = tuple(name.strip() for name in next(csv.reader([text], delimiter=delimiter)))
    for name in columns:
        if columns.count(name) > 1:
            raise Fault(f"{path}, rad 1", f"Kolumnen ”{name}” finns flera gånger.", "Ta bort den ena.")
    return VisitFile(path, 2, dict.fromkeys(columns, ibis.dtype("string")), delimiter)
