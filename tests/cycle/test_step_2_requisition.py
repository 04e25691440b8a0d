from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statsbidrag.cycle.round import Round
from statsbidrag.cycle.step_2_check import check
from statsbidrag.cycle.step_2_intake import gather
from statsbidrag.cycle.step_2_requisition import Requisition, State
from statsbidrag.rulebook.places import SHIPPED
from statsbidrag.rulebook.rounds import read_round
from statsbidrag.terms.dates import SWEDISH_TIME
from statsbidrag.terms.faults import Fault

CEILINGS = {"region-01": 1000, "region-24": 500, "municipality-0180": 300}
WHOLE = Requisition(
    reference="R-1",
    recipient="region-01",
    arrived=datetime(2025, 4, 2, 9, 30, tzinfo=SWEDISH_TIME),
    amount=1000,
    wants_more=True,
    other_support=False,
    giro="5050-1055",
    agent="Ombud (påhittat)",
)
AFTER = date(2025, 4, 30)
SHIPPED_2025 = read_round(SHIPPED / "rounds" / "2025.toml")


def changed(**change: Any) -> Requisition:
    return replace(WHOLE, **change)


@pytest.mark.shows("sfs-16", "anv-08", "sth-28")
@pytest.mark.parametrize("recipient", ["region-01", "municipality-0180"])
def test_regions_and_municipalities_requisition_directly_without_an_application(
    round_2025: Round, recipient: str
) -> None:
    review = check(changed(recipient=recipient, amount=300), round_2025.requisition, CEILINGS)
    assert review.state == "accepted"


@pytest.mark.shows("utl-11")
def test_in_2024_only_regions_requisition(round_2024: Round) -> None:
    early = datetime(2024, 3, 1, tzinfo=SWEDISH_TIME)
    rules = round_2024.requisition
    assert check(changed(arrived=early), rules, CEILINGS).state == "accepted"
    municipality = check(changed(arrived=early, recipient="municipality-0180", amount=300), rules, CEILINGS)
    assert municipality.state == "rejected"
    assert municipality.because().steps[0].says == "Bara regioner kan rekvirera bidraget."


def test_a_federation_of_municipalities_cannot_requisition(round_2025: Round) -> None:
    assert check(changed(recipient="federation-kson"), round_2025.requisition, CEILINGS).state == "rejected"


@pytest.mark.shows("sfs-17", "anv-34", "adm-10")
@pytest.mark.parametrize(
    ("arrived", "state"),
    [
        (datetime(2025, 4, 29, 23, 59, 59, tzinfo=SWEDISH_TIME), "accepted"),
        (datetime(2025, 4, 29, 21, 59, 59, tzinfo=UTC), "accepted"),
        (datetime(2025, 4, 29, 22, 0, tzinfo=UTC), "rejected"),
        (datetime(2025, 4, 30, 0, 0, tzinfo=SWEDISH_TIME), "rejected"),
    ],
)
def test_the_day_of_arrival_counts_by_swedish_time(round_2025: Round, arrived: datetime, state: State) -> None:
    review = check(changed(arrived=arrived), round_2025.requisition, CEILINGS)
    assert review.state == state
    if state == "rejected":
        [step] = review.because().steps
        assert step.says == "Rekvisitionen kom in den 30 april 2025, efter sista dagen, som var den 29 april 2025."
        assert step.cites == "anv-34"


@pytest.mark.shows("utl-03")
def test_the_last_day_of_2024_was_5_april(round_2024: Round) -> None:
    arrived = datetime(2024, 4, 5, 12, tzinfo=SWEDISH_TIME)
    assert check(changed(arrived=arrived), round_2024.requisition, CEILINGS).counts
    assert not check(changed(arrived=arrived + timedelta(days=1)), round_2024.requisition, CEILINGS).counts


@pytest.mark.shows("sfs-18", "sfs-19", "sfs-20", "adm-10")
@pytest.mark.parametrize(
    ("change", "says", "cites"),
    [
        ({"recipient": ""}, "vilken kommun eller region som rekvirerar bidraget", "sfs-18"),
        ({"amount": None}, "rekvirerat belopp", "sfs-19"),
        ({"wants_more": None}, "vill ta del av eventuella medel som inte har rekvirerats", "sfs-20"),
    ],
)
def test_without_one_of_the_three_facts_it_does_not_count_but_may_be_completed(
    round_2025: Round, change: dict[str, Any], says: str, cites: str
) -> None:
    review = check(changed(**change), round_2025.requisition, CEILINGS)
    assert (review.state, review.counts) == ("to complete", False)
    [step] = review.because().steps
    assert says in step.says
    assert step.cites == cites


