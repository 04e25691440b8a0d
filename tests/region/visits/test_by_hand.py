"""Visits written by hand: by the clinic's own number, altered by a new record, removed again, and judged at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from region.visits.conftest import FIRST

from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.region.actions.visit_desk import VisitDesk
from statsbidrag.region.actions.visits import WrittenVisit, alter, remove, write
from statsbidrag.region.models import Clinic, Visit, VisitFile
from statsbidrag.region.queries.visits import due_visits, perhaps_twice
from statsbidrag.region.queries.years import scheme_of
from statsbidrag.terms.faults import Fault

WRITTEN = WrittenVisit(date(2025, 10, 2), 2, "extra", ("nurse", "social_services"), ("ZV509",), child="77")
SENT = {
    "date": "2025-10-02", "child": "77", "child_months": "2", "place": "extra",
    "professions": ["nurse", "social_services"], "coded": "on", "municipality": "1880", "deed_key": "",
}  # fmt: skip


@pytest.fixture
def karla(clinic_of: Callable[[str], tuple[Clinic, str]], orebro: str) -> VisitDesk:
    """The desk of a clinic without fixed support."""
    return VisitDesk(orebro, 2025, clinic_of("Karla")[0])


@pytest.fixture
def nurse(someone: Callable[..., Visitor], karla: VisitDesk) -> Visitor:
    """Someone who works there."""
    return someone("clinic", karla.key)


@pytest.fixture
def page(nurse: Visitor, karla: VisitDesk, browser_of: Callable[[Visitor | None], Client]) -> Callable[..., Any]:
    """Opens a page of the clinic's visits, or sends its form."""
    browser = browser_of(nurse)

    def open_(path: str, **sent: object) -> Any:
        address = f"/enhet/{karla.key}/2025/besok/{path}"
        return browser.post(address, sent, follow=True) if sent else browser.get(address)

    return open_


def standing() -> list[Visit]:
    return list(Visit.objects.filter(replaced=False))


@pytest.mark.shows("adm-16", "ore-25")
def test_a_joint_visit_by_hand_is_saved_and_said_to_pay_2_500_kr(page: Callable[..., Any]) -> None:
    text = page("nytt/", **SENT).content.decode()
    [visit] = standing()
    assert (visit.professions, visit.kva_codes, visit.municipality) == ("nurse|social_services", "ZV509", "1880")
    assert "77" not in visit.child
    assert "är sparat" in text
    assert "2 500 kr" in text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.shows("ore-28")
def test_at_a_clinic_with_fixed_support_the_same_visit_pays_1_800_kr(
    someone: Callable[..., Visitor],
    clinic_of: Callable[[str], tuple[Clinic, str]],
    browser_of: Callable[[Visitor | None], Client],
) -> None:
    _, key = clinic_of("Varberga")
    answer = browser_of(someone("clinic", key)).post(f"/enhet/{key}/2025/besok/nytt/", SENT, follow=True)
    assert "1 800 kr" in answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.shows("ore-29")
def test_without_the_code_it_waits(page: Callable[..., Any]) -> None:
    sent = {name: value for name, value in SENT.items() if name != "coded"}
    assert "Besöket väntar på kod" in page("nytt/", **sent).content.decode()
    assert "att koda" in page("").content.decode()


def test_the_page_is_filled_in_with_today_and_with_what_is_usual(page: Callable[..., Any]) -> None:
    text = page("nytt/").content.decode()
    assert 'value="2025-10-20"' in text
    assert text.count("checked") == 3  # beyond the ordinary; a nurse; social services


@pytest.mark.shows("adm-18")
def test_a_visit_before_birth_is_marked_as_such(page: Callable[..., Any]) -> None:
    page("nytt/", **{**SENT, "child_months": "", "before_birth": "on"})
    page("nytt/", **{**SENT, "child": "78", "child_months": "3", "before_birth": "on"})
    assert sorted(visit.child_months for visit in standing()) == [-3, -1]


