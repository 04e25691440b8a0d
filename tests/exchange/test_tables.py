"""A list leaves the house as CSV, JSON and XLSX, and says the same in all of them."""

import csv
import io
import json
from datetime import date
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from statsbidrag.exchange.spreadsheet import as_xlsx
from statsbidrag.exchange.tables import Column, Table, as_csv, as_json, as_seen
from statsbidrag.terms.faults import Fault

COLUMNS = (
    Column("kind", "Slag", words={"municipality": "kommun"}),
    Column("code", "Kod"),
    Column("name", "Namn"),
    Column("kronor", "Högsta belopp (kr)", "kronor"),
    Column("share", "Andel", "percent"),
    Column("day", "Dag", "date"),
)
TABLE = Table(
    "Exempel – påhittade uppgifter, inget beslut",
    COLUMNS,
    (
        ("municipality", "0180", "Åmål; ”Öst”", 16_259_682, Fraction(1, 3), date(2025, 4, 29)),
        ("region", "01", "Två,\nrader", None, Fraction(0), None),
    ),
    (("Vad listan visar", "Påhittade belopp."), ("Källa", "Ingen.")),
)
DAY = date(2025, 1, 1)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheet_of(table: Table, name: str = "Lista"):
    return openpyxl.load_workbook(io.BytesIO(as_xlsx(table, created=DAY)))[name]


def test_csv_follows_rfc_4180_and_marks_its_encoding_so_that_excel_reads_swedish_letters():
    content = as_csv(TABLE)
    assert content.startswith("\ufeffkind,code,name,kronor,share,day\r\n".encode())
    first, second = rows_of(content)
    assert first == {
        "kind": "municipality",
        "code": "0180",
        "name": "Åmål; ”Öst”",
        "kronor": "16259682",
        "share": "0.333333",
        "day": "2025-04-29",
    }
    assert (second["name"], second["kronor"], second["share"], second["day"]) == ("Två,\nrader", "", "0", "")


def test_json_says_first_what_the_list_is_and_keeps_money_whole():
    content = json.loads(as_json(TABLE, name="shares", facts={"round": 2025}))
    assert list(content) == ["round", "shares"]
    assert content["shares"][0]["kronor"] == 16_259_682
    assert content["shares"][0]["share"] == 0.333333
    assert content["shares"][1]["day"] is None


def test_people_see_words_spaces_and_per_cent():
    seen = [as_seen(cell, column).replace("\u00a0", " ") for cell, column in zip(TABLE.rows[0], COLUMNS, strict=True)]
    assert seen == ["kommun", "0180", "Åmål; ”Öst”", "16 259 682", "33,33 %", "2025-04-29"]
    assert as_seen(None, COLUMNS[3]) == ""
    assert as_seen(0, COLUMNS[3]) == "0"


def test_the_workbook_opens_with_swedish_words_a_frozen_heading_a_filter_and_real_numbers():
    sheet = sheet_of(TABLE)
    assert [cell.value for cell in sheet[1]] == [column.heading for column in COLUMNS]
    assert [cell.value for cell in sheet[2]][:4] == ["kommun", "0180", "Åmål; ”Öst”", 16_259_682]
    assert sheet["D2"].number_format == "#,##0"
    assert sheet["F2"].value.date() == date(2025, 4, 29)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F3"
    assert sheet.column_dimensions["C"].width > len("Åmål; ”Öst”")


def test_a_second_sheet_says_what_the_list_is_and_where_it_comes_from():
    about = sheet_of(TABLE, "Om listan")
    assert about["A1"].value == TABLE.title
    assert [(row[0].value, row[1].value) for row in about["A3:B4"]] == list(TABLE.about)


def test_the_same_list_gives_the_same_bytes_whenever_it_is_made():
    assert as_xlsx(TABLE, created=DAY) == as_xlsx(TABLE, created=DAY)
    properties = openpyxl.load_workbook(io.BytesIO(as_xlsx(TABLE, created=DAY))).properties
    assert properties.created.date() == DAY


@pytest.mark.parametrize("text", ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://example.org")'])
def test_a_text_never_becomes_a_formula_or_a_link(text: str):
    table = Table("Exempel", (Column("name", "Namn"),), ((text,),))
    assert rows_of(as_csv(table))[0]["name"] == f"'{text}"
    cell = sheet_of(table)["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_a_web_address_stays_a_text():
    assert sheet_of(Table("Exempel", (Column("name", "Namn"),), (("https://example.org",),)))["A2"].hyperlink is None


def test_a_list_without_rows_is_still_a_list():
    table = Table("Exempel", COLUMNS, ())
    assert as_csv(table).decode("utf-8-sig") == "kind,code,name,kronor,share,day\r\n"
    assert sheet_of(table).max_row == 1


def test_money_is_never_a_decimal_number():
    with pytest.raises(TypeError, match="kronor"):
        Table("Exempel", (Column("kronor", "Belopp", "kronor"),), ((16_259_682.0,),))  # type: ignore[arg-type]


def test_a_row_that_lacks_a_cell_is_refused():
    with pytest.raises(ValueError, match="zip"):
        Table("Exempel", COLUMNS, (("region", "01"),))


def test_a_text_longer_than_excel_holds_is_refused_and_never_cut():
    table = Table("Exempel", (Column("name", "Namn"),), (("å" * 32_768,),))
    with pytest.raises(Fault, match="32 767 tecken"):
        as_xlsx(table, created=DAY)


@given(st.lists(st.tuples(st.text(st.characters(codec="utf-8")), st.integers(-(10**12), 10**12)), max_size=20))
def test_what_is_written_as_csv_is_read_back_cell_by_cell(rows: list[tuple[str, int]]):
    table = Table("Exempel", (Column("name", "Namn"), Column("kronor", "Belopp", "kronor")), tuple(rows))
    read = [(row["name"], int(row["kronor"])) for row in rows_of(as_csv(table))]
    assert [(name.removeprefix("'"), kronor) for name, kronor in read] == [
        (name.removeprefix("'"), kronor) for name, kronor in rows
    ]
