"""What a region's register tells the reports is true, and nobody's few visits can be worked out from all of it."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_visits import BOOK

from statsbidrag.cycle.register_figures import Figures, RegisteredVisit, released, tallied

LEAST = BOOK.small_numbers.threshold.value


def visits(families: Mapping[str, int], each: int = 1) -> list[RegisteredVisit]:
    """As many families as told by municipality, with some visits each."""
    return [
        RegisteredVisit("Karla", f"{code} {number}", code, 2, frozenset({"preschool"}))
        for code, many in families.items()
        for number in range(many)
        for _ in range(each)
    ]


def told(made: list[RegisteredVisit]) -> Mapping[str, Figures]:
    return released(*tallied(made), BOOK.small_numbers)


def number(figures: Figures, name: str) -> int:
    value = figures[name].value
    assert isinstance(value, int)
    return value


def test_all_is_told_where_nothing_is_small() -> None:
    figures = told(visits({"1880": 12, "1885": 6}, each=2))
    assert (figures[""]["visits"].value, figures[""]["families"].value) == (36, 18)
    assert (figures["1885"]["visits"].value, figures["1885"]["families"].value) == (12, 6)


@pytest.mark.parametrize(
    ("families", "shown"),
    [
        ({"1880": 16, "1885": 2}, {""}),  # eight visits of two families: these could be subtracted out
        ({"1880": 50, "1885": 3, "1884": 1}, {""}),  # the two small ones together are four
        ({"1880": 50, "1885": 3, "1884": 4}, {"", "1880"}),
        ({"1880": 30, "1885": 20, "": 2}, {"", "1880"}),  # the municipality of some is not known
        ({"1880": 3}, set()),
        ({"1880": 3, "1885": 1}, set()),
    ],
)
def test_a_municipality_with_few_families_is_told_nothing_nor_what_it_could_be_worked_out_from(
    families: dict[str, int], shown: set[str]
) -> None:
    assert {code for code, figures in told(visits(families, each=4)).items() if figures} == shown


def test_a_list_does_not_tell_how_many_have_what_is_not_in_it() -> None:
    made = visits({"1880": 20})
    made += [RegisteredVisit("Karla", "one", "1880", 14, frozenset({"library"}))]
    own = told(made)[""]
    assert (own["ages"].value, own["ages"].counted, own["contacts"].counted) == (["age_0"], 21, 21)


def test_of_no_visits_only_that_is_told() -> None:
    assert {name: figure.value for name, figure in told([])[""].items()} == {"visits": 0}


@given(st.dictionaries(st.sampled_from(["", "1", "2", "3", "4"]), st.integers(1, 12), min_size=1), st.integers(1, 3))
def test_what_is_not_told_is_never_few_together(families: dict[str, int], each: int) -> None:
    figures = told(visits(families, each))
    for name in ("visits", "families") if figures[""] else ():
        own = sum(number(figures[code], name) for code in figures if code and figures[code])
        assert not 0 < number(figures[""], name) - own < LEAST


def test_families_that_two_municipalities_share_do_not_tell_of_a_third() -> None:
    made = visits({"1880": 20, "1885": 10, "1884": 6})
    made += [RegisteredVisit("Karla", "1880 0", "1885", 2, frozenset()), *visits({"1861": 3})]
    figures = told(made)
    assert not figures["1861"]
    shown = sum(number(figures[code], "families") for code in figures if code and figures[code])
    assert number(figures[""], "families") - shown >= LEAST