@pytest.mark.parametrize(
    ("altered", "says"),
    [
        ({"date": "2025-10-21"}, "framtiden"),
        ({"date": "2024-10-21"}, "ligger utanför 2025"),
        ({"date": "igår"}, "inget datum"),
        ({"child": ""}, "Skriv barnets lokala nummer"),
        ({"child_months": "2,5"}, "hela månader"),
        ({"child_months": "999"}, "Talet ska vara"),
        ({"professions": []}, "Välj vilka som gjorde besöket"),
        ({"place": "hemma"}, "besök"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_stored(
    page: Callable[..., Any], altered: dict[str, object], says: str
) -> None:
    assert says in page("nytt/", **{**SENT, **altered}).content.decode()
    assert not Visit.objects.exists()


def test_the_same_form_sent_twice_stores_one_visit(page: Callable[..., Any]) -> None:
    for _ in range(2):
        page("nytt/", **{**SENT, "deed_key": "a" * 32})
    assert Visit.objects.count() == 1


def test_the_same_visit_written_again_stands_instead(nurse: Visitor, karla: VisitDesk, now: datetime) -> None:
    write(nurse, karla, WRITTEN, now)
    write(nurse, karla, replace(WRITTEN, child=" 77 ", child_months=3), now)
    assert [visit.child_months for visit in standing()] == [3]


def test_an_alteration_is_a_new_record_that_stands_instead_also_on_another_day(
    nurse: Visitor, karla: VisitDesk, now: datetime
) -> None:
    row = write(nurse, karla, WRITTEN, now)
    alter(nurse, karla, row, replace(WRITTEN, child="", same_as=row, date=date(2025, 10, 3)), now=now)
    [visit] = standing()
    assert (visit.date, visit.child, Visit.objects.count()) == (date(2025, 10, 3), row.child, 2)
    with pytest.raises(Fault, match="redan ändrat"):
        alter(nurse, karla, row, replace(WRITTEN, child="", same_as=row), now=now)


@pytest.mark.shows("ore-27")
def test_a_code_added_by_hand_is_not_undone_by_the_same_row_in_a_later_file(
    kept: Callable[..., VisitFile], nurse: Visitor, karla: VisitDesk, now: datetime
) -> None:
    uncoded = replace(FIRST, kva_codes=frozenset())
    kept([uncoded])
    [row] = standing()
    alter(nurse, karla, row, replace(WRITTEN, child="", same_as=row), now=now)
    file = kept([uncoded, replace(uncoded, child="barn-b")])
    assert (file.kept, file.same) == (1, 1)
    assert sorted(visit.kva_codes for visit in standing()) == ["", "ZV509"]


def test_a_removed_visit_is_gone_with_its_earlier_records_and_one_of_a_file_counts_again(
    kept: Callable[..., VisitFile], nurse: Visitor, karla: VisitDesk, now: datetime
) -> None:
    kept([FIRST])
    [from_file] = standing()
    altered = alter(nurse, karla, from_file, replace(WRITTEN, child="", same_as=from_file, child_months=5), now=now)
    again = alter(nurse, karla, altered, replace(WRITTEN, child="", same_as=altered, child_months=6), now=now)
    remove(nurse, karla, again)
    assert [visit.pk for visit in standing()] == [from_file.pk]
    by_hand = write(nurse, karla, replace(WRITTEN, child="5"), now)
    remove(nurse, karla, by_hand)
    assert [visit.pk for visit in standing()] == [from_file.pk]
    assert Visit.objects.get(pk=by_hand.pk).removed_by == nurse.name


def test_a_visit_of_a_file_that_was_another_clinics_is_removed_and_stays_so_until_a_file_says_something_else(
    kept: Callable[..., VisitFile], nurse: Visitor, karla: VisitDesk, now: datetime
) -> None:
    kept([FIRST])
    [wrong] = standing()
    kept([replace(FIRST, clinic="Varberga vårdcentral")])
    with pytest.raises(Fault, match="Skälet saknas"):
        remove(nurse, karla, wrong)
    remove(nurse, karla, wrong, "Varberga gjorde besöket.")
    assert [visit.clinic.name for visit in standing()] == ["Varberga vårdcentral"]
    assert Visit.objects.get(pk=wrong.pk).removed_by == nurse.name
    assert kept([FIRST, replace(FIRST, child="barn-b")]).same == 1
    assert len(standing()) == 2
    written = write(nurse, karla, replace(WRITTEN, child="", same_as=wrong), now)
    remove(nurse, karla, written, "Varberga gjorde besöket.")
    assert len(standing()) == 2, "what was removed does not come back with a record by hand"
    assert kept([replace(FIRST, child_months=3)]).kept == 1
    assert len(standing()) == 3


def test_a_visit_after_the_clinics_last_day_is_refused_at_the_day_and_one_on_it_is_not(
    page: Callable[..., Any], karla: VisitDesk
) -> None:
    Clinic.objects.filter(pk=karla.clinic.pk if karla.clinic else 0).update(closed=date(2025, 10, 1))
    text = page("nytt/", **SENT).content.decode().replace("\u00a0", " ")
    assert 'href="#id_date"' in text
    assert "Enheten är stängd. Sista dagen var den 1 oktober 2025." in text
    assert not standing()
    page("nytt/", **{**SENT, "date": "2025-10-01"})
    assert len(standing()) == 1


def test_a_visit_by_hand_that_a_file_has_too_is_pointed_out(
    kept: Callable[..., VisitFile], nurse: Visitor, karla: VisitDesk, now: datetime, page: Callable[..., Any]
) -> None:
    row = write(nurse, karla, WRITTEN, now)
    assert karla.clinic
    assert not perhaps_twice(karla.clinic, 2025)
    kept([FIRST])
    assert [visit.pk for visit in perhaps_twice(karla.clinic, 2025)] == [row.pk]
    assert "Finns kanske i en fil också" in page("").content.decode()


def test_only_those_who_work_at_the_clinic_write_there(
    planner: Visitor, someone: Callable[..., Visitor], karla: VisitDesk, orebro: str, now: datetime
) -> None:
    for other in (planner, someone("clinic", f"{orebro}-clinic-1"), someone("officer"), None):
        if other is not None and other.kinds(karla.key) & {"clinic", "clinic_head"}:
            continue
        with pytest.raises(Refused):
            write(other, karla, WRITTEN, now)


def test_another_clinics_visit_is_not_found(page: Callable[..., Any], kept: Callable[..., VisitFile]) -> None:
    kept([replace(FIRST, clinic="Varberga vårdcentral")])
    [visit] = standing()
    assert page(f"{visit.pk}/").status_code == 404
    assert f"efter={visit.pk}" not in page("kommande/").content.decode()


def test_the_programmes_next_visit_is_suggested_from_the_age_or_the_child(
    page: Callable[..., Any], nurse: Visitor, karla: VisitDesk, now: datetime
) -> None:
    by_age = page("nytt/", what="suggest", child="", child_months="9").content.decode()
    assert "8 månader (ordinarie)" in by_age
    write(nurse, karla, WRITTEN, now)
    assert "4 månader (extra)" in page("nytt/", what="suggest", child="77", child_months="").content.decode()
    assert page("nytt/", what="suggest", child="191212121212", child_months="").content.decode().strip() == ""
    assert Visit.objects.count() == 1


def test_each_childs_next_visit_is_shown_late_first_and_leads_to_a_form_for_that_child(
    page: Callable[..., Any], nurse: Visitor, karla: VisitDesk, now: datetime
) -> None:
    recent = write(nurse, karla, replace(WRITTEN, child="1", date=date(2025, 10, 1), child_months=8), now)
    late = write(nurse, karla, replace(WRITTEN, child="2", date=date(2025, 3, 1), child_months=2), now)
    write(nurse, karla, replace(WRITTEN, child="3", date=date(2025, 3, 1), child_months=15), now)
    assert karla.clinic
    scheme = scheme_of(karla.region, 2025)
    assert scheme
    due = due_visits(karla.clinic, scheme, now.date())
    assert [one.last.pk for one in due] == [late.pk, recent.pk]
    text = page("kommande/").content.decode()
    assert text.count("Försenat<") == 1
    assert late.child not in text
    assert f"Barn {late.child[:6]}" in text
    form = page(f"nytt/?efter={late.pk}").content.decode()
    assert f"Barn {late.child[:6]}" in form
    page("nytt/", **{**SENT, "child": "", "child_months": "9", "efter": str(late.pk)})
    assert Visit.objects.filter(child=late.child).count() == 2
