"""What the tests of the recipient's pages share: the open round of 2025 and the colleagues of one municipality."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import requisition
from statsbidrag.portal.actions.requisition import Arrival, Facts
from statsbidrag.portal.models import ReceivedRequisition, Registry, Round
from statsbidrag.terms.dates import SWEDISH_TIME

ESKILSTUNA = "municipality-0484"


@pytest.fixture
def round_2025(at: Callable[[datetime], None]) -> Round:
    """The round of 2025, published and opened on its first day."""
    opened = datetime(2025, 3, 11, 9, tzinfo=SWEDISH_TIME)
    Registry.objects.create(recipient=ESKILSTUNA, email="registrator@exempel.se", lines=["Registraturen"])
    return Round.objects.create(year=2025, published=opened, opened=opened)


@pytest.fixture
def agent(someone: Callable[..., Visitor], round_2025: Round) -> Visitor:
    """The municipality's agent."""
    return someone("agent", ESKILSTUNA, name="Kim Kommunombud (påhittad)")


@pytest.fixture
def coordinator(someone: Callable[..., Visitor], round_2025: Round) -> Visitor:
    """The municipality's coordinator."""
    return someone("coordinator", ESKILSTUNA, name="Alex Samordnare (påhittad)")


@pytest.fixture
def agents_browser(agent: Visitor, browser_of: Callable[[Visitor | None], Client]) -> Client:
    """A browser in which the agent has signed in."""
    return browser_of(agent)


@pytest.fixture
def over_the_ceiling_on_paper(round_2025: Round, now: datetime) -> ReceivedRequisition:
    """A requisition that came on paper in time and asks for more than the ceiling."""
    facts = Facts(amount=99_000_000, wants_more=False, other_support=False, giro="bankgiro 991-2346")
    return requisition.receive(2025, ESKILSTUNA, facts, Arrival(at=now, channel="paper"), now=now)
