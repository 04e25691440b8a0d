"""A clinic applies for fixed support with the plan's five questions, and the region decides with its reason."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from made_up_plan import PLAN

from statsbidrag.cycle.scheme import Scheme
from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.region.actions import support as deeds
from statsbidrag.region.actions import support_decisions as deciding
from statsbidrag.region.actions.support_decisions import Decided
from statsbidrag.region.models import Clinic, GrantedSupport, Notice, RegionDocument, SupportApplication
from statsbidrag.region.queries.diary import first_break
from statsbidrag.region.queries.support import support_of
from statsbidrag.region.queries.years import known_clinics
from statsbidrag.terms.faults import Fault

DAYS: dict[str, Any] = {"first_day": date(2025, 11, 1), "last_day": date(2025, 12, 31)}


@pytest.fixture
def sent_in(scheme: Scheme, varberga: Clinic, head: Visitor, now: datetime) -> SupportApplication:
    """Varberga's application, filled in and sent in."""
    deeds.begin_application(head, scheme, varberga, now)
    version = deeds.save_answers(head, scheme, varberga, PLAN, version=1, now=now)
    return deeds.send_application(head, scheme, varberga, now, version=version)


@pytest.mark.shows("ore-33", "ore-34", "ore-35", "ore-36", "ore-37", "ore-38", "ore-39", "ore-40", "ore-41")
def test_the_application_asks_the_plans_five_questions(
    scheme: Scheme, varberga: Clinic, head: Visitor, key: str, now: datetime, browser_of: Callable[[Visitor], Client]
) -> None:
    deeds.begin_application(head, scheme, varberga, now)
    browser, base = browser_of(head), f"/enhet/{key}/2025/ansokan/"
    first = browser.get(f"{base}instructions/").content.decode()
    assert "Ta fram en plan: Diskutera nedanstående frågor" in first
    assert "kontakt med Socialtjänsten" in first
    plan = browser.get(f"{base}plan/").content.decode()
    for asked in (
        "Finns det tidsutrymme på BVC-mottagningen att utföra utökade hembesök?",
        "Har kontakt tagits med Socialtjänsten för att säkerställa",
        "Hur många utökade hembesök planeras att genomföras?",
        "Fullständigt utökat hembesöksprogram eller delar av programmet?",
        "Till vilka familjer planerar ni att erbjuda detta?",
        "När planerar ni att starta?",
        "Möjlighet att transportera sig (bil, cykel?)",
    ):
        assert asked in plan
    assert "I så fall vilka hembesök planerar ni att lägga till?" not in plan
    deeds.save_answers(head, scheme, varberga, PLAN, version=1, now=now)
    assert "I så fall vilka hembesök planerar ni att lägga till?" in browser.get(f"{base}plan/").content.decode()


def test_what_is_written_is_kept_at_every_step_and_what_is_missing_is_said(
    head: Visitor, scheme: Scheme, varberga: Clinic, key: str, browser_of: Callable[[Visitor], Client]
) -> None:
    browser, base = browser_of(head), f"/enhet/{key}/2025/ansokan/"
    begun = browser.post(base, {"action": "begin"}, follow=True)
    assert begun.redirect_chain[-1][0] == f"{base}instructions/"
    shown = "room_in_time social_services visits_planned scope families start travel"
    told = {"action": "next", "version": "1", "shown": shown, "visits_planned": "många", "travel": "Bil"}
    page = browser.post(f"{base}plan/", told).content.decode()
    assert "är inget heltal" in page
    assert "Svaret saknas" in page
    assert support_of(scheme, varberga).answers == {"visits_planned": "många", "travel": "Bil"}
    part = browser.post(f"{base}plan/", {"action": "auto", "version": "2", "scope": "parts", "shown": "scope"})
    assert part.content.decode().lstrip().startswith("<input")
    assert "I så fall vilka hembesök" in part.content.decode()


