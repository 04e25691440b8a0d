"""The rows of an extract that cannot be used, given back as a file to mend and hand in again."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from statsbidrag.cycle.visit_mapping import REASON_HEADING, ROW_HEADING, folded
from statsbidrag.cycle.visits import Misfit
from statsbidrag.exchange.tables import plain_text

_MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is not used: its number, and every value in it that keeps it from being; a row of the wrong length
    has one without a column."""

    row: int
    misfits: tuple[Misfit, ...]

    def why(self, texts: Mapping[str, str]) -> str:
        """Gives every reason on one line; ``texts`` has what people call the columns, others go by their heading."""
        return " ".join(
            f"{texts.get(each.column, each.column)}: {each.why}" if each.column else each.why for each in self.misfits
        )


class RefusedFile:
    """A CSV written as the extract is, with its own columns and two more: which row it was and why it was refused.

    delimiter   the extract's own, since that is what the program it came from and goes back to splits at
    texts       what people call each column of a visit file
    """

    def __init__(self, file: IO[bytes], headings: Sequence[str], *, delimiter: str, texts: Mapping[str, str]) -> None:
        self._text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._text, delimiter=delimiter, lineterminator="\r\n")
        self._texts = texts
        self._own = [at for at, heading in enumerate(headings) if folded(heading) in (ROW_HEADING, REASON_HEADING)]
        self._width = len(headings)
        self._write([plain_text(heading) for heading in headings], ROW_HEADING, REASON_HEADING)

    def add(self, row: RefusedRow, cells: Sequence[str], shown: list[RefusedRow]) -> None:
        """Writes a row as it came, whoever hands it over having left out personal numbers; the first are also shown."""
        padded = [*cells, *[""] * (self._width - len(cells))]
        self._write([plain_text(cell) for cell in padded], str(row.row), row.why(self._texts))
        if len(shown) < _MOST_SHOWN:
            shown.append(row)

    def close(self) -> None:
        """Writes what is left, and leaves the file to whoever opened it."""
        self._text.detach()

    def _write(self, cells: Sequence[str], number: str, why: str) -> None:
        kept = [cell for at, cell in enumerate(cells[: self._width]) if at not in self._own]
        self._writer.writerow([*kept, number, why])
