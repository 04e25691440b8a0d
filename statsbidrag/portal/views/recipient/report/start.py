"""The report's first page: open it, see what is left to do, by page, and go on where one was."""

from django.http import HttpResponse
from django.urls import reverse

from statsbidrag.cycle.step_7_versions import State
from statsbidrag.portal.access import may
from statsbidrag.portal.actions import report_draft as deeds
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.region_figures import missing
from statsbidrag.portal.queries.report_draft import asked_completion, last_declined, paid_to, standing_draft
from statsbidrag.portal.queries.reports import form_of, versions
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.recipient.report.place import TASK_STATES, all_done, context, tasks
from statsbidrag.portal.views.rendering import show


def report(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows the report's pages with how far each has come; opens the report where nobody has."""
    page = context(recipient, year)
    form = filled(request, Form)
    if answer := sent(request, form, lambda: _do(request, recipient, year)):
        return answer
    standing, earlier = standing_draft(year, recipient), versions(year, recipient)
    if standing is None:
        return show(
            request,
            "recipient/report/begin.html",
            **page,
            form=form,
            versions=earlier,
            asked=asked_completion(year, recipient),
            reportable=bool(form_of(year)) and bool(paid_to(year, recipient)[1]),
            sent_out=deeds.form_is_sent(year),
            may_fill_in=may(request.visitor, "fill in", recipient),
        )
    visitor, parts = request.visitor, list(tasks(standing))
    return show(
        request,
        "recipient/report/tasks.html",
        **page,
        form=form,
        standing=standing,
        tasks=parts,
        words=TASK_STATES,
        done=all_done(parts),
        draft=standing.state is State.DRAFT,
        certified=standing.state is State.CERTIFIED,
        place=standing.draft.places.get(str(visitor.id)) if visitor else None,
        to_fill=len(missing(standing, request.now)) if standing.state is State.DRAFT else 0,
        versions=earlier,
        declined=last_declined(standing.draft),
        may_fill_in=may(visitor, "fill in", recipient),
        may_send=may(visitor, "submit", recipient),
        may_certify=may(visitor, "certify", recipient),
    )


def _do(request: Request, recipient: str, year: int) -> str:
    """Opens the report, or chooses the short path or the whole form."""
    where = reverse("report", args=(recipient, year))
    match request.POST.get("action"):
        case "short":
            deeds.choose_short_path(request.visitor, year, recipient, short=True)
        case "whole":
            deeds.choose_short_path(request.visitor, year, recipient, short=False)
        case "throw away":
            deeds.throw_away(request.visitor, year, recipient)
        case _:
            deeds.begin(request.visitor, year, recipient, request.now)
    return where
