from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statsbidrag.cycle.round import Round
from statsbidrag.cycle.step_5_payment import (
    BankAnswer,
    Batch,
    GiroAccount,
    History,
    Outcome,
    Payable,
    PaymentState,
    Withholding,
    pay,
)
from statsbidrag.rulebook.places import SHIPPED
from statsbidrag.rulebook.rounds import read_round
from statsbidrag.terms.faults import Fault

DECIDED, DAY = date(2025, 5, 26), date(2025, 5, 28)
CLOSED = date(2025, 4, 29)
GRANT = Payable("B-1", "region-01", 700, DECIDED)
GIROS = {"region-01": GiroAccount("5050-1055", known_since_last_year=True)}
ROUND_2025 = read_round(SHIPPED / "rounds" / "2025.toml")
WRONGLY = ROUND_2025.repayment.ground("given wrongly")


def paid(*payables: Payable, history: History | None = None, **more: Any) -> Batch:
    arguments: dict[str, Any] = {"day": DAY, "requisition_closed": CLOSED, **more}
    giros = arguments.pop("giros", GIROS)
    return pay(ROUND_2025.payment, payables, giros, history or History(), **arguments)


def answered(batch: Batch, *outcomes: Outcome, kronor: int | None = None) -> History:
    [payment] = batch.payments
    return History(batch.payments, tuple(BankAnswer(payment.reference, outcome, DAY, kronor) for outcome in outcomes))


@pytest.mark.shows("sfs-26", "anv-29", "anv-31")
def test_the_agency_pays_each_decision_as_one_lump_sum() -> None:
    batch = paid(GRANT)
    assert [(payment.reference, payment.kronor, payment.giro) for payment in batch.payments] == [
        ("B-1-1", 700, "5050-1055")
    ]
    assert batch.total == 700
    assert ROUND_2025.payment.lump_sum.cites == "anv-31"
    assert (ROUND_2025.payment.when.value, ROUND_2025.payment.paid_by.cites) == ("under våren 2025", "sfs-26")


@pytest.mark.shows("utl-12")
def test_in_2024_it_was_paid_during_the_year(round_2024: Round) -> None:
    assert (round_2024.payment.when.value, round_2024.payment.when.cites) == ("under 2024", "utl-12")


@pytest.mark.shows("anv-35")
def test_nothing_is_paid_before_the_requisition_period_has_run_out() -> None:
    with pytest.raises(Fault, match="Rekvisitionsperioden löper till och med den 29 april 2025"):
        paid(GRANT, day=CLOSED)


def test_nothing_is_paid_before_it_is_decided() -> None:
    with pytest.raises(Fault, match="Beslutet är inte fattat än"):
        paid(GRANT, day=date(2025, 5, 25))


@pytest.mark.shows("adm-12")
@pytest.mark.parametrize("outcomes", [(), ("accepted",), ("paid",), ("accepted", "paid", "paid")])
def test_a_decision_that_is_paid_or_under_way_is_not_paid_again(outcomes: tuple[Outcome, ...]) -> None:
    assert paid(GRANT, history=answered(paid(GRANT), *outcomes)).payments == ()


@pytest.mark.parametrize("outcomes", [("rejected",), ("accepted", "rejected"), ("paid", "returned")])
def test_a_payment_that_failed_is_tried_again_under_a_new_reference(outcomes: tuple[Outcome, ...]) -> None:
    [again] = paid(GRANT, history=answered(paid(GRANT), *outcomes)).payments
    assert (again.reference, again.kronor) == ("B-1-2", 700)


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        ((), "sent"),
        (("accepted",), "accepted"),
        (("accepted", "paid"), "paid"),
        (("paid", "paid"), "paid"),
        (("paid", "returned"), "returned"),
        (("rejected", "paid"), "unclear"),
        (("paid", "accepted"), "unclear"),
        (("returned",), "unclear"),
    ],
)
def test_the_banks_answers_are_folded_into_a_state(outcomes: tuple[Outcome, ...], state: PaymentState) -> None:
    assert answered(paid(GRANT), *outcomes).states() == {"B-1-1": state}


@pytest.mark.shows("adm-12")
def test_an_answer_with_another_sum_is_unclear_and_never_leads_to_a_second_payment() -> None:
    history = answered(paid(GRANT), "rejected", kronor=699)
    assert history.states() == {"B-1-1": "unclear"}
    assert paid(GRANT, history=history).payments == ()


@pytest.mark.shows("adm-24")
def test_answers_are_matched_by_reference_and_those_that_match_nothing_are_told() -> None:
    history = History(paid(GRANT).payments, (BankAnswer("B-7-1", "paid", DAY, 700),))
    assert history.states() == {"B-1-1": "sent"}
    assert [answer.reference for answer in history.unmatched()] == ["B-7-1"]


