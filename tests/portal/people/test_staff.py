"""The agency's own staff: invited by the administrator, with names that nobody shares, and gone at once."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.portal.actions import invitations, roles
from statsbidrag.portal.middleware import visitor_of
from statsbidrag.portal.models import Invitation, Role
from statsbidrag.terms.faults import Fault

Someone = Callable[..., Visitor]
BrowserOf = Callable[[Visitor | None], Client]


def invited(inviter: Visitor, kind: str, now: datetime) -> str:
    """Invites someone to a role at the agency, and gives the secret of the link."""
    seen: list[str] = []
    invitations.invite(inviter, "", kind, "ny@exempel.se", link=lambda token: seen.append(token) or token, now=now)
    return seen[0]


def role_of(visitor: Visitor) -> int:
    """The number of the one role that someone holds."""
    return Role.objects.get(person_id=visitor.id, ended=None).pk


def test_the_administrator_invites_and_whoever_says_yes_works_at_the_agency(someone: Someone, now: datetime) -> None:
    newcomer = someone()
    invitations.accept(newcomer, invited(someone("administrator"), "finance", now), now)
    seen = visitor_of(newcomer.id)
    assert seen is not None
    assert seen.kinds() == {"finance"}


def test_nobody_but_the_administrator_gives_or_ends_roles_at_the_agency(someone: Someone, now: datetime) -> None:
    presenter = someone("presenter")
    for other in (someone("officer"), someone("decision_maker"), someone("agent", "region-01"), someone()):
        with pytest.raises(Refused):
            invited(other, "officer", now)
        with pytest.raises(Refused):
            roles.give_at_agency(other, presenter.id, "finance", now)
        with pytest.raises(Refused):
            roles.end_role(other, role_of(presenter), now)
    assert not Invitation.objects.exists()


def test_two_at_the_agency_never_have_the_same_name(someone: Someone, now: datetime) -> None:
    first, namesake = someone("officer", name="Alex Sund (påhittad)"), someone(name="ALEX SUND (påhittad)")
    token = invited(someone("administrator"), "presenter", now)
    with pytest.raises(Fault, match="heter också"):
        invitations.accept(namesake, token, now)
    assert not Role.objects.filter(person_id=namesake.id).exists()
    invitations.accept(first, token, now)
    assert Role.objects.filter(person_id=first.id, ended=None).count() == 2


def test_one_more_role_is_given_to_those_who_work_here_and_never_to_oneself(someone: Someone, now: datetime) -> None:
    administrator, officer = someone("administrator"), someone("officer")
    roles.give_at_agency(administrator, officer.id, "presenter", now)
    roles.give_at_agency(administrator, officer.id, "presenter", now)
    assert Role.objects.filter(person_id=officer.id, ended=None).count() == 2
    with pytest.raises(Fault, match="sig själv"):
        roles.give_at_agency(administrator, administrator.id, "finance", now)
    with pytest.raises(Fault, match="Bjud in"):
        roles.give_at_agency(administrator, someone("agent", "region-01").id, "finance", now)
    with pytest.raises(Fault):
        roles.give_at_agency(administrator, officer.id, "agent", now)


def test_a_leaver_is_refused_on_the_next_page_and_someone_can_always_administer(
    someone: Someone, browser_of: BrowserOf, now: datetime
) -> None:
    administrator, officer = someone("administrator"), someone("officer")
    browser = browser_of(officer)
    assert browser.get(reverse("agent_applications")).status_code == 200
    roles.end_role(administrator, role_of(officer), now)
    assert browser.get(reverse("agent_applications")).status_code == 403
    with pytest.raises(Fault, match="minst en systemförvaltare"):
        roles.end_role(administrator, role_of(administrator), now)


def test_the_staff_page_gives_ends_and_invites(someone: Someone, browser_of: BrowserOf) -> None:
    administrator, officer = someone("administrator"), someone("officer", name="Hanna Sund (påhittad)")
    browser, page = browser_of(administrator), reverse("staff")
    assert "Hanna Sund" in browser.get(page).content.decode()
    browser.post(page, {"deed": "give", "person": officer.id, "role": "registrar", "deed_key": "a"})
    assert Role.objects.filter(person_id=officer.id, ended=None).count() == 2
    browser.post(page, {"deed": "invite", "kind": "auditor", "email": "ny@exempel.se", "deed_key": "b"})
    assert "ny@exempel.se" in browser.get(page).content.decode()
    role = Role.objects.get(person_id=officer.id, kind="registrar").pk
    browser.post(page, {"deed": "end", "id": role, "deed_key": "c"})
    assert "Avslutade roller" in browser.get(page).content.decode()
    unsound = browser.post(page, {"deed": "invite", "kind": "agent", "email": "hej"}).content.decode()
    assert "Välj en av rollerna" in unsound
    assert 'value="hej"' in unsound
