"""The dictionary of visits: its columns rest on something, and a dictionary that cannot be used is refused."""

from pathlib import Path

import pytest
from made_up_visits import BOOK

from statsbidrag.rulebook.visits import read_visits
from statsbidrag.terms.faults import Fault


@pytest.mark.shows("adm-16", "adm-17", "adm-18")
def test_a_visit_is_a_record_per_child_with_its_occasion_and_municipality() -> None:
    columns = {column.id: column for column in BOOK.visit_columns.columns}
    assert list(columns) == [
        "clinic",
        "date",
        "child",
        "child_months",
        "place",
        "professions",
        "kva_codes",
        "family",
        "municipality",
        "contacts",
        "other_funding",
    ]
    assert columns["child_months"].min == -9
    assert columns["child"].never


@pytest.mark.shows("sfs-06", "sfs-07", "sfs-13", "sfs-15")
def test_what_the_law_asks_of_an_extended_visit_rests_on_its_own_words() -> None:
    cited = [condition.rule.cites for condition in (*BOOK.visit_columns.extended, *BOOK.visit_columns.barred)]
    assert cited == ["sfs-07", "sfs-13", "sfs-06", "sfs-15"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "child"\n', 'id = "barn"\n', "Kolumnen ”child” saknas"),
        ('id = "contacts"', 'id = "family"', "finns flera gånger"),
        ('kind = "date"', 'kind = "day"', "går inte att välja"),
        ("min = -9\n", "", "saknar rimliga gränser"),
        ("min = -9\n", "min = 300\n", "saknar rimliga gränser"),
        ("pattern = '[0-9]{4}'", "pattern = '[0-9'", "Mönstret"),
        ('cites = ["adm-28"]\n', "", "Kolumnen saknar grund"),
        ('options = { yes = "ja", no = "nej" }\n', "", "saknar alternativ"),
        ("place is extra", "place is extar", "Menade du ”extra”"),
        ("child_months < 72", "child_months / 12 < 6", "får inte dela"),
        ("child_months < 72", "children < 72", "som inte är någon kolumn"),
    ],
)
def test_a_fault_in_the_dictionary_names_its_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = (BOOK.folder / "visits.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "visits.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Fault) as refused:
        read_visits(path)
    assert str(path) in str(refused.value)
    assert says in str(refused.value)
