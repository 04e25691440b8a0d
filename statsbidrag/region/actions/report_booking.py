"""What receivers report as used is booked, and those who have not reported are reminded."""

import hashlib
from datetime import datetime

from statsbidrag.cycle.regional_book import RegionalCause, RegionalPosting
from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.region.actions import book
from statsbidrag.region.actions.clinic_mail import addresses, tell_clinic
from statsbidrag.region.models import BookPosting, LineReminder, LineReport, RegionYear
from statsbidrag.region.queries.book import book_of
from statsbidrag.region.queries.line_reports import Reporter, reporters
from statsbidrag.region.writing import writing
from statsbidrag.terms.dates import day_in_words, day_of_arrival
from statsbidrag.terms.faults import Fault


def book_used(begun: RegionYear, report: LineReport, now: datetime, *, by: str) -> int:
    """Books what a report says is used, as a part of another deed, and gives the difference in kronor.

    No more is booked than is paid: what was reported before the money came is booked when it has come.
    """
    standing = book_of(begun.region, begun.year)
    reported = standing.of("reported", report.line)
    difference = min(report.used or 0, standing.of("paid", report.line) + reported) - reported
    if difference:
        cause: RegionalCause = "reported" if difference > 0 else "retracted"
        says = f"Redovisning version {report.number}"
        reference, day = _reference(begun, report), day_of_arrival(now)
        posting = RegionalPosting(cause, report.line, abs(difference), reference, day, says)
        book.post(begun.region, begun.year, [posting], now, by=by)
    return difference


def book_reports(visitor: Visitor | None, begun: RegionYear, now: datetime) -> int:
    """Books every report of which the book lacks something, since the money came later; gives how many."""
    planner = access.require(visitor, "plan region", begun.region)
    with writing():
        lacking = [each.latest for each in reporters(begun) if each.to_book]
        return sum(bool(book_used(begun, row, now, by=planner.name)) for row in lacking if row)


def remind(visitor: Visitor | None, begun: RegionYear, now: datetime) -> int:
    """Reminds every clinic that has not reported, by e-mail and at most once a day; gives how many.

    Raises Fault where nobody is left to remind.
    """
    planner = access.require(visitor, "plan region", begun.region)
    with writing():
        today = day_of_arrival(now)
        left = [each for each in reporters(begun) if may_be_reminded(each, now)]
        if not left:
            raise Fault(
                "påminnelsen",
                "Det finns ingen att påminna.",
                "Alla har redovisat, är påminda i dag eller saknar e-post.",
            )
        for each in left:
            assert each.clinic is not None, "only clinics are reminded"
            last_day, receiver = each.asked.last_day.value, each.asked.receiver.value
            when = "var" if today > last_day else "är"
            says = (
                f"Ni har inte redovisat bidraget för utökade hembesök {begun.year}. Sista dagen {when} den "
                f"{day_in_words(last_day)}.",
                f"Redovisa till {receiver}: {each.asked.contents.value}.",
                "Verksamhetschefen skickar in redovisningen i e-tjänsten.",
            )
            subject = "Redovisningen är försenad" if today > last_day else "Dags att redovisa"
            to = ", ".join(addresses(each.clinic))[:200]
            LineReminder.objects.create(
                region=begun.region, year=begun.year, line=each.line, at=now, by=planner.name, to=to
            )
            tell_clinic(each.clinic, subject, says, now)
        return len(left)


def may_be_reminded(reporter: Reporter, now: datetime) -> bool:
    """Tells whether someone is to be reminded: a clinic that can be reached, has not reported, and was not today."""
    if reporter.latest or reporter.clinic is None or not addresses(reporter.clinic):
        return False
    return reporter.reminded is None or day_of_arrival(reporter.reminded) < day_of_arrival(now)


def _reference(begun: RegionYear, report: LineReport) -> str:
    """A reference of its own for every booking of a line's report."""
    which = hashlib.sha256(report.line.encode()).hexdigest()[:8]
    of_line = BookPosting.objects.filter(region=begun.region, year=begun.year, line=report.line)
    before = of_line.filter(cause__in=("reported", "retracted")).count()
    return f"redovisning {which} version {report.number}, bokning {before + 1}"
