from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from statsbidrag.portal import rules
from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.portal.actions.reallocation import reallocate_round
from statsbidrag.portal.actions.registering import register
from statsbidrag.portal.actions.requisition import Facts
from statsbidrag.portal.models import Bias, ReceivedRequisition
from statsbidrag.portal.queries.requisitions import standing, versions
from statsbidrag.terms.dates import SWEDISH_TIME

YEAR = 2025
LATE = datetime(2025, 5, 2, 14, 30, tzinfo=SWEDISH_TIME)
REALLOCATED = datetime(2025, 5, 12, 10, tzinfo=SWEDISH_TIME)
RECIPIENT = "municipality-1480"
FORM = {
    "recipient": RECIPIENT,
    "channel": "paper",
    "day": "2025-04-28",
    "time": "14.05",
    "amount": "100 000 kr",
    "wants_more": "no",
    "other_support": "",
    "deed_key": "a",
}


def picture() -> bytes:
    content = BytesIO()
    Image.new("RGB", (4, 4), "white").save(content, "PNG")
    return content.getvalue()


@pytest.fixture
def browser(opened: Visitor, browser_of: Callable[[Visitor], Client], at: Callable[[datetime], None]) -> Client:
    """An officer's browser on a day when the round has closed."""
    at(LATE)
    return browser_of(opened)


def send(browser: Client, **said: object) -> Any:
    return browser.post(reverse("register_requisition", args=[YEAR]), {**FORM, **said})


@pytest.mark.shows("adm-10")
def test_paper_is_registered_with_its_swedish_time_of_arrival_and_gets_a_diary_number(
    browser: Client, opened: Visitor
) -> None:
    answer = send(browser)
    row = ReceivedRequisition.objects.select_related("document__entry__case").get()
    assert row.arrived == datetime(2025, 4, 28, 14, 5, tzinfo=SWEDISH_TIME)
    assert (row.channel, row.amount, row.other_support, row.registered_by_id) == ("paper", 100_000, None, opened.id)
    case = row.document.entry.case
    assert (case.kind, case.recipient) == ("grant", RECIPIENT)
    assert row.reference == f"{case.number}-1"
    page = browser.get(answer["Location"]).content.decode()
    assert f"Registrerad som {row.reference}" in page


@pytest.mark.shows("adm-10")
def test_a_late_one_is_received_all_the_same_and_is_to_be_rejected(browser: Client) -> None:
    send(browser, day="2025-05-02", time="08:00")
    [review] = versions(YEAR, RECIPIENT, LATE.date())
    assert review.state == "rejected"
    assert standing(YEAR, RECIPIENT, LATE.date()) is None


@pytest.mark.shows("adm-10")
def test_nothing_that_is_lacking_or_too_much_keeps_it_from_being_registered(browser: Client) -> None:
    send(browser, amount="", wants_more="", deed_key="b")
    send(browser, amount="999 999 999", deed_key="c")
    first, second = versions(YEAR, RECIPIENT, LATE.date())
    assert first.requisition.amount is None
    assert second.requisition.amount == 999_999_999 > rules.ceilings(YEAR)[RECIPIENT]
    assert second.state == "to complete"


@pytest.mark.shows("adm-10")
def test_what_does_not_say_whose_it_is_lies_in_the_rounds_own_case(browser: Client, opened: Visitor) -> None:
    answer = send(browser, recipient="unknown")
    assert answer.status_code == 302
    row = ReceivedRequisition.objects.select_related("document__entry__case").get()
    assert (row.recipient, row.document.entry.case.kind) == ("", "round")


def test_what_nobody_knew_whose_it_was_waits_in_the_list_until_someone_says_so(browser: Client) -> None:
    listed = reverse("requisitions", args=[YEAR])
    send(browser, recipient="unknown", deed_key="b")
    unknown = ReceivedRequisition.objects.get()
    page = browser.get(listed).content.decode()
    assert "1 som inte säger vem de kommer från" in page
    assert f"?kompletterar={unknown.reference}" in page
    form = browser.get(reverse("register_requisition", args=[YEAR]), {"kompletterar": unknown.reference})
    assert f"Kompletterar {unknown.reference}" in form.content.decode()
    send(browser, earlier=unknown.reference, day="2025-05-02", time="09.00", deed_key="c")
    assert "som inte säger vem" not in browser.get(listed).content.decode()
    review = standing(YEAR, RECIPIENT, LATE.date())
    assert review is not None
    assert review.counts


