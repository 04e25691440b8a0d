from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.portal.actions.reallocation import reallocate_round
from statsbidrag.portal.models import Document, LedgerEntry, ReallocatedShare, ReceivedRequisition, Round
from statsbidrag.portal.queries.ledger import ledger
from statsbidrag.portal.queries.reallocation import as_it_was
from statsbidrag.terms.dates import SWEDISH_TIME
from statsbidrag.terms.faults import Fault

YEAR = 2025
COMPLETED_BY = datetime(2025, 5, 9, 23, 59, tzinfo=SWEDISH_TIME)
THE_DAY = datetime(2025, 5, 10, 9, tzinfo=SWEDISH_TIME)
ComesIn = Callable[..., ReceivedRequisition]


def test_what_nobody_requisitioned_is_left_or_given_and_not_a_krona_is_lost(opened: Visitor, comes_in: ComesIn) -> None:
    comes_in("region-01", wants_more=True)
    comes_in("municipality-0484", wants_more=True, at_most=5_000)
    comes_in("municipality-0180", amount=1_000_000)
    outcome = reallocate_round(opened, YEAR, THE_DAY)
    requested = sum(outcome.requested.values())
    totals = ledger(YEAR).totals()
    assert totals["left"] == outcome.shared.left == 145_000_000 - requested
    assert totals["ceiling"] == requested
    shares = dict(ReallocatedShare.objects.values_list("recipient", "kronor"))
    assert shares["municipality-0484"] == 5_000
    assert sum(shares.values()) + outcome.shared.stays == outcome.shared.left
    assert outcome.shared.stays == 0


def test_what_is_left_stays_where_nobody_wants_more(opened: Visitor, comes_in: ComesIn) -> None:
    comes_in("region-01")
    outcome = reallocate_round(opened, YEAR, THE_DAY)
    assert not ReallocatedShare.objects.exists()
    assert outcome.shared.stays == ledger(YEAR).totals()["left"] == 145_000_000 - rules.ceilings(YEAR)["region-01"]
    assert as_it_was(YEAR).stays == outcome.shared.stays


def test_a_share_keeps_its_reasons_as_they_were(opened: Visitor, comes_in: ComesIn) -> None:
    comes_in("region-01", wants_more=True)
    outcome = reallocate_round(opened, YEAR, THE_DAY)
    [line] = as_it_was(YEAR).lines
    assert line.because == outcome.shared.because("region-01")
    assert line.kronor == outcome.shared.left
    assert line.requested == line.ceiling == rules.ceilings(YEAR)["region-01"]


@pytest.mark.shows("adm-21")
def test_what_a_recipient_wants_at_most_is_respected_and_the_rest_goes_to_others(
    opened: Visitor, comes_in: ComesIn
) -> None:
    comes_in("region-01", wants_more=True, at_most=1)
    comes_in("region-14", wants_more=True)
    outcome = reallocate_round(opened, YEAR, THE_DAY)
    assert outcome.shared.shares["region-01"] == 1
    assert outcome.shared.shares["region-14"] == outcome.shared.left - 1


def test_it_is_refused_as_long_as_requisitions_may_be_completed(opened: Visitor) -> None:
    with pytest.raises(Fault, match=r"kompletteras till och med den 9 maj 2025.*dagen därpå"):
        reallocate_round(opened, YEAR, COMPLETED_BY)
    assert not LedgerEntry.objects.filter(cause="unclaimed").exists()


def test_it_is_done_once(opened: Visitor, comes_in: ComesIn) -> None:
    comes_in("region-01", wants_more=True)
    reallocate_round(opened, YEAR, THE_DAY)
    booked = LedgerEntry.objects.count()
    with pytest.raises(Fault, match=r"omfördelades den 10 maj 2025.*bara en gång"):
        reallocate_round(opened, YEAR, THE_DAY + timedelta(days=1))
    assert LedgerEntry.objects.count() == booked
    assert ReallocatedShare.objects.count() == 1


def test_the_list_lies_in_the_rounds_case(opened: Visitor, comes_in: ComesIn) -> None:
    comes_in("region-01", wants_more=True)
    reallocate_round(opened, YEAR, THE_DAY)
    papers = Document.objects.filter(about="reallocation").select_related("content", "entry__case")
    assert {paper.name for paper in papers} == {"omfordelning-2025.csv", "omfordelning-2025.xlsx"}
    assert {paper.entry.case.kind for paper in papers} == {"round"}
    listed = bytes(papers.get(name__endswith=".csv").content.content).decode("utf-8-sig")
    assert "Region Stockholm" in listed


def test_nothing_else_is_run_than_what_the_officer_saw(
    opened: Visitor, comes_in: ComesIn, browser_of: Callable[[Visitor], Client], at: Callable[[datetime], None]
) -> None:
    comes_in("region-01", wants_more=True)
    at(THE_DAY)
    browser, address = browser_of(opened), reverse("reallocation", args=[YEAR])
    seal = browser.get(address).content.decode().partition('name="seal" value="')[2].partition('"')[0]
    comes_in("municipality-0180", wants_more=True)
    page = browser.post(address, {"seal": seal, "deed_key": "a"})
    assert "Något har kommit in eller ändrats" in page.content.decode()
    assert Round.objects.get(pk=YEAR).reallocated is None
    seal = page.content.decode().partition('name="seal" value="')[2].partition('"')[0]
    assert browser.post(address, {"seal": seal, "deed_key": "b"}).status_code == 302
    assert Round.objects.get(pk=YEAR).reallocated == THE_DAY


def test_the_page_shows_who_gets_what_and_why_before_and_after(
    opened: Visitor, comes_in: ComesIn, browser_of: Callable[[Visitor], Client], at: Callable[[datetime], None]
) -> None:
    comes_in("region-01", wants_more=True)
    at(THE_DAY)
    browser = browser_of(opened)
    why = reverse("reallocation_why", args=[YEAR, "region-01"])
    for _ in range(2):
        page = browser.get(reverse("reallocation", args=[YEAR])).content.decode()
        assert "Region Stockholm" in page
        assert why in page
        assert "Det delas efter högsta belopp" in browser.get(why).content.decode()
        if not Round.objects.get(pk=YEAR).reallocated:
            reallocate_round(opened, YEAR, THE_DAY)
    assert "Omfördelningen är gjord" in page


def test_what_comes_in_afterwards_changes_nothing_of_what_was_run(opened: Visitor, comes_in: ComesIn) -> None:
    comes_in("region-01", wants_more=True)
    reallocate_round(opened, YEAR, THE_DAY)
    before = as_it_was(YEAR)
    comes_in("region-14", wants_more=True, at=THE_DAY)
    assert as_it_was(YEAR) == before


def test_a_list_other_than_the_published_one_is_never_reallocated(
    opened: Visitor, comes_in: ComesIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    comes_in("region-01", wants_more=True)
    changed = {YEAR: {**rules.ceilings(YEAR), "region-14": 1}}
    monkeypatch.setattr(rules, "ceilings", changed.__getitem__)
    with pytest.raises(Fault, match="andra högsta belopp än listan som publicerades"):
        reallocate_round(opened, YEAR, THE_DAY)


def test_only_an_officer_reallocates(opened: Visitor, someone: Callable[..., Visitor]) -> None:
    with pytest.raises(Refused):
        reallocate_round(someone("decision_maker"), YEAR, THE_DAY)
