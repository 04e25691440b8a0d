"""Every PDF that comes of a report: kept for the archive (PDF/A) and read aloud (PDF/UA), whatever was answered."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pdf_validators import pdf_faults

from statsbidrag.cycle import Liability
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import communication, joint_account, repayments, report_review
from statsbidrag.portal.actions.decisions import decide
from statsbidrag.portal.actions.invoices import make_invoices
from statsbidrag.portal.actions.letters import write_letters
from statsbidrag.portal.actions.report_receipt import make_receipt
from statsbidrag.portal.models import Decision, Document
from statsbidrag.portal.queries.repayments import matter, repayment_rules
from tests.portal.report.conftest import MUNICIPALITY, REPORT_DAY, Reporting

pytestmark = pytest.mark.django_db
LATER = REPORT_DAY + timedelta(days=60)
WRITTEN = "Två stycken.\r\n\r\nMed emoji 👩‍👧, *stjärnor*, #tecken och ett_understreck (påhittat)."
# The kinds of documents that the parts from report to account put in the diary as PDF.
KINDS = {"receipt", "communication", "decision", "invoice", "account"}


@pytest.mark.shows("adm-13")
def test_every_paper_from_report_to_account_keeps_and_reads_aloud(
    reporting: Reporting,
    granted: Decision,
    presenter: Visitor,
    decision_maker: Visitor,
    browser_of: Callable[[Visitor], Client],
    at: Callable[..., None],
) -> None:
    at(LATER)
    before = set(Document.objects.values_list("pk", flat=True))
    row = reporting.send(used=900_000, views_on_grant=WRITTEN, economy_comment=WRITTEN)
    make_receipt.call(row.pk)
    report_review.ask_completion(
        presenter, row, says=WRITTEN, questions=["targeted"], answer_by=LATER.date() + timedelta(days=14), now=LATER
    )
    _repaid(presenter, decision_maker, reporting.agent)
    joint_account.save(presenter, 2025, {"assessment": WRITTEN}, {}, version=0, now=LATER)
    joint_account.put_forward(presenter, 2025, LATER)
    joint_account.decide(decision_maker, 2025, LATER)

    papers = Document.objects.exclude(pk__in=before).filter(mime="application/pdf").exclude(pk=granted.letter_id)
    faults = {f"{one.about} {one.name}": pdf_faults(bytes(one.content.content)) for one in papers}
    assert {one.about for one in papers} == KINDS
    assert not {name: found for name, found in faults.items() if found}

    reporting.fill()
    browser = browser_of(reporting.agent)
    for name, args in (
        ("report_own_answers", (MUNICIPALITY, 2025)),
        ("report_version_pdf", (MUNICIPALITY, 2025, 1)),
        ("report_reading_copy", (2025,)),
    ):
        assert not pdf_faults(browser.get(reverse(name, args=args)).content), name


def _repaid(presenter: Visitor, decision_maker: Visitor, agent: Visitor) -> None:
    """A claim that is heard, partly waived, decided and invoiced."""
    rule = repayment_rules(2025).ground("not used")
    liability = Liability(rule, "unused", 100_000, WRITTEN)
    opened = repayments.open_matter(presenter, 2025, MUNICIPALITY, [liability], now=LATER)
    communication.communicate(presenter, opened, LATER)
    heard = matter(2025, MUNICIPALITY, opened.pk)
    assert heard
    communication.answer(agent, heard, WRITTEN, now=LATER)
    answered = matter(2025, MUNICIPALITY, opened.pk)
    assert answered
    made = repayments.prepare_claim(
        presenter, answered, now=LATER, waived=40_000, special_reasons=WRITTEN, reply=WRITTEN
    )
    decide(decision_maker, 2025, [one.reference for one in made], LATER)
    write_letters.call(2025)
    make_invoices.call(2025)
