"""Colleagues of a recipient: invited by a link that expires, with exactly the rights published, and gone at once."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from statsbidrag.portal.access import Refused, Right, RoleKind, Visitor, may
from statsbidrag.portal.actions import invitations, roles
from statsbidrag.portal.middleware import visitor_of
from statsbidrag.portal.models import Invitation, Mail, Person, Role
from statsbidrag.terms.faults import Fault

OWN, OTHER = "municipality-0484", "region-01"
Someone = Callable[..., Visitor]
BrowserOf = Callable[[Visitor | None], Client]

# What each role may do to each other role: written out by hand from the agency's published table (ombud, representant,
# uppgiftssamordnare), and below the line our own: the agent and the deputy also look after signatories and readers.
MAY_INVITE_AND_END: dict[RoleKind, dict[RoleKind, bool]] = {
    "agent": {"deputy": True, "coordinator": True, "signatory": True, "reader": True},
    "deputy": {"deputy": False, "coordinator": True, "signatory": True, "reader": True},
    "coordinator": {"deputy": False, "coordinator": False, "signatory": False, "reader": False},
    "signatory": {"deputy": False, "coordinator": False, "signatory": False, "reader": False},
    "reader": {"deputy": False, "coordinator": False, "signatory": False, "reader": False},
}
CASES = [(one, other, allowed) for one, others in MAY_INVITE_AND_END.items() for other, allowed in others.items()]


def again(visitor: Visitor) -> Visitor:
    """The same person with the roles that it has now."""
    seen = visitor_of(visitor.id)
    assert seen is not None
    return seen


def invited(inviter: Visitor, now: datetime, kind: str = "coordinator", email: str = "ny@exempel.se") -> str:
    """Invites someone, and gives the secret of the link."""
    seen: list[str] = []

    def link(token: str) -> str:
        seen.append(token)
        return f"https://exempel.se/inbjudan/{token}/"

    invitations.invite(inviter, OWN, kind, email, link=link, now=now)
    return seen[0]


def address(visitor: Visitor) -> str:
    """Where someone is mailed."""
    return Person.objects.get(pk=visitor.id).email


def role_of(visitor: Visitor) -> int:
    """The number of the one role that someone holds."""
    return Role.objects.get(person_id=visitor.id, ended=None).pk


# The agency's published table, row by row: ombud, representant, uppgiftssamordnare. A case starts when something is
# submitted; what is only filled in is nobody's case yet. That everyone may delete the account stands in test_leaving.
PUBLISHED: list[tuple[str, Right, tuple[bool, bool, bool]]] = [
    ("start a case", "submit", (True, True, False)),
    ("fill in, change, change contact person", "fill in", (True, True, True)),
    ("submit", "submit", (True, True, False)),
    ("invite and remove representant", "invite deputy", (True, False, False)),
    ("invite and remove uppgiftssamordnare", "invite coordinator", (True, True, False)),
    ("automatic access to every grant", "see own case", (True, True, True)),
    ("remove the organisation", "remove organisation", (True, False, False)),
]


@pytest.mark.parametrize(("row", "right", "published"), PUBLISHED, ids=[row for row, *_ in PUBLISHED])
def test_the_published_matrix_holds_for_people_with_the_roles(
    someone: Someone, row: str, right: Right, published: tuple[bool, bool, bool]
) -> None:
    kinds: tuple[RoleKind, ...] = ("agent", "deputy", "coordinator")
    for kind, allowed in zip(kinds, published, strict=True):
        visitor = someone(kind, OWN)
        assert may(visitor, right, OWN) is allowed, f"{kind}: {row}"
        assert not may(visitor, right, OTHER)


@pytest.mark.parametrize(("inviter", "kind", "allowed"), CASES)
def test_who_may_invite_to_a_role_is_as_published(
    someone: Someone, now: datetime, inviter: RoleKind, kind: RoleKind, allowed: bool
) -> None:
    visitor = someone(inviter, OWN)
    if allowed:
        invited(visitor, now, kind)
        assert Invitation.objects.get().kind == kind
        return
    with pytest.raises(Refused):
        invited(visitor, now, kind)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(("ender", "kind", "allowed"), CASES)
def test_who_may_end_a_colleagues_role_is_as_published(
    someone: Someone, now: datetime, ender: RoleKind, kind: RoleKind, allowed: bool
) -> None:
    visitor, colleague = someone(ender, OWN), someone(kind, OWN)
    if allowed:
        roles.end_role(visitor, role_of(colleague), now)
        assert not again(colleague).roles
        return
    with pytest.raises(Refused):
        roles.end_role(visitor, role_of(colleague), now)
    assert again(colleague).roles


@pytest.mark.parametrize("kind", ["agent", "deputy", "coordinator", "signatory", "reader"])
def test_everyone_may_leave_and_only_the_agent_removes_the_organisation(
    someone: Someone, now: datetime, kind: RoleKind
) -> None:
    visitor, colleague, elsewhere = someone(kind, OWN), someone("reader", OWN), someone("reader", OTHER)
    if kind == "agent":
        token = invited(visitor, now)
        assert roles.remove_organisation(visitor, OWN, now) == 2
        assert not again(colleague).roles
        assert again(elsewhere).roles
        assert invitations.invitation_behind(token, now) is None
    else:
        with pytest.raises(Refused):
            roles.remove_organisation(visitor, OWN, now)
        roles.end_role(visitor, role_of(visitor), now)
        assert again(colleague).roles
    assert not again(visitor).roles


def test_nobody_ends_the_agents_role_but_the_agent(someone: Someone, now: datetime) -> None:
    agent = someone("agent", OWN)
    for other in (someone("deputy", OWN), someone("agent", OTHER), someone("administrator")):
        with pytest.raises(Refused):
            roles.end_role(other, role_of(agent), now)
    assert may(again(agent), "submit", OWN)


def test_one_organisations_agent_does_nothing_to_anothers_people(someone: Someone, now: datetime) -> None:
    stranger, colleague = someone("agent", OTHER), someone("coordinator", OWN)
    invited(someone("agent", OWN), now)
    waiting = Invitation.objects.get()
    with pytest.raises(Refused):
        roles.end_role(stranger, role_of(colleague), now)
    with pytest.raises(Refused):
        invitations.revoke(stranger, waiting.pk, now)
    with pytest.raises(Refused):
        invitations.resend(stranger, waiting.pk, link=str, now=now)


def test_nobody_is_invited_as_agent_or_to_the_agency_through_a_recipient(someone: Someone, now: datetime) -> None:
    agent = someone("agent", OWN)
    for kind in ("agent", "officer", "administrator", "region_planner", "clinic", "hittepå"):
        with pytest.raises(Fault):
            invited(agent, now, kind)
    assert not Invitation.objects.exists()


def test_the_invited_person_signs_in_says_yes_and_has_the_role(someone: Someone, now: datetime) -> None:
    agent, newcomer = someone("agent", OWN), someone()
    token = invited(agent, now)
    role = invitations.accept(newcomer, token, now)
    assert (role.kind, role.recipient, role.given_by_id) == ("coordinator", OWN, agent.id)
    assert may(again(newcomer), "fill in", OWN)
    assert not may(again(newcomer), "submit", OWN)
    told = Mail.objects.filter(to=address(agent)).get()
    assert newcomer.name in told.body


@pytest.mark.shows("adm-20")
def test_one_person_may_take_several_roles_one_invitation_each(someone: Someone, now: datetime) -> None:
    agent = someone("agent", OWN)
    for kind in ("coordinator", "signatory"):
        invitations.accept(agent, invited(agent, now, kind), now)
    assert again(agent).kinds(OWN) == {"agent", "coordinator", "signatory"}
    assert may(again(agent), "certify", OWN)


def test_a_link_works_once_and_only_until_it_expires(someone: Someone, now: datetime) -> None:
    agent, newcomer, late = someone("agent", OWN), someone(), someone()
    token = invited(agent, now)
    with pytest.raises(Fault, match="gäller inte längre"):
        invitations.accept(late, token, now + timedelta(days=7, seconds=1))
    invitations.accept(newcomer, token, now + timedelta(days=6))
    with pytest.raises(Fault, match="gäller inte längre"):
        invitations.accept(late, token, now + timedelta(days=6))
    assert not again(late).roles


def test_a_no_ends_the_link_and_the_inviter_is_told(someone: Someone, now: datetime) -> None:
    agent, newcomer = someone("agent", OWN), someone()
    token = invited(agent, now)
    invitations.decline(newcomer, token, now)
    assert invitations.invitation_behind(token, now) is None
    assert "tackat nej" in Mail.objects.get(to=address(agent)).body
    assert not again(newcomer).roles


def test_sent_again_it_gets_a_new_link_and_revoked_it_has_none(someone: Someone, now: datetime) -> None:
    agent = someone("agent", OWN)
    old = invited(agent, now)
    fresh: list[str] = []
    later = now + timedelta(days=8)
    invitations.resend(agent, Invitation.objects.get().pk, link=lambda token: fresh.append(token) or token, now=later)
    assert invitations.invitation_behind(old, now) is None
    assert invitations.invitation_behind(fresh[0], later) is not None
    invitations.revoke(agent, Invitation.objects.get().pk, later)
    assert invitations.invitation_behind(fresh[0], later) is None
    with pytest.raises(Fault, match="redan besvarad"):
        invitations.resend(agent, Invitation.objects.get().pk, link=str, now=later)


def test_the_same_person_is_not_invited_twice_to_the_same_role(someone: Someone, now: datetime) -> None:
    agent = someone("agent", OWN)
    invited(agent, now)
    with pytest.raises(Fault, match="redan inbjuden"):
        invited(agent, now, email="NY@exempel.se")
    invited(agent, now, kind="reader")
    assert Invitation.objects.count() == 2


def test_only_a_hash_of_the_link_is_kept_and_the_sent_mail_forgets_it(
    someone: Someone, now: datetime, settings: object, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    settings.DEMONSTRATION = False  # type: ignore[attr-defined]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        token = invited(someone("agent", OWN), now)
    assert token in mail.outbox[0].body
    for model in (Invitation, Mail):
        assert token not in str(list(model.objects.values()))


def test_a_leavers_invitations_end_with_the_role(someone: Someone, now: datetime) -> None:
    agent, deputy = someone("agent", OWN), someone("deputy", OWN)
    token, other = invited(deputy, now), invited(agent, now, kind="reader")
    roles.end_role(agent, role_of(deputy), now)
    assert invitations.invitation_behind(token, now) is None
    assert invitations.invitation_behind(other, now) is not None


def test_a_leavers_very_next_page_is_refused(someone: Someone, browser_of: BrowserOf, now: datetime) -> None:
    agent, leaver = someone("agent", OWN), someone("deputy", OWN)
    page, browser = reverse("colleagues", args=[OWN]), browser_of(leaver)
    assert browser.get(page).status_code == 200
    browser_of(agent).post(page, {"deed": "end", "id": role_of(leaver)})
    assert browser.get(page).status_code == 403
    assert browser.post(page, {"kind": "reader", "email": "vän@exempel.se"}).status_code == 403


def test_the_whole_way_by_the_pages_from_invitation_to_the_colleagues_page(
    someone: Someone, browser_of: BrowserOf
) -> None:
    agent, newcomer = someone("agent", OWN), someone(name="Mika Nyanländ (påhittad)")
    page = reverse("colleagues", args=[OWN])
    answer = browser_of(agent).post(page, {"kind": "deputy", "email": "mika@exempel.se", "deed_key": "k1"})
    assert answer.status_code == 302
    assert "mika@exempel.se" in browser_of(agent).get(page).content.decode()

    body = Mail.objects.get(to="mika@exempel.se").body
    found = re.search(r"http://testserver(\S+)", body)
    assert found
    signed_out = browser_of(None).get(found[1])
    assert signed_out.headers["Location"].startswith(reverse("sign_in"))
    browser = browser_of(newcomer)
    assert "representant" in browser.get(found[1]).content.decode()
    accepted = browser.post(found[1], {"answer": "yes", "deed_key": "k2"})
    assert accepted.headers["Location"] == page
    assert "Mika Nyanländ" in browser.get(page).content.decode()
    assert browser.get(found[1]).status_code == 404


def test_two_clicks_on_the_button_send_one_invitation(someone: Someone, browser_of: BrowserOf) -> None:
    browser, page = browser_of(someone("agent", OWN)), reverse("colleagues", args=[OWN])
    for _ in range(2):
        assert browser.post(page, {"kind": "reader", "email": "a@exempel.se", "deed_key": "k"}).status_code == 302
    assert Mail.objects.filter(to="a@exempel.se").count() == 1


def test_a_refused_invitation_keeps_what_was_written(someone: Someone, browser_of: BrowserOf) -> None:
    browser, page = browser_of(someone("deputy", OWN)), reverse("colleagues", args=[OWN])
    shown = browser.post(page, {"kind": "deputy", "email": "någon på kommunen"}).content.decode()
    assert "någon på kommunen" in shown
    assert "E-postadressen är inte hel" in shown
    assert "Välj en av rollerna" in shown
    assert not Invitation.objects.exists()
