"""A clinic's statement in a settlement, made of what is stored: its lines, what is not paid and why, and the rates."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import cast

from statsbidrag.cycle.clinics import Form
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.exchange.letters.letterhead import Letterhead
from statsbidrag.exchange.letters.statement import ClinicStatement, StatementLine, UnpaidVisit, rates_of
from statsbidrag.exchange.settlement.lists import about
from statsbidrag.exchange.settlement.settling import Settlement
from statsbidrag.region import letterhead
from statsbidrag.region.models import Clinic, GrantedSupport, RegionCase, SettledLine, SettlementRun
from statsbidrag.terms.dates import MONTHS, day_of_arrival

PLACES = {"ordinary": "ordinarie", "extra": "utökat"}
_OF_A_LINE = ("visits", "payable", "extended", "kronor", "ordinary", "charged", "to_be_coded", "by_assumption")
_MOST_UNPAID = 400
# As much of a keyed pseudonym as tells a clinic's few unpaid visits apart, and no more.
SHORT = 6


def by_clinic(lines: Iterable[SettledLine]) -> Iterator[tuple[Clinic, list[SettledLine]]]:
    """Gives the lines of each clinic of a settlement."""
    for clinic, own in groupby(lines, lambda line: line.clinic):
        yield clinic, list(own)


def statements_of(run: SettlementRun, lines: Iterable[SettledLine], scheme: Scheme) -> list[ClinicStatement]:
    """Gives every clinic's statement as figures, for what is handed over to those who pay."""
    documents = {each.clinic_id: each.document for each in run.statements.select_related("document__case")}
    found = []
    for clinic, own in by_clinic(lines):
        document = documents.get(clinic.pk)
        case = document.case if document else RegionCase(region=run.region, year=run.year, number="")
        number, dated = (document.number, document.at) if document else (0, run.at)
        head = letterhead.head(case, day_of_arrival(dated), clinic=clinic, number=number)
        found.append(statement(run, own, scheme, head=head))
    return found


def statement(
    run: SettlementRun,
    lines: Sequence[SettledLine],
    scheme: Scheme,
    *,
    head: Letterhead,
    unpaid: Sequence[UnpaidVisit] = (),
) -> ClinicStatement:
    """Gives the statement of the clinic that the lines are of."""
    clinic = lines[0].clinic
    return ClinicStatement(
        head=head,
        number=number_of(run, clinic.number),
        form=cast(Form, clinic.form) if clinic.form else None,
        cost_centre=clinic.cost_centre,
        lines=tuple(map(_as_stated, lines)),
        unpaid=tuple(unpaid),
        rates=rates_of(scheme, fixed_support=_is_supported(clinic, lines)),
        assumptions=tuple(says for what, says in about(scheme) if what.startswith("Antagande")),
    )


def number_of(run: SettlementRun, clinic: int) -> str:
    """Gives the number of a clinic's statement: year, settlement and clinic."""
    return f"{run.year}-{run.number}-{clinic}"


def unpaid_visits(settlement: Settlement, months: Mapping[str, Iterable[int]]) -> Mapping[str, list[UnpaidVisit]]:
    """Gives the visits that are not paid in the months that are settled, by clinic, each with why."""
    lines = settlement.lines
    names = ("clinic", "date", "place", "child", "reason")
    asked = lines.filter((lines.kronor == 0) & lines.clinic.isin(list(months))).select(*names)
    found: dict[str, list[UnpaidVisit]] = defaultdict(list)
    wanted = {clinic: set(own) for clinic, own in months.items()}
    for batch in settlement.engine.batches(asked.order_by("clinic", "date", "child"), "Hämtar det som inte ersätts"):
        for clinic, day, place, child, why in batch:
            if day.month in wanted[clinic] and len(found[clinic]) < _MOST_UNPAID:
                found[clinic].append(UnpaidVisit(day, PLACES[place], child[:SHORT], why))
    return found


def period_of(lines: Iterable[SettledLine]) -> str:
    """Says which months lines are about: ”september–oktober”."""
    months = sorted({line.month for line in lines})
    first, last = MONTHS[months[0] - 1], MONTHS[months[-1] - 1]
    return first if first == last else f"{first}–{last}"


def _as_stated(line: SettledLine) -> StatementLine:
    figures = {name: getattr(line, name) for name in _OF_A_LINE}
    return StatementLine(year=line.run.year, month=line.month, correction=line.correction, **figures)


def _is_supported(clinic: Clinic, lines: Sequence[SettledLine]) -> bool:
    """Whether the clinic has fixed support on the first day of the last month, which tells the rates to show."""
    year = lines[0].run.year
    day = date(year, max(line.month for line in lines), 1)
    found = GrantedSupport.objects.filter(clinic=clinic, year=year, replaced=False, first_day__lte=day)
    return any(each.last_day is None or each.last_day >= day for each in found)
