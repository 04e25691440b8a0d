"""A settlement as lists: each clinic's months, and what the reader must know of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

from statsbidrag.cycle.clinics import Clinic
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.cycle.step_6_visit_pay import SettledMonth
from statsbidrag.exchange.tables import Cell, Column, Table
from statsbidrag.terms.dates import MONTHS, day_in_words
from statsbidrag.terms.sources import Stated

FIGURES = (
    Column("visits", "Besök", "number"),
    Column("payable", "Ersätts", "number"),
    Column("extended", "Utökade", "number"),
    Column("kronor_paid", "Utbetalas (kr)", "kronor"),
    Column("ordinary_pay", "Varav ordinarie (kr)", "kronor"),
    Column("kronor_charged", "Belastar bidraget (kr)", "kronor"),
    Column("to_be_coded", "Att koda", "number"),
    Column("by_assumption", "Enligt antagande", "number"),
    Column("duplicates", "Dubbletter", "number"),
    Column("claimed_twice", "Hos flera enheter", "number"),
    Column("together", "Syskon", "number"),
)
_NAMES = tuple(field.name for field in fields(SettledMonth) if field.name not in ("clinic", "month"))


def by_month(scheme: Scheme, months: Sequence[SettledMonth], clinics: Mapping[str, Clinic]) -> Table:
    """The list itself: a line for each clinic and month, with how it is handed over to whoever runs the clinic."""
    columns = (Column("clinic", "Enhet"), Column("month", "Månad"), *FIGURES, Column("hand_over", "Överlämnas som"))
    hand_overs = {name: clinic.hand_over for name, clinic in clinics.items()}
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (each.clinic, f"{scheme.year}-{each.month:02}", *_figures(each), hand_overs.get(each.clinic)) for each in months
    )
    return Table(f"Avräkning {scheme.title}", columns, rows, tuple(about(scheme)))


def summed_up(scheme: Scheme, months: Sequence[SettledMonth], *, by_clinic: bool) -> Table:
    """A line for each clinic, or for each month where clinics are many, and one for all of them."""
    groups: dict[str, list[SettledMonth]] = {}
    for each in sorted(months, key=lambda each: each.clinic if by_clinic else each.month):
        groups.setdefault(each.clinic if by_clinic else MONTHS[each.month - 1], []).append(each)
    groups["Summa"] = list(months)
    rows: tuple[tuple[Cell, ...], ...] = tuple((key, *_sums(own)) for key, own in groups.items())
    of = Column("clinic", "Enhet") if by_clinic else Column("month", "Månad")
    return Table(f"Avräkning {scheme.title}", (of, *FIGURES), rows)


def about(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """What the reader must know: what each sum means, and every assumption that it rests on."""
    yield "Utökade", "besök utöver det ordinarie programmet, av sjuksköterska och socialtjänst (2 § förordningen)"
    yield "Belastar bidraget", "det som ett utökat besök ersätts med utöver ordinarie ersättning"
    yield "Hos flera enheter", "samma barn har besök samma dag på en annan enhet; ersätts när bara en av dem har det"
    if scheme.once_per.assumption:
        yield "Antagande, syskon", scheme.once_per.assumption
    pay = scheme.visit_pay
    if pay is None:
        yield "Ersättning", "ordningen betalar inte per besök"
        return
    for rate in pay.rates:
        yield from _assumption(f"Antagande, {rate.id}", rate.ordinary)
        yield from _assumption(f"Antagande, {rate.id}", rate.kronor)
    if pay.earlier.assumption:
        yield f"Antagande, besök före den {day_in_words(pay.valid_from.value)}", pay.earlier.assumption


def _assumption(name: str, stated: Stated[int]) -> Iterator[tuple[str, str]]:
    if stated.assumption:
        yield name, stated.assumption


def _figures(month: SettledMonth) -> tuple[int, ...]:
    return tuple(getattr(month, name) for name in _NAMES)


def _sums(months: Sequence[SettledMonth]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*map(_figures, months), strict=True)) or (0,) * len(FIGURES)
