"""The round's list of ceilings, and its comparison with an earlier year's, as they are published (§ 7)."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from statsbidrag.cycle import Allocation
from statsbidrag.cycle.comparison import CAUSES, Cause, Comparison
from statsbidrag.exchange.tables import Cell, Column, Table
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.parties import IN_SWEDISH, KINDS, Kind, Recipient
from statsbidrag.terms.sources import Library, Stated

_RECIPIENT = (
    Column("kind", "Slag", words=dict(IN_SWEDISH.items())),
    Column("code", "Kod"),
    Column("name", "Namn"),
    Column("organisation_number", "Organisationsnummer"),
)
_SEVERAL: dict[Kind, str] = {"region": "regioner", "municipality": "kommuner"}
_BRIEFLY: dict[Cause, str] = {
    "pot": "Potten",
    "split": "Delningen",
    "rules": "Nyckeln",
    "population": "Befolkningen",
    "areas": "Områdena",
}
# What the reader calls the values of [allocation] that may be assumptions.
_IN_SWEDISH = {
    "pot": "pottens storlek",
    "split": "delningen mellan regioner och kommuner",
    "by_children": "vikten för alla barn",
    "by_exposed": "vikten för barn i utsatta områden",
    "ages": "åldrarna",
    "area_types": "områdestyperna",
    "population_year": "befolkningens år",
    "area_vintage": "områdenas indelning",
    "rounding": "avrundningen",
    "listed": "var listan publiceras",
}


@dataclass(frozen=True, slots=True)
class AllocationList:
    """A round's list with what its reader must know.

    library                the sources that its rules cite
    fingerprint            of the round's rules
    children_fingerprint   of the children table, where it is not the round's own
    """

    allocation: Allocation
    year: int
    library: Library
    fingerprint: str
    children_fingerprint: str = ""

    def table(self) -> Table:
        """The list itself, a line per recipient with its ceiling."""
        rows = (_row(share.recipient, share.kronor) for share in self.allocation.shares)
        columns = (*_RECIPIENT, Column("kronor", "Högsta belopp (kr)", "kronor"))
        return Table(f"Fördelningslista {self.year}", columns, tuple(rows), tuple(self._about()))

    def compared(self, comparison: Comparison) -> Table:
        """The list beside an earlier year's, each difference split by cause."""
        then, now = comparison.years
        columns = (
            *_RECIPIENT,
            Column("before", f"{then}", "kronor"),
            *(Column(cause, _BRIEFLY[cause], "kronor") for cause in CAUSES),
            Column("after", f"{now}", "kronor"),
            Column("difference", "Skillnad", "kronor"),
        )
        rows = (
            _row(change.recipient, change.before, *change.parts.values(), change.after, change.kronor)
            for change in comparison.changes
        )
        return Table(f"Högsta belopp {now} jämfört med {then}", columns, tuple(rows), tuple(self._about()))

    def open_data(self, table: Table) -> Table:
        """A list for strangers: every line says which round it belongs to and what its figures rest on."""
        children = self.allocation.table
        basis = f"{'egen uppskattning' if children.estimate else 'statistik'} ({children.file})"
        return replace(
            table,
            columns=(Column("round", "Omgång", "number"), *table.columns, Column("basis", "Underlag")),
            rows=tuple((self.year, *row, basis) for row in table.rows),
        )

    def facts(self) -> dict[str, object]:
        """What a program must know before it reads the lines."""
        children = self.allocation.table
        about_children = {"file": children.file, "estimate": children.estimate, "note": children.note}
        return {"round": self.year, "total": self.allocation.total, "children": about_children}

    def notes(self) -> Iterator[tuple[str, str]]:
        """What a person must know of the lines: their sums, what they rest on, and what has been published."""
        children = self.allocation.table
        yield "Summa", self._sums()
        yield "Uppgifter om barn", f"{children.note} Fil: {children.file}."
        yield from self._published()
        yield from self.trust()

    def trust(self) -> Iterator[tuple[str, str]]:
        """What a person must know before trusting any figure: whether it is an estimate, and which rules made it."""
        if self.allocation.table.estimate:
            yield "Uppskattning", "Beloppen vilar på en egen uppskattning och är inte Socialstyrelsens lista."
        yield "Reglernas fingeravtryck", self.fingerprint
        if self.children_fingerprint:
            yield "Barntabellens fingeravtryck", self.children_fingerprint

    def _about(self) -> Iterator[tuple[str, str]]:
        rules = self.allocation.rules
        kinds = " och ".join(IN_SWEDISH[kind] for kind in KINDS if rules.split.value.get(kind))
        yield "Vad listan visar", f"Det högsta belopp som varje {kinds} kan rekvirera för {self.year}."
        yield from self.notes()
        for name, stated in _stated(self.allocation):
            if stated.assumption:
                yield f"Antagande om {_IN_SWEDISH[name]}", stated.assumption
            elif stated.cites:
                yield f"Källa till {_IN_SWEDISH[name]}", f"{self.library.place(stated.cites)}: ”{stated.quote}”"

    def _sums(self) -> str:
        parts = []
        for kind in KINDS:
            own = [share.kronor for share in self.allocation.shares if share.recipient.kind == kind]
            if own:
                parts.append(f"{in_words(sum(own))} till {len(own)} {_SEVERAL[kind]}")
        return f"{in_words(self.allocation.total)}, därav {' och '.join(parts)}"

    def _published(self) -> Iterator[tuple[str, str]]:
        beside = [
            (share, published.kronor)
            for published in self.allocation.rules.published
            for share in self.allocation.shares
            if share.recipient.key == published.recipient
        ]
        for share, kronor in beside:
            off = share.kronor - kronor.value
            says = f"{share.recipient.name} {in_words(kronor.value)}, {self.library.place(kronor.cites)}"
            yield "Publicerat", f"{says}. Vår uträkning är {in_words(abs(off))} {'högre' if off > 0 else 'lägre'}."


def _row(recipient: Recipient, *cells: Cell) -> tuple[Cell, ...]:
    return (recipient.kind, recipient.code, recipient.name, recipient.organisation_number, *cells)


def _stated(allocation: Allocation) -> Iterator[tuple[str, Stated[object]]]:
    for field in fields(allocation.rules):
        value = getattr(allocation.rules, field.name)
        if isinstance(value, Stated):
            yield field.name, value
