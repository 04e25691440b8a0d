"""No page of a report, and none of the agency's about reports, asks the database more than a few questions."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import report, report_draft
from statsbidrag.portal.actions.report import Signing
from statsbidrag.portal.models import Round
from statsbidrag.portal.queries import remembering
from statsbidrag.portal.queries.reports import form_of
from tests.portal.report.conftest import DELEGATION, REPORT_DAY, Reporting

MOST, MOST_OF_A_SAVE, MOST_OF_A_FILE = 9, 14, 5
Browsers = Callable[[Visitor | None], Client]


@pytest.fixture(autouse=True)
def on_the_day(at: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    at(REPORT_DAY)
    monkeypatch.setattr(remembering, "within_a_deed", lambda: False)  # the whole test is one to the database


def few(browser: Client, addresses: list[str], at_most: Callable[..., Any]) -> None:
    """Asks for each page, and once more while the questions are counted."""
    for address in addresses:
        browser.get(address)
        with at_most(MOST, info=address):
            assert browser.get(address).status_code == 200


def test_a_draft_asks_few_questions_on_every_page(
    reporting: Reporting, browser_of: Browsers, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    where, form = (reporting.recipient, reporting.year), form_of(reporting.year)
    assert form is not None
    browser = browser_of(reporting.deputy)
    few(browser, [reverse("report", args=where)], django_assert_max_num_queries)
    reporting.fill()
    pages = [page.id for page in form.pages if page.by == "recipient"]
    addresses = [reverse("report_page", args=(*where, page)) for page in pages]
    faults = [f"{address}?fel=ja" for address in addresses]
    parts, check = reverse("report", args=where), reverse("report_check", args=where)
    few(browser, [parts, *addresses, *faults, check], django_assert_max_num_queries)


def test_a_report_under_signature_and_after_it_asks_few_questions_on_every_page(
    reporting: Reporting, browser_of: Browsers, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    where = (reporting.recipient, reporting.year)
    parts, sign = reverse("report", args=where), reverse("report_sign", args=where)
    reporting.fill()
    locked = report.lock(reporting.coordinator, reporting.year, reporting.recipient, REPORT_DAY)
    for who in (reporting.signatory, reporting.deputy):
        few(browser_of(who), [parts, sign], django_assert_max_num_queries)
    signing = Signing(reporting.signature(), DELEGATION, locked.outcome.fingerprint)
    report.certify(reporting.signatory, reporting.year, reporting.recipient, signing, now=REPORT_DAY)
    few(browser_of(reporting.deputy), [parts, sign], django_assert_max_num_queries)
    report.submit(reporting.deputy, reporting.year, reporting.recipient, REPORT_DAY)
    reporting.send(contact_name="En annan (påhittad)")
    versions = [reverse(name, args=(*where, 2)) for name in ("report_version", "report_received", "report_changes")]
    few(browser_of(reporting.deputy), [parts, *versions], django_assert_max_num_queries)


def test_a_save_of_a_page_asks_few_questions(
    reporting: Reporting, browser_of: Browsers, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    report_draft.begin(reporting.coordinator, reporting.year, reporting.recipient, REPORT_DAY)
    browser = browser_of(reporting.coordinator)
    address = reverse("report_page", args=(reporting.recipient, reporting.year, "contact"))
    for version in (0, 1):
        sent = {
            "contact_name": f"Nr {version} (påhittat)",
            "shown": "contact_name",
            "version": version,
            "action": "save",
        }
        with django_assert_max_num_queries(MOST_OF_A_SAVE, info=f"version {version}"):
            assert browser.post(address, sent).status_code == 302


def test_the_agency_reads_reports_with_few_questions(
    reporting: Reporting,
    reporting_region: Reporting,
    form_sent: Round,
    someone: Callable[..., Visitor],
    browser_of: Browsers,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    reporting.send()
    reporting_region.send()
    browser, year = browser_of(someone("officer")), form_sent.pk
    one = [reverse(name, args=(year, reporting.recipient)) for name in ("reviewed_report", "ask_completion")]
    several = [
        reverse(name, args=(year,)) for name in ("reports", "report_sending_out", "report_preview", "joint_account")
    ]
    few(browser, [*one, *several], django_assert_max_num_queries)
    with django_assert_max_num_queries(MOST_OF_A_FILE):
        assert browser.get(reverse("report_answers_file", args=(year, "csv"))).status_code == 200
