"""A visit that two clinics have waits at both, with the reason, until one of them or the planner takes one back."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO

import pypdf
import pytest
from django.test import Client
from region.made_up import visit

from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.region.actions.handing_over import hand_over
from statsbidrag.region.actions.settling import settle
from statsbidrag.region.actions.taking_back import take_back
from statsbidrag.region.models import Clinic, Notice, Visit
from statsbidrag.region.queries.claims import claims
from statsbidrag.region.queries.settlements import lines_of
from statsbidrag.terms.faults import Fault

ClinicOf = Callable[[str], tuple[Clinic, str]]


@pytest.fixture
def both(karla: Clinic, varberga: Clinic) -> tuple[Visit, Visit]:
    """One child's visit of a day in September, as two clinics have it."""
    first, other = (visit(clinic, date(2025, 9, 22), "both", also_elsewhere=True) for clinic in (karla, varberga))
    return first, other


def test_a_visit_that_two_clinics_have_waits_at_both_and_is_paid_when_one_has_taken_it_back(
    planner: Visitor, both: tuple[Visit, Visit], planned: str, now: datetime
) -> None:
    first = settle(planner, planned, 2025, month=9, now=now)
    assert [(line.visits, line.kronor, line.claimed_twice) for line in lines_of(first)] == [(0, 0, 1), (0, 0, 1)]
    hand_over(planner, first, now)
    take_back(planner, both[1], "Karla gjorde besöket.", now=now)
    second = settle(planner, planned, 2025, month=9, now=now)
    told = {line.clinic_id: (line.correction, line.kronor, line.claimed_twice) for line in lines_of(second)}
    assert told == {both[0].clinic_id: (True, 2_500, -1), both[1].clinic_id: (True, 0, -1)}


def test_the_statement_says_why_a_visit_that_two_clinics_have_is_not_paid(
    planner: Visitor, both: tuple[Visit, Visit], planned: str, now: datetime
) -> None:
    run = settle(planner, planned, 2025, month=9, now=now)
    hand_over(planner, run, now)
    for paper in run.statements.select_related("document__content"):
        pages = pypdf.PdfReader(BytesIO(bytes(paper.document.content.content))).pages
        words = " ".join(" ".join(page.extract_text() for page in pages).split())
        assert "en annan enhet har besök hos samma barn samma dag" in words


def test_what_was_settled_at_one_clinic_stays_paid_when_another_comes_with_the_visit(
    planner: Visitor,
    karla: Clinic,
    varberga: Clinic,
    planned: str,
    now: datetime,
    browser_of: Callable[[Visitor | None], Client],
) -> None:
    paid = visit(karla, date(2025, 9, 22), "both", at=now)
    hand_over(planner, settle(planner, planned, 2025, month=9, now=now), now)
    late = visit(varberga, date(2025, 9, 22), "both", also_elsewhere=True, at=now + timedelta(hours=1))
    Visit.objects.filter(pk=paid.pk).update(also_elsewhere=True)
    run = settle(planner, planned, 2025, month=9, now=now + timedelta(hours=2))
    [line] = lines_of(run)
    assert (line.clinic_id, line.visits, line.kronor, line.claimed_twice) == (varberga.pk, 0, 0, 1)
    hand_over(planner, run, now + timedelta(hours=3))
    with pytest.raises(Fault, match="Inget har ändrats"):
        settle(planner, planned, 2025, month=9, now=now + timedelta(hours=4))
    removal = browser_of(planner).get(f"/region/{planned}/2025/besok/{paid.pk}/ta-bort/").content.decode()
    assert "redan avräknat hos Karla vårdcentral" in removal
    take_back(planner, paid, "Varberga gjorde besöket.", now=now)
    told = {line.clinic_id: line.kronor for line in lines_of(settle(planner, planned, 2025, month=9, now=now))}
    assert told == {karla.pk: -2_500, late.clinic_id: 1_800}


