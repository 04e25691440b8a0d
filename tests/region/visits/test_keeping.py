"""Offers, retention and new numbers: what is counted, what is dropped and when, and children that are one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from region.visits.conftest import FIRST

from statsbidrag.exchange.pseudonyms import PseudonymKey, rekeyed
from statsbidrag.portal import clock, rules
from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.region import handed_in
from statsbidrag.region.actions.forgetting import forget
from statsbidrag.region.actions.offers import note_offer
from statsbidrag.region.actions.rekeying import rekey
from statsbidrag.region.actions.visit_desk import VisitDesk
from statsbidrag.region.actions.visits import WrittenVisit, remove, write
from statsbidrag.region.models import Clinic, Forgetting, Offer, Visit, VisitFile
from statsbidrag.region.queries.offers import offer_counts
from statsbidrag.region.queries.retention import dropped_from, last_day_past, past_time
from statsbidrag.region.queries.visits import judge_of, verdicts_on
from statsbidrag.region.queries.years import scheme_of
from statsbidrag.terms.dates import SWEDISH_TIME
from statsbidrag.terms.faults import Fault

Kept = Callable[..., VisitFile]
BOTH = ("nurse", "social_services")
LATER = datetime(2028, 1, 1, 3, tzinfo=SWEDISH_TIME)


@pytest.fixture
def karla(clinic_of: Callable[[str], tuple[Clinic, str]], orebro: str) -> VisitDesk:
    """A clinic's desk."""
    return VisitDesk(orebro, 2025, clinic_of("Karla")[0])


@pytest.fixture
def nurse(someone: Callable[..., Visitor], karla: VisitDesk) -> Visitor:
    """Someone who works there."""
    return someone("clinic", karla.key)


def test_an_offer_is_written_with_a_number_and_one_button_and_each_family_counts_once(
    nurse: Visitor, karla: VisitDesk, browser_of: Callable[[Visitor | None], Client]
) -> None:
    browser, address = browser_of(nurse), f"/enhet/{karla.key}/2025/besok/erbjudanden/"
    for family, outcome in [
        ("1", "offered"),
        ("1", "accepted"),
        ("2", "offered"),
        ("3", "declined"),
        ("1", "broken off"),
    ]:
        assert "Sparat" in browser.post(address, {"family": family, "outcome": outcome}, follow=True).content.decode()
    assert offer_counts(karla.region, 2025) == {"offered": 1, "accepted": 0, "declined": 1, "broken off": 1}
    assert not Offer.objects.filter(family__contains="1", family__regex="^.{1,10}$").exists()


def test_the_same_outcome_again_changes_nothing(nurse: Visitor, karla: VisitDesk, now: datetime) -> None:
    for _ in range(2):
        note_offer(nurse, karla, "1", "offered", now=now)
    assert Offer.objects.count() == 1


def test_offers_are_written_by_the_clinic_only_and_by_known_outcomes(
    planner: Visitor, nurse: Visitor, karla: VisitDesk, desk: VisitDesk, now: datetime
) -> None:
    with pytest.raises(Refused):
        note_offer(planner, karla, "1", "offered", now=now)
    for wrong in ((desk, planner, "1", "offered"), (karla, nurse, "1", "kanske"), (karla, nurse, " ", "offered")):
        with pytest.raises(Fault):
            note_offer(wrong[1], wrong[0], wrong[2], wrong[3], now=now)


def test_pseudonyms_are_kept_for_whole_years_of_visits() -> None:
    assert dropped_from(2025) == date(2028, 1, 1)
    assert last_day_past(date(2027, 12, 31)) == date(2024, 12, 31)
    assert last_day_past(date(2028, 1, 1)) == date(2025, 12, 31)