def test_two_colleagues_who_write_at_once_choose_and_nothing_is_lost(
    head: Visitor,
    nurse: Visitor,
    scheme: Scheme,
    varberga: Clinic,
    key: str,
    browser_of: Callable[[Visitor], Client],
    now: datetime,
) -> None:
    deeds.begin_application(nurse, scheme, varberga, now)
    page = f"/enhet/{key}/2025/ansokan/plan/"
    browser_of(nurse).post(page, {"action": "save", "version": "1", "travel": "Cykel", "families": "Alla"})
    stale = browser_of(head).post(page, {"action": "save", "version": "1", "travel": "Bil", "families": "Alla"})
    assert stale.status_code == 409
    said = stale.content.decode()
    assert "Sigrid Sjuksköterska (påhittad) har sparat ansökan" in said
    assert "Cykel" in said
    assert "Bil" in said
    chosen = {"action": "save", "version": "2", "travel": "Bil", "theirs.travel": "Cykel", "families": "Alla"}
    browser_of(head).post(page, {**chosen, "choose.travel": "theirs"})
    assert support_of(scheme, varberga).answers == {"travel": "Cykel", "families": "Alla"}
    with pytest.raises(deeds.ApplicationChanged):
        deeds.send_application(head, scheme, varberga, now, version=1)


@pytest.mark.shows("ore-42", "adm-28")
def test_the_head_sends_it_in_to_the_unit_and_gets_a_receipt_in_the_diary_and_by_mail(
    sent_in: SupportApplication, head: Visitor, varberga: Clinic, key: str
) -> None:
    documents = list(RegionDocument.objects.filter(case__about=varberga.number).order_by("number"))
    assert [(each.direction, each.about) for each in documents] == [("in", "application"), ("out", "receipt")]
    assert all(bytes(each.content.content).startswith(b"%PDF") for each in documents)
    assert sent_in.document_id == documents[0].pk
    assert documents[0].case.number == "R18 2025-0001"
    [first, *_] = mails = Notice.objects.filter(recipient=key)
    assert [each.to for each in mails] == [f"person{head.id}@exempel.se"]
    assert "Vi har tagit emot ansökan om fast ersättning från Varberga vårdcentral" in first.body
    assert "R18 2025-0001" in first.body
    assert first_break(varberga.region) is None


def test_only_the_head_sends_in_and_only_what_is_whole(
    head: Visitor, nurse: Visitor, planner: Visitor, scheme: Scheme, varberga: Clinic, now: datetime
) -> None:
    with pytest.raises(Refused):
        deeds.begin_application(planner, scheme, varberga, now)
    deeds.begin_application(nurse, scheme, varberga, now)
    deeds.save_answers(nurse, scheme, varberga, {**PLAN, "start": "nästa år", "travel": ""}, version=1, now=now)
    with pytest.raises(Refused):
        deeds.send_application(nurse, scheme, varberga, now, version=2)
    with pytest.raises(Fault) as refused:
        deeds.send_application(head, scheme, varberga, now, version=2)
    assert "är ingen dag" in str(refused.value)
    assert "Svar saknas" in str(refused.value)
    assert not RegionDocument.objects.exists()


@pytest.mark.parametrize("number", ["19121212-1212", "121212-1212", "191212121212"])
def test_what_looks_like_a_personal_number_is_refused_and_not_repeated(
    head: Visitor,
    scheme: Scheme,
    varberga: Clinic,
    key: str,
    now: datetime,
    browser_of: Callable[[Visitor], Client],
    number: str,
) -> None:
    deeds.begin_application(head, scheme, varberga, now)
    sent: dict[str, Any] = {"action": "save", "version": "1", "families": f"Barnet {number}"}
    answer = browser_of(head).post(f"/enhet/{key}/2025/ansokan/plan/", sent)
    assert answer.status_code == 409
    assert number not in answer.content.decode()
    assert support_of(scheme, varberga).answers == {}


