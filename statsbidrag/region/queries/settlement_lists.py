"""A settlement as one list of all clinics and months; a correction of an earlier month is a line of its own."""

from collections.abc import Sequence

from statsbidrag.cycle.clinics import HAND_OVERS
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.exchange.letters.statement import NOT_HANDED_OVER
from statsbidrag.exchange.settlement.lists import FIGURES as COLUMNS
from statsbidrag.exchange.settlement.lists import about
from statsbidrag.exchange.tables import Cell, Column, Table
from statsbidrag.region.models import SettledLine, SettlementRun
from statsbidrag.region.queries.settlements import figures_of

_COLUMNS = (
    Column("clinic", "Enhet"),
    Column("owner", "Ägarens organisationsnummer"),
    Column("month", "Månad"),
    Column("kind", "Slag", words={"month": "månaden", "correction": "rättelse"}),
    *COLUMNS,
    Column("hand_over", "Överlämnas som"),
)


def whole_list(run: SettlementRun, scheme: Scheme, lines: Sequence[SettledLine]) -> Table:
    """Gives the lines of a settlement as a list."""
    facts = (("Avräkning", f"{run.number}, till och med {run.through}"), *about(scheme))
    return Table(f"Avräkning {run.number} {run.year}", _COLUMNS, tuple(map(_cells, lines)), facts)


def _cells(line: SettledLine) -> tuple[Cell, ...]:
    clinic = line.clinic
    return (
        clinic.name,
        clinic.owner,
        f"{line.run.year}-{line.month:02}",
        "correction" if line.correction else "month",
        *figures_of(line),
        next((words for form, words in HAND_OVERS.items() if form == clinic.form), NOT_HANDED_OVER),
    )
