"""What the desk's tests share: Stockholm with its money, its plan decided, and the one who has the mandate."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from statsbidrag.portal.access import Visitor
from statsbidrag.region.actions.adopting import adopt
from statsbidrag.region.actions.planning import plan_sums
from statsbidrag.region.actions.receiving import receive
from statsbidrag.region.models import RegionYear

RECEIVED = 16_259_682
BUDGETS = {"bhv_projects": 6_000_000, "new_projects": 3_000_000, "ces_method": 1_500_000, "suppliers": 4_000_000}
JUNE = date(2025, 6, 12)


@pytest.fixture
def lo(someone: Callable[..., Visitor]) -> Visitor:
    """A planner of Region Stockholm."""
    return someone("region_planner", "region-01", name="Lo Planerare (påhittad)")


@pytest.fixture
def dag(someone: Callable[..., Visitor]) -> Visitor:
    """The one who has the board's mandate in Region Stockholm."""
    return someone("mandate_holder", "region-01", name="Dag Delegat (påhittad)")


@pytest.fixture
def begun(stockholm: str) -> RegionYear:
    """Region Stockholm's year, before anything is received."""
    return RegionYear.objects.get(region=stockholm, year=2025)


@pytest.fixture
def paid(begun: RegionYear, lo: Visitor, now: datetime) -> RegionYear:
    """The same when the agency's money has come."""
    receive(lo, begun.region, 2025, kronor=RECEIVED, day=JUNE, reference="9.1-10001/2025", now=now)
    return begun


@pytest.fixture
def decided(paid: RegionYear, lo: Visitor, now: datetime) -> RegionYear:
    """The same when the board has decided a plan with made-up budgets."""
    plan_sums(lo, paid, BUDGETS, now)
    adopt(lo, paid, day=date(2025, 6, 17), number="§ 41", now=now)
    paid.refresh_from_db()
    return paid
