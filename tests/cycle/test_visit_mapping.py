"""What an extract's headings and words are taken for, what is only suggested, and what is remembered."""

import json
from datetime import date

import pytest
from made_up_numbers import CHILD, ways
from made_up_visits import BOOK

from statsbidrag.cycle.visit_cells import CellReader, Checks, Value
from statsbidrag.cycle.visit_mapping import LEFT_OUT, VisitMapping, mapped, suggest
from statsbidrag.cycle.visits import Limits, Misfit

NOTHING = VisitMapping()
CHECKS = Checks(
    BOOK.visit_columns,
    BOOK.visit_words,
    Limits(2025, frozenset({"Karla vårdcentral", "Varberga vårdcentral"})),
    date(2025, 11, 30),
    {"1880": "Örebro", "0180": "Stockholm"},
)
COLUMNS = {column.id: column for column in BOOK.visit_columns.columns}


def suggested(*headings: str, remembered: VisitMapping = NOTHING) -> list[tuple[str, str]]:
    found = suggest(headings, BOOK.visit_columns, BOOK.visit_words, remembered)
    return [(each.column, each.how) for each in found]


def read(column: str, written: str | None, mapping: VisitMapping = NOTHING) -> Value | Misfit:
    return CellReader(COLUMNS[column], mapping, CHECKS).read(written)


def test_the_dictionarys_own_names_are_known_by_id_and_in_swedish() -> None:
    for column in BOOK.visit_columns.columns:
        assert suggested(column.id, "x") == [(column.id, "name"), (LEFT_OUT, "unknown")]
        assert suggested(column.text.upper()) == [(column.id, "name")]


def test_every_common_word_is_known_whatever_its_capitals_and_hyphens() -> None:
    for column, words in BOOK.visit_words.headings.value.items():
        for word in words:
            assert suggested(f" {word.upper().replace(' ', '_')} ") == [(column, "word")]


@pytest.mark.parametrize("heading", ["Kommun", "Ålder", "Namn", "Barn", "Kurator"])
def test_a_word_that_may_mean_something_else_is_left_to_be_chosen(heading: str) -> None:
    assert suggested(heading)[0][1] in ("near", "unknown")
    assert heading not in str(mapped(suggest([heading], BOOK.visit_columns, BOOK.visit_words, NOTHING), NOTHING))


def test_a_misspelt_name_is_only_suggested() -> None:
    assert suggested("Besöksdatm") == [("date", "near")]
    assert mapped(suggest(["Besöksdatm"], BOOK.visit_columns, BOOK.visit_words, NOTHING), NOTHING) == NOTHING


def test_a_column_is_suggested_once_for_the_surest_heading() -> None:
    assert suggested("Besöksdatm", "Datum", "date") == [(LEFT_OUT, "unknown"), (LEFT_OUT, "unknown"), ("date", "name")]


def test_what_a_region_has_chosen_is_remembered_and_comes_first() -> None:
    chosen = NOTHING.with_columns({"Enhet": "clinic", "Datum": LEFT_OUT, "Vår dag": "date"})
    assert suggested("ENHET", "datum", "vår-dag", remembered=chosen) == [
        ("clinic", "remembered"),
        (LEFT_OUT, "remembered"),
        ("date", "remembered"),
    ]
    assert chosen.with_columns({"Ny dag": "date"}).column("Vår dag") is None


def test_a_column_the_dictionary_no_longer_has_is_forgotten() -> None:
    assert suggested("Enhet", remembered=NOTHING.with_columns({"Enhet": "gone"})) == [("clinic", "word")]


def test_a_mapping_survives_json() -> None:
    mapping = NOTHING.with_columns({"Enhet": "clinic", "Namn": LEFT_OUT}).with_word("place", "Hembesök 2", "extra")
    assert VisitMapping.from_dict(json.loads(json.dumps(mapping.as_dict()))) == mapping
    assert VisitMapping.from_dict({}) == NOTHING


