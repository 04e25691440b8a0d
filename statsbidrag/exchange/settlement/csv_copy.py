"""A CSV of visits copied as it stands into a Parquet file of texts, with the lines that are no rows told apart."""

import csv
import glob
from pathlib import Path

import duckdb
import ibis

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


def is_parquet(path: Path) -> bool:
    """Tells whether a file is Parquet, or says that it is by its name."""
    with path.open("rb") as file:
        return file.read(len(_PARQUET)) == _PARQUET or path.suffix.lower() == ".parquet"


def open_csv(path: Path) -> VisitFile:
    """Reads the heading of a CSV; comma, semicolon or tab may stand between the columns. Raises Fault."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
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


def copy_csv(file: VisitFile, target: Path, memory: str) -> list[LooseLine]:
    """Copies every row into a Parquet file, texts trimmed and empty ones unknown, with ``row`` counted from 0.

    Gives the lines that have too many or too few values; raises Fault where the file cannot be read to its end.
    """
    with duckdb.connect(config={"memory_limit": memory, "threads": 2}) as connection:
        relation = connection.read_csv(
            glob.escape(str(file.path)),
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
