"""The start page: three sentences, the rounds, and in the demonstration a way in as anyone."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from portal.public.words import said

from statsbidrag.portal.demonstration.cast import bring_on
from statsbidrag.portal.demonstration.people import CHARACTERS
from statsbidrag.portal.models import Round


def test_the_start_page_says_what_it_is_in_three_sentences(stranger: Client) -> None:
    page = stranger.get("/").content.decode()
    lead = page.partition('<p class="lead">')[2].partition("</p>")[0]
    assert lead.count(".") == 3


def test_the_start_page_shows_each_round_with_its_state_and_leads_to_its_page(stranger: Client, opened: Round) -> None:
    text = said(stranger, "/")
    assert "Bidraget 2025 Öppen 27 dagar kvar 145 000 000 kr att fördela" in text
    assert "Bidraget 2024 Stängd 82 000 000 kr att fördela" in text
    assert f'href="{reverse("round_page", args=[2025])}"' in stranger.get("/").content.decode()


def test_one_can_go_in_as_every_role_and_as_the_public(stranger: Client, now: datetime) -> None:
    bring_on(now)
    page = stranger.get("/").content.decode()
    for character in CHARACTERS:
        assert f'name="role" value="{character.key}"' in page
        assert stranger.post(reverse("step_in"), {"role": character.key}).status_code == 302
        assert character.name in stranger.get("/").content.decode()
    stranger.post(reverse("step_in"), {"role": "public"})
    assert "Logga ut" not in stranger.get("/").content.decode()


def test_the_ways_in_are_grouped_by_house(stranger: Client) -> None:
    page = said(stranger, "/")
    places = [page.index(f" {house} ") for house in ("Mottagaren", "Myndigheten", "Regionen", "Alla")]
    assert places == sorted(places)
    assert page.index("Ekonom") > places[1]
    assert page.index("BVC-sjuksköterska") > places[2]


def test_outside_the_demonstration_there_is_no_way_in_but_signing_in(
    stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DEMONSTRATION", False)
    page = stranger.get("/").content.decode()
    assert 'name="role"' not in page
    assert "Gå in som" not in page
    assert reverse("sign_in") in page


def test_everyone_may_read_every_public_page(stranger: Client, opened: Round, at: Callable[[datetime], None]) -> None:
    titles = set()
    names = ("front", "rounds", "about", "accessibility", "personal_data", "cookies", "assumptions", "open_data")
    for address in [*map(reverse, names), reverse("public_diary"), "/omgangar/2025/", "/omgangar/2024/"]:
        page = stranger.get(address).content.decode()
        assert page.count("<h1>") == 1, address
        titles.add(page.partition("<title>")[2].partition("</title>")[0])
    assert len(titles) == len(names) + 3
