"""Folder 6-distribution: each region's own book, and the visits and the settlement of those that pay per visit."""

from collections.abc import Iterator

from statsbidrag.cycle import LINE_KINDS
from statsbidrag.cycle.visits import BETWEEN_CODES, Visit
from statsbidrag.exchange.settlement.lists import by_month
from statsbidrag.exchange.tables import Cell, Column, Table, as_csv
from statsbidrag.play.distributing import Distributed
from statsbidrag.play.papers.desk import Desk, Paper
from statsbidrag.terms.kronor import in_words

_BOOK = (
    Column("kind", "Slag", words=dict(LINE_KINDS.items())),
    Column("name", "Till"),
    Column("kronor", "Belopp (kr)", "kronor"),
    Column("why", "Varför"),
)
_VISITS = tuple(
    Column(name, name, "number" if name == "child_months" else "date" if name == "date" else "text")
    for name in (
        "clinic",
        "date",
        "child",
        "child_months",
        "place",
        "professions",
        "kva_codes",
        "family",
        "municipality",
    )
)


def papers(desk: Desk) -> Iterator[Paper]:
    """Gives a folder for each scheme: the book and, where it pays per visit, the visits and their settlement."""
    for region in desk.distributed:
        until = desk.stage.round.decision.use_to.value
        yield from desk.list_papers(f"{region.name}/distribution", _book(region), until)
        if region.visits:
            rows = tuple(_visit(visit) for visit in region.visits)
            yield f"{region.name}/visits.csv", as_csv(Table("Besök", _VISITS, rows))
            settlement = by_month(region.judge.scheme, region.months, region.judge.clinics)
            yield from desk.list_papers(f"{region.name}/settlement", settlement, until)


def _book(region: Distributed) -> Table:
    """The book; a sum that nobody has told is empty, never 0."""
    book = region.distribution
    rows = tuple((line.kind, line.name, line.kronor, line.because.says) for line in book.lines)
    left = "okänt, eftersom någon del är okänd" if book.left is None else in_words(book.left)
    about = (("Mottaget", in_words(book.received)), ("Kvar", left))
    return Table(f"Vidarefördelning {book.scheme.title}", _BOOK, rows, about)


def _visit(visit: Visit) -> tuple[Cell, ...]:
    """A visit as a row of a visit file."""
    return (
        visit.clinic,
        visit.date,
        visit.child,
        visit.child_months,
        visit.place,
        BETWEEN_CODES.join(sorted(visit.professions)),
        BETWEEN_CODES.join(sorted(visit.kva_codes)),
        visit.family,
        visit.municipality,
    )
