"""The report by its deeds: filled in, locked, certified, sent in, and sent in again."""

import pytest

from statsbidrag.portal.models import LedgerEntry, ReceivedReport, ReportDraft
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
