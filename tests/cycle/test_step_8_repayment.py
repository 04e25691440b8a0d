from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statsbidrag.cycle.grounds import Ground, Reach
from statsbidrag.cycle.round import Round
from statsbidrag.cycle.step_8_claim import Communication, ObviouslyUnnecessary, claim
from statsbidrag.cycle.step_8_repayment import (
    Holdings,
    Liability,
    Owed,
    RepaymentRules,
    owed,
    unreported,
    unused_in_batch,
)
from statsbidrag.rulebook.places import SHIPPED
from statsbidrag.rulebook.rounds import read_round
from statsbidrag.terms.faults import Fault

HELD = Holdings("region-01", unused=200, used=500)
DAY = date(2026, 5, 11)
HEARD = Communication(sent=date(2026, 4, 13), answer_by=date(2026, 5, 4))
SHIPPED_RULES = read_round(SHIPPED / "rounds" / "2025.toml").repayment


@pytest.fixture
def repayment(round_2025: Round) -> RepaymentRules:
    return round_2025.repayment


def liability(repayment: RepaymentRules, ground: Ground, money: Reach, kronor: int) -> Liability:
    return Liability(repayment.ground(ground), money, kronor, "Skälet (påhittat).")


def unused(repayment: RepaymentRules) -> Owed:
    [result] = unused_in_batch(repayment, [HELD])
    return result


@pytest.mark.shows("sfs-41", "rap-04")
def test_a_recipient_is_liable_as_soon_as_a_ground_is_at_hand_not_only_perhaps(repayment: RepaymentRules) -> None:
    assert repayment.liable.value is True
    assert repayment.liable.cites == "sfs-41"
    assert [differing.cites for differing in repayment.liable.differs] == ["rap-04"]


@pytest.mark.shows("sfs-42", "sfs-43", "sfs-44", "sfs-45", "sfs-46", "adm-04")
def test_ground_2_reaches_unused_money_only_and_the_other_four_used_money_too(repayment: RepaymentRules) -> None:
    assert {rule.ground: (rule.text.cites, rule.reaches.value) for rule in repayment.grounds} == {
        "given wrongly": ("sfs-42", ("unused", "used")),
        "not used": ("sfs-43", ("unused",)),
        "other purpose": ("sfs-44", ("unused", "used")),
        "no report": ("sfs-45", ("unused", "used")),
        "conditions broken": ("sfs-46", ("unused", "used")),
    }
    with pytest.raises(Fault, match="når inte det som är använt"):
        owed(repayment, HELD, [liability(repayment, "not used", "used", 5)])


def test_several_grounds_add_up_and_each_says_why(repayment: RepaymentRules) -> None:
    found = owed(
        repayment,
        HELD,
        [liability(repayment, "not used", "unused", 200), liability(repayment, "conditions broken", "used", 80)],
    )
    assert (found.total, found.taken_from("unused"), found.taken_from("used")) == (280, 200, 80)
    assert [step.cites for step in found.because().steps] == ["sfs-43", "sfs-46"]
    assert "80\xa0kr (använt). Skälet (påhittat)." in found.because().steps[1].says


@pytest.mark.parametrize(
    ("ground", "money", "kronor", "says"),
    [
        ("not used", "unused", 201, "tas ur det som är inte använt, men där finns 200"),
        ("given wrongly", "used", 501, "tas ur det som är använt, men där finns 500"),
        ("given wrongly", "used", 0, "inte större än 0"),
    ],
)
def test_no_more_is_owed_than_there_is(
    repayment: RepaymentRules, ground: Ground, money: Reach, kronor: int, says: str
) -> None:
    with pytest.raises(Fault, match=says):
        owed(repayment, HELD, [liability(repayment, ground, money, kronor)])


def test_the_same_krona_is_not_taken_on_two_grounds(repayment: RepaymentRules) -> None:
    twice = [liability(repayment, "not used", "unused", 150), liability(repayment, "given wrongly", "unused", 100)]
    with pytest.raises(Fault, match="Ange varje krona på en grund"):
        owed(repayment, HELD, twice)


@pytest.mark.shows("utl-31", "sth-33")
def test_2024_has_the_grounds_of_its_call_only(round_2024: Round) -> None:
    names = [rule.ground for rule in round_2024.repayment.grounds]
    assert names == ["not used", "conditions broken"]
    assert round_2024.repayment.ground("conditions broken").text.cites == "utl-31"
    with pytest.raises(Fault, match="har inte grunden ”no report”"):
        round_2024.repayment.ground("no report")


@pytest.mark.shows("anv-43", "rap-08", "rap-39")
def test_what_recipients_themselves_report_as_unused_is_owed_in_one_batch(repayment: RepaymentRules) -> None:
    batch = unused_in_batch(repayment, [HELD, Holdings("region-24", 0, 900), Holdings("region-03", 5)])
    assert [(one.recipient, one.total) for one in batch] == [("region-01", 200), ("region-03", 5)]


@pytest.mark.shows("sfs-45", "rap-05")
@pytest.mark.parametrize(
    ("reported", "today", "total"),
    [
        (None, date(2026, 3, 3), 0),
        (None, date(2026, 3, 4), 700),
        (date(2026, 3, 20), date(2026, 4, 1), 0),
    ],
)
def test_a_report_that_never_came_makes_everything_owed_but_one_that_came_late_does_not(
    repayment: RepaymentRules, reported: date | None, today: date, total: int
) -> None:
    found = unreported(repayment, HELD, report_by=date(2026, 3, 3), reported=reported, today=today)
    assert found.total == total
    assert repayment.late_report.value == "no ground"
    assert [differing.cites for differing in repayment.late_report.differs] == ["rap-05"]


