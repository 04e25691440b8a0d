"""What the portal's tests share: people with roles, browsers that have signed in, and a clock that stands still."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from statsbidrag.cycle import DECISION_KINDS
from statsbidrag.portal import clock
from statsbidrag.portal.access import RoleKind, Visitor
from statsbidrag.portal.middleware import SESSION_KEY, visitor_of
from statsbidrag.portal.models import Mandate, Person, Role
from statsbidrag.terms.dates import SWEDISH_TIME

# A day on which the round of 2025 is open.
OPEN_DAY = datetime(2025, 4, 2, 10, tzinfo=SWEDISH_TIME)


@pytest.fixture
def now() -> datetime:
    """A moment when the round of 2025 is open for requisition."""
    return OPEN_DAY


@pytest.fixture
def at(db: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the service's clock, which then stands still: ``at(datetime(...))``."""

    def stand(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    stand(OPEN_DAY)
    return stand


@pytest.fixture
def someone(db: None) -> Callable[..., Visitor]:
    """Makes a person with a role: ``someone("agent", "region-01")`` or, at the agency, ``someone("officer")``."""

    def make(kind: RoleKind | None = None, recipient: str = "", *, name: str = "") -> Visitor:
        person = Person.objects.create(created=OPEN_DAY)
        person.name, person.email = name or f"Person {person.pk} (påhittad)", f"person{person.pk}@exempel.se"
        person.save()
        if kind:
            Role.objects.create(person=person, kind=kind, recipient=recipient, since=OPEN_DAY)
        return seen_anew(person.pk)

    return make


@pytest.fixture
def decision_maker(someone: Callable[..., Visitor]) -> Visitor:
    """A decision-maker with a mandate for every kind of decision."""
    visitor = someone("decision_maker", name="Britt Beslutsfattare (påhittad)")
    Mandate.objects.create(
        holder_id=visitor.id, kinds=list(DECISION_KINDS), valid_from="2024-01-01", valid_to="2030-12-31"
    )
    return visitor


@pytest.fixture
def browser_of(at: Callable[[datetime], None]) -> Callable[[Visitor | None], Client]:
    """Gives a browser in which someone has signed in; None for someone who has not."""

    def open_(visitor: Visitor | None) -> Client:
        client = Client()
        if visitor is not None:
            session = client.session
            session[SESSION_KEY] = visitor.id
            session.save()
        return client

    return open_


def seen_anew(person: int) -> Visitor:
    """A person with the roles that it has now."""
    visitor = visitor_of(person)
    assert visitor is not None
    return visitor
