"""Figures leave the region's house only as sums, only when they are released, and never so small that they tell."""

import json
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from region.made_up import visit

from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.portal.actions.region_figures import as_file, bring, read_file
from statsbidrag.portal.models import ReleasedFigures
from statsbidrag.portal.queries.report_sources import sources
from statsbidrag.region.actions.releasing import hand_over_waiting, handed_over, release
from statsbidrag.region.models import Clinic, Forgetting, RegionDocument, Release
from statsbidrag.terms.faults import Fault

ClinicOf = Callable[[str], tuple[Clinic, str]]
OREBRO_TOWN, LINDESBERG = "municipality-1880", "municipality-1885"


@pytest.fixture
def lived_in(clinic_of: ClinicOf) -> None:
    """Twelve extended visits in Örebro town and six in Lindesberg, and one ordinary joint visit."""
    karla = clinic_of("Karla")[0]
    for number in range(12):
        visit(karla, date(2025, 9, 1 + number), f"a{number}", municipality="1880", contacts="preschool")
    for number in range(6):
        visit(karla, date(2025, 9, 1 + number), f"b{number}", municipality="1885", child_months=14)
    visit(karla, date(2025, 9, 1), "c", place="ordinary", municipality="1880")


@pytest.mark.shows("adm-01")
def test_only_sums_leave_and_what_leaves_is_kept(planner: Visitor, orebro: str, lived_in: None, now: datetime) -> None:
    made = release(planner, orebro, 2025, now)
    own = made.figures[orebro]
    assert (own["visits"]["value"], own["families"]["value"], own["municipalities"]["value"]) == (18, 18, 2)
    assert own["ages"]["value"] == ["age_0", "age_1"]
    assert made.figures[OREBRO_TOWN]["visits"]["value"] == 12
    document = RegionDocument.objects.get(about="released figures")
    assert json.loads(bytes(document.content.content)) == made.figures
    assert (made.by, document.by) == (planner.name, planner.name)


def test_a_municipality_with_few_visits_is_told_nothing_and_cannot_be_worked_out(
    planner: Visitor, orebro: str, clinic_of: ClinicOf, lived_in: None, now: datetime
) -> None:
    visit(clinic_of("Karla")[0], date(2025, 9, 20), "few", municipality="1884")
    figures = release(planner, orebro, 2025, now).figures
    assert figures["municipality-1884"] == {}
    told = [key for key in (OREBRO_TOWN, LINDESBERG, orebro) if "visits" in figures[key]]
    assert len(told) == 2, "one more number is hidden, so that the small one cannot be subtracted out"


def test_nothing_new_is_not_released_twice(planner: Visitor, orebro: str, lived_in: None, now: datetime) -> None:
    release(planner, orebro, 2025, now)
    with pytest.raises(Fault, match="Inget har ändrats"):
        release(planner, orebro, 2025, now)


def test_only_the_regions_planner_lets_figures_out(
    someone: Callable[..., Visitor], orebro: str, clinic_of: ClinicOf, now: datetime
) -> None:
    for who in (someone("officer"), someone("agent", orebro), someone("clinic_head", clinic_of("Karla")[1])):
        with pytest.raises(Refused):
            release(who, orebro, 2025, now)


def test_under_one_roof_the_figures_fill_in_the_reports(
    planner: Visitor, orebro: str, lived_in: None, now: datetime
) -> None:
    release(planner, orebro, 2025, now)
    assert hand_over_waiting(now) == 1
    assert hand_over_waiting(now) == 0
    found = sources(2025, orebro)
    assert found["visits"]["visits_done"].value == 18
    assert found["visits"]["municipality_collaboration"].value == "yes"
    assert found["visits"]["municipality_collaboration.yes"].value == 2
    assert found["visits"]["actors"].value == ["preschool"]
    assert found["visits"]["model_visits"].value == 6
    assert sources(2025, OREBRO_TOWN)["visits"]["families"].value == 12
    assert "visits" not in sources(2025, "municipality-0180")


def test_between_two_installations_the_figures_go_as_a_file(
    planner: Visitor, someone: Callable[..., Visitor], orebro: str, lived_in: None, now: datetime
) -> None:
    made = release(planner, orebro, 2025, now)
    [theirs] = [each for each in handed_over(made) if each.recipient == OREBRO_TOWN]
    agent = someone("agent", OREBRO_TOWN)
    bring(agent, 2025, OREBRO_TOWN, as_file(theirs), now=now)
    bring(agent, 2025, OREBRO_TOWN, as_file(theirs), now=now)
    assert ReleasedFigures.objects.get(recipient=OREBRO_TOWN).figures == theirs.figures
    with pytest.raises(Fault, match="annan organisation"):
        bring(someone("agent", LINDESBERG), 2025, LINDESBERG, as_file(theirs), now=now)


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"\xff\xfe", b'{"kind": "annat"}', b"[" * 50_000, b'{"kind": 1}' * 20_000],
)
def test_a_file_that_is_something_else_is_refused_kindly(content: bytes) -> None:
    with pytest.raises(Fault, match="går inte att läsa som siffror"):
        read_file(content)


def test_the_page_shows_what_would_leave_and_lets_it_out(
    planner: Visitor, orebro: str, lived_in: None, browser_of: Callable[[Visitor | None], Client]
) -> None:
    browser = browser_of(planner)
    before = browser.get(f"/region/{orebro}/2025/till-rapporten/").content.decode()
    assert "Inget har lämnats ut än." in before
    after = browser.post(f"/region/{orebro}/2025/till-rapporten/", {"deed_key": "a1"}, follow=True).content.decode()
    assert "Nummer 1" in after
    assert Release.objects.count() == 1
    file = browser.get(f"/region/{orebro}/2025/till-rapporten/1/{OREBRO_TOWN}.json")
    assert read_file(file.content).figures["visits"]["value"] == 12


def test_nothing_is_summed_up_once_the_pseudonyms_are_dropped(
    planner: Visitor, orebro: str, lived_in: None, now: datetime, browser_of: Callable[[Visitor | None], Client]
) -> None:
    Forgetting.objects.create(region=orebro, through=date(2025, 12, 31), visits=19, at=now, by="P")
    page = browser_of(planner).get(f"/region/{orebro}/2025/till-rapporten/").content.decode()
    assert "är gallrade" in page
    assert "Släpp siffrorna" not in page
