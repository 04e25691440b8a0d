"""The report by its deeds: filled in, locked, certified, sent in, and sent in again."""

import pytest

from statsbidrag.portal.actions.report_receipt import make_receipt
from statsbidrag.portal.models import LedgerEntry, Mail, ReceivedReport, ReportDraft
from tests.portal.report.conftest import PAID, Reporting

pytestmark = pytest.mark.django_db


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