@pytest.mark.shows("adm-24")
def test_a_giro_number_that_is_new_since_last_year_waits_until_its_owner_is_checked() -> None:
    new = GiroAccount("5050-1055", known_since_last_year=False)
    batch = paid(GRANT, giros={"region-01": new})
    assert batch.payments == ()
    assert [(held.kronor, held.because.cites) for held in batch.held] == [(700, "adm-24")]
    assert paid(GRANT, giros={"region-01": replace(new, owner_checked=True)}).total == 700


def test_without_a_giro_number_the_grant_is_held() -> None:
    [held] = paid(GRANT, giros={}).held
    assert held.because.says == "Mottagaren har inte lämnat något bankgiro eller plusgiro"


@pytest.mark.shows("sfs-39", "sfs-40")
@pytest.mark.parametrize(("withheld", "total"), [(700, 0), (200, 500)])
def test_a_grant_is_withheld_wholly_or_partly_on_a_ground_for_repayment_and_at_once(withheld: int, total: int) -> None:
    batch = paid(GRANT, withholdings=[Withholding("B-2", "B-1", withheld, WRONGLY, DAY)])
    assert batch.total == total
    [held] = batch.held
    assert (held.kronor, held.because.cites) == (withheld, "sfs-39")
    assert [step.cites for step in held.because.steps] == ["sfs-42", "sfs-40"]


def test_what_is_no_longer_withheld_is_paid_and_no_more() -> None:
    withholding = Withholding("B-2", "B-1", 200, WRONGLY, DAY)
    history = answered(paid(GRANT, withholdings=[withholding]), "paid")
    [rest] = paid(GRANT, history=history).payments
    assert (rest.reference, rest.kronor) == ("B-1-2", 200)


def test_a_decision_to_withhold_that_comes_after_the_payment_makes_it_overpaid() -> None:
    history = answered(paid(GRANT), "paid")
    batch = paid(GRANT, history=history, withholdings=[Withholding("B-2", "B-1", 200, WRONGLY, DAY)])
    assert batch.payments == ()
    assert [held.kronor for held in batch.held] == [200, -200]


@pytest.mark.shows("adm-08")
def test_a_raised_grant_pays_the_difference_and_a_lowered_one_is_told_to_step_8() -> None:
    history = answered(paid(GRANT), "paid")
    assert [payment.kronor for payment in paid(replace(GRANT, kronor=750), history=history).payments] == [50]
    lowered = paid(replace(GRANT, kronor=600), history=history)
    assert (lowered.payments, [held.kronor for held in lowered.held]) == ((), [-100])


def test_2024_has_no_rule_on_withholding(round_2024: Round) -> None:
    back = [Withholding("B-2", "B-1", 200, WRONGLY, DAY)]
    with pytest.raises(Fault, match="ingen regel om att innehålla utbetalning"):
        pay(round_2024.payment, [GRANT], GIROS, History(), day=DAY, requisition_closed=CLOSED, withholdings=back)


@pytest.mark.parametrize("kronor", [701, 0, -1])
def test_more_than_was_decided_cannot_be_withheld_nor_nothing(kronor: int) -> None:
    with pytest.raises(Fault, match="hålls inne, men beslutet gäller 700"):
        paid(GRANT, withholdings=[Withholding("B-2", "B-1", kronor, WRONGLY, DAY)])


@pytest.mark.shows("adm-12")
def test_the_same_decision_twice_in_the_basis_is_refused() -> None:
    with pytest.raises(Fault, match="står två gånger i underlaget"):
        paid(GRANT, GRANT)


OUTCOMES: list[Outcome] = ["accepted", "rejected", "paid", "returned"]


@given(st.lists(st.tuples(st.lists(st.sampled_from(OUTCOMES), max_size=3), st.integers(0, 700)), max_size=6))
def test_whatever_the_bank_answers_no_more_is_ever_under_way_than_was_decided(
    rounds: list[tuple[list[Outcome], int]],
) -> None:
    history = History()
    for outcomes, withheld in rounds:
        withholdings = [Withholding("B-2", "B-1", withheld, WRONGLY, DAY)] if withheld else []
        batch = paid(GRANT, history=history, withholdings=withholdings)
        answers = tuple(BankAnswer(payment.reference, one, DAY) for payment in batch.payments for one in outcomes)
        history = History(history.payments + batch.payments, history.answers + answers)
        states = history.states()
        failed = ("rejected", "returned")
        assert sum(one.kronor for one in history.payments if states[one.reference] not in failed) <= GRANT.kronor
    assert len({payment.reference for payment in history.payments}) == len(history.payments)
