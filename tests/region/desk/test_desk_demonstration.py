"""The demonstration's planners: what they do when nobody has, once, and never over what somebody has begun."""

from datetime import datetime, timedelta

import pytest

from statsbidrag.portal.demonstration.cast import as_character, bring_on
from statsbidrag.region.actions.planning import plan_sums
from statsbidrag.region.actions.years import begin
from statsbidrag.region.demonstration import desk
from statsbidrag.region.models import BookPosting, RegionYear
from statsbidrag.region.queries.balance import balance_of
from statsbidrag.region.queries.plan import plan_of

PAID = {"region-01": 16_259_682, "region-18": 2_953_404}


@pytest.fixture
def played(now: datetime, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The people are there, and the agency has paid both regions."""
    bring_on(now)
    monkeypatch.setattr(desk, "paid_to", lambda year, region: (f"{region}/{year}", PAID[region], 0))
    return now


@pytest.mark.shows("sth-07", "sth-08", "adm-13")
def test_stockholm_receives_its_published_sum_and_transfers_439_000_kr(played: datetime) -> None:
    for _ in range(2):
        desk.begin_years(2025, played)
        desk.plan_and_decide(2025, played)
    plan = plan_of(RegionYear.objects.get(region="region-01"))
    assert plan.book.received == 16_259_682
    assert plan.book.of("paid", "kson") == 439_000
    assert BookPosting.objects.filter(region="region-01").count() == 1 + 5 + 1
    assert plan.left is not None
    assert plan.left > 0


def test_orebro_plans_fixed_support_and_pay_per_visit(played: datetime) -> None:
    desk.begin_years(2025, played)
    desk.plan_and_decide(2025, played)
    balance = balance_of(plan_of(RegionYear.objects.get(region="region-18")))
    assert [(kind.name, len(kind.rows)) for kind in balance.kinds] == [("Fast ersättning", 4), ("Rörlig ersättning", 1)]
    assert all(kind.planned for kind in balance.kinds)


def test_a_year_that_somebody_began_before_is_left_in_their_hands(played: datetime) -> None:
    begin(as_character("region_planner"), "region-01", 2025, played)
    later = played + timedelta(days=6)
    desk.begin_years(2025, later)
    desk.plan_and_decide(2025, later)
    assert not BookPosting.objects.filter(region="region-01").exists()
    assert BookPosting.objects.filter(region="region-18").exists()


def test_what_somebody_has_begun_is_left_to_them(played: datetime) -> None:
    desk.begin_years(2025, played)
    begun = RegionYear.objects.get(region="region-01")
    plan_sums(as_character("region_planner"), begun, {"suppliers": 1}, played)
    desk.plan_and_decide(2025, played)
    begun.refresh_from_db()
    assert begun.adopted is None
    assert plan_of(begun).sums == {"suppliers": 1}
