"""A home visit as a clinic records it: its columns with their limits, and what the law asks of an extended visit."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from statsbidrag.terms.faults import suggestion
from statsbidrag.terms.language import Answer, Kind, Name, Rule
from statsbidrag.terms.sources import Stated

ColumnKind = Literal["text", "date", "number", "choice", "choices"]
Values = Mapping[str, str | None]

BETWEEN_CODES = "|"
_KINDS: dict[ColumnKind, Kind] = {
    "text": Kind.TEXT,
    "date": Kind.TEXT,
    "number": Kind.NUMBER,
    "choice": Kind.CHOICE,
    "choices": Kind.CHOICES,
}


class Misfit(NamedTuple):
    """One value that cannot be used: in which column, the value itself (empty where it must not be shown), and why."""

    column: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a visit file: section [[columns]] of ``visits.toml``.

    id         its name in the file
    text       its Swedish name
    needed     ``value``: every row must have one; ``column``: the column must be there; ``no``: neither
    min, max   the least and the largest number
    longest    the most characters of a text
    pattern    what a text, or each code of a list, must look like, and ``like`` an example of it
    never      what a text must not look like, at most ``never_longest`` characters; it is never shown or logged
    options    the codes that may be used and their Swedish text; none where ``pattern`` decides
    """

    id: str
    text: str
    kind: ColumnKind
    needed: Literal["value", "column", "no"]
    cites: tuple[str, ...] = ()
    assumption: str = ""
    min: int | None = None
    max: int | None = None
    longest: int = 200
    pattern: str = ""
    like: str = ""
    never: str = ""
    never_longest: int = 0
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_few_values(self) -> bool:
        """Tells whether many rows share each value, so that values are looked at once each instead of row by row."""
        return self.kind in ("choice", "choices") or (self.kind == "text" and not self.never)

    @property
    def name(self) -> Name:
        """The column as rules may speak of it."""
        return Name(self.id, _KINDS[self.kind], self.text, self.options or None)

    def why_not(self, value: str | None, year: int) -> str:
        """Says in Swedish why a value cannot be used for a visit of that year, or nothing where it can."""
        if not value:
            return "Värdet saknas." if self.needed == "value" else ""
        match self.kind:
            case "date":
                return _why_no_day(value, year)
            case "number":
                return self._why_no_number(value)
            case "choice":
                return self._why_no_code(value)
            case "choices":
                return next(filter(None, map(self._why_no_code, value.split(BETWEEN_CODES))), "")
            case "text":
                return self._why_no_text(value)

    def shown(self, value: str | None) -> str:
        """Gives a value as it may be shown in a list of faults: nothing of what must never be there."""
        return "" if not value or self._is_never(value) else value[: self.longest]

    def _is_never(self, value: str) -> bool:
        return bool(self.never and re.fullmatch(self.never, value))

    def _why_no_number(self, value: str) -> str:
        if not re.fullmatch(r"-?[0-9]{1,9}", value):
            return "Det är inget heltal."
        if (self.min is not None and int(value) < self.min) or (self.max is not None and int(value) > self.max):
            return f"Talet ska vara {self.min} till {self.max}."
        return ""

    def _why_no_code(self, code: str) -> str:
        if self.options:
            if code in self.options:
                return ""
            return f"”{code}” är okänt. {suggestion(code, self.options)}Välj bland: {', '.join(self.options)}."
        return "" if re.fullmatch(self.pattern, code) else f"”{code}” ser inte ut som {self.like}."

    def _why_no_text(self, value: str) -> str:
        if self._is_never(value):
            return f"Värdet ser ut som ett personnummer. Här ska det stå {self.like}."
        if len(value) > self.longest:
            return f"Texten är längre än {self.longest} tecken."
        if self.pattern and not re.fullmatch(self.pattern, value):
            return f"Värdet ser inte ut som {self.like}."
        return ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a scheme adds to the columns: its year, and its clinics; no names where it has no register."""

    year: int
    clinics: Collection[str] = ()

    def why_not(self, column: Column, value: str | None) -> str:
        """Says in Swedish why a value cannot be used, or nothing where it can."""
        if column.id == "clinic" and value and self.clinics and value not in self.clinics:
            return f"Enheten finns inte i registret. {suggestion(value, self.clinics)}Rätta namnet eller registret."
        return column.why_not(value, self.year)


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must hold, or must not, in Swedish and as a rule over a visit's columns."""

    says: str
    rule: Stated[str]


