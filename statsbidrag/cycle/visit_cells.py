"""One value of an extract, in any of the ways record systems write it, made what the dictionary of visits says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from statsbidrag.cycle.visit_mapping import VisitMapping, VisitWords, folded
from statsbidrag.cycle.visits import BETWEEN_CODES, Column, Limits, Misfit, VisitColumns
from statsbidrag.terms.faults import suggestion
from statsbidrag.terms.personal_numbers import holds_number
from statsbidrag.terms.written_days import AMBIGUOUS, read_day

Value = str | int | date | None

_BETWEEN = re.compile(r"\s*(?:[|,;/+&\n]|\boch\b|\bsamt\b)\s*", re.IGNORECASE)
_NUMBER = re.compile(r"([-−–]?)\s?([0-9]{1,9})(?:[.,]0+)?(?:\s?(?:m|mån|mån\.|månad|månader))?", re.IGNORECASE)
_PART = re.compile(r"[-−–]?[0-9]{1,9}[.,][0-9]+")
_CODE_LENGTH = 4
# The sign that databases do not keep.
NUL = "\0"
_LONGEST_SHOWN = 100
# What a spreadsheet is kept from reading a formula by, when we write what we refuse.
_FORMULA = re.compile(r"'(?=[=+\-@])")
_PERSONAL = "Värdet ser ut som ett personnummer. Gör pseudonymer med ”statsbidrag pseudonymise” och lämna filen igen."


@dataclass(frozen=True, slots=True)
class Checks:
    """What an extract is held against.

    limits           the scheme's year and clinics
    today            no visit is later
    last_days        a clinic that has closed → its last day; no visit there is later
    municipalities   a code → its name; where there are none any code of four digits may stand
    """

    columns: VisitColumns
    words: VisitWords
    limits: Limits
    today: date
    municipalities: Mapping[str, str] = field(default_factory=dict)
    last_days: Mapping[str, date] = field(default_factory=dict)


class CellReader:
    """Reads the values of one column."""

    def __init__(self, column: Column, mapping: VisitMapping, checks: Checks) -> None:
        self.column = column
        self._checks = checks
        own = {word: code for code, name in checks.municipalities.items() for word in (folded(name), code)}
        known = {
            "clinic": {folded(clinic): clinic for clinic in checks.limits.clinics},
            "municipality": own if column.id == "municipality" else {},
        }
        self._words = {
            **checks.words.codes(checks.columns).get(column.id, {}),
            **mapping.words.get(column.id, {}),
            **known.get(column.id, {}),  # a clinic's or a municipality's own name never means another
        }

    def read(self, written: str | None) -> Value | Misfit:
        """Gives what a value means, or why it cannot be used; a personal number is never repeated."""
        text = _FORMULA.sub("", (written or "").strip(), count=1)
        if holds_number(text):
            return Misfit(self.column.id, "", _PERSONAL)
        if NUL in text:
            return Misfit(self.column.id, "", "Värdet har ett tecken som inte går att spara. Skriv om det.")
        value = self._in_dictionary(text) if text else ""
        why = self._why_not(text, value)
        if why:
            return Misfit(self.column.id, text[:_LONGEST_SHOWN] if self.column.shown(text) else "", why)
        return self._typed(value)

    def _in_dictionary(self, text: str) -> str:
        """Writes a value the dictionary's way; one that cannot be read stays as it is, to be refused as it stands."""
        match self.column.kind:
            case "date":
                day = read_day(text)
                return day.isoformat() if day else text
            case "number":
                number = _NUMBER.fullmatch(text)
                return f"{'-' if number[1] else ''}{int(number[2])}" if number else text
            case "choices":
                return self._list(text)
            case "choice" | "text":
                code = text.zfill(_CODE_LENGTH) if self.column.id == "municipality" and text.isdecimal() else text
                return self._words.get(folded(code), code)

    def _list(self, text: str) -> str:
        """Codes with our sign between, each once, whatever stood between them."""
        whole = self._words.get(folded(text))
        parts = [whole] if whole else [self._code(part) for part in _BETWEEN.split(text) if part]
        return BETWEEN_CODES.join(dict.fromkeys(parts)) or text

    def _code(self, part: str) -> str:
        return self._words.get(folded(part), part if self.column.options else part.upper())

    def _why_not(self, text: str, value: str) -> str:
        """Why a value cannot be used, first in the words of the extract and then in the dictionary's."""
        column = self.column
        if column.kind == "date" and AMBIGUOUS.fullmatch(text):
            return "Det går inte att veta vad som är dag och vad som är månad. Skriv till exempel 2025-10-01."
        if column.kind == "number" and value == text and _PART.fullmatch(text):
            return "Det är inget heltal. Ange hela månader."
        if column.options and value:
            return next(filter(None, map(self._why_no_word, value.split(BETWEEN_CODES))), "")
        if column.id == "municipality" and value and self._checks.municipalities:
            names = self._checks.municipalities
            return "" if value in names else f"Kommunen finns inte. {suggestion(text, names.values())}Rätta den."
        why = self._checks.limits.why_not(column, value or None)
        if column.kind == "date" and not why and date.fromisoformat(value) > self._checks.today:
            return "Dagen ligger i framtiden."
        return why

    def _why_no_word(self, code: str) -> str:
        if code in self.column.options:
            return ""
        texts = ", ".join(self.column.options.values())
        return f"”{code}” är okänt. {suggestion(folded(code), self._words)}Säg vad ordet betyder, eller välj: {texts}."

    def _typed(self, value: str) -> Value:
        if not value:
            return None
        if self.column.kind == "date":
            return date.fromisoformat(value)
        return int(value) if self.column.kind == "number" else value
