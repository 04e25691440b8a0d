from dataclasses import replace

import pytest

from statsbidrag.cycle import ChildrenTable, Count
from statsbidrag.rulebook.book import Rulebook
from statsbidrag.rulebook.children import fitting
from statsbidrag.terms.faults import Fault

BOOK = Rulebook()


@pytest.fixture
def table() -> ChildrenTable:
    return BOOK.children("children/2023-estimate.csv")


@pytest.mark.parametrize("year", [2024, 2025])
def test_a_missing_municipality_is_named_also_where_only_regions_get_money(table: ChildrenTable, year: int) -> None:
    counts = {code: count for code, count in table.by_municipality.items() if code != "0127"}
    with pytest.raises(Fault, match=r"Botkyrka kommun \(0127\) saknas"):
        fitting(replace(table, by_municipality=counts), BOOK.round(year).allocation, BOOK.recipients)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"population_year": 2020}, "befolkningen från 2020, men omgången räknar med 2023"),
        ({"area_vintage": "RegSO 2025"}, "områdena från RegSO 2025"),
        ({"by_municipality": {"9999": Count(1, 1)}}, "Kommunen 9999 finns inte bland mottagarna"),
    ],
)
def test_a_table_of_another_year_division_or_country_is_refused(
    table: ChildrenTable, change: dict[str, object], says: str
) -> None:
    with pytest.raises(Fault, match=says):
        fitting(replace(table, **change), BOOK.round(2025).allocation, BOOK.recipients)  # type: ignore[arg-type]


def test_the_table_that_a_round_names_is_its_own(table: ChildrenTable) -> None:
    assert BOOK.children_of(BOOK.round(2025).allocation) == table
