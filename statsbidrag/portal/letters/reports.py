"""The papers of a report: the receipt of a version that has come in, and one's own answers as a document."""

from datetime import datetime

from statsbidrag.cycle import Outcome
from statsbidrag.exchange.letters.answered import OwnAnswers, pages_answered
from statsbidrag.exchange.letters.letterhead import Reference
from statsbidrag.exchange.letters.receipts import Certified, ReportReceipt
from statsbidrag.portal import letterhead, rules
from statsbidrag.portal.jinja import moment
from statsbidrag.portal.models import Case, ReceivedReport
from statsbidrag.portal.queries.reports import outcome_of
from statsbidrag.terms.dates import SWEDISH_TIME, day_of_arrival


def receipt_of(row: ReceivedReport, number: int, now: datetime) -> ReportReceipt:
    """Gives the receipt (svarskvitto) of a version, as document ``number`` of its case."""
    entry, outcome = row.document.entry, outcome_of(row)
    return ReportReceipt(
        head=letterhead.head(entry.case, row.recipient, day_of_arrival(now), number=number, copies=(row.sent_by.name,)),
        document=Reference(entry.case.number, entry.number, day_of_arrival(entry.at)),
        arrived=row.came_in,
        last_day=row.last_day,
        number=row.number if row.counts else None,
        at_most=rules.round_rules(row.year).report.submissions.value,
        granted=_kronor(outcome, "granted"),
        reallocated=_kronor(outcome, "reallocated"),
        used=_kronor(outcome, "used"),
        certified=_certified(row, outcome),
        fingerprint=row.fingerprint,
        pages=pages_answered(outcome),
    )


def own_answers(
    outcome: Outcome, year: int, recipient: str, now: datetime, *, row: ReceivedReport | None = None
) -> bytes:
    """Gives one's own answers as a PDF; it is a draft where no version is given, and is never entered in the case."""
    case = row.document.entry.case if row else Case.objects.get(kind="grant", year=year, recipient=recipient)
    told = _in_words(row) if row else f"Utkast, som det såg ut den {moment(now)}. Inget är inlämnat."
    letter = OwnAnswers(
        head=letterhead.head(case, recipient, day_of_arrival(now), number=0),
        title=f"Era svar på återrapporteringen {year}",
        state="Inlämnat svar" if row else "Utkast",
        says=told,
        pages=pages_answered(outcome),
    )
    return letterhead.press().render(letter)


def _in_words(row: ReceivedReport) -> str:
    return f"Svar {row.number}, som kom in den {moment(row.came_in)}."


def _certified(row: ReceivedReport, outcome: Outcome) -> Certified:
    said = {id: str(outcome.values.get(f"signatory_{id}", "")) for id in ("name", "position", "phone", "email")}
    return Certified(
        name=said["name"],
        position=said["position"],
        telephone=said["phone"],
        email=said["email"],
        delegation=row.delegation,
        at=row.certified_at.astimezone(SWEDISH_TIME),
        by_agent=row.certified == "agent",
    )


def _kronor(outcome: Outcome, field: str) -> int:
    value = outcome.values.get(field)
    return value if isinstance(value, int) else 0
