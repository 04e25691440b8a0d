"""The call: a public page for each round, and its instructions as a document."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pdf_validators import pages_of, pdf_faults, squeezed
from portal.public.words import said

from statsbidrag.portal import rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.models import Round
from statsbidrag.terms.dates import SWEDISH_TIME

PAGE_2025, PAGE_2024 = "/omgangar/2025/", "/omgangar/2024/"
LAST_DAY = datetime(2025, 4, 29, 23, 30, tzinfo=SWEDISH_TIME)


@pytest.mark.shows("utl-15", "utl-16", "utl-17")
def test_the_page_says_who_applies_to_be_agent_that_a_power_of_attorney_will_do_and_to_be_in_good_time(
    stranger: Client,
) -> None:
    text = said(stranger, PAGE_2024)
    assert "Innan ni rekvirerar ansöker er behöriga företrädare om att bli ombud." in text
    assert "En person med fullmakt från den behöriga företrädaren kan ansöka i stället." in text
    assert "Ni kan rekvirera först när ombudsansökan är beviljad." in text
    assert "Var ute i god tid: beräknad handläggningstid är en månad." in text


@pytest.mark.shows("utl-18", "anv-33")
@pytest.mark.parametrize("page", [PAGE_2024, PAGE_2025])
def test_the_page_leads_to_more_about_the_agent_application(stranger: Client, page: str) -> None:
    answer = stranger.get(page).content.decode()
    assert '<a href="/om/#ombud">Läs mer om ombudsansökan</a>' in answer
    assert 'id="ombud"' in stranger.get("/om/").content.decode()


@pytest.mark.shows("utl-20", "utl-24")
def test_an_open_round_leads_to_the_form_and_says_that_the_sources_call_the_link_two_things(
    stranger: Client, opened: Round
) -> None:
    answer = stranger.get(PAGE_2025).content.decode()
    assert answer.count(f'href="{reverse("my_organisations")}"') == 2
    assert "Rekvirera nu" in answer
    text = said(stranger, PAGE_2025)
    assert "Ni rekvirerar i e-tjänstens webbformulär, i inloggat läge." in text
    assert "Annan uppgift: 2024: ”Ansök nu” i inloggat läge – utlysningen 2024," in text


def test_who_acts_for_one_organisation_comes_straight_to_its_form(
    someone: Callable[..., Visitor], browser_of: Callable[[Visitor | None], Client], opened: Round
) -> None:
    browser = browser_of(someone("agent", "municipality-0180"))
    to_form = reverse("requisition", kwargs={"recipient": "municipality-0180", "year": 2025})
    assert browser.get(PAGE_2025).content.decode().count(f'href="{to_form}"') == 2


@pytest.mark.shows("utl-23")
@pytest.mark.parametrize(("year", "name"), [(2024, "Anvisningar hembesöksprogrammet"), (2025, "Anvisningar 2025")])
def test_the_page_offers_the_instructions_as_a_document_that_says_the_same(
    stranger: Client, year: int, name: str
) -> None:
    address = f"/omgangar/{year}/anvisningar.pdf"
    assert f'<a href="{address}">{name} (PDF)</a>' in stranger.get(f"/omgangar/{year}/").content.decode()
    answer = stranger.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert pdf_faults(answer.content) == []
    document, page = " ".join(pages_of(answer.content)), said(stranger, f"/omgangar/{year}/")
    assert "Exempel – påhittade uppgifter, inget beslut" in document
    for condition in rules.round_rules(year).decision.conditions:
        assert squeezed(condition.text) in squeezed(document)
        assert condition.text in page


def test_everything_on_the_page_comes_from_the_rules_of_its_own_year(stranger: Client) -> None:
    now, then = said(stranger, PAGE_2025), said(stranger, PAGE_2024)
    assert "Kommuner och regioner kan rekvirera bidraget." in now
    assert "Det finns 145 000 000 kr att fördela: 72 500 000 kr till 21 regioner och 72 500 000 kr till 290" in now
    assert "vilken kommun eller region som rekvirerar bidraget" in now
    assert "om ni vill ta del av eventuella medel som inte har rekvirerats" in now
    assert "Regioner kan rekvirera bidraget." in then
    assert "Det finns 82 000 000 kr att fördela mellan 21 regioner." in then
    assert "Det som ingen rekvirerar delas inte ut till andra." in then
    assert "145 000 000" not in then
    assert "29 april 2025" not in then


def test_a_section_shows_what_it_rests_on_with_the_words_of_the_source_or_our_assumption(stranger: Client) -> None:
    text = said(stranger, PAGE_2025)
    assert "Källa: anvisningarna 2025, Hur får ni del av medlen, rad 53 – senast den 29 april 2025" in text
    assert "Vårt antagande: Ingen källa säger hur potten delas mellan regioner och kommuner." in text


def test_the_last_day_to_report_is_shown_with_what_other_sources_say(stranger: Client) -> None:
    text = said(stranger, PAGE_2025)
    assert "Vi räknar med den 3 mars 2026" in text
    assert "den 1 mars 2026, som är en söndag – Region Stockholms tjänsteutlåtande," in text


def test_before_the_list_is_published_the_page_says_when_it_comes(
    stranger: Client, at: Callable[[datetime], None]
) -> None:
    at(datetime(2025, 3, 3, 9, tzinfo=SWEDISH_TIME))
    text = said(stranger, PAGE_2025)
    assert "Kommande Öppnar för rekvisition den 11 mars 2025" in text
    assert "Fördelningslistan är inte publicerad än. Den kommer här innan omgången öppnar" in text
    assert "Rekvirera nu (" not in text
    assert reverse("allocation_list", args=[2025]) not in stranger.get(PAGE_2025).content.decode()


def test_a_round_that_the_agency_has_not_opened_is_not_open(stranger: Client, published: Round) -> None:
    text = said(stranger, PAGE_2025)
    assert "Kommande Inte öppnad än" in text
    assert reverse("my_organisations") not in stranger.get(PAGE_2025).content.decode()


@pytest.mark.shows("utl-04")
def test_an_open_round_counts_the_days_and_closes_after_the_last(
    stranger: Client, opened: Round, at: Callable[[datetime], None]
) -> None:
    assert "Öppen för rekvisition, 27 dagar kvar" in said(stranger, PAGE_2025)
    at(LAST_DAY)
    assert "Öppen för rekvisition, sista dagen i dag" in said(stranger, PAGE_2025)
    at(LAST_DAY + timedelta(hours=1))
    assert "Stängd för rekvisition" in said(stranger, PAGE_2025)
    assert "Omgången är stängd, så det går inte längre att rekvirera." in said(stranger, PAGE_2025)


def test_the_rounds_stand_in_a_list_with_where_each_is(stranger: Client, opened: Round) -> None:
    text = said(stranger, "/omgangar/")
    assert "Bidraget 2025 Öppen 27 dagar kvar 145 000 000 kr 11 mars 2025 29 april 2025" in text
    assert "Bidraget 2024 Stängd 82 000 000 kr 6 februari 2024 5 april 2024 Fördelningslista 2024" in text


def test_a_year_without_a_round_has_no_page(stranger: Client) -> None:
    for address in ("/omgangar/2031/", "/omgangar/2031/anvisningar.pdf", "/omgangar/2031/fordelningslista/"):
        assert stranger.get(address).status_code == 404


def test_a_page_makes_few_questions_to_the_database(
    stranger: Client, opened: Round, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for address in ("/", "/omgangar/", PAGE_2025, "/omgangar/2025/fordelningslista/", "/data/", "/diarium/"):
        with django_assert_max_num_queries(8):  # type: ignore[attr-defined]  # a context manager
            stranger.get(address)
