"""Signing in against a real provider of e-legitimation, from the first click to the session."""

import json
import logging
import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from portal.signing.providers import LOA_2, PERSONAL_NUMBER, Providers, identify, new_browser, running_providers
from servers.needs import free_port

from statsbidrag.portal.models import Person, Role
from statsbidrag.portal.signing.setup import LOA_3
from statsbidrag.portal.signing.subject import keyed_subject

THEN = "/logga-ut/klart/"  # any page will do


def start(visitor: Client) -> str:
    """Chooses e-legitimation, and gives where the browser is sent."""
    response = visitor.get("/logga-in/e-legitimation/", {"next": THEN})
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def come_back(visitor: Client, address: str) -> HttpResponse:
    """Follows the provider's answer back to the service."""
    return visitor.get(address.removeprefix("https://testserver"))


def sign_in(visitor: Client, who: str = "ombud", level: str = LOA_3, ago: int = 0) -> HttpResponse:
    """Signs in from beginning to end; ``ago`` is how many seconds earlier the person was identified."""
    return come_back(visitor, identify(start(visitor), who=who, level=level, at=int(time.time()) - ago))


def is_signed_in(visitor: Client) -> bool:
    """Whether the sign-in page sends the browser on, as it does with whoever is signed in already."""
    return visitor.get("/logga-in/", {"next": THEN}).status_code == 302


def lax(environment: pytest.MonkeyPatch, providers: Providers) -> None:
    """Has the service trust the provider that lets anyone through."""
    environment.setenv("STATSBIDRAG_OIDC_ISSUER", providers.lax)


@pytest.mark.shows("adm-03")
def test_an_e_legitimation_at_level_3_lets_a_person_in(visitor: Client, providers: Providers) -> None:
    response = sign_in(visitor)
    person = Person.objects.get()
    assert (response.status_code, response["Location"]) == (302, THEN)
    assert is_signed_in(visitor)
    assert (person.name, person.subject) == ("Exempel Ombud", keyed_subject(providers.strict, "ombud"))


@pytest.mark.shows("adm-03")
def test_the_question_is_the_swedish_profiles(visitor: Client) -> None:
    asked = {name: values[0] for name, values in parse_qs(urlsplit(start(visitor)).query).items()}
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["ui_locales"] == "sv"
    assert asked["prompt"] == "login"
    assert asked["redirect_uri"] == "https://testserver/logga-in/svar/"
    assert json.loads(asked["claims"])["id_token"]["acr"] == {"essential": True, "values": [LOA_3]}
    assert "personalIdentityNumber" not in asked["claims"] + asked["scope"]
    assert min(len(asked["state"]), len(asked["nonce"])) >= 64


