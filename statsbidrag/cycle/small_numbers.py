"""Small numbers hidden in what leaves the region, together with what they could be worked out from.

A table with its totals is a net: each row and each column has a total, and a hidden number can be moved up or down only
along a closed way through other hidden numbers, one up, the next down. A number that no such way goes through can be
worked out exactly. So for each small number the cheapest way is found, and what stands on it is hidden too.
"""

import heapq
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from statsbidrag.terms.sources import Stated

Margin = Literal["rows", "columns", "total"]
Counts = Sequence[Sequence[int]]

# A total tells more than any cell of its line, so it is hidden only where no cell will do.
_TOTAL_COSTS = 1_000_000


@dataclass(frozen=True, slots=True)
class SmallNumbers:
    """What ``small_numbers.toml`` says.

    threshold   the least number that is shown
    zero        whether a zero is shown like a large number, or hidden like a small one
    """

    threshold: Stated[int]
    zero: Stated[Literal["shown", "hidden"]]

    def suppress(self, table: Counts, known: Collection[Margin] = ()) -> "Shown":
        """Gives a table as it may be shown; see :func:`suppress`."""
        return suppress(table, self.threshold.value, known=known, zeros=self.zero.value == "shown")

    def hidden(self, numbers: Sequence[int], total: int | None = None) -> set[int]:
        """Gives the places of a list that are hidden where everyone knows what all of it comes to.

        They are the small numbers and what these could be worked out from. Together they are not few either, since what
        all of them come to can be worked out. ``total`` is less than the sum where something is counted twice in it.
        """
        known: tuple[Margin, ...] = ("total",)
        told = self.suppress([numbers], known).rows[0] if numbers else ()
        found = {at for at, number in enumerate(told) if number is None}
        others = sorted((number, at) for at, number in enumerate(numbers) if number and at not in found)
        rest = (sum(numbers) if total is None else total) - sum(number for number, _ in others)
        while found and others and rest < self.threshold.value:
            number, at = others.pop(0)
            found.add(at)
            rest += number
        return found


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as it may leave the region; None where a number is hidden. Every number that is shown is the true one.

    row_totals, column_totals, total   a list (a table of one row) has only its total
    zeros                              whether zeros are shown; else a reader must be told that a hidden one may be 0
    """

    rows: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None
    zeros: bool


def suppress(table: Counts, threshold: int = 5, *, known: Collection[Margin] = (), zeros: bool = True) -> Shown:
    """Hides every number from 1 to below the threshold, and as little else as keeps them from being worked out.

    table   counts by row and column, all rows of one length, none below 0; one row makes it a list with one total
    known   totals that a reader has from elsewhere: they protect nothing, and are never hidden to protect
    zeros   whether zeros are shown. Where totals that are known leave no other way they are hidden all the same.

    A number that the known totals tell by themselves, such as the only one of its line, is hidden, but that is all that
    can be done. Raises ValueError where the table is none.
    """
    net = _Net(table, threshold, known, zeros=zeros)
    if not net.protect() and zeros:
        net = _Net(table, threshold, known, zeros=False)
        net.protect()
    net.show_what_can_be()
    return net.shown()


class _Edge(NamedTuple):
    """One number of the table, between the two lines that it counts in; it goes up from one to the other."""

    up_from: int
    up_to: int
    value: int
    is_total: bool
    is_known: bool


class _Net:
    """The table as a net: lines are places, numbers are the ways between them."""

    def __init__(self, table: Counts, threshold: int, known: Collection[Margin], *, zeros: bool) -> None:
        if not table or not table[0] or any(len(row) != len(table[0]) or min(row) < 0 for row in table):
            raise ValueError("a table has rows of one length, and no number below 0")
        self._table, self._zeros = table, zeros
        self._edges = list(_edges(table, known))
        lowest = 1 if zeros else 0
        self._small = {at for at, edge in enumerate(self._edges) if lowest <= edge.value < threshold}
        self._hidden = set(self._small)
        # A reader who sees the zeros knows that what is hidden is 1 or more.
        self._lowest = lowest
        self._ways: dict[int, list[tuple[int, int]]] = {}
        for at, edge in enumerate(self._edges):
            if edge.is_known or edge.value < lowest:
                continue
            self._ways.setdefault(edge.up_from, []).append((edge.up_to, at))
            if edge.value > lowest:
                self._ways.setdefault(edge.up_to, []).append((edge.up_from, at))

    def protect(self) -> bool:
        """Hides what else must be hidden; tells whether that was enough for every small number."""
        enough = True
        for at in sorted(self._small, key=lambda at: self._edges[at].value):
            if self._edges[at].is_known:
                continue
            way = self._cheapest(at, range(len(self._edges)))
            enough &= way is not None
            self._hidden.update(way or ())
        return enough

    def show_what_can_be(self) -> None:
        """Shows again, the largest first, whatever turned out not to be needed when other numbers were hidden."""
        unprotected = {at for at in self._small if self._cheapest(at, self._hidden) is None}
        changed = True
        while changed:
            changed = False
            added = sorted(self._hidden - self._small, key=lambda at: (self._edges[at].is_total, self._edges[at].value))
            for at in reversed(added):
                rest = self._hidden - {at}
                if all(each in unprotected or self._cheapest(each, rest) is not None for each in rest):
                    self._hidden, changed = rest, True

    def shown(self) -> Shown:
        """Gives the table with what is hidden left out."""
        values = [None if at in self._hidden else edge.value for at, edge in enumerate(self._edges)]
        width, height = len(self._table[0]), len(self._table)
        cells = [tuple(values[row * width : (row + 1) * width]) for row in range(height)]
        if height == 1:
            return Shown(tuple(cells), (), (), values[-1], self._zeros)
        rest = values[width * height :]
        return Shown(tuple(cells), tuple(rest[:height]), tuple(rest[height:-1]), rest[-1], self._zeros)

    def _cheapest(self, at: int, allowed: Collection[int]) -> set[int] | None:
        """The cheapest closed way through a number, up or down, over the numbers allowed; None where there is none."""
        edge = self._edges[at]
        if edge.is_known:
            return set()
        ways = [self._way(edge.up_to, edge.up_from, at, allowed)]
        if edge.value > self._lowest:
            ways.append(self._way(edge.up_from, edge.up_to, at, allowed))
        found = [way for way in ways if way is not None]
        return min(found, key=lambda way: way[0])[1] if found else None

    def _way(self, start: int, end: int, without: int, allowed: Collection[int]) -> tuple[int, set[int]] | None:
        """The cheapest way from a line to another (Dijkstra), and what it costs to hide what stands on it."""
        queue: list[tuple[int, int, tuple[int, ...]]] = [(0, start, ())]
        done: set[int] = set()
        while queue:
            cost, place, way = heapq.heappop(queue)
            if place == end:
                return cost, set(way)
            if place in done:
                continue
            done.add(place)
            for to, at in self._ways.get(place, ()):
                if at != without and to not in done and at in allowed:
                    heapq.heappush(queue, (cost + self._cost(at), to, (*way, at)))
        return None

    def _cost(self, at: int) -> int:
        edge = self._edges[at]
        return 0 if at in self._hidden else edge.value + 1 + edge.is_total * _TOTAL_COSTS


def _edges(table: Counts, known: Collection[Margin]) -> Iterable[_Edge]:
    """Every number: cells row by row, totals of rows, of columns, and the total; a cell goes up from row to column."""
    height, width = len(table), len(table[0])
    rows, columns = range(height), range(height, height + width)
    row_of_totals, column_of_totals = height + width, height + width + 1
    if height == 1:  # only one line with a total; all its numbers go between it and the world outside
        yield from (_Edge(0, 1, value, False, False) for value in table[0])
        yield _Edge(1, 0, sum(table[0]), True, "total" in known)
        return
    for row in rows:
        yield from (_Edge(row, columns[at], value, False, False) for at, value in enumerate(table[row]))
    for row in rows:
        yield _Edge(column_of_totals, row, sum(table[row]), True, "rows" in known)
    for at, column in enumerate(columns):
        yield _Edge(column, row_of_totals, sum(line[at] for line in table), True, "columns" in known)
    yield _Edge(row_of_totals, column_of_totals, sum(map(sum, table)), True, "total" in known)
