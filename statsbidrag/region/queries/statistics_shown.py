"""A region's statistics as they may leave it: small numbers hidden, and whatever they could be worked out from.

Five tables speak of the same visits, and what one hides another must not tell. This is why none does:

* A page with fewer children than the threshold shows nothing, so every table may rest on that their number, the number
  of visits and the sums are known to all. They are told to ``suppress`` as known, and protect nothing.
* Visits by clinic, by month and by place each divide the visits by another thing, which only that table speaks of. So
  whatever could be true of one table when read by itself could be true of all: let a child's visits be another hidden
  clinic's, and the months, the places and every sum are what they were.
* Within a table a row shows all of its numbers or none. What is hidden is known only as the hidden rows' sum, and
  ``suppress`` sees to it that a child can be moved from one of them to another.
* Visits by two professions divide each clinic's visits further. Clinics that are hidden are one row there.
* A hidden number does not say whether it is small or only hides another; else a small one could be told from its sum.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from statsbidrag.cycle.small_numbers import Margin, SmallNumbers
from statsbidrag.region.queries.statistics import Counted, PlaceRow, Row

OTHERS = "Övriga enheter"
_TOTAL: tuple[Margin, ...] = ("total",)
_ALL: tuple[Margin, ...] = ("rows", "columns", "total")


class ShownRow(NamedTuple):
    """A clinic or a month as it may be shown; None where a number is hidden, or cannot be told."""

    name: str
    visits: int | None
    children: int | None


class ShownPlace(NamedTuple):
    """A place of the programme as it may be shown; None where a number is hidden, or cannot be told."""

    name: str
    visits: int | None
    children: int | None
    expected: int | None
    done: int | None


class ShownShare(NamedTuple):
    """Some clinic's visits and how many of them both professions made; None where that is hidden."""

    name: str
    two: int | None
    visits: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A region's statistics as they may leave it.

    children     None where it cannot be told, since pseudonyms are dropped
    two          None where it is hidden, and then ``shares`` has no rows
    """

    visits: int
    extended: int | None
    two: int | None
    children: int | None
    clinics: tuple[ShownRow, ...]
    months: tuple[ShownRow, ...]
    places: tuple[ShownPlace, ...]
    shares: tuple[ShownShare, ...]


def shown(counted: Counted, small: SmallNumbers) -> Shown | None:
    """Gives what may be shown of a region's statistics; None where there are so few children that nothing is."""
    if not _enough(counted.visits if counted.children is None else counted.children, small):
        return None
    clinics = _rows(counted.clinics, small)
    extended, two = _of_all(counted, small)
    return Shown(
        counted.visits,
        extended,
        two,
        counted.children,
        clinics,
        _rows(counted.months, small),
        _places(counted.places, small),
        _shares(counted.clinics, clinics, small) if two is not None and counted.visits else (),
    )


def shown_offers(families: Sequence[int], small: SmallNumbers) -> tuple[tuple[int | None, ...], int | None]:
    """Gives how many families there are by what became of their offers, and all of them, as that may be shown.

    No other table speaks of offers, so it stands by itself with its sum.
    """
    told = small.suppress([families])
    return told.rows[0], told.total


def _rows(rows: Sequence[Row], small: SmallNumbers) -> tuple[ShownRow, ...]:
    hidden = _hidden(rows, small)
    return tuple(
        ShownRow(row.name, None, None) if at in hidden else ShownRow(row.name, row.visits, row.children)
        for at, row in enumerate(rows)
    )


def _places(rows: Sequence[PlaceRow], small: SmallNumbers) -> tuple[ShownPlace, ...]:
    """A place is hidden also where few had a visit, or few had none, though it was time.

    Those numbers have no sum anywhere, so nothing else need be hidden for them.
    """
    hidden = _hidden(rows, small) | {
        at
        for at, row in enumerate(rows)
        if not all(_enough(each, small) for each in (row.done, row.expected - row.done))
    }
    return tuple(
        ShownPlace(row.name, None, None, None, None)
        if at in hidden
        else ShownPlace(row.name, row.visits, row.children, *_planned(row))
        for at, row in enumerate(rows)
    )


def _planned(row: PlaceRow) -> tuple[int | None, int | None]:
    return (None, None) if row.children is None else (row.expected, row.done)


def _hidden(rows: Iterable[Row | PlaceRow], small: SmallNumbers) -> set[int]:
    """Which rows are hidden: those of few children or visits, and others that keep these from being worked out."""
    return small.hidden([row.visits if row.children is None else min(row.children, row.visits) for row in rows])


def _of_all(counted: Counted, small: SmallNumbers) -> tuple[int | None, int | None]:
    """How many visits are extended, and how many both professions made: the second holds the first."""
    parts = (counted.extended, counted.two - counted.extended, counted.visits - counted.two)
    extended, _, others = small.suppress([parts], _TOTAL).rows[0]
    return extended, counted.two if others is not None and _enough(counted.two, small) else None


def _shares(rows: Sequence[Row], clinics: Sequence[ShownRow], small: SmallNumbers) -> tuple[ShownShare, ...]:
    known = [row for row, told in zip(rows, clinics, strict=True) if told.visits]
    others = [row for row, told in zip(rows, clinics, strict=True) if told.visits is None]
    names = [*(row.name for row in known), *([OTHERS] if others else [])]
    table = [(row.two, row.visits - row.two) for row in known]
    if others:
        two = sum(row.two for row in others)
        table.append((two, sum(row.visits for row in others) - two))
    told = small.suppress(table, _ALL).rows
    return tuple(ShownShare(name, both, sum(row)) for name, (both, _), row in zip(names, told, table, strict=True))


def _enough(number: int, small: SmallNumbers) -> bool:
    return number == 0 or number >= small.threshold.value
