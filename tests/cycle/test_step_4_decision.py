from dataclasses import FrozenInstanceError, replace
from datetime import date
from typing import Any

import pytest

from statsbidrag.cycle.ledger import Ledger, Posting
from statsbidrag.cycle.round import Round
from statsbidrag.cycle.step_4_authority import DECISION_KINDS, Approval, Bias, DecisionKind, Mandate, Register
from statsbidrag.cycle.step_4_decision import Basis, Decision, Proposal, decide, standing
from statsbidrag.terms.because import Because
from statsbidrag.terms.faults import Fault

DAY = date(2025, 5, 26)
WHY = Because("Begärt och inom högsta beloppet", 600, "kr")
EVERYTHING = Mandate(
    "Chefen", frozenset(DECISION_KINDS), date(2025, 1, 1), date(2025, 12, 31), deputy="Ställföreträdaren"
)
SMALL = Mandate("Gruppchefen", frozenset({"grant"}), date(2025, 5, 1), date(2025, 5, 31), at_most=700)
REGISTER = Register((EVERYTHING, SMALL))
APPROVAL = Approval(DAY, "Chefen", "Handläggaren", ("Juristen",))


def proposal(kind: DecisionKind = "grant", reference: str = "B-1", **more: Any) -> Proposal:
    return Proposal(kind, reference, "9.1-10001/2025", **{"recipient": "region-01", "because": WHY, **more})


@pytest.fixture
def basis(round_2025: Round) -> Basis:
    return Basis(round_2025.decision, 1000, round_2025.report.last_day.value, date(2025, 5, 20), "f" * 64)


@pytest.fixture
def granted(basis: Basis) -> Decision:
    [decision] = decide(basis, [proposal(kronor=600, reallocated=100)], APPROVAL, REGISTER)
    return decision


def sums(*decisions: Decision) -> list[int]:
    return [decision.total for decision in standing(decisions)]


@pytest.mark.shows("sfs-25", "sfs-27", "sfs-29", "sfs-49", "adm-06", "adm-09")
def test_a_decision_says_year_sum_last_day_to_report_who_decided_and_that_it_cannot_be_appealed(
    granted: Decision,
) -> None:
    said = [step for _, step in granted.because().walk()]
    assert granted.total == 700
    assert granted.report_by == date(2026, 3, 3)
    assert granted.approval == APPROVAL
    assert granted.proposal.diary_number == "9.1-10001/2025"
    assert said[0].says == "Socialstyrelsen beslutade den 26 maj 2025 om bidrag"
    assert {"sfs-25", "sfs-27", "sfs-49"} <= {step.cites for step in said}
    assert "Ni ska redovisa senast den 3 mars 2026" in [step.says for step in said]
    assert "Beslutet får inte överklagas" in [step.says for step in said]


@pytest.mark.shows("sfs-02", "sfs-03", "sfs-52", "anv-02", "anv-05", "anv-30", "rap-46", "rap-47", "sth-12", "ore-03")
def test_a_decision_rests_on_the_sources_purpose_use_and_period(granted: Decision) -> None:
    rules = granted.basis.rules
    assert (rules.purpose.cites, rules.may_use.cites) == ("sfs-03", "sfs-02")
    assert rules.purpose.value.startswith("bidra till en god och jämlik hälsa hos barn")
    assert [differing.cites for differing in rules.purpose.differs] == ["anv-02", "sth-12", "ore-03"]
    assert (rules.use_from.value, rules.use_to.value) == (date(2025, 1, 1), date(2025, 12, 31))
    assert (rules.use_from.cites, rules.use_to.cites) == ("sfs-52", "anv-30")
    assert [differing.cites for differing in rules.may_use.differs] == ["anv-05", "rap-46"]
    assert rules.may_not_use.cites == "rap-47"


@pytest.mark.shows(
    "sfs-05", "sfs-06", "sfs-07", "sfs-08", "sfs-09", "sfs-10", "sfs-11", "sfs-12", "sfs-13", "sfs-14", "sfs-15"
)
@pytest.mark.shows(
    "anv-15",
    "anv-16",
    "anv-18",
    "anv-19",
    "anv-20",
    "anv-21",
    "anv-22",
    "anv-23",
    "anv-24",
    "anv-25",
    "anv-26",
    "anv-27",
    "anv-28",
)
def test_every_condition_of_the_ordinance_and_the_instructions_stands_in_the_decision(granted: Decision) -> None:
    cited = {passage.cites for condition in granted.conditions for passage in condition.rests_on}
    assert cited == {
        *(f"sfs-{number:02d}" for number in range(5, 16)),
        *(f"anv-{number}" for number in range(15, 29) if number != 17),
    }
    assert [condition.point for condition in granted.conditions] == [
        "§ 2",
        "§ 2 p 1",
        "§ 2 p 2",
        "§ 2 p 3",
        "§ 2 p 4",
        "§ 2 p 5",
        "§ 3",
    ]


