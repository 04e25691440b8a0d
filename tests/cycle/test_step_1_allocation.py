from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statsbidrag.cycle import Allocation, AllocationRules, ChildrenTable, Count, allocate
from statsbidrag.rulebook.places import SHIPPED
from statsbidrag.rulebook.reading import read_table, read_toml
from statsbidrag.rulebook.tables import read_children, read_recipients
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.parties import Recipient


def _allocation(rules: Path, year: int) -> Allocation:
    section = read_toml(rules / "rounds" / f"{year}.toml")["allocation"]
    table = read_children(rules / section["children"], section["children"])
    return allocate(
        read_table(AllocationRules, section, "allocation"), read_recipients(rules / "recipients.csv"), table
    )


@pytest.fixture(scope="module")
def list_2025(rules: Path) -> Allocation:
    return _allocation(rules, 2025)


@pytest.fixture(scope="module")
def list_2024(rules: Path) -> Allocation:
    return _allocation(rules, 2024)


@pytest.mark.shows("anv-06", "anv-07", "sth-11", "sth-29", "sfs-23")
def test_the_2025_list_adds_up_to_145_million_over_311_lines(list_2025: Allocation) -> None:
    assert len(list_2025.shares) == 311
    assert list_2025.total == 145_000_000
    assert all(share.kronor > 0 for share in list_2025.shares)


def test_regions_and_municipalities_get_half_of_the_pot_each(list_2025: Allocation) -> None:
    for kind in ("region", "municipality"):
        assert sum(share.kronor for share in list_2025.shares if share.recipient.kind == kind) == 72_500_000


@pytest.mark.shows("utl-05", "utl-22", "utl-25", "utl-26")
def test_the_2024_list_has_regions_only_and_adds_up_to_82_million(list_2024: Allocation) -> None:
    assert {share.recipient.kind for share in list_2024.shares} == {"region"}
    assert len(list_2024.shares) == 21
    assert list_2024.total == 82_000_000


@pytest.mark.shows("anv-11", "anv-12", "anv-13", "sfs-24")
def test_half_goes_by_all_children_and_half_by_children_in_exposed_areas(list_2025: Allocation) -> None:
    for share in list_2025.shares:
        total = share.pool.total
        half = Fraction(share.pool.kronor, 2)
        exact = half * share.count.children / total.children + half * share.count.exposed / total.exposed
        assert abs(share.kronor - exact) < 1


def test_a_region_counts_the_children_of_its_municipalities(list_2025: Allocation) -> None:
    for region in (share for share in list_2025.shares if share.recipient.kind == "region"):
        own = [
            share.count
            for share in list_2025.shares
            if share.recipient.kind == "municipality" and share.recipient.county_code == region.recipient.code
        ]
        assert region.count == Count(sum(count.children for count in own), sum(count.exposed for count in own))


@pytest.mark.shows("sth-07", "sth-23", "adm-13")
@pytest.mark.parametrize(
    ("year", "computed", "published"), [(2025, 16_634_974, 16_259_682), (2024, 18_814_729, 17_675_000)]
)
def test_region_stockholms_published_sum_stands_beside_the_estimate_with_its_deviation(
    request: pytest.FixtureRequest, year: int, computed: int, published: int
) -> None:
    allocation: Allocation = request.getfixturevalue(f"list_{year}")
    share = allocation.share_of("region-01")
    assert share.kronor == computed
    [beside] = [step for _, step in allocation.because(share).walk() if step.value == published]
    assert beside.cites in ("sth-07", "sth-23")
    assert "avviker med" in beside.says


@pytest.mark.shows("anv-10", "anv-14", "adm-13")
def test_every_factor_of_a_ceiling_has_its_source_or_its_assumption(list_2025: Allocation) -> None:
    steps = [step for _, step in list_2025.because(list_2025.share_of("municipality-0127")).walk()]
    assert {"anv-06", "anv-12", "anv-13", "anv-14"} <= {step.cites for step in steps}
    assert any("egen uppskattning" in step.says for step in steps)
    assert sum(bool(step.assumption) for step in steps) == 2


def test_a_municipality_without_children_in_the_table_is_named(list_2025: Allocation, rules: Path) -> None:
    counts = dict(list_2025.table.by_municipality)
    del counts["0127"]
    with pytest.raises(Fault, match="Botkyrka kommun \\(0127\\) saknas"):
        allocate(
            list_2025.rules,
            read_recipients(rules / "recipients.csv"),
            replace(list_2025.table, by_municipality=counts),
        )


def test_a_table_without_children_is_refused(list_2025: Allocation) -> None:
    empty = replace(list_2025.table, by_municipality={code: Count(0, 0) for code in list_2025.table.by_municipality})
    with pytest.raises(Fault, match="inga barn att fördela efter"):
        allocate(list_2025.rules, [share.recipient for share in list_2025.shares], empty)


@given(
    st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)), min_size=1, max_size=30),
    st.integers(0, 10**11),
)
def test_any_pot_over_any_children_adds_up_to_the_krona(counts: list[tuple[int, int]], pot: int) -> None:
    codes = [f"{place:04d}" for place in range(100, 100 + len(counts))]
    recipients = [Recipient("municipality", code, code, "", code[:2], "") for code in codes]
    recipients += [Recipient("region", code, code, "", code, "") for code in sorted({code[:2] for code in codes})]
    by_code = {
        code: Count(children + exposed, exposed) for code, (children, exposed) in zip(codes, counts, strict=True)
    }
    table = ChildrenTable("t", True, "", 2023, "RegSO 2020", by_code)
    shipped = read_table(AllocationRules, read_toml(SHIPPED / "rounds" / "2025.toml")["allocation"], "allocation")
    rules = replace(shipped, pot=replace(shipped.pot, value=pot))
    assert allocate(rules, recipients, table).total == pot
