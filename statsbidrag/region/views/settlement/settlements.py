"""Settlements: made month by month, looked through, handed over or taken back, and their files."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.access import may
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import Form, filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions import handing_over, settling
from statsbidrag.region.models import SettlementRun
from statsbidrag.region.queries import settlements as reads
from statsbidrag.region.queries.claims import claims
from statsbidrag.region.views.place import Place, place_of
from statsbidrag.region.views.settlement.lists import LISTS, list_response
from statsbidrag.region.views.visits.at import ways_to_remove
from statsbidrag.region.views.visits.lists import MOST_CLAIMS
from statsbidrag.region.views.visits.words import short
from statsbidrag.region.writing import sent
from statsbidrag.terms.dates import MONTHS


class MonthForm(Form):
    """Through which month to settle."""

    month = forms.TypedChoiceField(
        label="Räkna av till och med",
        coerce=int,
        choices=[(number, name.capitalize()) for number, name in enumerate(MONTHS, 1)],
        error_messages={"required": "Välj en månad.", "invalid_choice": "Välj en av månaderna."},
    )


def settlements(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows the settlements that have been made, and makes a new one."""
    place = place_of(recipient, year)
    form = filled(request, MonthForm, initial={"month": _last_month(request, year)})

    def do() -> str:
        run = settling.settle(request.visitor, place.region, year, month=form.cleaned_data["month"], now=request.now)
        return reverse("settlement", args=[recipient, year, run.number])

    if answer := sent(request, form, do):
        return answer
    return show(
        request,
        "region/settlement/settlements.html",
        **place.shown,
        form=form,
        runs=reads.runs(place.region, year),
        pays=place.scheme.visit_pay is not None,
        may_settle=may(request.visitor, "plan region", recipient),
    )


def settlement(request: Request, *, recipient: str, year: int, number: int) -> HttpResponse:
    """Shows one settlement, and hands it over."""
    place = place_of(recipient, year)
    run = known_run(place, number)
    form = filled(request, Form)

    def do() -> str:
        handing_over.hand_over(request.visitor, run, request.now)
        return reverse("settlement", args=[recipient, year, number])

    if answer := sent(request, form, do):
        return answer
    lines = reads.lines_of(run)
    claimed = [claim for claim in claims(run.region, run.year) if claim.day <= run.through]
    return show(
        request,
        "region/settlement/settlement.html",
        claims=claimed[:MOST_CLAIMS],
        claimed=len(claimed),
        way_to_remove=ways_to_remove(request, place),
        short=short,
        **place.shown,
        form=form,
        run=run,
        lines=lines,
        total=reads.total(lines),
        papers={each.clinic_id: each.document_id for each in run.statements.all()},
        lists=LISTS,
        months=MONTHS,
        rates=place.scheme.visit_pay.rates if place.scheme.visit_pay else (),
        pay=place.scheme.visit_pay,
        library=rules.book().library,
        may_hand_over=run.handed_over is None and may(request.visitor, "plan region", recipient),
    )


def withdraw_settlement(request: Request, *, recipient: str, year: int, number: int) -> HttpResponse:
    """Asks once more, and takes back a settlement that has not been handed over."""
    place = place_of(recipient, year)
    run = known_run(place, number)
    form = filled(request, Form)

    def do() -> str:
        settling.withdraw(request.visitor, run)
        return reverse("settlements", args=[recipient, year])

    if answer := sent(request, form, do):
        return answer
    return show(request, "region/settlement/withdraw.html", **place.shown, form=form, run=run)


def settlement_file(
    request: Request, *, recipient: str, year: int, number: int, kind: str, ending: str
) -> HttpResponse:
    """Gives one of a settlement's lists as a file: all of it, or what is handed over to whom."""
    place = place_of(recipient, year)
    run = known_run(place, number)
    return list_response(kind, ending, run, scheme=place.scheme, today=request.now.date())


def known_run(place: Place, number: int) -> SettlementRun:
    """Gives a settlement of the place, or no page."""
    run = reads.run_of(place.region, place.year, number)
    if run is None:
        raise Http404
    return run


def _last_month(request: Request, year: int) -> Any:
    """The last month of the year that is over; the form begins with it."""
    today = request.now.date()
    return 12 if today.year > year else max(today.month - 1, 1)