def test_the_scan_becomes_the_document_in_the_case(browser: Client) -> None:
    scan = picture()
    send(browser, scan=SimpleUploadedFile("brev från kommunen.png", scan, "image/png"))
    document = ReceivedRequisition.objects.get().document
    assert (document.mime, document.direction, document.name) == ("image/png", "in", "brev-fran-kommunen.png")
    assert bytes(document.content.content) == scan


def test_a_file_of_another_kind_is_refused_with_the_reason_and_every_value_stays(browser: Client) -> None:
    page = send(browser, scan=SimpleUploadedFile("brev.pdf", b"MZ not a document", "application/pdf"))
    content = page.content.decode()
    assert "Filens innehåll är inte PDF, PNG eller JPG" in content
    assert 'value="100 000 kr"' in content
    assert 'value="2025-04-28"' in content
    assert not ReceivedRequisition.objects.exists()


def test_a_time_of_arrival_that_lies_ahead_is_mended_and_not_stored(browser: Client) -> None:
    page = send(browser, day="2025-05-03")
    assert "ligger i framtiden" in page.content.decode()
    assert not ReceivedRequisition.objects.exists()


def test_a_second_click_registers_nothing_more(browser: Client) -> None:
    assert send(browser)["Location"] == send(browser)["Location"]
    assert ReceivedRequisition.objects.count() == 1


def test_a_completion_on_paper_completes_what_stands(browser: Client) -> None:
    send(browser, amount="", deed_key="b")
    lacking = ReceivedRequisition.objects.get()
    send(browser, day="2025-05-02", time="09.00", completes="on", deed_key="c")
    completion = ReceivedRequisition.objects.exclude(pk=lacking.pk).get()
    assert completion.completes == lacking.reference
    review = standing(YEAR, RECIPIENT, LATE.date())
    assert review is not None
    assert (review.requisition.amount, review.counts) == (100_000, True)


def test_one_that_came_in_time_but_is_registered_after_the_reallocation_is_a_matter_for_the_presenter(
    browser: Client, opened: Visitor, at: Callable[[datetime], None]
) -> None:
    assert "Omfördelningen är redan gjord" not in browser.get(send(browser)["Location"]).content.decode()
    at(REALLOCATED)
    reallocate_round(opened, YEAR, REALLOCATED)
    answer = send(browser, recipient="municipality-0180", deed_key="b")
    assert "Omfördelningen är redan gjord" in browser.get(answer["Location"]).content.decode()


@pytest.mark.shows("adm-21")
def test_that_someone_abstains_by_letter_ends_the_matter(browser: Client) -> None:
    send(browser, abstains="on", amount="")
    review = standing(YEAR, RECIPIENT, LATE.date())
    assert review is not None
    assert review.state == "abstained"


def test_an_officer_and_a_registrar_register_and_nobody_else(someone: Callable[..., Visitor], opened: Visitor) -> None:
    came = ("paper", datetime(2025, 4, 28, 14, 5, tzinfo=SWEDISH_TIME))
    register(someone("registrar"), YEAR, RECIPIENT, Facts(amount=5), came=came, scan=None, now=LATE)  # type: ignore[arg-type]
    for other in (someone("finance"), someone("auditor"), someone("agent", RECIPIENT)):
        with pytest.raises(Refused):
            register(other, YEAR, RECIPIENT, Facts(amount=5), came=came, scan=None, now=LATE)  # type: ignore[arg-type]
    assert ReceivedRequisition.objects.count() == 1


@pytest.mark.shows("adm-07")
def test_a_biased_officer_registers_nothing_in_that_case(opened: Visitor, browser: Client) -> None:
    Bias.objects.create(officer_id=opened.id, recipient=RECIPIENT, note="Syskon är ombud.", at=LATE)
    page = send(browser)
    assert "Du har anmält jäv" in page.content.decode()
    assert not ReceivedRequisition.objects.exists()
