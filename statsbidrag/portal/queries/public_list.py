"""The allocation list as everyone may search and sort it; what the rules alone decide is worked out once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from statsbidrag.cycle.comparison import CAUSES, Change, Comparison, compare
from statsbidrag.exchange.allocation_list import AllocationList
from statsbidrag.exchange.tables import Table
from statsbidrag.portal import rules
from statsbidrag.portal.queries.words import in_swedish_order
from statsbidrag.terms.parties import Kind, Recipient

Sortable = str | int | None


@dataclass(frozen=True, slots=True)
class ListRow:
    """One recipient's line.

    change   what differs from the year before; None where no earlier round is known
    """

    recipient: Recipient
    kronor: int | None
    change: Change | None
    found_by: str

    def value(self, column: str) -> Sortable:
        """What a column is sorted by."""
        if column in _TEXTS:
            return _TEXTS[column](self.recipient)
        if column == "belopp":
            return self.kronor
        if self.change is None:
            return None
        if column == "fore":
            return self.change.before
        if column == "skillnad":
            return self.change.kronor
        return next((kronor for cause, kronor in self.change.parts.items() if cause == column), None)


_TEXTS: Mapping[str, Callable[[Recipient], str]] = {
    "namn": lambda recipient: in_swedish_order(recipient.name),
    "slag": lambda recipient: recipient.kind,
    "kod": lambda recipient: recipient.code,
    "organisationsnummer": lambda recipient: recipient.organisation_number,
    "lan": lambda recipient: in_swedish_order(recipient.county),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines of the list are asked for, and in which order.

    search   words that all stand in the name, the codes or the county
    kind     one kind of recipient, or empty for both
    county   a county's code, or empty for all
    column   what the lines are sorted by; empty leaves them in the order of the list
    """

    search: str = ""
    kind: Kind | str = ""
    county: str = ""
    column: str = ""
    falling: bool = False


@cache
def earlier_year(year: int) -> int | None:
    """The round before, where there are rules for it."""
    return next((each for each in rules.years() if each < year), None)


@cache
def comparison(year: int) -> Comparison | None:
    """A round's list beside the list of the round before."""
    before = earlier_year(year)
    return compare(rules.allocation(before), rules.allocation(year), (before, year)) if before else None


@cache
def listed(year: int) -> AllocationList:
    """A round's list with what its reader must know."""
    return AllocationList(rules.allocation(year), year, rules.book().library, rules.fingerprint(year))


@cache
def rows(year: int) -> tuple[ListRow, ...]:
    """Every line of a round's list."""
    compared = comparison(year)
    changes = {change.recipient.key: change for change in compared.changes} if compared else {}
    return tuple(
        ListRow(share.recipient, share.kronor, changes.get(share.recipient.key), _found_by(share.recipient))
        for share in rules.allocation(year).shares
    )


@cache
def counties(year: int) -> tuple[tuple[str, str], ...]:
    """The counties of a round's recipients, by code, in Swedish order."""
    found = {row.recipient.county_code: row.recipient.county for row in rows(year)}
    return tuple(sorted(found.items(), key=lambda each: in_swedish_order(each[1])))


def chosen(year: int, wanted: Wanted) -> list[ListRow]:
    """Gives the lines that are asked for, in the order asked for; lines without a value stand last."""
    words = wanted.search.lower().split()
    found = [
        row
        for row in rows(year)
        if (not wanted.kind or row.recipient.kind == wanted.kind)
        and (not wanted.county or row.recipient.county_code == wanted.county)
        and all(word in row.found_by for word in words)
    ]
    if not wanted.column:
        return found
    known = [row for row in found if row.value(wanted.column) is not None]
    known.sort(key=lambda row: row.value(wanted.column), reverse=wanted.falling)  # type: ignore[arg-type, return-value]  # one column, one type
    return known + [row for row in found if row.value(wanted.column) is None]


def cause_headings(year: int) -> Mapping[str, str]:
    """Gives the heading of each cause of a difference, by cause, in the order that they are split."""
    columns = _whole_table(year, compared=True).columns
    return {column.id: column.heading for column in columns if column.id in CAUSES}


def table(year: int, found: list[ListRow], *, compared: bool) -> Table:
    """Gives the list for download: exactly the lines found, in their order."""
    whole = _whole_table(year, compared=compared)
    by_key = {f"{row[0]}-{row[1]}": row for row in whole.rows}
    return replace(whole, rows=tuple(by_key[row.recipient.key] for row in found))


@cache
def _whole_table(year: int, *, compared: bool) -> Table:
    other = comparison(year) if compared else None
    return listed(year).compared(other) if other else listed(year).table()


def _found_by(recipient: Recipient) -> str:
    number = recipient.organisation_number
    return f"{recipient.name} {recipient.code} {number} {number.replace('-', '')} {recipient.county}".lower()
