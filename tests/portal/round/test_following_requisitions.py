import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlencode

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.models import Approval, Decision, ReceivedRequisition, RequisitionDraft
from statsbidrag.portal.queries.requisition_choice import Wanted
from statsbidrag.portal.queries.requisition_list import Row, counts, rows
from statsbidrag.terms.dates import SWEDISH_TIME

YEAR = 2025
LATE = datetime(2025, 5, 2, 14, 30, tzinfo=SWEDISH_TIME)
ComesIn = Callable[..., ReceivedRequisition]


@pytest.fixture
def various(opened: Visitor, comes_in: ComesIn, now: datetime) -> datetime:
    """One of each: whole, wanting more, lacking, abstaining, late; gives the day after the last of them."""
    comes_in("region-01")
    comes_in("region-14", wants_more=True, at_most=10_000)
    comes_in("municipality-0484", amount=rules.ceilings(YEAR)["municipality-0484"] + 1)
    comes_in("municipality-0180", amount=None, wants_more=None, abstains=True)
    comes_in("municipality-1480", at=LATE)
    return LATE + timedelta(days=1)


def line(found: tuple[Row, ...], key: str) -> Row:
    return next(row for row in found if row.key == key)


def test_everyone_on_the_list_has_a_line_also_who_has_not_been_heard(various: datetime) -> None:
    found = rows(YEAR, various.date())
    assert [row.key for row in found] == list(rules.ceilings(YEAR))
    assert counts(found) == {"none": 306, "accepted": 2, "to complete": 1, "rejected": 1, "abstained": 1}
    silent = line(found, "municipality-0114")
    assert (silent.state, silent.amount, silent.reference, silent.arrived) == ("none", None, "", None)


def test_a_line_says_what_was_asked_for_and_what_is_lacking(various: datetime) -> None:
    found = rows(YEAR, various.date())
    assert line(found, "region-01").amount == rules.ceilings(YEAR)["region-01"]
    assert line(found, "region-14").more.replace("\u00a0", " ") == "Högst 10 000 kr"
    assert "är mer än ert högsta belopp" in line(found, "municipality-0484").lacking
    assert line(found, "municipality-0180").amount is None


@pytest.mark.shows("adm-10")
def test_a_late_one_is_there_with_its_time_and_is_to_be_rejected(
    various: datetime, opened: Visitor, browser_of: Callable[[Visitor], Client], at: Callable[[datetime], None]
) -> None:
    late = line(rows(YEAR, various.date()), "municipality-1480")
    assert (late.state, late.rejected, late.arrived) == ("rejected", 1, LATE)
    assert late.arrived_shown == "2025-05-02 14.30"
    assert "kom in den 2 maj 2025, efter sista dagen" in late.lacking
    at(various)
    assert "1 att avvisa" in browser_of(opened).get(reverse("requisitions", args=[YEAR])).content.decode()


def test_what_has_been_rejected_by_a_decision_waits_no_more(
    various: datetime,
    opened: Visitor,
    someone: Callable[..., Visitor],
    decision_maker: Visitor,
    browser_of: Callable[[Visitor], Client],
    at: Callable[[datetime], None],
) -> None:
    at(various)
    late, presenter = ReceivedRequisition.objects.get(recipient="municipality-1480"), someone("presenter")
    approval = Approval.objects.create(
        day=various.date(), at=various, decision_maker_id=decision_maker.id, presenter_id=presenter.id
    )
    Decision.objects.create(
        reference="B-1",
        year=YEAR,
        kind="rejection",
        recipient=late.recipient,
        case=late.document.entry.case,
        because={},
        concerns=late,
        prepared_by_id=presenter.id,
        prepared=various,
        approval=approval,
    )
    assert "att avvisa" not in browser_of(opened).get(reverse("requisitions", args=[YEAR])).content.decode()


