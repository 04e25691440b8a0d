"""The plan: what was received is divided by the scheme and the planner's sums, and the board's decision books it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.region.actions.adopting import adopt, revise
from statsbidrag.region.actions.paying import pay_out, take_back
from statsbidrag.region.actions.planning import add_project, plan_sums, remove_project
from statsbidrag.region.actions.receiving import give_back, receive
from statsbidrag.region.models import (
    BookPosting,
    Clinic,
    GrantedSupport,
    RegionDocument,
    RegionYear,
    SupportApplication,
)
from statsbidrag.region.queries.balance import balance_of
from statsbidrag.region.queries.plan import FIXED_SUPPORT, VISIT_PAY, plan_of
from statsbidrag.region.queries.to_do import to_do
from statsbidrag.terms.faults import Fault

RECEIVED = 16_259_682
BUDGETS = {"bhv_projects": 6_000_000, "new_projects": 3_000_000, "ces_method": 1_500_000, "suppliers": 4_000_000}
JUNE = date(2025, 6, 12)


def test_what_the_agency_has_paid_is_entered_once_by_its_number(paid: RegionYear, lo: Visitor, now: datetime) -> None:
    assert plan_of(paid).book.of("left") == RECEIVED
    with pytest.raises(Fault, match="redan bokfört"):
        receive(lo, paid.region, 2025, kronor=1, day=JUNE, reference="9.1-10001/2025", now=now)
    receive(lo, paid.region, 2025, kronor=1_000, day=JUNE, reference="9.1-10001/2025 tillägg", now=now)
    assert plan_of(paid).book.received == RECEIVED + 1_000


def test_a_day_that_has_not_been_is_refused(begun: RegionYear, lo: Visitor, now: datetime) -> None:
    tomorrow = now.date() + timedelta(days=1)
    with pytest.raises(Fault, match="inte varit"):
        receive(lo, begun.region, 2025, kronor=1, day=tomorrow, reference="1", now=now)


def test_nobody_but_the_regions_own_planner_changes_its_money(
    paid: RegionYear, dag: Visitor, planner: Visitor, now: datetime
) -> None:
    for other in (dag, planner):  # whoever has the mandate, and another region's planner
        for deed in (
            lambda who: receive(who, paid.region, 2025, kronor=1, day=JUNE, reference="2", now=now),
            lambda who: plan_sums(who, paid, BUDGETS, now),
            lambda who: add_project(who, paid, name="N", owner="O", ends=JUNE, now=now),
            lambda who: adopt(who, paid, day=JUNE, number="1", now=now),
            lambda who: pay_out(who, paid, "kson", kronor=1, day=JUNE, reference="1", now=now),
        ):
            with pytest.raises(Refused):
                deed(other)
    assert BookPosting.objects.filter(region=paid.region).count() == 1


@pytest.mark.shows("sth-08", "sth-09")
def test_kson_gets_439_000_kr_of_what_was_received(paid: RegionYear) -> None:
    line = plan_of(paid).distribution.line("kson")
    assert line.kronor == 439_000
    assert line.because.cites == "sth-08"


@pytest.mark.shows("sth-24", "sth-35")
def test_a_sum_that_nobody_has_given_is_unknown_and_so_is_what_is_left(paid: RegionYear) -> None:
    plan = plan_of(paid)
    assert [line.id for line in plan.unknown] == list(BUDGETS)
    assert plan.left is None
    assert balance_of(plan).kinds[1].kronor is None


def test_a_share_of_what_has_not_been_received_is_unknown_and_never_0(begun: RegionYear) -> None:
    line = plan_of(begun).distribution.line("kson")
    assert line.kronor is None
    assert "okänt tills det mottagna är infört" in line.because.says


def test_a_sum_may_be_unknown_again(paid: RegionYear, lo: Visitor, now: datetime) -> None:
    plan_sums(lo, paid, BUDGETS, now)
    assert plan_of(paid).left == RECEIVED - 439_000 - sum(BUDGETS.values())
    plan_sums(lo, paid, {"suppliers": None}, now)
    assert [line.id for line in plan_of(paid).unknown] == ["suppliers"]


def test_more_than_was_received_is_never_planned(paid: RegionYear, lo: Visitor, now: datetime) -> None:
    with pytest.raises(Fault, match="Minska något"):
        plan_sums(lo, paid, {**BUDGETS, "suppliers": 6_000_000}, now)
    assert plan_of(paid).sums == {}


def test_a_colleagues_change_is_not_overwritten_unseen(paid: RegionYear, lo: Visitor, now: datetime) -> None:
    seen: dict[str, int | None] = {"suppliers": None, "ces_method": None}
    plan_sums(lo, paid, {"suppliers": 5}, now)
    with pytest.raises(Fault, match="En kollega har nyss ändrat"):
        plan_sums(lo, paid, {"suppliers": 7, "ces_method": None}, now, started_from=seen)
    plan_sums(lo, paid, {"suppliers": None, "ces_method": 9}, now, started_from=seen)
    assert plan_of(paid).sums == {"suppliers": 5, "ces_method": 9}


@pytest.mark.shows("sth-13")
def test_an_effort_of_the_regions_own_must_be_limited_in_time(paid: RegionYear, lo: Visitor, now: datetime) -> None:
    with pytest.raises(Fault, match="tidsbegränsade"):
        add_project(lo, paid, name="Språkväskor", owner="BHV", ends=None, now=now)
    added = add_project(lo, paid, name="Språkväskor", owner="BHV", ends=date(2025, 12, 31), now=now)
    plan_sums(lo, paid, {added.slug: 250_000}, now)
    line = plan_of(paid).distribution.line(added.slug)
    assert (line.kronor, line.name) == (250_000, "Språkväskor")
    with pytest.raises(Fault, match="redan en satsning"):
        add_project(lo, paid, name="språkväskor ", owner="BHV", ends=date(2025, 12, 31), now=now)


def test_an_effort_of_the_regions_own_is_unknown_until_it_has_a_sum_and_can_be_taken_away(
    paid: RegionYear, lo: Visitor, now: datetime
) -> None:
    added = add_project(lo, paid, name="Tolkar", owner="BHV", ends=date(2025, 12, 31), now=now)
    assert plan_of(paid).distribution.line(added.slug).kronor is None
    remove_project(lo, paid, added.pk)
    assert plan_of(paid).projects == ()
    with pytest.raises(Fault, match="finns inte längre"):
        remove_project(lo, paid, added.pk)


@pytest.mark.shows("sth-04", "sth-30")
def test_the_boards_decision_books_every_line_and_enters_the_diary(decided: RegionYear) -> None:
    plan = plan_of(decided)
    assert plan.book.total("planned") == 439_000 + sum(BUDGETS.values())
    assert plan.left == plan.distribution.left == RECEIVED - 439_000 - sum(BUDGETS.values())
    [document] = RegionDocument.objects.filter(case__region=decided.region)
    assert document.matter == "Nämndens beslut § 41"
    assert "439\u00a0000\u00a0kr" in bytes(document.content.content).decode()


def test_a_plan_with_an_unknown_sum_is_not_decided(paid: RegionYear, lo: Visitor, now: datetime) -> None:
    plan_sums(lo, paid, {**BUDGETS, "suppliers": None}, now)
    with pytest.raises(Fault, match="saknar belopp"):
        adopt(lo, paid, day=JUNE, number="§ 41", now=now)


def test_nothing_received_is_nothing_to_decide(begun: RegionYear, lo: Visitor, now: datetime) -> None:
    with pytest.raises(Fault, match="Inget är mottaget"):
        adopt(lo, begun, day=JUNE, number="§ 41", now=now)


def test_a_decided_plan_is_not_changed_by_the_planner(decided: RegionYear, lo: Visitor, now: datetime) -> None:
    for deed in (
        lambda: plan_sums(lo, decided, {"suppliers": 1}, now),
        lambda: adopt(lo, decided, day=JUNE, number="§ 42", now=now),
        lambda: remove_project(lo, decided, 1),
    ):
        with pytest.raises(Fault, match="Nämnden har beslutat planen"):
            deed()


def test_what_comes_after_the_decision_is_left_to_distribute_and_moves_no_share(
    decided: RegionYear, lo: Visitor, now: datetime
) -> None:
    left = plan_of(decided).left
    receive(lo, decided.region, 2025, kronor=1_000_000, day=JUNE, reference="omfördelat", now=now)
    plan = plan_of(decided)
    assert plan.distribution.line("kson").kronor == 439_000
    assert plan.left == (left or 0) + 1_000_000


def test_the_board_may_give_a_line_another_sum_within_what_is_left_and_unpaid(
    decided: RegionYear, lo: Visitor, now: datetime
) -> None:
    pay_out(lo, decided, "suppliers", kronor=1_000_000, day=JUNE, reference="A1", now=now)
    for kronor, says in ((500_000, "redan utbetalt"), (9_000_000, "inte fördelat"), (4_000_000, "redan")):
        with pytest.raises(Fault, match=says):
            revise(lo, decided, "suppliers", kronor=kronor, day=JUNE, number="§ 50", now=now)
    revise(lo, decided, "suppliers", kronor=3_000_000, day=JUNE, number="§ 50", now=now)
    line = plan_of(decided).distribution.line("suppliers")
    assert line.kronor == 3_000_000
    assert line.because.steps[-1].value == -1_000_000


def test_a_payment_is_entered_whole_or_in_part_and_once(decided: RegionYear, lo: Visitor, now: datetime) -> None:
    pay_out(lo, decided, "kson", kronor=400_000, day=JUNE, reference="B1", now=now)
    with pytest.raises(Fault, match="redan bokfört"):
        pay_out(lo, decided, "kson", kronor=39_000, day=JUNE, reference="B1", now=now)
    with pytest.raises(Fault, match="Kvar att betala ut"):
        pay_out(lo, decided, "kson", kronor=39_001, day=JUNE, reference="B2", now=now)
    pay_out(lo, decided, "kson", kronor=39_000, day=JUNE, reference="B2", now=now)
    take_back(lo, decided, "kson", kronor=9_000, day=JUNE, reference="B3", now=now)
    row = balance_of(plan_of(decided)).kinds[0].rows[0]
    assert (row.kronor, row.planned, row.paid, row.reported) == (439_000, 9_000, 430_000, 0)
    with pytest.raises(Fault, match="Utbetalt och inte redovisat"):
        take_back(lo, decided, "kson", kronor=430_001, day=JUNE, reference="B4", now=now)


def test_one_payment_may_cover_two_lines(decided: RegionYear, lo: Visitor, now: datetime) -> None:
    for line in ("kson", "suppliers"):
        pay_out(lo, decided, line, kronor=1_000, day=JUNE, reference="samma order", now=now)
    assert plan_of(decided).book.total("paid") == 2_000


def test_nothing_is_paid_before_the_board_has_decided(paid: RegionYear, lo: Visitor, now: datetime) -> None:
    with pytest.raises(Fault, match="Nämnden har inte beslutat"):
        pay_out(lo, paid, "kson", kronor=1, day=JUNE, reference="1", now=now)


def test_what_is_given_back_to_the_agency_is_taken_of_what_is_left(
    decided: RegionYear, lo: Visitor, now: datetime
) -> None:
    left = plan_of(decided).left or 0
    with pytest.raises(Fault, match="Det fattas"):
        give_back(lo, decided.region, 2025, kronor=left + 1, day=JUNE, reference="krav 1", now=now)
    give_back(lo, decided.region, 2025, kronor=left, day=JUNE, reference="krav 1", now=now)
    plan = plan_of(decided)
    assert (plan.left, plan.distribution.left, plan.book.total("given back")) == (0, 0, left)


def test_the_accounts_always_add_up_to_what_was_received(decided: RegionYear, lo: Visitor, now: datetime) -> None:
    pay_out(lo, decided, "suppliers", kronor=1_234_567, day=JUNE, reference="C1", now=now)
    give_back(lo, decided.region, 2025, kronor=89, day=JUNE, reference="krav 2", now=now)
    balance = balance_of(plan_of(decided))
    assert sum(row.kronor for row in balance.accounts) == balance.received.kronor == RECEIVED
    assert all(
        sum(int(str(step.value)) for step in row.because.steps) == row.kronor
        for row in (balance.received, *balance.accounts)
        if row.kronor
    )


@pytest.mark.shows("ore-30", "adm-14")
def test_orebros_plan_is_unknown_until_the_region_says_and_pays_visits_by_its_settlement(
    orebro: str, planner: Visitor, now: datetime
) -> None:
    row = RegionYear.objects.get(region=orebro, year=2025)
    receive(planner, orebro, 2025, kronor=4_000_000, day=JUNE, reference="1", now=now)
    plan = plan_of(row)
    assert {line.kind for line in plan.unknown} == {"fixed_support", "visit_pay"}
    plan_sums(planner, row, {FIXED_SUPPORT: 600_000, VISIT_PAY: 1_000_000}, now)
    assert plan_of(row).left == 4_000_000 - 4 * 600_000 - 1_000_000
    adopt(planner, row, day=JUNE, number="§ 9", now=now)
    with pytest.raises(Fault, match="genom avräkningen"):
        pay_out(planner, row, VISIT_PAY, kronor=1, day=JUNE, reference="1", now=now)
    pay_out(planner, row, "Varberga vårdcentral", kronor=600_000, day=JUNE, reference="1", now=now)
    assert plan_of(row).book.of("paid", "Varberga vårdcentral") == 600_000


def test_support_that_is_granted_after_the_boards_decision_has_nothing_planned_and_is_pointed_out(
    orebro: str, planner: Visitor, now: datetime
) -> None:
    row = RegionYear.objects.get(region=orebro, year=2025)
    receive(planner, orebro, 2025, kronor=4_000_000, day=JUNE, reference="1", now=now)
    plan_sums(planner, row, {FIXED_SUPPORT: 600_000, VISIT_PAY: 1_000_000}, now)
    adopt(planner, row, day=JUNE, number="§ 9", now=now)
    row.refresh_from_db()
    karla = Clinic.objects.get(region=orebro, name="Karla vårdcentral")
    GrantedSupport.objects.create(clinic=karla, year=2025, first_day=date(2025, 10, 1))
    plan = plan_of(row)
    assert (plan.distribution.line(karla.name).kronor, plan.left) == (0, 600_000)
    assert "Planera fast ersättning till Karla vårdcentral" in [each.what for each in to_do(plan)]
    revise(planner, row, karla.name, kronor=150_000, day=JUNE, number="§ 12", now=now)
    assert plan_of(row).unpaid(karla.name) == 150_000


@pytest.mark.parametrize(("count", "says"), [(1, "en ansökan"), (2, "2 ansökningar")])
def test_the_desk_says_how_many_applications_wait_in_right_swedish(
    orebro: str, now: datetime, count: int, says: str
) -> None:
    for clinic in Clinic.objects.filter(region=orebro)[:count]:
        SupportApplication.objects.create(clinic=clinic, year=2025, changed=now, sent=now)
    plan = plan_of(RegionYear.objects.get(region=orebro, year=2025))
    assert f"Besluta om {says} om fast ersättning" in [each.what for each in to_do(plan)]


def test_each_region_has_its_own_book(decided: RegionYear, orebro: str, someone: Callable[..., Visitor]) -> None:
    assert plan_of(RegionYear.objects.get(region=orebro)).book.postings == ()
