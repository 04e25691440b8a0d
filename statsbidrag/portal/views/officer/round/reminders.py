"""Reminders: the occasions of a round, and for each who gets it and what it says before anything is sent."""

from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.portal import access, rules
from statsbidrag.portal.actions.reminders import refuse_to_remind, remind
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.reminders import Due, occasions, receivers, written
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.faults import Fault


def reminders(request: Request, *, year: int) -> HttpResponse:
    """Shows every occasion of the round, by day, with what has gone out."""
    known_round(year)
    return show(request, "officer/round/reminders.html", year=year, occasions=occasions(year))


def reminder(request: Request, *, year: int, occasion: str) -> HttpResponse:
    """Shows who would get a reminder today and what it says; sends it where an officer asks for that."""
    known_round(year)
    form, site = filled(request, Form), request.build_absolute_uri("/")

    def done() -> str:
        remind(request.visitor, year, occasion, request.now, site=site)
        return reverse("reminder", args=[year, occasion])

    if answer := sent(request, form, done):
        return answer
    due = next((one for one in occasions(year) if one.occasion.key == occasion), None)
    if due is None:
        raise Http404
    found = [] if due.run else receivers(year, due.occasion, request.now.date())
    return show(
        request,
        "officer/round/reminder.html",
        form=form,
        year=year,
        due=due,
        receivers=found,
        unreachable=[one for one in found if not one.addresses],
        sample=written(year, due.occasion, found[0], site) if found else None,
        not_now=_not_now(due, request),
        may_remind=access.may(request.visitor, "remind"),
        library=rules.book().library,
    )


def _not_now(due: Due, request: Request) -> Fault | None:
    """Why it cannot be sent now, or None where it can."""
    try:
        refuse_to_remind(due, request.now)
    except Fault as fault:
        return fault
    return None