def test_a_late_one_beside_one_that_stands_is_found_among_those_to_reject(
    opened: Visitor, comes_in: ComesIn, now: datetime
) -> None:
    comes_in("region-01", amount=5)
    comes_in("region-01", amount=7, at=LATE)
    row = line(rows(YEAR, LATE.date()), "region-01")
    assert (row.state, row.amount, row.rejected) == ("accepted", 5, 1)
    assert Wanted(state="rejected").of([row]) == [row]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(state="accepted", column="ceiling", falling=True), ["Region Stockholm", "Västra Götalandsregionen"]),
        (Wanted(state="abstained"), ["Stockholms kommun"]),
        (Wanted(text="eskils"), ["Eskilstuna kommun"]),
        (Wanted(text="ESKILS", kind="region"), []),
        (Wanted(kind="region", county="Gotlands län"), ["Region Gotland"]),
        (Wanted(agent="yes"), ["Region Uppsala"]),
    ],
)
def test_the_list_is_filtered_and_sorted_as_asked(
    various: datetime, someone: Callable[..., Visitor], wanted: Wanted, names: list[str]
) -> None:
    someone("agent", "region-03")
    assert [row.name for row in wanted.of(rows(YEAR, various.date()))] == names


def test_swedish_letters_come_last_as_in_swedish(opened: Visitor, now: datetime) -> None:
    shown = [row.name for row in Wanted(kind="municipality").of(rows(YEAR, now.date()))]
    places = {name[0]: place for place, name in reversed(list(enumerate(shown)))}
    assert places["V"] < places["Y"] < places["Å"] < places["Ä"] < places["Ö"]


def test_the_file_holds_exactly_the_lines_that_are_shown(
    various: datetime, opened: Visitor, browser_of: Callable[[Visitor], Client], at: Callable[[datetime], None]
) -> None:
    at(various)
    browser, query = browser_of(opened), urlencode({"slag": "region", "ordna": "ceiling", "fallande": "1"})
    asked = Wanted(kind="region", column="ceiling", falling=True).of(rows(YEAR, various.date()))
    answer = browser.get(f"{reverse('requisitions_file', args=[YEAR, 'csv'])}?{query}")
    listed = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["recipient"] for row in listed] == [row.key for row in asked]
    assert listed[0]["requisitioned"] == str(rules.ceilings(YEAR)["region-01"])
    assert answer["Content-Disposition"] == 'attachment; filename="rekvisitioner-2025.csv"'
    book = openpyxl.load_workbook(
        io.BytesIO(browser.get(f"{reverse('requisitions_file', args=[YEAR, 'xlsx'])}?{query}").content)
    )
    assert [row[0].value for row in book["Lista"].iter_rows(min_row=2)] == [row.key for row in asked]
    assert "Slag: region" in [cell.value for cell in book["Om listan"]["B"]]


@pytest.mark.shows("adm-13")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_of_made_up_data_says_so(opened: Visitor, browser_of: Callable[[Visitor], Client], ending: str) -> None:
    content = browser_of(opened).get(reverse("requisitions_file", args=[YEAR, ending])).content
    if ending == "xlsx":
        says = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(content))["Om listan"]["B"]]
        assert "Exempel – påhittade uppgifter, inget beslut" in says
    else:
        lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert {line["note"] for line in lines} == {"Exempel – påhittade uppgifter, inget beslut"}


@pytest.mark.shows("adm-02")
def test_a_draft_is_nowhere_in_the_list_nor_in_its_files(
    opened: Visitor, someone: Callable[..., Visitor], browser_of: Callable[[Visitor], Client], now: datetime
) -> None:
    writer = someone("agent", "region-01")
    RequisitionDraft.objects.create(
        year=YEAR,
        recipient="region-01",
        values={"amount": "987654", "contact_name": "Utkastets kontakt"},
        changed=now,
        changed_by_id=writer.id,
    )
    browser = browser_of(opened)
    for name, arguments in (
        ("requisitions", [YEAR]),
        ("requisitions_file", [YEAR, "csv"]),
        ("round_desk", [YEAR]),
        ("agency_desk", []),
    ):
        content = browser.get(reverse(name, args=arguments)).content.decode()
        assert "987654" not in content.replace("\u00a0", "")
        assert "Utkastets kontakt" not in content
    assert line(rows(YEAR, now.date()), "region-01").state == "none"


def test_the_list_needs_few_questions_however_many_have_been_heard(
    various: datetime, opened: Visitor, browser_of: Callable[[Visitor], Client], at: Callable[[datetime], None]
) -> None:
    at(various)
    browser, address = browser_of(opened), reverse("requisitions", args=[YEAR])
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    assert len(asked) <= 8