def test_a_draft_is_the_clinics_own_and_another_clinics_never_seen(
    head: Visitor,
    planner: Visitor,
    scheme: Scheme,
    varberga: Clinic,
    key: str,
    now: datetime,
    browser_of: Callable[[Visitor], Client],
    someone: Callable[..., Visitor],
    clinic_of: Callable[[str], tuple[Clinic, str]],
) -> None:
    deeds.begin_application(head, scheme, varberga, now)
    deeds.save_answers(head, scheme, varberga, {"travel": "Hemlig cykel"}, version=1, now=now)
    planner_sees = browser_of(planner)
    assert "Hemlig" not in planner_sees.get(f"/enhet/{key}/2025/ansokan/").content.decode()
    assert planner_sees.get(f"/enhet/{key}/2025/ansokan/plan/").status_code == 403
    assert planner_sees.get(f"/region/{varberga.region}/2025/fast-ersattning/{varberga.number}/").status_code == 404
    neighbour = someone("clinic_head", clinic_of("Mikaeli")[1])
    assert browser_of(neighbour).get(f"/enhet/{key}/2025/ansokan/").status_code == 403


def test_a_document_of_one_clinic_is_not_found_at_another(
    sent_in: SupportApplication,
    someone: Callable[..., Visitor],
    head: Visitor,
    key: str,
    browser_of: Callable[[Visitor], Client],
    clinic_of: Callable[[str], tuple[Clinic, str]],
) -> None:
    other = clinic_of("Mikaeli")[1]
    assert browser_of(head).get(f"/enhet/{key}/2025/handling/{sent_in.document_id}/").status_code == 200
    neighbour = browser_of(someone("clinic_head", other))
    assert neighbour.get(f"/enhet/{other}/2025/handling/{sent_in.document_id}/").status_code == 404


def test_an_application_may_be_withdrawn_until_it_is_decided_and_another_made(
    sent_in: SupportApplication, head: Visitor, scheme: Scheme, varberga: Clinic, planner: Visitor, now: datetime
) -> None:
    deeds.withdraw_application(head, scheme, varberga, now)
    assert support_of(scheme, varberga).state == "none"
    deeds.begin_application(head, scheme, varberga, now)
    deeds.save_answers(head, scheme, varberga, PLAN, version=1, now=now)
    deeds.send_application(head, scheme, varberga, now, version=2)
    deciding.decide_support(planner, scheme, varberga, Decided(granted=False, reason="Nej."), now=now)
    with pytest.raises(Fault, match="ingen ansökan att återkalla"):
        deeds.withdraw_application(head, scheme, varberga, now)


@pytest.mark.shows("ore-30", "ore-31", "ore-43")
def test_a_clinic_with_an_index_over_2_is_granted_support_and_has_it_from_the_decisions_days(
    sent_in: SupportApplication,
    index: Callable[..., None],
    planner: Visitor,
    scheme: Scheme,
    varberga: Clinic,
    key: str,
    now: datetime,
    browser_of: Callable[[Visitor], Client],
) -> None:
    index(varberga, "2,31")
    page = f"/region/{varberga.region}/2025/fast-ersattning/{varberga.number}/"
    read = browser_of(planner).get(page).content.decode()
    assert "Nationellt barn-CNI över 2: uppfyllt (nationellt barn-CNI 2025: 2,31)" in read
    told = {"granted": "yes", "first_day": "2025-11-01", "last_day": "2025-12-31", "reason": "Index över 2."}
    answer = browser_of(planner).post(page, told)
    assert answer.status_code == 302
    known = known_clinics(varberga.region, 2025)["Varberga vårdcentral"]
    assert (known.fixed_support_from, known.fixed_support_to) == (date(2025, 11, 1), date(2025, 12, 31))
    decision = support_of(scheme, varberga).decision
    assert decision
    assert decision.kronor is None
    assert bytes(decision.document.content.content).startswith(b"%PDF")  # type: ignore[union-attr]
    assert "Vi har beviljat er ansökan" in Notice.objects.filter(recipient=key).latest("id").body
    assert "beloppet är inte beslutat än" in browser_of(planner).get(page).content.decode()


@pytest.mark.shows("ore-31")
def test_exactly_2_cannot_be_granted_and_a_refusal_ends_what_was_assumed(
    sent_in: SupportApplication,
    index: Callable[..., None],
    planner: Visitor,
    scheme: Scheme,
    varberga: Clinic,
    now: datetime,
) -> None:
    index(varberga, "2")
    with pytest.raises(Fault, match="uppfyller inte villkoret: Nationellt barn-CNI över 2"):
        deciding.decide_support(planner, scheme, varberga, Decided(granted=True, reason="Ja.", **DAYS), now=now)
    assert known_clinics(varberga.region, 2025)["Varberga vårdcentral"].fixed_support_from
    deciding.decide_support(planner, scheme, varberga, Decided(granted=False, reason="Index 2,00."), now=now)
    assert known_clinics(varberga.region, 2025)["Varberga vårdcentral"].fixed_support_from is None
    assert GrantedSupport.objects.filter(clinic=varberga, replaced=True).count() == 1


