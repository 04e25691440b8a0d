"""The joint account: tied to the ledger, written together, reviewed, decided; and the answers as files."""

import csv
import json
from collections.abc import Callable
from io import BytesIO, StringIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import joint_account as deeds
from statsbidrag.portal.models import Document, JointAccount
from statsbidrag.portal.queries.joint_account import account_of
from statsbidrag.portal.queries.report_answers import HIDDEN, UNANSWERED
from statsbidrag.terms.faults import Fault
from tests.portal.report.conftest import MUNICIPALITY, PAID, REGION, REPORT_DAY, Reporting

pytestmark = pytest.mark.django_db


def test_the_account_follows_the_ledger_and_never_adds_visits_over_kinds(
    reporting: Reporting, reporting_region: Reporting
) -> None:
    reporting.send(used=900_000, visits_done=40)
    reporting_region.send(visits_done=40)
    given = account_of(2025)
    assert given.total.used == 900_000 + PAID[REGION]
    assert given.visits_of("region").done == given.visits_of("municipality").done == 40
    assert not hasattr(given, "visits")


def test_it_is_written_put_forward_sent_back_and_decided_by_someone_else(
    reporting: Reporting, someone: Callable[..., Visitor], decision_maker: Visitor
) -> None:
    reporting.send()
    officer, presenter = someone("officer"), someone("presenter")
    with pytest.raises(Fault, match="bedömningen saknas"):
        deeds.put_forward(presenter, 2025, REPORT_DAY)
    deeds.save(officer, 2025, {"assessment": "Bra (påhittat)."}, {}, version=0, now=REPORT_DAY)
    with pytest.raises(Fault, match="har ändrat texten"):
        deeds.save(presenter, 2025, {"assessment": "Mindre bra (påhittat)."}, {}, version=7, now=REPORT_DAY)
    deeds.put_forward(presenter, 2025, REPORT_DAY)
    with pytest.raises(Fault, match="framlagd"):
        deeds.save(officer, 2025, {"assessment": "Annat."}, {}, version=1, now=REPORT_DAY)
    deeds.send_back(decision_maker, 2025, "Skriv om språket (påhittat).", REPORT_DAY)
    deeds.put_forward(presenter, 2025, REPORT_DAY)
    row = deeds.decide(decision_maker, 2025, REPORT_DAY)
    assert row.document is not None
    assert bytes(row.document.content.content).startswith(b"%PDF")
    assert Document.objects.filter(about="account").count() == 3
    with pytest.raises(Fault, match="redan beslutad"):
        deeds.decide(decision_maker, 2025, REPORT_DAY)


def test_the_page_shows_tables_and_keeps_what_is_written(
    reporting: Reporting,
    someone: Callable[..., Visitor],
    browser_of: Callable[[Visitor], Client],
    at: Callable[..., None],
) -> None:
    at(REPORT_DAY)
    reporting.send(used=900_000)
    client, address = browser_of(someone("officer")), reverse("joint_account", args=(2025,))
    page = client.get(address).content.decode()
    assert "900\N{NO-BREAK SPACE}000" in page
    assert 'class="chart"' in page
    client.post(address, {"action": "save", "version": "0", "assessment": "Bra (påhittat).", "condition.0": "Ja."})
    row = JointAccount.objects.get()
    assert (row.assessment, list(row.conditions.values())) == ("Bra (påhittat).", ["Ja."])
    assert client.get(reverse("joint_account_file", args=(2025, "pdf"))).content.startswith(b"%PDF")


def test_answers_leave_as_files_with_hidden_and_unanswered_told_apart(
    reporting: Reporting,
    someone: Callable[..., Visitor],
    browser_of: Callable[[Visitor], Client],
    at: Callable[..., None],
) -> None:
    at(REPORT_DAY)
    reporting.send()
    client = browser_of(someone("officer"))
    files = {
        ending: client.get(reverse("report_answers_file", args=(2025, ending))).content
        for ending in ("csv", "xlsx", "json")
    }
    [row] = csv.DictReader(StringIO(files["csv"].decode("utf-8-sig")))
    assert row["recipient_key"] == MUNICIPALITY
    assert row["used"] == str(PAID[MUNICIPALITY])
    assert row["why_unused"] == HIDDEN
    assert row["views_on_grant"] == UNANSWERED
    assert row["region_collaboration.code"] in ("yes", "no")
    assert json.loads(files["json"])
    assert load_workbook(BytesIO(files["xlsx"])).active.max_row >= 2  # type: ignore[union-attr]
