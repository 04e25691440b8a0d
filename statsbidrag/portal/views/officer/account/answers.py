"""Every answer of the reports that stand as a file, for the agency's own work."""

from django.http import Http404, HttpResponse

from statsbidrag.exchange.tables import as_json
from statsbidrag.portal.lists import ENDINGS, download
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.report_answers import answers_table
from statsbidrag.portal.queries.reports import form_of
from statsbidrag.portal.views.known import known_round


def report_answers_file(request: Request, *, year: int, ending: str) -> HttpResponse:
    """Gives one row for each report that stands, as CSV, Excel or JSON."""
    known_round(year)
    form = form_of(year)
    if form is None or ending not in ("json", *ENDINGS):
        raise Http404
    table = answers_table(year, form)
    if ending == "json":
        return HttpResponse(as_json(table, name="reports", facts={"round": year}), content_type="application/json")
    return download(table, f"svar-{year}", ENDINGS[ending], request.now.date())
