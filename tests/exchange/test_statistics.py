"""SCB's tables, in the shape of its API but with made-up figures, become a children table that says what it is."""

import itertools
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from statsbidrag.cycle.step_1_allocation import AllocationRules, Count
from statsbidrag.exchange.statistics import as_children_csv, read_statistics
from statsbidrag.rulebook.tables import read_children
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.sources import Stated

NAMES = {"0114": "Upplands Väsby kommun", "0180": "Stockholms kommun"}
AGES = ("0", "1", "2", "3", "4", "5")
# Five areas, their type, and children 0-4 and 5-9 in them; the municipality has 0-4 as the sum.
AREAS = {
    "0114R001": (1, 103, 101),
    "0114R002": (4, 97, 100),
    "0180R001": (2, 201, 199),
    "0180R002": (5, 300, 280),
    "0180R003": (None, 20, 18),
}
UNDER_FIVE = {"0114": 200, "0180": 521}
FIVE = {"0114": 41, "0180": 97}

Dataset = dict[str, Any]


def rules(**changed: Any) -> AllocationRules:
    values = {"ages": "0–5 år", "area_types": (1, 2), "population_year": 2023}
    stated = {name: Stated(value, assumption="Exempel") for name, value in (values | changed).items()}
    unused = {name: None for name in AllocationRules.__slots__ if name not in stated}
    return AllocationRules(**stated, **unused)  # type: ignore[arg-type]


def dataset(dimensions: Mapping[str, tuple[str, ...]], value: Callable[..., object]) -> Dataset:
    """A table as SCB's API answers: codes with places, values in one long list, ``..`` where a value is missing."""
    values = [value(*codes) for codes in itertools.product(*dimensions.values())]
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "Exempel – påhittade uppgifter, inget beslut",
        "source": "SCB",
        "id": list(dimensions),
        "size": [len(codes) for codes in dimensions.values()],
        "dimension": {
            name: {"label": name.lower(), "category": {"index": {code: place for place, code in enumerate(codes)}}}
            for name, codes in dimensions.items()
        },
        "value": values,
        "status": {str(place): ".." for place, known in enumerate(values) if known is None},
    }


def halves(whole: int, sex: str) -> int:
    return whole // 2 if sex == "1" else whole - whole // 2


def municipalities(years: tuple[str, ...] = ("2022", "2023")) -> Dataset:
    def people(region: str, age: str, sex: str, _content: str, year: str) -> int:
        each = FIVE[region] if age == "5" else UNDER_FIVE[region] // 5 + (age == "0") * (UNDER_FIVE[region] % 5)
        return halves(each, sex) if year == years[-1] else 1

    codes = {"Region": tuple(NAMES), "Alder": AGES, "Kon": ("1", "2"), "ContentsCode": ("BE0101N1",), "Tid": years}
    return dataset(codes, people)


def areas(suffix: str = "", year: str = "2023", real: bool = True) -> Dataset:
    def people(region: str, age: str, sex: str, _year: str) -> int:
        _, under_five, five_to_nine = AREAS[region.removesuffix(suffix)]
        return halves(under_five if age == "-4" else five_to_nine, sex) * real

    regions = tuple(f"{code}{suffix}" for code in AREAS)
    return dataset({"Region": regions, "Alder": ("-4", "5-9"), "Kon": ("1", "2"), "Tid": (year,)}, people)


def types(suffix: str = "", year: str = "2023") -> Dataset:
    def value(region: str, content: str, _year: str) -> float | int | None:
        kind = AREAS[region.removesuffix(suffix)][0]
        return kind if content == "000008IU" else 9.1

    regions = tuple(f"{code}{suffix}" for code in AREAS)
    return dataset({"Region": regions, "ContentsCode": ("000008IT", "000008IU"), "Tid": (year,)}, value)


def read(*tables: Dataset, **changed: Any):
    files = {f"tabell-{number}.json": json.dumps(table).encode() for number, table in enumerate(tables, 1)}
    return read_statistics(files, rules(**changed), NAMES)


def the_three() -> tuple[Dataset, Dataset, Dataset]:
    return municipalities(), areas(), types()


@pytest.mark.shows("anv-10", "anv-14", "sfs-24")
def test_children_are_counted_by_one_year_ages_and_in_exposed_areas_as_under_five_and_a_fifth_of_five_to_nine():
    table = read(*the_three())
    assert table.by_municipality == {
        "0114": Count(241, 123),  # 103 + 101/5 = 123.2
        "0180": Count(618, 241),  # 201 + 199/5 = 240.8
    }


def test_the_table_says_that_it_is_an_estimate_and_how_it_was_made():
    table = read(*the_three())
    assert table.estimate
    assert (table.population_year, table.area_vintage) == (2023, "RegSO 2020")
    assert "en femtedel av 5–9 år" in table.note
    assert "Barn i områdestyp 1 och 2 är en egen uppskattning" in table.note
    assert "Områdestyp saknas för 1 RegSO" in table.note


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_three_tables_come_in_any_order(order: tuple[int, ...]):
    tables = the_three()
    assert read(*(tables[place] for place in order)).by_municipality["0180"] == Count(618, 241)


def test_another_area_type_is_another_rule_and_another_count():
    assert read(*the_three(), area_types=(5,)).by_municipality["0180"] == Count(618, 356)


def test_exposed_children_never_pass_all_children_of_the_municipality():
    tables = the_three()
    everywhere = read(*tables, area_types=(1, 2, 4, 5)).by_municipality["0114"]
    assert everywhere == Count(241, 240)
    older = dataset(
        {"Region": tuple(AREAS), "Alder": ("-4", "5-9"), "Tid": ("2023",)},
        lambda area, age, _year: AREAS[area][1] if age == "-4" else 9_000,
    )
    assert read(tables[0], older, tables[2]).by_municipality["0114"] == Count(241, 241)


