"""Lists that leave the service, as workbook and open data; made-up data says in each that it is so (adm-13)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from django.conf import settings
from django.http import HttpResponse

from statsbidrag.exchange.spreadsheet import as_xlsx
from statsbidrag.exchange.tables import Column, Table, as_csv
from statsbidrag.portal import rules
from statsbidrag.portal.papers import Paper
from statsbidrag.terms.made_up import MADE_UP

Ending = Literal["csv", "xlsx"]
# What may stand in an address as the ending of a list, and the ending that it is.
ENDINGS: dict[str, Ending] = {"csv": "csv", "xlsx": "xlsx"}
_MIMES: dict[Ending, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def list_file(table: Table, ending: Ending, created: date) -> bytes:
    """Gives a list as a file; ``created`` is the day in the workbook's properties, so equal lists are equal files."""
    shown = _said_to_be_made_up(table, ending) if settings.DEMONSTRATION else table
    return as_csv(shown) if ending == "csv" else as_xlsx(shown, created=created)


def download(table: Table, name: str, ending: Ending, created: date) -> HttpResponse:
    """Answers with a list as a file to keep."""
    response = HttpResponse(list_file(table, ending, created), content_type=_MIMES[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def list_papers(table: Table, name: str, about: str, created: date) -> Iterator[Paper]:
    """Gives a list of the agency's own as papers for the diary: as a workbook to read and as open data to keep."""
    party = rules.book().agency.name.value
    for ending, mime in _MIMES.items():
        content = list_file(table, ending, created)
        yield Paper("own", about, party, f"{table.title} ({ending.upper()})", f"{name}.{ending}", content, mime)


def _said_to_be_made_up(table: Table, ending: Ending) -> Table:
    """The workbook says so on its second sheet; open data has no room but in its rows."""
    if ending == "xlsx":
        return replace(table, about=(("Obs", MADE_UP), *table.about))
    columns = (*table.columns, Column("note", "Obs"))
    return replace(table, columns=columns, rows=tuple((*row, MADE_UP) for row in table.rows))
