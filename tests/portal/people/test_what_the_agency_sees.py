"""The agency sees the agent, and never whom the agent has invited (adm-02): no page, no export, no list of mail."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from statsbidrag.portal.access import AGENCY, Visitor
from statsbidrag.portal.actions import invitations
from statsbidrag.portal.guards import GUARDS
from statsbidrag.portal.models import AgentApplication, Document, Mail, Person, Role

from .conftest import OWN

pytestmark = pytest.mark.on_one_engine
Someone = Callable[..., Visitor]
SECRETS = ("Hemlig Kollega", "hemlig.kollega@exempel.se", "hemlig.inbjuden@exempel.se", "Tyst Läsare")


@pytest.fixture
def hidden(someone: Someone, now: datetime) -> Visitor:
    """An agent whom the agency sees, with colleagues and an invitation that it does not see."""
    agent = someone("agent", OWN, name="Synligt Ombud (påhittat)")
    for kind, name in (("deputy", "Hemlig Kollega"), ("reader", "Tyst Läsare")):
        person = Person.objects.create(name=name, email="hemlig.kollega@exempel.se", created=now)
        Role.objects.create(person=person, kind=kind, recipient=OWN, since=now, given_by_id=agent.id)
    invitations.invite(agent, OWN, "coordinator", "hemlig.inbjuden@exempel.se", link=str, now=now)
    return agent


def places(name: str, application: AgentApplication, entry: int) -> dict[str, Any]:
    """Something that exists to stand in every place of a page's address."""
    [(_, parameters)], *_ = get_resolver().reverse_dict[name]
    known = {"year": 2025, "recipient": OWN, "application": application.pk, "entry": entry, "ending": "csv"}
    known |= {"mail": Mail.objects.latest("id").pk, "occasion": "opens", "token": "x"}
    return {parameter: known.get(parameter, 1) for parameter in parameters}


@pytest.mark.shows("adm-02")
def test_no_page_or_export_of_the_agency_shows_whom_the_agent_has_invited(
    hidden: Visitor,
    someone: Someone,
    browser_of: Callable[[Visitor | None], Client],
    apply: Callable[..., AgentApplication],
) -> None:
    application = apply(someone(name="Sökande Person (påhittad)"))
    entry = Document.objects.latest("pk").pk
    assert get_resolver().url_patterns, "the table of routes is read"
    opened, shown_agent = 0, False
    for kind in sorted(AGENCY):
        browser = browser_of(someone(kind))
        for name in GUARDS:
            if name in ("step_in", "sign_out"):
                continue
            answer = browser.get(reverse(name, kwargs=places(name, application, entry)), {"sok": "hemlig"})
            if answer.status_code != 200:
                continue
            opened += 1
            body = b"".join(answer).decode(errors="replace")
            assert not [secret for secret in SECRETS if secret in body], f"{kind}: {name}"
            shown_agent = shown_agent or "Synligt Ombud" in body
    assert opened > 60
    assert shown_agent


@pytest.mark.shows("adm-02")
def test_the_invitation_stands_in_no_case_and_in_no_outbox_of_the_agency(
    hidden: Visitor, someone: Someone, browser_of: Callable[[Visitor | None], Client]
) -> None:
    assert Mail.objects.get(to="hemlig.inbjuden@exempel.se").case is None
    assert not Document.objects.exists()
    outbox = browser_of(someone("administrator")).get(reverse("outbox")).content.decode()
    assert "hemlig.inbjuden" not in outbox
    seen = browser_of(hidden).get(reverse("colleagues", args=[OWN])).content.decode()
    assert "hemlig.inbjuden@exempel.se" in seen
    assert "Hemlig Kollega" in seen
