"""The agency's side of the reports: the form sent out once, the list, the review, and completions that do not count."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import report_review
from statsbidrag.portal.actions.report_sending_out import send_form
from statsbidrag.portal.models import AcceptedReport, Bias, Mail, Round
from statsbidrag.portal.queries.report_list import report_rows
from statsbidrag.terms.faults import Fault
from tests.portal.report.conftest import MUNICIPALITY, REGION, REPORT_DAY, Reporting

pytestmark = pytest.mark.django_db
SITE = "https://statsbidrag.example/"


@pytest.mark.shows("rap-24")
def test_the_form_goes_once_to_everyone_that_was_paid_with_the_reading_copy(
    form_sent: Round, someone: Callable[..., Visitor]
) -> None:
    Round.objects.update(form_sent=None)
    assert send_form(someone("officer"), 2025, REPORT_DAY, site=SITE) == 2
    mails = Mail.objects.filter(occasion="report form")
    assert {mail.recipient for mail in mails} == {MUNICIPALITY, REGION}
    assert all(mail.document and mail.document.about == "report form" for mail in mails)
    assert all(f"{SITE}organisation/{mail.recipient}/2025/aterrapportering/" in mail.body for mail in mails)
    with pytest.raises(Fault, match="skickades"):
        send_form(someone("officer"), 2025, REPORT_DAY, site=SITE)


def test_the_list_says_who_has_reported_and_who_has_not(reporting: Reporting) -> None:
    reporting.send(used=900_000)
    rows = {row.key: row for row in report_rows(2025, REPORT_DAY.date())}
    assert (rows[MUNICIPALITY].state, rows[MUNICIPALITY].unused) == ("sent", 100_000)
    assert rows[REGION].state == "none"
    late = {row.key: row for row in report_rows(2025, REPORT_DAY.date() + timedelta(days=60))}
    assert late[REGION].state == "overdue"


def test_a_review_shows_flags_first_and_accepts(
    reporting: Reporting,
    someone: Callable[..., Visitor],
    browser_of: Callable[[Visitor], Client],
    at: Callable[..., None],
) -> None:
    at(REPORT_DAY)
    reporting.send(used=900_000)
    officer = browser_of(someone("officer"))
    page = officer.get(reverse("reviewed_report", args=(2025, MUNICIPALITY))).content.decode()
    assert "Oanvänt bidrag ska återbetalas" in page
    assert page.index("Att titta på") < page.index("Svaren</h2>")
    officer.post(reverse("reviewed_report", args=(2025, MUNICIPALITY)), {"note": ""})
    assert AcceptedReport.objects.get().report.recipient == MUNICIPALITY


@pytest.mark.shows("adm-22")
def test_a_completion_that_the_officer_asks_for_does_not_count(
    reporting: Reporting, someone: Callable[..., Visitor]
) -> None:
    officer, row = someone("officer"), reporting.send()
    asked = report_review.ask_completion(
        officer,
        row,
        says="Beskriv målgruppen (påhittat).",
        questions=["targeted"],
        answer_by=REPORT_DAY.date() + timedelta(days=14),
        now=REPORT_DAY,
    )
    with pytest.raises(Fault, match="redan begärd"):
        report_review.ask_completion(
            officer, row, says="Igen.", questions=[], answer_by=asked.answer_by, now=REPORT_DAY
        )
    completed = reporting.send()
    assert (completed.number, completed.counts, completed.completes) == (2, False, asked)
    assert report_review.open_request(2025, MUNICIPALITY) is None
    with pytest.raises(Fault, match="senare version"):
        report_review.accept(officer, row, REPORT_DAY)


@pytest.mark.shows("rap-23")
def test_a_sixth_version_is_refused_but_a_completion_is_not(
    reporting: Reporting, someone: Callable[..., Visitor]
) -> None:
    for _ in range(5):
        row = reporting.send()
    with pytest.raises(Fault, match="5 gånger"):
        reporting.fill()
    by = REPORT_DAY.date() + timedelta(days=14)
    report_review.ask_completion(
        someone("officer"), row, says="Rätta beloppet.", questions=[], answer_by=by, now=REPORT_DAY
    )
    assert reporting.send().number == 6


def test_an_officer_who_is_biased_does_not_read_the_report(
    reporting: Reporting, someone: Callable[..., Visitor], browser_of: Callable[[Visitor], Client]
) -> None:
    officer = someone("officer")
    reporting.send()
    Bias.objects.create(officer_id=officer.id, recipient=MUNICIPALITY, note="Jäv.", at=REPORT_DAY)
    answer = browser_of(officer).get(reverse("reviewed_report", args=(2025, MUNICIPALITY)))
    assert answer.status_code == 403
