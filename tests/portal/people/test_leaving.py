"""Leaving the service, and what the agency forgets once it has been kept for its time."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from statsbidrag.portal.access import Refused, RoleKind, Visitor
from statsbidrag.portal.actions import accounts, agent_judging, forgetting, invitations, roles
from statsbidrag.portal.middleware import visitor_of
from statsbidrag.portal.models import AgentApplication, Document, DocumentContent, Invitation, Mail, Person, Role
from statsbidrag.portal.queries.people import state_of
from statsbidrag.terms.faults import Fault

from .conftest import OWN

Someone = Callable[..., Visitor]
Apply = Callable[..., AgentApplication]


def again(visitor: Visitor) -> Visitor:
    """The same person with the roles that it has now."""
    seen = visitor_of(visitor.id)
    assert seen is not None
    return seen


@pytest.mark.parametrize("kind", ["agent", "deputy", "coordinator", "signatory", "reader"])
def test_a_deleted_account_leaves_no_role_no_contact_and_no_way_back_to_the_person(
    someone: Someone, now: datetime, kind: RoleKind
) -> None:
    visitor = someone(kind, OWN)
    Person.objects.filter(pk=visitor.id).update(subject="a" * 64, telephone="010", title="utredare")
    accounts.delete_account(visitor, now)
    person = Person.objects.get(pk=visitor.id)
    assert (person.subject, person.email, person.telephone, person.title) == (None, "", "", "")
    assert person.name == accounts.NAMELESS
    assert not again(visitor).roles


def test_the_name_stays_where_a_case_needs_it_and_a_waiting_application_is_withdrawn(
    someone: Someone, apply: Apply, now: datetime
) -> None:
    visitor = someone()
    application = apply(visitor)
    accounts.delete_account(visitor, now)
    assert Person.objects.get(pk=visitor.id).name == visitor.name
    assert state_of(application).kind == "withdrawn"


def test_someone_at_the_agency_does_not_delete_the_account(someone: Someone, now: datetime) -> None:
    with pytest.raises(Fault, match="systemförvaltaren"):
        accounts.delete_account(someone("officer"), now)


def test_deleting_by_the_page_asks_first_and_signs_out(
    someone: Someone, browser_of: Callable[[Visitor | None], Client]
) -> None:
    visitor = someone("agent", OWN)
    browser, page = browser_of(visitor), reverse("delete_account")
    assert "blir utan ombud" in browser.get(page).content.decode()
    assert "Kryssa i rutan" in browser.post(page, {"deed_key": "a"}).content.decode()
    assert again(visitor).roles
    browser.post(page, {"sure": "on", "deed_key": "a"})
    assert not again(visitor).roles
    assert browser.get(reverse("my_organisations")).headers["Location"].startswith(reverse("sign_in"))


@pytest.fixture
def long_gone(someone: Someone, apply: Apply, now: datetime) -> tuple[Visitor, AgentApplication]:
    """An agent that has been approved and has left the same day."""
    applicant = someone()
    application = apply(applicant)
    agent_judging.approve(someone("officer"), application.pk, now)
    invitations.invite(again(applicant), OWN, "reader", "kollega@exempel.se", link=str, now=now)
    roles.end_role(again(applicant), Role.objects.get(person_id=applicant.id).pk, now)
    Mail.objects.update(sent=now)
    return applicant, application


@pytest.mark.shows("adm-29")
def test_what_has_been_kept_for_its_time_is_erased_by_a_recorded_decision(
    someone: Someone, long_gone: tuple[Visitor, AgentApplication], now: datetime
) -> None:
    applicant, application = long_gone
    proof = Document.objects.get(about="proof")
    later = now + timedelta(days=731)
    done = forgetting.forget(someone("registrar"), "GB 2027-3", later)
    assert (done.proofs, done.contacts, done.invitations) == (1, 1, 1)
    assert not DocumentContent.objects.filter(document=proof).exists()
    proof.refresh_from_db()
    assert proof.erased_by == "GB 2027-3"
    person, told = Person.objects.get(pk=applicant.id), AgentApplication.objects.get(pk=application.pk)
    assert (person.email, person.telephone, told.email, told.telephone) == ("", "", "", "")
    assert not Invitation.objects.exists()
    assert not Mail.objects.filter(to="kollega@exempel.se").exists()
    recorded = Document.objects.get(about="forgetting")
    assert recorded.entry.case.number == done.case
    assert "GB 2027-3" in recorded.matter
    with pytest.raises(Fault, match="inget att gallra"):
        forgetting.forget(someone("registrar"), "GB 2027-4", later)


@pytest.mark.parametrize(("days", "proofs", "contacts", "invitations"), [(20, 0, 0, 0), (40, 0, 0, 1), (400, 0, 1, 1)])
def test_nothing_is_erased_before_its_time(
    someone: Someone,
    long_gone: tuple[Visitor, AgentApplication],
    now: datetime,
    days: int,
    proofs: int,
    contacts: int,
    invitations: int,
) -> None:
    later, registrar = now + timedelta(days=days), someone("registrar")
    if not (proofs or contacts or invitations):
        with pytest.raises(Fault, match="inget att gallra"):
            forgetting.forget(registrar, "GB 1", later)
        return
    done = forgetting.forget(registrar, "GB 1", later)
    assert (done.proofs, done.contacts, done.invitations) == (proofs, contacts, invitations)
    assert DocumentContent.objects.filter(document__about="proof").count() == 1


def test_an_agent_who_still_acts_keeps_the_proof_and_the_contact(someone: Someone, apply: Apply, now: datetime) -> None:
    application = apply(someone())
    agent_judging.approve(someone("officer"), application.pk, now)
    with pytest.raises(Fault, match="inget att gallra"):
        forgetting.forget(someone("registrar"), "GB 1", now + timedelta(days=3000))


def test_only_the_registrar_forgets_and_only_under_a_decision(
    someone: Someone, long_gone: tuple[Visitor, AgentApplication], now: datetime
) -> None:
    later = now + timedelta(days=731)
    with pytest.raises(Refused):
        forgetting.forget(someone("officer"), "GB 1", later)
    with pytest.raises(Fault, match="nummer saknas"):
        forgetting.forget(someone("registrar"), " ", later)
    assert DocumentContent.objects.filter(document__about="proof").exists()


def test_the_page_says_what_may_go_and_erases_it(
    someone: Someone,
    browser_of: Callable[[Visitor | None], Client],
    at: Callable[[datetime], None],
    long_gone: tuple[Visitor, AgentApplication],
    now: datetime,
) -> None:
    browser, page = browser_of(someone("registrar")), reverse("forget_people")
    at(now + timedelta(days=731))
    assert "Gallra enligt beslutet" in browser.get(page).content.decode()
    browser.post(page, {"decision": "GB 2027-3", "deed_key": "a"})
    assert Document.objects.get(about="proof").erased_by == "GB 2027-3"
    assert "Gallra enligt beslutet" not in browser.get(page).content.decode()


def test_the_demonstrations_mail_is_ones_own_and_its_links_lead_on(
    someone: Someone, browser_of: Callable[[Visitor | None], Client], now: datetime, settings: object
) -> None:
    agent, other = someone("agent", OWN), someone()
    mine = Person.objects.get(pk=other.id).email
    invitations.invite(agent, OWN, "reader", mine, link=lambda _: "http://testserver/inbjudan/abc/", now=now)
    page = reverse("demonstration_mail")
    shown = browser_of(other).get(page).content.decode()
    assert '<a href="http://testserver/inbjudan/abc/">' in shown
    assert "inbjudan/abc" in browser_of(None).get(page).content.decode()
    assert "inbjudan/abc" not in browser_of(someone("officer")).get(page).content.decode()
    settings.DEMONSTRATION = False  # type: ignore[attr-defined]
    assert browser_of(other).get(page).status_code == 404
