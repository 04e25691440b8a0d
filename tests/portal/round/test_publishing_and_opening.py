import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.portal.actions.allocation import allocate_and_publish, open_round
from statsbidrag.portal.models import Case, Document, LedgerEntry, Round
from statsbidrag.portal.queries.ledger import ledger
from statsbidrag.terms.dates import SWEDISH_TIME
from statsbidrag.terms.faults import Fault

YEAR = 2025
EVE = datetime(2025, 3, 10, 9, tzinfo=SWEDISH_TIME)
OPENING_DAY = EVE + timedelta(days=1)
CLOSED = datetime(2025, 4, 30, 9, tzinfo=SWEDISH_TIME)


def test_publishing_books_every_ceiling_and_the_pot_is_empty_to_the_krona(officer: Visitor) -> None:
    allocate_and_publish(officer, YEAR, EVE)
    totals = ledger(YEAR).totals()
    assert totals["pot"] == 0
    assert totals["ceiling"] == 145_000_000
    assert LedgerEntry.objects.filter(year=YEAR, cause="allocated").count() == 311


def test_the_list_lies_in_the_rounds_own_case_as_workbook_and_open_data(officer: Visitor) -> None:
    case = allocate_and_publish(officer, YEAR, EVE)
    assert (case.kind, case.recipient) == ("round", "")
    papers = Document.objects.filter(entry__case=case).select_related("content").order_by("entry_id")
    assert [paper.name for paper in papers] == ["fordelningslista-2025.csv", "fordelningslista-2025.xlsx"]
    for paper in papers:
        assert paper.sha256 == hashlib.sha256(bytes(paper.content.content)).hexdigest()
        assert paper.by_id == officer.id
    assert bytes(papers[0].content.content).count(b"\r\n") == 312


@pytest.mark.shows("adm-13")
def test_the_list_in_the_diary_says_that_it_is_made_up_in_every_row(published: Visitor) -> None:
    content = bytes(Document.objects.get(name="fordelningslista-2025.csv").content.content).decode("utf-8-sig")
    rows = content.splitlines()[1:]
    assert len(rows) == 311
    assert all(row.endswith(',"Exempel – påhittade uppgifter, inget beslut"') for row in rows)


def test_the_round_keeps_the_fingerprint_of_the_rules_that_its_list_was_computed_with(published: Visitor) -> None:
    assert Round.objects.get(pk=YEAR).fingerprint == rules.fingerprint(YEAR)


def test_a_list_is_published_only_once(published: Visitor) -> None:
    with pytest.raises(Fault, match=r"publicerades den 11 mars 2025.*bara en gång"):
        allocate_and_publish(published, YEAR, OPENING_DAY)
    assert LedgerEntry.objects.count() == 311
    assert Case.objects.count() == 1


def test_a_round_whose_last_day_has_passed_is_not_begun(officer: Visitor) -> None:
    with pytest.raises(Fault, match="Sista dagen att rekvirera var den 29 april 2025"):
        allocate_and_publish(officer, YEAR, CLOSED)
    assert not LedgerEntry.objects.exists()
    assert not Round.objects.exists()


def test_only_an_officer_publishes_and_opens(someone: Callable[..., Visitor], officer: Visitor) -> None:
    for kind in ("presenter", "decision_maker", "finance", "registrar", "auditor", "administrator"):
        other = someone(kind)
        with pytest.raises(Refused):
            allocate_and_publish(other, YEAR, EVE)
    with pytest.raises(Refused):
        open_round(someone("agent", "region-01"), YEAR, OPENING_DAY)
    assert not Round.objects.exists()


def test_a_round_opens_on_the_day_of_the_rules_and_not_before(officer: Visitor) -> None:
    allocate_and_publish(officer, YEAR, EVE)
    with pytest.raises(Fault, match="öppnar omgången den 11 mars 2025"):
        open_round(officer, YEAR, EVE)
    open_round(officer, YEAR, OPENING_DAY)
    assert Round.objects.get(pk=YEAR).opened == OPENING_DAY
    assert Document.objects.get(about="opening").by_id == officer.id


def test_a_round_without_a_list_is_not_opened(officer: Visitor) -> None:
    with pytest.raises(Fault, match="Fördela och publicera listan först"):
        open_round(officer, YEAR, OPENING_DAY)


def test_a_round_is_opened_only_once_and_not_after_its_last_day(published: Visitor) -> None:
    with pytest.raises(Fault, match="Sista dagen att rekvirera var"):
        open_round(published, YEAR, CLOSED)
    open_round(published, YEAR, OPENING_DAY)
    with pytest.raises(Fault, match="bara en gång"):
        open_round(published, YEAR, OPENING_DAY)


def test_the_desk_publishes_and_opens_at_a_click_and_a_second_click_does_nothing(
    officer: Visitor, browser_of: Callable[[Visitor], Client], at: Callable[[datetime], None]
) -> None:
    at(OPENING_DAY)
    browser, desk = browser_of(officer), reverse("round_desk", args=[YEAR])
    for _ in range(2):
        answer = browser.post(desk, {"deed": "publish", "deed_key": "a"})
        assert (answer.status_code, answer["Location"]) == (302, desk)
    assert browser.post(desk, {"deed": "open", "deed_key": "b"}).status_code == 302
    row = Round.objects.get(pk=YEAR)
    assert (row.published, row.opened) == (OPENING_DAY, OPENING_DAY)
    assert LedgerEntry.objects.count() == 311


def test_what_cannot_be_done_yet_is_said_on_the_desk(
    published: Visitor, browser_of: Callable[[Visitor], Client], at: Callable[[datetime], None]
) -> None:
    at(EVE)
    page = browser_of(published).post(reverse("round_desk", args=[YEAR]), {"deed": "open", "deed_key": "c"})
    assert page.status_code == 200
    assert "öppnar omgången den 11 mars 2025" in page.content.decode()


def test_rules_that_have_changed_since_the_list_was_published_are_told_on_the_desk(
    published: Visitor, browser_of: Callable[[Visitor], Client]
) -> None:
    desk = reverse("round_desk", args=[YEAR])
    assert "Reglerna har ändrats" not in browser_of(published).get(desk).content.decode()
    Round.objects.filter(pk=YEAR).update(fingerprint="0" * 64)
    page = browser_of(published).get(desk).content.decode()
    assert "Reglerna har ändrats sedan listan publicerades" in page
    assert "Återställ reglerna" in page
