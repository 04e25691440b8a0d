"""The report by its deeds: filled in, locked, certified, sent in, and sent in again."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import report, report_draft
from statsbidrag.portal.actions.report_receipt import make_receipt
from statsbidrag.portal.actions.report_sending_out import send_form
from statsbidrag.portal.models import LedgerEntry, Mail, ReceivedReport, ReportDraft, Round
from tests.portal.report.conftest import PAID, REPORT_DAY, Reporting

pytestmark = pytest.mark.django_db
SITE = "https://statsbidrag.example/"


def test_a_report_is_filled_in_certified_and_sent(reporting: Reporting) -> None:
    row = reporting.send()
    assert (row.number, row.counts, row.used, row.certified) == (1, True, PAID[reporting.recipient], "signatory")
    assert not ReportDraft.objects.exists()
    booked = LedgerEntry.objects.get(cause="used", recipient=reporting.recipient)
    assert booked.kronor == PAID[reporting.recipient]


def test_a_second_version_begins_with_the_last_answers_and_books_the_difference(reporting: Reporting) -> None:
    reporting.send()
    row = reporting.send(used=PAID[reporting.recipient] - 1_000)
    assert (row.number, row.used) == (2, PAID[reporting.recipient] - 1_000)
    assert LedgerEntry.objects.get(cause="used less").kronor == 1_000
    assert ReceivedReport.objects.count() == 2


@pytest.mark.shows("rap-31", "rap-23")
def test_the_receipt_is_made_once_and_sent_to_the_contact_that_the_report_names(reporting: Reporting) -> None:
    row = reporting.send()
    for _ in range(2):
        make_receipt.call(row.pk)
    row.refresh_from_db()
    assert row.receipt is not None
    assert row.receipt.matter.endswith("svar 1 av 5")
    sent = Mail.objects.filter(document=row.receipt)
    assert row.answers["contact_email"] in {mail.to for mail in sent}
    assert sent.count() == len({mail.to for mail in sent})


@pytest.mark.shows("rap-97")
def test_a_new_answer_is_begun_from_the_link_of_the_mailing_and_from_that_of_the_receipt(
    reporting: Reporting,
    someone: Callable[..., Visitor],
    browser_of: Callable[[Visitor], Client],
    at: Callable[..., None],
) -> None:
    at(REPORT_DAY)
    Round.objects.update(form_sent=None)
    send_form(someone("officer"), 2025, REPORT_DAY, site=SITE)
    reporting.fill()
    reporting.certify()
    row = report.submit(reporting.deputy, 2025, reporting.recipient, REPORT_DAY, site=SITE)
    make_receipt.call(row.pk, SITE)
    browser = browser_of(reporting.agent)
    for occasion in ("report form", "receipt"):
        mail = Mail.objects.filter(occasion=occasion, recipient=reporting.recipient).first()
        assert mail
        [link] = re.findall(rf"{SITE}\S+", mail.body)
        address = f"/{link.removeprefix(SITE)}"
        assert "Öppna en ny version" in browser.get(address).content.decode()
        assert "Formulärets delar" in browser.post(address, {"action": "begin"}, follow=True).content.decode()
        assert ReportDraft.objects.exists()
        report_draft.throw_away(reporting.agent, 2025, reporting.recipient)
