"""Those who have got money from the region report what they used it for, and the region sees it as a whole."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from statsbidrag.cycle.regional_book import RegionalPosting
from statsbidrag.portal import clock
from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.region.actions import line_reports as deeds
from statsbidrag.region.actions.book import post
from statsbidrag.region.actions.line_reports import Reported
from statsbidrag.region.actions.report_booking import book_reports, remind
from statsbidrag.region.models import Clinic, LineReport, Notice, RegionDocument, RegionYear
from statsbidrag.region.queries.book import book_of
from statsbidrag.region.queries.line_reports import Reporter, clinic_reporter, reporters
from statsbidrag.region.queries.years import scheme_named
from statsbidrag.terms.dates import SWEDISH_TIME
from statsbidrag.terms.faults import Fault

IN_TIME = datetime(2026, 1, 31, 23, 59, tzinfo=SWEDISH_TIME)
TOO_LATE = datetime(2026, 2, 1, 0, 1, tzinfo=SWEDISH_TIME)
TEXTS = {"form": "Hembesök i par.", "extent": "84 besök.", "ahead": "Fler familjer."}
STOCKHOLM_LAST_DAY = date(2026, 2, 28)


@pytest.fixture
def begun(orebro: str) -> RegionYear:
    """Örebro's year."""
    return RegionYear.objects.get(region=orebro, year=2025)


@pytest.fixture
def pay(now: datetime) -> Callable[..., None]:
    """Books money as received, planned and paid to a line: ``pay(begun, "kson", 439_000)``."""

    def book(begun: RegionYear, line: str, kronor: int) -> None:
        day = now.date()
        rows = (("received", ""), ("planned", line), ("paid", line))
        new = [RegionalPosting(cause, at, kronor, f"{cause} {line}", day) for cause, at in rows]  # type: ignore[arg-type]
        post(begun.region, begun.year, new, now, by="Pia Planerare (påhittad)")

    return book


@pytest.fixture
def varbergas(begun: RegionYear, varberga: Clinic) -> Callable[[], Reporter]:
    """Varberga as one that reports, as it stands."""

    def asked() -> Reporter:
        found = clinic_reporter(begun, scheme_named(begun.scheme), varberga)
        assert found
        return found

    return asked


@pytest.mark.shows("ore-44", "ore-45", "ore-46", "ore-47", "adm-28")
def test_a_clinic_with_fixed_support_is_asked_for_form_extent_and_what_is_ahead_by_the_end_of_january(
    begun: RegionYear, key: str, head: Visitor, browser_of: Callable[[Visitor], Client]
) -> None:
    page = browser_of(head).get(f"/enhet/{key}/2025/redovisning/").content.decode()
    assert "till Hälsovalsenheten senast den 31 januari 2026" in page
    for asked in ("Form och innehåll i de riktade insatserna", "Omfattning", "Planering av fortsatt utveckling"):
        assert asked in page
    assert [each.name for each in reporters(begun)] == [
        "Brickebackens vårdcentral",
        "Mikaeli vårdcentral",
        "Varberga vårdcentral",
        "Vivalla/Lundby vårdcentral",
    ]


def test_a_clinic_without_support_has_nothing_to_report(
    orebro: str,
    someone: Callable[..., Visitor],
    clinic_of: Callable[[str], tuple[Clinic, str]],
    browser_of: Callable[[Visitor], Client],
) -> None:
    key = clinic_of("Karla")[1]
    page = browser_of(someone("clinic_head", key)).get(f"/enhet/{key}/2025/redovisning/").content.decode()
    assert "Ni har inget att redovisa för 2025" in page


@pytest.mark.shows("ore-44", "ore-46")
def test_the_head_sends_it_in_and_it_lies_in_the_diary_and_in_the_book(
    begun: RegionYear,
    pay: Callable[..., None],
    varbergas: Callable[[], Reporter],
    varberga: Clinic,
    key: str,
    head: Visitor,
    nurse: Visitor,
    browser_of: Callable[[Visitor], Client],
) -> None:
    pay(begun, varberga.name, 300_000)
    page = f"/enhet/{key}/2025/redovisning/"
    told = {"used": "280 000 kr", **{f"text_{id}": text for id, text in TEXTS.items()}}
    saved = browser_of(nurse).post(page, {**told, "action": "save", "version": "0"}, follow=True)
    assert "Utkastet är sparat" in saved.content.decode()
    assert browser_of(nurse).post(page, {**told, "action": "send", "version": "1"}).status_code == 200
    assert not varbergas().sent
    browser_of(head).post(page, {**told, "action": "send", "version": "1"})
    book, reporter = book_of(begun.region, 2025), varbergas()
    assert (reporter.used, reporter.left, reporter.to_book) == (280_000, 20_000, 0)
    assert (book.of("reported", varberga.name), book.of("paid", varberga.name)) == (280_000, 20_000)
    [document] = RegionDocument.objects.filter(about="line_report")
    assert bytes(document.content.content).startswith(b"%PDF")
    assert Notice.objects.filter(recipient=key, subject__startswith="Vi har tagit emot er redovisning").exists()
    assert "Version 1 (pdf)" in browser_of(nurse).get(page).content.decode()