def test_what_is_past_its_time_is_dropped_by_the_command_and_the_visits_stay(
    kept: Kept, nurse: Visitor, karla: VisitDesk, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept([FIRST, replace(FIRST, child="barn-b", family="syskon")])
    note_offer(nurse, karla, "1", "accepted", now=now)
    assert forget(karla.region, now, by="test") is None
    monkeypatch.setattr(clock, "now", lambda: LATER)
    call_command("forget_visits")
    assert [(visit.child, visit.family) for visit in Visit.objects.all()] == [("", ""), ("", "")]
    assert [offer.family for offer in Offer.objects.all()] == [""]
    made = Forgetting.objects.get()
    assert (made.visits, made.offers, made.through) == (2, 1, date(2025, 12, 31))
    assert offer_counts(karla.region, 2025)["accepted"] == 1
    call_command("forget_visits")
    assert Forgetting.objects.count() == 1


def test_nothing_is_written_among_visits_that_are_forgotten(
    kept: Kept, nurse: Visitor, karla: VisitDesk, now: datetime
) -> None:
    kept([FIRST])
    forget(karla.region, LATER, by="test")
    written = WrittenVisit(date(2025, 10, 2), 2, "extra", ("nurse",), child="1")
    with pytest.raises(Fault, match="gallrade"):
        write(nurse, karla, written, LATER)


def test_of_visits_that_are_forgotten_none_is_removed_nor_taken_for_anothers(
    nurse: Visitor, karla: VisitDesk, now: datetime
) -> None:
    rows = [write(nurse, karla, WrittenVisit(date(2025, 10, 2), 2, "extra", BOTH, child=child), now) for child in "12"]
    forget(karla.region, LATER, by="test")
    known = list(Visit.objects.select_related("clinic"))
    scheme = scheme_of(karla.region, 2025)
    assert scheme is not None
    assert [each.status for each in verdicts_on(judge_of(scheme), known).values()] == ["counted", "counted"]
    rows[0].refresh_from_db()
    with pytest.raises(Fault, match="gallrade"):
        remove(nurse, karla, rows[0])
    assert Visit.objects.filter(replaced=False).count() == 2


def test_a_file_that_nobody_keeps_is_thrown_away_in_time(handed: Kept, desk: VisitDesk, now: datetime) -> None:
    file = handed([FIRST, replace(FIRST, date=date(2024, 1, 1))])
    assert past_time(desk.region, now).waiting.count() == 0
    forget(desk.region, now + timedelta(days=8), by="test")
    file.refresh_from_db()
    assert (file.state, bool(file.refusals)) == ("refused", False)
    assert not handed_in.staged(file.pk).exists()


def test_refused_rows_are_kept_long_enough_to_be_mended(kept: Kept, desk: VisitDesk, now: datetime) -> None:
    file = kept([FIRST, replace(FIRST, date=date(2024, 1, 1))])
    for days, is_there in ((29, True), (31, False)):
        forget(desk.region, now + timedelta(days=days), by="test")
        file.refresh_from_db()
        assert bool(file.refusals) is is_there


def test_the_page_shows_what_would_be_dropped_and_when(
    kept: Kept, planner: Visitor, orebro: str, browser_of: Callable[[Visitor | None], Client]
) -> None:
    kept([FIRST])
    text = browser_of(planner).get(f"/region/{orebro}/2025/besok/gallring/").content.decode()
    assert "släpps från och med den 1 januari 2028" in text
    assert "Vårt antagande" in text


@pytest.mark.shows("adm-17")
def test_a_child_with_a_new_number_keeps_its_visits_and_one_visit_under_both_counts_once(
    kept: Kept, planner: Visitor, desk: VisitDesk
) -> None:
    key = PseudonymKey("0123456789abcdef" * 4, rules.book().pseudonyms)
    old, new = key.pseudonym("199902990000"), key.pseudonym("202501022384")
    kept([replace(FIRST, child=old), replace(FIRST, child=old, date=date(2025, 10, 9)), replace(FIRST, child=new)])
    pairs = "".join(f"{one},{other}\r\n" for one, other in rekeyed({"199902990000": "202501022384"}, key))
    upload = SimpleUploadedFile("rekey.csv", f"old,new\r\n{pairs}".encode())
    done = rekey(planner, desk, upload)
    assert (done.visits, done.same) == (2, 1)
    assert Visit.objects.values("child").distinct().count() == 1
    assert Visit.objects.filter(replaced=False).count() == 2
    upload.seek(0)
    assert rekey(planner, desk, upload).visits == 0


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"old,new\n1\n", b"old,new\n191212121212,a\n", b"", b"\xff\x00x"])
def test_a_file_of_new_pseudonyms_that_is_none_changes_nothing(
    planner: Visitor, desk: VisitDesk, content: bytes
) -> None:
    with pytest.raises(Fault) as fault:
        rekey(planner, desk, SimpleUploadedFile("x.csv", content))
    assert "191212" not in str(fault.value)


def test_only_the_planner_moves_children(
    someone: Callable[..., Visitor], desk: VisitDesk, karla: VisitDesk, nurse: Visitor
) -> None:
    with pytest.raises(Refused):
        rekey(nurse, karla, SimpleUploadedFile("x.csv", b"old,new\n"))
    for kind in ("mandate_holder", "clinic", "officer"):
        with pytest.raises(Refused):
            rekey(
                someone(kind, desk.region if kind != "officer" else ""), desk, SimpleUploadedFile("x.csv", b"old,new\n")
            )
