"""The receivers' reports as the region sees them: who has reported, what is used in all, and what they say of it."""

from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.exchange.tables import Cell, Column, Table
from statsbidrag.portal import rules
from statsbidrag.portal.access import may
from statsbidrag.portal.lists import ENDINGS, download
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import Form, filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions.report_booking import book_reports, may_be_reminded, remind
from statsbidrag.region.queries.line_reports import REPORT_STATES, Reporter, reporters, sums
from statsbidrag.region.views.place import Place, place_of
from statsbidrag.region.writing import sent
from statsbidrag.terms.dates import day_of_arrival


def line_reports(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows who has reported and who has not, with what is used in all; reminds, and books what came late."""
    place = place_of(recipient, year)
    form = filled(request, Form)

    def do() -> str:
        if request.POST.get("action") == "book":
            book_reports(request.visitor, place.begun, request.now)
        else:
            remind(request.visitor, place.begun, request.now)
        return reverse("line_reports", args=(recipient, year))

    if answer := sent(request, form, do):
        return answer
    found, today = reporters(place.begun), request.now.date()
    received, used = sums(found)
    return show(
        request,
        "region/clinics/line_reports.html",
        **place.shown,
        form=form,
        lines=[(each, each.state(today)) for each in found],
        states=REPORT_STATES,
        received=received,
        used=used,
        reported=sum(1 for each in found if each.latest),
        texts=_texts(found),
        lacking=[each for each in found if each.to_book],
        to_remind=sum(may_be_reminded(each, request.now) for each in found),
        asked=place.scheme.reports,
        may_plan=may(request.visitor, "plan region", recipient),
        library=rules.book().library,
    )


def line_reports_file(request: Request, *, recipient: str, year: int, ending: str) -> HttpResponse:
    """Gives the roll-up as a file: what feeds the region's own report to the agency."""
    place = place_of(recipient, year)
    if ending not in ENDINGS:
        raise Http404
    today = request.now.date()
    return download(_table(place, request), f"redovisningar-{year}", ENDINGS[ending], today)


def _table(place: Place, request: Request) -> Table:
    found, today = reporters(place.begun), request.now.date()
    asked = {each.id: each.text for one in place.scheme.reports for each in one.questions}
    columns = (
        Column("name", "Mottagare"),
        Column("state", "Läge", words={state: words for state, (words, _) in REPORT_STATES.items()}),
        Column("last_day", "Sista dag", "date"),
        Column("came_in", "Kom in", "date"),
        Column("version", "Version", "number"),
        Column("received", "Mottaget (kr)", "kronor"),
        Column("used", "Använt (kr)", "kronor"),
        Column("left", "Kvar (kr)", "kronor"),
        *(Column(id, text) for id, text in asked.items()),
    )
    rows = tuple(_cells(each, tuple(asked), each.state(today)) for each in found)
    about = (("Region", place.name), ("Ordning", place.scheme.title), ("Framtagen", today.isoformat()))
    return Table(f"Redovisningar {place.year}", columns, rows, about)


def _cells(each: Reporter, asked: tuple[str, ...], state: str) -> tuple[Cell, ...]:
    latest = each.latest
    return (
        each.name,
        state,
        each.asked.last_day.value,
        day_of_arrival(latest.sent) if latest and latest.sent else None,
        latest.number if latest else None,
        each.received or None,
        each.used,
        each.left,
        *(str(latest.answers.get(id, "")) if latest else "" for id in asked),
    )


def _texts(found: list[Reporter]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What all have written, by what was asked."""
    told: dict[str, list[tuple[str, str]]] = {}
    for each in found:
        for asked in each.asked.questions if each.latest else ():
            said = str(each.latest.answers.get(asked.id, "")) if each.latest else ""
            told.setdefault(asked.text, []).append((each.name, said))
    return list(told.items())