def test_a_new_version_counts_and_the_book_follows_it_down_and_up(
    begun: RegionYear,
    pay: Callable[..., None],
    varbergas: Callable[[], Reporter],
    varberga: Clinic,
    head: Visitor,
    now: datetime,
) -> None:
    pay(begun, varberga.name, 300_000)
    for used in (280_000, 250_000, 300_000, 300_000):
        deeds.send_report(head, begun, varbergas(), Reported(used, TEXTS), version=0, now=now)
        assert book_of(begun.region, 2025).of("reported", varberga.name) == used
    assert [row.number for row in varbergas().sent] == [1, 2, 3, 4]
    assert varbergas().used == 300_000
    with pytest.raises(Fault, match="kan inte ha använt mer"):
        deeds.send_report(head, begun, varbergas(), Reported(300_001, TEXTS), version=0, now=now)
    with pytest.raises(Fault, match="kan inte ha använt mer eller mindre än 0"):
        deeds.send_report(head, begun, varbergas(), Reported(-1, TEXTS), version=1, now=now)


def test_what_is_reported_before_the_money_came_is_booked_when_it_has_come(
    begun: RegionYear,
    pay: Callable[..., None],
    varbergas: Callable[[], Reporter],
    varberga: Clinic,
    head: Visitor,
    planner: Visitor,
    now: datetime,
) -> None:
    deeds.send_report(head, begun, varbergas(), Reported(280_000, TEXTS), version=0, now=now)
    assert book_of(begun.region, 2025).postings == ()
    pay(begun, varberga.name, 200_000)
    assert varbergas().to_book == 200_000
    assert book_reports(planner, begun, now) == 1
    assert book_of(begun.region, 2025).of("reported", varberga.name) == 200_000
    assert book_reports(planner, begun, now) == 0


def test_what_is_missing_is_said_all_at_once_and_nothing_is_sent(
    begun: RegionYear, varbergas: Callable[[], Reporter], head: Visitor, nurse: Visitor, now: datetime
) -> None:
    with pytest.raises(Fault) as refused:
        deeds.send_report(head, begun, varbergas(), Reported(None, {"form": "Hembesök."}), version=0, now=now)
    for missing in ("Beloppet saknas", "Svar saknas: Omfattning", "Svar saknas: Planering"):
        assert missing in str(refused.value)
    with pytest.raises(Refused):
        deeds.send_report(nurse, begun, varbergas(), Reported(1, TEXTS), version=0, now=now)
    assert not LineReport.objects.exists()


def test_two_colleagues_who_write_at_once_see_each_other(
    begun: RegionYear,
    varbergas: Callable[[], Reporter],
    key: str,
    head: Visitor,
    nurse: Visitor,
    now: datetime,
    browser_of: Callable[[Visitor], Client],
) -> None:
    page = f"/enhet/{key}/2025/redovisning/"
    browser_of(nurse).post(page, {"action": "save", "version": "0", "text_form": "Sigrids text"})
    stale = browser_of(head).post(page, {"action": "save", "version": "0", "text_form": "Veras text"})
    said = stale.content.decode()
    assert stale.status_code == 409
    assert "Sigrids text" in said
    assert "Veras text" in said
    assert 'name="version" value="1"' in said
    browser_of(head).post(page, {"action": "save", "version": "1", "text_form": "Bådas text"})
    draft = varbergas().draft
    assert draft
    assert draft.answers["form"] == "Bådas text"


def test_a_personal_number_in_a_report_is_taken_away(
    begun: RegionYear, key: str, head: Visitor, browser_of: Callable[[Visitor], Client]
) -> None:
    told = {"action": "save", "version": "0", "text_form": "Barnet 19121212-1212"}
    page = browser_of(head).post(f"/enhet/{key}/2025/redovisning/", told).content.decode()
    assert "1212-1212" not in page
    assert "ser ut att innehålla ett personnummer" in page
    assert not LineReport.objects.exists()


