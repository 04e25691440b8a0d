"""A clinic's statement in a settlement, made of what is stored: its lines, what is not paid and why, and the rates."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from statsbidrag.cycle.scheme import Scheme
from statsbidrag.exchange.letters.letterhead import Letterhead
from statsbidrag.exchange.letters.statement import ClinicStatement, StatementLine, UnpaidVisit, rates_of
from statsbidrag.exchange.settlement.lists import about
from statsbidrag.exchange.settlement.settling import Settlement
from statsbidrag.region.models import SettledLine, SettlementRun
from statsbidrag.terms.dates import MONTHS

PLACES = {"ordinary": "ordinarie", "extra": "utökat"}
_OF_A_LINE = ("visits", "payable", "extended", "kronor", "ordinary", "charged", "to_be_coded", "by_assumption")
_MOST_UNPAID = 400
# As much of a keyed pseudonym as tells a clinic's few unpaid visits apart, and no more.
SHORT = 6


def statement(
    run: SettlementRun,
    lines: Sequence[SettledLine],
    scheme: Scheme,
    *,
    head: Letterhead,
    unpaid: Sequence[UnpaidVisit] = (),
    fixed_support: bool = False,
) -> ClinicStatement:
    """Gives the statement of the clinic that the lines are of."""
    clinic = lines[0].clinic
    form = {"own": "own", "private": "private"}.get(clinic.form)
    return ClinicStatement(
        head=head,
        number=number_of(run, clinic.number),
        form=form,  # type: ignore[arg-type]  # one of the two, or unknown
        lines=tuple(
            StatementLine(
                year=run.year,
                month=line.month,
                correction=line.correction,
                **{name: getattr(line, name) for name in _OF_A_LINE},
            )
            for line in lines
        ),
        unpaid=tuple(unpaid),
        rates=rates_of(scheme, fixed_support=fixed_support),
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
