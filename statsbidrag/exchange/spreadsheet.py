"""A list as an XLSX workbook: the rows on one sheet, and on another what they are and rest on."""

import io
from collections.abc import Iterable
from datetime import date, datetime, time

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from statsbidrag.exchange.tables import Cell, CellKind, Column, Table, as_seen
from statsbidrag.terms.faults import Fault

# A text is always written as a text: nothing that someone has typed can become a formula, a link or a number.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FORMATS: dict[CellKind, dict[str, object]] = {
    "text": {"num_format": "@"},
    "kronor": {"num_format": "#,##0"},
    "number": {"num_format": "#,##0"},
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    "percent": {"num_format": "0.00 %"},
}
_HEADING = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E6ECF2"}
_NARROWEST, _WIDEST, _ABOUT_WIDTH = 8, 60, 100
_A4 = 9


def as_xlsx(table: Table, *, created: date) -> bytes:
    """Writes the list as a workbook that opens right in Excel: frozen header, filter, widths and Swedish formats.

    The sheet ”Om listan” tells what the list is and rests on. ``created`` is the day in the file's properties; the
    clock is never asked, so the same list gives the same bytes. Raises Fault where the list is more than Excel holds.
    """
    content = io.BytesIO()
    workbook = Workbook(content, _OPTIONS)
    workbook.set_properties({"title": table.title, "created": datetime.combine(created, time())})
    _write_rows(workbook, table)
    _write_about(workbook, table)
    workbook.close()
    return content.getvalue()


def _write_rows(workbook: Workbook, table: Table) -> None:
    sheet: Worksheet = workbook.add_worksheet("Lista")
    heading = workbook.add_format(_HEADING)
    formats = {kind: workbook.add_format(look) for kind, look in _FORMATS.items()}
    for place, column in enumerate(table.columns):
        _write(sheet, (0, place), column.heading, heading)
        cells = [row[place] for row in table.rows]
        sheet.set_column(place, place, _width(column, cells), formats[column.kind])
        for number, cell in enumerate(cells, 1):
            shown = as_seen(cell, column) if isinstance(cell, str) else cell
            _write(sheet, (number, place), shown, formats[column.kind])
    last_row, last_column = len(table.rows), max(len(table.columns) - 1, 0)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last_row, last_column)
    # Codes are texts that look like numbers; without this Excel marks every one as a mistake.
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last_row + 1}"})
    _print_on_a4(sheet)


def _write_about(workbook: Workbook, table: Table) -> None:
    sheet: Worksheet = workbook.add_worksheet("Om listan")
    title = workbook.add_format({"bold": True, "font_size": 14})
    name = workbook.add_format({"bold": True, "valign": "top"})
    text = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, _width(Column("", ""), [line for line, _ in table.about]))
    sheet.set_column(1, 1, _ABOUT_WIDTH)
    _write(sheet, (0, 0), table.title, title)
    for number, (what, says) in enumerate(table.about, 2):
        _write(sheet, (number, 0), what, name)
        _write(sheet, (number, 1), says, text)
    _print_on_a4(sheet)


def _write(sheet: Worksheet, at: tuple[int, int], cell: Cell, look: Format) -> None:
    """Writes one cell by its own type, at a row and a column; what Excel cannot hold is refused, never cut."""
    if isinstance(cell, str):
        refused = sheet.write_string(*at, cell, look)
    elif isinstance(cell, date):
        refused = sheet.write_datetime(*at, cell, look)
    elif cell is None:
        refused = sheet.write_blank(*at, None, look)
    else:
        refused = sheet.write_number(*at, cell, look)
    if refused:
        raise Fault(
            f"bladet ”{sheet.get_name()}”, rad {at[0] + 1}, kolumn {at[1] + 1}",
            "Excel rymmer högst 1 048 576 rader och 32 767 tecken i en cell.",
            "Välj CSV i stället.",
        )


def _width(column: Column, cells: Iterable[Cell]) -> int:
    """Room for the longest word of the heading and for the longest cell, in characters."""
    words = [len(word) + 3 for word in column.heading.split()]  # the filter's arrow covers three characters
    shown = [len(as_seen(cell, column)) + 2 for cell in cells]
    return min(max([_NARROWEST, *words, *shown]), _WIDEST)


def _print_on_a4(sheet: Worksheet) -> None:
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&F&C&A&RSida &P av &N")
