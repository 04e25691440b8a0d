"""Tables of text from any record system: which encoding and delimiter a file has is found out and said.

A file is read as a stream, row by row, within a fixed memory; what is no table, or is cut off, is refused.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from statsbidrag.exchange.encodings import encoding_of
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.personal_numbers import holds_number

DELIMITERS = {",": "komma", ";": "semikolon", "\t": "tabb", "|": "lodstreck"}
_LONGEST_LINE = 1_000_000
_OTHER_KINDS = {
    b"PK\x03\x04": "en Excel-fil eller ett arkiv",
    b"\xd0\xcf\x11\xe0": "en äldre Excel-fil",
    b"%PDF": "en PDF",
    b"PAR1": "en Parquet-fil",
}
_AGAIN = "Hämta den igen, och kontrollera att hela kommer fram."
_BROKEN = {
    "unexpected end of data": ("Ett citattecken öppnas men stängs aldrig, eller så är filen avklippt.", _AGAIN),
    "field larger": ("Ett värde är för långt; ett citattecken kan saknas.", "Rätta raden, eller hämta filen igen."),
}
_OTHERWISE = ("Citattecknen på raden går inte ihop.", "Rätta raden, eller hämta filen igen.")

Row = list[str]


@dataclass(frozen=True, slots=True)
class TextFile:
    """A table of text as it was opened.

    encoding    as Python calls it; ``encodings.IN_WORDS`` has what people call it
    delimiter   what stands between the values
    headings    the names on its first row, trimmed; one without a name is called by its place
    heading_row which row that is: the second where the first only names the delimiter
    """

    path: Path
    encoding: str
    delimiter: str
    headings: tuple[str, ...]
    heading_row: int = 1

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Gives every row below the headings, with its number as a spreadsheet shows it; empty rows are passed over.

        Raises Fault where the file is cut off or cannot be read to its end.
        """
        with self.path.open(encoding=self.encoding, newline="") as file:
            lines = _Lines(file, self.path)
            for number, row in enumerate(_rows(lines, self.delimiter), 1):
                if number <= self.heading_row or not any(row):
                    continue
                if len(row) < len(self.headings) and lines.is_cut:
                    raise Fault(f"{self.path}, rad {number}", "Filen är avklippt: raden slutar mitt i.", _AGAIN)
                yield number, row


def open_text(path: Path) -> TextFile:
    """Finds out how a table of text is written, and reads its headings; raises Fault where it is none."""
    if not path.is_file():
        raise Fault(str(path), "Filen finns inte.", "Kontrollera sökvägen.")
    with path.open("rb") as file:
        start = file.read(8)
    for mark, kind in _OTHER_KINDS.items():
        if start.startswith(mark):
            raise Fault(str(path), f"Filen är {kind}, ingen CSV.", "Spara den som CSV och försök igen.")
    encoding = encoding_of(path)
    with path.open(encoding=encoding, newline="") as text:
        first = text.readline(_LONGEST_LINE)
        named = first.strip()[4:] if first.lower().startswith("sep=") else ""
        heading_row = 2 if named in DELIMITERS else 1
        delimiter = named if heading_row == 2 else max(DELIMITERS, key=first.count)
    with path.open(encoding=encoding, newline="") as text:
        rows = _rows(_Lines(text, path), delimiter)
        for _ in range(heading_row):
            headings = next(rows, [])
    return TextFile(path, encoding, delimiter, named_once(headings, f"{path}, rad {heading_row}"), heading_row)


def named_once(headings: Sequence[str], where: str) -> tuple[str, ...]:
    """Gives the names of a table's columns; raises Fault where there are none, or one stands twice."""
    names = [heading.strip() or f"(kolumn {place})" for place, heading in enumerate(headings, 1)]
    if not any(heading.strip() for heading in headings):
        raise Fault(where, "Rubrikraden saknas.", "Skriv kolumnernas namn på den första raden.")
    if any(map(holds_number, names)):
        raise Fault(where, "En rubrik ser ut som ett personnummer.", "Lägg till en rad med kolumnernas namn överst.")
    for name in names:
        if names.count(name) > 1:
            raise Fault(where, f"Kolumnen ”{name}” finns flera gånger.", "Ta bort den ena.")
    return tuple(names)


class _Lines:
    """The lines of a file one at a time, none of them longer than memory can take."""

    def __init__(self, file: IO[str], path: Path) -> None:
        self._file = file
        self._path = path
        self._last = ""

    @property
    def path(self) -> Path:
        return self._path

    @property
    def is_cut(self) -> bool:
        """Tells whether the last line read has no end, as only the last one of a file can lack."""
        return not self._last.endswith(("\n", "\r"))

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        self._last = self._file.readline(_LONGEST_LINE)
        if not self._last:
            raise StopIteration
        if len(self._last) == _LONGEST_LINE and self.is_cut:
            raise Fault(str(self._path), "En rad är för lång.", "Kontrollera att filen är en CSV med en rad per besök.")
        return self._last


def _rows(lines: _Lines, delimiter: str) -> Iterator[Row]:
    reader, number, broken = csv.reader(lines, delimiter=delimiter, strict=True), 0, ""
    while not broken:
        number += 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            broken = str(error)  # says of what kind it is, and nothing of what stands there
            continue
        if row is None:
            return
        yield row
    why, remedy = next((told for start, told in _BROKEN.items() if broken.startswith(start)), _OTHERWISE)
    raise Fault(f"{lines.path}, rad {number}", why, remedy)
