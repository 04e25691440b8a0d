"""Settles a region's visits: each clinic's months, and what has changed in months that were settled before.

What has been settled is never altered. A visit that came late, was coded late or was mended makes a new line for its
month, with the difference (adm-28).
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime

from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.region.models import Clinic, SettledLine, SettlementRun
from statsbidrag.region.queries.retention import forgotten_through
from statsbidrag.region.queries.settlements import FIGURES, Figures, Month, figures_of, settled_so_far
from statsbidrag.region.queries.settling import settled_months
from statsbidrag.region.queries.visit_files import is_storing
from statsbidrag.region.queries.years import scheme_of
from statsbidrag.region.writing import writing
from statsbidrag.terms.dates import MONTHS
from statsbidrag.terms.faults import Fault

_WHERE = "avräkningen"
_NOTHING: Figures = (0,) * len(FIGURES)


def settle(visitor: Visitor | None, region: str, year: int, *, month: int, now: datetime) -> SettlementRun:
    """Settles the year through a month: a line for each clinic's month, with what it adds to what was settled before.

    Raises Fault where the scheme pays no visits, the month is not over, or nothing has come since the last settlement.
    """
    planner = access.require(visitor, "plan region", region)
    scheme = scheme_of(region, year)
    if scheme is None or scheme.visit_pay is None:
        raise Fault(_WHERE, "Ordningen betalar inte per besök.", "Inget behöver räknas av.")
    through = date(year, month, monthrange(year, month)[1])
    if through >= now.date():
        why = f"{MONTHS[month - 1].capitalize()} {year} är inte slut."
        raise Fault(_WHERE, why, "Välj en månad som har varit.")
    refuse_partial(region, year, _WHERE)
    months = settled_months(scheme, through)
    with writing():
        _refuse_unfinished(region, year)
        clinics = {row.name: row.pk for row in Clinic.objects.filter(region=region)}
        now_settled = {(clinics[month.clinic], month.month): figures_of(month) for month in months}
        lines = list(_changed(now_settled, region, year, month))
        if not lines:
            raise Fault(_WHERE, "Inget har ändrats sedan förra avräkningen.", "Vänta tills det finns nya besök.")
        number = SettlementRun.objects.filter(region=region, year=year).count() + 1
        run = SettlementRun.objects.create(
            region=region, year=year, number=number, through=through, at=now, by=planner.name
        )
        for line in lines:
            line.run = run
        SettledLine.objects.bulk_create(lines)
        return run


def refuse_partial(region: str, year: int, where: str) -> None:
    """Refuses to sum up visits while a file is being stored, or once their pseudonyms are dropped. Raises Fault.

    Without pseudonyms the records of different children would be taken for the same child's.
    """
    if is_storing(region, year):
        raise Fault(where, "En fil med besök sparas just nu.", "Försök igen när den är sparad.")
    forgotten = forgotten_through(region)
    if forgotten and forgotten.year >= year:
        why = f"Pseudonymerna för {year} är gallrade. Det som är avräknat och släppt står kvar som det är."
        raise Fault(where, why, "Rätta beloppen utanför tjänsten om det behövs.")


def withdraw(visitor: Visitor | None, run: SettlementRun) -> None:
    """Takes back a settlement that has not been handed over, so that it can be made anew."""
    access.require(visitor, "plan region", run.region)
    with writing():
        if not SettlementRun.objects.filter(pk=run.pk, handed_over=None).exists():
            raise Fault(_WHERE, "Avräkningen är redan överlämnad.", "Gör en ny, som rättar den.")
        SettledLine.objects.filter(run=run).delete()
        SettlementRun.objects.filter(pk=run.pk).delete()


def _changed(now_settled: dict[Month, Figures], region: str, year: int, last: int) -> Iterator[SettledLine]:
    """What each month adds to what was settled before; a month after the last one is left alone."""
    before = settled_so_far(region, year)
    for clinic, month in sorted(now_settled.keys() | before.keys()):
        if month > last:
            continue
        was, is_now = before.get((clinic, month)), now_settled.get((clinic, month), _NOTHING)
        difference = tuple(new - old for new, old in zip(is_now, was or _NOTHING, strict=True))
        if any(difference):
            figures = dict(zip(FIGURES, difference, strict=True))
            yield SettledLine(clinic_id=clinic, month=month, correction=was is not None, **figures)


def _refuse_unfinished(region: str, year: int) -> None:
    unfinished = SettlementRun.objects.filter(region=region, year=year, handed_over=None).first()
    if unfinished:
        why = f"Avräkning {unfinished.number} är inte överlämnad."
        raise Fault(_WHERE, why, "Överlämna den eller ta tillbaka den först.")
