"""Every answer of the reports that stand, one row a report: labels and codes, hidden and unanswered told apart."""

from collections.abc import Iterator, Mapping
from typing import Any

from statsbidrag.cycle.form import Field, Form
from statsbidrag.exchange.tables import Cell, Column, Table
from statsbidrag.portal import rules
from statsbidrag.portal.models import ReceivedReport

HIDDEN, UNANSWERED = "visades inte", "ej besvarad"


def answers_table(year: int, form: Form) -> Table:
    """Gives the answers of every report that stands, in the order of the form; a choice has its code and its words."""
    fields = [one for field in form.fields for one in (field, *field.inputs)]
    columns = [
        Column("recipient_key", "Mottagarens kod"),
        Column("recipient_name", "Namn"),
        Column("version", "Svar nummer", "number"),
        Column("came_in", "Kom in"),
    ]
    for one in fields:
        columns.append(Column(one.id, one.label))
        if one.options:
            columns.append(Column(f"{one.id}.code", f"{one.label} (kod)"))
    rows = ReceivedReport.objects.filter(year=year).order_by("number")
    found = {row[0]: row for row in rows.values_list("recipient", "number", "came_in", "answers", "shows").iterator()}
    told: tuple[tuple[Cell, ...], ...] = tuple(
        (key, rules.recipients()[key].name, number, came_in.isoformat(), *_cells(fields, answers, frozenset(shows)))
        for key, number, came_in, answers, shows in found.values()
    )
    about = (
        ("Visades inte", "Frågan visades inte för mottagaren."),
        ("Ej besvarad", "Frågan visades men lämnades tom."),
    )
    return Table(f"Svar på återrapporteringen {year}", tuple(columns), told, about)


def _cells(fields: list[Field], answers: Mapping[str, Any], shows: frozenset[str]) -> Iterator[str]:
    for one in fields:
        value = answers.get(one.id)
        if value is None:
            empty = UNANSWERED if one.id in shows else HIDDEN
            yield empty
            if one.options:
                yield empty
        elif one.options:
            chosen = value if isinstance(value, list) else [value]
            yield "; ".join(option.text.rstrip(" :") for option in one.options if option.id in chosen)
            yield ";".join(chosen)
        else:
            yield str(value)
