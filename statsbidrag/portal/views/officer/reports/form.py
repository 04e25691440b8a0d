"""The form before anyone has filled it in: sent out, looked at page by page, and as a copy to read."""

from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.cycle import work_through
from statsbidrag.cycle.form import Form as ReportForm
from statsbidrag.portal import access, rules
from statsbidrag.portal.actions.report_sending_out import refuse_to_send, send_form
from statsbidrag.portal.letters.reading import reading_copy
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import Round
from statsbidrag.portal.queries.receivers import receivers_of
from statsbidrag.portal.queries.report_list import paid_in
from statsbidrag.portal.queries.reports import form_of
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.questions.asking import Known, page_asks
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.faults import Fault

_NOBODY = {
    "recipient_name": "Exempelkommunen",
    "diary_number": "–",
    "granted_by_decision": 0,
    "reallocated_by_decision": 0,
}


def report_sending_out(request: Request, *, year: int) -> HttpResponse:
    """Shows who gets the form, and sends it out where an officer asks for that."""
    known_round(year)
    form, site = filled(request, Form), request.build_absolute_uri("/")

    def send() -> str:
        send_form(request.visitor, year, request.now, site=site)
        return reverse("report_sending_out", args=(year,))

    if answer := sent(request, form, send):
        return answer
    row, paid = Round.objects.filter(pk=year).first(), paid_in(year)
    reached = receivers_of(list(paid))
    return show(
        request,
        "officer/reports/sending_out.html",
        year=year,
        form=form,
        form_sent=row.form_sent if row else None,
        not_now=_not_now(year, row),
        receivers=[(rules.recipients()[key].name, reached[key]) for key in paid],
        has_form=form_of(year) is not None,
        report_rules=rules.round_rules(year).report,
        may_send=access.may(request.visitor, "run round"),
        library=rules.book().library,
    )


def report_preview(request: Request, *, year: int) -> HttpResponse:
    """Shows the form as a region and as a municipality meet it; nothing that is filled in is kept."""
    form = _known_form(year)
    kind = "region" if request.GET.get("som") == "region" else "municipality"
    outcome = work_through(form, {**_NOBODY, "recipient_kind": kind}, {})
    known = {**outcome.background, **outcome.values}
    shown = [page for page in form.pages if page.shown is None or page.shown.holds(known) is True]
    return show(
        request,
        "officer/reports/preview.html",
        year=year,
        kind=kind,
        pages=[(page, page_asks(page, outcome, Known())) for page in shown],
        conditions=_conditions(form),
        note=form.free_text_note.value,
        library=rules.book().library,
    )


def report_reading_copy(request: Request, *, year: int) -> HttpResponse:
    """Gives the form as a PDF to read, with every question and when it shows; for anyone."""
    del request
    _known_form(year)
    response = HttpResponse(reading_copy(year), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="lasversion-{year}.pdf"'
    return response


def _known_form(year: int) -> ReportForm:
    known_round(year)
    form = form_of(year)
    if form is None:
        raise Http404
    return form


def _conditions(form: ReportForm) -> list[tuple[str, str]]:
    """The questions that do not always show, and when they do."""
    return [(question.text, question.shown.sentence()) for question in form.questions if question.shown]


def _not_now(year: int, row: Round | None) -> Fault | None:
    try:
        refuse_to_send(year, row)
    except Fault as fault:
        return fault
    return None