def test_in_2024_what_nobody_reported_counts_as_unused(round_2024: Round) -> None:
    held, day = Holdings("region-01", unused=700), round_2024.report.last_day.value
    found = unreported(round_2024.repayment, held, report_by=day, reported=None, today=date(2025, 4, 1))
    assert [(one.rule.ground, one.kronor) for one in found.liabilities] == [("not used", 700)]
    assert round_2024.repayment.unreported.assumption


@pytest.mark.shows("sfs-47", "anv-44")
def test_what_is_owed_is_claimed_in_full_where_nothing_is_waived(repayment: RepaymentRules) -> None:
    decided = claim(repayment, unused(repayment), HEARD, day=DAY)
    assert (decided.claimed, decided.waived) == (200, 0)
    assert "sfs-47" in {step.cites for step in decided.because().steps}


@pytest.mark.shows("sfs-48", "adm-04")
@pytest.mark.parametrize("waived", [1, 199, 200])
def test_it_is_waived_wholly_or_partly_for_special_reasons(repayment: RepaymentRules, waived: int) -> None:
    decided = claim(
        repayment, unused(repayment), HEARD, day=DAY, waived=waived, special_reasons="Översvämning (påhittat)."
    )
    assert decided.claimed + decided.waived == decided.owed.total
    [step] = [step for step in decided.because().steps if step.cites == "sfs-48"]
    assert step.says.endswith("av särskilda skäl: Översvämning (påhittat).")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"waived": 5}, "Särskilda skäl saknas"),
        ({"waived": 5, "special_reasons": "  "}, "Särskilda skäl saknas"),
        ({"waived": 201, "special_reasons": "Ja."}, "skulle avstås av 200"),
        ({"waived": -1, "special_reasons": "Ja."}, "skulle avstås av 200"),
    ],
)
def test_a_waiver_needs_its_reasons_and_stays_within_what_is_owed(
    repayment: RepaymentRules, more: dict[str, Any], says: str
) -> None:
    with pytest.raises(Fault, match=says):
        claim(repayment, unused(repayment), HEARD, day=DAY, **more)


def test_2024_has_no_rule_on_waiving(round_2024: Round) -> None:
    [found] = unused_in_batch(round_2024.repayment, [HELD])
    with pytest.raises(Fault, match="ingen regel om att avstå"):
        claim(round_2024.repayment, found, HEARD, day=DAY, waived=5, special_reasons="Ja.")


@pytest.mark.shows("adm-05")
@pytest.mark.parametrize(
    ("heard", "reply", "says"),
    [
        (Communication(date(2026, 4, 13), DAY), "", "får yttra sig till och med den 11 maj 2026"),
        (Communication(date(2026, 4, 13), DAY, DAY, "Vi hade inte personal."), "", "synpunkter är inte bemötta"),
        (ObviouslyUnnecessary(" "), "", "saknas skäl för att inte kommunicera"),
    ],
)
def test_nothing_is_decided_before_the_recipient_is_heard_and_answered(
    repayment: RepaymentRules, heard: Communication | ObviouslyUnnecessary, reply: str, says: str
) -> None:
    with pytest.raises(Fault, match=says):
        claim(repayment, unused(repayment), heard, day=DAY, reply=reply)


@pytest.mark.shows("adm-05")
@pytest.mark.parametrize(
    ("heard", "reply", "says"),
    [
        (HEARD, "", "Ni har fått yttra er senast den 4 maj 2026 men har inte svarat"),
        (Communication(date(2026, 4, 13), DAY, date(2026, 4, 20)), "", "Ni svarade den 20 april 2026"),
        (
            Communication(date(2026, 4, 13), DAY, date(2026, 4, 20), "Vi saknade personal."),
            "Det är inget särskilt skäl.",
            "Ni svarade den 20 april 2026: Vi saknade personal. Vår bedömning: Det är inget särskilt skäl.",
        ),
        (
            ObviouslyUnnecessary("ni har själva redovisat det."),
            "",
            "Ni har inte fått yttra er först, eftersom det är uppenbart obehövligt: ni har själva redovisat det.",
        ),
    ],
)
def test_the_decision_says_how_the_recipient_was_heard_and_answers_it(
    repayment: RepaymentRules, heard: Communication | ObviouslyUnnecessary, reply: str, says: str
) -> None:
    decided = claim(repayment, unused(repayment), heard, day=DAY, reply=reply)
    assert decided.because().steps[-1].says == says


def test_there_is_no_claim_of_nothing(repayment: RepaymentRules) -> None:
    with pytest.raises(Fault, match="inget att återbetala"):
        claim(repayment, Owed("region-01", ()), HEARD, day=DAY)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_repayable_is_claimed_plus_waived_to_the_krona(not_used: int, spent: int, waived: int) -> None:
    held = Holdings("region-01", not_used, spent)
    found = unreported(SHIPPED_RULES, held, report_by=DAY, reported=None, today=date(2026, 6, 1))
    assert found.total == not_used + spent
    if found.total:
        decided = claim(
            SHIPPED_RULES, found, HEARD, day=DAY, waived=min(waived, found.total), special_reasons="Ja (påhittat)."
        )
        assert decided.claimed + decided.waived == found.total
        assert decided.claimed >= 0