@dataclass(frozen=True, slots=True)
class Visit:
    """One child's record of a home visit.

    child_months   the child's age in whole months; below 0 before birth
    place          whether the visit belongs to the ordinary programme (``ordinary``) or is beyond it (``extra``)
    family         links siblings seen on one occasion, where known
    municipality   whose social services took part, where known
    """

    clinic: str
    date: date
    child: str
    child_months: int
    place: str
    professions: frozenset[str]
    kva_codes: frozenset[str] = frozenset()
    family: str | None = None
    municipality: str | None = None
    contacts: frozenset[str] = frozenset()
    other_funding: str | None = None

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The visit as rules read it."""
        return {
            "child_months": self.child_months,
            "place": self.place,
            "professions": self.professions,
            "kva_codes": self.kva_codes,
            "contacts": self.contacts,
            "other_funding": self.other_funding,
        }


@dataclass(frozen=True, slots=True)
class WrittenVisitColumns:
    """What ``visits.toml`` says.

    extended   what all must hold for a visit to be an extended one (§ 2)
    barred     what keeps a visit from being charged to the grant (§ 3) when it is known to hold
    """

    columns: tuple[Column, ...]
    extended: tuple[Condition, ...]
    barred: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitColumns(WrittenVisitColumns):
    """The dictionary of visits, with every rule in it read.

    rules   each rule's text → the rule
    """

    rules: Mapping[str, Rule]

    def holds(self, condition: Condition, visit: Visit) -> bool:
        """Tells whether a condition is known to hold for a visit."""
        return self.rules[condition.rule.value].holds(visit.answers) is True

    def is_extended(self, visit: Visit) -> bool:
        """Tells whether it is an extended home visit: beyond the ordinary programme, by a nurse and social services."""
        return all(self.holds(condition, visit) for condition in self.extended)

    def is_barred(self, visit: Visit) -> bool:
        """Tells whether it is known that the visit may not be charged to the grant, since other support pays (§ 3)."""
        return any(self.holds(condition, visit) for condition in self.barred)

    def misfits(self, values: Values, limits: "Limits") -> Iterator[Misfit]:
        """Gives every value of a row that cannot be used, in the order of the columns."""
        for column in self.columns:
            value = values.get(column.id)
            why = limits.why_not(column, value)
            if why:
                yield Misfit(column.id, column.shown(value), why)

    def visit(self, values: Values) -> Visit:
        """Makes a visit of a row that has no misfit."""
        return Visit(
            clinic=values["clinic"] or "",
            date=date.fromisoformat(values["date"] or ""),
            child=values["child"] or "",
            child_months=int(values["child_months"] or ""),
            place=values["place"] or "",
            professions=_codes(values["professions"]),
            kva_codes=_codes(values.get("kva_codes")),
            family=values.get("family") or None,
            municipality=values.get("municipality") or None,
            contacts=_codes(values.get("contacts")),
            other_funding=values.get("other_funding") or None,
        )


def _codes(text: str | None) -> frozenset[str]:
    return frozenset(text.split(BETWEEN_CODES)) if text else frozenset()


def _why_no_day(value: str, year: int) -> str:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return f"Det är inget datum. Skriv till exempel {year}-10-01."
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return "Den dagen finns inte i kalendern."
    return "" if day.year == year else f"Dagen ligger utanför {year}, det år som ordningen gäller."