def test_a_paid_visit_that_is_altered_is_still_the_one_that_was_settled_first(
    planner: Visitor, karla: Clinic, varberga: Clinic, planned: str, now: datetime
) -> None:
    visit(karla, date(2025, 9, 22), "both", at=now, replaced=True)
    visit(karla, date(2025, 9, 1), "another", at=now)
    hand_over(planner, settle(planner, planned, 2025, month=9, now=now), now)
    for clinic in (karla, varberga):
        visit(clinic, date(2025, 9, 22), "both", also_elsewhere=True, at=now + timedelta(hours=1))
    [claim] = claims(planned, 2025)
    assert [(one.clinic, one.settled_first) for one in claim.by] == [
        ("Karla vårdcentral", True),
        ("Varberga vårdcentral", False),
    ]


def test_the_page_shows_the_visits_that_wait_and_leads_to_where_one_is_taken_back_with_a_reason(
    planner: Visitor,
    both: tuple[Visit, Visit],
    planned: str,
    now: datetime,
    someone: Callable[..., Visitor],
    clinic_of: ClinicOf,
    browser_of: Callable[[Visitor | None], Client],
) -> None:
    settle(planner, planned, 2025, month=9, now=now)
    browser, removal = browser_of(planner), f"/region/{planned}/2025/besok/{both[1].pk}/ta-bort/"
    page = browser.get(f"/region/{planned}/2025/avrakningar/1/").content.decode()
    assert "1 besök finns på flera enheter" in page
    assert f'href="{removal}"' in page
    assert "hos Varberga vårdcentral?" in browser.get(removal).content.decode()
    assert "Skälet saknas" in browser.post(removal, {"why": " ", "deed_key": "a1"}).content.decode()
    assert "personnummer" in browser.post(removal, {"why": "19121212-1212", "deed_key": "a2"}).content.decode()
    answer = browser.post(removal, {"why": "Karla gjorde det.", "deed_key": "a3"}, follow=True)
    assert "Karla gjorde det." in answer.content.decode()
    assert "finns på flera enheter" not in answer.content.decode()
    assert browser.get(removal).status_code == 404
    nurse, key = someone("clinic", clinic_of("Varberga")[1]), clinic_of("Varberga")[1]
    assert "Karla gjorde det." in browser_of(nurse).get(f"/enhet/{key}/2025/besok/").content.decode()


def test_a_clinic_sees_that_its_visit_waits_and_removes_it_itself_with_a_reason(
    both: tuple[Visit, Visit],
    someone: Callable[..., Visitor],
    clinic_of: ClinicOf,
    browser_of: Callable[[Visitor | None], Client],
) -> None:
    key = clinic_of("Varberga")[1]
    nurse, own = browser_of(someone("clinic", key)), f"/enhet/{key}/2025/besok/{both[1].pk}/"
    listed = nurse.get(f"/enhet/{key}/2025/besok/").content.decode()
    assert "väntar, hos flera enheter" in listed
    assert f'href="{own}"' in listed
    assert "Karla vårdcentral också" in nurse.get(own).content.decode()
    assert "Skälet saknas" in nurse.post(own, {"what": "remove", "why": "", "deed_key": "a1"}).content.decode()
    nurse.post(own, {"what": "remove", "why": "Karla gjorde det.", "deed_key": "a2"})
    assert not claims(both[0].region, 2025)


def test_only_the_planner_takes_a_clinics_visit_back_and_only_one_that_two_clinics_have(
    planner: Visitor, both: tuple[Visit, Visit], someone: Callable[..., Visitor], clinic_of: ClinicOf, now: datetime
) -> None:
    for who in (someone("clinic_head", clinic_of("Karla")[1]), someone("mandate_holder", both[0].region), None):
        with pytest.raises(Refused):
            take_back(who, both[1], "Inte vår.", now=now)
    take_back(planner, both[0], "Inte Karlas.", now=now)
    with pytest.raises(Fault, match="Ingen annan enhet har besöket längre"):
        take_back(planner, both[1], "Inte Varbergas.", now=now)


def test_a_clinic_is_told_by_e_mail_that_its_visit_was_taken_back_and_why(
    planner: Visitor, varberga: Clinic, both: tuple[Visit, Visit], now: datetime
) -> None:
    varberga.email = "varberga@exempel.se"
    varberga.save()
    row = Visit.objects.select_related("clinic").get(pk=both[1].pk)
    take_back(planner, row, "Karla gjorde besöket.", now=now)
    [notice] = Notice.objects.all()
    assert "Karla gjorde besöket." in notice.body
    assert row.child not in notice.body