@pytest.mark.shows("utl-05", "utl-06", "utl-07", "utl-08", "utl-09", "utl-10", "utl-13")
def test_the_conditions_of_2024_are_those_of_the_call(round_2024: Round) -> None:
    rules = round_2024.decision
    cited = {passage.cites for condition in rules.conditions for passage in condition.rests_on}
    assert cited == {"utl-05", "utl-06", "utl-10"}
    assert (rules.purpose.cites, rules.may_use.cites, rules.may_not_use.cites) == ("utl-07", "utl-08", "utl-09")
    assert rules.use_to.value == date(2024, 12, 31)


@pytest.mark.shows("sfs-04", "anv-17")
def test_the_grants_together_never_pass_the_pot(basis: Basis, granted: Decision) -> None:
    more = proposal(reference="B-2", recipient="region-24", kronor=301)
    with pytest.raises(Fault, match="Bidragen blir 1\xa0001\xa0kr, men det finns 1\xa0000\xa0kr"):
        decide(basis, [more], APPROVAL, REGISTER, earlier=[granted])
    assert decide(basis, [replace(more, kronor=300)], APPROVAL, REGISTER, earlier=[granted])


@pytest.mark.shows("anv-36")
@pytest.mark.parametrize("reallocated_on", [None, date(2025, 5, 27)])
def test_nobody_gets_a_decision_before_the_reallocation_is_made(basis: Basis, reallocated_on: date | None) -> None:
    with pytest.raises(Fault, match="Omfördelningen är inte gjord"):
        decide(replace(basis, reallocated_on=reallocated_on), [proposal(kronor=1)], APPROVAL, REGISTER)


@pytest.mark.shows("adm-06")
def test_one_approval_covers_a_whole_list_or_none_of_it(basis: Basis) -> None:
    everyone = [proposal(reference=f"B-{number}", recipient=f"region-{number:02d}", kronor=3) for number in range(311)]
    assert len(decide(basis, everyone, APPROVAL, REGISTER)) == 311
    small = Approval(DAY, "Gruppchefen", "Handläggaren")
    with pytest.raises(Fault, match="region-99.*på 701"):
        decide(basis, [*everyone[:5], proposal(recipient="region-99", reference="B-x", kronor=701)], small, REGISTER)


@pytest.mark.shows("adm-06")
@pytest.mark.parametrize(
    ("approval", "kind", "kronor", "allowed"),
    [
        (Approval(DAY, "Gruppchefen", "Handläggaren"), "grant", 700, True),
        (Approval(DAY, "Gruppchefen", "Handläggaren"), "grant", 701, False),
        (Approval(DAY, "Gruppchefen", "Handläggaren"), "rejection", 0, False),
        (Approval(date(2025, 6, 1), "Gruppchefen", "Handläggaren"), "grant", 700, False),
        (Approval(DAY, "Ställföreträdaren", "Handläggaren", acting_for="Chefen"), "grant", 701, True),
        (Approval(DAY, "Ställföreträdaren", "Handläggaren"), "grant", 1, False),
        (Approval(DAY, "Gruppchefen", "Handläggaren", acting_for="Chefen"), "grant", 1, False),
        (Approval(DAY, "Någon", "Handläggaren"), "grant", 1, False),
    ],
)
def test_who_decides_has_a_delegation_for_kind_sum_and_day_or_is_the_deputy_of_who_has(
    basis: Basis, approval: Approval, kind: DecisionKind, kronor: int, allowed: bool
) -> None:
    if allowed:
        assert decide(basis, [proposal(kind, kronor=kronor)], approval, REGISTER)
    else:
        with pytest.raises(Fault, match="får inte.* besluta om .* enligt delegationsordningen"):
            decide(basis, [proposal(kind, kronor=kronor)], approval, REGISTER)


@pytest.mark.shows("adm-06")
def test_presenter_and_decision_maker_are_two_people(basis: Basis) -> None:
    with pytest.raises(Fault, match="Chefen är både föredragande och beslutsfattare"):
        decide(basis, [proposal(kronor=1)], Approval(DAY, "Chefen", "Chefen"), REGISTER)


@pytest.mark.shows("adm-07")
@pytest.mark.parametrize("biased", ["Chefen", "Handläggaren", "Juristen"])
def test_who_is_biased_takes_no_part_in_that_recipients_case(basis: Basis, biased: str) -> None:
    register = Register((EVERYTHING,), (Bias(biased, "region-01", "är gift med regiondirektören (påhittat)"),))
    with pytest.raises(Fault, match=f"{biased} har anmält jäv: är gift"):
        decide(basis, [proposal(kronor=1)], APPROVAL, register)
    assert decide(basis, [proposal(recipient="region-24", kronor=1)], APPROVAL, register)


