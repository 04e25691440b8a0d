"""The made-up visits of the demonstration: by the house's own deeds, with the slips that people make, and only once."""

from datetime import datetime

import pytest

from statsbidrag.portal.demonstration.cast import bring_on
from statsbidrag.region.demonstration.visits import do
from statsbidrag.region.models import Offer, Visit, VisitFile
from statsbidrag.terms.dates import SWEDISH_TIME


def test_extracts_come_as_the_year_goes_and_are_handed_in_once(orebro: str, now: datetime) -> None:
    bring_on(now)
    do(2025, datetime(2025, 11, 10, 9, tzinfo=SWEDISH_TIME))
    files = list(VisitFile.objects.order_by("id"))
    assert [file.name[-14:] for file in files] == ["2025-04-30.csv", "2025-09-30.csv", "m-saknades.csv"]
    assert [(file.state, file.refused) for file in files] == [("kept", 1)] * 3
    assert files[1].same > 500
    by_hand = Visit.objects.filter(file=None)
    before = (Visit.objects.count(), by_hand.count(), Offer.objects.count())
    do(2025, datetime(2025, 11, 10, 9, tzinfo=SWEDISH_TIME))
    assert (Visit.objects.count(), by_hand.count(), Offer.objects.count()) == before
    assert by_hand.count() == 3


def test_they_have_the_slips_that_people_make(orebro: str, now: datetime) -> None:
    bring_on(now)
    do(2025, datetime(2026, 1, 20, 9, tzinfo=SWEDISH_TIME))
    visits = Visit.objects.filter(replaced=False)
    assert visits.count() > 2_000
    assert visits.filter(professions__contains="social_services", kva_codes="").exists()
    assert visits.filter(place="ordinary").exists()
    assert visits.filter(child_months__lt=0).exists()
    families = visits.exclude(family="").values_list("family", "date")
    assert len(families) > len(set(families))  # twins


@pytest.mark.parametrize("year", [2024])
def test_a_year_that_has_not_begun_has_none(orebro: str, now: datetime, year: int) -> None:
    bring_on(now)
    do(year, datetime(2025, 1, 20, 9, tzinfo=SWEDISH_TIME))
    assert not VisitFile.objects.exists()
