"""Those who have got money from the region report what they used it for; every version is kept, the last one counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor, clinic_key
from statsbidrag.region import clinic_papers
from statsbidrag.region.actions import diary
from statsbidrag.region.actions.clinic_mail import tell_clinic
from statsbidrag.region.actions.report_booking import book_used
from statsbidrag.region.models import LineReport, RegionYear
from statsbidrag.region.plain_text import without_numbers
from statsbidrag.region.queries.line_reports import Reporter
from statsbidrag.region.writing import writing
from statsbidrag.terms.dates import day_in_words, day_of_arrival
from statsbidrag.terms.faults import Fault, Faults
from statsbidrag.terms.kronor import in_words

_WHERE = "redovisningen"


class ReportChanged(Fault):
    """That a colleague has saved something else meanwhile; carries what was saved, so that both can be shown."""

    def __init__(self, row: LineReport) -> None:
        why = f"{row.changed_by} har sparat redovisningen medan du hade den framme."
        super().__init__(_WHERE, why, "Läs det som sparades nedan. Sparar du igen gäller det du har skrivit.")
        self.row = row


@dataclass(frozen=True, slots=True)
class Reported:
    """What is written in a report: the kronor used, None where that is not said, and a text for what is asked."""

    used: int | None
    answers: Mapping[str, str] = field(default_factory=dict)


def save_report(
    visitor: Visitor | None, begun: RegionYear, reporter: Reporter, told: Reported, *, version: int, now: datetime
) -> LineReport:
    """Keeps what is written as a draft, of the next version where one is sent in already.

    ``version`` is the one that the visitor began with, 0 where nothing was saved. Raises ReportChanged where a
    colleague has saved something else since then, and Fault where a text seems to hold a personal number.
    """
    writer = access.require(visitor, "act for clinic" if reporter.clinic else "plan region", _key(begun, reporter))
    with writing():
        answers = {each.id: told.answers.get(each.id, "").strip() for each in reporter.asked.questions}
        for text in answers.values():
            without_numbers(text, _WHERE)
        row = _draft(begun, reporter)
        if row.pk is not None and (row.used, row.answers) == (told.used, answers):
            return row
        if row.pk is not None and row.version != version:
            raise ReportChanged(row)
        row.used, row.answers = told.used, answers
        row.version, row.changed, row.changed_by = (row.version if row.pk is None else version + 1), now, writer.name
        row.save()
        return row


def send_report(
    visitor: Visitor | None, begun: RegionYear, reporter: Reporter, told: Reported, *, version: int, now: datetime
) -> LineReport:
    """Sends a report in: it is entered in the diary, booked as used, and the clinic is told that it has come in.

    A clinic's is sent by its head; the planner enters what the owner of an effort has sent. Raises Faults for all that
    is missing, and Fault where more is said to be used than was received.
    """
    right: access.Right = "sign for clinic" if reporter.clinic else "plan region"
    sender = access.require(visitor, right, _key(begun, reporter))
    with writing():
        row = save_report(visitor, begun, reporter, told, version=version, now=now)
        _refuse_unfinished(row, reporter)
        clinic = reporter.clinic
        case = diary.clinic_case(clinic, begun.year, now) if clinic else diary.year_case(begun.region, begun.year, now)
        row.state, row.sent, row.sent_by = "sent", now, sender.name
        paper = clinic_papers.line_report(row, reporter.asked, case, now, name=reporter.name, clinic=clinic)
        row.document = diary.enter(case, paper, now, by=sender.name)
        row.save()
        book_used(begun, row, now, by=sender.name)
        if clinic:
            came = day_in_words(day_of_arrival(now))
            says = (f"Redovisningen {begun.year}, version {row.number}, kom in den {came}, ärende {case.number}.",)
            tell_clinic(clinic, "Vi har tagit emot er redovisning", says, now)
        return row


def throw_away(visitor: Visitor | None, begun: RegionYear, reporter: Reporter) -> None:
    """Throws a draft away; what has been sent in stands."""
    access.require(visitor, "act for clinic" if reporter.clinic else "plan region", _key(begun, reporter))
    with writing():
        _rows(begun, reporter).filter(state="draft").delete()


def _key(begun: RegionYear, reporter: Reporter) -> str:
    return clinic_key(begun.region, reporter.clinic.number) if reporter.clinic else begun.region


def _rows(begun: RegionYear, reporter: Reporter) -> QuerySet[LineReport]:
    return LineReport.objects.filter(region=begun.region, year=begun.year, line=reporter.line)


def _draft(begun: RegionYear, reporter: Reporter) -> LineReport:
    """The draft, or a new one after the last version."""
    rows = _rows(begun, reporter)
    draft = rows.filter(state="draft").first()
    last = rows.order_by("-number").values_list("number", flat=True).first() or 0
    return draft or LineReport(region=begun.region, year=begun.year, line=reporter.line, number=last + 1)


def _refuse_unfinished(row: LineReport, reporter: Reporter) -> None:
    faults = []
    if row.used is None:
        faults.append(Fault("använt", "Beloppet saknas.", "Ange hur mycket av bidraget som har använts, eller 0."))
    elif row.used < 0 or (reporter.received and row.used > reporter.received):
        why = f"Ni har fått {in_words(reporter.received)} av bidraget, och kan inte ha använt mer eller mindre än 0."
        faults.append(Fault("använt", why, "Ange bara det som bidraget har betalat."))
    for each in reporter.asked.questions:
        if not row.answers.get(each.id):
            faults.append(Fault(each.text, f"Svar saknas: {each.text}.", "Besvara frågan."))
    if faults:
        raise Faults(faults)
