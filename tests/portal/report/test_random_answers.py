"""Whatever is answered, page, core and store agree on what shows; hidden answers never leave."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statsbidrag.cycle.form import Field
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import report, report_draft
from statsbidrag.portal.actions.report import Signing
from statsbidrag.portal.actions.report_draft import Written
from statsbidrag.portal.models import DraftPage, ReceivedReport, ReportDraft
from statsbidrag.portal.queries.report_draft import require_draft
from statsbidrag.portal.queries.reports import form_of
from statsbidrag.portal.views.questions.asking import ids_of
from statsbidrag.terms.faults import Fault
from tests.portal.report.conftest import DELEGATION, REPORT_DAY, Reporting

pytestmark = pytest.mark.django_db
FORM = form_of(2025)
assert FORM is not None
PAGES = {page.id: list(ids_of(page)) for page in FORM.pages if page.by == "recipient" and page.questions}


def _answer(one: Field) -> st.SearchStrategy[Any]:
    codes = [option.id for option in one.options]
    if one.kind == "choices":
        return st.lists(st.sampled_from([*codes, "forged"]), max_size=3, unique=True)
    if one.options:
        return st.sampled_from([*codes, ""])
    if one.kind in ("kronor", "whole_number"):
        return st.sampled_from(["", "0", "3", "1 000 kr", "en"])
    return st.sampled_from(["", "Svar (påhittat)", "x" * 1_200, "111 11", "namn@exempel.se"])


ANSWERS = st.fixed_dictionaries({one.id: _answer(one) for fields in PAGES.values() for one in fields})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=ANSWERS)
def test_page_core_and_store_agree_on_any_answers(
    told: dict[str, Any], reporting: Reporting, browser_of: Callable[[Visitor | None], Client], at: Callable[..., None]
) -> None:
    at(REPORT_DAY)
    _clear()
    report_draft.begin(reporting.coordinator, 2025, reporting.recipient, REPORT_DAY)
    for page, fields in PAGES.items():
        reporting.save(page, Written({one.id: told[one.id] for one in fields if told[one.id]}))
    standing = require_draft(2025, reporting.recipient)
    client = browser_of(reporting.coordinator)
    shown_pages = {page.id for page in standing.shown_pages}
    for page, fields in PAGES.items():
        html = client.get(reverse("report_page", args=(reporting.recipient, 2025, page))).content.decode()
        asked = set(re.findall(r' name="([a-z_.]+)"', html))
        writable = {one.id for one in fields if not (one.prefill and one.prefill.level == "locked")}
        tops = {id for id in writable if id in {top.id for top in FORM.fields}}  # type: ignore[union-attr]
        if page in shown_pages:
            assert {id for id in tops if id in standing.outcome.shows} == asked & tops, page
    _sent_in_only_what_shows(reporting)


def _sent_in_only_what_shows(reporting: Reporting) -> None:
    """Sends in what can be sent in; what is hidden in the draft is nowhere in what came in."""
    try:
        notes = {check.id: "Stämmer." for check in require_draft(2025, reporting.recipient).outcome.fired("warning")}
        reporting.save("check", Written(notes=notes))
        locked = report.lock(reporting.coordinator, 2025, reporting.recipient, REPORT_DAY)
    except Fault:
        return
    signing = Signing(reporting.signature(), DELEGATION, locked.outcome.fingerprint)
    report.certify(reporting.signatory, 2025, reporting.recipient, signing, now=REPORT_DAY)
    row = report.submit(reporting.deputy, 2025, reporting.recipient, REPORT_DAY)
    assert set(row.answers) <= set(row.shows)


@pytest.mark.shows("rap-29")
def test_an_answer_to_a_question_that_is_hidden_is_never_sent_in(reporting: Reporting) -> None:
    reporting.fill(targeted="wholly")
    reporting.save(
        "target_group", Written({**_page(reporting), "why_not_targeted": "Hemligt gammalt svar (påhittat)."})
    )
    reporting.certify()
    row = report.submit(reporting.deputy, 2025, reporting.recipient, REPORT_DAY)
    assert "why_not_targeted" not in row.answers
    assert "Hemligt gammalt svar" not in bytes(row.document.content.content).decode()


def _page(reporting: Reporting) -> dict[str, Any]:
    return dict(require_draft(2025, reporting.recipient).pages["target_group"].answers)


def _clear() -> None:
    DraftPage.objects.all().delete()
    ReportDraft.objects.all().delete()
    ReceivedReport.objects.all().delete()
