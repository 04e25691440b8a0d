"""A clinic's own desk, its people, and what the demonstration's clinics do."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from made_up_plan import PLAN

from statsbidrag.cycle.scheme import Scheme
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.demonstration.cast import as_character, bring_on
from statsbidrag.portal.models import Invitation, Mail, Role
from statsbidrag.region.actions import support as deeds
from statsbidrag.region.actions.years import begin
from statsbidrag.region.demonstration import clinics, desk
from statsbidrag.region.models import BookPosting, Clinic, LineReport, RegionDocument, RegionYear, SupportDecision
from statsbidrag.region.queries.clinic_desk import clinic_desk_of
from statsbidrag.region.queries.diary import first_break
from statsbidrag.region.queries.line_reports import reporters
from statsbidrag.region.queries.years import known_clinics, scheme_named
from statsbidrag.terms.dates import SWEDISH_TIME

MARCH = datetime(2026, 3, 4, 9, tzinfo=SWEDISH_TIME)
JANUARY = datetime(2026, 2, 3, 9, tzinfo=SWEDISH_TIME)


def test_the_desk_says_what_to_do_by_its_day_and_where_everything_stands(
    scheme: Scheme,
    varberga: Clinic,
    key: str,
    head: Visitor,
    nurse: Visitor,
    now: datetime,
    browser_of: Callable[[Visitor], Client],
) -> None:
    begun = RegionYear.objects.get(region=varberga.region)

    def due(*, signs: bool) -> list[str]:
        return [each.page for each in clinic_desk_of(begun, scheme, varberga).due(now.date(), signs=signs)]

    assert due(signs=True) == ["clinic_report", "own_application"]
    deeds.begin_application(nurse, scheme, varberga, now)
    assert due(signs=True) == ["clinic_report", "own_application"]
    deeds.save_answers(nurse, scheme, varberga, PLAN, version=1, now=now)
    assert due(signs=True) == ["clinic_report", "application_check"]
    page = browser_of(head).get(f"/enhet/{key}/2025/").content.decode()
    assert "Skicka in ansökan om fast ersättning" in page
    assert "31 januari 2026" in page
    assert "Läs igenom ansökan" in browser_of(nurse).get(f"/enhet/{key}/2025/").content.decode()
    deeds.send_application(head, scheme, varberga, now, version=2)
    assert due(signs=True) == ["clinic_report"]


def test_the_desk_asks_the_database_little(
    orebro: str, key: str, head: Visitor, browser_of: Callable[[Visitor], Client], django_assert_max_num_queries: object
) -> None:
    browser = browser_of(head)
    with django_assert_max_num_queries(18, using="region"):  # type: ignore[operator]
        assert browser.get(f"/enhet/{key}/2025/").status_code == 200


@pytest.mark.parametrize("key", ["region-18-clinic-999", "region-18-clinic-010", "region-18-clinic-x", "region-18"])
def test_there_is_no_desk_for_a_clinic_that_is_not_in_the_register(
    orebro: str, planner: Visitor, key: str, browser_of: Callable[[Visitor], Client]
) -> None:
    assert browser_of(planner).get(f"/enhet/{key}/2025/").status_code == 404


def test_the_planner_invites_the_head_who_invites_a_nurse_and_ends_her_role(
    orebro: str, planner: Visitor, key: str, someone: Callable[..., Visitor], browser_of: Callable[[Visitor], Client]
) -> None:
    page = f"/enhet/{key}/2025/medarbetare/"
    browser_of(planner).post(page, {"kind": "clinic_head", "email": "chef@exempel.se"})
    invitation = Invitation.objects.get(recipient=key, kind="clinic_head")
    assert "Varberga vårdcentral" in Mail.objects.get(to="chef@exempel.se").body
    head = someone("clinic_head", key)
    browser_of(head).post(page, {"kind": "clinic", "email": "ny@exempel.se"})
    assert Invitation.objects.filter(recipient=key, kind="clinic").exists()
    browser_of(head).post(page, {"deed": "revoke", "id": str(invitation.pk)})
    invitation.refresh_from_db()
    assert invitation.revoked
    nurse = someone("clinic", key)
    assert browser_of(nurse).post(page, {"kind": "clinic", "email": "annan@exempel.se"}).status_code == 200
    assert not Invitation.objects.filter(email="annan@exempel.se").exists()
    role = Role.objects.get(person=nurse.id, recipient=key)
    browser_of(head).post(page, {"deed": "end", "id": str(role.pk)})
    role.refresh_from_db()
    assert role.ended
    assert browser_of(nurse).get(page).status_code == 403


def test_nobody_invites_to_another_clinic_or_to_a_role_of_the_region(
    orebro: str,
    head: Visitor,
    key: str,
    clinic_of: Callable[[str], tuple[Clinic, str]],
    browser_of: Callable[[Visitor], Client],
) -> None:
    other = clinic_of("Mikaeli")[1]
    told = {"kind": "clinic", "email": "x@exempel.se"}
    assert browser_of(head).post(f"/enhet/{other}/2025/medarbetare/", told).status_code == 403
    browser_of(head).post(f"/enhet/{key}/2025/medarbetare/", {**told, "kind": "region_planner"})
    assert not Invitation.objects.exists()


@pytest.mark.shows("ore-31", "ore-42", "ore-47", "sth-36", "adm-13")
def test_in_the_demonstration_varberga_applies_is_granted_and_reports_once(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_on(now)
    monkeypatch.setattr(desk, "paid_to", lambda year, region: (f"{region}/{year}", 3_000_000, 0))
    for _ in range(2):
        desk.begin_years(2025, now)
        clinics.do(2025, now)
        desk.plan_and_decide(2025, now)
    decision = SupportDecision.objects.get()
    assert decision.granted
    assert "påhittat" in decision.reason
    known = known_clinics("region-18", 2025)["Varberga vårdcentral"]
    assert known.index
    assert (known.index.written, str(known.fixed_support_from)) == ("2,31", "2025-11-01")
    for _ in range(2):
        clinics.do(2025, JANUARY)
    begun = {row.region: row for row in RegionYear.objects.all()}
    sent = {each.name: each.state(JANUARY.date()) for each in reporters(begun["region-18"])}
    assert sent["Varberga vårdcentral"] == "in time"
    assert sent["Mikaeli vårdcentral"] == "overdue"
    assert not any(each.latest for each in reporters(begun["region-01"]))  # theirs is due in February
    clinics.do(2025, MARCH)
    assert {each.state(MARCH.date()) for each in reporters(begun["region-01"])} == {"in time"}
    assert BookPosting.objects.filter(cause="reported", region="region-18").count() == 1
    assert LineReport.objects.filter(line="Varberga vårdcentral").count() == 1
    assert RegionDocument.objects.filter(about="line_report").count() == LineReport.objects.count()
    assert first_break("region-18") is None


def test_what_somebody_has_begun_in_the_demonstration_is_left(planner: Visitor, now: datetime) -> None:
    bring_on(now)
    begin(planner, "region-18", 2025, now)
    clinic = Clinic.objects.get(region="region-18", number=10)
    deeds.begin_application(as_character("clinic_head"), scheme_named("orebro-2025"), clinic, now)
    clinics.do(2025, now)
    assert not SupportDecision.objects.exists()
