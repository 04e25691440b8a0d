"""The statistics' tables, each with its diagram: what the page shows is what its file holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from statsbidrag.exchange.plots import HIDDEN_WORDS, Plot, Series, Share, Value, bars, shares
from statsbidrag.exchange.tables import Cell, Column, Table, as_seen
from statsbidrag.region.queries.statistics_shown import Shown, ShownRow
from statsbidrag.region.views.visits.words import OUTCOME_WORDS

# One word for all that is hidden: whether it is few or only hides another is not to be seen.
NOT_SHOWN = HIDDEN_WORDS["protected"]
_VISITS = Column("visits", "Besök", "number")
_CHILDREN = Column("children", "Barn", "number")
_PLACE = Column("place", "Besök i programmet")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the statistics: what its numbers are, its diagram as SVG, and its table.

    kind   its name in addresses
    """

    kind: str
    says: str
    plot: str
    table: Table

    @property
    def cells(self) -> list[list[str]]:
        """The table's cells as people read them; one that is hidden says so, and a share of nothing is a dash."""
        return [
            [
                (NOT_SHOWN if self.hides(row) else "–") if cell is None else as_seen(cell, column)
                for cell, column in zip(row, self.table.columns, strict=True)
            ]
            for row in self.table.rows
        ]

    def hides(self, row: tuple[Cell, ...]) -> bool:
        """Tells whether a row hides a number; the share is left out also where there is nothing to share."""
        return any(
            cell is None and column.kind == "number" for cell, column in zip(row, self.table.columns, strict=True)
        )


def parts(shown: Shown, offers: tuple[Sequence[int | None], int | None]) -> Iterator[Part]:
    """Gives the parts that there is something to show in."""
    known = shown.children is not None
    yield _rows("enheter", "Besök och barn per enhet", Column("clinic", "Enhet"), shown.clinics, known=known)
    yield _rows("manader", "Besök och barn per månad", Column("month", "Månad"), shown.months, known=known)
    if shown.places:
        at = [ShownRow(each.name, each.visits, each.children) for each in shown.places]
        yield _rows("programmet", "Besök och barn per besök i programmet", _PLACE, at, known=known)
        if known:
            yield _planned(shown)
    if shown.shares:
        yield _two_professions(shown)
    if offers[1] != 0:
        yield _offers(*offers)


def as_list(part: Part, about: str, says: Sequence[tuple[str, str]]) -> Table:
    """Gives a part's table as it is kept as a file, where each row that hides a number says so."""
    columns = (*part.table.columns, Column("hidden", "Visas inte"))
    rows = tuple((*row, NOT_SHOWN if part.hides(row) else "") for row in part.table.rows)
    return Table(f"{part.table.title}, {about}", columns, rows, (("Så är det räknat", part.says), *says))


_SAYS = {
    "enheter": "Ett barn räknas en gång vid varje enhet som har sett det under året.",
    "manader": "Ett barn räknas en gång i varje månad som det har haft besök.",
    "programmet": "Varje besök hör till det besök i programmet vars ålder barnet har nått, ordinarie eller extra.",
    "planerat": "Planerat: barn med besök i år som nått åldern under året. Genomfört: de av dem som fått besöket.",
    "tva-professioner": "Besök som både sjuksköterska från barnhälsovården och person från socialtjänsten har gjort.",
    "erbjudanden": "Varje familj räknas en gång, efter det senaste beskedet.",
}


def _rows(kind: str, title: str, first: Column, rows: Sequence[ShownRow], *, known: bool) -> Part:
    columns = (first, _VISITS, _CHILDREN) if known else (first, _VISITS)
    cells: tuple[tuple[Cell, ...], ...] = tuple(row if known else row[:2] for row in rows)
    some = [row for row in rows if row.visits != 0] or rows
    series = [Series("besök", tuple(_value(row.visits) for row in some))]
    if known:
        series.append(Series("barn", tuple(_value(row.children) for row in some)))
    plot = Plot(kind, title, tuple(row.name for row in some), tuple(series))
    return Part(kind, _SAYS[kind], bars(plot), Table(title, columns, cells))


def _planned(shown: Shown) -> Part:
    kind, title = "planerat", "Planerat och genomfört i programmet"
    columns = (
        _PLACE,
        Column("expected", "Planerat, barn", "number"),
        Column("done", "Genomfört, barn", "number"),
        Column("share", "Andel", "percent"),
    )
    cells = tuple((row.name, row.expected, row.done, _share(row.done, row.expected)) for row in shown.places)
    series = (
        Series("planerat", tuple(_value(row.expected) for row in shown.places)),
        Series("genomfört", tuple(_value(row.done) for row in shown.places)),
    )
    plot = Plot(kind, title, tuple(row.name for row in shown.places), series)
    return Part(kind, _SAYS[kind], bars(plot), Table(title, columns, cells))


def _two_professions(shown: Shown) -> Part:
    kind, title = "tva-professioner", "Andel med två professioner"
    columns = (
        Column("clinic", "Enhet"),
        _VISITS,
        Column("two", "Med båda", "number"),
        Column("share", "Andel", "percent"),
    )
    rows = [("Alla enheter", shown.two, shown.visits), *shown.shares]
    cells = tuple((name, visits, two, _share(two, visits)) for name, two, visits in rows)
    drawn = shares(kind, title, [Share(name, _value(two), visits) for name, two, visits in rows])
    return Part(kind, _SAYS[kind], drawn, Table(title, columns, cells))


def _offers(families: Sequence[int | None], total: int | None) -> Part:
    kind, title = "erbjudanden", "Erbjudanden och vad familjerna svarade"
    columns = (
        Column("outcome", "Besked"),
        Column("families", "Familjer", "number"),
        Column("share", "Andel", "percent"),
    )
    names = ["Erbjudna och inget besked än", *(words for words, _ in list(OUTCOME_WORDS.values())[1:])]
    rows = list(zip(names, families, strict=True))
    cells = [
        ("Alla erbjudna", total, _share(total, total)),
        *((name, part, _share(part, total)) for name, part in rows),
    ]
    drawn = shares(kind, title, [Share(name, _value(part), _value(total)) for name, part in rows])
    return Part(kind, _SAYS[kind], drawn, Table(title, columns, tuple(cells)))


def _value(number: int | None) -> Value:
    return "protected" if number is None else number


def _share(part: int | None, whole: int | None) -> Fraction | None:
    """A share; None where either is hidden, or there is nothing to share."""
    return Fraction(part, whole) if part is not None and whole else None
