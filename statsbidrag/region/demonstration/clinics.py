"""What Varberga does in the demonstration: it applies, is granted fixed support, and reports; and what owners report.

Every value and text is made up, and the demonstration says so on every page.
"""

from datetime import date, datetime, timedelta

from statsbidrag.cycle.scheme import Scheme
from statsbidrag.portal.access import Visitor, region_of
from statsbidrag.portal.demonstration.cast import as_character
from statsbidrag.portal.demonstration.people import VARBERGA
from statsbidrag.region.actions import clinics, line_reports, paying, support
from statsbidrag.region.actions.support_decisions import Decided, decide_support, note_meeting
from statsbidrag.region.models import Clinic, RegionYear
from statsbidrag.region.queries.line_reports import Reporter, reporters
from statsbidrag.region.queries.plan import plan_of
from statsbidrag.region.queries.support import support_of
from statsbidrag.region.queries.years import scheme_named

_OREBRO = region_of(VARBERGA)
_INDEX = "2,31"
_EARLY = timedelta(days=11)
_PLANNERS = {_OREBRO: "planner_orebro", "region-01": "region_planner"}
_PLAN: dict[str, str | list[str]] = {
    "room_in_time": "Ja, två halvdagar i veckan är avsatta. (påhittat)",
    "social_services": "Ja, en familjestödjare har tid en dag i veckan. (påhittat)",
    "visits_planned": "120",
    "scope": "full",
    "families": "Förstagångsföräldrar och familjer som är nya i Sverige. (påhittat)",
    "travel": "Två cyklar, och en bil ur poolen. (påhittat)",
}
_REASON = (
    "Ert nationella barn-CNI är över 2. Planen visar att både barnhälsovården och socialtjänsten har tid. (påhittat)"
)
_TEXTS = {
    "form": "Hembesök i par: sjuksköterska och familjestödjare. (påhittat)",
    "extent": "84 besök hos 31 familjer. (påhittat)",
    "ahead": "Besöken vid 12 och 15 månader läggs till nästa år. (påhittat)",
    "contents": "Lön till projektledare, material och utbildning. (påhittat)",
}


def do(year: int, moment: datetime) -> None:
    """Lets Varberga apply and be granted support; when the year is over, those who got money report."""
    for begun in RegionYear.objects.filter(year=year, region__in=_PLANNERS):
        if begun.region == _OREBRO:
            _apply(begun, moment)
        if moment.year > year:
            _pay_support(begun, moment)
            _report(begun, moment)


def _apply(begun: RegionYear, moment: datetime) -> None:
    """The index, the application and the decision, where nobody has begun on them."""
    scheme, head, planner = scheme_named(begun.scheme), as_character("clinic_head"), as_character("planner_orebro")
    clinic = Clinic.objects.filter(region=begun.region, number=int(VARBERGA.rpartition("-")[2])).first()
    if clinic is None or scheme.fixed_support is None or moment.year > begun.year:
        return
    if not clinic.index_values.exists():
        asked = scheme.fixed_support.eligible
        clinics.add_index(planner, clinic, clinics.Index(asked.index, asked.base, begun.year, _INDEX), moment)
        clinics.add_facts(planner, clinic, begun.year, {"listed": "1240", "nurses": "3"}, now=moment)
    standing = support_of(scheme, clinic)
    if standing.state != "none" or standing.form is None:
        return
    starts = _first_of_next_month(moment.date())
    support.begin_application(head, scheme, clinic, moment)
    answers = {**_PLAN, "start": starts.isoformat()}
    version = support.save_answers(head, scheme, clinic, answers, version=1, now=moment)
    support.send_application(head, scheme, clinic, moment, version=version)
    _grant(planner, scheme, clinic, starts, moment=moment)


def _grant(planner: Visitor, scheme: Scheme, clinic: Clinic, starts: date, *, moment: datetime) -> None:
    days = {"first_day": starts, "last_day": date(scheme.year, 12, 31)}
    decided = Decided(granted=True, reason=_REASON, first_day=days["first_day"], last_day=days["last_day"])
    decide_support(planner, scheme, clinic, decided, now=moment)
    meeting = starts + timedelta(days=20)
    note_meeting(planner, clinic, meeting, "Första avstämningen. (påhittat)", now=moment)


def _pay_support(begun: RegionYear, moment: datetime) -> None:
    """The fixed support that the plan has given is paid, before the year ends."""
    if begun.adopted is None:
        return
    plan, planner = plan_of(begun), as_character(_PLANNERS[begun.region])
    day = date(begun.year, 12, 15)
    for line in plan.distribution.lines:
        if line.kind in ("fixed_support", "effort") and (unpaid := plan.unpaid(line.id)):
            number = f"Utbetalningsorder {begun.year}-2 (påhittad)"
            paying.pay_out(planner, begun, line.id, kronor=unpaid, day=day, reference=number, now=moment)


def _report(begun: RegionYear, moment: datetime) -> None:
    """Varberga reports by its head, and what owners of efforts have sent is entered; the other clinics have not."""
    planner, head = as_character(_PLANNERS[begun.region]), as_character("clinic_head")
    for each in reporters(begun):
        sender = planner if each.clinic is None else head if _is_varberga(each) else None
        day = _in_good_time(each, moment)
        if sender and day <= moment and not each.sent and each.draft is None:
            told = line_reports.Reported(each.received * 9 // 10 if each.clinic else each.received, _TEXTS)
            line_reports.send_report(sender, begun, each, told, version=0, now=day)


def _is_varberga(each: Reporter) -> bool:
    return each.clinic is not None and f"{each.clinic.region}-clinic-{each.clinic.number}" == VARBERGA


def _in_good_time(each: Reporter, moment: datetime) -> datetime:
    """A day before the last one, at the hour of a moment."""
    return datetime.combine(each.asked.last_day.value, moment.timetz()) - _EARLY


def _first_of_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
