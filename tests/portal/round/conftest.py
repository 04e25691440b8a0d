"""What the tests of the agency's round share: an officer, a round that is published and opened, and what comes in."""

from collections.abc import Callable
from datetime import datetime

import pytest

from statsbidrag.portal import rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions.allocation import allocate_and_publish, open_round
from statsbidrag.portal.actions.requisition import Arrival, Facts, receive
from statsbidrag.portal.models import ReceivedRequisition
from statsbidrag.terms.dates import SWEDISH_TIME

YEAR = 2025
OPENING_DAY = datetime(2025, 3, 11, 9, tzinfo=SWEDISH_TIME)
LATE = datetime(2025, 5, 2, 14, 30, tzinfo=SWEDISH_TIME)
REALLOCATION_DAY = datetime(2025, 5, 12, 10, tzinfo=SWEDISH_TIME)


@pytest.fixture
def officer(someone: Callable[..., Visitor]) -> Visitor:
    """An officer of the agency."""
    return someone("officer", name="Hanna Handläggare (påhittad)")


@pytest.fixture
def published(officer: Visitor) -> Visitor:
    """The round's list is published; gives the officer who did it."""
    allocate_and_publish(officer, YEAR, OPENING_DAY)
    return officer


@pytest.fixture
def opened(published: Visitor) -> Visitor:
    """The round is open; gives the officer who opened it."""
    open_round(published, YEAR, OPENING_DAY)
    return published


@pytest.fixture
def comes_in(now: datetime) -> Callable[..., ReceivedRequisition]:
    """A requisition comes in through the e-service: of the whole ceiling, where nothing else is said."""

    def come(recipient: str, *, at: datetime = now, **facts: object) -> ReceivedRequisition:
        said: dict[str, object] = {
            "amount": rules.ceilings(YEAR)[recipient],
            "wants_more": False,
            "other_support": False,
            "giro": "bankgiro 991-2346",
            "agent": "Ombud (påhittat)",
        }
        return receive(YEAR, recipient, Facts(**{**said, **facts}), Arrival(at=at), now=at)  # type: ignore[arg-type]

    return come
