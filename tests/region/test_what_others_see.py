"""Who sees what of the region's house: the agency nothing, another region nothing, and a planner its own clinics."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from statsbidrag.portal.access import AGENCY, Visitor
from statsbidrag.portal.actions.invitations import invite
from statsbidrag.portal.actions.roles import end_role
from statsbidrag.portal.guards import GUARDS
from statsbidrag.portal.models import Invitation, Mail, Role
from statsbidrag.portal.queries.mail import outbox
from statsbidrag.region.actions.notices import tell

ClinicOf = Callable[[str], tuple[Any, str]]
SECRETS = ("karla.mottagning@exempel.se", "Avräkningen är klar", "Bara för Karla")


@pytest.fixture
def mailed(clinic_of: ClinicOf, now: datetime, django_capture_on_commit_callbacks: Callable[..., Any]) -> Mail:
    """An e-mail from the region to one of its clinics."""
    with django_capture_on_commit_callbacks(using="region", execute=True):
        tell(SECRETS[0], SECRETS[1], SECRETS[2], now, recipient=clinic_of("Karla")[1])
    return Mail.objects.get()


@pytest.mark.shows("adm-01")
def test_what_a_region_writes_to_its_clinics_is_nowhere_in_the_agencys_outbox(
    mailed: Mail, someone: Callable[..., Visitor], browser_of: Callable[[Visitor | None], Client]
) -> None:
    assert sum(outbox("", "", 1).counts.values()) == 0
    Mail.objects.update(fault="550 okänd adress", attempts=5)
    for kind in sorted(AGENCY):
        browser = browser_of(someone(kind))
        for query in ("", "?lage=failed", "?sok=karla"):
            shown = browser.get(f"{reverse('outbox')}{query}").content.decode()
            assert not [secret for secret in SECRETS if secret in shown]
        assert "Mejl som inte har gått" not in browser.get(reverse("agency_desk")).content.decode()
        assert browser.get(reverse("mail", args=[mailed.pk])).status_code in (403, 404)
        assert browser.post(reverse("mail", args=[mailed.pk]), {"deed_key": kind}).status_code in (403, 404)
    assert Mail.objects.get().attempts == 5


def _places(name: str, recipient: str) -> dict[str, Any]:
    [(_, parameters)], *_ = get_resolver().reverse_dict[name]
    known = {"year": 2025, "recipient": recipient, "page": "amounts", "token": "x", "ending": "csv", "kind": "alla"}
    return {parameter: known.get(parameter, 1) for parameter in parameters}


@pytest.mark.parametrize("number", ["1", "9999", "x", "01", "²", ""])
def test_a_planners_rights_for_its_clinics_open_no_page_that_breaks(
    planner: Visitor, orebro: str, browser_of: Callable[[Visitor | None], Client], number: str
) -> None:
    get_resolver().reverse_dict  # noqa: B018  # reads the table of routes, and with it every guard
    browser, broken = browser_of(planner), []
    browser.raise_request_exception = False
    for name, guard in GUARDS.items():
        if "recipient" not in _places(name, "x") or guard.anyone:
            continue
        address = reverse(name, kwargs=_places(name, "XX")).replace("XX", f"{orebro}-clinic-{number}")
        broken += [
            f"{method} {name}" for method in ("get", "post") if getattr(browser, method)(address).status_code >= 500
        ]
    assert not broken


def test_what_a_planner_has_invited_to_ends_with_its_role(
    planner: Visitor, someone: Callable[..., Visitor], clinic_of: ClinicOf, now: datetime
) -> None:
    other = someone("region_planner", "region-18")
    for inviter in (planner, other):
        invite(inviter, clinic_of("Karla")[1], "clinic_head", f"a{inviter.id}@exempel.se", link=str, now=now)
    role = Role.objects.get(person=planner.id, kind="region_planner")
    end_role(other, role.pk, now)
    assert [each.invited_by_id for each in Invitation.objects.filter(revoked=None)] == [other.id]


def test_a_planner_has_no_right_at_another_regions_clinics(
    someone: Callable[..., Visitor], clinic_of: ClinicOf, browser_of: Callable[[Visitor | None], Client]
) -> None:
    _, key = clinic_of("Karla")
    browser = browser_of(someone("region_planner", "region-01"))
    for name, guard in GUARDS.items():
        parameters = _places(name, key)
        if guard.anyone or "recipient" not in parameters:
            continue
        for method in ("get", "post"):
            assert getattr(browser, method)(reverse(name, kwargs=parameters)).status_code == 403, f"{method} {name}"
