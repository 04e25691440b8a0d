"""No small number can be worked out from what is shown, all that is shown is true, and little else is hidden."""

from collections.abc import Collection, Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_visits import BOOK

from statsbidrag.cycle.small_numbers import Margin, Shown, suppress

Table = list[list[int]]
MARGINS: tuple[Margin, ...] = ("rows", "columns", "total")


def tables(height: int, width: int, most: int = 9) -> st.SearchStrategy[Table]:
    row = st.lists(st.integers(0, most), min_size=width, max_size=width)
    return st.lists(row, min_size=height, max_size=height)


def numbers(table: Table) -> list[int]:
    """Every number of a table: its cells, and its totals in the order in which they are shown."""
    cells = [value for row in table for value in row]
    if len(table) == 1:
        return [*cells, sum(cells)]
    return [*cells, *map(sum, table), *map(sum, zip(*table, strict=True)), sum(cells)]


def seen(shown: Shown) -> list[int | None]:
    cells = [value for row in shown.rows for value in row]
    return [*cells, *shown.row_totals, *shown.column_totals, shown.total]


def known_to_reader(table: Table, shown: Shown, known: Collection[Margin]) -> list[int | None]:
    """What a reader has: all that is shown, and the totals that are known from elsewhere."""
    true, height, width = numbers(table), len(table), len(table[0])
    first = height * width
    places: dict[Margin, range] = {"total": range(len(true) - 1, len(true))}
    if height > 1:
        places |= {"rows": range(first, first + height), "columns": range(first + height, first + height + width)}
    told = {at for margin in known for at in places.get(margin, ())}
    return [true[at] if at in told else value for at, value in enumerate(seen(shown))]


def possible(have: list[int | None], height: int, width: int, lowest: int, most: int) -> Iterator[list[int]]:
    """Every table that fits what a reader has, tried one by one: an oracle that knows nothing of nets."""
    cells = have[: height * width]
    for filled in product(*(range(lowest, most + 1) if value is None else (value,) for value in cells)):
        table = [list(filled[row * width : (row + 1) * width]) for row in range(height)]
        every = numbers(table)
        if all(value in (None, true) for value, true in zip(have, every, strict=True)) and all(
            every[at] >= lowest for at, value in enumerate(have) if value is None
        ):
            yield every


def certain(table: Table, shown: Shown, known: Collection[Margin] = ()) -> list[int]:
    """The hidden numbers that a reader can be certain of, who knows whether zeros are shown."""
    have = known_to_reader(table, shown, known)
    lowest = 1 if shown.zeros else 0
    found = list(possible(have, len(table), len(table[0]), lowest, max(map(max, table)) + 2))
    assert numbers(table) in found
    return [at for at, value in enumerate(have) if value is None and len({one[at] for one in found}) == 1]


# A smaller threshold makes the tables that can be tried one by one as telling as larger ones with five.
LIMIT = 3
SMALL_TABLES = st.one_of(tables(1, 3, 6), tables(1, 4, 4), tables(2, 2, 6), tables(2, 3, 4))


@settings(max_examples=150)
@given(SMALL_TABLES)
def test_no_hidden_number_can_be_worked_out(table: Table) -> None:
    assert certain(table, suppress(table, LIMIT)) == []


@settings(max_examples=60)
@given(SMALL_TABLES, st.sets(st.sampled_from(MARGINS), min_size=1))
def test_nor_with_totals_that_are_known_from_elsewhere_unless_those_tell_it_by_themselves(
    table: Table, known: set[Margin]
) -> None:
    shown = suppress(table, LIMIT, known=known)
    everything = Shown(
        tuple((None,) * len(row) for row in table),
        tuple(None for _ in shown.row_totals),
        tuple(None for _ in shown.column_totals),
        None,
        False,
    )
    beyond_help = certain(table, everything, known)
    assert set(certain(table, shown, known)) <= set(beyond_help)


@given(st.one_of(tables(1, 6, 30), tables(4, 5, 30)), st.sets(st.sampled_from(MARGINS)))
def test_what_is_shown_is_true_and_what_is_small_is_not(table: Table, known: set[Margin]) -> None:
    shown = suppress(table, known=known)
    for value, true in zip(seen(shown), numbers(table), strict=True):
        assert value in (None, true)
        if 0 < true < 5:
            assert value is None
        if true == 0:
            assert (value == 0) == shown.zeros or value is None


@settings(max_examples=150)
@given(SMALL_TABLES)
def test_nothing_above_the_threshold_is_hidden_without_need(table: Table) -> None:
    shown, true = suppress(table, LIMIT), numbers(table)
    hidden = {at for at, value in enumerate(seen(shown)) if value is None}
    for at in hidden:
        if true[at] >= LIMIT:
            have = [true[one] if one == at else value for one, value in enumerate(seen(shown))]
            found = list(possible(have, len(table), len(table[0]), 1, max(map(max, table)) + 2))
            assert any(len({each[one] for each in found}) == 1 for one in hidden - {at})


@given(st.one_of(tables(1, 6, 30), tables(4, 5, 30)))
def test_a_table_without_small_numbers_is_shown_whole(table: Table) -> None:
    large = [[value + 5 for value in row] for row in table]
    assert seen(suppress(large)) == numbers(large)


def test_in_a_list_one_more_is_hidden_so_that_the_total_does_not_tell() -> None:
    assert suppress([[3, 40, 12]]).rows == ((None, 40, None),)
    assert suppress([[3, 40, 12]]).total == 55


def test_two_that_can_only_be_one_each_are_not_enough() -> None:
    shown = suppress([[1, 1, 30, 12]])
    assert shown.rows == ((None, None, 30, None),)


def test_the_municipalities_of_a_region_whose_total_is_known_elsewhere() -> None:
    assert suppress([[3, 0, 20, 9]], known=["total"]).rows == ((None, 0, 20, None),)
    only_one = suppress([[3, 0, 0]], known=["total"])
    assert only_one.rows == ((None, None, None),)
    assert not only_one.zeros


def test_without_that_the_total_is_hidden_and_zeros_are_shown() -> None:
    shown = suppress([[3, 0, 0]])
    assert (shown.rows, shown.total, shown.zeros) == (((None, 0, 0),), None, True)


def test_a_small_total_is_a_small_number() -> None:
    shown = suppress([[1, 2, 20], [0, 0, 30]])
    assert shown.column_totals[:2] == (None, None)


def test_a_table_hides_the_cheapest_square() -> None:
    shown = suppress([[3, 40, 12], [20, 25, 9], [0, 7, 30]])
    assert shown.rows == ((None, 40, None), (None, 25, None), (0, 7, 30))
    assert (shown.row_totals, shown.column_totals, shown.total) == ((55, 54, 37), (23, 72, 51), 146)


@pytest.mark.parametrize("table", [[], [[]], [[1], [1, 2]], [[-1, 3]]])
def test_what_is_no_table_of_counts_is_refused(table: Table) -> None:
    with pytest.raises(ValueError, match="rows of one length"):
        suppress(table)


def test_the_threshold_and_what_is_done_with_zero_stand_in_the_rules_with_their_reasons() -> None:
    rules = BOOK.small_numbers
    assert rules.threshold.assumption
    assert rules.zero.assumption
    assert rules.suppress([[4, 5, 60]]).rows == ((None, None, 60),)
