from fractions import Fraction
from functools import cache

import duckdb
import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_rules import SCOPE, answers, conditions, numbers

from statsbidrag.exchange.columns import column
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.language import Answer, Rule, read_rule
from statsbidrag.terms.language.tree import Condition, Number
from statsbidrag.terms.language.writing import written

TYPES = {
    "month": "int8",
    "contacts": "int32",
    "report.kronor": "int64",
    "place": "string",
    "clinic": "string",
    "professions": "array<string>",
    "codes": "string",
}
VISITS = ibis.table(TYPES, name="visits")
IN_DUCKDB = {
    "int8": "TINYINT",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "uint64": "UBIGINT",
    "decimal(20, 0)": "DECIMAL(20, 0)",
    "string": "VARCHAR",
    "array<string>": "VARCHAR[]",
}

Answers = dict[str, Answer]
Rows = list[Answers]


def condition(text: str) -> Rule:
    return read_rule(text, SCOPE, expects="condition", where="visits.toml", for_columns=True)


def number(text: str) -> Rule:
    return read_rule(text, SCOPE, expects="number", where="visits.toml", for_columns=True)


@cache
def engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def computed(rule: Rule, rows: Rows, types: dict[str, str] = TYPES) -> list[object]:
    """What the engine makes of the rule on each row, with numbers as the core has them."""
    columns = ", ".join(f'"{id}" {IN_DUCKDB[kind]}' for id, kind in {"line": "int32", **types}.items())
    engine().execute(f"CREATE OR REPLACE TEMP TABLE visits ({columns})")
    places = ", ".join("?" * (len(types) + 1))
    stored = [[line, *(cell(row.get(id), kind) for id, kind in types.items())] for line, row in enumerate(rows)]
    engine().executemany(f"INSERT INTO visits VALUES ({places})", stored)
    visits = ibis.table({"line": "int32", **types}, name="visits")
    query = visits.select("line", come_to=column(rule, visits)).order_by("line")
    found = engine().execute(ibis.to_sql(query, dialect="duckdb")).fetchall()
    return [value if isinstance(value, bool) or value is None else Fraction(value) for _, value in found]


def cell(answer: Answer, kind: str) -> object:
    if isinstance(answer, frozenset):
        return "|".join(sorted(answer)) if kind == "string" else sorted(answer)
    return answer


rows = st.lists(answers(), min_size=1, max_size=6)


@given(conditions(for_columns=True), rows)
def test_a_condition_over_columns_comes_to_what_it_does_in_the_core(made_up: Condition, rows: Rows) -> None:
    same = condition(written(made_up))
    assert computed(same, rows) == [same.holds(row) for row in rows]


@given(numbers(for_columns=True), rows)
def test_a_number_over_columns_comes_to_what_it_does_in_the_core(made_up: Number, rows: Rows) -> None:
    same = number(written(made_up))
    assert computed(same, rows) == [same.number(row) for row in rows]


@given(conditions(for_columns=True), rows)
def test_multiple_choices_may_be_lists_or_texts_and_numbers_of_any_width(made_up: Condition, rows: Rows) -> None:
    types = {**TYPES, "month": "int64", "professions": "string", "codes": "array<string>"}
    same = condition(written(made_up))
    assert computed(same, rows, types) == [same.holds(row) for row in rows]


LARGEST, SMALLEST = 2**63 - 1, -(2**63)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("report.kronor + report.kronor", {"report.kronor": LARGEST}),
        ("report.kronor - 1", {"report.kronor": SMALLEST}),
        ("report.kronor * report.kronor", {"report.kronor": SMALLEST}),
        ("month * month * month", {"month": -128}),
        ("month + 300", {"month": 127}),
        ("month + 1000000 * 1000000", {"month": 1}),
        ("count(codes) * 1000000000000", {"codes": frozenset({"ZV509"})}),
        ("0 - report.kronor", {"report.kronor": SMALLEST}),
    ],
)
def test_no_sum_or_product_overflows(text: str, row: Answers) -> None:
    assert computed(number(text), [row]) == [number(text).number(row)]


@pytest.mark.parametrize("kind", ["uint64", "decimal(20, 0)"])
def test_whole_numbers_of_other_kinds_may_go_below_nought(kind: str) -> None:
    rows: Rows = [{"report.kronor": 2**64 - 1}, {"report.kronor": 0}]
    assert computed(number("0 - report.kronor"), rows, {"report.kronor": kind}) == [1 - 2**64, 0]


def test_a_code_is_never_found_inside_another() -> None:
    rows: Rows = [{"codes": frozenset({"ZV509", "AV034"})}, {"codes": frozenset({"ZV50"})}]
    assert computed(condition("codes has ZV50"), rows) == [False, True]


def test_a_code_that_stands_twice_is_counted_once() -> None:
    for kind, twice in (("string", "ZV509|AV034|ZV509"), ("array<string>", ["ZV509", "AV034", "ZV509"])):
        engine().execute(f"CREATE OR REPLACE TEMP TABLE visits AS SELECT ?::{IN_DUCKDB[kind]} AS codes", [twice])
        counted = column(number("count(codes)"), ibis.table({"codes": kind}, name="visits"))
        assert engine().execute(ibis.to_sql(counted, dialect="duckdb")).fetchall() == [(2,)]


@pytest.mark.parametrize(
    ("types", "why"),
    [
        ({"place": "string"}, "den finns inte i tabellen."),
        ({"month": "float64"}, "den har typen float64."),
        ({"month": "decimal(9, 2)"}, "den har typen decimal(9, 2)."),
        ({"month": "string"}, "den har typen string."),
    ],
)
def test_a_column_that_is_missing_or_of_another_type_is_told(types: dict[str, str], why: str) -> None:
    with pytest.raises(Fault) as caught:
        column(condition("month > 0"), ibis.table(types, name="visits"))
    assert (caught.value.where, caught.value.why) == ("kolumnen ”month”", why)


def test_a_rule_that_was_not_read_for_columns_is_refused() -> None:
    divides = read_rule("month / contacts > 2", SCOPE, expects="condition", where="")
    with pytest.raises(ValueError, match="not read as a rule for columns"):
        column(divides, VISITS)


@pytest.mark.parametrize("dialect", ["duckdb", "pyspark"])
@pytest.mark.parametrize(
    "text",
    [
        "codes has ZV509 and professions has nurse and professions has social",
        "place is extra or not clinic in (A1, B2) and month >= -3",
        "count(codes) + count(professions) > 2",
        "month * contacts - report.kronor <= 1000",
    ],
)
def test_the_same_rule_is_understood_by_the_engine_of_one_machine_and_that_of_many(text: str, dialect: str) -> None:
    assert ibis.to_sql(column(condition(text), VISITS), dialect=dialect)
