"""The difference between two years' ceilings is split by cause, and the parts are the difference, to the krona."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statsbidrag.cycle.comparison import CAUSES, Change, Comparison, compare
from statsbidrag.cycle.step_1_allocation import Allocation, AllocationRules, ChildrenTable, Count, allocate
from statsbidrag.rulebook.reading import read_table, read_toml
from statsbidrag.rulebook.tables import read_children, read_recipients
from statsbidrag.terms.parties import Kind, Recipient
from statsbidrag.terms.sources import Stated

CODES = ("0101", "0102", "0201", "0202", "0203")
RECIPIENTS = [
    *(Recipient("region", code, f"Region {code}", "", code, "") for code in ("01", "02")),
    *(Recipient("municipality", code, f"Kommun {code}", "", code[:2], "") for code in CODES),
]


def stated(**values: Any) -> dict[str, Stated[Any]]:
    return {name: Stated(value, assumption="Exempel") for name, value in values.items()}


RULES = AllocationRules(
    **stated(
        pot=1_000_000,
        split={"region": Fraction(1, 2), "municipality": Fraction(1, 2)},
        by_children=Fraction(1, 2),
        by_exposed=Fraction(1, 2),
        ages="0–5 år",
        area_types=(1, 2),
        population_year=2023,
        area_vintage="RegSO 2020",
        rounding="largest remainder",
        listed="lista",
    ),
    children="t",
)
TABLE = ChildrenTable(
    "t",
    True,
    "Exempel",
    2023,
    "RegSO 2020",
    dict(zip(CODES, (Count(90, 9), Count(500, 77), Count(310, 0), Count(40, 40), Count(7, 1)), strict=True)),
)


def listed(rules: AllocationRules = RULES, table: ChildrenTable = TABLE) -> Allocation:
    return allocate(rules, RECIPIENTS, table)


def with_rules(**values: Any) -> AllocationRules:
    return replace(RULES, **stated(**values))


def with_counts(year: int, vintage: str, counts: list[tuple[int, int]]) -> ChildrenTable:
    each = {code: Count(all_, exposed) for code, (all_, exposed) in zip(CODES, counts, strict=True)}
    return ChildrenTable("ny", True, "Exempel", year, vintage, each)


NEW_COUNTS = [(95, 12), (480, 70), (330, 10), (45, 45), (9, 0)]


def moved(comparison: Comparison) -> set[str]:
    """The causes whose step changed somebody's ceiling."""
    return {cause for change in comparison.changes for cause, kronor in change.parts.items() if kronor}


@pytest.fixture(scope="module")
def real(rules: Path) -> Comparison:
    recipients = read_recipients(rules / "recipients.csv")
    lists = []
    for year in (2024, 2025):
        section = read_toml(rules / "rounds" / f"{year}.toml")["allocation"]
        table = read_children(rules / section["children"], section["children"])
        lists.append(allocate(read_table(AllocationRules, section, "allocation"), recipients, table))
    return compare(lists[0], lists[1], (2024, 2025))


def change_of(comparison: Comparison, key: str) -> Change:
    return next(change for change in comparison.changes if change.recipient.key == key)


@pytest.mark.shows("adm-26", "utl-25", "anv-06")
def test_region_stockholms_difference_is_a_larger_pot_less_what_went_to_the_municipalities(real: Comparison):
    change = change_of(real, "region-01")
    assert (change.before, change.after, change.kronor) == (18_814_729, 16_634_974, -2_179_755)
    assert sum(change.parts.values()) == change.kronor
    assert change.parts["pot"] == 33_269_948 - 18_814_729
    assert change.parts["split"] == 16_634_974 - 33_269_948
    assert (change.parts["rules"], change.parts["population"], change.parts["areas"]) == (0, 0, 0)


@pytest.mark.shows("adm-26", "anv-08", "utl-11")
def test_a_municipality_had_no_ceiling_in_2024_and_owes_the_whole_of_its_first_one_to_the_new_split(real: Comparison):
    change = change_of(real, "municipality-0127")
    assert change.before is None
    assert change.after == change.kronor == change.parts["split"]
    assert "inget belopp 2024" in real.because(change).says


@pytest.mark.shows("adm-26")
def test_over_the_whole_list_the_pot_explains_the_pot_and_every_other_cause_only_moves_money(real: Comparison):
    assert len(real.changes) == 311
    sums = {cause: sum(change.parts[cause] for change in real.changes) for cause in CAUSES}
    assert sums == {"pot": 63_000_000, "split": 0, "rules": 0, "population": 0, "areas": 0}