def test_in_2024_nobody_was_asked_whether_it_wanted_more(round_2024: Round) -> None:
    arrived = datetime(2024, 3, 1, tzinfo=SWEDISH_TIME)
    assert check(changed(arrived=arrived, wants_more=None), round_2024.requisition, CEILINGS).state == "accepted"


@pytest.mark.shows("utl-21", "adm-10")
@pytest.mark.parametrize("amount", [1001, 0, -1])
def test_an_amount_above_the_ceiling_or_not_above_0_is_sent_back_for_completion(round_2025: Round, amount: int) -> None:
    review = check(changed(amount=amount), round_2025.requisition, CEILINGS)
    assert (review.state, review.counts) == ("to complete", False)


@pytest.mark.shows("sfs-15", "anv-28")
def test_who_has_other_public_support_is_rejected_and_who_does_not_say_is_asked(round_2025: Round) -> None:
    rules = round_2025.requisition
    assert check(changed(other_support=True), rules, CEILINGS).state == "rejected"
    unanswered = check(changed(other_support=None), rules, CEILINGS)
    assert (unanswered.state, unanswered.counts) == ("to complete", True)


@pytest.mark.shows("anv-32", "utl-14", "utl-19", "adm-10")
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"channel": "paper"}, "Rekvisitionen kom på papper, inte i e-tjänsten. Bekräfta den i e-tjänsten."),
        ({"channel": "e-mail"}, "Rekvisitionen kom med e-post, inte i e-tjänsten. Bekräfta den i e-tjänsten."),
        ({"agent": ""}, "Rekvisitionen är inte lämnad av ett godkänt ombud. Låt ert ombud bekräfta den."),
        ({"giro": ""}, "Bankgiro eller plusgiro saknas. Ange vart vi ska betala ut bidraget."),
        ({"at_most": 0}, "”Högst … kr” är inte större än 0. Rätta beloppet, eller lämna det tomt."),
    ],
)
def test_what_else_is_lacking_is_asked_for_but_the_requisition_has_come_in(
    round_2025: Round, change: dict[str, Any], says: str
) -> None:
    review = check(changed(**change), round_2025.requisition, CEILINGS)
    assert (review.state, review.counts) == ("to complete", True)
    assert review.because().steps[0].says == says


def test_a_giro_number_with_a_wrong_check_digit_is_asked_for_again(round_2025: Round) -> None:
    review = check(changed(giro="5050-1056"), round_2025.requisition, CEILINGS)
    assert (review.state, review.counts) == ("to complete", True)


def test_who_asks_for_less_may_still_want_more_and_is_told_so(round_2025: Round) -> None:
    review = check(changed(amount=400), round_2025.requisition, CEILINGS)
    assert review.state == "accepted"
    assert review.because().steps[0].says.startswith("Ni rekvirerar mindre än ert högsta belopp")


@pytest.mark.shows("adm-21")
def test_who_abstains_is_not_reminded_and_may_decline_after_the_last_day(round_2025: Round) -> None:
    abstains = changed(
        reference="R-2", abstains=True, amount=None, wants_more=None, arrived=WHOLE.arrived.replace(month=5)
    )
    intake = gather([WHOLE, abstains], round_2025.requisition, CEILINGS, AFTER)
    assert [review.state for review in intake.reviews] == ["replaced", "abstained"]
    assert intake.requested == {}
    assert intake.to_remind(CEILINGS) == ("region-24", "municipality-0180")


@pytest.mark.shows("adm-21")
def test_the_wish_for_more_may_have_a_limit(round_2025: Round) -> None:
    intake = gather([changed(at_most=50)], round_2025.requisition, CEILINGS, AFTER)
    assert intake.willing == {"region-01": 50}


def test_the_last_version_on_time_counts_and_the_others_are_kept(round_2025: Round) -> None:
    versions = [
        WHOLE,
        changed(reference="R-2", amount=700, arrived=WHOLE.arrived + timedelta(days=1)),
        changed(reference="R-3", amount=900, arrived=WHOLE.arrived + timedelta(days=40)),
    ]
    intake = gather(reversed(versions), round_2025.requisition, CEILINGS, AFTER)
    assert [review.state for review in intake.reviews] == ["replaced", "accepted", "rejected"]
    assert intake.requested == {"region-01": 700}