@pytest.mark.shows("adm-03")
@pytest.mark.parametrize("who", ["ombud", "trader", PERSONAL_NUMBER])
def test_a_personal_number_that_a_provider_sends_is_kept_nowhere(
    visitor: Client, who: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    address = identify(start(visitor), who=who, level=LOA_3, at=int(time.time()))
    caplog.set_level(logging.DEBUG)
    come_back(visitor, address)
    assert is_signed_in(visitor)
    sessions = json.dumps([session.get_decoded() for session in Session.objects.all()])
    call_command("dumpdata", "--all")
    tables = capsys.readouterr().out
    assert Person.objects.get().subject in tables
    assert "POST /token" in caplog.text
    for told in (sessions, tables, caplog.text, str(visitor.cookies)):
        assert PERSONAL_NUMBER[2:] not in told


def test_the_same_person_is_the_same_person_and_a_new_name_replaces_the_old(visitor: Client) -> None:
    sign_in(visitor)
    Person.objects.update(name="Tidigare Namn")
    sign_in(visitor)
    assert Person.objects.get().name == "Exempel Ombud"


def test_a_name_that_comes_in_parts_is_put_together(visitor: Client) -> None:
    sign_in(visitor, "parts")
    assert Person.objects.get().name == "Exempel Delad"


def test_a_person_without_a_name_is_not_let_in(visitor: Client) -> None:
    response = sign_in(visitor, "nameless")
    assert "skickade inget namn" in response.content.decode()
    assert not Person.objects.exists()


def test_someone_new_may_do_nothing_yet_and_comes_to_where_one_becomes_an_agent(visitor: Client) -> None:
    address = visitor.get("/logga-in/e-legitimation/")["Location"]
    response = come_back(visitor, identify(address, who="parts", level=LOA_3, at=int(time.time())))
    assert response["Location"] == reverse("my_organisations")
    assert visitor.get(response["Location"]).status_code == 200
    assert not Role.objects.exists()


def test_only_the_subject_and_the_person_of_a_visit_are_in_its_session(visitor: Client) -> None:
    before = start(visitor)
    key = visitor.session.session_key
    come_back(visitor, identify(before, who="parts", level=LOA_3, at=int(time.time())))
    assert dict(visitor.session) == {"person": Person.objects.get().pk}
    assert visitor.session.session_key != key
    assert not Session.objects.filter(session_key=key).exists()


@pytest.mark.shows("adm-03")
def test_a_lower_level_is_refused_by_us_even_where_the_provider_lets_it_through(
    visitor: Client, environment: pytest.MonkeyPatch, providers: Providers
) -> None:
    lax(environment, providers)
    response = sign_in(visitor, level=LOA_2)
    assert response.status_code == 403
    assert "tillitsnivå som e-tjänsten kräver" in response.content.decode()
    assert not is_signed_in(visitor)
    assert not Person.objects.exists()


def test_a_provider_that_says_nothing_of_the_level_lets_nobody_in(
    visitor: Client, environment: pytest.MonkeyPatch, providers: Providers
) -> None:
    lax(environment, providers)
    assert sign_in(visitor, level="").status_code == 403
    assert not is_signed_in(visitor)


def test_someone_who_was_identified_an_hour_ago_has_to_do_it_again(
    visitor: Client, environment: pytest.MonkeyPatch, providers: Providers
) -> None:
    lax(environment, providers)
    assert "för gammal" in sign_in(visitor, ago=3600).content.decode()
    assert not is_signed_in(visitor)


def test_whoever_turns_back_at_the_provider_is_told_that_nothing_has_changed(visitor: Client) -> None:
    response = come_back(visitor, identify(start(visitor), error="access_denied"))
    page = response.content.decode()
    assert "Inloggningen avbröts" in page
    assert "Inget har ändrats" in page
    assert f"/logga-in/?next={THEN.replace('/', '%2F')}" in page


def test_what_a_provider_says_went_wrong_is_not_shown(visitor: Client) -> None:
    page = come_back(visitor, identify(start(visitor), error="invalid_request")).content.decode()
    assert "kunde inte legitimera er" in page
    assert "aborted" not in page


def test_an_answer_is_used_once(visitor: Client) -> None:
    address = identify(start(visitor), who="ombud", level=LOA_3, at=int(time.time()))
    come_back(visitor, address)
    visitor.post("/logga-ut/")
    response = come_back(visitor, address)
    assert response.status_code == 400
    assert "redan använd" in response.content.decode()
    assert not is_signed_in(visitor)


def test_an_answer_does_nothing_in_another_browser(visitor: Client) -> None:
    address = identify(start(visitor), who="ombud", level=LOA_3, at=int(time.time()))
    other = new_browser()
    start(other)
    assert come_back(other, address).status_code == 400
    assert not is_signed_in(other)


@pytest.mark.parametrize("secret", ["nonce", "code_challenge", "state"])
def test_an_answer_to_another_question_than_ours_lets_nobody_in(visitor: Client, secret: str) -> None:
    address = start(visitor)
    ours = parse_qs(urlsplit(address).query)[secret][0]
    theirs = address.replace(ours, "A" * len(ours))
    response = come_back(visitor, identify(theirs, who="ombud", level=LOA_3, at=int(time.time())))
    assert response.status_code in {400, 403}
    assert not is_signed_in(visitor)


def test_a_code_from_someone_elses_sign_in_lets_nobody_in(visitor: Client) -> None:
    other = new_browser()
    stolen = parse_qs(urlsplit(identify(start(other), who="ombud", level=LOA_3, at=int(time.time()))).query)["code"][0]
    address = identify(start(visitor), who="parts", level=LOA_3, at=int(time.time()))
    mine = parse_qs(urlsplit(address).query)["code"][0]
    response = come_back(visitor, address.replace(mine, stolen))
    assert "gick inte att lita på" in response.content.decode()
    assert not is_signed_in(visitor)


def test_an_answer_in_another_providers_name_lets_nobody_in(visitor: Client, providers: Providers) -> None:
    address = identify(start(visitor), who="ombud", level=LOA_3, at=int(time.time()))
    named = parse_qs(urlsplit(address).query)["iss"][0]
    assert named == providers.strict
    port, other = named.rsplit(":", 1)[1], providers.lax.rsplit(":", 1)[1]
    assert come_back(visitor, address.replace(port, other)).status_code == 403
    assert not is_signed_in(visitor)


def test_a_provider_that_is_down_is_told_as_such(visitor: Client, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("STATSBIDRAG_OIDC_ISSUER", f"http://127.0.0.1:{free_port()}")
    response = visitor.get("/logga-in/e-legitimation/")
    assert response.status_code == 502
    assert "svarar inte som den ska" in response.content.decode()


def test_a_provider_that_dies_while_someone_is_there_is_told_as_such(
    visitor: Client, environment: pytest.MonkeyPatch
) -> None:
    with running_providers() as dying:
        environment.setenv("STATSBIDRAG_OIDC_ISSUER", dying.strict)
        environment.setenv("STATSBIDRAG_OIDC_KEY", dying.key.as_pem(private=True).decode())
        address = identify(start(visitor), who="ombud", level=LOA_3, at=int(time.time()))
    assert come_back(visitor, address).status_code == 502
    assert not is_signed_in(visitor)


def test_what_is_missing_in_the_environment_is_told_to_the_log_and_not_to_the_visitor(
    visitor: Client, environment: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    environment.delenv("STATSBIDRAG_OIDC_ISSUER")
    response = visitor.get("/logga-in/e-legitimation/")
    assert response.status_code == 503
    assert "STATSBIDRAG" not in response.content.decode()
    assert "STATSBIDRAG_OIDC_ISSUER" in caplog.text


def test_a_session_that_has_run_out_is_nobodys(visitor: Client) -> None:
    sign_in(visitor)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_signed_in(visitor)


def test_several_windows_may_sign_in_at_once(visitor: Client) -> None:
    addresses = [start(visitor) for _ in range(3)]
    response = come_back(visitor, identify(addresses[0], who="ombud", level=LOA_3, at=int(time.time())))
    assert response.status_code == 302


def test_signing_out_takes_a_click_and_ends_the_session(visitor: Client) -> None:
    sign_in(visitor)
    assert "Vill ni logga ut?" in visitor.get("/logga-ut/").content.decode()
    assert is_signed_in(visitor)
    assert visitor.post("/logga-ut/", follow=True).redirect_chain == [("/logga-ut/klart/", 302)]
    assert not is_signed_in(visitor)
    assert not Session.objects.exists()


def test_a_visitor_is_never_sent_on_to_another_site(visitor: Client) -> None:
    for elsewhere in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        page = visitor.get("/logga-in/", {"next": elsewhere}).content.decode()
        assert "next=" not in page


def test_the_number_of_a_public_organisation_comes_along_and_a_sole_traders_does_not(visitor: Client) -> None:
    sign_in(visitor)
    assert visitor.session["organisation_number"] == "232100-0016"
    sign_in(visitor, "trader")
    assert "organisation_number" not in visitor.session
