"""What the planners of the demonstration do at their desks: what came in, the plan, the board's decision, the transfer.

Every sum that no source tells is made up, and the demonstration says so on every page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.demonstration.cast import as_character
from statsbidrag.portal.queries.report_draft import paid_to
from statsbidrag.region.actions.adopting import adopt
from statsbidrag.region.actions.paying import pay_out
from statsbidrag.region.actions.planning import plan_sums
from statsbidrag.region.actions.receiving import receive
from statsbidrag.region.actions.years import begin
from statsbidrag.region.models import RegionYear
from statsbidrag.region.queries.plan import FIXED_SUPPORT, VISIT_PAY, RegionPlan, plan_of
from statsbidrag.region.queries.years import scheme_of


@dataclass(frozen=True, slots=True)
class _Desk:
    """A region that one can step in as: its planner, the parts of a hundred that its plan gives, and the decision."""

    planner: str
    hundredths: Mapping[str, int]
    number: str


_DESKS: Mapping[str, _Desk] = {
    "region-01": _Desk(
        "region_planner",
        {"bhv_projects": 36, "new_projects": 18, "ces_method": 9, "suppliers": 24},
        "§ 41 (påhittat)",
    ),
    "region-18": _Desk("planner_orebro", {FIXED_SUPPORT: 10, VISIT_PAY: 35}, "§ 77 (påhittat)"),
}
_THOUSAND = 1_000


def begin_years(year: int, moment: datetime) -> None:
    """Begins the year at every desk, and takes in what the agency has paid; a year in someone's hands is left there."""
    for region, desk in _DESKS.items():
        if (
            scheme_of(region, year) is None
            or RegionYear.objects.filter(region=region, year=year, begun__lt=moment).exists()
        ):
            continue
        planner = as_character(desk.planner)
        begun = begin(planner, region, year, moment)
        number, paid, _ = paid_to(year, region)
        if paid and not plan_of(begun).book.received:
            receive(planner, region, year, kronor=paid, day=moment.date(), reference=number, now=moment)


def plan_and_decide(year: int, moment: datetime) -> None:
    """Plans where nobody has begun to, enters the board's decision, and makes the transfers."""
    for region, desk in _DESKS.items():
        begun = RegionYear.objects.filter(region=region, year=year, adopted=None).first()
        if begun and _is_untouched(plan_of(begun)):
            planner = as_character(desk.planner)
            _plan(planner, begun, desk, moment)
            adopt(planner, begun, day=moment.date(), number=desk.number, now=moment)
            _transfer(planner, begun, moment)


def _is_untouched(plan: RegionPlan) -> bool:
    """Whether there is money to plan, and nobody has begun to."""
    return bool(plan.book.received) and not plan.sums and not plan.projects


def _plan(planner: Visitor, begun: RegionYear, desk: _Desk, moment: datetime) -> None:
    plan = plan_of(begun)
    received, unknown = plan.book.received, {line.id for line in plan.unknown}
    kinds = {line.kind for line in plan.unknown}
    sums = {
        line: received * hundredths // 100 // _THOUSAND * _THOUSAND
        for line, hundredths in desk.hundredths.items()
        if line in unknown or line in kinds
    }
    plan_sums(planner, begun, sums, moment)


def _transfer(planner: Visitor, begun: RegionYear, moment: datetime) -> None:
    begun.refresh_from_db()
    for line in plan_of(begun).distribution.lines:
        if line.kind == "transfer" and line.kronor:
            pay_out(
                planner,
                begun,
                line.id,
                kronor=line.kronor,
                day=moment.date(),
                reference=f"Utbetalningsorder {begun.year}-1 (påhittad)",
                now=moment,
            )
