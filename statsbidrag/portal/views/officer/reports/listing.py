"""The list of reports: who has reported, who has not, and what to look at first."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse

from statsbidrag.exchange.tables import Column, Table
from statsbidrag.portal import access, rules
from statsbidrag.portal.lists import ENDINGS, download
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import Round
from statsbidrag.portal.queries.report_list import STATES, TONES, Row, counts, report_rows
from statsbidrag.portal.queries.reports import form_of
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.rendering import show
from statsbidrag.portal.views.sorting import sorting
from statsbidrag.terms.parties import IN_SWEDISH

_HEADINGS = {
    "name": "Mottagare",
    "kind": "Slag",
    "state": "Läge",
    "came_in": "Kom in",
    "number": "Svar",
    "paid": "Mottaget",
    "used": "Använt",
    "unused": "Oanvänt",
    "flags": "Att titta på",
}
_FIGURES = frozenset({"came_in", "number", "paid", "used", "unused"})
_COLUMNS = (
    Column("recipient", "Mottagare"),
    Column("name", "Namn"),
    Column("kind", "Slag", words=dict(IN_SWEDISH.items())),
    Column("state", "Läge", words=dict(STATES.items())),
    Column("came_in", "Kom in", "date"),
    Column("late", "För sent", words={"yes": "ja", "no": "nej"}),
    Column("number", "Svar", "number"),
    Column("paid", "Mottaget (kr)", "kronor"),
    Column("used", "Använt (kr)", "kronor"),
    Column("unused", "Oanvänt (kr)", "kronor"),
    Column("flags", "Att titta på"),
)
_STATES = list(STATES)


class Filter(forms.Form):
    """What an officer may ask of the list."""

    sok = forms.CharField(label="Sök", required=False, max_length=100)
    lage = forms.ChoiceField(label="Läge", required=False, choices=[("", "Alla"), *STATES.items()])
    slag = forms.ChoiceField(label="Slag", required=False, choices=[("", "Alla"), *IN_SWEDISH.items()])


def reports(request: Request, *, year: int) -> HttpResponse:
    """Shows who has been paid and whether they have reported, or the part of it that is asked for."""
    known_round(year)
    all_rows = report_rows(year, request.now.date())
    found = _asked(request.GET, all_rows)
    by, falling = _order(request.GET)
    row = Round.objects.filter(pk=year).first()
    return show(
        request,
        "officer/reports/reports.html",
        year=year,
        rows=found,
        total=len(all_rows),
        counts=counts(all_rows),
        states=STATES,
        tones=TONES,
        kinds=IN_SWEDISH,
        filter=Filter(request.GET),
        headings=[
            sorting(request, column, text, by=by, falling=falling, figures=column in _FIGURES)
            for column, text in _HEADINGS.items()
        ],
        query=request.GET.urlencode(),
        has_form=form_of(year) is not None,
        form_sent=row.form_sent if row else None,
        may_send=access.may(request.visitor, "run round"),
        report_rules=rules.round_rules(year).report,
        most=rules.round_rules(year).report.submissions.value,
    )


def reports_file(request: Request, *, year: int, ending: str) -> HttpResponse:
    """Gives exactly what is asked for as a file."""
    known_round(year)
    if ending not in ENDINGS:
        raise Http404
    today = request.now.date()
    found = _asked(request.GET, report_rows(year, today))
    table = Table(f"Återrapporter {year}", _COLUMNS, tuple(_cells(row) for row in found))
    return download(table, f"aterrapporter-{year}", ENDINGS[ending], today)


def _asked(said: Mapping[str, str], rows: tuple[Row, ...]) -> list[Row]:
    """The rows asked for, in the order asked for."""
    text, state, kind = (said.get(name, "")[:100] for name in ("sok", "lage", "slag"))
    wanted = [
        row
        for row in rows
        if (not text or text.casefold() in row.name.casefold() or text in row.key)
        and (not state or row.state == state)
        and (not kind or row.kind == kind)
    ]
    by, falling = _order(said)
    return sorted(wanted, key=lambda row: _place(row, by), reverse=falling) if by != "name" or falling else wanted


def _order(said: Mapping[str, str]) -> tuple[str, bool]:
    by = said.get("ordna", "name")
    return (by if by in _HEADINGS else "name"), said.get("fallande") == "1"


def _place(row: Row, by: str) -> Any:
    """What a row is sorted by; what is not known comes first."""
    match by:
        case "state":
            return _STATES.index(row.state)
        case "came_in":
            return row.came_in.timestamp() if row.came_in else 0
        case "flags":
            return len(row.flags)
        case "used" | "unused":
            value = getattr(row, by)
            return -1 if value is None else value
    return getattr(row, by)


def _cells(row: Row) -> tuple[str | int | date | None, ...]:
    return (
        row.key,
        row.name,
        row.kind,
        row.state,
        row.came_in.date() if row.came_in else None,
        ("yes" if row.late else "no") if row.number else "",
        row.number or None,
        row.paid,
        row.used,
        row.unused,
        " ".join(row.flags),
    )
