"""A table in JSON-stat 2 gives the right value for every combination of codes, or says what is wrong with it."""

import itertools
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statsbidrag.exchange.json_stat import read_json_stat
from statsbidrag.terms.faults import Fault

THREE = {
    "version": "2.0",
    "class": "dataset",
    "id": ["Region"],
    "size": [3],
    "dimension": {"Region": {"category": {"index": {"a": 0, "b": 1, "c": 2}}}},
    "value": [1, 2, 3],
}


def read(**changed: Any):
    return read_json_stat(json.dumps({**THREE, **changed}).encode(), "tabell.json")


@given(
    st.dictionaries(
        st.sampled_from("abcd"), st.lists(st.text(max_size=2), min_size=1, max_size=4, unique=True), min_size=1
    )
)
def test_every_value_is_found_at_its_codes(dimensions: dict[str, list[str]]):
    sizes = [len(codes) for codes in dimensions.values()]
    cube = read(
        id=list(dimensions),
        size=sizes,
        dimension={name: {"category": {"index": codes}} for name, codes in dimensions.items()},
        value=list(range(math.prod(sizes))),
    )
    everywhere = itertools.product(*dimensions.values())
    assert [cube.value(dict(zip(dimensions, at, strict=True))) for at in everywhere] == list(range(math.prod(sizes)))


def test_codes_stand_where_the_table_places_them():
    cube = read(dimension={"Region": {"category": {"index": {"a": 2, "b": 0, "c": 1}}}})
    assert [cube.value({"Region": code}) for code in "abc"] == [3, 1, 2]


def test_values_given_one_by_one_leave_the_rest_unknown():
    cube = read(value={"1": 7})
    assert [cube.value({"Region": code}) for code in "abc"] == [None, 7, None]


def test_a_single_code_may_have_only_a_label():
    cube = read(size=[1], dimension={"Region": {"category": {"label": {"00": "Riket"}}}}, value=[5])
    assert cube.value({"Region": "00"}) == 5


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "läsa som JSON"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"[1, 2]", "ingen tabell"),
        (b"[" * 100_000, "läsa som JSON"),
        (b'{"value": NaN}', "”NaN” är inget tal"),
        (b'{"dataset": {"value": [1]}}', "JSON-stat 2"),
        (b'{"version": "2.0", "class": "collection"}', "JSON-stat 2"),
        (b'{"version": "2.0", "class": "dataset"}', "variabler"),
        (b'{"version": "2.0", "class": "dataset", "value": [' + b"9" * 5000 + b"]}", "läsa som JSON"),
    ],
)
def test_what_is_no_table_in_json_stat_is_refused(content: bytes, says: str):
    with pytest.raises(Fault, match=says):
        read_json_stat(content, "fel.json")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"size": [2, 2]}, "inte så många koder"),
        ({"value": [1, 2]}, "ska ha 3 värden"),
        ({"value": {"3": 1}}, "ska ha 3 värden"),
        ({"value": {"²": 1}}, "ska ha 3 värden"),
        ({"value": [1, 2, "3"]}, "värde 3: ”3” är inget tal"),
        ({"value": [1, True, 3]}, "värde 2: ”True” är inget tal"),
        ({"dimension": {"Region": {}}}, "variabeln Region: Koderna saknas"),
        ({"dimension": {"Region": {"category": {"index": ["a", "a", "b"]}}}}, "Koderna saknas"),
        ({"dimension": {"Region": {"category": {"index": {"a": 0, "b": 2, "c": 3}}}}}, "Koderna saknas"),
        ({"dimension": {"Region": {"category": {"index": {"a": "0", "b": 1, "c": 2}}}}}, "Koderna saknas"),
    ],
)
def test_a_broken_table_is_refused_at_its_place(change: dict[str, object], says: str):
    with pytest.raises(Fault, match=says):
        read(**change)
