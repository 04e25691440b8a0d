"""What a settlement comes to, handed over: booking orders to the region's own clinics, a basis to private owners.

Both begin with the clinics' statements, so that nothing is handed over that no clinic has been told of (adm-15).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from statsbidrag.cycle.hand_over import HandOver
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.exchange.finance import FinanceFile, Mark, Row, Voucher, write_sie
from statsbidrag.exchange.letters.statement import ClinicStatement, StatementLine
from statsbidrag.exchange.settlement.lists import FIGURES
from statsbidrag.exchange.tables import Cell, Column, Table
from statsbidrag.terms.because import Because
from statsbidrag.terms.bookkeeping import Code
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.parties import Recipient

# What a statement says of each month: the figures of the settlement, but not the records that were not counted.
_FIGURES = FIGURES[:8]
_NAMES = ("visits", "payable", "extended", "kronor", "ordinary", "charged", "to_be_coded", "by_assumption")
_MONTH = (
    Column("month", "Månad"),
    Column("correction", "Slag", words={"no": "månaden", "yes": "rättelse"}),
    *_FIGURES,
)
_UNPAID = (
    Column("date", "Dag", "date"),
    Column("place", "Plats i programmet"),
    Column("reference", "Ert nr"),
    Column("why", "Varför"),
)
_BOOKED = (
    Column("voucher", "Verifikation"),
    Column("date", "Dag", "date"),
    Column("text", "Text"),
    Column("account", "Konto"),
    Column("account_name", "Kontots namn"),
    Column("cost_centre", "Kostnadsställe"),
    Column("project", "Projekt"),
    Column("diary_number", "Diarienummer"),
    Column("debit", "Debet (kr)", "kronor"),
    Column("credit", "Kredit (kr)", "kronor"),
)
_BASIS = (
    Column("owner", "Ägarens organisationsnummer"),
    Column("clinic", "Enhet"),
    Column("statement", "Besked nr"),
    *_MONTH,
)


def statement_table(statement: ClinicStatement, place: Callable[[str], str]) -> Table:
    """Gives a clinic's statement as a list, a line for each month; ``place`` says where a cited statement stands."""
    rows = tuple(_month(line) for line in statement.lines)
    title = f"Ersättning för hembesök, {statement.clinic}, besked {statement.number}"
    return Table(title, _MONTH, rows, tuple(_about(statement, place)))


def unpaid_table(statement: ClinicStatement) -> Table:
    """Gives the visits that a clinic is not paid for, with why."""
    rows = tuple((each.date, each.place, each.reference, each.why) for each in statement.unpaid)
    title = f"Besök som inte ersätts, {statement.clinic}, besked {statement.number}"
    return Table(title, _UNPAID, rows)


def booking_orders(
    statements: Iterable[ClinicStatement], scheme: Scheme, day: date, *, first: int = 1
) -> tuple[Voucher, ...]:
    """Books what the region's own clinics are paid, one voucher for each statement, numbered from ``first``.

    What is charged to the grant is marked with its project; the rest the region pays itself. A statement that comes
    to nothing is left out. Raises Fault where the scheme has no accounts, or a clinic has no cost centre.
    """
    if scheme.hand_over is None:
        raise Fault(scheme.title, "Ordningen säger inte vilka konton som används.", "Lägg till [hand_over] i dess fil.")
    settings, own = scheme.hand_over.value, (each for each in statements if each.form == "own")
    booked = [statement for statement in own if statement.total.kronor or statement.total.charged]
    return tuple(
        Voucher(number, day, _text(statement), tuple(_rows(statement, settings)))
        for number, statement in enumerate(booked, first)
    )


def booking_order_file(
    vouchers: Sequence[Voucher], scheme: Scheme, region: Recipient, made: date, *, remark: str = ""
) -> bytes:
    """Gives booking orders as a SIE 4I file for the region's finance system; the same vouchers give the same bytes.

    ``remark`` is a line for whoever reads the file, such as that its data is made up.
    """
    series = scheme.hand_over.value.series if scheme.hand_over else ""
    return write_sie(FinanceFile(region.name, region.organisation_number, series, made, tuple(vouchers), remark))


