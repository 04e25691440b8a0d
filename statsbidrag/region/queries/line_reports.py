"""Who has to report to the region what it used of the grant, what has come in, and how that stands in the book."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from statsbidrag.cycle.regional_book import RegionalBook
from statsbidrag.cycle.scheme import Reporting, Scheme
from statsbidrag.region.models import Clinic, GrantedSupport, LineReminder, LineReport, RegionYear
from statsbidrag.region.queries.book import book_of
from statsbidrag.region.queries.plan import plan_of
from statsbidrag.terms.dates import day_of_arrival

ReportState = Literal["not begun", "in time", "late", "overdue"]
REPORT_STATES: dict[ReportState, tuple[str, str]] = {
    "not begun": ("Inte redovisad", "wait"),
    "in time": ("Redovisad", "good"),
    "late": ("Redovisad efter sista dagen", "bad"),
    "overdue": ("Inte redovisad, sista dagen har varit", "bad"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """One that has got money of the grant from the region, and has to report what it used.

    line       its line in the region's book
    slug       how its page is addressed
    received   kronor paid to it by the book; 0 where nothing is booked, as when the sum is not decided yet
    booked     kronor that the book has as reported
    sent       what has come in, the newest last; the newest counts
    """

    line: str
    slug: str
    name: str
    asked: Reporting
    clinic: Clinic | None = None
    received: int = 0
    booked: int = 0
    sent: tuple[LineReport, ...] = ()
    draft: LineReport | None = None
    reminded: datetime | None = None

    @property
    def latest(self) -> LineReport | None:
        """What it has reported, or None."""
        return self.sent[-1] if self.sent else None

    @property
    def used(self) -> int | None:
        """The kronor that it says it has used, or None where it has not reported."""
        return self.latest.used if self.latest else None

    @property
    def left(self) -> int | None:
        """What it has received and not used; None where either is unknown."""
        return self.received - self.used if self.received and self.used is not None else None

    @property
    def to_book(self) -> int:
        """Kronor that the book lacks as reported, at most what is paid; below 0 where it has too much."""
        return min(self.used, self.received) - self.booked if self.used is not None else 0

    def is_late(self, report: LineReport) -> bool:
        """Tells whether a report came in after the last day, by Swedish time."""
        return report.sent is not None and day_of_arrival(report.sent) > self.asked.last_day.value

    def state(self, today: date) -> ReportState:
        """How it stands; a correction after the last day does not make a report late that came in time."""
        if self.sent:
            return "late" if self.is_late(self.sent[0]) else "in time"
        return "overdue" if today > self.asked.last_day.value else "not begun"


def reporters(begun: RegionYear) -> list[Reporter]:
    """Gives everyone who has to report in a region's year: who has got money, and clinics with fixed support."""
    plan = plan_of(begun)
    clinics = {clinic.name: clinic for clinic in Clinic.objects.filter(region=begun.region)}
    made = _Making(begun, plan.book)
    told = [(line.kind, line.id, line.name) for line in plan.distribution.lines if line.kind != "visit_pay"]
    told += [("fixed_support", name, name) for name in _supported(begun) if name not in {line for _, line, _ in told}]
    found = (made.one(plan.scheme, kind, line, name, clinic=clinics.get(line)) for kind, line, name in told)
    return [each for each in found if each and (each.received or each.sent or each.clinic)]


def reporter_at(begun: RegionYear, slug: str) -> Reporter | None:
    """Gives who reports at an address of the region's, or None."""
    return next((each for each in reporters(begun) if each.slug == slug), None)


def clinic_reporter(begun: RegionYear, scheme: Scheme, clinic: Clinic) -> Reporter | None:
    """Gives a clinic as one that reports; None where it has neither fixed support nor money of the grant."""
    made = _Making(begun, book_of(begun.region, begun.year, clinic.name), line=clinic.name)
    one = made.one(scheme, "fixed_support", clinic.name, clinic.name, clinic=clinic)
    supported = GrantedSupport.objects.filter(clinic=clinic, year=begun.year, replaced=False).exists()
    return one if one and (supported or one.received or one.sent) else None


class _Making:
    """Makes those who report of what is stored, asked for once."""

    def __init__(self, begun: RegionYear, book: RegionalBook, *, line: str = "") -> None:
        which = {"region": begun.region, "year": begun.year, **({"line": line} if line else {})}
        self.balances: Mapping[tuple[str, str], int] = {(of, at): kr for (of, at), kr in book.balances.items()}
        self.reports: dict[str, list[LineReport]] = {}
        for row in LineReport.objects.filter(**which).order_by("number"):
            self.reports.setdefault(row.line, []).append(row)
        self.reminded = dict(LineReminder.objects.filter(**which).order_by("at").values_list("line", "at"))

    def one(self, scheme: Scheme, kind: str, line: str, name: str, *, clinic: Clinic | None) -> Reporter | None:
        """Gives one line as who reports; None where the scheme asks nothing of its kind."""
        asked = next((each for each in scheme.reports if kind in each.of), None)
        if asked is None:
            return None
        reported = self.balances.get(("reported", line), 0)
        rows = self.reports.get(line, [])
        return Reporter(
            line=line,
            slug=f"enhet-{clinic.number}" if clinic else line,
            name=name,
            asked=asked,
            clinic=clinic,
            received=self.balances.get(("paid", line), 0) + reported,
            booked=reported,
            sent=tuple(row for row in rows if row.state == "sent"),
            draft=next((row for row in rows if row.state == "draft"), None),
            reminded=self.reminded.get(line),
        )


def _supported(begun: RegionYear) -> Iterator[str]:
    held = GrantedSupport.objects.filter(clinic__region=begun.region, year=begun.year, replaced=False)
    yield from held.order_by("clinic__name").values_list("clinic__name", flat=True).distinct()


def sums(found: Sequence[Reporter]) -> tuple[int, int]:
    """Gives what all together have received, and what they say they have used."""
    return sum(each.received for each in found), sum(each.used or 0 for each in found)
