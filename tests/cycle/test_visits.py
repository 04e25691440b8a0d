"""What may stand in a visit file, and what is said of what may not."""

import pytest
from made_up_visits import BOOK, EXTRA, as_row

from statsbidrag.cycle.visits import Limits, Misfit

LIMITS = Limits(2025, frozenset({"Karla vårdcentral"}))
ROW = as_row(EXTRA)


def misfits(**changed: str | None) -> list[Misfit]:
    return list(BOOK.visit_columns.misfits({**ROW, **changed}, LIMITS))


def test_a_good_row_becomes_the_visit_it_was() -> None:
    assert misfits() == []
    assert BOOK.visit_columns.visit(ROW) == EXTRA


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("clinic", "", "Värdet saknas"),
        ("clinic", None, "Värdet saknas"),
        ("clinic", "Karla vardcentral", "finns inte i registret. Menade du ”Karla vårdcentral”"),
        ("date", "2025-13-01", "finns inte i kalendern"),
        ("date", "1/10 2025", "inget datum"),
        ("date", "2025-1-1", "inget datum"),
        ("date", "2024-12-31", "utanför 2025"),
        ("date", "9999-01-01", "utanför 2025"),
        ("child", "", "Värdet saknas"),
        ("child", "x" * 65, "längre än 64 tecken"),
        ("child_months", "2,5", "inget heltal"),
        ("child_months", "1e3", "inget heltal"),
        ("child_months", "99999999999999999999", "inget heltal"),
        ("child_months", "-10", "-9 till 215"),
        ("child_months", "216", "-9 till 215"),
        ("place", "Extra", "Menade du ”extra”"),
        ("professions", "nurse||social_services", "”” är okänt"),
        ("professions", "nurse, social_services", "är okänt"),
        ("kva_codes", "zv509", "ser inte ut som en KVÅ-kod"),
        ("municipality", "188", "kommunkod"),
        ("other_funding", "ja", "Välj bland: yes, no"),
    ],
)
def test_a_value_that_cannot_be_used_says_why(column: str, value: str | None, says: str) -> None:
    [found] = misfits(**{column: value})
    assert found.column == column
    assert found.value == (value or "")[:64]
    assert says in found.why


@pytest.mark.shows("adm-16")
@pytest.mark.parametrize("column", ["child", "family"])
@pytest.mark.parametrize(
    "number",
    [
        "202501019999",
        "20250101-9999",
        "2501019999",
        "250101-9999",
        "250161-99TF",
        "22250101AB12",
        "992025123456",
    ],
)
def test_a_personal_number_is_refused_and_never_repeated(column: str, number: str) -> None:
    [found] = misfits(**{column: number})
    assert found.value == ""
    assert "personnummer" in found.why
    assert number not in found.why


@pytest.mark.shows("adm-18")
def test_a_visit_before_birth_is_allowed_and_each_names_the_municipality() -> None:
    assert misfits(child_months="-3", municipality="1880") == []


def test_codes_may_be_missing_where_the_column_may_be_empty() -> None:
    assert misfits(kva_codes="", family="", contacts="", other_funding="", municipality="") == []
    assert BOOK.visit_columns.visit({**ROW, "kva_codes": ""}).kva_codes == frozenset()


@pytest.mark.shows("sfs-14", "ore-12", "sth-21")
def test_contacts_with_preschool_maternity_care_dental_care_and_libraries_can_be_told() -> None:
    assert misfits(contacts="preschool|maternity_care|dental|library") == []


def test_without_a_register_any_clinic_may_stand() -> None:
    assert list(BOOK.visit_columns.misfits({**ROW, "clinic": "Ny"}, Limits(2025))) == []
