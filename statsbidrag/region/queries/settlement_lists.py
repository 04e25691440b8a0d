"""A settlement as lists: all of it, booking orders to the region's own clinics, and the basis for private owners."""

from collections.abc import Sequence

from statsbidrag.cycle.clinics import HAND_OVERS
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.exchange.settlement.lists import FIGURES as COLUMNS
from statsbidrag.exchange.settlement.lists import about
from statsbidrag.exchange.tables import Cell, Column, Table
from statsbidrag.region.models import SettledLine, SettlementRun
from statsbidrag.region.queries.settlements import figures_of, lines_of

# What is written in the address of each list, and what it is called.
LISTS = {"alla": "Alla enheter", "egen": "Egen regi: intern bokföringsorder", "privat": "Privata: underlag till ägaren"}
_FORMS = {"egen": "own", "privat": "private"}
_UNKNOWN = "okänd driftsform, överlämnas inte"


def listed(kind: str, run: SettlementRun, scheme: Scheme, lines: Sequence[SettledLine] | None = None) -> Table:
    """Gives one of a settlement's lists; a correction of an earlier month is a line of its own."""
    found = lines_of(run) if lines is None else lines
    asked = [line for line in found if kind not in _FORMS or line.clinic.form == _FORMS[kind]]
    columns = (
        Column("clinic", "Enhet"),
        Column("owner", "Ägarens organisationsnummer"),
        Column("month", "Månad"),
        Column("kind", "Slag", words={"month": "månad", "correction": "rättelse"}),
        *COLUMNS,
        Column("hand_over", "Överlämnas som"),
    )
    facts = (("Avräkning", f"{run.number}, till och med {run.through}"), *about(scheme))
    return Table(f"Avräkning {run.number} {run.year}: {LISTS[kind]}", columns, tuple(map(_cells, asked)), facts)


def _cells(line: SettledLine) -> tuple[Cell, ...]:
    clinic = line.clinic
    hand_over = next((words for form, words in HAND_OVERS.items() if form == clinic.form), _UNKNOWN)
    return (
        clinic.name,
        clinic.owner,
        f"{line.run.year}-{line.month:02}",
        "correction" if line.correction else "month",
        *figures_of(line),
        hand_over,
    )