@pytest.mark.shows("adm-26")
def test_every_cause_shows_what_both_years_rest_on(real: Comparison):
    because = real.because(change_of(real, "region-01"))
    assert [step.says for step in because.steps] == list(CAUSES.values())
    assert [step.cites for step in because.steps[0].steps] == ["utl-25", "anv-06"]
    earlier_key = because.steps[2].steps[0]
    assert earlier_key.says.startswith("2024: 50 % efter alla barn")
    assert "inte publicerad" in earlier_key.assumption


@pytest.mark.parametrize(
    ("rules", "table", "cause"),
    [
        (with_rules(pot=1_234_567), TABLE, "pot"),
        (with_rules(split={"region": Fraction(1, 3), "municipality": Fraction(2, 3)}), TABLE, "split"),
        (with_rules(by_children=Fraction(3, 4), by_exposed=Fraction(1, 4)), TABLE, "rules"),
        (with_rules(population_year=2024), with_counts(2024, "RegSO 2020", NEW_COUNTS), "population"),
        (
            with_rules(area_vintage="RegSO 2025"),
            with_counts(2023, "RegSO 2025", [(90, 0), (500, 90), (310, 10), (40, 0), (7, 7)]),
            "areas",
        ),
        (
            with_rules(area_types=(1,)),
            with_counts(2023, "RegSO 2020", [(90, 3), (500, 50), (310, 0), (40, 20), (7, 1)]),
            "rules",
        ),
        (with_rules(ages="0–4 år"), with_counts(2023, "RegSO 2020", NEW_COUNTS), "rules"),
    ],
)
def test_one_thing_that_is_new_is_the_only_cause(rules: AllocationRules, table: ChildrenTable, cause: str):
    assert moved(compare(listed(), listed(rules, table), (2024, 2025))) == {cause}


def test_a_new_population_and_new_areas_are_told_apart_by_the_share_of_exposed_children():
    doubled = [(2 * count.children, 2 * count.exposed) for count in TABLE.by_municipality.values()]
    new = with_counts(2024, "RegSO 2025", [*doubled[:4], (14, 14)])
    comparison = compare(
        listed(), listed(with_rules(population_year=2024, area_vintage="RegSO 2025"), new), (2024, 2025)
    )
    assert moved(comparison) == {"areas"}


def test_causes_that_two_tables_cannot_tell_apart_say_so():
    rules = with_rules(area_types=(1,), area_vintage="RegSO 2025")
    comparison = compare(listed(), listed(rules, with_counts(2023, "RegSO 2025", NEW_COUNTS)), (2024, 2025))
    steps = {step.says: step for step in comparison.because(comparison.changes[0]).steps}
    assert "räcker inte för att skilja" in steps[CAUSES["rules"]].assumption
    assert not steps[CAUSES["pot"]].assumption
    assert all(change.parts["areas"] == 0 for change in comparison.changes)


def test_whoever_is_no_longer_on_the_list_loses_it_all():
    regions_only: dict[Kind, Fraction] = {"region": Fraction(1), "municipality": Fraction(0)}
    comparison = compare(listed(), listed(with_rules(split=regions_only)), (2025, 2026))
    change = change_of(comparison, "municipality-0101")
    assert (change.after, change.kronor, change.parts["split"]) == (None, -change.before, -change.before)


counts = st.lists(
    st.tuples(st.integers(1, 10**5), st.integers(1, 10**5)).map(lambda pair: (sum(pair), pair[1])),
    min_size=5,
    max_size=5,
)
shares = st.fractions(0, 1, max_denominator=100)


@st.composite
def allocations(draw: st.DrawFn) -> Allocation:
    part, weight, year = draw(shares), draw(shares), draw(st.integers(2023, 2025))
    rules = with_rules(
        pot=draw(st.integers(0, 10**10)),
        split={"region": part, "municipality": 1 - part},
        by_children=weight,
        by_exposed=1 - weight,
        ages=draw(st.sampled_from(["0–5 år", "0–4 år"])),
        area_types=draw(st.sampled_from([(1, 2), (1,)])),
        population_year=year,
    )
    return listed(rules, with_counts(year, draw(st.sampled_from(["RegSO 2020", "RegSO 2025"])), draw(counts)))


@pytest.mark.shows("adm-26")
@given(allocations(), allocations())
def test_the_parts_of_any_two_rounds_add_up_to_the_difference_and_to_the_pots(before: Allocation, after: Allocation):
    comparison = compare(before, after, (2024, 2025))
    for change in comparison.changes:
        assert sum(change.parts.values()) == change.kronor
    assert sum(change.kronor for change in comparison.changes) == after.total - before.total
    assert sum(change.parts["pot"] for change in comparison.changes) == after.total - before.total
