"""Hands over a settlement: a statement to every clinic, the book, and the files that the region pays by.

All of it is one deed: where the plan lacks money for what is charged to the grant, nothing is handed over.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from statsbidrag.cycle.regional_book import RegionalPosting
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.exchange.letters.statement import UnpaidVisit
from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.letterhead import press
from statsbidrag.portal.papers import Paper
from statsbidrag.region import letterhead
from statsbidrag.region.actions import book, diary
from statsbidrag.region.actions.clinic_mail import tell_clinic
from statsbidrag.region.models import RegionDocument, SettledLine, SettlementRun, StatementPaper
from statsbidrag.region.queries.plan import VISIT_PAY
from statsbidrag.region.queries.settlements import lines_of, total
from statsbidrag.region.queries.settling import settled_visits
from statsbidrag.region.queries.years import scheme_of
from statsbidrag.region.statements import by_clinic, number_of, period_of, statement, unpaid_visits
from statsbidrag.region.writing import writing
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words


def hand_over(visitor: Visitor | None, run: SettlementRun, now: datetime) -> None:
    """Hands over a settlement, once: statements to the clinics, and what is charged to the grant in the book.

    Raises Fault where it is handed over already, or the plan has less money for pay per visit than is charged.
    """
    planner = access.require(visitor, "plan region", run.region)
    scheme = scheme_of(run.region, run.year)
    assert scheme is not None, "a settlement is made by a scheme"
    lines = lines_of(run)
    unpaid = _unpaid(scheme, run, lines)
    with writing():
        if not SettlementRun.objects.filter(pk=run.pk, handed_over=None).exists():
            raise Fault("avräkningen", "Den är redan överlämnad.", "Läs in sidan igen.")
        _post(run, lines, now, by=planner.name)
        for clinic, own in by_clinic(lines):
            case = diary.clinic_case(clinic, run.year, now)
            head = letterhead.head(case, now.date(), clinic=clinic)
            letter = statement(run, own, scheme, head=head, unpaid=unpaid.get(clinic.name, ()))
            paper = Paper(
                "out",
                "statement",
                clinic.name,
                f"Avräkning {run.number} för {period_of(own)} {run.year}",
                f"avrakning-{number_of(run, clinic.number)}.pdf",
                press().render(letter),
            )
            document = diary.enter(case, paper, now, by=planner.name)
            StatementPaper.objects.create(run=run, clinic=clinic, document=document)
            _tell(run, own, document, now)
        SettlementRun.objects.filter(pk=run.pk).update(handed_over=now, handed_over_by=planner.name)


def _unpaid(scheme: Scheme, run: SettlementRun, lines: Sequence[SettledLine]) -> Mapping[str, Sequence[UnpaidVisit]]:
    months: dict[str, list[int]] = {}
    for line in lines:
        months.setdefault(line.clinic.name, []).append(line.month)
    with settled_visits(scheme, run.through) as settlement:
        return unpaid_visits(settlement, months) if settlement else {}


def _post(run: SettlementRun, lines: Sequence[SettledLine], now: datetime, *, by: str) -> None:
    charged = total(lines)["charged"]
    posting = RegionalPosting(
        "paid" if charged > 0 else "returned",
        VISIT_PAY,
        abs(charged),
        f"avräkning {run.number}",
        now.date(),
        f"Rörlig ersättning som belastar bidraget, avräkning {run.number}",
    )
    try:
        book.post(run.region, run.year, [posting], now, by=by)
    except Fault as fault:
        remedy = f"Planera minst {in_words(abs(charged))} till rörlig ersättning först. Inget är överlämnat."
        raise Fault(fault.where, fault.why, remedy) from None


def _tell(run: SettlementRun, lines: Sequence[SettledLine], document: RegionDocument, now: datetime) -> None:
    clinic = lines[0].clinic
    says = (
        f"Avräkningen för {clinic.name} är klar: {in_words(total(lines)['kronor'])}.",
        f"Avräkningsbeskedet är handling {document.case.number}-{document.number} och finns på enhetens skrivbord.",
    )
    tell_clinic(clinic, f"Avräkning {run.number} för {period_of(lines)} {run.year}", says, now)
