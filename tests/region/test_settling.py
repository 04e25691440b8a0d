"""A region's months are settled by its scheme, to the krona; what comes later is a line of its own."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from region.made_up import visit

from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.region.actions.clinics import Told, change_clinic, close_clinic, set_support
from statsbidrag.region.actions.handing_over import hand_over
from statsbidrag.region.actions.settling import settle, withdraw
from statsbidrag.region.models import Clinic, Forgetting, Notice, SettlementRun, VisitFile
from statsbidrag.region.queries.book import book_of
from statsbidrag.region.queries.diary import first_break
from statsbidrag.region.queries.plan import VISIT_PAY
from statsbidrag.region.queries.settlements import lines_of, total
from statsbidrag.region.queries.years import scheme_of
from statsbidrag.region.statements import statements_of
from statsbidrag.terms.faults import Fault

ClinicOf = Callable[[str], tuple[Clinic, str]]


@pytest.mark.shows("ore-25", "ore-26", "ore-27", "ore-28", "ore-29", "adm-14")
def test_a_joint_visit_pays_2_500_and_1_800_where_there_is_fixed_support(
    planner: Visitor, karla: Clinic, varberga: Clinic, now: datetime
) -> None:
    visit(karla, date(2025, 9, 22), "a")
    visit(varberga, date(2025, 9, 22), "b")
    visit(karla, date(2025, 9, 23), "c", place="ordinary")
    visit(karla, date(2025, 9, 24), "d", kva_codes="")
    run = settle(planner, "region-18", 2025, month=9, now=now)
    by_clinic = {line.clinic.name: line for line in lines_of(run)}
    paid = by_clinic["Karla vårdcentral"]
    assert (paid.visits, paid.payable, paid.extended, paid.to_be_coded) == (3, 2, 2, 1)
    # The ordinary joint visit is paid but not extended; the uncoded one is extended but waits, and is not charged.
    assert (paid.kronor, paid.ordinary, paid.charged) == (5_000, 3_600, 700)
    supported = by_clinic["Varberga vårdcentral"]
    assert (supported.kronor, supported.ordinary, supported.charged) == (1_800, 1_800, 0)


@pytest.mark.shows("adm-17")
def test_twins_seen_together_are_paid_once(planner: Visitor, karla: Clinic, now: datetime) -> None:
    for child in ("t1", "t2"):
        visit(karla, date(2025, 9, 22), child, family="f")
    [line] = lines_of(settle(planner, "region-18", 2025, month=9, now=now))
    assert (line.visits, line.kronor, line.together) == (1, 2_500, 1)


@pytest.mark.shows("adm-28")
def test_what_is_coded_late_is_a_line_of_its_own_and_nothing_is_altered(
    planner: Visitor, karla: Clinic, planned: str, now: datetime
) -> None:
    uncoded = visit(karla, date(2025, 8, 22), "a", kva_codes="")
    first = settle(planner, planned, 2025, month=8, now=now)
    hand_over(planner, first, now)
    uncoded.kva_codes = "ZV509"
    uncoded.save()
    visit(karla, date(2025, 9, 1), "b")
    second = settle(planner, planned, 2025, month=9, now=now)
    august, september = lines_of(second)
    assert (august.month, august.correction, august.kronor, august.to_be_coded) == (8, True, 2_500, -1)
    assert (september.month, september.correction, september.kronor) == (9, False, 2_500)
    assert august.by_assumption == 1, "a visit before the routine applies is paid by an assumption"
    [before] = lines_of(first)
    assert (before.kronor, before.to_be_coded) == (0, 1)


def test_a_visit_that_is_taken_away_is_taken_back(planner: Visitor, karla: Clinic, planned: str, now: datetime) -> None:
    wrong = visit(karla, date(2025, 9, 2), "a")
    hand_over(planner, settle(planner, planned, 2025, month=9, now=now), now)
    wrong.replaced = True
    wrong.save()
    run = settle(planner, planned, 2025, month=9, now=now)
    hand_over(planner, run, now)
    assert total(lines_of(run))["kronor"] == -2_500
    assert book_of(planned, 2025).of("paid", VISIT_PAY) == 0


def test_only_what_is_charged_to_the_grant_is_taken_from_the_plan(
    planner: Visitor, karla: Clinic, planned: str, now: datetime
) -> None:
    visit(karla, date(2025, 9, 22), "a")
    run = settle(planner, planned, 2025, month=9, now=now)
    hand_over(planner, run, now)
    standing = book_of(planned, 2025)
    assert (standing.of("paid", VISIT_PAY), standing.of("planned", VISIT_PAY)) == (700, 49_300)


def test_handing_over_gives_every_clinic_its_statement_once(
    planner: Visitor, karla: Clinic, varberga: Clinic, planned: str, now: datetime
) -> None:
    karla.email = "karla@exempel.se"
    karla.save()
    visit(karla, date(2025, 9, 22), "a")
    visit(varberga, date(2025, 9, 22), "b")
    run = settle(planner, planned, 2025, month=9, now=now)
    hand_over(planner, run, now)
    with pytest.raises(Fault, match="redan överlämnad"):
        hand_over(planner, run, now)
    papers = [paper.document for paper in run.statements.all()]
    assert [bytes(paper.content.content)[:5] for paper in papers] == [b"%PDF-", b"%PDF-"]
    assert first_break(planned) is None
    assert [notice.to for notice in Notice.objects.all()] == ["karla@exempel.se"]


def test_nothing_is_handed_over_where_the_plan_lacks_money(
    planner: Visitor, karla: Clinic, orebro: str, now: datetime
) -> None:
    visit(karla, date(2025, 9, 22), "a")
    run = settle(planner, orebro, 2025, month=9, now=now)
    with pytest.raises(Fault, match="Planera minst 700"):
        hand_over(planner, run, now)
    assert not run.statements.exists()
    assert SettlementRun.objects.get(pk=run.pk).handed_over is None


def test_nothing_is_settled_while_a_file_is_being_stored(planner: Visitor, karla: Clinic, now: datetime) -> None:
    visit(karla, date(2025, 9, 2), "a")
    VisitFile.objects.create(region=karla.region, year=2025, name="v.csv", sha256="0", state="keeping", at=now, by="P")
    with pytest.raises(Fault, match="sparas just nu"):
        settle(planner, "region-18", 2025, month=9, now=now)


def test_nothing_is_settled_anew_once_the_pseudonyms_are_dropped(
    planner: Visitor, karla: Clinic, now: datetime
) -> None:
    for child in "ab":
        visit(karla, date(2025, 9, 2), child)
    Forgetting.objects.create(region=karla.region, through=date(2025, 12, 31), visits=2, at=now, by="P")
    with pytest.raises(Fault, match="är gallrade"):
        settle(planner, "region-18", 2025, month=9, now=now)


def test_a_month_that_is_not_over_is_not_settled(planner: Visitor, karla: Clinic, now: datetime) -> None:
    visit(karla, date(2025, 10, 2), "a")
    with pytest.raises(Fault, match="Oktober 2025 är inte slut"):
        settle(planner, "region-18", 2025, month=10, now=now)


def test_a_second_settlement_waits_for_the_first(planner: Visitor, karla: Clinic, now: datetime) -> None:
    visit(karla, date(2025, 9, 22), "a")
    run = settle(planner, "region-18", 2025, month=9, now=now)
    with pytest.raises(Fault, match="inte överlämnad"):
        settle(planner, "region-18", 2025, month=9, now=now)
    withdraw(planner, run)
    assert settle(planner, "region-18", 2025, month=9, now=now).number == 1


def test_a_region_that_pays_no_visits_has_nothing_to_settle(
    someone: Callable[..., Visitor], stockholm: str, now: datetime
) -> None:
    with pytest.raises(Fault, match="betalar inte per besök"):
        settle(someone("region_planner", stockholm), stockholm, 2025, month=9, now=now)


def test_only_the_planner_settles(
    someone: Callable[..., Visitor], clinic_of: ClinicOf, orebro: str, now: datetime
) -> None:
    for who in (someone("clinic_head", clinic_of("Karla")[1]), someone("mandate_holder", orebro), someone("officer")):
        with pytest.raises(Refused):
            settle(who, orebro, 2025, month=9, now=now)


def test_the_pages_settle_hand_over_and_show_the_clinic_its_statement(
    planner: Visitor,
    someone: Callable[..., Visitor],
    clinic_of: ClinicOf,
    planned: str,
    browser_of: Callable[[Visitor | None], Client],
) -> None:
    karla, key = clinic_of("Karla")
    visit(karla, date(2025, 9, 22), "a")
    browser = browser_of(planner)
    made = browser.post(f"/region/{planned}/2025/avrakningar/", {"month": "9", "deed_key": "a1"}, follow=True)
    assert "2 500" in made.content.decode().replace("\u00a0", " ")
    handed = browser.post(f"/region/{planned}/2025/avrakningar/1/", {"deed_key": "b1"}, follow=True)
    assert "Överlämnad" in handed.content.decode()
    at_the_clinic = browser_of(someone("clinic", key))
    assert "Avräkning 1" in at_the_clinic.get(f"/enhet/{key}/2025/avrakningar/").content.decode()
    paper = at_the_clinic.get(f"/enhet/{key}/2025/avrakningar/1.pdf")
    assert paper.content.startswith(b"%PDF-")
    listed = at_the_clinic.get(f"/enhet/{key}/2025/avrakningar/1.csv").content.decode("utf-8-sig")
    assert "2025-09,no,1,1,1,2500,1800,700" in listed
    other = browser_of(someone("clinic", clinic_of("Varberga")[1]))
    assert other.get(f"/enhet/{key}/2025/avrakningar/1.pdf").status_code == 403


@pytest.mark.shows("adm-15")
def test_own_clinics_are_booked_and_private_owners_get_a_basis(
    planner: Visitor,
    karla: Clinic,
    varberga: Clinic,
    planned: str,
    now: datetime,
    browser_of: Callable[[Visitor | None], Client],
) -> None:
    karla.form, karla.cost_centre = "own", "2210"
    karla.save()
    varberga.form, varberga.owner = "private", "232100-0016"
    varberga.save()
    visit(karla, date(2025, 9, 22), "a")
    visit(varberga, date(2025, 9, 22), "b")
    hand_over(planner, settle(planner, planned, 2025, month=9, now=now), now)
    files = f"/region/{planned}/2025/avrakningar/1"
    browser = browser_of(planner)
    booked = browser.get(f"{files}/bokforingsorder.si").content.decode("cp437")
    assert "Karla" in booked
    assert "Varberga" not in booked
    basis = browser.get(f"{files}/underlag.csv").content.decode("utf-8-sig")
    assert "232100-0016,Varberga vårdcentral" in basis
    assert "Karla" not in basis


def test_a_clinic_of_the_regions_own_without_a_cost_centre_cannot_be_booked_and_it_is_said_why(
    planner: Visitor, karla: Clinic, planned: str, now: datetime, browser_of: Callable[[Visitor | None], Client]
) -> None:
    karla.form = "own"
    karla.save()
    visit(karla, date(2025, 9, 22), "a")
    run, browser = settle(planner, planned, 2025, month=9, now=now), browser_of(planner)
    address = f"/region/{planned}/2025/avrakningar/1/bokforingsorder.csv"
    assert "Den är inte överlämnad" in browser.get(address).content.decode()
    hand_over(planner, run, now)
    assert "Enheten saknar kostnadsställe." in browser.get(address).content.decode()
    told = Told(name=karla.name, municipality_code=karla.municipality_code, form="own", cost_centre=" 2210 ")
    change_clinic(planner, karla, told)
    assert ",2210," in browser.get(address).content.decode("utf-8-sig")


def test_the_rates_of_a_statement_are_those_of_the_support_that_stands(
    planner: Visitor, karla: Clinic, now: datetime
) -> None:
    scheme = scheme_of("region-18", 2025)
    assert scheme is not None
    visit(karla, date(2025, 9, 22), "a")
    set_support(planner, karla, 2025, (date(2025, 1, 1), None), now=now)
    set_support(planner, karla, 2025, (date(2025, 10, 1), None), now=now)
    run = settle(planner, "region-18", 2025, month=9, now=now)
    [told] = statements_of(run, lines_of(run), scheme)
    assert 2_500 in [rate.kronor for rate in told.rates], "the first support was replaced, and never held in September"


def test_support_that_is_granted_later_changes_what_was_settled_by_a_line_of_its_own(
    planner: Visitor, karla: Clinic, planned: str, now: datetime
) -> None:
    for day in (1, 30):
        visit(karla, date(2025, 9, day), f"a{day}")
    hand_over(planner, settle(planner, planned, 2025, month=9, now=now), now)
    set_support(planner, karla, 2025, (date(2025, 9, 30), None), now=now)
    run = settle(planner, planned, 2025, month=9, now=now)
    [line] = lines_of(run)
    assert (line.correction, line.visits, line.kronor, line.charged) == (True, 0, -700, -700)
    hand_over(planner, run, now)
    assert book_of(planned, 2025).of("paid", VISIT_PAY) == 700
    with pytest.raises(Fault, match="Inget har ändrats"):
        settle(planner, planned, 2025, month=9, now=now)


def test_a_renamed_and_closed_clinic_is_settled_under_its_own_number(
    planner: Visitor, karla: Clinic, planned: str, now: datetime
) -> None:
    visit(karla, date(2025, 9, 2), "a")
    hand_over(planner, settle(planner, planned, 2025, month=9, now=now), now)
    change_clinic(planner, karla, Told(name="Karla familjecentral", municipality_code="1880"))
    close_clinic(planner, karla, date(2025, 9, 30))
    with pytest.raises(Fault, match="Inget har ändrats"):
        settle(planner, planned, 2025, month=9, now=now)


def test_a_visit_that_moves_to_another_clinic_is_taken_from_one_and_paid_to_the_other(
    planner: Visitor, karla: Clinic, varberga: Clinic, planned: str, now: datetime
) -> None:
    moved = visit(karla, date(2025, 9, 2), "a")
    hand_over(planner, settle(planner, planned, 2025, month=9, now=now), now)
    moved.clinic = varberga
    moved.save()
    lines = {line.clinic_id: line for line in lines_of(settle(planner, planned, 2025, month=9, now=now))}
    assert (lines[karla.pk].kronor, lines[karla.pk].correction) == (-2_500, True)
    assert (lines[varberga.pk].kronor, lines[varberga.pk].correction) == (1_800, False)


def test_no_two_settlements_of_a_year_share_a_voucher(
    planner: Visitor, karla: Clinic, planned: str, now: datetime, browser_of: Callable[[Visitor | None], Client]
) -> None:
    karla.form, karla.cost_centre = "own", "2210"
    karla.save()
    vouchers = []
    for month in (8, 9):
        visit(karla, date(2025, month, 12), f"child {month}")
        run = settle(planner, planned, 2025, month=month, now=now)
        hand_over(planner, run, now)
        file = f"/region/{planned}/2025/avrakningar/{run.number}/bokforingsorder.csv"
        listed = browser_of(planner).get(file).content.decode("utf-8-sig").splitlines()[1:]
        vouchers.append({line.split(",")[0] for line in listed})
    assert vouchers == [{"UH 1"}, {"UH 2"}]
