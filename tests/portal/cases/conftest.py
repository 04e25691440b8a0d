"""A round on its way to decisions: published, requisitioned by a few, and reallocated."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from portal.cases.staging import (
    DECIDED,
    IN_TIME,
    LATE,
    MUNICIPALITY,
    OPENED,
    REALLOCATED,
    REGION,
    TOO_LATE,
    YEAR,
    Agency,
    references,
)

from statsbidrag.portal import rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions.allocation import allocate_and_publish, open_round
from statsbidrag.portal.actions.decisions import decide
from statsbidrag.portal.actions.proposals import prepare_list
from statsbidrag.portal.actions.reallocation import reallocate_round
from statsbidrag.portal.actions.requisition import Arrival, Facts, receive
from statsbidrag.portal.models import Registry


@pytest.fixture
def agency(someone: Callable[..., Visitor], decision_maker: Visitor) -> Agency:
    """An officer, a presenter, a decision-maker with every mandate, and a registrar."""
    return Agency(
        someone("officer", name="Hanna Handläggare (påhittad)"),
        someone("presenter", name="Farid Föredragande (påhittad)"),
        decision_maker,
        someone("registrar", name="Rut Registrator (påhittad)"),
    )


@pytest.fixture
def reallocated(agency: Agency) -> Agency:
    """The round of 2025 after its reallocation; nothing is prepared yet."""
    for key in (REGION, MUNICIPALITY, LATE):
        Registry.objects.create(recipient=key, email=f"registrator.{key}@exempel.se", lines=["Registraturen"])
    allocate_and_publish(agency.officer, YEAR, OPENED)
    open_round(agency.officer, YEAR, OPENED + timedelta(minutes=1))
    ceilings = rules.ceilings(YEAR)
    _came_in(REGION, IN_TIME, ceilings[REGION] - 1_000_000, wants_more=False)
    _came_in(MUNICIPALITY, IN_TIME, ceilings[MUNICIPALITY], wants_more=True)
    _came_in(LATE, TOO_LATE, ceilings[LATE], wants_more=False)
    reallocate_round(agency.officer, YEAR, REALLOCATED)
    return agency


@pytest.fixture
def prepared(reallocated: Agency) -> Agency:
    """The same with the list prepared."""
    prepare_list(reallocated.presenter, YEAR, DECIDED)
    return reallocated


@pytest.fixture
def decided(prepared: Agency) -> Agency:
    """The same with the whole list decided."""
    decide(prepared.decision_maker, YEAR, references(), DECIDED)
    return prepared


def _came_in(recipient: str, at: datetime, amount: int, *, wants_more: bool) -> None:
    facts = Facts(
        amount=amount,
        wants_more=wants_more,
        at_most=2_000_000 if wants_more else None,
        other_support=False,
        giro="bankgiro 991-2346",
        agent="Ombud (påhittat)",
    )
    receive(YEAR, recipient, facts, Arrival(at=at), now=at)
