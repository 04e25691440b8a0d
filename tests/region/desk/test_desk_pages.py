"""The desk's pages: what they show and lead to, forms sent twice, and that no region reaches another's."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.models import Invitation, Role
from statsbidrag.region.models import BookPosting, Project, RegionDocument, RegionYear
from statsbidrag.region.queries.plan import plan_of

DESK = "/region/region-01/2025/"
Browsers = Callable[[Visitor | None], Client]


def words(page: bytes) -> str:
    return re.sub(r"<[^>]+>", " ", page.decode()).replace("\u00a0", " ")


def test_the_desk_says_what_to_do_next_all_the_way_to_the_transfer(
    begun: RegionYear, lo: Visitor, browser_of: Browsers
) -> None:
    browser = browser_of(lo)

    def to_do() -> str:
        return words(browser.get(DESK).content)

    assert "För in vad myndigheten har betalat ut" in to_do()
    money = {"kind": "received", "kronor": "16 259 682 kr", "day": "2025-06-12", "reference": "9.1-10001/2025"}
    browser.post(f"{DESK}mottaget/", money)
    assert "Okänt belopp: Projekt som startade 2024" in to_do()
    sums = {"sum0": "6 000 000", "sum1": "3000000", "sum2": "1 500 000 kr", "sum3": "4 000 000"}
    browser.post(f"{DESK}plan/", sums)
    assert "För in nämndens beslut om planen" in to_do()
    browser.post(f"{DESK}plan/namndens-beslut/", {"day": "2025-06-17", "number": "§ 41"})
    assert "Överför 439 000 kr till Kommunalförbundet" in to_do()
    page = words(browser.get(f"{DESK}utbetalningar/?rad=kson").content)
    assert "kvar att betala ut: 439 000 kr" in page
    payment = {"kind": "paid", "line": "kson", "kronor": "439 000", "day": "2025-07-01", "reference": "A1"}
    for _ in range(2):  # a double click pays once
        browser.post(f"{DESK}utbetalningar/", {**payment, "deed_key": "k1"})
    assert BookPosting.objects.filter(cause="paid").count() == 1
    assert "Överför 439 000 kr" not in to_do()


@pytest.mark.shows("sth-08")
def test_every_figure_of_the_balance_says_why_with_its_source(
    decided: RegionYear, lo: Visitor, browser_of: Browsers
) -> None:
    page = words(browser_of(lo).get(DESK).content)
    assert "Mottaget från myndigheten" in page
    assert "2,7 % av 16 259 682 kr är 439 011,41 kr" in page
    assert "Region Stockholms tjänsteutlåtande" in page
    assert "Mottaget enligt 9.1-10001/2025, den 12 juni 2025" in page


def test_under_one_roof_what_the_agency_has_paid_is_offered(
    begun: RegionYear, lo: Visitor, browser_of: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("statsbidrag.region.views.desk.receiving.paid_to", lambda *_: ("9.1-10001/2025", 16_259_682, 0))
    browser = browser_of(lo)
    page = browser.get(f"{DESK}mottaget/").content.decode()
    assert 'value="16\u00a0259\u00a0682"' in page
    assert 'value="9.1-10001/2025"' in page
    browser.post(
        f"{DESK}mottaget/",
        {"kind": "received", "kronor": "16259682", "day": "2025-06-12", "reference": "9.1-10001/2025"},
    )
    assert "som inte är infört" not in browser.get(f"{DESK}mottaget/").content.decode()


def test_what_is_wrong_is_said_at_the_field_and_every_value_stays(
    paid: RegionYear, lo: Visitor, browser_of: Browsers
) -> None:
    browser = browser_of(lo)
    page = browser.post(f"{DESK}plan/", {"sum0": "sex miljoner", "sum1": "3 000 000"}).content.decode()
    assert "inte ett belopp i hela kronor" in page
    assert "sex miljoner" in page
    assert "3 000 000" in page
    assert plan_of(paid).sums == {}
    page = browser.post(f"{DESK}plan/", {"sum0": "99 000 000"}).content.decode()
    assert "Minska något." in page


def test_an_own_effort_is_added_and_taken_away_from_the_page(
    paid: RegionYear, lo: Visitor, browser_of: Browsers
) -> None:
    browser, page = browser_of(lo), f"{DESK}plan/egna-satsningar/"
    assert "tidsbegränsade. Ange sista dagen." in browser.post(page, {"name": "A", "owner": "B"}).content.decode()
    assert browser.post(page, {"name": "A", "owner": "B", "ends": "2025-12-31"}).url == f"{DESK}plan/"
    [added] = Project.objects.all()
    assert "Ta bort" in browser.get(page).content.decode()
    assert browser.post(page, {"remove": str(added.pk)}).status_code == 302
    assert "finns inte längre" in browser.post(page, {"remove": str(added.pk)}).content.decode()


@pytest.mark.parametrize("place", ["", "plan/", "mottaget/", "utbetalningar/", "delegationsbeslut/", "diarium/"])
def test_whoever_has_the_mandate_reads_everything_and_is_offered_no_deed_of_the_planners(
    decided: RegionYear, dag: Visitor, browser_of: Browsers, place: str
) -> None:
    page = browser_of(dag).get(f"{DESK}{place}").content.decode()
    assert "För in i boken</button>" not in page
    assert "Spara planen</button>" not in page


@pytest.mark.shows("adm-09")
def test_the_regions_diary_lists_its_documents_gives_them_and_tells_whether_the_chain_holds(
    decided: RegionYear, lo: Visitor, browser_of: Browsers
) -> None:
    browser = browser_of(lo)
    [document] = RegionDocument.objects.all()
    page = browser.get(f"{DESK}diarium/?kontrollera").content.decode()
    assert "1. Nämndens beslut § 41" in page
    assert "Inget är ändrat" in page
    assert browser.get(f"{DESK}diarium/{document.pk}/").content == bytes(document.content.content)
    document.content.content = b"altered"
    document.content.save()
    assert "Kedjan håller inte" in browser.get(f"{DESK}diarium/?kontrollera").content.decode()


@pytest.mark.shows("adm-09")
def test_another_regions_document_is_not_found(
    decided: RegionYear, orebro: str, planner: Visitor, browser_of: Browsers
) -> None:
    [document] = RegionDocument.objects.all()
    assert browser_of(planner).get(f"/region/{orebro}/2025/diarium/{document.pk}/").status_code == 404
    assert browser_of(planner).get(f"{DESK}diarium/{document.pk}/").status_code == 403


def test_a_planner_invites_planners_and_those_with_the_mandate_and_ends_their_roles(
    begun: RegionYear, lo: Visitor, dag: Visitor, browser_of: Browsers
) -> None:
    browser, page = browser_of(lo), f"{DESK}medarbetare/"
    assert "Dag Delegat (påhittad)" in browser.get(page).content.decode()
    assert browser.post(page, {"kind": "mandate_holder", "email": "ny@exempel.se"}).url == f"{page}#inbjudna"
    assert "ny@exempel.se" in browser.get(page).content.decode()
    assert "Välj en av rollerna" in browser.post(page, {"kind": "deputy", "email": "x@exempel.se"}).content.decode()
    [invitation] = Invitation.objects.all()
    browser.post(page, {"deed": "revoke", "id": str(invitation.pk)})
    assert "ny@exempel.se" not in browser.get(page).content.decode()
    role = Role.objects.get(person_id=dag.id)
    browser.post(page, {"deed": "end", "id": str(role.pk)})
    assert "Dag Delegat (påhittad)" not in browser.get(page).content.decode()


def test_whoever_has_the_mandate_sees_the_people_but_invites_nobody(
    begun: RegionYear, dag: Visitor, lo: Visitor, browser_of: Browsers
) -> None:
    browser, page = browser_of(dag), f"{DESK}medarbetare/"
    assert "Skicka inbjudan" not in browser.get(page).content.decode()
    role = Role.objects.get(person_id=lo.id)
    assert browser.post(page, {"deed": "end", "id": str(role.pk)}).status_code == 403
    assert Role.objects.get(pk=role.pk).ended is None


def test_the_desk_asks_few_questions_however_many_postings(
    decided: RegionYear, lo: Visitor, now: datetime, browser_of: Browsers, django_assert_max_num_queries: Callable
) -> None:
    browser = browser_of(lo)
    browser.get(DESK)
    with django_assert_max_num_queries(9, using="region"):
        assert browser.get(DESK).status_code == 200
