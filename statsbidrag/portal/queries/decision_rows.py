"""The list of a round's decisions, made and waiting, as rows to filter, sort, export and choose from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from statsbidrag.cycle import DECISION_KINDS
from statsbidrag.exchange.tables import Column, Table
from statsbidrag.portal import rules
from statsbidrag.portal.models import Decision
from statsbidrag.terms.dates import day_in_words

State = Literal["waiting", "unwritten", "written", "replaced"]
STATES: dict[State, tuple[str, str]] = {
    "waiting": ("Väntar på beslut", "wait"),
    "unwritten": ("Fattat, brev saknas", "wait"),
    "written": ("Fattat", "good"),
    "replaced": ("Ersatt", "neutral"),
}
_FIELDS = (
    "reference",
    "kind",
    "recipient",
    "kronor",
    "reallocated",
    "concerns_id",
    "earlier__reference",
    "prepared_by__name",
    "approval__day",
    "approval__decision_maker__name",
    "letter_id",
)
_COLUMNS = (
    Column("reference", "Beslut"),
    Column("kind", "Beslut om", words=dict(DECISION_KINDS.items())),
    Column("recipient", "Mottagare"),
    Column("name", "Namn"),
    Column("granted", "Beviljat (kr)", "kronor"),
    Column("reallocated", "Omfördelat (kr)", "kronor"),
    Column("total", "Summa (kr)", "kronor"),
    Column("state", "Läge", words={state: says for state, (says, _) in STATES.items()}),
    Column("decided", "Beslutsdag", "date"),
    Column("decision_maker", "Beslutsfattare"),
    Column("presenter", "Föredragande"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One decision as the list shows it.

    subject   what it is about: a correction of a grant is about a grant
    concerns  the row of the requisition that it rejects; None where it rejects none
    """

    reference: str
    kind: str
    subject: str
    recipient: str
    name: str
    kronor: int
    reallocated: int
    concerns: int | None
    earlier: str
    presenter: str
    day: date | None
    decision_maker: str
    letter: int | None
    state: State

    @property
    def total(self) -> int:
        """The whole sum in kronor."""
        return self.kronor + self.reallocated


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the list; empty is all."""

    text: str = ""
    kind: str = ""
    state: str = ""
    column: str = "name"
    falling: bool = False

    def of(self, rows: Iterable[Row]) -> list[Row]:
        """Gives the rows asked for, in the order asked for."""
        text = self.text.strip().casefold()
        found = [
            row
            for row in rows
            if (not self.kind or row.kind == self.kind)
            and (not self.state or row.state == self.state)
            and (not text or text in f"{row.name} {row.reference} {row.recipient}".casefold())
        ]
        return sorted(found, key=SORTS.get(self.column, SORTS["name"]), reverse=self.falling)

    def says(self) -> str:
        """The choice in words, for a list that has left the page."""
        kinds, states = dict[str, str](DECISION_KINDS.items()), {key: says for key, (says, _) in STATES.items()}
        parts = {
            "Sökord": self.text.strip(),
            "Beslut om": kinds.get(self.kind, ""),
            "Läge": dict[str, str](states.items()).get(self.state, ""),
        }
        return ", ".join(f"{name}: {value}" for name, value in parts.items() if value) or "Alla"


@cache
def _place() -> Mapping[str, int]:
    """The place of each recipient in the table: regions first, then municipalities, by code."""
    return {key: place for place, key in enumerate(rules.recipients())}


SORTS: Mapping[str, Callable[[Row], Any]] = {
    "name": lambda row: _place()[row.recipient],
    "reference": lambda row: row.reference,
    "kind": lambda row: (row.kind, _place()[row.recipient]),
    "total": lambda row: row.total,
    "state": lambda row: (list(STATES).index(row.state), _place()[row.recipient]),
}


def decision_rows(year: int) -> list[Row]:
    """Gives every decision of a round, in the order in which they were prepared, in one question."""
    found = list(Decision.objects.filter(year=year).order_by("id").values_list(*_FIELDS))
    kinds = {row[0]: row[1] for row in found}
    earlier = {row[0]: row[6] for row in found}
    replaced = {row[6] for row in found if row[1] in _REPLACING and row[8]}
    parties = rules.recipients()
    return [_row(row, _subject(row[0], kinds, earlier), parties[row[2]].name, row[0] in replaced) for row in found]


def table(year: int, found: Iterable[Row], wanted: Wanted, today: date) -> Table:
    """Gives the rows as a list that may leave the page: exactly what was asked for, and what that was."""
    rows = tuple(
        (
            row.reference,
            row.kind,
            row.recipient,
            row.name,
            row.kronor if row.subject == "grant" else 0,
            row.reallocated,
            row.total,
            row.state,
            row.day,
            row.decision_maker,
            row.presenter,
        )
        for row in found
    )
    about = (("Urval", wanted.says()), ("Antal", str(len(rows))), ("Läget den", day_in_words(today)))
    return Table(f"Beslut {year}", _COLUMNS, rows, about)


_REPLACING = ("correction", "change")


def _subject(reference: str, kinds: Mapping[str, str], earlier: Mapping[str, str]) -> str:
    while kinds[reference] in _REPLACING and earlier[reference] in kinds:
        reference = earlier[reference]
    return kinds[reference]


def _row(row: tuple[Any, ...], subject: str, name: str, replaced: bool) -> Row:
    reference, kind, recipient, kronor, more, concerns, earlier, presenter, day, decision_maker, letter = row
    state: State = "waiting" if day is None else "replaced" if replaced else "written" if letter else "unwritten"
    return Row(
        reference,
        kind,
        subject,
        recipient,
        name,
        kronor,
        more,
        concerns,
        earlier or "",
        presenter,
        day,
        decision_maker or "",
        letter,
        state,
    )