@pytest.mark.shows("ore-47")
@pytest.mark.parametrize(("moment", "state"), [(IN_TIME, "in time"), (TOO_LATE, "late")])
def test_a_report_after_the_last_of_january_is_marked_late(
    begun: RegionYear,
    varbergas: Callable[[], Reporter],
    head: Visitor,
    moment: datetime,
    state: str,
    planner: Visitor,
    browser_of: Callable[[Visitor], Client],
) -> None:
    deeds.send_report(head, begun, varbergas(), Reported(0, TEXTS), version=0, now=moment)
    assert varbergas().state(TOO_LATE.date()) == state
    deeds.send_report(head, begun, varbergas(), Reported(1, TEXTS), version=0, now=TOO_LATE)
    assert varbergas().state(TOO_LATE.date()) == state
    page = browser_of(planner).get(f"/region/{begun.region}/2025/redovisningar/").content.decode()
    assert ("Redovisad efter sista dagen" in page) is (state == "late")


def test_those_who_have_not_reported_are_reminded_before_and_after_the_last_day_and_once_a_day(
    begun: RegionYear, varbergas: Callable[[], Reporter], key: str, head: Visitor, planner: Visitor
) -> None:
    january = datetime(2026, 1, 20, 9, tzinfo=SWEDISH_TIME)
    assert remind(planner, begun, january) == 1
    with pytest.raises(Fault, match="ingen att påminna"):
        remind(planner, begun, january)
    assert remind(planner, begun, TOO_LATE) == 1
    before, after = Notice.objects.filter(recipient=key).order_by("id")
    assert "Sista dagen är den 31 januari 2026" in before.body
    assert "Sista dagen var den 31 januari 2026" in after.body
    assert after.subject == "Redovisningen är försenad: Varberga vårdcentral"
    deeds.send_report(head, begun, varbergas(), Reported(0, TEXTS), version=0, now=TOO_LATE)
    with pytest.raises(Fault, match="ingen att påminna"):
        remind(planner, begun, datetime(2026, 2, 3, 9, tzinfo=SWEDISH_TIME))
    with pytest.raises(Refused):
        remind(head, begun, TOO_LATE)


@pytest.mark.shows("sth-14", "sth-36")
def test_in_stockholm_the_planner_enters_by_february_what_each_owner_used_the_money_for(
    stockholm: str,
    pay: Callable[..., None],
    someone: Callable[..., Visitor],
    browser_of: Callable[[Visitor], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun = RegionYear.objects.get(region=stockholm, year=2025)
    pay(begun, "kson", 439_000)
    pay(begun, "ces_method", 1_500_000)
    assert {each.asked.last_day.value for each in reporters(begun)} == {STOCKHOLM_LAST_DAY}
    browser = browser_of(someone("region_planner", stockholm))
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 2, 20, 9, tzinfo=SWEDISH_TIME))
    base = f"/region/{stockholm}/2025/redovisningar/"
    told = {"action": "send", "version": "0", "used": "1 400 000", "text_contents": "=Metodstöd i fyra områden."}
    browser.post(f"{base}ces_method/", told)
    page = browser.get(base).content.decode()
    assert "1 av 2 har redovisat" in page
    assert "1\u00a0400\u00a0000" in page
    assert "=Metodstöd i fyra områden." in page
    assert book_of(stockholm, 2025).of("reported", "ces_method") == 1_400_000
    rows = list(csv.DictReader(io.StringIO(browser.get(f"{base}sammanstallning.csv").content.decode("utf-8-sig"))))
    by_name = {row["name"]: row for row in rows}
    assert by_name["Kommunalförbundet Sjukvård och Omsorg i Norrtälje (KSON)"]["used"] == ""
    [method] = [row for row in rows if row["used"]]
    assert (method["received"], method["used"], method["left"]) == ("1500000", "1400000", "100000")
    assert not method["contents"].startswith("=")
    assert browser.get(f"{base}sammanstallning.xlsx").status_code == 200
    assert browser.get(f"{base}sammanstallning.pdf").status_code == 404


def test_a_clinics_draft_is_not_shown_to_the_region_and_the_region_does_not_write_it(
    begun: RegionYear,
    varbergas: Callable[[], Reporter],
    nurse: Visitor,
    planner: Visitor,
    key: str,
    now: datetime,
    browser_of: Callable[[Visitor], Client],
) -> None:
    deeds.save_report(nurse, begun, varbergas(), Reported(5, {"form": "Hemlig text"}), version=0, now=now)
    browser = browser_of(planner)
    for address in (f"/region/{begun.region}/2025/redovisningar/enhet-10/", f"/enhet/{key}/2025/redovisning/"):
        assert "Hemlig" not in browser.get(address).content.decode()
        browser.post(address, {"action": "send", "version": "1", "used": "7"})
    assert varbergas().draft
    with pytest.raises(Refused):
        deeds.save_report(planner, begun, varbergas(), Reported(7, {}), version=1, now=now)
