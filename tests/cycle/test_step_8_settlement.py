from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statsbidrag.cycle.round import Round
from statsbidrag.cycle.step_8_claim import ObviouslyUnnecessary, claim
from statsbidrag.cycle.step_8_interest import ReferenceRate
from statsbidrag.cycle.step_8_invoice import (
    Credit,
    Event,
    Instalments,
    Invoice,
    Refunded,
    Reminder,
    Repaid,
    Respite,
    invoice,
)
from statsbidrag.cycle.step_8_repayment import Holdings, RepaymentRules, unused_in_batch
from statsbidrag.cycle.step_8_settlement import SettlementState, settle_invoice
from statsbidrag.rulebook.places import SHIPPED
from statsbidrag.rulebook.rounds import read_round
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.sources import Stated

ISSUED, DUE = date(2024, 2, 1), date(2024, 3, 2)
SENT = Invoice("20240000104", "region-01", 36_500, ISSUED, DUE)
HEARD = ObviouslyUnnecessary("beloppet är det ni själva redovisat.")
SHIPPED_RULES = read_round(SHIPPED / "rounds" / "2025.toml").repayment


@pytest.fixture
def repayment(round_2025: Round) -> RepaymentRules:
    return round_2025.repayment


@pytest.mark.shows("anv-45", "anv-46", "utl-32", "rap-10")
def test_those_concerned_get_an_invoice_with_a_day_that_the_agency_has_set(repayment: RepaymentRules) -> None:
    [found] = unused_in_batch(repayment, [Holdings("municipality-0180", 200)])
    sent = invoice(repayment, claim(repayment, found, HEARD, day=ISSUED), "20240000104", ISSUED)
    assert sent == Invoice("20240000104", "municipality-0180", 200, ISSUED, DUE)
    assert repayment.repay_by.cites == "anv-45"
    assert repayment.invoiced.value == "berörda bidragsmottagare"
    assert [differing.cites for differing in repayment.invoiced.differs] == ["anv-46"]


def test_a_claim_that_is_wholly_waived_has_no_invoice(repayment: RepaymentRules) -> None:
    [found] = unused_in_batch(repayment, [Holdings("region-01", 200)])
    decided = claim(repayment, found, HEARD, day=ISSUED, waived=200, special_reasons="Översvämning (påhittat).")
    with pytest.raises(Fault, match="Ni avstår från hela beloppet"):
        invoice(repayment, decided, "1", ISSUED)


@pytest.mark.shows("adm-23")
@pytest.mark.parametrize(
    ("events", "today", "state", "outstanding", "interest"),
    [
        ([], DUE, "open", 36_500, 0),
        ([], DUE + timedelta(days=1), "overdue", 36_500, 12),
        ([Repaid(DUE, 36_500)], date(2024, 6, 30), "settled", 0, 0),
        ([Repaid(DUE + timedelta(days=10), 36_500)], date(2024, 6, 30), "settled", 0, 120),
        ([Repaid(DUE, 18_250)], DUE + timedelta(days=10), "overdue", 18_250, 60),
        ([Repaid(DUE, 36_501)], DUE, "overpaid", -1, 0),
        ([Respite(DUE, date(2024, 4, 2))], date(2024, 4, 2), "open", 36_500, 0),
        ([Respite(DUE, date(2024, 4, 2))], date(2024, 4, 3), "overdue", 36_500, 12),
        ([Credit(DUE, 36_400, "B-9"), Repaid(DUE, 100)], date(2024, 6, 30), "settled", 0, 0),
        ([Credit(DUE, 36_400, "B-9"), Repaid(DUE, 300)], date(2024, 6, 30), "overpaid", -200, 0),
        ([Credit(DUE, 500, "B-9"), Repaid(DUE, 36_500), Refunded(DUE, 500)], date(2024, 6, 30), "settled", 0, 0),
        ([Reminder(date(2024, 3, 10))], DUE + timedelta(days=1), "overdue", 36_500, 12),
    ],
)
def test_what_is_left_and_its_interest_follow_from_what_has_happened(
    repayment: RepaymentRules,
    events: list[Event],
    today: date,
    state: SettlementState,
    outstanding: int,
    interest: int,
) -> None:
    settled = settle_invoice(repayment, SENT, events, today)
    assert (settled.state, settled.outstanding, settled.interest) == (state, outstanding, interest)


