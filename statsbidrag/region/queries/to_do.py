"""What the region has to do now with the year's money, the most urgent first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from statsbidrag.portal import rules
from statsbidrag.region.models import SupportApplication
from statsbidrag.region.queries.plan import FIXED_SUPPORT, VISIT_PAY, RegionPlan
from statsbidrag.terms.kronor import in_words

_LONG = date.max


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do.

    page    the name of the page where it is done; ``query`` is what it is asked with
    by      the last day for it, where there is one
    right   who does it: those with that right
    """

    what: str
    page: str
    by: date | None = None
    note: str = ""
    query: str = ""
    right: str = "plan region"


def to_do(plan: RegionPlan) -> list[ToDo]:
    """Gives what there is to do, by its last day; what has none comes first, in the order of the work."""
    first = [*_before_the_decision(plan)] if not plan.adopted else [*_after_the_decision(plan)]
    waiting = SupportApplication.objects.filter(
        clinic__region=plan.begun.region, year=plan.begun.year, sent__isnull=False, withdrawn=None, decision=None
    ).count()
    if waiting:
        what = "en ansökan" if waiting == 1 else f"{waiting} ansökningar"
        first.append(ToDo(f"Besluta om {what} om fast ersättning", "applications"))
    return [*first, *sorted(_by_day(plan), key=lambda each: each.by or _LONG)]


def _before_the_decision(plan: RegionPlan) -> Iterator[ToDo]:
    if not plan.book.received:
        yield ToDo("För in vad myndigheten har betalat ut", "region_received")
        return
    if plan.unknown:
        names = ", ".join(line.name for line in plan.unknown[:3])
        more = " med flera" if len(plan.unknown) > 3 else ""
        yield ToDo("Ge planens delar belopp", "region_plan", note=f"Okänt belopp: {names}{more}.")
    if plan.scheme.board_paper:
        yield ToDo(f"Skriv {plan.scheme.board_paper.kind.value.lower()}t till nämnden", "board_paper")
    yield ToDo("För in nämndens beslut om planen", "adopt_plan", note="Då bokförs planen, och pengarna kan betalas ut.")


def _after_the_decision(plan: RegionPlan) -> Iterator[ToDo]:
    balances = plan.book.balances
    for line in plan.distribution.lines:
        unpaid = balances.get(("planned", line.id), 0)
        if line.kind == "transfer" and unpaid:
            yield ToDo(f"Överför {in_words(unpaid)} till {line.name}", "region_payments", query=f"?rad={line.id}")
    supported = [line for line in plan.distribution.lines if line.kind == FIXED_SUPPORT]
    if unplanned := [line.name for line in supported if not line.kronor]:
        what = f"Planera fast ersättning till {', '.join(unplanned)}"
        yield ToDo(
            what, "revise_plan", note="Beviljad efter nämndens beslut om planen, som inte har något belopp för den."
        )
    unpaid = sum(balances.get(("planned", line.id), 0) for line in supported)
    if unpaid:
        yield ToDo(f"Betala ut {in_words(unpaid)} i fast ersättning", "region_payments")
    if any(line.kind == VISIT_PAY for line in plan.distribution.lines):
        yield ToDo("Räkna av besöken för de månader som har varit", "settlements")
    if plan.left and plan.scheme.mandate and plan.scheme.mandate.assign_rest.value:
        what = f"Tilldela det som inte är fördelat: {in_words(plan.left)}"
        yield ToDo(what, "region_moves", right="decide in region")


def _by_day(plan: RegionPlan) -> Iterator[ToDo]:
    if not plan.adopted:
        return
    for report in plan.scheme.reports:
        what = f"Se till att {report.who.value} redovisar"
        yield ToDo(what, "line_reports", report.last_day.value, note=f"Till {report.receiver.value}.")
    if plan.begun.year in rules.years():
        last = rules.round_rules(plan.begun.year).report.last_day.value
        yield ToDo("Lämna regionens siffror till återrapporten", "releases", last)