def test_from_2024_the_areas_of_2025_are_read_with_their_suffix():
    suffix = "_RegSO2025"
    table = read(municipalities(("2024",)), areas(suffix, "2024"), types(suffix, "2024"), population_year=2024)
    assert table.area_vintage == "RegSO 2025"
    assert table.by_municipality["0114"] == Count(241, 123)


def test_areas_of_the_other_division_which_hold_zeros_are_refused():
    with pytest.raises(Fault, match="inga områden ur RegSO 2020.*vs_RegSO2020"):
        read(municipalities(), areas("_RegSO2025", real=False), types("_RegSO2025"))


def test_a_table_with_both_divisions_is_read_by_the_one_that_holds_for_the_year():
    both = {**AREAS, **{f"{code}_RegSO2025": (1, 0, 0) for code in AREAS}}
    people = dataset(
        {"Region": tuple(both), "Alder": ("0-4", "5-9"), "Kon": ("1", "2", "1+2"), "Tid": ("2023",)},
        lambda area, age, sex, _year: both[area][1 if age == "0-4" else 2] if sex == "1+2" else 10**6,
    )
    kinds = dataset({"Region": tuple(both), "Tid": ("2023",)}, lambda area, _year: both[area][0])
    assert read(municipalities(), people, kinds).by_municipality["0180"] == Count(618, 241)


def test_areas_full_of_zeros_do_not_sum_to_their_municipality_and_are_refused():
    with pytest.raises(Fault, match="Upplands Väsby kommun har 0 barn 0–4 år i sina områden men 200 i hela kommunen"):
        read(municipalities(), areas(real=False), types())


def test_a_missing_area_is_noticed():
    fewer = {code: facts for code, facts in AREAS.items() if code != "0180R002"}
    kinds = dataset({"Region": tuple(fewer), "Tid": ("2023",)}, lambda area, _year: fewer[area][0])
    with pytest.raises(Fault, match="Stockholms kommun har 221 barn"):
        read(municipalities(), areas(), kinds)


def without_a_value(table: Dataset) -> Dataset:
    return {**table, "value": [None, *table["value"][1:]]}


def with_dimension(table: Dataset, name: str, codes: tuple[str, ...]) -> Dataset:
    """The same table, split once more at the end, so that its values are repeated."""
    values = [value for value in table["value"] for _ in codes]
    dimension = {**table["dimension"], name: {"category": {"index": list(codes)}}}
    return {
        **table,
        "id": [*table["id"], name],
        "size": [*table["size"], len(codes)],
        "dimension": dimension,
        "value": values,
    }


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        (lambda: the_three()[:2], "Här saknas TAB6586"),
        (lambda: (municipalities(), municipalities(), types()), "ger samma uppgift som tabell-1.json"),
        (lambda: (municipalities(("2022",)), areas(), types()), "inga siffror för 2023"),
        (lambda: (municipalities(), areas(year="2022"), types()), "tabell-2.json: Den har inga siffror för 2023"),
        (lambda: (without_a_value(municipalities(("2023",))), areas(), types()), "0114 0 1: Värdet saknas"),
        (lambda: (municipalities(), with_dimension(areas(), "Bakgrund", ("1", "2")), types()), "Variabeln Bakgrund"),
        (lambda: (municipalities(), areas(), dataset({"Tid": ("2023",)}, lambda _: 1)), "Variabeln Region saknas"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_with_what_to_fetch(tables: Callable[[], tuple[Dataset, ...]], says: str):
    with pytest.raises(Fault, match=says):
        read(*tables())


def test_one_sex_alone_is_half_the_children_and_refused():
    men = dataset({"Region": tuple(NAMES), "Alder": AGES, "Kon": ("1",), "Tid": ("2023",)}, lambda *_: 20)
    with pytest.raises(Fault, match="bara det ena könet"):
        read(men, areas(), types())


def test_a_municipality_or_an_age_that_is_missing_is_named():
    alone = dataset({"Region": ("0114",), "Alder": AGES, "Tid": ("2023",)}, lambda *_: 40)
    with pytest.raises(Fault, match="Region 0180 saknas"):
        read(alone, areas(), types())
    young = dataset({"Region": tuple(NAMES), "Alder": AGES[:5], "Tid": ("2023",)}, lambda *_: 40)
    with pytest.raises(Fault, match="Alder 5 saknas"):
        read(young, areas(), types())


def test_an_unknown_municipality_and_one_without_areas_are_refused():
    files = {f"{number}.json": json.dumps(table).encode() for number, table in enumerate(the_three())}
    with pytest.raises(Fault, match="0180R001 ligger i en okänd kommun"):
        read_statistics(files, rules(), {"0114": "Upplands Väsby kommun"})
    with pytest.raises(Fault, match="Områden saknas för Ale kommun"):
        read_statistics(files, rules(), {**NAMES, "1440": "Ale kommun"})


def test_a_decimal_is_no_child():
    table = municipalities(("2023",))
    table["value"][0] = 20.5
    with pytest.raises(Fault, match=r"”20\.5” är inget rimligt antal"):
        read(table, areas(), types())


def test_other_ages_than_the_tables_can_tell_are_refused():
    with pytest.raises(Fault, match="läses bara för 0–5 år"):
        read(*the_three(), ages="0–6 år")


def test_the_table_can_be_kept_among_the_rules_and_is_read_back_the_same(tmp_path: Path):
    table = read(*the_three())
    path = tmp_path / "children.csv"
    path.write_bytes(as_children_csv(table, NAMES))
    assert read_children(path, table.file) == table