def booking_order_table(vouchers: Iterable[Voucher], scheme: Scheme) -> Table:
    """Gives booking orders as a list, a line for each row of each voucher."""
    assumption = scheme.hand_over.assumption if scheme.hand_over else ""
    rows = tuple(_booked(voucher, row, scheme) for voucher in vouchers for row in voucher.rows)
    about = (("Antagande, konton", assumption),) if assumption else ()
    return Table(f"Bokföringsorder {scheme.title}", _BOOKED, rows, about)


def settlement_basis(statements: Iterable[ClinicStatement], scheme: Scheme) -> Table:
    """Gives what private owners are paid with their ordinary settlement in the care choice, by owner and clinic."""
    private = (each for each in statements if each.form == "private")
    rows: list[tuple[Cell, ...]] = [
        (statement.owner, statement.clinic, statement.number, *_month(line))
        for statement in private
        for line in statement.lines
    ]
    rows.sort(key=lambda row: (str(row[0]), str(row[1]), str(row[2])))
    return Table(f"Underlag till ordinarie avräkning {scheme.title}", _BASIS, tuple(rows))


def not_handed_over(statements: Iterable[ClinicStatement]) -> tuple[str, ...]:
    """Names the clinics whose money waits, since it is not known who runs them."""
    return tuple(each.clinic for each in statements if each.form is None)


def _text(statement: ClinicStatement) -> str:
    return f"Hembesök {statement.period}, {statement.clinic}, besked {statement.number}"


def _rows(statement: ClinicStatement, settings: HandOver) -> Iterator[Row]:
    """What the payer is debited, of the grant and of its own, and what the clinic is credited."""
    name, total = statement.clinic, statement.total
    if not statement.cost_centre:
        raise Fault(name, "Enheten saknar kostnadsställe.", "Ange det i registret över enheter.")
    diary_number = Mark(settings.diary_number, Code(statement.head.our_number, statement.head.our_number))
    payer = Mark(settings.cost_centre, settings.payer)
    if total.charged:
        yield Row(settings.charged, total.charged, (payer, Mark(settings.projects, settings.project), diary_number))
    if total.kronor != total.charged:
        yield Row(settings.own, total.kronor - total.charged, (payer, diary_number))
    if total.kronor:
        clinic = Mark(settings.cost_centre, Code(statement.cost_centre, name))
        yield Row(settings.income, -total.kronor, (clinic, diary_number))


def _booked(voucher: Voucher, row: Row, scheme: Scheme) -> tuple[Cell, ...]:
    assert scheme.hand_over, "there are no vouchers without accounts"
    settings, codes = scheme.hand_over.value, {mark.dimension.number: mark.code.code for mark in row.marks}
    marks = (settings.cost_centre, settings.projects, settings.diary_number)
    return (
        f"{settings.series} {voucher.number}",
        voucher.day,
        voucher.text,
        row.account.number,
        row.account.name,
        *(codes.get(dimension.number) for dimension in marks),
        max(row.kronor, 0) or None,
        -min(row.kronor, 0) or None,
    )


def _month(line: StatementLine) -> tuple[Cell, ...]:
    figures: tuple[int, ...] = tuple(getattr(line, name) for name in _NAMES)
    return f"{line.year}-{line.month:02}", "yes" if line.correction else "no", *figures


def _about(statement: ClinicStatement, place: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    yield "Besked nr", statement.number
    yield "Överlämnas som", statement.hand_over
    yield "Vårt dnr", statement.head.our_number
    yield "Summa att betala ut", in_words(statement.total.kronor)
    for rate in statement.rates:
        yield "Ersättning", f"{rate.says}: {in_words(rate.kronor)}. {_ground(rate.source, place)}"
        yield "Därav ordinarie", f"{in_words(rate.ordinary)}. {_ground(rate.ordinary_source, place)}"
    for assumption in statement.assumptions:
        yield "Antagande", assumption


def _ground(source: Because, place: Callable[[str], str]) -> str:
    return f"{source.says}. {place(source.cites) if source.cites else source.assumption}"
