"""An extract from a record system made ready to upload: numbers become pseudonyms, and nothing that points out leaves.

The file is read and written as a stream. One wrong row, and nothing is written; what is said of it names its column
and row, never the value.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from statsbidrag.cycle.pseudonyms import PseudonymRules
from statsbidrag.exchange.extract_columns import CHILD, FAMILY, MONTHS, ExtractColumns, check_headings
from statsbidrag.exchange.files import whole, write_whole
from statsbidrag.exchange.pseudonyms import PseudonymKey, rekeyed
from statsbidrag.exchange.text_files import Row, TextFile
from statsbidrag.terms.faults import Fault, Faults
from statsbidrag.terms.personal_numbers import PersonalNumber, Unreadable, holds_number, read_number
from statsbidrag.terms.written_days import months_between, read_day

_MOST_FAULTS = 20
_REMEMBERED = 50_000
_CHECK = "Rätta raden i journalsystemet eller i uttaget."
# A sign that is in no word and no number, between the values of a row that are looked through together.
_APART = "\x00"


@dataclass(slots=True)
class Pseudonymised:
    """What was done.

    protected   rows marked as someone with protected identity
    expected    rows of a child that is not born
    replaced    earlier pseudonyms that have new ones
    headings    the columns of the file that was written
    """

    headings: tuple[str, ...]
    rows: int = 0
    protected: int = 0
    expected: int = 0
    replaced: int = 0


@dataclass(frozen=True, slots=True)
class Wishes:
    """How numbers are read and made into pseudonyms: the key, which numbers are one person's, and today."""

    key: PseudonymKey
    rules: PseudonymRules
    today: date
    same: Mapping[str, str] = field(default_factory=dict, repr=False)

    def pseudonym(self, digits: str) -> str:
        """Gives a person's pseudonym, whichever of the person's numbers it is."""
        return self.key.pseudonym(self.same.get(digits, digits))

    def expected(self, digits: str) -> str:
        """Gives the pseudonym of the expected child of someone."""
        return self.key.expected(self.same.get(digits, digits))


