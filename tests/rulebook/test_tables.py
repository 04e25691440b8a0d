from pathlib import Path

import pytest

from statsbidrag.cycle import Count
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
        (("# note: Påhittat.", "# note: Påhittat.\n# note: Annat."), "”# note: …” finns två gånger"),
        (("year: 2023", f"year: {'9' * 5000}"), "population_year.*inget antal"),
        (("0180,Stockholm,10,5", f"0180,Stockholm,{'9' * 5000},5"), "rad 6, children.*inget antal"),
        (("0180,", "²²²²,"), "ingen kommunkod"),
        (("exposed\n0180,Stockholm,10,5", "exposed,children\n0180,Stockholm,10,5,1"), "”children” finns två gånger"),
        (("Stockholm", '"Stockholm'), "rad 6: Raden går inte att läsa som CSV"),
        (("Stockholm", f'"{"S" * 200_000}"'), "rad 6: Raden går inte att läsa som CSV"),
        (("Stockholm", "Stock\x00holm"), "rad 6.*styrtecken"),
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


@pytest.mark.parametrize("dressed", ["\ufeff" + CHILDREN, CHILDREN.replace("\n", "\r\n")])
def test_a_byte_order_mark_or_windows_line_ends_change_nothing(table: Path, dressed: str) -> None:
    table.write_bytes(dressed.encode())
    assert read_children(table, "children.csv").by_municipality == {"0180": Count(10, 5)}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("region,01,", "region,1,", "rad 2: Koden ”1” går inte att använda"),
        ("region,01,", "regoin,01,", "Slaget ”regoin” är okänt"),
        ("Region Stockholm,", " ,", "Namnet saknas"),
        ("232100-0016", "232100-0017", "inte ett organisationsnummer"),
        (",01,Stockholms län", ",03,Stockholms län", "koden inte till länet"),
        ("region,01,", "#region,01,", "Län 01 har inte både en region och kommuner"),
    ],
)
def test_each_fault_in_the_recipients_names_its_row(rules: Path, table: Path, old: str, new: str, says: str) -> None:
    text = (rules / "recipients.csv").read_text(encoding="utf-8")
    assert old in text
    table.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Fault, match=says) as refused:
        read_recipients(table)
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("sources.toml", "sfs = 3", r"\[sfs\]: Här ska det stå en tabell"),
        ("sources.toml", "", "rad 2: Källan ”sfs” är okänd"),
        ("statements.csv", "id,place,step,who,kind,says,quote,treatment\nsfs-01,,,,,x,,shown\n", "Platsen i källan"),
    ],
)
def test_each_fault_in_the_sources_and_statements_names_its_place(
    rules: Path, tmp_path: Path, file: str, content: str, says: str
) -> None:
    for name in ("sources.toml", "statements.csv"):
        (tmp_path / name).write_bytes((rules / name).read_bytes())
    (tmp_path / file).unlink()
    (tmp_path / file).write_text(content, encoding="utf-8")
    with pytest.raises(Fault, match=says) as refused:
        read_library(tmp_path / "sources.toml", tmp_path / "statements.csv")
    assert refused.value.remedy
