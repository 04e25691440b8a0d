"""The region's plan before the board has decided it: sums for its lines, and efforts of the region's own."""

from collections.abc import Mapping
from datetime import date, datetime

from statsbidrag.cycle import distribute
from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.region.models import PlannedSum, Project, RegionYear
from statsbidrag.region.queries.plan import FIXED_SUPPORT, VISIT_PAY, RegionPlan, as_plan, plan_of
from statsbidrag.region.queries.years import known_clinics
from statsbidrag.region.writing import writing
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words

_WHERE = "planen"


def plan_sums(
    visitor: Visitor | None,
    begun: RegionYear,
    sums: Mapping[str, int | None],
    now: datetime,
    *,
    started_from: Mapping[str, int | None] | None = None,
) -> None:
    """Gives sums to lines of the plan; None makes a sum unknown again, and what is not named stays as it is.

    ``started_from`` is what the planner saw, so that what a colleague has changed meanwhile is not overwritten.
    Raises Fault where the board has decided already, a line is not there, or more is distributed than was received.
    """
    planner = access.require(visitor, "plan region", begun.region)
    with writing():
        row = undecided(begun)
        plan = plan_of(row)
        known = {effort.id for effort in plan.scheme.efforts} | {FIXED_SUPPORT, VISIT_PAY}
        seen = plan.sums if started_from is None else started_from
        changed = {line: kronor for line, kronor in sums.items() if kronor not in (seen.get(line), plan.sums.get(line))}
        _refuse_overwriting(plan, changed, seen)
        if not changed.keys() <= known or any((kronor or 0) < 0 for kronor in changed.values()):
            raise Fault(_WHERE, "Raden finns inte, eller så är beloppet mindre än 0.", "Läs in sidan igen.")
        if any(changed.values()):
            clinics = known_clinics(row.region, row.year).values()
            distribute(plan.scheme, plan.book.received, clinics, as_plan(plan.scheme, {**plan.sums, **changed}))
        PlannedSum.objects.bulk_create(
            PlannedSum(region=row.region, year=row.year, line=line, kronor=kronor, at=now, by=planner.name)
            for line, kronor in changed.items()
        )


def add_project(
    visitor: Visitor | None, begun: RegionYear, *, name: str, owner: str, ends: date | None, now: datetime
) -> Project:
    """Adds an effort of the region's own: what it is, who answers for it, and until when it runs.

    Raises Fault where the scheme lets money go only to what ends, and no last day is given (sth-13).
    """
    planner = access.require(visitor, "plan region", begun.region)
    with writing():
        plan = plan_of(begun)
        limited = plan.scheme.time_limited
        if limited and limited.value and ends is None:
            raise Fault(_WHERE, "Bidraget får bara gå till satsningar som är tidsbegränsade.", "Ange sista dagen.")
        if any(line.name.casefold() == name.strip().casefold() for line in plan.distribution.lines):
            raise Fault(_WHERE, "Det finns redan en satsning med det namnet.", "Ge den ett annat namn.")
        taken = Project.objects.filter(region=begun.region, year=begun.year).order_by("-id").first()
        number = int(taken.slug.rpartition("-")[2]) + 1 if taken else 1
        return Project.objects.create(
            region=begun.region,
            year=begun.year,
            slug=f"own-{number}",
            name=name.strip(),
            owner=owner.strip(),
            since=begun.year,
            ends=ends,
            added=now,
            added_by=planner.name,
        )


def remove_project(visitor: Visitor | None, begun: RegionYear, project: int) -> None:
    """Takes away an effort of the region's own, as long as the board has not decided the plan."""
    access.require(visitor, "plan region", begun.region)
    with writing():
        row = undecided(begun)
        found = Project.objects.filter(pk=project, region=row.region, year=row.year).first()
        if found is None:
            raise Fault(_WHERE, "Satsningen finns inte längre.", "Läs in sidan igen.")
        PlannedSum.objects.filter(region=row.region, year=row.year, line=found.slug).delete()
        found.delete()


def undecided(begun: RegionYear) -> RegionYear:
    """Gives the year as it is within the deed; raises Fault where the board has decided its plan."""
    row = RegionYear.objects.get(pk=begun.pk)
    if row.adopted:
        why = "Nämnden har beslutat planen, och den ändras inte längre här."
        raise Fault(_WHERE, why, "Flytta pengar med ett delegationsbeslut, eller för in ett nytt beslut av nämnden.")
    return row


def _refuse_overwriting(plan: RegionPlan, changed: Mapping[str, int | None], seen: Mapping[str, int | None]) -> None:
    for line in changed:
        now_known = plan.sums.get(line)
        if now_known != seen.get(line):
            told = "okänt" if now_known is None else in_words(now_known)
            why = f"En kollega har nyss ändrat {plan.name_of(line)} till {told}."
            raise Fault(_WHERE, why, "Läs in sidan igen, och ändra sedan om det behövs.")