@pytest.mark.parametrize(
    ("column", "written", "value"),
    [
        ("clinic", "KARLA  vårdcentral", "Karla vårdcentral"),
        ("date", "1/10 2025", date(2025, 10, 1)),
        ("date", "20251001", date(2025, 10, 1)),
        ("date", "01.10.2025", date(2025, 10, 1)),
        ("date", "2025-10-01T08:00:00", date(2025, 10, 1)),
        ("child_months", "2,0", 2),
        ("child_months", "2.0", 2),
        ("child_months", "−3", -3),
        ("child_months", "'-3", -3),
        ("child_months", "8 mån", 8),
        ("place", "Ordinarie", "ordinary"),
        ("place", "Utökat hembesök", "extra"),
        ("professions", "Sjuksköterska", "nurse"),
        ("professions", "BHV-sjuksköterska, socialtjänst", "nurse|social_services"),
        ("professions", "ssk + soc; tolk/läkare", "nurse|social_services|interpreter|physician"),
        ("professions", "sjuksköterska och psykolog", "nurse|psychologist"),
        ("professions", "nurse|nurse", "nurse"),
        ("kva_codes", "zv509, gd005", "ZV509|GD005"),
        ("kva_codes", "", None),
        ("kva_codes", None, None),
        ("municipality", "Örebro", "1880"),
        ("municipality", "180", "0180"),
        ("contacts", "Öppna förskolan; MHV", "preschool|maternity_care"),
        ("other_funding", "Nej", "no"),
        ("other_funding", "ja", "yes"),
    ],
)
def test_a_value_is_read_as_it_is_written(column: str, written: str | None, value: Value) -> None:
    assert read(column, written) == value


@pytest.mark.parametrize(
    ("column", "written", "says"),
    [
        ("clinic", "Okänd vårdcentral", "finns inte i registret"),
        ("date", "1/10/2025", "vad som är dag och vad som är månad"),
        ("date", "2025-12-01", "Dagen ligger i framtiden"),
        ("date", "2024-12-31", "utanför 2025"),
        ("date", "2025-02-30", "finns inte i kalendern"),
        ("date", "", "Värdet saknas"),
        ("child_months", "2,5", "hela månader"),
        ("child_months", "2 år", "inget heltal"),
        ("child_months", "300", "-9 till 215"),
        ("place", "Mottagning", "”Mottagning” är okänt."),
        ("professions", "ssk, kurator", "”kurator” är okänt."),
        ("professions", "ssk, sociltjänst", "Menade du ”socialtjänst”"),
        ("kva_codes", "ZV509, ÅÄÖ", "”ÅÄÖ” ser inte ut som"),
        ("municipality", "Örebo", "Menade du ”Örebro”"),
        ("municipality", "9999", "Kommunen finns inte"),
        ("child", None, "Värdet saknas"),
    ],
)
def test_what_cannot_be_used_says_why(column: str, written: str | None, says: str) -> None:
    found = read(column, written)
    assert isinstance(found, Misfit)
    assert found.value == (written or "")
    assert says in found.why


@pytest.mark.shows("adm-16")
@pytest.mark.parametrize("column", list(COLUMNS))
def test_a_personal_number_is_refused_in_every_column_and_not_repeated(column: str) -> None:
    for written in (*ways(CHILD), f"pnr {CHILD}"):
        found = read(column, written)
        assert isinstance(found, Misfit)
        assert found.value == ""
        assert CHILD[-4:] not in found.why


def test_a_word_that_a_region_has_explained_is_read_as_it_said() -> None:
    mapping = NOTHING.with_word("place", "Hembesök 2", "extra").with_word("clinic", "BVC Karla", "Karla vårdcentral")
    assert read("place", "hembesök 2", mapping) == "extra"
    assert read("clinic", "bvc karla", mapping) == "Karla vårdcentral"
    assert isinstance(read("clinic", "BVC Varberga", mapping), Misfit)
