from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statsbidrag.cycle.round import Round
from statsbidrag.cycle.step_3_reallocation import Reallocation, reallocate
from statsbidrag.rulebook.places import SHIPPED
from statsbidrag.rulebook.rounds import read_round
from statsbidrag.terms.sources import Stated

CEILINGS = {"a": 600, "b": 300, "c": 100}
RULES_2025 = read_round(SHIPPED / "rounds" / "2025.toml").reallocation


@pytest.mark.shows("sfs-21", "sfs-22", "anv-09")
def test_what_nobody_requisitioned_goes_to_those_who_asked_for_more_by_their_ceilings(round_2025: Round) -> None:
    done = reallocate(round_2025.reallocation, CEILINGS, {"b": 300, "c": 100}, {"b": None, "c": None})
    assert (done.left, done.shares, done.stays) == (600, {"b": 450, "c": 150}, 0)


def test_who_said_no_gets_nothing_more(round_2025: Round) -> None:
    done = reallocate(round_2025.reallocation, CEILINGS, {"b": 300, "c": 100}, {"c": None})
    assert done.shares == {"c": 600}


def test_who_left_some_of_its_own_may_still_get_a_share_of_it(round_2025: Round) -> None:
    done = reallocate(round_2025.reallocation, CEILINGS, {"a": 500, "b": 300, "c": 100}, {"a": None})
    assert (done.left, done.shares) == (100, {"a": 100})


@pytest.mark.shows("adm-21")
def test_nobody_gets_more_than_it_wants_and_the_others_share_the_rest(round_2025: Round) -> None:
    done = reallocate(round_2025.reallocation, CEILINGS, {"b": 300, "c": 100}, {"b": 200, "c": None})
    assert (done.shares, done.stays) == ({"b": 200, "c": 400}, 0)
    steps = done.because("b").steps
    assert "Ni vill ha högst 200" in steps[-1].says
    assert steps[-1].cites == "adm-21"


def test_when_all_have_what_they_want_the_rest_stays_and_says_so(round_2025: Round) -> None:
    done = reallocate(round_2025.reallocation, CEILINGS, {"b": 300, "c": 100}, {"b": 200, "c": 10})
    assert (done.shares, done.stays) == ({"b": 200, "c": 10}, 390)
    assert done.because_stays().says == "Alla som vill ha mer har fått så mycket som de högst vill ha"


@pytest.mark.parametrize("willing", [{}, {"d": None}])
def test_when_nobody_can_take_it_everything_stays_and_says_so(
    round_2025: Round, willing: dict[str, int | None]
) -> None:
    done = reallocate(round_2025.reallocation, {**CEILINGS, "d": 0}, {"a": 600}, willing)
    assert done.stays == 400
    assert done.because_stays().says == "Ingen har angett att den vill ha mer"


def test_when_everything_is_requisitioned_there_is_nothing_to_share(round_2025: Round) -> None:
    done = reallocate(round_2025.reallocation, CEILINGS, CEILINGS, {"a": None})
    assert (done.left, done.shares) == (0, {"a": 0})
    assert done.because_stays().says == "Allt är rekvirerat"


def test_2024_had_no_reallocation(round_2024: Round) -> None:
    done = reallocate(round_2024.reallocation, CEILINGS, {"b": 300}, {"b": None})
    assert (done.shares, done.stays) == ({"b": 0}, 700)
    assert done.because_stays().assumption.startswith("Utlysningen 2024 nämner ingen omfördelning")


def test_a_limit_is_ignored_where_the_round_has_none(round_2025: Round) -> None:
    rules = replace(round_2025.reallocation, at_most=Stated(False, assumption="för provet"))
    assert reallocate(rules, CEILINGS, {"b": 300, "c": 100}, {"b": 1}).shares == {"b": 600}


def test_every_share_says_why(round_2025: Round) -> None:
    done = reallocate(round_2025.reallocation, CEILINGS, {"b": 300, "c": 100}, {"b": None, "c": None})
    because = done.because("b")
    assert because.value == 450
    assert {"sfs-21", "sfs-22"} <= {step.cites for step in because.steps}
    assert "75,0000 % av allas" in because.steps[-1].says
    assert because.steps[-1].assumption


@pytest.mark.parametrize(
    ("requested", "willing"), [({"a": 601}, {}), ({"x": 1}, {}), ({}, {"x": None}), ({"a": -1}, {}), ({}, {"a": -1})]
)
def test_what_step_2_lets_through_never_passes_a_ceiling(
    round_2025: Round, requested: dict[str, int], willing: dict[str, int | None]
) -> None:
    with pytest.raises(ValueError, match="has no ceiling, asks for more than it, or limits its wish below 0"):
        reallocate(round_2025.reallocation, CEILINGS, requested, willing)


ROUNDS = st.lists(
    st.tuples(st.integers(0, 10**9), st.fractions(0, 1), st.booleans(), st.none() | st.integers(0, 10**9)),
    min_size=1,
    max_size=30,
)


def _played(each: list[tuple[int, Fraction, bool, int | None]]) -> Reallocation:
    names = [f"k{number:02d}" for number in range(len(each))]
    by_name = dict(zip(names, each, strict=True))
    ceilings = {name: ceiling for name, (ceiling, *_) in by_name.items()}
    requested = {name: int(ceiling * part) for name, (ceiling, part, *_) in by_name.items()}
    willing = {name: most for name, (_, _, wants, most) in by_name.items() if wants}
    return reallocate(RULES_2025, ceilings, requested, willing)


@given(ROUNDS)
def test_no_krona_is_lost_or_made_and_every_limit_holds(each: list[tuple[int, Fraction, bool, int | None]]) -> None:
    done = _played(each)
    assert sum(done.shares.values()) + done.stays == done.left
    assert done.stays >= 0
    assert all(0 <= kronor <= done.at_most.get(key, done.left) for key, kronor in done.shares.items())
    if done.stays:
        open_ = [key for key in done.shares if done.weights[key] and done.shares[key] != done.at_most.get(key)]
        assert open_ == []


def _water_level(left: int, weights: dict[str, int], limits: dict[str, int]) -> Fraction | None:
    """The kronor per krona of ceiling at which everything is given, found by trying every limit; None: all are full."""
    steps = {key: Fraction(most, weights[key]) for key, most in limits.items()}

    def given_at(level: Fraction) -> Fraction:
        return sum((min(level, steps.get(key, level)) * weight for key, weight in weights.items()), Fraction(0))

    reached = next((level for level in sorted(steps.values()) if given_at(level) >= left), None)
    full = {key for key, step in steps.items() if reached is None or step < reached}
    open_ = sum(weight for key, weight in weights.items() if key not in full)
    return Fraction(left - sum(limits[key] for key in full), open_) if open_ else None


@given(ROUNDS)
def test_all_share_at_one_level_up_to_their_limits_and_to_the_krona(
    each: list[tuple[int, Fraction, bool, int | None]],
) -> None:
    done = _played(each)
    weights = {key: done.weights[key] for key in done.shares if done.weights[key]}
    limits = {key: most for key, most in done.at_most.items() if key in weights}
    level = _water_level(done.left, weights, limits)
    for key, weight in weights.items():
        bounds = [] if level is None else [level * weight]
        bounds += [Fraction(limits[key])] if key in limits else []
        assert abs(done.shares[key] - min(bounds)) < 1
