"""The region's register of clinics: who runs them, what is known of them, and what the scheme says of that."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from statsbidrag.cycle.regional_book import RegionalPosting
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.region.actions import clinics as deeds
from statsbidrag.region.actions.book import post
from statsbidrag.region.actions.clinics import Told
from statsbidrag.region.models import Clinic, GrantedSupport, IndexValue, LineReport, VisitFile
from statsbidrag.region.queries.clinics import register, registered
from statsbidrag.region.queries.years import known_clinics
from statsbidrag.terms.faults import Fault

OWNER = "556036-0793"
NEW = Told(name="Nya  vårdcentralen", municipality_code="1880", form="private", owner="5560360793")


@pytest.mark.shows("adm-15")
def test_a_private_clinic_is_settled_under_its_owners_number_and_the_regions_own_by_a_booking_order(
    planner: Visitor, orebro: str
) -> None:
    private = deeds.add_clinic(planner, orebro, NEW)
    own = deeds.add_clinic(planner, orebro, Told(name="Egna", municipality_code="1880", form="own", owner=OWNER))
    known = known_clinics(orebro, 2025)
    assert (private.name, private.owner, private.municipality) == ("Nya vårdcentralen", OWNER, "Örebro kommun")
    assert known["Nya vårdcentralen"].hand_over == "underlag till ägarens ordinarie avräkning i vårdvalet"
    assert (own.owner, known["Egna"].hand_over) == ("", "intern bokföringsorder")
    assert known["Varberga vårdcentral"].hand_over == "okänd driftsform, överlämnas inte"


@pytest.mark.shows("adm-15")
@pytest.mark.parametrize("owner", ["", "556036-0794", "12345", "191212121212", "121212-1212"])
def test_a_private_clinic_needs_an_organisation_number_that_is_right_and_no_persons(
    planner: Visitor, orebro: str, owner: str
) -> None:
    with pytest.raises(Fault) as refused:
        deeds.add_clinic(planner, orebro, Told(name="Nya", municipality_code="1880", form="private", owner=owner))
    if owner.startswith(("19", "1212")):
        assert owner not in str(refused.value)


@pytest.mark.parametrize(
    "told",
    [
        Told(name=" ", municipality_code="1880"),
        Told(name="Nya", municipality_code="9999"),
        Told(name="varberga vårdcentral", municipality_code="1880"),
        Told(name="Nya", municipality_code="1880", form="kooperativ"),
    ],
)
def test_what_cannot_stand_in_the_register_is_refused(planner: Visitor, orebro: str, told: Told) -> None:
    with pytest.raises(Fault):
        deeds.add_clinic(planner, orebro, told)


def test_a_number_is_never_given_twice_and_another_region_does_not_see_the_clinic(
    planner: Visitor,
    orebro: str,
    stockholm: str,
    browser_of: Callable[[Visitor | None], Client],
    someone: Callable[..., Visitor],
) -> None:
    added = deeds.add_clinic(planner, orebro, NEW)
    assert added.number == 27
    other = browser_of(someone("region_planner", stockholm))
    assert other.get(f"/region/{stockholm}/2025/enheter/{added.number}/").status_code == 404
    assert other.get(f"/region/{orebro}/2025/enheter/{added.number}/").status_code == 403


def test_only_the_regions_planner_changes_the_register(
    someone: Callable[..., Visitor], orebro: str, varberga: Clinic, head: Visitor, now: datetime
) -> None:
    for other in (someone("mandate_holder", orebro), someone("region_planner", "region-01"), head, None):
        with pytest.raises(Refused):
            deeds.change_clinic(other, varberga, NEW)
        with pytest.raises(Refused):
            deeds.add_index(other, varberga, deeds.Index("x", "riket", 2025, "3"), now)


@pytest.mark.shows("ore-30", "ore-31")
@pytest.mark.parametrize(("value", "may"), [("2,01", True), ("2", False), ("2,0001", True)])
def test_an_index_over_2_makes_a_clinic_eligible_and_exactly_2_does_not(
    scheme: Scheme, index: Callable[..., None], clinic_of: Callable[[str], tuple[Clinic, str]], value: str, may: bool
) -> None:
    karla = clinic_of("Karla")[0]
    index(karla, value)
    one = registered(scheme, karla)
    assert one.may_apply is may
    says = [step.says for _, step in one.tried[1].because.walk()]
    assert any(f"2025: {value}" in each for each in says)


@pytest.mark.shows("ore-32")
def test_a_value_of_another_index_or_base_leaves_it_to_the_named_list(
    scheme: Scheme, index: Callable[..., None], varberga: Clinic, clinic_of: Callable[[str], tuple[Clinic, str]]
) -> None:
    karla = clinic_of("Karla")[0]
    index(karla, "9", base="länet")
    index(varberga, "0,5", name="CNI")
    assert registered(scheme, karla).may_apply is False
    assert registered(scheme, varberga).may_apply is True
    says = [step.says for _, step in registered(scheme, karla).tried[1].because.walk()]
    assert any("som inte går att jämföra med nationellt barn-CNI (bas: riket)" in each for each in says)


def test_the_index_that_is_asked_for_is_found_among_several_and_older_values_stay_as_history(
    scheme: Scheme, index: Callable[..., None], varberga: Clinic
) -> None:
    index(varberga, "1,2")
    index(varberga, "2,4")
    index(varberga, "0,9", name="CNI", base="länet")
    assert registered(scheme, varberga).known.index
    assert registered(scheme, varberga).known.index.written == "2,40"  # type: ignore[union-attr]
    assert IndexValue.objects.filter(clinic=varberga).count() == 3


@pytest.mark.parametrize("value", ["", "två", "-1", "1001", "1e9", "2,3,4", "2.", "٣"])
def test_an_index_value_that_is_no_number_is_refused(
    planner: Visitor, varberga: Clinic, now: datetime, value: str
) -> None:
    with pytest.raises(Fault, match="går inte att läsa"):
        deeds.add_index(planner, varberga, deeds.Index("nationellt barn-CNI", "riket", 2025, value), now)


def test_facts_are_kept_by_year_and_the_latest_of_a_year_holds(
    planner: Visitor, orebro: str, varberga: Clinic, now: datetime
) -> None:
    deeds.add_facts(planner, varberga, 2024, {"listed": "900"}, now=now)
    deeds.add_facts(planner, varberga, 2025, {"listed": "950", "nurses": "3"}, now=now)
    deeds.add_facts(planner, varberga, 2025, {"listed": "960", "nurses": "3"}, now=now)
    assert dict(known_clinics(orebro, 2025)["Varberga vårdcentral"].facts) == {"listed": 960, "nurses": 3}
    assert dict(known_clinics(orebro, 2024)["Varberga vårdcentral"].facts) == {"listed": 900}
    assert varberga.facts.count() == 4
    with pytest.raises(Fault):
        deeds.add_facts(planner, varberga, 2025, {"nurses": "många"}, now=now)


def test_days_of_support_that_are_entered_stand_in_place_of_those_assumed(
    planner: Visitor, orebro: str, varberga: Clinic, now: datetime
) -> None:
    deeds.set_support(planner, varberga, 2025, (date(2025, 10, 1), None), now=now)
    known = known_clinics(orebro, 2025)["Varberga vårdcentral"]
    assert (known.fixed_support_from, known.fixed_support_to) == (date(2025, 10, 1), None)
    assert GrantedSupport.objects.filter(clinic=varberga, replaced=True).count() == 1
    with pytest.raises(Fault, match="Dagarna hör inte till 2025"):
        deeds.set_support(planner, varberga, 2025, (date(2025, 10, 1), date(2025, 9, 1)), now=now)


def test_a_closed_clinic_comes_last_and_can_open_again(planner: Visitor, scheme: Scheme, varberga: Clinic) -> None:
    deeds.close_clinic(planner, varberga, date(2025, 6, 30))
    assert register(scheme)[-1].row.name == "Varberga vårdcentral"
    deeds.reopen_clinic(planner, varberga)
    assert register(scheme)[-1].row.name != "Varberga vårdcentral"


def test_a_planner_adds_a_clinic_its_index_and_its_facts_in_the_browser(
    planner: Visitor, orebro: str, browser_of: Callable[[Visitor | None], Client]
) -> None:
    browser, base = browser_of(planner), f"/region/{orebro}/2025/enheter/"
    told = {"name": "Nya", "municipality_code": "1880", "form": "private", "owner": "556036-0794"}
    faulty = browser.post(f"{base}ny/", told).content.decode()
    assert "är inte ett organisationsnummer" in faulty
    assert 'value="Nya"' in faulty
    browser.post(f"{base}ny/", {**told, "owner": OWNER, "email": "nya@exempel.se"})
    number = Clinic.objects.get(region=orebro, name="Nya").number
    values = {"what": "index", "name": "nationellt barn-CNI", "base": "riket", "of_year": "2025", "value": "x"}
    assert "Värdet går inte att läsa" in browser.post(f"{base}{number}/uppgifter/", values).content.decode()
    browser.post(f"{base}{number}/uppgifter/", {**values, "value": "2,31"})
    browser.post(f"{base}{number}/uppgifter/", {"what": "facts", "of_year": "2025", "listed": "800"})
    page = browser.get(f"{base}{number}/").content.decode()
    for said in ("underlag till ägarens ordinarie avräkning", OWNER, "2,31", "Listade barn", "800", "bas"):
        assert said in page
    assert "2,31" in browser.get(base).content.decode()


def test_the_register_asks_as_much_for_two_hundred_clinics_as_for_one(
    planner: Visitor, orebro: str, browser_of: Callable[[Visitor | None], Client], django_assert_max_num_queries: object
) -> None:
    browser = browser_of(planner)
    with django_assert_max_num_queries(16, using="region"):  # type: ignore[operator]
        assert browser.get(f"/region/{orebro}/2025/enheter/").status_code == 200


def test_a_clinic_with_money_in_the_book_keeps_its_name(
    planner: Visitor, orebro: str, varberga: Clinic, now: datetime
) -> None:
    told = Told(name="Varberga BVC", municipality_code="1880")
    day = now.date()
    deeds.change_clinic(planner, varberga, told)
    rows = (("received", ""), ("planned", "Varberga BVC"))
    new = [RegionalPosting(cause, line, 100, f"{cause} {line}", day) for cause, line in rows]  # type: ignore[arg-type]
    post(orebro, 2025, new, now, by=planner.name)
    with pytest.raises(Fault, match="under sitt namn"):
        deeds.change_clinic(planner, varberga, Told(name="Ett annat namn", municipality_code="1880"))


def test_a_clinic_with_a_report_or_while_a_file_waits_keeps_its_name(
    planner: Visitor, orebro: str, varberga: Clinic, now: datetime
) -> None:
    told = Told(name="Varberga BVC", municipality_code="1880")
    report = LineReport.objects.create(region=orebro, year=2025, line=varberga.name, changed=now, changed_by="P")
    with pytest.raises(Fault, match="har en redovisning"):
        deeds.change_clinic(planner, varberga, told)
    report.delete()
    file = VisitFile.objects.create(region=orebro, year=2025, name="v", sha256="0", state="waiting", at=now, by="P")
    with pytest.raises(Fault, match="inte sparad än"):
        deeds.change_clinic(planner, varberga, told)
    VisitFile.objects.filter(pk=file.pk).update(state="kept")
    assert deeds.change_clinic(planner, varberga, told).name == "Varberga BVC"
