import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import decimal_comma, grouped, in_words, read_kronor, round_half_away, round_to, share_out

weights = st.dictionaries(st.text("0123456789", min_size=1, max_size=4), st.integers(0, 10**12), min_size=1)


@given(st.integers(0, 10**12), weights)
def test_the_parts_always_add_up_to_the_total(total: int, by_code: dict[str, int]) -> None:
    if sum(by_code.values()):
        assert sum(share_out(total, by_code).values()) == total


@given(st.integers(0, 10**12), weights)
def test_no_part_is_a_krona_or_more_from_its_exact_share(total: int, by_code: dict[str, int]) -> None:
    whole = sum(by_code.values())
    if whole:
        for code, part in share_out(total, by_code).items():
            assert abs(part - Fraction(total * by_code[code], whole)) < 1


@given(st.integers(0, 10**12), weights, st.randoms(use_true_random=False))
def test_the_order_in_which_the_weights_come_changes_nothing(
    total: int, by_code: dict[str, int], chance: random.Random
) -> None:
    if sum(by_code.values()):
        shuffled = list(by_code.items())
        chance.shuffle(shuffled)
        assert share_out(total, dict(shuffled)) == share_out(total, by_code)


def test_the_krona_left_over_goes_to_the_largest_remainder_and_ties_by_code() -> None:
    assert share_out(10, {"b": 1, "a": 1, "c": 1}) == {"b": 3, "a": 4, "c": 3}
    assert share_out(100, {"01": 1, "02": 2}) == {"01": 33, "02": 67}


def test_money_without_any_weight_to_share_it_by_is_refused() -> None:
    with pytest.raises(ValueError, match="no weight"):
        share_out(1, {"a": 0})
    assert share_out(0, {"a": 0}) == {"a": 0}


def test_a_negative_amount_or_weight_is_refused() -> None:
    for total, by_code in [(-1, {"a": 1}), (1, {"a": -1, "b": 2})]:
        with pytest.raises(ValueError, match="never negative"):
            share_out(total, by_code)


@pytest.mark.shows("sth-08")
def test_2_7_per_cent_of_16_259_682_kr_rounds_to_439_000_in_whole_thousands() -> None:
    exact = Fraction("0.027") * 16_259_682
    assert decimal_comma(exact, 2) == "439\u00a0011,41"
    assert round_to(exact, 1000) == 439_000


@pytest.mark.parametrize(("number", "rounded"), [("0.5", 1), ("-0.5", -1), ("2.5", 3), ("2.4999", 2)])
def test_halves_round_away_from_zero(number: str, rounded: int) -> None:
    assert round_half_away(Fraction(number)) == rounded


@pytest.mark.parametrize(
    "written", ["16 259 682 kr", "16259682", " 16\u00a0259\u00a0682 kronor", "16 259 682:-", "16\u202f259\u202f682 SEK"]
)
def test_an_amount_is_read_as_people_write_it(written: str) -> None:
    assert read_kronor(written, "belopp") == 16_259_682


@pytest.mark.parametrize("written", ["", "1.5", "1,5", "16.259.682", "ett", "1 2345", "1e6", "٣", "12 kr kr"])
def test_what_is_no_whole_amount_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(Fault, match="inte ett belopp i hela kronor. Skriv till exempel"):
        read_kronor(written, "belopp")


@given(st.integers(-(10**15), 10**15))
def test_what_is_written_is_read_back(amount: int) -> None:
    assert read_kronor(in_words(amount), "belopp") == amount


def test_a_negative_number_has_a_real_minus_sign() -> None:
    assert grouped(-1234) == "−1\u00a0234"