@pytest.mark.shows("adm-23")
def test_instalments_are_overdue_one_by_one(repayment: RepaymentRules) -> None:
    parts = ((date(2024, 4, 1), 18_250), (date(2024, 5, 1), 18_250))
    events: list[Event] = [Instalments(DUE, parts)]
    assert settle_invoice(repayment, SENT, events, date(2024, 4, 1)).overdue == 0
    assert settle_invoice(repayment, SENT, events, date(2024, 4, 11)).overdue == 18_250
    assert settle_invoice(repayment, SENT, events, date(2024, 4, 11)).interest == 60
    paid: list[Event] = [*events, Repaid(date(2024, 4, 1), 18_250)]
    assert settle_invoice(repayment, SENT, paid, date(2024, 5, 1)).overdue == 0
    assert settle_invoice(repayment, SENT, paid, date(2024, 5, 2)).overdue == 18_250


def test_instalments_add_up_to_what_is_left(repayment: RepaymentRules) -> None:
    with pytest.raises(Fault, match="Delarna blir 5\xa0kr, men 36\xa0500\xa0kr är kvar"):
        settle_invoice(repayment, SENT, [Instalments(DUE, ((DUE, 5),))], DUE)


@pytest.mark.shows("adm-23")
def test_a_half_year_whose_rate_nobody_has_looked_up_makes_the_interest_unknown_never_0(
    repayment: RepaymentRules,
) -> None:
    settled = settle_invoice(repayment, SENT, [], date(2026, 7, 1))
    assert settled.interest is None
    assert any("räntan för halvåret från 1 juli 2026 är inte känd" in step.says for step in settled.because().steps)


def test_each_half_year_has_its_own_rate(repayment: RepaymentRules) -> None:
    later = ReferenceRate(date(2024, 7, 1), Stated(Fraction(2, 100), assumption="för provet"))
    earlier = (each for each in repayment.interest.rates if each.half_year_from < later.half_year_from)
    changed = replace(repayment, interest=replace(repayment.interest, rates=(*earlier, later)))
    settled = settle_invoice(changed, replace(SENT, due=date(2024, 6, 20)), [], date(2024, 7, 10))
    assert settled.interest == 10 * 12 + 10 * 10


@pytest.mark.shows("adm-23")
def test_interest_during_respite_and_a_reminder_fee_are_rules_and_both_are_off(repayment: RepaymentRules) -> None:
    assert repayment.reminder_fee.value == 0
    assert repayment.interest.during_respite.value is False
    bearing = replace(repayment.interest, during_respite=Stated(True, assumption="för provet"))
    changed = replace(repayment, interest=bearing, reminder_fee=Stated(60, assumption="för provet"))
    events: list[Event] = [Respite(DUE, date(2024, 4, 2)), Reminder(date(2024, 3, 11))]
    settled = settle_invoice(changed, SENT, events, DUE + timedelta(days=10))
    assert (settled.state, settled.interest, settled.fees) == ("open", 120, 60)


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (Repaid(date(2024, 1, 31), 5), "daterad 31 januari 2024, före fakturan 1 februari 2024"),
        (Repaid(DUE, 0), "inte större än 0"),
        (Refunded(DUE, -5), "inte större än 0"),
        (Credit(DUE, -5, "B-9"), "inte större än 0"),
    ],
)
def test_an_event_before_the_invoice_or_of_no_money_is_refused(
    repayment: RepaymentRules, event: Event, says: str
) -> None:
    with pytest.raises(Fault, match=says):
        settle_invoice(repayment, SENT, [event], DUE)


def test_where_it_stands_is_explained(repayment: RepaymentRules) -> None:
    because = settle_invoice(repayment, SENT, [Repaid(DUE, 500)], DUE).because()
    assert because.says == "Fakturan är inte betald än; kvar att betala 2 mars 2024: 36\xa0000\xa0kr"
    assert [step.value for step in because.steps] == [36_500, 0, 500, 0, 0]


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 40_000)), max_size=6), st.integers(0, 100))
def test_what_is_outstanding_is_the_invoice_less_what_came_in(repaid: list[tuple[int, int]], after: int) -> None:
    today = ISSUED + timedelta(days=after)
    events = [Repaid(ISSUED + timedelta(days=days), kronor) for days, kronor in repaid]
    settled = settle_invoice(SHIPPED_RULES, SENT, events, today)
    came = sum(event.kronor for event in events if event.day <= today)
    assert (settled.repaid, settled.outstanding) == (came, SENT.kronor - came)
    assert 0 <= settled.overdue <= max(0, settled.outstanding)
    assert settled.interest is not None
    assert 0 <= settled.interest <= 12 * max(0, (today - DUE).days)
