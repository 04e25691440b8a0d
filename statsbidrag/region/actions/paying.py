"""Money that the plan gives is paid out or transferred, in whole or in part, or comes back to the region."""

import hashlib
from datetime import date, datetime

from statsbidrag.cycle.regional_book import RegionalPosting
from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.region.actions import book
from statsbidrag.region.actions.receiving import refuse_later
from statsbidrag.region.models import RegionYear
from statsbidrag.region.queries.plan import VISIT_PAY, RegionPlan, plan_of
from statsbidrag.region.writing import writing
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words

_WHERE = "utbetalningen"
LONGEST_REFERENCE = 60


def pay_out(
    visitor: Visitor | None, begun: RegionYear, line: str, *, kronor: int, day: date, reference: str, now: datetime
) -> None:
    """Enters that money has been paid out or transferred to a line of the plan, by the payment's own reference.

    Raises Fault where the plan has not that much left for the line, or the same payment is entered already.
    """
    planner = access.require(visitor, "plan region", begun.region)
    with writing():
        refuse_later(day, now, _WHERE)
        plan = _payable(begun, line, reference)
        unpaid = plan.unpaid(line)
        if kronor > unpaid:
            why = f"Kvar att betala ut till {plan.name_of(line)} är {in_words(unpaid)}."
            raise Fault(_WHERE, why, "Ange högst det beloppet, eller flytta pengar dit först.")
        says = f"Utbetalt till {plan.name_of(line)}, {reference.strip()}"
        posting = RegionalPosting("paid", line, kronor, _unique("utbetalning", line, reference), day, says)
        book.post(begun.region, begun.year, [posting], now, by=planner.name)


def take_back(
    visitor: Visitor | None, begun: RegionYear, line: str, *, kronor: int, day: date, reference: str, now: datetime
) -> None:
    """Enters that money has come back to the region from a line; it is then planned for that line again.

    Raises Fault where the line has not that much which is paid and not reported as used.
    """
    planner = access.require(visitor, "plan region", begun.region)
    with writing():
        refuse_later(day, now, _WHERE)
        plan = _payable(begun, line, reference)
        paid = plan.book.of("paid", line)
        if kronor > paid:
            why = f"Utbetalt och inte redovisat av {plan.name_of(line)} är {in_words(paid)}."
            raise Fault(_WHERE, why, "Ange högst det beloppet.")
        says = f"Tillbaka från {plan.name_of(line)}, {reference.strip()}"
        posting = RegionalPosting("returned", line, kronor, _unique("retur", line, reference), day, says)
        book.post(begun.region, begun.year, [posting], now, by=planner.name)


def _payable(begun: RegionYear, line: str, reference: str) -> RegionPlan:
    """The plan, where money may move by hand on that line of it."""
    if not reference.strip():
        raise Fault(_WHERE, "Referensen saknas.", "Ange betalningens referens, så att inget förs in två gånger.")
    plan = plan_of(RegionYear.objects.get(pk=begun.pk))
    if not plan.adopted:
        raise Fault(_WHERE, "Nämnden har inte beslutat planen.", "För in nämndens beslut först.")
    if line == VISIT_PAY:
        raise Fault(_WHERE, "Rörlig ersättning betalas genom avräkningen.", "Räkna av besöken i stället.")
    if all(each.id != line for each in plan.distribution.lines):
        raise Fault(_WHERE, "Raden finns inte i planen.", "Välj en av raderna.")
    return plan


def _unique(what: str, line: str, reference: str) -> str:
    """A reference that tells a line's payment from every other, also where one payment covers several lines."""
    which = hashlib.sha256(line.encode()).hexdigest()[:8]
    return f"{what} {reference.strip()[:LONGEST_REFERENCE]} ({which})"