@pytest.mark.shows("adm-10")
def test_a_completion_may_come_after_the_last_day_but_not_after_its_own(round_2025: Round) -> None:
    above = changed(amount=1001)
    completed = changed(reference="R-2", completes="R-1", arrived=datetime(2025, 5, 9, 12, tzinfo=SWEDISH_TIME))
    late = replace(completed, arrived=completed.arrived + timedelta(days=1))
    rules = round_2025.requisition
    assert gather([above, completed], rules, CEILINGS, date(2025, 5, 10)).requested == {"region-01": 1000}
    refused = gather([above, late], rules, CEILINGS, date(2025, 5, 10))
    assert [review.state for review in refused.reviews] == ["rejected", "rejected"]
    assert "Ingen komplettering kom in senast den 9 maj 2025." in refused.reviews[0].because().steps[-1].says


def test_nobody_completes_the_requisition_of_another(round_2025: Round) -> None:
    other = changed(reference="R-2", recipient="region-24", amount=500, completes="R-1", arrived=WHOLE.arrived)
    late = replace(other, arrived=other.arrived + timedelta(days=30))
    intake = gather([WHOLE, late], round_2025.requisition, CEILINGS, AFTER)
    assert [review.state for review in intake.reviews] == ["accepted", "rejected"]


def test_a_completion_may_tell_who_it_was(round_2025: Round) -> None:
    nameless = changed(recipient="")
    named = changed(reference="R-2", completes="R-1", arrived=WHOLE.arrived + timedelta(days=1))
    intake = gather([nameless, named], round_2025.requisition, CEILINGS, AFTER)
    assert [review.state for review in intake.reviews] == ["replaced", "accepted"]


def test_two_requisitions_never_share_a_number(round_2025: Round) -> None:
    with pytest.raises(Fault, match="rekvisition R-1: Två rekvisitioner har samma nummer"):
        gather([WHOLE, WHOLE], round_2025.requisition, CEILINGS, AFTER)


@pytest.mark.shows("utl-02", "utl-04", "adm-30")
@pytest.mark.parametrize(
    ("today", "says"),
    [
        (date(2024, 2, 5), "Öppnar för rekvisition den 6 februari 2024"),
        (date(2024, 2, 6), "Öppen för rekvisition, 59 dagar kvar"),
        (date(2024, 4, 4), "Öppen för rekvisition, 1 dag kvar"),
        (date(2024, 4, 5), "Öppen för rekvisition, sista dagen i dag"),
        (date(2024, 4, 6), "Stängd för rekvisition"),
    ],
)
def test_the_round_says_how_long_it_is_open_and_never_speaks_of_applying(
    round_2024: Round, today: date, says: str
) -> None:
    assert round_2024.requisition.window(today) == says


@pytest.mark.shows("utl-17")
def test_the_time_that_an_agents_application_takes_is_told(round_2024: Round) -> None:
    assert round_2024.requisition.agent_time.value == "en månad"


RANDOM = st.builds(
    Requisition,
    reference=st.just(""),
    recipient=st.sampled_from([*CEILINGS, "", "region-99", "federation-kson"]),
    arrived=st.integers(0, 80 * 24).map(lambda hours: datetime(2025, 3, 1, tzinfo=UTC) + timedelta(hours=hours)),
    amount=st.none() | st.integers(-10, 1100),
    wants_more=st.none() | st.booleans(),
    at_most=st.none() | st.integers(-5, 500),
    abstains=st.booleans(),
    other_support=st.none() | st.booleans(),
    giro=st.sampled_from(["", "5050-1055", "1"]),
    agent=st.sampled_from(["", "Ombud"]),
    channel=st.sampled_from(["e-service", "e-mail", "paper"]),
    completes=st.sampled_from(["", "R-0", "R-1", "R-2"]),
)


@given(st.lists(RANDOM, max_size=8), st.dates(date(2025, 4, 1), date(2025, 6, 1)))
def test_nothing_that_comes_in_is_lost_and_nobody_gets_above_its_ceiling(came: list[Requisition], today: date) -> None:
    numbered = [replace(requisition, reference=f"R-{number}") for number, requisition in enumerate(came)]
    intake = gather(numbered, SHIPPED_2025.requisition, CEILINGS, today)
    assert sorted(review.requisition.reference for review in intake.reviews) == sorted(
        one.reference for one in numbered
    )
    assert all(0 < kronor <= CEILINGS[recipient] for recipient, kronor in intake.requested.items())
    counting = [review.requisition.recipient for review in intake.reviews if review.counts]
    assert len(counting) == len(set(counting))
    assert intake.willing.keys() <= intake.requested.keys()
    for review in intake.reviews:
        assert review.state in ("accepted", "abstained") or review.because().steps
