"""The pages that the law asks for, and those that say what we have assumed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from portal.public.words import plain, said

from statsbidrag.portal import rules
from statsbidrag.portal.actions.feedback import Flaw, report_flaw
from statsbidrag.portal.models import Mail
from statsbidrag.rulebook.assumptions import assumed, disagreements
from statsbidrag.terms.faults import Fault

ACCESSIBILITY = "/om/tillganglighet/"
FLAW = {"what": "Knappen går inte att nå.", "page": "Fördelningslistan", "email": "nagon@exempel.se", "deed_key": "a1"}


@pytest.mark.shows("adm-29")
def test_the_accessibility_statement_says_how_far_we_have_come_what_is_wrong_and_who_watches(stranger: Client) -> None:
    text = said(stranger, ACCESSIBILITY)
    assert "delvis förenlig med lagen (2018:1937) om tillgänglighet till digital offentlig service" in text
    assert "Brister som vi känner till" in text
    assert "Så har vi testat" in text
    assert "Myndigheten för digital förvaltning, Digg," in text


@pytest.mark.shows("adm-29")
@pytest.mark.django_db
def test_whoever_tells_of_a_flaw_is_thanked_and_the_agency_gets_it_by_e_mail_once(
    stranger: Client, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]  # a context manager
        for _ in range(2):
            answer = stranger.post(ACCESSIBILITY, FLAW)
    assert answer["Location"] == reverse("flaw_reported")
    assert "Tack, vi har tagit emot det" in said(stranger, reverse("flaw_reported"))
    [sent] = mail.outbox
    assert sent.to == [rules.book().agency.contact.value]
    assert "Sida: Fördelningslistan" in sent.body
    assert "Knappen går inte att nå." in sent.body
    assert "Svar till: nagon@exempel.se" in sent.body


def test_a_flaw_without_words_or_with_an_odd_address_comes_back_with_every_value(stranger: Client) -> None:
    answer = stranger.post(ACCESSIBILITY, FLAW | {"what": "", "email": "nagon(a)exempel.se"})
    page = answer.content.decode()
    assert "Beskriv vad som inte fungerar." in page
    assert "Adressen går inte att läsa. Skriv den som namn@exempel.se." in page
    assert 'value="Fördelningslistan"' in page
    assert 'value="nagon(a)exempel.se"' in page
    assert not Mail.objects.exists()


def test_a_flood_of_flaws_is_refused_and_another_way_is_shown(stranger: Client, now: datetime) -> None:
    for number in range(60):
        report_flaw(Flaw("", f"brist {number}"), now)
    page = plain(stranger.post(ACCESSIBILITY, FLAW).content.decode())
    assert f"Försök igen om en timme, eller skriv till {rules.book().agency.contact.value}." in page
    with pytest.raises(Fault):
        report_flaw(Flaw("", "en till"), now)
    report_flaw(Flaw("", "en till"), now + timedelta(minutes=61))
    assert Mail.objects.count() == 61


@pytest.mark.shows("adm-29")
def test_each_controller_of_personal_data_stands_with_its_purpose_its_basis_and_how_long(stranger: Client) -> None:
    text = said(stranger, "/om/personuppgifter/")
    for controller in ("Socialstyrelsen", "Kommunen eller regionen som rekvirerar", "Regionen som för bidraget vidare"):
        assert controller in text
    people = rules.book().agency.people
    assert f"Bevis på behörighet för ett ombud {people.proof.value} dagar efter" in text
    assert f"Kontaktuppgifter {people.contact.value} dagar efter" in text
    for part in ("Ändamål", "Rättslig grund", "artikel 6.1 e", "Vilka rättigheter har ni?", "imy.se"):
        assert part in text


@pytest.mark.shows("adm-29")
def test_every_cookie_that_is_set_is_told_of(stranger: Client) -> None:
    text = said(stranger, "/om/kakor/")
    stranger.get(ACCESSIBILITY)
    stranger.post(reverse("my_organisations"), {"x": "y"})
    assert stranger.cookies
    assert all(name in text for name in stranger.cookies)
    assert "sessionid" in text


def test_everything_that_we_have_assumed_is_there_to_read(stranger: Client) -> None:
    text = said(stranger, "/om/antaganden/")
    book = rules.book()
    for one in assumed(book.folder):
        assert " ".join(one.reason.split()) in text, one
    assert f"Här är alla {len(list(assumed(book.folder)))} antaganden" in text
    assert "Omgången 2024" in text
    assert "Beräkningen är en uppskattning." in text


def test_everything_that_the_sources_differ_on_is_there_with_its_place(stranger: Client) -> None:
    text = said(stranger, "/om/antaganden/")
    for one in disagreements(rules.book().folder):
        for other in one.others:
            assert f"{other.says} – {rules.book().library.place(other.cites)}" in text


def test_the_table_of_rights_is_the_one_that_access_goes_by(stranger: Client) -> None:
    text = said(stranger, "/om/")
    assert "Rätt Ombud Representant Uppgiftssamordnare Behörig företrädare Läsbehörig" in text
    assert "Skicka in Ja Ja Nej Nej Nej" in text
    assert "Godkänna redovisningen Nej Nej Nej Ja Nej" in text
    assert text.count("Samlad redovisning") == 1
