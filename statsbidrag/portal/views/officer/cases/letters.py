"""The letters of decisions: a look at one before it is decided, and the batch with how far it has come."""

from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.portal import access
from statsbidrag.portal.actions import letters
from statsbidrag.portal.actions.proposals import tried
from statsbidrag.portal.letterhead import head, press
from statsbidrag.portal.letters.decisions import ALONG, letter_of
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import Decision
from statsbidrag.portal.queries.decisions import decided
from statsbidrag.portal.queries.letters import letters_of
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.dates import day_of_arrival


def letters_page(request: Request, *, year: int) -> HttpResponse:
    """Shows how many letters are written, and begins or goes on with the rest."""
    known_round(year)
    form = filled(request, Form)

    def started() -> str:
        letters.start(request.visitor, year)
        return f"{reverse('letters', args=[year])}?startade=1"

    if answer := sent(request, form, started):
        return answer
    return show(
        request,
        "officer/cases/letters.html",
        form=form,
        year=year,
        state=letters_of(year),
        started=request.GET.get("startade") == "1",
        may_send=access.may(request.visitor, "send letters"),
    )


def letters_progress(request: Request, *, year: int) -> HttpResponse:
    """Gives only the part of the page that says how far the letters have come; when they are done, the whole page."""
    known_round(year)
    state = letters_of(year)
    response = show(request, "officer/cases/letters_progress.html", year=year, state=state)
    if not state.missing:
        response["HX-Refresh"] = "true"
    return response


def preview(request: Request, *, year: int, reference: str) -> HttpResponse:
    """Shows the letter as it would be, or as it will be when it is written."""
    row = Decision.objects.filter(year=year, reference=reference).select_related(*ALONG).first()
    if row is None:
        raise Http404
    access.require(request.visitor, "see agency", row.recipient)
    today = day_of_arrival(request.now)
    if row.approval is None:
        made = tried(row, row.prepared_by.name, today)
    else:
        made = next(one for one in decided(year, row.recipient) if one.reference == reference)
    letter = letter_of(row, made, head(row.case, row.recipient, made.approval.day))
    response = HttpResponse(press().render(letter), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="forhandsvisning-{row.reference}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
