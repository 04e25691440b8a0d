"""The public diary: everything that has come in and gone out, without what is secret, erased or needlessly personal."""

import hashlib
from datetime import datetime, timedelta

import pytest
from django.test import Client
from portal.public.words import said

from statsbidrag.portal.actions.diary import CaseKind, enter, open_case
from statsbidrag.portal.models import Document
from statsbidrag.portal.papers import Paper

DIARY = "/diarium/"
CONTENT = b"%PDF-1.7 en rekvisition"

pytestmark = pytest.mark.django_db


def entered(now: datetime, *, kind: CaseKind = "grant", recipient: str = "region-01", secret: bool = False) -> Document:
    matter = "Ombud för Region Stockholm" if kind == "agent" else "Statsbidrag 2025"
    case = open_case(kind, 2025, matter, now, recipient=recipient)
    party = "Kim Person" if kind == "agent" else "Region Stockholm"
    paper = Paper("in", "requisition", party, "Rekvisition av Kim", "rekvisition.pdf", CONTENT, secret=secret)
    return enter(case, paper, now)


@pytest.mark.shows("adm-09")
def test_a_document_stands_with_its_numbers_day_direction_party_matter_and_fingerprint(
    stranger: Client, now: datetime
) -> None:
    document = entered(now)
    text = said(stranger, DIARY)
    assert f"{document.entry.case.number}, handling 1 2 april 2025 kl. 10.00 Inkommen Region Stockholm" in text
    assert "Rekvisition av Kim" in text
    assert hashlib.sha256(CONTENT).hexdigest() in text


def test_the_document_itself_is_given_only_to_who_asks_for_it(stranger: Client, now: datetime) -> None:
    document = entered(now)
    page = stranger.get(DIARY).content.decode()
    number = document.entry.case.number.replace("/", "/").replace(" ", "%20")
    assert f"?subject=Beg%C3%A4ran%20om%20handling%20{number}%2C%20handling%201" in page
    assert CONTENT.decode() not in page


@pytest.mark.shows("adm-11")
def test_what_is_marked_secret_hides_its_sender_and_its_matter(stranger: Client, now: datetime) -> None:
    entered(now, secret=True)
    text = said(stranger, DIARY)
    assert "Uppgiften är sekretessmarkerad" in text
    assert "Rekvisition av Kim" not in text
    assert "Inkommen Region Stockholm" not in text


@pytest.mark.shows("adm-11")
def test_what_has_been_erased_leaves_a_line_without_its_contents(stranger: Client, now: datetime) -> None:
    document = entered(now)
    Document.objects.filter(pk=document.pk).update(erased_by="9.1-77/2025", erased_at=now + timedelta(days=3))
    text = said(stranger, DIARY)
    assert "Gallrad enligt beslut 9.1-77/2025 den 5 april 2025" in text
    assert "Rekvisition av Kim" not in text
    assert "1 handling " in text


def test_an_application_to_be_agent_shows_the_organisation_and_never_the_person(
    stranger: Client, now: datetime
) -> None:
    entered(now, kind="agent")
    text = said(stranger, DIARY)
    assert "Inkommen Region Stockholm Ombud för Region Stockholm" in text
    assert "Kim" not in text


def test_one_finds_documents_by_number_recipient_and_year(stranger: Client, now: datetime) -> None:
    own = entered(now)
    entered(now, recipient="region-03")
    assert "2 handlingar" in said(stranger, DIARY)
    assert "1 handling passar" in said(stranger, f"{DIARY}?nummer={own.entry.case.number}")
    assert "1 handling passar" in said(stranger, f"{DIARY}?mottagare=region+uppsala")
    assert "2 handlingar passar" in said(stranger, f"{DIARY}?ar=2025")
    assert "0 handlingar passar" in said(stranger, f"{DIARY}?ar=2024")
    assert "Ingen handling passar." in said(stranger, f"{DIARY}?mottagare=ingenstans")


def test_a_search_finds_a_party_also_in_a_case_that_is_not_its_own_but_never_one_that_is_hidden(
    stranger: Client, now: datetime
) -> None:
    entered(now, recipient="")
    entered(now, recipient="", secret=True)
    assert "1 handling passar" in said(stranger, f"{DIARY}?mottagare=stockholm")


def test_the_diary_is_paged_the_newest_first(stranger: Client, now: datetime) -> None:
    for number in range(51):
        entered(now + timedelta(minutes=number))
    first, second = said(stranger, DIARY), said(stranger, f"{DIARY}?sida=2")
    assert "handling 51 2 april" in first
    assert "handling 1 2 april" not in first
    assert "Sida 2 av 2" in second
    assert "handling 1 2 april" in second
    assert "Så många sidor finns det inte." in said(stranger, f"{DIARY}?sida=9")


@pytest.mark.parametrize("query", ["?sida=x", "?sida=0", "?sida=-3", "?sida=99999999999", "?ar=x", "?ar=%C2%B2025"])
def test_an_odd_address_shows_the_diary_all_the_same(stranger: Client, query: str) -> None:
    assert stranger.get(DIARY + query).status_code == 200
