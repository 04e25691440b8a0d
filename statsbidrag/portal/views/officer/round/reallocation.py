"""The reallocation: who would get what and why, and then the deed, once."""

from django.forms import CharField, HiddenInput
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.portal import access, rules
from statsbidrag.portal.actions.reallocation import reallocate_round, refuse_to_reallocate
from statsbidrag.portal.lists import download
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import Round
from statsbidrag.portal.queries.reallocation import Line, Turnout, as_it_was, shared_out
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.faults import Fault


class ReallocationForm(Form):
    """That the officer has seen the shares; the seal is of exactly those."""

    seal = CharField(max_length=16, widget=HiddenInput)


def reallocation(request: Request, *, year: int) -> HttpResponse:
    """Shows the shares as they would be, or as they were; runs the reallocation where that is sent."""
    known_round(year)
    form = filled(request, ReallocationForm)

    def done() -> str:
        reallocate_round(request.visitor, year, request.now, seal=form.cleaned_data["seal"])
        return reverse("reallocation", args=[year])

    if answer := sent(request, form, done):
        return answer
    row = Round.objects.filter(pk=year).select_related("case").first()
    ran = bool(row and row.reallocated)
    outcome = None if ran else shared_out(year, request.now.date())
    return show(
        request,
        "officer/round/reallocation.html",
        form=form,
        year=year,
        row=row,
        seal=outcome.seal if outcome else "",
        turnout=outcome.turnout() if outcome else as_it_was(year),
        not_now=_not_now(year, row, request),
        may_run=access.may(request.visitor, "run round"),
        library=rules.book().library,
    )


def reallocation_why(request: Request, *, year: int, recipient: str) -> HttpResponse:
    """Shows every step behind what a recipient gets, or would get."""
    known_round(year)
    line = _line(year, recipient, request)
    if line is None:
        raise Http404
    return show(request, "officer/round/reallocation_why.html", year=year, line=line, library=rules.book().library)


def reallocation_file(request: Request, *, year: int, ending: str) -> HttpResponse:
    """Gives the shares as a file; before the reallocation has been run they are what they would be today."""
    known_round(year)
    if ending not in ("csv", "xlsx"):
        raise Http404
    listed = _turnout(year, request).table()
    return download(listed, f"omfordelning-{year}", "csv" if ending == "csv" else "xlsx", request.now.date())


def _line(year: int, recipient: str, request: Request) -> Line | None:
    """What one recipient got, or would get today; None where it has not asked for more."""
    if _ran(year):
        return next(iter(as_it_was(year, recipient).lines), None)
    would_be = shared_out(year, request.now.date())
    return would_be.line(recipient) if recipient in would_be.shared.shares else None


def _turnout(year: int, request: Request) -> Turnout:
    """The reallocation as it was run, or as it would be today."""
    return as_it_was(year) if _ran(year) else shared_out(year, request.now.date()).turnout()


def _ran(year: int) -> bool:
    return Round.objects.filter(pk=year, reallocated__isnull=False).exists()


def _not_now(year: int, row: Round | None, request: Request) -> Fault | None:
    """Why it cannot be done now, or None where it can."""
    try:
        refuse_to_reallocate(year, row, request.now)
    except Fault as fault:
        return fault
    return None
