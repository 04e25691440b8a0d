"""A region begins a year with the grant by its scheme's file, and its clinics come into the register."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.region.actions.years import begin
from statsbidrag.region.models import Clinic, GrantedSupport
from statsbidrag.region.queries.years import known_clinics
from statsbidrag.terms.faults import Fault


def test_the_clinics_of_the_schemes_file_come_into_the_register_once(
    planner: Visitor, orebro: str, now: datetime
) -> None:
    begin(planner, orebro, 2025, now)
    assert Clinic.objects.filter(region=orebro).count() == 26
    assert GrantedSupport.objects.filter(clinic__region=orebro, year=2025).count() == 4


def test_the_steps_know_the_clinics_as_the_register_has_them(orebro: str) -> None:
    known = known_clinics(orebro, 2025)
    assert known["Varberga vårdcentral"].fixed_support_from
    assert not known["Karla vårdcentral"].fixed_support_from


def test_a_year_without_a_scheme_cannot_begin(planner: Visitor, now: datetime) -> None:
    with pytest.raises(Fault, match="ingen ordning"):
        begin(planner, "region-18", 1999, now)


def test_nobody_but_the_regions_planner_begins_a_year(someone: Callable[..., Visitor], now: datetime) -> None:
    for other in (someone("region_planner", "region-01"), someone("officer"), someone("agent", "region-18")):
        with pytest.raises(Refused):
            begin(other, "region-18", 2025, now)


def test_the_desk_leads_to_the_year_that_has_begun(
    planner: Visitor, orebro: str, browser_of: Callable[[Visitor | None], Client]
) -> None:
    answer = browser_of(planner).get(f"/region/{orebro}/", follow=True)
    assert answer.redirect_chain == [(f"/region/{orebro}/2025/", 302)]
    assert "Region Örebro län 2025" in answer.content.decode()