def pseudonymise(
    file: TextFile, columns: ExtractColumns, wishes: Wishes, *, out: Path, rekey: Path | None = None
) -> Pseudonymised:
    """Writes an extract with pseudonyms as a CSV in UTF-8; raises Fault, and writes nothing, where a row is wrong.

    rekey   where to write which earlier pseudonyms are replaced by which, for what was uploaded before
    """
    for path in filter(None, (out, rekey)):
        if path.resolve() == file.path.resolve() or (rekey and rekey.resolve() == out.resolve()):
            raise Fault(str(path), "Två av filerna är samma.", "Ange olika namn för det som läses och det som skrivs.")
    desk = _Desk(file, columns, wishes)
    with whole(out) as unfinished:
        text = io.TextIOWrapper(unfinished, encoding="utf-8", newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(desk.done.headings)
        writer.writerows(desk.rows())
        text.detach()
        if rekey:
            pairs = list(rekeyed(wishes.same, wishes.key))
            lines = [("old", "new"), *pairs]
            write_whole(rekey, "".join(f"{old},{new}\r\n" for old, new in lines).encode())
            desk.done.replaced = len(pairs)
    return desk.done


class _Desk:
    """Works through one extract."""

    def __init__(self, file: TextFile, columns: ExtractColumns, wishes: Wishes) -> None:
        check_headings(file, columns, wishes.rules)
        place = {heading: at for at, heading in enumerate(file.headings)}
        self._file, self._columns = file, columns
        self._child, self._family = place[columns.child], place.get(columns.family, -1)
        self._visited, self._born = place.get(columns.visited, -1), place.get(columns.born, -1)
        self._protected = place.get(columns.protected, -1)
        apart = {self._child, self._family, *(place[heading] for heading in columns.left_behind)}
        self._kept = [at for at in range(len(file.headings)) if at not in apart]
        self._number = lru_cache(_REMEMBERED)(lambda text: read_number(text, wishes.today))
        self._day = lru_cache(_REMEMBERED)(lambda text: read_day(text.strip()))
        self._pseudonym = lru_cache(_REMEMBERED)(wishes.pseudonym)
        self._expected_of = lru_cache(_REMEMBERED)(wishes.expected)
        made = (CHILD, FAMILY if columns.family else "", MONTHS if columns.visited else "")
        self.done = Pseudonymised((*filter(None, made), *(file.headings[at] for at in self._kept)))
        self._faults: list[Fault] = []

    def rows(self) -> Iterator[Row]:
        """Gives the rows to write; raises every fault found, at the latest when the last row has been read."""
        for number, row in self._file.rows():
            if row[len(self._file.headings) :] and any(row[len(self._file.headings) :]):
                self._refuse(number, "", "Raden har fler värden än rubriken.", _CHECK)
            elif len(row) < len(self._file.headings):
                self._refuse(number, "", "Raden har för få värden.", _CHECK)
            else:
                self.done.rows += 1
                yield self._written(number, row)
            if len(self._faults) >= _MOST_FAULTS:
                break
        if self._faults:
            raise self._faults[0] if len(self._faults) == 1 else Faults(self._faults)

    def _written(self, number: int, row: Row) -> Row:
        kept = [row[at] for at in self._kept]
        if holds_number(_APART.join(kept)):
            self._refuse_held(number, row)
        if self._protected >= 0 and row[self._protected].strip().casefold() not in ("", "0", "n", "nej", "false"):
            self.done.protected += 1
        family = self._read(number, row, self._family) if self._family >= 0 and row[self._family].strip() else None
        child = self._read(number, row, self._child) if row[self._child].strip() else None
        months = self._months(number, row, child) if self._visited >= 0 else None
        made = [self._pseudonym(child.digits) if child else self._expected(number, row, family, months)]
        if self._family >= 0:
            made.append(self._pseudonym(family.digits) if family else "")
        if self._visited >= 0:
            made.append("" if months is None else str(months))
        return made + kept

    def _expected(self, number: int, row: Row, family: PersonalNumber | None, months: int | None) -> str:
        """The pseudonym of a child that has no number since it is not born: the family's own expected child."""
        if row[self._child].strip():
            return ""  # it could not be read, and that has been said
        if family is None or months is None or months >= 0:
            why = "Numret saknas. Bara ett barn som inte är fött får sakna nummer."
            remedy = "Fyll i det, eller ange familjen med --family och den beräknade dagen med --born."
            self._refuse(number, self._columns.child, why, remedy)
            return ""
        self.done.expected += 1
        return self._expected_of(family.digits)

    def _read(self, number: int, row: Row, at: int) -> PersonalNumber | None:
        why = ""
        try:
            return self._number(row[at])
        except Unreadable as error:
            why = str(error)
        self._refuse(number, self._file.headings[at], why, _CHECK)
        return None

    def _months(self, number: int, row: Row, child: PersonalNumber | None) -> int | None:
        visited = self._day(row[self._visited])
        if visited is None:
            self._refuse(number, self._columns.visited, "Det är inget datum.", "Skriv det som 2025-10-01.")
        born = child.born if child else None
        if self._born >= 0 and row[self._born].strip():
            born = self._day(row[self._born])
            if born is None:
                self._refuse(number, self._columns.born, "Det är inget datum.", "Skriv det som 2025-10-01.")
        elif child and born is None:
            why = "Ett reservnummer säger inte när barnet är fött."
            self._refuse(number, self._columns.child, why, "Ange kolumnen med födelsedagen med --born, och fyll i den.")
        return months_between(born, visited) if born and visited else None

    def _refuse_held(self, number: int, row: Row) -> None:
        held = [at for at in self._kept if holds_number(row[at])] or self._kept
        for at in held:
            remedy = f"Ta bort kolumnen med --drop ”{self._file.headings[at]}”, eller rätta raden."
            self._refuse(number, self._file.headings[at], "Här står något som liknar ett personnummer.", remedy)

    def _refuse(self, number: int, column: str, why: str, remedy: str) -> None:
        place = f", kolumnen ”{column}”" if column else ""
        self._faults.append(Fault(f"{self._file.path}, rad {number}{place}", why, remedy))