@pytest.mark.shows("adm-08")
def test_a_change_replaces_the_earlier_decision_and_only_the_difference_moves(basis: Basis, granted: Decision) -> None:
    change = proposal("change", "B-2", kronor=650, reallocated=100, earlier="B-1")
    [changed] = decide(basis, [change], APPROVAL, REGISTER, earlier=[granted])
    assert changed.replaces is granted
    assert (changed.difference, changed.subject) == (50, "grant")
    assert changed.conditions == granted.conditions
    assert sums(granted, changed) == [750]

    def posting(cause: Any, kronor: int, decision: Decision) -> Posting:
        return Posting(cause, "region-01", kronor, decision.reference, DAY, 2025, basis.fingerprint)

    book = Ledger(2025, 1000).add([posting("allocated", 1000, granted), posting("unclaimed", 400, granted)])
    book = book.add([posting("granted", 600, granted), posting("reallocated", 100, granted)])
    assert book.add([posting("raised", changed.difference, changed)]).totals()["granted"] == changed.total


@pytest.mark.shows("adm-08")
def test_a_correction_may_lower_the_sum_and_says_by_how_much(basis: Basis, granted: Decision) -> None:
    correction = proposal("correction", "B-2", kronor=60, earlier="B-1")
    [corrected] = decide(basis, [correction], APPROVAL, REGISTER, earlier=[granted])
    assert corrected.difference == -640
    assert "Det ersätter beslut B-1; skillnaden är −640\xa0kr" in [step.says for step in corrected.because().steps]


@pytest.mark.shows("adm-08")
@pytest.mark.parametrize(
    ("kind", "more", "says"),
    [
        ("change", {}, "inget tidigare beslut ””"),
        ("claim", {"kronor": 5}, "inget tidigare beslut ””"),
        ("withholding", {"kronor": 5, "earlier": "B-9"}, "inget tidigare beslut ”B-9”"),
        ("change", {"earlier": "B-1", "recipient": "region-24"}, "inget tidigare beslut ”B-1” för mottagaren"),
        ("grant", {"kronor": 5}, "har redan ett beslut om bidrag"),
        ("grant", {"kronor": -5, "recipient": "region-24"}, "Beloppet är mindre än 0"),
        ("closing", {"reference": "B-1"}, "Numret är redan använt"),
    ],
)
def test_a_decision_that_does_not_fit_what_was_decided_before_is_refused(
    basis: Basis, granted: Decision, kind: DecisionKind, more: dict[str, Any], says: str
) -> None:
    wrong = proposal(kind, **{"reference": "B-2", **more})
    with pytest.raises(Fault, match=says):
        decide(basis, [wrong], APPROVAL, REGISTER, earlier=[granted])


@pytest.mark.shows("adm-08")
def test_a_decision_is_replaced_only_once(basis: Basis, granted: Decision) -> None:
    first = proposal("change", "B-2", kronor=1, earlier="B-1")
    second = proposal("correction", "B-3", kronor=2, earlier="B-1")
    with pytest.raises(Fault, match="Beslut B-1 är ersatt av B-2. Utgå från det beslut som gäller"):
        decide(basis, [first, second], APPROVAL, REGISTER, earlier=[granted])
    follows = replace(second, earlier="B-2")
    made = decide(basis, [first, follows], APPROVAL, REGISTER, earlier=[granted])
    assert sums(granted, *made) == [2]


def test_rejection_and_closing_give_no_money_so_they_carry_no_conditions(basis: Basis) -> None:
    rejected, closed = decide(
        basis, [proposal("rejection", "B-1"), proposal("closing", "B-2")], APPROVAL, REGISTER, earlier=[]
    )
    for decision in (rejected, closed):
        assert (decision.total, decision.conditions, decision.report_by) == (0, (), None)
        assert "Beslutet får inte överklagas" in [step.says for step in decision.because().steps]


@pytest.mark.shows("sfs-49")
@pytest.mark.parametrize("kind", ["withholding", "claim", "waiver"])
def test_no_decision_may_be_appealed_not_even_a_claim_or_a_stopped_payment(
    basis: Basis, granted: Decision, kind: DecisionKind
) -> None:
    concerning = proposal(kind, "B-2", kronor=5, earlier="B-1")
    [decision] = decide(basis, [concerning], APPROVAL, REGISTER, earlier=[granted])
    assert decision.earlier is granted
    assert decision.replaces is None
    assert "sfs-49" in {step.cites for step in decision.because().steps}
    assert sums(granted, decision) == [700, 5]


def test_a_decision_keeps_the_fingerprint_of_its_rules_and_is_never_altered(granted: Decision) -> None:
    assert granted.basis.fingerprint == "f" * 64
    with pytest.raises(FrozenInstanceError):
        granted.approval = APPROVAL  # type: ignore[misc]  # that it cannot be set is the point