@pytest.mark.parametrize(
    "decided",
    [
        Decided(granted=True, reason=" ", **DAYS),
        Decided(granted=True, reason="Ja."),
        Decided(granted=True, reason="Ja.", first_day=date(2025, 11, 1), last_day=date(2025, 10, 1)),
        Decided(granted=True, reason="Ja.", first_day=date(2024, 11, 1), last_day=date(2025, 10, 1)),
        Decided(granted=True, reason="Ja.", kronor=-1, **DAYS),
    ],
)
def test_a_decision_without_reason_or_days_is_refused(
    sent_in: SupportApplication, planner: Visitor, scheme: Scheme, varberga: Clinic, decided: Decided, now: datetime
) -> None:
    with pytest.raises(Fault):
        deciding.decide_support(planner, scheme, varberga, decided, now=now)


def test_a_decision_is_made_by_the_region_once(
    sent_in: SupportApplication,
    planner: Visitor,
    head: Visitor,
    scheme: Scheme,
    varberga: Clinic,
    someone: Callable[..., Visitor],
    now: datetime,
) -> None:
    no = Decided(granted=False, reason="Nej.")
    for other in (head, someone("region_planner", "region-01"), someone("officer")):
        with pytest.raises(Refused):
            deciding.decide_support(other, scheme, varberga, no, now=now)
    deciding.decide_support(someone("mandate_holder", varberga.region), scheme, varberga, no, now=now)
    with pytest.raises(Fault, match="ingen ansökan som väntar"):
        deciding.decide_support(planner, scheme, varberga, no, now=now)


@pytest.mark.shows("ore-43")
def test_follow_up_meetings_are_offered_and_noted(
    planner: Visitor, varberga: Clinic, scheme: Scheme, browser_of: Callable[[Visitor], Client]
) -> None:
    page = f"/region/{varberga.region}/2025/fast-ersattning/{varberga.number}/moten/"
    browser = browser_of(planner)
    assert "erbjuder avstämningsmöten och stöd" in browser.get(page).content.decode()
    browser.post(page, {"day": "2025-11-20", "says": "Två familjer är tillfrågade."})
    assert "Två familjer är tillfrågade." in browser.get(page).content.decode()


def test_a_scheme_without_fixed_support_or_form_says_so(
    stockholm: str, someone: Callable[..., Visitor], now: datetime, browser_of: Callable[[Visitor], Client]
) -> None:
    row = Clinic.objects.create(
        region=stockholm, number=1, name="Exempels BVC", municipality_code="0180", municipality="Stockholm"
    )
    key = f"{stockholm}-clinic-1"
    page = browser_of(someone("clinic_head", key)).get(f"/enhet/{key}/2025/ansokan/").content.decode()
    assert "har ingen fast ersättning 2025" in page
    listed = browser_of(someone("region_planner", stockholm)).get(f"/region/{stockholm}/2025/fast-ersattning/")
    assert "har ingen fast ersättning" in listed.content.decode()
    assert row.applications.count() == 0


def test_a_personal_number_in_a_meetings_note_is_taken_away_and_the_rest_stays(
    planner: Visitor, varberga: Clinic, scheme: Scheme, browser_of: Callable[[Visitor], Client]
) -> None:
    page = f"/region/{varberga.region}/2025/fast-ersattning/{varberga.number}/moten/"
    told = {"day": "2025-11-20", "says": "Familjen 191212121212 tackade ja."}
    shown = browser_of(planner).post(page, told).content.decode()
    assert "191212121212" not in shown
    assert "Familjen •••••••••••• tackade ja." in shown
    assert "ser ut att innehålla ett personnummer" in shown
    assert varberga.meetings.count() == 0
