"""What an officer asks to see of the list of requisitions, and the list of exactly that."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from statsbidrag.exchange.tables import Column, Table
from statsbidrag.portal import rules
from statsbidrag.portal.queries.requisition_list import STATES, Row
from statsbidrag.portal.queries.words import in_swedish_order
from statsbidrag.terms.dates import SWEDISH_TIME, day_in_words
from statsbidrag.terms.parties import IN_SWEDISH

_COLUMNS = (
    Column("recipient", "Mottagare"),
    Column("kind", "Slag", words=dict(IN_SWEDISH.items())),
    Column("name", "Namn"),
    Column("county", "Län"),
    Column("ceiling", "Högsta belopp (kr)", "kronor"),
    Column("requisitioned", "Rekvirerat (kr)", "kronor"),
    Column("wants_more", "Vill ha mer"),
    Column("state", "Läge", words=dict(STATES.items())),
    Column("arrived", "Kom in"),
    Column("agent", "Ombud", words={"yes": "ja", "no": "nej"}),
    Column("lacking", "Det som brister"),
    Column("reference", "Rekvisition"),
)


_STATES = list(STATES)
# What the list can be sorted by.
SORTS: dict[str, Callable[[Row], Any]] = {
    "name": lambda row: row.sorted_as,
    "kind": lambda row: (row.kind != "region", row.sorted_as),
    "county": lambda row: (in_swedish_order(row.county), row.sorted_as),
    "ceiling": lambda row: row.ceiling,
    "amount": lambda row: -1 if row.amount is None else row.amount,
    "more": lambda row: (row.more, row.sorted_as),
    "state": lambda row: (_STATES.index(row.state), row.sorted_as),
    "arrived": lambda row: row.arrived.timestamp() if row.arrived else 0,
    "agent": lambda row: (not row.agent, row.sorted_as),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an officer has asked to see; empty is all."""

    text: str = ""
    state: str = ""
    kind: str = ""
    county: str = ""
    agent: str = ""
    column: str = "name"
    falling: bool = False

    def of(self, rows: Iterable[Row]) -> list[Row]:
        """Gives the rows asked for, in the order asked for."""
        text = self.text.strip().casefold()
        found = [row for row in rows if self._keeps(row) and (not text or text in _searched(row))]
        return sorted(found, key=SORTS.get(self.column, SORTS["name"]), reverse=self.falling)

    def _keeps(self, row: Row) -> bool:
        return (
            (not self.state or row.state == self.state or (self.state == "rejected" and row.rejected > 0))
            and (not self.kind or row.kind == self.kind)
            and (not self.county or row.county == self.county)
            and (not self.agent or row.agent == (self.agent == "yes"))
        )

    def says(self) -> str:
        """The filter in words, for a list that has left the page."""
        parts = {
            "Sökord": self.text.strip(),
            "Läge": dict[str, str](STATES.items()).get(self.state, ""),
            "Slag": dict[str, str](IN_SWEDISH.items()).get(self.kind, ""),
            "Län": self.county,
            "Ombud": {"yes": "ja", "no": "nej"}.get(self.agent, ""),
        }
        return ", ".join(f"{name}: {value}" for name, value in parts.items() if value) or "Alla"


def table(year: int, found: Iterable[Row], wanted: Wanted, today: date) -> Table:
    """Gives the lines as a list that may leave the page: exactly what was asked for, and what that was."""
    listed = tuple(
        (
            row.key,
            row.kind,
            row.name,
            row.county,
            row.ceiling,
            row.amount,
            row.more,
            row.state,
            row.arrived.astimezone(SWEDISH_TIME).strftime("%Y-%m-%d %H:%M") if row.arrived else "",
            "yes" if row.agent else "no",
            row.lacking,
            row.reference,
        )
        for row in found
    )
    about = (
        ("Urval", wanted.says()),
        ("Antal", f"{len(listed)} av {len(rules.ceilings(year))}"),
        ("Läget den", day_in_words(today)),
        ("Tider", "Svensk tid"),
    )
    return Table(f"Rekvisitioner {year}", _COLUMNS, listed, about)


def _searched(row: Row) -> str:
    return f"{row.name} {row.county} {row.reference} {row.key}".casefold()
