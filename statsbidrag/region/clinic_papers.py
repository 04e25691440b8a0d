"""The papers of a clinic's case: its application, the receipt, the decision, and its report, ready for the diary."""

from datetime import datetime

from statsbidrag.cycle.scheme import Reporting, Scheme
from statsbidrag.exchange.letters.answered import OwnAnswers, pages_answered
from statsbidrag.exchange.letters.fixed_support import SupportDecision as DecisionLetter
from statsbidrag.exchange.letters.fixed_support import SupportReceipt, duties_of, rules_quoted
from statsbidrag.exchange.letters.letterhead import Letter, Reference
from statsbidrag.exchange.letters.receipts import Answer, AnsweredPage
from statsbidrag.exchange.letters.statement import rates_of
from statsbidrag.portal.jinja import moment
from statsbidrag.portal.letterhead import press
from statsbidrag.portal.papers import Direction, Paper, text_paper
from statsbidrag.region.letterhead import head
from statsbidrag.region.models import Clinic, LineReport, RegionCase, RegionDocument, SupportDecision
from statsbidrag.region.queries.clinics import FIXED_SUPPORT, registered
from statsbidrag.region.queries.support import SupportStanding
from statsbidrag.terms.dates import day_of_arrival
from statsbidrag.terms.kronor import in_words


def application(standing: SupportStanding, case: RegionCase, now: datetime) -> Paper:
    """Gives a clinic's application as it was sent in."""
    assert standing.form is not None, "an application has a form"
    letter = OwnAnswers(
        head=head(case, day_of_arrival(now), clinic=standing.clinic),
        title=standing.form.title,
        state="Inskickad ansökan",
        says=f"Ansökan kom in {moment(now)}.",
        pages=pages_answered(standing.outcome),
    )
    return _paper(
        letter, standing.clinic.name, "Ansökan om fast ersättning", "ansokan.pdf", direction="in", about="application"
    )


def application_receipt(standing: SupportStanding, scheme: Scheme, document: RegionDocument, now: datetime) -> Paper:
    """Gives the receipt for an application."""
    assert scheme.fixed_support, "something may be applied for"
    assert standing.row, "something was applied for"
    letter = SupportReceipt(
        head=head(document.case, day_of_arrival(now), clinic=standing.clinic),
        receiver=scheme.fixed_support.application.value,
        document=reference(document),
        arrived=now,
        sent_by=standing.row.sent_by,
        pages=pages_answered(standing.outcome),
    )
    return _paper(
        letter, standing.clinic.name, "Mottagningsbevis", "mottagningsbevis.pdf", direction="out", about="receipt"
    )


def withdrawal(clinic: Clinic, year: int) -> Paper:
    """Gives the word that an application is withdrawn."""
    says = f"{clinic.name} återkallar sin ansökan om fast ersättning {year}."
    matter = "Återkallelse av ansökan om fast ersättning"
    return text_paper("in", "withdrawal", matter, says, name="aterkallelse.txt", party=clinic.name)


def support_decision(decision: SupportDecision, scheme: Scheme, case: RegionCase, now: datetime) -> Paper:
    """Gives the decision on an application."""
    support, row = scheme.fixed_support, decision.application
    assert support, "something may be applied for"
    assert row.document, "the application was sent in"
    tried = next(each for each in registered(scheme, row.clinic).tried if each.of == FIXED_SUPPORT)
    meetings = support.meetings.value if support.meetings and decision.granted else ""
    letter = DecisionLetter(
        head=head(case, day_of_arrival(now), clinic=row.clinic),
        application=reference(row.document),
        granted=decision.granted,
        kronor=decision.kronor,
        first_day=decision.first_day,
        last_day=decision.last_day,
        reasons=tuple(part for part in decision.reason.splitlines() if part.strip()),
        because=tried.because,
        rules=rules_quoted(support),
        rates=rates_of(scheme, fixed_support=decision.granted),
        reports=duties_of(scheme) if decision.granted else (),
        support=meetings,
        decision_maker=decision.by,
    )
    return _paper(letter, row.clinic.name, "Beslut om fast ersättning", "beslut.pdf", direction="out", about="decision")


def line_report(
    row: LineReport, asked: Reporting, case: RegionCase, now: datetime, *, name: str, clinic: Clinic | None
) -> Paper:
    """Gives a report to the region as it was sent in; ``name`` is whose it is."""
    used = in_words(row.used) if row.used is not None else "Inte angivet"
    answers = [Answer("Använt av statsbidraget", used)]
    answers += [Answer(each.text, str(row.answers.get(each.id, ""))) for each in asked.questions]
    letter = OwnAnswers(
        head=head(case, day_of_arrival(now), clinic=clinic),
        title=f"Redovisning {row.year} från {name}",
        state="Inskickad redovisning",
        says=f"Redovisningen, version {row.number}, kom in {moment(now)}. Mottagare: {asked.receiver.value}.",
        pages=(AnsweredPage("Svar", tuple(answers)),),
    )
    matter = f"Redovisning {row.year}, version {row.number}"
    return _paper(letter, name, matter, f"redovisning-{row.number}.pdf", direction="in", about="line_report")


def reference(document: RegionDocument) -> Reference:
    """Gives a document as a later letter refers to it."""
    return Reference(document.case.number, document.number, day_of_arrival(document.at))


def _paper(letter: Letter, party: str, matter: str, name: str, *, direction: Direction, about: str) -> Paper:
    return Paper(direction, about, party, matter, name, press().render(letter))
