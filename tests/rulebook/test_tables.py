from pathlib import Path

import pytest

from statsbidrag.rulebook.tables import read_children, read_library, read_recipients
from statsbidrag.terms.faults import Fault

CHILDREN = """# note: Påhittat.
# estimate: yes
# population_year: 2023
# area_vintage: RegSO 2020
municipality_code,municipality,children,exposed
0180,Stockholm,10,5
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "children.csv"


def test_there_are_311_recipients_and_310_legal_persons(rules: Path) -> None:
    recipients = read_recipients(rules / "recipients.csv")
    assert len(recipients) == 311
    assert sum(recipient.kind == "region" for recipient in recipients) == 21
    assert len({recipient.organisation_number for recipient in recipients}) == 310


def test_there_are_346_statements_each_with_a_known_source(rules: Path) -> None:
    library = read_library(rules / "sources.toml", rules / "statements.csv")
    assert len(library.statements) == 346
    assert library.place("sfs-24") == "7 § förordningen (2025:74)"


@pytest.mark.shows("adm-13")
def test_the_children_table_says_in_the_file_that_it_is_our_own_estimate(rules: Path) -> None:
    children = read_children(rules / "children" / "2023-estimate.csv", "children/2023-estimate.csv")
    assert children.estimate
    assert "egen uppskattning" in children.note
    assert len(children.by_municipality) == 290


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("0180,Stockholm,10,5", "0180,Stockholm,10,11"), "rad 6.*fler än alla barn"),
        (("0180,Stockholm,10,5", "0180,Stockholm,-10,5"), "rad 6, children.*inget antal"),
        (("0180,Stockholm,10,5", "0180,Stockholm,10000000000,5"), "inget antal"),
        (("0180,Stockholm,10,5", "0180,Stockholm,10"), "3 värden men ska ha 4"),
        (("0180,", "180,"), "ingen kommunkod"),
        (("0180,Stockholm,10,5", "0180,Stockholm,10,5\n0180,Stockholm,10,5"), "rad 7.*finns redan"),
        (("exposed", "exposd"), "Kolumnen ”exposed” saknas"),
        (("exposed\n0180,Stockholm,10,5", "exposed,extra\n0180,Stockholm,10,5,1"), "Okänd kolumn ”extra”"),
        (("# note: Påhittat.\n", ""), "”# note: …” saknas"),
        (("estimate: yes", "estimate: ja"), "”ja” går inte att läsa"),
    ],
)
def test_each_fault_in_a_children_table_names_its_row(table: Path, change: tuple[str, str], says: str) -> None:
    assert change[0] in CHILDREN
    table.write_text(CHILDREN.replace(*change), encoding="utf-8")
    with pytest.raises(Fault, match=says):
        read_children(table, "children.csv")


def test_a_children_table_in_another_encoding_is_refused(table: Path) -> None:
    table.write_text(CHILDREN, encoding="utf-16")
    with pytest.raises(Fault, match="UTF-8"):
        read_children(table, "children.csv")
