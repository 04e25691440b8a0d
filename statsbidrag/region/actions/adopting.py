"""The board's decisions on the plan: the day it is adopted it is booked, and later decisions change single lines."""

from collections.abc import Iterator
from datetime import date, datetime

from statsbidrag.cycle.regional_book import RegionalCause, RegionalPosting
from statsbidrag.cycle.step_6_distribution import LINE_KINDS
from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.papers import text_paper
from statsbidrag.region.actions import book, diary
from statsbidrag.region.actions.planning import undecided
from statsbidrag.region.actions.receiving import refuse_later
from statsbidrag.region.models import BookPosting, RegionDocument, RegionYear
from statsbidrag.region.queries.plan import ADOPTED, RegionPlan, plan_of
from statsbidrag.region.writing import writing
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words

_WHERE = "nämndens beslut"


def adopt(visitor: Visitor | None, begun: RegionYear, *, day: date, number: str, now: datetime) -> RegionDocument:
    """Enters the board's decision on the plan: every line is booked as planned, and a document goes to the diary.

    Raises Fault where a sum is unknown, nothing has been received, or more is distributed than was received.
    """
    planner = access.require(visitor, "plan region", begun.region)
    refuse_later(day, now, _WHERE)
    with writing():
        row = undecided(begun)
        plan = plan_of(row)
        _refuse_unfinished(plan)
        says = f"Nämndens beslut {number}".rstrip()
        postings = [
            RegionalPosting("planned", line.id, line.kronor or 0, f"{ADOPTED}{place}", day, says)
            for place, line in enumerate(plan.distribution.lines, 1)
        ]
        book.post(row.region, row.year, postings, now, by=planner.name)
        RegionYear.objects.filter(pk=row.pk).update(adopted=day, adopted_by=planner.name)
        first = f"{says} den {day_in_words(day)} om fördelning av statsbidraget {row.year}."
        text = "\n".join([first, "", *_lines(plan)])
        return _entered(row, says, text, now, by=planner.name, name="namndens-beslut.txt")


def revise(
    visitor: Visitor | None,
    begun: RegionYear,
    line: str,
    *,
    kronor: int,
    day: date,
    number: str,
    now: datetime,
) -> RegionDocument:
    """Enters a later decision of the board that gives one line another sum than it has.

    Raises Fault where more is already paid than that, or not that much is left to distribute.
    """
    planner = access.require(visitor, "plan region", begun.region)
    refuse_later(day, now, _WHERE)
    with writing():
        plan = plan_of(RegionYear.objects.get(pk=begun.pk))
        if not plan.adopted:
            raise Fault(_WHERE, "Nämnden har inte beslutat planen än.", "För in det beslutet först.")
        change, name = _change(plan, line, kronor), plan.name_of(line)
        says = f"Nämndens beslut {number}: {name}, {in_words(kronor)}"
        serial = BookPosting.objects.filter(region=begun.region, year=begun.year).count() + 1
        cause: RegionalCause = "planned" if change > 0 else "unplanned"
        posting = RegionalPosting(cause, line, abs(change), f"nytt nämndbeslut {serial}", day, says)
        book.post(begun.region, begun.year, [posting], now, by=planner.name)
        text = f"{says}, i stället för {in_words(kronor - change)}. Beslutat den {day_in_words(day)}."
        return _entered(begun, says, text, now, by=planner.name, name=f"namndens-beslut-{serial}.txt")


def _change(plan: RegionPlan, line: str, kronor: int) -> int:
    """How much more or less the line gets; raises Fault where it cannot."""
    known = {each.id: each.kronor or 0 for each in plan.distribution.lines}
    if line not in known:
        raise Fault(_WHERE, "Raden finns inte i planen.", "Välj en av raderna.")
    change, left, unpaid = kronor - known[line], plan.left or 0, plan.unpaid(line)
    if not change:
        raise Fault(_WHERE, f"Raden har redan {in_words(kronor)}.", "Ange ett annat belopp.")
    if change > left:
        raise Fault(_WHERE, f"{in_words(left)} är inte fördelat.", f"Ange högst {in_words(known[line] + left)}.")
    if -change > unpaid:
        paid = known[line] - unpaid
        raise Fault(_WHERE, f"{in_words(paid)} är redan utbetalt.", f"Ange minst {in_words(paid)}.")
    return change


def _refuse_unfinished(plan: RegionPlan) -> None:
    if not plan.book.received:
        raise Fault(_WHERE, "Inget är mottaget än.", "För först in vad myndigheten har betalat ut.")
    if plan.unknown:
        names = ", ".join(line.name for line in plan.unknown)
        raise Fault(_WHERE, f"Planen saknar belopp: {names}.", "Ange ett belopp för varje del. 0 är också ett belopp.")
    left = plan.distribution.left
    if left is not None and left < 0:
        raise Fault(_WHERE, f"Planen fördelar {in_words(-left)} mer än vad som är mottaget.", "Minska något.")


def _lines(plan: RegionPlan) -> Iterator[str]:
    for line in plan.distribution.lines:
        yield f"{LINE_KINDS[line.kind].capitalize()}: {line.name}, {in_words(line.kronor or 0)}"
    yield f"Inte fördelat: {in_words(plan.distribution.left or 0)}"
    yield f"Mottaget: {in_words(plan.book.received)}"


def _entered(begun: RegionYear, matter: str, text: str, now: datetime, *, by: str, name: str) -> RegionDocument:
    party = rules.recipients()[begun.region].name
    paper = text_paper("own", "plan", matter[:300], text, name=name, party=party)
    return diary.enter(diary.year_case(begun.region, begun.year, now), paper, now, by=by)
